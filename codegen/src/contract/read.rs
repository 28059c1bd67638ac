//! From a file on disk to a syntax tree: encoding, size and nesting are checked before syn sees anything.

use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{FileId, Sources, Span, instead_of, reason};

/// The largest contract file read. Hand-written files are far smaller.
const MAX_BYTES: u64 = 16 * 1024 * 1024;
/// How deep brackets (angle brackets included) may nest.
const MAX_DEPTH: usize = 64;
/// How many tokens one item, member or argument may have. syn recurses over some of them, so they are counted first.
const MAX_TOKENS: usize = 256;
/// How many mistakes are shown.
const MAX_MISTAKES: usize = 500;

/// Where diagnostics go, and the file they are about.
pub(super) struct Cx<'a> {
    pub(super) file: FileId,
    pub(super) diagnostics: &'a mut Diagnostics,
    text_len: u32,
}

impl<'a> Cx<'a> {
    pub(super) fn new(file: FileId, sources: &Sources, diagnostics: &'a mut Diagnostics) -> Self {
        let text_len = u32::try_from(sources.file(file).text.len()).unwrap_or(u32::MAX);
        Self { file, diagnostics, text_len }
    }

    /// The place of a token. Tokens that stand nowhere (the end of the input) are given the end of the file.
    pub(super) fn span(&self, span: proc_macro2::Span) -> Span {
        let range = span.byte_range();
        let clip = |at: usize| u32::try_from(at).unwrap_or(u32::MAX).min(self.text_len);
        let (start, end) =
            if range.end == 0 { (self.text_len, self.text_len) } else { (clip(range.start), clip(range.end)) };
        Span { file: self.file, start, end }
    }

    /// Reports a mistake, once: a generic struct is read for each of its uses. After [`MAX_MISTAKES`] the rest is left
    /// unsaid, since nobody reads it.
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        let known = self.diagnostics.iter().count();
        if known > MAX_MISTAKES || self.diagnostics.iter().any(|earlier| *earlier == diagnostic) {
            return;
        }
        if known == MAX_MISTAKES {
            self.diagnostics.push(Diagnostic::error("E0509", "too many mistakes: the rest is not shown"));
        } else {
            self.diagnostics.push(diagnostic);
        }
    }
}

/// Reads a file into `sources`. `None` means that the reason has been reported.
pub(super) fn read(path: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<FileId> {
    let label = path.to_string_lossy().replace('\\', "/");
    let bytes = match read_bytes(path) {
        Ok(bytes) => bytes,
        Err(reason) => {
            let help = if path.exists() { "give the path of a contract file".to_owned() } else { instead_of(path) };
            diagnostics.push(Diagnostic::error("E0551", format!("cannot read `{label}`: {reason}")).with_help(help));
            return None;
        }
    };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(sources.add(label, path, text)),
        Err(error) => {
            let at = error.valid_up_to();
            let byte = bytes[at];
            // The text before the mistake is unchanged by the lossy conversion, so the place is right.
            let file = sources.add(label, path, String::from_utf8_lossy(bytes));
            let start = u32::try_from(at).unwrap_or(u32::MAX);
            let place = sources.place(Span { file, start, end: start });
            let place = format!("line {}, column {}", place.line, place.column);
            diagnostics.push(
                Diagnostic::error(
                    "E0552",
                    format!("contract files are UTF-8, this one is not: byte 0x{byte:02x} in {place}"),
                )
                .at(Span { file, start, end: start.saturating_add(3) }, "not UTF-8 from here")
                .with_help("save the file as UTF-8 (an editor may have written it in windows-1251 or the like)"),
            );
            None
        }
    }
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, String> {
    let facts = std::fs::metadata(path).map_err(|error| reason(&error))?;
    if !facts.is_file() {
        return Err("it is not a regular file".into());
    }
    if facts.len() > MAX_BYTES {
        return Err(format!("it has {} bytes, more than the {MAX_BYTES} allowed", facts.len()));
    }
    std::fs::read(path).map_err(|error| reason(&error))
}

/// Parses the text of a file as Rust syntax.
pub(super) fn syntax(cx: &mut Cx<'_>, text: &str) -> Option<syn::File> {
    let tokens: TokenStream = match text.parse() {
        Ok(tokens) => tokens,
        Err(error) => {
            let error: proc_macro2::LexError = error;
            let span = cx.span(error.span());
            cx.push(
                Diagnostic::error("E0503", "this is not valid Rust syntax")
                    .at(span, "cannot be read as Rust tokens")
                    .with_help("look for an unclosed bracket, string or comment near this place"),
            );
            return None;
        }
    };
    if let Some((span, what)) = too_complex(&tokens) {
        let span = cx.span(span);
        cx.push(Diagnostic::error("E0504", what).at(span, "the limit is passed here"));
        return None;
    }
    match syn::parse2::<syn::File>(tokens) {
        Ok(file) => Some(file),
        Err(error) => {
            for part in error {
                let span = cx.span(part.span());
                cx.push(
                    Diagnostic::error("E0503", format!("this is not valid Rust syntax: {part}"))
                        .at(span, "")
                        .with_help(
                            "contract files are Rust items without bodies: `const`, `struct`, `enum`, `type`, `trait`",
                        ),
                );
            }
            None
        }
    }
}

/// Nesting or length that syn's recursion should not be trusted with. Iterative, so that it withstands what it looks for.
fn too_complex(tokens: &TokenStream) -> Option<(proc_macro2::Span, String)> {
    let mut stack = vec![Level { tokens: tokens.clone().into_iter(), angles: 0, run: 0, hash: false }];
    while let Some(level) = stack.last_mut() {
        let Some(token) = level.tokens.next() else {
            stack.pop();
            continue;
        };
        level.run += 1;
        let was_hash = std::mem::replace(&mut level.hash, false);
        let mut inner = None;
        match &token {
            TokenTree::Group(group) => {
                // An attribute or a body ends what is counted; an attribute's own tokens are counted on their own.
                if (was_hash && group.delimiter() == Delimiter::Bracket) || group.delimiter() == Delimiter::Brace {
                    level.run = 0;
                    level.angles = 0;
                }
                inner = Some(group.stream().into_iter());
            }
            TokenTree::Punct(punct) => match punct.as_char() {
                ';' => (level.run, level.angles) = (0, 0),
                ',' => level.run = 0,
                '<' => level.angles += 1,
                '>' => level.angles = level.angles.saturating_sub(1),
                // `#!` keeps the mark for the bracket that follows.
                '#' => level.hash = true,
                '!' => level.hash = was_hash,
                _ => {}
            },
            TokenTree::Ident(_) | TokenTree::Literal(_) => {}
        }
        if level.run > MAX_TOKENS {
            return Some((
                token.span(),
                format!("one item has more than {MAX_TOKENS} tokens without a comma or a body"),
            ));
        }
        let depth = stack.iter().map(|level| 1 + level.angles).sum::<usize>() - 1;
        if depth > MAX_DEPTH {
            return Some((token.span(), format!("brackets nest to a depth of more than {MAX_DEPTH}")));
        }
        if let Some(tokens) = inner {
            stack.push(Level { tokens, angles: 0, run: 0, hash: false });
        }
    }
    None
}

struct Level {
    tokens: proc_macro2::token_stream::IntoIter,
    angles: usize,
    run: usize,
    hash: bool,
}
