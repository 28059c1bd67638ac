//! How much input is too much. Every limit is named in the error that reports it.

/// Limits on contract files. The defaults fit every real contract we know with room to spare and keep memory and time
/// bounded on hostile ones.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Bytes of one file, as stored.
    pub file_bytes: u64,
    /// Bytes of all files together, as stored.
    pub total_bytes: u64,
    /// Files of one run.
    pub documents: usize,
    /// Imports, includes and redefinitions followed.
    pub edges: usize,
    /// Elements inside one another.
    pub depth: usize,
    /// Attributes of one element, namespace declarations not counted.
    pub attributes: usize,
    /// Namespace declarations of one element.
    pub namespaces: usize,
    /// Namespace declarations in scope at one place.
    pub namespaces_in_scope: usize,
    /// Elements of one file.
    pub elements: usize,
    /// Bytes of a name.
    pub name_bytes: usize,
    /// Bytes of an attribute value.
    pub attribute_bytes: usize,
    /// Bytes of a run of text, comment or CDATA section.
    pub text_bytes: usize,
    /// Bytes that references to a file's own entities may add.
    pub entity_bytes: usize,
    /// Particles and attributes after named groups have been written out where they are used.
    pub group_members: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 16 << 20,
            total_bytes: 64 << 20,
            documents: 1_000,
            edges: 10_000,
            depth: 256,
            attributes: 256,
            namespaces: 64,
            namespaces_in_scope: 128,
            elements: 2_000_000,
            name_bytes: 1_024,
            attribute_bytes: 1 << 20,
            text_bytes: 8 << 20,
            entity_bytes: 64 << 10,
            group_members: 2_000_000,
        }
    }
}
