//! [`Value`] for what holds other values: `Option`, `Vec`, `Box`, [`Nillable`], [`List`].

use crate::codec::{Decoder, Encoder};
use crate::error::{DecodeErrorKind, Read, Write};
use crate::raw::RawAttribute;
use crate::scalar::{Scalar, SlotKind};
use crate::value::Value;

impl<T: Value> Value for Option<T> {
    fn vacant() -> Self {
        None
    }

    fn read(&mut self, at: &mut Decoder<'_>) -> Read {
        // What is there stays: items of a list come one by one.
        self.get_or_insert_with(T::vacant).read(at)
    }

    fn read_nil(&mut self) -> bool {
        if T::holds_nil() {
            return self.get_or_insert_with(T::vacant).read_nil();
        }
        *self = None;
        true
    }

    fn read_nil_item(&mut self) -> bool {
        self.get_or_insert_with(T::vacant).read_nil_item()
    }

    fn nil_attributes(&mut self) -> Option<&mut Vec<RawAttribute>> {
        self.as_mut().and_then(Value::nil_attributes)
    }

    fn open_list(&mut self) {
        self.get_or_insert_with(T::vacant).open_list();
    }

    fn item(&mut self, index: usize) -> Option<&mut dyn Value> {
        self.get_or_insert_with(T::vacant).item(index)
    }

    fn read_beside(&mut self, name: &str, at: &mut Decoder<'_>) -> bool {
        let mut value = T::vacant();
        let taken = value.read_beside(name, at);
        if taken {
            *self = Some(value);
        }
        taken
    }

    fn write(&self, to: &mut Encoder<'_>) -> Write {
        match self {
            Some(value) => value.write(to),
            None => to.absent(),
        }
    }
}

impl<T: Value> Value for Vec<T> {
    fn vacant() -> Self {
        Self::new()
    }

    fn read(&mut self, at: &mut Decoder<'_>) -> Read {
        self.push(T::vacant());
        match self.last_mut() {
            Some(item) => item.read(at),
            None => Ok(()),
        }
    }

    fn read_nil(&mut self) -> bool {
        true
    }

    fn read_nil_item(&mut self) -> bool {
        let mut item = T::vacant();
        let taken = item.read_nil();
        if taken {
            self.push(item);
        }
        taken
    }

    fn item(&mut self, index: usize) -> Option<&mut dyn Value> {
        if index >= self.len() {
            self.resize_with(index + 1, T::vacant);
        }
        self.get_mut(index).map(|item| item as &mut dyn Value)
    }

    fn nil_attributes(&mut self) -> Option<&mut Vec<RawAttribute>> {
        self.last_mut().and_then(Value::nil_attributes)
    }

    fn write(&self, to: &mut Encoder<'_>) -> Write {
        to.list(self.len(), &mut |to, index| match self.get(index) {
            Some(item) => item.write(to),
            None => Ok(()),
        })
    }
}

impl<T: Value> Value for Box<T> {
    fn vacant() -> Self {
        Self::new(T::vacant())
    }

    fn read(&mut self, at: &mut Decoder<'_>) -> Read {
        (**self).read(at)
    }

    fn read_nil(&mut self) -> bool {
        (**self).read_nil()
    }

    fn read_nil_item(&mut self) -> bool {
        (**self).read_nil_item()
    }

    fn holds_nil() -> bool {
        T::holds_nil()
    }

    fn nil_attributes(&mut self) -> Option<&mut Vec<RawAttribute>> {
        (**self).nil_attributes()
    }

    fn open_list(&mut self) {
        (**self).open_list();
    }

    fn item(&mut self, index: usize) -> Option<&mut dyn Value> {
        (**self).item(index)
    }

    fn read_beside(&mut self, name: &str, at: &mut Decoder<'_>) -> bool {
        (**self).read_beside(name, at)
    }

    fn write(&self, to: &mut Encoder<'_>) -> Write {
        (**self).write(to)
    }
}

/// An element that may be missing, or be there as `xsi:nil="true"`, or hold a value: three states that mean different things
/// to some services.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Nillable<T> {
    /// There is no element.
    #[default]
    Absent,
    /// The element says `xsi:nil="true"`.
    Nil,
    /// The element holds a value.
    Value(T),
}

impl<T> Nillable<T> {
    /// The value, if there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Nil => None,
        }
    }

    /// The value, if there is one.
    pub fn into_value(self) -> Option<T> {
        self.into()
    }

    /// Whether there is no element.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the element says nil.
    pub fn is_nil(&self) -> bool {
        matches!(self, Self::Nil)
    }
}

impl<T> From<T> for Nillable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// `None` becomes `Absent`.
impl<T> From<Option<T>> for Nillable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Value)
    }
}

impl<T> From<Nillable<T>> for Option<T> {
    fn from(value: Nillable<T>) -> Self {
        match value {
            Nillable::Value(value) => Some(value),
            Nillable::Absent | Nillable::Nil => None,
        }
    }
}

impl<T: Value> Nillable<T> {
    fn or_vacant(&mut self) -> Option<&mut T> {
        if !matches!(self, Self::Value(_)) {
            *self = Self::Value(T::vacant());
        }
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Nil => None,
        }
    }
}

impl<T: Value> Value for Nillable<T> {
    fn vacant() -> Self {
        Self::Absent
    }

    fn read(&mut self, at: &mut Decoder<'_>) -> Read {
        self.or_vacant().map_or(Ok(()), |value| value.read(at))
    }

    fn read_nil(&mut self) -> bool {
        *self = Self::Nil;
        true
    }

    fn read_nil_item(&mut self) -> bool {
        self.or_vacant().is_some_and(Value::read_nil_item)
    }

    fn open_list(&mut self) {
        if let Some(value) = self.or_vacant() {
            value.open_list();
        }
    }

    fn item(&mut self, index: usize) -> Option<&mut dyn Value> {
        self.or_vacant()?.item(index)
    }

    fn write(&self, to: &mut Encoder<'_>) -> Write {
        match self {
            Self::Value(value) => value.write(to),
            Self::Nil => to.nil(),
            Self::Absent => to.omitted(),
        }
    }
}

/// Values separated by white space in one text (`xs:list`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct List<T>(pub Vec<T>);

impl<T> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> Self {
        Self(items)
    }
}

impl<T> std::ops::Deref for List<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.0
    }
}

impl<T> std::ops::DerefMut for List<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.0
    }
}

impl<T: Scalar> Value for List<T> {
    fn vacant() -> Self {
        Self(Vec::new())
    }

    fn read(&mut self, at: &mut Decoder<'_>) -> Read {
        let text = at.text_of(SlotKind::String)?;
        self.0.clear();
        for item in text.split([' ', '\t', '\n', '\r']).filter(|item| !item.is_empty()) {
            match T::parse(item) {
                Ok(item) => {
                    if !item.is_named() {
                        at.unknown_item(&text)?;
                    }
                    self.0.push(item);
                }
                Err(expected) => {
                    return Err(at.error(DecodeErrorKind::Value {
                        expected: format!("a list of {}: {expected}", T::TYPE),
                        text: at.shown(item),
                    }));
                }
            }
        }
        Ok(())
    }

    fn write(&self, to: &mut Encoder<'_>) -> Write {
        let mut text = String::new();
        for item in &self.0 {
            if !text.is_empty() {
                text.push(' ');
            }
            let from = text.len();
            item.format(&mut text);
            if !item.is_named() {
                to.unlisted(&text[from..]);
            }
            // Such an item would come back as two, or as none.
            if text[from..].is_empty() || text[from..].contains([' ', '\t', '\n', '\r']) {
                return Err(to.value_error("list items that are not empty and hold no white space"));
            }
        }
        to.text_of(SlotKind::String, to.not_empty(&text))
    }
}
