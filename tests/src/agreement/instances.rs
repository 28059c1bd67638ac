//! Documents of a contract: the smallest, the largest, and as many as it takes to meet every possibility once.
//!
//! Made from the model, and independent of what is generated from it. Possibilities are: absent or there, one or two, nil or a value,
//! each branch of a choice, each type that may stand in for another, each member of a substitution group, each value that
//! [`super::lexical`] knows of a type.

use std::collections::BTreeMap;

use bindery_codegen::model::{
    Alternatives, Attribute, Block, Builtin, Complex, Content, ElementId, ElementUse, Layout, Model, NamespaceSet,
    Only, Particle, ParticleKind, ProcessContents, QName, SimpleKind, TypeId, TypeKind, Wildcard,
};

use super::random::Random;
use super::{dress, edit::escape, lexical};

/// Documents of one root are at most this many.
const MOST: usize = 48;
/// Deeper than this, only what must be there is; by chance, half as deep.
const DEEP: usize = 7;
/// A type that cannot end is given up here.
const BOTTOMLESS: usize = 30;
/// So is a document of more elements than this: types that hold each other twice grow with each step.
const LARGEST: usize = 2000;

/// How a contract's messages stand on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wire {
    /// As the schema says; members of hand-written contracts in ordinal order.
    Soap,
    /// Without namespaces, in declared order.
    Plain,
}

/// What is made next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Smallest,
    Largest,
    /// Each possibility in turn.
    Turns,
    /// Any of them.
    Chance,
}

/// Makes documents of a model, which has been through the `flatten` pass and no other.
pub struct Instances<'m> {
    model: &'m Model,
    wire: Wire,
    alternatives: Alternatives,
    mode: Mode,
    /// How often each place with possibilities was met, and how many it has. Addresses stand for places; nothing goes by their order.
    turns: BTreeMap<(usize, u8), (usize, usize)>,
    values: BTreeMap<TypeId, Vec<String>>,
    namespaces: Vec<String>,
    ids: usize,
    elements: usize,
    stuck: bool,
    /// Where documents are to be made by chance as well: how many, and what chance.
    chance: Option<(usize, Random)>,
    /// Text may stand between the elements that are being made.
    mixed: bool,
    /// Processing instructions are made as well.
    instructions: bool,
}

impl<'m> Instances<'m> {
    /// Documents of this model on this wire.
    pub fn new(model: &'m Model, wire: Wire) -> Self {
        Self {
            model,
            wire,
            alternatives: Alternatives::of(model),
            mode: Mode::Smallest,
            turns: BTreeMap::new(),
            values: BTreeMap::new(),
            namespaces: Vec::new(),
            ids: 0,
            elements: 0,
            stuck: false,
            chance: None,
            mixed: false,
            instructions: false,
        }
    }

    /// Besides, so many documents by chance: whatever goes together, with spaces, comments and pieces that need not be there.
    #[must_use]
    pub fn with_chance(mut self, count: usize, random: Random) -> Self {
        self.chance = Some((count, random));
        self
    }

    /// Processing instructions among what is made by chance. SOAP forbids them.
    #[must_use]
    pub fn with_instructions(mut self) -> Self {
        self.instructions = true;
        self
    }

    /// Documents with this root. None where the type has no end, or values of which nothing is known.
    pub fn documents(&mut self, name: &QName, ty: TypeId, nillable: bool) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        self.turns.clear();
        for number in 0..MOST {
            self.mode = match number {
                0 => Mode::Smallest,
                1 => Mode::Largest,
                _ => Mode::Turns,
            };
            if let Some(document) = self.document(name, ty, nillable)
                && !out.contains(&document)
            {
                out.push(document);
            }
            let met_all = self.turns.values().all(|(met, of)| met >= of);
            if number > 3 && met_all {
                break;
            }
        }
        self.mode = Mode::Chance;
        for _ in 0..self.chance.as_ref().map_or(0, |(count, _)| *count) {
            if let Some(document) = self.document(name, ty, nillable)
                && !out.contains(&document)
            {
                out.push(document);
            }
        }
        out
    }

    /// Whether something happens, in documents made by chance, that does in so many of a hundred cases.
    fn happens(&mut self, percent: usize) -> bool {
        self.mode == Mode::Chance && self.chance.as_mut().is_some_and(|(_, random)| random.chance(percent))
    }

    /// Whether more is tried than the smallest and the largest.
    fn varies(&self) -> bool {
        matches!(self.mode, Mode::Turns | Mode::Chance)
    }

    /// Deeper than this, only what must be there is.
    fn deep(&self) -> usize {
        if self.mode == Mode::Chance { DEEP / 2 } else { DEEP }
    }

    fn document(&mut self, name: &QName, ty: TypeId, nillable: bool) -> Option<String> {
        (self.namespaces, self.ids, self.elements, self.stuck, self.mixed) = (Vec::new(), 0, 0, false, false);
        let declared = self.model.elements.iter().find(|element| element.name == *name && element.ty == ty);
        let block = declared.map_or(Block::NONE, |element| element.block);
        let text = self.element(name, ty, (nillable, block), 0, 0);
        if self.stuck {
            return None;
        }
        let mut declared =
            " xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                .to_owned();
        for (index, ns) in self.namespaces.iter().enumerate() {
            declared.push_str(&format!(" xmlns:n{index}=\"{}\"", escape(ns)));
        }
        let end = text.find([' ', '>', '/']).unwrap_or(text.len());
        Some(format!("{}{declared}{}", &text[..end], &text[end..]))
    }

    /// One of a place's possibilities.
    fn turn(&mut self, place: usize, kind: u8, of: usize) -> usize {
        if self.mode == Mode::Chance {
            return self.chance.as_mut().map_or(0, |(_, random)| random.below(of));
        }
        let entry = self.turns.entry((place, kind)).or_insert((0, of));
        let now = entry.0;
        entry.0 += 1;
        now % of.max(1)
    }

    fn tag(&mut self, name: &QName) -> String {
        if name.ns.is_empty() || self.wire == Wire::Plain {
            return name.local.to_string();
        }
        let index = self.namespaces.iter().position(|ns| *ns == name.ns).unwrap_or_else(|| {
            self.namespaces.push(name.ns.to_string());
            self.namespaces.len() - 1
        });
        format!("n{index}:{}", name.local)
    }

    /// `says`: that it is nillable, and what may not stand in for its type.
    fn element(&mut self, name: &QName, ty: TypeId, says: (bool, Block), place: usize, depth: usize) -> String {
        let (nillable, block) = says;
        self.elements += 1;
        let largest = if self.mode == Mode::Chance { LARGEST / 10 } else { LARGEST };
        if self.stuck || depth > BOTTOMLESS || self.elements > largest {
            self.stuck = true;
            return String::new();
        }
        let tag = self.tag(name);
        let nil = nillable && self.varies() && depth > 0 && self.turn(place, 0, 2) == 1;
        let model = self.model;
        match &model[ty].kind {
            TypeKind::Simple(simple) => {
                if nil {
                    return format!("<{tag} xsi:nil=\"true\"/>");
                }
                // Anything may be elements as well; text is enough to tell whether it is kept.
                let any = matches!(simple.kind, SimpleKind::Builtin(Builtin::AnyType | Builtin::Xml));
                if any && self.happens(60) {
                    let of_any = [
                        "<{} xsi:type=\"xs:int\">42</{}>",
                        "<{} xsi:type=\"xs:dateTime\">2024-02-29T12:30:45Z</{}>",
                        "<{}><o:open xmlns:o=\"urn:open\" a=\"1\">1<o:b/></o:open> and words</{}>",
                        "<{} a=\"1\"/>",
                    ];
                    return of_any[self.turn(place, 10, of_any.len())].replace("{}", &tag);
                }
                let (ty, mut says) = if block.restriction { (ty, String::new()) } else { self.narrower(ty) };
                if says.is_empty() && !any {
                    says = self.own_type(ty);
                }
                if nillable && self.happens(5) {
                    says.push_str(" xsi:nil=\"false\"");
                }
                let text = if any { "anything".to_owned() } else { self.text(ty, place) };
                let written = self.dressed(ty, &text);
                format!("<{tag}{says}>{written}</{tag}>")
            }
            TypeKind::Complex(complex) => {
                let (chosen, mut attributes) = self.standing_in(ty, complex, block, place);
                let TypeKind::Complex(complex) = &model[chosen].kind else { return String::new() };
                for attribute in complex.attributes.iter().filter(|attribute| !attribute.prohibited) {
                    attributes.push_str(&self.attribute(attribute, depth));
                }
                if let Some(wildcard) = &complex.any_attribute
                    && wildcard.process != ProcessContents::Strict
                    && self.varies()
                    && self.turn(std::ptr::from_ref(complex) as usize, 5, 2) == 1
                {
                    attributes.push_str(self.open_attributes(&wildcard.namespaces));
                }
                if nil {
                    return format!("<{tag}{attributes} xsi:nil=\"true\"/>");
                }
                let content = self.content(complex, depth);
                format!("<{tag}{attributes}>{content}</{tag}>")
            }
        }
    }

    /// Attributes that nobody declares, where a wildcard allows some.
    fn open_attributes(&mut self, namespaces: &NamespaceSet) -> &'static str {
        let all = [
            ("urn:open", " o:open=\"1\" xmlns:o=\"urn:open\""),
            ("urn:open", " xmlns:o=\"urn:open\" o:open=\"a &amp; b\" o:type=\"o:x\""),
            ("http://www.w3.org/XML/1998/namespace", " xml:lang=\"en\""),
            ("http://www.w3.org/XML/1998/namespace", " xml:space=\"preserve\""),
            ("", " undeclared=\" 1 \""),
        ];
        let fits: Vec<&str> = all.iter().filter(|(ns, _)| allows(namespaces, ns)).map(|(_, text)| *text).collect();
        // Where nothing is by chance, one is enough.
        let known = if self.mode == Mode::Chance { fits.len() } else { fits.len().min(1) };
        if known == 0 { "" } else { fits[self.turn(0, 13, known)] }
    }

    /// By chance, `xsi:type` with the type that is declared, which says nothing new.
    fn own_type(&mut self, ty: TypeId) -> String {
        let model = self.model;
        match model[ty].name.given() {
            Some(name) if self.happens(5) => format!(" xsi:type=\"{}\"", self.tag(name)),
            _ => String::new(),
        }
    }

    /// By chance, a restriction of a simple type in its place, and how the element says so.
    fn narrower(&mut self, ty: TypeId) -> (TypeId, String) {
        if !self.happens(15) {
            return (ty, String::new());
        }
        let model = self.model;
        let is_restricted = |id: TypeId| match &model[id].kind {
            TypeKind::Simple(simple) => matches!(simple.kind, SimpleKind::Restriction(base) if base == ty),
            TypeKind::Complex(_) => false,
        };
        let found: Vec<(TypeId, &QName)> = model
            .type_ids()
            .filter(|id| is_restricted(*id))
            .filter_map(|id| Some((id, model[id].name.given().filter(|name| name.ns != super::edit::XSD)?)))
            .collect();
        if found.is_empty() {
            return (ty, String::new());
        }
        let (id, name) = found[self.turn(0, 11, found.len())];
        (id, format!(" xsi:type=\"{}\"", self.tag(name)))
    }

    /// The type that an element has, which may be derived from the one declared, and how it says so.
    fn standing_in(&mut self, ty: TypeId, complex: &Complex, block: Block, place: usize) -> (TypeId, String) {
        if complex.layout != Layout::Xml {
            return (ty, String::new());
        }
        let model = self.model;
        let mut types = self.alternatives.types(model, ty, block);
        types.retain(|id| matches!(&model[*id].kind, TypeKind::Complex(complex) if !complex.is_abstract));
        let Some(first) = types.first().copied() else {
            self.stuck = true;
            return (ty, String::new());
        };
        let chosen = if self.varies() { types[self.turn(place, 1, types.len())] } else { first };
        let given = model[chosen].name.given().filter(|_| chosen != ty);
        let says = match given {
            Some(name) => format!(" xsi:type=\"{}\"", self.tag(name)),
            None => self.own_type(chosen),
        };
        (chosen, says)
    }

    fn attribute(&mut self, attribute: &Attribute, depth: usize) -> String {
        let place = std::ptr::from_ref(attribute) as usize;
        let there = attribute.required
            || match self.mode {
                Mode::Smallest => false,
                Mode::Largest => true,
                Mode::Turns | Mode::Chance => depth <= self.deep() && self.turn(place, 2, 2) == 1,
            };
        if !there {
            return String::new();
        }
        let value = match &attribute.fixed {
            Some(fixed) => fixed.to_string(),
            None => self.text(attribute.ty, place),
        };
        let name = self.tag(&attribute.name);
        // The prefix of this one is not declared but known.
        let name = if attribute.name.ns == "http://www.w3.org/XML/1998/namespace" {
            format!("xml:{}", attribute.name.local)
        } else {
            name
        };
        let value = self.spaced(attribute.ty, &value);
        let dressed = self.happens(8);
        let value = match &mut self.chance {
            Some((_, random)) if dressed => dress::attribute(&value, random),
            _ => escape(&value),
        };
        format!(" {name}=\"{value}\"")
    }

    fn text(&mut self, ty: TypeId, place: usize) -> String {
        if matches!(self.model.builtin_of(ty), Some(Builtin::Id)) {
            self.ids += 1;
            return format!("id{}", self.ids);
        }
        let known = self.values.entry(ty).or_insert_with(|| lexical::values(self.model, ty)).len();
        if known == 0 {
            self.stuck = true;
            return String::new();
        }
        let index = if self.varies() { self.turn(place, 3, known) } else { 0 };
        self.values[&ty][index].clone()
    }

    /// A text as it may be written in an element: with blanks that do not count, comments, references, or as it stands.
    fn dressed(&mut self, ty: TypeId, text: &str) -> String {
        let text = self.spaced(ty, text);
        let dressed = self.happens(15);
        match &mut self.chance {
            Some((_, random)) if dressed => dress::content(&text, self.instructions, random),
            _ => escape(&text),
        }
    }

    fn spaced(&mut self, ty: TypeId, text: &str) -> String {
        let spaced = self.happens(6);
        match &mut self.chance {
            Some((_, random)) if spaced => dress::spaced(text, dress::white_space(self.model, ty), random),
            _ => text.to_owned(),
        }
    }

    /// By chance, what may stand between elements and says nothing.
    fn between(&mut self) -> &'static str {
        if !self.happens(8) {
            return "";
        }
        let pieces = ["\n  <!-- a comment -->", "\n\t", "<!---->", "<?instruction?>", "\n<?a b=\"c\"?>\n"];
        let known = if self.instructions { pieces.len() } else { 3 };
        pieces[self.turn(0, 12, known)]
    }

    fn content(&mut self, complex: &Complex, depth: usize) -> String {
        let place = std::ptr::from_ref(complex) as usize;
        let mixed = if complex.mixed && self.mode != Mode::Smallest { "words" } else { "" };
        match &complex.content {
            Content::Empty if self.happens(8) => format!("<!-- nothing -->{mixed}"),
            Content::Empty => mixed.to_owned(),
            Content::Text(ty) => {
                let text = self.text(*ty, place);
                self.dressed(*ty, &text)
            }
            Content::Particles(particle) => {
                // Hand-written contracts for .NET's serializer sort what their SOAP wire carries.
                let sorted = complex.ordinal && self.wire == Wire::Soap;
                let before = std::mem::replace(&mut self.mixed, complex.mixed);
                let text = if sorted { self.sorted(particle, depth) } else { self.particle(particle, depth) };
                self.mixed = before;
                let behind = if complex.mixed || text.is_empty() { "" } else { self.between() };
                format!("{text}{mixed}{behind}")
            }
        }
    }

    fn sorted(&mut self, particle: &Particle, depth: usize) -> String {
        let ParticleKind::Sequence(items) = &particle.kind else { return self.particle(particle, depth) };
        let mut items: Vec<&Particle> = items.iter().collect();
        items.sort_by_key(|item| match &item.kind {
            ParticleKind::Element(element) => (0, element.name.local.clone()),
            _ => (1, Default::default()),
        });
        items.into_iter().map(|item| self.particle(item, depth)).collect()
    }

    fn particle(&mut self, particle: &Particle, depth: usize) -> String {
        let place = std::ptr::from_ref(particle) as usize;
        let (min, max) = (particle.occurs.min, particle.occurs.max.unwrap_or(u32::MAX));
        let most = max.min(min.max(2));
        let times = match self.mode {
            Mode::Smallest => min,
            Mode::Largest if depth <= self.deep() => most,
            Mode::Turns | Mode::Chance if depth <= self.deep() && most > min => {
                min + self.turn(place, 4, (most - min + 1) as usize) as u32
            }
            _ => min,
        };
        let mut out = String::new();
        for _ in 0..times.min(50) {
            if self.stuck {
                break;
            }
            match &particle.kind {
                ParticleKind::Element(element) => {
                    if self.mixed && self.happens(25) {
                        out.push_str("some words ");
                    } else {
                        out.push_str(self.between());
                    }
                    out.push_str(&self.use_of(element, depth));
                }
                ParticleKind::Any(wildcard) => match self.open(wildcard, place, depth) {
                    Some(text) => out.push_str(&text),
                    None => self.stuck |= min > 0,
                },
                ParticleKind::Sequence(items) | ParticleKind::All(items) => {
                    let mut order: Vec<&Particle> = items.iter().collect();
                    if matches!(particle.kind, ParticleKind::All(_)) && self.happens(50) {
                        let shift = self.turn(place, 8, order.len());
                        order.rotate_left(shift);
                    }
                    for item in order {
                        out.push_str(&self.particle(item, depth));
                    }
                }
                ParticleKind::Choice(branches) if branches.is_empty() => {}
                ParticleKind::Choice(branches) => {
                    let index = match self.mode {
                        Mode::Smallest => 0,
                        _ if depth > self.deep() => depth % branches.len(),
                        _ => self.turn(place, 6, branches.len()),
                    };
                    out.push_str(&self.particle(&branches[index], depth));
                }
            }
        }
        out
    }

    /// What a wildcard allows: an element that is declared, where it must be or by chance, and one that is not, where it may be.
    fn open(&mut self, wildcard: &Wildcard, place: usize, depth: usize) -> Option<String> {
        let strict = wildcard.process == ProcessContents::Strict;
        if (strict && self.chance.is_some()) || self.happens(30) {
            let model = self.model;
            let known: Vec<_> = model
                .elements
                .iter()
                .filter(|element| {
                    !element.is_abstract && allows(&wildcard.namespaces, &element.name.ns) && depth <= self.deep()
                })
                .collect();
            if !known.is_empty() {
                let element = known[self.turn(place, 9, known.len())];
                return Some(match &element.fixed {
                    Some(fixed) => {
                        let tag = self.tag(&element.name);
                        format!("<{tag}>{}</{tag}>", escape(fixed))
                    }
                    None => {
                        let says = (element.nillable, element.block);
                        self.element(&element.name, element.ty, says, place, depth + 1)
                    }
                });
            }
        }
        if strict {
            return None;
        }
        if allows(&wildcard.namespaces, "urn:open") {
            return Some("<o:open xmlns:o=\"urn:open\">1</o:open>".to_owned());
        }
        match &wildcard.namespaces {
            NamespaceSet::List(list) => list.first().map(|ns| match ns.as_str() {
                "" => "<undeclared a=\"1\"/>".to_owned(),
                ns => format!("<o:undeclared xmlns:o=\"{}\">1</o:undeclared>", escape(ns)),
            }),
            NamespaceSet::Any | NamespaceSet::Other(_) => None,
        }
    }

    fn use_of(&mut self, element: &ElementUse, depth: usize) -> String {
        let hidden = match element.only {
            Only::All => false,
            Only::Soap => self.wire == Wire::Plain,
            Only::Plain => self.wire == Wire::Soap,
        };
        if hidden {
            return String::new();
        }
        let place = std::ptr::from_ref(element) as usize;
        if let Some(items) = &element.items {
            let tag = self.tag(&element.name);
            return format!("<{tag}>{}</{tag}>", self.particle(items, depth + 1));
        }
        if let Some(head) = element.global {
            return self.substitutable(head, element, place, depth);
        }
        if let Some(fixed) = &element.fixed
            && matches!(self.model[element.ty].kind, TypeKind::Simple(_))
        {
            let tag = self.tag(&element.name);
            return format!("<{tag}>{}</{tag}>", escape(fixed));
        }
        self.element(&element.name, element.ty, (element.nillable, element.block), place, depth + 1)
    }

    fn substitutable(&mut self, head: ElementId, element: &ElementUse, place: usize, depth: usize) -> String {
        let mut elements = self.alternatives.elements(self.model, head);
        elements.retain(|id| !self.model[*id].is_abstract);
        let Some(first) = elements.first().copied() else {
            self.stuck = true;
            return String::new();
        };
        let chosen = if self.varies() { elements[self.turn(place, 7, elements.len())] } else { first };
        let global = &self.model[chosen];
        if let Some(fixed) = &global.fixed {
            let tag = self.tag(&global.name);
            return format!("<{tag}>{}</{tag}>", escape(fixed));
        }
        let nillable = if chosen == head { element.nillable || global.nillable } else { global.nillable };
        self.element(&global.name, global.ty, (nillable, global.block), place, depth + 1)
    }
}

/// Whether an element or attribute of a namespace may stand there.
fn allows(namespaces: &NamespaceSet, ns: &str) -> bool {
    match namespaces {
        NamespaceSet::Any => true,
        NamespaceSet::Other(other) => other != ns && !ns.is_empty(),
        NamespaceSet::List(list) => list.iter().any(|known| known == ns),
    }
}

/// The roots of a model that documents can be made of: messages, details of faults and headers, or a schema's elements.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Root {
    /// Number of the service, operation and what of it: `0.Ping/out`; or `element/` and the name of a schema's.
    pub key: String,
    /// A client sends it.
    pub sent: bool,
    /// A client reads it.
    pub read: bool,
    /// The element.
    pub name: (String, String),
    /// Its type.
    pub ty: TypeId,
    /// It may be nil.
    pub nillable: bool,
}

/// All roots of a model.
pub fn roots(model: &Model) -> Vec<Root> {
    let mut out = Vec::new();
    let mut add = |key: String, (sent, read): (bool, bool), name: &QName, ty: TypeId, nillable: bool| {
        if !name.local.is_empty() {
            out.push(Root { key, sent, read, name: (name.ns.to_string(), name.local.to_string()), ty, nillable });
        }
    };
    for (at, service) in model.services.iter().enumerate() {
        for operation in &service.operations {
            let key = |what: &str| format!("{at}.{}/{what}", operation.name);
            let input = &operation.input;
            add(key("in"), (true, false), &input.element, input.ty, input.nillable);
            if let Some(output) = &operation.output {
                add(key("out"), (false, true), &output.element, output.ty, output.nillable);
            }
            for fault in &operation.faults {
                add(key(&format!("fault/{}", fault.element.local)), (false, true), &fault.element, fault.ty, false);
            }
            for header in &operation.headers {
                add(key(&format!("header/{}", header.element.local)), (true, false), &header.element, header.ty, false);
            }
        }
    }
    if model.services.is_empty() {
        for element in model.elements.iter().filter(|element| !element.is_abstract) {
            add(format!("element/{}", element.name), (true, true), &element.name, element.ty, element.nillable);
        }
    }
    out
}
