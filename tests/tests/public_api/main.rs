//! The public API of `generated/`, as `generated/PUBLIC-API.txt` records it: a change of the generator that alters what users
//! call is seen, and meant.
//!
//! `UPDATE_EXPECT=1 cargo test -p bindery-tests --test public_api` accepts what is there now.

mod record;

use std::collections::BTreeSet;
use std::path::Path;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

const HEAD: &str = "\
# What users of bindery-generated can name, a line each. Compared by tests/tests/public_api; a line that goes or changes breaks
# somebody, so the changelog has to say what they should do.
";

/// What a change of the record means, in words.
fn verdict(old: &BTreeSet<&str>, new: &BTreeSet<&str>) -> String {
    let name = |line: &str| line.split([' ', '=']).next().unwrap_or_default().trim_end_matches(':').to_owned();
    let added: BTreeSet<String> = new.difference(old).map(|line| name(line)).collect();
    let gone: Vec<&&str> = old.difference(new).collect();
    let mut out = String::new();
    let mut say = |words: &str, lines: Vec<&str>| {
        if !lines.is_empty() {
            out.push_str(&format!("{words}\n"));
            lines.iter().for_each(|line| out.push_str(&format!("    {line}\n")));
        }
    };
    let (changed, lost): (Vec<&str>, Vec<&str>) = gone.into_iter().partition(|line| added.contains(&name(line)));
    let lost_names: BTreeSet<String> = changed.iter().map(|line| name(line)).collect();
    say("Gone: code that names these no longer compiles.", lost);
    say("Changed: code that uses these may no longer compile. They were:", changed);
    let (now, fresh): (Vec<&str>, Vec<&str>) = new.difference(old).partition(|line| lost_names.contains(&name(line)));
    say("and are now:", now);
    say("New: a field breaks those who write the struct out in full, anything else nobody.", fresh);
    out
}

fn lines(text: &str) -> BTreeSet<&str> {
    text.lines().filter(|line| !line.starts_with('#')).collect()
}

#[test]
fn a_change_of_the_public_api_is_meant() {
    let path = Path::new(ROOT).join("generated/PUBLIC-API.txt");
    let new = record::of_crate(&Path::new(ROOT).join("generated/src/lib.rs"));
    assert!(new.len() > 300, "{} lines are not all there is", new.len());
    let text = format!("{HEAD}{}\n", new.iter().map(String::as_str).collect::<Vec<_>>().join("\n"));
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let old = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let words = verdict(&lines(&old), &lines(&text));
    assert!(
        old == text,
        "The public API of generated/ is not what generated/PUBLIC-API.txt records.\n{words}\nIf this is meant: run the test with \
         UPDATE_EXPECT=1, read the difference, and say in the changelog what users have to do."
    );
}

#[test]
fn a_change_is_told_in_words() {
    let old = BTreeSet::from(["a::Order: struct", "a::Order.price: i32", "a::Order.vat: i32"]);
    let new = BTreeSet::from(["a::Order: struct", "a::Order.price: i64", "a::Order.id: i32"]);
    let expected = "\
Gone: code that names these no longer compiles.
    a::Order.vat: i32
Changed: code that uses these may no longer compile. They were:
    a::Order.price: i32
and are now:
    a::Order.price: i64
New: a field breaks those who write the struct out in full, anything else nobody.
    a::Order.id: i32
";
    assert_eq!(verdict(&old, &new), expected);
    assert_eq!(verdict(&new, &new), "");
}

#[test]
fn every_kind_of_item_is_recorded() {
    let source = r#"
        const HIDDEN: u8 = 1;
        pub static WIRE: rt::Binding = rt::Binding {};
        #[derive(Debug, Clone)]
        #[non_exhaustive]
        pub struct Order<T> { pub price: Option<rt::Decimal>, hidden: T }
        pub struct Mark;
        impl<T> Order<T> { pub fn new(price: &'static str) -> Result<Self, ()> { todo() } fn hidden(&self) {} }
        impl rt::Operation for Mark { type Output = Vec<Order<u8>>; const INFO: u8 = 1; fn finish() {} }
        pub enum Kind { A, B(Box<Order<u8>>), C { at: u8 } }
        rt::record!(Mark, MARK, []);
        mod private { pub struct Not; }
        #[cfg(feature = "more")]
        pub mod inner { pub fn call(order: super::Order<u8>) {} pub(crate) struct Not; }
    "#;
    let expected = [
        "Kind: enum",
        "Kind::A",
        "Kind::B(Box<Order<u8>>)",
        "Kind::C { at: u8 }",
        "Mark: rt::Operation",
        "Mark: rt::Operation::Output = Vec<Order<u8>>",
        "Mark: rt::Value",
        "Mark: struct",
        "Order.price: Option<rt::Decimal>",
        "Order::new(price: &'static str) -> Result<Self, ()>",
        "Order<T>: struct, Clone, Debug, non_exhaustive, hidden fields",
        "WIRE: rt::Binding",
        "inner: mod, feature more",
        "inner::call(order: super::Order<u8>)",
    ];
    let found = record::of_source(source);
    assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), expected);
}
