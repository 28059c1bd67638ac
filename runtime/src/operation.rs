//! What generated code says about operations, bindings and services, as static data.

use std::fmt;

use crate::codec::{Decoder, Encoder};
use crate::error::{Read, Write};
use crate::shape::Name;
use crate::value::Value;

/// A service: its name and the wires it is offered on.
#[derive(Debug)]
pub struct ServiceInfo {
    /// The name in the contract.
    pub name: &'static str,
    /// The wires; the first is the default.
    pub bindings: &'static [&'static Binding],
}

/// A wire of a service, chosen by value: `client.over(&b2b_service_v2::PLAIN_XML)`.
#[derive(Debug)]
pub struct Binding {
    /// The port's or binding's name.
    pub name: &'static str,
    /// Index in [`ServiceInfo::bindings`] and in [`OperationInfo::routes`].
    pub index: usize,
    /// Where the vendor says it listens; empty when the contract does not say.
    pub endpoint: &'static str,
    /// What is spoken.
    pub protocol: Protocol,
}

/// What is spoken on a binding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// SOAP over HTTP.
    Soap(Soap),
    /// XML documents over HTTP without an envelope and without namespaces, in XmlSerializer's manner.
    Plain(Plain),
    /// XML-RPC.
    XmlRpc(XmlRpc),
    /// WSDL's HTTP binding: a form, a query string or a document goes, a document or anything else comes back.
    Http(Http),
}

/// Settings of a SOAP binding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Soap {
    /// 1.1 or 1.2.
    pub version: SoapVersion,
    /// WS-Addressing headers.
    pub addressing: Option<Addressing>,
    /// A UsernameToken is expected: a call without credentials is an error before anything is sent.
    pub username_token: bool,
    /// The token carries a digest.
    pub digest: bool,
    /// A Timestamp is sent by default.
    pub timestamp: bool,
    /// DataContractSerializer's rules: members in ordinal order.
    pub data_contract: bool,
    /// Whether any element of the contract is unqualified; then no default namespace may be used.
    pub unqualified: bool,
    /// HTTP Basic authentication is sent when credentials are set.
    pub basic: bool,
    /// Requests are MTOM packages: larger binary content goes beside the envelope.
    pub mtom: bool,
}

/// SOAP 1.1 or 1.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum SoapVersion {
    V11,
    V12,
}

/// WS-Addressing version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addressing {
    /// `http://www.w3.org/2005/08/addressing`
    V10,
    /// `http://schemas.xmlsoap.org/ws/2004/08/addressing`
    Submission,
}

/// Settings of a plain XML binding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plain {
    /// HTTP Basic authentication is sent when credentials are set.
    pub basic: bool,
}

/// Settings of an XML-RPC binding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct XmlRpc {
    /// The XML-RPC method that carries every call in a struct (`Execute`); empty when the operation is the method.
    pub method: &'static str,
    /// The `Server` member of that struct; empty for none.
    pub server: &'static str,
}

/// Settings of an HTTP binding (WSDL 1.1 §4). Credentials go as HTTP Basic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Http {
    /// Whether any element of the contract is unqualified; then no default namespace may be used.
    pub unqualified: bool,
}

/// One operation.
#[derive(Debug)]
pub struct OperationInfo {
    /// The name in the contract.
    pub name: &'static str,
    /// The service it belongs to.
    pub service: &'static ServiceInfo,
    /// What calling it does.
    pub effect: Effect,
    /// The request's body element. An empty local name means that there is none: the input's members stand in the Body
    /// directly, or are the fields of a form.
    pub input: Name,
    /// The reply's body element, empty in the same sense (the answer of an HTTP binding is then its one member, as it
    /// comes); `None` for one-way operations.
    pub output: Option<Name>,
    /// How it is reached; at most one per binding.
    pub routes: &'static [Route],
    /// Declared request headers.
    pub headers: &'static [HeaderInfo],
}

/// A declared header.
#[derive(Debug, Clone, Copy)]
pub struct HeaderInfo {
    /// The header element.
    pub name: Name,
    /// A call without it is an error before anything is sent.
    pub required: bool,
}

/// How an operation is reached on one binding.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    /// Index in [`ServiceInfo::bindings`].
    pub binding: usize,
    /// The SOAP action, also the WS-Addressing action.
    pub action: &'static str,
    /// Plain XML and HTTP bindings: what is appended to the endpoint (`/AddOrder`). XML-RPC: the `Method`.
    pub path: &'static str,
    /// Plain XML and HTTP bindings: how the input travels.
    pub method: Method,
    /// XML-RPC: the shape of the result.
    pub result: ResultKind,
}

/// How a plain or HTTP route is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// POST with a body.
    Post,
    /// GET with the input members as path segments, in order.
    GetPath,
    /// GET with the input members in the query string (`http:urlEncoded`).
    GetQuery,
    /// GET with each input member in the place of `(name)` in the path (`http:urlReplacement`).
    GetReplaced,
    /// POST of the input members as a form (`application/x-www-form-urlencoded`).
    PostForm,
    /// POST of the input as an XML document.
    PostDocument,
}

/// How an XML-RPC result array is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResultKind {
    /// `Result[0]` is the flat array of return values.
    Item,
    /// `Result[0]` is an array of row arrays.
    List,
    /// `Result[0]` is a struct with `Status`.
    Message,
}

/// What calling an operation does to the world; decides what may be sent twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Nothing: may be repeated freely.
    Read,
    /// Sending it again changes nothing more.
    Idempotent,
    /// Something each time: never sent twice by this crate.
    Effectful {
        /// The operation that tells afterwards whether the call took effect; empty when the contract knows none.
        settled_by: &'static str,
    },
}

/// The reply of operations that have none.
impl Value for () {
    fn vacant() -> Self {}

    fn read(&mut self, _: &mut Decoder<'_>) -> Read {
        Ok(())
    }

    fn write(&self, _: &mut Encoder<'_>) -> Write {
        Ok(())
    }
}

/// An operation as a type: what ties its request to its reply. Implemented by generated marker types.
pub trait Operation: Sized + 'static {
    /// The request's body.
    type Input: Value + Send + Sync;
    /// The reply's body, as it is on the wire; `()` for one-way operations and empty replies.
    type Reply: Value + fmt::Debug + Send + Sync;
    /// What the caller gets: the reply, or the part of it that carries the data.
    type Output: Send;
    /// Codes of in-band errors ([`NoCode`] where the contract knows none).
    type Code: Code;
    /// Typed fault detail ([`NoDetail`] where the contract declares none).
    type Detail: Detail;
    /// SOAP headers of replies (`()` where the contract declares none).
    type ReplyHeaders: ReplyHeaders;

    /// Static facts.
    const INFO: &'static OperationInfo;
    /// The messages use SOAP encoding (`rpc/encoded`): values say their types, and may stand elsewhere in the message.
    const ENCODED: bool = false;

    /// Takes the data out of a reply, or finds the error it carries.
    ///
    /// # Errors
    /// The in-band error, or what makes the reply contradict itself.
    fn finish(reply: Self::Reply) -> Result<Self::Output, Box<InBand<Self>>>;
}

/// A reply that carries an error instead of data, or says both.
#[derive(Debug)]
pub enum InBand<O: Operation> {
    /// The vendor refused: its codes and texts (at least one), and the whole reply.
    Refused {
        /// Codes and texts, in the reply's order.
        errors: Vec<(O::Code, Option<String>)>,
        /// The reply as decoded.
        reply: O::Reply,
    },
    /// The reply contradicts itself (success without data, success with an error code).
    Contradiction {
        /// What does not fit together.
        what: &'static str,
        /// The reply as decoded.
        reply: O::Reply,
    },
}

/// An in-band error code.
pub trait Code: fmt::Debug + Clone + PartialEq + Send + Sync + 'static {
    /// The code as the vendor writes it.
    fn code(&self) -> std::borrow::Cow<'_, str>;

    /// The vendor says that trying later may help.
    fn retry_later(&self) -> bool {
        false
    }

    /// The vendor says that nothing was done.
    fn not_executed(&self) -> bool {
        false
    }
}

/// For operations without in-band errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoCode {}

impl Code for NoCode {
    fn code(&self) -> std::borrow::Cow<'_, str> {
        match *self {}
    }
}

impl Code for String {
    fn code(&self) -> std::borrow::Cow<'_, str> {
        std::borrow::Cow::Borrowed(self)
    }
}

/// Typed fault detail: an enum with a variant per declared fault, chosen by the detail element's name.
pub trait Detail: fmt::Debug + Sized + Send + Sync + 'static {
    /// The detail elements known, with what reads them: hands out a vacant detail and the value to read into.
    const ELEMENTS: &'static [Name];

    /// A vacant detail for the element with this index of [`Detail::ELEMENTS`].
    fn vacant(index: usize) -> Self;

    /// The value inside.
    fn value(&mut self) -> &mut dyn Value;
}

/// For operations without declared faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoDetail {}

impl Detail for NoDetail {
    const ELEMENTS: &'static [Name] = &[];

    fn vacant(_: usize) -> Self {
        unreachable!("there are no elements to choose from")
    }

    fn value(&mut self) -> &mut dyn Value {
        match *self {}
    }
}

/// The SOAP headers that replies of a service bring, typed: a generated struct with an `Option` for each header element that
/// the contract declares for some reply (`soap:header` of an output, WSDL 1.1 §3.7). All of them may be missing: servers leave
/// out what they declare, and `wsdl:required` says that a header must be understood, not that it comes.
pub trait ReplyHeaders: fmt::Debug + Default + Send + Sync + 'static {
    /// The header elements.
    const ELEMENTS: &'static [Name];

    /// Where the value of each goes, in the order of [`ReplyHeaders::ELEMENTS`]: an `Option` that is `None`.
    fn slots(&mut self) -> Vec<&mut dyn Value>;
}

/// For operations whose replies have no declared headers.
impl ReplyHeaders for () {
    const ELEMENTS: &'static [Name] = &[];

    fn slots(&mut self) -> Vec<&mut dyn Value> {
        Vec::new()
    }
}
