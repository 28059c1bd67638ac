//! Keeps the operations asked for and the types they reach, and says what was left out.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Diagnostics, did_you_mean};
use crate::model::{
    Complex, Content, ElementId, Model, Operation, Particle, ParticleKind, SimpleKind, TypeId, TypeKind,
};

use super::PassOptions;

pub(super) fn run(model: &mut Model, options: &PassOptions, diagnostics: &mut Diagnostics) {
    if options.operations.is_empty() {
        return;
    }
    for wanted in &options.operations {
        let names =
            || model.services.iter().flat_map(|service| &service.operations).map(|operation| operation.name.as_str());
        if !names().any(|name| matches(wanted, name)) {
            let mut diagnostic = Diagnostic::error("E0502", format!("no operation matches `{wanted}`"));
            if let Some(near) = did_you_mean(wanted, names()) {
                diagnostic = diagnostic.with_help(format!("did you mean `{near}`?"));
            }
            diagnostics.push(diagnostic);
        }
    }
    let before = (operations(model), model.types.len());
    for service in &mut model.services {
        service.operations.retain(|operation| options.operations.iter().any(|wanted| matches(wanted, &operation.name)));
    }
    model.services.retain(|service| !service.operations.is_empty());
    let reached = Reach::of(model);
    reached.keep(model);
    diagnostics.push(Diagnostic::note(
        "N0503",
        format!(
            "kept {} of {} operations and {} of {} types, as asked",
            operations(model),
            before.0,
            model.types.len(),
            before.1
        ),
    ));
}

fn operations(model: &Model) -> usize {
    model.services.iter().map(|service| service.operations.len()).sum()
}

/// Whether a name matches a glob with `*` for any run of characters.
fn matches(glob: &str, name: &str) -> bool {
    match glob.split_once('*') {
        None => glob == name,
        Some((head, rest)) => name
            .strip_prefix(head)
            .is_some_and(|tail| (0..=tail.len()).any(|at| tail.is_char_boundary(at) && matches(rest, &tail[at..]))),
    }
}

/// Types and elements that the services reach, with every type that may stand in for a reached one.
#[derive(Default)]
struct Reach {
    types: BTreeSet<TypeId>,
    elements: BTreeSet<ElementId>,
    todo: Vec<TypeId>,
}

impl Reach {
    fn of(model: &Model) -> Self {
        let mut reach = Self::default();
        for operation in model.services.iter().flat_map(|service| &service.operations) {
            reach.operation(operation);
        }
        model.error_tables.iter().for_each(|table| reach.ty(table.ty));
        while let Some(id) = reach.todo.pop() {
            reach.inside(model, id);
            for derived in model.type_ids() {
                if matches!(&model[derived].kind, TypeKind::Complex(Complex { derivation: Some(d), .. }) if d.base == id)
                {
                    reach.ty(derived);
                }
            }
        }
        reach
    }

    fn operation(&mut self, operation: &Operation) {
        self.ty(operation.input.ty);
        if let Some(output) = &operation.output {
            self.ty(output.ty);
        }
        operation.faults.iter().for_each(|fault| self.ty(fault.ty));
        operation.headers.iter().for_each(|header| self.ty(header.ty));
    }

    fn ty(&mut self, id: TypeId) {
        if self.types.insert(id) {
            self.todo.push(id);
        }
    }

    fn element(&mut self, model: &Model, id: ElementId) {
        if !self.elements.insert(id) {
            return;
        }
        self.ty(model[id].ty);
        for member in model.element_ids() {
            if model[member].substitutes == Some(id) {
                self.element(model, member);
            }
        }
    }

    fn inside(&mut self, model: &Model, id: TypeId) {
        match &model[id].kind {
            TypeKind::Simple(simple) => match &simple.kind {
                SimpleKind::Builtin(_) => {}
                SimpleKind::Restriction(item) | SimpleKind::List(item) => self.ty(*item),
                SimpleKind::Union(items) => items.iter().for_each(|item| self.ty(*item)),
            },
            TypeKind::Complex(complex) => {
                if let Some(derivation) = complex.derivation {
                    self.ty(derivation.base);
                }
                complex.attributes.iter().for_each(|attribute| self.ty(attribute.ty));
                match &complex.content {
                    Content::Empty => {}
                    Content::Text(ty) => self.ty(*ty),
                    Content::Particles(particle) => self.particle(model, particle),
                }
            }
        }
    }

    fn particle(&mut self, model: &Model, particle: &Particle) {
        match &particle.kind {
            ParticleKind::Element(element) => {
                self.ty(element.ty);
                if let Some(global) = element.global {
                    self.element(model, global);
                }
                if let Some(items) = &element.items {
                    self.particle(model, items);
                }
            }
            ParticleKind::Any(_) => {}
            ParticleKind::Sequence(items) | ParticleKind::Choice(items) | ParticleKind::All(items) => {
                items.iter().for_each(|item| self.particle(model, item));
            }
        }
    }

    /// Drops everything else and renumbers what is left.
    fn keep(&self, model: &mut Model) {
        let renumber = Renumber::new(model, self);
        let mut index = 0;
        model.types.retain(|_| {
            index += 1;
            self.types.contains(&TypeId(index - 1))
        });
        index = 0;
        model.elements.retain(|_| {
            index += 1;
            self.elements.contains(&ElementId(index - 1))
        });
        renumber.model(model);
    }
}

struct Renumber {
    types: Vec<Option<TypeId>>,
    elements: Vec<Option<ElementId>>,
}

impl Renumber {
    fn new(model: &Model, reach: &Reach) -> Self {
        let mut next = 0;
        let types = model.type_ids().map(|id| number(reach.types.contains(&id), &mut next).map(TypeId)).collect();
        next = 0;
        let elements =
            model.element_ids().map(|id| number(reach.elements.contains(&id), &mut next).map(ElementId)).collect();
        Self { types, elements }
    }

    fn ty(&self, id: &mut TypeId) {
        *id = self.types[id.0 as usize].expect("a kept type refers to kept types only");
    }

    fn model(&self, model: &mut Model) {
        for ty in &mut model.types {
            match &mut ty.kind {
                TypeKind::Simple(simple) => match &mut simple.kind {
                    SimpleKind::Builtin(_) => {}
                    SimpleKind::Restriction(item) | SimpleKind::List(item) => self.ty(item),
                    SimpleKind::Union(items) => items.iter_mut().for_each(|item| self.ty(item)),
                },
                TypeKind::Complex(complex) => {
                    if let Some(derivation) = &mut complex.derivation {
                        self.ty(&mut derivation.base);
                    }
                    complex.attributes.iter_mut().for_each(|attribute| self.ty(&mut attribute.ty));
                    match &mut complex.content {
                        Content::Empty => {}
                        Content::Text(ty) => self.ty(ty),
                        Content::Particles(particle) => self.particle(particle),
                    }
                }
            }
        }
        for element in &mut model.elements {
            self.ty(&mut element.ty);
            element.substitutes = element.substitutes.and_then(|head| self.elements[head.0 as usize]);
        }
        model.error_tables.iter_mut().for_each(|table| self.ty(&mut table.ty));
        for operation in model.services.iter_mut().flat_map(|service| &mut service.operations) {
            self.ty(&mut operation.input.ty);
            if let Some(output) = &mut operation.output {
                self.ty(&mut output.ty);
            }
            operation.faults.iter_mut().for_each(|fault| self.ty(&mut fault.ty));
            operation.headers.iter_mut().for_each(|header| self.ty(&mut header.ty));
        }
    }

    fn particle(&self, particle: &mut Particle) {
        match &mut particle.kind {
            ParticleKind::Element(element) => {
                self.ty(&mut element.ty);
                element.global = element.global.and_then(|global| self.elements[global.0 as usize]);
                if let Some(items) = &mut element.items {
                    self.particle(items);
                }
            }
            ParticleKind::Any(_) => {}
            ParticleKind::Sequence(items) | ParticleKind::Choice(items) | ParticleKind::All(items) => {
                items.iter_mut().for_each(|item| self.particle(item));
            }
        }
    }
}

fn number(kept: bool, next: &mut u32) -> Option<u32> {
    kept.then(|| {
        *next += 1;
        *next - 1
    })
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn globs() {
        assert!(matches("Get*", "GetOrder"));
        assert!(matches("*Order*", "AddOrderDelayed"));
        assert!(matches("AddOrder", "AddOrder"));
        assert!(!matches("AddOrder", "AddOrderDelayed"));
        assert!(!matches("Get*", "AddOrder"));
    }
}
