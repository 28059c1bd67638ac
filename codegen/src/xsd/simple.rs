//! Simple types into the model.

use super::lower::{Context, Lowering};
use super::syntax::{FacetList, SimpleType, SimpleUse, Variety};
use crate::model::{Builtin, Simple, SimpleKind, Type, TypeId, TypeKind};

impl<'s> Lowering<'s, '_> {
    pub(super) fn simple(&mut self, it: &'s SimpleType, context: &mut Context) -> Simple {
        match &it.variety {
            Variety::Restriction { base, facets } => {
                let base = self.simple_use(base, "Base", context);
                restricted(base, facets)
            }
            Variety::List(item) => Simple::plain(SimpleKind::List(self.simple_use(item, "Item", context))),
            Variety::Union(members) => {
                let step = |index: usize| format!("Member{}", index + 1);
                let ids = members
                    .iter()
                    .enumerate()
                    .map(|(index, member)| self.simple_use(member, &step(index), context))
                    .collect();
                Simple::plain(SimpleKind::Union(ids))
            }
        }
    }

    /// A simple type where it is used; an anonymous one is named after the owner and, unless empty, `step`.
    pub(super) fn simple_use(&mut self, it: &'s SimpleUse, step: &str, context: &mut Context) -> TypeId {
        match it {
            SimpleUse::Named(reference) => self.simple_type_of(reference, context),
            SimpleUse::Inline(inline) => {
                if step.is_empty() {
                    return self.anonymous_simple(inline, context);
                }
                context.path.push(step.into());
                let id = self.anonymous_simple(inline, context);
                context.path.pop();
                id
            }
            SimpleUse::Missing => self.builtin(Builtin::AnySimpleType),
        }
    }

    pub(super) fn anonymous_simple(&mut self, it: &'s SimpleType, context: &mut Context) -> TypeId {
        let key = (context.unit, std::ptr::from_ref(it));
        if let Some(known) = self.anonymous.get(&key) {
            return *known;
        }
        let name = self.derived(context);
        let kind = TypeKind::Simple(Simple::plain(SimpleKind::Builtin(Builtin::AnySimpleType)));
        let id = self.model.add_type(Type { name, docs: it.docs.clone(), origin: it.span.into(), kind });
        self.anonymous.insert(key, id);
        let simple = self.simple(it, context);
        self.model[id].kind = TypeKind::Simple(simple);
        id
    }
}

/// A restriction of a type by facets.
pub(super) fn restricted(base: TypeId, list: &FacetList) -> Simple {
    let mut simple = Simple::plain(SimpleKind::Restriction(base));
    simple.facets = list.facets.clone();
    simple.values = list.values.clone();
    simple
}
