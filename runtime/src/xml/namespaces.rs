//! Namespace bindings in scope.

use std::borrow::Cow;

/// What the prefix `xml` always means.
pub const XML_NAMESPACE: &str = "http://www.w3.org/XML/1998/namespace";
/// What the prefix `xmlns` always means.
pub const XMLNS_NAMESPACE: &str = "http://www.w3.org/2000/xmlns/";
/// The namespace of `xsi:nil` and `xsi:type`.
pub const XSI_NAMESPACE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// A namespace in scope, as the reader numbers them. Valid until the element that declares it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamespaceId(u32);

impl NamespaceId {
    /// No namespace.
    pub const NONE: Self = Self(u32::MAX);

    /// The place among the bindings in scope; `None` for no namespace.
    #[inline]
    pub(super) fn index(self) -> Option<usize> {
        (self != Self::NONE).then_some(self.0 as usize)
    }
}

#[derive(Debug, Clone)]
pub(super) struct Binding<'d> {
    /// Empty for the default namespace.
    pub(super) prefix: &'d str,
    /// Empty where the default namespace is switched off.
    pub(super) uri: Cow<'d, str>,
    /// A static string that was found equal to `uri`: comparing addresses is cheaper than comparing texts, and the names of
    /// a contract share few strings.
    known: Option<&'static str>,
}

/// Prefixes are one letter, nearly always: that is worth not calling a comparison of memory.
#[inline]
fn same(a: &str, b: &str) -> bool {
    match (a.as_bytes(), b.as_bytes()) {
        ([], []) => true,
        ([a], [b]) => a == b,
        (a, b) => a == b,
    }
}

/// The bindings in scope, innermost last.
#[derive(Debug, Clone)]
pub(super) struct Namespaces<'d> {
    bindings: Vec<Binding<'d>>,
}

impl<'d> Namespaces<'d> {
    pub(super) fn new() -> Self {
        Self { bindings: vec![Binding { prefix: "xml", uri: Cow::Borrowed(XML_NAMESPACE), known: None }] }
    }

    /// How many bindings there are: a mark to go back to.
    pub(super) fn mark(&self) -> usize {
        self.bindings.len()
    }

    pub(super) fn truncate(&mut self, mark: usize) {
        self.bindings.truncate(mark);
    }

    pub(super) fn push(&mut self, prefix: &'d str, uri: Cow<'d, str>) {
        self.bindings.push(Binding { prefix, uri, known: None });
    }

    pub(super) fn from(&self, mark: usize) -> &[Binding<'d>] {
        self.bindings.get(mark..).unwrap_or_default()
    }

    /// What the prefix means; `None` when it is not declared. The empty prefix always means something: at least "none".
    #[inline]
    pub(super) fn resolve(&self, prefix: &str) -> Option<NamespaceId> {
        for (index, binding) in self.bindings.iter().enumerate().rev() {
            if same(binding.prefix, prefix) {
                #[allow(clippy::cast_possible_truncation)] // there are at most a few hundred
                return Some(if binding.uri.is_empty() { NamespaceId::NONE } else { NamespaceId(index as u32) });
            }
        }
        prefix.is_empty().then_some(NamespaceId::NONE)
    }

    pub(super) fn uri(&self, id: NamespaceId) -> &str {
        self.bindings.get(id.0 as usize).map_or("", |binding| &*binding.uri)
    }

    /// Whether the namespace is this one.
    #[inline]
    pub(super) fn is(&mut self, id: NamespaceId, expected: &'static str) -> bool {
        let Some(binding) = self.bindings.get_mut(id.0 as usize) else { return expected.is_empty() };
        if let Some(known) = binding.known
            && known.as_ptr() == expected.as_ptr()
            && known.len() == expected.len()
        {
            return true;
        }
        if binding.uri == expected {
            binding.known = Some(expected);
            return true;
        }
        false
    }

    /// The innermost binding of every prefix among the first `mark` bindings, outermost first, `xml` left out.
    pub(super) fn visible(&self, mark: usize) -> Vec<(&'d str, &str)> {
        let bindings = self.bindings.get(..mark).unwrap_or(&self.bindings);
        let mut visible = Vec::new();
        for (index, binding) in bindings.iter().enumerate().skip(1) {
            let shadowed = bindings.iter().skip(index + 1).any(|later| later.prefix == binding.prefix);
            if !shadowed && binding.prefix != "xml" {
                visible.push((binding.prefix, &*binding.uri));
            }
        }
        visible
    }
}
