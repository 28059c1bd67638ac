//! Content models and attributes by chance.

use super::make::BLOCKS;
use super::make::Maker;
use super::schema::{AttributeUse, Attributes, Body, Complex, Element, Kind, Particle, Ref, Simple, TypeUse};
use super::simple;

/// Stands among the names of content that ends with anything: nothing can be told from that which follows it.
pub const OPEN: &str = "##open";
/// Content is nested at most this deep.
const NESTED: usize = 3;

impl Maker<'_> {
    /// A complex type with content of its own. `at` is its number, where it has one: what is above may hold it again only where it
    /// need not.
    pub fn complex(&mut self, file: usize, at: usize, depth: usize) -> Complex {
        let mut complex = Complex { mixed: self.random.chance(8), ..Complex::default() };
        let particle = self.content(file, at, depth, &mut complex.taken);
        complex.body = if self.random.chance(5) { Body::OfAnyType(particle) } else { Body::Content(particle) };
        complex.attributes = self.attributes(file, &mut complex.taken_attributes);
        complex
    }

    fn content(&mut self, file: usize, at: usize, depth: usize, taken: &mut Vec<String>) -> Option<Particle> {
        match self.random.below(100) {
            0..6 => None,
            6..14 => {
                let items = (0..1 + self.random.below(4)).map(|_| self.element(file, at, depth, taken, true)).collect();
                Some(Particle { min: u32::from(self.random.chance(80)), max: Some(1), kind: Kind::All(items) })
            }
            14..20 => match self.schema.groups.len() {
                0 => Some(self.group(file, at, depth, taken)),
                some => {
                    let id = self.random.below(some);
                    taken.extend(self.group_names[id].clone());
                    let all = matches!(self.schema.groups[id].def.kind, Kind::All(_));
                    let (min, max) = if all { (1, Some(1)) } else { self.occurs() };
                    Some(Particle { min, max, kind: Kind::Group(id) })
                }
            },
            _ => Some(self.group(file, at, depth, taken)),
        }
    }

    /// Content that extends that of a base.
    pub fn more(&mut self, file: usize, at: usize, taken: &mut Vec<String>) -> Option<Particle> {
        if self.random.chance(15) { None } else { Some(self.group(file, at, 1, taken)) }
    }

    fn occurs(&mut self) -> (u32, Option<u32>) {
        match self.random.below(100) {
            0..45 => (1, Some(1)),
            45..65 => (0, Some(1)),
            65..78 => (0, None),
            78..86 => (1, None),
            86..92 => (0, Some(3)),
            92..96 => (2, Some(3)),
            96..98 => (2, None),
            _ => (2, Some(2)),
        }
    }

    /// A sequence or choice.
    pub fn group(&mut self, file: usize, at: usize, depth: usize, taken: &mut Vec<String>) -> Particle {
        let choice = self.random.chance(35);
        let count = match self.random.below(20) {
            0 => 0,
            1..5 => 1,
            _ => 2 + self.random.below(3),
        };
        let mut items: Vec<Particle> = Vec::new();
        for number in 0..count {
            let last = number + 1 == count;
            let item = match self.random.below(100) {
                0..20 if depth < NESTED => self.group(file, at, depth + 1, taken),
                20..26 if last => self.any(file, depth),
                26..32 if !self.schema.groups.is_empty() => {
                    let id = self.random.below(self.schema.groups.len());
                    let names = &self.group_names[id];
                    if matches!(self.schema.groups[id].def.kind, Kind::All(_))
                        || names.iter().any(|name| taken.contains(name))
                    {
                        self.element(file, at, depth, taken, false)
                    } else {
                        taken.extend(names.clone());
                        let (min, max) = self.occurs();
                        Particle { min, max, kind: Kind::Group(id) }
                    }
                }
                // An element of this group once more; what cannot be told apart then is found, and left out.
                38..46 if items.iter().any(|item| matches!(item.kind, Kind::Element(_))) => {
                    let known: Vec<&Particle> =
                        items.iter().filter(|item| matches!(item.kind, Kind::Element(_))).collect();
                    let again = known[self.random.below(known.len())].clone();
                    let (min, max) = self.occurs();
                    Particle { min: if again.min == 0 { 0 } else { min }, max, kind: again.kind }
                }
                // The same element once more, behind something that stands between.
                32..38
                    if !choice
                        && items
                            .first()
                            .is_some_and(|first| matches!(first.kind, Kind::Element(_)) && first.max == Some(1)) =>
                {
                    let between =
                        Particle { min: 1, max: Some(1), ..self.element(file, at.min(1), NESTED, taken, false) };
                    let again = items[0].clone();
                    items.push(between);
                    again
                }
                _ => self.element(file, at, depth, taken, false),
            };
            items.push(item);
        }
        let open = items.iter().any(|item| matches!(&item.kind, Kind::Any(namespaces, _) if namespaces != "##other"));
        if open {
            taken.push(OPEN.to_owned());
        }
        let (min, max) = if open { (1, Some(1)) } else { self.occurs() };
        let kind = if choice && !items.is_empty() { Kind::Choice(items) } else { Kind::Sequence(items) };
        Particle { min, max, kind }
    }

    fn any(&mut self, file: usize, depth: usize) -> Particle {
        let (min, max) = self.occurs();
        // What goes on behind another namespace's elements is told from them; behind those of any, only at the end of everything.
        let namespaces = if depth == 0 { self.namespace(file) } else { "##other".to_owned() };
        Particle { min: min.min(1), max, kind: Kind::Any(namespaces, self.process()) }
    }

    fn namespace(&mut self, file: usize) -> String {
        match self.random.below(10) {
            0..4 => "##other".to_owned(),
            4 => String::new(),
            5 => "##any".to_owned(),
            6 => "##local".to_owned(),
            7 => "##targetNamespace".to_owned(),
            8 => "urn:open ##local".to_owned(),
            _ => {
                let other = self
                    .schema
                    .spaces
                    .iter()
                    .enumerate()
                    .find(|(index, space)| *index != self.schema.space(file) && !space.is_empty());
                other.map_or_else(|| "urn:open".to_owned(), |(_, space)| format!("urn:open {space}"))
            }
        }
    }

    fn process(&mut self) -> &'static str {
        ["lax", "skip", "strict"][self.random.below(3)]
    }

    fn element(&mut self, file: usize, at: usize, depth: usize, taken: &mut Vec<String>, once: bool) -> Particle {
        let (mut min, mut max) = self.occurs();
        if once {
            (min, max) = (min.min(1), Some(1));
        }
        if self.random.chance(15) && !self.schema.elements.is_empty() {
            let id = self.random.below(self.schema.elements.len());
            let global = &self.schema.elements[id];
            // Members of the group may stand there as well, so all of them are taken.
            let group = self.substitutes(id);
            if !group.iter().any(|name| taken.contains(name)) {
                let needs = match global.def.element.ty {
                    TypeUse::Named(Ref::Complex(ty)) => ty >= at,
                    _ => false,
                };
                taken.extend(group);
                return Particle { min: if needs { 0 } else { min }, max, kind: Kind::Ref(id) };
            }
        }
        let name = self.names.fresh(self.random, taken);
        let (ty, samples) = self.of_element(file, at, depth);
        if let TypeUse::Named(Ref::Complex(id)) = ty
            && id >= at
        {
            min = 0;
        }
        let mut rest = Vec::new();
        if self.random.chance(8) {
            rest.push(("form", ["qualified", "unqualified"][self.random.below(2)].to_owned()));
        }
        let value = samples.as_ref().and_then(|samples| self.value(samples));
        match value {
            Some((kind, value)) => {
                rest.push((kind, value));
                if kind == "default" && self.random.chance(15) {
                    rest.push(("nillable", "true".to_owned()));
                }
            }
            None if self.random.chance(15) => rest.push(("nillable", "true".to_owned())),
            None => {}
        }
        if self.random.chance(6) {
            rest.push(("block", BLOCKS[self.random.below(3)].to_owned()));
        }
        Particle { min, max, kind: Kind::Element(Box::new(Element { name, ty, rest })) }
    }

    /// Now and then, a default or fixed value.
    pub fn value(&mut self, samples: &[String]) -> Option<(&'static str, String)> {
        if !self.random.chance(12) {
            return None;
        }
        let value = self.random.pick(samples)?.clone();
        let plain = !value.is_empty()
            && value.trim() == value
            && !value.contains("  ")
            && value != "i1"
            && !value.contains("xs:");
        plain.then(|| (["default", "fixed"][self.random.below(2)], value))
    }

    /// The type of an element: with texts if it is simple.
    pub fn of_element(&mut self, file: usize, at: usize, depth: usize) -> (TypeUse, Option<Vec<String>>) {
        match self.random.below(100) {
            0..45 => {
                let (name, samples) = simple::builtin(self.random);
                // An element of this type is an `ID` for everyone who looks for one.
                let (name, samples) = if name == "ID" { ("token", vec!["abc".to_owned()]) } else { (name, samples) };
                (TypeUse::Named(Ref::Builtin(name)), Some(samples))
            }
            45..62 if !self.schema.simples.is_empty() => self.simple_type(),
            62..90 if self.planned > 0 => (TypeUse::Named(Ref::Complex(self.random.below(self.planned))), None),
            90..93 => {
                let simple = self.anonymous();
                let samples = simple.samples.clone();
                (TypeUse::Simple(Box::new(simple)), Some(samples))
            }
            93..98 if depth < NESTED => (TypeUse::Complex(Box::new(self.complex(file, at, depth + 1))), None),
            98 => (TypeUse::None, None),
            99 => (TypeUse::Named(Ref::Builtin("anyType")), None),
            _ => (TypeUse::Named(Ref::Builtin("string")), Some(vec!["abc".to_owned()])),
        }
    }

    fn anonymous(&mut self) -> Simple {
        let known: Vec<Simple> = self.schema.simples.iter().map(|named| named.def.clone()).collect();
        simple::make(self.random, &known)
    }

    fn simple_type(&mut self) -> (TypeUse, Option<Vec<String>>) {
        let id = self.random.below(self.schema.simples.len());
        (TypeUse::Named(Ref::Simple(id)), Some(self.schema.simples[id].def.samples.clone()))
    }

    /// The type of an attribute, with its texts.
    fn of_attribute(&mut self) -> (TypeUse, Vec<String>) {
        match self.random.below(100) {
            0..40 if !self.schema.simples.is_empty() => {
                let (ty, samples) = self.simple_type();
                (ty, samples.unwrap_or_default())
            }
            40..48 => {
                let simple = self.anonymous();
                let samples = simple.samples.clone();
                (TypeUse::Simple(Box::new(simple)), samples)
            }
            48..52 => (TypeUse::None, vec!["text".to_owned()]),
            _ => {
                let (name, samples) = simple::builtin(self.random);
                // One `ID` to a type is allowed, and two are not.
                if name == "ID" {
                    (TypeUse::Named(Ref::Builtin("string")), samples)
                } else {
                    (TypeUse::Named(Ref::Builtin(name)), samples)
                }
            }
        }
    }

    /// A declaration of an attribute with a name.
    pub fn attribute(&mut self, name: String) -> AttributeUse {
        let (ty, samples) = self.of_attribute();
        let rest = self.value(&samples).into_iter().collect();
        AttributeUse { what: Err(name), ty, rest, samples }
    }

    /// Attributes of a type or group.
    pub fn attributes(&mut self, file: usize, taken: &mut Vec<String>) -> Attributes {
        let mut attributes = Attributes::default();
        if !self.random.chance(45) {
            return attributes;
        }
        for _ in 0..1 + self.random.below(3) {
            if self.random.chance(20) && !self.schema.attributes.is_empty() {
                let id = self.random.below(self.schema.attributes.len());
                let name = self.schema.attributes[id].name.clone();
                if !taken.contains(&name) {
                    taken.push(name);
                    let rest = if self.random.chance(30) { vec![("use", "required".to_owned())] } else { Vec::new() };
                    let samples = self.schema.attributes[id].def.samples.clone();
                    attributes.uses.push(AttributeUse { what: Ok(id), ty: TypeUse::None, rest, samples });
                    continue;
                }
            }
            let name = self.names.fresh(self.random, taken);
            let mut attribute = self.attribute(name);
            if self.random.chance(30) && !attribute.rest.iter().any(|(name, _)| *name == "default") {
                attribute.rest.push(("use", "required".to_owned()));
            }
            if self.random.chance(10) {
                attribute.rest.push(("form", ["qualified", "unqualified"][self.random.below(2)].to_owned()));
            }
            attributes.uses.push(attribute);
        }
        if self.random.chance(20) && !self.schema.attribute_groups.is_empty() {
            let id = self.random.below(self.schema.attribute_groups.len());
            let names = &self.attribute_group_names[id];
            if !names.iter().any(|name| taken.contains(name)) {
                taken.extend(names.clone());
                attributes.groups.push(id);
            }
        }
        if self.random.chance(12) {
            attributes.any = Some((self.namespace(file), self.process()));
        }
        attributes
    }
}

/// A restriction of content: less of what need not be there.
pub fn tighten(random: &mut crate::agreement::random::Random, particle: &Particle) -> Particle {
    let mut tight = particle.clone();
    match &mut tight.kind {
        Kind::Sequence(items) | Kind::All(items) => {
            let mut kept = Vec::new();
            for item in items.iter() {
                if item.min > 0 || random.chance(70) {
                    kept.push(tighten(random, item));
                }
            }
            *items = kept;
        }
        Kind::Choice(items) => {
            let keep = random.below(items.len().max(1));
            let mut kept = Vec::new();
            for (index, item) in items.iter().enumerate() {
                if index == keep || random.chance(70) {
                    kept.push(tighten(random, item));
                }
            }
            *items = kept;
        }
        Kind::Element(_) | Kind::Ref(_) | Kind::Group(_) | Kind::Any(..) => {
            if tight.min == 0 && tight.max != Some(0) && random.chance(25) {
                tight.min = 1;
            }
            if tight.max.is_none() && random.chance(40) {
                tight.max = Some(tight.min.max(2));
            }
        }
    }
    tight
}
