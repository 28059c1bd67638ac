//! What `bindery diff` says about the versions of real contracts. The reports are in `diff/histories/`; the contracts are not ours
//! to publish, so without them the tests pass and say so. `UPDATE_EXPECT=1` writes the reports anew.

use std::path::{Path, PathBuf};

use bindery_codegen::diff::render::{FailOn, Format, Named, render};
use bindery_codegen::diff::{self, Language};
use bindery_codegen::generate::{self, Request};
use similar::TextDiff;

/// The report's name, and file and root folder of either side, below the shared folder.
const HISTORIES: &[(&str, [&str; 2], [&str; 2])] = &[
    ("mont", ["change/mont-v1/nopolicy.wsdl", ""], ["change/mont-v2/nopolicy.wsdl", ""]),
    ("ews", ["corpus/ews-kdsoap2007/Services.wsdl", ""], ["corpus/ews/services.wsdl", ""]),
    (
        "ubl-invoice",
        ["corpus/ubl21/maindoc/UBL-Invoice-2.1.xsd", "corpus/ubl21"],
        ["corpus/ubl23/maindoc/UBL-Invoice-2.3.xsd", "corpus/ubl23"],
    ),
    (
        "ubl-order",
        ["corpus/ubl21/maindoc/UBL-Order-2.1.xsd", "corpus/ubl21"],
        ["corpus/ubl23/maindoc/UBL-Order-2.3.xsd", "corpus/ubl23"],
    ),
    (
        "docusign-connect",
        ["corpus/docusign/MS.NET/Connect/Web References/net.docusign.test/api.wsdl", ""],
        ["corpus/docusign/PHP/CodeSnippets/api/DSAPIService.wsdl", ""],
    ),
    (
        "docusign-api",
        ["corpus/docusign/PHP/CodeSnippets/api/DSAPIService.wsdl", ""],
        ["corpus/docusign/PHP/CodeSnippets/api/APIService.wsdl", ""],
    ),
    (
        "docusign-credential",
        ["corpus/docusign/PHP/DocuSignSample/api/Credential.wsdl", ""],
        ["corpus/docusign/PHP/CodeSnippets/api/CredentialService.wsdl", ""],
    ),
    (
        "nfe-situation",
        ["corpus/gov-br-nfe/nfe_cons/schemas/v2_0/retConsSitNFe_v2.01.xsd", ""],
        ["corpus/gov-br-nfe/nfe/schemas/v4_0/retConsSitNFe_v4.00.xsd", ""],
    ),
    (
        "sii-issued-invoices",
        ["corpus/gov-es-sii/atc/wsdl/SuministroFactEmitidas.wsdl", ""],
        ["corpus/gov-es-sii/wsdl/SuministroFactEmitidas.wsdl", ""],
    ),
];

fn shared() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    if folder.join("corpus").is_dir() {
        return Some(folder);
    }
    println!("skipped: needs ../shared");
    None
}

fn load(shared: &Path, [file, root]: [&str; 2]) -> generate::Loaded {
    let roots = if root.is_empty() { Vec::new() } else { vec![shared.join(root)] };
    let request = Request { inputs: vec![shared.join(file)], roots, ..Request::default() };
    generate::load(&request, Some("read")).unwrap_or_else(|failure| panic!("{file}:\n{failure}"))
}

#[test]
fn histories_read_like_changelogs() {
    let Some(shared) = shared() else { return };
    let mut wrong = String::new();
    for (name, old, new) in HISTORIES {
        let report = diff::compare(&load(&shared, *old).model, &load(&shared, *new).model);
        let file = |side: [&str; 2]| side[0].rsplit('/').next().unwrap_or_default().to_owned();
        let title = format!("{} → {}", file(*old), file(*new));
        let named = [Named { name: &title, report: &report }];
        let found = render(&named, Format::Markdown, Language::English, FailOn::default());
        let path = PathBuf::from(format!("tests/diff/histories/{name}.md"));
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&path, &found).expect("writing the expected report");
            continue;
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        if found != expected {
            let diff = TextDiff::from_lines(expected.as_str(), &found);
            wrong.push_str(&format!("{}:\n{}\n", path.display(), diff.unified_diff().context_radius(0)));
        }
    }
    assert!(wrong.is_empty(), "{wrong}(UPDATE_EXPECT=1 writes the reports anew)");
}

/// A vendor that has the version in the namespace does not replace everything with each version.
#[test]
fn a_version_in_the_namespace_is_one_change() {
    let Some(shared) = shared() else { return };
    let text = std::fs::read_to_string(shared.join("corpus/fedex/TrackService_v16.wsdl")).expect("the contract");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("diff-histories");
    std::fs::create_dir_all(&folder).expect("makes a folder");
    let read = |name: &str, text: &str| {
        std::fs::write(folder.join(name), text).expect("writes");
        load(&folder, [name, ""]).model
    };
    let old = read("TrackService_v16.wsdl", &text);
    let new = read(
        "TrackService_v17.wsdl",
        &text.replace("ws/track/v16", "ws/track/v17").replace("name=\"CarrierCode\" type", "name=\"Carrier\" type"),
    );
    let found = diff::compare(&old, &new).findings;
    let of = |rule: &str| found.iter().filter(|finding| finding.rule.id == rule).count();
    assert_eq!(of("namespace-changed"), 1, "{found:#?}");
    assert_eq!(found.len(), 1 + of("member-renamed") + of("action-changed"), "{found:#?}");
    assert!(of("member-renamed") > 0, "{found:#?}");
}

/// The other direction of time has as much to say, and a version nothing to say against itself.
#[test]
fn a_version_does_not_differ_from_itself() {
    let Some(shared) = shared() else { return };
    for (name, old, new) in HISTORIES {
        for side in [old, new] {
            let model = load(&shared, *side).model;
            let found = diff::compare(&model, &model).findings;
            assert!(found.is_empty(), "{name}: {:?}", found.first());
        }
    }
}
