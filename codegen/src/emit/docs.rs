//! Vendors' documentation as doc comments that can neither run, nor link nowhere, nor show markup of their own.

use std::borrow::Cow;

/// Hands out the text as doc lines, each without what stands before it; blank lines collapse to one.
pub(super) fn each_line(text: &str, put: impl FnMut(&str)) {
    let mut out = Lines { put, any: false, blank: false };
    let mut paragraph = String::new();
    for line in text.lines() {
        let clean = harmless(line);
        let clean = clean.trim();
        if clean.is_empty() {
            out.paragraph(&mut paragraph);
            out.blank = out.any;
            continue;
        }
        // Lines of a paragraph are joined; list items, table rows and headings begin one of their own.
        if clean.starts_with(['*', '-', '+', '#', '|', '>', '`', '\''])
            || clean.starts_with(|c: char| c.is_ascii_digit())
        {
            out.paragraph(&mut paragraph);
        }
        if !paragraph.is_empty() {
            paragraph.push(' ');
        }
        paragraph.push_str(clean);
    }
    out.paragraph(&mut paragraph);
}

/// Where doc lines go.
struct Lines<P> {
    put: P,
    /// There was a line.
    any: bool,
    /// A blank line stands before the next one.
    blank: bool,
}

impl<P: FnMut(&str)> Lines<P> {
    /// Ends a paragraph.
    fn paragraph(&mut self, text: &mut String) {
        if text.is_empty() {
            return;
        }
        if std::mem::take(&mut self.blank) {
            (self.put)("");
        }
        self.any = true;
        wrap(&escape(text), &mut self.put);
        text.clear();
    }
}

/// The line without what could make it look like something else.
fn harmless(line: &str) -> Cow<'_, str> {
    if line.bytes().all(|byte| matches!(byte, b' '..=b'~')) || line.chars().all(is_harmless) {
        Cow::Borrowed(line)
    } else {
        line.chars().filter(|c| is_harmless(*c)).collect()
    }
}

/// Controls, bidirectional overrides and exotic line ends can make code look like something else.
pub(super) fn is_harmless(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}')
}

/// Keeps code spans and links to web pages; escapes what rustdoc would take for HTML, links or code blocks.
fn escape(line: &str) -> Cow<'_, str> {
    if next_special(line) == line.len() && !line.contains('~') {
        return Cow::Borrowed(line);
    }
    let fenced = line.contains("```") || line.contains("~~~");
    let line = if fenced { Cow::Owned(line.replace("```", "'''").replace("~~~", "'''")) } else { Cow::Borrowed(line) };
    let paired = line.bytes().filter(|byte| *byte == b'`').count().is_multiple_of(2);
    let mut out = String::with_capacity(line.len() + 8);
    let mut code = false;
    let mut rest = &*line;
    loop {
        let plain = next_special(rest);
        out.push_str(&rest[..plain]);
        rest = &rest[plain..];
        let Some(c) = rest.chars().next() else { break };
        if !code && (rest.starts_with("http://") || rest.starts_with("https://")) {
            let end = rest
                .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '|' | '[' | ']'))
                .unwrap_or(rest.len());
            let url = rest[..end].trim_end_matches(['.', ',', ';', ')', ':', '\'', '*', '!']);
            out.push('<');
            out.push_str(url);
            out.push('>');
            rest = &rest[url.len()..];
            // The contract's author may have written the brackets.
            if out.ends_with('>') && rest.starts_with('>') {
                rest = &rest[1..];
            }
            continue;
        }
        match c {
            '`' if paired => {
                code = !code;
                out.push('`');
            }
            '`' => out.push_str("\\`"),
            '<' if !code && (rest[1..].starts_with("http://") || rest[1..].starts_with("https://")) => {}
            '<' | '>' | '[' | ']' if !code => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
        rest = &rest[c.len_utf8()..];
    }
    Cow::Owned(out)
}

/// Where something begins that is not text as it is.
fn next_special(text: &str) -> usize {
    let bytes = text.as_bytes();
    let special = |(at, byte): (usize, &u8)| match byte {
        b'`' | b'<' | b'>' | b'[' | b']' => true,
        b'h' => bytes[at..].starts_with(b"http"),
        _ => false,
    };
    bytes.iter().enumerate().position(special).unwrap_or(bytes.len())
}

/// Breaks a long line at spaces, outside code spans.
fn wrap(line: &str, put: &mut impl FnMut(&str)) {
    const WIDTH: usize = 100;
    let (ascii, has_code) = (line.is_ascii(), line.contains('`'));
    let mut in_code = false;
    // The piece that is not handed out yet, and its characters.
    let (mut start, mut end, mut width) = (0, 0, 0);
    let mut at = 0;
    for word in line.split(' ') {
        let count = if ascii { word.len() } else { word.chars().count() };
        if !in_code && start < end && width + count >= WIDTH {
            // Markdown reads some line starts as headings or lists.
            let special =
                word.starts_with(['#', '+', '-', '*', '=', '>', '|']) || word.ends_with(['.', ')']) && word.len() < 4;
            if !special {
                put(&line[start..end]);
                (start, end, width) = (at, at, 0);
            }
        }
        if start == end {
            start = at;
        } else {
            width += 1;
        }
        end = at + word.len();
        width += count;
        at = end + 1;
        if has_code && word.bytes().filter(|byte| *byte == b'`').count() % 2 == 1 {
            in_code = !in_code;
        }
    }
    put(&line[start..end]);
}

#[cfg(test)]
mod tests {
    /// The lines with what stands before them.
    fn lines(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        super::each_line(text, |line| out.push(if line.is_empty() { String::new() } else { format!(" {line}") }));
        out
    }

    #[test]
    fn vendors_cannot_write_markup_or_code() {
        assert_eq!(lines("a <b>bold</b> [link]"), [" a \\<b\\>bold\\</b\\> \\[link\\]"]);
        assert_eq!(lines("```\nlet x = 1;\n```"), [" ''' let x = 1;", " '''"]);
        assert_eq!(lines("     indented"), [" indented"]);
        assert_eq!(lines("evil\u{202e}txt"), [" eviltxt"]);
    }

    #[test]
    fn links_and_code_spans_stay() {
        assert_eq!(
            lines("see <https://a.example/x> or http://b.example."),
            [" see <https://a.example/x> or <http://b.example>."]
        );
        assert_eq!(lines("`Vec<T>` and one ` alone"), [" \\`Vec\\<T\\>\\` and one \\` alone"]);
        assert_eq!(lines("`Vec<T>`"), [" `Vec<T>`"]);
    }

    #[test]
    fn blank_lines_collapse() {
        assert_eq!(lines("\n\na\n\n\nb\n\n"), [" a", "", " b"]);
    }
}
