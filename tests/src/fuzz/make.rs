//! Whole schemas by chance.

use super::content::{OPEN, tighten};
use super::names::Names;
use super::schema::{
    AttributeUse, Attributes, Body, Complex, Element, File, Global, Kind, Named, Ref, Schema, Simple, TypeUse,
};
use super::simple;
use crate::agreement::random::Random;

/// What is needed while a schema is made.
#[derive(Debug)]
pub struct Maker<'r> {
    /// Chance.
    pub random: &'r mut Random,
    /// Names.
    pub names: Names,
    /// What there is so far.
    pub schema: Schema,
    /// How many named complex types there will be: content may refer to those to come.
    pub planned: usize,
    /// Names of the elements in each group.
    pub group_names: Vec<Vec<String>>,
    /// Names of the attributes in each attribute group.
    pub attribute_group_names: Vec<Vec<String>>,
}

/// Target namespaces: their last parts name modules and prefixes.
const SPACES: &[&str] = &[
    "urn:a",
    "urn:b",
    "http://example.com/orders",
    "http://example.com/Orders/",
    "http://example.com/v1/types",
    "http://example.com/v2/types",
    "urn:type",
    "urn:self",
    "http://example.com/a?b=c",
    "tag:x,2024:1",
    "http://www.example.org/2024/01/#",
];

/// What elements may say that must not stand in for them. An empty one takes back what the file says.
pub const BLOCKS: &[&str] = &["#all", "extension", "restriction", "substitution", "extension restriction", ""];

/// A schema.
pub fn make(random: &mut Random) -> Schema {
    let names = Names::new(random);
    let mut maker = Maker {
        random,
        names,
        schema: Schema::default(),
        planned: 0,
        group_names: Vec::new(),
        attribute_group_names: Vec::new(),
    };
    maker.files();
    maker.components();
    maker.redefine();
    maker.schema
}

impl Maker<'_> {
    fn files(&mut self) {
        let spaces = [1, 1, 1, 1, 2, 2, 3][self.random.below(7)];
        for _ in 0..spaces {
            let space = if self.random.chance(8) { "" } else { SPACES[self.random.below(SPACES.len())] };
            if !self.schema.spaces.iter().any(|known| known == space) {
                self.schema.spaces.push(space.to_owned());
            }
        }
        for space in 0..self.schema.spaces.len() {
            let first = self.schema.files.len();
            self.file(space, false);
            if self.random.chance(20) {
                let chameleon = !self.schema.spaces[space].is_empty() && self.random.chance(50);
                self.file(space, chameleon);
                self.schema.files[first].includes.push(first + 1);
            }
        }
        let bare = self.random.chance(15)
            && self.schema.spaces.iter().all(|space| !space.is_empty())
            && self.schema.files.iter().all(|file| !file.chameleon);
        for file in &mut self.schema.files {
            file.bare = bare;
        }
    }

    fn file(&mut self, space: usize, chameleon: bool) {
        let mut head = String::new();
        if self.random.chance(60) {
            head.push_str(" elementFormDefault=\"qualified\"");
        }
        if self.random.chance(15) {
            head.push_str(" attributeFormDefault=\"qualified\"");
        }
        if self.random.chance(10) {
            let block = BLOCKS[self.random.below(BLOCKS.len())];
            head.push_str(&format!(" blockDefault=\"{block}\""));
        }
        let name = format!("s{}.xsd", self.schema.files.len());
        self.schema.files.push(File { name, space, chameleon, head, ..File::default() });
    }

    /// A file for the next component. What is made of others may stand anywhere.
    fn somewhere(&mut self) -> usize {
        self.random.below(self.schema.files.len())
    }

    /// A name that no component of this kind in the same namespace has.
    fn name<T>(&mut self, file: usize, of: fn(&Schema) -> &Vec<Named<T>>) -> String {
        let space = self.schema.space(file);
        let mut taken: Vec<String> = of(&self.schema)
            .iter()
            .filter(|item| self.schema.space(item.file) == space)
            .map(|item| item.name.clone())
            .collect();
        self.names.fresh(self.random, &mut taken)
    }

    fn components(&mut self) {
        for _ in 0..self.random.below(5) {
            let file = self.somewhere();
            // Simple and complex types share their names, and none of the latter is there yet.
            let name = self.name(file, |schema| &schema.simples);
            let known: Vec<Simple> = self.schema.simples.iter().map(|named| named.def.clone()).collect();
            let def = simple::make(self.random, &known);
            self.schema.simples.push(Named { name, file, def });
        }
        for _ in 0..self.random.below(3) {
            let file = self.somewhere();
            let name = self.name(file, |schema| &schema.attributes);
            let def = self.attribute(name.clone());
            self.schema.attributes.push(Named { name, file, def });
        }
        for _ in 0..self.random.below(2) {
            let file = self.somewhere();
            let name = self.name(file, |schema| &schema.attribute_groups);
            let mut taken = Vec::new();
            let def = self.attributes(file, &mut taken);
            self.schema.attribute_groups.push(Named { name, file, def });
            self.attribute_group_names.push(taken);
        }
        self.planned = 1 + self.random.below(5);
        for _ in 0..self.random.below(2) {
            let file = self.somewhere();
            let name = self.name(file, |schema| &schema.groups);
            let mut taken = Vec::new();
            let mut def = self.group(file, 0, 1, &mut taken);
            // The group itself says no number; whoever refers to it does.
            (def.min, def.max) = (1, Some(1));
            self.schema.groups.push(Named { name, file, def });
            self.group_names.push(taken);
        }
        // Elements of simple types and of types to come, so that content can refer to them.
        for _ in 0..self.random.below(3) {
            self.global(usize::MAX);
        }
        for at in 0..self.planned {
            let (file, def) = self.named_complex(at);
            let space = self.schema.space(file);
            let mut taken: Vec<String> = Vec::new();
            let simples = self.schema.simples.iter().map(|item| (item.file, &item.name));
            let complexes = self.schema.complexes.iter().map(|item| (item.file, &item.name));
            for (file, name) in simples.chain(complexes) {
                if self.schema.space(file) == space {
                    taken.push(name.clone());
                }
            }
            let name = self.names.fresh(self.random, &mut taken);
            self.schema.complexes.push(Named { name, file, def });
        }
        for _ in 0..1 + self.random.below(3) {
            self.global(self.planned);
        }
    }

    /// A global element; the substitution group may be that of an earlier one.
    fn global(&mut self, done: usize) {
        let file = self.somewhere();
        let name = self.name(file, |schema| &schema.elements);
        let (mut ty, mut samples) = match self.random.below(10) {
            0..6 => (TypeUse::Named(Ref::Complex(self.random.below(self.planned))), None),
            _ => self.of_element(file, 0, 0),
        };
        let mut head = None;
        if self.random.chance(40) && !self.schema.elements.is_empty() {
            let id = self.random.below(self.schema.elements.len());
            // The same type, or one derived from it, or none, which is the same again.
            let own = match &self.schema.elements[id].def.element.ty {
                TypeUse::Named(Ref::Complex(base)) => {
                    let derived: Vec<usize> =
                        (0..self.schema.complexes.len()).filter(|ty| self.is_derived(*ty, *base)).collect();
                    let ty = self.random.pick(&derived).copied().unwrap_or(*base);
                    Some(TypeUse::Named(Ref::Complex(ty)))
                }
                TypeUse::Named(ty @ (Ref::Simple(_) | Ref::Builtin(_))) => Some(TypeUse::Named(*ty)),
                TypeUse::None if done != usize::MAX => Some(ty.clone()),
                _ => None,
            };
            if let Some(own) = own {
                ty = if self.random.chance(30) { TypeUse::None } else { own };
                samples = None;
                head = Some(id);
            }
        }
        let mut rest = Vec::new();
        if self.random.chance(12) {
            rest.push(("nillable", "true".to_owned()));
        } else if let Some((kind, value)) = samples.as_ref().and_then(|samples| self.value(samples)) {
            rest.push((kind, value));
        }
        if head.is_none() && self.random.chance(10) {
            rest.push(("abstract", "true".to_owned()));
        }
        if self.random.chance(12) {
            rest.push(("block", BLOCKS[self.random.below(BLOCKS.len())].to_owned()));
        }
        self.schema.elements.push(Named {
            name: name.clone(),
            file,
            def: Global { element: Element { name, ty, rest }, head },
        });
    }

    fn is_derived(&self, ty: usize, from: usize) -> bool {
        let mut at = ty;
        loop {
            if at == from {
                return true;
            }
            at = match &self.schema.complexes[at].def.body {
                Body::Extension(base, _) | Body::Restriction(base, _) | Body::SimpleRestriction(base, _) => *base,
                Body::SimpleExtension(Ref::Complex(base)) => *base,
                _ => return false,
            };
        }
    }

    /// The names of everything that may stand where an element is referred to.
    pub fn substitutes(&self, id: usize) -> Vec<String> {
        let mut found = vec![id];
        let mut at = 0;
        while at < found.len() {
            let more = self.schema.elements.iter().enumerate().filter(|(_, item)| item.def.head == Some(found[at]));
            let more: Vec<usize> = more.map(|(id, _)| id).filter(|id| !found.contains(id)).collect();
            found.extend(more);
            at += 1;
        }
        found.into_iter().map(|id| self.schema.elements[id].name.clone()).collect()
    }

    fn named_complex(&mut self, at: usize) -> (usize, Complex) {
        let file = self.somewhere();
        let bases = self.schema.complexes.len();
        let mut complex = match self.random.below(100) {
            0..12 => {
                let base = match self.random.below(3) {
                    0 if !self.schema.simples.is_empty() => Ref::Simple(self.random.below(self.schema.simples.len())),
                    _ => Ref::Builtin(loop {
                        let (name, _) = simple::builtin(self.random);
                        if name != "ID" {
                            break name;
                        }
                    }),
                };
                let mut complex = Complex { body: Body::SimpleExtension(base), ..Complex::default() };
                complex.attributes = self.attributes(file, &mut complex.taken_attributes);
                complex
            }
            12..55 if bases > 0 => {
                let id = self.random.below(bases);
                match self.derive(id, file, at) {
                    Some(derived) => return derived,
                    None => self.complex(file, at, 0),
                }
            }
            _ => self.complex(file, at, 0),
        };
        if self.random.chance(12) {
            complex.is_abstract = true;
            complex.head.push_str(" abstract=\"true\"");
        }
        if self.random.chance(10) {
            let heads = [" block=\"extension\"", " block=\"restriction\"", " block=\"#all\"", " final=\"restriction\""];
            complex.head.push_str(heads[self.random.below(heads.len())]);
        }
        (file, complex)
    }

    fn derive(&mut self, id: usize, file: usize, at: usize) -> Option<(usize, Complex)> {
        let base = self.schema.complexes[id].clone();
        let mut complex = Complex {
            mixed: base.def.mixed,
            taken: base.def.taken.clone(),
            taken_attributes: base.def.taken_attributes.clone(),
            ..Complex::default()
        };
        match &base.def.body {
            Body::SimpleExtension(_) | Body::SimpleRestriction(..) => {
                complex.body = if self.random.chance(70) {
                    Body::SimpleExtension(Ref::Complex(id))
                } else {
                    Body::SimpleRestriction(id, Vec::new())
                };
                if matches!(complex.body, Body::SimpleExtension(_)) {
                    complex.attributes = self.attributes(file, &mut complex.taken_attributes);
                }
            }
            Body::Content(Some(particle)) | Body::OfAnyType(Some(particle)) if self.random.chance(30) => {
                // What is restricted is said again, and in another namespace it would be something else.
                let tight = tighten(self.random, particle);
                complex.attributes = self.fewer(&base.def.attributes);
                complex.body = Body::Restriction(id, Some(tight));
                return Some((base.file, complex));
            }
            Body::Content(particle) | Body::OfAnyType(particle) | Body::Extension(_, particle) => {
                let all = |particle: &Option<super::schema::Particle>| {
                    particle.as_ref().is_some_and(|particle| matches!(particle.kind, Kind::All(_) | Kind::Group(_)))
                };
                let ends = base.def.taken.iter().any(|name| name == OPEN);
                let more = if all(particle) || ends { None } else { self.more(file, at, &mut complex.taken) };
                complex.attributes = self.attributes(file, &mut complex.taken_attributes);
                complex.body = Body::Extension(id, more);
            }
            Body::Restriction(..) => return None,
        }
        Some((file, complex))
    }

    /// Attributes of a restriction: some must be there, some must not.
    fn fewer(&mut self, base: &Attributes) -> Attributes {
        let mut fewer = Attributes::default();
        for attribute in &base.uses {
            let has = |wanted: &str| attribute.rest.iter().any(|(name, _)| *name == wanted);
            if has("use") {
                continue;
            }
            let rest = |how: &str| -> Vec<(&'static str, String)> {
                let kept = attribute
                    .rest
                    .iter()
                    .filter(|(name, _)| *name != "default" && (how != "prohibited" || *name != "fixed"));
                kept.cloned().chain([("use", how.to_owned())]).collect()
            };
            match self.random.below(4) {
                0 => fewer.uses.push(AttributeUse { rest: rest("required"), ..attribute.clone() }),
                1 => fewer.uses.push(AttributeUse { rest: rest("prohibited"), ..attribute.clone() }),
                _ => {}
            }
        }
        fewer
    }

    /// One complex type gets more where it is included.
    fn redefine(&mut self) {
        if !self.random.chance(5) {
            return;
        }
        let Some(file) = self.schema.files.iter().position(|file| !file.includes.is_empty()) else { return };
        let other = self.schema.files[file].includes[0];
        let found = self.schema.complexes.iter().enumerate().find(|(_, item)| {
            item.file == other
                && matches!(&item.def.body, Body::Content(Some(particle)) if matches!(particle.kind, Kind::Sequence(_)))
        });
        let Some((id, item)) = found else { return };
        let base = self.schema.type_name(file, Ref::Complex(id));
        let prefix = if self.schema.files[file].bare { "" } else { "xs:" };
        let inner = format!(
            "<{prefix}complexType name=\"{}\"><{prefix}complexContent><{prefix}extension base=\"{base}\"><{prefix}sequence>\
             <{prefix}element name=\"redefined\" type=\"{}\"/></{prefix}sequence></{prefix}extension></{prefix}complexContent></{prefix}complexType>\n",
            item.name,
            self.schema.type_name(file, Ref::Builtin("int"))
        );
        self.schema.files[file].includes.clear();
        self.schema.files[file].redefine = Some((other, inner));
    }
}
