//! What the demo shop sells, and the licence form it asks for. Part numbers with a meaning of their own say so in
//! their name; the first two are the documentation's examples.

/// The one subscriber known to the demo, from the documentation's sample.
pub const SUBSCRIBER_ID: &str = "54e3081c-f787-4e33-bc99-cc2e3aa392c7";
/// Keys; 1 to 100 pieces.
pub const KEYS: &str = "abc-11111";
/// Links that live 24 hours: every GetOrder gives new ones (`FulfillmentType` 1). A Microsoft product.
pub const LINKS: &str = "6qr-00006";
/// In the price list, and blocked.
pub const BLOCKED: &str = "BLOCKED-001";
/// Needs the licence form, gives a file.
pub const FORM: &str = "FORM-00001";
/// Is accepted, but its line always ends in an error.
pub const FAILING: &str = "FAIL-00001";
/// A subscription.
pub const SUBSCRIPTION: &str = "OF365B";

/// How many kopecks the reseller may owe.
pub(crate) const CREDIT_LIMIT: i64 = 100_000_000;

pub(crate) struct Product {
    pub(crate) part_num: &'static str,
    /// In kopecks.
    pub(crate) price: i64,
    pub(crate) fulfillment_type: i32,
    pub(crate) needs_form: bool,
    pub(crate) blocked: bool,
    pub(crate) max_count: Option<i32>,
    pub(crate) microsoft: bool,
    pub(crate) subscription: bool,
}

const PLAIN: Product = Product {
    part_num: "",
    price: 0,
    fulfillment_type: 2,
    needs_form: false,
    blocked: false,
    max_count: None,
    microsoft: false,
    subscription: false,
};

pub(crate) const PRODUCTS: [Product; 6] = [
    Product { part_num: KEYS, price: 150_000, max_count: Some(100), ..PLAIN },
    Product { part_num: LINKS, price: 999_950, fulfillment_type: 1, microsoft: true, ..PLAIN },
    Product { part_num: BLOCKED, price: 50_000, blocked: true, ..PLAIN },
    Product { part_num: FORM, price: 320_025, needs_form: true, ..PLAIN },
    Product { part_num: FAILING, price: 10_000, ..PLAIN },
    Product { part_num: SUBSCRIPTION, price: 29_900, microsoft: true, subscription: true, ..PLAIN },
];

pub(crate) fn product(part_num: &str) -> Option<&'static Product> {
    PRODUCTS.iter().find(|product| product.part_num == part_num)
}

/// A question of the licence form.
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    pub(crate) small_reg_exprs: Option<&'static str>,
    pub(crate) values: &'static [&'static str],
    /// 1 text, 2 yes or no, 3 one of several.
    pub(crate) field_type: i32,
    pub(crate) required: bool,
    pub(crate) max_length: usize,
}

pub(crate) const FORM_FIELDS: [Field; 4] = [
    Field {
        name: "CompanyName",
        title: "Название компании",
        small_reg_exprs: None,
        values: &[],
        field_type: 1,
        required: true,
        max_length: 50,
    },
    Field {
        name: "Email",
        title: "Электронная почта",
        small_reg_exprs: Some("^[^@<>& ]+@[^@<>& ]+$"),
        values: &[],
        field_type: 1,
        required: true,
        max_length: 100,
    },
    Field {
        name: "Country",
        title: "Страна",
        small_reg_exprs: None,
        values: &["RU", "KZ", "BY"],
        field_type: 3,
        required: true,
        max_length: 2,
    },
    Field {
        name: "Subscribe",
        title: "Получать новости",
        small_reg_exprs: None,
        values: &[],
        field_type: 2,
        required: false,
        max_length: 5,
    },
];

impl Field {
    /// What is wrong with an answer to this question, if anything.
    pub(crate) fn complaint(&self, answer: Option<&str>) -> Option<&'static str> {
        let answer = answer.unwrap_or("");
        if answer.is_empty() {
            return self.required.then_some("Поле обязательно для заполнения");
        }
        if answer.chars().count() > self.max_length {
            return Some("Значение слишком длинное");
        }
        let fits = match self.field_type {
            2 => matches!(answer, "true" | "false"),
            3 => self.values.contains(&answer),
            _ => self.small_reg_exprs.is_none() || answer.split('@').filter(|part| !part.is_empty()).count() == 2,
        };
        (!fits).then_some("Значение не соответствует формату")
    }
}
