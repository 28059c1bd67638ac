//! The namespaces and fixed addresses of the SOAP family.

/// SOAP 1.1 envelopes.
pub const ENVELOPE_11: &str = "http://schemas.xmlsoap.org/soap/envelope/";
/// SOAP 1.2 envelopes.
pub const ENVELOPE_12: &str = "http://www.w3.org/2003/05/soap-envelope";
/// SOAP 1.1 encoding.
pub const ENCODING_11: &str = "http://schemas.xmlsoap.org/soap/encoding/";
/// SOAP 1.2 encoding.
pub const ENCODING_12: &str = "http://www.w3.org/2003/05/soap-encoding";
/// WS-Addressing 1.0.
pub const ADDRESSING_10: &str = "http://www.w3.org/2005/08/addressing";
/// WS-Addressing, the submission of August 2004.
pub const ADDRESSING_2004: &str = "http://schemas.xmlsoap.org/ws/2004/08/addressing";
/// WS-Security 1.0 headers.
pub const SECURITY: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
/// WS-Security utilities: `Timestamp`, `Created`, `Id`.
pub const UTILITY: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
/// `Type` of a password in clear.
pub const PASSWORD_TEXT: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText";
/// `Type` of a password digest.
pub const PASSWORD_DIGEST: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest";
/// `EncodingType` of a nonce.
pub const BASE64_BINARY: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary";
/// The `ActivityId` header that WCF sends.
pub const MS_DIAGNOSTICS: &str = "http://schemas.microsoft.com/2004/09/ServiceModel/Diagnostics";
/// XOP: the element that stands for an attachment.
pub const XOP: &str = "http://www.w3.org/2004/08/xop/include";
/// The `xml` prefix.
pub const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// SOAP 1.2: the next node. Every node plays it.
pub const ROLE_NEXT_12: &str = "http://www.w3.org/2003/05/soap-envelope/role/next";
/// SOAP 1.2: the ultimate receiver, which is us.
pub const ROLE_ULTIMATE_12: &str = "http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver";
/// SOAP 1.1: the next node.
pub const ACTOR_NEXT_11: &str = "http://schemas.xmlsoap.org/soap/actor/next";
