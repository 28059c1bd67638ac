//! A schema as a tree, and as text.

use std::fmt::Write as _;

use crate::agreement::edit::escape;

/// Everything of one case: components by number, in files.
#[derive(Debug, Default)]
pub struct Schema {
    /// Target namespaces; an empty one is none.
    pub spaces: Vec<String>,
    /// Files; the first is where reading starts.
    pub files: Vec<File>,
    /// Named simple types.
    pub simples: Vec<Named<Simple>>,
    /// Named complex types.
    pub complexes: Vec<Named<Complex>>,
    /// Global elements.
    pub elements: Vec<Named<Global>>,
    /// Global attributes.
    pub attributes: Vec<Named<AttributeUse>>,
    /// Model groups.
    pub groups: Vec<Named<Particle>>,
    /// Attribute groups.
    pub attribute_groups: Vec<Named<Attributes>>,
}

/// A schema document.
#[derive(Debug, Default)]
pub struct File {
    /// What it is called.
    pub name: String,
    /// Number of the namespace that its components end up in.
    pub space: usize,
    /// It names no target namespace, and has that of whoever includes it.
    pub chameleon: bool,
    /// Files of the same namespace that it includes.
    pub includes: Vec<usize>,
    /// Attributes of the `schema` element.
    pub head: String,
    /// XML Schema's own namespace has no prefix.
    pub bare: bool,
    /// A file that it redefines, with what it says about it.
    pub redefine: Option<(usize, String)>,
}

/// A component with a name.
#[derive(Debug, Clone)]
pub struct Named<T> {
    /// Local name.
    pub name: String,
    /// Number of the file.
    pub file: usize,
    /// The component.
    pub def: T,
}

/// A named type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ref {
    /// One of XML Schema's own.
    Builtin(&'static str),
    /// By number.
    Simple(usize),
    /// By number.
    Complex(usize),
}

/// The type of an element, attribute or base.
#[derive(Debug, Clone)]
pub enum TypeUse {
    /// Not given.
    None,
    /// By name.
    Named(Ref),
    /// Where it is used.
    Simple(Box<Simple>),
    /// Where it is used.
    Complex(Box<Complex>),
}

/// A simple type.
#[derive(Debug, Clone)]
pub struct Simple {
    /// How it is made.
    pub made: Made,
    /// Facets in order.
    pub facets: Vec<(&'static str, String)>,
    /// Texts that it allows.
    pub samples: Vec<String>,
    /// The built-in type at the bottom; `list` and `union` for those.
    pub base: &'static str,
}

/// How a simple type is made.
#[derive(Debug, Clone)]
#[allow(missing_docs)] // the names are XSD's own
pub enum Made {
    Restriction(TypeUse),
    List(TypeUse),
    Union(Vec<Ref>, Vec<Simple>),
}

/// A complex type.
#[derive(Debug, Clone, Default)]
pub struct Complex {
    /// Attributes of the `complexType` element: `abstract`, `block`.
    pub head: String,
    /// It is abstract.
    pub is_abstract: bool,
    /// Text may stand between elements.
    pub mixed: bool,
    /// Content.
    pub body: Body,
    /// Attributes.
    pub attributes: Attributes,
    /// Names of elements in the content, inherited ones included.
    pub taken: Vec<String>,
    /// Names of attributes, inherited ones included.
    pub taken_attributes: Vec<String>,
    /// Values of simple content.
    pub samples: Vec<String>,
}

/// Content of a complex type.
#[derive(Debug, Clone)]
#[allow(missing_docs)] // the names are XSD's own
pub enum Body {
    Content(Option<Particle>),
    /// The same, written as a restriction of `anyType`.
    OfAnyType(Option<Particle>),
    SimpleExtension(Ref),
    SimpleRestriction(usize, Vec<(&'static str, String)>),
    Extension(usize, Option<Particle>),
    Restriction(usize, Option<Particle>),
}

impl Default for Body {
    fn default() -> Self {
        Self::Content(None)
    }
}

/// Attributes of a complex type or an attribute group.
#[derive(Debug, Clone, Default)]
pub struct Attributes {
    /// Declarations and references.
    pub uses: Vec<AttributeUse>,
    /// Attribute groups.
    pub groups: Vec<usize>,
    /// Namespaces and processing of a wildcard.
    pub any: Option<(String, &'static str)>,
}

/// An attribute where it is used, or a global one.
#[derive(Debug, Clone)]
pub struct AttributeUse {
    /// A global attribute, by number, or a name.
    pub what: Result<usize, String>,
    /// Its type.
    pub ty: TypeUse,
    /// `use`, `form`, `default`, `fixed`.
    pub rest: Vec<(&'static str, String)>,
    /// Values that it allows.
    pub samples: Vec<String>,
}

/// A particle.
#[derive(Debug, Clone)]
pub struct Particle {
    /// At least.
    pub min: u32,
    /// At most.
    pub max: Option<u32>,
    /// What.
    pub kind: Kind,
}

/// What a particle is.
#[derive(Debug, Clone)]
#[allow(missing_docs)] // the names are XSD's own
pub enum Kind {
    Element(Box<Element>),
    Ref(usize),
    Group(usize),
    Sequence(Vec<Particle>),
    Choice(Vec<Particle>),
    All(Vec<Particle>),
    Any(String, &'static str),
}

/// A local element.
#[derive(Debug, Clone)]
pub struct Element {
    /// Local name.
    pub name: String,
    /// Its type.
    pub ty: TypeUse,
    /// `form`, `nillable`, `default`, `fixed`, `block`.
    pub rest: Vec<(&'static str, String)>,
}

/// A global element.
#[derive(Debug, Clone)]
pub struct Global {
    /// As a local one.
    pub element: Element,
    /// Head of its substitution group.
    pub head: Option<usize>,
}

impl Schema {
    /// The namespace that a component of a file is in.
    pub fn space(&self, file: usize) -> usize {
        self.files[file].space
    }

    /// A prefixed name, as it is written in a file.
    fn name(&self, from: usize, of: usize, local: &str) -> String {
        let space = self.space(of);
        if self.spaces[space].is_empty() || (self.files[from].chameleon && space == self.space(from)) {
            local.to_owned()
        } else {
            format!("n{space}:{local}")
        }
    }

    /// A type's name, as it is written in a file.
    pub fn type_name(&self, from: usize, ty: Ref) -> String {
        match ty {
            Ref::Builtin(name) if self.files[from].bare => name.to_owned(),
            Ref::Builtin(name) => format!("xs:{name}"),
            Ref::Simple(id) => self.name(from, self.simples[id].file, &self.simples[id].name),
            Ref::Complex(id) => self.name(from, self.complexes[id].file, &self.complexes[id].name),
        }
    }

    /// The files as text, by name.
    pub fn print(&self) -> Vec<(String, String)> {
        (0..self.files.len()).map(|file| (self.files[file].name.clone(), self.document(file))).collect()
    }

    fn document(&self, number: usize) -> String {
        let file = &self.files[number];
        let mut printer = Printer { schema: self, file: number, out: String::new(), depth: 0 };
        let declared = if file.bare { "xmlns" } else { "xmlns:xs" };
        let mut head = format!("{declared}=\"http://www.w3.org/2001/XMLSchema\"{}", file.head);
        if !file.chameleon && !self.spaces[file.space].is_empty() {
            let _ = write!(head, " targetNamespace=\"{}\"", escape(&self.spaces[file.space]));
        }
        for (index, space) in self.spaces.iter().enumerate().filter(|(_, space)| !space.is_empty()) {
            let _ = write!(head, " xmlns:n{index}=\"{}\"", escape(space));
        }
        printer.open("schema", &head);
        for included in &file.includes {
            printer.leaf("include", &format!("schemaLocation=\"{}\"", self.files[*included].name));
        }
        if let Some((other, inner)) = &file.redefine {
            printer.open("redefine", &format!("schemaLocation=\"{}\"", self.files[*other].name));
            printer.out.push_str(inner);
            printer.close("redefine");
        }
        for (index, space) in self.spaces.iter().enumerate().filter(|(index, _)| *index != file.space) {
            // The first file of a namespace includes the others.
            let Some(first) = self.files.iter().find(|file| file.space == index) else { continue };
            let location = format!("schemaLocation=\"{}\"", first.name);
            let ns = if space.is_empty() { String::new() } else { format!("namespace=\"{}\" ", escape(space)) };
            printer.leaf("import", &format!("{ns}{location}"));
        }
        for item in self.simples.iter().filter(|item| item.file == number) {
            printer.simple(&item.def, &format!("name=\"{}\"", item.name));
        }
        for item in self.attributes.iter().filter(|item| item.file == number) {
            printer.attribute(&item.def);
        }
        for item in self.attribute_groups.iter().filter(|item| item.file == number) {
            printer.open("attributeGroup", &format!("name=\"{}\"", item.name));
            printer.attributes(&item.def);
            printer.close("attributeGroup");
        }
        for item in self.groups.iter().filter(|item| item.file == number) {
            printer.open("group", &format!("name=\"{}\"", item.name));
            printer.particle(&item.def);
            printer.close("group");
        }
        for item in self.complexes.iter().filter(|item| item.file == number) {
            printer.complex(&item.def, &format!("name=\"{}\"", item.name));
        }
        for item in self.elements.iter().filter(|item| item.file == number) {
            let head = item.def.head.map_or_else(String::new, |head| {
                let head = &self.elements[head];
                format!(" substitutionGroup=\"{}\"", self.name(number, head.file, &head.name))
            });
            printer.element(&item.def.element, &head);
        }
        printer.close("schema");
        printer.out
    }
}

struct Printer<'s> {
    schema: &'s Schema,
    file: usize,
    out: String,
    depth: usize,
}

impl Printer<'_> {
    fn tag(&self, name: &str) -> String {
        if self.schema.files[self.file].bare { name.to_owned() } else { format!("xs:{name}") }
    }

    fn line(&mut self, text: &str) {
        let _ = writeln!(self.out, "{}{text}", "  ".repeat(self.depth));
    }

    fn open(&mut self, name: &str, rest: &str) {
        let rest = if rest.is_empty() { String::new() } else { format!(" {}", rest.trim_start()) };
        self.line(&format!("<{}{rest}>", self.tag(name)));
        self.depth += 1;
    }

    fn close(&mut self, name: &str) {
        self.depth -= 1;
        self.line(&format!("</{}>", self.tag(name)));
    }

    fn leaf(&mut self, name: &str, rest: &str) {
        let rest = if rest.is_empty() { String::new() } else { format!(" {}", rest.trim_start()) };
        self.line(&format!("<{}{rest}/>", self.tag(name)));
    }

    fn named(&self, ty: &TypeUse) -> Option<String> {
        if let TypeUse::Named(ty) = ty { Some(self.schema.type_name(self.file, *ty)) } else { None }
    }

    /// A type written where it is used.
    fn inner(&mut self, ty: &TypeUse) {
        match ty {
            TypeUse::Simple(simple) => self.simple(simple, ""),
            TypeUse::Complex(complex) => self.complex(complex, ""),
            TypeUse::None | TypeUse::Named(_) => {}
        }
    }

    fn facets(&mut self, facets: &[(&str, String)]) {
        for (name, value) in facets {
            self.leaf(name, &format!("value=\"{}\"", escape(value)));
        }
    }

    fn simple(&mut self, simple: &Simple, head: &str) {
        self.open("simpleType", head);
        match &simple.made {
            Made::Restriction(base) => {
                let named = self.named(base).map_or_else(String::new, |name| format!("base=\"{name}\""));
                self.open("restriction", &named);
                self.inner(base);
                self.facets(&simple.facets);
                self.close("restriction");
            }
            Made::List(item) => {
                let named = self.named(item).map_or_else(String::new, |name| format!("itemType=\"{name}\""));
                self.open("list", &named);
                self.inner(item);
                self.close("list");
            }
            Made::Union(members, inner) => {
                let names: Vec<String> =
                    members.iter().map(|member| self.schema.type_name(self.file, *member)).collect();
                let named =
                    if names.is_empty() { String::new() } else { format!("memberTypes=\"{}\"", names.join(" ")) };
                self.open("union", &named);
                for member in inner {
                    self.simple(member, "");
                }
                self.close("union");
            }
        }
        self.close("simpleType");
    }

    fn complex(&mut self, complex: &Complex, head: &str) {
        // On `complexContent`, where there is one, `mixed` may stand as well; the older place is the common one.
        let mixed = if complex.mixed { " mixed=\"true\"" } else { "" };
        self.open("complexType", &format!("{head}{}{mixed}", complex.head));
        match &complex.body {
            Body::Content(particle) => {
                self.content(particle.as_ref());
                self.attributes(&complex.attributes);
            }
            Body::OfAnyType(particle) => {
                let any = self.schema.type_name(self.file, Ref::Builtin("anyType"));
                self.derived("complexContent", "restriction", &any, particle.as_ref(), &[], &complex.attributes);
            }
            Body::SimpleExtension(base) => {
                let base = self.schema.type_name(self.file, *base);
                self.derived("simpleContent", "extension", &base, None, &[], &complex.attributes);
            }
            Body::SimpleRestriction(base, facets) => {
                let base = self.schema.type_name(self.file, Ref::Complex(*base));
                self.derived("simpleContent", "restriction", &base, None, facets, &complex.attributes);
            }
            Body::Extension(base, particle) => {
                let base = self.schema.type_name(self.file, Ref::Complex(*base));
                self.derived("complexContent", "extension", &base, particle.as_ref(), &[], &complex.attributes);
            }
            Body::Restriction(base, particle) => {
                let base = self.schema.type_name(self.file, Ref::Complex(*base));
                self.derived("complexContent", "restriction", &base, particle.as_ref(), &[], &complex.attributes);
            }
        }
        self.close("complexType");
    }

    fn derived(
        &mut self,
        content: &str,
        how: &str,
        base: &str,
        particle: Option<&Particle>,
        facets: &[(&'static str, String)],
        attributes: &Attributes,
    ) {
        self.open(content, "");
        self.open(how, &format!("base=\"{base}\""));
        self.content(particle);
        self.facets(facets);
        self.attributes(attributes);
        self.close(how);
        self.close(content);
    }

    fn content(&mut self, particle: Option<&Particle>) {
        if let Some(particle) = particle {
            self.particle(particle);
        }
    }

    fn particle(&mut self, particle: &Particle) {
        let mut occurs = String::new();
        if particle.min != 1 {
            let _ = write!(occurs, " minOccurs=\"{}\"", particle.min);
        }
        match particle.max {
            Some(1) => {}
            Some(max) => {
                let _ = write!(occurs, " maxOccurs=\"{max}\"");
            }
            None => occurs.push_str(" maxOccurs=\"unbounded\""),
        }
        let mut list = |name: &str, items: &[Particle]| {
            self.open(name, &occurs);
            for item in items {
                self.particle(item);
            }
            self.close(name);
        };
        match &particle.kind {
            Kind::Sequence(items) => list("sequence", items),
            Kind::Choice(items) => list("choice", items),
            Kind::All(items) => list("all", items),
            Kind::Element(element) => self.element(element, &occurs),
            Kind::Ref(id) => {
                let element = &self.schema.elements[*id];
                let name = self.schema.name(self.file, element.file, &element.name);
                self.leaf("element", &format!("ref=\"{name}\"{occurs}"));
            }
            Kind::Group(id) => {
                let group = &self.schema.groups[*id];
                let name = self.schema.name(self.file, group.file, &group.name);
                self.leaf("group", &format!("ref=\"{name}\"{occurs}"));
            }
            Kind::Any(namespace, process) => {
                self.leaf("any", &format!("{}processContents=\"{process}\"{occurs}", of_namespace(namespace)));
            }
        }
    }

    fn element(&mut self, element: &Element, more: &str) {
        let mut head = format!("name=\"{}\"", element.name);
        if let Some(ty) = self.named(&element.ty) {
            let _ = write!(head, " type=\"{ty}\"");
        }
        for (name, value) in &element.rest {
            let _ = write!(head, " {name}=\"{}\"", escape(value));
        }
        head.push_str(more);
        if matches!(element.ty, TypeUse::None | TypeUse::Named(_)) {
            self.leaf("element", &head);
        } else {
            self.open("element", &head);
            self.inner(&element.ty);
            self.close("element");
        }
    }

    fn attributes(&mut self, attributes: &Attributes) {
        for attribute in &attributes.uses {
            self.attribute(attribute);
        }
        for id in &attributes.groups {
            let group = &self.schema.attribute_groups[*id];
            let name = self.schema.name(self.file, group.file, &group.name);
            self.leaf("attributeGroup", &format!("ref=\"{name}\""));
        }
        if let Some((namespace, process)) = &attributes.any {
            self.leaf("anyAttribute", &format!("{}processContents=\"{process}\"", of_namespace(namespace)));
        }
    }

    fn attribute(&mut self, attribute: &AttributeUse) {
        let mut head = match &attribute.what {
            Ok(id) => {
                let global = &self.schema.attributes[*id];
                format!("ref=\"{}\"", self.schema.name(self.file, global.file, &global.name))
            }
            Err(name) => format!("name=\"{name}\""),
        };
        if let Some(ty) = self.named(&attribute.ty) {
            let _ = write!(head, " type=\"{ty}\"");
        }
        for (name, value) in &attribute.rest {
            let _ = write!(head, " {name}=\"{}\"", escape(value));
        }
        if matches!(attribute.ty, TypeUse::Simple(_)) {
            self.open("attribute", &head);
            self.inner(&attribute.ty);
            self.close("attribute");
        } else {
            self.leaf("attribute", &head);
        }
    }
}

fn of_namespace(namespace: &str) -> String {
    if namespace.is_empty() { String::new() } else { format!("namespace=\"{}\" ", escape(namespace)) }
}
