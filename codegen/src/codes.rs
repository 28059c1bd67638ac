//! Every diagnostic code with its explanation, for `bindery explain`.

use crate::source::codes::{self as source, Explained};

/// Codes of running the tool, of passes and of plans; front ends keep their own.
const GENERAL: &[Explained] = &[
    Explained {
        code: "E0001",
        title: "no input",
        text: "Nothing was named to generate from. Give `from` in bindery.toml, or call `wsdl` or `contract` on the builder.",
    },
    Explained {
        code: "E0002",
        title: "a hand-written contract stands alone",
        text: "A `.contract.rs` file describes one whole service. It cannot be merged with other inputs into one generated file; \
               generate one file from each. To change what a WSDL says, write an overlay instead.",
    },
    Explained {
        code: "E0003",
        title: "an example has no message",
        text: "A contract or overlay names an example, but neither `<path>.request.xml` nor `<path>.response.xml` lies beside it. \
               Examples become tests, so a missing one is an error rather than a test that quietly is not there.",
    },
    Explained {
        code: "E0004",
        title: "the configuration cannot be read",
        text: "`bindery generate` and `bindery check` work from `bindery.toml` in the current folder, or from the file named by \
               `--config`.",
    },
    Explained {
        code: "E0005",
        title: "the configuration is not valid",
        text: "bindery.toml holds `[[generate]]` tables with `name`, `from` (a list of files) and `to` (the file to write), and \
               optionally the keys that the README lists. Paths are relative to the configuration file. Keys it does not know are \
               errors, so that a misspelt one is not ignored.",
    },
    Explained {
        code: "E0006",
        title: "two entries share a name",
        text: "Each `[[generate]]` table needs a name of its own: it is what `bindery generate NAME` asks for.",
    },
    Explained {
        code: "E0007",
        title: "the configuration generates nothing",
        text: "bindery.toml has no `[[generate]]` table.",
    },
    Explained {
        code: "E0008",
        title: "the lock is damaged",
        text: "bindery.lock is written by `bindery`, and by people only when they merge. It holds `version`, `[files]` (path, SHA-256 and \
               size, for fetched files URL and day), `[locations]` and `[names]`. Take the version last committed, or mend the line, \
               and run `bindery generate`. Deleting the file is safe for the build, but names may then be chosen anew.",
    },
    Explained {
        code: "E0009",
        title: "the lock has a merge conflict",
        text: "Two branches changed bindery.lock. Every line stands alone: keep the lines of both sides, delete the marks, and run \
               `bindery generate`, which writes the file in order. Of two lines with the same key keep either.",
    },
    Explained {
        code: "E0010",
        title: "the lock is of another version",
        text: "bindery.lock was written by a newer Bindery with another format. Use that one: reading half of the file could rename \
               what has a name.",
    },
    Explained {
        code: "E0011",
        title: "a name in the lock is none",
        text: "Every name in bindery.lock becomes an identifier of the generated code, so each has to be one. A line may be edited to \
               choose another name, or deleted to let the next run choose.",
    },
    Explained {
        code: "E0012",
        title: "the lock and the inputs disagree",
        text: "The builder is `frozen`: what it reads and the names it gives must be those in bindery.lock. The notes tell what differs: \
               a contract that was changed without a new lock, or a lock that was not committed with it. Run the build with \
               `update_lock`, read the difference, and commit both.",
    },
    Explained {
        code: "E0013",
        title: "two entries write one file",
        text: "Each `[[generate]]` table needs a file of its own in `to`: the second would replace what the first wrote. One module from \
               several WSDL and XSD files is one entry with all of them in `from`.",
    },
    Explained {
        code: "E0014",
        title: "what `to` names was not generated",
        text: "`bindery generate` replaces only what it wrote itself, which says so in its first lines. The file named by `to` does not: \
               it may be a contract, or written by hand. Name another file, or delete this one if nobody needs it.",
    },
    Explained {
        code: "E0015",
        title: "an overlay stands where a contract is expected",
        text: "Files called `*.overlay.rs` change a contract that another file holds. Give that one to `from` (`wsdl` on the builder), and the \
               overlay to `overlays` (`overlay`).",
    },
    Explained {
        code: "E0501",
        title: "a type is derived from itself",
        text: "Following `base` from type to type comes back to where it started, so the type has no complete definition. \
               The schema is wrong; ask its vendor, or break the circle in a copy.",
    },
    Explained {
        code: "E0502",
        title: "no operation matches",
        text: "`operations` names operations to keep, by name or by glob (`Get*`). One that matches nothing is an error: it is \
               misspelt, or the vendor has renamed the operation.",
    },
    Explained {
        code: "N0503",
        title: "what `operations` left out",
        text: "With `operations` set, other operations and the types only they use are not generated. The note says how many.",
    },
    Explained {
        code: "W0504",
        title: "an element may be either of two things",
        text: "At some place in the type's content two elements of the same name may come, be it by a substitution group, and whatever comes behind must tell which it \
               was. XML Schema forbids it (\"Unique Particle Attribution\"), and many processors refuse such a schema; others do not \
               look. Values are read and written in order and nothing is lost, but what comes there may be taken for the one or the other, and `validate` may \
               count it where it was not meant.",
    },
    Explained {
        code: "N0505",
        title: "an element that open content allows as well",
        text: "As W0504, of an element and a wildcard (`any`) that allows its name, or of two wildcards. An element is taken for what it is called where that can \
               come, and for open content elsewhere.",
    },
    Explained {
        code: "W0601",
        title: "a type requires itself",
        text: "A member that must be there holds, directly or through other required members, the type it belongs to. No finite \
               document can satisfy that. The member is generated as optional so that the rest of the type can be used.",
    },
    Explained {
        code: "E0602",
        title: "a reply rule names a member that is not there",
        text: "The contract or overlay says how a reply tells success from failure (a flag, a code, a list of errors), but the \
               reply's type has no member of that name. A vendor's rename must not turn errors into successes, so this is an \
               error.",
    },
    Explained {
        code: "E0603",
        title: "an external type matches nothing",
        text: "`extern_type` names a type of the contract to replace with one of yours. No type has that name; give the wire \
               name (`Guid`) or the name with its namespace (`{http://example.com/}Guid`).",
    },
    Explained {
        code: "E0604",
        title: "an open type or enum that was asked for matches nothing",
        text: "`open_types` and `enum_types` name bases: types that others derive from, or heads of substitution groups. No base \
               that the contract's messages refer to has this name; a vendor's rename must not change the generated types \
               without a word. Give the wire name (`Event`) or the name with its namespace (`{urn:example}Event`).",
    },
    Explained {
        code: "E0605",
        title: "a base is asked for as an open type and as an enum",
        text: "The same name stands in `open_types` and in `enum_types`. Take it out of one.",
    },
    Explained {
        code: "E0606",
        title: "an open type needs the usual derives",
        text: "An open type (`rt::Any<Base>`) copies, compares and shows what it holds without knowing its type. It can do so only \
               where the generated types derive `Debug`, `Clone` and `PartialEq`, which they do unless `derives` says otherwise.",
    },
    Explained {
        code: "E0609",
        title: "a path in the settings is none",
        text: "`derives` lists traits as they stand in `#[derive(…)]`: `Hash`, `shown::Show`; types of the runtime that members have must implement them, too. `extern_types` names types of yours by their \
               path from a crate's root, `crate::Money` or `prices::Money`, without parameters: generated modules lie in \
               several places, and only such a path means the same in all of them.",
    },
    Explained {
        code: "W0608",
        title: "a name on record could not be kept",
        text: "bindery.lock gives one name to two things of one scope, as happens when two branches that each gave it out are merged, or \
               gives a name that cannot be had there. One of them has another name now, which breaks code that uses it. Edit the lines in the \
               lock if it should be the other one.",
    },
    Explained {
        code: "N0607",
        title: "a base is near the number that makes it an open type, or above",
        text: "A base with few alternatives (types derived from it, elements of its substitution group) becomes an enum, one with \
               many an open type, `rt::Any<Base>`. The number is `open_above`, 64 unless set. So that the vendor's next type \
               does not change an enum into an open type, or `operations` the other way round, name the base in \
               `open_types` or `enum_types`, or keep a `bindery.lock`, which records the form; each also ends the note.",
    },
    Explained {
        code: "E0801",
        title: "the ignore file is not valid",
        text: "`bindery diff --ignore FILE` reads `[[ignore]]` tables with `fingerprint`, the sixteen hexadecimal digits that the report \
               shows beside a change, and `reason`, which says to the next reader why the change is accepted. Both are required.",
    },
];

#[cfg(feature = "fetch")]
fn fetch() -> &'static [Explained] {
    crate::fetch::codes::CODES
}

#[cfg(not(feature = "fetch"))]
fn fetch() -> &'static [Explained] {
    &[]
}

/// All codes, in the order of the stages.
pub fn all() -> impl Iterator<Item = &'static Explained> {
    GENERAL
        .iter()
        .chain(crate::contract::codes::CODES)
        .chain(source::CODES)
        .chain(crate::xsd::codes::CODES)
        .chain(crate::wsdl::codes::CODES)
        .chain(fetch())
}

#[cfg(test)]
mod tests {
    #[test]
    fn codes_are_unique_and_explained() {
        let mut seen = std::collections::BTreeSet::new();
        for entry in super::all() {
            assert!(seen.insert(entry.code), "{} twice", entry.code);
            assert!(entry.text.len() > 30, "{} is hardly explained", entry.code);
        }
    }
}
