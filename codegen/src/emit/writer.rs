//! Writes Rust source, line by line, and breaks what is longer than a line.
//!
//! Text never becomes code here. What is printed comes from four places: [`Writer::code`] takes `&'static str`, so only what
//! this crate itself spells out; [`Writer::ident`] takes identifiers and refuses what is none; [`Writer::string`] makes a
//! literal of any text; [`Writer::docs`] makes comments, whose lines cannot hold a line end.

use std::collections::BTreeSet;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;

use unicode_ident::{is_xid_continue, is_xid_start};

use super::docs;

/// Longer lines are broken.
const WIDTH: usize = 110;

/// A source file as it grows.
#[derive(Default)]
pub(super) struct Writer {
    out: String,
    level: usize,
    /// The line being written, as long as it may be.
    line: String,
    /// Where the line may be broken.
    marks: Vec<Mark>,
    /// The marks of groups that are not closed yet.
    open: Vec<usize>,
    /// Whether the line holds a [`Group::Lines`].
    lines: bool,
    /// Where a text stands as documentation, and how deep: each type says again what it inherits.
    printed: HashMap<Box<str>, (usize, Range<usize>)>,
    /// Letters beyond ASCII in identifiers.
    letters: BTreeSet<char>,
}

/// What stands between two delimiters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    /// `(a, b)`
    Parens,
    /// `[a, b]`
    Brackets,
    /// `{ a, b }`
    Braces,
    /// `{ a, b }` with each on a line of its own, even if one line has room for them: arms, say.
    Lines,
}

impl Group {
    const fn delimiters(self) -> (char, char) {
        match self {
            Self::Parens => ('(', ')'),
            Self::Brackets => ('[', ']'),
            Self::Braces | Self::Lines => ('{', '}'),
        }
    }

    /// Spaces behind the opening delimiter, and before the closing one.
    const fn padding(self) -> usize {
        match self {
            Self::Parens | Self::Brackets => 0,
            Self::Braces | Self::Lines => 1,
        }
    }
}

/// A place in a line.
#[derive(Debug, Clone, Copy)]
struct Mark {
    /// The byte where the delimiter or comma stands.
    at: usize,
    kind: Kind,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Open {
        group: Group,
        /// The mark that closes it.
        close: usize,
        /// Bytes on one line, with both delimiters.
        width: usize,
        /// There is a [`Group::Lines`] in it.
        lines: bool,
    },
    Comma,
    Close,
}

impl Writer {
    /// What was written.
    pub(super) fn finish(self) -> String {
        self.out
    }

    /// The first line, which names the inputs.
    pub(super) fn header(&mut self, inputs: &str) {
        self.out.push_str(super::MARK);
        // A line end in a path would end the comment.
        self.out.extend(inputs.chars().filter(|c| docs::is_harmless(*c)));
        self.out.push_str(". Do not edit.\n");
    }

    /// Code as this crate spells it out.
    pub(super) fn code(&mut self, code: &'static str) {
        self.line.push_str(code);
    }

    /// An identifier the plan has checked; `r#` marks a raw one.
    ///
    /// # Panics
    /// If it is none: a mistake of the plan, and the last place to notice it.
    pub(super) fn ident(&mut self, name: &str) {
        assert!(is_identifier(name), "the plan gave {name:?} as an identifier");
        if !name.is_ascii() {
            self.letters.extend(name.chars().filter(|c| !c.is_ascii()));
        }
        self.line.push_str(name);
    }

    /// A path the plan has checked, as it was given.
    pub(super) fn path(&mut self, path: &str) {
        for (index, segment) in path.split("::").enumerate() {
            if index > 0 {
                self.code("::");
            }
            // What stands before a leading `::`.
            if index > 0 || !segment.is_empty() {
                self.ident(segment);
            }
        }
    }

    /// Letters beyond ASCII of all identifiers so far.
    pub(super) const fn letters(&self) -> &BTreeSet<char> {
        &self.letters
    }

    /// A text as a string literal.
    pub(super) fn string(&mut self, text: &str) {
        self.line.push('"');
        escape(&mut self.line, text);
        self.line.push('"');
    }

    /// A number, without a suffix.
    pub(super) fn number(&mut self, number: i128) {
        let _ = write!(self.line, "{number}");
    }

    /// `true` or `false`.
    pub(super) fn bool(&mut self, value: bool) {
        self.code(if value { "true" } else { "false" });
    }

    /// A whole line of code.
    pub(super) fn line(&mut self, code: &'static str) {
        self.code(code);
        self.end();
    }

    /// An empty line.
    pub(super) fn blank(&mut self) {
        self.out.push('\n');
    }

    /// A text as documentation, a line each.
    pub(super) fn docs(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if let Some((level, place)) = self.printed.get(text)
            && *level == self.level
        {
            return self.out.extend_from_within(place.clone());
        }
        let start = self.out.len();
        let (out, level) = (&mut self.out, self.level);
        docs::each_line(text, |line| {
            indent(out, level);
            out.push_str("///");
            if !line.is_empty() {
                out.push(' ');
                out.push_str(line);
            }
            out.push('\n');
        });
        // Short ones are made as fast as found.
        if text.len() > 60 {
            self.printed.insert(text.into(), (level, start..self.out.len()));
        }
    }

    /// Begins a group, which is printed on one line if there is room.
    pub(super) fn open(&mut self, group: Group) {
        self.open.push(self.marks.len());
        self.lines |= group == Group::Lines;
        let kind = Kind::Open { group, close: 0, width: 0, lines: group == Group::Lines };
        self.marks.push(Mark { at: self.line.len(), kind });
        self.line.push(group.delimiters().0);
        if group.padding() > 0 {
            self.line.push(' ');
        }
    }

    /// Ends an element of a group; one before the closing delimiter is printed only where the line is broken.
    pub(super) fn comma(&mut self) {
        self.marks.push(Mark { at: self.line.len(), kind: Kind::Comma });
        self.line.push_str(", ");
    }

    /// Ends a group.
    pub(super) fn close(&mut self) {
        let index = self.open.pop().expect("a group was opened");
        let Mark { at, kind: Kind::Open { group, mut lines, .. } } = self.marks[index] else {
            unreachable!("`open` holds the marks of groups");
        };
        if self.line.len() == at + 1 + group.padding() {
            // Nothing to break.
            self.line.truncate(at + 1);
            self.line.push(group.delimiters().1);
            self.marks.truncate(index);
            return;
        }
        // A comma before the closing delimiter.
        if let Some(Mark { at, kind: Kind::Comma }) = self.marks.last().copied()
            && at + ", ".len() == self.line.len()
        {
            self.line.truncate(at);
            self.marks.pop();
        }
        if group.padding() > 0 {
            self.line.push(' ');
        }
        self.line.push(group.delimiters().1);
        let close = self.marks.len();
        self.marks.push(Mark { at: self.line.len() - 1, kind: Kind::Close });
        if self.lines {
            lines |=
                self.marks[index + 1..close].iter().any(|mark| matches!(mark.kind, Kind::Open { lines: true, .. }));
        }
        let width = self.line.len() - at;
        self.marks[index].kind = Kind::Open { group, close, width, lines };
    }

    /// Ends a line.
    pub(super) fn end(&mut self) {
        debug_assert!(self.open.is_empty(), "a group is left open: {}", self.line);
        self.indent(self.level);
        let column = 4 * self.level;
        if self.marks.is_empty() || (!self.lines && column + self.line.len() <= WIDTH) {
            self.out.push_str(&self.line);
        } else {
            let mut printer = Printer { out: &mut self.out, line: &self.line, marks: &self.marks, column };
            printer.piece(0..self.line.len(), 0..self.marks.len(), self.level);
        }
        self.out.push('\n');
        self.line.clear();
        self.marks.clear();
        self.lines = false;
    }

    /// Ends a line with an opening brace; what follows is indented.
    pub(super) fn enter(&mut self) {
        self.code(" {");
        self.end();
        self.level += 1;
    }

    /// Closes what [`Writer::enter`] opened.
    pub(super) fn leave(&mut self) {
        self.level -= 1;
        self.line("}");
    }

    /// A block whose head is fixed.
    pub(super) fn block(&mut self, head: &'static str, body: impl FnOnce(&mut Self)) {
        self.code(head);
        self.enter();
        body(self);
        self.leave();
    }

    /// Lines between two others, indented.
    pub(super) fn nested(&mut self, before: &'static str, after: &'static str, body: impl FnOnce(&mut Self)) {
        self.line(before);
        self.level += 1;
        body(self);
        self.level -= 1;
        self.line(after);
    }

    fn indent(&mut self, level: usize) {
        indent(&mut self.out, level);
    }
}

fn indent(out: &mut String, level: usize) {
    for _ in 0..level {
        out.push_str("    ");
    }
}

/// Prints a line with its groups broken where they do not fit.
struct Printer<'w> {
    out: &'w mut String,
    line: &'w str,
    marks: &'w [Mark],
    column: usize,
}

impl Printer<'_> {
    fn text(&mut self, range: Range<usize>) {
        let text = &self.line[range];
        self.out.push_str(text);
        self.column += text.chars().count();
    }

    fn indent(&mut self, level: usize) {
        indent(self.out, level);
        self.column = 4 * level;
    }

    /// Part of the line, from the current column on.
    fn piece(&mut self, text: Range<usize>, marks: Range<usize>, level: usize) {
        let (mut at, mut mark) = (text.start, marks.start);
        while mark < marks.end {
            let Mark { at: open, kind: Kind::Open { group, close, width, lines } } = self.marks[mark] else {
                mark += 1;
                continue;
            };
            self.text(at..open);
            let end = self.marks[close].at;
            // What follows can be broken off only at a group.
            let tail = if close + 1 < marks.end { usize::from(end + 1 < text.end) } else { text.end - end - 1 };
            at = open;
            if group != Group::Lines && lines && self.is_alone(mark, close) {
                // An argument that is never on one line begins on this one.
                self.text(open..open + 1);
                self.piece(open + 1..end, mark + 1..close, level);
                at = end;
            } else if lines || self.column + width + tail > WIDTH {
                self.text(open..open + 1);
                self.list(group, mark, close, level);
                at = end;
            }
            mark = close + 1;
        }
        self.text(at..text.end);
    }

    /// Whether a group has one element.
    fn is_alone(&self, open: usize, close: usize) -> bool {
        let mut mark = open + 1;
        while mark < close {
            match self.marks[mark].kind {
                Kind::Open { close, .. } => mark = close + 1,
                Kind::Comma => return false,
                Kind::Close => mark += 1,
            }
        }
        true
    }

    /// The elements of a group on lines of their own, each with a comma.
    fn list(&mut self, group: Group, open: usize, close: usize, level: usize) {
        let mut start = self.marks[open].at + 1 + group.padding();
        let mut first = open + 1;
        let mut mark = first;
        while mark <= close {
            let end = match self.marks[mark].kind {
                Kind::Open { close, .. } => {
                    mark = close + 1;
                    continue;
                }
                Kind::Comma => self.marks[mark].at,
                Kind::Close => self.marks[mark].at - group.padding(),
            };
            self.out.push('\n');
            self.indent(level + 1);
            self.piece(start..end, first..mark, level + 1);
            self.out.push(',');
            self.column += 1;
            start = end + ", ".len();
            first = mark + 1;
            mark = first;
        }
        self.out.push('\n');
        self.indent(level);
    }
}

/// The bytes of identifiers in ASCII.
const WORD: [bool; 256] = {
    let mut word = [false; 256];
    let mut byte = 0;
    while byte < 128_u8 {
        word[byte as usize] = byte.is_ascii_alphanumeric() || byte == b'_';
        byte += 1;
    }
    word
};

/// Whether this can stand in code as a name.
fn is_identifier(name: &str) -> bool {
    let name = name.strip_prefix("r#").unwrap_or(name);
    // Asked for each name that is printed: nearly all are of the letters in the table.
    if name.bytes().all(|byte| WORD[usize::from(byte)]) {
        return name.as_bytes().first().is_some_and(|byte| !byte.is_ascii_digit());
    }
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c == '_' || is_xid_start(c)) && chars.all(is_xid_continue)
}

/// The inside of a string literal.
fn escape(out: &mut String, text: &str) {
    let harmless = |byte: &u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
    if text.as_bytes().iter().all(harmless) {
        out.push_str(text);
        return;
    }
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\'' => out.push(c),
            // `\01` would be read by people as an octal number.
            '\0' if chars.peek().is_some_and(|next| ('0'..='7').contains(next)) => out.push_str("\\x00"),
            _ => out.extend(c.escape_debug()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Writer)) -> String {
        let mut writer = Writer::default();
        write(&mut writer);
        writer.finish()
    }

    #[test]
    fn what_fits_stays_on_a_line_and_what_does_not_is_broken() {
        let call = |count: usize| {
            written(|w| {
                w.code("f");
                w.open(Group::Parens);
                for _ in 0..count {
                    w.code("&");
                    w.open(Group::Brackets);
                    w.code("argument");
                    w.comma();
                    w.close();
                    w.comma();
                }
                w.close();
                w.code(";");
                w.end();
            })
        };
        assert_eq!(call(0), "f();\n");
        assert_eq!(call(2), "f(&[argument], &[argument]);\n");
        assert!(call(30).starts_with("f(\n    &[argument],\n    &[argument],\n"), "{}", call(30));
        assert!(call(30).ends_with("    &[argument],\n);\n"), "{}", call(30));
    }

    #[test]
    fn arms_have_lines_of_their_own() {
        let text = written(|w| {
            w.code("f");
            w.open(Group::Parens);
            w.code("match self ");
            w.open(Group::Lines);
            w.code("A => 1");
            w.comma();
            w.close();
            w.close();
            w.end();
        });
        assert_eq!(text, "f(match self {\n    A => 1,\n})\n");
    }

    #[test]
    fn any_text_is_a_literal_that_reads_back_as_it() {
        for text in
            ["", "plain", "a\"b\\c", "\n\r\t\0", "\u{0}1", "ü\u{202e}\u{7f}", "'", "*/ // \\\"; fn evil() {}", "{}"]
        {
            let literal = written(|w| {
                w.string(text);
                w.end();
            });
            assert_eq!(syn::parse_str::<syn::LitStr>(literal.trim_end()).expect("a literal").value(), text);
            assert_eq!(literal.trim_end(), proc_macro2::Literal::string(text).to_string());
        }
    }

    #[test]
    fn identifiers_are_identifiers() {
        for name in ["a", "_", "A1", "r#type", "größe", "_1"] {
            assert!(is_identifier(name), "{name}");
        }
        for name in ["", "1", "a b", "a-b", "a::b", "a;", "r#", "a\n", "\u{301}a", "ü-", "a\"", "a'"] {
            assert!(!is_identifier(name), "{name}");
        }
    }
}
