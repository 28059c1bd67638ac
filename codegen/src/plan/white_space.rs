//! What white space around and inside a text means, where the runtime has to be told.

use crate::model::{Builtin, SimpleKind, TypeId, TypeKind, WhiteSpace};

use super::items::{Drafting, Key};
use super::{ItemId, RustType};

impl Drafting<'_> {
    /// The runtime's flag for values of a simple type, if they need one. Strings, unions that have text, and enumerations of several
    /// words need to be told; every other type knows.
    pub(super) fn white_space(&self, id: TypeId, ty: &RustType) -> Option<&'static str> {
        let flag = match self.white_space_of(id) {
            WhiteSpace::Preserve => return None,
            WhiteSpace::Replace => "REPLACE",
            WhiteSpace::Collapse => "COLLAPSE",
        };
        let told = match ty {
            RustType::String | RustType::Runtime("ScopedText") => true,
            RustType::Item(item) => self.is_textual(*item) || self.has_blanks(*item),
            _ => false,
        };
        told.then_some(flag)
    }

    /// Whether a value of an enumeration has a blank in it.
    fn has_blanks(&self, item: ItemId) -> bool {
        let Some(Key::Type(id)) = self.key_of(item) else { return false };
        match &self.model[id].kind {
            TypeKind::Simple(simple) => self.values(simple).iter().any(|value| value.wire.trim().contains(' ')),
            TypeKind::Complex(_) => false,
        }
    }

    /// What white space means to a simple type: the nearest facet on the way to its built-in type.
    fn white_space_of(&self, mut id: TypeId) -> WhiteSpace {
        loop {
            let TypeKind::Simple(simple) = &self.model[id].kind else { return WhiteSpace::Preserve };
            if let Some(white_space) = simple.facets.white_space {
                return white_space;
            }
            match &simple.kind {
                SimpleKind::Restriction(base) => id = *base,
                SimpleKind::Builtin(Builtin::String | Builtin::AnySimpleType | Builtin::AnyType | Builtin::Xml) => {
                    return WhiteSpace::Preserve;
                }
                SimpleKind::Builtin(Builtin::NormalizedString) => return WhiteSpace::Replace,
                // Lists and every other built-in type collapse.
                SimpleKind::Builtin(_) | SimpleKind::List(_) => return WhiteSpace::Collapse,
                SimpleKind::Union(_) => {
                    return self.kinds.get(&id).and_then(|kinds| kinds.text).unwrap_or(WhiteSpace::Preserve);
                }
            }
        }
    }
}
