//! Shapes: what generated code says about the wire, as static data.
//!
//! One shape per type. It lists the type's members in contract order; [`crate::codec`] walks it beside an array of slots
//! (`&mut [&mut self.a, &mut self.b, …]`) in the same order. One shape serves every wire of a contract.

use crate::facet::Facet;

/// An expanded name. An empty namespace means "no namespace".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Name {
    /// The namespace name; empty for none.
    pub ns: &'static str,
    /// The local part.
    pub local: &'static str,
}

impl Name {
    /// Makes a name.
    pub const fn new(ns: &'static str, local: &'static str) -> Self {
        Self { ns, local }
    }
}

/// The wire shape of one type.
#[derive(Debug)]
pub struct Shape {
    /// The type's own name, as `xsi:type` would give it; for anonymous types a path made from their owners.
    pub name: Name,
    /// How the members are arranged.
    pub kind: Kind,
    /// The members, in contract order: the order of the slots.
    pub members: &'static [Member],
    /// The order in which the elements go on wires whose profile sorts them (DataContract: ordinal by name), as indices
    /// into `members`; empty where that is the contract order. Of a choice or of types that have very many members: the
    /// named ones sorted by local name in byte order, for looking them up; empty where they are few.
    pub ordinal: &'static [u16],
}

/// How the members of a shape are arranged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An element's whole content: attributes, then elements in order (`xs:sequence`). Written in this order; read in any
    /// order, with a drift report for what is out of order.
    Record,
    /// Like `Record`, but the order carries no meaning (`xs:all`).
    All,
    /// A sequence inside another type's content, without an element of its own; repeats as a whole.
    Group,
    /// Exactly one member (`xs:choice`, substitution groups). Stands for an element's whole content, or inside another
    /// type's content where its member is [`Place::Inline`].
    Choice,
    /// Exactly one member, told by `xsi:type`; a member's name is the *type's* name. The first member whose flags hold
    /// [`Flags::DEFAULT`] is meant when there is no `xsi:type`.
    Types,
    /// XML-RPC array slots, one after the other.
    Slots,
    /// One string: the members' texts with these literal separators before, between and after them.
    Packed(&'static [&'static str]),
}

/// One member of a shape.
#[derive(Debug)]
pub struct Member {
    /// Its name on the wire; empty for text, inline and wildcard members. Ignored on wires without names (slots) and, for
    /// the namespace, on wires without namespaces.
    pub name: Name,
    /// Where it stands.
    pub place: Place,
    /// Presence, white space, secrecy and the like.
    pub flags: Flags,
    /// The name of its type, which messages in SOAP encoding carry beside each value.
    pub ty: Option<&'static Name>,
    /// What the contract says about its values, beyond their type.
    pub facets: &'static [Facet],
}

/// Where a member stands.
#[derive(Debug, Clone, Copy)]
pub enum Place {
    /// `<name>value</name>`, once per occurrence.
    Element,
    /// `<name><item>value</item>…</name>`: the slot is a `Vec` (or `Option<Vec>`) of items.
    Wrapped(&'static Item),
    /// `name="value"`.
    Attribute,
    /// The element's text (simple content); in a `Choice`, a run of text between elements (mixed content).
    Text,
    /// A nested sequence or choice of the same content model, without an element of its own: its shape.
    Inline(&'static Shape),
    /// Any element the wildcard allows.
    Any(&'static Wildcard),
    /// Any attribute the wildcard allows.
    AnyAttribute(&'static Wildcard),
    /// A value of a positional layout.
    Slot(Count),
    /// In a positional layout: all slots that are left over.
    Rest,
    /// A part of a packed string; the text given stands for `None` (meaningful only for an `Option`).
    Part(Option<&'static str>),
}

/// Whether a counter slot stands before a member's values. The encoder computes counters; nobody sets them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// No counter: the member takes as many slots as its own shape says.
    None,
    /// A counter of the entries that follow.
    Entries,
    /// A counter of all array values that follow in the section, inner counters and ids included.
    Values,
}

/// The repeated item inside a wrapper element.
#[derive(Debug)]
pub struct Item {
    /// The item element's name.
    pub name: Name,
    /// Nillable, secret and white-space flags of the item.
    pub flags: Flags,
    /// The name of its type, which messages in SOAP encoding carry.
    pub ty: Option<&'static Name>,
    /// What the contract says about each item, beyond its type.
    pub facets: &'static [Facet],
    /// On an array of SOAP's encoding whose items are arrays, or that has several dimensions: the number of dimensions of
    /// each array, the outermost first. `[1, 1]` is an array of arrays, `[2]` a table; both are a `Vec<Vec<T>>`. Empty for a
    /// plain list.
    pub ranks: &'static [u8],
}

/// Which namespaces a wildcard allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wildcard {
    /// Any.
    Any,
    /// Any but this one, and not "no namespace".
    Other(&'static str),
    /// These; an empty string stands for "no namespace".
    List(&'static [&'static str]),
}

impl Wildcard {
    /// Whether a name in the given namespace is allowed.
    pub fn allows(&self, ns: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Other(other) => !ns.is_empty() && ns != *other,
            Self::List(list) => list.contains(&ns),
        }
    }
}

/// A set of yes/no facts about a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flags(pub u32);

impl Flags {
    /// Nothing special: may be absent, at most once.
    pub const NONE: Self = Self(0);
    /// Must occur at least once.
    pub const REQUIRED: Self = Self(1);
    /// May occur more than once: the slot is a `Vec`.
    pub const REPEATED: Self = Self(1 << 1);
    /// `xsi:nil="true"` is allowed.
    pub const NILLABLE: Self = Self(1 << 2);
    /// Never shown in Debug, logs, captures or errors.
    pub const SECRET: Self = Self(1 << 3);
    /// White space is collapsed before the value is read.
    pub const COLLAPSE: Self = Self(1 << 4);
    /// Each white-space character is replaced by a space before the value is read.
    pub const REPLACE: Self = Self(1 << 5);
    /// `None` is written as `xsi:nil="true"`, on every wire.
    pub const NIL_IF_NONE: Self = Self(1 << 6);
    /// `None` is written as `xsi:nil="true"` on SOAP wires only (DataContractSerializer: every null; where the plain wire's
    /// XmlSerializer leaves null strings out).
    pub const NIL_IF_NONE_ON_SOAP: Self = Self(1 << 7);
    /// `None` is written as an empty element.
    pub const EMPTY_IF_NONE: Self = Self(1 << 8);
    /// The member exists on SOAP wires only.
    pub const ONLY_SOAP: Self = Self(1 << 9);
    /// The member exists on plain XML wires only.
    pub const ONLY_PLAIN: Self = Self(1 << 10);
    /// In a positional layout: may be missing together with everything after it.
    pub const TRAILING: Self = Self(1 << 11);
    /// In [`Kind::Types`]: meant when there is no `xsi:type`.
    pub const DEFAULT: Self = Self(1 << 12);
    /// An empty element has the value that the member's facets say.
    pub const HAS_DEFAULT: Self = Self(1 << 13);
    /// An absent member is read as an empty list (or the vacant value) although the struct holds it unconditionally: what
    /// hand-written contracts mean by `Vec<T>`. The wrapper is always written.
    pub const ABSENT_IS_EMPTY: Self = Self(1 << 14);

    /// On the item of a wrapped list: the wrapper is an array of SOAP's encoding. Its items go by any name.
    pub const ARRAY: Self = Self(1 << 15);
    /// Not required, but only because all of a sequence may be absent: where it has occurred, what stands before it in the
    /// contract is over, and an element of such a name behind it belongs to open content. Said where there is such content.
    pub const DIVIDES: Self = Self(1 << 16);
    /// A later member has the same name: behind as many occurrences as the facets allow, that one is meant.
    pub const COUNTED: Self = Self(1 << 17);

    /// Both sets.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether every fact of `other` holds.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether any fact of `other` holds.
    pub const fn has_any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

// Constructors, short because generated tables are long.

/// An element member.
pub const fn element(ns: &'static str, local: &'static str, flags: Flags) -> Member {
    Member { name: Name { ns, local }, place: Place::Element, flags, ty: None, facets: &[] }
}

/// A wrapped list member.
pub const fn wrapped(ns: &'static str, local: &'static str, flags: Flags, item: &'static Item) -> Member {
    Member { name: Name { ns, local }, place: Place::Wrapped(item), flags, ty: None, facets: &[] }
}

/// The item of a wrapped list.
pub const fn item(ns: &'static str, local: &'static str, flags: Flags) -> Item {
    Item { name: Name { ns, local }, flags, ty: None, facets: &[], ranks: &[] }
}

/// The item of an array of arrays, or of an array of several dimensions.
pub const fn nested_item(ranks: &'static [u8], item: Item) -> Item {
    Item { ranks, ..item }
}

/// A member whose type has a name, for messages in SOAP encoding.
pub const fn typed(ty: &'static Name, member: Member) -> Member {
    Member { ty: Some(ty), ..member }
}

/// An item whose type has a name, for messages in SOAP encoding.
pub const fn typed_item(ty: &'static Name, item: Item) -> Item {
    Item { ty: Some(ty), ..item }
}

/// A member of which the contract says more than its type does.
pub const fn limited(facets: &'static [Facet], member: Member) -> Member {
    Member { facets, ..member }
}

/// An item of which the contract says more than its type does.
pub const fn limited_item(facets: &'static [Facet], item: Item) -> Item {
    Item { facets, ..item }
}

/// An attribute member.
pub const fn attribute(ns: &'static str, local: &'static str, flags: Flags) -> Member {
    Member { name: Name { ns, local }, place: Place::Attribute, flags, ty: None, facets: &[] }
}

/// A text member.
pub const fn text(flags: Flags) -> Member {
    Member { name: Name { ns: "", local: "" }, place: Place::Text, flags, ty: None, facets: &[] }
}

/// A nested group or choice.
pub const fn inline(shape: &'static Shape, flags: Flags) -> Member {
    Member { name: Name { ns: "", local: "" }, place: Place::Inline(shape), flags, ty: None, facets: &[] }
}

/// A wildcard for elements.
pub const fn any(wildcard: &'static Wildcard, flags: Flags) -> Member {
    Member { name: Name { ns: "", local: "" }, place: Place::Any(wildcard), flags, ty: None, facets: &[] }
}

/// A wildcard for attributes.
pub const fn any_attribute(wildcard: &'static Wildcard) -> Member {
    Member {
        name: Name { ns: "", local: "" },
        place: Place::AnyAttribute(wildcard),
        flags: Flags::NONE,
        ty: None,
        facets: &[],
    }
}

/// A positional member.
pub const fn slot(local: &'static str, count: Count, flags: Flags) -> Member {
    Member { name: Name { ns: "", local }, place: Place::Slot(count), flags, ty: None, facets: &[] }
}

/// All remaining positional values.
pub const fn rest(local: &'static str) -> Member {
    Member { name: Name { ns: "", local }, place: Place::Rest, flags: Flags::NONE, ty: None, facets: &[] }
}

/// A part of a packed string.
pub const fn part(local: &'static str, none: Option<&'static str>, flags: Flags) -> Member {
    Member { name: Name { ns: "", local }, place: Place::Part(none), flags, ty: None, facets: &[] }
}
