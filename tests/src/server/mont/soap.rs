//! The SOAP wire: WCF's wsHttpBinding with TransportWithMessageCredential and user names, security context off.

use jiff::{SignedDuration, Timestamp};
use roxmltree::{Document, Node};

use super::tree::{Wire, write_soap};
use super::{MontError, Shop, calls};
use crate::server::envelope::{Envelope, SOAP12, Version, child};
use crate::server::http::{Reply, Request};
use crate::server::lexical::{escape, text};

pub(crate) const PATH: &str = "/Version2/Service/B2BServiceV2.svc";
const WSA: &str = "http://www.w3.org/2005/08/addressing";
const WSSE: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
const WSU: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
const PASSWORD_TEXT: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText";
const DISPATCH: &str = "http://schemas.microsoft.com/net/2005/12/windowscommunicationfoundation/dispatcher";
const CONTRACT: &str = "http://tempuri.org/IB2BServiceV2/";
const MEDIA: &str = "application/soap+xml; charset=utf-8";

/// A fault before it has a frame: subcode (prefix, namespace, name) and reason.
struct Fault {
    code: &'static str,
    subcode: Option<(&'static str, &'static str, &'static str)>,
    reason: String,
}

type Checked<T> = Result<T, Fault>;

fn sender<T>(
    prefix: &'static str,
    namespace: &'static str,
    name: &'static str,
    reason: impl Into<String>,
) -> Checked<T> {
    Err(Fault { code: "Sender", subcode: Some((prefix, namespace, name)), reason: reason.into() })
}

pub(crate) fn answer(shop: &mut Shop, request: &Request, scripted: Option<MontError>) -> Reply {
    if request.method != "POST" {
        return Reply::html(200, "B2BServiceV2 Service");
    }
    if request.media_type() != "application/soap+xml" {
        return Reply::html(415, "Cannot process the message because the content type was not 'application/soap+xml'.");
    }
    let body = String::from_utf8_lossy(&request.body);
    let Ok(document) = Document::parse(body.trim_start_matches('\u{feff}')) else {
        return Reply::html(400, "Bad Request");
    };
    let envelope = match Envelope::read(&document) {
        Ok(envelope) if envelope.version == Version::Soap12 => envelope,
        Ok(_) => {
            let fault = Fault { code: "VersionMismatch", subcode: None, reason: "Version Mismatch".to_owned() };
            return write_fault(None, &fault);
        }
        Err(_) => return Reply::html(400, "Bad Request"),
    };
    let message_id = envelope.header(WSA, "MessageID").map(text);
    match reply(shop, request, &envelope, scripted) {
        Ok((action, body)) => {
            shop.replies += 1;
            write_reply(message_id.as_deref(), &action, &body, shop.replies)
        }
        Err(fault) => write_fault(message_id.as_deref(), &fault),
    }
}

/// The reply's action and body, in WCF's order of checks: security in the channel, then the filters, then the formatter.
fn reply(
    shop: &mut Shop,
    request: &Request,
    envelope: &Envelope<'_, '_>,
    scripted: Option<MontError>,
) -> Checked<(String, String)> {
    let Some(action) = envelope.header(WSA, "Action").map(text) else {
        return sender(
            "a",
            WSA,
            "MessageAddressingHeaderRequired",
            "The header 'Action' is required but was not found.",
        );
    };
    if envelope.headers.iter().filter(|h| h.tag_name().name() == "Action").count() > 1 {
        return sender("a", WSA, "InvalidAddressingHeader", "Multiple headers with name 'Action' were found.");
    }
    if let Some(parameter) = request.media_parameter("action")
        && parameter != action
    {
        let reason = format!("The SOAP action '{action}' does not match the HTTP action '{parameter}'.");
        return sender("a", WSA, "ActionMismatch", reason);
    }
    check_security(shop, envelope.header(WSSE, "Security"), Timestamp::now())?;

    let to = envelope.header(WSA, "To").map(text).unwrap_or_default();
    if !to.trim().eq_ignore_ascii_case(&shop.settings.soap_address) {
        let reason = format!(
            "The message with To '{to}' cannot be processed at the receiver, due to an AddressFilter mismatch at the \
             EndpointDispatcher.  Check that the sender and receiver's EndpointAddresses agree."
        );
        return sender("a", WSA, "DestinationUnreachable", reason);
    }
    let Some(method) = action.strip_prefix(CONTRACT).filter(|method| calls::parameters(method).is_some()) else {
        let reason = format!(
            "The message with Action '{action}' cannot be processed at the receiver, due to a ContractFilter mismatch \
             at the EndpointDispatcher."
        );
        return sender("a", WSA, "ActionNotSupported", reason);
    };
    let known = |namespace: &str, name: &str| match namespace {
        WSA => matches!(name, "Action" | "To" | "MessageID" | "ReplyTo" | "From" | "FaultTo" | "RelatesTo"),
        WSSE => name == "Security",
        _ => false,
    };
    if let Some(header) = envelope.not_understood(known) {
        let (name, namespace) = (header.tag_name().name(), header.tag_name().namespace().unwrap_or(""));
        let reason = format!("The header '{name}' from the namespace '{namespace}' was not understood.");
        return Err(Fault { code: "MustUnderstand", subcode: None, reason });
    }

    let wrapper = envelope.body;
    if wrapper.tag_name().name() != method || wrapper.tag_name().namespace() != Some(calls::TEMPURI) {
        let reason = format!(
            "OperationFormatter encountered an invalid Message body. Expected to find node type 'Element' with name \
             '{method}' and namespace '{}'. Found node type 'Element' with name '{}' and namespace '{}'",
            calls::TEMPURI,
            wrapper.tag_name().name(),
            wrapper.tag_name().namespace().unwrap_or("")
        );
        return sender("a", DISPATCH, "DeserializationFailed", reason);
    }
    let call = match calls::read(Wire::Soap, &shop.settings.namespaces, method, wrapper) {
        Ok(call) => call,
        Err(bad) => {
            let reason = format!("The formatter threw an exception while trying to deserialize the message: {}", bad.0);
            return sender("a", DISPATCH, "DeserializationFailed", reason);
        }
    };
    let response = shop.answer(scripted.map_or(Ok(call), Err));
    let mut result = String::new();
    write_soap(&mut result, "", calls::TEMPURI, &format!("{method}Result"), &response);
    let body = format!("<{method}Response xmlns=\"{}\">{result}</{method}Response>", calls::TEMPURI);
    Ok((action, body))
}

fn check_security(shop: &Shop, security: Option<Node<'_, '_>>, now: Timestamp) -> Checked<()> {
    let invalid = || sender("o", WSSE, "InvalidSecurity", "An error occurred when verifying security for the message.");
    let Some(security) = security else { return invalid() };
    if let Some(timestamp) = child(security, WSU, "Timestamp")
        && !fresh(timestamp, now)
    {
        return invalid();
    }
    let Some(token) = child(security, WSSE, "UsernameToken") else { return invalid() };
    let (mut username, mut password) = (None, None);
    for part in token.children().filter(Node::is_element) {
        match (part.tag_name().namespace().unwrap_or(""), part.tag_name().name()) {
            (WSSE, "Username") => username = Some(text(part)),
            (WSSE, "Password") => {
                if !matches!(part.attribute("Type"), None | Some("" | PASSWORD_TEXT)) {
                    return sender("o", WSSE, "UnsupportedSecurityToken", "Only PasswordText is supported.");
                }
                password = Some(text(part));
            }
            // Read and not used, with plain passwords.
            (WSSE, "Nonce") | (WSU, "Created") => {}
            (_, name) => {
                let reason = format!("The UsernameToken holds '{name}', which is not known.");
                return sender("o", WSSE, "InvalidSecurityToken", reason);
            }
        }
    }
    let Some(username) = username else {
        return sender("o", WSSE, "InvalidSecurityToken", "The UsernameToken has no Username.");
    };
    if username != shop.settings.login || password.as_deref() != Some(shop.settings.password.as_str()) {
        return sender(
            "o",
            WSSE,
            "FailedAuthentication",
            "At least one security token in the message could not be validated.",
        );
    }
    Ok(())
}

/// Five minutes of skew either way, and five of life.
fn fresh(timestamp: Node<'_, '_>, now: Timestamp) -> bool {
    let read = |name| child(timestamp, WSU, name).and_then(|node| text(node).trim().parse::<Timestamp>().ok());
    let Some(created) = read("Created") else { return false };
    let skew = SignedDuration::from_mins(5);
    let expires = match child(timestamp, WSU, "Expires") {
        Some(_) => match read("Expires") {
            Some(expires) => expires,
            None => return false,
        },
        None => created + SignedDuration::from_hours(1),
    };
    created < expires && expires > now - skew && created < now + skew && created > now - skew - skew
}

fn relates_to(message_id: Option<&str>) -> String {
    message_id.map(|id| format!("<a:RelatesTo>{}</a:RelatesTo>", escape(id))).unwrap_or_default()
}

fn write_reply(message_id: Option<&str>, action: &str, body: &str, number: u64) -> Reply {
    let now = Timestamp::now();
    let instant = |at: Timestamp| at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string();
    let envelope = format!(
        "<s:Envelope xmlns:s=\"{SOAP12}\" xmlns:a=\"{WSA}\" xmlns:u=\"{WSU}\"><s:Header>\
         <a:Action s:mustUnderstand=\"1\">{}</a:Action>\
         <ActivityId CorrelationId=\"00000000-0000-4000-8000-{number:012x}\" \
         xmlns=\"http://schemas.microsoft.com/2004/09/ServiceModel/Diagnostics\">00000000-0000-4000-9000-{number:012x}</ActivityId>\
         {}<o:Security s:mustUnderstand=\"1\" xmlns:o=\"{WSSE}\"><u:Timestamp u:Id=\"_0\"><u:Created>{}</u:Created>\
         <u:Expires>{}</u:Expires></u:Timestamp></o:Security></s:Header><s:Body>{body}</s:Body></s:Envelope>",
        escape(action),
        relates_to(message_id),
        instant(now),
        instant(now + SignedDuration::from_mins(5)),
    );
    Reply::new(200, MEDIA, envelope)
}

/// Faults come without a Security header, whatever the request had.
fn write_fault(message_id: Option<&str>, fault: &Fault) -> Reply {
    let subcode = fault.subcode.map(|(prefix, namespace, name)| {
        format!("<s:Subcode><s:Value xmlns:{prefix}=\"{namespace}\">{prefix}:{name}</s:Value></s:Subcode>")
    });
    let action = match fault.subcode {
        Some((_, DISPATCH, _)) => {
            "http://schemas.microsoft.com/net/2005/12/windowscommunicationfoundation/dispatcher/fault"
        }
        Some((_, WSSE, _)) | None => "http://www.w3.org/2005/08/addressing/soap/fault",
        Some(_) => "http://www.w3.org/2005/08/addressing/fault",
    };
    let envelope = format!(
        "<s:Envelope xmlns:s=\"{SOAP12}\" xmlns:a=\"{WSA}\"><s:Header><a:Action s:mustUnderstand=\"1\">{action}</a:Action>\
         {}</s:Header><s:Body><s:Fault><s:Code><s:Value>s:{}</s:Value>{}</s:Code><s:Reason>\
         <s:Text xml:lang=\"en-US\">{}</s:Text></s:Reason></s:Fault></s:Body></s:Envelope>",
        relates_to(message_id),
        fault.code,
        subcode.unwrap_or_default(),
        escape(&fault.reason),
    );
    Reply::new(500, MEDIA, envelope)
}
