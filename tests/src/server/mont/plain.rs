//! The plain XML wire: `POST …/<Method>` with a body without namespaces, or `GET …/<Method>/<parameter>/…`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use roxmltree::Document;

use super::tree::{Wire, write_plain};
use super::{MontError, Shop, calls};
use crate::server::http::{Reply, Request};
use crate::server::lexical::{escape, percent_decode};

pub(crate) const PATH: &str = "/Version2/Service/B2BServiceV2Xml.svc";

/// The path's part after the service: the method and its positional parameters.
pub(crate) fn segments(path: &str) -> Vec<String> {
    let path = path.split(['?', '#']).next().unwrap_or("");
    let rest = path.strip_prefix(PATH).unwrap_or("").trim_start_matches('/');
    rest.split('/').map(percent_decode).collect()
}

pub(crate) fn answer(shop: &mut Shop, request: &Request, scripted: Option<MontError>) -> Reply {
    if !authorized(shop, request) {
        return Reply::html(401, "Unauthorized").with_header("WWW-Authenticate", "Basic realm=\"B2B\"");
    }
    let segments = segments(&request.path);
    let Some((method, positional)) = segments.split_first() else { return Reply::html(404, "Endpoint not found.") };
    let Some(parameters) = calls::parameters(method) else { return Reply::html(404, "Endpoint not found.") };
    let body = match request.method.as_str() {
        "POST" if positional.is_empty() => {
            if request.media_type() != "application/xml" {
                return Reply::html(415, "Unsupported Media Type");
            }
            match String::from_utf8(request.body.clone()) {
                Ok(body) => body,
                Err(_) => return Reply::html(400, "Request Error"),
            }
        }
        "GET" if calls::has_get(method) => {
            if positional.len() != parameters.len() {
                return Reply::html(404, "Endpoint not found.");
            }
            let given = parameters.iter().zip(positional);
            let given: String = given.map(|(name, value)| format!("<{name}>{}</{name}>", escape(value))).collect();
            format!("<{method}>{given}</{method}>")
        }
        _ => return Reply::html(405, "Method not allowed."),
    };
    let call =
        Document::parse(body.trim_start_matches('\u{feff}')).map_err(|error| error.to_string()).and_then(|document| {
            let root = document.root_element();
            if root.tag_name().name() != method || root.tag_name().namespace().is_some() {
                return Err(format!("<{} xmlns='…'> was not expected.", root.tag_name().name()));
            }
            calls::read(Wire::Plain, &shop.settings.namespaces, method, root).map_err(|bad| bad.0)
        });
    let call = match call {
        Ok(call) => call,
        Err(what) => return Reply::html(400, &format!("Request Error: {}", escape(&what))),
    };
    let response = shop.answer(scripted.map_or(Ok(call), Err));
    let mut result = String::new();
    write_plain(&mut result, &format!("{method}Result"), &response);
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><{method}Response xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">{result}</{method}Response>"
    );
    Reply::new(200, "application/xml; charset=utf-8", body)
}

fn authorized(shop: &Shop, request: &Request) -> bool {
    let Some((scheme, token)) = request.header("authorization").and_then(|value| value.split_once(' ')) else {
        return false;
    };
    let expected = STANDARD.encode(format!("{}:{}", shop.settings.login, shop.settings.password));
    scheme.eq_ignore_ascii_case("basic") && token.trim() == expected
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_parameters_are_decoded_after_the_split() {
        assert_eq!(segments(&format!("{PATH}/GetOrder/A%2FB%20%D0%96?x=1")), ["GetOrder", "A/B Ж"]);
    }
}
