//! What generated code costs to compile: a schema of N record types with 12 members each, as data contracts have them, made
//! Rust and compiled in a crate of its own; the same crate without it is subtracted. For comparison the same structs with
//! serde's derives. CPU seconds of cargo and what it starts, one job.
//!
//! `cargo run --release --features compile-cost --bin compile_cost [N] [with-serde]`

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let types: usize = arguments.iter().find_map(|argument| argument.parse().ok()).unwrap_or(100);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/compile_cost");
    std::fs::create_dir_all(&folder).expect("a folder to work in");

    let schema = schema(types);
    let path = folder.join("records.xsd");
    std::fs::write(&path, &schema).expect("the schema");
    let parse = best(|| drop(roxmltree::Document::parse(&schema).expect("XML")));
    let builder = bindery_codegen::Builder::new().wsdl(&path);
    let generate = best(|| drop(builder.generate().expect("generated")));
    let text = builder.generate().expect("generated").text;
    let per_type = text.len() / types;
    println!("{types} types of 12 members: {} bytes of schema, {per_type} bytes of Rust per type", schema.len());
    println!("parse {:.1} ms, generate {:.1} ms: {:.1} times", parse * 1e3, generate * 1e3, generate / parse);

    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../runtime");
    let ours = format!("bindery-runtime = {{ path = {runtime:?} }}");
    report("ours", types, &folder, &ours, &format!("{text}\n{}", use_ours()), "pub use bindery_runtime as rt;");
    if arguments.iter().any(|argument| argument == "with-serde") {
        let dependencies = "serde = { version = \"1\", features = [\"derive\"] }\nquick-xml = { version = \"0.42\", features = [\"serialize\"] }";
        let none = "pub use quick_xml as xml; pub use serde as s;";
        report("serde derives", types, &folder, dependencies, &with_serde(types), none);
    }
}

/// The best of some runs, in seconds.
fn best(run: impl Fn()) -> f64 {
    let time = |_| {
        let start = Instant::now();
        run();
        start.elapsed().as_secs_f64()
    };
    (0..7).map(time).fold(f64::MAX, f64::min)
}

/// The members: name, XSD type, occurrence, Rust type.
const MEMBERS: [(&str, &str, &str, &str); 10] = [
    ("Name", "xs:string", "", "String"),
    ("Code", "xs:string", "", "String"),
    ("Owner", "xs:string", "", "String"),
    ("Note", "xs:string", " minOccurs=\"0\"", "Option<String>"),
    ("Comment", "xs:string", " minOccurs=\"0\"", "Option<String>"),
    ("Source", "xs:string", " minOccurs=\"0\"", "Option<String>"),
    ("Count", "xs:int", "", "i32"),
    ("Level", "xs:int", "", "i32"),
    ("Limit", "xs:int", " minOccurs=\"0\"", "Option<i32>"),
    ("Active", "xs:boolean", "", "bool"),
];

/// The types that type `index` has members of: one optional, one repeated; they form a tree.
fn children(index: usize, types: usize) -> [Option<usize>; 2] {
    [2 * index + 1, 2 * index + 2].map(|child| (child < types).then_some(child))
}

fn schema(types: usize) -> String {
    let mut text = String::from(
        "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:t=\"urn:bench\" targetNamespace=\"urn:bench\" \
         elementFormDefault=\"qualified\">\n<xs:element name=\"Root\" type=\"t:Record0\"/>\n",
    );
    for index in 0..types {
        let _ = writeln!(text, "<xs:complexType name=\"Record{index}\"><xs:sequence>");
        for (name, ty, occurs, _) in MEMBERS {
            let _ = writeln!(text, "  <xs:element name=\"{name}{index}\" type=\"{ty}\"{occurs}/>");
        }
        let kinds = [("Part", " minOccurs=\"0\""), ("Item", " minOccurs=\"0\" maxOccurs=\"unbounded\"")];
        for ((name, occurs), child) in kinds.into_iter().zip(children(index, types)) {
            let ty = child.map_or("xs:string".into(), |child| format!("t:Record{child}"));
            let _ = writeln!(text, "  <xs:element name=\"{name}{index}\" type=\"{ty}\"{occurs}/>");
        }
        text.push_str("</xs:sequence></xs:complexType>\n");
    }
    text.push_str("</xs:schema>\n");
    text
}

/// Reads and writes the root, so that nothing is left out for not being used.
fn use_ours() -> &'static str {
    "pub fn round(text: &str) -> String { match elements::ROOT.read(text) { Ok(value) => elements::ROOT.write(&value).unwrap_or_default(), \
     Err(error) => error.to_string() } }\n"
}

fn with_serde(types: usize) -> String {
    let mut text = String::from("use serde::{Deserialize, Serialize};\n");
    for index in 0..types {
        let _ =
            writeln!(text, "#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]\npub struct Record{index} {{");
        for (name, _, _, ty) in MEMBERS {
            let field = name.to_lowercase();
            let _ = writeln!(text, "    #[serde(rename = \"{name}{index}\")]\n    pub {field}_{index}: {ty},");
        }
        let [part, item] =
            children(index, types).map(|child| child.map_or("String".into(), |child| format!("Record{child}")));
        let _ = writeln!(text, "    #[serde(rename = \"Part{index}\")]\n    pub part_{index}: Option<Box<{part}>>,");
        let _ =
            writeln!(text, "    #[serde(rename = \"Item{index}\", default)]\n    pub item_{index}: Vec<{item}>,\n}}");
    }
    text.push_str(
        "pub fn round(text: &str) -> String { match quick_xml::de::from_str::<Record0>(text) { \
         Ok(value) => quick_xml::se::to_string(&value).unwrap_or_default(), Err(error) => error.to_string() } }\n",
    );
    text
}

/// Compiles the code, and next to nothing, and prints the difference.
fn report(title: &str, types: usize, folder: &Path, dependencies: &str, code: &str, nothing: &str) {
    let crate_folder = folder.join(title.replace(' ', "_"));
    std::fs::create_dir_all(crate_folder.join("src")).expect("a folder to work in");
    let manifest = format!(
        "[workspace]\n[package]\nname = \"cost\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[dependencies]\n{dependencies}\n"
    );
    std::fs::write(crate_folder.join("Cargo.toml"), manifest).expect("the manifest");
    for (what, arguments) in [("check", &["check"][..]), ("release build", &["build", "--release"])] {
        let cost = |code: &str| -> f64 {
            std::fs::write(crate_folder.join("src/lib.rs"), code).expect("the code");
            cargo(&crate_folder, folder, arguments)
        };
        // The first run compiles what the crate depends on.
        cost("");
        let cost = cost(code) - cost(nothing);
        let each = cost * 100.0 / types as f64;
        println!("{title}: {what} {cost:.2} CPU s, {each:.2} per 100 types");
    }
}

/// Runs cargo, and returns the CPU seconds it and its children took.
fn cargo(crate_folder: &Path, folder: &Path, arguments: &[&str]) -> f64 {
    let target: PathBuf = folder.join("target");
    let before = children_cpu();
    let status = Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--quiet", "--jobs", "1"])
        .current_dir(crate_folder)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_INCREMENTAL", "0")
        .stdout(Stdio::null())
        .status()
        .expect("cargo");
    assert!(status.success(), "cargo {arguments:?} in {}", crate_folder.display());
    children_cpu() - before
}

/// The CPU seconds of all child processes that ended, from `/proc`: this measurement is for Linux.
fn children_cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    // Behind the name in parentheses: fields 3 and on; 16 and 17 are the ticks (100 a second) of children.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |index: usize| fields.get(index).and_then(|field| field.parse::<f64>().ok()).unwrap_or_default();
    (ticks(13) + ticks(14)) / 100.0
}
