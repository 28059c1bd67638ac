//! Services by chance, over the types of a schema.

use std::fmt::Write as _;

use super::names::Names;
use super::schema::{Ref, Schema, TypeUse};
use super::simple;
use crate::agreement::edit::escape;
use crate::agreement::random::Random;

/// The namespace of services: never one of the schema's.
const NS: &str = "urn:services";

/// Text of a WSDL, piece by piece.
struct Writer<'s> {
    random: &'s mut Random,
    names: Names,
    schema: &'s Schema,
    /// Names of messages, operations and wrapper elements so far.
    taken: Vec<String>,
    wrappers: String,
    messages: String,
}

/// A message: its name, the parts that are the body's, and the part that is a header.
struct Message {
    name: String,
    body: Vec<String>,
    header: Option<String>,
}

/// A WSDL whose types are those of the schema, which lies beside it.
pub fn make(random: &mut Random, schema: &Schema) -> String {
    let names = Names::new(random);
    let mut writer =
        Writer { random, names, schema, taken: Vec::new(), wrappers: String::new(), messages: String::new() };
    writer.services()
}

impl Writer<'_> {
    fn name(&mut self) -> String {
        self.names.fresh(self.random, &mut self.taken)
    }

    fn prefixed(&self, file: usize, name: &str) -> String {
        let space = self.schema.space(file);
        if self.schema.spaces[space].is_empty() { name.to_owned() } else { format!("n{space}:{name}") }
    }

    /// A type by name, which is no `ID`: several of one value would be none.
    fn ty(&mut self) -> String {
        match self.random.below(10) {
            0..4 if !self.schema.complexes.is_empty() => {
                let item = &self.schema.complexes[self.random.below(self.schema.complexes.len())];
                self.prefixed(item.file, &item.name)
            }
            4..6 if !self.schema.simples.is_empty() => {
                let item = &self.schema.simples[self.random.below(self.schema.simples.len())];
                self.prefixed(item.file, &item.name)
            }
            _ => match simple::builtin(self.random).0 {
                "ID" => "xs:string".to_owned(),
                name => format!("xs:{name}"),
            },
        }
    }

    /// A global element that can stand for itself: a wrapper of our own, or one of the schema's.
    fn element(&mut self, wrapper: Option<&str>) -> String {
        let usable: Vec<usize> = (0..self.schema.elements.len())
            .filter(|id| {
                let element = &self.schema.elements[*id].def.element;
                let open = matches!(element.ty, TypeUse::Named(Ref::Builtin("anyType")) | TypeUse::None);
                !open && !element.rest.iter().any(|(name, _)| *name == "abstract")
            })
            .collect();
        if let (None, Some(id)) = (wrapper, self.random.pick(&usable).copied())
            && self.random.chance(70)
        {
            let item = &self.schema.elements[id];
            return self.prefixed(item.file, &item.name);
        }
        let name = match wrapper {
            Some(name) => name.to_owned(),
            None => self.name(),
        };
        let mut members = String::new();
        let mut taken = Vec::new();
        for _ in 0..self.random.below(4) {
            let member = self.names.fresh(self.random, &mut taken);
            let occurs = ["", " minOccurs=\"0\"", " minOccurs=\"0\" maxOccurs=\"unbounded\"", " nillable=\"true\""];
            let ty = self.ty();
            let _ = write!(members, "<xs:element name=\"{member}\" type=\"{ty}\"{}/>", occurs[self.random.below(4)]);
        }
        let _ = writeln!(
            self.wrappers,
            "    <xs:element name=\"{name}\"><xs:complexType><xs:sequence>{members}</xs:sequence></xs:complexType></xs:element>"
        );
        format!("s:{name}")
    }

    fn message(&mut self, operation: &str, suffix: &str, rpc: bool) -> Message {
        let name = format!("{operation}{suffix}");
        let mut parts = Vec::new();
        let mut taken = Vec::new();
        let (mut body, mut header) = (Vec::new(), None);
        if rpc {
            for _ in 0..self.random.below(4) {
                let part = self.names.fresh(self.random, &mut taken);
                parts.push((part.clone(), format!("type=\"{}\"", self.ty())));
                body.push(part);
            }
        } else if !self.random.chance(8) {
            let wrapper = match (self.random.chance(50), suffix) {
                (true, "") => Some(operation.to_owned()),
                (true, suffix) => Some(format!("{operation}{suffix}")),
                (false, _) => None,
            };
            let part =
                if wrapper.is_some() { "parameters".to_owned() } else { self.names.fresh(self.random, &mut taken) };
            taken.push(part.clone());
            parts.push((part.clone(), format!("element=\"{}\"", self.element(wrapper.as_deref()))));
            body.push(part);
        }
        if self.random.chance(20) {
            let part = self.names.fresh(self.random, &mut taken);
            parts.push((part.clone(), format!("element=\"{}\"", self.element(None))));
            header = Some(part);
        }
        let parts: String = parts.into_iter().map(|(name, what)| format!("<w:part name=\"{name}\" {what}/>")).collect();
        let _ = writeln!(self.messages, "  <w:message name=\"{name}\">{parts}</w:message>");
        Message { name, body, header }
    }

    fn body(&mut self, message: &Message, rpc: bool, encoded: bool) -> String {
        let mut attributes = String::from(if encoded { "use=\"encoded\"" } else { "use=\"literal\"" });
        if encoded {
            attributes.push_str(" encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"");
        }
        if rpc && self.random.chance(85) {
            let _ = write!(attributes, " namespace=\"{}\"", ["urn:rpc", NS][self.random.below(2)]);
        }
        if message.header.is_some() || self.random.chance(10) {
            let _ = write!(attributes, " parts=\"{}\"", message.body.join(" "));
        }
        let mut text = format!("<soap:body {attributes}/>");
        if let Some(header) = &message.header {
            let _ = write!(text, "<soap:header message=\"s:{}\" part=\"{header}\" use=\"literal\"/>", message.name);
        }
        text
    }

    fn services(&mut self) -> String {
        let rpc = self.random.chance(40);
        let encoded = rpc && self.random.chance(35);
        let (mut port_type, mut binding) = (String::new(), String::new());
        let mut previous: Option<String> = None;
        for _ in 0..1 + self.random.below(4) {
            // Now and then a second operation of the name, with messages of its own.
            let overloaded = previous.clone().filter(|_| self.random.chance(6));
            let again = overloaded.is_some();
            let name = overloaded.unwrap_or_else(|| self.name());
            let stem = if again { self.name() } else { name.clone() };
            let input = self.message(&stem, "", rpc);
            let output = (!self.random.chance(15)).then(|| self.message(&stem, "Response", rpc));
            let fault = (output.is_some() && self.random.chance(30)).then(|| {
                let element = self.element(None);
                let _ = writeln!(
                    self.messages,
                    "  <w:message name=\"{stem}Fault\"><w:part name=\"fault\" element=\"{element}\"/></w:message>"
                );
            });
            let (mut abstractly, mut bound) = (String::new(), String::new());
            let named = |what: &str| if again { format!(" name=\"{stem}{what}\"") } else { String::new() };
            let _ = write!(abstractly, "<w:input{} message=\"s:{}\"/>", named("In"), input.name);
            let _ = write!(bound, "<w:input{}>{}</w:input>", named("In"), self.body(&input, rpc, encoded));
            if let Some(output) = &output {
                let _ = write!(abstractly, "<w:output{} message=\"s:{}\"/>", named("Out"), output.name);
                let _ = write!(bound, "<w:output{}>{}</w:output>", named("Out"), self.body(output, rpc, encoded));
            }
            if fault.is_some() {
                let _ = write!(abstractly, "<w:fault name=\"f\" message=\"s:{stem}Fault\"/>");
                bound.push_str("<w:fault name=\"f\"><soap:fault name=\"f\" use=\"literal\"/></w:fault>");
            }
            let action = if self.random.chance(80) { format!("urn:do/{stem}") } else { String::new() };
            let _ = writeln!(port_type, "    <w:operation name=\"{name}\">{abstractly}</w:operation>");
            let _ = writeln!(
                binding,
                "    <w:operation name=\"{name}\"><soap:operation soapAction=\"{}\"/>{bound}</w:operation>",
                escape(&action)
            );
            previous = Some(name);
        }
        let style = if rpc { "rpc" } else { "document" };
        let versions: &[&str] = [&["soap"][..], &["soap12"], &["soap", "soap12"]][self.random.below(3)];
        let (mut bindings, mut ports) = (String::new(), String::new());
        for prefix in versions {
            let text = binding.replace("soap:", &format!("{prefix}:"));
            let _ = writeln!(
                bindings,
                "  <w:binding name=\"B{prefix}\" type=\"s:P\">\n    <{prefix}:binding style=\"{style}\" \
                 transport=\"http://schemas.xmlsoap.org/soap/http\"/>\n{text}  </w:binding>"
            );
            let _ = write!(
                ports,
                "<w:port name=\"{prefix}Port\" binding=\"s:B{prefix}\"><{prefix}:address location=\"http://127.0.0.1/{prefix}\"/></w:port>"
            );
        }
        let service = self.name();
        self.document(&port_type, &bindings, &format!("  <w:service name=\"{service}\">{ports}</w:service>\n"))
    }

    fn document(&self, port_type: &str, bindings: &str, service: &str) -> String {
        let (mut declared, mut imports) = (String::new(), String::new());
        for (index, space) in self.schema.spaces.iter().enumerate() {
            let file = self.schema.files.iter().find(|file| file.space == index);
            let location = file.map_or("", |file| file.name.as_str());
            if space.is_empty() {
                let _ = writeln!(imports, "    <xs:import schemaLocation=\"{location}\"/>");
            } else {
                let _ = write!(declared, " xmlns:n{index}=\"{}\"", escape(space));
                let _ =
                    writeln!(imports, "    <xs:import namespace=\"{}\" schemaLocation=\"{location}\"/>", escape(space));
            }
        }
        format!(
            "<w:definitions xmlns:w=\"http://schemas.xmlsoap.org/wsdl/\" xmlns:soap=\"http://schemas.xmlsoap.org/wsdl/soap/\" \
             xmlns:soap12=\"http://schemas.xmlsoap.org/wsdl/soap12/\" xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" \
             xmlns:s=\"{NS}\" targetNamespace=\"{NS}\"{declared}>\n  <w:types><xs:schema targetNamespace=\"{NS}\" \
             elementFormDefault=\"qualified\">\n{imports}{}  </xs:schema></w:types>\n{}  <w:portType name=\"P\">\n{port_type}  \
             </w:portType>\n{bindings}{service}</w:definitions>\n",
            self.wrappers, self.messages
        )
    }
}
