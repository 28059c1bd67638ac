//! Facets: what a contract says about a member's values beyond their type, as static data beside the shapes.
//!
//! Reading and writing do not look at them, but for the value of an empty element. `validate`, where that feature is on,
//! checks them when asked to.

/// One thing a contract says about the values of a member. All of a list of facets must hold.
///
/// Lengths, bounds and patterns are those of XML Schema 1.0, part 2, section 4.3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    /// The built-in type of the value: what its text may be where the Rust type takes more, how lengths count, how bounds
    /// compare. Comes before those.
    Is(Builtin),
    /// Exactly this long: characters of text, octets of binary types, items of lists.
    Length(u64),
    /// At least this long.
    MinLength(u64),
    /// At most this long.
    MaxLength(u64),
    /// Matches one of these regular expressions, from its beginning to its end. They are in the syntax of the `regex` crate.
    Pattern(&'static [&'static str]),
    /// At least this value.
    MinInclusive(&'static str),
    /// At most this value.
    MaxInclusive(&'static str),
    /// More than this value.
    MinExclusive(&'static str),
    /// Less than this value.
    MaxExclusive(&'static str),
    /// At most this many digits, without zeros that say nothing.
    TotalDigits(u64),
    /// At most this many digits behind the point.
    FractionDigits(u64),
    /// One of these values, where the Rust type does not list them.
    Values(&'static [&'static str]),
    /// A list: facets of its items.
    Items(&'static [Facet]),
    /// A union: the facets of each member type, one of which must hold.
    OneOf(&'static [&'static [Facet]]),
    /// The facets of a named type.
    Of(&'static [Facet]),
    /// Occurs at least and at most this often.
    Occurs(u32, Option<u32>),
    /// The only value. An empty element has it.
    Fixed(&'static str),
    /// The value of an empty element.
    Default(&'static str),
}

/// The built-in types of XML Schema whose text is more than a Rust type says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // the names are XSD's own
pub enum Builtin {
    String,
    Language,
    Name,
    NCName,
    NmToken,
    QName,
    Boolean,
    Decimal,
    Integer,
    NonPositiveInteger,
    NegativeInteger,
    NonNegativeInteger,
    PositiveInteger,
    Long,
    Int,
    Short,
    Byte,
    UnsignedLong,
    UnsignedInt,
    UnsignedShort,
    UnsignedByte,
    Float,
    Double,
    Duration,
    DateTime,
    Date,
    Time,
    GYear,
    GYearMonth,
    GMonth,
    GMonthDay,
    GDay,
    Base64Binary,
    HexBinary,
}

/// The value that an empty element has by contract.
pub(crate) fn value_of_empty(facets: &[Facet]) -> Option<&'static str> {
    facets.iter().find_map(|facet| match facet {
        Facet::Fixed(value) | Facet::Default(value) => Some(*value),
        _ => None,
    })
}
