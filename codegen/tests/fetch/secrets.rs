//! What is secret goes where it must, and nowhere else.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use bindery_codegen::fetch::{self, Login, Options, Proxying};
use bindery_codegen::generate::{self, Request};
use bindery_codegen::lock::Lock;

use super::server::{Server, head, with, xml};
use super::{Project, options, schema, words, wsdl};

#[test]
fn the_password_goes_to_the_contracts_own_host_only() {
    let other = Server::new(|_| xml(schema("urn:a", "", "Answer")));
    let elsewhere = other.url("/a.xsd");
    let server = Server::new(move |asked| match asked.header("authorization") {
        None => with("401 Unauthorized", "", ""),
        Some(_) => xml(wsdl(&format!(r#"<xs:import namespace="urn:a" schemaLocation="{elsewhere}"/>"#))),
    });
    let project = Project::new();
    let anonymous = project.fetch(&server.url("/s.wsdl"), "s", &options()).unwrap_err();
    assert!(anonymous.contains("401") && anonymous.contains("--user"), "{anonymous}");
    let login = Login { user: "me".to_owned(), password: "hunter2hunter2".to_owned() };
    let options = Options { login: Some(login), ..options() };
    assert!(!format!("{options:?}").contains("hunter2"));
    project.fetch(&server.url("/s.wsdl"), "s", &options).expect("with a password it can be had");
    assert_eq!(server.asked()[1].header("authorization"), Some("Basic bWU6aHVudGVyMmh1bnRlcjI="));
    assert_eq!(other.asked()[0].header("authorization"), None);
    assert!(project.files().values().all(|text| !text.contains("hunter2")));
}

#[test]
fn credentials_do_not_go_over_http() {
    let login = Login { user: "me".to_owned(), password: "hunter2".to_owned() };
    let options = Options { login: Some(login), ..options() };
    let problem = Project::new().fetch("http://shop.example/s.wsdl", "s", &options).unwrap_err();
    assert!(problem.contains("E0707") && problem.contains("--allow-http"), "{problem}");
}

#[test]
fn a_token_in_the_address_stays_out_of_the_lock_and_of_messages() {
    // The server repeats the token in what it refers to, as some do.
    let server = Server::new(|asked| match asked.target.as_str() {
        "/s?wsdl&token=T0P-SECRET" => {
            xml(wsdl(r#"<xs:import namespace="urn:a" schemaLocation="/s?xsd=1&amp;token=T0P-SECRET"/>"#))
        }
        "/s?xsd=1&token=T0P-SECRET" => {
            xml(schema("urn:a", r#"<xs:include schemaLocation="/s?xsd=2&amp;token=T0P-SECRET"/>"#, "Answer"))
        }
        "/s?xsd=2&token=T0P-SECRET" => xml(schema("urn:a", "", "More")),
        _ => with("403 Forbidden", "", ""),
    });
    let project = Project::new();
    let variables = |name: &str| (name == "VENDOR").then(|| "T0P-SECRET".to_owned());
    let folder = project.path().join("contracts/s");
    let url = server.url("/s?wsdl&token=${VENDOR}");
    let mut said = String::new();
    let report = fetch::fetch(&url, &folder, &project.lock(), &options(), &variables, &mut |event| {
        said.push_str(&format!("{event:?}\n"));
    })
    .map_err(words)
    .expect("it can be had");
    assert!(report.diagnostics.iter().any(|it| it.code == "W0702"), "the files hold it, and nobody says so");
    let text = std::fs::read_to_string(project.lock()).unwrap();
    for text in [&text, &said, &format!("{report:?}")] {
        assert!(!text.contains("T0P-SECRET"), "{text}");
    }
    assert!(text.contains("/s?wsdl&token=${VENDOR}"), "{text}");

    // The location as written has the value, the lock the placeholder; they find one another.
    let lock = Lock::read(&project.lock()).unwrap().unwrap();
    let inputs = vec![project.path().join(&report.root)];
    let request = Request { inputs, locations: lock.locations(project.path()), ..Request::default() };
    generate::generate(&request).unwrap_or_else(|failure| panic!("{failure}"));
    fetch::update(None, &project.lock(), &options(), &variables, &mut |_| {}).map_err(words).expect("again");

    let wrong = |name: &str| (name == "VENDOR").then(|| "WRONG-ONE".to_owned());
    let problem = fetch::update(None, &project.lock(), &options(), &wrong, &mut |_| {}).map_err(words).unwrap_err();
    assert!(problem.contains("403") && !problem.contains("WRONG-ONE"), "{problem}");
}

/// A proxy that leads every host to one server; it keeps what it was asked.
fn proxy(to: std::net::SocketAddr) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("its address"));
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&asked);
    thread::spawn(move || {
        for mut client in listener.incoming().filter_map(Result::ok) {
            let log = Arc::clone(&log);
            thread::spawn(move || {
                let Some(head) = head(&mut client) else { return };
                log.lock().unwrap().push(head);
                let Ok(mut server) = TcpStream::connect(to) else { return };
                client.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").ok();
                let (mut from, mut back) = (client.try_clone().unwrap(), server.try_clone().unwrap());
                thread::spawn(move || std::io::copy(&mut from, &mut back));
                let mut buffer = Vec::new();
                server.read_to_end(&mut buffer).ok();
                client.write_all(&buffer).ok();
                client.shutdown(std::net::Shutdown::Both).ok();
            });
        }
    });
    (address, asked)
}

#[test]
fn a_proxy_is_gone_through() {
    let server = Server::new(|asked| match asked.target.as_str() {
        "/s.wsdl" => xml(wsdl(r#"<xs:import namespace="urn:a" schemaLocation="a.xsd"/>"#)),
        _ => xml(schema("urn:a", "", "Answer")),
    });
    let (address, asked) = proxy(server.address);
    // The proxy may stand in a private network, and only it knows the host.
    let options = Options { proxy: Proxying::Through(address), allow_private: false, ..options() };
    Project::new().fetch("http://shop.example/s.wsdl", "s", &options).expect("by way of the proxy");
    assert!(asked.lock().unwrap()[0].starts_with("CONNECT shop.example:80 "));
    let problem = Project::new().fetch("http://10.0.0.1/s.wsdl", "s", &options).unwrap_err();
    assert!(problem.contains("E0702"), "{problem}");
    let named = Options { proxy: Proxying::Through("http://me:pw@127.0.0.1:9".to_owned()), ..options };
    let problem = Project::new().fetch("http://shop.example/s.wsdl", "s", &named).unwrap_err();
    assert!(problem.contains("E0707") && !problem.contains("pw@"), "{problem}");
}
