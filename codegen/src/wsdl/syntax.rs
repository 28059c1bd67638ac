//! WSDL 1.1 as written: a struct per construct, names resolved to namespaces, nothing else decided.

use super::policy::Policy;
use crate::model::{Docs, QName};
use crate::source::{Edge, FileId, Span};
use crate::xsd::syntax::Schema;

/// A `definitions` element.
#[derive(Debug, Clone)]
pub struct Definitions {
    /// The file.
    pub file: FileId,
    /// Its start tag.
    pub span: Span,
    /// `targetNamespace`; empty for none.
    pub target: String,
    /// Documentation.
    pub docs: Docs,
    /// Imports.
    pub edges: Vec<Edge>,
    /// Inline schemas.
    pub schemas: Vec<Schema>,
    /// Messages.
    pub messages: Vec<Message>,
    /// Port types.
    pub port_types: Vec<PortType>,
    /// Bindings.
    pub bindings: Vec<Binding>,
    /// Services.
    pub services: Vec<Service>,
    /// Policies with their `wsu:Id` or `Name`.
    pub policies: Vec<(String, Policy)>,
}

/// A name in an attribute, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The name.
    pub name: QName,
    /// Where.
    pub span: Span,
    /// Its prefix is not bound: the namespace is not known, and `name` has none.
    pub unbound: bool,
}

impl Reference {
    /// The namespace it points into, in words.
    pub fn home(&self) -> String {
        if self.unbound {
            "the namespace of a prefix that is not bound".to_owned()
        } else {
            format!("the namespace `{}`", self.name.ns.escape_debug())
        }
    }
}

/// `message`.
#[derive(Debug, Clone)]
pub struct Message {
    /// Its name.
    pub name: String,
    /// Where.
    pub span: Span,
    /// Its parts.
    pub parts: Vec<Part>,
}

/// `part`.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// Where.
    pub span: Span,
    /// `element`
    pub element: Option<Reference>,
    /// `type`
    pub ty: Option<Reference>,
    /// Documentation.
    pub docs: Docs,
}

/// `portType`.
#[derive(Debug, Clone)]
pub struct PortType {
    /// Its name.
    pub name: String,
    /// Where.
    pub span: Span,
    /// Documentation.
    pub docs: Docs,
    /// Its operations.
    pub operations: Vec<Operation>,
}

/// `operation` of a port type.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Its name.
    pub name: String,
    /// Where.
    pub span: Span,
    /// Documentation.
    pub docs: Docs,
    /// `input`
    pub input: Option<Io>,
    /// `output`
    pub output: Option<Io>,
    /// The output comes first: a notification.
    pub notifies: bool,
    /// `fault`
    pub faults: Vec<Io>,
}

/// `input`, `output` or `fault` of a port type's operation.
#[derive(Debug, Clone)]
pub struct Io {
    /// Its name, where it has one.
    pub name: Option<String>,
    /// The message.
    pub message: Option<Reference>,
    /// `wsaw:Action` or `wsam:Action`.
    pub action: Option<String>,
    /// Where.
    pub span: Span,
}

/// `binding`.
#[derive(Debug, Clone)]
pub struct Binding {
    /// Its name.
    pub name: String,
    /// Where.
    pub span: Span,
    /// Documentation.
    pub docs: Docs,
    /// The port type.
    pub port_type: Option<Reference>,
    /// What is spoken.
    pub kind: BindingKind,
    /// `verb` of an HTTP binding.
    pub verb: Option<String>,
    /// Default style of its operations.
    pub rpc: bool,
    /// `transport` of a SOAP binding.
    pub transport: Option<String>,
    /// Policies attached, in place or by reference.
    pub policies: Attached,
    /// Its operations.
    pub operations: Vec<BindingOperation>,
}

/// Policies attached to something.
#[derive(Debug, Clone, Default)]
pub struct Attached {
    /// Given in place.
    pub inline: Vec<Policy>,
    /// Referred to: the URI and where.
    pub references: Vec<(String, Span)>,
    /// `wsaw:UsingAddressing`.
    pub using_addressing: bool,
}

/// What a binding speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum BindingKind {
    Soap11,
    Soap12,
    Http,
    Other,
}

/// `operation` of a binding.
#[derive(Debug, Clone)]
pub struct BindingOperation {
    /// Its name.
    pub name: String,
    /// Where.
    pub span: Span,
    /// `soapAction`, with its place.
    pub action: Option<(String, Span)>,
    /// `location` of an HTTP binding's operation, with its place.
    pub location: Option<(String, Span)>,
    /// `style`, where given.
    pub rpc: Option<bool>,
    /// `input`
    pub input: Option<BoundIo>,
    /// `output`
    pub output: Option<BoundIo>,
    /// Policies attached to it or its messages.
    pub policies: Attached,
}

/// `input` or `output` of a binding's operation.
#[derive(Debug, Clone, Default)]
pub struct BoundIo {
    /// Its name, where it has one.
    pub name: Option<String>,
    /// `parts` of the body.
    pub parts: Option<Vec<String>>,
    /// `namespace` of the body.
    pub namespace: Option<String>,
    /// `use="encoded"`
    pub encoded: bool,
    /// Headers.
    pub headers: Vec<BoundHeader>,
    /// Attachments beside the body: the `mime:part`s without one.
    pub attachments: Vec<BoundContent>,
    /// HTTP bindings: how the message travels.
    pub http: Option<HttpContent>,
}

/// How a message of an HTTP binding travels.
#[derive(Debug, Clone)]
pub enum HttpContent {
    /// `http:urlEncoded`
    UrlEncoded,
    /// `http:urlReplacement`
    UrlReplacement,
    /// `mime:mimeXml`, and `mime:content` of an XML type: the part, where one is named.
    Xml(Option<String>),
    /// `mime:content`, once for each type that may come.
    Mime(BoundContent),
    /// `mime:multipartRelated`
    Multipart,
}

/// `mime:content`: a part and the media types it may have.
#[derive(Debug, Clone)]
pub struct BoundContent {
    /// `part`
    pub part: Option<String>,
    /// `type`, once for each `mime:content` of the part.
    pub types: Vec<String>,
    /// Where.
    pub span: Span,
}

/// `soap:header`.
#[derive(Debug, Clone)]
pub struct BoundHeader {
    /// The message.
    pub message: Option<Reference>,
    /// The part.
    pub part: String,
    /// `namespace`, for parts with a type.
    pub namespace: Option<String>,
    /// `wsdl:required`
    pub required: bool,
    /// `soap:headerfault`: the message and the part.
    pub faults: Vec<(Option<Reference>, String)>,
    /// Where.
    pub span: Span,
}

/// `service`.
#[derive(Debug, Clone)]
pub struct Service {
    /// Its name.
    pub name: String,
    /// Where.
    pub span: Span,
    /// Documentation.
    pub docs: Docs,
    /// Its ports.
    pub ports: Vec<Port>,
}

/// `port`.
#[derive(Debug, Clone)]
pub struct Port {
    /// Its name.
    pub name: String,
    /// Where.
    pub span: Span,
    /// Documentation.
    pub docs: Docs,
    /// The binding.
    pub binding: Option<Reference>,
    /// The address, with its place.
    pub address: Option<(String, Span)>,
    /// Policies attached to it.
    pub policies: Attached,
}
