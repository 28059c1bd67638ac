//! How the two serializers find an object's members in a request. Neither complains about what it does not know:
//! a member that is in the wrong place or namespace is simply not there.

use roxmltree::Node;

use super::super::envelope::is;
use super::super::lexical::{self, BadValue, text};
use super::tree::{ARRAYS, Wire, XSI};

/// A request that cannot be read: the member and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BadRequest(pub(crate) String);

type Read<T> = Result<T, BadRequest>;

pub(crate) struct Members<'a, 'i> {
    wire: Wire,
    found: Vec<(&'static str, Node<'a, 'i>)>,
}

impl<'a, 'i> Members<'a, 'i> {
    /// `order` is the order on the SOAP wire: ordinal for a contract, the signature's for parameters.
    pub(crate) fn of(wire: Wire, node: Node<'a, 'i>, namespace: &str, order: &[&'static str]) -> Self {
        let elements = node.children().filter(Node::is_element);
        let mut found: Vec<(&'static str, Node<'a, 'i>)> = Vec::new();
        match wire {
            // DataContractSerializer looks only among the members after the last one it matched.
            Wire::Soap => {
                let mut next = 0;
                for element in elements {
                    if let Some(at) = order[next..].iter().position(|name| is(element, namespace, name)) {
                        found.push((order[next + at], element));
                        next += at + 1;
                    }
                }
            }
            // XmlSerializer takes them in any order, the first of each name.
            Wire::Plain => {
                for element in elements {
                    if let Some(name) = order.iter().find(|name| is(element, "", name))
                        && found.iter().all(|(seen, _)| seen != name)
                    {
                        found.push((name, element));
                    }
                }
            }
        }
        found.retain(|(_, element)| !matches!(element.attribute((XSI, "nil")), Some("true" | "1")));
        Self { wire, found }
    }

    /// The member's element; absent and nil are one.
    pub(crate) fn get(&self, name: &str) -> Option<Node<'a, 'i>> {
        self.found.iter().find(|(found, _)| *found == name).map(|(_, node)| *node)
    }

    pub(crate) fn string(&self, name: &str) -> Option<String> {
        self.get(name).map(text)
    }

    /// An absent int is 0: that is what the vendor's serializers make of it.
    pub(crate) fn int32(&self, name: &str) -> Read<i32> {
        self.read(name, lexical::int32).map(Option::unwrap_or_default)
    }

    pub(crate) fn int64(&self, name: &str) -> Read<i64> {
        self.read(name, lexical::int64).map(Option::unwrap_or_default)
    }

    pub(crate) fn boolean(&self, name: &str) -> Read<bool> {
        self.read(name, lexical::boolean).map(Option::unwrap_or_default)
    }

    pub(crate) fn read<T>(&self, name: &str, read: impl Fn(&str) -> Result<T, BadValue>) -> Read<Option<T>> {
        let Some(node) = self.get(name) else { return Ok(None) };
        match read(&text(node)) {
            Ok(value) => Ok(Some(value)),
            Err(bad) => Err(BadRequest(format!(
                "{name}: the value '{}' cannot be parsed as the type '{}'",
                bad.text, bad.expected
            ))),
        }
    }

    /// The items of a list; what is not called `item` is skipped.
    pub(crate) fn items(&self, name: &str, namespace: &str, item: &str) -> Option<Vec<Node<'a, 'i>>> {
        let list = self.get(name)?;
        let namespace = if self.wire == Wire::Soap { namespace } else { "" };
        Some(list.children().filter(|child| child.is_element() && is(*child, namespace, item)).collect())
    }

    pub(crate) fn strings(&self, name: &str) -> Option<Vec<String>> {
        Some(self.items(name, ARRAYS, "string")?.into_iter().map(text).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn soap_drops_what_is_out_of_order_or_in_another_namespace() {
        let xml = "<r xmlns='t'><b>2</b><a>1</a><x/><c xmlns='u'>3</c><c>4</c></r>";
        let document = roxmltree::Document::parse(xml).unwrap();
        let members = Members::of(Wire::Soap, document.root_element(), "t", &["a", "b", "c"]);
        assert_eq!((members.int32("a"), members.int32("b"), members.int32("c")), (Ok(0), Ok(2), Ok(4)));
    }

    #[test]
    fn plain_takes_any_order_but_no_namespace() {
        let xml = "<r><b>2</b><a>1</a><a>9</a><c xmlns='u'>3</c></r>";
        let document = roxmltree::Document::parse(xml).unwrap();
        let members = Members::of(Wire::Plain, document.root_element(), "t", &["a", "b", "c"]);
        assert_eq!((members.int32("a"), members.int32("b"), members.int32("c")), (Ok(1), Ok(2), Ok(0)));
    }

    #[test]
    fn a_value_of_the_wrong_type_is_an_error_not_a_zero() {
        let document = roxmltree::Document::parse("<r><a>ten</a></r>").unwrap();
        assert!(Members::of(Wire::Plain, document.root_element(), "", &["a"]).int32("a").is_err());
    }
}
