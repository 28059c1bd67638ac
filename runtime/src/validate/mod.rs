//! Checking values against what a contract says beyond types: lengths, patterns, bounds, occurrence.
//!
//! Nothing is checked unless asked: a client that refuses what a service delivers, over a pattern that the vendor breaks itself,
//! helps nobody. Before something effectful is sent, a look may be worth it.

mod judge;
mod lexical;
mod patterns;
mod rule;

pub use rule::{Rule, Unit};

use std::fmt;

use crate::codec::Encoder;
use crate::codec::check::{At, Check};
use crate::error::{EncodeError, EncodeErrorKind, excerpt};
use crate::facet::Facet;
use crate::shape::{Kind, Name, Place, Shape};
use crate::value::Value;

/// Values that can be checked: all there are.
pub trait Validate: Value {
    /// Checks the value, and everything in it, against what its contract says beyond types (XML Schema 1.0, part 2, section
    /// 4.3; occurrence and fixed values: part 1): whatever is required and missing, too long, out of bounds, does not match
    /// its pattern, occurs too often, or is none of the values that an open enumeration names. Pieces of XML that a contract
    /// leaves open are not looked into.
    ///
    /// ```
    /// use bindery_runtime as rt;
    /// use rt::Validate as _;
    ///
    /// # struct Order { code: String }
    /// # static ORDER: rt::Shape = rt::Shape {
    /// #     name: rt::Name::new("", "Order"),
    /// #     kind: rt::Kind::Record,
    /// #     members: &[rt::limited(&[rt::Facet::MaxLength(4)], rt::element("", "code", rt::Flags::REQUIRED))],
    /// #     ordinal: &[],
    /// # };
    /// # impl rt::Value for Order {
    /// #     fn vacant() -> Self { Self { code: String::new() } }
    /// #     fn read(&mut self, at: &mut rt::Decoder<'_>) -> rt::Read { at.record(&ORDER, &mut [&mut self.code]) }
    /// #     fn write(&self, to: &mut rt::Encoder<'_>) -> rt::Write { to.record(&ORDER, &[&self.code]) }
    /// # }
    /// let order = Order { code: "ABCDE".into() }; // `code` has maxLength 4
    /// let violations = order.validate().unwrap_err();
    /// assert_eq!(violations.to_string(), "/code: at most 4 characters, found 5 (ABCDE)");
    /// ```
    ///
    /// # Errors
    /// Everything that is wrong, each with its place; secret values are not shown.
    fn validate(&self) -> Result<(), Violations>
    where
        Self: Sized,
    {
        validate(Name::new("", ""), &[], self)
    }
}

impl<T: Value> Validate for T {}

/// Checks a value as the root of this name.
pub(crate) fn validate(root: Name, facets: &'static [Facet], value: &dyn Value) -> Result<(), Violations> {
    let mut checker = Checker::default();
    Encoder::check(root, facets, value, &mut checker);
    if checker.found.is_empty() { Ok(()) } else { Err(Violations(checker.found)) }
}

/// Something that a value breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The element, attribute or slot, from the value that was checked on: `/orderLines[2]/quantity`.
    pub path: String,
    /// What it breaks, with the limit and what was found.
    pub rule: Rule,
    /// The text, at most 64 characters of it; `None` where there is none, and for secrets.
    pub value: Option<String>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        match &self.value {
            Some(value) => write!(f, "{} ({value})", self.rule),
            None => write!(f, "{}", self.rule),
        }
    }
}

/// Everything that is wrong with a value, in the order of its members. There is at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

impl std::ops::Deref for Violations {
    type Target = [Violation];

    fn deref(&self) -> &[Violation] {
        &self.0
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// A line each.
impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{violation}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

/// Collects what is wrong.
#[derive(Debug, Default)]
struct Checker {
    found: Vec<Violation>,
}

impl Checker {
    fn add(&mut self, at: At<'_>, rule: Rule, text: Option<&str>) {
        let value = text.filter(|_| !at.secret).map(excerpt);
        self.found.push(Violation { path: at.path(), rule, value });
    }
}

impl Check for Checker {
    fn text(&mut self, at: At<'_>, text: &str) {
        if let Some((_, character)) = crate::xml::chars::find_illegal(text) {
            self.add(at, Rule::Character(character), None);
        }
        if !at.facets.is_empty() {
            for rule in judge::judge(at.facets, text) {
                self.add(at, rule, Some(text));
            }
        }
    }

    fn unlisted(&mut self, at: At<'_>, text: &str) {
        // The facets of a union list all its types, and say it in its words.
        if !at.facets.iter().any(is_union) {
            self.add(at, Rule::Values(&[]), Some(text));
        }
    }

    fn count(&mut self, at: At<'_>, len: usize, of: Option<&'static Shape>) {
        for facet in at.facets {
            let Facet::Occurs(min, max) = facet else { continue };
            let rule = if len < usize::try_from(*min).unwrap_or(usize::MAX) {
                Rule::MinOccurs { limit: *min, found: len }
            } else if let Some(max) = max
                && len > usize::try_from(*max).unwrap_or(usize::MAX)
            {
                Rule::MaxOccurs { limit: *max, found: len }
            } else {
                continue;
            };
            let path = at.path() + &of.map(content).unwrap_or_default();
            self.found.push(Violation { path, rule, value: None });
        }
    }

    fn refused(&mut self, error: EncodeError) {
        let rule = match error.kind {
            EncodeErrorKind::Missing => Rule::Missing,
            EncodeErrorKind::Empty => Rule::MinOccurs { limit: 1, found: 0 },
            other => Rule::Unwritable(other.to_string()),
        };
        self.found.push(Violation { path: error.path, rule, value: None });
    }
}

/// What a choice or group may hold, in place of a name: `/(walk|ride)`, `/(day,night)`.
fn content(shape: &Shape) -> String {
    const SHOWN: usize = 4;
    let names = shape.members.iter().map(|member| match member.place {
        Place::Inline(inner) => inner.members.first().map_or("", |first| first.name.local),
        Place::Any(_) => "*",
        _ => member.name.local,
    });
    let mut names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    if names.len() > SHOWN {
        names.truncate(SHOWN);
        names.push("…");
    }
    let between = if matches!(shape.kind, Kind::Choice | Kind::Types) { "|" } else { "," };
    format!("/({})", names.join(between))
}

fn is_union(facet: &Facet) -> bool {
    match facet {
        Facet::OneOf(_) => true,
        Facet::Of(inner) | Facet::Items(inner) => inner.iter().any(is_union),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
