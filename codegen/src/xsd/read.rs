//! Reads `schema` elements into [`super::syntax`].

use std::collections::BTreeSet;

use roxmltree::Node;

use super::codes;
use super::docs;
use super::drafts::{is_draft, is_xsd};
use super::names::{is_ncname, qname};
use super::substitution::Defaults;
use super::syntax::*;
use crate::diagnostic::{Diagnostic, Diagnostics, did_you_mean};
use crate::model::{EnumValue, Method, NamespaceSet, Namespaces, Occurs, ProcessContents, Text, WhiteSpace};
use crate::source::{Edge, EdgeKind, Span, Tree};

/// The namespace of XML Schema.
pub const XSD: &str = "http://www.w3.org/2001/XMLSchema";
const WSDL: &str = "http://schemas.xmlsoap.org/wsdl/";

/// Reads a `schema` element.
pub fn read_schema(tree: &Tree<'_, '_>, node: Node<'_, '_>, diagnostics: &mut Diagnostics) -> Schema {
    let target = node.attribute("targetNamespace").map(|ns| ns.trim().to_owned()).filter(|ns| !ns.is_empty());
    let mut reader = Reader {
        tree,
        diagnostics,
        defaults: Defaults::of(node),
        element_qualified: node.attribute("elementFormDefault").map(str::trim) == Some("qualified"),
        attribute_qualified: node.attribute("attributeFormDefault").map(str::trim) == Some("qualified"),
        namespaces: Namespaces::default(),
        mentioned: BTreeSet::new(),
    };
    let mut schema = Schema {
        file: tree.file,
        span: tree.span(node),
        docs: docs::of(node),
        target,
        globals: Vec::new(),
        edges: Vec::new(),
        redefines: Vec::new(),
    };
    if let Some(draft) = node.tag_name().namespace().filter(|ns| is_draft(ns)) {
        let what = format!("this schema is written for a draft of XML Schema (`{draft}`)");
        reader
            .diagnostics
            .push(Diagnostic::warning(codes::DRAFT, what).at(schema.span, "read as the Recommendation of 2001"));
    }
    for child in elements(node) {
        match name_of(child) {
            "import" => schema.edges.push(Edge {
                kind: EdgeKind::Import,
                namespace: child.attribute("namespace").map(|ns| ns.trim().to_owned()),
                location: child.attribute("schemaLocation").map(str::to_owned),
                span: tree.span(child),
            }),
            word @ ("include" | "redefine" | "override") => {
                let span = tree.span(child);
                schema.edges.push(Edge {
                    kind: if word == "include" { EdgeKind::Include } else { EdgeKind::Redefine },
                    namespace: schema.target.clone(),
                    location: child.attribute("schemaLocation").map(str::to_owned),
                    span,
                });
                if word != "include" {
                    let globals = elements(child).filter_map(|child| reader.global(child)).collect();
                    schema.redefines.push((span, globals));
                }
            }
            "annotation" | "notation" | "defaultOpenContent" => {}
            _ => schema.globals.extend(reader.global(child)),
        }
    }
    let imported: BTreeSet<String> = schema.edges.iter().filter_map(|edge| edge.namespace.clone()).collect();
    let nodes: Vec<_> = node.descendants().filter(|node| is_xsd(node.tag_name().namespace())).collect();
    // The drafts of XML Schema had other attributes.
    if !node.tag_name().namespace().is_some_and(is_draft) {
        super::unknown::warn(tree, &nodes, reader.diagnostics);
    }
    super::skipped::remark(tree, &nodes, reader.diagnostics);
    let mentioned = std::mem::take(&mut reader.mentioned);
    for ns in mentioned {
        if !imported.contains(ns.as_str()) && schema.target.as_deref() != Some(ns.as_str()) {
            let ns = String::from(ns);
            let edge = Edge { kind: EdgeKind::Mention, namespace: Some(ns), location: None, span: schema.span };
            schema.edges.push(edge);
        }
    }
    schema
}

/// Child elements of the XSD namespace.
pub(crate) fn elements<'a, 'i>(node: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(|child| child.is_element() && is_xsd(child.tag_name().namespace()))
}

fn name_of<'a>(node: Node<'a, '_>) -> &'a str {
    node.tag_name().name()
}

struct Reader<'t, 'd> {
    tree: &'t Tree<'t, 't>,
    diagnostics: &'d mut Diagnostics,
    defaults: Defaults,
    element_qualified: bool,
    attribute_qualified: bool,
    namespaces: Namespaces,
    mentioned: BTreeSet<Text>,
}

impl Reader<'_, '_> {
    fn global(&mut self, node: Node<'_, '_>) -> Option<Global> {
        match name_of(node) {
            "simpleType" => Some(Global::Simple(self.simple_type(node, true))),
            "complexType" => Some(Global::Complex(self.complex_type(node, true))),
            "group" => {
                let particle = elements(node).find_map(|child| self.model_group(child));
                Some(Global::Group(Group { name: self.name(node)?, span: self.tree.span(node), particle }))
            }
            "attributeGroup" => Some(Global::AttributeGroup(AttributeGroup {
                name: self.name(node)?,
                span: self.tree.span(node),
                attributes: self.attributes(node),
            })),
            "element" => {
                let mut element = self.element(node, true);
                element.qualified = true;
                element.name.is_some().then_some(Global::Element(element))
            }
            "attribute" => {
                let mut attribute = self.attribute(node, true);
                attribute.qualified = true;
                attribute.name.is_some().then_some(Global::Attribute(attribute))
            }
            "annotation" => None,
            other => {
                self.unknown(node, other);
                None
            }
        }
    }

    fn unknown(&mut self, node: Node<'_, '_>, word: &str) {
        const KNOWN: &[&str] = &[
            "simpleType",
            "complexType",
            "group",
            "attributeGroup",
            "element",
            "attribute",
            "annotation",
            "import",
            "include",
            "sequence",
            "choice",
            "all",
            "any",
            "anyAttribute",
            "simpleContent",
            "complexContent",
            "extension",
            "restriction",
            "list",
            "union",
        ];
        let mut problem = Diagnostic::warning(
            codes::UNSUPPORTED,
            format!("`{word}` is not a construct of XML Schema 1.0 at this place; it is skipped"),
        )
        .at(self.tree.span(node), "skipped");
        if let Some(near) = did_you_mean(word, KNOWN.iter().copied()).filter(|near| *near != word) {
            problem = problem.with_help(format!("did you mean `{near}`?"));
        }
        self.diagnostics.push(problem);
    }

    /// The `name` attribute, checked.
    fn name(&mut self, node: Node<'_, '_>) -> Option<Text> {
        let Some(name) = node.attribute("name") else {
            let word = name_of(node);
            self.diagnostics.push(
                Diagnostic::error(codes::NAME, format!("this `{word}` has no name"))
                    .at(self.tree.span(node), "`name` is missing"),
            );
            return None;
        };
        let trimmed = name.trim();
        if !is_ncname(trimmed) {
            let shown: String = trimmed.chars().take(60).flat_map(char::escape_debug).collect();
            self.diagnostics.push(Diagnostic::error(codes::NAME, format!("`{shown}` is not an XML name (NCName)")).at(
                self.tree.span_of(node, "name"),
                "a name starts with a letter or `_` and holds letters, digits, `.`, `-` and `_`",
            ));
            return None;
        }
        Some(trimmed.into())
    }

    fn reference(&mut self, node: Node<'_, '_>, attribute: &str) -> Option<Reference> {
        let value = node.attribute(attribute)?;
        self.qname(node, attribute, value.trim())
    }

    fn qname(&mut self, node: Node<'_, '_>, attribute: &str, value: &str) -> Option<Reference> {
        let span = self.tree.span_of(node, attribute);
        let (name, unbound) = qname(node, value, span, &mut self.namespaces, self.diagnostics)?;
        if name.ns != XSD && !name.ns.is_empty() && !self.mentioned.contains(&name.ns) {
            self.mentioned.insert(name.ns.clone());
        }
        Some(Reference { name, span, unbound })
    }

    fn flag(&self, node: Node<'_, '_>, attribute: &str) -> bool {
        matches!(node.attribute(attribute).map(str::trim), Some("true" | "1"))
    }

    // Simple types

    fn simple_type(&mut self, node: Node<'_, '_>, global: bool) -> SimpleType {
        let name = if global { self.name(node) } else { None };
        let mut variety = None;
        for child in elements(node) {
            match name_of(child) {
                "restriction" => {
                    let (inline, facets) = self.restriction(child);
                    let base = self.simple_use(child, "base", inline);
                    variety = Some(Variety::Restriction { base, facets });
                }
                "list" => {
                    let inline = self.inline_simple(child);
                    variety = Some(Variety::List(self.simple_use(child, "itemType", inline)));
                }
                "union" => {
                    let mut members = Vec::new();
                    for word in child.attribute("memberTypes").unwrap_or_default().split_ascii_whitespace() {
                        members.extend(self.qname(child, "memberTypes", word).map(SimpleUse::Named));
                    }
                    for inline in elements(child).filter(|child| name_of(*child) == "simpleType") {
                        members.push(SimpleUse::Inline(Box::new(self.simple_type(inline, false))));
                    }
                    variety = Some(Variety::Union(members));
                }
                "annotation" => {}
                other => self.unknown(child, other),
            }
        }
        let variety =
            variety.unwrap_or(Variety::Restriction { base: SimpleUse::Missing, facets: FacetList::default() });
        SimpleType {
            name,
            span: self.tree.span(node),
            docs: docs::of(node),
            variety,
            finals: self.defaults.finals(node),
        }
    }

    fn inline_simple(&mut self, node: Node<'_, '_>) -> Option<Box<SimpleType>> {
        let child = elements(node).find(|child| name_of(*child) == "simpleType")?;
        Some(Box::new(self.simple_type(child, false)))
    }

    fn simple_use(&mut self, node: Node<'_, '_>, attribute: &str, inline: Option<Box<SimpleType>>) -> SimpleUse {
        match (self.reference(node, attribute), inline) {
            (Some(reference), _) => SimpleUse::Named(reference),
            (None, Some(inline)) => SimpleUse::Inline(inline),
            (None, None) => SimpleUse::Missing,
        }
    }

    /// The facets of a `restriction`, and a simple type given in place.
    fn restriction(&mut self, node: Node<'_, '_>) -> (Option<Box<SimpleType>>, FacetList) {
        let mut list = FacetList::default();
        let mut inline = None;
        for child in elements(node) {
            let word = name_of(child);
            let value = child.attribute("value").unwrap_or_default();
            let place = self.tree.span_of(child, "value");
            let facets = &mut list.facets;
            let named = match word {
                "enumeration" => {
                    list.values.push(EnumValue {
                        wire: value.into(),
                        name: None,
                        docs: docs::of(child),
                        origin: place.into(),
                    });
                    continue;
                }
                "simpleType" => {
                    inline = Some(Box::new(self.simple_type(child, false)));
                    continue;
                }
                "annotation" | "attribute" | "attributeGroup" | "anyAttribute" => continue,
                "pattern" => {
                    facets.patterns.push(value.to_owned());
                    super::facets::check_pattern(value, place, self.diagnostics);
                    "pattern"
                }
                "whiteSpace" => {
                    facets.white_space = match value.trim() {
                        "preserve" => Some(WhiteSpace::Preserve),
                        "replace" => Some(WhiteSpace::Replace),
                        "collapse" => Some(WhiteSpace::Collapse),
                        _ => {
                            let what =
                                format!("whiteSpace `{}` is none of preserve, replace, collapse", value.escape_debug());
                            self.diagnostics.push(Diagnostic::error(codes::FACET, what).at(place, "here"));
                            None
                        }
                    };
                    "whiteSpace"
                }
                "minInclusive" => self.bound(&mut facets.min_inclusive, value, "minInclusive"),
                "maxInclusive" => self.bound(&mut facets.max_inclusive, value, "maxInclusive"),
                "minExclusive" => self.bound(&mut facets.min_exclusive, value, "minExclusive"),
                "maxExclusive" => self.bound(&mut facets.max_exclusive, value, "maxExclusive"),
                "length" => self.count(&mut facets.length, value, "length", place),
                "minLength" => self.count(&mut facets.min_length, value, "minLength", place),
                "maxLength" => self.count(&mut facets.max_length, value, "maxLength", place),
                "totalDigits" => self.count(&mut facets.total_digits, value, "totalDigits", place),
                "fractionDigits" => self.count(&mut facets.fraction_digits, value, "fractionDigits", place),
                other => {
                    self.unknown(child, other);
                    continue;
                }
            };
            list.places.push((named, place));
        }
        super::facets::check(&list, self.diagnostics);
        (inline, list)
    }

    fn bound(&self, slot: &mut Option<String>, value: &str, name: &'static str) -> &'static str {
        *slot = Some(value.trim().to_owned());
        name
    }

    fn count(&mut self, slot: &mut Option<u64>, value: &str, name: &'static str, place: Span) -> &'static str {
        let digits = value.trim();
        let digits = digits.strip_prefix('+').unwrap_or(digits);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            let shown: String = value.chars().take(40).flat_map(char::escape_debug).collect();
            let what = format!("{name} `{shown}` is not a number from 0 upwards");
            self.diagnostics.push(Diagnostic::error(codes::FACET, what).at(place, "here"));
        } else {
            // More than fits is as good as no limit; nothing is that long.
            *slot = Some(digits.parse().unwrap_or(u64::MAX));
        }
        name
    }

    // Complex types

    fn complex_type(&mut self, node: Node<'_, '_>, global: bool) -> ComplexType {
        let name = if global { self.name(node) } else { None };
        let mut mixed = self.flag(node, "mixed");
        let special = elements(node).find(|child| matches!(name_of(*child), "simpleContent" | "complexContent"));
        let content = match special {
            Some(special) => {
                mixed |= self.flag(special, "mixed");
                self.derived_content(special)
            }
            None => ComplexContent::Short(self.body(node)),
        };
        let is_abstract = self.flag(node, "abstract");
        ComplexType {
            name,
            span: self.tree.span(node),
            docs: docs::of(node),
            is_abstract,
            mixed,
            block: self.defaults.type_block(node),
            finals: self.defaults.finals(node),
            content,
        }
    }

    fn derived_content(&mut self, special: Node<'_, '_>) -> ComplexContent {
        let span = self.tree.span(special);
        let step = elements(special).find(|child| matches!(name_of(*child), "extension" | "restriction"));
        let Some(step) = step else {
            let what = format!("this `{}` has neither extension nor restriction", name_of(special));
            let is_content = |child| matches!(name_of(child), "sequence" | "choice" | "all" | "group" | "attribute");
            if name_of(special) == "complexContent" && elements(special).any(is_content) {
                // Other toolkits read it as if it were not there.
                let what = format!("{what}; what is in it is taken as the type's own");
                self.diagnostics.push(Diagnostic::warning(codes::UNSUPPORTED, what).at(span, "of no effect"));
                return ComplexContent::Short(self.body(special));
            }
            self.diagnostics.push(Diagnostic::error(codes::STRUCTURE, what).at(span, "expected inside"));
            return ComplexContent::Short(Body::default());
        };
        let method = if name_of(step) == "extension" { Method::Extension } else { Method::Restriction };
        let base = self.reference(step, "base");
        let span = self.tree.span(step);
        if name_of(special) == "complexContent" {
            let body = self.body(step);
            return ComplexContent::Complex { method, base, body, span };
        }
        let (inline, facets) =
            if method == Method::Restriction { self.restriction(step) } else { (None, FacetList::default()) };
        ComplexContent::Simple { method, base, inline, facets, attributes: self.attributes(step), span }
    }

    fn body(&mut self, node: Node<'_, '_>) -> Body {
        let mut particle = None;
        for child in elements(node) {
            match name_of(child) {
                "sequence" | "choice" | "all" | "group" => {
                    let next = self.model_group(child);
                    if particle.is_some() {
                        let what = "a second content model in one type; it is skipped";
                        self.diagnostics
                            .push(Diagnostic::warning(codes::UNSUPPORTED, what).at(self.tree.span(child), "skipped"));
                    } else {
                        particle = next;
                    }
                }
                "annotation" | "attribute" | "attributeGroup" | "anyAttribute" => {}
                other => self.unknown(child, other),
            }
        }
        Body { particle, attributes: self.attributes(node) }
    }

    fn model_group(&mut self, node: Node<'_, '_>) -> Option<Particle> {
        let span = self.tree.span(node);
        let term = match name_of(node) {
            "sequence" => Term::Sequence(self.particles(node)),
            "choice" => Term::Choice(self.particles(node)),
            "all" => Term::All(self.particles(node)),
            "group" => Term::Group(self.reference(node, "ref")?),
            _ => return None,
        };
        let occurs = self.occurs(node)?;
        Some(Particle { occurs, span, term })
    }

    fn particles(&mut self, node: Node<'_, '_>) -> Vec<Particle> {
        let mut list = Vec::new();
        for child in elements(node) {
            match name_of(child) {
                "element" => {
                    let Some(occurs) = self.occurs(child) else { continue };
                    let element = self.element(child, false);
                    if element.name.is_some() || element.reference.is_some() {
                        let span = element.span;
                        list.push(Particle { occurs, span, term: Term::Element(Box::new(element)) });
                    }
                }
                "any" => {
                    let Some(occurs) = self.occurs(child) else { continue };
                    let term = Term::Any(self.wildcard(child));
                    list.push(Particle { occurs, span: self.tree.span(child), term });
                }
                "sequence" | "choice" | "all" | "group" => list.extend(self.model_group(child)),
                "annotation" => {}
                other => self.unknown(child, other),
            }
        }
        list
    }

    /// `minOccurs` and `maxOccurs`; none when the particle may not occur or is wrong (and was reported).
    fn occurs(&mut self, node: Node<'_, '_>) -> Option<Occurs> {
        let min = match node.attribute("minOccurs") {
            None => 1,
            Some(text) => self.number(node, "minOccurs", text)?,
        };
        let max = match node.attribute("maxOccurs") {
            None => Some(1),
            Some(text) if matches!(text.trim(), "unbounded" | "*") => None,
            Some(text) => Some(self.number(node, "maxOccurs", text)?).filter(|max| *max < u32::MAX),
        };
        match max {
            // `maxOccurs="0"` takes the particle away, whatever `minOccurs` says by default.
            Some(0) if min == 0 || node.attribute("minOccurs").is_none() => None,
            Some(max) if max < min && node.attribute("maxOccurs").is_some() => {
                let what = format!("minOccurs {min} is more than maxOccurs {max}");
                self.diagnostics
                    .push(Diagnostic::error(codes::OCCURS, what).at(self.tree.span(node), "can never be satisfied"));
                None
            }
            Some(max) if max < min => {
                // `minOccurs="2"` alone: what is meant is at least two.
                let what = format!("minOccurs {min} without maxOccurs; unbounded is assumed");
                self.diagnostics.push(Diagnostic::warning(codes::OCCURS_REMARK, what).at(self.tree.span(node), "here"));
                Some(Occurs { min, max: None })
            }
            max => Some(Occurs { min, max }),
        }
    }

    fn number(&mut self, node: Node<'_, '_>, attribute: &str, text: &str) -> Option<u32> {
        let digits = text.trim();
        let digits = digits.strip_prefix('+').unwrap_or(digits);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            let shown: String = text.chars().take(40).flat_map(char::escape_debug).collect();
            let what = format!("{attribute} `{shown}` is not a number from 0 upwards");
            self.diagnostics
                .push(Diagnostic::error(codes::OCCURS, what).at(self.tree.span_of(node, attribute), "here"));
            return None;
        }
        Some(digits.parse().unwrap_or_else(|_| {
            let what = format!("{attribute} is too large to count; unbounded is assumed");
            self.diagnostics
                .push(Diagnostic::warning(codes::OCCURS_REMARK, what).at(self.tree.span_of(node, attribute), "here"));
            u32::MAX
        }))
    }

    fn element(&mut self, node: Node<'_, '_>, global: bool) -> Element {
        let reference = if global { None } else { self.reference(node, "ref").map(Box::new) };
        let name =
            if reference.is_none() && (global || node.attribute("ref").is_none()) { self.name(node) } else { None };
        let ty = match self.reference(node, "type") {
            Some(reference) => ElementType::Named(reference),
            None => elements(node)
                .find_map(|child| match name_of(child) {
                    "simpleType" => Some(ElementType::Simple(Box::new(self.simple_type(child, false)))),
                    "complexType" => Some(ElementType::Complex(Box::new(self.complex_type(child, false)))),
                    _ => None,
                })
                .unwrap_or(ElementType::Missing),
        };
        Element {
            name,
            reference,
            span: self.tree.span(node),
            docs: docs::of(node),
            ty,
            qualified: form(node, self.element_qualified),
            nillable: self.flag(node, "nillable") || self.flag(node, "nullable"),
            is_abstract: self.flag(node, "abstract"),
            default: node.attribute("default").map(Text::from),
            fixed: node.attribute("fixed").map(Text::from),
            substitutes: if global { self.reference(node, "substitutionGroup").map(Box::new) } else { None },
            block: self.defaults.element_block(node),
            finals: if global { self.defaults.finals(node) } else { Final::default() },
        }
    }

    fn attributes(&mut self, node: Node<'_, '_>) -> Attributes {
        let mut attributes = Attributes::default();
        for child in elements(node) {
            match name_of(child) {
                "attribute" => {
                    let attribute = self.attribute(child, false);
                    if attribute.name.is_some() || attribute.reference.is_some() {
                        attributes.items.push(AttributeItem::Attribute(attribute));
                    }
                }
                "attributeGroup" => attributes.items.extend(self.reference(child, "ref").map(AttributeItem::Group)),
                "anyAttribute" => attributes.any = Some(self.wildcard(child)),
                _ => {}
            }
        }
        attributes
    }

    fn attribute(&mut self, node: Node<'_, '_>, global: bool) -> Attribute {
        let reference = if global { None } else { self.reference(node, "ref").map(Box::new) };
        let name =
            if reference.is_none() && (global || node.attribute("ref").is_none()) { self.name(node) } else { None };
        let inline = self.inline_simple(node);
        let array_type = node.attribute((WSDL, "arrayType")).and_then(|value| {
            let (item, dimensions) = value.trim().split_once('[').unwrap_or((value.trim(), "]"));
            let reference = self.qname(node, "ref", item)?;
            Some((reference, format!("[{dimensions}")))
        });
        let usage = node.attribute("use").map(str::trim);
        Attribute {
            name,
            reference,
            span: self.tree.span(node),
            docs: docs::of(node),
            ty: self.simple_use(node, "type", inline),
            qualified: form(node, self.attribute_qualified),
            required: usage == Some("required"),
            prohibited: usage == Some("prohibited"),
            default: node.attribute("default").map(Text::from),
            fixed: node.attribute("fixed").map(Text::from),
            array_type,
        }
    }

    fn wildcard(&self, node: Node<'_, '_>) -> Wildcard {
        let namespaces = match node.attribute("namespace").map(str::trim) {
            None | Some("##any") => WildcardNames::Set(NamespaceSet::Any),
            Some("##other") => WildcardNames::Other,
            Some(list) => WildcardNames::List(
                list.split_ascii_whitespace()
                    .map(|word| match word {
                        "##targetNamespace" => None,
                        "##local" => Some(String::new()),
                        ns => Some(ns.to_owned()),
                    })
                    .collect(),
            ),
        };
        let process = match node.attribute("processContents").map(str::trim) {
            Some("lax") => ProcessContents::Lax,
            Some("skip") => ProcessContents::Skip,
            _ => ProcessContents::Strict,
        };
        Wildcard { namespaces, process }
    }
}

fn form(node: Node<'_, '_>, default: bool) -> bool {
    match node.attribute("form").map(str::trim) {
        Some("qualified") => true,
        Some("unqualified") => false,
        _ => default,
    }
}
