//! Facts of shapes that are the same for every kind of item.

use crate::model::{NamespaceSet, Text};

use super::{Facet, Field, Member, Place, Wildcard, WireName};

/// A member without a name of its own.
pub(super) fn nameless(place: Place, flags: Vec<&'static str>) -> Member {
    Member { name: WireName { ns: None, local: Text::new() }, place, flags, ty: None, facets: Vec::new() }
}

/// Says in the flags that an empty element has a value, where its facets do.
pub(super) fn with_default(mut flags: Vec<&'static str>, facets: &[Facet]) -> Vec<&'static str> {
    if facets.iter().any(|facet| matches!(facet, Facet::Text("Default" | "Fixed", _))) {
        flags.push("HAS_DEFAULT");
    }
    flags
}

/// A wildcard's namespaces.
pub(super) fn wildcard(set: &NamespaceSet) -> Wildcard {
    match set {
        NamespaceSet::Any => Wildcard::Any,
        NamespaceSet::Other(ns) => Wildcard::Other(ns.clone()),
        NamespaceSet::List(list) => Wildcard::List(list.clone()),
    }
}

/// The order DataContractSerializer writes members in: ordinal by name, whatever stands first in the contract. Empty where
/// that is the contract's order.
pub(super) fn ordinal(fields: &[Field]) -> Vec<u16> {
    let mut order: Vec<u16> = (0..fields.len()).filter_map(|index| u16::try_from(index).ok()).collect();
    order.sort_by_key(|index| {
        let member = &fields[*index as usize].member;
        // Attributes stay in front; what has no name stays where it is, behind.
        let rank = match member.place {
            Place::Attribute | Place::AnyAttribute(_) => 0,
            Place::Element | Place::Wrapped(_) => 1,
            _ => 2,
        };
        (rank, if rank == 1 { member.name.local.as_str() } else { "" }, *index)
    });
    if order.is_sorted() { Vec::new() } else { order }
}
