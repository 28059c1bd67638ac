//! [`Capture`]: a copy of a request or response for people, with the secrets taken out.

use std::fmt;
use std::ops::Range;

use http::{HeaderMap, HeaderName};

use crate::operation::{Binding, OperationInfo};

/// Which way a captured message went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From us to the service.
    Request,
    /// From the service to us.
    Response,
}

/// A redacted copy of a request or response.
///
/// Members that the contract or an overlay marks secret, passwords and their digests, query strings and the values of
/// headers that carry credentials are taken out. What the contract does not mark is shown.
#[derive(Clone)]
#[non_exhaustive]
pub struct Capture {
    /// The operation.
    pub operation: &'static OperationInfo,
    /// The wire.
    pub binding: &'static Binding,
    /// Which attempt, from 1.
    pub attempt: u32,
    /// Which way it went.
    pub direction: Direction,
    /// The first line: `POST https://host/path` or `200 OK`.
    pub start: String,
    /// The headers that were set, in order.
    pub headers: Vec<(String, String)>,
    /// The body as text.
    pub body: String,
}

/// What stands in place of a secret.
const REDACTED: &str = "(redacted)";

impl Capture {
    pub(crate) fn request(
        operation: &'static OperationInfo,
        binding: &'static Binding,
        attempt: u32,
        request: &http::Request<Vec<u8>>,
        secrets: &[Range<usize>],
        package: Option<(Range<usize>, &[String])>,
    ) -> Self {
        let uri = request.uri();
        let mut start = format!("{} ", request.method());
        // A path that carries parameters may carry secrets in them.
        match (uri.scheme_str(), uri.authority()) {
            (Some(scheme), Some(authority)) => start.push_str(&format!("{scheme}://{}", authority.as_str())),
            _ => start.push_str("(no host)"),
        }
        let path =
            if request.method() == http::Method::GET && !secrets.is_empty() { "/(redacted)" } else { uri.path() };
        start.push_str(path);
        let body = match std::str::from_utf8(request.body()) {
            _ if let Some((root, beside)) = package => {
                let text = request.body().get(root.clone()).unwrap_or_default();
                let inside = |range: &Range<usize>| range.start >= root.start && range.end <= root.end;
                let secrets: Vec<Range<usize>> = secrets.iter().filter(|range| inside(range)).cloned().collect();
                let secrets: Vec<Range<usize>> =
                    secrets.into_iter().map(|range| range.start - root.start..range.end - root.start).collect();
                let mut shown = redact(&String::from_utf8_lossy(text), &secrets);
                beside.iter().for_each(|part| shown.push_str(&format!("\n({part})")));
                shown
            }
            Ok(_) if request.method() == http::Method::GET => String::new(),
            Ok(body) => redact(body, secrets),
            Err(_) => format!("({} bytes)", request.body().len()),
        };
        Self {
            operation,
            binding,
            attempt,
            direction: Direction::Request,
            start,
            headers: shown(request.headers()),
            body,
        }
    }

    pub(crate) fn response(
        operation: &'static OperationInfo,
        binding: &'static Binding,
        attempt: u32,
        status: http::StatusCode,
        headers: &HeaderMap,
        body: String,
    ) -> Self {
        let start = match status.canonical_reason() {
            Some(reason) => format!("{} {reason}", status.as_u16()),
            None => status.as_u16().to_string(),
        };
        Self { operation, binding, attempt, direction: Direction::Response, start, headers: shown(headers), body }
    }
}

impl fmt::Debug for Capture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Capture")
            .field("operation", &self.operation.name)
            .field("binding", &self.binding.name)
            .field("attempt", &self.attempt)
            .field("direction", &self.direction)
            .field("start", &self.start)
            .field("headers", &self.headers)
            .field("body", &self.body)
            .finish()
    }
}

impl fmt::Display for Capture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.start)?;
        for (name, value) in &self.headers {
            writeln!(f, "{name}: {value}")?;
        }
        write!(f, "\n{}", self.body)
    }
}

/// Headers whose values say nothing about anybody.
const HARMLESS: &[&str] = &[
    "accept",
    "accept-encoding",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "date",
    "mime-version",
    "retry-after",
    "server",
    "soapaction",
    "transfer-encoding",
    "user-agent",
];

fn shown(headers: &HeaderMap) -> Vec<(String, String)> {
    let show = |name: &HeaderName, value: &http::HeaderValue| {
        let shown = if HARMLESS.contains(&name.as_str()) && !value.is_sensitive() {
            String::from_utf8_lossy(value.as_bytes()).into_owned()
        } else {
            REDACTED.into()
        };
        (name.as_str().to_owned(), shown)
    };
    headers.iter().map(|(name, value)| show(name, value)).collect()
}

/// The text without the given byte ranges. Ranges may overlap or come in any order; one that does not fit the text hides
/// all from its start on.
pub(crate) fn redact(text: &str, secrets: &[Range<usize>]) -> String {
    let mut ranges: Vec<Range<usize>> = secrets.iter().filter(|range| range.start < range.end).cloned().collect();
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for range in ranges {
        if range.end <= done {
            continue;
        }
        let start = range.start.max(done);
        let Some(before) = text.get(done..start) else {
            out.push_str(REDACTED);
            return out;
        };
        out.push_str(before);
        // Adjoining pieces of one secret need one mark.
        if start > done || done == 0 || range.start >= done {
            out.push_str(REDACTED);
        }
        done = range.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::single_range_in_vec_init)]
    fn secrets_are_cut_out_whatever_their_order() {
        assert_eq!(redact("ab<p>xyz</p>cd", &[5..8]), "ab<p>(redacted)</p>cd");
        assert_eq!(redact("0123456789", &[6..8, 1..3]), "0(redacted)345(redacted)89");
        assert_eq!(redact("0123456789", &[1..5, 3..8]), "0(redacted)89");
        assert_eq!(redact("0123", &[2..2]), "0123");
        assert_eq!(redact("0123", &[2..99]), "01(redacted)");
        // Inside a character: nothing from there on is shown.
        assert!(!redact("aключb", &[2..5]).contains('к'));
    }

    #[test]
    fn only_harmless_headers_are_shown() {
        let mut headers = HeaderMap::new();
        headers.insert("x-token", "SECRET".parse().unwrap());
        headers.insert(http::header::CONTENT_TYPE, "text/xml".parse().unwrap());
        let shown = shown(&headers);
        assert!(shown.contains(&("content-type".into(), "text/xml".into())));
        assert!(shown.contains(&("x-token".into(), REDACTED.into())));
    }
}
