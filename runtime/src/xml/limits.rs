//! [`Limits`] of the reader.

/// How much of anything a message may hold. Each is checked while reading, before memory is spent, also in content that is
/// skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Elements inside one another.
    pub depth: usize,
    /// Attributes of one element, namespace declarations not counted.
    pub attributes: usize,
    /// Namespace declarations of one element.
    pub namespaces: usize,
    /// Namespace declarations in scope at one place.
    pub namespaces_in_scope: usize,
    /// Elements of one document.
    pub elements: u64,
    /// Bytes of a name, prefix included.
    pub name: usize,
    /// Bytes of an attribute value, as written.
    pub attribute_value: usize,
    /// Bytes of a run of text between two tags, as written.
    pub text: usize,
    /// Differences from the contract that are kept; beyond, they are only counted.
    pub drifts: usize,
}

impl Limits {
    /// Limits that no real message has been seen to reach.
    pub const fn new() -> Self {
        Self {
            depth: 128,
            attributes: 256,
            namespaces: 64,
            namespaces_in_scope: 128,
            elements: 2_000_000,
            name: 1024,
            // Signatures, certificates and packed tables stand in attributes as they do in elements.
            attribute_value: 1024 * 1024,
            text: 16 * 1024 * 1024,
            drifts: 1000,
        }
    }

    /// For a second look at what was accepted once.
    pub(crate) const NONE: Self = Self {
        depth: usize::MAX,
        attributes: usize::MAX,
        namespaces: usize::MAX,
        namespaces_in_scope: usize::MAX,
        elements: u64::MAX,
        name: usize::MAX,
        attribute_value: usize::MAX,
        text: usize::MAX,
        drifts: usize::MAX,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::new()
    }
}
