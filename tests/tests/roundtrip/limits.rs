//! What a contract says about values beyond their types: defaults, spellings, and validation on request.

use bindery_runtime as rt;

use super::support::same;
use super::{example, facets, file};

/// What is there and empty has the contract's value; what is not there stays away.
#[test]
fn defaults() {
    let value = example(&facets::elements::ORDER, "facets");
    assert_eq!((value.colour, value.count.to_string()), (facets::Colour::Blue, "2".to_owned()));
    // Patterns that ask for other spellings than the usual ones: both are written as they came.
    assert_eq!(value.month.as_ref().map(|month| (**month, month.text())), Some((7, "07".to_owned())));
    assert_eq!(value.gift.map(|gift| *gift), Some(true));
    assert_eq!(value.price[1].currency, None);

    let document = file("facets", "example.xml");
    let empty = document.replace(">blue</", "></").replace("<count>2</count>", "<count/>");
    let value = facets::elements::ORDER.read(&empty).unwrap();
    assert_eq!((value.colour.clone(), value.count.to_string()), (facets::Colour::Red, "1".to_owned()));
    // One value with two texts.
    let seven = facets::elements::ORDER.read(&document.replace(">7.0<", ">07.00<")).unwrap();
    assert_eq!(seven.rate, Some(facets::Rate::V7_0));
    let written = facets::elements::ORDER.write(&value).unwrap();
    assert!(written.contains("<colour>red</colour><count>1</count>"), "{written}");
    assert!(facets::elements::ORDER.read(&document.replace(">3</price>", "></price>")).is_err());
    assert_eq!(facets::elements::AMOUNT.read("<amount xmlns='urn:limits'/>").unwrap().to_string(), "1.50");
}

/// What the contract says beyond types is checked on request, and only then.
#[test]
fn validation() {
    use rt::Validate as _;
    let value = example(&facets::elements::ORDER, "facets");
    assert_eq!(value.validate(), Ok(()));
    let document = file("facets", "example.xml")
        .replace("ABC", "abcdefghi")
        .replace("12.50", "123456.789")
        .replace("EUR", "EURO")
        .replace("AB 1234", "AB 12 CD")
        .replace("17", "seventeen")
        .replace("blue", "green")
        .replace(">2<", ">0<")
        .replace("2024-02-29", "2019-12-31")
        .replace("07<", "7<")
        .replace("AAEC", "AAECAwQ=")
        .replace("1.0", "1.1");
    let value = facets::elements::ORDER.read(&document).unwrap();
    let violations = facets::elements::ORDER.validate(&value).unwrap_err();
    let said: Vec<String> = violations.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "/order/version: must be 1.0 (1.1)",
            "/order/code: at most 8 characters, found 9 (abcdefghi)",
            "/order/code: does not match [A-Z]+ or \\d{4} (abcdefghi)",
            "/order/price[1]/currency: exactly 3 characters, found 4 (EURO)",
            "/order/price[1]: at most 6 digits, found 9 (123456.789)",
            "/order/price[1]: at most 2 digits behind the point, found 3 (123456.789)",
            "/order/codes: does not match [A-Z]+ or \\d{4} (AB 12 CD)",
            "/order/codes: at most 2 items, found 3 (AB 12 CD)",
            "/order/either: a value of none of the union's types (seventeen)",
            "/order/colour: none of the values that the contract lists (green)",
            "/order/count: no value of the type PositiveInteger (0)",
            "/order/day: must be at least 2020-01-01 (2019-12-31)",
            "/order/month: does not match 0[1-9]|1[0-2] (7)",
            "/order/picture: at most 4 octets, found 5 (AAECAwQ=)",
        ]
    );
    assert!(facets::elements::AMOUNT.validate(&rt::Decimal::from(-1)).is_err());
}

/// So are the bounds of choices and groups, as far as they say anything about the number of items.
#[test]
fn occurrence_of_choices_and_groups() {
    let said = |steps: &str, days: usize, bags: usize, stops: usize| {
        let steps: String = steps
            .chars()
            .map(|step| match step {
                'w' => "<walk>1</walk>",
                'r' => "<ride>2</ride>",
                _ => "<from>a</from><to>b</to>",
            })
            .collect();
        let days = "<day>1</day><night>2</night>".repeat(days);
        let bags = "<bag>1</bag>".repeat(bags);
        let notes = "<note>a</note>".repeat(3);
        let stops = "<stop>1</stop>".repeat(stops);
        let document = format!("<trip xmlns='urn:limits'>{steps}{days}{bags}{notes}{stops}</trip>");
        let value = facets::elements::TRIP.read(&document).unwrap();
        same(&document, &facets::elements::TRIP.write(&value).unwrap());
        match facets::elements::TRIP.validate(&value) {
            Ok(()) => Vec::new(),
            Err(violations) => violations.iter().map(ToString::to_string).collect(),
        }
    };
    let fine = Vec::<String>::new();
    assert_eq!(said("wr", 0, 0, 2), fine);
    assert_eq!(said("wgg", 2, 4, 3), fine);
    assert_eq!(said("w", 0, 0, 2), ["/trip/(walk|ride|from): at least 2 times, found 1"]);
    assert_eq!(said("wrgw", 0, 0, 2), ["/trip/(walk|ride|from): at most 3 times, found 4"]);
    assert_eq!(said("wr", 3, 0, 2), ["/trip/(day,night): at most 2 times, found 3"]);
    assert_eq!(said("wr", 0, 5, 2), ["/trip/(bag|none): at most 4 times, found 5"]);
    assert_eq!(said("wr", 0, 0, 1), ["/trip/stop: at least 2 times, found 1"]);
    assert_eq!(said("wr", 0, 0, 4), ["/trip/stop: at most 3 times, found 4"]);
}
