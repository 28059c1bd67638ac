//! Contract files that attack the generator: each must be refused with words that help, or accepted, and nothing may panic or hang.
//!
//! The inputs and what must happen to each are not part of this repository (`../shared/hostile`); without them the test passes
//! and says so.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use bindery_codegen::diagnostic::{Diagnostics, Severity};
use bindery_codegen::source::Sources;
use bindery_codegen::wsdl::{LoadOptions, load_model};

/// Alternatives the manifest separates with `;`: for these inputs one of the words is enough.
const ANY_OF: &[&str] = &["w02", "w03", "w04", "w18", "x12"];

/// Inputs that are refused by a strict run only; otherwise what they refer to is left open or out, with a warning.
const FORGIVEN: &[&str] = &["w39", "w40", "x24", "x30", "x31", "x32"];

fn hostile() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/hostile");
    folder.is_dir().then_some(folder)
}

/// A copy that may be written to: one input needs a symbolic link beside it.
fn copy(from: &Path) -> PathBuf {
    let to = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("hostile");
    for part in ["wsdl", "xsd"] {
        copy_folder(&from.join(part), &to.join(part));
    }
    #[cfg(unix)]
    {
        let link = to.join("wsdl/w12_link.wsdl");
        let _ = std::fs::remove_file(&link);
        std::os::unix::fs::symlink("/etc/hostname", link).expect("makes a link");
    }
    to
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("makes the folder");
    for entry in std::fs::read_dir(from).expect("lists the folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            let bytes = std::fs::read(entry.path()).expect("reads");
            std::fs::write(target, bytes).expect("writes");
        }
    }
}

#[test]
fn every_hostile_contract_meets_its_row() {
    let Some(shared) = hostile() else {
        println!("skipped: needs ../shared");
        return;
    };
    let manifest = std::fs::read_to_string(shared.join("manifest.tsv")).expect("reads the manifest");
    let folder = copy(&shared);
    let mut wrong = Vec::new();
    let mut rows = 0;
    for line in manifest.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [id, path, _, must, says, value, ..] = fields.as_slice() else { continue };
        if !id.starts_with(['w', 'x']) || (cfg!(not(unix)) && *id == "w12") {
            continue;
        }
        rows += 1;
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let start = Instant::now();
        let strict = LoadOptions { strict: true, ..LoadOptions::default() };
        let model = load_model(&[folder.join(path)], &strict, &mut sources, &mut diagnostics);
        let took = start.elapsed();
        let text = diagnostics.render(&sources, false);
        let short: String = text.chars().take(600).collect();
        let mut fail = |why: &str| wrong.push(format!("{id} ({must}): {why}\n{short}"));
        if took > Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 2 }) {
            fail(&format!("took {took:?}"));
        }
        if text.contains("root:") {
            fail("shows what another file holds");
        }
        let outcome = match (&model, diagnostics.count(Severity::Warning)) {
            (None, _) => "REJECT",
            (Some(_), 0) => "ACCEPT",
            (Some(_), _) => "ACCEPT+WARN",
        };
        let allowed = must.split('|').map(|kind| kind.split(':').next().unwrap_or(kind)).any(|kind| {
            kind == outcome
                || (kind == "ACCEPT" && outcome == "ACCEPT+WARN")
                || (outcome == "REJECT" && must.starts_with("REJECT"))
        });
        if !allowed {
            fail(&format!("came out as {outcome}"));
            continue;
        }
        let unsaid = |text: &str| -> Vec<String> {
            let missing: Vec<String> = says.split(';').filter(|word| !said(word, text)).map(str::to_owned).collect();
            let enough = *says == "-" || (ANY_OF.contains(id) && missing.len() < says.split(';').count());
            if enough { Vec::new() } else { missing }
        };
        if outcome != "ACCEPT" && !unsaid(&text).is_empty() {
            fail(&format!("does not say {:?}", unsaid(&text)));
        }
        // What is refused strictly is never taken in silence otherwise: the same words, in an error or in a warning.
        if outcome == "REJECT" {
            let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
            let taken = load_model(&[folder.join(path)], &LoadOptions::default(), &mut sources, &mut diagnostics);
            let text = diagnostics.render(&sources, false);
            if diagnostics.count(Severity::Warning) + diagnostics.count(Severity::Error) == 0 {
                fail("is taken in silence when not strict");
            } else if !unsaid(&text).is_empty() {
                fail(&format!("when not strict, does not say {:?}:\n{text}", unsaid(&text)));
            }
            if taken.is_some() && !FORGIVEN.contains(id) {
                fail(&format!("is taken when not strict:\n{text}"));
            }
        }
        let docs = value.strip_prefix("{\"doc\": \"").and_then(|rest| rest.strip_suffix("\"}"));
        if let (Some(model), Some(docs)) = (&model, docs)
            && !bindery_codegen::model::print(model).contains(docs)
        {
            fail("loses the documentation");
        }
    }
    assert!(rows > 50, "the manifest names only {rows} contracts");
    assert!(wrong.is_empty(), "{} of {rows} wrong:\n\n{}", wrong.len(), wrong.join("\n\n"));
}

/// A word of the manifest; `line` stands for any place (`file:line:column`).
fn said(word: &str, text: &str) -> bool {
    if word == "line" {
        return text.contains("-->") || text.contains("line ");
    }
    text.to_lowercase().contains(&word.to_lowercase())
}
