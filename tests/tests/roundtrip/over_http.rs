//! Calls over HTTP bindings (WSDL 1.1 §4): what is sent for each way to send it, and what answers become.

use bindery_runtime as rt;

use bindery_tests::peers;
use bindery_tests::server::Server;
use rt::transport::{Reqwest, Ureq};

use super::http_binding::{
    CartographyClient, GetWeather, GetWeatherHttpIn, MAPS_PATH, MAPS_QUERY, MapIn, Nothing, WEATHER_FORM, WEATHER_SOAP,
    WEATHER_XML, WeatherClient, WeatherHttpGetClient, WeatherHttpPostClient,
};
use super::support::{Canned, Fixed, root, run, same};

const STRING: &str = "<?xml version='1.0'?><string xmlns='urn:weather'>rain &amp; sun</string>";

fn settings() -> rt::Settings {
    rt::Settings::new().environment(Fixed)
}

fn weather() -> GetWeatherHttpIn {
    GetWeatherHttpIn { city: "Ки & в".into(), stations: vec!["a b".into(), "c".into()] }
}

/// Method, URL, media type and body.
#[track_caller]
fn sent(canned: &Canned) -> (String, String, String, String) {
    let request = canned.sent.borrow_mut().pop().unwrap();
    let media = request.headers().get("content-type").map_or("", |value| value.to_str().unwrap()).to_owned();
    let (parts, body) = request.into_parts();
    (parts.method.to_string(), parts.uri.to_string(), media, String::from_utf8(body).unwrap())
}

#[test]
fn a_query_string_is_sent_and_a_document_comes_back() {
    let canned = Canned::new(200, "text/xml; charset=utf-8", STRING);
    let client = WeatherHttpGetClient::with(&canned, settings());
    assert_eq!(client.get_weather(weather()).send().unwrap().as_deref(), Some("rain & sun"));
    let query = "City=%D0%9A%D0%B8+%26+%D0%B2&Stations=a+b&Stations=c";
    let url = format!("https://weather.example/weather.asmx/GetWeather?{query}");
    assert_eq!(sent(&canned), ("GET".into(), url, String::new(), String::new()));

    let nil = "<string xmlns='urn:weather' xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='true'/>";
    let canned = Canned::new(200, "text/xml", nil);
    assert_eq!(WeatherHttpGetClient::with(&canned, settings()).get_weather(weather()).send().unwrap(), None);

    let canned = Canned::new(200, "text/xml", "<Report xmlns='urn:weather'><Celsius>-1.50</Celsius></Report>");
    let report = WeatherHttpGetClient::with(&canned, settings()).report(Nothing {}).send().unwrap();
    assert_eq!(report.celsius.to_string(), "-1.50");
    assert_eq!(sent(&canned).1, "https://weather.example/weather.asmx/Report?units=metric");
}

#[test]
fn a_form_is_posted_with_credentials_as_http_basic() {
    let canned = Canned::new(200, "text/xml", STRING);
    let client = WeatherHttpPostClient::with(&canned, settings().credentials("u", "p"));
    assert_eq!(client.get_weather(weather()).send().unwrap().as_deref(), Some("rain & sun"));
    assert_eq!(canned.sent.borrow()[0].headers()["authorization"], "Basic dTpw");
    let body = "City=%D0%9A%D0%B8+%26+%D0%B2&Stations=a+b&Stations=c";
    let url = "https://weather.example/weather.asmx/GetWeather";
    assert_eq!(sent(&canned), ("POST".into(), url.into(), "application/x-www-form-urlencoded".into(), body.into()));

    // An operation without a result answers with nothing.
    let canned = Canned::new(200, "", "");
    let client = WeatherHttpPostClient::with(&canned, settings());
    client.forget(MapIn { city: "a".into(), zoom: -1 }).send().unwrap();
    assert_eq!(sent(&canned).3, "City=a&Zoom=-1");
    // One way, with nothing to say. (Its name is spelt like a static's.)
    client.v2(Nothing {}).send().unwrap();
    assert_eq!(sent(&canned).1, "https://weather.example/weather.asmx/V2");
}

#[test]
fn one_client_for_soap_and_http() {
    let answer =
        "<GetWeatherResponse xmlns='urn:weather'><GetWeatherResult>fog</GetWeatherResult></GetWeatherResponse>";
    let canned = Canned::new(200, "application/xml", answer);
    let client = WeatherClient::with(&canned, settings());
    let input = GetWeather { city: "Rīga".into(), days: None };
    let result = client.get_weather(input.clone()).over(&WEATHER_XML).send().unwrap();
    assert_eq!(result.as_deref(), Some("fog"));
    let (method, url, media, body) = sent(&canned);
    assert_eq!((&*method, &*url), ("POST", "https://weather.example/xml/GetWeather"));
    assert_eq!(media, "text/xml; charset=utf-8");
    same("<w:GetWeather xmlns:w='urn:weather'><w:City>Rīga</w:City></w:GetWeather>", &body);

    client.get_weather(GetWeather { days: Some(2), ..input.clone() }).over(&WEATHER_FORM).send().unwrap();
    assert_eq!(sent(&canned).3, "City=R%C4%ABga&Days=2");

    let soap = client.get_weather(input).into_request().unwrap();
    assert!(soap.request.body().starts_with(b"<s:Envelope"));
}

#[test]
fn values_in_the_path_and_an_answer_that_is_a_picture() {
    let canned = Canned::new(200, "image/png", &b"\x89PNG\r\n"[..]);
    let client = CartographyClient::with(&canned, settings());
    let input = MapIn { city: "Nový Bor/1".into(), zoom: 3 };
    let map = client.map(input.clone()).send().unwrap();
    assert_eq!(map, rt::Attachment::new("image/png", &b"\x89PNG\r\n"[..]));
    assert_eq!(sent(&canned).1, "https://weather.example/c/maps/Nov%C3%BD%20Bor%2F1/z3.png");
    client.map(input).over(&MAPS_QUERY).send().unwrap();
    assert_eq!(sent(&canned).1, "https://weather.example/c/map?key=1&City=Nov%C3%BD+Bor%2F1&Zoom=3");

    let error = client.map(MapIn { city: "..".into(), zoom: 3 }).send().unwrap_err().to_string();
    assert!(error.contains("`City` is in the path"), "{error}");
    assert!(canned.sent.borrow().is_empty());

    // What an error page says is not a picture.
    let canned = Canned::new(500, "text/plain", "Missing parameter: City.");
    let client = CartographyClient::with(&canned, settings());
    let error = client.map(MapIn { city: "a".into(), zoom: 3 }).send().unwrap_err().to_string();
    assert!(error.contains("HTTP status 500"), "{error}");
}

/// Where the server has the service.
fn served(server: &Server) -> rt::Settings {
    let url = |path: &str| format!("{}{path}", server.weather_url);
    let bindings = [(&WEATHER_XML, "/xml/"), (&WEATHER_FORM, "/form"), (&MAPS_PATH, "/c"), (&MAPS_QUERY, "/c?key=1")];
    let settings = rt::Settings::new().endpoint(url("/weather.asmx"));
    bindings.into_iter().fold(settings, |settings, (binding, path)| settings.endpoint_of(binding, url(path)))
}

#[test]
fn every_binding_is_answered_over_a_socket() {
    let server = Server::start().unwrap();
    let cities = ["Ки & в", "a=b+c%41;/?#d", "  "];
    for city in cities {
        let stations =
            GetWeatherHttpIn { city: city.into(), stations: vec!["a b".into(), String::new(), "c,d".into()] };
        let told = Some(format!("{city}: rain & sun at a b, , c,d"));
        let get = WeatherHttpGetClient::with(Ureq::new(), served(&server));
        assert_eq!(get.get_weather(stations.clone()).send().unwrap(), told);
        let post = WeatherHttpPostClient::with(Reqwest::new().unwrap(), served(&server));
        assert_eq!(run(async { post.get_weather(stations.clone()).await }).unwrap(), told);

        let weather = WeatherClient::with(Ureq::new(), served(&server));
        let input = GetWeather { city: city.into(), days: Some(2) };
        for wire in [&WEATHER_SOAP, &WEATHER_XML, &WEATHER_FORM] {
            let told = weather.get_weather(input.clone()).over(wire).send().unwrap();
            assert_eq!(told, Some(format!("{city}: fog for 2")), "{}", wire.name);
        }

        let maps = CartographyClient::with(Ureq::new(), served(&server));
        for wire in [&MAPS_PATH, &MAPS_QUERY] {
            let map = maps.map(MapIn { city: city.into(), zoom: -3 }).over(wire).send().unwrap();
            assert_eq!(map.content_type, "image/png", "{}", wire.name);
            assert!(map.bytes.ends_with(format!("\n{city} at -3").as_bytes()), "{}: {map:?}", wire.name);
        }
    }

    let get = WeatherHttpGetClient::with(Ureq::new(), served(&server));
    assert_eq!(get.report(Nothing {}).send().unwrap().wind.as_deref(), Some("NW"));
    let post = WeatherHttpPostClient::with(Ureq::new(), served(&server));
    post.forget(MapIn { city: "a".into(), zoom: 1 }).send().unwrap();
    post.v2(Nothing {}).send().unwrap();
    // A list of nothing is no pair at all, and the service wants one.
    let error = get.get_weather(GetWeatherHttpIn { city: "a".into(), stations: vec![] }).send().unwrap_err();
    assert!(error.to_string().contains("HTTP status 500"), "{error}");
}

/// Not compared: forms with lists, where zeep sends Python's own notation; and a location without a slash behind an address without
/// one, which it joins into one word.
#[test]
fn zeep_asks_the_server_as_we_do() {
    let server = Server::start().unwrap();
    let url = &server.weather_url;
    let calls = format!(
        r#"[["Weather", "WeatherHttpGet", "{url}/weather.asmx", "GetWeather", {{"City": "Ки & в+", "Stations": ["a b", "c,d"]}}],
            ["Weather", "WeatherHttpGet", "{url}/weather.asmx", "Report", {{}}],
            ["Weather", "WeatherHttpPost", "{url}/weather.asmx", "Forget", {{"City": "Ки & в+", "Zoom": 3}}],
            ["Weather", "WeatherXml", "{url}/xml/", "GetWeather", {{"City": "Ки & в+", "Days": 2}}],
            ["Cartography", "MapsPath", "{url}/c", "Map", {{"City": "Riga", "Zoom": "3"}}]]"#
    );
    let wsdl = root().join("tests/golden/http_binding/input.wsdl");
    let Some(returned) = peers::found(peers::zeep_http(&wsdl, &calls)) else { return };
    assert!(returned.contains("rain & sun at a b, c,d") && returned.contains("Decimal('-1.50')"), "{returned}");
    let theirs = server.requests();

    let get = WeatherHttpGetClient::with(Ureq::new(), served(&server));
    let city = String::from("Ки & в+");
    let stations = vec!["a b".into(), "c,d".into()];
    get.get_weather(GetWeatherHttpIn { city: city.clone(), stations }).send().unwrap();
    get.report(Nothing {}).send().unwrap();
    let post = WeatherHttpPostClient::with(Ureq::new(), served(&server));
    post.forget(MapIn { city: city.clone(), zoom: 3 }).send().unwrap();
    let weather = WeatherClient::with(Ureq::new(), served(&server));
    weather.get_weather(GetWeather { city, days: Some(2) }).over(&WEATHER_XML).send().unwrap();
    let maps = CartographyClient::with(Ureq::new(), served(&server));
    maps.map(MapIn { city: "Riga".into(), zoom: 3 }).send().unwrap();

    let ours = server.requests().split_off(theirs.len());
    assert_eq!(ours.len(), theirs.len());
    for (ours, theirs) in ours.iter().zip(&theirs) {
        assert_eq!((&ours.method, &ours.path), (&theirs.method, &theirs.path));
        match ours.header("content-type") {
            Some(media) if media.starts_with("text/xml") => same(&theirs.text(), &ours.text()),
            _ => assert_eq!(ours.text(), theirs.text(), "{}", ours.path),
        }
    }
}
