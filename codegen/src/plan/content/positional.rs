//! Positional layouts: slots of XML-RPC arrays, parts of packed strings.

use super::{ELEMENT, Reader, Slot, leaves_of, secret, trimmed, wanted};
use crate::model::{Complex, Content, Counter, ElementUse, Occurs, ParticleKind, TypeKind};
use crate::plan::{ItemKind, Member, Place, RecordKind, RustType, WireName, parts};

impl Reader<'_, '_> {
    pub(super) fn slots(&mut self, more: bool) -> (ItemKind, Vec<parts::Member>) {
        for element in self.elements() {
            let (mut ty, mut flags) = (self.drafting.value_type(element.0.ty), Vec::new());
            let slot = element.0.slot.clone().unwrap_or_default();
            let list = element.1.repeats() || element.0.items.is_some();
            if let Some(items) = &element.0.items
                && let ParticleKind::Element(item) = &items.kind
            {
                ty = self.drafting.value_type(item.ty);
            }
            if list {
                ty = RustType::Vec(Box::new(ty));
            }
            ty = secret(ty, element.0.secret, &mut flags);
            if element.1.min == 0 && !list {
                ty = RustType::Option(Box::new(ty));
            } else if slot.trailing && list {
                // An omitted tail and an empty list are the same thing: nothing follows.
            } else {
                flags.insert(0, "REQUIRED");
            }
            if slot.trailing {
                flags.push("TRAILING");
            }
            let count = match slot.count {
                None => "None",
                Some(Counter::Entries) => "Entries",
                Some(Counter::Values) => "Values",
            };
            self.positional(&element.0, ty, Place::Slot(count), flags);
        }
        if more {
            self.push(Slot {
                preferred: "more".to_owned(),
                rank: "9",
                name: None,
                chosen: false,
                docs: "Slots a newer version of the service added at the end.".into(),
                ty: RustType::Vec(Box::new(RustType::Runtime("XmlRpcValue"))),
                member: Member {
                    name: WireName { ns: None, local: "more".into() },
                    place: Place::Rest,
                    flags: Vec::new(),
                    ty: None,
                    facets: Vec::new(),
                },
            });
        }
        self.take_record(RecordKind::Slots)
    }

    pub(super) fn packed(&mut self, separators: Vec<String>) -> (ItemKind, Vec<parts::Member>) {
        for element in self.elements() {
            let mut flags = Vec::new();
            let none = element.0.slot.as_ref().and_then(|slot| slot.none.clone());
            let mut ty = secret(self.drafting.value_type(element.0.ty), element.0.secret, &mut flags);
            if element.1.min == 0 {
                ty = RustType::Option(Box::new(ty));
            } else {
                flags.insert(0, "REQUIRED");
            }
            self.positional(&element.0, ty, Place::Part(none), flags);
        }
        self.take_record(RecordKind::Packed(separators))
    }

    fn positional(&mut self, element: &ElementUse, ty: RustType, place: Place, flags: Vec<&'static str>) {
        let mut docs = trimmed(&element.docs.0);
        if let Some(max) = element.slot.as_ref().and_then(|slot| slot.max_len) {
            if !docs.is_empty() {
                docs.push_str("\n\n");
            }
            docs.push_str(&format!("At most {max} characters."));
        }
        let (preferred, chosen) = wanted(element.rename.as_deref(), &element.name);
        let name = WireName { ns: None, local: element.name.local.clone() };
        let mut facets = self.drafting.tables.of_member(self.drafting.model, element.ty, None, None);
        facets.extend(self.drafting.tables.of_length(element.slot.as_ref().and_then(|slot| slot.max_len)));
        self.push(Slot {
            preferred,
            chosen,
            rank: ELEMENT,
            name: Some(element.name.clone()),
            docs,
            ty,
            member: Member { name, place, flags, ty: None, facets },
        });
    }

    /// The members of a positional layout: always one flat sequence.
    fn elements(&self) -> Vec<(ElementUse, Occurs)> {
        let TypeKind::Complex(Complex { content: Content::Particles(particle), .. }) =
            &self.drafting.model[self.owner].kind
        else {
            return Vec::new();
        };
        let mut leaves = Vec::new();
        leaves_of(particle, &mut leaves);
        leaves
            .into_iter()
            .filter_map(|leaf| match leaf.kind {
                ParticleKind::Element(element) => Some((*element, leaf.occurs)),
                _ => None,
            })
            .collect()
    }
}
