//! [`Transcript`]: what a person reads.

use std::io::Write;

use super::wire::Wire;
use super::{Result, Summary};

/// Where the text of a step begins.
const INDENT: usize = 37;
const SHORTEST_SECRET: usize = 8;

/// Sections of numbered steps, in short aligned lines.
pub(super) struct Transcript<'o> {
    out: &'o mut dyn Write,
    wire: Wire,
    steps: usize,
    shown: Vec<String>,
}

impl<'o> Transcript<'o> {
    pub(super) fn new(out: &'o mut dyn Write, wire: Wire) -> Self {
        Self { out, wire, steps: 0, shown: Vec::new() }
    }

    /// Begins a section.
    pub(super) fn section(&mut self, title: &str, about: &str) -> Result {
        writeln!(self.out, "\n{title}\n  {about}\n")?;
        Ok(self.out.flush()?)
    }

    /// A step that came out as expected: the operation, and what to know of it, a line each. The step's messages follow.
    pub(super) fn step<T: AsRef<str>>(&mut self, operation: &str, lines: impl IntoIterator<Item = T>) -> Result {
        self.steps += 1;
        let head = format!("  {:>2}  {operation} ", self.steps);
        let mut lines = lines.into_iter();
        let first = lines.next();
        writeln!(self.out, "{head:<INDENT$}{}", first.as_ref().map_or("", T::as_ref))?;
        for line in lines {
            writeln!(self.out, "{:INDENT$}{}", "", line.as_ref())?;
        }
        self.messages()?;
        Ok(self.out.flush()?)
    }

    /// What ends a section.
    pub(super) fn remark(&mut self, text: &str) -> Result {
        writeln!(self.out, "\n  {text}")?;
        Ok(self.out.flush()?)
    }

    /// Writes the messages that went over the wire since the last time, if they are wanted.
    pub(super) fn messages(&mut self) -> Result {
        for message in self.wire.take() {
            writeln!(self.out, "{message}")?;
        }
        Ok(())
    }

    /// Notes that a secret is about to be shown on purpose. One too short to be told from any other text is not noted.
    pub(super) fn show_secret(&mut self, text: &str) {
        if text.len() >= SHORTEST_SECRET {
            self.shown.push(text.to_owned());
        }
    }

    pub(super) fn finish(self, secrets: Vec<String>) -> Summary {
        let secrets = secrets.into_iter().chain(self.shown.iter().cloned()).collect();
        Summary { steps: self.steps, secrets, shown: self.shown }
    }
}
