//! Complex types into the model: each holds its own step only; the base's members are the `flatten` pass's work.

use std::collections::HashSet;

use super::lower::{Context, Lowering};
use super::particles::OPEN;
use super::simple::restricted;
use super::syntax::{
    Attribute, AttributeItem, Attributes, Body, ComplexContent, ComplexType, FacetList, Global, SimpleType, Space,
};
use super::syntax::{Wildcard, WildcardNames};
use crate::diagnostic::Diagnostic;
use crate::model::{
    self, ARRAY_DEPTH, Builtin, Complex, Content, Derivation, Docs, ElementUse, Method, NamespaceSet, Occurs, Particle,
    ParticleKind, QName, SOAP_ENCODING, Text, Type, TypeId, TypeKind,
};
use crate::source::Span;

/// Attributes and annotations that DataContract schemas may have.
pub(super) const SERIALIZATION: &str = "http://schemas.microsoft.com/2003/10/Serialization/";
/// Namespaces below this are made by DataContractSerializer.
const DATA_CONTRACT: &str = "http://schemas.datacontract.org/2004/07/";
/// How deep attribute groups may be nested.
const NESTING: usize = 200;

impl<'s> Lowering<'s, '_> {
    pub(super) fn complex(&mut self, it: &'s ComplexType, id: TypeId, context: &mut Context) -> Complex {
        let mut complex =
            Complex { is_abstract: it.is_abstract, mixed: it.mixed, block: it.block, ..Complex::default() };
        match &it.content {
            ComplexContent::Short(body) => self.body(body, false, &mut complex, context),
            ComplexContent::Complex { method, base, body, span } => {
                let Some(base) = base else {
                    self.no_base(*span);
                    self.body(body, false, &mut complex, context);
                    return complex;
                };
                let name = self.meant(base, context);
                if SOAP_ENCODING.contains(&name.ns.as_str()) && name.local == "Array" {
                    self.soap_array(body, &mut complex, context);
                    return complex;
                }
                let base = self.type_of(base, context);
                let simple = matches!(&self.model[base].kind, TypeKind::Simple(_));
                let open = self.model.builtin_of(base) == Some(Builtin::AnyType);
                if !open && !simple {
                    complex.derivation = Some(Derivation { base, method: *method });
                }
                self.body(body, *method == Method::Restriction, &mut complex, context);
                if open && *method == Method::Extension {
                    extend_any(&mut complex, it.span);
                }
            }
            ComplexContent::Simple { method, base, inline, facets, attributes, span } => {
                self.attributes(attributes, *method == Method::Restriction, &mut complex, context);
                let Some(base) = base else {
                    self.no_base(*span);
                    return complex;
                };
                let base = self.simple_type_of(base, context);
                self.simple_content(&mut complex, id, *method, base, inline.as_deref(), facets, *span, context);
            }
        }
        complex.data_contract = self.data_contract_shaped(it, &complex, context);
        complex
    }

    fn no_base(&mut self, span: Span) {
        let problem = Diagnostic::error(super::codes::STRUCTURE, "this derivation names no base type")
            .at(span, "`base` is missing");
        self.diagnostics.push(problem);
    }

    #[allow(clippy::too_many_arguments)]
    fn simple_content(
        &mut self,
        complex: &mut Complex,
        id: TypeId,
        method: Method,
        base: TypeId,
        inline: Option<&'s SimpleType>,
        facets: &FacetList,
        span: Span,
        context: &mut Context,
    ) {
        let base_is_simple = matches!(self.model[base].kind, TypeKind::Simple(_));
        if !base_is_simple {
            complex.derivation = Some(Derivation { base, method });
        }
        let restricts = inline.is_some() || !facets.values.is_empty() || !facets.places.is_empty();
        if method == Method::Extension || !restricts {
            if base_is_simple {
                complex.content = Content::Text(base);
            }
            return; // else: the base's text, which `flatten` brings
        }
        context.path.push("Value".into());
        let from = inline.map(|inline| {
            context.path.push("Base".into());
            let from = self.anonymous_simple(inline, context);
            context.path.pop();
            from
        });
        // A restriction of a complex base restricts that base's text, which is known once every type is filled in.
        let simple = restricted(from.unwrap_or(base), facets);
        let name = self.derived(context);
        let text = self.model.add_type(Type {
            name,
            docs: Docs::default(),
            origin: span.into(),
            kind: TypeKind::Simple(simple),
        });
        context.path.pop();
        complex.content = Content::Text(text);
        if from.is_none() && !base_is_simple {
            self.texts.push((id, base, text));
        }
    }

    fn body(&mut self, body: &'s Body, restriction: bool, complex: &mut Complex, context: &mut Context) {
        if let Some(particle) = body.particle.as_ref().and_then(|particle| self.particle(particle, context)) {
            let empty =
                matches!(&particle.kind, ParticleKind::Sequence(list) | ParticleKind::All(list) if list.is_empty());
            if !empty {
                complex.content = Content::Particles(particle);
            }
        }
        self.attributes(&body.attributes, restriction, complex, context);
    }

    /// A SOAP-encoded array: its items, which go by any name on the wire.
    fn soap_array(&mut self, body: &'s Body, complex: &mut Complex, context: &mut Context) {
        self.body(body, false, complex, context);
        let declared = body.attributes.items.iter().find_map(|item| match item {
            AttributeItem::Attribute(attribute) => attribute.array_type.as_ref(),
            AttributeItem::Group(_) => None,
        });
        // The standard attributes are the encoding's, not the contract's.
        complex.attributes.retain(|attribute| !SOAP_ENCODING.contains(&attribute.name.ns.as_str()));
        let item = match declared {
            Some((reference, dimensions)) => {
                match ranks(dimensions) {
                    Some(ranks) if ranks != [1] => complex.array_ranks = ranks,
                    Some(_) => {}
                    None => {
                        let what = format!(
                            "an array of more than {ARRAY_DEPTH} dimensions (`{}`) is read as one list",
                            dimensions.escape_debug()
                        );
                        let problem = Diagnostic::warning(super::codes::UNSUPPORTED, what);
                        self.diagnostics.push(problem.at(reference.span, "this array"));
                    }
                }
                self.type_of(reference, context)
            }
            None => match first_element(&complex.content) {
                Some(element) => element.ty,
                None => self.builtin(Builtin::AnyType),
            },
        };
        if matches!(complex.content, Content::Empty) || first_element(&complex.content).is_none() {
            let mut element = ElementUse::new(QName::new("", "item"), item);
            element.nillable = true;
            let origin = self.model[context.owner].origin;
            element.origin = origin;
            let item = Particle { occurs: Occurs::ANY, kind: ParticleKind::Element(Box::new(element)), origin };
            complex.content =
                Content::Particles(Particle { occurs: Occurs::ONCE, kind: ParticleKind::Sequence(vec![item]), origin });
        }
        complex.soap_array = Some(item);
    }

    // Attributes

    fn attributes(
        &mut self,
        attributes: &'s Attributes,
        restriction: bool,
        complex: &mut Complex,
        context: &mut Context,
    ) {
        let mut open = Vec::new();
        let (list, any) = self.attribute_list(attributes, restriction, context, &mut open);
        let mut seen = HashSet::new();
        complex.attributes.extend(list.into_iter().filter(|attribute| seen.insert(attribute.name.clone())));
        complex.any_attribute = any;
    }

    fn attribute_list(
        &mut self,
        attributes: &'s Attributes,
        restriction: bool,
        context: &mut Context,
        open: &mut Vec<(QName, Span)>,
    ) -> (Vec<model::Attribute>, Option<model::Wildcard>) {
        let mut list = Vec::new();
        let mut any = attributes.any.as_ref().map(|wildcard| self.wildcard(wildcard, context));
        for item in &attributes.items {
            match item {
                AttributeItem::Attribute(attribute) => {
                    if !attribute.prohibited || restriction {
                        list.push(self.attribute(attribute, context));
                    }
                }
                AttributeItem::Group(reference) => {
                    let Some(found) = self.find(Space::AttributeGroup, reference, context) else {
                        let complaint = self.complaint(Space::AttributeGroup, reference, context);
                        self.miss(context.owner, complaint);
                        any = any.or(Some(OPEN));
                        continue;
                    };
                    let Global::AttributeGroup(group) = found.global else { continue };
                    let name = self.meant(reference, context);
                    let again = open.iter().any(|(known, _)| *known == name)
                        && !found_original(context, Space::AttributeGroup, &name);
                    if again || open.len() > NESTING {
                        self.cycle("attribute groups contain themselves", open, (&name, group.span));
                        continue;
                    }
                    open.push((name.clone(), group.span));
                    let mut inner = Context {
                        unit: found.unit,
                        redefining: found.redefines.then_some((Space::AttributeGroup, name)),
                        owner: context.owner,
                        path: vec![group.name.clone()],
                    };
                    // What a group prohibits is none of its attributes, and says nothing about those of a base.
                    let (more, more_any) = self.attribute_list(&group.attributes, false, &mut inner, open);
                    open.pop();
                    self.members = self.members.saturating_add(more.len());
                    if self.members > self.limits.group_members {
                        self.too_many(reference.span);
                        return (list, any);
                    }
                    list.extend(more);
                    any = match (any, more_any) {
                        (Some(own), Some(more)) => Some(own.intersection(&more)),
                        (own, more) => own.or(more),
                    };
                }
            }
        }
        (list, any)
    }

    fn attribute(&mut self, it: &'s Attribute, context: &mut Context) -> model::Attribute {
        let mut default = it.default.clone();
        let mut fixed = it.fixed.clone();
        let mut docs = it.docs.clone();
        let (name, ty) = match (&it.reference, &it.name) {
            (Some(reference), _) => {
                let name = self.meant(reference, context);
                match self.find(Space::Attribute, reference, context) {
                    Some(found) => {
                        let Global::Attribute(global) = found.global else { return self.plain(name, it) };
                        let name = QName::new(self.units[found.unit].target.clone(), name.local);
                        default = default.or_else(|| global.default.clone());
                        fixed = fixed.or_else(|| global.fixed.clone());
                        if docs.is_empty() {
                            docs = global.docs.clone();
                        }
                        let ty = self.global_attribute_type(&name, found.unit, global, context.owner);
                        (name, ty)
                    }
                    None => {
                        let ty = self.placeholder(Space::Attribute, reference, context, Builtin::AnySimpleType);
                        (name, ty)
                    }
                }
            }
            (None, name) => {
                let local = name.clone().unwrap_or_default();
                context.path.push(local.clone());
                let ty = self.simple_use(&it.ty, "", context);
                context.path.pop();
                let ns = if it.qualified { self.units[context.unit].target.clone() } else { Text::new() };
                (QName::new(ns, local), ty)
            }
        };
        model::Attribute {
            name,
            ty,
            required: it.required,
            prohibited: it.prohibited,
            default,
            fixed,
            docs,
            secret: false,
            rename: None,
            origin: it.span.into(),
        }
    }

    pub(super) fn wildcard(&self, it: &Wildcard, context: &Context) -> model::Wildcard {
        let target = &self.units[context.unit].target;
        let namespaces = match &it.namespaces {
            WildcardNames::Set(set) => set.clone(),
            WildcardNames::Other => NamespaceSet::Other(target.to_string()),
            WildcardNames::List(list) => {
                NamespaceSet::List(list.iter().map(|ns| ns.clone().unwrap_or_else(|| target.to_string())).collect())
            }
        };
        model::Wildcard { namespaces, process: it.process }
    }

    // DataContract

    /// Whether the type looks as DataContractSerializer exports types, in a schema that it exports.
    fn data_contract_shaped(&self, it: &ComplexType, complex: &Complex, context: &Context) -> bool {
        let unit = &self.units[context.unit];
        let made_by_it = (self.by_data_contract && !unit.is_builtin)
            || unit.target.starts_with(DATA_CONTRACT)
            || unit.target.starts_with(SERIALIZATION)
            || unit.schema.edges.iter().any(|edge| {
                edge.namespace
                    .as_deref()
                    .is_some_and(|ns| ns.starts_with(SERIALIZATION) || ns.starts_with(DATA_CONTRACT))
            });
        let flat = match &complex.content {
            Content::Empty => true,
            Content::Text(_) => false,
            Content::Particles(Particle { occurs: Occurs::ONCE, kind: ParticleKind::Sequence(members), .. }) => {
                members.iter().all(|member| match &member.kind {
                    ParticleKind::Element(element) => {
                        element.global.is_none()
                            && element.default.is_none()
                            && element.fixed.is_none()
                            && element.name.ns == unit.target
                    }
                    ParticleKind::Any(_) => true,
                    _ => false,
                })
            }
            Content::Particles(_) => false,
        };
        let plain = complex.attributes.iter().all(|attribute| attribute.name.ns == SERIALIZATION)
            && complex.any_attribute.is_none();
        let derived = !matches!(
            it.content,
            ComplexContent::Simple { .. } | ComplexContent::Complex { method: Method::Restriction, .. }
        );
        made_by_it && flat && plain && derived && !complex.mixed && !complex.is_abstract
    }

    fn plain(&mut self, name: QName, it: &Attribute) -> model::Attribute {
        let ty = self.builtin(Builtin::AnySimpleType);
        model::Attribute {
            name,
            ty,
            required: it.required,
            prohibited: it.prohibited,
            default: None,
            fixed: None,
            docs: it.docs.clone(),
            secret: false,
            rename: None,
            origin: it.span.into(),
        }
    }
}

/// What extends `xs:anyType` has its content, text and all. Where it has elements of its own these are meant, and what else may stand
/// there is left to drift: `xs:anyType` is what generators name that know no base.
fn extend_any(complex: &mut Complex, span: Span) {
    complex.any_attribute = Some(OPEN);
    if matches!(complex.content, Content::Empty) {
        let any = Particle { occurs: Occurs::ANY, kind: ParticleKind::Any(OPEN), origin: span.into() };
        complex.mixed = true;
        complex.content = Content::Particles(any);
    }
}

/// Whether the name means the original of a redefinition, which is no circle.
pub(super) fn found_original(context: &Context, space: Space, name: &QName) -> bool {
    context.redefining.as_ref().is_some_and(|(known, original)| *known == space && original == name)
}

fn first_element(content: &Content) -> Option<&ElementUse> {
    fn search(particle: &Particle) -> Option<&ElementUse> {
        match &particle.kind {
            ParticleKind::Element(element) => Some(element),
            ParticleKind::Any(_) => None,
            ParticleKind::Sequence(list) | ParticleKind::Choice(list) | ParticleKind::All(list) => {
                list.iter().find_map(search)
            }
        }
    }
    match content {
        Content::Particles(particle) => search(particle),
        _ => None,
    }
}

/// The numbers of dimensions in `[][,]`, the outermost array, which comes last, first. `None` for too many.
fn ranks(dimensions: &str) -> Option<Vec<u8>> {
    let mut found = Vec::new();
    let mut depth = 0u8;
    for part in dimensions.split('[').skip(1) {
        let commas = u8::try_from(part.matches(',').count()).ok()?;
        let rank = commas.checked_add(1)?;
        depth = depth.checked_add(rank).filter(|depth| *depth <= ARRAY_DEPTH)?;
        found.push(rank);
    }
    found.reverse();
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::ranks;

    #[test]
    fn the_outermost_array_is_written_last() {
        assert_eq!(ranks("[]"), Some(vec![1]));
        assert_eq!(ranks("[5]"), Some(vec![1]));
        assert_eq!(ranks("[,][]"), Some(vec![1, 2]));
        assert_eq!(ranks("[,,]"), Some(vec![3]));
        assert_eq!(ranks("[,,,,,,,,]"), None);
    }
}
