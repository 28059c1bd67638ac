//! `bindery drift`: what an application met that its contract does not say, summed up as a proposed change of the contract.
//!
//! The runtime's `DriftLog` writes the lines. They hold names, looks and counts and no values, so neither does the summary.

mod read;
mod words;

use std::collections::{BTreeMap, BTreeSet};

pub use self::read::{Line, Unread, read};

/// One difference, summed up over lines, operations and files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What differs, as the lines say: `unknown-element`, `unknown-value`, …
    pub kind: String,
    /// Namespace and name of the type whose content differs, where the reader knew it.
    pub owner: Option<(String, String)>,
    /// The member, attribute or slot; may be empty.
    pub name: String,
    /// What its values look like, all together: `int`, `dateTime`, `text`, `element`, …; may be empty.
    pub looks: String,
    /// The most characters a value had.
    pub longest: u64,
    /// Whether it occurred more than once in its place.
    pub repeated: bool,
    /// A new value, the name of a type, or the names of children.
    pub more: BTreeSet<String>,
    /// How often it was met.
    pub count: u64,
    /// When it was met first, in UTC.
    pub first: String,
    /// When it was met last.
    pub last: String,
    /// `Service.Operation` of the calls it was met in.
    pub operations: BTreeSet<String>,
    /// Where in their answers.
    pub paths: BTreeSet<String>,
}

/// What makes differences of several lines one.
type Key = (String, Option<(String, String)>, String, String);

/// Sums up lines, the most frequent difference first.
pub fn sum(lines: impl IntoIterator<Item = Line>) -> Vec<Finding> {
    let mut found: BTreeMap<Key, (Finding, BTreeSet<String>)> = BTreeMap::new();
    for line in lines {
        let owner = line.local.clone().map(|local| (line.namespace.clone().unwrap_or_default(), local));
        // Where the type is not known, the place stands for it. Each new value is a finding of its own.
        let place = match (&owner, line.kind.as_str()) {
            (_, "unknown-value" | "unknown-type") => format!("{} {}", line.path, line.more.join(" ")),
            (Some(_), _) => String::new(),
            (None, _) => line.path.clone(),
        };
        let key = (line.kind.clone(), owner.clone(), line.name.clone(), place);
        let (finding, looks) = found.entry(key).or_insert_with(|| {
            let finding = Finding {
                kind: line.kind,
                owner,
                name: line.name,
                looks: String::new(),
                longest: 0,
                repeated: false,
                more: BTreeSet::new(),
                count: 0,
                first: line.first.clone(),
                last: line.last.clone(),
                operations: BTreeSet::new(),
                paths: BTreeSet::new(),
            };
            (finding, BTreeSet::new())
        });
        looks.insert(line.looks);
        finding.longest = finding.longest.max(line.longest);
        finding.repeated |= line.repeated;
        finding.more.extend(line.more);
        finding.count = finding.count.saturating_add(line.count);
        // The times are all written alike, so that texts compare as times do.
        finding.first = finding.first.clone().min(line.first);
        finding.last = finding.last.clone().max(line.last);
        finding.operations.insert(format!("{}.{}", line.service, line.operation));
        finding.paths.insert(line.path);
    }
    let mut findings: Vec<Finding> =
        found.into_values().map(|(finding, looks)| Finding { looks: together(&looks).to_owned(), ..finding }).collect();
    // Stable: those of one count stay in the order of their keys.
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.count));
    findings
}

/// The narrowest look that holds all of them.
fn together(looks: &BTreeSet<String>) -> &str {
    let some: Vec<&str> = looks.iter().map(String::as_str).filter(|look| !matches!(*look, "empty" | "")).collect();
    match some.as_slice() {
        [] if looks.contains("empty") => "empty",
        [] => "",
        [one] => one,
        all if all.contains(&"secret") => "secret",
        all if all.iter().all(|look| matches!(*look, "int" | "long")) => "long",
        all if all.iter().all(|look| matches!(*look, "int" | "long" | "decimal")) => "decimal",
        all if all.iter().any(|look| matches!(*look, "element" | "mixed content" | "struct" | "array")) => {
            "mixed content"
        }
        _ => "text",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(kind: &str, owner: Option<&str>, name: &str, looks: &str, count: u64, operation: &str) -> Line {
        Line {
            version: 1,
            first: format!("2026-01-0{count}T00:00:00Z"),
            last: format!("2026-02-0{count}T00:00:00Z"),
            service: "Shop".to_owned(),
            operation: operation.to_owned(),
            kind: kind.to_owned(),
            path: format!("/{operation}Response/{name}"),
            namespace: Some("urn:shop".to_owned()),
            local: owner.map(str::to_owned),
            name: name.to_owned(),
            looks: looks.to_owned(),
            count,
            longest: 5,
            repeated: false,
            more: Vec::new(),
        }
    }

    #[test]
    fn lines_about_one_member_become_one_finding() {
        let findings = sum([
            line("unknown-element", Some("Order"), "Price", "int", 2, "Find"),
            line("unknown-element", Some("Order"), "Price", "decimal", 3, "List"),
            line("unknown-element", Some("Order"), "Note", "text", 4, "Find"),
        ]);
        let price = &findings[0];
        assert_eq!((price.name.as_str(), price.count, price.looks.as_str()), ("Price", 5, "decimal"));
        assert_eq!((price.first.as_str(), price.last.as_str()), ("2026-01-02T00:00:00Z", "2026-02-03T00:00:00Z"));
        assert_eq!(price.operations.iter().collect::<Vec<_>>(), ["Shop.Find", "Shop.List"]);
        assert_eq!(findings[1].name, "Note");
        assert!(
            price.sentence().starts_with("new optional member `Price`, looks like decimal"),
            "{}",
            price.sentence()
        );
        assert_eq!(price.proposal().unwrap().1, "Price: Option<Decimal>,");
    }

    #[test]
    fn looks_are_joined_to_what_holds_them_all() {
        for (looks, all) in [
            (&["int", "empty"][..], "int"),
            (&["int", "long"], "long"),
            (&["date", "dateTime"], "text"),
            (&["element", "empty"], "element"),
            (&["element", "text"], "mixed content"),
            (&["empty"], "empty"),
            (&["secret", "text"], "secret"),
        ] {
            let looks = looks.iter().map(|look| (*look).to_owned()).collect();
            assert_eq!(together(&looks), all, "{looks:?}");
        }
    }

    #[test]
    fn proposals_are_lines_of_a_contract() {
        let proposal = |kind: &str, name: &str, looks: &str, more: &[&str], repeated: bool| {
            let mut line = line(kind, Some("Order"), name, looks, 1, "Find");
            line.more = more.iter().map(|more| (*more).to_owned()).collect();
            line.repeated = repeated;
            sum([line])[0].proposal().map(|(_, line)| line)
        };
        let says = |text: &str| Some(text.to_owned());
        assert_eq!(proposal("unknown-element", "type", "bool", &[], false), says("r#type: Option<bool>,"));
        assert_eq!(proposal("unknown-element", "a-b", "guid", &[], true), says("#[wire(\"a-b\")]\na_b: Vec<Guid>,"));
        assert_eq!(proposal("unknown-element", "Who", "element", &["Name"], false), says("Who: Option<Xml>,"));
        assert_eq!(proposal("unknown-element", "Key", "secret", &[], false), says("#[secret]\nKey: Option<String>,"));
        assert_eq!(proposal("unknown-attribute", "v", "int", &[], false), says("#[attribute]\nv: Option<i32>,"));
        assert_eq!(proposal("unknown-value", "State", "", &["Expired"], false), says("Expired,"));
        assert_eq!(proposal("unknown-value", "State", "", &["42"], false), says("Code42 = 42,"));
        assert_eq!(proposal("order", "State", "", &[], false), None);
    }
}
