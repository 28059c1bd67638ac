//! Reads `definitions` elements into [`super::syntax`].

use roxmltree::Node;

use super::codes;
use super::names;
use super::policy;
use super::syntax::*;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Docs, Namespaces};
use crate::source::{Edge, EdgeKind, Span, Tree};
use crate::xsd::names::{is_ncname, qname};
use crate::xsd::{self, docs};

/// The namespace of WSDL 1.1.
pub(super) const WSDL: &str = "http://schemas.xmlsoap.org/wsdl/";
const SOAP11: &str = "http://schemas.xmlsoap.org/wsdl/soap/";
const SOAP12: &str = "http://schemas.xmlsoap.org/wsdl/soap12/";
const HTTP: &str = "http://schemas.xmlsoap.org/wsdl/http/";
const MIME: &str = "http://schemas.xmlsoap.org/wsdl/mime/";

/// Reads a `definitions` element.
pub(super) fn read_definitions(tree: &Tree<'_, '_>, node: Node<'_, '_>, diagnostics: &mut Diagnostics) -> Definitions {
    let mut reader = Reader { tree, diagnostics, namespaces: Namespaces::default() };
    let mut it = Definitions {
        file: tree.file,
        span: tree.span(node),
        target: node.attribute("targetNamespace").map(str::trim).unwrap_or_default().to_owned(),
        docs: reader.docs(node),
        edges: Vec::new(),
        schemas: Vec::new(),
        messages: Vec::new(),
        port_types: Vec::new(),
        bindings: Vec::new(),
        services: Vec::new(),
        policies: Vec::new(),
    };
    for child in node.children().filter(Node::is_element) {
        if policy::is_policy(child, "Policy") {
            let id = child
                .attributes()
                .find(|attribute| matches!(attribute.name(), "Id" | "Name"))
                .map(|attribute| attribute.value().to_owned());
            it.policies.push((id.unwrap_or_default(), policy::read(tree, child)));
            continue;
        }
        if child.tag_name().namespace() != Some(WSDL) {
            continue;
        }
        match child.tag_name().name() {
            "import" => it.edges.push(Edge {
                kind: EdgeKind::WsdlImport,
                namespace: child.attribute("namespace").map(|ns| ns.trim().to_owned()),
                location: child.attribute("location").map(str::to_owned),
                span: tree.span(child),
            }),
            "types" => {
                for schema in child.children().filter(Node::is_element) {
                    if !xsd::drafts::is_schema(schema) {
                        reader.not_a_schema(schema);
                        continue;
                    }
                    let schema = xsd::read_schema(tree, schema, reader.diagnostics);
                    it.edges.extend(schema.edges.iter().cloned());
                    it.schemas.push(schema);
                }
            }
            "message" => it.messages.extend(reader.message(child)),
            "portType" => it.port_types.extend(reader.port_type(child)),
            "binding" => it.bindings.extend(reader.binding(child)),
            "service" => it.services.extend(reader.service(child)),
            _ => {}
        }
    }
    // Standard types and elements are used in messages without an import.
    let mut mentioned: Vec<(String, Span)> = Vec::new();
    for part in it.messages.iter().flat_map(|message| &message.parts) {
        for reference in part.element.iter().chain(&part.ty) {
            let ns = &reference.name.ns;
            if ns != xsd::XSD && !ns.is_empty() && !mentioned.iter().any(|(known, _)| known == ns) {
                mentioned.push((ns.to_string(), reference.span));
            }
        }
    }
    for (ns, span) in mentioned {
        if !it.edges.iter().any(|edge| edge.namespace.as_ref() == Some(&ns)) {
            it.edges.push(Edge { kind: EdgeKind::Mention, namespace: Some(ns), location: None, span });
        }
    }
    it
}

struct Reader<'t, 'd> {
    tree: &'t Tree<'t, 't>,
    diagnostics: &'d mut Diagnostics,
    namespaces: Namespaces,
}

fn children<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| child.has_tag_name((WSDL, name)))
}

fn soap<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| child.has_tag_name((SOAP11, name)) || child.has_tag_name((SOAP12, name)))
}

impl Reader<'_, '_> {
    /// Something in `types` that declares nothing we can read.
    fn not_a_schema(&mut self, node: Node<'_, '_>) {
        let name = node.tag_name();
        if name.namespace() == Some(WSDL) && name.name() == "documentation" {
            return;
        }
        let short = |text: &str| text.chars().take(100).flat_map(char::escape_debug).collect::<String>();
        let what = format!(
            "`{}` of the namespace `{}` is no XML Schema; it is skipped",
            short(name.name()),
            short(name.namespace().unwrap_or_default())
        );
        self.diagnostics.push(
            Diagnostic::warning(codes::UNSUPPORTED, what)
                .at(self.tree.span(node), format!("`schema` of the namespace `{}` was expected", xsd::XSD)),
        );
    }

    fn docs(&self, node: Node<'_, '_>) -> Docs {
        let texts: Vec<String> =
            children(node, "documentation").map(docs::text).filter(|text| !text.is_empty()).collect();
        Docs(texts.join("\n\n").into())
    }

    /// The name of an operation, which is that of an element where the style is rpc.
    fn name(&mut self, node: Node<'_, '_>) -> Option<String> {
        let name = node.attribute("name").map(str::trim).unwrap_or_default();
        if is_ncname(name) {
            return Some(name.to_owned());
        }
        let shown: String = name.chars().take(60).flat_map(char::escape_debug).collect();
        let what = if name.is_empty() {
            "this operation has no name".to_owned()
        } else {
            format!("the operation name `{shown}` is not an XML name (NCName)")
        };
        self.diagnostics.push(Diagnostic::error(xsd::codes::NAME, what).at(
            self.tree.span_of(node, "name"),
            "a name starts with a letter or `_` and holds letters, digits, `.`, `-` and `_`",
        ));
        None
    }

    /// Names of parts and ports in real contracts begin with digits or hold blanks; nothing on the wire depends on some of them.
    fn loose_name(&mut self, node: Node<'_, '_>) -> String {
        node.attribute("name").map(str::trim).unwrap_or_default().chars().take(1024).collect()
    }

    fn reference(&mut self, node: Node<'_, '_>, attribute: &str) -> Option<Reference> {
        let value = node.attribute(attribute)?.trim();
        let span = self.tree.span_of(node, attribute);
        let (name, unbound) = qname(node, value, span, &mut self.namespaces, self.diagnostics)?;
        Some(Reference { name, span, unbound })
    }

    /// What an attribute refers to by the name of a message, port type or binding.
    fn declaration(&mut self, node: Node<'_, '_>, attribute: &str) -> Option<Reference> {
        match names::loose_reference(self.tree, node, attribute, &mut self.namespaces) {
            Some(reference) => Some(reference),
            None => self.reference(node, attribute),
        }
    }

    fn message(&mut self, node: Node<'_, '_>) -> Option<Message> {
        let parts = children(node, "part")
            .map(|part| Part {
                name: self.loose_name(part),
                span: self.tree.span(part),
                element: self.reference(part, "element"),
                ty: self.reference(part, "type"),
                docs: self.docs(part),
            })
            .collect();
        Some(Message { name: names::declared(self.tree, node, self.diagnostics)?, span: self.tree.span(node), parts })
    }

    fn port_type(&mut self, node: Node<'_, '_>) -> Option<PortType> {
        let operations = children(node, "operation").filter_map(|operation| self.operation(operation)).collect();
        Some(PortType {
            name: names::declared(self.tree, node, self.diagnostics)?,
            span: self.tree.span(node),
            docs: self.docs(node),
            operations,
        })
    }

    fn operation(&mut self, node: Node<'_, '_>) -> Option<Operation> {
        let first =
            node.children().find(|child| child.has_tag_name((WSDL, "input")) || child.has_tag_name((WSDL, "output")));
        let notifies = first.is_some_and(|first| first.tag_name().name() == "output");
        let input = children(node, "input").next().map(|io| self.io(io));
        let output = children(node, "output").next().map(|io| self.io(io));
        let faults = children(node, "fault").map(|io| self.io(io)).collect();
        Some(Operation {
            name: self.name(node)?,
            span: self.tree.span(node),
            docs: self.docs(node),
            input,
            output,
            notifies,
            faults,
        })
    }

    fn io(&mut self, node: Node<'_, '_>) -> Io {
        let action = node.attributes().find(|attribute| {
            attribute.name() == "Action" && attribute.namespace().is_some_and(|ns| ns.contains("addressing"))
        });
        if let Some(action) = &action {
            self.clean(action.value(), "WS-Addressing action", self.tree.attribute_span(action));
        }
        Io {
            name: node.attribute("name").map(|name| name.trim().to_owned()),
            message: self.declaration(node, "message"),
            action: action.map(|action| action.value().trim().to_owned()),
            span: self.tree.span(node),
        }
    }

    /// Refuses control characters in what becomes an HTTP header.
    fn clean(&mut self, value: &str, what: &str, span: Span) {
        if let Some(bad) = value.trim().chars().find(|c| c.is_control()) {
            let message = format!("the {what} holds the control character U+{:04X}", u32::from(bad));
            let problem = Diagnostic::error(codes::CONTROL, message).at(span, "this value becomes an HTTP header");
            self.diagnostics.push(problem);
        }
    }

    fn attached(&mut self, node: Node<'_, '_>) -> Attached {
        let mut attached = Attached::default();
        for child in node.children().filter(Node::is_element) {
            if policy::is_policy(child, "Policy") {
                attached.inline.push(policy::read(self.tree, child));
                for reference in child.children().filter(|inner| policy::is_policy(*inner, "PolicyReference")) {
                    self.policy_reference(reference, &mut attached);
                }
            } else if policy::is_policy(child, "PolicyReference") {
                self.policy_reference(child, &mut attached);
            } else if child.tag_name().name() == "UsingAddressing"
                && child.tag_name().namespace().is_some_and(|ns| ns.contains("addressing"))
            {
                attached.using_addressing = true;
            }
        }
        for attribute in node.attributes().filter(|attribute| attribute.name() == "PolicyURIs") {
            let span = self.tree.attribute_span(&attribute);
            attached.references.extend(attribute.value().split_ascii_whitespace().map(|uri| (uri.to_owned(), span)));
        }
        attached
    }

    fn policy_reference(&self, node: Node<'_, '_>, attached: &mut Attached) {
        if let Some(uri) = node.attribute("URI") {
            attached.references.push((uri.trim().to_owned(), self.tree.span(node)));
        }
    }

    fn binding(&mut self, node: Node<'_, '_>) -> Option<Binding> {
        // Toolkits put bindings of their own beside the SOAP one.
        let extension = soap(node, "binding").next().or_else(|| {
            node.children().find(|child| {
                child.tag_name().name() == "binding" && child.tag_name().namespace().is_some_and(|ns| ns != WSDL)
            })
        });
        let kind = match extension.and_then(|extension| extension.tag_name().namespace()) {
            Some(SOAP11) => BindingKind::Soap11,
            Some(SOAP12) => BindingKind::Soap12,
            Some(HTTP) => BindingKind::Http,
            _ => BindingKind::Other,
        };
        let operations = children(node, "operation").map(|operation| self.binding_operation(operation)).collect();
        Some(Binding {
            name: names::declared(self.tree, node, self.diagnostics)?,
            span: self.tree.span(node),
            docs: self.docs(node),
            port_type: self.declaration(node, "type"),
            kind,
            verb: extension.and_then(|extension| extension.attribute("verb")).map(|verb| verb.trim().to_owned()),
            rpc: extension.and_then(|extension| extension.attribute("style")) == Some("rpc"),
            transport: extension.and_then(|extension| extension.attribute("transport")).map(str::to_owned),
            policies: self.attached(node),
            operations,
        })
    }

    fn binding_operation(&mut self, node: Node<'_, '_>) -> BindingOperation {
        let extension = soap(node, "operation").next();
        let action = extension.and_then(|extension| {
            let value = extension.attribute("soapAction")?;
            let span = self.tree.span_of(extension, "soapAction");
            self.clean(value, "soapAction", span);
            Some((value.trim().to_owned(), span))
        });
        let http = node.children().find(|child| child.has_tag_name((HTTP, "operation")));
        let location = http.and_then(|http| {
            let value = http.attribute("location")?;
            let span = self.tree.span_of(http, "location");
            self.clean(value, "location", span);
            Some((value.trim().to_owned(), span))
        });
        let mut policies = self.attached(node);
        let input = children(node, "input").next();
        let output = children(node, "output").next();
        for io in input.iter().chain(&output) {
            let more = self.attached(*io);
            policies.inline.extend(more.inline);
            policies.references.extend(more.references);
        }
        BindingOperation {
            name: self.loose_name(node),
            span: self.tree.span(node),
            action,
            location,
            rpc: extension.and_then(|extension| extension.attribute("style")).map(|style| style == "rpc"),
            input: input.map(|io| self.bound_io(io)),
            output: output.map(|io| self.bound_io(io)),
            policies,
        }
    }

    fn bound_io(&mut self, node: Node<'_, '_>) -> BoundIo {
        let mut it = BoundIo { name: node.attribute("name").map(|name| name.trim().to_owned()), ..BoundIo::default() };
        let mut holders = vec![node];
        for related in node.children().filter(|child| child.has_tag_name((MIME, "multipartRelated"))) {
            for part in related.children().filter(|child| child.has_tag_name((MIME, "part"))) {
                if soap(part, "body").next().is_some() {
                    holders.push(part);
                } else {
                    it.attachments.push(self.content(part, part));
                }
            }
        }
        it.http = self.http_content(node);
        for holder in holders {
            if let Some(body) = soap(holder, "body").next() {
                it.parts =
                    body.attribute("parts").map(|parts| parts.split_ascii_whitespace().map(str::to_owned).collect());
                it.namespace = body.attribute("namespace").map(|ns| ns.trim().to_owned());
                it.encoded = body.attribute("use") == Some("encoded");
            }
            for header in soap(holder, "header") {
                let part = |node: Node<'_, '_>| node.attribute("part").map(str::trim).unwrap_or_default().to_owned();
                let faults = soap(header, "headerfault")
                    .map(|fault| (self.declaration(fault, "message"), part(fault)))
                    .collect();
                it.headers.push(BoundHeader {
                    message: self.declaration(header, "message"),
                    part: part(header),
                    faults,
                    namespace: header.attribute("namespace").map(|ns| ns.trim().to_owned()),
                    required: matches!(header.attribute((WSDL, "required")), Some("true" | "1")),
                    span: self.tree.span(header),
                });
            }
        }
        it
    }

    /// The `mime:content` elements below a node: alternatives for one part.
    fn content(&self, node: Node<'_, '_>, place: Node<'_, '_>) -> BoundContent {
        let contents = || node.children().filter(|child| child.has_tag_name((MIME, "content")));
        let text = |value: &str| value.trim().to_owned();
        BoundContent {
            part: contents().find_map(|content| content.attribute("part")).map(text),
            types: contents().filter_map(|content| content.attribute("type")).map(text).collect(),
            span: self.tree.span(place),
        }
    }

    fn http_content(&self, node: Node<'_, '_>) -> Option<HttpContent> {
        let first = node
            .children()
            .find(|child| matches!(child.tag_name().namespace(), Some(MIME | HTTP)))
            .map(|child| (child, child.tag_name().name()));
        match first? {
            (_, "urlEncoded") => Some(HttpContent::UrlEncoded),
            (_, "urlReplacement") => Some(HttpContent::UrlReplacement),
            (xml, "mimeXml") => Some(HttpContent::Xml(xml.attribute("part").map(|part| part.trim().to_owned()))),
            (_, "multipartRelated") => Some(HttpContent::Multipart),
            (place, "content") => {
                let content = self.content(node, place);
                let is_xml = |it: &String| {
                    let essence = it.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
                    matches!(essence.as_str(), "text/xml" | "application/xml") || essence.ends_with("+xml")
                };
                Some(if !content.types.is_empty() && content.types.iter().all(is_xml) {
                    HttpContent::Xml(content.part)
                } else {
                    HttpContent::Mime(content)
                })
            }
            _ => None,
        }
    }

    fn service(&mut self, node: Node<'_, '_>) -> Option<Service> {
        let ports = children(node, "port").map(|port| self.port(port)).collect();
        Some(Service {
            name: names::declared(self.tree, node, self.diagnostics)?,
            span: self.tree.span(node),
            docs: self.docs(node),
            ports,
        })
    }

    fn port(&mut self, node: Node<'_, '_>) -> Port {
        let address = node.children().find(|child| child.tag_name().name() == "address").and_then(|address| {
            let value = address.attribute("location")?;
            let span = self.tree.span_of(address, "location");
            self.clean(value, "address", span);
            Some((value.trim().to_owned(), span))
        });
        Port {
            name: self.loose_name(node),
            span: self.tree.span(node),
            docs: self.docs(node),
            binding: self.declaration(node, "binding"),
            address,
            policies: self.attached(node),
        }
    }
}
