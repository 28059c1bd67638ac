//! The server seen from outside, through bare sockets.

mod cloudblue;
mod corteos;
mod faults;
mod mont_plain;
mod mont_soap;

use std::io::{Read, Write};
use std::net::TcpStream;

use super::{Options, Server};

/// Sends one request on a connection of its own and reads until the server closes it: status, whole answer, body.
fn send(url: &str, method: &str, headers: &[(&str, &str)], body: &str) -> (u16, String, String) {
    let rest = url.strip_prefix("http://").unwrap();
    let (host, path) = rest.split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    let mut request = format!("{method} /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let status = answer.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
    let body = answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default();
    (status, answer, body)
}

/// The text of the first element of this local name.
fn pick(xml: &str, name: &str) -> String {
    let document = roxmltree::Document::parse(xml).unwrap_or_else(|error| panic!("{error} in {xml}"));
    let node = document.descendants().find(|n| n.tag_name().name() == name);
    node.unwrap_or_else(|| panic!("no {name} in {xml}")).text().unwrap_or("").to_owned()
}

fn count(xml: &str, name: &str) -> usize {
    let document = roxmltree::Document::parse(xml).unwrap();
    document.descendants().filter(|n| n.tag_name().name() == name).count()
}

/// Messages of a seed, one a line, without the dots that stand for what was left out; `None` without the seeds.
fn seed_messages(file: &str) -> Option<Vec<String>> {
    let path = format!("{}/../../shared/seeds/{file}", env!("CARGO_MANIFEST_DIR"));
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: needs ../shared");
        return None;
    };
    let messages = text.lines().map(str::trim).filter(|line| line.starts_with('<'));
    Some(messages.map(|line| squeeze(&line.replace("...", ""))).collect())
}

/// White space between elements taken out.
fn squeeze(xml: &str) -> String {
    let mut out = String::new();
    let mut gap = String::new();
    for c in xml.chars() {
        if c.is_whitespace() && (out.ends_with('>') || !gap.is_empty()) {
            gap.push(c);
            continue;
        }
        if c != '<' {
            out.push_str(&gap);
        }
        gap.clear();
        out.push(c);
    }
    out
}
