//! What the codes of this stage mean, for `bindery explain`.

/// Code, title and explanation of everything hand-written contracts and overlays are told.
pub const CODES: &[(&str, &str, &str)] = &[
    (
        "E0501",
        "a contract file cannot be read",
        "The file is not there, is not a regular file, is larger than 16 MiB, or may not be opened by this user. Paths are relative to the folder the command runs in.",
    ),
    (
        "E0502",
        "a contract file is not UTF-8",
        "Contract files are UTF-8, with or without a byte order mark. Vendor documentation is often windows-1251 or the like: convert the file, since no encoding is guessed.",
    ),
    (
        "E0503",
        "not valid Rust syntax",
        "Contract files are written in Rust's syntax, so that editors, formatters and reviewers can work with them; they are never compiled. Brackets must match and items must be complete.",
    ),
    (
        "E0504",
        "nested too deeply or too long",
        "Brackets, angle brackets included, nest at most 64 deep, and one item or argument has at most 256 tokens before a comma, a semicolon or a body. No contract comes near these limits; they keep a hostile file from exhausting the stack.",
    ),
    (
        "E0505",
        "not part of the contract language",
        "A contract holds namespaces (`const`), contracts (`struct`), enumerations (`enum`), aliases (`type`) and services (`trait` with functions). It is one file: it imports and includes nothing.",
    ),
    (
        "E0506",
        "Rust that means nothing on the wire",
        "Visibility, bodies, `self`, qualifiers and tuple structs are Rust, but say nothing about messages. Leave them out.",
    ),
    (
        "E0507",
        "a type parameter where none can be",
        "One type parameter is allowed, on a struct marked `#[reply(…)]`: the envelope a vendor puts around every answer. Each use of it with a type becomes a type of its own.",
    ),
    (
        "E0508",
        "a constant that is not a namespace",
        "`const NAME: Ns = \"…\";` names a namespace; its value is a string or the name of a namespace above it. There are no other constants.",
    ),
    (
        "E0509",
        "too many mistakes",
        "After 500 mistakes the rest is not shown. Correct the first ones: many others often follow from them.",
    ),
    (
        "E0510",
        "unknown attribute",
        "Attributes are a closed list. One that is not in it is an error rather than skipped, because a misspelt `#[secret]` or `#[idempotent]` would change what the generated code does.",
    ),
    (
        "E0511",
        "an attribute in the wrong place",
        "The attribute exists, but not on this kind of item, or not in this layout. The message says where it belongs.",
    ),
    (
        "E0512",
        "documentation that is not text",
        "Write documentation as `///` lines. Computed documentation cannot be evaluated.",
    ),
    (
        "E0513",
        "given twice",
        "An attribute or an argument that can be given once is given twice, and the two might contradict each other.",
    ),
    (
        "E0514",
        "wrong arguments",
        "The attribute's arguments do not have the form it expects; the help line shows that form.",
    ),
    (
        "E0515",
        "attributes that contradict each other",
        "Both attributes are right by themselves, but not together on one item. Decide for one.",
    ),
    (
        "E0516",
        "text and elements at once",
        "A struct with a `#[text]` member is an element that holds text, perhaps with attributes; it cannot hold elements too.",
    ),
    (
        "E0517",
        "a type that cannot stand here",
        "Not every type fits every place: attributes and packed strings hold one piece of text, slots hold scalars and positional structs, XML members hold no positional structs.",
    ),
    (
        "E0518",
        "not a length",
        "`#[max(n)]` is the longest text the vendor documents, in characters, from 1 to 4294967295.",
    ),
    (
        "E0519",
        "a packed string that cannot be read back",
        "The pattern of `#[packed(…)]` names all members in order with something between them, and an `Option` part says with `#[none(…)]` what is written when it is absent.",
    ),
    (
        "E0520",
        "not a type of the language",
        "Types are the scalars, `Option<…>`, `Vec<…>` and the structs, enums and aliases of the same file.",
    ),
    (
        "E0521",
        "nested in a way the wire cannot show",
        "`Option<Option<…>>` cannot be told from `Option<…>` on the wire, and a list in a list needs an element of its own: give the inner list a struct.",
    ),
    (
        "E0522",
        "a type that is not defined",
        "The name is neither a scalar nor defined in this file. Contracts see nothing outside their own file.",
    ),
    (
        "E0523",
        "a member that is not there",
        "An attribute names a member, and the struct has none with this name. Names are the contract's, letter for letter.",
    ),
    (
        "E0524",
        "a counter without a list",
        "`#[count(…)]` stands on the list itself. The counter slot in front of it is written and checked by the runtime and is no member of the struct.",
    ),
    (
        "E0525",
        "an enum value without a wire value",
        "Values of an enumeration are integers (`Name = 1`), texts (with `#[text]` on the enum), or one type each (a choice). They cannot be mixed.",
    ),
    (
        "E0526",
        "an error code without a table",
        "`#[errors(X)]` names the enum of a vendor's error codes, and `#[raises(…)]` lists codes of that enum. `#[retry]` and `#[not_executed]` belong on its values.",
    ),
    (
        "E0527",
        "a slot that cannot be reached",
        "A list without a counter takes all slots that are left, so nothing can follow it. Give it a counter with `#[count(entries)]` or `#[count(values)]`, as the vendor's layout says.",
    ),
    (
        "E0528",
        "a slot that may be missing before one that may not",
        "Positional values can only be left out at the end: everything after a `#[trailing]` slot is `#[trailing]` too, and each is an `Option` or a list.",
    ),
    (
        "E0529",
        "types that contain each other without end",
        "A value of such a type could never be finished. For XML contracts make one of the members `Option` or `Vec`; positional layouts cannot be recursive at all.",
    ),
    (
        "E0530",
        "defined twice",
        "Two things have one name, and one would hide the other. For two members with one wire name, the contract has a mistake or the vendor's message cannot be told apart.",
    ),
    (
        "E0531",
        "the name of a built-in type",
        "The names of scalars cannot be used for types of the contract. Keep the wire's name with `#[wire(\"…\")]`.",
    ),
    (
        "E0532",
        "not an XML name",
        "Names of elements and attributes follow XML's rules: they begin with a letter or `_` and hold no spaces or punctuation but `-`, `.` and `_`.",
    ),
    ("E0533", "aliases that stand for each other", "Following the aliases never comes to a type."),
    ("E0540", "a namespace that is not an address", "A namespace name holds neither spaces nor control characters."),
    ("E0541", "a namespace that is not defined", "The name is that of no `const …: Ns` above."),
    (
        "E0542",
        "more than one effect",
        "An operation is `#[read]`, `#[idempotent]`, `#[settled(…)]` or `#[effectful]`; without any it is effectful, which means that it is never sent twice.",
    ),
    (
        "E0543",
        "an operation that cannot settle another",
        "`#[settled(by = X)]` names the operation that tells whether a call took effect after its answer was lost. It must be in the same service and be `#[read]`, since it is called when nothing may be changed.",
    ),
    (
        "E0544",
        "a binding that is not right",
        "A service has at least one `#[binding(…)]`: `soap`, `xml` or `xml_rpc`, each with its own settings. XML-RPC is positional and cannot share a service with the others.",
    ),
    (
        "E0545",
        "an address or header value that is not safe",
        "Endpoints are `http` or `https` addresses without user and password. Paths and actions go into HTTP request lines and headers and hold neither spaces nor control characters.",
    ),
    (
        "E0546",
        "an output that does not fit",
        "An answer is `<NameResponse><NameResult>…` by default. `#[output(bare)]` takes a struct as the answer itself; XML-RPC results are slots, scalars, or with `#[result(list)]` rows.",
    ),
    (
        "E0547",
        "an operation the bindings cannot carry",
        "The operation asks for a wire the service does not have, or has parameters that wire cannot carry: a path holds one piece of text per parameter.",
    ),
    (
        "E0548",
        "an example of no binding",
        "`#[example(binding, \"samples/name\")]` names one of the service's bindings, by its `name` or by its protocol.",
    ),
    (
        "E0549",
        "a sample that is not there",
        "Samples lie beside the contract, as `<path>.request.xml`, `<path>.response.xml` or both. Paths stay below the contract's folder.",
    ),
    (
        "E0550",
        "an empty contract",
        "A contract without services and types would generate nothing, which is hardly what was meant.",
    ),
    ("E0601", "an empty overlay", "An overlay that names nothing changes nothing."),
    (
        "E0602",
        "an overlay that matches nothing",
        "Whatever an overlay names must be in the contract it patches. If the vendor has renamed something, rename it in the overlay too: skipping it would undo a `#[secret]` or an effect in silence.",
    ),
    (
        "E0603",
        "an overlay that matches several types",
        "Types of different namespaces share the name. Add `#[ns(\"…\")]`.",
    ),
    (
        "E0604",
        "a change an overlay cannot make",
        "Overlays rename members, mark them, retype them to a scalar or an added enum, make them optional, and say what operations do. What is on the wire stays the contract's.",
    ),
    (
        "W0501",
        "named like a secret",
        "Members named like passwords, tokens, keys, pins and cards are usually secrets. `#[secret]` keeps a value out of Debug, logs, captures and errors without changing the wire; `#[public]` says that the name misleads.",
    ),
    (
        "W0502",
        "a counter written as a member",
        "A counted list writes its counter by itself. A member with the same meaning would be a second counter on the wire.",
    ),
    (
        "W0510",
        "neither open nor closed",
        "Vendors add values. `#[open]` keeps those that are not listed, `#[closed]` makes them errors. Without either an enum is open.",
    ),
];
