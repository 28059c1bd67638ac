//! XML-RPC values as the Billing Application reads and writes them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use roxmltree::Node;

use crate::server::lexical::{escape, text};

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Int(i32),
    Double(f64),
    Text(String),
    Bytes(Vec<u8>),
    Array(Vec<Value>),
    Struct(Vec<(String, Value)>),
}

/// A fault of the protocol: its text is sent plain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Violation(pub(crate) i32, pub(crate) String);

/// The code and the wording of the real server, with the place where the reader stopped.
fn violation<T>(path: &str) -> Result<T, Violation> {
    Err(Violation(-32600, format!("Server error. XML-RPC violation: {path}")))
}

impl Value {
    pub(crate) fn text(value: impl Into<String>) -> Self {
        Self::Text(value.into())
    }

    pub(crate) fn member(&self, name: &str) -> Option<&Value> {
        match self {
            Self::Struct(members) => members.iter().find(|(n, _)| n == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// `node` is a `<value>`; `path` says where it is.
    pub(crate) fn read(node: Node<'_, '_>, path: &str) -> Result<Self, Violation> {
        let mut elements = node.children().filter(Node::is_element);
        let Some(typed) = elements.next() else { return Ok(Self::Text(text(node))) };
        if elements.next().is_some() || !text(node).trim().is_empty() {
            return violation(path);
        }
        let kind = typed.tag_name().name();
        let path = format!("{path}/{kind}");
        let content = text(typed);
        match kind {
            "i4" | "int" => content.trim().parse().map(Self::Int).or_else(|_| violation(&path)),
            "double" => match content.trim().parse::<f64>() {
                Ok(value) if value.is_finite() => Ok(Self::Double(value)),
                _ => violation(&path),
            },
            "string" => Ok(Self::Text(content)),
            "base64" => {
                let packed: String = content.split_whitespace().collect();
                STANDARD.decode(packed).map(Self::Bytes).or_else(|_| violation(&path))
            }
            "array" => {
                let Some(data) = only(typed, "data") else { return violation(&path) };
                let values = data.children().filter(Node::is_element).enumerate();
                let values = values.map(|(n, value)| Self::read(value, &format!("{path}/data/value[{}]", n + 1)));
                Ok(Self::Array(values.collect::<Result<_, _>>()?))
            }
            "struct" => {
                let mut members: Vec<(String, Value)> = Vec::new();
                for member in typed.children().filter(Node::is_element) {
                    let path = format!("{path}/member");
                    let find = |name| member.children().find(|n| n.has_tag_name(name));
                    let (Some(name), Some(value)) = (find("name"), find("value")) else { return violation(&path) };
                    let name = text(name);
                    if members.iter().any(|(known, _)| *known == name) {
                        return violation(&path);
                    }
                    members.push((name, Self::read(value, &format!("{path}/value"))?));
                }
                Ok(Self::Struct(members))
            }
            // No boolean, date or nil is in any signature.
            _ => violation(&path),
        }
    }

    /// Integers as `i4`, strings bare: the documentation's form.
    pub(crate) fn write(&self, out: &mut String) {
        out.push_str("<value>");
        match self {
            Self::Int(value) => out.push_str(&format!("<i4>{value}</i4>")),
            Self::Double(value) => out.push_str(&format!("<double>{value:.6}</double>")),
            Self::Text(value) => out.push_str(&escape(value)),
            Self::Bytes(value) => out.push_str(&format!("<base64>{}</base64>", STANDARD.encode(value))),
            Self::Array(values) => {
                out.push_str("<array><data>");
                values.iter().for_each(|value| value.write(out));
                out.push_str("</data></array>");
            }
            Self::Struct(members) => {
                out.push_str("<struct>");
                for (name, value) in members {
                    out.push_str(&format!("<member><name>{}</name>", escape(name)));
                    value.write(out);
                    out.push_str("</member>");
                }
                out.push_str("</struct>");
            }
        }
        out.push_str("</value>");
    }
}

fn only<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    let mut children = node.children().filter(Node::is_element);
    let child = children.next().filter(|child| child.has_tag_name(name))?;
    children.next().is_none().then_some(child)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(xml: &str) -> Result<Value, Violation> {
        let document = roxmltree::Document::parse(xml).unwrap();
        Value::read(document.root_element(), "/v")
    }

    #[test]
    fn bare_text_is_a_string_and_spaces_stay() {
        assert_eq!(read("<value> a </value>"), Ok(Value::text(" a ")));
        assert_eq!(read("<value/>"), Ok(Value::text("")));
        assert_eq!(read("<value> <string>a</string><!-- slot --> </value>"), Ok(Value::text("a")));
    }

    #[test]
    fn an_empty_integer_is_a_violation_with_its_place() {
        let xml = "<value><array><data><value><i4></i4></value></data></array></value>";
        let expected = "Server error. XML-RPC violation: /v/array/data/value[1]/i4";
        assert_eq!(read(xml), Err(Violation(-32600, expected.to_owned())));
    }
}
