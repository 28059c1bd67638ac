//! Makes the types of this module scalars: all have their text form in `FromStr` and `Display`.

use std::fmt::Write;

use super::{
    Date, DateTime, Decimal, Duration, GDay, GMonth, GMonthDay, GYear, GYearMonth, Guid, HexBinary, Integer, Scalar,
    SlotKind, Time,
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
    HexBinary "xs:hexBinary" String Self::default();
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::{Base64Binary, DateTime, Decimal, Scalar};
    use crate::xml::{Reader, Token};

    /// The text of the first element with this name.
    fn text_of(document: &str, name: &str) -> String {
        let mut reader = Reader::new(document);
        loop {
            match reader.next().unwrap() {
                Token::Start(start) if start.local == name => match reader.next().unwrap() {
                    Token::Text(text) => return text.into_owned(),
                    _ => return String::new(),
                },
                Token::Eof => panic!("no {name}"),
                _ => {}
            }
        }
    }

    fn parsed<T: Scalar>(text: &str) -> Option<String> {
        let mut out = String::new();
        T::parse(text).ok()?.format(&mut out);
        Some(out)
    }

    /// Every lexical form of `../shared/hostile`: taken or refused as its manifest says.
    #[test]
    fn hostile_forms() {
        let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/hostile"));
        let Ok(manifest) = std::fs::read_to_string(folder.join("manifest.tsv")) else {
            println!("skipped: needs ../shared");
            return;
        };
        let mut rows = 0;
        for line in manifest.lines() {
            let columns: Vec<&str> = line.split('\t').collect();
            let [id, path, _, must, _, _, what] = columns[..] else { continue };
            let Some(class) = id.get(..3).filter(|class| ("s39".."s45").contains(class)) else { continue };
            let document = std::fs::read_to_string(folder.join(path)).unwrap();
            let out = match class {
                "s39" | "s40" => parsed::<i32>(&text_of(&document, "Quantity")),
                "s41" => parsed::<bool>(&text_of(&document, "IsError")),
                "s42" => parsed::<Decimal>(&text_of(&document, "ResellerPrice")),
                "s43" => parsed::<DateTime>(&text_of(&document, "DateCreated")),
                _ => parsed::<Base64Binary>(&text_of(&document, "Key")),
            };
            let may = must.contains(if out.is_some() { "ACCEPT" } else { "REJECT" });
            assert!(may, "{id}: {what}: {out:?}");
            rows += 1;
        }
        assert!(rows >= 48, "{rows}");
    }
}
