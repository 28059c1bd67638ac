//! Which messages each type occurs in.

use super::report::Directions;
use crate::model::{Model, Operation, TypeId, reachable};

/// The directions of every type. What no operation reaches may go both ways.
pub(super) fn of_types(model: &Model) -> Vec<Directions> {
    let mut found = vec![Directions::default(); model.types.len()];
    let mut add = |direction: Directions, roots: &dyn Fn(&Operation) -> Vec<TypeId>| {
        let roots: Vec<TypeId> =
            model.services.iter().flat_map(|service| &service.operations).flat_map(roots).collect();
        for (known, reached) in found.iter_mut().zip(reachable(model, roots)) {
            if reached {
                *known = known.and(direction);
            }
        }
    };
    add(Directions::REQUEST, &|operation| vec![operation.input.ty]);
    add(Directions::RESPONSE, &|operation| operation.output.iter().map(|output| output.ty).collect());
    add(Directions::FAULT, &|operation| operation.faults.iter().map(|fault| fault.ty).collect());
    add(Directions::HEADER, &|operation| operation.headers.iter().map(|header| header.ty).collect());
    add(Directions::REPLY_HEADER, &|operation| operation.reply_headers.iter().map(|header| header.ty).collect());
    // Codes of in-band errors come in replies, whoever declares them.
    for table in &model.error_tables {
        let known = &mut found[table.ty.0 as usize];
        *known = known.and(Directions::RESPONSE);
    }
    for known in &mut found {
        if known.is_empty() {
            *known = Directions::BOTH;
        }
    }
    found
}
