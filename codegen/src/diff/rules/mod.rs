//! The rules: each a stable id and what it means to requests, replies, source and behaviour. What they say to people is in
//! [`super::messages`].

pub(super) mod attributes;
pub(super) mod bindings;
pub(super) mod content;
pub(super) mod contract;
pub(super) mod documentation;
pub(super) mod members;
pub(super) mod services;
pub(super) mod slots;
pub(super) mod types;
pub(super) mod values;

/// What a rule says about one side of the matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// Safe wherever it is found.
    Safe,
    /// Breaking wherever it is found.
    Breaking,
    /// The comparison looks closer; when it cannot tell, breaking.
    Depends,
}

/// A kind of change.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name for ever: in ignore files, in scripts, in the catalogue.
    pub id: &'static str,
    /// The part of the catalogue it is in.
    pub area: &'static str,
    /// Whether a new server takes an old request.
    pub request: Says,
    /// Whether an old client reads a new reply.
    pub response: Says,
    /// Whether old code compiles against new bindings.
    pub source: Says,
    /// Whether what compiles and works means the same.
    pub behaviour: Says,
}

impl Rule {
    const fn new(id: &'static str, area: &'static str, says: [Says; 4]) -> Self {
        let [request, response, source, behaviour] = says;
        Self { id, area, request, response, source, behaviour }
    }
}

/// Every rule, in the catalogue's order.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    [
        contract::ALL,
        services::ALL,
        bindings::ALL,
        types::ALL,
        members::ALL,
        content::ALL,
        attributes::ALL,
        values::ALL,
        slots::ALL,
        documentation::ALL,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// The rule of this id.
pub fn find(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}
