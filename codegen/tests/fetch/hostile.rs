//! Servers and contracts that mean no good: a clear error, in time, and nothing written.

use std::io::Write;
use std::time::{Duration, Instant};

use bindery_codegen::fetch::Options;
use bindery_codegen::source::Limits;

use super::server::{Answer, Server, redirect, with, xml};
use super::{Project, options, schema, wsdl};

const IMPORT: &str = r#"<xs:import namespace="urn:a" schemaLocation="a.xsd"/>"#;

/// Fetches `/s.wsdl`, which must fail with these words and leave the project as it was.
fn refused(server: &Server, options: &Options, words: &[&str]) -> String {
    let project = Project::new();
    std::fs::create_dir_all(project.path().join("contracts/s")).unwrap();
    std::fs::write(project.path().join("contracts/s/mine.overlay.rs"), "// mine").unwrap();
    let before = project.files();
    let message = match project.fetch(&server.url("/s.wsdl"), "s", options) {
        Ok(report) => panic!("it was accepted: {:?}", report.files),
        Err(message) => message,
    };
    for words in words {
        assert!(message.contains(words), "no `{words}` in: {message}");
    }
    assert_eq!(project.files(), before, "something was written");
    message
}

/// A server whose contract is fine and whose schema is this.
fn with_schema(answer: impl Fn() -> Answer + Send + Sync + 'static) -> Server {
    Server::new(move |asked| match asked.target.as_str() {
        "/s.wsdl" => xml(wsdl(IMPORT)),
        _ => answer(),
    })
}

#[test]
fn a_missing_import_leaves_everything_as_it_was() {
    let server = with_schema(|| with("404 Not Found", "", ""));
    let message = refused(&server, &options(), &["E0704", "404", "/a.xsd", "referred to from here", "s.wsdl:4:"]);
    assert!(message.contains("schemaLocation=\"a.xsd\""), "{message}");
    let report = Project::new().fetch(&server.url("/s.wsdl"), "s", &Options { allow_missing: true, ..options() });
    assert!(report.is_ok_and(|report| report.diagnostics.iter().any(|it| it.code == "W0701")));
}

#[test]
fn pages_and_other_documents_are_no_contracts() {
    refused(
        &with_schema(|| xml("<!DOCTYPE html><html><body>Log in</body></html>")),
        &options(),
        &["HTML page", "a.xsd"],
    );
    refused(&with_schema(|| xml("<Error/>")), &options(), &["E0208", "neither WSDL 1.1 nor XML Schema"]);
    refused(&with_schema(|| xml("<xs:schema")), &options(), &["breaks off"]);
    refused(&with_schema(|| xml("")), &options(), &["empty"]);
    let dtd = r#"<!DOCTYPE x SYSTEM "http://169.254.169.254/"><x/>"#;
    refused(&with_schema(move || xml(dtd)), &options(), &["external DTD"]);
}

#[test]
fn redirects_stay_where_they_may() {
    refused(
        &with_schema(|| redirect("http://elsewhere.example/a.xsd")),
        &options(),
        &["E0703", "--allow-host elsewhere.example"],
    );
    refused(&with_schema(|| redirect("file:///etc/passwd")), &options(), &["E0703", "never asked"]);
    refused(&with_schema(|| redirect("/a.xsd")), &options(), &["E0703", "in a circle"]);
    let deeper = Server::new(|asked| match asked.target.as_str() {
        "/s.wsdl" => redirect("/1"),
        other => redirect(&format!("{other}1")),
    });
    refused(&deeper, &options(), &["E0703", "too often"]);
    assert!(deeper.asked().len() <= 11);

    let other = Server::new(|_| xml(schema("urn:a", "", "Answer")));
    let port = other.address.port();
    let server = with_schema(move || redirect(&format!("http://localhost:{port}/a.xsd")));
    refused(&server, &options(), &["E0703", "localhost"]);
    let allowed = Options { allowed_hosts: vec!["LOCALHOST".to_owned()], ..options() };
    Project::new().fetch(&server.url("/s.wsdl"), "s", &allowed).expect("the host is allowed");
}

#[test]
fn private_networks_are_not_asked() {
    let server = with_schema(|| xml(schema("urn:a", "", "Answer")));
    let careful = Options { allow_private: false, ..options() };
    refused(&server, &careful, &["E0702", "127.0.0.1", "--allow-private"]);
    assert!(server.asked().is_empty());
}

#[test]
fn other_schemes_are_not_asked() {
    for location in
        ["file:///etc/passwd", "ftp://h.example/a.xsd", "jar:http://h.example/a.jar!/a.xsd", "http://u:p@h.example/a"]
    {
        let import = format!(r#"<xs:import namespace="urn:a" schemaLocation="{location}"/>"#);
        let server = Server::new(move |_| xml(wsdl(&import)));
        let message = refused(&server, &options(), &["E0701"]);
        assert_eq!(server.asked().len(), 1);
        assert!(!location.contains("u:p") || message.contains("***@h.example"), "{message}");
    }
}

#[test]
fn sizes_and_times_have_ends() {
    let small = Options { limits: Limits { file_bytes: 100_000, ..Limits::default() }, ..options() };
    let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<a>";
    refused(&with_schema(|| Answer::Endless(head.to_vec())), &small, &["E0706", "file_bytes"]);

    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&vec![b' '; 10_000_000]).unwrap();
    let packed = packed.finish().unwrap();
    let bomb = move || with("200 OK", "Content-Encoding: gzip\r\n", &packed);
    refused(&with_schema(bomb), &small, &["E0706", "file_bytes"]);
    refused(&with_schema(|| with("200 OK", "Content-Encoding: gzip\r\n", "plain")), &small, &["E0705", "damaged"]);
    refused(&with_schema(|| with("200 OK", "Content-Encoding: br\r\n", "plain")), &small, &["E0705", "compressed"]);

    let together = Options { limits: Limits { total_bytes: 2_000, ..Limits::default() }, ..options() };
    refused(&with_schema(|| xml(schema("urn:a", &" ".repeat(2_000), "Answer"))), &together, &["E0706", "total_bytes"]);

    let begin = Instant::now();
    let patient = Options { timeout: Duration::from_millis(600), ..options() };
    refused(
        &with_schema(|| Answer::Slow(head.to_vec(), Duration::from_millis(50))),
        &patient,
        &["E0705", "time ran out"],
    );
    assert!(begin.elapsed() < Duration::from_secs(5));

    let endless = Server::new(|asked| {
        let next = asked.target.len();
        xml(schema("urn:a", &format!(r#"<xs:include schemaLocation="{}.xsd"/>"#, "a".repeat(next)), "Answer"))
    });
    let few = Options { limits: Limits { documents: 20, ..Limits::default() }, ..options() };
    refused(&endless, &few, &["E0706", "documents"]);
    assert_eq!(endless.asked().len(), 20);
}

#[test]
fn gzip_is_unpacked() {
    let server = with_schema(|| {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(schema("urn:a", "", "Answer").as_bytes()).unwrap();
        with("200 OK", "Content-Encoding: gzip\r\n", packed.finish().unwrap())
    });
    let project = Project::new();
    project.fetch(&server.url("/s.wsdl"), "s", &options()).expect("it can be had");
    assert!(project.files()["contracts/s/a.xsd"].contains("Answer"));
}

#[test]
fn an_answer_cut_short_is_an_error() {
    let cut = || Answer::Bytes(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<a/>".to_vec());
    refused(&with_schema(cut), &options(), &["E0705"]);
    refused(&with_schema(|| Answer::Bytes(b"220 ftp ready\r\n".to_vec())), &options(), &["E0705"]);
}
