//! One reply said twice: as DataContractSerializer writes it (ordinal order, namespaces, `i:nil`) and as XmlSerializer
//! does (declared order, no namespaces, null references left out).

use super::super::lexical::escape;

pub(crate) const RESPONSES: &str = "http://schemas.datacontract.org/2004/07/WebStore2.B2B.Version2.Contracts.Responses";
pub(crate) const CONTRACTS: &str = "http://schemas.datacontract.org/2004/07/WebStore2.B2B.Version2.Contracts";
pub(crate) const SUBSCRIBER: &str =
    "http://schemas.datacontract.org/2004/07/WebStore2.B2B.Version2.Contracts.Subscriber";
pub(crate) const ARRAYS: &str = "http://schemas.microsoft.com/2003/10/Serialization/Arrays";
pub(crate) const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wire {
    Soap,
    Plain,
}

#[derive(Debug, Clone)]
pub(crate) enum Value {
    Text(String),
    /// A null string or contract: `i:nil` on SOAP, absent on the plain wire.
    Null,
    /// A null `Nullable<T>`: nil on both.
    Nil,
    Contract {
        namespace: String,
        members: Vec<Member>,
    },
    List {
        namespace: String,
        item: &'static str,
        items: Vec<Value>,
    },
}

#[derive(Debug, Clone)]
pub(crate) struct Member {
    name: &'static str,
    value: Value,
    only: Option<Wire>,
}

impl Value {
    pub(crate) fn text(value: impl ToString) -> Self {
        Self::Text(value.to_string())
    }

    pub(crate) fn string(value: Option<&str>) -> Self {
        value.map_or(Self::Null, Self::text)
    }

    pub(crate) fn nullable(value: Option<impl ToString>) -> Self {
        value.map_or(Self::Nil, Self::text)
    }

    pub(crate) fn strings<S: AsRef<str>>(values: &[S]) -> Self {
        let items = values.iter().map(|v| Self::text(v.as_ref())).collect();
        Self::List { namespace: ARRAYS.to_owned(), item: "string", items }
    }

    /// Members in the order the contract declares them.
    pub(crate) fn contract(namespace: &str, members: Vec<Member>) -> Self {
        Self::Contract { namespace: namespace.to_owned(), members }
    }

    pub(crate) fn list(namespace: &str, item: &'static str, items: Vec<Value>) -> Self {
        Self::List { namespace: namespace.to_owned(), item, items }
    }
}

pub(crate) fn member(name: &'static str, value: Value) -> Member {
    Member { name, value, only: None }
}

pub(crate) fn member_on(wire: Wire, name: &'static str, value: Value) -> Member {
    Member { name, value, only: Some(wire) }
}

/// `<name>` and everything in it, where `prefix` (with its colon, or nothing) is the parent's and `namespace` what it means.
pub(crate) fn write_soap(out: &mut String, prefix: &str, namespace: &str, name: &str, value: &Value) {
    let (inner_namespace, children): (&str, Vec<(&str, &Value)>) = match value {
        Value::Null | Value::Nil => return out.push_str(&format!("<{prefix}{name} i:nil=\"true\"/>")),
        Value::Text(text) => return write_text(out, prefix, name, text),
        Value::Contract { namespace, members } => {
            let mut sorted: Vec<_> = members.iter().filter(|m| m.only != Some(Wire::Plain)).collect();
            sorted.sort_by(|a, b| a.name.as_bytes().cmp(b.name.as_bytes()));
            (namespace, sorted.into_iter().map(|m| (m.name, &m.value)).collect())
        }
        Value::List { namespace, item, items } => (namespace, items.iter().map(|value| (*item, value)).collect()),
    };
    let mut inner_prefix = prefix.to_owned();
    let mut declaration = String::new();
    if inner_namespace != namespace && !children.is_empty() {
        // The vendor's letters: the wrapper is bare, then b, c, d by depth of the change.
        inner_prefix = match prefix.bytes().next() {
            Some(letter) => format!("{}:", char::from(letter + 1)),
            None => "b:".to_owned(),
        };
        declaration = format!(" xmlns:{}=\"{}\"", inner_prefix.trim_end_matches(':'), escape(inner_namespace));
    }
    if prefix.is_empty() {
        // Only the wrapper's result has no prefix: it carries the declaration of `i` for all below.
        declaration.push_str(&format!(" xmlns:i=\"{XSI}\""));
    }
    if children.is_empty() {
        return out.push_str(&format!("<{prefix}{name}{declaration}/>"));
    }
    out.push_str(&format!("<{prefix}{name}{declaration}>"));
    for (child, value) in children {
        write_soap(out, &inner_prefix, inner_namespace, child, value);
    }
    out.push_str(&format!("</{prefix}{name}>"));
}

pub(crate) fn write_plain(out: &mut String, name: &str, value: &Value) {
    let children: Vec<(&str, &Value)> = match value {
        Value::Null => return,
        Value::Nil => return out.push_str(&format!("<{name} xsi:nil=\"true\"/>")),
        Value::Text(text) => return write_text(out, "", name, text),
        Value::Contract { members, .. } => {
            members.iter().filter(|m| m.only != Some(Wire::Soap)).map(|m| (m.name, &m.value)).collect()
        }
        Value::List { item, items, .. } => items.iter().map(|value| (*item, value)).collect(),
    };
    if children.is_empty() {
        return out.push_str(&format!("<{name}/>"));
    }
    out.push_str(&format!("<{name}>"));
    for (child, value) in children {
        write_plain(out, child, value);
    }
    out.push_str(&format!("</{name}>"));
}

fn write_text(out: &mut String, prefix: &str, name: &str, text: &str) {
    if text.is_empty() {
        out.push_str(&format!("<{prefix}{name}/>"));
    } else {
        out.push_str(&format!("<{prefix}{name}>{}</{prefix}{name}>", escape(text)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_value_has_two_shapes() {
        let value = Value::contract(
            RESPONSES,
            vec![
                member("Errors", Value::strings::<&str>(&[])),
                member("ErrorText", Value::Null),
                member("ErrorCode", Value::text(0)),
                member("Till", Value::Nil),
                member_on(Wire::Plain, "Price", Value::text(299)),
            ],
        );
        let (mut soap, mut plain) = (String::new(), String::new());
        write_soap(&mut soap, "", "http://tempuri.org/", "R", &value);
        write_plain(&mut plain, "R", &value);
        assert_eq!(
            soap,
            format!(
                "<R xmlns:b=\"{RESPONSES}\" xmlns:i=\"{XSI}\"><b:ErrorCode>0</b:ErrorCode><b:ErrorText i:nil=\"true\"/><b:Errors/><b:Till i:nil=\"true\"/></R>"
            )
        );
        assert_eq!(plain, "<R><Errors/><ErrorCode>0</ErrorCode><Till xsi:nil=\"true\"/><Price>299</Price></R>");
    }
}
