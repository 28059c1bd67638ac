//! Wildcards put together (XML Schema 1.0, part 1, section 3.10.6).

use super::{NamespaceSet, Wildcard};

impl Wildcard {
    /// What either allows: the wildcard of a type that extends one with another. The namespaces that only a set of exceptions
    /// could name are allowed, too.
    pub fn union(&self, other: &Self) -> Self {
        Self { namespaces: self.namespaces.union(&other.namespaces), process: self.process }
    }

    /// What both allow: the wildcard of a type and those of its attribute groups.
    pub fn intersection(&self, other: &Self) -> Self {
        Self { namespaces: self.namespaces.intersection(&other.namespaces), process: self.process }
    }
}

impl NamespaceSet {
    /// Whether a name in this namespace (empty for none) is allowed.
    pub(crate) fn allows(&self, ns: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Other(but) => !ns.is_empty() && ns != but,
            Self::List(list) => list.iter().any(|listed| listed == ns),
        }
    }

    fn union(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Any, _) | (_, Self::Any) => Self::Any,
            (Self::List(a), Self::List(b)) => {
                let new = b.iter().filter(|ns| !a.contains(ns));
                Self::List(a.iter().chain(new).cloned().collect())
            }
            // Each allows what the other leaves out, but for "no namespace".
            (Self::Other(a), Self::Other(b)) => Self::Other(if a == b { a.clone() } else { String::new() }),
            (Self::Other(but), Self::List(list)) | (Self::List(list), Self::Other(but)) => {
                match (list.iter().any(String::is_empty), list.contains(but)) {
                    (true, _) => Self::Any,
                    (false, true) => Self::Other(String::new()),
                    (false, false) => Self::Other(but.clone()),
                }
            }
        }
    }

    fn intersection(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Any, set) | (set, Self::Any) => set.clone(),
            (Self::List(list), set) | (set, Self::List(list)) => {
                Self::List(list.iter().filter(|ns| set.allows(ns)).cloned().collect())
            }
            // Where both leave a namespace out, no wildcard can say so; the first is the nearer one.
            (Self::Other(a), Self::Other(b)) => Self::Other(if a.is_empty() { b.clone() } else { a.clone() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::NamespaceSet::{self, Any, Other};

    fn list(of: &[&str]) -> NamespaceSet {
        NamespaceSet::List(of.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn unions() {
        assert_eq!(list(&["a", "b"]).union(&list(&["b", "c"])), list(&["a", "b", "c"]));
        assert_eq!(Other("a".into()).union(&list(&["a"])), Other(String::new()));
        assert_eq!(Other("a".into()).union(&list(&["b"])), Other("a".into()));
        assert_eq!(list(&[""]).union(&Other(String::new())), Any);
        assert_eq!(Other("a".into()).union(&Other("b".into())), Other(String::new()));
        assert_eq!(Any.union(&list(&["a"])), Any);
    }

    #[test]
    fn intersections() {
        assert_eq!(list(&["a", "b", ""]).intersection(&Other("a".into())), list(&["b"]));
        assert_eq!(list(&["a", "b"]).intersection(&list(&["b", "c"])), list(&["b"]));
        assert_eq!(Any.intersection(&Other("a".into())), Other("a".into()));
        assert_eq!(Other(String::new()).intersection(&Other("a".into())), Other("a".into()));
    }
}
