//! Prints the tokens of types and their shapes.
//!
//! That is nearly all of a generated file, and of a small grammar: items, struct literals, calls, arrays and matches.
//! Parsing it again only to lay it out took most of a run; laying out the tokens themselves does not. What is printed holds
//! the same tokens, but for commas before a closing delimiter.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// Longer lines are broken.
const WIDTH: usize = 110;

/// Appends items, with blank lines between, indented by so many levels.
pub(super) fn items(out: &mut String, tokens: TokenStream, level: usize) {
    let nodes = nodes(tokens);
    let mut printer = Printer { out, column: 0 };
    printer.pieces(&nodes, level, true);
}

/// A token, or a group with its width on one line.
enum Node {
    Word(String),
    Mark(String),
    Doc(String),
    Group(Delimiter, Vec<Node>, usize),
}

fn nodes(tokens: TokenStream) -> Vec<Node> {
    let mut out: Vec<Node> = Vec::new();
    let mut joint = false;
    for token in tokens {
        let mut next_joint = false;
        match token {
            TokenTree::Ident(ident) => match out.last_mut() {
                // A lifetime.
                Some(Node::Mark(mark)) if joint && mark == "'" => mark.push_str(&ident.to_string()),
                _ => out.push(Node::Word(ident.to_string())),
            },
            TokenTree::Literal(literal) => out.push(Node::Word(literal.to_string())),
            TokenTree::Punct(punct) => {
                next_joint = punct.spacing() == Spacing::Joint;
                match out.last_mut() {
                    Some(Node::Mark(mark)) if joint && glues(mark, punct.as_char()) => mark.push(punct.as_char()),
                    _ => out.push(Node::Mark(punct.as_char().to_string())),
                }
            }
            TokenTree::Group(group) => {
                let inner = nodes(group.stream());
                if let Some(doc) = doc(&out, &inner) {
                    out.pop();
                    out.push(Node::Doc(doc));
                } else if group.delimiter() == Delimiter::None {
                    out.extend(inner);
                } else {
                    let width = width(&inner, group.delimiter());
                    out.push(Node::Group(group.delimiter(), inner, width));
                }
            }
        }
        joint = next_joint;
    }
    out
}

/// Marks of more than one character.
fn glues(mark: &str, next: char) -> bool {
    matches!((mark, next), (":", ':') | ("-", '>') | ("=", '>') | ("=", '=') | ("!", '=') | (".", '.') | ("&", '&'))
}

/// The text of `#[doc = "…"]`, whose `#` has just been read.
fn doc(before: &[Node], inner: &[Node]) -> Option<String> {
    let [Node::Word(word), Node::Mark(equals), Node::Word(literal)] = inner else { return None };
    let hash = matches!(before.last(), Some(Node::Mark(mark)) if mark == "#");
    if !hash || word != "doc" || equals != "=" {
        return None;
    }
    let text = syn::parse_str::<syn::LitStr>(literal).ok()?.value();
    // A line end would end the comment, and what follows would be code: such a text stays a literal.
    (!text.contains(['\n', '\r'])).then_some(text)
}

fn width(nodes: &[Node], delimiter: Delimiter) -> usize {
    let mut width = 2 + if delimiter == Delimiter::Brace && !nodes.is_empty() { 2 } else { 0 };
    let mut before = None;
    for node in nodes {
        width += usize::from(before.is_some_and(|before| spaced(before, node)));
        width += match node {
            Node::Word(text) | Node::Mark(text) => text.len(),
            // A comment needs a line of its own.
            Node::Doc(_) => WIDTH,
            Node::Group(_, _, width) => *width,
        };
        before = Some(node);
    }
    width
}

/// Whether a space stands between two tokens on one line.
fn spaced(before: &Node, after: &Node) -> bool {
    let tight_after = |mark: &str| {
        matches!(mark, "&" | "!" | "." | "::" | "#" | "<" | "*" | "-") || mark.starts_with('\'') && mark.len() == 1
    };
    let tight_before = |mark: &str| matches!(mark, "," | ";" | ":" | "." | "::" | "?" | ">" | "<");
    match (before, after) {
        (Node::Mark(mark), _) if tight_after(mark) => false,
        (Node::Mark(mark), Node::Mark(path)) if path == "::" => mark != ">",
        (_, Node::Mark(mark)) if tight_before(mark) => false,
        (Node::Mark(mark), Node::Group(Delimiter::Parenthesis, ..)) => mark != ">",
        (Node::Word(word), Node::Group(Delimiter::Parenthesis, ..)) => matches!(word.as_str(), "match" | "in" | "if"),
        (Node::Word(_), Node::Group(Delimiter::Bracket, ..)) => true,
        (Node::Group(..), Node::Group(Delimiter::Parenthesis | Delimiter::Bracket, ..)) => false,
        _ => true,
    }
}

struct Printer<'o> {
    out: &'o mut String,
    column: usize,
}

impl Printer<'_> {
    fn text(&mut self, text: &str) {
        self.out.push_str(text);
        self.column += text.chars().count();
    }

    fn indent(&mut self, level: usize) {
        for _ in 0..level {
            self.text("    ");
        }
    }

    /// Items, statements, members or arms, one a line. `apart` puts a blank line between.
    fn pieces(&mut self, nodes: &[Node], level: usize, apart: bool) {
        let mut rest = nodes;
        let mut first = true;
        let mut in_item = false;
        while !rest.is_empty() {
            let (piece, after, whole) = split(rest);
            let methods = starts_with(piece, "fn") || (in_item && first_word(rest) == Some("fn"));
            if !first && !in_item && (apart || methods || blank_before_fn(rest)) {
                self.out.push('\n');
            }
            first = false;
            self.indent(level);
            self.piece(piece, level);
            self.out.push('\n');
            self.column = 0;
            // Comments and attributes belong to what follows.
            in_item = !whole;
            rest = after;
        }
    }

    /// One piece from the current column on, without its line end.
    fn piece(&mut self, piece: &[Node], level: usize) {
        if let [Node::Doc(text)] = piece {
            self.text("///");
            self.text(text);
            return;
        }
        let block = is_block(piece);
        for (index, node) in piece.iter().enumerate() {
            if index > 0 && spaced(&piece[index - 1], node) {
                self.text(" ");
            }
            match node {
                Node::Word(text) | Node::Mark(text) => self.text(text),
                Node::Doc(_) => {}
                Node::Group(delimiter, inner, width) => {
                    let tail = usize::from(index + 1 < piece.len());
                    let fits = self.column + width + tail <= WIDTH;
                    let inline = fits && !(block && *delimiter == Delimiter::Brace && !inner.is_empty());
                    self.group(*delimiter, inner, inline, level);
                }
            }
        }
    }

    fn group(&mut self, delimiter: Delimiter, inner: &[Node], inline: bool, level: usize) {
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Brace => ("{", "}"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::None => ("", ""),
        };
        self.text(open);
        if inner.is_empty() {
            self.text(close);
            return;
        }
        if inline {
            let brace = delimiter == Delimiter::Brace;
            let inner = without_last_comma(inner);
            if brace {
                self.text(" ");
            }
            self.piece(inner, level);
            if brace {
                self.text(" ");
            }
            self.text(close);
            return;
        }
        self.out.push('\n');
        self.column = 0;
        let listed = delimiter != Delimiter::Brace || is_listed(inner);
        if listed {
            self.list(inner, level + 1);
        } else {
            self.pieces(inner, level + 1, false);
        }
        self.indent(level);
        self.text(close);
    }

    /// Comma-separated elements, one a line, each with a comma.
    fn list(&mut self, nodes: &[Node], level: usize) {
        let mut start = 0;
        while start < nodes.len() {
            // Comments first, each on a line.
            if matches!(nodes[start], Node::Doc(_)) {
                self.indent(level);
                self.piece(&nodes[start..=start], level);
                self.out.push('\n');
                self.column = 0;
                start += 1;
                continue;
            }
            let end = first_comma(&nodes[start..]).map_or(nodes.len(), |index| start + index);
            self.indent(level);
            self.piece(&nodes[start..end], level);
            self.out.push_str(",\n");
            self.column = 0;
            start = end + 1;
        }
    }
}

/// The first piece, what follows, and whether the piece is whole rather than the comment or attribute before one.
fn split(nodes: &[Node]) -> (&[Node], &[Node], bool) {
    if matches!(nodes[0], Node::Doc(_)) {
        return (&nodes[..1], &nodes[1..], false);
    }
    if is_mark(&nodes[0], "#") && matches!(nodes.get(1), Some(Node::Group(Delimiter::Bracket, ..))) {
        return (&nodes[..2], &nodes[2..], false);
    }
    let comma = first_comma(nodes);
    for (index, node) in nodes.iter().enumerate() {
        let end = index + 1;
        if is_mark(node, ";") || comma == Some(index) {
            return (&nodes[..end], &nodes[end..], true);
        }
        let closes = matches!(node, Node::Group(Delimiter::Brace, ..));
        let goes_on = nodes.get(end).is_some_and(|next| {
            matches!(next, Node::Mark(mark) if matches!(mark.as_str(), ";" | "," | "." | "?" | "="))
                || is_word(next, "else")
        });
        if closes && !goes_on {
            return (&nodes[..end], &nodes[end..], true);
        }
    }
    (nodes, &[], true)
}

/// Whether the braces of a piece hold a block or declarations rather than the fields of a value.
fn is_block(piece: &[Node]) -> bool {
    piece.iter().take(4).any(|node| {
        matches!(node, Node::Word(word) if matches!(word.as_str(), "impl" | "fn" | "struct" | "enum" | "match" | "if" | "mod" | "unsafe"))
    })
}

/// Whether braces hold a comma-separated list: fields, variants or arms.
fn is_listed(nodes: &[Node]) -> bool {
    first_comma(nodes).is_some() && !nodes.iter().any(|node| is_mark(node, ";"))
        || matches!(nodes, [Node::Word(_), Node::Mark(colon), ..] if colon == ":")
}

/// The first comma that is not between angle brackets; nothing printed here compares.
fn first_comma(nodes: &[Node]) -> Option<usize> {
    let mut angles = 0usize;
    for (index, node) in nodes.iter().enumerate() {
        match node {
            Node::Mark(mark) if mark == "<" => angles += 1,
            Node::Mark(mark) if mark == ">" => angles = angles.saturating_sub(1),
            Node::Mark(mark) if mark == "," && angles == 0 => return Some(index),
            _ => {}
        }
    }
    None
}

fn blank_before_fn(nodes: &[Node]) -> bool {
    first_word(nodes) == Some("fn")
}

/// The first word behind comments and attributes.
fn first_word(nodes: &[Node]) -> Option<&str> {
    let mut rest = nodes;
    while !rest.is_empty() {
        let (piece, after, whole) = split(rest);
        if whole {
            return piece.iter().find_map(|node| match node {
                Node::Word(word) if word != "pub" => Some(word.as_str()),
                _ => None,
            });
        }
        rest = after;
    }
    None
}

fn starts_with(piece: &[Node], word: &str) -> bool {
    piece.first().is_some_and(|node| is_word(node, word))
}

fn is_mark(node: &Node, mark: &str) -> bool {
    matches!(node, Node::Mark(text) if text == mark)
}

fn is_word(node: &Node, word: &str) -> bool {
    matches!(node, Node::Word(text) if text == word)
}

fn without_last_comma(nodes: &[Node]) -> &[Node] {
    match nodes.split_last() {
        Some((last, before)) if is_mark(last, ",") => before,
        _ => nodes,
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn a_line_end_does_not_leave_a_comment() {
        for (text, expected) in
            [(" one line", "/// one line\nstruct A;"), ("a\nfn evil() {}", "#[doc = \"a\\nfn evil() {}\"]")]
        {
            let mut out = String::new();
            items(&mut out, quote! { #[doc = #text] struct A; }, 0);
            assert!(out.trim_start().starts_with(expected), "{out}");
        }
    }

    /// The tokens as text, without commas before closing delimiters.
    fn flat(tokens: TokenStream) -> String {
        let mut out = String::new();
        for token in tokens {
            match token {
                TokenTree::Group(group) => {
                    let inner = flat(group.stream());
                    let (open, close) = match group.delimiter() {
                        Delimiter::Parenthesis => ("(", ")"),
                        Delimiter::Brace => ("{", "}"),
                        Delimiter::Bracket => ("[", "]"),
                        Delimiter::None => ("", ""),
                    };
                    out.push_str(open);
                    out.push_str(inner.trim_end().trim_end_matches(',').trim_end());
                    out.push_str(close);
                }
                other => out.push_str(&other.to_string()),
            }
            out.push(' ');
        }
        out
    }

    fn printed(tokens: TokenStream) -> String {
        let mut out = String::new();
        items(&mut out, tokens.clone(), 0);
        let again: TokenStream = out.parse().expect("what is printed lexes");
        assert_eq!(flat(again), flat(tokens), "printing changed the tokens:\n{out}");
        out
    }

    #[test]
    fn a_record_reads_like_hand_written_code() {
        let text = printed(quote! {
            #[doc = " What it is."]
            #[derive(Debug, Clone)]
            pub struct Order {
                #[doc = " Its number."]
                pub number: Option<String>,
                pub r#type: Vec<super::b::Kind>,
            }
        });
        assert_eq!(
            text,
            "/// What it is.\n#[derive(Debug, Clone)]\npub struct Order {\n    /// Its number.\n    pub number: Option<String>,\n    \
             pub r#type: Vec<super::b::Kind>,\n}\n"
        );
    }

    #[test]
    fn generics_signs_and_lifetimes_stay_what_they_are() {
        let text = printed(quote! {
            impl rt::Coded for Code {
                const VALUES: &'static [(i64, Self)] = &[(-1, Self::Minus1), (2, Self::Two)];

                fn unknown(_: i64) -> Option<Self> {
                    None
                }

                fn code(&self) -> ::std::borrow::Cow<'_, str> {
                    ::std::borrow::Cow::Borrowed(match self { Self::Minus1 => "a, b", Self::Other(text) => text, })
                }
            }
        });
        assert!(
            text.contains("const VALUES: &'static [(i64, Self)] = &[(-1, Self::Minus1), (2, Self::Two)];"),
            "{text}"
        );
        assert!(text.contains("fn code(&self) -> ::std::borrow::Cow<'_, str> {"), "{text}");
    }

    #[test]
    fn statements_stand_on_lines_of_their_own() {
        let text = printed(quote! {
            fn select(&mut self, index: usize) -> &mut dyn rt::Value {
                if rt::Choice::selected(self).0 != index {
                    *self = match index { 0 => Self::A(rt::Value::vacant()), _ => Self::B(rt::Value::vacant()), };
                }
                match self { Self::A(value) => value, Self::B(value) => value, }
            }
        });
        assert!(
            text.contains("    if rt::Choice::selected(self).0 != index {\n        *self = match index {\n"),
            "{text}"
        );
        assert!(text.contains("\n    match self {\n        Self::A(value) => value,\n"), "{text}");
    }

    #[test]
    fn an_empty_record_and_a_long_array() {
        printed(quote! { pub struct Empty {} });
        let many = (0..40).map(proc_macro2::Literal::u16_unsuffixed);
        let text = printed(quote! { static X: rt::Shape = rt::Shape { ordinal: &[#(#many),*] }; });
        assert!(text.lines().all(|line| line.len() <= WIDTH), "{text}");
    }
}
