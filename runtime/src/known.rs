//! Known types where a contract leaves content open: in `xs:anyType`, told by `xsi:type`, and in wildcards, told by the element.

use crate::codec::{self, Options, Profile};
use crate::error::{DecodeError, EncodeError, EncodeErrorKind};
use crate::raw::{AnyType, RawAttribute, RawElement};
use crate::root::Root;
use crate::scalar::{QName, Scalar};
use crate::shape::Name;
use crate::value::{Shaped, Value};
use crate::xml::XSI_NAMESPACE;

/// The element that values are in while they are taken apart or made: its name is not kept.
const CARRIER: Name = Name::new("", "value");

/// The namespace of the built-in types.
const XSD_NAMESPACE: &str = "http://www.w3.org/2001/XMLSchema";

const PROFILE: Profile = Profile::SOAP.default_namespace(false);

impl AnyType {
    /// A value of a generated type, with its `xsi:type`: what a member of type `xs:anyType` (an `object` in .NET) needs for the
    /// other side to know what it is.
    ///
    /// Secrets in the value are plain text in what comes out.
    ///
    /// ```ignore
    /// let answer = Answer { text: "yes".into() };
    /// request.value = Some(rt::AnyType::of(&answer)?); // <value xsi:type="n:Answer"><n:text>yes</n:text></value>
    /// assert!(rt::AnyType::of(&answer)?.is::<Answer>());
    /// ```
    ///
    /// # Errors
    /// What XML cannot carry, with its path; a type without a name of its own, which no `xsi:type` can give: for those there is
    /// [`AnyType::from_value`].
    pub fn of<T: Shaped>(value: &T) -> Result<Self, Box<EncodeError>> {
        let Some(name) = type_name::<T>() else {
            let expected = "a type with a name: this one is a part of another".to_owned();
            let path = format!("/{}", T::SHAPE.name.local);
            return Err(Box::new(EncodeError { kind: EncodeErrorKind::Value { expected }, path }));
        };
        Ok(Self::from_value(value)?.with_type(name.ns, name.local))
    }

    /// A number, date, text … with its `xsi:type`, as `xsi:type="xs:int"`.
    ///
    /// # Errors
    /// A text that XML cannot carry.
    pub fn of_scalar<T: Scalar + Value>(value: &T) -> Result<Self, Box<EncodeError>> {
        let any = Self::from_value(value)?;
        Ok(match T::TYPE.strip_prefix("xs:") {
            Some(local) => any.with_type(XSD_NAMESPACE, local),
            None => any,
        })
    }

    /// A value's attributes and content, without its type's name (an enum of derived types says it itself).
    ///
    /// # Errors
    /// What XML cannot carry, with its path.
    pub fn from_value<T: Value>(value: &T) -> Result<Self, Box<EncodeError>> {
        let written = codec::encode_element(CARRIER, PROFILE, value)?;
        // What we have written is well-formed.
        Self::parse(&written.text).map_err(|error| {
            Box::new(EncodeError { kind: EncodeErrorKind::Value { expected: error.to_string() }, path: String::new() })
        })
    }

    /// The same value with this type's name as its `xsi:type`, in place of one that it has.
    #[must_use]
    pub fn with_type(self, namespace: &str, local: &str) -> Self {
        if namespace.is_empty() {
            return self.with_attribute_instead(XSI_NAMESPACE, "type", local.to_owned());
        }
        let known = self.namespaces().find(|(prefix, uri)| !prefix.is_empty() && *uri == namespace);
        let prefix = match known {
            Some((prefix, _)) => prefix.to_owned(),
            None => self.free_prefix(),
        };
        self.with_prefixed_type(prefix, namespace, local)
    }

    fn free_prefix(&self) -> String {
        let taken = |prefix: &str| self.namespaces().any(|(known, _)| known == prefix);
        let mut number = 0usize;
        loop {
            let prefix = format!("t{number}");
            if !taken(&prefix) {
                return prefix;
            }
            number += 1;
        }
    }

    fn with_prefixed_type(mut self, prefix: String, namespace: &str, local: &str) -> Self {
        let value = format!("{prefix}:{local}");
        if !self.namespaces.iter().any(|(known, _)| *known == prefix) {
            self.namespaces.push((prefix, namespace.to_owned()));
        }
        self.with_attribute_instead(XSI_NAMESPACE, "type", value)
    }

    /// What `xsi:type` says the value is.
    pub fn type_name(&self) -> Option<QName> {
        let is_type = |attribute: &&RawAttribute| attribute.namespace() == XSI_NAMESPACE && attribute.local() == "type";
        let text = self.attributes().iter().find(is_type)?.value().trim();
        let (prefix, local) = text.split_once(':').unwrap_or(("", text));
        let namespace = self.namespaces().find(|(known, _)| *known == prefix).map(|(_, uri)| uri);
        match namespace {
            None if !prefix.is_empty() => None,
            namespace => QName::new(namespace.unwrap_or_default(), local).ok(),
        }
    }

    /// Whether `xsi:type` says that the value is of exactly this type.
    pub fn is<T: Shaped>(&self) -> bool {
        match (type_name::<T>(), self.type_name()) {
            (Some(wanted), Some(found)) => (wanted.ns, wanted.local) == (found.namespace(), found.local()),
            _ => false,
        }
    }

    /// Reads the value as one of this type, whatever `xsi:type` says ([`AnyType::is`] and [`AnyType::type_name`] tell): a
    /// generated struct, an enum of derived types, a scalar, an `Option` of those for `xsi:nil`.
    ///
    /// ```
    /// use bindery_runtime::{AnyType, Date};
    ///
    /// let any = AnyType::parse(
    ///     "<v xmlns:i='http://www.w3.org/2001/XMLSchema-instance' xmlns:x='http://www.w3.org/2001/XMLSchema' i:type='x:date'>2024-02-29</v>",
    /// )?;
    /// assert_eq!(any.type_name().unwrap().local(), "date");
    /// assert_eq!(any.decode::<Date>()?.day(), 29);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// What is wrong, with its path in the value, which is called `value`. What the contract does not know is accepted.
    pub fn decode<T: Value>(&self) -> Result<T, Box<DecodeError>> {
        let written = codec::encode_element(CARRIER, PROFILE, self).map_err(|error| {
            let kind = crate::error::DecodeErrorKind::Syntax(error.to_string());
            Box::new(DecodeError { kind, path: String::new(), offset: 0 })
        })?;
        let mut value = T::vacant();
        codec::decode_document(&written.text, CARRIER, &mut value, &Options::new(PROFILE))?;
        Ok(value)
    }
}

impl RawElement {
    /// An element of this name that holds a value. Where the contract has the element, [`Root::raw`] knows its name and type.
    ///
    /// Secrets in the value are plain text in what comes out.
    ///
    /// # Errors
    /// What XML cannot carry, with its path.
    pub fn from_value<T: Value>(name: Name, value: &T) -> Result<Self, Box<EncodeError>> {
        let written = codec::encode_element(name, PROFILE, value)?;
        Self::parse(&written.text).map_err(|error| {
            let kind = EncodeErrorKind::Value { expected: error.to_string() };
            Box::new(EncodeError { kind, path: format!("/{}", name.local) })
        })
    }

    /// The element's attributes and content.
    ///
    /// # Errors
    /// None but for an element that was never read.
    pub fn to_any_type(&self) -> Result<AnyType, Box<DecodeError>> {
        AnyType::parse(self.as_xml())
    }

    /// Reads what the element holds as a value of this type, whatever the element's name. Where the contract has the element,
    /// [`Root::read_raw`] knows its type.
    ///
    /// # Errors
    /// What is wrong, with its path in the element.
    pub fn decode<T: Value>(&self) -> Result<T, Box<DecodeError>> {
        self.to_any_type()?.decode().map_err(|mut error| {
            if let Some(rest) = error.path.strip_prefix("/value") {
                error.path = format!("/{}{rest}", self.local());
            }
            error
        })
    }
}

impl<T: Value> Root<T> {
    /// Whether a piece of open content is this element.
    pub fn is(&self, element: &RawElement) -> bool {
        (element.namespace(), element.local()) == (self.name().ns, self.name().local)
    }

    /// Reads the first of these pieces that is this element; `None` where none is.
    ///
    /// ```ignore
    /// // What a wildcard holds: <Extensions> with elements of any namespace.
    /// if let Some(price) = elements::PRICE.find(&order.any).transpose()? { .. }
    /// ```
    ///
    /// # Errors
    /// What is wrong in it, with its place.
    pub fn find<'a>(&self, elements: impl IntoIterator<Item = &'a RawElement>) -> Option<Result<T, Box<DecodeError>>> {
        elements.into_iter().find(|element| self.is(element)).map(|element| self.read_raw(element))
    }

    /// Reads a piece of open content as this element.
    ///
    /// # Errors
    /// Another element; whatever is wrong in it, with its place.
    pub fn read_raw(&self, element: &RawElement) -> Result<T, Box<DecodeError>> {
        self.read(element.as_xml())
    }

    /// This element as a piece of open content. Secrets in the value are plain text in it.
    ///
    /// # Errors
    /// What XML cannot carry, with its path.
    pub fn raw(&self, value: &T) -> Result<RawElement, Box<EncodeError>> {
        RawElement::from_value(self.name(), value)
    }
}

/// The name of a type on the wire; parts of other types have only a path that is made up.
fn type_name<T: Shaped>() -> Option<Name> {
    Some(T::SHAPE.name).filter(|name| !name.local.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate as rt;
    use crate::shape::{self, Flags, Kind, Shape};
    use crate::{Integer, Secret};

    const NS: &str = "urn:known";
    const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

    #[derive(Debug, Clone, PartialEq)]
    struct Answer {
        text: String,
        pin: Option<Secret<String>>,
        more: Option<rt::AnyType>,
    }

    static ANSWER: Shape = Shape {
        name: Name::new(NS, "Answer"),
        kind: Kind::Record,
        members: &[
            shape::element(NS, "text", Flags::REQUIRED),
            shape::element(NS, "pin", Flags::SECRET),
            shape::element("", "more", Flags::NONE),
        ],
        ordinal: &[],
    };
    rt::record!(Answer, ANSWER, [text, pin, more]);

    static ANSWER_ELEMENT: Root<Answer> = Root::new(Name::new(NS, "answer"), false);

    fn answer() -> Answer {
        let pin = Some(Secret::from("1234".to_owned()));
        Answer { text: "a < b".into(), pin, more: Some(AnyType::of_scalar(&7i32).unwrap()) }
    }

    #[test]
    fn a_value_goes_in_and_comes_out_with_its_type() {
        let any = AnyType::of(&answer()).unwrap();
        assert!(any.is::<Answer>());
        assert_eq!(any.decode::<Answer>().unwrap(), answer());
        // In a document whose prefixes and default are others.
        let outer = Answer { text: String::new(), pin: None, more: Some(any) };
        let document = ANSWER_ELEMENT.write(&outer).unwrap();
        let again = ANSWER_ELEMENT.read(&document).unwrap().more.unwrap();
        assert!(again.is::<Answer>(), "{document}");
        let inner = again.decode::<Answer>().unwrap();
        assert_eq!(inner, answer());
        let seven = inner.more.unwrap();
        assert_eq!(seven.type_name().unwrap().to_string(), "{http://www.w3.org/2001/XMLSchema}int");
        assert_eq!(seven.decode::<i32>().unwrap(), 7);
        assert_eq!(seven.decode::<Integer>().unwrap(), 7);
        let said = seven.decode::<Answer>().unwrap_err().to_string();
        assert!(said.contains("/value"), "{said}");
    }

    /// As .NET writes: the type has no prefix, because its namespace is the default.
    #[test]
    fn a_type_without_prefix_is_in_the_default_namespace() {
        let document = format!(
            "<k:answer xmlns:k='{NS}' xmlns:i='{XSI}'><k:text/>\
             <more xmlns='{NS}' i:type='Answer'/></k:answer>"
        );
        // `more` is in no namespace in the contract, so this one is an element that nobody knows; read it on its own.
        let start = document.find("<more").unwrap();
        let more = document[start..].replace("</k:answer>", "").replace("<more", &format!("<more xmlns:i='{XSI}'"));
        let any = AnyType::parse(&more).unwrap();
        assert_eq!(any.type_name().unwrap().to_string(), format!("{{{NS}}}Answer"));
        let raw = RawElement::parse(&format!("<r xmlns='{NS}' xmlns:i='{XSI}' xmlns:k='k'><k:m i:type='Answer'/></r>"));
        assert!(raw.unwrap().as_xml().contains(NS));
        // And in none, where there is no default.
        let none = AnyType::parse(&format!("<v xmlns:i='{XSI}' i:type='Answer'/>")).unwrap();
        assert_eq!(none.type_name().unwrap().to_string(), "Answer");
        let written = ANSWER_ELEMENT.write(&Answer { text: String::new(), pin: None, more: Some(none) }).unwrap();
        let again = ANSWER_ELEMENT.read(&written).unwrap().more.unwrap();
        assert_eq!(again.type_name().unwrap().to_string(), "Answer", "{written}");
    }

    #[test]
    fn a_type_is_replaced_and_prefixes_stay_apart() {
        let any = AnyType::parse("<v xmlns:t0='urn:a'><t0:b/></v>").unwrap().with_type("urn:c", "C").with_type(NS, "D");
        assert_eq!(any.type_name().unwrap().to_string(), format!("{{{NS}}}D"));
        assert_eq!(any.attributes().len(), 1);
        assert_eq!(any.with_type("", "E").type_name().unwrap().to_string(), "E");
        let unknown = AnyType::parse(&format!("<v xmlns:i='{XSI}' i:type='x:y'/>"));
        assert_eq!(unknown.ok().and_then(|any| any.type_name()), None);
    }

    #[test]
    fn elements_of_open_content_are_values() {
        let raw = ANSWER_ELEMENT.raw(&answer()).unwrap();
        assert!(ANSWER_ELEMENT.is(&raw));
        assert_eq!(raw.decode::<Answer>().unwrap(), answer());
        let other = RawElement::parse("<other/>").unwrap();
        assert_eq!(ANSWER_ELEMENT.find([&other, &raw]).unwrap().unwrap(), answer());
        assert!(ANSWER_ELEMENT.find([&other]).is_none());
        assert!(ANSWER_ELEMENT.read_raw(&other).is_err());
        let said = other.decode::<Answer>().unwrap_err().to_string();
        assert!(said.contains("/other"), "{said}");
        let made = RawElement::from_value(Name::new("urn:x", "count"), &3i32).unwrap();
        assert_eq!((made.namespace(), made.local(), made.text().as_deref()), ("urn:x", "count", Some("3")));
    }
}
