//! Corteos XmlGate: two ASMX services, each on SOAP 1.1 and 1.2, with a token in a header of their own.

use roxmltree::Document;

use super::envelope::{Envelope, SOAP11, SOAP12, Version, child, is};
use super::http::{Reply, Request};
use super::lexical::{self, escape, text};

pub(crate) const ORDERS: &str = "/XmlGate/V3/OrderManagement/OrdersAPI.asmx";
pub(crate) const AUTHORIZATION: &str = "/XmlGate/V3/Authorization.asmx";
const NAMESPACE: &str = "http://corteos.ru";
/// The order the documentation's sample notifies about again.
pub const RENOTIFIED_RESERVE: i32 = 1_768_311;
/// What Login gives: the documentation shows only the form of a token.
const TOKEN: &str = "ae26c893-ffce-4a3b-9d41-4edfca62b5a6";
const ORDERS_OPERATIONS: [&str; 3] = ["Renotify", "GetSimpleReserveById", "GetSimpleReserveByIdV2"];
const NOT_DONE: &str = "Заказ должен быть в статусе выполнен. Текущий статус заказа: отменяется агентом";

pub(crate) struct Agency {
    pub(crate) email: String,
    pub(crate) password: String,
    /// Orders notified about again.
    pub(crate) notified: Vec<i32>,
}

struct Fault {
    /// In SOAP 1.1's words.
    code: &'static str,
    reason: String,
}

pub(crate) fn answer(agency: &mut Agency, request: &Request, path: &str) -> Reply {
    let service = path.rsplit('/').next().unwrap_or("");
    if request.method != "POST" {
        return Reply::html(200, service);
    }
    let version = match request.media_type().as_str() {
        "text/xml" => Version::Soap11,
        "application/soap+xml" => Version::Soap12,
        _ => return Reply::html(415, "Unsupported Media Type"),
    };
    let body = String::from_utf8_lossy(&request.body);
    let outcome = match Document::parse(body.trim_start_matches('\u{feff}')) {
        Ok(document) => reply(agency, request, path, version, &document),
        Err(error) => {
            let reason = format!("Server was unable to read request. ---> {error}");
            return write(400, version, &fault(version, &Fault { code: "Client", reason }));
        }
    };
    match outcome {
        Ok(body) => write(200, version, &body),
        Err(raised) => write(500, version, &fault(version, &raised)),
    }
}

fn client<T>(reason: impl Into<String>) -> Result<T, Fault> {
    Err(Fault { code: "Client", reason: reason.into() })
}

fn reply(
    agency: &mut Agency,
    request: &Request,
    path: &str,
    version: Version,
    document: &Document<'_>,
) -> Result<String, Fault> {
    let envelope = match Envelope::read(document) {
        Ok(envelope) => envelope,
        Err(what) => return client(format!("Possible SOAP version mismatch or broken envelope: {what}")),
    };
    if envelope.version != version {
        let reason = "Possible SOAP version mismatch: the Envelope namespace does not fit the content type".to_owned();
        return Err(Fault { code: "VersionMismatch", reason });
    }
    let body = envelope.body;
    let operations: &[&str] = if path == ORDERS { &ORDERS_OPERATIONS } else { &["Login"] };
    let of_body = || {
        let name = body.tag_name().name();
        operations.iter().copied().find(|op| *op == name && body.tag_name().namespace() == Some(NAMESPACE))
    };
    let of_action = |action: &str| {
        let name = action.strip_prefix(NAMESPACE)?.strip_prefix('/')?;
        operations.iter().copied().find(|op| *op == name)
    };
    let operation = match version {
        // SOAP 1.1 routes by the header and by nothing else.
        Version::Soap11 => match request.header("soapaction") {
            None => {
                return client(
                    "Unable to handle request without a valid action parameter. Please supply a valid soap action.",
                );
            }
            Some(action) => match of_action(action.trim().trim_matches('"')) {
                Some(operation) => operation,
                None => {
                    let action = action.trim().trim_matches('"');
                    return client(format!("Server did not recognize the value of HTTP Header SOAPAction: {action}."));
                }
            },
        },
        // SOAP 1.2 by the media type's action where it fits, else by the body's element.
        Version::Soap12 => match request.media_parameter("action").as_deref().and_then(of_action).or_else(of_body) {
            Some(operation) => operation,
            None => return client("Unable to handle request without a valid action parameter."),
        },
    };
    if let Some(header) = envelope.not_understood(|ns, name| ns == NAMESPACE && name == "AuthHeader") {
        let reason = format!("SOAP header {} was not understood.", header.tag_name().name());
        return Err(Fault { code: "MustUnderstand", reason });
    }
    if !is(body, NAMESPACE, operation) {
        return client(format!("Server was unable to read request: <{}> was not expected", body.tag_name().name()));
    }
    if operation == "Login" {
        let given = |name| child(body, NAMESPACE, name).map(text);
        let known = given("Email").as_deref() == Some(agency.email.as_str())
            && given("Password").as_deref() == Some(agency.password.as_str());
        return Ok(login_response(known));
    }
    let id = match child(body, NAMESPACE, "id_Reserve").map(|node| lexical::int32(&text(node))) {
        Some(Ok(id)) => id,
        // XmlSerializer leaves a missing int at 0.
        None => 0,
        Some(Err(_)) => {
            let reason = "Server was unable to read request. ---> There is an error in XML document. ---> Input string was not in a correct format.";
            return client(reason);
        }
    };
    let token = envelope.header(NAMESPACE, "AuthHeader").and_then(|header| child(header, NAMESPACE, "Token"));
    let known = token.map(text).as_deref().map(str::trim) == Some(TOKEN);
    if operation != "Renotify" {
        return Ok(reserve_response(operation, id, known));
    }
    if !known {
        return Ok(renotify_response(Err(INVALID_TOKEN)));
    }
    if id != RENOTIFIED_RESERVE {
        return Ok(renotify_response(Err(("InvalidDataException", NOT_DONE))));
    }
    agency.notified.push(id);
    Ok(renotify_response(Ok(())))
}

/// How the vendor refuses a token is not documented: type and text are ours, the frame is the service's own.
const INVALID_TOKEN: (&str, &str) = ("DemoAuthorizationException", "Токен не найден или просрочен");

/// Trace and errors, as in every documented reply; constants from the samples.
fn frame(outcome: Result<(), (&str, &str)>) -> String {
    let (date, errors) = match outcome {
        Ok(()) => ("2020-10-20T23:31:35.7599467+03:00", "<Errors/>".to_owned()),
        Err((kind, text)) => (
            "2020-10-20T23:33:28.5030457+03:00",
            format!("<Errors><UniversalApiError Type=\"{}\" Text=\"{}\"/></Errors>", escape(kind), escape(text)),
        ),
    };
    format!(
        "<Trace ResponseDate=\"{date}\" SessionID=\"IU4PN31VLB8U\" IP=\"127.0.0.1\" WebSite=\"http://karina-pc@localhost:63742\"/>{errors}"
    )
}

fn renotify_response(outcome: Result<(), (&str, &str)>) -> String {
    format!(
        "<RenotifyResponse xmlns=\"{NAMESPACE}\"><RenotifyResult>{}<ResponseDetails>{}</ResponseDetails>\
         </RenotifyResult></RenotifyResponse>",
        frame(outcome),
        outcome.is_ok()
    )
}

/// A few of the members a client in use reads. The answer has no fixed schema, and what it is without a valid token or
/// for an order that does not exist is not documented: here it is empty.
fn reserve_response(operation: &str, id: i32, known: bool) -> String {
    let result = if known && id == RENOTIFIED_RESERVE {
        format!(
            "<{operation}Result id_Reserve=\"{id}\" id_ComplexReserve=\"{id}\" id_ReserveState=\"5\">\
             <Creator Email=\"agent@example.test\"/><Payer><INN>7700000000</INN><KPP>770001001</KPP></Payer>\
             <Files><StableFile id_File=\"1\" Caption=\"Demo\"/><StableFile id_File=\"2\" Caption=\"Demo\"/></Files>\
             <OrderSpecificData><Demo xmlns=\"\">raw</Demo></OrderSpecificData></{operation}Result>"
        )
    } else {
        format!("<{operation}Result/>")
    };
    format!("<{operation}Response xmlns=\"{NAMESPACE}\">{result}</{operation}Response>")
}

/// Documented is only the path to the token's value and the names beside it. How a wrong password is answered is not:
/// here it is the frame of all other replies.
fn login_response(known: bool) -> String {
    let result = if known {
        format!(
            "<AuthToken><TokenValue>{TOKEN}</TokenValue><DateCreate>2020-10-20T23:30:00.1234567+03:00</DateCreate>\
             <DateValid>2030-10-20T00:00:00</DateValid></AuthToken>"
        )
    } else {
        frame(Err(("DemoAuthorizationException", "Неверный логин или пароль")))
    };
    format!("<LoginResponse xmlns=\"{NAMESPACE}\"><LoginResult>{result}</LoginResult></LoginResponse>")
}

fn fault(version: Version, fault: &Fault) -> String {
    let reason = escape(&fault.reason);
    match version {
        Version::Soap11 => format!(
            "<soap:Fault><faultcode>soap:{}</faultcode><faultstring>{reason}</faultstring><detail/></soap:Fault>",
            fault.code
        ),
        Version::Soap12 => {
            let code = if fault.code == "Client" { "Sender" } else { fault.code };
            format!(
                "<soap:Fault><soap:Code><soap:Value>soap:{code}</soap:Value></soap:Code><soap:Reason>\
                 <soap:Text xml:lang=\"en\">{reason}</soap:Text></soap:Reason><soap:Detail/></soap:Fault>"
            )
        }
    }
}

fn write(status: u16, version: Version, body: &str) -> Reply {
    let (namespace, media) = match version {
        Version::Soap11 => (SOAP11, "text/xml; charset=utf-8"),
        Version::Soap12 => (SOAP12, "application/soap+xml; charset=utf-8"),
    };
    let envelope = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope xmlns:soap=\"{namespace}\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\">\
         <soap:Body>{body}</soap:Body></soap:Envelope>"
    );
    Reply::new(status, media, envelope)
}
