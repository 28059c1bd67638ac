//! WSDL: operations, messages, headers, faults, bindings and addresses.

use roxmltree::Node;

use super::{Table, one, pick};
use crate::agreement::edit::{Change, Edit, SOAP, WSDL, XSD, Xml, local};
use crate::agreement::random::Random;

pub(super) const ALL: Table = &[
    ("operation-added", operation_added),
    ("operation-removed", operation_removed),
    ("operation-renamed", operation_renamed),
    ("operations-reordered", operations_reordered),
    ("operation-one-way", one_way),
    ("operation-input-changed", |xml, random| message_changed(xml, random, "input")),
    ("operation-output-changed", |xml, random| message_changed(xml, random, "output")),
    ("action-changed", action),
    ("header-added-optional", |xml, random| header_added(xml, random, "input", "")),
    ("header-added-required", |xml, random| {
        header_added(xml, random, "input", " wsdl:required=\"true\" xmlns:wsdl=\"http://schemas.xmlsoap.org/wsdl/\"")
    }),
    ("header-removed", |xml, random| header_removed(xml, random, "input")),
    ("reply-header-added", |xml, random| header_added(xml, random, "output", "")),
    ("reply-header-removed", |xml, random| header_removed(xml, random, "output")),
    ("fault-added", fault_added),
    ("fault-removed", fault_removed),
    ("endpoint-changed", endpoint),
    ("soap-version-changed", soap_version),
    ("style-changed", style),
    ("use-changed", use_changed),
    ("policy-added", policy),
    ("port-removed", port_removed),
    ("port-renamed", port_renamed),
    ("port-type-renamed", port_type_renamed),
    ("part-renamed", part_renamed),
    ("part-element-changed", part_element),
    ("part-added", part_added),
    ("part-removed", part_removed),
    ("body-namespace-changed", body_namespace),
];

fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.has_tag_name((WSDL, name))
}

fn is_soap(node: Node<'_, '_>, name: &str) -> bool {
    SOAP.iter().any(|ns| node.has_tag_name((*ns, name)))
}

fn in_parent(node: Node<'_, '_>, name: &str) -> bool {
    node.parent().is_some_and(|parent| is(parent, name))
}

/// An operation of a port type, and its twins in the bindings.
fn operation<'a, 't>(xml: &'a Xml<'t>, random: &mut Random) -> Option<(&'a str, Vec<Node<'a, 't>>)> {
    let node = pick(xml, random, |node| is(node, "operation") && in_parent(node, "portType"))?;
    let name = node.attribute("name")?;
    let all = xml.wsdl("operation").filter(|other| other.attribute("name") == Some(name)).collect();
    Some((name, all))
}

fn operation_added(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let (name, nodes) = operation(xml, random)?;
    let edits = nodes.iter().map(|node| {
        let text = xml.outer(*node).replacen(&format!("name=\"{name}\""), "name=\"AddedOperation\"", 1);
        Edit::insert(node.range().end, text)
    });
    Some(Change { edits: edits.collect(), what: format!("operation AddedOperation, like {name}") })
}

fn operation_removed(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let operations = xml.wsdl("operation").filter(|node| in_parent(*node, "portType")).count();
    let (name, nodes) = operation(xml, random).filter(|_| operations > 1)?;
    Some(Change {
        edits: nodes.iter().map(|node| Edit::remove(node.range())).collect(),
        what: format!("no operation {name}"),
    })
}

fn operation_renamed(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let (name, nodes) = operation(xml, random)?;
    let new = format!("{name}V2");
    let edits = nodes.iter().map(|node| xml.set(*node, "name", Some(&new)));
    Some(Change { edits: edits.collect(), what: format!("operation {name} becomes {new}") })
}

fn operations_reordered(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let next =
        |node: Node<'_, '_>| node.next_siblings().skip(1).find(|node| is(*node, "operation")).map(|node| node.id());
    let node = pick(xml, random, |node| is(node, "operation") && in_parent(node, "portType") && next(node).is_some())?;
    let other = xml.document.get_node(next(node)?)?;
    let edits = vec![Edit::replace(node.range(), xml.outer(other)), Edit::replace(other.range(), xml.outer(node))];
    Some(Change { edits, what: "operations change places".to_owned() })
}

fn one_way(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let (name, nodes) = operation(xml, random)?;
    let edits: Vec<Edit> = nodes
        .iter()
        .flat_map(|node| node.children())
        .filter(|child| is(*child, "output") || is(*child, "fault"))
        .map(|child| Edit::remove(child.range()))
        .collect();
    (!edits.is_empty()).then(|| Change { edits, what: format!("{name} answers nothing") })
}

fn message_changed(xml: &Xml<'_>, random: &mut Random, which: &str) -> Option<Change> {
    let found = |node: Node<'_, '_>| {
        is(node, which) && node.parent().is_some_and(|parent| is(parent, "operation") && in_parent(parent, "portType"))
    };
    let node = pick(xml, random, |node| found(node) && node.has_attribute("message"))?;
    let others: Vec<&str> = xml
        .document
        .descendants()
        .filter(|other| found(*other))
        .filter_map(|other| other.attribute("message"))
        .collect();
    let other = random.pick(&others)?;
    one(xml.set(node, "message", Some(other)), format!("{which} {} becomes {other}", node.attribute("message")?))
}

fn action(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| is_soap(node, "operation"))?;
    let new = format!("{}/v2", node.attribute("soapAction").unwrap_or("urn:action"));
    one(xml.set(node, "soapAction", Some(&new)), format!("soapAction {new}"))
}

/// A message with one part of an element that is there, as a header.
fn header_added(xml: &Xml<'_>, random: &mut Random, message: &str, required: &str) -> Option<Change> {
    let definitions = xml.document.root_element();
    let target = definitions.attribute("targetNamespace")?;
    let tns = definitions.namespaces().find(|ns| ns.uri() == target).and_then(roxmltree::Namespace::name)?;
    let body = pick(xml, random, |node| is_soap(node, "body") && in_parent(node, message))?;
    let element = pick(xml, random, |node| is(node, "part") && node.has_attribute("element"))?.attribute("element")?;
    let first = xml.wsdl("message").next()?;
    let p = xml.prefix(first);
    let text =
        format!("<{p}message name=\"AddedHeaderMessage\"><{p}part name=\"added\" element=\"{element}\"/></{p}message>");
    let s = xml.prefix(body);
    let header = format!("<{s}header message=\"{tns}:AddedHeaderMessage\" part=\"added\" use=\"literal\"{required}/>");
    let edits = vec![Edit::insert(first.range().start, text), Edit::insert(body.range().end, header)];
    Some(Change {
        edits,
        what: format!("header {element} of the {message}{}", if required.is_empty() { "" } else { ", required" }),
    })
}

fn header_removed(xml: &Xml<'_>, random: &mut Random, message: &str) -> Option<Change> {
    let node = pick(xml, random, |node| is_soap(node, "header") && in_parent(node, message))?;
    one(
        Edit::remove(node.range()),
        format!("no header {} of the {message}", node.attribute("part").unwrap_or_default()),
    )
}

fn fault_added(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let (name, nodes) = operation(xml, random)?;
    let definitions = xml.document.root_element();
    let target = definitions.attribute("targetNamespace")?;
    let tns = definitions.namespaces().find(|ns| ns.uri() == target).and_then(roxmltree::Namespace::name)?;
    let element = pick(xml, random, |node| is(node, "part") && node.has_attribute("element"))?.attribute("element")?;
    let message = xml.wsdl("message").next()?;
    let p = xml.prefix(message);
    let text =
        format!("<{p}message name=\"AddedFaultMessage\"><{p}part name=\"fault\" element=\"{element}\"/></{p}message>");
    let mut edits = vec![Edit::insert(message.range().start, text)];
    for node in nodes {
        let fault = if in_parent(node, "portType") {
            format!("<{p}fault name=\"AddedFault\" message=\"{tns}:AddedFaultMessage\"/>")
        } else {
            let soap = node.children().find(|child| is_soap(*child, "operation"))?;
            format!(
                "<{p}fault name=\"AddedFault\"><{}fault name=\"AddedFault\" use=\"literal\"/></{p}fault>",
                xml.prefix(soap)
            )
        };
        edits.push(xml.append(node, &fault));
    }
    Some(Change { edits, what: format!("{name} has a fault {element}") })
}

fn fault_removed(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| {
        is(node, "fault") && node.parent().is_some_and(|parent| in_parent(parent, "portType"))
    })?;
    let (fault, operation) = (node.attribute("name")?, node.parent()?.attribute("name")?);
    let edits = xml
        .wsdl("fault")
        .filter(|other| other.attribute("name") == Some(fault))
        .filter(|other| other.parent().is_some_and(|parent| parent.attribute("name") == Some(operation)))
        .map(|other| Edit::remove(other.range()));
    Some(Change { edits: edits.collect(), what: format!("{operation} has no fault {fault}") })
}

fn endpoint(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| is_soap(node, "address"))?;
    let new = format!("{}/v2", node.attribute("location")?);
    one(xml.set(node, "location", Some(&new)), format!("address {new}"))
}

/// Everything of one SOAP version becomes the other's.
fn soap_version(xml: &Xml<'_>, _: &mut Random) -> Option<Change> {
    let has = |ns: &str| xml.text.contains(&format!("\"{ns}\""));
    let (old, new) = match (has(SOAP[0]), has(SOAP[1])) {
        (true, false) => (SOAP[0], SOAP[1]),
        (false, true) => (SOAP[1], SOAP[0]),
        _ => return None,
    };
    let wanted = format!("\"{old}\"");
    let edits =
        xml.text.match_indices(&wanted).map(|(at, _)| Edit::replace(at..at + wanted.len(), format!("\"{new}\"")));
    Some(Change { edits: edits.collect(), what: "the other SOAP version".to_owned() })
}

fn style(xml: &Xml<'_>, _: &mut Random) -> Option<Change> {
    let nodes: Vec<Node<'_, '_>> = xml
        .document
        .descendants()
        .filter(|node| node.attribute("style").is_some() && (is_soap(*node, "binding") || is_soap(*node, "operation")))
        .collect();
    let old = nodes.first()?.attribute("style")?;
    let new = if old == "rpc" { "document" } else { "rpc" };
    Some(Change {
        edits: nodes.iter().map(|node| xml.set(*node, "style", Some(new))).collect(),
        what: format!("style {new}"),
    })
}

fn use_changed(xml: &Xml<'_>, _: &mut Random) -> Option<Change> {
    let nodes: Vec<Node<'_, '_>> = xml.document.descendants().filter(|node| is_soap(*node, "body")).collect();
    let old = nodes.first()?.attribute("use").unwrap_or("literal");
    let new = if old == "encoded" { "literal" } else { "encoded" };
    Some(Change {
        edits: nodes.iter().map(|node| xml.set(*node, "use", Some(new))).collect(),
        what: format!("use {new}"),
    })
}

/// A policy that asks for a UsernameToken.
fn policy(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let binding =
        pick(xml, random, |node| is(node, "binding") && node.children().any(|child| is_soap(child, "binding")))?;
    let text = "<wsp:Policy xmlns:wsp=\"http://schemas.xmlsoap.org/ws/2004/09/policy\" \
                xmlns:sp=\"http://docs.oasis-open.org/ws-sx/ws-securitypolicy/200702\"><sp:SupportingTokens><wsp:Policy>\
                <sp:UsernameToken sp:IncludeToken=\"http://docs.oasis-open.org/ws-sx/ws-securitypolicy/200702/IncludeToken/AlwaysToRecipient\">\
                <wsp:Policy><sp:WssUsernameToken10/></wsp:Policy></sp:UsernameToken></wsp:Policy></sp:SupportingTokens></wsp:Policy>";
    one(xml.prepend(binding, text), "a policy that asks for a UsernameToken")
}

fn port_removed(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| {
        is(node, "port")
            && node.parent().is_some_and(|parent| parent.children().filter(|child| is(*child, "port")).count() > 1)
    })?;
    one(Edit::remove(node.range()), format!("no port {}", node.attribute("name")?))
}

fn port_renamed(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| is(node, "port"))?;
    let new = format!("{}V2", node.attribute("name")?);
    one(xml.set(node, "name", Some(&new)), format!("port {new}"))
}

fn port_type_renamed(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| is(node, "portType"))?;
    let name = node.attribute("name")?;
    let new = format!("{name}V2");
    let mut edits = vec![xml.set(node, "name", Some(&new))];
    for binding in xml.wsdl("binding") {
        let ty = binding.attribute("type").unwrap_or_default();
        if local(ty) == name {
            let prefix = &ty[..ty.len() - name.len()];
            edits.push(xml.set(binding, "type", Some(&format!("{prefix}{new}"))));
        }
    }
    Some(Change { edits, what: format!("portType {name} becomes {new}") })
}

fn part_renamed(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| is(node, "part"))?;
    let new = format!("{}V2", node.attribute("name")?);
    one(xml.set(node, "name", Some(&new)), format!("part {new}"))
}

fn part_element(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| is(node, "part") && node.has_attribute("element"))?;
    let others: Vec<&str> = xml.wsdl("part").filter_map(|part| part.attribute("element")).collect();
    let other = random.pick(&others)?;
    one(xml.set(node, "element", Some(other)), format!("part element {other}"))
}

fn part_added(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let message = pick(xml, random, |node| {
        is(node, "message") && node.children().any(|child| is(child, "part") && child.has_attribute("type"))
    })?;
    let prefix = xml
        .document
        .root_element()
        .namespaces()
        .find(|ns| ns.uri() == XSD && ns.name().is_some())
        .and_then(roxmltree::Namespace::name)?;
    let text = format!("<{}part name=\"addedPart\" type=\"{prefix}:string\"/>", xml.prefix(message));
    one(xml.append(message, &text), format!("{}: part addedPart", message.attribute("name")?))
}

fn part_removed(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| is(node, "part") && node.has_attribute("type"))?;
    one(Edit::remove(node.range()), format!("no part {}", node.attribute("name")?))
}

fn body_namespace(xml: &Xml<'_>, random: &mut Random) -> Option<Change> {
    let node = pick(xml, random, |node| is_soap(node, "body") && node.has_attribute("namespace"))?;
    let new = format!("{}/v2", node.attribute("namespace")?);
    one(xml.set(node, "namespace", Some(&new)), format!("body namespace {new}"))
}
