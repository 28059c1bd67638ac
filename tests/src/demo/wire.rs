//! [`Wire`]: the messages of the calls, for people. The runtime hands them out without their secrets; here they are only
//! laid out.

use std::sync::{Arc, Mutex, PoisonError};

use bindery_runtime::{Capture, Direction, Settings};

/// What stands before every line of a message.
const MARGIN: &str = "        ";
/// The most bytes of an element with an element in it that stays on one line.
const SHORT: usize = 60;

/// Collects messages from the clients' threads. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(super) struct Wire {
    messages: Option<Arc<Mutex<Vec<String>>>>,
}

impl Wire {
    pub(super) fn new(wanted: bool) -> Self {
        Self { messages: wanted.then(Arc::default) }
    }

    /// The settings with a listener, if messages are wanted.
    pub(super) fn listen(&self, settings: Settings) -> Settings {
        let Some(messages) = self.messages.clone() else { return settings };
        settings.on_capture(move |capture| {
            messages.lock().unwrap_or_else(PoisonError::into_inner).push(layout(capture));
        })
    }

    /// The messages since the last time.
    pub(super) fn take(&self) -> Vec<String> {
        let Some(messages) = &self.messages else { return Vec::new() };
        std::mem::take(&mut *messages.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A message with a mark before every line that says which way it went, and an empty line after it.
fn layout(capture: &Capture) -> String {
    let mark = match capture.direction {
        Direction::Request => '>',
        Direction::Response => '<',
    };
    let headers = capture.headers.iter().map(|(name, value)| format!("{name}: {value}"));
    let lines = std::iter::once(capture.start.clone()).chain(headers).chain(pretty(&capture.body));
    lines.map(|line| format!("{MARGIN}{mark} {line}\n")).collect()
}

/// XML with an element a line, short ones with nothing but one text kept whole; anything else as it is. What is inside a tag
/// or a text is not touched, so this is for eyes only.
fn pretty(body: &str) -> Vec<String> {
    if !body.trim_start().starts_with('<') {
        return body.lines().map(str::to_owned).collect();
    }
    let pieces = pieces(body);
    let mut rest = pieces.as_slice();
    let mut lines = Vec::new();
    let mut depth = 0_usize;
    while let Some(piece) = rest.first() {
        if piece.starts_with("</") {
            depth = depth.saturating_sub(1);
        }
        let whole = whole(rest);
        let (line, after) = rest.split_at(whole.max(1));
        lines.push(format!("{:width$}{}", "", line.concat(), width = 2 * depth));
        depth += usize::from(whole == 0 && opens(piece));
        rest = after;
    }
    lines
}

/// How many pieces the element at the start has if it fits on a line: `<a></a>`, `<a>text</a>`, and `<a><b>text</b></a>`
/// when it is short. 0 when it does not.
fn whole(pieces: &[&str]) -> usize {
    let depth = pieces.iter().take_while(|piece| opens(piece)).count();
    let text = usize::from(pieces.get(depth).is_some_and(|piece| !piece.starts_with('<')));
    let whole = 2 * depth + text;
    let Some(closing) = pieces.get(depth + text..whole) else { return 0 };
    let closed = closing.iter().all(|piece| piece.starts_with("</"));
    let short = pieces.iter().take(whole).map(|piece| piece.len()).sum::<usize>() <= SHORT;
    if depth > 0 && closed && (depth == 1 || short) { whole } else { 0 }
}

fn opens(piece: &str) -> bool {
    piece.starts_with('<') && !piece.ends_with("/>") && !["</", "<?", "<!"].iter().any(|start| piece.starts_with(start))
}

/// Tags and the texts between them; blank texts are left out.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = if rest.starts_with('<') { tag_end(rest) } else { rest.find('<').unwrap_or(rest.len()) };
        let (piece, after) = rest.split_at(end);
        if !piece.trim().is_empty() {
            pieces.push(piece.trim());
        }
        rest = after;
    }
    pieces
}

/// Where a tag ends: a `>` in a quoted value is none.
fn tag_end(text: &str) -> usize {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::pretty;

    #[test]
    fn elements_get_lines_and_texts_stay_with_theirs() {
        let lines = pretty("<?xml version=\"1.0\"?><a x='>'><b>t &lt; u</b><c/>\n <d></d><e><f/></e></a>");
        let expected = ["<?xml version=\"1.0\"?>", "<a x='>'>", "  <b>t &lt; u</b>", "  <c/>", "  <d></d>", "  <e>"];
        assert_eq!(lines[..6], expected);
        assert_eq!(lines[6..], ["    <f/>", "  </e>", "</a>"]);
    }

    #[test]
    fn short_scalars_stay_in_their_value() {
        let lines = pretty("<data><value><i4>1</i4></value><value>x</value></data>");
        assert_eq!(lines, ["<data>", "  <value><i4>1</i4></value>", "  <value>x</value>", "</data>"]);
        let long = format!("<value><string>{}</string></value>", "x".repeat(80));
        assert_eq!(pretty(&long).len(), 3);
    }

    #[test]
    fn what_is_no_xml_is_shown_as_it_is_and_a_cut_tag_ends_the_text() {
        assert_eq!(pretty("Service\nUnavailable"), ["Service", "Unavailable"]);
        assert_eq!(pretty("<a><b x=\"1"), ["<a>", "  <b x=\"1"]);
        assert!(pretty("").is_empty());
    }
}
