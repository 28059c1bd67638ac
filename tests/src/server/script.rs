//! Faults a test can put in the way of the next requests.

use std::fmt;
use std::time::Duration;

use super::http::Reply;

/// What goes wrong with one request. Those marked *executed* happen after the service did its work, so its state
/// has changed although the client may not learn of it.
pub enum Fault {
    /// This answer comes instead and nothing is executed.
    Instead(Reply),
    /// This answer comes although the operation was *executed*: a proxy that lost patience.
    ExecutedBut(Reply),
    /// *Executed*; the connection closes after so many bytes of the body although the head promised all of it.
    Cut(usize),
    /// *Executed*; the answer comes after this time.
    Delay(Duration),
    /// *Executed*; so many bytes at a time with this pause between.
    Drip(usize, Duration),
    /// *Executed*; the connection closes without a byte of an answer.
    Hangup,
    /// The connection closes when the request has arrived; nothing is executed.
    Refuse,
    /// *Executed*; the answer as it would have been, changed: another `RelatesTo`, a new element, a wrong media type.
    Rewrite(Box<dyn FnOnce(Reply) -> Reply + Send>),
    /// MONT only: the in-band error with this code and text; nothing is executed.
    MontError(i32, &'static str),
}

impl Fault {
    /// 503 with an HTML page, nothing executed.
    pub fn unavailable() -> Self {
        Self::Instead(Reply::html(503, "Service Unavailable"))
    }

    /// The answer with every `from` replaced by `to`.
    pub fn replace(from: &str, to: &str) -> Self {
        let (from, to) = (from.to_owned(), to.to_owned());
        Self::Rewrite(Box::new(move |mut reply| {
            reply.body = reply.text().replace(&from, &to).into_bytes();
            reply
        }))
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::Instead(_) => "Instead",
            Self::ExecutedBut(_) => "ExecutedBut",
            Self::Cut(_) => "Cut",
            Self::Delay(_) => "Delay",
            Self::Drip(..) => "Drip",
            Self::Hangup => "Hangup",
            Self::Refuse => "Refuse",
            Self::Rewrite(_) => "Rewrite",
            Self::MontError(..) => "MontError",
        };
        f.write_str(name)
    }
}

/// The faults in waiting, each for one request: of the named operation, or of any.
#[derive(Debug, Default)]
pub(crate) struct Script {
    waiting: Vec<(Option<String>, Fault)>,
}

impl Script {
    pub(crate) fn add(&mut self, operation: Option<&str>, fault: Fault) {
        self.waiting.push((operation.map(str::to_owned), fault));
    }

    /// The oldest fault meant for this operation.
    pub(crate) fn take(&mut self, operation: &str) -> Option<Fault> {
        let at = self.waiting.iter().position(|(name, _)| name.as_deref().is_none_or(|name| name == operation))?;
        Some(self.waiting.remove(at).1)
    }
}
