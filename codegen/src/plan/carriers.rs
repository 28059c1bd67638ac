//! What carries bodies, headers and faults whose types other types may stand for.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Block, Complex, Model, QName, TypeId, TypeKind};

use super::RustType;
use super::items::Drafting;
use super::ledger::Identity;
use super::names::type_label;

/// A message's form as the record has it: it stands for derived types.
const DERIVED: &str = "Derived";

/// What carries values of types where they are no plain items, by what the element blocks.
pub(super) type Carriers = BTreeMap<(TypeId, Block), RustType>;

/// Global elements that block derived types, by name and type.
#[derive(Debug, Clone, Default)]
pub(super) struct Blocks(BTreeMap<(QName, TypeId), Block>);

impl Blocks {
    pub(super) fn of(model: &Model) -> Self {
        let blocks = model.elements.iter().map(|element| (element, element.block.of_types()));
        let some = blocks.filter(|(_, block)| *block != Block::NONE);
        Self(some.map(|(element, block)| ((element.name.clone(), element.ty), block)).collect())
    }

    /// What a message's element blocks.
    pub(super) fn of_element(&self, element: &QName, ty: TypeId) -> Block {
        if self.0.is_empty() {
            return Block::NONE;
        }
        self.0.get(&(element.clone(), ty)).copied().unwrap_or_default()
    }
}

impl Drafting<'_> {
    /// Types of bodies and headers that are no plain items, with what carries them. A base that only happens to have derived
    /// types is: who calls should not have to say that it is no other.
    pub(super) fn bodies(&mut self) -> Carriers {
        let mut types = BTreeSet::new();
        for operation in self.model.services.iter().flat_map(|service| &service.operations) {
            let bodies = [&operation.input].into_iter().chain(&operation.output);
            types.extend(bodies.map(|body| (body.ty, self.blocks.of_element(&body.element, body.ty))));
            let headers = operation.all_headers();
            types.extend(headers.map(|header| (header.ty, self.blocks.of_element(&header.element, header.ty))));
        }
        types.retain(|(id, block)| match &self.model[*id].kind {
            _ if self.externs.contains_key(id) => true,
            TypeKind::Complex(complex) => self.is_special(*id, *block) && self.stands_for_derived(*id, complex),
            TypeKind::Simple(_) => true,
        });
        types.into_iter().map(|(id, block)| ((id, block), self.element_type(id, block))).collect()
    }

    /// Whether a body or header of the type may come as one of the derived types. Once it could, it always can: what a new
    /// operation names must not change the other ones.
    fn stands_for_derived(&mut self, id: TypeId, complex: &Complex) -> bool {
        let name = &self.model[id].name;
        let identity = Identity::new(name.ns(), format!("form message:{}", type_label(name)));
        let stands = complex.stands_for_derived
            || self.ledger.recorded(&identity.ns, &identity.key).is_some_and(|form| form == DERIVED);
        if stands {
            self.ledger.keep(identity, DERIVED);
        }
        stands || complex.is_abstract
    }

    /// Types of faults that are no plain items, with what carries them. Nobody makes faults, and one of a derived type says
    /// what has happened: nothing of it may get lost.
    pub(super) fn faults(&mut self) -> Carriers {
        let operations = self.model.services.iter().flat_map(|service| &service.operations);
        let faults = operations.flat_map(|operation| &operation.faults);
        let mut types: BTreeSet<(TypeId, Block)> =
            faults.map(|fault| (fault.ty, self.blocks.of_element(&fault.element, fault.ty))).collect();
        types.retain(|(id, block)| self.is_special(*id, *block));
        types.into_iter().map(|(id, block)| ((id, block), self.element_type(id, block))).collect()
    }
}
