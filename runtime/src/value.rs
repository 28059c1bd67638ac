//! [`Value`]: the one trait between generated types and the codec.

use crate::codec::{Decoder, Encoder};
use crate::error::{DecodeError, EncodeError};
use crate::facet::Builtin;
use crate::raw::RawAttribute;
use crate::shape::Shape;

/// Something that can be read from and written to a wire, one occurrence at a time.
///
/// Generated records implement it by handing the codec their shape and an array of slots; scalars, `Option`, `Vec`, `Box`
/// and the wrappers of this crate implement it here. It is object-safe but for [`Value::vacant`].
pub trait Value {
    /// The value reading starts from. It never escapes: a required member that was not read is an error.
    fn vacant() -> Self
    where
        Self: Sized;

    /// Reads one occurrence: the decoder stands behind a start tag (or at an attribute, a slot, a packed part), and has
    /// consumed the whole occurrence afterwards. A `Vec` gains an item.
    ///
    /// # Errors
    /// Whatever is wrong with the occurrence, with its place.
    fn read(&mut self, at: &mut Decoder<'_>) -> Result<(), Box<DecodeError>>;

    /// Takes an occurrence with `xsi:nil="true"`. `false` means that the value cannot be nil. A `Vec` stays empty: the nil
    /// element is its wrapper.
    fn read_nil(&mut self) -> bool {
        false
    }

    /// Takes an item with `xsi:nil="true"`: a `Vec` gains a nil item. `false` means that items cannot be nil.
    fn read_nil_item(&mut self) -> bool {
        false
    }

    /// Whether the value itself holds nil, so that an `Option` around it does not have to.
    fn holds_nil() -> bool
    where
        Self: Sized,
    {
        false
    }

    /// Where the attributes of an element go that was just taken as nil. `None`: the value has no place for them, and they are
    /// told as drift.
    fn nil_attributes(&mut self) -> Option<&mut Vec<RawAttribute>> {
        None
    }

    /// The wrapper of a list was found: `Some(vec![])` differs from `None`. Wrappers hand it on.
    fn open_list(&mut self) {}

    /// Hands out the item with this index, to be read into; a list that is shorter grows by vacant items, which must be read
    /// or be `None`. For arrays whose items say where they stand. `None` where the value is no list.
    fn item(&mut self, index: usize) -> Option<&mut dyn Value> {
        let _ = index;
        None
    }

    /// Takes what came beside the document under this name, for a member that is not in it. `false` means that there is
    /// none, or that the value is of another kind. Only [`Attachment`](crate::Attachment) takes any.
    fn read_beside(&mut self, name: &str, at: &mut Decoder<'_>) -> bool {
        let _ = (name, at);
        false
    }

    /// Writes everything the value holds into the member the encoder stands at: one element (or attribute, slot, part) for
    /// a plain value, one per item for a `Vec`, and whatever the member says about absence for `None`.
    ///
    /// # Errors
    /// A value the wire cannot carry, with its path.
    fn write(&self, to: &mut Encoder<'_>) -> Result<(), Box<EncodeError>>;
}

/// A Rust enum whose variants are the members of a shape of kind `Choice` or `Types`: variant *i* is member *i*.
pub trait Choice {
    /// Makes the value the variant with this index, vacant, and hands out what it holds. (For a repeated branch the variant
    /// holds a `Vec`; when the value already is this variant, it is handed out as it is.)
    fn select(&mut self, index: usize) -> &mut dyn Value;

    /// The index of the variant, and what it holds.
    fn selected(&self) -> (usize, &dyn Value);
}

/// An enumeration that keeps values it does not know; or a union, whose enum has variants for types beside its listed values.
pub trait Enumeration: Sized + Clone + 'static {
    /// Every known value with its text on the wire, sorted by text in byte order.
    const VALUES: &'static [(&'static str, Self)];

    /// The type of the values, where one value has several texts: `1.0` is `1` among decimal numbers.
    const OF: Option<Builtin> = None;

    /// Text of any other kind is a value, too, and blanks count in it (a union with such a member).
    const TEXT: bool = false;

    /// A text that is not listed: a value of one of a union's other types, or else kept as unknown. `None` when the contract
    /// says the list is closed.
    fn unknown(text: &str) -> Option<Self>;

    /// The text on the wire.
    fn as_text(&self) -> std::borrow::Cow<'_, str>;

    /// Whether the contract knows the value: it is listed, or of one of a union's other types.
    fn is_listed(&self) -> bool {
        Self::VALUES.binary_search_by(|(known, _)| (*known).cmp(&self.as_text())).is_ok()
    }
}

/// An enumeration over integer codes that keeps codes it does not know.
pub trait Coded: Sized + Clone + 'static {
    /// Every known value with its code, sorted by code.
    const VALUES: &'static [(i64, Self)];

    /// The values are of a type that goes beyond `xs:int` (`xs:unsignedInt`, `xs:long`, `xs:integer` …).
    const LONG: bool = false;

    /// Keeps an unknown code. `None` when the contract says the list is closed.
    fn unknown(code: i64) -> Option<Self>;

    /// The code on the wire.
    fn as_code(&self) -> i64;
}

/// A record with a shape of its own. Lets tests and tools ask a type how it looks on the wire.
pub trait Shaped: Value {
    /// The shape.
    const SHAPE: &'static Shape;
}
