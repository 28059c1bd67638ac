//! Types as the generator writes them.

use crate as rt;
use crate::Value as _;

pub(super) const NS: &str = "urn:n";
pub(super) const OTHER: &str = "urn:o";
pub(super) const ROOT: rt::Name = rt::Name::new(NS, "Root");

/// A record: struct, shape and impl.
macro_rules! record {
    ($name:ident $shape:ident $kind:ident { $($field:ident: $ty:ty = $member:expr;)* } $($ordinal:expr)?) => {
        #[derive(Debug, Clone, PartialEq)]
        pub(super) struct $name {
            $(pub(super) $field: $ty,)*
        }

        pub(super) static $shape: rt::Shape = rt::Shape {
            name: rt::Name::new(NS, stringify!($name)),
            kind: rt::Kind::$kind,
            members: &[$($member),*],
            ordinal: { #[allow(unused)] let ordinal: &[u16] = &[]; $(let ordinal: &[u16] = $ordinal;)? ordinal },
        };

        impl rt::Value for $name {
            fn vacant() -> Self {
                Self { $($field: rt::Value::vacant(),)* }
            }

            fn read(&mut self, at: &mut rt::Decoder<'_>) -> rt::Read {
                at.record(&$shape, &mut [$(&mut self.$field,)*])
            }

            fn write(&self, to: &mut rt::Encoder<'_>) -> rt::Write {
                to.record(&$shape, &[$(&self.$field,)*])
            }
        }
    };
}

/// A choice: enum, shape and impls.
macro_rules! choice {
    ($name:ident $shape:ident $kind:ident $method:ident { $($variant:ident($ty:ty) $index:literal = $member:expr;)* }) => {
        #[derive(Debug, Clone, PartialEq)]
        pub(super) enum $name {
            $($variant($ty),)*
        }

        pub(super) static $shape: rt::Shape = rt::Shape {
            name: rt::Name::new(NS, stringify!($name)),
            kind: rt::Kind::$kind,
            members: &[$($member),*],
            ordinal: &[],
        };

        impl rt::Choice for $name {
            fn select(&mut self, index: usize) -> &mut dyn rt::Value {
                $(if index == $index && !matches!(self, Self::$variant(_)) {
                    *self = Self::$variant(rt::Value::vacant());
                })*
                match self {
                    $(Self::$variant(value) => value,)*
                }
            }

            fn selected(&self) -> (usize, &dyn rt::Value) {
                match self {
                    $(Self::$variant(value) => ($index, value),)*
                }
            }
        }

        impl rt::Value for $name {
            fn vacant() -> Self {
                let vacant: &[fn() -> Self] = &[$(|| Self::$variant(rt::Value::vacant())),*];
                vacant[0]()
            }

            fn read(&mut self, at: &mut rt::Decoder<'_>) -> rt::Read {
                at.$method(&$shape, self)
            }

            fn write(&self, to: &mut rt::Encoder<'_>) -> rt::Write {
                to.$method(&$shape, self)
            }
        }
    };
}

pub(super) const REQUIRED: rt::Flags = rt::Flags::REQUIRED;
pub(super) const NONE: rt::Flags = rt::Flags::NONE;
pub(super) const REPEATED: rt::Flags = rt::Flags::REPEATED;
pub(super) const NILLABLE: rt::Flags = rt::Flags::NILLABLE;
pub(super) const SECRET: rt::Flags = rt::Flags::SECRET;

record!(Plain PLAIN Record {
    id: String = rt::element(NS, "Id", REQUIRED);
    count: i32 = rt::element(NS, "Count", REQUIRED);
    note: Option<String> = rt::element(NS, "Note", NILLABLE);
    tags: Vec<String> = rt::element(NS, "Tag", REPEATED);
});

record!(Sorted SORTED Record {
    b: Option<i32> = rt::element(NS, "B", NONE);
    a: Option<i32> = rt::element(NS, "A", NONE);
} &[1, 0]);

record!(Lists LISTS Record {
    must: Vec<i32> = rt::wrapped(NS, "Must", REQUIRED, &rt::item(NS, "int", NONE));
    may: Option<Vec<Option<i32>>> = rt::wrapped(NS, "May", NILLABLE, &rt::item(NS, "int", NILLABLE));
    hand: Vec<String> = rt::wrapped(NS, "Hand", rt::Flags::ABSENT_IS_EMPTY, &rt::item(NS, "string", NONE));
});

record!(NetList NET_LIST Record {
    items: Vec<i32> = rt::wrapped(NS, "Items", REQUIRED, &rt::item(NS, "int", NILLABLE));
});

record!(Three THREE Record {
    x: rt::Nillable<i32> = rt::element(NS, "X", NILLABLE);
    y: Option<i32> = rt::element(NS, "Y", REQUIRED.and(NILLABLE));
    z: Vec<Option<i32>> = rt::element(NS, "Z", REPEATED.and(NILLABLE));
});

record!(Attributed ATTRIBUTED Record {
    text: String = rt::text(REQUIRED);
    unit: String = rt::attribute("", "unit", REQUIRED);
    lang: Option<String> = rt::attribute(rt::xml::XML_NAMESPACE, "lang", NONE);
    more: Vec<rt::RawAttribute> = rt::any_attribute(&rt::Wildcard::Other(NS));
});

record!(Secretive SECRETIVE Record {
    open: String = rt::element(NS, "Open", REQUIRED);
    password: Option<String> = rt::element(NS, "Password", SECRET);
    pin: Option<i32> = rt::attribute("", "pin", SECRET);
    inner: Option<Plain> = rt::element(NS, "Inner", SECRET);
    keys: Vec<String> = rt::wrapped(NS, "Keys", SECRET, &rt::item(NS, "string", NONE));
});

record!(SecretText SECRET_TEXT Record {
    text: String = rt::text(REQUIRED.and(SECRET));
});

record!(Pair PAIR Group {
    a: Option<String> = rt::element(NS, "A", NONE);
    b: Option<String> = rt::element(NS, "B", NONE);
});

choice!(Item ITEM Choice choice {
    One(i32) 0 = rt::element(NS, "One", REQUIRED);
    Names(Vec<String>) 1 = rt::element(NS, "Name", REQUIRED.and(REPEATED));
    Pair(Box<Pair>) 2 = rt::inline(&PAIR, REQUIRED);
});

record!(Chosen CHOSEN Record {
    head: Option<String> = rt::element(NS, "Head", NONE);
    item: Item = rt::inline(&ITEM, REQUIRED);
    tail: Option<String> = rt::element(NS, "Tail", NONE);
});

record!(Mixture MIXTURE Record {
    items: Vec<Item> = rt::inline(&ITEM, REPEATED);
});

record!(Pairs PAIRS Record {
    pairs: Vec<Pair> = rt::inline(&PAIR, REPEATED);
});

choice!(Run RUN Choice choice {
    Text(String) 0 = rt::text(REQUIRED);
    Bold(String) 1 = rt::element(NS, "b", REQUIRED);
});

record!(Mixed MIXED Record {
    runs: Vec<Run> = rt::inline(&RUN, REPEATED);
});

record!(Around AROUND Record {
    before: String = rt::element(NS, "Before", REQUIRED);
    any: rt::RawElement = rt::any(&rt::Wildcard::Any, REQUIRED);
    after: i32 = rt::element(NS, "After", REQUIRED);
});

record!(Named NAMED Record {
    attribute: Option<rt::QName> = rt::attribute("", "attribute", NONE);
    names: Vec<rt::QName> = rt::element(NS, "Name", REPEATED);
});

record!(Wild WILD Record {
    id: Option<i32> = rt::element(NS, "Id", NONE);
    rest: Vec<rt::RawElement> = rt::any(&rt::Wildcard::Any, REPEATED);
    any: Option<rt::AnyType> = rt::element(NS, "Any", NONE);
});

record!(Later LATER Record {
    note: Option<String> = rt::element(OTHER, "note", NONE);
    id: i32 = rt::element(NS, "Id", REQUIRED);
    rest: Vec<rt::RawElement> = rt::any(&rt::Wildcard::Other(NS), REPEATED);
    end: Option<i32> = rt::element(NS, "End", NONE);
});

record!(Counted COUNTED Record {
    pair: Vec<i32> = rt::limited(
        &[rt::Facet::Occurs(2, Some(2))],
        rt::element(NS, "Id", REQUIRED.and(REPEATED).and(rt::Flags::COUNTED)),
    );
    last: Option<i32> = rt::element(NS, "Id", NONE);
});

record!(Divided DIVIDED Record {
    note: Option<String> = rt::element(OTHER, "note", NONE);
    id: Option<i32> = rt::element(NS, "Id", rt::Flags::DIVIDES);
    rest: Vec<rt::RawElement> = rt::any(&rt::Wildcard::Other(NS), REPEATED);
});

record!(Chunk CHUNK Group {
    sizes: Vec<i32> = rt::element(NS, "Size", REQUIRED.and(REPEATED));
    rest: rt::RawElement = rt::any(&rt::Wildcard::Other(NS), REQUIRED);
});

record!(Chunks CHUNKS Record {
    chunks: Vec<Chunk> = rt::inline(&CHUNK, REPEATED);
});

choice!(Branch BRANCH Choice choice {
    Chunk(Chunk) 0 = rt::inline(&CHUNK, REQUIRED);
    Any(rt::RawElement) 1 = rt::any(&rt::Wildcard::Any, REQUIRED);
});

record!(Branches BRANCHES Record {
    branch: Option<Branch> = rt::inline(&BRANCH, NONE);
});

record!(Kinds KINDS Record {
    kinds: rt::List<rt::QName> = rt::element(NS, "Kinds", REQUIRED);
});

record!(Vehicle VEHICLE Record {
    wheels: i32 = rt::element(NS, "Wheels", REQUIRED);
});

record!(Car CAR Record {
    wheels: i32 = rt::element(NS, "Wheels", REQUIRED);
    seats: i32 = rt::element(OTHER, "Seats", REQUIRED);
});

choice!(AnyVehicle ANY_VEHICLE Types typed {
    Vehicle(Vehicle) 0 = rt::element(NS, "Vehicle", rt::Flags::DEFAULT);
    Car(Car) 1 = rt::element(OTHER, "Car", NONE);
    Unknown(rt::AnyType) 2 = rt::any(&rt::Wildcard::Any, NONE);
});

record!(Garage GARAGE Record {
    vehicles: Vec<AnyVehicle> = rt::element(NS, "Vehicle", REPEATED);
});

record!(Wires WIRES Record {
    both: i32 = rt::element(NS, "Both", REQUIRED);
    soap: Option<i32> = rt::element(NS, "Soap", rt::Flags::ONLY_SOAP);
    plain: Option<i32> = rt::element(NS, "Plain", rt::Flags::ONLY_PLAIN);
});

record!(Absence ABSENCE Record {
    omit: Option<i32> = rt::element(NS, "Omit", NONE);
    nil: Option<i32> = rt::element(NS, "Nil", NILLABLE.and(rt::Flags::NIL_IF_NONE));
    soap: Option<i32> = rt::element(NS, "Soap", NILLABLE.and(rt::Flags::NIL_IF_NONE_ON_SOAP));
    empty: Option<i32> = rt::element(NS, "Empty", rt::Flags::EMPTY_IF_NONE);
});

record!(Spaces SPACES Record {
    kept: String = rt::element(NS, "Kept", REQUIRED);
    token: String = rt::element(NS, "Token", REQUIRED.and(rt::Flags::COLLAPSE));
    line: String = rt::element(NS, "Line", REQUIRED.and(rt::Flags::REPLACE));
    list: rt::List<i32> = rt::element(NS, "List", REQUIRED);
});

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Active,
    Updating,
    Unknown(String),
}

impl rt::Enumeration for Kind {
    const VALUES: &'static [(&'static str, Self)] = &[("Active", Self::Active), ("Updating", Self::Updating)];

    fn unknown(text: &str) -> Option<Self> {
        Some(Self::Unknown(text.into()))
    }

    fn as_text(&self) -> std::borrow::Cow<'_, str> {
        match self {
            Self::Active => "Active".into(),
            Self::Updating => "Updating".into(),
            Self::Unknown(text) => text.into(),
        }
    }
}

impl rt::Value for Kind {
    fn vacant() -> Self {
        Self::Unknown(String::new())
    }

    fn read(&mut self, at: &mut rt::Decoder<'_>) -> rt::Read {
        at.enumeration(self)
    }

    fn write(&self, to: &mut rt::Encoder<'_>) -> rt::Write {
        to.enumeration(self)
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Status {
    InProcess,
    Done,
}

/// A closed list.
impl rt::Coded for Status {
    const VALUES: &'static [(i64, Self)] = &[(1, Self::InProcess), (3, Self::Done)];

    fn unknown(_: i64) -> Option<Self> {
        None
    }

    fn as_code(&self) -> i64 {
        match self {
            Self::InProcess => 1,
            Self::Done => 3,
        }
    }
}

impl rt::Value for Status {
    fn vacant() -> Self {
        Self::InProcess
    }

    fn read(&mut self, at: &mut rt::Decoder<'_>) -> rt::Read {
        at.coded(self)
    }

    fn write(&self, to: &mut rt::Encoder<'_>) -> rt::Write {
        to.coded(self)
    }
}

record!(Enumerated ENUMERATED Record {
    kind: Kind = rt::element(NS, "Kind", REQUIRED);
    status: Status = rt::element(NS, "Status", REQUIRED);
});

/// A vacant plain record, for tests that fill it in.
pub(super) fn plain(id: &str, count: i32) -> Plain {
    Plain { id: id.into(), count, ..Plain::vacant() }
}
