// The program that the old contracts' bindings are run with: reads and writes documents, makes requests, reads answers. It becomes
// part of another crate (`wire.rs` writes it), hence no module of this one.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::panic::{self, AssertUnwindSafe};

use bindery_runtime as rt;

/// A document read and written: what was written, and what was told meanwhile.
type Tripped = Result<(String, Vec<rt::Drift>), String>;

trait Trip {
    fn trip(&self, text: &str, strict: bool) -> Tripped;
}

impl<T: rt::Value> Trip for rt::Root<T> {
    fn trip(&self, text: &str, strict: bool) -> Tripped {
        let (value, decoded) =
            self.read_with(text, |options| options.strict = strict).map_err(|error| error.to_string())?;
        let text = self.write(&value).map_err(|error| format!("cannot be written: {error}"))?;
        Ok((text, decoded.drift))
    }
}

/// An operation on one wire.
trait Called {
    /// The request for an input, as text: method, address, headers, an empty line, the body.
    fn request(&self, input: &str, headers: &BTreeMap<String, String>) -> Result<String, String>;
    /// What the client makes of an answer to it.
    fn answer(&self, input: &str, headers: &BTreeMap<String, String>, answer: http::Response<Vec<u8>>) -> Result<String, String>;
}

/// Makes the call for an input, and calls back with it.
type Start<O> = fn(&str, &BTreeMap<String, String>, &mut dyn FnMut(rt::Call<'_, (), O>, &rt::Client<()>)) -> Result<(), String>;

struct Operation<O: rt::Operation>(Start<O>);

fn prepared<O: rt::Operation>(call: rt::Call<'_, (), O>) -> Result<rt::call::Prepared, String> {
    call.into_request().map_err(|error| error.to_string())
}

impl<O: rt::Operation> Called for Operation<O> {
    fn request(&self, input: &str, headers: &BTreeMap<String, String>) -> Result<String, String> {
        let mut out = Err("no call".to_owned());
        (self.0)(input, headers, &mut |call, _| {
            out = prepared(call).map(|prepared| {
                let request = prepared.request;
                let mut text = format!("{} {}\n", request.method(), request.uri());
                for (name, value) in request.headers() {
                    text.push_str(&format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes())));
                }
                text.push('\n');
                text.push_str(&String::from_utf8_lossy(request.body()));
                text
            });
        })?;
        out
    }

    fn answer(&self, input: &str, headers: &BTreeMap<String, String>, answer: http::Response<Vec<u8>>) -> Result<String, String> {
        let mut out = Err("no call".to_owned());
        (self.0)(input, headers, &mut |call, client| {
            out = prepared(call).and_then(|prepared| match client.read_response::<O>(&prepared.sent, &answer) {
                Ok(_) => Ok("result".to_owned()),
                Err(error) => said(error),
            });
        })?;
        out
    }
}

/// An answer that is no result may still be understood.
fn said<O: rt::Operation>(error: rt::CallError<O>) -> Result<String, String> {
    match error {
        rt::CallError::Fault(fault) if fault.detail.is_some() => Ok("fault with detail".to_owned()),
        rt::CallError::Fault(_) => Ok("fault".to_owned()),
        rt::CallError::Refused(_) => Ok("refused".to_owned()),
        rt::CallError::Contradiction(_) => Ok("contradiction".to_owned()),
        rt::CallError::OutcomeUnknown { source, .. } => said(*source),
        other => Err(other.to_string()),
    }
}

/// What a module can do, by key.
#[derive(Default)]
struct Module {
    roots: BTreeMap<&'static str, Box<dyn Trip>>,
    calls: BTreeMap<&'static str, Box<dyn Called>>,
}

fn settings(credentials: bool) -> rt::Settings {
    let settings = rt::Settings::new().allow_plaintext_http(true);
    if credentials { settings.credentials("user", "word") } else { settings }
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(500).collect()
}

fn read(path: &str) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("harness: {path}: {error}"))
}

/// `what, module, key, input, output, …`; gives the drift and the detail.
fn job(field: &[&str], modules: &BTreeMap<&'static str, Module>, headers: &BTreeMap<String, String>) -> Result<(String, String), String> {
    let [what, module, key, input, output, rest @ ..] = field else { return Err("harness: not a job".to_owned()) };
    let module = modules.get(module).ok_or("harness: no such module")?;
    let input = read(input)?;
    match *what {
        "trip" | "strict" => {
            let root = module.roots.get(key).ok_or("harness: no such root")?;
            let (text, drift) = root.trip(&input, *what == "strict")?;
            std::fs::write(output, text).map_err(|error| format!("harness: {error}"))?;
            let drift: Vec<String> = drift.iter().map(|drift| format!("{}={}", drift.path, drift.kind)).collect();
            Ok((drift.join("|"), String::new()))
        }
        "request" => {
            let call = module.calls.get(key).ok_or("harness: no such call")?;
            std::fs::write(output, call.request(&input, headers)?).map_err(|error| format!("harness: {error}"))?;
            Ok((String::new(), String::new()))
        }
        "answer" => {
            let call = module.calls.get(key).ok_or("harness: no such call")?;
            let [status, media, body] = rest else { return Err("harness: not an answer".to_owned()) };
            let answer = http::Response::builder()
                .status(status.parse::<u16>().unwrap_or(200))
                .header("content-type", *media)
                .body(read(body)?.into_bytes())
                .map_err(|error| format!("harness: {error}"))?;
            Ok((String::new(), call.answer(&input, headers, answer)?))
        }
        _ => Err("harness: no such job".to_owned()),
    }
}

/// Does the jobs of a list. A line that starts with `header` names a header's document for the jobs of its module.
fn drive(modules: &BTreeMap<&'static str, Module>) {
    let list = std::env::args().nth(1).expect("a list of jobs");
    let list = std::fs::read_to_string(list).expect("a list of jobs");
    panic::set_hook(Box::new(|_| {}));
    let mut headers: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for line in list.lines() {
        let field: Vec<&str> = line.split('\t').collect();
        if let ["header", module, key, path] = field.as_slice() {
            if let Ok(text) = read(path) {
                headers.entry((*module).to_owned()).or_default().insert((*key).to_owned(), text);
            }
            continue;
        }
        let none = BTreeMap::new();
        let of_module = field.get(2).and_then(|module| headers.get(*module)).unwrap_or(&none);
        let done = panic::catch_unwind(AssertUnwindSafe(|| job(&field[1..], modules, of_module)));
        let (result, drift, detail) = match done {
            Ok(Ok((drift, detail))) => ("ok", drift, detail),
            Ok(Err(error)) => ("error", String::new(), error),
            Err(_) => ("panic", String::new(), String::new()),
        };
        println!("{}\t{result}\t{}\t{}", field[0], drift.replace(['\t', '\n'], " "), one_line(&detail));
        let _ = std::io::stdout().flush();
    }
}
