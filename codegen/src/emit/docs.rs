//! Vendors' documentation as doc comments that can neither run, nor link nowhere, nor show markup of their own.

use std::borrow::Cow;

/// The text as doc lines, each with the space that follows `///`; blank lines collapse to one.
pub(super) fn lines(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut paragraph = String::new();
    let flush = |paragraph: &mut String, out: &mut Vec<String>| {
        if !paragraph.is_empty() {
            out.extend(wrap(&escape(paragraph)).into_iter().map(|piece| format!(" {piece}")));
            paragraph.clear();
        }
    };
    for line in text.lines() {
        let clean: Cow<'_, str> = if line.chars().all(is_harmless) {
            Cow::Borrowed(line)
        } else {
            line.chars().filter(|c| is_harmless(*c)).collect()
        };
        let clean = clean.trim();
        if clean.is_empty() {
            flush(&mut paragraph, &mut out);
            if out.last().is_some_and(|last| !last.is_empty()) {
                out.push(String::new());
            }
            continue;
        }
        // Lines of a paragraph are joined; list items, table rows and headings begin one of their own.
        if clean.starts_with(['*', '-', '+', '#', '|', '>', '`', '\''])
            || clean.starts_with(|c: char| c.is_ascii_digit())
        {
            flush(&mut paragraph, &mut out);
        }
        if !paragraph.is_empty() {
            paragraph.push(' ');
        }
        paragraph.push_str(clean);
    }
    flush(&mut paragraph, &mut out);
    while out.last().is_some_and(String::is_empty) {
        out.pop();
    }
    out
}

/// Controls, bidirectional overrides and exotic line ends can make code look like something else.
pub(super) fn is_harmless(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}')
}

/// Keeps code spans and links to web pages; escapes what rustdoc would take for HTML, links or code blocks.
fn escape(line: &str) -> String {
    let fenced = line.contains("```") || line.contains("~~~");
    let line = if fenced { Cow::Owned(line.replace("```", "'''").replace("~~~", "'''")) } else { Cow::Borrowed(line) };
    let paired = line.bytes().filter(|byte| *byte == b'`').count().is_multiple_of(2);
    let mut out = String::with_capacity(line.len() + 8);
    let mut code = false;
    let mut rest = &*line;
    loop {
        // All that is looked at below begins with one of these.
        let special = |byte: u8| matches!(byte, b'`' | b'<' | b'>' | b'[' | b']' | b'h');
        let plain = rest.bytes().position(special).unwrap_or(rest.len());
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
    out
}

/// Breaks a long line at spaces, outside code spans.
fn wrap(line: &str) -> Vec<String> {
    const WIDTH: usize = 100;
    let mut out = vec![String::new()];
    let mut in_code = false;
    // Characters of the last line.
    let mut width = 0;
    for word in line.split(' ') {
        let last = out.last_mut().expect("never empty");
        let count = word.chars().count();
        if !in_code && !last.is_empty() && width + count >= WIDTH {
            // Markdown reads some line starts as headings or lists.
            let special =
                word.starts_with(['#', '+', '-', '*', '=', '>', '|']) || word.ends_with(['.', ')']) && word.len() < 4;
            if !special {
                out.push(String::new());
                width = 0;
            }
        }
        let last = out.last_mut().expect("never empty");
        if !last.is_empty() {
            last.push(' ');
            width += 1;
        }
        last.push_str(word);
        width += count;
        if word.bytes().filter(|byte| *byte == b'`').count() % 2 == 1 {
            in_code = !in_code;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::lines;

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
