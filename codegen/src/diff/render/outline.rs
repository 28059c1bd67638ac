//! A report as a person would write it: changes by what they belong to, the worst first; what is the same in many places is said
//! once, and what only came or went is listed.

use std::collections::BTreeMap;

use super::words::Words;
use crate::diff::{Finding, Owner, Report};

/// As many other places are named.
pub(super) const OTHERS: usize = 5;
/// As many names a list shows.
pub(super) const LISTED: usize = 40;

pub(super) struct Outline<'r> {
    pub(super) groups: Vec<Group<'r>>,
    pub(super) lists: Vec<List<'r>>,
}

/// The changes of one thing.
pub(super) struct Group<'r> {
    pub(super) owner: &'r Owner,
    pub(super) entries: Vec<Entry<'r>>,
}

/// A change, and the other places that have the same.
pub(super) struct Entry<'r> {
    pub(super) finding: &'r Finding,
    pub(super) others: Vec<&'r Finding>,
    /// Changes of the same kind beside it, which differ in nothing but the name.
    pub(super) likewise: Vec<&'r Finding>,
}

/// Things of which there is nothing to say but that they came or went.
pub(super) struct List<'r> {
    pub(super) heading: &'static str,
    pub(super) findings: Vec<&'r Finding>,
}

/// What makes two changes the same, wherever they are.
type Sameness<'r> = (&'static str, String, &'r str, &'r str, u8, bool);

fn sameness(finding: &Finding) -> Sameness<'_> {
    let verdicts = finding.verdicts;
    let bits = u8::from(verdicts.request.is_safe())
        | u8::from(verdicts.response.is_safe()) << 1
        | u8::from(verdicts.source.is_safe()) << 2
        | u8::from(verdicts.behaviour.is_safe()) << 3;
    // An owner's own change has its name in the sentence, and is the same as another's only where both have none.
    (finding.rule.id, finding.path.clone(), &finding.before, &finding.after, bits, finding.path.is_empty())
}

pub(super) fn outline<'r>(report: &'r Report, words: &Words) -> Outline<'r> {
    let mut lists: Vec<List<'r>> = Vec::new();
    let mut places: BTreeMap<Sameness<'r>, (usize, usize)> = BTreeMap::new();
    let mut groups: Vec<Group<'r>> = Vec::new();
    for (id, heading) in words.lists {
        let findings: Vec<&Finding> = report.findings.iter().filter(|finding| finding.rule.id == id).collect();
        if !findings.is_empty() {
            lists.push(List { heading, findings });
        }
    }
    for finding in &report.findings {
        if words.lists.iter().any(|(id, _)| *id == finding.rule.id) {
            continue;
        }
        let key = sameness(finding);
        if let Some((group, entry)) = places.get(&key)
            && groups[*group].owner != &finding.owner
        {
            groups[*group].entries[*entry].others.push(finding);
            continue;
        }
        if groups.last().is_none_or(|group| group.owner != &finding.owner) {
            groups.push(Group { owner: &finding.owner, entries: Vec::new() });
        }
        let at = groups.len() - 1;
        groups[at].entries.push(Entry { finding, others: Vec::new(), likewise: Vec::new() });
        places.entry(key).or_insert((at, groups[at].entries.len() - 1));
    }
    groups.iter_mut().for_each(merge);
    // What is told elsewhere already may have been the worst of a group.
    groups.sort_by_key(Group::section);
    Outline { groups, lists }
}

/// Rules of which a thing often has many at once, and whose findings say little more than a name.
const NAMES_ONLY: &[&str] = &[
    "choice-branch-added",
    "choice-branch-removed",
    "derived-type-added",
    "derived-type-removed",
    "value-added",
    "value-removed",
];
/// As many of them stay lines of their own.
const FEW: usize = 3;

/// Joins what would be a long list of lines that differ in a name.
fn merge(group: &mut Group<'_>) {
    for rule in NAMES_ONLY {
        let weigh = |entry: &Entry<'_>| entry.finding.rule.id == *rule && entry.others.is_empty();
        let Some(first) = group.entries.iter().position(weigh) else { continue };
        let verdicts = group.entries[first].finding.verdicts;
        let same = |entry: &Entry<'_>| weigh(entry) && entry.finding.verdicts == verdicts;
        if group.entries.iter().filter(|entry| same(entry)).count() <= FEW {
            continue;
        }
        let all = std::mem::take(&mut group.entries);
        let (mut alike, mut rest): (Vec<_>, Vec<_>) = all.into_iter().partition(same);
        let mut kept = alike.remove(0);
        kept.likewise = alike.iter().map(|entry| entry.finding).collect();
        rest.insert(first.min(rest.len()), kept);
        group.entries = rest;
    }
}

/// The part of the report a thing belongs to, by the worst that is said of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    Wire,
    Source,
    Behaviour,
    Nothing,
}

impl Group<'_> {
    pub(super) fn section(&self) -> Section {
        let worst = self.entries.iter().map(|entry| entry.finding.verdicts.weight()).max().unwrap_or_default();
        match worst {
            4.. => Section::Wire,
            2.. => Section::Source,
            1 => Section::Behaviour,
            0 => Section::Nothing,
        }
    }
}

/// Names, at most so many, and how many more there are.
pub(super) fn names(findings: &[&Finding], most: usize, words: &Words, quote: &str) -> String {
    let mut names: Vec<String> = findings.iter().map(|finding| name(finding)).collect();
    names.dedup();
    let more = names.len().saturating_sub(most);
    let mut shown: Vec<String> = names.into_iter().take(most).map(|name| format!("{quote}{name}{quote}")).collect();
    if more > 0 {
        shown.push(format!("… ({}: {more})", words.and_more));
    }
    shown.join(", ")
}

/// The last steps of paths.
pub(super) fn steps(findings: &[&Finding], most: usize, words: &Words) -> String {
    let more = findings.len().saturating_sub(most);
    let mut shown: Vec<String> = findings.iter().take(most).map(|finding| format!("`{}`", finding.name())).collect();
    if more > 0 {
        shown.push(format!("… ({}: {more})", words.and_more));
    }
    shown.join(", ")
}

/// The owner, and where in it.
pub(super) fn name(finding: &Finding) -> String {
    match (finding.owner.name.as_str(), finding.path.as_str()) {
        ("", "") => finding.owner.kind.word().to_owned(),
        (owner, "") => owner.to_owned(),
        ("", path) => path.to_owned(),
        (owner, path) => format!("{owner}/{path}"),
    }
}
