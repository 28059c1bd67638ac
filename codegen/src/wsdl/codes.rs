//! Codes of what can be wrong in a WSDL, with what `bindery explain` says about them.

use crate::source::codes::Explained;

/// A reference to a message, port type or binding that is not there.
pub const UNRESOLVED: &str = "E0401";
/// A value that would end up in an HTTP header holds control characters.
pub const CONTROL: &str = "E0402";
/// No operation and no type.
pub const NOTHING: &str = "E0403";
/// A construct lacks what it must have.
pub const STRUCTURE: &str = "E0404";
/// A declaration is called by no XML name.
pub const NAME: &str = "E0405";
/// Two declarations of one name.
pub const DUPLICATE: &str = "W0405";
/// A port or binding that is no SOAP is skipped.
pub const SKIPPED: &str = "N0401";
/// An operation or a part of it cannot be called as described.
pub const UNSUPPORTED: &str = "W0401";
/// A policy that cannot be satisfied.
pub const POLICY: &str = "W0402";
/// A message was read generously.
pub const MESSAGE: &str = "W0403";
/// A name was found in another namespace.
pub const NAMESPACE: &str = "W0404";
/// Inputs without operations: types only.
pub const TYPES_ONLY: &str = "N0402";

/// Something that refers to what is not there is left out.
pub const LEFT_OUT: &str = "W0406";
/// A construct that lacks what it must have is left out.
pub const INCOMPLETE: &str = "W0407";

/// A declaration is called by no XML name, which does no harm.
pub const LOOSE_NAME: &str = "W0408";

/// All of them.
pub const CODES: &[Explained] = &[
    Explained {
        code: NAME,
        title: "a WSDL declaration is called by no XML name",
        text: "Messages, port types, bindings and services are called by an NCName: a letter or `_`, then letters, digits, `.`, `-`, `_`. Correct the name in your \
               copy, and where it is referred to.",
    },
    Explained {
        code: LOOSE_NAME,
        title: "a WSDL declaration is called by no XML name, which does no harm",
        text: "As E0405, but forgiven: no message holds these names, so `Order Service` is as good as `OrderService`. Names that cannot be read by people, or look \
               like a template's placeholders, are errors all the same. With `strict` this is an error.",
    },
    Explained {
        code: LEFT_OUT,
        title: "a WSDL name leads nowhere; what needs it is left out",
        text: "As E0401, but forgiven: the operation, binding, header or fault that the message names is left out, and the rest is generated. With `strict` \
               this is an error.",
    },
    Explained {
        code: INCOMPLETE,
        title: "an incomplete WSDL construct is left out",
        text: "As E0404, but forgiven: what cannot be used without the missing part is left out or left open. With `strict` this is an error.",
    },
    Explained {
        code: UNRESOLVED,
        title: "a WSDL name leads nowhere",
        text: "An operation, binding or port refers to a message, port type, binding, element or type that no loaded document declares. Check the prefix, the \
               spelling, and whether the document that declares it is imported and present.",
    },
    Explained {
        code: CONTROL,
        title: "control characters in an address or action",
        text: "`soapAction`, WS-Addressing actions and addresses become HTTP headers. Line ends and control characters there would let a contract inject headers.",
    },
    Explained {
        code: NOTHING,
        title: "the contract is empty",
        text: "The inputs declare neither an operation nor a type. Probably the wrong document was saved: a WSDL that only imports others, or a page that describes the service.",
    },
    Explained {
        code: STRUCTURE,
        title: "a WSDL construct lacks what it must have",
        text: "The document's structure is not that of WSDL 1.1 at this place; the message says what is missing.",
    },
    Explained {
        code: DUPLICATE,
        title: "two WSDL declarations of one name",
        text: "Messages, port types and bindings are each declared once; the first declaration is used. Compare them if they differ.",
    },
    Explained {
        code: SKIPPED,
        title: "a port or binding is skipped",
        text: "SOAP 1.1, SOAP 1.2 and HTTP (GET and POST) bindings become clients. Bindings of a toolkit's own are left out, and so are HTTP bindings with other verbs and \
               those without operations, which ASP.NET lists where no operation fits into a form.",
    },
    Explained {
        code: UNSUPPORTED,
        title: "something cannot be called as the WSDL describes",
        text: "The operation or binding uses what generated clients do not offer (notifications, transports other than HTTP, HTTP bindings with other content than forms and XML). What is left out is named.",
    },
    Explained {
        code: POLICY,
        title: "a policy cannot be satisfied",
        text: "The binding's policy demands something the runtime does not do, such as WS-SecureConversation (WCF's default unless establishSecurityContext is false) or \
               XML signatures and encryption. Calls will be refused unless the service is configured otherwise.",
    },
    Explained {
        code: MESSAGE,
        title: "a message was read generously",
        text: "The message breaks the rules of WSDL or of the WS-I Basic Profile, and was read the way other toolkits read it.",
    },
    Explained {
        code: NAMESPACE,
        title: "a name was found in another namespace",
        text: "The namespace a reference gives holds no such declaration, but exactly one declaration of that name exists elsewhere in the loaded documents; it was taken.",
    },
    Explained {
        code: TYPES_ONLY,
        title: "no operations",
        text: "The inputs declare types but no operation that can be called over SOAP or HTTP, so only types are generated.",
    },
];
