//! [`Secret`]: a value that is sent, and never shown.

use std::any::Any;
use std::fmt;
use std::hint::black_box;

use zeroize::Zeroize;

use crate::codec::{Decoder, Encoder};
use crate::error::{Read, Write};
use crate::scalar::{Base64Binary, HexBinary};
use crate::value::Value;

/// A password, a token, a license key: anything that must not appear in Debug output, logs, captures or errors.
///
/// The wire is not affected. There is no `Display` and no serialization; [`Secret::expose`] is the one way to look, and easy
/// to search for. Texts and octets are compared in constant time (their length is not hidden) and wiped when dropped. Wiping is
/// best effort: it covers what this value owns at that moment, not the copies that a growing buffer, the HTTP library or TLS
/// left behind, and not the inside of records; put `Secret` around the innermost members instead.
pub struct Secret<T: 'static>(T);

impl<T: 'static> Secret<T> {
    /// Hides a value.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// Shows the value.
    pub const fn expose(&self) -> &T {
        &self.0
    }

    /// Takes the value out; from here on it is an ordinary value and will not be wiped.
    pub fn into_inner(mut self) -> T
    where
        T: Value,
    {
        std::mem::replace(&mut self.0, T::vacant())
    }
}

/// Shows that there is a secret, and nothing of it.
impl<T: 'static> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl<T: Clone + 'static> Clone for Secret<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: Default + 'static> Default for Secret<T> {
    fn default() -> Self {
        Self(T::default())
    }
}

impl<T: 'static> From<T> for Secret<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl From<&str> for Secret<String> {
    fn from(value: &str) -> Self {
        Self(value.into())
    }
}

impl<T: PartialEq + 'static> PartialEq for Secret<T> {
    fn eq(&self, other: &Self) -> bool {
        match (octets(&self.0), octets(&other.0)) {
            (Some(left), Some(right)) => equal_in_constant_time(left, right),
            _ => self.0 == other.0,
        }
    }
}

impl<T: Eq + 'static> Eq for Secret<T> {}

impl<T: 'static> Drop for Secret<T> {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

impl<T: Value + 'static> Value for Secret<T> {
    fn vacant() -> Self {
        Self(T::vacant())
    }

    fn read(&mut self, at: &mut Decoder<'_>) -> Read {
        self.0.read(at)
    }

    fn read_nil(&mut self) -> bool {
        self.0.read_nil()
    }

    fn read_nil_item(&mut self) -> bool {
        self.0.read_nil_item()
    }

    fn holds_nil() -> bool {
        T::holds_nil()
    }

    fn nil_attributes(&mut self) -> Option<&mut Vec<crate::RawAttribute>> {
        self.0.nil_attributes()
    }

    fn open_list(&mut self) {
        self.0.open_list();
    }

    fn item(&mut self, index: usize) -> Option<&mut dyn Value> {
        self.0.item(index)
    }

    fn read_beside(&mut self, name: &str, at: &mut Decoder<'_>) -> bool {
        self.0.read_beside(name, at)
    }

    fn write(&self, to: &mut Encoder<'_>) -> Write {
        self.0.write(to)
    }
}

/// The octets of the types whose comparison must not tell how many of them agree.
fn octets(value: &dyn Any) -> Option<&[u8]> {
    if let Some(text) = value.downcast_ref::<String>() {
        Some(text.as_bytes())
    } else if let Some(octets) = value.downcast_ref::<Vec<u8>>() {
        Some(octets)
    } else if let Some(Base64Binary(octets)) = value.downcast_ref() {
        Some(octets)
    } else if let Some(HexBinary(octets)) = value.downcast_ref() {
        Some(octets)
    } else {
        None
    }
}

fn equal_in_constant_time(left: &[u8], right: &[u8]) -> bool {
    // `black_box` keeps the optimizer from leaving the loop at the first difference.
    left.len() == right.len() && left.iter().zip(right).fold(0, |all, (a, b)| black_box(all | (a ^ b))) == 0
}

fn wipe(value: &mut dyn Any) {
    if let Some(text) = value.downcast_mut::<String>() {
        text.zeroize();
    } else if let Some(octets) = value.downcast_mut::<Vec<u8>>() {
        octets.zeroize();
    } else if let Some(Base64Binary(octets)) = value.downcast_mut() {
        octets.zeroize();
    } else if let Some(HexBinary(octets)) = value.downcast_mut() {
        octets.zeroize();
    } else if let Some(text) = value.downcast_mut::<Option<String>>() {
        text.zeroize();
    } else if let Some(texts) = value.downcast_mut::<Vec<String>>() {
        texts.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing() {
        #[derive(Debug)]
        #[allow(dead_code)]
        struct Login {
            password: Secret<String>,
            pin: Option<Secret<i32>>,
        }
        let login = Login { password: "hunter2".into(), pin: Some(Secret::new(4711)) };
        let shown = format!("{login:?} {login:#?}");
        assert!(!shown.contains("hunter2") && !shown.contains("4711"), "{shown}");
    }

    #[test]
    fn compares_and_opens() {
        let secret = Secret::from("hunter2");
        assert_eq!(secret, Secret::new("hunter2".to_owned()));
        assert_ne!(secret, Secret::from("hunter3"));
        assert_ne!(secret, Secret::from("hunter"));
        assert_eq!(Secret::new(5), Secret::new(5));
        assert_eq!(secret.clone().expose(), "hunter2");
        assert_eq!(secret.into_inner(), "hunter2");
    }

    #[test]
    fn wipes_what_it_knows() {
        let mut text = String::from("hunter2");
        wipe(&mut text);
        assert!(text.is_empty());
        let mut octets = Base64Binary(b"key".to_vec());
        wipe(&mut octets);
        assert!(octets.0.is_empty());
        let mut texts = vec![String::from("hunter2")];
        wipe(&mut texts);
        assert!(texts.is_empty());
    }
}
