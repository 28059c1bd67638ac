//! A finding in words: those `bindery diff` has for the same change, and the line a hand-written contract would have.

use heck::{ToSnakeCase, ToUpperCamelCase};

use super::Finding;
use crate::diff::{Language, messages, rules};
use crate::plan::is_identifier;

impl Finding {
    /// The rule of `bindery diff` that would report the contract's change, where there is one.
    pub fn rule(&self) -> Option<&'static str> {
        match self.kind.as_str() {
            "unknown-element" => Some("member-added-optional"),
            "unknown-attribute" => Some("attribute-added-optional"),
            "unknown-value" => Some("value-added"),
            "unknown-type" => Some("derived-type-added"),
            "surplus-slot" => Some("slot-added-last"),
            _ => None,
        }
    }

    /// Whose content it is: the type's name, or the place.
    pub fn whose(&self) -> String {
        match &self.owner {
            Some((_, local)) => local.clone(),
            None => self.paths.first().cloned().unwrap_or_default(),
        }
    }

    /// What differs, without how often.
    pub fn sentence(&self) -> String {
        let name = &self.name;
        let more = self.more.iter().map(|more| format!("`{more}`")).collect::<Vec<_>>().join(", ");
        let looks = self.looks_in_words();
        match self.kind.as_str() {
            "unknown-element" | "unknown-attribute" => format!("{}{looks}", self.as_diff_says(name)),
            "unknown-value" if let Some(value) = self.more.first() => {
                format!("{} of `{name}`", self.as_diff_says(value))
            }
            "unknown-value" => format!("values of `{name}` that the contract does not list{looks}"),
            "unknown-type" if !more.is_empty() => {
                format!("`{name}` is of a type the contract does not have there: {more}")
            }
            "unknown-type" => format!("`{name}` does not say its type"),
            "order" => format!("member `{name}` comes in another place than the contract's"),
            "text" => format!("text between the members{looks}"),
            "other-wire" => format!("member `{name}` comes on a wire the contract does not have it on"),
            "nil" => format!("`{name}` is nil where the contract has an empty list"),
            "nil-item" => format!("items of `{name}` are nil"),
            "surplus-slot" => format!("new slot at the end{looks}"),
            "slot-type" => format!("slot `{name}` is of another XML-RPC type{looks}"),
            "uncorrelated" => "answers do not say which request they belong to".to_owned(),
            "repeated-header" => format!("the header `{name}` comes more than once"),
            "stale" => "answers have a Timestamp that is past, or still to come".to_owned(),
            "more" => "more differences than are kept apart".to_owned(),
            other => format!("{other} `{name}`{looks}"),
        }
    }

    /// The sentence the rule has for a change of the contract.
    fn as_diff_says(&self, name: &str) -> String {
        let rule = self.rule().and_then(rules::find);
        rule.map(|rule| messages::what(rule, Language::English).replace("{name}", name)).unwrap_or_default()
    }

    fn looks_in_words(&self) -> String {
        let names = || self.more.iter().cloned().collect::<Vec<_>>().join(", ");
        match self.looks.as_str() {
            "" => String::new(),
            "empty" => ", always empty".to_owned(),
            "secret" => ", secret".to_owned(),
            "element" => format!(", an element with {}", names()),
            "mixed content" if self.more.is_empty() => ", text and elements".to_owned(),
            "mixed content" => format!(", text or elements with {}", names()),
            "text" => format!(", text of up to {} characters", self.longest),
            looks => format!(", looks like {looks}"),
        }
    }

    /// What to add to a hand-written contract, and where; none where no line would say it.
    pub fn proposal(&self) -> Option<(String, String)> {
        let place = match &self.owner {
            Some((_, local)) => format!("struct {local}"),
            None => format!("the struct at {}", self.paths.first()?.rsplit_once('/')?.0),
        };
        match self.kind.as_str() {
            "unknown-element" | "unknown-attribute" => {
                if self.name.is_empty() {
                    return None;
                }
                let (wire, ident) = identifier(&self.name);
                let mut attributes = wire;
                if self.kind == "unknown-attribute" {
                    attributes.push_str("#[attribute]\n");
                }
                if self.looks == "secret" {
                    attributes.push_str("#[secret]\n");
                }
                // Members that repeat without a wrapper.
                let ty = if self.repeated {
                    format!("Vec<{}>", self.contract_type())
                } else {
                    format!("Option<{}>", self.contract_type())
                };
                Some((place, format!("{attributes}{ident}: {ty},")))
            }
            "unknown-value" => {
                let value = self.more.first()?;
                let place = format!("the enum of `{}`", self.name);
                let line = match value.parse::<i64>() {
                    Ok(code) => format!("Code{} = {code},", value.replace('-', "Minus")),
                    Err(_) => {
                        let ident = value.to_upper_camel_case();
                        let plain = ident == *value && is_identifier(&ident);
                        if plain {
                            format!("{ident},")
                        } else if is_identifier(&ident) {
                            format!("#[wire(\"{value}\")]\n{ident},")
                        } else {
                            format!("#[wire(\"{value}\")]\nValue{ident},")
                        }
                    }
                };
                Some((place, line))
            }
            _ => None,
        }
    }

    /// The type the contract language has for what the values look like.
    fn contract_type(&self) -> &'static str {
        match self.looks.as_str() {
            "int" => "i32",
            "long" => "i64",
            "decimal" => "Decimal",
            "double" => "f64",
            "bool" => "bool",
            "dateTime" => "DateTime",
            "date" => "Date",
            "time" => "Time",
            "guid" => "Guid",
            "base64" => "Bytes",
            "element" | "mixed content" | "struct" | "array" => "Xml",
            _ => "String",
        }
    }

    /// The finding as a paragraph.
    pub fn paragraph(&self) -> String {
        let times = if self.count == 1 { "once".to_owned() } else { format!("{} times", self.count) };
        let day = |time: &str| time.split('T').next().unwrap_or_default().to_owned();
        let (first, last) = (day(&self.first), day(&self.last));
        let when = if first == last { format!("on {first}") } else { format!("first on {first}, last on {last}") };
        let mut out = format!("{}: {}, seen {times}, {when}\n", self.whose(), self.sentence());
        out.push_str(&format!("    in {}\n", some(self.operations.iter())));
        if self.owner.is_some() {
            out.push_str(&format!("    at {}\n", some(self.paths.iter())));
        }
        if let Some((place, lines)) = self.proposal() {
            out.push_str(&format!("    a hand-written contract would say, in {place}:\n"));
            lines.lines().for_each(|line| out.push_str(&format!("        {line}\n")));
        }
        out
    }
}

/// The first few, and how many more.
fn some<'a>(all: impl ExactSizeIterator<Item = &'a String>) -> String {
    const SHOWN: usize = 4;
    let count = all.len();
    let mut text = all.take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
    if count > SHOWN {
        text.push_str(&format!(" and {} more", count - SHOWN));
    }
    text
}

/// A member's name as the contract language writes it, with the attribute it needs where Rust cannot spell it.
fn identifier(name: &str) -> (String, String) {
    if is_identifier(name) {
        return (String::new(), name.to_owned());
    }
    let raw = format!("r#{name}");
    if is_identifier(&raw) {
        return (String::new(), raw);
    }
    let ident = name.to_snake_case();
    let ident = if is_identifier(&ident) { ident } else { format!("member_{ident}") };
    (format!("#[wire(\"{name}\")]\n"), ident)
}
