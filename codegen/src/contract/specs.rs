//! The table of attributes: which there are, what each takes, and where each may stand.

/// What an attribute may stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum On {
    File,
    Namespace,
    Record,
    Member,
    Parameter,
    Enum,
    Variant,
    Alias,
    Service,
    Operation,
    OverlayFile,
    OverlayRecord,
    OverlayMember,
    OverlayParameter,
    OverlayEnum,
    OverlayService,
    OverlayOperation,
}

impl On {
    pub(super) fn is_overlay(self) -> bool {
        matches!(
            self,
            Self::OverlayFile
                | Self::OverlayRecord
                | Self::OverlayMember
                | Self::OverlayParameter
                | Self::OverlayEnum
                | Self::OverlayService
                | Self::OverlayOperation
        )
    }

    /// In words, with article, for error messages.
    pub(super) fn a(self) -> &'static str {
        match self {
            Self::File => "a contract file",
            Self::Namespace => "a namespace",
            Self::Record => "a struct",
            Self::Member => "a member",
            Self::Parameter => "a parameter",
            Self::Enum => "an enum",
            Self::Variant => "an enum value",
            Self::Alias => "a type alias",
            Self::Service => "a service",
            Self::Operation => "an operation",
            Self::OverlayFile => "an overlay file",
            Self::OverlayRecord => "a struct of an overlay",
            Self::OverlayMember => "a member in an overlay",
            Self::OverlayParameter => "a parameter in an overlay",
            Self::OverlayEnum => "an enum of an overlay",
            Self::OverlayService => "a service in an overlay",
            Self::OverlayOperation => "an operation in an overlay",
        }
    }
}

/// What an argument must be.
#[derive(Debug, Clone, Copy)]
pub(super) enum Expect {
    /// A name: a type, a member, an operation.
    Name,
    /// A string literal.
    Text,
    /// A name or a string literal.
    NameOrText,
    /// An integer.
    Number,
    /// An integer or a string literal.
    Scalar,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// `username_token(text)` and the like: one of the first words, alone or with one of the second in brackets.
    Call(&'static [&'static str], &'static [&'static str]),
}

/// One attribute.
pub(super) struct Spec {
    pub(super) name: &'static str,
    pub(super) on: &'static [On],
    /// Arguments by position; those from `required` on may be left out, and the last repeats where `variadic`.
    pub(super) positional: &'static [Expect],
    pub(super) required: usize,
    pub(super) variadic: bool,
    /// Arguments by name, and whether each must be there.
    pub(super) named: &'static [(&'static str, Expect, bool)],
    pub(super) repeats: bool,
    pub(super) usage: &'static str,
}

const fn spec(name: &'static str, on: &'static [On], usage: &'static str) -> Spec {
    Spec { name, on, positional: &[], required: 0, variadic: false, named: &[], repeats: false, usage }
}

impl Spec {
    const fn takes(mut self, positional: &'static [Expect], required: usize) -> Self {
        self.positional = positional;
        self.required = required;
        self
    }

    const fn named(mut self, named: &'static [(&'static str, Expect, bool)]) -> Self {
        self.named = named;
        self
    }

    const fn many(mut self) -> Self {
        self.variadic = true;
        self
    }

    const fn repeats(mut self) -> Self {
        self.repeats = true;
        self
    }
}

use On::{
    Enum, File, Member, Operation, OverlayEnum, OverlayMember, OverlayOperation, OverlayParameter, OverlayRecord,
    OverlayService, Parameter, Record, Service, Variant,
};

const FIELDS: &[On] = &[Member, Parameter];
const ALL_FIELDS: &[On] = &[Member, Parameter, OverlayMember, OverlayParameter];
const OPERATIONS: &[On] = &[Operation, OverlayOperation];
const CALLS: &[On] = &[Service, Operation, OverlayService, OverlayOperation];

const BINDING: &[(&str, Expect, bool)] = &[
    ("name", Expect::Text, false),
    ("endpoint", Expect::Text, false),
    ("version", Expect::OneOf(&["1.1", "1.2"]), false),
    ("action", Expect::Text, false),
    ("addressing", Expect::OneOf(&["2005/08", "2004/08", "none"]), false),
    ("security", Expect::Call(&["username_token", "none"], &["text", "digest"]), false),
    ("timestamp", Expect::OneOf(&["yes", "no"]), false),
    ("path", Expect::Text, false),
    ("auth", Expect::OneOf(&["basic", "none"]), false),
    ("method", Expect::Text, false),
    ("server", Expect::Text, false),
    ("default", Expect::OneOf(&["yes"]), false),
];

const REPLY: &[(&str, Expect, bool)] = &[
    ("ok", Expect::Name, true),
    ("failed", Expect::Name, true),
    ("code", Expect::Name, true),
    ("text", Expect::Name, false),
    ("name", Expect::Text, false),
];

/// Every attribute of the language.
pub(super) const SPECS: &[Spec] = &[
    spec("contract", &[File], "#![contract(namespace = TEMPURI, types = CONTRACTS, style = data_contract)]").named(&[
        ("namespace", Expect::NameOrText, false),
        ("types", Expect::NameOrText, false),
        ("style", Expect::OneOf(&["data_contract", "xml_serializer"]), false),
    ]),
    spec("unknown", &[On::Namespace], "#[unknown]"),
    spec("ns", &[Record, Member, Parameter, Enum, Service, OverlayRecord], "#[ns(CONTRACTS)]")
        .takes(&[Expect::NameOrText], 1),
    spec(
        "wire",
        &[Record, Member, Parameter, Enum, Variant, Operation, OverlayRecord, OverlayMember, OverlayParameter],
        "#[wire(\"order-id\")]",
    )
    .takes(&[Expect::Text], 1),
    spec("rename", ALL_FIELDS, "#[rename(order_number)]").takes(&[Expect::Name], 1),
    spec("secret", ALL_FIELDS, "#[secret]"),
    spec("public", ALL_FIELDS, "#[public]"),
    spec("only", &[Member, Parameter, Operation], "#[only(soap)]").takes(&[Expect::OneOf(&["soap", "xml"])], 1),
    spec("absent", ALL_FIELDS, "#[absent(empty)]").takes(&[Expect::OneOf(&["omit", "nil", "empty"])], 1),
    spec("flat", FIELDS, "#[flat]"),
    spec("item", FIELDS, "#[item(\"string\")]").takes(&[Expect::Text], 1).named(&[("ns", Expect::NameOrText, false)]),
    spec("attribute", &[Member], "#[attribute]"),
    spec("text", &[Member, Enum, OverlayEnum], "#[text]"),
    spec("count", FIELDS, "#[count(entries)]").takes(&[Expect::OneOf(&["entries", "values"])], 1),
    spec("trailing", FIELDS, "#[trailing]"),
    spec("none", FIELDS, "#[none(-1)]").takes(&[Expect::Scalar], 1),
    spec("max", FIELDS, "#[max(64)]").takes(&[Expect::Number], 1),
    spec("slots", &[Record], "#[slots] or #[slots(more)]").takes(&[Expect::OneOf(&["more"])], 0),
    spec("packed", &[Record], "#[packed(\"{Name}={Value}\")]").takes(&[Expect::Text], 1),
    spec("unchecked", &[Record], "#[unchecked]"),
    spec(
        "reply",
        &[Record, OverlayService, OverlayOperation],
        "#[reply(ok = Data, failed = IsError, code = ErrorCode, text = ErrorText)]",
    )
    .named(REPLY),
    spec("reply_errors", CALLS, "#[reply_errors(\"Errors/ApiError\", code = Type, text = Text)]")
        .takes(&[Expect::Text], 1)
        .named(&[("code", Expect::Name, false), ("text", Expect::Name, false)]),
    spec("open", &[Enum, OverlayEnum], "#[open]"),
    spec("closed", &[Enum, OverlayEnum], "#[closed]"),
    spec("add", &[OverlayEnum], "#[add]"),
    spec("retry", &[Variant], "#[retry]"),
    spec("not_executed", &[Variant], "#[not_executed]"),
    spec(
        "binding",
        &[Service, OverlayService],
        "#[binding(soap, version = \"1.2\", endpoint = \"https://…\", action = \"…/{op}\")]",
    )
    .takes(&[Expect::NameOrText], 1)
    .named(BINDING)
    .repeats(),
    spec("errors", CALLS, "#[errors(VendorError)]").takes(&[Expect::Name], 1),
    spec("raises", OPERATIONS, "#[raises(17, 30)]").takes(&[Expect::Number], 1).many(),
    spec(
        "header",
        &[Service, Operation],
        "#[header(AuthHeader)] or #[header(AuthHeader, optional)] or #[header(ServerInfo, reply)]",
    )
    .takes(&[Expect::Name, Expect::OneOf(&["optional", "reply"])], 1)
    .repeats(),
    spec("fault", &[Service, Operation], "#[fault(VendorFault)]").takes(&[Expect::Name], 1).repeats(),
    spec("read", OPERATIONS, "#[read]"),
    spec("idempotent", OPERATIONS, "#[idempotent] or #[idempotent(by = OrderNum)]").named(&[(
        "by",
        Expect::Name,
        false,
    )]),
    spec("effectful", OPERATIONS, "#[effectful]"),
    spec("settled", OPERATIONS, "#[settled(by = GetOrder, key = OrderNum)]")
        .named(&[("by", Expect::Name, true), ("key", Expect::Name, false)]),
    spec("example", OPERATIONS, "#[example(xml, \"samples/add_order\")]")
        .takes(&[Expect::NameOrText, Expect::Text], 2)
        .repeats(),
    spec("result", &[Operation], "#[result(list)]").takes(&[Expect::OneOf(&["item", "list", "message"])], 1),
    spec("get", &[Operation], "#[get]"),
    spec("action", &[Operation], "#[action(\"http://…/AddOrder\")]").takes(&[Expect::Text], 1),
    spec("path", &[Operation], "#[path(\"/AddOrder\")]").takes(&[Expect::Text], 1),
    spec("output", &[Operation], "#[output(bare)] or #[output(element = \"Reply\", member = \"Result\")]")
        .takes(&[Expect::OneOf(&["bare"])], 0)
        .named(&[("element", Expect::Text, false), ("member", Expect::Text, false)]),
    spec("drop", &[OverlayOperation, OverlayService], "#[drop]"),
    spec("required", &[OverlayMember, OverlayParameter], "#[required]"),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The description of the language has every attribute, and every setting of a binding.
    #[test]
    fn every_attribute_is_documented() {
        let Ok(page) = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../contracts/README.md")) else {
            return println!("skipped: needs ../contracts");
        };
        let word = |text: &str| -> String {
            let text = text.trim_start_matches(['#', '!', '[']);
            text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
        };
        let page: String = page.split("```").step_by(2).collect();
        let told: Vec<String> = page.split('`').skip(1).step_by(2).map(word).collect();
        let names = SPECS.iter().map(|spec| spec.name).chain(BINDING.iter().map(|(name, ..)| *name));
        let missing: Vec<&str> = names.filter(|name| !told.iter().any(|told| told == name)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
