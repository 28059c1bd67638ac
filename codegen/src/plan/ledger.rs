//! Who got which name: gives names out, and keeps those on record for what had them.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Model, QName, Text};

use super::{Names, ident};

/// Something that needs a name.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    /// The name it would like.
    pub(super) preferred: String,
    /// Of several that would like the same name, the first by this keeps it.
    pub(super) order: Order,
    /// What it stands for, in all versions of the contract.
    pub(super) identity: Identity,
    /// The contract's author chose the preferred name, so what was on record before does not count.
    pub(super) chosen: bool,
}

/// What decides which of several things keeps the name they would all like. The text is made where some do: few.
#[derive(Debug, Clone)]
pub(super) enum Order {
    /// By this text.
    Text(Text),
    /// A member of a type: by rank and name, then as in the contract.
    Member { rank: &'static str, name: Option<QName>, index: usize },
}

impl Order {
    fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Member { rank, name: Some(name), index } => format!("{rank}{name}/{index:05}").into(),
            Self::Member { rank, name: None, index } => format!("{rank}/{index:05}").into(),
        }
    }
}

impl<T: Into<Text>> From<T> for Order {
    fn from(text: T) -> Self {
        Self::Text(text.into())
    }
}

/// What a name stands for: a namespace, and a kind with wire names in it.
///
/// Keys are `kind owner leaf` or `kind leaf`. Only the leaf may hold blanks, so that a prefix up to the last blank before it is a
/// scope: everything in it needs names that differ.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Identity {
    pub(super) ns: String,
    pub(super) key: String,
}

impl Identity {
    pub(super) fn new(ns: impl Into<String>, key: impl Into<String>) -> Self {
        Self { ns: ns.into(), key: key.into() }
    }
}

/// Before the key of a name that the contract's author chose, so that taking the choice back brings the old name back.
const CHOSEN: &str = "chosen ";

/// The names on record and those given out in this run.
#[derive(Debug, Clone, Default)]
pub(super) struct Ledger {
    /// Nobody keeps a record: names are given, and forgotten.
    off: bool,
    recorded: Names,
    given: Names,
    /// Names on record that somebody else has: what they stand for, the old and the new name.
    lost: Vec<(Identity, String, String)>,
}

impl Ledger {
    /// A ledger that starts from a record, or keeps none.
    pub(super) fn new(recorded: Option<&Names>, model: &Model) -> Self {
        match recorded {
            None => Self { off: true, ..Self::default() },
            Some(names) => {
                let mut recorded = names.clone();
                recorded.follow(model);
                Self { recorded, ..Self::default() }
            }
        }
    }

    /// Tells of names on record that could not be kept.
    pub(super) fn report(&self, diagnostics: &mut Diagnostics) {
        for (Identity { ns, key }, old, new) in &self.lost {
            let of = if ns.is_empty() { String::new() } else { format!(" in {{{ns}}}") };
            diagnostics.push(
                Diagnostic::warning("W0608", format!("{key}{of} is `{new}` now: `{old}` on record is somebody else's"))
                    .with_help(
                        "if two branches gave the name out, edit `bindery.lock` to say which of the two keeps it",
                    ),
            );
        }
    }

    /// The record of this run: what it has given out, and what was given out before to things that are not there now.
    pub(super) fn into_names(self) -> Option<Names> {
        if self.off {
            return None;
        }
        let mut names = self.recorded;
        for (ns, given) in self.given.0 {
            names.0.entry(ns).or_default().extend(given);
        }
        Some(names)
    }

    /// Whether nobody keeps a record.
    pub(super) fn is_off(&self) -> bool {
        self.off
    }

    /// What a name stands for; without a record nobody asks, and nothing is made.
    pub(super) fn identity(&self, ns: &str, key: impl FnOnce() -> String) -> Identity {
        if self.off { Identity::default() } else { Identity::new(ns, key()) }
    }

    /// The name on record.
    pub(super) fn recorded(&self, ns: &str, key: &str) -> Option<&str> {
        self.recorded.0.get(ns)?.get(key).map(String::as_str)
    }

    /// Keys and names on record in a namespace whose keys begin like this; chosen ones too.
    pub(super) fn on_record(&self, ns: &str, prefix: &str) -> Vec<(&str, &str)> {
        let Some(names) = self.recorded.0.get(ns) else { return Vec::new() };
        let mut found = Vec::new();
        for chosen in ["", CHOSEN] {
            let start = format!("{chosen}{prefix}");
            let from = names.range(start.clone()..).take_while(|(key, _)| key.starts_with(&start));
            found.extend(from.map(|(key, name)| (&key[chosen.len()..], name.as_str())));
        }
        found
    }

    /// The names on record of one scope.
    pub(super) fn scope(&self, ns: &str, prefix: &str) -> BTreeSet<String> {
        self.on_record(ns, prefix).into_iter().map(|(_, name)| name.to_owned()).collect()
    }

    /// Names on record whose keys begin like this, of every namespace.
    pub(super) fn everywhere(&self, prefix: &str) -> BTreeSet<String> {
        self.recorded.0.keys().flat_map(|ns| self.scope(ns, prefix)).collect()
    }

    /// Every namespace on record.
    pub(super) fn namespaces(&self) -> impl Iterator<Item = &str> {
        self.recorded.0.keys().map(String::as_str)
    }

    /// Keeps a name that was given without asking.
    pub(super) fn keep(&mut self, identity: Identity, name: &str) {
        if !self.off {
            self.given.0.entry(identity.ns).or_default().insert(identity.key, name.to_owned());
        }
    }

    /// Gives each its name: the one on record if there is one, else one that nobody has or had. `taken` names are given to
    /// nobody; `scope` holds the names on record that these have to differ from.
    pub(super) fn assign(&mut self, wanted: Vec<Wanted>, taken: &[&str], scope: &BTreeSet<String>) -> Vec<String> {
        let free = |rows: &[usize], taken: &[&str]| {
            let preferred: Vec<&str> = rows.iter().map(|row| wanted[*row].preferred.as_str()).collect();
            ident::assign_by(&preferred, taken, |a, b| wanted[rows[a]].order.text().cmp(&wanted[rows[b]].order.text()))
        };
        let all: Vec<usize> = (0..wanted.len()).collect();
        if self.off {
            return free(&all, taken);
        }
        let keys = keys(&wanted);
        let mut names: Vec<Option<String>> = vec![None; wanted.len()];
        let mut used: BTreeSet<String> = taken.iter().map(|name| (*name).to_owned()).collect();
        let known = |row: &usize| self.recorded(&wanted[*row].identity.ns, &keys[*row]).is_some();
        let on_record = if all.iter().any(known) { in_order(&wanted) } else { Vec::new() };
        for row in on_record {
            let want = &wanted[row];
            let Some(name) = self.recorded(&want.identity.ns, &keys[row]) else { continue };
            if (!want.chosen || ident::comes_from(name, &want.preferred)) && used.insert(name.to_owned()) {
                names[row] = Some(name.to_owned());
            }
        }
        let give = |rows: Vec<usize>, used: &BTreeSet<String>, names: &mut [Option<String>]| {
            let taken: Vec<&str> = used.iter().map(String::as_str).collect();
            for (row, name) in rows.iter().zip(free(&rows, &taken)) {
                names[*row] = Some(name);
            }
        };
        let mut open: Vec<usize> = all.into_iter().filter(|row| names[*row].is_none()).collect();
        if !scope.is_empty() {
            // A choice is made knowing the contract: it may take the name of something that is gone.
            let (chosen, rest) = open.iter().partition(|row| wanted[**row].chosen);
            give(chosen, &used, &mut names);
            used.extend(names.iter().flatten().cloned());
            used.extend(scope.iter().cloned());
            open = rest;
        }
        give(open, &used, &mut names);
        let names: Vec<String> = names.into_iter().map(Option::unwrap_or_default).collect();
        for ((want, key), name) in wanted.iter().zip(keys).zip(&names) {
            let old =
                self.recorded(&want.identity.ns, &key).filter(|old| *old != name && !want.chosen).map(str::to_owned);
            if let Some(old) = old {
                self.lost.push((Identity::new(&want.identity.ns, &key), old, name.clone()));
            }
            self.keep(Identity { ns: want.identity.ns.clone(), key }, name);
        }
        names
    }
}

/// The rows by who comes first.
fn in_order(wanted: &[Wanted]) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..wanted.len()).collect();
    rows.sort_by_cached_key(|row| (wanted[*row].order.text(), *row));
    rows
}

/// What is kept under which key. Things with one identity (an element that occurs twice in a sequence, overloaded operations)
/// are told apart by a number: nothing else does.
fn keys(wanted: &[Wanted]) -> Vec<String> {
    let mut keys: Vec<String> = wanted
        .iter()
        .map(|want| if want.chosen { format!("{CHOSEN}{}", want.identity.key) } else { want.identity.key.clone() })
        .collect();
    let distinct: HashSet<&Identity> = wanted.iter().map(|want| &want.identity).collect();
    if distinct.len() < wanted.len() {
        let mut seen: HashMap<&Identity, usize> = HashMap::new();
        for row in in_order(wanted) {
            let count = seen.entry(&wanted[row].identity).and_modify(|count| *count += 1).or_insert(1);
            if *count > 1 {
                keys[row].push_str(&format!(" #{count}"));
            }
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(names: &[(&str, &str)]) -> Vec<Wanted> {
        names
            .iter()
            .map(|(preferred, key)| Wanted {
                preferred: (*preferred).to_owned(),
                order: (*key).into(),
                identity: Identity::new("urn:a", format!("type {key}")),
                chosen: false,
            })
            .collect()
    }

    fn next(before: &Ledger) -> Ledger {
        Ledger { recorded: before.clone().into_names().unwrap(), ..Ledger::default() }
    }

    fn assign(ledger: &mut Ledger, wanted: Vec<Wanted>) -> Vec<String> {
        let scope = ledger.scope("urn:a", "type ");
        ledger.assign(wanted, &["Self"], &scope)
    }

    #[test]
    fn a_later_collision_renames_nobody() {
        let mut first = Ledger::default();
        assert_eq!(assign(&mut first, wanted(&[("Foo", "foo")])), ["Foo"]);
        let mut second = next(&first);
        assert_eq!(assign(&mut second, wanted(&[("Foo", "Foo"), ("Foo", "foo")])), ["Foo2", "Foo"]);
    }

    #[test]
    fn what_returns_gets_its_name_back_and_nobody_takes_it_meanwhile() {
        let mut first = Ledger::default();
        assert_eq!(assign(&mut first, wanted(&[("Foo", "a"), ("Foo", "b")])), ["Foo", "Foo2"]);
        let mut second = next(&first);
        assert_eq!(assign(&mut second, wanted(&[("Foo", "b"), ("Foo", "c")])), ["Foo2", "Foo3"]);
        let mut third = next(&second);
        let all = wanted(&[("Foo", "c"), ("Foo", "b"), ("Foo", "a")]);
        assert_eq!(assign(&mut third, all), ["Foo3", "Foo2", "Foo"]);
        assert_eq!(next(&third).into_names(), third.into_names());
    }

    #[test]
    fn a_chosen_name_wins_and_taking_it_back_brings_the_old_one() {
        let mut first = Ledger::default();
        assign(&mut first, wanted(&[("price", "Price"), ("amount", "Amount")]));
        let mut swapped = wanted(&[("amount", "Price"), ("price", "Amount")]);
        swapped.iter_mut().for_each(|want| want.chosen = true);
        let mut second = next(&first);
        assert_eq!(assign(&mut second, swapped), ["amount", "price"]);
        let mut third = next(&second);
        assert_eq!(assign(&mut third, wanted(&[("price", "Price"), ("amount", "Amount")])), ["price", "amount"]);
    }

    #[test]
    fn things_with_one_identity_are_counted() {
        let mut first = Ledger::default();
        assert_eq!(assign(&mut first, wanted(&[("a", "a"), ("a", "a")])), ["a", "a_2"]);
        let names = first.into_names().unwrap();
        assert_eq!(names.0["urn:a"].keys().collect::<Vec<_>>(), ["type a", "type a #2"]);
    }

    #[test]
    fn a_record_that_gives_one_name_to_two_serves_the_first() {
        let mut ledger = Ledger::default();
        ledger.recorded.0.entry("urn:a".into()).or_default().extend([
            ("type a".to_owned(), "Foo".to_owned()),
            ("type b".to_owned(), "Foo".to_owned()),
            ("type c".to_owned(), "Self".to_owned()),
        ]);
        assert_eq!(assign(&mut ledger, wanted(&[("B", "b"), ("A", "a"), ("C", "c")])), ["B", "Foo", "C"]);
        let mut diagnostics = Diagnostics::default();
        ledger.report(&mut diagnostics);
        let told: Vec<&str> = diagnostics.iter().map(|item| item.message.as_str()).collect();
        assert_eq!(told[0], "type b in {urn:a} is `B` now: `Foo` on record is somebody else's");
        assert_eq!(told.len(), 2);
    }
}
