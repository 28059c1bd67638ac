//! The one intermediate representation: what a contract says about the wire, resolved and free of syntax.
//!
//! Front ends ([`crate::xsd`], [`crate::wsdl`], [`crate::contract`]) lower into it, [`crate::passes`] rewrite it,
//! [`crate::plan`] says it in Rust. It knows no Rust and no vendor. Everything refers to everything by index; no stage
//! after lowering looks a name up.

mod alternatives;
mod name;
mod print;
mod reach;
mod service;
mod types;
mod unions;
mod wildcards;

pub(crate) use alternatives::way;
pub use alternatives::{Alternatives, Block};
pub(crate) use name::Namespaces;
pub use name::{Docs, Name, Origin, QName, Text};
pub use print::print;
pub use reach::reachable;
pub use service::{
    Addressing, Binding, Effect, ErrorCode, ErrorTable, Example, Fault, Header, HttpMethod, Message, Operation,
    Protocol, Reply, ResultKind, Route, Security, Service, SoapVersion,
};
pub use types::{
    ARRAY_DEPTH, Absent, Attribute, Builtin, Complex, Content, Counter, Derivation, Element, ElementUse, EnumValue,
    Facets, Layout, Method, NamespaceSet, Occurs, Only, Particle, ParticleKind, ProcessContents, SOAP_ENCODING, Simple,
    SimpleKind, SlotUse, Type, TypeKind, WhiteSpace, Wildcard,
};
pub use unions::{Bounds, Carrier, Kind, Kinds};

use std::collections::BTreeSet;

use crate::source::FileId;

macro_rules! index {
    ($(#[$doc:meta])* $name:ident, $field:ident, $item:ty) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl std::ops::Index<$name> for Model {
            type Output = $item;
            fn index(&self, id: $name) -> &$item {
                &self.$field[id.0 as usize]
            }
        }

        impl std::ops::IndexMut<$name> for Model {
            fn index_mut(&mut self, id: $name) -> &mut $item {
                &mut self.$field[id.0 as usize]
            }
        }
    };
}

index!(
    /// A type of [`Model::types`].
    TypeId, types, Type
);
index!(
    /// A global element of [`Model::elements`].
    ElementId, elements, Element
);
index!(
    /// An error table of [`Model::error_tables`].
    ErrorTableId, error_tables, ErrorTable
);

/// Everything one contract says.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// Documentation of the contract as a whole.
    pub docs: Docs,
    /// Named and anonymous types, built-in ones included where they are used.
    pub types: Vec<Type>,
    /// Global elements, with their substitution groups.
    pub elements: Vec<Element>,
    /// Services with their operations and bindings.
    pub services: Vec<Service>,
    /// Tables of in-band error codes.
    pub error_tables: Vec<ErrorTable>,
    /// Files that are built in: standard schemas, of which a contract has what it uses.
    pub standard: BTreeSet<FileId>,
    /// The contract is hand-written: nil and absent mean the same, and a required list may be missing when read.
    pub hand_written: bool,
}

impl Model {
    /// Whether something was declared by a standard schema that is built in, and not by the contract.
    pub fn is_standard(&self, origin: Origin) -> bool {
        origin.0.is_some_and(|span| self.standard.contains(&span.file))
    }

    /// The elements that documents of the contract may have as their root, in their order: its own, and those of standard schemas
    /// that its types name.
    pub fn entry_points(&self) -> Vec<ElementId> {
        let mut named = BTreeSet::new();
        for ty in self.types.iter().filter(|ty| !self.is_standard(ty.origin)) {
            if let TypeKind::Complex(Complex { content: Content::Particles(particle), .. }) = &ty.kind {
                particle.each_element(&mut |element| named.extend(element.global));
            }
        }
        let is_one = |id: &ElementId| {
            let element = &self[*id];
            !element.is_abstract && (!self.is_standard(element.origin) || named.contains(id))
        };
        self.element_ids().filter(is_one).collect()
    }

    /// The types of all bodies, faults and headers.
    pub fn message_types(&self) -> impl Iterator<Item = TypeId> {
        self.services.iter().flat_map(|service| &service.operations).flat_map(|operation| {
            let bodies = [Some(operation.input.ty), operation.output.as_ref().map(|output| output.ty)];
            let faults = operation.faults.iter().map(|fault| fault.ty);
            bodies.into_iter().flatten().chain(faults).chain(operation.all_headers().map(|header| header.ty))
        })
    }

    /// Adds a type and returns its index.
    pub fn add_type(&mut self, ty: Type) -> TypeId {
        self.types.push(ty);
        TypeId(u32::try_from(self.types.len() - 1).expect("fewer than 4 billion types"))
    }

    /// Adds a global element and returns its index.
    pub fn add_element(&mut self, element: Element) -> ElementId {
        self.elements.push(element);
        ElementId(u32::try_from(self.elements.len() - 1).expect("fewer than 4 billion elements"))
    }

    /// Adds an error table and returns its index.
    pub fn add_error_table(&mut self, table: ErrorTable) -> ErrorTableId {
        self.error_tables.push(table);
        ErrorTableId(u32::try_from(self.error_tables.len() - 1).expect("fewer than 4 billion error tables"))
    }

    /// All type indices, in order.
    pub fn type_ids(&self) -> impl Iterator<Item = TypeId> + use<> {
        (0..self.types.len() as u32).map(TypeId)
    }

    /// All global element indices, in order.
    pub fn element_ids(&self) -> impl Iterator<Item = ElementId> + use<> {
        (0..self.elements.len() as u32).map(ElementId)
    }

    /// Which derived types may not stand where a type is declared.
    pub fn block_of(&self, id: TypeId) -> Block {
        match &self[id].kind {
            TypeKind::Complex(complex) => complex.block,
            TypeKind::Simple(_) => Block::NONE,
        }
    }

    /// The built-in type a simple type finally restricts, or none for lists, unions and complex types.
    pub fn builtin_of(&self, mut ty: TypeId) -> Option<Builtin> {
        // A chain of restrictions is finite: front ends refuse cycles.
        loop {
            match &self[ty].kind {
                TypeKind::Simple(simple) => match simple.kind {
                    SimpleKind::Builtin(builtin) => return Some(builtin),
                    SimpleKind::Restriction(base) => ty = base,
                    SimpleKind::List(_) | SimpleKind::Union(_) => return None,
                },
                TypeKind::Complex(_) => return None,
            }
        }
    }
}
