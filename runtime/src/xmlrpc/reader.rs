//! Reading documents into values.

use std::borrow::Cow;
use std::ops::Range;

use super::MAX_DEPTH;
use super::fault::Fault;
use super::value::{Struct, Value};
use crate::error::{DecodeError, DecodeErrorKind};
use crate::scalar::{self, Scalar, trim_space};
use crate::xml::chars::is_blank;
use crate::xml::{CharsetError, Limits, Reader, Start, Token, decode_bytes, paths};

type Result<T> = std::result::Result<T, Box<DecodeError>>;

const TYPES: &str = "i4, int, boolean, string, double, dateTime.iso8601, base64, struct or array";
const EXTENSIONS: &str = "http://ws.apache.org/xmlrpc/namespaces/extensions";

/// What a reader accepts.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options {
    /// Limits of the XML. The depth of values is limited to [`MAX_DEPTH`] besides; the depth of elements allows for it.
    pub limits: Limits,
    /// Whether `<nil/>` is read.
    pub nil: bool,
    /// Whether `<i8>` is read.
    pub i8: bool,
}

impl Options {
    /// What the specification knows, and no more.
    pub fn new() -> Self {
        Self::with_limits(Limits::new())
    }

    /// What the specification knows, under these limits.
    pub fn with_limits(mut limits: Limits) -> Self {
        // A value takes up to three elements: value, struct, member.
        limits.depth = limits.depth.max(3 * MAX_DEPTH + 8);
        Self { limits, nil: false, i8: false }
    }

    /// The same with `<nil/>` read.
    #[must_use]
    pub fn nil(mut self, nil: bool) -> Self {
        self.nil = nil;
        self
    }

    /// The same with `<i8>` read.
    #[must_use]
    pub fn i8(mut self, i8: bool) -> Self {
        self.i8 = i8;
        self
    }
}

impl Default for Options {
    fn default() -> Self {
        Self::new()
    }
}

/// What a server answers.
#[derive(Debug, Clone, PartialEq)]
pub enum Response {
    /// The one value of the answer.
    Value(Value),
    /// The call failed.
    Fault(Fault),
}

/// A step on the way to a value inside another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// To a member of a struct.
    Member(&'static str),
    /// To an item of an array, from 0.
    Item(usize),
    /// To every item of an array.
    Each,
}

/// Decodes the bytes of an answer.
///
/// As [`decode_bytes`], but where the HTTP parameter does not fit the bytes and the document's own declaration does, the
/// declaration wins: servers of this kind have been seen to send Latin text under `charset=utf-8`.
///
/// # Errors
/// Bytes that fit neither.
pub fn decode_body<'b>(bytes: &'b [u8], http_charset: Option<&str>) -> std::result::Result<Cow<'b, str>, CharsetError> {
    decode_bytes(bytes, http_charset).or_else(|error| decode_bytes(bytes, None).map_err(|_| error))
}

/// Reads a `methodResponse`: exactly one value, or a fault.
///
/// # Errors
/// A document that is not well-formed or not a response, with the place. A fault whose struct is broken is an error, too.
pub fn read_response(text: &str, options: &Options) -> Result<Response> {
    let mut parser = Parser::new(text, options);
    let response = parser.response().map_err(|error| with_path(text, error))?;
    Ok(match response {
        Document::Value(value) => Response::Value(value),
        Document::Fault(value) => Response::Fault(Fault::from_value(&value)?),
    })
}

/// Reads a `methodCall`: the method's name and its parameters.
///
/// # Errors
/// A document that is not well-formed or not a call, with the place.
pub fn read_call(text: &str, options: &Options) -> Result<(String, Vec<Value>)> {
    Parser::new(text, options).call().map_err(|error| with_path(text, error))
}

/// Where in a response the items of an array stand: the bytes inside each item's `<value>`. The array is found by these steps
/// from the response's value. Empty when there is no such array.
///
/// This is a second look at the document for those who need places (errors, redaction); reading itself does not pay for it.
pub fn locate(text: &str, options: &Options, path: &[Step]) -> Vec<Range<usize>> {
    let mut parser = Parser::new(text, options);
    parser.probe = Some(Probe { path: path.to_vec(), found: Vec::new() });
    // What was found before an error still counts: whoever asks has seen the error.
    let _ = parser.response();
    parser.probe.map(|probe| probe.found).unwrap_or_default()
}

fn with_path(text: &str, mut error: Box<DecodeError>) -> Box<DecodeError> {
    if error.path.is_empty() {
        error.path = paths(text, &[error.offset]).pop().unwrap_or_default();
    }
    error
}

enum Document {
    Value(Value),
    Fault(Value),
}

/// A value that is still open around the one being read.
struct Frame {
    /// Where the content of its `<value>` begins.
    start: usize,
    content: Content,
}

enum Content {
    Array(Vec<Value>),
    /// The members so far, and the name of the one being read.
    Struct(Struct, String),
}

struct Probe {
    path: Vec<Step>,
    found: Vec<Range<usize>>,
}

struct Parser<'d, 'o> {
    reader: Reader<'d>,
    options: &'o Options,
    probe: Option<Probe>,
}

impl<'d, 'o> Parser<'d, 'o> {
    fn new(text: &'d str, options: &'o Options) -> Self {
        Self { reader: Reader::with_limits(text, options.limits.clone()), options, probe: None }
    }

    fn response(&mut self) -> Result<Document> {
        self.open("methodResponse")?;
        let document = match self.markup()? {
            Some(start) if self.is(start, "params") => {
                self.open("param")?;
                self.open("value")?;
                let value = self.value()?;
                self.close("</param>")?;
                self.close("</params>: a response has exactly one <param>")?;
                Document::Value(value)
            }
            Some(start) if self.is(start, "fault") => {
                self.open("value")?;
                let value = self.value()?;
                self.close("</fault>")?;
                Document::Fault(value)
            }
            found => return Err(self.unexpected(found, "<params> or <fault>")),
        };
        self.close("</methodResponse>: a response has either <params> or <fault>")?;
        self.reader.finish()?;
        Ok(document)
    }

    fn call(&mut self) -> Result<(String, Vec<Value>)> {
        self.open("methodCall")?;
        self.open("methodName")?;
        let method = self.text("methodName")?.trim().to_owned();
        let mut params = Vec::new();
        match self.markup()? {
            Some(start) if self.is(start, "params") => {
                while let Some(start) = self.markup()? {
                    if !self.is(start, "param") {
                        return Err(self.unexpected(Some(start), "<param>"));
                    }
                    self.open("value")?;
                    params.push(self.value()?);
                    self.close("</param>")?;
                }
                self.close("</methodCall>")?;
            }
            None => {}
            found => return Err(self.unexpected(found, "<params>")),
        }
        self.reader.finish()?;
        Ok((method, params))
    }

    /// Reads from behind `<value>` to behind its `</value>`, whatever is inside: with a stack of its own, so that the depth of
    /// a document costs no call frames.
    fn value(&mut self) -> Result<Value> {
        let mut frames: Vec<Frame> = Vec::new();
        let mut start = self.reader.position();
        loop {
            // Behind a <value>.
            let mut complete = match self.begin(&frames)? {
                Begun::Scalar(value) => Some(value),
                Begun::Open(content) => {
                    frames.push(Frame { start, content });
                    None
                }
            };
            // Hand finished values to what is around them, until the next <value>.
            loop {
                if let Some(value) = complete.take() {
                    self.record(&frames, start);
                    match frames.last_mut().map(|frame| &mut frame.content) {
                        None => return Ok(value),
                        Some(Content::Array(items)) => items.push(value),
                        Some(Content::Struct(members, name)) => {
                            members.push(std::mem::take(name), value);
                            self.close("</member>")?;
                        }
                    }
                }
                if self.next_value(&mut frames)? {
                    start = self.reader.position();
                    break;
                }
                let Some(frame) = frames.pop() else { return Ok(Value::Nil) };
                start = frame.start;
                complete = Some(self.end(frame.content)?);
            }
        }
    }

    /// Reads what a `<value>` begins with: a whole scalar with its `</value>`, or the opening of an array or struct.
    fn begin(&mut self, frames: &[Frame]) -> Result<Begun> {
        let text = match self.reader.next()? {
            Token::Text(text) => Some(text),
            // An untyped value is a string, the empty one too.
            Token::End => return Ok(Begun::Scalar(Value::Str(String::new()))),
            Token::Start(start) => return self.typed(start, frames),
            Token::Eof => return Err(self.unexpected(None, "a value")),
        };
        let text = text.unwrap_or_default();
        match self.reader.next()? {
            Token::End => Ok(Begun::Scalar(Value::Str(text.into_owned()))),
            Token::Start(start) if is_blank(&text) => self.typed(start, frames),
            _ => Err(self.stray_text("<value>")),
        }
    }

    fn typed(&mut self, start: Start<'d>, frames: &[Frame]) -> Result<Begun> {
        let name = start.local;
        let known = self.in_no_namespace(start)
            || (matches!(name, "i8" | "nil") && self.reader.namespace(start.namespace) == EXTENSIONS);
        let value = match name {
            _ if !known => return Err(self.unknown_type(start)),
            "array" | "struct" => {
                if frames.len() + 1 >= MAX_DEPTH {
                    let kind = DecodeErrorKind::Limit { what: "depth of values", limit: MAX_DEPTH as u64 };
                    return Err(self.error(kind));
                }
                if name == "struct" {
                    return Ok(Begun::Open(Content::Struct(Struct::new(), String::new())));
                }
                self.open("data")?;
                return Ok(Begun::Open(Content::Array(Vec::new())));
            }
            "i4" | "int" => self
                .scalar(start, "an int from -2147483648 to 2147483647", |text| i32::parse(text).ok().map(Value::Int))?,
            "i8" if self.options.i8 => {
                self.scalar(start, "an int of 64 bits", |text| i64::parse(text).ok().map(Value::Long))?
            }
            "boolean" => self.scalar(start, "a boolean: 0 or 1", |text| match text {
                "0" => Some(Value::Bool(false)),
                "1" => Some(Value::Bool(true)),
                _ => None,
            })?,
            "double" => {
                self.scalar(start, "a finite double such as 10.5", |text| text.parse().ok().map(Value::Double))?
            }
            "dateTime.iso8601" => self.scalar(start, "a dateTime.iso8601 such as 19980717T14:08:55", |text| {
                text.parse().ok().map(Value::DateTime)
            })?,
            "base64" => self.scalar(start, "base64", |text| scalar::decode_base64(text).map(Value::Base64))?,
            "string" => Value::Str(self.text("string")?.into_owned()),
            "nil" if self.options.nil => {
                self.scalar(start, "nothing inside <nil/>", |text| text.is_empty().then_some(Value::Nil))?
            }
            _ => return Err(self.unknown_type(start)),
        };
        self.close("</value>: one value has one type")?;
        Ok(Begun::Scalar(value))
    }

    /// Goes on inside an array or struct to behind the next `<value>`; `false` when there is none.
    fn next_value(&mut self, frames: &mut [Frame]) -> Result<bool> {
        match frames.last_mut().map(|frame| &mut frame.content) {
            None => Ok(false),
            Some(Content::Array(_)) => match self.markup()? {
                Some(start) if self.is(start, "value") => Ok(true),
                None => Ok(false),
                found => Err(self.unexpected(found, "<value> or </data>")),
            },
            Some(Content::Struct(_, name)) => match self.markup()? {
                Some(start) if self.is(start, "member") => {
                    self.open("name")?;
                    let text = self.text("name")?;
                    if text.is_empty() {
                        return Err(self.unexpected(None, "a name: a member's <name> must not be empty"));
                    }
                    *name = text.into_owned();
                    self.open("value")?;
                    Ok(true)
                }
                None => Ok(false),
                found => Err(self.unexpected(found, "<member> or </struct>")),
            },
        }
    }

    /// Ends an array behind its `</data>`, or a struct behind its `</struct>`.
    fn end(&mut self, content: Content) -> Result<Value> {
        let value = match content {
            Content::Array(items) => {
                self.close("</array>")?;
                Value::Array(items)
            }
            Content::Struct(members, _) => {
                if let Some(name) = members.duplicate() {
                    return Err(self.error(DecodeErrorKind::Duplicate { member: format!("the member {name}") }));
                }
                Value::Struct(members)
            }
        };
        self.close("</value>: one value has one type")?;
        Ok(value)
    }

    /// Notes where a value stands, if somebody asked for it. The reader is behind its `</value>`.
    fn record(&mut self, frames: &[Frame], start: usize) {
        let Some(probe) = &mut self.probe else { return };
        let end = self.reader.content_end();
        let Some((Frame { content: Content::Array(_), .. }, around)) = frames.split_last() else { return };
        let on_the_way = around.len() == probe.path.len()
            && around.iter().zip(&probe.path).all(|(frame, step)| match (&frame.content, step) {
                (Content::Array(items), Step::Item(index)) => items.len() == *index,
                (Content::Array(_), Step::Each) => true,
                (Content::Struct(_, name), Step::Member(member)) => name == member,
                _ => false,
            });
        if on_the_way {
            probe.found.push(start..end);
        }
    }

    fn scalar(&mut self, start: Start<'d>, expected: &str, parse: impl FnOnce(&str) -> Option<Value>) -> Result<Value> {
        let offset = self.reader.element_start();
        let text = self.text(start.local)?;
        // The text is not shown: no shape is known here, so it may well be a secret one.
        parse(trim_space(&text)).ok_or_else(|| {
            let found = format!("text of {} characters in <{}>", text.chars().count(), start.local);
            let kind = DecodeErrorKind::Unexpected { found, expected: expected.into() };
            Box::new(DecodeError { kind, path: String::new(), offset })
        })
    }

    /// The text of an element without child elements, from behind its start tag to behind its end tag.
    fn text(&mut self, element: &str) -> Result<Cow<'d, str>> {
        let text = match self.reader.next()? {
            Token::End => return Ok(Cow::Borrowed("")),
            Token::Text(text) => text,
            _ => return Err(self.no_elements(element)),
        };
        match self.reader.next()? {
            Token::End => Ok(text),
            _ => Err(self.no_elements(element)),
        }
    }

    /// The next start tag; `None` for an end tag. White space before it is passed over.
    fn markup(&mut self) -> Result<Option<Start<'d>>> {
        loop {
            match self.reader.next()? {
                Token::Start(start) => return Ok(Some(start)),
                Token::End => return Ok(None),
                Token::Text(text) if is_blank(&text) => {}
                Token::Text(_) => return Err(self.stray_text("elements")),
                Token::Eof => return Err(self.unexpected(None, "an element")),
            }
        }
    }

    fn open(&mut self, name: &'static str) -> Result<()> {
        let found = self.markup()?;
        match found {
            Some(start) if self.is(start, name) => Ok(()),
            found => Err(self.unexpected(found, &format!("<{name}>"))),
        }
    }

    fn close(&mut self, expected: &str) -> Result<()> {
        match self.markup()? {
            None => Ok(()),
            found => Err(self.unexpected(found, expected)),
        }
    }

    fn in_no_namespace(&mut self, start: Start<'_>) -> bool {
        start.prefix.is_empty() && self.reader.namespace(start.namespace).is_empty()
    }

    fn is(&mut self, start: Start<'_>, name: &str) -> bool {
        start.local == name && self.in_no_namespace(start)
    }

    fn error(&self, kind: DecodeErrorKind) -> Box<DecodeError> {
        Box::new(DecodeError { kind, path: String::new(), offset: self.reader.element_start() })
    }

    fn unexpected(&self, found: Option<Start<'_>>, expected: &str) -> Box<DecodeError> {
        let found = match found {
            Some(start) if start.prefix.is_empty() => format!("<{}>", crate::error::excerpt(start.local)),
            Some(start) => format!("<{}:{}>", crate::error::excerpt(start.prefix), crate::error::excerpt(start.local)),
            None => "end of an element".into(),
        };
        self.error(DecodeErrorKind::Unexpected { found, expected: expected.into() })
    }

    fn unknown_type(&self, start: Start<'_>) -> Box<DecodeError> {
        let found = format!("value of the unknown type <{}>", crate::error::excerpt(start.local));
        self.error(DecodeErrorKind::Unexpected { found, expected: TYPES.into() })
    }

    fn stray_text(&self, place: &str) -> Box<DecodeError> {
        let found = format!("text between elements ({place})");
        let expected = "white space only: a <value> holds either text or one typed element";
        self.error(DecodeErrorKind::Unexpected { found, expected: expected.into() })
    }

    fn no_elements(&self, element: &str) -> Box<DecodeError> {
        let (found, expected) = ("element", format!("only text in <{}>", crate::error::excerpt(element)));
        self.error(DecodeErrorKind::Unexpected { found: found.into(), expected })
    }
}

enum Begun {
    Scalar(Value),
    Open(Content),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(value: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?>\n<methodResponse><params><param><value>{value}</value></param></params></methodResponse>"
        )
    }

    fn read(value: &str) -> Result<Value> {
        let options = Options::new().nil(true);
        match read_response(&response(value), &options)? {
            Response::Value(value) => Ok(value),
            Response::Fault(fault) => panic!("{fault}"),
        }
    }

    #[test]
    fn types() {
        assert_eq!(read("<i4> +5 </i4>"), Ok(Value::Int(5)));
        assert_eq!(read("\n <int>-7</int>\n"), Ok(Value::Int(-7)));
        assert_eq!(read("<boolean>1</boolean>"), Ok(Value::Bool(true)));
        assert_eq!(read("  a &lt; b "), Ok(Value::from("  a < b ")));
        assert_eq!(read(""), Ok(Value::from("")));
        assert_eq!(read("<string/>"), Ok(Value::from("")));
        assert_eq!(read("<string> <![CDATA[<x>]]><!-- c --> </string>"), Ok(Value::from(" <x> ")));
        assert_eq!(read("<base64>QU\nJD</base64>"), Ok(Value::Base64(b"ABC".to_vec())));
        assert_eq!(read("<nil/>"), Ok(Value::Nil));
        assert!(read_response(&response("<nil/>"), &Options::new()).is_err());
        assert!(read("<i8>5</i8>").is_err());
        assert!(read("<x:int xmlns:x='urn:x'>5</x:int>").is_err());
        assert!(read("<i4>5</i4><i4>5</i4>").is_err());
        assert!(read("<i4>5</i4>x").is_err());
        assert!(read("<string><b/></string>").is_err());
    }

    #[test]
    fn structures() {
        let value = read(
            "<array> <data> <value><i4>1</i4></value> <value><array><data/></array></value>
             <value><struct><member><name>a</name><value>x</value></member> <member> <name>b</name> <value/> </member></struct></value>
             </data> </array>",
        )
        .unwrap();
        let mut members = Struct::new();
        members.push("a", "x");
        members.push("b", "");
        assert_eq!(value, Value::Array(vec![Value::Int(1), Value::Array(vec![]), members.into()]));
        for bad in [
            "<array><value/></array>",
            "<array><data/><data/></array>",
            "<struct><member><name>a</name></member></struct>",
            "<struct><member><name>a</name><value/><value/></member></struct>",
            "<struct><member><name/><value/></member></struct>",
            "<struct><value/></struct>",
            "<array><data>x</data></array>",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn depth_is_limited_at_64() {
        let nested = |depth: usize| {
            format!("{}{}", "<array><data><value>".repeat(depth), "</value></data></array>".repeat(depth))
        };
        // The innermost value is the 64th.
        assert!(read(&nested(63)).is_ok());
        let error = read(&nested(64)).unwrap_err();
        assert_eq!(error.kind, DecodeErrorKind::Limit { what: "depth of values", limit: 64 });
    }

    #[test]
    fn errors_say_where() {
        let error = read("<array><data><value/><value><i4>x</i4></value></data></array>").unwrap_err();
        assert_eq!(error.path, "/methodResponse/params/param/value/array/data/value[2]/i4");
        assert!(!error.to_string().contains("\"x\""), "{error}");
    }

    #[test]
    fn calls() {
        let text = "<methodCall><methodName>Execute</methodName><params><param><value>a</value></param><param><value/></param></params></methodCall>";
        let (method, params) = read_call(text, &Options::new()).unwrap();
        assert_eq!((method.as_str(), params.len()), ("Execute", 2));
        assert!(read_call("<methodCall><methodName>x</methodName></methodCall>", &Options::new()).is_ok());
        assert!(read_call(&response("x"), &Options::new()).is_err());
    }

    #[test]
    fn places_can_be_asked_for() {
        let text = response(
            "<struct><member><name>Other</name><value><array><data><value>no</value></data></array></value></member>\
             <member><name>Result</name><value><array><data><value><array><data><value>one</value><value><array><data><value>deep</value>\
             </data></array></value><value><i4>3</i4></value></data></array></value></data></array></value></member></struct>",
        );
        let found = locate(&text, &Options::new(), &[Step::Member("Result"), Step::Item(0)]);
        let texts: Vec<&str> = found.into_iter().map(|range| &text[range]).collect();
        assert_eq!(texts.len(), 3);
        assert_eq!((texts[0], texts[2]), ("one", "<i4>3</i4>"));
    }
}
