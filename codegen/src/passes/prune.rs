//! Keeps the operations asked for and the types they reach, and says what was left out.

use crate::diagnostic::{Diagnostic, Diagnostics, did_you_mean};
use crate::model::{Content, ElementId, Model, SimpleKind, TypeId, TypeKind, reachable};

use super::PassOptions;

pub(super) fn run(model: &mut Model, options: &PassOptions, diagnostics: &mut Diagnostics) {
    if options.operations.is_empty() {
        return;
    }
    let mut missing = false;
    for wanted in &options.operations {
        let names =
            || model.services.iter().flat_map(|service| &service.operations).map(|operation| operation.name.as_str());
        if !names().any(|name| matches(wanted, name)) {
            missing = true;
            let help = match did_you_mean(wanted, names()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`bindery inspect` shows the contract with its operations".to_owned(),
            };
            diagnostics.push(Diagnostic::error("E0502", format!("no operation matches `{wanted}`")).with_help(help));
        }
    }
    let before = (operations(model), model.types.len());
    for service in &mut model.services {
        service.operations.retain(|operation| options.operations.iter().any(|wanted| matches(wanted, &operation.name)));
    }
    model.services.retain(|service| !service.operations.is_empty());
    keep_reached(model);
    if missing {
        return; // how many are kept says nothing before that is mended
    }
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

/// Drops the types no service reaches, with their elements, and renumbers what is left.
fn keep_reached(model: &mut Model) {
    let mut roots: Vec<TypeId> = model.error_tables.iter().map(|table| table.ty).collect();
    roots.extend(model.message_types());
    let reached = reachable(model, roots);
    let (mut types, mut elements) = (0, 0);
    let renumber = Renumber {
        types: reached.iter().map(|kept| number(*kept, &mut types).map(TypeId)).collect(),
        elements: model
            .elements
            .iter()
            .map(|element| number(reached[element.ty.0 as usize], &mut elements).map(ElementId))
            .collect(),
    };
    let mut kept = reached.iter();
    model.types.retain(|_| kept.next().is_some_and(|kept| *kept));
    model.elements.retain(|element| reached[element.ty.0 as usize]);
    renumber.model(model);
}

struct Renumber {
    types: Vec<Option<TypeId>>,
    elements: Vec<Option<ElementId>>,
}

impl Renumber {
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
                    complex.soap_array.iter_mut().for_each(|item| self.ty(item));
                    complex.attributes.iter_mut().for_each(|attribute| self.ty(&mut attribute.ty));
                    match &mut complex.content {
                        Content::Empty => {}
                        Content::Text(ty) => self.ty(ty),
                        Content::Particles(particle) => particle.each_element_mut(&mut |element| {
                            self.ty(&mut element.ty);
                            element.global = element.global.and_then(|global| self.elements[global.0 as usize]);
                        }),
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
            operation.output.iter_mut().for_each(|output| self.ty(&mut output.ty));
            operation.faults.iter_mut().for_each(|fault| self.ty(&mut fault.ty));
            let headers = operation.headers.iter_mut().chain(&mut operation.reply_headers);
            headers.for_each(|header| self.ty(&mut header.ty));
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
