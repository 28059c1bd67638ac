//! Codes of what can be wrong in a schema, with what `bindery explain` says about them.

use crate::source::codes::Explained;

/// A missing or malformed name.
pub const NAME: &str = "E0301";
/// A reference to something that is not there.
pub const UNRESOLVED: &str = "E0302";
/// Two declarations of one name.
pub const DUPLICATE: &str = "E0303";
/// Definitions in a circle.
pub const CYCLE: &str = "E0304";
/// Impossible occurrence.
pub const OCCURS: &str = "E0305";
/// Facets that cannot be.
pub const FACET: &str = "E0306";
/// A default or fixed value outside its type.
pub const DEFAULT: &str = "E0307";
/// One element name with two types in one content model.
pub const INCONSISTENT: &str = "E0308";
/// A construct that lacks what it must have.
pub const STRUCTURE: &str = "E0309";
/// Named groups grow too large.
pub const GROUPS: &str = "E0310";
/// A namespace is used but not imported.
pub const NOT_IMPORTED: &str = "W0301";
/// A second declaration is ignored.
pub const REPEATED: &str = "W0302";
/// A pattern that cannot be checked, or refuses everything.
pub const PATTERN: &str = "W0303";
/// An occurrence was read generously.
pub const OCCURS_REMARK: &str = "W0304";
/// A type that must hold itself.
pub const RECURSIVE: &str = "W0305";
/// A construct is skipped.
pub const UNSUPPORTED: &str = "W0306";
/// A reference to something missing, in a part that no operation uses.
pub const UNRESOLVED_UNUSED: &str = "W0307";

/// Groups contain themselves.
pub const GROUP_CYCLE: &str = "E0311";
/// What is final is derived from.
pub const FINAL: &str = "E0312";
/// What is final is derived from, and that was let pass.
pub const FINAL_IGNORED: &str = "W0313";
/// An attribute that XML Schema does not have.
pub const UNKNOWN_ATTRIBUTE: &str = "W0314";
/// A reference to something missing was left open.
pub const OPEN: &str = "W0308";
/// A default or fixed value outside its type was left out.
pub const DEFAULT_DROPPED: &str = "W0309";
/// An element with two types was left open.
pub const AMBIGUOUS: &str = "W0310";
/// A group in itself was left open.
pub const GROUP_OPEN: &str = "W0311";

/// Identity constraints are not acted on.
pub const IDENTITY: &str = "N0301";
/// A schema in the namespace of a draft.
pub const DRAFT: &str = "W0312";
/// Notations are not acted on.
pub const NOTATION: &str = "N0303";

/// All of them.
pub const CODES: &[Explained] = &[
    Explained {
        code: DRAFT,
        title: "a schema is written for a draft of XML Schema",
        text: "Its namespace is that of a draft of 1999 or 2000. It is read as if the namespace were that of the Recommendation of 2001, and types that were \
               renamed go by their later names (`timeInstant` is `dateTime`); constructs that the Recommendation does not have are skipped with a warning each. \
               `xsi:type` and `xsi:nil` are sent as the Recommendation has them, which toolkits of that time read as well.",
    },
    Explained {
        code: NAME,
        title: "a name is missing or is no XML name",
        text: "Types, elements, attributes and groups are called by an NCName: a letter or `_`, then letters, digits, `.`, `-`, `_`; no colon and no blanks.",
    },
    Explained {
        code: UNRESOLVED,
        title: "a reference leads nowhere",
        text: "A type, element, attribute or group is referred to that no loaded document declares. Check the prefix and the spelling, and whether the \
               document that declares it is imported and present. A missing import is otherwise forgiven: every loaded document is searched.",
    },
    Explained {
        code: DUPLICATE,
        title: "two declarations of one name",
        text: "A schema may declare a name once in each of its symbol spaces (types, elements, attributes, groups, attribute groups).",
    },
    Explained {
        code: CYCLE,
        title: "definitions in a circle",
        text: "Types cannot derive from themselves, groups cannot contain themselves and a substitution group cannot head itself, not even indirectly. The \
               message names all members of the circle.",
    },
    Explained {
        code: OCCURS,
        title: "an occurrence that cannot be",
        text: "`minOccurs` and `maxOccurs` are numbers from 0 upwards (`maxOccurs` may be `unbounded`), and the first may not exceed the second.",
    },
    Explained {
        code: FACET,
        title: "facets that cannot be",
        text: "A restriction gives limits that contradict one another or are no numbers, so that no value could satisfy it.",
    },
    Explained {
        code: DEFAULT,
        title: "a default or fixed value outside its type",
        text: "The value of `default` or `fixed` cannot be read as the type it is given for. Correct it in your copy of the contract.",
    },
    Explained {
        code: INCONSISTENT,
        title: "one element name with two types",
        text: "Inside one content model every element of one name must have the same type (Element Declarations Consistent).",
    },
    Explained {
        code: STRUCTURE,
        title: "a construct lacks what it must have",
        text: "The schema's structure is not that of XML Schema 1.0 at this place.",
    },
    Explained {
        code: GROUPS,
        title: "named groups grow too large",
        text: "Written out where they are used, the schema's groups have more members than the limit `group_members`, or are nested too deeply.",
    },
    Explained {
        code: NOT_IMPORTED,
        title: "a namespace is used but not imported",
        text: "A declaration of another namespace is used without an `import` of that namespace. Another loaded document declares it, so it is taken from there.",
    },
    Explained {
        code: REPEATED,
        title: "a second declaration is ignored",
        text: "Several documents declare the same name. The first one is used; compare them if they differ.",
    },
    Explained {
        code: PATTERN,
        title: "a pattern that cannot be checked, or refuses everything",
        text: "The regular expression of a `pattern` facet is not one of XML Schema's, or too large. `validate` does not check it. In those expressions \
               `^` and `$` are characters like any other, since a pattern always matches a whole value; where they were meant as anchors, no value passes.",
    },
    Explained {
        code: OCCURS_REMARK,
        title: "an occurrence was read generously",
        text: "A number of occurrences was too large to count or contradicted its default; unbounded was assumed.",
    },
    Explained {
        code: RECURSIVE,
        title: "a type that must hold itself",
        text: "Every value of the type would have to contain another value of it: no finite message is valid. The type is generated, but no value can be made.",
    },
    Explained {
        code: UNSUPPORTED,
        title: "a construct is skipped",
        text: "The construct is not part of XML Schema 1.0 (or not at this place) and does not take part in the generated types.",
    },
    Explained {
        code: UNRESOLVED_UNUSED,
        title: "a reference leads nowhere, in a part that is not used",
        text: "As E0302, but nothing that an operation sends or receives leads there, so generation goes on with the missing part open.",
    },
    Explained {
        code: GROUP_CYCLE,
        title: "groups contain themselves",
        text: "A named group or attribute group refers to itself, directly or over others. The message names all members of the circle.",
    },
    Explained {
        code: FINAL,
        title: "a derivation is forbidden by `final`",
        text: "`final` and `finalDefault` say which ways of deriving a type allows, or by which derived types other elements may stand in for an element. The \
               schema derives in such a way all the same. Drop the word from `final`, or the derivation.",
    },
    Explained {
        code: FINAL_IGNORED,
        title: "a derivation that is forbidden by `final`",
        text: "As E0312, but forgiven: the derived type is generated like any other. With `strict` this is an error.",
    },
    Explained {
        code: UNKNOWN_ATTRIBUTE,
        title: "an attribute that XML Schema does not have",
        text: "What it was to say is not said: an element with `typ` for `type` takes any content. Told once for each element and attribute of a schema document; \
               attributes of other namespaces are allowed everywhere and are nobody's mistake.",
    },
    Explained {
        code: OPEN,
        title: "a reference leads nowhere; its place is open",
        text: "As E0302, but forgiven: the member takes and gives any content, as it came. With `strict` this is an error.",
    },
    Explained {
        code: DEFAULT_DROPPED,
        title: "a default or fixed value outside its type is left out",
        text: "As E0307, but forgiven: the member has no default. With `strict` this is an error.",
    },
    Explained {
        code: AMBIGUOUS,
        title: "one element name with two types; its content is open",
        text: "As E0308, but forgiven: the members of that name take and give any content. With `strict` this is an error.",
    },
    Explained {
        code: GROUP_OPEN,
        title: "a group contains itself; its place is open",
        text: "As E0311, but forgiven: where the group would contain itself, any content is taken. With `strict` this is an error.",
    },
    Explained {
        code: IDENTITY,
        title: "identity constraints are not acted on",
        text: "`key`, `keyref` and `unique` relate values of a whole document to one another. Neither reading nor `validate` looks at them: check such \
               rules in the application, where they matter.",
    },
    Explained {
        code: NOTATION,
        title: "notations are not acted on",
        text: "A `notation` gives a name to a public or system identifier. Values of `NOTATION` types keep the name; the identifiers are in no \
               generated type.",
    },
];
