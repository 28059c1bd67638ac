//! One facet each, and the walk.

use super::*;
use crate as rt;
use crate::facet::Builtin;
use crate::{Base64Binary, List, Nillable, Root, Secret};

/// What is wrong with a root that holds a value and has facets.
fn wrong<T: Value>(facets: &'static [Facet], value: T) -> Vec<String> {
    let found = Root::<T>::new(Name::new("", "r"), true).limited(facets).validate(&value);
    found.err().into_iter().flatten().map(|violation| violation.to_string()).collect()
}

#[track_caller]
fn fine<T: Value>(facets: &'static [Facet], value: T) {
    assert_eq!(wrong(facets, value), Vec::<String>::new());
}

fn text(value: &str) -> String {
    value.to_owned()
}

#[test]
fn lengths_count_what_the_type_is_made_of() {
    fine(&[Facet::MaxLength(3)], text("äöü"));
    assert_eq!(wrong(&[Facet::MaxLength(3)], text("abcd")), ["/r: at most 3 characters, found 4 (abcd)"]);
    assert_eq!(wrong(&[Facet::MinLength(1)], text("")), ["/r: at least 1 character, found 0 ()"]);
    let octets: &[Facet] = &[Facet::Is(Builtin::Base64Binary), Facet::Length(2)];
    fine(octets, Base64Binary(vec![1, 2]));
    for other in [vec![], vec![1], vec![1, 2, 3], vec![1, 2, 3, 4]] {
        let found = other.len();
        let said = wrong(octets, Base64Binary(other));
        assert!(said[0].starts_with(&format!("/r: exactly 2 octets, found {found}")), "{said:?}");
    }
    fine(&[Facet::Is(Builtin::HexBinary), Facet::Length(2)], crate::HexBinary(vec![1, 2]));
    let items: &[Facet] = &[Facet::Items(&[Facet::MaxLength(2)]), Facet::MaxLength(2)];
    fine(items, List(vec![text("ab"), text("cd")]));
    assert_eq!(wrong(items, List(vec![text("a"); 3])), ["/r: at most 2 items, found 3 (a a a)"]);
    assert_eq!(wrong(items, List(vec![text("abc")])), ["/r: at most 2 characters, found 3 (abc)"]);
}

#[test]
fn patterns_match_whole_values_and_steps_add_up() {
    let two: &[Facet] = &[Facet::Of(&[Facet::Pattern(&["[a-z]+", "[0-9]+"])]), Facet::Pattern(&[".{3}"])];
    fine(two, text("abc"));
    fine(two, text("123"));
    assert_eq!(wrong(two, text("ab3")), ["/r: does not match [a-z]+ or [0-9]+ (ab3)"]);
    assert_eq!(wrong(two, text("abcd")), ["/r: does not match .{3} (abcd)"]);
}

#[test]
fn bounds_compare_values() {
    let day: &[Facet] =
        &[Facet::Is(Builtin::Date), Facet::MinInclusive("2020-01-02"), Facet::MaxExclusive("2021-01-01")];
    fine(day, "2020-01-02".parse::<crate::Date>().unwrap());
    assert_eq!(
        wrong(day, "2020-01-01".parse::<crate::Date>().unwrap()),
        ["/r: must be at least 2020-01-02 (2020-01-01)"]
    );
    assert_eq!(
        wrong(day, "2021-01-01".parse::<crate::Date>().unwrap()),
        ["/r: must be less than 2021-01-01 (2021-01-01)"]
    );
    // Whether it is before or after depends on where it is.
    assert_eq!(wrong(day, "2020-01-02Z".parse::<crate::Date>().unwrap()).len(), 1);
    let number: &[Facet] = &[Facet::Is(Builtin::Int), Facet::MinExclusive("9"), Facet::MaxInclusive("10")];
    fine(number, 10i32);
    assert_eq!(wrong(number, 9i32), ["/r: must be more than 9 (9)"]);
    assert_eq!(wrong(number, 11i32), ["/r: must be at most 10 (11)"]);
}

#[test]
fn digits_that_say_nothing_do_not_count() {
    let money: &[Facet] = &[Facet::Is(Builtin::Decimal), Facet::TotalDigits(4), Facet::FractionDigits(2)];
    for text in ["12.34", "-0012.3400", "0.10", "1234"] {
        fine(money, text.parse::<crate::Decimal>().unwrap());
    }
    assert_eq!(wrong(money, "123.45".parse::<crate::Decimal>().unwrap()), ["/r: at most 4 digits, found 5 (123.45)"]);
    let said = wrong(money, "1.001".parse::<crate::Decimal>().unwrap());
    assert_eq!(said, ["/r: at most 2 digits behind the point, found 3 (1.001)"]);
}

#[test]
fn types_wider_in_rust() {
    fine(&[Facet::Is(Builtin::NCName)], text("a-b"));
    assert_eq!(wrong(&[Facet::Is(Builtin::NCName)], text("a:b")), ["/r: no value of the type NCName (a:b)"]);
    fine(&[Facet::Is(Builtin::Name)], text("a:b"));
    fine(&[Facet::Is(Builtin::NmToken)], text(":1"));
    fine(&[Facet::Is(Builtin::Language)], text("de-CH-1996"));
    assert_eq!(wrong(&[Facet::Is(Builtin::Language)], text("de_CH")).len(), 1);
    assert_eq!(wrong(&[Facet::Is(Builtin::PositiveInteger)], crate::Integer::from(0i32)).len(), 1);
    fine(&[Facet::Is(Builtin::NonNegativeInteger)], crate::Integer::from(0i32));
}

#[test]
fn unions_lists_of_values_and_fixed_values() {
    let either: &[Facet] = &[Facet::OneOf(&[&[Facet::Is(Builtin::Int)], &[Facet::Values(&["all", "none"])]])];
    fine(either, text(" 17 "));
    fine(either, text("none"));
    assert_eq!(wrong(either, text("some")), ["/r: a value of none of the union's types (some)"]);
    fine(&[Facet::Is(Builtin::Decimal), Facet::Fixed("1.0")], "1.00".parse::<crate::Decimal>().unwrap());
    assert_eq!(wrong(&[Facet::Fixed("on")], text("off")), ["/r: must be on (off)"]);
    assert_eq!(wrong(&[Facet::Values(&["a", "b"])], text("c")), ["/r: none of a, b (c)"]);
}

struct Order {
    id: Option<String>,
    codes: Vec<String>,
    lines: Option<Vec<i32>>,
    pin: Secret<String>,
    note: Nillable<String>,
}

static CODES: rt::Item = rt::limited_item(
    &[Facet::Is(Builtin::Int), Facet::MinInclusive("1"), Facet::Occurs(2, Some(3))],
    rt::item("", "line", rt::Flags::NONE),
);
static ORDER: rt::Shape = rt::Shape {
    name: rt::Name::new("", "Order"),
    kind: rt::Kind::Record,
    members: &[
        rt::attribute("", "id", rt::Flags::REQUIRED),
        rt::limited(
            &[Facet::MaxLength(2), Facet::Occurs(1, Some(2))],
            rt::element("", "code", rt::Flags::REQUIRED.and(rt::Flags::REPEATED)),
        ),
        rt::wrapped("", "lines", rt::Flags::NONE, &CODES),
        rt::limited(&[Facet::Length(4)], rt::element("", "pin", rt::Flags::REQUIRED.and(rt::Flags::SECRET))),
        rt::limited(&[Facet::MinLength(1)], rt::element("", "note", rt::Flags::NILLABLE)),
    ],
    ordinal: &[],
};

impl rt::Value for Order {
    fn vacant() -> Self {
        Self {
            id: rt::Value::vacant(),
            codes: rt::Value::vacant(),
            lines: rt::Value::vacant(),
            pin: rt::Value::vacant(),
            note: rt::Value::vacant(),
        }
    }

    fn read(&mut self, at: &mut rt::Decoder<'_>) -> rt::Read {
        at.record(&ORDER, &mut [&mut self.id, &mut self.codes, &mut self.lines, &mut self.pin, &mut self.note])
    }

    fn write(&self, to: &mut rt::Encoder<'_>) -> rt::Write {
        to.record(&ORDER, &[&self.id, &self.codes, &self.lines, &self.pin, &self.note])
    }
}

#[test]
fn everything_that_is_wrong_is_told_with_its_place() {
    let good = Order {
        id: Some(text("1")),
        codes: vec![text("a")],
        lines: Some(vec![1, 2]),
        pin: "1234".into(),
        note: Nillable::Nil,
    };
    assert_eq!(good.validate(), Ok(()));
    let bad = Order {
        id: None,
        codes: vec![text("a"), text("abc"), text("\u{1}")],
        lines: Some(vec![0]),
        pin: "98765".into(),
        note: Nillable::Value(text("")),
    };
    let violations = bad.validate().unwrap_err();
    let said: Vec<String> = violations.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "/id: required, but missing",
            "/code: at most 2 times, found 3",
            "/code[2]: at most 2 characters, found 3 (abc)",
            "/code[3]: XML cannot carry the character U+0001",
            "/lines/line: at least 2 times, found 1",
            "/lines/line[1]: must be at least 1 (0)",
            "/pin: exactly 4 characters, found 5",
            "/note: at least 1 character, found 0 ()",
        ]
    );
    assert!(!format!("{violations:?}").contains("98765"));
    let nothing = Order { codes: Vec::new(), ..good };
    assert_eq!(nothing.validate().unwrap_err().to_string(), "/code: at least 1 time, found 0");
}

#[test]
fn listed_and_fixed_values_of_lists_and_unions_are_compared_as_values() {
    let flags: &[Facet] = &[Facet::Items(&[Facet::Is(Builtin::Boolean)]), Facet::Values(&["0 1", "1"])];
    fine(flags, List(vec![false, true]));
    fine(flags, List(vec![true]));
    assert_eq!(wrong(flags, List(vec![false])), ["/r: none of 0 1, 1 (false)"]);
    // A text is a value of the first member that takes it: `1` is true here, and `one` is text.
    let union: &[Facet] = &[Facet::OneOf(&[&[Facet::Is(Builtin::Boolean)], &[]]), Facet::Fixed("1")];
    fine(union, text("true"));
    fine(union, text("1"));
    assert_eq!(wrong(union, text("one")), ["/r: must be 1 (one)"]);
}
