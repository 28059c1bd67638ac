//! Writing the envelope of a request.

use std::ops::Range;
use std::sync::Arc;
use std::time::SystemTime;

use super::names;
use super::security::{self, VALIDITY, encode_nonce, password_digest};
use crate::client::Credentials;
use crate::codec::parts::Parts;
use crate::codec::{Encoding, Profile, append_inside};
use crate::environment::Environment;
use crate::error::{EncodeError, EncodeErrorKind};
use crate::failure::Problem;
use crate::operation::{Addressing, Soap, SoapVersion};
use crate::raw::RawElement;
use crate::shape::Name;
use crate::value::Value;
use crate::xml::escape_text;

/// A header's value, shared by the calls of a client.
pub(crate) type HeaderValue = Arc<dyn Value + Send + Sync>;

/// What goes into an envelope.
pub(crate) struct Message<'a> {
    pub(crate) soap: Soap,
    pub(crate) action: &'a str,
    /// The WS-Addressing `To`.
    pub(crate) to: &'a str,
    /// For the UsernameToken; `None` for none.
    pub(crate) credentials: Option<&'a Credentials>,
    pub(crate) digest: bool,
    pub(crate) timestamp: bool,
    /// Declared headers, then any others.
    pub(crate) headers: &'a [(Name, HeaderValue)],
    pub(crate) raw_headers: &'a [RawElement],
    /// The body's element; an empty local part for an input whose members stand in the Body directly.
    pub(crate) body: Name,
    /// The body uses SOAP encoding.
    pub(crate) encoded: bool,
    pub(crate) input: &'a dyn Value,
    /// Binary content of at least so many bytes goes beside the envelope (MTOM).
    pub(crate) mtom: Option<usize>,
}

/// An envelope.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) text: String,
    pub(crate) secrets: Vec<Range<usize>>,
    /// `urn:uuid:…`, if WS-Addressing is used.
    pub(crate) message_id: Option<String>,
    /// What goes beside the envelope.
    pub(crate) parts: Parts,
}

/// Names an addressing version.
struct Address {
    ns: &'static str,
    anonymous: &'static str,
}

const fn address(version: Addressing) -> Address {
    match version {
        Addressing::V10 => {
            Address { ns: names::ADDRESSING_10, anonymous: "http://www.w3.org/2005/08/addressing/anonymous" }
        }
        Addressing::Submission => Address {
            ns: names::ADDRESSING_2004,
            anonymous: "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous",
        },
    }
}

/// Writes the envelope, with fresh ids, nonce and times.
pub(crate) fn write(message: &Message<'_>, environment: &dyn Environment) -> Result<Written, Problem> {
    let soap = message.soap;
    let mut out = Output::default();
    if let Some(threshold) = message.mtom {
        out.parts = Parts::packing(threshold, super::package::fresh(environment)?);
    }
    let secured = message.credentials.is_some() || message.timestamp;
    out.raw("<s:Envelope xmlns:s=\"");
    out.raw(super::read::envelope(soap.version));
    if let Some(addressing) = soap.addressing {
        out.raw("\" xmlns:a=\"");
        out.raw(address(addressing).ns);
    }
    if secured {
        out.raw("\" xmlns:u=\"");
        out.raw(names::UTILITY);
    }
    out.raw("\">");
    let mut message_id = None;
    let header = secured || soap.addressing.is_some() || !message.headers.is_empty() || !message.raw_headers.is_empty();
    if header {
        out.raw("<s:Header>");
        if let Some(addressing) = soap.addressing {
            let id = format!("urn:uuid:{}", uuid::Uuid::from_bytes(environment.uuid().map_err(Problem::Environment)?));
            out.addressing(&address(addressing), message, &id)?;
            message_id = Some(id);
        }
        if secured {
            out.security(message, environment)?;
        }
        let profile = profile(soap);
        for (name, value) in message.headers {
            out.element(*name, profile, value.as_ref())?;
        }
        for element in message.raw_headers {
            element.append(&mut out.text, false);
        }
        out.raw("</s:Header>");
    }
    let envelope = super::read::envelope(soap.version);
    let profile = body_profile(soap, message.body, message.encoded);
    if message.body.local.is_empty() {
        // The Body is the element whose content the input is.
        out.inside(envelope, "s", Name::new(envelope, "Body"), profile, message.input)?;
    } else {
        out.raw("<s:Body>");
        if message.encoded {
            out.inside(envelope, "s", message.body, profile, message.input)?;
        } else {
            out.element(message.body, profile, message.input)?;
        }
        out.raw("</s:Body>");
    }
    out.raw("</s:Envelope>");
    Ok(Written { text: out.text, secrets: out.secrets, message_id, parts: out.parts })
}

/// How the codec writes and reads on a SOAP binding.
pub(crate) const fn profile(soap: Soap) -> Profile {
    let profile = if soap.data_contract { Profile::DATA_CONTRACT } else { Profile::SOAP };
    profile.default_namespace(!soap.unqualified)
}

/// How the codec writes and reads a body.
pub(crate) const fn body_profile(soap: Soap, body: Name, encoded: bool) -> Profile {
    let mut profile = profile(soap);
    if body.local.is_empty() {
        // The envelope's namespace is nobody's default.
        profile = profile.default_namespace(false);
    }
    if encoded {
        profile.encoding = Some(match soap.version {
            SoapVersion::V11 => &Encoding::V11,
            SoapVersion::V12 => &Encoding::V12,
        });
    }
    profile
}

#[derive(Default)]
struct Output {
    text: String,
    secrets: Vec<Range<usize>>,
    parts: Parts,
}

impl Output {
    fn raw(&mut self, xml: &str) {
        self.text.push_str(xml);
    }

    /// `<tag>text</tag>`, where the tag may carry attributes.
    fn simple(&mut self, name: &str, attributes: &str, text: &str, secret: bool) -> Result<(), Problem> {
        self.raw("<");
        self.raw(name);
        self.raw(attributes);
        self.raw(">");
        let from = self.text.len();
        escape_text(&mut self.text, text).map_err(|c| {
            Problem::Encode(Box::new(EncodeError {
                kind: EncodeErrorKind::Character(c),
                path: format!("header {name}"),
            }))
        })?;
        if secret {
            self.secrets.push(from..self.text.len());
        }
        self.raw("</");
        self.raw(name);
        self.raw(">");
        Ok(())
    }

    fn element(&mut self, name: Name, profile: Profile, value: &dyn Value) -> Result<(), Problem> {
        self.inside("", "", name, profile, value)
    }

    /// An element that may use the envelope's prefix.
    fn inside(
        &mut self,
        envelope: &str,
        prefix: &str,
        name: Name,
        profile: Profile,
        value: &dyn Value,
    ) -> Result<(), Problem> {
        let around = (envelope, prefix);
        let secrets = append_inside(&mut self.text, around, name, profile, value, &mut self.parts);
        let secrets = secrets.map_err(Problem::Encode)?;
        self.secrets.extend(secrets);
        Ok(())
    }

    fn addressing(&mut self, address: &Address, message: &Message<'_>, id: &str) -> Result<(), Problem> {
        const MUST: &str = " s:mustUnderstand=\"1\"";
        self.simple("a:Action", MUST, message.action, false)?;
        self.simple("a:MessageID", "", id, false)?;
        self.raw("<a:ReplyTo>");
        self.simple("a:Address", "", address.anonymous, false)?;
        self.raw("</a:ReplyTo>");
        self.simple("a:To", MUST, message.to, false)
    }

    fn security(&mut self, message: &Message<'_>, environment: &dyn Environment) -> Result<(), Problem> {
        self.raw("<o:Security s:mustUnderstand=\"1\" xmlns:o=\"");
        self.raw(names::SECURITY);
        self.raw("\">");
        let now = environment.now();
        if message.timestamp {
            self.raw("<u:Timestamp u:Id=\"_0\">");
            self.simple("u:Created", "", &utc(now)?, false)?;
            let expires = now.checked_add(VALIDITY).ok_or_else(no_time)?;
            self.simple("u:Expires", "", &utc(expires)?, false)?;
            self.raw("</u:Timestamp>");
        }
        if let Some(credentials) = message.credentials {
            self.raw("<o:UsernameToken>");
            self.simple("o:Username", "", &credentials.username, false)?;
            let password = credentials.password.expose();
            if message.digest {
                let nonce = environment.nonce().map_err(Problem::Environment)?;
                let created = utc(now)?;
                let digest = password_digest(&nonce, &created, password.as_bytes());
                let attributes = format!(" Type=\"{}\"", names::PASSWORD_DIGEST);
                self.simple("o:Password", &attributes, &digest, true)?;
                let attributes = format!(" EncodingType=\"{}\"", names::BASE64_BINARY);
                self.simple("o:Nonce", &attributes, &encode_nonce(&nonce), false)?;
                self.simple("u:Created", "", &created, false)?;
            } else {
                self.simple("o:Password", &format!(" Type=\"{}\"", names::PASSWORD_TEXT), password, true)?;
            }
            self.raw("</o:UsernameToken>");
        }
        self.raw("</o:Security>");
        Ok(())
    }
}

fn utc(time: SystemTime) -> Result<String, Problem> {
    security::utc(time).map_err(|_| no_time())
}

fn no_time() -> Problem {
    Problem::Environment(std::io::Error::other("the clock is not between the years 1 and 9999"))
}

/// The headers of HTTP that name the message: its media type and its action.
///
/// # Errors
/// An action that a header cannot carry.
pub(crate) fn http_headers(soap: Soap, action: &str) -> Result<Vec<(http::HeaderName, http::HeaderValue)>, Problem> {
    if action.chars().any(char::is_control) {
        return Err(bad_action());
    }
    let value = |text: String| http::HeaderValue::from_bytes(text.as_bytes()).map_err(|_| bad_action());
    Ok(match soap.version {
        SoapVersion::V11 => vec![
            (http::header::CONTENT_TYPE, http::HeaderValue::from_static("text/xml; charset=utf-8")),
            (http::HeaderName::from_static("soapaction"), value(quoted(action))?),
        ],
        SoapVersion::V12 => {
            let mut media = String::from("application/soap+xml; charset=utf-8");
            if !action.is_empty() {
                media.push_str(&format!("; action={}", quoted(action)));
            }
            vec![(http::header::CONTENT_TYPE, value(media)?)]
        }
    })
}

/// A text as a quoted string of HTTP (RFC 9110 §5.6.4). Some contracts put the quotes into the action themselves.
pub(crate) fn quoted(text: &str) -> String {
    let bare = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    let mut out = String::with_capacity(bare.len() + 2);
    out.push('"');
    for c in bare.chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}

pub(crate) fn bad_action() -> Problem {
    Problem::Config("the contract's SOAP action holds a character that no HTTP header can carry".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The header that carries the action.
    fn carried(version: SoapVersion, action: &str) -> Result<String, Problem> {
        let soap = Soap {
            version,
            addressing: None,
            username_token: false,
            digest: false,
            timestamp: false,
            data_contract: false,
            unqualified: false,
            basic: false,
            mtom: false,
        };
        let headers = http_headers(soap, action)?;
        Ok(headers.last().map(|(_, value)| String::from_utf8_lossy(value.as_bytes()).into_owned()).unwrap_or_default())
    }

    #[test]
    fn actions_of_any_shape() {
        for (action, expected) in [
            ("", r#""""#),
            ("urn:a#b", r#""urn:a#b""#),
            ("relative/x y", r#""relative/x y""#),
            ("\"urn:quoted\"", r#""urn:quoted""#),
            ("a\"b\\c", r#""a\"b\\c""#),
            ("urn:действие", "\"urn:действие\""),
        ] {
            assert_eq!(carried(SoapVersion::V11, action).unwrap(), expected);
            let media = carried(SoapVersion::V12, action).unwrap();
            let parameter = if action.is_empty() { String::new() } else { format!("; action={expected}") };
            assert_eq!(media, format!("application/soap+xml; charset=utf-8{parameter}"));
        }
        assert!(carried(SoapVersion::V11, "a\r\nX: y").is_err());
    }
}
