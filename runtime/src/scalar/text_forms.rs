//! Makes the types of this module scalars: all have their text form in `FromStr` and `Display`.

use std::fmt::Write;

use super::{
    Base64Binary, Date, DateTime, Decimal, Duration, GDay, GMonth, GMonthDay, GYear, GYearMonth, Guid, HexBinary,
    Integer, Scalar, SlotKind, Time,
};

macro_rules! scalars {
    ($($ty:ident $name:literal $slot:ident $vacant:expr;)+) => {$(
        impl Scalar for $ty {
            const TYPE: &'static str = $name;
            const SLOT: SlotKind = SlotKind::$slot;

            fn vacant() -> Self {
                $vacant
            }

            fn parse(text: &str) -> Result<Self, &'static str> {
                text.parse().map_err(|error: super::LexicalError| error.expected())
            }

            fn format(&self, out: &mut String) {
                // Writing to a String cannot fail.
                let _ = write!(out, "{self}");
            }
        }

        crate::scalar_value!($ty);
    )+};
}

scalars! {
    DateTime "xs:dateTime" DateTime Self::VACANT;
    Date "xs:date" String Self::VACANT;
    Time "xs:time" String Self::MIDNIGHT;
    GYear "xs:gYear" String Self::VACANT;
    GYearMonth "xs:gYearMonth" String Self::VACANT;
    GMonth "xs:gMonth" String Self::VACANT;
    GMonthDay "xs:gMonthDay" String Self::VACANT;
    GDay "xs:gDay" String Self::VACANT;
    Duration "xs:duration" String Self::ZERO;
    Decimal "xs:decimal" Double Self::default();
    Integer "xs:integer" I8 Self::default();
    Guid "guid" String Self::EMPTY;
    Base64Binary "xs:base64Binary" Base64 Self::default();
    HexBinary "xs:hexBinary" String Self::default();
}
