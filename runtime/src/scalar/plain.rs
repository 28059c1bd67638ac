//! `String` and `bool`.

use super::{Scalar, SlotKind, trim_space};

impl Scalar for String {
    const TYPE: &'static str = "xs:string";
    const SLOT: SlotKind = SlotKind::String;

    fn vacant() -> Self {
        Self::new()
    }

    fn parse(text: &str) -> Result<Self, &'static str> {
        Ok(text.into())
    }

    fn format(&self, out: &mut String) {
        out.push_str(self);
    }
}

// Strings skip the detour through `Scalar::parse`: what the reader already owns is not copied again.
impl crate::Value for String {
    fn vacant() -> Self {
        Self::new()
    }

    fn read(&mut self, at: &mut crate::Decoder<'_>) -> crate::Read {
        *self = at.text_of(SlotKind::String)?.into_owned();
        Ok(())
    }

    fn write(&self, to: &mut crate::Encoder<'_>) -> crate::Write {
        to.text_of(SlotKind::String, self)
    }
}

impl Scalar for bool {
    const TYPE: &'static str = "xs:boolean";
    const SLOT: SlotKind = SlotKind::Boolean;

    fn vacant() -> Self {
        false
    }

    fn parse(text: &str) -> Result<Self, &'static str> {
        match trim_space(text) {
            "true" | "1" => Ok(true),
            "false" | "0" => Ok(false),
            _ => Err("true, false, 1 or 0"),
        }
    }

    fn format(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
}

crate::scalar_value!(bool);

#[cfg(test)]
mod tests {
    use super::Scalar;

    #[test]
    fn booleans_have_four_spellings() {
        for (text, value) in [("true", true), ("1", true), (" false\n", false), ("0", false)] {
            assert_eq!(bool::parse(text), Ok(value), "{text:?}");
        }
        for text in ["True", "yes", "2", "", "TRUE", "t", "truefalse", "\u{a0}true"] {
            assert!(bool::parse(text).is_err(), "{text:?}");
        }
    }
}
