//! [`Guid`].

use std::fmt;
use std::str::FromStr;

use super::lexical::{LexicalError, trim};

const EXPECTED: &str = "a GUID such as 6f9619ff-8b86-d011-b42d-00c04fc964ff";

/// A GUID in its plain form of 8-4-4-4-12 hexadecimal digits, as Microsoft's serialization schema has it.
///
/// Written in lower case; read in either case. Braces, `urn:uuid:` and forms without hyphens are not GUIDs on these wires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Guid(uuid::Uuid);

impl Guid {
    /// All zeros: what .NET sends for "none".
    pub const EMPTY: Self = Self(uuid::Uuid::nil());

    /// The GUID as the `uuid` crate has it.
    pub const fn as_uuid(&self) -> &uuid::Uuid {
        &self.0
    }

    /// Whether all digits are zero.
    pub const fn is_empty(&self) -> bool {
        self.0.is_nil()
    }
}

impl FromStr for Guid {
    type Err = LexicalError;

    fn from_str(text: &str) -> Result<Self, LexicalError> {
        let error = LexicalError::new(EXPECTED);
        let text = trim(text);
        // The crate reads other forms too; 36 bytes is what tells this one.
        if text.len() != 36 {
            return Err(error);
        }
        text.parse().map(Self).map_err(|_| error)
    }
}

impl fmt::Display for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0.as_hyphenated(), f)
    }
}

impl From<uuid::Uuid> for Guid {
    fn from(value: uuid::Uuid) -> Self {
        Self(value)
    }
}

impl From<Guid> for uuid::Uuid {
    fn from(value: Guid) -> Self {
        value.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_form_only() {
        let text = "6f9619ff-8b86-d011-b42d-00c04fc964ff";
        assert_eq!(text.parse::<Guid>().unwrap().to_string(), text);
        assert_eq!(text.to_uppercase().parse::<Guid>().unwrap().to_string(), text);
        assert_eq!("00000000-0000-0000-0000-000000000000".parse(), Ok(Guid::EMPTY));
        for text in [
            "",
            "{6f9619ff-8b86-d011-b42d-00c04fc964ff}",
            "urn:uuid:6f9619ff-8b86-d011-b42d-00c04fc964ff",
            "6f9619ff8b86d011b42d00c04fc964ff",
            "6f9619ff-8b86-d011-b42d-00c04fc964f",
            "6f9619ff-8b86-d011-b42d-00c04fc964fg",
            "6f9619ff8-b86-d011-b42d-00c04fc964ff",
            "(6f9619ff-8b86-d011-b42d-00c04fc964f)",
        ] {
            assert!(text.parse::<Guid>().is_err(), "{text}");
        }
    }
}
