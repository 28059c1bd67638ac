//! A weather service that nobody runs: `tests/golden/http_binding`, all of whose bindings it answers, as ASP.NET would. Query strings,
//! forms and values in paths are decoded here by hand, as the rest of the server reads messages by itself.

use roxmltree::Document;

use super::envelope::{Envelope, SOAP11, Version, child, is};
use super::http::{Reply, Request};
use super::lexical::{escape, int32, percent_decode, text};

/// What all its paths begin with.
pub(crate) const PATH: &str = "/weather";
const NAMESPACE: &str = "urn:weather";
const FORM: &str = "application/x-www-form-urlencoded";
/// What `key` has to be where maps are asked for by a query.
const KEY: &str = "1";
/// How a PNG file begins.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

pub(crate) fn answer(request: &Request) -> Reply {
    let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
    let path = path.strip_prefix(PATH).unwrap_or(path);
    let outcome = match (request.method.as_str(), path) {
        ("GET", "/weather.asmx/GetWeather") => at_stations(&pairs(query)),
        ("POST", "/weather.asmx/GetWeather") => form(request).and_then(|form| at_stations(&form)),
        ("GET", "/weather.asmx/Report") => report(&pairs(query)),
        ("POST", "/weather.asmx/Forget") => form(request).and_then(|form| forget(&form)),
        ("POST", "/weather.asmx/V2") if request.body.is_empty() => Ok(Reply::new(202, "text/plain", "")),
        ("POST", "/weather.asmx") => soap(request),
        ("POST", "/xml/GetWeather") => document(request),
        ("POST", "/form/GetWeather") => {
            form(request).and_then(|form| forecast(one(&form, "City")?, days(&form)?.as_deref()).map(|it| xml(&it)))
        }
        ("GET", "/c/map") => {
            let pairs = pairs(query);
            one(&pairs, "key").and_then(|key| match key {
                KEY => map(one(&pairs, "City")?, one(&pairs, "Zoom")?),
                _ => Err("The key is not known.".to_owned()),
            })
        }
        ("GET", path) if path.starts_with("/c/maps/") => map_at(path),
        // What ASP.NET says of a method that is called in a way it does not offer.
        (_, path) => {
            Err(format!("Request format is unrecognized for URL unexpectedly ending in '{}'.", last_segment(path)))
        }
    };
    outcome.unwrap_or_else(|what| Reply::new(500, "text/plain; charset=utf-8", what))
}

type Outcome<T = Reply> = Result<T, String>;

fn last_segment(path: &str) -> &str {
    path.rfind('/').and_then(|at| path.get(at..)).unwrap_or(path)
}

fn at_stations(pairs: &[(String, String)]) -> Outcome {
    let stations: Vec<&str> = pairs.iter().filter(|(name, _)| name == "Stations").map(|(_, value)| &**value).collect();
    if stations.is_empty() {
        return Err("Missing parameter: Stations.".to_owned());
    }
    let text = format!("{}: rain & sun at {}", one(pairs, "City")?, stations.join(", "));
    Ok(xml(&format!("<string xmlns=\"{NAMESPACE}\">{}</string>", escape(&text))))
}

fn report(pairs: &[(String, String)]) -> Outcome {
    match one(pairs, "units")? {
        "metric" => Ok(xml(&format!("<Report xmlns=\"{NAMESPACE}\"><Celsius>-1.50</Celsius><Wind>NW</Wind></Report>"))),
        other => Err(format!("Cannot convert {other} to Units.")),
    }
}

fn forget(pairs: &[(String, String)]) -> Outcome {
    one(pairs, "City")?;
    number(one(pairs, "Zoom")?)?;
    Ok(Reply::new(200, "text/plain", ""))
}

/// The reply to the request that is a document, whatever carried it.
fn forecast(city: &str, days: Option<&str>) -> Outcome<String> {
    let days = days.map_or(Ok(1), number)?;
    let text = escape(&format!("{city}: fog for {days}"));
    Ok(format!(
        "<GetWeatherResponse xmlns=\"{NAMESPACE}\"><GetWeatherResult>{text}</GetWeatherResult></GetWeatherResponse>"
    ))
}

fn asked(element: roxmltree::Node<'_, '_>) -> Outcome<String> {
    if !is(element, NAMESPACE, "GetWeather") {
        return Err(format!("<{}> was not expected.", element.tag_name().name()));
    }
    let given = |name| child(element, NAMESPACE, name).map(text);
    forecast(&given("City").ok_or("Missing element: City.")?, given("Days").as_deref())
}

fn parsed<T>(request: &Request, media: &str, read: impl Fn(&Document<'_>) -> Outcome<T>) -> Outcome<T> {
    if request.media_type() != media {
        return Err(format!("{} was not expected.", request.media_type()));
    }
    let body = request.text();
    read(&Document::parse(&body).map_err(|error| error.to_string())?)
}

fn document(request: &Request) -> Outcome {
    parsed(request, "text/xml", |document| asked(document.root_element())).map(|reply| xml(&reply))
}

fn soap(request: &Request) -> Outcome {
    if request.header("soapaction") != Some("\"urn:weather/GetWeather\"") {
        return Err("Server did not recognize the value of HTTP Header SOAPAction.".to_owned());
    }
    let reply = parsed(request, "text/xml", |document| {
        let envelope = Envelope::read(document)?;
        if envelope.version == Version::Soap11 { asked(envelope.body) } else { Err("Version mismatch".to_owned()) }
    })?;
    Ok(xml(&format!("<soap:Envelope xmlns:soap=\"{SOAP11}\"><soap:Body>{reply}</soap:Body></soap:Envelope>")))
}

/// `/c/maps/(City)/z(Zoom).png`.
fn map_at(path: &str) -> Outcome {
    let place = path.strip_prefix("/c/maps/").and_then(|rest| rest.split_once("/z"));
    let (city, rest) = place.ok_or("The path names no city and zoom.")?;
    let zoom = rest.strip_suffix(".png").ok_or("Only PNG is drawn.")?;
    map(&percent_decode(city), &percent_decode(zoom))
}

/// A picture as far as its first bytes; the rest says of what.
fn map(city: &str, zoom: &str) -> Outcome {
    let mut picture = PNG.to_vec();
    picture.extend_from_slice(format!("{city} at {}", number(zoom)?).as_bytes());
    Ok(Reply::new(200, "image/png", picture))
}

fn form(request: &Request) -> Outcome<Vec<(String, String)>> {
    match request.media_type().as_str() {
        FORM => Ok(pairs(&request.text())),
        other => Err(format!("{other} is no form.")),
    }
}

/// The pairs of a form or of a query string.
fn pairs(text: &str) -> Vec<(String, String)> {
    let decoded = |text: &str| percent_decode(&text.replace('+', " "));
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), decoded(value))
    };
    text.split('&').filter(|text| !text.is_empty()).map(pair).collect()
}

fn one<'p>(pairs: &'p [(String, String)], name: &str) -> Outcome<&'p str> {
    let mut found = pairs.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str());
    match (found.next(), found.next()) {
        (Some(value), None) => Ok(value),
        (None, _) => Err(format!("Missing parameter: {name}.")),
        (Some(_), Some(_)) => Err(format!("Cannot convert an array: {name}.")),
    }
}

fn days(pairs: &[(String, String)]) -> Outcome<Option<String>> {
    if pairs.iter().any(|(name, _)| name == "Days") {
        one(pairs, "Days").map(|days| Some(days.to_owned()))
    } else {
        Ok(None)
    }
}

fn number(text: &str) -> Outcome<i32> {
    int32(text).map_err(|_| format!("Cannot convert {text} to System.Int32."))
}

fn xml(document: &str) -> Reply {
    Reply::new(200, "text/xml; charset=utf-8", format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n{document}"))
}
