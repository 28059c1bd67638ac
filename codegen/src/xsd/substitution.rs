//! `block` and `final`, with their defaults, as attributes; and whether what is final is derived from all the same.

use roxmltree::Node;

use super::codes;
use super::lower::Lowering;
use super::syntax::Final;
use crate::diagnostic::Diagnostic;
use crate::model::{Block, Content, Method, SimpleKind, TypeId, TypeKind, way};
use crate::source::Span;

/// What a schema says for declarations that say nothing.
#[derive(Debug, Default)]
pub(super) struct Defaults {
    block: String,
    r#final: String,
}

impl Defaults {
    pub(super) fn of(schema: Node<'_, '_>) -> Self {
        let text = |name| schema.attribute(name).unwrap_or_default().to_owned();
        Self { block: text("blockDefault"), r#final: text("finalDefault") }
    }

    /// The `block` of an element.
    pub(super) fn element_block(&self, node: Node<'_, '_>) -> Block {
        let list = node.attribute("block").unwrap_or(&self.block);
        let says = |word| lists(list, word);
        Block { extension: says("extension"), restriction: says("restriction"), substitution: says("substitution") }
    }

    /// The `block` of a complex type.
    pub(super) fn type_block(&self, node: Node<'_, '_>) -> Block {
        self.element_block(node).of_types()
    }

    /// The `final` of a type or element.
    pub(super) fn finals(&self, node: Node<'_, '_>) -> Final {
        let list = node.attribute("final").unwrap_or(&self.r#final);
        let says = |word| lists(list, word);
        Final {
            extension: says("extension"),
            restriction: says("restriction"),
            list: says("list"),
            union: says("union"),
        }
    }
}

/// Whether a list has a word; `#all` has them all.
fn lists(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|given| given == word || given == "#all")
}

impl Lowering<'_, '_> {
    /// Reports types and members of substitution groups that are derived in a way that is final.
    pub(super) fn finals(&mut self) {
        if self.final_types.is_empty() && self.final_elements.is_empty() {
            return;
        }
        let model = &self.model;
        let mut found: Vec<(String, Option<Span>, Option<Span>)> = Vec::new();
        for id in model.type_ids() {
            for (base, word) in self.sources(id) {
                if self.final_types.get(&base).is_some_and(|finals| finals.bars(word)) {
                    let (name, base) = (&model[id].name, &model[base]);
                    let what = format!("`{name}` is made by {word} from `{}`, which is final", base.name);
                    found.push((what, model[id].origin.0, base.origin.0));
                }
            }
        }
        for id in model.element_ids() {
            let element = &model[id];
            let Some((head, finals)) =
                element.substitutes.and_then(|head| Some((&model[head], self.final_elements.get(&head)?)))
            else {
                continue;
            };
            let (steps, _) = way(model, element.ty, head.ty);
            if (steps.extension && finals.extension) || (steps.restriction && finals.restriction) {
                let what = format!("`{}` substitutes `{}`, whose type is final for its group", element.name, head.name);
                found.push((what, element.origin.0, head.origin.0));
            }
        }
        for (what, place, also) in found {
            let problem = Diagnostic::error(codes::FINAL, what).at(place, "derived here").also(also, "final here");
            self.diagnostics.push(problem);
        }
    }

    /// What a type is made from, and by which word of `final`.
    fn sources(&self, id: TypeId) -> Vec<(TypeId, &'static str)> {
        match &self.model[id].kind {
            TypeKind::Complex(complex) => match (complex.derivation, &complex.content) {
                (Some(derivation), _) => vec![match derivation.method {
                    Method::Extension => (derivation.base, "extension"),
                    Method::Restriction => (derivation.base, "restriction"),
                }],
                (None, Content::Text(text)) => vec![(*text, "extension")],
                (None, _) => Vec::new(),
            },
            TypeKind::Simple(simple) => match &simple.kind {
                SimpleKind::Builtin(_) => Vec::new(),
                // The text of simple content stands for its complex base until that is known.
                SimpleKind::Restriction(base) if matches!(self.model[*base].kind, TypeKind::Complex(_)) => Vec::new(),
                SimpleKind::Restriction(base) => vec![(*base, "restriction")],
                SimpleKind::List(item) => vec![(*item, "list")],
                SimpleKind::Union(members) => members.iter().map(|member| (*member, "union")).collect(),
            },
        }
    }
}
