//! Mistakes and remarks about the input, collected rather than thrown, so that one run shows all of a stage's.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::source::{Sources, Span};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// Something is accepted, skipped or approximated that a person should know of.
    Warning,
    /// For information.
    Note,
}

/// One mistake or remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Stable code: a letter and four digits, explained by `bindery explain CODE`.
    pub code: &'static str,
    /// What is wrong, in one line, without a full stop.
    pub message: String,
    /// Where, and what was expected there.
    pub labels: Vec<Label>,
    /// What to know.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Vec<String>,
}

/// An underlined place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What to say under it; may be empty.
    pub text: String,
    /// The main place, rather than one that explains.
    pub primary: bool,
}

impl Diagnostic {
    /// An error.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A warning.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// A remark.
    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }

    fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        Self { severity, code, message: message.into(), labels: Vec::new(), notes: Vec::new(), help: Vec::new() }
    }

    /// Underlines the place.
    #[must_use]
    pub fn at(mut self, span: impl Into<Option<Span>>, text: impl Into<String>) -> Self {
        if let Some(span) = span.into() {
            self.labels.push(Label { span, text: text.into(), primary: true });
        }
        self
    }

    /// Underlines a second place that explains the first.
    #[must_use]
    pub fn also(mut self, span: impl Into<Option<Span>>, text: impl Into<String>) -> Self {
        if let Some(span) = span.into() {
            self.labels.push(Label { span, text: text.into(), primary: false });
        }
        self
    }

    /// Adds something to know.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds something to do.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// The text for people, rustc's way; with terminal colours if asked.
    pub fn render(&self, sources: &Sources, colour: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let mut group = Group::with_title(level.primary_title(self.message.as_str()).id(self.code));
        let mut files: Vec<_> = self.labels.iter().map(|label| label.span.file).collect();
        files.dedup();
        let mut seen = Vec::new();
        for file in files {
            if seen.contains(&file) {
                continue;
            }
            seen.push(file);
            let source = sources.file(file);
            let mut snippet = Snippet::source(source.text.as_str()).path(source.label.as_str()).fold(true);
            for label in self.labels.iter().filter(|label| label.span.file == file) {
                let kind = if label.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
                let range = clip(&source.text, label.span);
                snippet = snippet.annotation(kind.span(range).label(label.text.as_str()));
            }
            group = group.element(snippet);
        }
        for note in &self.notes {
            group = group.element(Level::NOTE.message(note.as_str()));
        }
        for help in &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group])
    }
}

/// A span's range on its first line only, so that a diagnostic about a long element stays short.
fn clip(text: &str, span: Span) -> std::ops::Range<usize> {
    let start = floor(text, span.start as usize);
    let end = floor(text, span.end as usize).max(start);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    start..end.min(line_end)
}

fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len()))
}

/// Where stages put what they find.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    items: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.items.push(diagnostic);
    }

    /// Adds all of another collection.
    pub fn extend(&mut self, other: Self) {
        self.items.extend(other.items);
    }

    /// Whether any is an error.
    pub fn has_errors(&self) -> bool {
        self.items.iter().any(|item| item.severity == Severity::Error)
    }

    /// Turns errors of one code into warnings of another, with a note on what became of what they are about.
    pub fn forgive(&mut self, error: &str, warning: &'static str, note: &str) {
        for item in self.items.iter_mut().filter(|item| item.severity == Severity::Error && item.code == error) {
            item.severity = Severity::Warning;
            item.code = warning;
            item.notes.push(note.to_owned());
        }
    }

    /// Everything collected, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.items.iter()
    }

    /// How many of this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.items.iter().filter(|item| item.severity == severity).count()
    }

    /// The text for people: sorted by place, one blank line between.
    pub fn render(&self, sources: &Sources, colour: bool) -> String {
        let mut items: Vec<&Diagnostic> = self.items.iter().collect();
        items.sort_by_key(|item| (item.severity, item.labels.first().map(|label| label.span)));
        items.iter().map(|item| item.render(sources, colour)).collect::<Vec<_>>().join("\n\n")
    }
}

/// The known name nearest to a misspelt one, if one is near enough to suggest.
pub fn did_you_mean<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (wrong.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|name| (distance(&wrong.to_lowercase(), &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// How many letters are to be put in, left out, replaced, or changed with their neighbour (`form`, `from`).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut earlier: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut row = vec![i + 1];
        for j in 0..b.len() {
            let mut least = (last[j] + usize::from(a[i] != b[j])).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                least = least.min(earlier[j - 1] + 1);
            }
            row.push(least);
        }
        earlier = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}
