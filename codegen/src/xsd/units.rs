//! Which schema is read for which namespace: a schema without a target namespace takes on that of whoever includes it.

use std::collections::{HashMap, HashSet, VecDeque};

use super::syntax::{Schema, Space};
use crate::model::Text;
use crate::source::{EdgeKind, FileId, Loaded, Span};

/// A schema read for one target namespace.
#[derive(Debug, Clone)]
pub struct Unit<'s> {
    /// The schema.
    pub schema: &'s Schema,
    /// The namespace its declarations belong to; empty for none.
    pub target: Text,
    /// It has none of its own.
    pub chameleon: bool,
    /// One of our own.
    pub is_builtin: bool,
    /// Declarations that a `redefine` replaces.
    pub hidden: HashSet<(Space, String)>,
    /// Redefines that lead to the schema itself.
    pub loops: Vec<Span>,
    /// Namespaces it imports; an empty string for none.
    pub imports: HashSet<String>,
}

/// All units of the loaded schemas, in the order of loading.
pub fn units<'s>(loaded: &[Loaded], schemas: &'s [(usize, Schema)]) -> Vec<Unit<'s>> {
    // A document's first schema is the one an include means; only WSDL files hold several.
    let mut by_file: HashMap<FileId, usize> = HashMap::new();
    for (index, (document, _)) in schemas.iter().enumerate() {
        by_file.entry(loaded[*document].file).or_insert(index);
    }
    let included: HashSet<FileId> = loaded
        .iter()
        .flat_map(|document| &document.edges)
        .filter(|(edge, _)| matches!(edge.kind, EdgeKind::Include | EdgeKind::Redefine))
        .filter_map(|(_, target)| *target)
        .collect();
    let imported: HashSet<FileId> = loaded
        .iter()
        .flat_map(|document| &document.edges)
        .filter(|(edge, _)| edge.kind == EdgeKind::Import && edge.namespace.is_none())
        .filter_map(|(_, target)| *target)
        .collect();
    let mut units: Vec<Unit<'s>> = Vec::new();
    let mut known: HashMap<(usize, Text), usize> = HashMap::new();
    let mut queue = VecDeque::new();
    let mut add = |units: &mut Vec<Unit<'s>>, queue: &mut VecDeque<usize>, index: usize, target: Text| {
        *known.entry((index, target.clone())).or_insert_with(|| {
            let (document, schema) = &schemas[index];
            let is_builtin = loaded[*document].is_builtin;
            let chameleon = schema.target.is_none() && !target.is_empty();
            units.push(Unit {
                schema,
                target,
                chameleon,
                is_builtin,
                hidden: HashSet::new(),
                loops: Vec::new(),
                imports: imports(schema),
            });
            queue.push_back(units.len() - 1);
            units.len() - 1
        })
    };
    for (index, (document, schema)) in schemas.iter().enumerate() {
        let file = loaded[*document].file;
        match &schema.target {
            Some(target) => {
                add(&mut units, &mut queue, index, target.as_str().into());
            }
            None if imported.contains(&file) || !included.contains(&file) => {
                add(&mut units, &mut queue, index, Text::new());
            }
            None => {} // only through whoever includes it
        }
    }
    let mut edges: HashMap<Span, Option<FileId>> = HashMap::new();
    for document in loaded {
        edges.extend(
            document
                .edges
                .iter()
                .filter(|(edge, _)| edge.kind != EdgeKind::Mention)
                .map(|(edge, target)| (edge.span, *target)),
        );
    }
    loop {
        while let Some(at) = queue.pop_front() {
            let schema = units[at].schema;
            for edge in schema.edges.iter().filter(|edge| matches!(edge.kind, EdgeKind::Include | EdgeKind::Redefine)) {
                let Some(index) = edges.get(&edge.span).copied().flatten().and_then(|file| by_file.get(&file)) else {
                    continue;
                };
                let target = match &schemas[*index].1.target {
                    Some(target) => target.as_str().into(),
                    None => units[at].target.clone(),
                };
                let other = add(&mut units, &mut queue, *index, target);
                if let Some((_, globals)) = schema.redefines.iter().find(|(span, _)| *span == edge.span) {
                    if other == at {
                        units[at].loops.push(edge.span);
                    } else {
                        let names = globals.iter().map(|global| (global.key().0, global.key().1.to_owned()));
                        units[other].hidden.extend(names);
                    }
                }
            }
        }
        // Schemas without namespace that only include one another: nobody else reads them.
        let read: HashSet<*const Schema> = units.iter().map(|unit| std::ptr::from_ref(unit.schema)).collect();
        let orphan = schemas
            .iter()
            .position(|(_, schema)| schema.target.is_none() && !read.contains(&std::ptr::from_ref(schema)));
        match orphan {
            Some(index) => {
                add(&mut units, &mut queue, index, Text::new());
            }
            None => return units,
        }
    }
}

fn imports(schema: &Schema) -> HashSet<String> {
    let imports = schema.edges.iter().filter(|edge| edge.kind == EdgeKind::Import);
    imports.map(|edge| edge.namespace.clone().unwrap_or_default()).collect()
}
