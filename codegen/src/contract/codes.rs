//! Codes of what can be wrong in hand-written contracts and overlays, with what `bindery explain` says about them.

use crate::source::codes::Explained;

/// Every code of this stage.
pub const CODES: &[Explained] = &[
    Explained {
        code: "E0503",
        title: "not valid Rust syntax",
        text: "Contract files are written in Rust's syntax, so that editors, formatters and reviewers can work \
               with them; they are never compiled. Brackets must match and items must be complete.",
    },
    Explained {
        code: "E0504",
        title: "nested too deeply or too long",
        text: "Brackets, angle brackets included, nest at most 64 deep, and one item or argument has at most 256 \
               tokens before a comma, a semicolon or a body. No contract comes near these limits; they keep a \
               hostile file from exhausting the stack.",
    },
    Explained {
        code: "E0505",
        title: "not part of the contract language",
        text: "A contract holds namespaces (`const`), contracts (`struct`), enumerations (`enum`), aliases \
               (`type`) and services (`trait` with functions). It is one file: it imports and includes nothing.",
    },
    Explained {
        code: "E0506",
        title: "Rust that means nothing on the wire",
        text: "Visibility, bodies, `self`, qualifiers and tuple structs are Rust, but say nothing about messages. \
               Leave them out.",
    },
    Explained {
        code: "E0507",
        title: "a type parameter where none can be",
        text: "One type parameter is allowed, on a struct marked `#[reply(…)]`: the envelope a vendor puts around \
               every answer. Each use of it with a type becomes a type of its own.",
    },
    Explained {
        code: "E0508",
        title: "a constant that is not a namespace",
        text: "`const NAME: Ns = \"…\";` names a namespace; its value is a string or the name of a namespace \
               above it. There are no other constants.",
    },
    Explained {
        code: "E0509",
        title: "too many mistakes",
        text: "After 500 mistakes the rest is not shown. Correct the first ones: many others often follow from \
               them.",
    },
    Explained {
        code: "E0510",
        title: "unknown attribute",
        text: "Attributes are a closed list. One that is not in it is an error rather than skipped, because a \
               misspelt `#[secret]` or `#[idempotent]` would change what the generated code does.",
    },
    Explained {
        code: "E0511",
        title: "an attribute in the wrong place",
        text: "The attribute exists, but not on this kind of item, or not in this layout. The message says where \
               it belongs.",
    },
    Explained {
        code: "E0512",
        title: "documentation that is not text",
        text: "Write documentation as `///` lines. Computed documentation cannot be evaluated.",
    },
    Explained {
        code: "E0513",
        title: "given twice",
        text: "An attribute or an argument that can be given once is given twice, and the two might contradict \
               each other.",
    },
    Explained {
        code: "E0514",
        title: "wrong arguments",
        text: "The attribute's arguments do not have the form it expects; the help line shows that form.",
    },
    Explained {
        code: "E0515",
        title: "attributes that contradict each other",
        text: "Both attributes are right by themselves, but not together on one item. Decide for one.",
    },
    Explained {
        code: "E0516",
        title: "text and elements at once",
        text: "A struct with a `#[text]` member is an element that holds text, perhaps with attributes; it cannot \
               hold elements too.",
    },
    Explained {
        code: "E0517",
        title: "a type that cannot stand here",
        text: "Not every type fits every place: attributes and packed strings hold one piece of text, slots hold \
               scalars and positional structs, XML members hold no positional structs.",
    },
    Explained {
        code: "E0518",
        title: "not a length",
        text: "`#[max(n)]` is the longest text the vendor documents, in characters, from 1 to 4294967295.",
    },
    Explained {
        code: "E0519",
        title: "a packed string that cannot be read back",
        text: "The pattern of `#[packed(…)]` names all members in order with something between them, and an \
               `Option` part says with `#[none(…)]` what is written when it is absent.",
    },
    Explained {
        code: "E0520",
        title: "not a type of the language",
        text: "Types are the scalars, `Option<…>`, `Vec<…>` and the structs, enums and aliases of the same file.",
    },
    Explained {
        code: "E0521",
        title: "nested in a way the wire cannot show",
        text: "`Option<Option<…>>` cannot be told from `Option<…>` on the wire, and a list in a list needs an \
               element of its own: give the inner list a struct.",
    },
    Explained {
        code: "E0522",
        title: "a type that is not defined",
        text: "The name is neither a scalar nor defined in this file. Contracts see nothing outside their own \
               file.",
    },
    Explained {
        code: "E0523",
        title: "a member that is not there",
        text: "An attribute names a member, and the struct has none with this name. Names are the contract's, \
               letter for letter.",
    },
    Explained {
        code: "E0524",
        title: "a counter without a list",
        text: "`#[count(…)]` stands on the list itself. The counter slot in front of it is written and checked by \
               the runtime and is no member of the struct.",
    },
    Explained {
        code: "E0525",
        title: "an enum value without a wire value",
        text: "Values of an enumeration are integers (`Name = 1`), texts (with `#[text]` on the enum), or one \
               type each (a choice). They cannot be mixed.",
    },
    Explained {
        code: "E0526",
        title: "an error code without a table",
        text: "`#[errors(X)]` names the enum of a vendor's error codes, and `#[raises(…)]` lists codes of that \
               enum. `#[retry]` and `#[not_executed]` belong on its values.",
    },
    Explained {
        code: "E0527",
        title: "a slot that cannot be reached",
        text: "A list without a counter takes all slots that are left, so nothing can follow it. Give it a \
               counter with `#[count(entries)]` or `#[count(values)]`, as the vendor's layout says.",
    },
    Explained {
        code: "E0528",
        title: "a slot that may be missing before one that may not",
        text: "Positional values can only be left out at the end: everything after a `#[trailing]` slot is \
               `#[trailing]` too, and each is an `Option` or a list.",
    },
    Explained {
        code: "E0529",
        title: "types that contain each other without end",
        text: "A value of such a type could never be finished. For XML contracts make one of the members `Option` \
               or `Vec`; positional layouts cannot be recursive at all.",
    },
    Explained {
        code: "E0530",
        title: "defined twice",
        text: "Two things have one name, and one would hide the other. For two members with one wire name, the \
               contract has a mistake or the vendor's message cannot be told apart.",
    },
    Explained {
        code: "E0531",
        title: "the name of a built-in type",
        text: "The names of scalars cannot be used for types of the contract. Keep the wire's name with \
               `#[wire(\"…\")]`.",
    },
    Explained {
        code: "E0532",
        title: "not an XML name",
        text: "Names of elements and attributes follow XML's rules: they begin with a letter or `_` and hold no \
               spaces or punctuation but `-`, `.` and `_`.",
    },
    Explained {
        code: "E0533",
        title: "aliases that stand for each other",
        text: "Following the aliases never comes to a type.",
    },
    Explained {
        code: "E0540",
        title: "a namespace that is not an address",
        text: "A namespace name holds neither spaces nor control characters.",
    },
    Explained {
        code: "E0541",
        title: "a namespace that is not defined",
        text: "The name is that of no `const …: Ns` above.",
    },
    Explained {
        code: "E0542",
        title: "more than one effect",
        text: "An operation is `#[read]`, `#[idempotent]`, `#[settled(…)]` or `#[effectful]`; without any it is \
               effectful, which means that it is never sent twice.",
    },
    Explained {
        code: "E0543",
        title: "an operation that cannot settle another",
        text: "`#[settled(by = X)]` names the operation that tells whether a call took effect after its answer \
               was lost. It must be in the same service and be `#[read]`, since it is called when nothing may be \
               changed.",
    },
    Explained {
        code: "E0544",
        title: "a binding that is not right",
        text: "A service has at least one `#[binding(…)]`: `soap`, `xml` or `xml_rpc`, each with its own \
               settings. XML-RPC is positional and cannot share a service with the others.",
    },
    Explained {
        code: "E0545",
        title: "an address or header value that is not safe",
        text: "Endpoints are `http` or `https` addresses without user and password. Paths and actions go into \
               HTTP request lines and headers and hold neither spaces nor control characters.",
    },
    Explained {
        code: "E0546",
        title: "an output that does not fit",
        text: "An answer is `<NameResponse><NameResult>…` by default. `#[output(bare)]` takes a struct as the \
               answer itself; XML-RPC results are slots, scalars, or with `#[result(list)]` rows.",
    },
    Explained {
        code: "E0547",
        title: "an operation the bindings cannot carry",
        text: "The operation asks for a wire the service does not have, or has parameters that wire cannot carry: \
               a path holds one piece of text per parameter.",
    },
    Explained {
        code: "E0548",
        title: "an example of no binding",
        text: "`#[example(binding, \"samples/name\")]` names one of the service's bindings, by its `name` or by \
               its protocol.",
    },
    Explained {
        code: "E0549",
        title: "a sample that is not there",
        text: "Samples lie beside the contract, as `<path>.request.xml`, `<path>.response.xml` or both. Paths \
               stay below the contract's folder.",
    },
    Explained {
        code: "E0550",
        title: "an empty contract",
        text: "A contract without services and types would generate nothing, which is hardly what was meant.",
    },
    Explained {
        code: "E0551",
        title: "a contract file cannot be read",
        text: "The file is not there, is not a regular file, is larger than 16 MiB, or may not be opened by this \
               user. Paths in bindery.toml are relative to it, \
               others to the folder the command runs in.",
    },
    Explained {
        code: "E0552",
        title: "a contract file is not UTF-8",
        text: "Contract files are UTF-8, with or without a byte order mark. Vendor documentation is often \
               windows-1251 or the like: convert the file, since no encoding is guessed.",
    },
    Explained { code: "E0561", title: "an empty overlay", text: "An overlay that names nothing changes nothing." },
    Explained {
        code: "E0562",
        title: "an overlay that matches nothing",
        text: "Whatever an overlay names must be in the contract it patches. If the vendor has renamed something, \
               rename it in the overlay too: skipping it would undo a `#[secret]` or an effect in silence.",
    },
    Explained {
        code: "E0563",
        title: "an overlay that matches several types",
        text: "Types of different namespaces share the name. Add `#[ns(\"…\")]`.",
    },
    Explained {
        code: "E0564",
        title: "a change an overlay cannot make",
        text: "Overlays rename members, mark them, retype them to a scalar or an added enum, make them optional, \
               and say what operations do. What is on the wire stays the contract's.",
    },
    Explained {
        code: "W0501",
        title: "named like a secret",
        text: "Members named like passwords, tokens, keys, pins and cards are usually secrets. `#[secret]` keeps \
               a value out of Debug, logs, captures and errors without changing the wire; `#[public]` says that \
               the name misleads.",
    },
    Explained {
        code: "W0502",
        title: "a counter written as a member",
        text: "A counted list writes its counter by itself. A member with the same meaning would be a second \
               counter on the wire.",
    },
    Explained {
        code: "W0510",
        title: "neither open nor closed",
        text: "Vendors add values. `#[open]` keeps those that are not listed, `#[closed]` makes them errors. \
               Without either an enum is open.",
    },
];
