//! [`Rule`]: what a value can break.

use std::fmt;

use crate::facet::Builtin;

/// What a value breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// A required member holds nothing.
    Missing,
    /// A character that XML cannot carry.
    Character(char),
    /// What no wire can carry, in words.
    Unwritable(String),
    /// Not a value of this type.
    Type(Builtin),
    /// Not of this length.
    Length {
        /// The length.
        limit: u64,
        /// What was found.
        found: u64,
        /// What is counted.
        unit: Unit,
    },
    /// Too short.
    MinLength {
        /// The least.
        limit: u64,
        /// What was found.
        found: u64,
        /// What is counted.
        unit: Unit,
    },
    /// Too long.
    MaxLength {
        /// The most.
        limit: u64,
        /// What was found.
        found: u64,
        /// What is counted.
        unit: Unit,
    },
    /// Matches none of these.
    Pattern(&'static [&'static str]),
    /// Less than this, or not comparable with it.
    MinInclusive(&'static str),
    /// More than this, or not comparable with it.
    MaxInclusive(&'static str),
    /// Not more than this, or not comparable with it.
    MinExclusive(&'static str),
    /// Not less than this, or not comparable with it.
    MaxExclusive(&'static str),
    /// Too many digits.
    TotalDigits {
        /// The most.
        limit: u64,
        /// What was found.
        found: u64,
    },
    /// Too many digits behind the point.
    FractionDigits {
        /// The most.
        limit: u64,
        /// What was found.
        found: u64,
    },
    /// None of the values that the contract lists: these, or those of the Rust enum where this is empty.
    Values(&'static [&'static str]),
    /// A value of none of a union's types.
    Union,
    /// Not the one value there may be.
    Fixed(&'static str),
    /// Too few items.
    MinOccurs {
        /// The least.
        limit: u32,
        /// What was found.
        found: usize,
    },
    /// Too many items.
    MaxOccurs {
        /// The most.
        limit: u32,
        /// What was found.
        found: usize,
    },
}

/// What a length counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unit {
    /// Characters of a text.
    Characters,
    /// Octets of a binary value.
    Octets,
    /// Items of a list.
    Items,
}

impl Unit {
    /// So many of them, in words.
    fn counted(self, number: u64) -> String {
        counted(
            number,
            match self {
                Self::Characters => "character",
                Self::Octets => "octet",
                Self::Items => "item",
            },
        )
    }
}

fn counted(number: impl Into<u64>, what: &str) -> String {
    let number = number.into();
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("required, but missing"),
            Self::Character(c) => write!(f, "XML cannot carry the character U+{:04X}", u32::from(*c)),
            Self::Unwritable(why) => f.write_str(why),
            Self::Type(builtin) => write!(f, "no value of the type {builtin:?}"),
            Self::Length { limit, found, unit } => write!(f, "exactly {}, found {found}", unit.counted(*limit)),
            Self::MinLength { limit, found, unit } => write!(f, "at least {}, found {found}", unit.counted(*limit)),
            Self::MaxLength { limit, found, unit } => write!(f, "at most {}, found {found}", unit.counted(*limit)),
            Self::Pattern(patterns) => write!(f, "does not match {}", patterns.join(" or ")),
            Self::MinInclusive(limit) => write!(f, "must be at least {limit}"),
            Self::MaxInclusive(limit) => write!(f, "must be at most {limit}"),
            Self::MinExclusive(limit) => write!(f, "must be more than {limit}"),
            Self::MaxExclusive(limit) => write!(f, "must be less than {limit}"),
            Self::TotalDigits { limit, found } => write!(f, "at most {}, found {found}", counted(*limit, "digit")),
            Self::FractionDigits { limit, found } => {
                write!(f, "at most {} behind the point, found {found}", counted(*limit, "digit"))
            }
            Self::Values([]) => f.write_str("none of the values that the contract lists"),
            Self::Values(values) => write!(f, "none of {}", values.join(", ")),
            Self::Union => f.write_str("a value of none of the union's types"),
            Self::Fixed(value) => write!(f, "must be {value}"),
            Self::MinOccurs { limit, found } => write!(f, "at least {}, found {found}", counted(*limit, "time")),
            Self::MaxOccurs { limit, found } => write!(f, "at most {}, found {found}", counted(*limit, "time")),
        }
    }
}
