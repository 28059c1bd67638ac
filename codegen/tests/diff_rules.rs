//! Every rule of `bindery diff` has a pair of contracts in `diff/rules/` that it is about. What is found in each pair is in
//! `diff/rules.txt`, and the catalogue `docs/diff-rules.md` is made of rules, texts and pairs. `UPDATE_EXPECT=1` writes both anew.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use bindery_codegen::diff::messages::{what, why};
use bindery_codegen::diff::{self, Finding, Language, Report, Rule, Verdict, rules};
use bindery_codegen::generate::{self, Loaded, Request};
use similar::{ChangeTag, TextDiff};

/// Tests run in the package's folder.
const PAIRS: &str = "tests/diff/rules";

fn side(rule: &str, side: &str) -> PathBuf {
    let folder = Path::new(PAIRS).join(rule);
    ["xsd", "wsdl", "contract.rs"]
        .into_iter()
        .map(|kind| folder.join(format!("{side}.{kind}")))
        .find(|path| path.is_file())
        .unwrap_or_else(|| panic!("{} has no {side} contract", folder.display()))
}

fn read(path: &Path) -> Loaded {
    let request = Request { inputs: vec![path.to_owned()], ..Request::default() };
    generate::load(&request, Some("read")).unwrap_or_else(|failure| panic!("{}:\n{failure}", path.display()))
}

fn compare(rule: &str) -> Report {
    diff::compare(&read(&side(rule, "old")).model, &read(&side(rule, "new")).model)
}

fn broken(finding: &Finding) -> String {
    let verdicts = &finding.verdicts;
    let parts = [
        (verdicts.request, "request"),
        (verdicts.response, "response"),
        (verdicts.source, "source"),
        (verdicts.behaviour, "behaviour"),
    ];
    let broken: Vec<&str> =
        parts.into_iter().filter(|(verdict, _)| *verdict == Verdict::Breaking).map(|(_, word)| word).collect();
    if broken.is_empty() { "nothing".to_owned() } else { broken.join(", ") }
}

/// Compares with a file, or writes it.
fn expect(path: &Path, found: &str) {
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(path, found).expect("writing the expected text");
        return;
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    if found != expected {
        let diff = TextDiff::from_lines(expected.as_str(), found);
        panic!("{} (UPDATE_EXPECT=1 writes it anew):\n{}", path.display(), diff.unified_diff().context_radius(1));
    }
}

#[test]
fn every_rule_is_found_in_its_pair() {
    let mut text = String::new();
    let mut silent = Vec::new();
    for rule in rules::all() {
        let report = compare(rule.id);
        if !report.findings.iter().any(|finding| finding.rule == rule) {
            silent.push(rule.id);
        }
        let _ = writeln!(text, "{}", rule.id);
        for finding in &report.findings {
            let place = if finding.path.is_empty() { finding.owner.name.clone() } else { finding.path.clone() };
            let directions: Vec<&str> = finding.directions.words().collect();
            let _ = writeln!(
                text,
                "  {} {} {place} [{}]: {:?} -> {:?}: breaks {}",
                finding.rule.id,
                finding.owner.kind.word(),
                directions.join(" "),
                finding.before,
                finding.after,
                broken(finding)
            );
        }
    }
    expect(Path::new("tests/diff/rules.txt"), &text);
    assert!(silent.is_empty(), "rules that their own pairs do not show: {silent:?}");
}

#[test]
fn every_pair_is_of_a_rule_and_says_nothing_against_itself() {
    for entry in std::fs::read_dir(PAIRS).expect("the folder of pairs") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        assert!(rules::find(&name).is_some(), "no rule is called {name}");
        for version in ["old", "new"] {
            let model = read(&side(&name, version)).model;
            let found = diff::compare(&model, &model).findings;
            assert!(found.is_empty(), "{name}/{version} differs from itself: {found:#?}");
        }
    }
}

/// The catalogue: a page for people, with an example and the reasons for every rule.
#[test]
fn the_catalogue_is_what_the_rules_say() {
    let mut page = String::from(
        "# Rules of `bindery diff`\n\n\
         <!-- Written by `UPDATE_EXPECT=1 cargo test -p bindery-codegen --test diff_rules`: edit the rules, not this page. -->\n\n\
         Each rule has a name that never changes, an example, and four verdicts:\n\n\
         * **request**: does a server of the new contract take what a client of the old one sends?\n\
         * **response**: does a client of the old contract read what a server of the new one answers?\n\
         * **source**: does code written against the old bindings compile against the new ones?\n\
         * **behaviour**: where it compiles and works, does it mean the same?\n\n\
         The first two together are the **wire**. ✓ is safe, ✗ is breaking; ± depends on the case, and is ✗ where that cannot be told.\n\
         The server is taken for a strict one, which refuses what its contract does not allow. A change counts in the directions the thing\n\
         is used in only: a new required member of a reply breaks no request. How the reports are read, and how a change that was looked at is\n\
         accepted, is in [change.md](change.md#diff).\n",
    );
    let mut area = "";
    for rule in rules::all() {
        if rule.area != area {
            area = rule.area;
            let _ = write!(
                page,
                "\n## {}\n\n| rule | request | response | source | behaviour |\n|---|---|---|---|---|\n",
                title(area)
            );
            for rule in rules::all().filter(|rule| rule.area == area) {
                let marks = [rule.request, rule.response, rule.source, rule.behaviour].map(mark);
                let _ = writeln!(page, "| [`{0}`](#{0}) | {1} |", rule.id, marks.join(" | "));
            }
        }
        section(&mut page, rule);
    }
    let docs = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/diff-rules.md");
    expect(Path::new(docs), &page);
}

fn title(area: &str) -> String {
    let mut chars = area.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn mark(says: diff::Says) -> &'static str {
    match says {
        diff::Says::Safe => "✓",
        diff::Says::Breaking => "✗",
        diff::Says::Depends => "±",
    }
}

fn section(page: &mut String, rule: &Rule) {
    let name = |text: &str| text.replace("`{name}`", "…").replace("{name}", "…");
    let _ = write!(
        page,
        "\n### {}\n\n{}. {}\n\n",
        rule.id,
        upper(&name(what(rule, Language::English))),
        why(rule, Language::English)
    );
    let (old, new) = (side(rule.id, "old"), side(rule.id, "new"));
    let (old, new) = (std::fs::read_to_string(old).expect("the pair"), std::fs::read_to_string(new).expect("the pair"));
    let _ = writeln!(page, "```diff");
    let mut lines = 0;
    for change in TextDiff::from_lines(&old, &new).iter_all_changes() {
        let sign = match change.tag() {
            ChangeTag::Equal => continue,
            ChangeTag::Delete => '-',
            ChangeTag::Insert => '+',
        };
        lines += 1;
        if lines <= 24 {
            let _ = writeln!(page, "{sign}{}", change.value().trim_end());
        }
    }
    if lines > 24 {
        let _ = writeln!(page, " …");
    }
    let _ = writeln!(page, "```\n");
    let report = compare(rule.id);
    if let Some(finding) = report.findings.iter().find(|finding| finding.rule == rule) {
        let _ = writeln!(page, "Here it breaks: {}.", broken(finding));
    }
}

fn upper(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
