//! [`Base64Binary`] and [`HexBinary`].

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::lexical::{LexicalError, is_space, trim};
use super::{Scalar, SlotKind};

/// Octets that are base64 on the wire (`xs:base64Binary`, XSD 1.0 part 2, §3.2.16).
///
/// White space between the characters is allowed; alphabet, padding and zero tail bits are strict. Debug shows the length only.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Base64Binary(pub Vec<u8>);

/// Octets that are hexadecimal digits on the wire (`xs:hexBinary`, XSD 1.0 part 2, §3.2.15).
///
/// Read in either case, written in upper case as the specification's canonical form. Debug shows the length only.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct HexBinary(pub Vec<u8>);

/// Decodes base64 as XSD and XML-RPC have it: white space anywhere, everything else strict.
pub(crate) fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let text = trim(text);
    if text.bytes().any(is_space) {
        let compact: Vec<u8> = text.bytes().filter(|byte| !is_space(*byte)).collect();
        STANDARD.decode(compact).ok()
    } else {
        STANDARD.decode(text).ok()
    }
}

/// Encodes in one line, with padding.
pub(crate) fn encode_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

impl Scalar for Base64Binary {
    const TYPE: &'static str = "xs:base64Binary";
    const SLOT: SlotKind = SlotKind::Base64;

    fn vacant() -> Self {
        Self::default()
    }

    fn parse(text: &str) -> Result<Self, &'static str> {
        text.parse().map_err(|error: LexicalError| error.expected())
    }

    fn format(&self, out: &mut String) {
        STANDARD.encode_string(&self.0, out);
    }

    fn octets(&self) -> Option<&[u8]> {
        Some(&self.0)
    }
}

crate::scalar_value!(Base64Binary);

impl FromStr for Base64Binary {
    type Err = LexicalError;

    fn from_str(text: &str) -> Result<Self, LexicalError> {
        decode_base64(text)
            .map(Self)
            .ok_or(LexicalError::new("base64: letters, digits, + and / in groups of four, padded with ="))
    }
}

impl FromStr for HexBinary {
    type Err = LexicalError;

    fn from_str(text: &str) -> Result<Self, LexicalError> {
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let (pairs, rest) = trim(text).as_bytes().as_chunks::<2>();
        let octets = pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect::<Option<_>>();
        octets.filter(|_| rest.is_empty()).map(Self).ok_or(LexicalError::new("pairs of hexadecimal digits"))
    }
}

impl fmt::Display for Base64Binary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&encode_base64(&self.0))
    }
}

impl fmt::Display for HexBinary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|octet| write!(f, "{octet:02X}"))
    }
}

macro_rules! octets {
    ($($name:ident),*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({} octets)"), self.0.len())
            }
        }

        impl From<Vec<u8>> for $name {
            fn from(octets: Vec<u8>) -> Self {
                Self(octets)
            }
        }

        impl From<&[u8]> for $name {
            fn from(octets: &[u8]) -> Self {
                Self(octets.to_vec())
            }
        }

        impl From<$name> for Vec<u8> {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl AsRef<[u8]> for $name {
            fn as_ref(&self) -> &[u8] {
                &self.0
            }
        }
    )*};
}

octets!(Base64Binary, HexBinary);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64() {
        for (text, octets) in [
            ("QUJD", "ABC"),
            ("QU\n JD\t", "ABC"),
            ("QQ==", "A"),
            ("QUI=", "AB"),
            ("", ""),
            ("  \n", ""),
            ("Q Q = =", "A"),
        ] {
            assert_eq!(text.parse(), Ok(Base64Binary::from(octets.as_bytes())), "{text:?}");
        }
        for text in [
            "QUJ",
            "QUI",
            "QUI=QUJD",
            "QU-_",
            "QR==",
            "====",
            "=",
            "Q===",
            "QUJD!",
            "QUJD=",
            "QQ=",
            "Q",
            "QU\u{a0}JD",
            "QUJDé",
        ] {
            assert!(text.parse::<Base64Binary>().is_err(), "{text:?}");
        }
        assert_eq!(Base64Binary::from(&b"A"[..]).to_string(), "QQ==");
    }

    #[test]
    fn hex() {
        assert_eq!(" 0fA0\n".parse(), Ok(HexBinary(vec![0x0f, 0xa0])));
        assert_eq!(HexBinary(vec![0x0f, 0xa0]).to_string(), "0FA0");
        assert_eq!("".parse(), Ok(HexBinary::default()));
        for text in ["0", "0g", "0 1", "0x01", "٣٣", "é"] {
            assert!(text.parse::<HexBinary>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn debug_does_not_dump() {
        assert_eq!(format!("{:?}", Base64Binary::from(&b"key"[..])), "Base64Binary(3 octets)");
    }
}
