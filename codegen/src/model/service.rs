//! Services: operations, messages, bindings, and what the contract says about calling them.

use super::{Docs, ErrorTableId, Origin, QName, TypeId};

/// One interface (a WSDL port type, a contract's trait) with every wire it is offered on.
#[derive(Debug, Clone)]
pub struct Service {
    /// Its name in the contract.
    pub name: String,
    /// Its namespace.
    pub ns: String,
    /// Documentation.
    pub docs: Docs,
    /// Where it was read.
    pub origin: Origin,
    /// The wires, first is the default.
    pub bindings: Vec<Binding>,
    /// The operations, in contract order.
    pub operations: Vec<Operation>,
}

/// A wire: protocol and address.
#[derive(Debug, Clone)]
pub struct Binding {
    /// The port's or binding's name.
    pub name: String,
    /// Protocol and its settings.
    pub protocol: Protocol,
    /// Where the vendor says it listens.
    pub endpoint: Option<String>,
    /// Documentation.
    pub docs: Docs,
    /// Where it was read.
    pub origin: Origin,
}

/// What is spoken on a binding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Protocol {
    /// SOAP over HTTP.
    Soap {
        /// 1.1 or 1.2.
        version: SoapVersion,
        /// WS-Addressing headers.
        addressing: Option<Addressing>,
        /// WS-Security.
        security: Security,
        /// DataContractSerializer's rules: members in ordinal order, `i:nil` for null.
        data_contract: bool,
        /// Requests are MTOM packages.
        mtom: bool,
    },
    /// XML documents over HTTP without an envelope (`HttpBasic` where `basic` is set), in XmlSerializer's manner: declared
    /// order, no namespaces, null strings left out, `xsi:nil` for null value types.
    Plain {
        /// HTTP Basic authentication is expected.
        basic: bool,
    },
    /// WSDL's HTTP binding: forms, query strings and documents over HTTP (WSDL 1.1 §4).
    Http,
    /// XML-RPC.
    XmlRpc {
        /// The XML-RPC method name that carries every call (`Execute`), or none when the operation's name is the method.
        method: Option<String>,
        /// The `Server` member of the call struct.
        server: Option<String>,
    },
}

/// The SOAP version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // the names say it
pub enum SoapVersion {
    V11,
    V12,
}

/// The WS-Addressing version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addressing {
    /// `http://www.w3.org/2005/08/addressing`
    V10,
    /// `http://schemas.xmlsoap.org/ws/2004/08/addressing`
    Submission,
}

/// WS-Security settings, and HTTP Basic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Security {
    /// A UsernameToken is expected.
    pub username_token: bool,
    /// As a digest rather than text.
    pub digest: bool,
    /// With a Timestamp.
    pub timestamp: bool,
    /// HTTP Basic authentication is expected.
    pub basic: bool,
}

/// One operation.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Its name in the contract.
    pub name: String,
    /// Documentation.
    pub docs: Docs,
    /// Where it was read.
    pub origin: Origin,
    /// What calling it does.
    pub effect: Effect,
    /// What is sent.
    pub input: Message,
    /// What comes back; `None` for one-way operations.
    pub output: Option<Message>,
    /// The messages use SOAP encoding (`use="encoded"`): values say their types, and may stand elsewhere in the message.
    pub encoded: bool,
    /// Declared faults.
    pub faults: Vec<Fault>,
    /// Declared request headers.
    pub headers: Vec<Header>,
    /// Headers that replies are declared to bring. None of them is ever required: WSDL 1.1 §3.7 lets a server send fewer.
    pub reply_headers: Vec<Header>,
    /// How it is reached on each binding that offers it.
    pub routes: Vec<Route>,
    /// How a reply says success or failure in-band.
    pub reply: Reply,
    /// The table its in-band codes come from.
    pub error_table: Option<ErrorTableId>,
    /// In-band codes it is documented to answer.
    pub raises: Vec<i64>,
    /// Captured or documented messages.
    pub examples: Vec<Example>,
}

impl Operation {
    /// Declared headers of requests and replies.
    pub fn all_headers(&self) -> impl Iterator<Item = &Header> {
        self.headers.iter().chain(&self.reply_headers)
    }
}

/// What calling an operation does to the world; decides what may be sent twice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Effect {
    /// Nothing.
    Read,
    /// Sending it again changes nothing more.
    Idempotent {
        /// The input member that makes it so, if the contract names one.
        by: Option<String>,
    },
    /// It does something each time: never sent twice by us.
    #[default]
    Effectful,
    /// Effectful, and another operation tells afterwards whether it happened.
    Settled {
        /// The operation that settles an unknown outcome.
        by: String,
        /// The input member that identifies the call.
        key: Option<String>,
    },
}

/// A message's body: one element. An rpc-style operation's wrapper is made by the front end, so it is one element too.
///
/// An `element` with an empty local name means that there is no such element: the content of `ty` stands in the body
/// directly. So do an empty body and a body of several parts (which SOAP allows and WS-I forbids). On an HTTP binding they
/// are the fields of a form, or the whole answer as it comes.
#[derive(Debug, Clone)]
pub struct Message {
    /// The body element's name.
    pub element: QName,
    /// Its type.
    pub ty: TypeId,
    /// The element may be nil.
    pub nillable: bool,
}

/// A declared fault.
#[derive(Debug, Clone)]
pub struct Fault {
    /// Its name in the contract.
    pub name: String,
    /// The detail element.
    pub element: QName,
    /// Its type.
    pub ty: TypeId,
    /// Where it was read.
    pub origin: Origin,
}

/// A declared header.
#[derive(Debug, Clone)]
pub struct Header {
    /// The header element.
    pub element: QName,
    /// Its type.
    pub ty: TypeId,
    /// Must be sent.
    pub required: bool,
    /// Where it was read.
    pub origin: Origin,
}

/// How an operation is reached on one binding.
#[derive(Debug, Clone)]
pub struct Route {
    /// Index into [`Service::bindings`].
    pub binding: usize,
    /// SOAP action (and WS-Addressing action).
    pub action: Option<String>,
    /// WS-Addressing action of the reply, where declared.
    pub reply_action: Option<String>,
    /// HTTP method, and how the input travels, on plain and HTTP bindings.
    pub http: HttpMethod,
    /// What is appended to the endpoint on plain and HTTP bindings, for example `AddOrder`; the XML-RPC `Method` on XML-RPC ones.
    pub path: Option<String>,
    /// Shape of an XML-RPC result.
    pub result: ResultKind,
}

/// The HTTP method of a plain or HTTP route, and how its input travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HttpMethod {
    /// POST with a body.
    #[default]
    Post,
    /// GET with the input members as path segments, in order.
    GetPath,
    /// GET with the input members in the query string.
    GetQuery,
    /// GET with each input member in the place of `(name)` in the path.
    GetReplaced,
    /// POST of the input members as a form.
    PostForm,
    /// POST of the input as an XML document.
    PostDocument,
}

/// How an XML-RPC result array is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ResultKind {
    /// `Result[0]` is the flat array of return values.
    #[default]
    Item,
    /// `Result[0]` is an array of row arrays.
    List,
    /// `Result[0]` is a struct with `Status`.
    Message,
}

/// How the reply says success or failure in-band. Paths are wire names below the output element.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Reply {
    /// A reply is a success.
    #[default]
    Plain,
    /// A flag, a code and a text beside the data (`IsError`, `ErrorCode`, `ErrorText`, `Data`).
    Flagged {
        /// Path to the record that holds the four.
        path: Vec<String>,
        /// The data member.
        ok: String,
        /// The boolean that says failure.
        failed: String,
        /// The code; 0 means none.
        code: String,
        /// The text.
        text: Option<String>,
    },
    /// A list of errors, empty on success (`Errors/UniversalApiError`).
    Listed {
        /// Path to the record that holds the list.
        path: Vec<String>,
        /// The list member (or wrapper).
        errors: String,
        /// In each error, the member with its code.
        code: Option<String>,
        /// In each error, the member with its text.
        text: Option<String>,
    },
}

/// In-band error codes.
#[derive(Debug, Clone)]
pub struct ErrorTable {
    /// Its name in the contract.
    pub name: String,
    /// The enumeration type that carries the codes.
    pub ty: TypeId,
    /// The codes.
    pub codes: Vec<ErrorCode>,
}

/// What a code tells beyond its name.
#[derive(Debug, Clone)]
pub struct ErrorCode {
    /// The code.
    pub code: i64,
    /// The vendor says that trying later may help.
    pub retry: bool,
    /// The vendor says that nothing was done.
    pub not_executed: bool,
}

/// A captured or documented message, kept beside the contract.
#[derive(Debug, Clone)]
pub struct Example {
    /// Binding it was taken from: index into [`Service::bindings`].
    pub binding: usize,
    /// Path without `.request.xml` / `.response.xml`, relative to the contract file's folder.
    pub path: String,
    /// Where it was named.
    pub origin: Origin,
}
