//! How often a call is sent.
//!
//! Once, unless the settings allow more; and then only what cannot do harm: after a failure before the first byte left, and
//! for operations that change nothing also after a broken exchange or an answer that asks to come back. All attempts share
//! the call's one deadline.

use std::time::{Duration, Instant};

use http::header;

use super::trace::Span;
use crate::call::{self, Job, Prepared, Sent};
use crate::failure::{Failure, Problem};
use crate::operation::Effect;
use crate::transport::{Delivery, Exchange, Phase, Timeouts, TransportError, TransportErrorKind};

/// The first pause is random up to this; each next one up to twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// The longest `Retry-After` that is waited for.
const LONGEST_WISH: Duration = Duration::from_secs(60);

/// What to do after an attempt.
#[allow(clippy::large_enum_variant)] // lives for a moment, once per attempt
pub(super) enum Step {
    /// There is an answer.
    Done(Sent, http::Response<Vec<u8>>),
    /// There is none, and it stays so.
    Failed(Box<Failure>),
    /// Wait, then send again.
    Again(Duration),
}

/// The attempts of one call.
pub(super) struct Attempts<'a> {
    job: Job<'a>,
    times: Timeouts,
    started: Instant,
    attempt: u32,
    left: u32,
}

impl<'a> Attempts<'a> {
    pub(super) fn new(job: Job<'a>) -> Self {
        let times = job.settings.times(job.operation, job.options.timeout);
        Self { job, times, started: Instant::now(), attempt: 0, left: job.settings.retries }
    }

    /// The request of the next attempt, and what the transport must keep to.
    pub(super) fn next(&mut self) -> Result<(Prepared, Exchange, Span), Box<Failure>> {
        self.attempt += 1;
        let prepared = call::prepare(&self.job, self.attempt)?;
        let left = self.remaining();
        if left.is_zero() {
            let error = TransportError::new(TransportErrorKind::Timeout(Phase::Total), Delivery::NotSent);
            return Err(Failure::new(prepared.sent.context, Problem::Transport(error)));
        }
        let effectful = matches!(self.job.operation.effect, Effect::Effectful { .. });
        let exchange =
            Exchange::new(self.times.with_total(left), self.job.settings.max_body).fresh_connection(effectful);
        let span = Span::new(&prepared.sent.context);
        Ok((prepared, exchange, span))
    }

    fn remaining(&self) -> Duration {
        self.times.total.saturating_sub(self.started.elapsed())
    }

    /// What to do with what an attempt brought.
    pub(super) fn judge(&mut self, mut sent: Sent, result: Result<http::Response<Vec<u8>>, TransportError>) -> Step {
        let harmless = !matches!(self.job.operation.effect, Effect::Effectful { .. });
        match result {
            Ok(response) => {
                let asks = matches!(response.status().as_u16(), 408 | 429 | 502..=504);
                if asks
                    && harmless
                    && let Some(pause) = self.pause(wish(&response))
                {
                    return Step::Again(pause);
                }
                Step::Done(sent, response)
            }
            Err(error) => {
                sent.context.delivery = error.delivery();
                let safe = harmless || error.delivery() == Delivery::NotSent;
                let failure = Failure::new(sent.context, Problem::Transport(error));
                if safe
                    && failure.is_transient()
                    && let Some(pause) = self.pause(None)
                {
                    return Step::Again(pause);
                }
                Step::Failed(failure)
            }
        }
    }

    /// How long to wait before another attempt; `None` when there is none left, or no time for it.
    fn pause(&mut self, wish: Option<Duration>) -> Option<Duration> {
        self.left = self.left.checked_sub(1)?;
        let longest = FIRST_PAUSE.saturating_mul(1 << (self.attempt - 1).min(16)).min(LONGEST_PAUSE);
        let random = self.job.settings.environment.random().ok()?;
        let random = u64::from_le_bytes(random.first_chunk().copied()?);
        let span = u64::try_from(longest.as_millis()).unwrap_or(u64::MAX).saturating_add(1);
        let pause = Duration::from_millis(random % span);
        let pause = match wish {
            Some(wish) if wish > LONGEST_WISH => return None,
            Some(wish) => wish.max(pause),
            None => pause,
        };
        (pause < self.remaining()).then_some(pause)
    }
}

/// `Retry-After` in seconds. A date is not understood: it would need the server's clock to agree with ours.
fn wish(response: &http::Response<Vec<u8>>) -> Option<Duration> {
    let value = response.headers().get(header::RETRY_AFTER)?.to_str().ok()?;
    value.trim().parse().ok().map(Duration::from_secs)
}
