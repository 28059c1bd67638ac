//! A span per attempt, for applications that use `tracing`; nothing without that feature. Never a body, a header or a URL.

use crate::failure::Context;
use crate::transport::TransportError;

type Outcome = Result<http::Response<Vec<u8>>, TransportError>;

/// The span of one attempt.
pub(super) struct Span {
    #[cfg(feature = "tracing")]
    span: tracing::Span,
    #[cfg(feature = "tracing")]
    started: std::time::Instant,
}

#[cfg(feature = "tracing")]
impl Span {
    pub(super) fn new(context: &Context) -> Self {
        let span = tracing::debug_span!(
            "bindery.call",
            service = context.operation.service.name,
            operation = context.operation.name,
            binding = context.binding.name,
            host = context.host.as_str(),
            attempt = context.attempt,
            status = tracing::field::Empty,
            bytes = tracing::field::Empty,
            milliseconds = tracing::field::Empty,
            error = tracing::field::Empty,
        );
        Self { span, started: std::time::Instant::now() }
    }

    pub(super) fn run<R>(&self, work: impl FnOnce() -> R) -> R {
        self.span.in_scope(work)
    }

    pub(super) fn run_async<F: Future>(&self, work: F) -> impl Future<Output = F::Output> + use<F> {
        tracing::Instrument::instrument(work, self.span.clone())
    }

    pub(super) fn record(&self, outcome: &Outcome) {
        let milliseconds = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.span.record("milliseconds", milliseconds);
        match outcome {
            Ok(response) => {
                self.span.record("status", response.status().as_u16());
                self.span.record("bytes", response.body().len());
            }
            Err(error) => {
                self.span.record("error", tracing::field::display(error));
            }
        }
    }
}

#[cfg(not(feature = "tracing"))]
impl Span {
    pub(super) fn new(_: &Context) -> Self {
        Self {}
    }

    pub(super) fn run<R>(&self, work: impl FnOnce() -> R) -> R {
        work()
    }

    pub(super) fn run_async<F: Future>(&self, work: F) -> F {
        work
    }

    pub(super) fn record(&self, _: &Outcome) {}
}
