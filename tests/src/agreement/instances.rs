//! Documents of a contract: the smallest, the largest, and as many as it takes to meet every possibility once.
//!
//! Made from the model, and independent of what is generated from it. Possibilities are: absent or there, one or two, nil or a value,
//! each branch of a choice, each type that may stand in for another, each member of a substitution group, each value that
//! [`super::lexical`] knows of a type.

use std::collections::BTreeMap;

use bindery_codegen::model::{
    Attribute, Builtin, Complex, Content, ElementId, ElementUse, Layout, Model, NamespaceSet, Only, Particle,
    ParticleKind, ProcessContents, QName, SimpleKind, TypeId, TypeKind,
};

use super::{edit::escape, lexical};

/// Documents of one root are at most this many.
const MOST: usize = 48;
/// Deeper than this, only what must be there is.
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
}

/// Makes documents of a model, which has been through the `flatten` pass and no other.
pub struct Instances<'m> {
    model: &'m Model,
    wire: Wire,
    derived: BTreeMap<TypeId, Vec<TypeId>>,
    substitutes: BTreeMap<ElementId, Vec<ElementId>>,
    mode: Mode,
    /// How often each place with possibilities was met, and how many it has. Addresses stand for places; nothing goes by their order.
    turns: BTreeMap<(usize, u8), (usize, usize)>,
    values: BTreeMap<TypeId, Vec<String>>,
    namespaces: Vec<String>,
    ids: usize,
    elements: usize,
    stuck: bool,
}

impl<'m> Instances<'m> {
    /// Documents of this model on this wire.
    pub fn new(model: &'m Model, wire: Wire) -> Self {
        let mut derived: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
        for id in model.type_ids() {
            if let TypeKind::Complex(Complex { derivation: Some(derivation), .. }) = &model[id].kind {
                derived.entry(derivation.base).or_default().push(id);
            }
        }
        let mut substitutes: BTreeMap<ElementId, Vec<ElementId>> = BTreeMap::new();
        for id in model.element_ids() {
            if let Some(head) = model[id].substitutes {
                substitutes.entry(head).or_default().push(id);
            }
        }
        Self {
            model,
            wire,
            derived,
            substitutes,
            mode: Mode::Smallest,
            turns: BTreeMap::new(),
            values: BTreeMap::new(),
            namespaces: Vec::new(),
            ids: 0,
            elements: 0,
            stuck: false,
        }
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
        out
    }

    fn document(&mut self, name: &QName, ty: TypeId, nillable: bool) -> Option<String> {
        (self.namespaces, self.ids, self.elements, self.stuck) = (Vec::new(), 0, 0, false);
        let text = self.element(name, ty, nillable, 0, 0);
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
        let entry = self.turns.entry((place, kind)).or_insert((0, of));
        let now = entry.0;
        entry.0 += 1;
        now % of.max(1)
    }

    fn tag(&mut self, name: &QName) -> String {
        if name.ns.is_empty() || self.wire == Wire::Plain {
            return name.local.clone();
        }
        let index = self.namespaces.iter().position(|ns| *ns == name.ns).unwrap_or_else(|| {
            self.namespaces.push(name.ns.clone());
            self.namespaces.len() - 1
        });
        format!("n{index}:{}", name.local)
    }

    fn element(&mut self, name: &QName, ty: TypeId, nillable: bool, place: usize, depth: usize) -> String {
        self.elements += 1;
        if self.stuck || depth > BOTTOMLESS || self.elements > LARGEST {
            self.stuck = true;
            return String::new();
        }
        let tag = self.tag(name);
        let nil = nillable && self.mode == Mode::Turns && depth > 0 && self.turn(place, 0, 2) == 1;
        let model = self.model;
        match &model[ty].kind {
            TypeKind::Simple(simple) => {
                if nil {
                    return format!("<{tag} xsi:nil=\"true\"/>");
                }
                // Anything may be elements as well; text is enough to tell whether it is kept.
                let any = matches!(simple.kind, SimpleKind::Builtin(Builtin::AnyType | Builtin::Xml));
                let text = if any { "anything".to_owned() } else { self.text(ty, place) };
                format!("<{tag}>{}</{tag}>", escape(&text))
            }
            TypeKind::Complex(complex) => {
                let (chosen, mut attributes) = self.standing_in(ty, complex, place);
                let TypeKind::Complex(complex) = &model[chosen].kind else { return String::new() };
                for attribute in complex.attributes.iter().filter(|attribute| !attribute.prohibited) {
                    attributes.push_str(&self.attribute(attribute, depth));
                }
                if let Some(wildcard) = &complex.any_attribute
                    && allows_open(&wildcard.namespaces)
                    && wildcard.process != ProcessContents::Strict
                    && self.mode == Mode::Turns
                    && self.turn(std::ptr::from_ref(complex) as usize, 5, 2) == 1
                {
                    attributes.push_str(" o:open=\"1\" xmlns:o=\"urn:open\"");
                }
                if nil {
                    return format!("<{tag}{attributes} xsi:nil=\"true\"/>");
                }
                let content = self.content(complex, depth);
                format!("<{tag}{attributes}>{content}</{tag}>")
            }
        }
    }

    /// The type that an element has, which may be derived from the one declared, and how it says so.
    fn standing_in(&mut self, ty: TypeId, complex: &Complex, place: usize) -> (TypeId, String) {
        if complex.layout != Layout::Xml {
            return (ty, String::new());
        }
        let mut types = Vec::new();
        let mut todo = vec![ty];
        while let Some(id) = todo.pop() {
            if !types.contains(&id) {
                types.push(id);
                todo.extend(self.derived.get(&id).into_iter().flatten());
            }
        }
        let model = self.model;
        types.retain(|id| {
            matches!(&model[*id].kind, TypeKind::Complex(complex) if !complex.is_abstract)
                && (*id == ty || model[*id].name.given().is_some())
        });
        let Some(first) = types.first().copied() else {
            self.stuck = true;
            return (ty, String::new());
        };
        let chosen = if self.mode == Mode::Turns { types[self.turn(place, 1, types.len())] } else { first };
        let given = model[chosen].name.given().filter(|_| chosen != ty);
        let says = given.map_or_else(String::new, |name| format!(" xsi:type=\"{}\"", self.tag(name)));
        (chosen, says)
    }

    fn attribute(&mut self, attribute: &Attribute, depth: usize) -> String {
        let place = std::ptr::from_ref(attribute) as usize;
        let there = attribute.required
            || match self.mode {
                Mode::Smallest => false,
                Mode::Largest => true,
                Mode::Turns => depth <= DEEP && self.turn(place, 2, 2) == 1,
            };
        if !there {
            return String::new();
        }
        let value = match &attribute.fixed {
            Some(fixed) => fixed.clone(),
            None => self.text(attribute.ty, place),
        };
        let name = self.tag(&attribute.name);
        // The prefix of this one is not declared but known.
        let name = if attribute.name.ns == "http://www.w3.org/XML/1998/namespace" {
            format!("xml:{}", attribute.name.local)
        } else {
            name
        };
        format!(" {name}=\"{}\"", escape(&value))
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
        let index = if self.mode == Mode::Turns { self.turn(place, 3, known) } else { 0 };
        self.values[&ty][index].clone()
    }

    fn content(&mut self, complex: &Complex, depth: usize) -> String {
        let place = std::ptr::from_ref(complex) as usize;
        let mixed = if complex.mixed && self.mode != Mode::Smallest { "words" } else { "" };
        match &complex.content {
            Content::Empty => mixed.to_owned(),
            Content::Text(ty) => escape(&self.text(*ty, place)),
            Content::Particles(particle) => {
                // Hand-written contracts for .NET's serializer sort what their SOAP wire carries.
                let sorted = complex.ordinal && self.wire == Wire::Soap;
                let text = if sorted { self.sorted(particle, depth) } else { self.particle(particle, depth) };
                format!("{text}{mixed}")
            }
        }
    }

    fn sorted(&mut self, particle: &Particle, depth: usize) -> String {
        let ParticleKind::Sequence(items) = &particle.kind else { return self.particle(particle, depth) };
        let mut items: Vec<&Particle> = items.iter().collect();
        items.sort_by_key(|item| match &item.kind {
            ParticleKind::Element(element) => (0, element.name.local.clone()),
            _ => (1, String::new()),
        });
        items.into_iter().map(|item| self.particle(item, depth)).collect()
    }

    fn particle(&mut self, particle: &Particle, depth: usize) -> String {
        let place = std::ptr::from_ref(particle) as usize;
        let (min, max) = (particle.occurs.min, particle.occurs.max.unwrap_or(u32::MAX));
        let most = max.min(min.max(2));
        let times = match self.mode {
            Mode::Smallest => min,
            Mode::Largest if depth <= DEEP => most,
            Mode::Turns if depth <= DEEP && most > min => min + self.turn(place, 4, (most - min + 1) as usize) as u32,
            _ => min,
        };
        let mut out = String::new();
        for _ in 0..times.min(50) {
            if self.stuck {
                break;
            }
            match &particle.kind {
                ParticleKind::Element(element) => out.push_str(&self.use_of(element, depth)),
                ParticleKind::Any(wildcard) => {
                    if wildcard.process == ProcessContents::Strict || !allows_open(&wildcard.namespaces) {
                        if min > 0 {
                            self.stuck = true;
                        }
                    } else {
                        out.push_str("<o:open xmlns:o=\"urn:open\">1</o:open>");
                    }
                }
                ParticleKind::Sequence(items) | ParticleKind::All(items) => {
                    for item in items {
                        out.push_str(&self.particle(item, depth));
                    }
                }
                ParticleKind::Choice(branches) if branches.is_empty() => {}
                ParticleKind::Choice(branches) => {
                    let index = match self.mode {
                        Mode::Smallest => 0,
                        _ if depth > DEEP => depth % branches.len(),
                        _ => self.turn(place, 6, branches.len()),
                    };
                    out.push_str(&self.particle(&branches[index], depth));
                }
            }
        }
        out
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
        self.element(&element.name, element.ty, element.nillable, place, depth + 1)
    }

    fn substitutable(&mut self, head: ElementId, element: &ElementUse, place: usize, depth: usize) -> String {
        let mut elements = Vec::new();
        let mut todo = vec![head];
        while let Some(id) = todo.pop() {
            if !elements.contains(&id) {
                elements.push(id);
                todo.extend(self.substitutes.get(&id).into_iter().flatten());
            }
        }
        elements.retain(|id| !self.model[*id].is_abstract);
        let Some(first) = elements.first().copied() else {
            self.stuck = true;
            return String::new();
        };
        let chosen = if self.mode == Mode::Turns { elements[self.turn(place, 7, elements.len())] } else { first };
        let global = &self.model[chosen];
        if let Some(fixed) = &global.fixed {
            let tag = self.tag(&global.name);
            return format!("<{tag}>{}</{tag}>", escape(fixed));
        }
        let nillable = if chosen == head { element.nillable || global.nillable } else { global.nillable };
        self.element(&global.name, global.ty, nillable, place, depth + 1)
    }
}

/// Whether an element or attribute of `urn:open` may stand there.
fn allows_open(namespaces: &NamespaceSet) -> bool {
    match namespaces {
        NamespaceSet::Any | NamespaceSet::Other(_) => true,
        NamespaceSet::List(list) => list.iter().any(|ns| ns == "urn:open"),
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
            out.push(Root { key, sent, read, name: (name.ns.clone(), name.local.clone()), ty, nillable });
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
