//! What a comparison finds.

use super::rules::{Rule, Says};
use crate::source::Span;

/// What a change means to somebody who has a client already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Nothing has to be done.
    Safe,
    /// Something stops working, or may; what cannot be shown to be safe is breaking.
    Breaking,
}

impl Verdict {
    /// Whether nothing has to be done.
    pub fn is_safe(self) -> bool {
        self == Self::Safe
    }
}

/// The verdicts on one change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdicts {
    /// Does the new server take what a client made from the old contract sends?
    pub request: Verdict,
    /// Does a client made from the old contract read what the new server answers, faults included?
    pub response: Verdict,
    /// Does code written against the old bindings compile against the new ones?
    pub source: Verdict,
    /// Where it compiles and works: does it still mean the same?
    pub behaviour: Verdict,
}

impl Verdicts {
    /// Both directions together: does yesterday's client work against today's server?
    pub fn wire(&self) -> Verdict {
        self.request.max(self.response)
    }

    /// How bad it is, for sorting: the wire weighs most, then the source, then the behaviour.
    pub(super) fn weight(&self) -> u8 {
        let bit = |verdict: Verdict, bit: u8| if verdict.is_safe() { 0 } else { bit };
        bit(self.wire(), 4) | bit(self.source, 2) | bit(self.behaviour, 1)
    }
}

/// In which messages the changed thing occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Directions(u8);

impl Directions {
    /// Bodies of requests.
    pub const REQUEST: Self = Self(1);
    /// Bodies of replies.
    pub const RESPONSE: Self = Self(2);
    /// Details of faults.
    pub const FAULT: Self = Self(4);
    /// Headers of requests.
    pub const HEADER: Self = Self(8);
    /// Headers of replies.
    pub const REPLY_HEADER: Self = Self(16);
    /// Both ways: what no operation reaches may be sent and read by whoever uses the schema.
    pub const BOTH: Self = Self(3);

    /// All of both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of the other's are among these.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether a client sends it.
    pub fn sent(self) -> bool {
        self.0 & (Self::REQUEST.0 | Self::HEADER.0) != 0
    }

    /// Whether a client reads it.
    pub fn read(self) -> bool {
        self.0 & (Self::RESPONSE.0 | Self::FAULT.0 | Self::REPLY_HEADER.0) != 0
    }

    /// All of them, each with its word for machines, in a fixed order.
    pub fn words(self) -> impl Iterator<Item = &'static str> {
        let all = [
            (Self::REQUEST, "request"),
            (Self::RESPONSE, "response"),
            (Self::FAULT, "fault"),
            (Self::HEADER, "header"),
            (Self::REPLY_HEADER, "reply-header"),
        ];
        all.into_iter().filter(move |(direction, _)| self.has(*direction)).map(|(_, word)| word)
    }
}

/// What kind of thing a change belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OwnerKind {
    /// The contract as a whole.
    Contract,
    /// A service.
    Service,
    /// A wire of a service.
    Binding,
    /// An operation.
    Operation,
    /// A global element, or the anonymous type of one.
    Element,
    /// A type.
    Type,
    /// A table of error codes.
    Errors,
}

impl OwnerKind {
    /// The word for machines.
    pub fn word(self) -> &'static str {
        match self {
            Self::Contract => "contract",
            Self::Service => "service",
            Self::Binding => "binding",
            Self::Operation => "operation",
            Self::Element => "element",
            Self::Type => "type",
            Self::Errors => "errors",
        }
    }
}

/// The thing a change belongs to; findings are grouped by it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Owner {
    /// What it is.
    pub kind: OwnerKind,
    /// Its name for people: the local part, or `Service.Operation`.
    pub name: String,
    /// Its namespace; empty where it has none.
    pub ns: String,
}

/// Where something stands in one of the two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The place in that version's sources.
    pub span: Span,
    /// The file's label, line and column (from 1), once [`super::Report::locate`] has looked them up.
    pub at: Option<(String, usize, usize)>,
}

/// One change.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// What it belongs to.
    pub owner: Owner,
    /// The path inside the owner: members' names with `/` between, attributes with `@`; empty for the owner itself.
    pub path: String,
    /// Where it was; `None` for what is new.
    pub old: Option<Place>,
    /// Where it is; `None` for what is gone.
    pub new: Option<Place>,
    /// The messages it occurs in.
    pub directions: Directions,
    /// What it means to whom.
    pub verdicts: Verdicts,
    /// How the old contract has it, in notation rather than words; may be empty.
    pub before: String,
    /// How the new one has it; may be empty.
    pub after: String,
    /// Sixteen hexadecimal digits that stay the same while this change does, for ignoring it.
    pub fingerprint: String,
}

impl Finding {
    /// What the rule's sentence calls the thing: the last step of the path, or the owner.
    pub fn name(&self) -> &str {
        match self.path.rsplit('/').next() {
            Some(step) if !step.is_empty() => step,
            _ => &self.owner.name,
        }
    }

    pub(super) fn seal(&mut self) {
        let parts = [
            self.rule.id,
            self.owner.kind.word(),
            &self.owner.ns,
            &self.owner.name,
            &self.path,
            &self.before,
            &self.after,
        ];
        self.fingerprint = fingerprint(&parts);
    }
}

/// FNV-1a over the parts, each closed by a zero byte. It tells changes of one contract apart; it guards nothing.
fn fingerprint(parts: &[&str]) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in parts.iter().flat_map(|part| part.bytes().chain([0])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    format!("{hash:016x}")
}

/// What a rule says, narrowed to the directions a thing is used in, with what the comparison knows better.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known {
    pub(super) request: Option<Verdict>,
    pub(super) response: Option<Verdict>,
    pub(super) source: Option<Verdict>,
    pub(super) behaviour: Option<Verdict>,
}

pub(super) fn verdicts(rule: &Rule, directions: Directions, known: Known) -> Verdicts {
    let settle = |says: Says, known: Option<Verdict>| match says {
        Says::Safe => Verdict::Safe,
        Says::Breaking => Verdict::Breaking,
        // When nobody knows better it is breaking.
        Says::Depends => known.unwrap_or(Verdict::Breaking),
    };
    let within = |verdict: Verdict, used: bool| if used { verdict } else { Verdict::Safe };
    Verdicts {
        request: within(settle(rule.request, known.request), directions.sent()),
        response: within(settle(rule.response, known.response), directions.read()),
        source: settle(rule.source, known.source),
        behaviour: settle(rule.behaviour, known.behaviour),
    }
}

/// Everything a comparison found, worst first.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The changes: grouped by owner, the owner with the worst change first, and so inside a group.
    pub findings: Vec<Finding>,
    /// Changes that an ignore file names, each with its reason.
    pub ignored: Vec<(Finding, String)>,
}

impl Report {
    /// Whether yesterday's client works against today's server.
    pub fn wire_safe(&self) -> bool {
        self.findings.iter().all(|finding| finding.verdicts.wire().is_safe())
    }

    /// Whether yesterday's calling code compiles against today's bindings.
    pub fn source_safe(&self) -> bool {
        self.findings.iter().all(|finding| finding.verdicts.source.is_safe())
    }

    /// Whether what compiles and works means the same as before.
    pub fn behaviour_safe(&self) -> bool {
        self.findings.iter().all(|finding| finding.verdicts.behaviour.is_safe())
    }

    /// Looks up file, line and column of every place.
    pub fn locate(&mut self, old: &crate::source::Sources, new: &crate::source::Sources) {
        let look = |place: &mut Option<Place>, sources: &crate::source::Sources| {
            if let Some(place) = place {
                let found = sources.place(place.span);
                place.at = Some((found.label.to_owned(), found.line, found.column));
            }
        };
        for finding in self.findings.iter_mut().chain(self.ignored.iter_mut().map(|(finding, _)| finding)) {
            look(&mut finding.old, old);
            look(&mut finding.new, new);
        }
    }

    /// Puts the worst first: owners by their worst change, then by kind and name; changes likewise.
    pub(super) fn sort(&mut self) {
        let mut worst: std::collections::BTreeMap<Owner, u8> = std::collections::BTreeMap::new();
        for finding in &self.findings {
            let weight = worst.entry(finding.owner.clone()).or_default();
            *weight = (*weight).max(finding.verdicts.weight());
        }
        let key = |finding: &Finding| {
            (
                std::cmp::Reverse(worst.get(&finding.owner).copied().unwrap_or_default()),
                finding.owner.clone(),
                std::cmp::Reverse(finding.verdicts.weight()),
                finding.rule.id,
                finding.path.clone(),
                finding.before.clone(),
                finding.after.clone(),
            )
        };
        self.findings.sort_by_cached_key(key);
        self.findings.dedup_by(|a, b| a.fingerprint == b.fingerprint && a.path == b.path && a.owner == b.owner);
    }
}
