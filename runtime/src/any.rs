//! [`Any`]: one of the many types or elements that may stand where a base is declared.

use std::any::TypeId;
use std::fmt;
use std::marker::PhantomData;

use crate::codec::{self, Decoder, Encoder, Options, Profile};
use crate::error::{Read, Write};
use crate::raw::{AnyType, RawElement};
use crate::shape::{Kind, Name, Shape};
use crate::value::{Choice, Value};

/// A type from which others derive (`xsi:type`), or the head of a substitution group, with all that may stand in its place.
/// [`alternatives!`](crate::alternatives) implements it, for bases that have too many alternatives for an enum.
///
/// Its tables are apart from each other so that a program that never copies, compares or shows an [`Any`] has no code for that.
pub trait Base: Sized + 'static {
    /// A shape of kind [`Kind::Types`] or [`Kind::Choice`]: a member for each alternative, and a last one for what is not known.
    const SHAPE: &'static Shape;
    /// The alternatives, in the shape's order.
    const KNOWN: &'static [Known];
    /// How each is copied.
    const COPIED: &'static [Copied];
    /// How each is compared.
    const EQUAL: &'static [Equal];
    /// How each is shown.
    const SHOWN: &'static [Shown];
}

/// What may stand where `B` is declared: a type derived from the type `B`, or an element of the group of `B`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand where `{B}` is declared",
    label = "not derived from `{B}`",
    note = "the contract says which types derive from a type, and which elements belong to a group"
)]
pub trait DerivedFrom<B: Base>: 'static {
    /// What is held: for a type itself, for an element what it contains.
    type Value: Held + fmt::Debug + Clone + PartialEq;
}

/// What an [`Any`] can hold.
pub trait Held: Value + Send + Sync + std::any::Any {}

impl<T: Value + Send + Sync + 'static> Held for T {}

/// Makes another value of the same type.
pub type Copied = fn(&dyn Held) -> Box<dyn Held>;
/// Compares two values of one type.
pub type Equal = fn(&dyn Held, &dyn Held) -> bool;
/// Hands out what shows a value.
pub type Shown = fn(&dyn Held) -> &dyn fmt::Debug;

/// An alternative of a [`Base`].
#[derive(Debug)]
pub struct Known {
    id: fn() -> TypeId,
    vacant: fn() -> Box<dyn Held>,
}

impl Known {
    /// The entry of a type or element, and of what it holds.
    pub const fn of<E: 'static, T: Held>() -> Self {
        Self { id: TypeId::of::<E>, vacant: vacant::<T> }
    }
}

fn vacant<T: Held>() -> Box<dyn Held> {
    Box::new(T::vacant())
}

/// For [`Base::COPIED`].
///
/// # Panics
/// When the value is of another type, which it is in no table.
pub fn copied<T: Held + Clone>(value: &dyn Held) -> Box<dyn Held> {
    Box::new(cast::<T>(value).clone())
}

/// For [`Base::EQUAL`].
///
/// # Panics
/// When a value is of another type, which it is in no table.
pub fn equal<T: Held + PartialEq>(one: &dyn Held, other: &dyn Held) -> bool {
    cast::<T>(one) == cast::<T>(other)
}

/// For [`Base::SHOWN`].
///
/// # Panics
/// When the value is of another type, which it is in no table.
pub fn shown<T: Held + fmt::Debug>(value: &dyn Held) -> &dyn fmt::Debug {
    cast::<T>(value)
}

fn cast<T: Held>(value: &dyn Held) -> &T {
    (value as &dyn std::any::Any).downcast_ref().expect("a value is held with the index of its own type")
}

/// Declares what may stand where a base is declared: `alternatives! { Event: ANY_EVENT = [Event, AlarmEvent] }` for types told by
/// `xsi:type`, and `alternatives! { elements::Shape: SHAPE = [elements::Circle => CircleType] }` for the elements of a group, with
/// what each holds. In generated code; the order is that of the shape's members.
#[macro_export]
macro_rules! alternatives {
    ($base:ty: $shape:ident = [$($known:ty),* $(,)?]) => {
        $crate::alternatives! { $base: $shape = [$($known => $known),*] }
    };
    ($base:ty: $shape:ident = [$($known:ty => $value:ty),* $(,)?]) => {
        impl $crate::Base for $base {
            const SHAPE: &'static $crate::Shape = &$shape;
            const KNOWN: &'static [$crate::any::Known] = &[$($crate::any::Known::of::<$known, $value>()),*];
            const COPIED: &'static [$crate::any::Copied] = &[$($crate::any::copied::<$value>),*];
            const EQUAL: &'static [$crate::any::Equal] = &[$($crate::any::equal::<$value>),*];
            const SHOWN: &'static [$crate::any::Shown] = &[$($crate::any::shown::<$value>),*];
        }
        $(impl $crate::DerivedFrom<$base> for $known { type Value = $value; })*
    };
}

/// One of the many types that derive from `B`, or of the elements in its substitution group.
///
/// Where an enum would have hundreds of variants, generated code has this: values go in and come out by their type, and what
/// the contract does not list is kept as it came. `Debug` shows what is held; secrets in it stay hidden.
///
/// ```ignore
/// // In: only types derived from `Event` compile.
/// let event: rt::Any<Event> = rt::Any::new(VmPoweredOnEvent { .. });
///
/// // Out: where an enum is matched, ask.
/// if let Some(on) = event.downcast_ref::<VmPoweredOnEvent>() {
///     println!("{} is on", on.vm.name);
/// } else if let Some(raw) = event.unknown_type() {
///     println!("a type of tomorrow: {}", raw.content());
/// }
/// // What all have in common, whatever it is:
/// println!("{}", event.to_base()?.created_time);
/// ```
///
/// The elements of a substitution group have markers in the module `elements`: `AnyShape::of::<elements::Circle>(circle)`
/// and `shape.downcast_ref::<elements::Circle>()`.
pub struct Any<B: Base> {
    content: Content,
    base: PhantomData<fn() -> B>,
}

enum Content {
    /// An alternative: its place in the table, and its value.
    Known { index: usize, value: Box<dyn Held> },
    /// A type the contract does not list.
    Type(Box<AnyType>),
    /// An element the contract does not list.
    Element(Box<RawElement>),
}

impl<B: Base> Any<B> {
    /// Holds a value of a type derived from `B` (or of `B` itself, unless it is abstract).
    pub fn new<T: DerivedFrom<B, Value = T>>(value: T) -> Self {
        Self::of::<T>(value)
    }

    /// Holds what an element of the group contains.
    ///
    /// # Panics
    /// When [`DerivedFrom`] was implemented by hand for what the base's table does not list.
    pub fn of<E: DerivedFrom<B>>(value: E::Value) -> Self {
        let index = Self::index_of::<E>().expect("each alternative of a base is in the base's table");
        Self { content: Content::Known { index, value: Box::new(value) }, base: PhantomData }
    }

    /// Holds a type the contract does not list, with its `xsi:type` among the attributes. For bases told by `xsi:type`;
    /// elsewhere it cannot be written.
    pub fn from_unknown_type(value: AnyType) -> Self {
        Self { content: Content::Type(Box::new(value)), base: PhantomData }
    }

    /// Holds an element the contract does not list. For substitution groups; elsewhere it cannot be written.
    pub fn from_unknown_element(value: RawElement) -> Self {
        Self { content: Content::Element(Box::new(value)), base: PhantomData }
    }

    fn index_of<E: DerivedFrom<B>>() -> Option<usize> {
        let id = TypeId::of::<E>();
        B::KNOWN.iter().position(|known| (known.id)() == id)
    }

    fn holds<E: DerivedFrom<B>>(&self) -> bool {
        match &self.content {
            Content::Known { index, .. } => B::KNOWN.get(*index).is_some_and(|known| (known.id)() == TypeId::of::<E>()),
            Content::Type(_) | Content::Element(_) => false,
        }
    }

    /// Whether this type or element is held: exactly this one, not one derived from it.
    pub fn is<E: DerivedFrom<B>>(&self) -> bool {
        self.holds::<E>()
    }

    /// The value, if it is of this type or element.
    pub fn downcast_ref<E: DerivedFrom<B>>(&self) -> Option<&E::Value> {
        match &self.content {
            Content::Known { value, .. } if self.holds::<E>() => {
                (&**value as &dyn std::any::Any).downcast_ref::<E::Value>()
            }
            _ => None,
        }
    }

    /// The value to change, if it is of this type or element.
    pub fn downcast_mut<E: DerivedFrom<B>>(&mut self) -> Option<&mut E::Value> {
        let holds = self.holds::<E>();
        match &mut self.content {
            Content::Known { value, .. } if holds => {
                (&mut **value as &mut dyn std::any::Any).downcast_mut::<E::Value>()
            }
            _ => None,
        }
    }

    /// The value itself, if it is of this type or element.
    ///
    /// # Errors
    /// What is held, if it is something else.
    pub fn downcast<E: DerivedFrom<B>>(self) -> Result<E::Value, Self> {
        let holds = self.holds::<E>();
        let Self { content, base } = self;
        match content {
            Content::Known { index, value } if holds => {
                let mut value = value;
                match (&mut *value as &mut dyn std::any::Any).downcast_mut::<E::Value>() {
                    Some(found) => Ok(std::mem::replace(found, E::Value::vacant())),
                    None => Err(Self { content: Content::Known { index, value }, base }),
                }
            }
            content => Err(Self { content, base }),
        }
    }

    /// The wire name of the type or element that is held, if the contract lists it.
    pub fn name(&self) -> Option<Name> {
        match &self.content {
            Content::Known { index, .. } => B::SHAPE.members.get(*index).map(|member| member.name),
            Content::Type(_) | Content::Element(_) => None,
        }
    }

    /// What is held, if it is a type that this version of the contract does not list.
    pub fn unknown_type(&self) -> Option<&AnyType> {
        match &self.content {
            Content::Type(value) => Some(value),
            Content::Known { .. } | Content::Element(_) => None,
        }
    }

    /// What is held, if it is an element that this version of the contract does not list.
    pub fn unknown_element(&self) -> Option<&RawElement> {
        match &self.content {
            Content::Element(value) => Some(value),
            Content::Known { .. } | Content::Type(_) => None,
        }
    }

    fn unknown() -> Content {
        if matches!(B::SHAPE.kind, Kind::Types) {
            Content::Type(Box::default())
        } else {
            Content::Element(Box::new(RawElement::vacant()))
        }
    }
}

impl<B: Base + Value> Any<B> {
    /// The members that every alternative has, as a value of the base itself: of known types and of unknown ones.
    ///
    /// It is written and read again for that, which costs as much as that costs; where the type is known,
    /// [`Any::downcast_ref`] is for free.
    ///
    /// # Errors
    /// What cannot be written, and for unknown types what is no value of the base.
    pub fn to_base(&self) -> Result<B, Box<dyn std::error::Error + Send + Sync>> {
        let profile = Profile::SOAP.default_namespace(false);
        let name = B::SHAPE.name;
        let written = codec::encode_element(name, profile, self)?;
        let mut base = B::vacant();
        codec::decode_document(&written.text, name, &mut base, &Options::new(profile))?;
        Ok(base)
    }
}

impl<B: Base> Choice for Any<B> {
    fn select(&mut self, index: usize) -> &mut dyn Value {
        match B::KNOWN.get(index) {
            Some(known) => {
                if !matches!(&self.content, Content::Known { index: held, .. } if *held == index) {
                    self.content = Content::Known { index, value: (known.vacant)() };
                }
            }
            None => {
                if matches!(self.content, Content::Known { .. }) {
                    self.content = Self::unknown();
                }
            }
        }
        match &mut self.content {
            Content::Known { value, .. } => &mut **value,
            Content::Type(value) => &mut **value,
            Content::Element(value) => &mut **value,
        }
    }

    fn selected(&self) -> (usize, &dyn Value) {
        match &self.content {
            Content::Known { index, value } => (*index, &**value),
            Content::Type(value) => (B::KNOWN.len(), &**value),
            Content::Element(value) => (B::KNOWN.len(), &**value),
        }
    }
}

impl<B: Base> Value for Any<B> {
    fn vacant() -> Self {
        Self { content: Self::unknown(), base: PhantomData }
    }

    fn read(&mut self, at: &mut Decoder<'_>) -> Read {
        match B::SHAPE.kind {
            Kind::Types => at.typed(B::SHAPE, self),
            _ => at.choice(B::SHAPE, self),
        }
    }

    fn write(&self, to: &mut Encoder<'_>) -> Write {
        match B::SHAPE.kind {
            Kind::Types => to.typed(B::SHAPE, self),
            _ => to.choice(B::SHAPE, self),
        }
    }
}

impl<B: Base> Clone for Any<B> {
    fn clone(&self) -> Self {
        let content = match &self.content {
            Content::Known { index, value } => Content::Known { index: *index, value: B::COPIED[*index](&**value) },
            Content::Type(value) => Content::Type(value.clone()),
            Content::Element(value) => Content::Element(value.clone()),
        };
        Self { content, base: PhantomData }
    }
}

impl<B: Base> PartialEq for Any<B> {
    fn eq(&self, other: &Self) -> bool {
        match (&self.content, &other.content) {
            // Two elements of a group may hold the same type.
            (Content::Known { index, value }, Content::Known { index: other_index, value: other }) => {
                index == other_index && B::EQUAL[*index](&**value, &**other)
            }
            (Content::Type(value), Content::Type(other)) => value == other,
            (Content::Element(value), Content::Element(other)) => value == other,
            _ => false,
        }
    }
}

impl<B: Base> fmt::Debug for Any<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.content {
            Content::Known { index, value } => f.debug_tuple("Any").field(B::SHOWN[*index](&**value)).finish(),
            Content::Type(value) => f.debug_tuple("Unknown").field(value).finish(),
            Content::Element(value) => f.debug_tuple("Unknown").field(value).finish(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::{self, Flags, Wildcard};
    use crate::{Root, Secret};

    const NS: &str = "urn:t";

    #[derive(Debug, Clone, PartialEq)]
    struct Event {
        key: i32,
    }
    #[derive(Debug, Clone, PartialEq)]
    struct Login {
        key: i32,
        password: Secret<String>,
    }

    static EVENT: Shape = Shape {
        name: Name::new(NS, "Event"),
        kind: Kind::Record,
        members: &[shape::element(NS, "key", Flags::REQUIRED)],
        ordinal: &[],
    };
    static LOGIN: Shape = Shape {
        name: Name::new(NS, "Login"),
        kind: Kind::Record,
        members: &[
            shape::element(NS, "key", Flags::REQUIRED),
            shape::element(NS, "password", Flags::REQUIRED.and(Flags::SECRET)),
        ],
        ordinal: &[],
    };
    static ANY_EVENT: Shape = Shape {
        name: Name::new(NS, "Event"),
        kind: Kind::Types,
        members: &[
            shape::element(NS, "Event", Flags::DEFAULT),
            shape::element(NS, "Login", Flags::NONE),
            shape::any(&Wildcard::Any, Flags::NONE),
        ],
        ordinal: &[],
    };
    crate::alternatives! { Event: ANY_EVENT = [Event, Login] }

    impl Value for Event {
        fn vacant() -> Self {
            Self { key: Value::vacant() }
        }

        fn read(&mut self, at: &mut Decoder<'_>) -> Read {
            at.record(&EVENT, &mut [&mut self.key])
        }

        fn write(&self, to: &mut Encoder<'_>) -> Write {
            to.record(&EVENT, &[&self.key])
        }
    }

    impl Value for Login {
        fn vacant() -> Self {
            Self { key: Value::vacant(), password: Value::vacant() }
        }

        fn read(&mut self, at: &mut Decoder<'_>) -> Read {
            at.record(&LOGIN, &mut [&mut self.key, &mut self.password])
        }

        fn write(&self, to: &mut Encoder<'_>) -> Write {
            to.record(&LOGIN, &[&self.key, &self.password])
        }
    }

    static ROOT: Root<Any<Event>> = Root::new(Name::new(NS, "event"), false);

    fn document(ty: &str, content: &str) -> String {
        format!(
            "<event xmlns='{NS}' xmlns:x='{XSI}' xmlns:t='{NS}'{ty}>{content}</event>",
            XSI = crate::xml::XSI_NAMESPACE
        )
    }

    #[test]
    fn secrets_stay_hidden_and_are_written() {
        let event: Any<Event> = Any::new(Login { key: 1, password: "pst".to_owned().into() });
        assert!(!format!("{event:?}").contains("pst"));
        let text = ROOT.write(&event).unwrap();
        assert!(text.contains("pst") && text.contains("type=\""), "{text}");
        assert_eq!(ROOT.read(&text).unwrap(), event);
        assert_eq!(event.to_base().unwrap(), Event { key: 1 });
        let (_, decoded) = ROOT.read_with(&text, |_| {}).unwrap();
        assert_eq!(decoded.secrets.len(), 1);
    }

    #[test]
    fn what_is_held_is_exactly_one_type() {
        fn send<T: Send + Sync>(_: &T) {}
        let event = ROOT.read(&document("", "<key>1</key>")).unwrap();
        send(&event);
        assert!(event.is::<Event>() && !event.is::<Login>());
        assert_eq!(event, event.clone());
        assert_ne!(event, Any::new(Event { key: 2 }));
        assert_eq!(event.downcast::<Login>().unwrap_err().downcast::<Event>(), Ok(Event { key: 1 }));
    }

    #[test]
    fn a_type_of_tomorrow_has_what_its_base_has_or_says_why_not() {
        let unknown = ROOT.read(&document(" x:type='t:Logout'", "<key>7</key><why/>")).unwrap();
        assert_eq!(unknown.name(), None);
        assert_eq!(unknown.to_base().unwrap().key, 7);
        let broken = ROOT.read(&document(" x:type='t:Logout'", "<why/>")).unwrap();
        assert!(broken.to_base().unwrap_err().to_string().contains("Logout"));
        assert_eq!(ROOT.read(&ROOT.write(&broken).unwrap()).unwrap().unknown_type(), broken.unknown_type());
        // An element can be held, but not where types are told apart.
        let wrong: Any<Event> = Any::from_unknown_element("<a/>".parse().unwrap());
        assert!(ROOT.write(&wrong).is_err());
    }
}
