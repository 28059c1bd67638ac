//! Contracts changed: which, how, and what became of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{fs, io};

use super::bases::Base;
use super::edit::{self, Change, Xml};
use super::operators::{self, Apply, Operator};
use super::random::Random;
use super::side::Side;

/// A changed contract.
#[derive(Debug)]
pub struct Mutation {
    /// `BASE/OPERATOR/NUMBER`: makes it again, with the same seed.
    pub id: String,
    /// Index of the contract that was changed.
    pub base: usize,
    /// What changed it.
    pub operator: &'static str,
    /// In words.
    pub what: String,
    /// The new version.
    pub side: Side,
}

/// The id of a change after which the contract is none, and why.
pub type Refused = (String, String);

/// What to make.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The seed of all chance.
    pub seed: u64,
    /// How many mutations.
    pub count: usize,
    /// Ids, operators or contracts; empty means all.
    pub only: Vec<String>,
    /// Whether programs are compiled as well, which takes longest.
    pub source: bool,
}

/// How often one operator is tried on one contract before another contract has its turn.
const TRIES: usize = 4;
/// An operator is tried on one contract at most this often.
const MOST: usize = 60;

/// Makes mutations: each operator in turn, each contract in turn. What is no contract any more is dropped, and told with
/// the reason.
///
/// # Errors
/// What the file system says.
pub fn make(bases: &[Base], wanted: &Wanted, out: &Path) -> io::Result<(Vec<Mutation>, Vec<Refused>)> {
    let all: Vec<Operator> = operators::all().collect();
    let mut made: Vec<Mutation> = Vec::new();
    let mut refused = Vec::new();
    let mut seen: BTreeSet<(usize, Vec<(String, String)>)> = BTreeSet::new();
    let mut numbers: BTreeMap<(usize, &'static str), usize> = BTreeMap::new();
    // Round after round, so that any count has something of every operator.
    for round in 0..400 {
        let before = numbers.values().sum::<usize>();
        for (at, operator) in all.iter().enumerate() {
            // Operators start at different contracts, so that few rounds use all.
            for step in 0..bases.len() {
                if made.len() >= wanted.count {
                    return Ok((made, refused));
                }
                let index = (at * 7 + round + step) % bases.len();
                let base = &bases[index];
                if matches!(operator.apply, Apply::Written(_)) != base.written() {
                    continue;
                }
                let mut done = false;
                for _ in 0..TRIES {
                    let number = numbers.entry((index, operator.name)).or_default();
                    let id = format!("{}/{}/{number}", base.name, operator.name);
                    let asked = wanted.only.is_empty()
                        || wanted.only.iter().any(|only| *only == id || *only == operator.name || *only == base.name);
                    if *number >= MOST {
                        break;
                    }
                    *number += 1;
                    if !asked {
                        continue;
                    }
                    let mut random = Random::new(wanted.seed, &id);
                    let Some((changed, what)) = change(base, operator, &mut random) else { break };
                    if !seen.insert((index, changed.clone())) {
                        continue;
                    }
                    let folder = out.join("new").join(id.replace('/', "_"));
                    fs::create_dir_all(&folder)?;
                    base.write(&folder, &changed)?;
                    match Side::load(base, &folder) {
                        Ok(side) => {
                            made.push(Mutation { id, base: index, operator: operator.name, what, side });
                            done = true;
                            break;
                        }
                        Err(why) => refused.push((id, why)),
                    }
                }
                if done {
                    break;
                }
            }
        }
        if numbers.values().sum::<usize>() == before {
            break;
        }
    }
    Ok((made, refused))
}

/// The changed files, and the change in words.
fn change(base: &Base, operator: &Operator, random: &mut Random) -> Option<(Vec<(String, String)>, String)> {
    // A file of its own accord: the first that has a place, starting anywhere.
    let start = random.below(base.files.len());
    for step in 0..base.files.len() {
        let (name, text) = &base.files[(start + step) % base.files.len()];
        let found: Option<Change> = match operator.apply {
            Apply::Written(apply) => apply(text, random),
            Apply::Xml(apply) => Xml::parse(text).ok().and_then(|xml| apply(&xml, random)),
        };
        if let Some(found) = found {
            let new = edit::apply(text, &found.edits);
            if new != *text {
                return Some((vec![(name.clone(), new)], found.what));
            }
        }
    }
    None
}
