//! A complex type's attributes and content model as the fields of a struct.
//!
//! Sequences become fields; a choice becomes an enum; what repeats as a group becomes a struct of its own in a `Vec`. Mixed
//! content is a `Vec` of text and elements in document order.

mod choice;
mod element;
mod positional;

use crate::model::{
    Attribute, Complex, Content, Layout, Occurs, Particle, ParticleKind, QName, Text, TypeId, TypeKind,
};

use super::items::{Draft, Drafting};
use super::ledger::Order;
use super::names::leaf;
use super::parts::{self, Leaf, Part};
use super::{
    Field, ItemId, ItemKind, Member, ModuleId, Place, Record, RecordKind, RustType, WireName, counts, ident, items,
    shapes,
};

/// A field or variant before it has a name.
pub(super) struct Slot {
    /// The name it would like.
    preferred: String,
    /// The contract's author chose that.
    chosen: bool,
    /// Of several that would like the same name, the first by rank and name keeps it.
    rank: &'static str,
    /// The element or attribute it is for.
    name: Option<QName>,
    docs: Text,
    /// The type of one occurrence.
    ty: RustType,
    member: Member,
}

/// Ranks of slots: an element keeps its name before an attribute that would like the same one.
const ELEMENT: &str = "4";
const ATTRIBUTE: &str = "5";
const NAMELESS: &str = "7";

impl Slot {
    /// What has no name on the wire and is an item of its own: a choice, a group.
    fn inline(preferred: String, item: ItemId) -> Self {
        Self {
            preferred,
            rank: NAMELESS,
            name: None,
            chosen: false,
            docs: Text::new(),
            ty: RustType::Item(item),
            member: shapes::nameless(Place::Inline(item), Vec::new()),
        }
    }
}

/// The kind of item a complex type becomes.
pub(super) fn complex(drafting: &mut Drafting<'_>, item: ItemId, id: TypeId, complex: &Complex) -> ItemKind {
    let mut content = Reader::new(drafting, item, id, complex);
    let (mut kind, members) = content.of(complex);
    let parts = content.parts;
    // Which part is which on record is known when all are.
    let taken: &[&str] = if matches!(kind, ItemKind::Choice(_)) { &["Self"] } else { &[] };
    let idents = parts::name(drafting, id, taken, members, parts);
    parts::put(&mut kind, idents);
    kind
}

/// Collects the fields of one type.
struct Reader<'d, 'm> {
    drafting: &'d mut Drafting<'m>,
    /// The type whose content this is, at any depth of groups.
    item: ItemId,
    owner: TypeId,
    data_contract: bool,
    ordinal: bool,
    /// What the parts of this type are called after.
    name: String,
    slots: Vec<Slot>,
    /// Slots of elements that are optional only because all of their sequence is.
    dividing: Vec<usize>,
    parts: Vec<Part>,
}

impl<'d, 'm> Reader<'d, 'm> {
    fn new(drafting: &'d mut Drafting<'m>, item: ItemId, owner: TypeId, complex: &Complex) -> Self {
        let name = match &drafting.model[owner].name {
            crate::model::Name::Given(name) => ident::upper_camel(&name.local),
            crate::model::Name::Derived { path, .. } => ident::of_path(path),
        };
        let data_contract = complex.data_contract || drafting.model.hand_written;
        Self {
            drafting,
            item,
            owner,
            data_contract,
            ordinal: complex.ordinal,
            name,
            slots: Vec::new(),
            dividing: Vec::new(),
            parts: Vec::new(),
        }
    }

    /// What the type becomes, and its members, still without their names.
    fn of(&mut self, complex: &Complex) -> (ItemKind, Vec<parts::Member>) {
        match &complex.layout {
            Layout::Slots { more } => return self.slots(*more),
            Layout::Packed { separators } => return self.packed(separators.clone()),
            Layout::Xml => {}
        }
        for attribute in &complex.attributes {
            self.attribute(attribute);
        }
        if let Some(wildcard) = &complex.any_attribute {
            self.push(Slot {
                preferred: "any_attributes".to_owned(),
                rank: "8",
                name: None,
                chosen: false,
                docs: "Attributes the contract does not name.".into(),
                ty: RustType::Vec(Box::new(RustType::Runtime("RawAttribute"))),
                member: shapes::nameless(Place::AnyAttribute(shapes::wildcard(&wildcard.namespaces)), Vec::new()),
            });
        }
        let mut kind = RecordKind::Record;
        match &complex.content {
            Content::Empty if complex.mixed => self.mixed(None),
            Content::Empty => {}
            Content::Text(ty) => self.text(*ty),
            Content::Particles(particle) if complex.mixed => self.mixed(Some(particle)),
            Content::Particles(particle) => {
                if let Some(choice) = self.only_choice(particle) {
                    return choice;
                }
                if matches!(particle.kind, ParticleKind::All(_)) {
                    kind = RecordKind::All;
                }
                self.particle(particle, false);
            }
        }
        self.take_record(kind)
    }

    /// A reader for a part of the same type's content.
    fn inner(&mut self) -> Reader<'_, 'm> {
        Reader {
            drafting: &mut *self.drafting,
            item: self.item,
            owner: self.owner,
            data_contract: self.data_contract,
            ordinal: false,
            name: self.name.clone(),
            slots: Vec::new(),
            dividing: Vec::new(),
            parts: std::mem::take(&mut self.parts),
        }
    }

    fn push(&mut self, slot: Slot) {
        self.slots.push(slot);
    }

    fn module(&self) -> ModuleId {
        self.drafting.modules.module(self.drafting.model[self.owner].name.ns())
    }

    /// Registers a part of this type's content as an item of its own.
    fn part(&mut self, suffix: &str, kind: ItemKind, members: Vec<parts::Member>) -> ItemId {
        let name = self.drafting.model[self.owner].name.to_string();
        let draft = Draft {
            module: self.module(),
            preferred: format!("{}{suffix}", self.name),
            key: format!("2{name}/{:04}", self.parts.len() + 1),
            docs: format!("Part of the content of `{}`.", self.name).into(),
            wire: WireName { ns: None, local: format!("{}.{suffix}", self.name).into() },
            kind,
        };
        let item = self.drafting.part(self.item, draft);
        self.parts.push(Part { item, suffix: suffix.to_owned(), members });
        item
    }

    fn attribute(&mut self, attribute: &Attribute) {
        let mut ty = self.drafting.value_type(attribute.ty);
        let mut flags = Vec::new();
        if attribute.required {
            flags.push("REQUIRED");
        }
        flags.extend(self.drafting.white_space(attribute.ty, &ty));
        ty = secret(ty, attribute.secret, &mut flags);
        if !attribute.required {
            ty = RustType::Option(Box::new(ty));
        }
        let (preferred, chosen) = wanted(attribute.rename.as_deref(), &attribute.name);
        // A default is not filled in: what was not sent stays `None`.
        let facets =
            self.drafting.tables.of_member(self.drafting.model, attribute.ty, None, attribute.fixed.as_deref());
        let name = self.drafting.wire(&attribute.name);
        let member = Member { name, place: Place::Attribute, flags, ty: None, facets };
        let docs = self.docs(
            &attribute.docs.0,
            attribute.ty,
            attribute.default.as_deref(),
            attribute.fixed.as_deref(),
            "left out",
        );
        self.push(Slot { preferred, chosen, rank: ATTRIBUTE, name: Some(attribute.name.clone()), docs, ty, member });
    }

    /// The contract's words, and for an undocumented member those of its type when it has no Rust type of its own.
    fn docs(&self, own: &Text, ty: TypeId, default: Option<&str>, fixed: Option<&str>, without: &str) -> Text {
        let mut docs = trimmed(own);
        if docs.is_empty()
            && matches!(&self.drafting.model[ty].kind, TypeKind::Simple(simple) if simple.values.is_empty())
        {
            docs = trimmed(&self.drafting.model[ty].docs.0);
        }
        let mut add = |text: String| {
            if !docs.is_empty() {
                docs.push_str("\n\n");
            }
            docs.push_str(&text);
        };
        if let Some(fixed) = fixed {
            add(format!("Always `{fixed}`."));
        } else if let Some(default) = default {
            add(format!("`{default}` when {without}."));
        }
        docs
    }

    fn text(&mut self, ty: TypeId) {
        let rust = self.drafting.value_type(ty);
        let mut flags = vec!["REQUIRED"];
        flags.extend(self.drafting.white_space(ty, &rust));
        let facets = self.drafting.tables.of_member(self.drafting.model, ty, None, None);
        let member = Member { facets, ..shapes::nameless(Place::Text, flags) };
        self.push(Slot {
            preferred: "value".to_owned(),
            rank: "6",
            name: None,
            chosen: false,
            docs: "The text.".into(),
            ty: rust,
            member,
        });
    }

    fn particle(&mut self, particle: &Particle, optional: bool) {
        if particle.occurs.max == Some(0) {
            return;
        }
        let around = optional;
        let optional = optional || particle.occurs.min == 0;
        match &particle.kind {
            ParticleKind::Element(element) => {
                if around && particle.occurs.min > 0 {
                    self.dividing.push(self.slots.len());
                }
                self.element(element, particle.occurs, optional);
            }
            ParticleKind::Any(wildcard) => {
                let place = Place::Any(shapes::wildcard(&wildcard.namespaces));
                self.occurring(
                    Slot {
                        preferred: "any".to_owned(),
                        rank: NAMELESS,
                        name: None,
                        chosen: false,
                        docs: "What the contract leaves open.".into(),
                        ty: RustType::Runtime("RawElement"),
                        member: shapes::nameless(place, Vec::new()),
                    },
                    particle.occurs,
                    optional,
                );
            }
            ParticleKind::Sequence(items) | ParticleKind::All(items) => match items.as_slice() {
                [] => {}
                [only] if particle.occurs.repeats() => {
                    self.particle(&Particle { occurs: times(particle.occurs, only.occurs), ..only.clone() }, optional);
                }
                items if particle.occurs.repeats() => {
                    let mut inner = self.inner();
                    items.iter().for_each(|item| inner.particle(item, false));
                    inner.uncount();
                    let ((kind, members), parts) = (inner.take_record(RecordKind::Group), inner.parts);
                    self.parts = parts;
                    let group = self.part("Group", kind, members);
                    self.occurring(
                        Slot::inline("groups".to_owned(), group),
                        counts::groups(items, particle.occurs),
                        optional,
                    );
                }
                items => items.iter().for_each(|item| self.particle(item, optional)),
            },
            ParticleKind::Choice(branches) => match branches.as_slice() {
                [] => {}
                [only] => {
                    self.particle(&Particle { occurs: times(particle.occurs, only.occurs), ..only.clone() }, optional);
                }
                branches => {
                    let repeats = particle.occurs.repeats();
                    let (choice, members, empty) = self.choice(branches, repeats);
                    let Some(choice) = choice else { return };
                    let occurs = if repeats { counts::choices(branches, particle.occurs) } else { particle.occurs };
                    let item = self.part("Choice", ItemKind::Choice(choice), members);
                    self.occurring(
                        Slot::inline(if repeats { "choices" } else { "choice" }.to_owned(), item),
                        occurs,
                        optional || empty,
                    );
                }
            },
        }
    }

    /// Of a group that repeats: a member that may make up the group alone goes on in the next one, and is read as one list; how
    /// many there may be of it in one group says nothing then.
    fn uncount(&mut self) {
        let required = |slot: &Slot| slot.member.flags.contains(&"REQUIRED");
        let all = self.slots.iter().filter(|slot| required(slot)).count();
        for slot in &mut self.slots {
            if all == usize::from(required(slot)) {
                slot.member.facets.retain(|facet| !matches!(facet, super::facets::Facet::Occurs(..)));
            }
        }
    }

    /// Wraps the type by how often it occurs, and says so in the flags.
    fn occurring(&mut self, mut slot: Slot, occurs: Occurs, optional: bool) {
        if !optional {
            slot.member.flags.insert(0, "REQUIRED");
        }
        if occurs.repeats() {
            slot.member.facets.extend(self.drafting.tables.of_occurs(occurs));
            slot.member.flags.push("REPEATED");
            slot.ty = RustType::Vec(Box::new(slot.ty));
        } else if optional {
            slot.ty = RustType::Option(Box::new(slot.ty));
        }
        self.push(slot);
    }

    fn take_record(&mut self, kind: RecordKind) -> (ItemKind, Vec<parts::Member>) {
        let mut slots = std::mem::take(&mut self.slots);
        for index in std::mem::take(&mut self.dividing) {
            if kind == RecordKind::Record && slots[index + 1..].iter().any(|slot| self.is_open(&slot.member)) {
                slots[index].member.flags.push("DIVIDES");
            }
        }
        count_namesakes(&mut slots);
        let members = self.members(&slots);
        let fields: Vec<Field> = slots
            .into_iter()
            .map(|slot| Field { ident: slot.preferred, docs: slot.docs, ty: slot.ty, member: slot.member })
            .collect();
        let ordinal = if self.ordinal { shapes::ordinal(&fields) } else { Vec::new() };
        if fields.is_empty() {
            return (ItemKind::Record(items::empty_record()), members);
        }
        let default = fields.iter().all(|field| may_be_left_out(&field.ty));
        (ItemKind::Record(Record { kind, fields, ordinal, default }), members)
    }

    /// Whether elements of any name may be part of a member.
    fn is_open(&self, member: &Member) -> bool {
        match member.place {
            Place::Any(_) => true,
            Place::Inline(part) => match self.drafting.slots[part.0].as_ref().map(|draft| &draft.kind) {
                Some(ItemKind::Record(record)) => record.fields.iter().any(|field| self.is_open(&field.member)),
                Some(ItemKind::Choice(choice)) => choice.variants.iter().any(|variant| self.is_open(&variant.member)),
                _ => false,
            },
            _ => false,
        }
    }

    /// What the slots' names stand for.
    fn members(&self, slots: &[Slot]) -> Vec<parts::Member> {
        let owner = self.drafting.model[self.owner].name.ns();
        let recorded = !self.drafting.ledger.is_off();
        let member = |(index, slot): (usize, &Slot)| {
            let leaf = match (&slot.name, &slot.member.place) {
                (None, Place::Inline(part)) => Leaf::Part(*part),
                // Without a record nobody asks what a name stands for.
                _ if !recorded => Leaf::Wire(String::new()),
                (Some(name), Place::Attribute) => Leaf::Wire(format!("@{}", leaf(owner, name))),
                (Some(name), _) => Leaf::Wire(leaf(owner, name)),
                (None, _) => Leaf::Wire(format!("#{}", slot.preferred)),
            };
            let order = Order::Member { rank: slot.rank, name: slot.name.clone(), index };
            parts::Member { preferred: slot.preferred.clone(), order, leaf, chosen: slot.chosen }
        };
        slots.iter().enumerate().map(member).collect()
    }
}

/// Says of elements that may occur several times, but not any number of times, that a later one has the same name.
fn count_namesakes(slots: &mut [Slot]) {
    for index in 0..slots.len() {
        let (slot, later) = slots[index..].split_first_mut().expect("the index is in the list");
        let bounded = slot.member.facets.iter().any(|facet| matches!(facet, super::facets::Facet::Occurs(_, Some(_))));
        let element = |slot: &Slot| matches!(slot.member.place, Place::Element | Place::Wrapped(_));
        if bounded && element(slot) && later.iter().any(|later| element(later) && later.member.name == slot.member.name)
        {
            slot.member.flags.push("COUNTED");
        }
    }
}

/// The name a member would like, and whether the contract's author chose it.
fn wanted(rename: Option<&str>, name: &QName) -> (String, bool) {
    let own = ident::snake(&name.local);
    match rename {
        Some(rename) => (rename.to_owned(), rename != own),
        None => (own, false),
    }
}

/// The text without space around it; nearly none has any.
fn trimmed(text: &Text) -> Text {
    let inside = text.trim();
    if inside.len() == text.len() { text.clone() } else { inside.into() }
}

fn secret(ty: RustType, secret: bool, flags: &mut Vec<&'static str>) -> RustType {
    if secret {
        flags.push("SECRET");
        RustType::Secret(Box::new(ty))
    } else {
        ty
    }
}

/// Whether a value of the type can say that there is nothing.
fn may_be_left_out(ty: &RustType) -> bool {
    match ty {
        RustType::Option(_) | RustType::Vec(_) | RustType::Nillable(_) | RustType::NilOr(_) => true,
        RustType::Secret(inner) => may_be_left_out(inner),
        _ => false,
    }
}

/// How often something occurs that occurs within something that occurs.
fn times(outer: Occurs, inner: Occurs) -> Occurs {
    let max = match (outer.max, inner.max) {
        (Some(a), Some(b)) => a.checked_mul(b),
        (Some(0), None) | (None, Some(0)) => Some(0),
        _ => None,
    };
    Occurs { min: outer.min.saturating_mul(inner.min), max }
}

/// The elements and wildcards of a content model, without its groups.
fn leaves_of(particle: &Particle, out: &mut Vec<Particle>) {
    match &particle.kind {
        ParticleKind::Element(_) | ParticleKind::Any(_) => out.push(particle.clone()),
        ParticleKind::Sequence(items) | ParticleKind::Choice(items) | ParticleKind::All(items) => {
            items.iter().for_each(|item| leaves_of(item, out));
        }
    }
}
