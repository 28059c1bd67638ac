// The program that a crate of generated modules is run with: reads each document of a list, writes it, reads what was
// written, and says how that went. It becomes part of another crate (`roundtrip.rs` writes it), hence no module of this one.

use std::fmt::Debug;
use std::io::Write as _;
use std::panic::{self, AssertUnwindSafe};

use bindery_runtime as rt;

/// A document that made it.
struct Made {
    /// Its other form.
    text: String,
    /// Differences from the contract that were met.
    drift: Vec<rt::Drift>,
    /// The value read from the other form is another one.
    differs: bool,
    /// The first thing that validation finds.
    violation: Option<String>,
}

trait Trip {
    fn name(&self) -> rt::Name;
    fn trip(&self, text: &str) -> Result<Made, (&'static str, String)>;
}

impl<T: rt::Value + PartialEq + Debug> Trip for rt::Root<T> {
    fn name(&self) -> rt::Name {
        rt::Root::name(self)
    }

    fn trip(&self, text: &str) -> Result<Made, (&'static str, String)> {
        let (value, decoded) = self.read_with(text, |_| {}).map_err(|error| ("read", error.to_string()))?;
        let text = self.write(&value).map_err(|error| ("write", error.to_string()))?;
        let again = self.read(&text).map_err(|error| ("read again", error.to_string()))?;
        // NaN is not equal to itself, nor is a piece kept as it was written to one that declares its prefixes elsewhere; what is
        // written for either is.
        let differs = value != again && self.write(&again).ok().as_ref() != Some(&text);
        let violation = self.validate(&value).err().and_then(|found| found.first().map(ToString::to_string));
        Ok(Made { text, drift: decoded.drift, differs, violation })
    }
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(400).collect()
}

/// `ID, module, namespace, local name, document, where to write` for each line of the list.
fn run(line: &str, roots: &dyn Fn(&str, &str) -> Vec<&'static dyn Trip>) -> (String, String, String) {
    let field: Vec<&str> = line.split('\t').collect();
    let [_, module, ns, local, document, other] = field.as_slice() else {
        return ("harness".into(), String::new(), "not a line of a list".into());
    };
    let candidates = roots(module, local);
    let Some(root) = candidates.iter().find(|root| root.name().ns == *ns && root.name().local == *local) else {
        return ("no root".into(), String::new(), format!("no global element {{{ns}}}{local}"));
    };
    let text = match std::fs::read_to_string(document) {
        Ok(text) => text,
        Err(error) => return ("harness".into(), String::new(), error.to_string()),
    };
    match panic::catch_unwind(AssertUnwindSafe(|| root.trip(&text))) {
        Err(_) => ("panic".into(), String::new(), String::new()),
        Ok(Err((stage, error))) => (stage.into(), String::new(), error),
        Ok(Ok(made)) => {
            if let Err(error) = std::fs::write(other, &made.text) {
                return ("harness".into(), String::new(), error.to_string());
            }
            let drift = made.drift.first().map_or_else(String::new, ToString::to_string);
            (if made.differs { "differs" } else { "ok" }.into(), drift, made.violation.unwrap_or_default())
        }
    }
}

fn drive(roots: &'static (dyn Fn(&str, &str) -> Vec<&'static dyn Trip> + Sync)) {
    let list = std::env::args().nth(1).expect("a list of documents");
    let list = std::fs::read_to_string(list).expect("a list of documents");
    panic::set_hook(Box::new(|_| {}));
    for line in list.lines() {
        let id = line.split('\t').next().unwrap_or_default();
        let (result, drift, detail) = run(line, roots);
        println!("{id}\t{result}\t{}\t{}", one_line(&drift), one_line(&detail));
        let _ = std::io::stdout().flush();
    }
}
