//! Choices and mixed content as enums.

use super::{Reader, Slot, leaves_of, times};
use crate::model::{Occurs, Particle, ParticleKind};
use crate::plan::{Choice, ItemKind, Place, RecordKind, RustType, Variant, WireName, counts, ident, parts, shapes};

impl Reader<'_, '_> {
    /// The variants of a choice, and whether it may be empty. `None` when nothing is left to choose.
    pub(super) fn choice(
        &mut self,
        branches: &[Particle],
        repeats: bool,
    ) -> (Option<Choice>, Vec<parts::Member>, bool) {
        let mut inner = self.inner();
        let mut empty = false;
        inner.branches(branches, repeats, &mut empty);
        let ((variants, members), parts) = (inner.take_variants(), inner.parts);
        self.parts = parts;
        let choice = (!variants.is_empty()).then_some(Choice { by_type: false, variants, vacant: 0 });
        (choice, members, empty)
    }

    pub(super) fn branches(&mut self, branches: &[Particle], repeats: bool, empty: &mut bool) {
        for branch in branches {
            if branch.occurs.max == Some(0) {
                continue;
            }
            *empty |= branch.occurs.min == 0;
            // A branch that repeats inside a choice that repeats says nothing more.
            let once = if repeats { Occurs::ONCE } else { Occurs { min: branch.occurs.min.max(1), ..branch.occurs } };
            match &branch.kind {
                ParticleKind::Choice(inner) if !once.repeats() => self.branches(inner, repeats, empty),
                ParticleKind::Sequence(items) | ParticleKind::All(items) => match items.as_slice() {
                    [] => *empty = true,
                    [only] => {
                        let occurs = times(branch.occurs, only.occurs);
                        self.branches(&[Particle { occurs, ..only.clone() }], repeats, empty);
                    }
                    items => {
                        let mut inner = self.inner();
                        items.iter().for_each(|item| inner.particle(item, false));
                        if repeats || once.repeats() {
                            inner.uncount();
                        }
                        *empty |= inner.slots.iter().all(|slot| !slot.member.flags.contains(&"REQUIRED"));
                        let preferred = ident::upper_camel(inner.slots.first().map_or("Group", |slot| &slot.preferred));
                        let ((kind, members), parts) = (inner.take_record(RecordKind::Group), inner.parts);
                        self.parts = parts;
                        let group = self.part(&format!("{preferred}Group"), kind, members);
                        let occurs = if once.repeats() { counts::groups(items, once) } else { once };
                        self.occurring(Slot::inline(format!("{preferred}Group"), group), occurs, false);
                    }
                },
                _ => self.particle(&Particle { occurs: once, ..branch.clone() }, false),
            }
        }
    }

    /// A type whose content is exactly one choice, and that has no attributes, is that choice's enum itself.
    pub(super) fn only_choice(&mut self, particle: &Particle) -> Option<(ItemKind, Vec<parts::Member>)> {
        let mut at = particle;
        loop {
            if at.occurs != Occurs::ONCE || !self.slots.is_empty() {
                return None;
            }
            match &at.kind {
                ParticleKind::Sequence(items) if items.len() == 1 => at = &items[0],
                ParticleKind::Choice(branches) if branches.len() > 1 => {
                    let (choice, members, empty) = self.choice(branches, false);
                    // Where nothing may be chosen, or what is chosen repeats beside its tags, a struct around it can say so.
                    return match choice {
                        Some(choice) if !empty => Some((ItemKind::Choice(choice), members)),
                        _ => None,
                    };
                }
                _ => return None,
            }
        }
    }

    /// Mixed content: text and elements in document order.
    pub(super) fn mixed(&mut self, particle: Option<&Particle>) {
        let mut inner = self.inner();
        inner.slots.push(Slot {
            preferred: "Text".to_owned(),
            rank: "0",
            name: None,
            chosen: false,
            docs: "Text between the elements.".into(),
            ty: RustType::String,
            member: shapes::nameless(Place::Text, vec!["REQUIRED"]),
        });
        if let Some(particle) = particle {
            let mut leaves = Vec::new();
            leaves_of(particle, &mut leaves);
            inner.branches(&leaves, true, &mut false);
        }
        let ((variants, members), parts) = (inner.take_variants(), inner.parts);
        self.parts = parts;
        let item = self.part("Content", ItemKind::Choice(Choice { by_type: false, variants, vacant: 0 }), members);
        self.push(Slot {
            preferred: "content".to_owned(),
            rank: "6",
            name: None,
            chosen: false,
            docs: "Text and elements, in document order.".into(),
            ty: RustType::Vec(Box::new(RustType::Item(item))),
            member: shapes::nameless(Place::Inline(item), vec!["REPEATED"]),
        });
    }

    pub(super) fn take_variants(&mut self) -> (Vec<Variant>, Vec<parts::Member>) {
        let mut slots = std::mem::take(&mut self.slots);
        // One element may stand in several branches; the first one is met first when reading, so it is the one to keep.
        let mut seen: Vec<(WireName, bool)> = Vec::new();
        slots.retain(|slot| {
            let named = matches!(slot.member.place, Place::Element | Place::Wrapped(_));
            let key = (slot.member.name.clone(), named);
            if named && seen.contains(&key) {
                return false;
            }
            seen.push(key);
            true
        });
        let mut members = self.members(&slots);
        for (slot, member) in slots.iter_mut().zip(&mut members) {
            slot.preferred = ident::upper_camel(slot.preferred.trim_start_matches("r#"));
            if matches!(slot.member.place, Place::Element | Place::Wrapped(_)) {
                slot.preferred = ident::upper_camel(&slot.member.name.local);
                member.chosen = false;
            }
            member.preferred.clone_from(&slot.preferred);
        }
        let variants = slots
            .into_iter()
            .map(|slot| Variant { ident: slot.preferred, docs: slot.docs, ty: slot.ty, member: slot.member })
            .collect();
        (variants, members)
    }
}
