//! Reading a fault, of SOAP 1.1 or 1.2.

use super::fault::{Fault, FaultCode, FaultName};
use super::names;
use super::read::{Simple, broken, envelope, text};
use crate::error::{DecodeError, DecodeErrorKind};
use crate::failure::Problem;
use crate::operation::SoapVersion;
use crate::raw::RawElement;
use crate::xml::chars::is_blank;
use crate::xml::{Reader, Start, Token};

/// The most subcodes inside one another that are kept.
const MAX_SUBCODES: usize = 16;

/// Reads the fault just opened, to its end.
pub(crate) fn read(reader: &mut Reader<'_>, version: SoapVersion) -> Result<Fault, Problem> {
    let offset = reader.element_start();
    let mut code = None;
    let mut fault = Fault::new(FaultCode::Receiver);
    let ns = envelope(version);
    children(reader, |reader, start| {
        // SOAP 1.1 says that a fault's children have no namespace; some services give them the envelope's.
        let namespace_fits = match version {
            SoapVersion::V12 => reader.namespace_is(start.namespace, ns),
            SoapVersion::V11 => reader.namespace_is(start.namespace, "") || reader.namespace_is(start.namespace, ns),
        };
        match (version, start.local) {
            _ if !namespace_fits => {
                reader.skip()?;
            }
            (SoapVersion::V12, "Code") => code = code_12(reader, &mut fault.subcodes)?,
            (SoapVersion::V12, "Reason") => reasons(reader, &mut fault)?,
            (SoapVersion::V12, "Node") => fault.node = text(reader)?.text,
            (SoapVersion::V12, "Role") | (SoapVersion::V11, "faultactor") => fault.role = text(reader)?.text,
            (SoapVersion::V12, "Detail") | (SoapVersion::V11, "detail") => detail(reader, &mut fault)?,
            (SoapVersion::V11, "faultcode") => code = Some(code_11(&text(reader)?, &mut fault.subcodes)),
            (SoapVersion::V11, "faultstring") => {
                let language = reader.attribute(names::XML, "lang").map(|tag| tag.to_string()).unwrap_or_default();
                let reason = text(reader)?.text;
                fault.reasons.push((language, reason));
            }
            _ => {
                reader.skip()?;
            }
        }
        Ok(())
    })?;
    let Some(code) = code else {
        let member = match version {
            SoapVersion::V11 => "element faultcode",
            SoapVersion::V12 => "element Code (with a Value)",
        };
        return Err(Problem::Decode(Box::new(DecodeError {
            kind: DecodeErrorKind::Missing { member: member.into() },
            path: "/Envelope/Body/Fault".into(),
            offset,
        })));
    };
    fault.code = code;
    Ok(fault)
}

/// Hands every child element of the element just opened to `each`, which reads it to its end. Text between them is no
/// part of any fault.
fn children<'d>(
    reader: &mut Reader<'d>,
    mut each: impl FnMut(&mut Reader<'d>, Start<'d>) -> Result<(), Problem>,
) -> Result<(), Problem> {
    loop {
        match reader.next()? {
            Token::Start(start) => each(reader, start)?,
            Token::End => return Ok(()),
            Token::Text(text) if is_blank(&text) => {}
            Token::Text(_) => return Err(broken(reader, "text between the elements of a Fault")),
            Token::Eof => return Err(broken(reader, "the Fault is not closed")),
        }
    }
}

/// Reads `Code` with its nested subcodes, iteratively.
fn code_12(reader: &mut Reader<'_>, subcodes: &mut Vec<FaultName>) -> Result<Option<FaultCode>, Problem> {
    let mut code = None;
    let depth = reader.depth();
    while reader.depth() >= depth {
        match reader.next()? {
            Token::Start(start) if reader.is(start, names::ENVELOPE_12, "Subcode") => {}
            Token::Start(start) if reader.is(start, names::ENVELOPE_12, "Value") => {
                let top = reader.depth() == depth + 1;
                let name = name(&text(reader)?);
                if top && code.is_none() {
                    code = Some(match (name.ns.as_str(), name.local.as_str()) {
                        (names::ENVELOPE_12, "Sender") => FaultCode::Sender,
                        (names::ENVELOPE_12, "Receiver") => FaultCode::Receiver,
                        (names::ENVELOPE_12, "VersionMismatch") => FaultCode::VersionMismatch,
                        (names::ENVELOPE_12, "MustUnderstand") => FaultCode::MustUnderstand,
                        (names::ENVELOPE_12, "DataEncodingUnknown") => FaultCode::DataEncodingUnknown,
                        _ => FaultCode::Other(name),
                    });
                } else if subcodes.len() < MAX_SUBCODES {
                    subcodes.push(name);
                }
            }
            Token::Start(_) => {
                reader.skip()?;
            }
            Token::End | Token::Text(_) => {}
            Token::Eof => return Err(broken(reader, "the Fault is not closed")),
        }
    }
    Ok(code)
}

fn reasons(reader: &mut Reader<'_>, fault: &mut Fault) -> Result<(), Problem> {
    children(reader, |reader, start| {
        if reader.is(start, names::ENVELOPE_12, "Text") {
            let language = reader.attribute(names::XML, "lang").map(|tag| tag.to_string()).unwrap_or_default();
            let reason = text(reader)?.text;
            fault.reasons.push((language, reason));
        } else {
            reader.skip()?;
        }
        Ok(())
    })
}

/// Reads a detail: its elements are kept, text between them (seen from services that put a message there) is not.
fn detail(reader: &mut Reader<'_>, fault: &mut Fault) -> Result<(), Problem> {
    loop {
        match reader.next()? {
            Token::Start(_) => fault.detail.push(RawElement::capture(reader)?),
            Token::End => return Ok(()),
            Token::Text(_) => {}
            Token::Eof => return Err(broken(reader, "the Fault is not closed")),
        }
    }
}

fn name(value: &Simple) -> FaultName {
    let local = value.text.split_once(':').map_or(value.text.as_str(), |(_, local)| local);
    FaultName { ns: value.namespace.clone().unwrap_or_default(), local: local.to_owned() }
}

/// SOAP 1.1: a name whose local part may go on after dots.
fn code_11(value: &Simple, subcodes: &mut Vec<FaultName>) -> FaultCode {
    let name = name(value);
    // Services that forget the prefix, or its declaration, mean SOAP's own codes.
    let own = name.ns == names::ENVELOPE_11 || value.namespace.as_deref().is_none_or(str::is_empty);
    let mut parts = name.local.split('.');
    let code = match parts.next().unwrap_or_default() {
        "Client" if own => FaultCode::Sender,
        "Server" if own => FaultCode::Receiver,
        "VersionMismatch" if own => FaultCode::VersionMismatch,
        "MustUnderstand" if own => FaultCode::MustUnderstand,
        _ => return FaultCode::Other(name),
    };
    subcodes.extend(parts.take(MAX_SUBCODES).map(|part| FaultName { ns: name.ns.clone(), local: part.to_owned() }));
    code
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::soap::read;

    fn fault(xml: &str) -> Result<Fault, Problem> {
        let mut reader = Reader::new(xml);
        let opened = read::open(&mut reader)?;
        let start = opened.child.unwrap();
        assert_eq!(start.local, "Fault");
        let fault = super::read(&mut reader, opened.version)?;
        read::close(&mut reader, "Fault")?;
        Ok(fault)
    }

    #[test]
    fn a_fault_of_1_2() {
        let fault = fault(
            "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body><s:Fault> <s:Code><s:Value>s:Sender\
             </s:Value><s:Subcode><s:Value xmlns:m='urn:m'> m:Bad </s:Value><s:Subcode><s:Value>x:Un</s:Value></s:Subcode>\
             </s:Subcode></s:Code><s:Reason><s:Text xml:lang='en'>No</s:Text><s:Text xml:lang='ru-RU'>Нет</s:Text></s:Reason>\
             <s:Role>r</s:Role><s:Detail><d xmlns='urn:d'>1</d><s:e/></s:Detail></s:Fault></s:Body></s:Envelope>",
        )
        .unwrap();
        assert_eq!(fault.code, FaultCode::Sender);
        assert_eq!(fault.subcodes[0].to_string(), "{urn:m}Bad");
        assert_eq!(fault.subcodes[1].to_string(), "Un");
        assert_eq!(fault.reason(), "No");
        assert_eq!(fault.reason_in("ru"), Some("Нет"));
        assert_eq!(fault.reason_in("r"), None);
        assert_eq!(fault.detail.len(), 2);
        assert_eq!(fault.to_string(), "Sender / {urn:m}Bad / Un: No");
        assert!(fault.blames_sender());
    }

    #[test]
    fn a_fault_of_1_1() {
        let fault = fault(
            "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body><e:Fault><faultcode>e:Client.Auth\
             </faultcode><faultstring xml:lang='en'>who?</faultstring><faultactor>a</faultactor><detail>text<x/></detail>\
             </e:Fault></e:Body></e:Envelope>",
        )
        .unwrap();
        assert_eq!(fault.code, FaultCode::Sender);
        assert_eq!(fault.subcodes[0].local, "Auth");
        assert_eq!((fault.reason(), fault.role.as_str(), fault.detail.len()), ("who?", "a", 1));
    }

    #[test]
    fn codes_of_1_1_in_disarray() {
        let code = |text: &str| {
            fault(&format!(
                "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body><e:Fault><faultcode \
                 xmlns:v='urn:v'>{text}</faultcode></e:Fault></e:Body></e:Envelope>"
            ))
            .unwrap()
            .code
        };
        assert_eq!(code("Server"), FaultCode::Receiver);
        assert_eq!(code("soap:Server"), FaultCode::Receiver);
        assert_eq!(code("v:Server"), FaultCode::Other(FaultName { ns: "urn:v".into(), local: "Server".into() }));
        assert_eq!(code("42"), FaultCode::Other(FaultName { ns: String::new(), local: "42".into() }));
    }

    #[test]
    fn nothing_may_stand_beside_a_fault() {
        let text = "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body><e:Fault><faultcode>e:Server\
                    </faultcode></e:Fault><r/></e:Body></e:Envelope>";
        assert!(matches!(fault(text), Err(Problem::Envelope { .. })));
    }
}
