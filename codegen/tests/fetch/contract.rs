//! Contracts as servers publish them.

use bindery_codegen::fetch::Change;
use bindery_codegen::generate::{self, Request};
use bindery_codegen::lock::Lock;
use bindery_codegen::source::Locations;

use super::server::{Answer, Server, redirect, with, xml};
use super::{Project, options, schema, wsdl};

fn not_found() -> Answer {
    with("404 Not Found", "", "no")
}

/// WCF's way: one WSDL for the contract, one for the binding, schemas by number, addresses absolute.
fn wcf() -> Server {
    Server::new(|asked| {
        let host = asked.header("host").unwrap_or_default().to_owned();
        let at = |query: &str| format!("http://{host}/B2B/Orders.svc?{query}");
        match asked.target.as_str() {
            "/B2B/Orders.svc?wsdl" => xml(format!(
                r#"<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" targetNamespace="urn:o"><import namespace="urn:t" location="{}"/></definitions>"#,
                at("wsdl=wsdl0")
            )),
            "/B2B/Orders.svc?wsdl=wsdl0" => xml(wsdl(&format!(
                r#"<xs:import namespace="urn:a" schemaLocation="{}"/>
<xs:import namespace="http://schemas.microsoft.com/2003/10/Serialization/" schemaLocation="{}"/>"#,
                at("xsd=xsd0"),
                at("xsd=xsd9")
            ))),
            "/B2B/Orders.svc?xsd=xsd0" => xml(schema(
                "urn:a",
                &format!(
                    r#"<xs:include schemaLocation="{}"/><xs:include schemaLocation="../common/base.xsd"/>"#,
                    at("xsd=xsd0")
                ),
                "Answer",
            )),
            "/common/base.xsd" => {
                xml(schema("urn:a", r#"<xs:include schemaLocation="../B2B/Orders.svc?xsd=xsd0"/>"#, "Base"))
            }
            _ => not_found(),
        }
    })
}

#[test]
fn a_wcf_contract_comes_whole_and_generates_offline() {
    let (server, project) = (wcf(), Project::new());
    let report = project.fetch(&server.url("/B2B/Orders.svc?wsdl"), "orders", &options()).expect("it can be had");
    assert_eq!(report.root, "contracts/orders/Orders.wsdl");
    let names: Vec<&str> = report.files.iter().map(|file| file.path.as_str()).collect();
    let expected = ["Orders.wsdl", "Orders.wsdl0.wsdl", "Orders.xsd0.xsd", "base.xsd"];
    assert_eq!(names, expected.map(|name| format!("contracts/orders/{name}")));
    assert!(report.files.iter().all(|file| file.change == Change::New));
    assert_eq!(server.asked().len(), 4, "each document once, and no built-in one");
    assert!(report.notes[0].contains("Serialization"), "{:?}", report.notes);
    assert_eq!(report.summary.map(|(operations, _)| operations), Some(1));
    // Nothing is left beside the files and the lock.
    assert_eq!(project.files().len(), 5);

    let lock = Lock::read(&project.lock()).expect("a good lock").expect("a lock");
    let file = &lock.files["contracts/orders/Orders.xsd0.xsd"];
    assert_eq!(file.url.as_deref(), Some(server.url("/B2B/Orders.svc?xsd=xsd0").as_str()));
    assert_eq!(file.fetched.as_deref(), Some("2026-01-31"));
    assert_eq!(file.locations["../common/base.xsd"], "contracts/orders/base.xsd");

    // The other way the files could be found, by resembling names, is not needed: without the map this fails.
    let inputs = vec![project.path().join(&report.root)];
    let request = Request { inputs, locations: lock.locations(project.path()), ..Request::default() };
    let generated = generate::generate(&request).unwrap_or_else(|failure| panic!("{failure}"));
    assert!(generated.text.contains("pub struct Answer"));
    let without = Request { locations: Default::default(), ..request };
    assert!(generate::generate(&without).is_err(), "the map was not needed");
}

/// A relative path first, then what the lock says, then any file with the namespace.
#[test]
fn a_location_leads_to_its_neighbour_before_the_lock() {
    let project = Project::new();
    let write = |name: &str, text: &str| std::fs::write(project.path().join(name), text).expect("a file");
    write("s.wsdl", &wsdl(r#"<xs:import namespace="urn:a" schemaLocation="a.xsd"/>"#));
    write("a.xsd", &schema("urn:a", "", "Answer"));
    write(
        "saved.xsd",
        &schema("urn:a", r#"<xs:simpleType name="Saved"><xs:restriction base="xs:int"/></xs:simpleType>"#, "Answer"),
    );
    write("other.xsd", &schema("urn:a", "", "Answer"));
    let mut locations = Locations::new(project.path());
    locations.add("s.wsdl", [("a.xsd".to_owned(), "saved.xsd".to_owned())].into());
    let read = |locations: &Locations| {
        let inputs = vec![project.path().join("s.wsdl")];
        let request = Request { inputs, locations: locations.clone(), ..Request::default() };
        let loaded = generate::load(&request, None).unwrap_or_else(|failure| panic!("{failure}"));
        let last = loaded.sources.paths().last().and_then(|path| path.file_name()).map(|name| name.to_owned());
        last.expect("two files").into_string().expect("a name")
    };
    assert_eq!(read(&locations), "a.xsd");
    std::fs::remove_file(project.path().join("a.xsd")).expect("it was there");
    assert_eq!(read(&locations), "saved.xsd");
    std::fs::remove_file(project.path().join("saved.xsd")).expect("it was there");
    assert_eq!(read(&Locations::default()), "other.xsd");
}

#[test]
fn a_redirect_is_followed_and_noted() {
    let server = Server::new(|asked| match asked.target.as_str() {
        "/go?wsdl" => redirect("/real/s.wsdl"),
        "/real/s.wsdl" => xml(wsdl(r#"<xs:import namespace="urn:a" schemaLocation="a.xsd"/>"#)),
        "/real/a.xsd" => xml(schema("urn:a", "", "Answer")),
        _ => not_found(),
    });
    let project = Project::new();
    let report = project.fetch(&server.url("/go?wsdl"), "s", &options()).expect("it can be had");
    assert_eq!(report.root, "contracts/s/go.wsdl");
    let lock = Lock::read(&project.lock()).unwrap().unwrap();
    let root = &lock.files["contracts/s/go.wsdl"];
    assert_eq!(root.url, Some(server.url("/go?wsdl")));
    assert_eq!(root.redirected, Some(server.url("/real/s.wsdl")));
    assert_eq!(root.locations["a.xsd"], "contracts/s/a.xsd");
}

#[test]
fn documents_of_one_name_keep_their_meaning() {
    let server = Server::new(|asked| match asked.target.as_str() {
        "/v1/s.wsdl" => xml(wsdl(
            r#"<xs:import namespace="urn:a" schemaLocation="types.xsd"/><xs:import namespace="urn:b" schemaLocation="../v2/b.xsd"/>"#,
        )),
        "/v1/types.xsd" => xml(schema("urn:a", "", "Answer")),
        "/v2/b.xsd" => xml(schema("urn:b", r#"<xs:include schemaLocation="types.xsd"/>"#, "B")),
        "/v2/types.xsd" => xml(schema("urn:b", "", "Other")),
        _ => not_found(),
    });
    let project = Project::new();
    let report = project.fetch(&server.url("/v1/s.wsdl"), "s", &options()).expect("it can be had");
    let names: Vec<&str> = report.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(
        names,
        ["contracts/s/s.wsdl", "contracts/s/types.xsd", "contracts/s/v2/b.xsd", "contracts/s/v2/types.xsd"]
    );
}

#[test]
fn documents_under_several_addresses_come_once() {
    let server = Server::new(|asked| match asked.target.as_str() {
        "/s.wsdl" => xml(wsdl(
            r#"<xs:import namespace="urn:a" schemaLocation="a.xsd"/><xs:import namespace="urn:a" schemaLocation="a.xsd?v=1"/>"#,
        )),
        _ => xml(schema("urn:a", "", "Answer")),
    });
    let project = Project::new();
    let report = project.fetch(&server.url("/s.wsdl"), "s", &options()).expect("it can be had");
    assert_eq!(report.files.len(), 2);
    let lock = Lock::read(&project.lock()).unwrap().unwrap();
    assert_eq!(lock.files["contracts/s/s.wsdl"].locations.len(), 2);
}

#[test]
fn the_command_fetches_adds_an_entry_and_generates() {
    let (server, project) = (wcf(), Project::new());
    let bindery = |arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_bindery"))
            .args(arguments)
            .current_dir(project.path())
            .output()
            .expect("the command runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
        text(&output.stdout)
    };
    let url = server.url("/B2B/Orders.svc?wsdl");
    let said = bindery(&["fetch", &url, "--allow-private", "--proxy", "none", "--add"]);
    for words in ["new ", "contracts/orders/Orders.xsd0.xsd", "not fetched: http://schemas.microsoft", "1 operations"] {
        assert!(said.contains(words), "{said}");
    }
    bindery(&["generate"]);
    // What was fetched is found without a configuration, too: the lock beside it says where.
    let said = bindery(&["inspect", "contracts/orders/Orders.wsdl"]);
    assert!(said.contains("Answer"), "{said}");
    let said = bindery(&["diff", "contracts/orders/Orders.wsdl", "contracts/orders/Orders.wsdl"]);
    assert!(!said.contains("gone"), "{said}");
    bindery(&["check"]);
    assert!(project.files()["src/generated/orders.rs"].contains("pub struct Answer"));
    let said = bindery(&["fetch", "--update", "orders", "--allow-private", "--proxy", "none"]);
    assert!(said.contains("unchanged: 4 files") && !said.contains("bindery diff"), "{said}");
}
