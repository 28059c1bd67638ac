//! [`Pairs`]: the members of a record as names and texts, as forms and query strings have them.

use super::Profile;
use super::encoder::Encoder;
use crate::error::EncodeError;
use crate::shape::Name;
use crate::value::Value;

/// A name with one of its texts. A list has one for each item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) name: &'static str,
    pub(crate) text: String,
    pub(crate) secret: bool,
}

/// Collects pairs.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    inside: bool,
    list: Vec<Pair>,
}

impl Pairs {
    /// Enters the record whose members are the pairs. `false` when inside it already.
    pub(super) fn enter(&mut self) -> bool {
        !std::mem::replace(&mut self.inside, true)
    }

    pub(super) fn push(&mut self, name: &'static str, text: &str, secret: bool) {
        self.list.push(Pair { name, text: text.to_owned(), secret });
    }
}

/// The members of a record as pairs, in order; an element of a simple type is one pair.
pub(crate) fn encode_pairs(root: Name, profile: Profile, value: &dyn Value) -> Result<Vec<Pair>, Box<EncodeError>> {
    let mut encoder = Encoder::new(profile);
    encoder.pairs = Some(Pairs::default());
    encoder.root(root, value)?;
    Ok(encoder.pairs.map(|pairs| pairs.list).unwrap_or_default())
}
