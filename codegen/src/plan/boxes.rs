//! Boxes where a type would otherwise contain itself or grow large, and a first value for every choice that ends.

use crate::diagnostic::{Diagnostic, Diagnostics};

use super::items::Draft;
use super::{ItemId, ItemKind, RustType};

/// Boxes every edge inside a circle of types that hold each other by value. Which edges are boxed depends on the circle
/// alone, so it is stable whatever the order of declarations.
pub(super) fn insert(items: &mut [Draft]) {
    let edges: Vec<Vec<usize>> = items.iter().map(by_value).collect();
    let component = components(&edges);
    for (index, item) in items.iter_mut().enumerate() {
        let own = component[index];
        let own_edges = &edges[index];
        let circular = |target: usize| component[target] == own && (target != index || own_edges.contains(&index));
        each_type(&mut item.kind, &mut |ty| box_if(ty, &circular));
    }
    insert_large(items, &component);
}

/// More than this many bytes (as far as can be told from here) are not held by value.
const LARGE: usize = 1024;

/// Boxes what is large inside another type. Sizes add up: in schemas that reuse their types at every level, a document held by
/// value would need megabytes of stack.
fn insert_large(items: &mut [Draft], component: &[usize]) {
    let mut order: Vec<usize> = (0..items.len()).collect();
    // A component is numbered after all that it refers to.
    order.sort_by_key(|index| component[*index]);
    let mut sizes = vec![0; items.len()];
    for index in order {
        let large = |target: usize| sizes[target] > LARGE;
        each_type(&mut items[index].kind, &mut |ty| box_if(ty, &large));
        sizes[index] = match &items[index].kind {
            ItemKind::Record(record) => record.fields.iter().map(|field| size(&field.ty, &sizes)).sum(),
            ItemKind::Choice(choice) => {
                8 + choice.variants.iter().map(|variant| size(&variant.ty, &sizes)).max().unwrap_or(0)
            }
            ItemKind::Enumeration(enumeration) if !enumeration.kinds.is_empty() => 64,
            ItemKind::Enumeration(_) | ItemKind::Open(_) => 24,
            ItemKind::Coded(_) => 16,
        };
    }
}

/// About how many bytes a value of the type takes.
fn size(ty: &RustType, items: &[usize]) -> usize {
    match ty {
        RustType::Item(item) => items[item.0],
        RustType::Option(inner) | RustType::Nillable(inner) | RustType::NilOr(inner) => match &**inner {
            // Types with a spare pattern hold `None` in it.
            RustType::Primitive(_) => 16,
            inner => size(inner, items),
        },
        RustType::Secret(inner) => size(inner, items),
        RustType::Primitive(_) | RustType::Boxed(_) => 8,
        RustType::Unit => 0,
        RustType::Runtime(_) => 32,
        RustType::Spelled(inner) => 16 + size(inner, items),
        RustType::String | RustType::Vec(_) | RustType::List(_) | RustType::Extern(_) => 24,
    }
}

fn box_if(ty: &mut RustType, wanted: &dyn Fn(usize) -> bool) {
    match ty {
        RustType::Item(item) if wanted(item.0) => *ty = RustType::Boxed(Box::new(ty.clone())),
        RustType::Option(inner) | RustType::Nillable(inner) | RustType::NilOr(inner) | RustType::Secret(inner) => {
            box_if(inner, wanted)
        }
        // A Vec is a box already.
        _ => {}
    }
}

/// Items held by value, not through a `Vec` or `Box`.
fn by_value(item: &Draft) -> Vec<usize> {
    fn walk(ty: &RustType, out: &mut Vec<usize>) {
        match ty {
            RustType::Item(item) => out.push(item.0),
            RustType::Option(inner) | RustType::Nillable(inner) | RustType::NilOr(inner) | RustType::Secret(inner) => {
                walk(inner, out)
            }
            _ => {}
        }
    }
    let mut out = Vec::new();
    types(&item.kind).for_each(|ty| walk(ty, &mut out));
    out
}

fn types(kind: &ItemKind) -> Box<dyn Iterator<Item = &RustType> + '_> {
    match kind {
        ItemKind::Record(record) => Box::new(record.fields.iter().map(|field| &field.ty)),
        ItemKind::Choice(choice) => Box::new(choice.variants.iter().map(|variant| &variant.ty)),
        ItemKind::Enumeration(_) | ItemKind::Coded(_) | ItemKind::Open(_) => Box::new(std::iter::empty()),
    }
}

fn each_type(kind: &mut ItemKind, change: &mut dyn FnMut(&mut RustType)) {
    match kind {
        ItemKind::Record(record) => record.fields.iter_mut().for_each(|field| change(&mut field.ty)),
        ItemKind::Choice(choice) => choice.variants.iter_mut().for_each(|variant| change(&mut variant.ty)),
        ItemKind::Enumeration(_) | ItemKind::Coded(_) | ItemKind::Open(_) => {}
    }
}

/// Strongly connected components (Tarjan), without recursion: content models nest as deep as they like.
fn components(edges: &[Vec<usize>]) -> Vec<usize> {
    const UNSEEN: usize = usize::MAX;
    let count = edges.len();
    let (mut index, mut low) = (vec![UNSEEN; count], vec![0; count]);
    let mut component = vec![UNSEEN; count];
    let (mut next, mut found) = (0, 0);
    let mut stack = Vec::new();
    for start in 0..count {
        if index[start] != UNSEEN {
            continue;
        }
        let mut work = vec![(start, 0)];
        while let Some((node, edge)) = work.pop() {
            if edge == 0 && index[node] == UNSEEN {
                index[node] = next;
                low[node] = next;
                next += 1;
                stack.push(node);
            }
            if let Some(&target) = edges[node].get(edge) {
                work.push((node, edge + 1));
                if index[target] == UNSEEN {
                    work.push((target, 0));
                } else if component[target] == UNSEEN {
                    low[node] = low[node].min(index[target]);
                }
                continue;
            }
            for &target in &edges[node] {
                if component[target] == UNSEEN {
                    low[node] = low[node].min(low[target]);
                }
            }
            if low[node] == index[node] {
                while let Some(member) = stack.pop() {
                    component[member] = found;
                    if member == node {
                        break;
                    }
                }
                found += 1;
            }
        }
    }
    component
}

/// Finds for each choice a variant whose vacant value ends, and loosens required members that could never end.
pub(super) fn vacancies(items: &mut [Draft], diagnostics: &mut Diagnostics) {
    loop {
        let ends = ends(items);
        for item in items.iter_mut() {
            if let ItemKind::Choice(choice) = &mut item.kind {
                // The variant that ends soonest; its own vacant value then never comes back here.
                if let Some(best) = (0..choice.variants.len())
                    .min_by_key(|v| (rank(&choice.variants[*v].ty, &ends).unwrap_or(usize::MAX), *v))
                {
                    choice.vacant = best;
                }
            }
        }
        // No document can hold a value that requires itself; an optional member is the least that lets Rust hold one.
        let stuck = |item: &Draft, index: usize| ends[index].is_none() && matches!(item.kind, ItemKind::Record(_));
        let Some(stuck) = (0..items.len()).find(|index| stuck(&items[*index], *index)) else { return };
        loosen(&mut items[stuck], &ends, diagnostics);
    }
}

/// Makes the first member that never ends optional.
fn loosen(item: &mut Draft, ends: &[Option<usize>], diagnostics: &mut Diagnostics) {
    let ItemKind::Record(record) = &mut item.kind else { return };
    let Some(field) = record.fields.iter_mut().find(|field| rank(&field.ty, ends).is_none()) else { return };
    let ty = std::mem::replace(&mut field.ty, RustType::Unit);
    field.ty = RustType::Option(Box::new(ty));
    field.member.flags.retain(|flag| *flag != "REQUIRED");
    let message =
        format!("`{}` requires itself through `{}`, which no finite document can satisfy", item.preferred, field.ident);
    diagnostics.push(Diagnostic::warning("W0601", message).with_note("the member is treated as optional"));
}

/// For each item the number of steps after which its vacant value is complete; `None` if it never is.
fn ends(items: &[Draft]) -> Vec<Option<usize>> {
    let mut ends: Vec<Option<usize>> = vec![None; items.len()];
    loop {
        let mut changed = false;
        for (index, item) in items.iter().enumerate() {
            if ends[index].is_some() {
                continue;
            }
            let found = match &item.kind {
                ItemKind::Enumeration(_) | ItemKind::Coded(_) | ItemKind::Open(_) => Some(0),
                ItemKind::Record(record) => {
                    record.fields.iter().try_fold(0, |most: usize, field| Some(most.max(rank(&field.ty, &ends)?)))
                }
                ItemKind::Choice(choice) => choice.variants.iter().filter_map(|variant| rank(&variant.ty, &ends)).min(),
            };
            if let Some(found) = found {
                ends[index] = Some(found + 1);
                changed = true;
            }
        }
        if !changed {
            return ends;
        }
    }
}

fn rank(ty: &RustType, ends: &[Option<usize>]) -> Option<usize> {
    match ty {
        RustType::Item(ItemId(item)) => ends[*item],
        RustType::Boxed(inner) | RustType::Secret(inner) => rank(inner, ends),
        _ => Some(0),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Field, Member, ModuleId, Place, Record, RecordKind, WireName};
    use super::*;
    use crate::model::Text;

    fn record(members: Vec<RustType>) -> Draft {
        let wire = WireName { ns: None, local: Text::new() };
        let field = |ty| Field {
            ident: String::new(),
            docs: Text::new(),
            ty,
            member: Member {
                name: wire.clone(),
                place: Place::Element,
                flags: Vec::new(),
                ty: None,
                facets: Vec::new(),
            },
        };
        let fields = members.into_iter().map(field).collect();
        let record = Record { kind: RecordKind::Record, fields, ordinal: Vec::new(), default: false };
        let (preferred, key, docs) = (String::new(), String::new(), Text::new());
        Draft { module: ModuleId(0), preferred, key, docs, wire: wire.clone(), kind: ItemKind::Record(record) }
    }

    #[test]
    fn what_would_grow_at_every_level_is_boxed() {
        // Each level holds the one below twenty times: 3.8 MB by value.
        let level = |below: usize| record(vec![RustType::Option(Box::new(RustType::Item(ItemId(below)))); 20]);
        let mut items = vec![level(1), level(2), level(3), level(4), record(vec![RustType::String])];
        insert(&mut items);
        let boxed = |item: &Draft| {
            types(&item.kind).all(|ty| matches!(ty, RustType::Option(inner) if matches!(**inner, RustType::Boxed(_))))
        };
        // Only what is large itself; the rest stays where it was.
        assert_eq!(items.iter().map(boxed).collect::<Vec<_>>(), [false, true, false, false, false]);
    }
}
