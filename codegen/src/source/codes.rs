//! Codes of what can be wrong with input files, with what `bindery explain` says about them.

/// What a diagnostic code means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explained {
    /// The code.
    pub code: &'static str,
    /// One line.
    pub title: &'static str,
    /// What causes it and what to do.
    pub text: &'static str,
}

/// A file is not there.
pub const NOT_FOUND: &str = "E0201";
/// A network address with no file beside the contract.
pub const REMOTE: &str = "E0202";
/// A location outside the declared folders.
pub const OUTSIDE: &str = "E0203";
/// The bytes are not text in the declared encoding.
pub const ENCODING: &str = "E0204";
/// The text is not an XML document.
pub const NOT_XML: &str = "E0205";
/// A DOCTYPE that reaches out or expands too far.
pub const DOCTYPE: &str = "E0206";
/// A limit was passed.
pub const LIMIT: &str = "E0207";
/// An XML document that is neither WSDL 1.1 nor XSD.
pub const NOT_CONTRACT: &str = "E0208";
/// A prefix that is not bound.
pub const PREFIX: &str = "E0209";
/// Declaration and bytes name different encodings.
pub const ENCODING_REMARK: &str = "W0201";
/// A name with an unbound prefix was looked for by its local part.
pub const PREFIX_IGNORED: &str = "W0202";

/// An import leads nowhere and is not needed.
pub const NOT_NEEDED: &str = "W0203";
/// A document is not there, and the caller allows that.
pub const MISSING: &str = "W0204";

/// Something stands before the XML declaration.
pub const LATE_DECLARATION: &str = "W0205";

/// All of them.
pub const CODES: &[Explained] = &[
    Explained {
        code: PREFIX_IGNORED,
        title: "a prefix is not bound",
        text: "As E0209, but forgiven: the name was looked for by its local part alone, in all loaded documents, and taken where exactly one declares it. With \
               `strict` this is an error.",
    },
    Explained {
        code: NOT_NEEDED,
        title: "an import leads nowhere and is not needed",
        text: "The document that an `xs:import` names is not beside the contract. No document that was read binds a prefix to its namespace, so no name can \
               refer to what it declares, and it is left out. An error with `strict`, and where the address is a machine rather than a host name.",
    },
    Explained {
        code: MISSING,
        title: "a document is missing, which is allowed here",
        text: "`allow_missing` is set (`bindery.toml`, `Builder::allow_missing`): what the missing document declares is not known. Elements and attributes of \
               its types take and give any content, as raw XML; operations whose messages need it are left out. Each such place has a warning of its own.",
    },
    Explained {
        code: LATE_DECLARATION,
        title: "something stands before the XML declaration",
        text: "Blank lines or comments stand before `<?xml …?>`, which XML does not allow. The declaration is read where it is and the file as if it were not \
               there; other programs may refuse it. Delete what stands before it.",
    },
    Explained {
        code: NOT_FOUND,
        title: "an input file is not there",
        text: "An input, or a document that a contract imports or includes, could not be opened. Locations are relative to the file that holds \
               them. Save the missing document at that place.",
    },
    Explained {
        code: REMOTE,
        title: "a document would have to be fetched",
        text: "The contract refers to a network address. Nothing is ever fetched during generation. The document is looked for beside the \
               contract under the last parts of the address (`service.svc?xsd=xsd1` also as `xsd1.xsd` or `service_xsd1.xsd`), then by its namespace among \
               the documents already loaded, the built-in standard schemas, and the schema files in the same folder. Save it under one of these names.",
    },
    Explained {
        code: OUTSIDE,
        title: "a location leaves the contract's folder",
        text: "A contract may refer only to files below its own folder and the roots declared for it. Paths and symbolic links that lead out are refused before \
               they are opened: declare a wider root if the layout is intended. Absolute paths, `file:` addresses, drive and network paths are never followed; \
               the document is looked for beside the contract under the last parts of the path, so save it there.",
    },
    Explained {
        code: ENCODING,
        title: "a file cannot be decoded",
        text: "The bytes do not fit the encoding that the byte order mark or the XML declaration names, or the encoding is unknown, or the file is \
               compressed. Nothing is replaced silently. UTF-8, UTF-16, ISO-8859-x, windows-125x, KOI8-R and the usual East Asian encodings are read.",
    },
    Explained {
        code: NOT_XML,
        title: "a file is not an XML document",
        text: "The file is empty, an HTML page, cut off, or not well-formed. Compare it with the original; downloads are often replaced by a login page.",
    },
    Explained {
        code: DOCTYPE,
        title: "a DOCTYPE that is not supported",
        text: "Only internal declarations of plain text entities are read. External DTDs (other than the schema language's own, which is known and not \
               fetched), external or parameter entities, entities with markup and large expansions are refused. Remove the DOCTYPE from your copy.",
    },
    Explained {
        code: LIMIT,
        title: "a limit was passed",
        text: "Limits on size, depth and numbers keep hostile or broken inputs from exhausting the machine. The message names the limit. Contracts \
               that real services publish stay far below them; if yours does not, `limits` in bindery.toml and on the builder takes others.",
    },
    Explained {
        code: NOT_CONTRACT,
        title: "neither WSDL 1.1 nor XML Schema",
        text: "The document's root is neither `definitions` of WSDL 1.1 nor `schema` of XML Schema 1.0. WSDL 2.0 is not supported: ask the vendor \
               for the WSDL 1.1 document, which nearly every server publishes as well.",
    },
    Explained {
        code: PREFIX,
        title: "a prefix is not bound",
        text: "A name in an attribute value has a prefix without an `xmlns:` declaration in scope. Correct the prefix or add the declaration to your copy.",
    },
    Explained {
        code: ENCODING_REMARK,
        title: "declared and real encoding differ",
        text: "The XML declaration names another encoding than the bytes show. The bytes are believed.",
    },
];
