//! WSDL and XSD files into models: one small contract for each thing that real ones do.

use std::path::PathBuf;

use bindery_codegen::diagnostic::Diagnostics;
use bindery_codegen::model;
use bindery_codegen::source::Sources;
use bindery_codegen::wsdl::{LoadOptions, load_model};

/// Loads files written for the test; the first is the root. The printed model, or the rendered diagnostics.
fn load(test: &str, files: &[(&str, &str)]) -> Result<(String, String), String> {
    load_as(test, files, false)
}

fn load_as(test: &str, files: &[(&str, &str)], strict: bool) -> Result<(String, String), String> {
    load_with(test, files, LoadOptions { strict, ..LoadOptions::default() })
}

fn load_with(test: &str, files: &[(&str, &str)], options: LoadOptions) -> Result<(String, String), String> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("front_ends").join(test);
    std::fs::create_dir_all(&folder).expect("makes a folder");
    for (name, text) in files {
        std::fs::write(folder.join(name), text).expect("writes");
    }
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let model = load_model(&[folder.join(files[0].0)], &options, &mut sources, &mut diagnostics);
    let said = diagnostics.render(&sources, false);
    model.map(|model| (model::print(&model), said.clone())).ok_or(said)
}

fn holds(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "expected\n{part}\nin\n{text}");
    }
}

fn wsdl(types: &str, rest: &str) -> String {
    format!(
        r#"<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
  xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/" xmlns:http="http://schemas.xmlsoap.org/wsdl/http/" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:enc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:t="urn:t" targetNamespace="urn:t"><wsdl:types>{types}</wsdl:types>{rest}</wsdl:definitions>"#
    )
}

fn xsd(body: &str) -> String {
    format!(
        r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t" elementFormDefault="qualified">{body}</xs:schema>"#
    )
}

#[test]
fn an_asmx_service_is_one_service_with_two_bindings() {
    let types = xsd(
        r#"<xs:element name="Renotify"><xs:complexType><xs:sequence><xs:element minOccurs="0" name="order" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
        <xs:element name="RenotifyResponse"><xs:complexType/></xs:element>
        <xs:element name="AuthHeader" type="t:AuthHeader"/>
        <xs:complexType name="AuthHeader"><xs:sequence><xs:element name="Token" type="xs:string"/></xs:sequence><xs:anyAttribute/></xs:complexType>"#,
    );
    let binding = |name: &str, soap: &str| {
        format!(
            r#"<wsdl:binding name="{name}" type="t:OrdersSoap"><{soap}:binding transport="http://schemas.xmlsoap.org/soap/http"/>
        <wsdl:operation name="Renotify"><{soap}:operation soapAction="urn:t/Renotify" style="document"/><wsdl:input><{soap}:body use="literal"/>
        <{soap}:header message="t:RenotifyAuth" part="AuthHeader" use="literal"/></wsdl:input><wsdl:output><{soap}:body use="literal"/>
        <{soap}:header message="t:RenotifyAuth" part="AuthHeader" use="literal" wsdl:required="true"/></wsdl:output></wsdl:operation></wsdl:binding>"#
        )
    };
    let rest = format!(
        r#"<wsdl:message name="RenotifyIn"><wsdl:part name="parameters" element="t:Renotify"/></wsdl:message>
        <wsdl:message name="RenotifyOut"><wsdl:part name="parameters" element="t:RenotifyResponse"/></wsdl:message>
        <wsdl:message name="RenotifyAuth"><wsdl:part name="AuthHeader" element="t:AuthHeader"/></wsdl:message>
        <wsdl:portType name="OrdersSoap"><wsdl:operation name="Renotify"><wsdl:documentation>Sends it again.</wsdl:documentation>
        <wsdl:input message="t:RenotifyIn"/><wsdl:output message="t:RenotifyOut"/></wsdl:operation></wsdl:portType>
        <wsdl:portType name="OrdersHttpGet"/><wsdl:binding name="OrdersHttpGet" type="t:OrdersHttpGet"><http:binding verb="GET"/></wsdl:binding>
        {}{}<wsdl:service name="Orders"><wsdl:port name="OrdersSoap" binding="t:OrdersSoap"><soap:address location="https://h/a.asmx"/></wsdl:port>
        <wsdl:port name="OrdersSoap12" binding="t:OrdersSoap12"><soap12:address location="https://h/a.asmx"/></wsdl:port>
        <wsdl:port name="OrdersHttpGet" binding="t:OrdersHttpGet"><http:address location="https://h/a.asmx"/></wsdl:port></wsdl:service>"#,
        binding("OrdersSoap", "soap"),
        binding("OrdersSoap12", "soap12")
    );
    let (text, said) = load("asmx", &[("orders.wsdl", &wsdl(&types, &rest))]).expect("loads");
    holds(
        &text,
        &[
            "service Orders \"urn:t\"\n  binding OrdersSoap soap 1.1 \"https://h/a.asmx\"\n  binding OrdersSoap12 soap 1.2",
            "  // Sends it again.\n  operation Renotify\n    input t:Renotify",
            "header t:AuthHeader: t:AuthHeader\n    reply header t:AuthHeader: t:AuthHeader\n    route OrdersSoap action=\"urn:t/Renotify\"\n    route OrdersSoap12 action=",
            "  any attribute ##any strict\n  sequence\n    t:Token: xs:string",
        ],
    );
    holds(&said, &["note[N0401]: the port `OrdersHttpGet` is skipped"]);
    assert_eq!(text.matches("service ").count(), 1, "{text}");
}

#[test]
fn rpc_style_gets_its_wrapper_and_soap_arrays_their_items() {
    let types = xsd(
        r#"<xs:complexType name="Names"><xs:complexContent><xs:restriction base="enc:Array"><xs:attribute ref="enc:arrayType"
        xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" wsdl:arrayType="xs:string[]"/></xs:restriction></xs:complexContent></xs:complexType>"#,
    );
    let rest = r#"<wsdl:message name="In"><wsdl:part name="names" type="t:Names"/><wsdl:part name="max" type="xs:int"/></wsdl:message>
        <wsdl:message name="Out"><wsdl:part name="return" type="enc:string"/></wsdl:message>
        <wsdl:portType name="P"><wsdl:operation name="find"><wsdl:input message="t:In"/><wsdl:output message="t:Out"/></wsdl:operation>
        <wsdl:operation name="find"><wsdl:input name="findAll" message="t:Out"/></wsdl:operation></wsdl:portType>
        <wsdl:binding name="B" type="t:P"><soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>
        <wsdl:operation name="find"><soap:operation soapAction=""/><wsdl:input><soap:body use="encoded" namespace="urn:body"/></wsdl:input>
        <wsdl:output><soap:body use="encoded" namespace="urn:body"/></wsdl:output></wsdl:operation>
        <wsdl:operation name="find"><wsdl:input name="findAll"><soap:body use="encoded" namespace="urn:body"/></wsdl:input></wsdl:operation></wsdl:binding>"#;
    let (text, _) = load("rpc", &[("p.wsdl", &wsdl(&types, rest))]).expect("loads");
    holds(
        &text,
        &[
            "service P \"urn:t\"\n  binding B soap 1.1\n",
            "  operation find encoded",
            "    input body:find: (t:find)\n    output body:findResponse: (t:findResponse)\n    route B action=\"\"",
            "  operation findAll encoded",
            "    input body:find: (t:findAll)\n    route B\n",
            "complex t:Names soap_array of xs:string\n  sequence\n    item: xs:string * nillable",
            "complex (t:find)\n  sequence\n    names: t:Names nillable\n    max: xs:int nillable",
        ],
    );
}

#[test]
fn schemas_in_pieces() {
    let root = xsd(
        r#"<xs:include schemaLocation="chameleon.xsd"/><xs:import namespace="urn:o" schemaLocation="o.xsd"/>
        <xs:redefine schemaLocation="old.xsd"><xs:complexType name="Old"><xs:complexContent><xs:extension base="t:Old"><xs:sequence>
        <xs:element name="more" type="t:Color"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType></xs:redefine>
        <xs:element name="r" type="t:Old"/><xs:element name="head" abstract="true" type="xs:string"/>
        <xs:element name="sub" substitutionGroup="t:head"/>"#,
    );
    let chameleon = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:include schemaLocation="chameleon.xsd"/>
        <xs:simpleType name="Color"><xs:restriction base="xs:string"><xs:enumeration value="red"/></xs:restriction></xs:simpleType>
        <xs:complexType name="Uses"><xs:sequence><xs:element name="c" type="Color"/></xs:sequence></xs:complexType></xs:schema>"#;
    let old = xsd(
        r#"<xs:complexType name="Old"><xs:sequence><xs:element name="a" type="xs:int"/></xs:sequence></xs:complexType>"#,
    );
    let other = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:o" xmlns:o="urn:o">
        <xs:import namespace="urn:t" schemaLocation="root.xsd"/><xs:group name="g"><xs:choice><xs:element name="x" type="xs:int"/>
        <xs:element name="y"><xs:simpleType><xs:restriction base="xs:int"><xs:maxInclusive value="9"/></xs:restriction></xs:simpleType></xs:element></xs:choice></xs:group>
        <xs:complexType name="G"><xs:sequence><xs:group ref="o:g" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:schema>"#;
    let files = [("root.xsd", root.as_str()), ("chameleon.xsd", chameleon), ("old.xsd", &old), ("o.xsd", other)];
    let (text, _) = load("pieces", &files).expect("loads");
    holds(
        &text,
        &[
            "complex t:Old extends (t:Old/Original)\n  sequence\n    t:more: t:Color",
            "complex (t:Old/Original)\n  sequence\n    t:a: xs:int",
            "complex t:Uses\n  sequence\n    c: t:Color",
            "element t:sub: xs:string substitutes t:head",
            "complex o:G\n  sequence\n    choice +\n      x: xs:int\n      y: (o:g/y)",
        ],
    );
}

#[test]
fn what_is_missing_is_said_where_it_is_used() {
    let misspelt = xsd(r#"<xs:complexType name="Customer"/><xs:element name="r" type="t:Custommer"/>"#);
    let said = load_as("misspelt", &[("a.xsd", &misspelt)], true).expect_err("is refused");
    holds(&said, &["error[E0302]: there is no type `Custommer`", "a.xsd:1:", "did you mean `Customer`?"]);
    let (text, said) = load("misspelt", &[("a.xsd", &misspelt)]).expect("loads");
    holds(
        &said,
        &["warning[W0308]: there is no type `Custommer`", "a.xsd:1:", "did you mean `Customer`?", "any content"],
    );
    holds(&text, &["element t:r: t:Custommer", "simple t:Custommer = AnyType"]);

    let gone = xsd(r#"<xs:include schemaLocation="gone.xsd"/>"#);
    let said = load("gone", &[("a.xsd", &xsd(r#"<xs:include schemaLocation="b.xsd"/>"#)), ("b.xsd", &gone)])
        .expect_err("is refused");
    holds(&said, &["error[E0201]: there is no file `gone.xsd`", "b.xsd` is referred to at", "a.xsd:1:"]);

    let unused = xsd(
        r#"<xs:element name="Ping" type="xs:string"/><xs:complexType name="Unused"><xs:sequence><xs:element name="x" type="t:Nowhere"/></xs:sequence></xs:complexType>"#,
    );
    let rest = r#"<wsdl:message name="M"><wsdl:part name="p" element="t:Ping"/></wsdl:message>
        <wsdl:portType name="P"><wsdl:operation name="ping"><wsdl:input message="t:M"/></wsdl:operation></wsdl:portType>"#;
    let (text, said) = load("unused", &[("a.wsdl", &wsdl(&unused, rest))]).expect("loads: nothing in use is missing");
    holds(&said, &["warning[W0307]: there is no type `Nowhere`"]);
    holds(&text, &["operation ping\n    input t:Ping: xs:string\n    route P"]);
}

#[test]
fn a_missing_import_is_an_error_only_where_something_can_need_it() {
    let schema = |prefix: &str, ty: &str| {
        format!(
            r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" {prefix} targetNamespace="urn:t">
            <xs:import namespace="urn:gone" schemaLocation="http://example.com/gone.xsd"/><xs:element name="a" type="{ty}"/></xs:schema>"#
        )
    };
    let (needless, needed) = (schema("", "xs:int"), schema(r#"xmlns:g="urn:gone""#, "g:T"));
    let (_, said) = load("missing_needless", &[("a.xsd", &needless)]).unwrap();
    holds(&said, &["W0203", "nothing can need it"]);
    let said = load_as("missing_strict", &[("a.xsd", &needless)], true).unwrap_err();
    holds(&said, &["E0202"]);
    let said = load("missing_needed", &[("a.xsd", &needed)]).unwrap_err();
    holds(&said, &["E0202", "save the document", "`allow_missing` generates without it"]);
    let allowed = LoadOptions { allow_missing: true, ..LoadOptions::default() };
    let (_, said) = load_with("missing_allowed", &[("a.xsd", &needed)], allowed).unwrap();
    holds(&said, &["W0204", "http://example.com/gone.xsd", "takes and gives any content"]);
}

#[test]
fn empty_and_bare_bodies_have_no_element() {
    let types = xsd(r#"<xs:element name="A" type="xs:string"/><xs:element name="B" type="xs:string"/>"#);
    let rest = r#"<wsdl:message name="None"/><wsdl:message name="Two"><wsdl:part name="a" element="t:A"/><wsdl:part name="b" element="t:B"/></wsdl:message>
        <wsdl:portType name="P"><wsdl:operation name="o"><wsdl:input message="t:None"/><wsdl:output message="t:Two"/></wsdl:operation></wsdl:portType>"#;
    let (text, _) = load("bare", &[("a.wsdl", &wsdl(&types, rest))]).expect("loads");
    holds(
        &text,
        &[
            "input (no element): (t:o)\n    output (no element): (t:oResponse)",
            "complex (t:oResponse)\n  sequence\n    t:A: xs:string ref\n    t:B: xs:string ref",
        ],
    );
}

/// Real contracts are full of loose ends. The rest of such a contract is of use, and what is loose is named.
#[test]
fn loose_ends_are_left_open_or_out_unless_strict() {
    let types = xsd(r#"<xs:element name="Ping" type="xs:string"/><xs:element name="Ping" type="xs:int"/>
        <xs:complexType name="A"><xs:sequence><xs:element ref="t:gone"/><xs:group ref="t:none" minOccurs="0"/><xs:element name="n" type="xs:int" default="x"/>
        <xs:element name="u" type="nope:A"/><xs:element name="v" type="nope:token"/></xs:sequence><xs:attributeGroup ref="t:lost"/><xs:attribute name="k" type="t:Kind"/></xs:complexType>
        <xs:complexType name="B"><xs:choice><xs:sequence><xs:element name="x" type="xs:int"/></xs:sequence><xs:sequence><xs:element name="y" type="xs:int"/>
        <xs:element name="x" type="t:A"/></xs:sequence></xs:choice></xs:complexType>
        <xs:group name="g"><xs:sequence><xs:element name="i" type="xs:int"/><xs:group ref="t:g"/></xs:sequence></xs:group>
        <xs:complexType name="C"><xs:group ref="t:g"/></xs:complexType><xs:element name="Use" type="t:C"/>
        <xs:element name="Both"><xs:complexType><xs:sequence><xs:element name="a" type="t:A"/><xs:element name="b" type="t:B"/><xs:element name="c" type="t:C"/></xs:sequence></xs:complexType></xs:element>"#);
    let rest = r#"<wsdl:message name="M"><wsdl:part name="p" element="t:Both"/></wsdl:message>
        <wsdl:message name="Bad"><wsdl:part name="p" element="t:Bothh"/></wsdl:message>
        <wsdl:portType name="P"><wsdl:operation name="good"><wsdl:input message="t:M"/><wsdl:fault name="F" message="t:NoFault"/></wsdl:operation>
        <wsdl:operation name="typo"><wsdl:input message="t:Bad"/></wsdl:operation><wsdl:operation name="none"><wsdl:input message="t:Missing"/></wsdl:operation></wsdl:portType>
        <wsdl:binding name="X" type="t:Q"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/></wsdl:binding>
        <wsdl:binding name="B" type="odd:P"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/><wsdl:operation name="good"><wsdl:input><soap:body use="literal"/>
        <soap:header message="t:NoHeader" part="h" use="literal"/></wsdl:input></wsdl:operation><wsdl:operation name="typo"><wsdl:input><soap:body use="literal"/></wsdl:input></wsdl:operation>
        <wsdl:operation name="none"><wsdl:input><soap:body use="literal"/></wsdl:input></wsdl:operation></wsdl:binding>"#;
    let contract = wsdl(&types, rest);
    let (text, said) = load("loose", &[("a.wsdl", &contract)]).expect("loads");
    holds(
        &said,
        &[
            "warning[W0302]: the element `Ping` is declared twice",
            "warning[W0308]: there is no element `gone`",
            "warning[W0308]: there is no group `none`",
            "warning[W0308]: there is no attribute group `lost`",
            "warning[W0308]: there is no type `Kind`",
            "warning[W0309]: the default value `x` of `n`",
            "warning[W0310]: the element `x` has two types",
            "warning[W0311]: groups contain themselves: g → g",
            "warning[W0202]: the prefix `nope` of `nope:A` is not bound",
            "warning[W0202]: the type `A` is taken from the namespace `urn:t`",
            "warning[W0406]: there is no element `Bothh`",
            "needed by the operation `typo`",
            "did you mean `Both`?",
            "warning[W0406]: there is no message `Missing`",
            "needed by the operation `none`",
            "needed by a fault of the operation `good`",
            "needed by a header of the operation `good`",
            "warning[W0406]: there is no portType `Q`",
            "needed by the binding `X`",
            "there is no portType `P` in the namespace of a prefix that is not bound; the one in `urn:t` is used",
        ],
    );
    holds(
        &text,
        &[
            "element t:Ping: xs:string",
            "    t:gone: t:gone",
            "    any ##any lax *",
            "    t:n: xs:int\n    t:u: t:A\n    t:v: xs:token",
            "t:x: xs:anyType",
            "service P \"urn:t\"\n  binding B soap 1.1\n  operation good\n",
        ],
    );
    assert!(!text.contains("operation typo") && !text.contains("operation none"), "{text}");
    let said = load_as("loose", &[("a.wsdl", &contract)], true).expect_err("is refused");
    holds(&said, &["error[E0209]: the prefix `nope` of `nope:A`", "error[E0209]: the prefix `odd`"]);
}

#[test]
fn a_missing_document_is_not_looked_for_in_what_refers_to_it() {
    let rest = r#"<wsdl:message name="M"><wsdl:part name="p" element="t:Ping"/></wsdl:message>
        <wsdl:portType name="P"><wsdl:operation name="ping"><wsdl:input message="t:M"/></wsdl:operation></wsdl:portType>"#;
    let types = r#"<xs:schema><xs:import namespace="urn:t" schemaLocation="gone.xsd"/></xs:schema>"#;
    let (one, other) = (wsdl(types, rest), wsdl("", rest));
    let said = load("own_namespace", &[("a.wsdl", &one), ("b.wsdl", &other)]).expect_err("is refused");
    holds(&said, &["error[E0201]: there is no file `gone.xsd`"]);
    let service = r#"<wsdl:import namespace="urn:t" location="http://example.com/gone.wsdl"/>
        <wsdl:service name="S"><wsdl:port name="p" binding="t:B"/></wsdl:service>"#;
    let said = load("own_wsdl", &[("a.wsdl", &wsdl("", service))]).expect_err("is refused");
    holds(&said, &["error[E0202]: `http://example.com/gone.wsdl`"]);
}

#[test]
fn drafts_of_xml_schema_are_read_as_the_recommendation() {
    let schema = r#"<d:schema xmlns:d="http://www.w3.org/1999/XMLSchema" targetNamespace="urn:t">
        <d:complexType name="T"><d:sequence><d:element name="at" type="d:timeInstant" nullable="true"/>
        <d:element name="n" type="d:int" minOccurs="0" maxOccurs="*"/></d:sequence></d:complexType></d:schema>"#;
    let (text, said) = load("draft", &[("a.xsd", schema)]).expect("loads");
    holds(&text, &["complex t:T\n  sequence\n    at: xs:dateTime nillable\n    n: xs:int *"]);
    holds(&said, &["warning[W0312]"]);
}

#[test]
fn names_that_nothing_on_the_wire_depends_on_may_be_no_xml_names() {
    let rest = |service: &str| {
        format!(
            r#"<wsdl:message name="1st request"/><wsdl:portType name="My:Port"><wsdl:operation name="ping"><wsdl:input message="t:1st request"/></wsdl:operation></wsdl:portType>
        <wsdl:binding name="B (SOAP)" type="t:My:Port"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/><wsdl:operation name="ping">
        <soap:operation soapAction=""/><wsdl:input><soap:body use="literal"/></wsdl:input></wsdl:operation></wsdl:binding>
        <wsdl:service name="{service}"><wsdl:port name="p" binding="t:B (SOAP)"><soap:address location="http://h/"/></wsdl:port></wsdl:service>"#
        )
    };
    let loose = wsdl("", &rest("Order Service"));
    let (text, said) = load("loose_names", &[("a.wsdl", &loose)]).expect("loads");
    holds(&text, &["service Order Service", "operation ping"]);
    assert_eq!(said.matches("warning[W0408]").count(), 4, "{said}");
    let said = load_as("loose_names", &[("a.wsdl", &loose)], true).expect_err("is refused");
    holds(&said, &["error[E0405]: the service name `Order Service`"]);
    let said = load("placeholder", &[("a.wsdl", &wsdl("", &rest("{SERVICE}")))]).expect_err("is refused");
    holds(&said, &["error[E0301]: the service name `{SERVICE}`"]);
}

#[test]
fn content_without_a_derivation_is_the_types_own() {
    let schema = xsd(
        r#"<xs:complexType name="T"><xs:complexContent><xs:sequence><xs:element name="a" type="xs:int"/></xs:sequence></xs:complexContent></xs:complexType>"#,
    );
    let (text, said) = load("no_derivation", &[("a.xsd", &schema)]).expect("loads");
    holds(&text, &["complex t:T\n  sequence\n    t:a: xs:int"]);
    holds(&said, &["warning[W0306]: this `complexContent` has neither extension nor restriction"]);
}

#[test]
fn what_makes_a_file_no_xml_is_said_with_what_to_do() {
    let said = load("two_documents", &[("a.xsd", "<a/>\n<?xml version='1.0'?><a/>")]).expect_err("is refused");
    holds(&said, &["error[E0205]", "line 2", "delete what stands before `<?xml`"]);
    let late = format!("\n<?xml version='1.0'?>{}", xsd(r#"<xs:element name="e" type="xs:int"/>"#));
    let (_, said) = load("late_declaration", &[("a.xsd", &late)]).expect("loads");
    holds(&said, &["warning[W0205]", "line 2", "delete what stands before `<?xml`"]);
    let said = load("bare_ampersand", &[("a.xsd", "<a b='x?y=1&z=2'/>")]).expect_err("is refused");
    holds(&said, &["error[E0205]", "write `&amp;`"]);
}

#[test]
fn a_reply_of_any_kind_is_no_mistake() {
    let rest = r#"<wsdl:message name="In"><wsdl:part name="id" type="xs:string"/></wsdl:message><wsdl:message name="Out"><wsdl:part name="Body"/></wsdl:message>
        <wsdl:portType name="P"><wsdl:operation name="list"><wsdl:input message="t:In"/><wsdl:output message="t:Out"/></wsdl:operation></wsdl:portType>
        <wsdl:binding name="B" type="t:P"><http:binding verb="GET"/><wsdl:operation name="list"><http:operation location="/list"/>
        <wsdl:input><http:urlEncoded/></wsdl:input><wsdl:output><m:mimeXml xmlns:m="http://schemas.xmlsoap.org/wsdl/mime/" part="Body"/></wsdl:output>
        </wsdl:operation></wsdl:binding>"#;
    let (text, said) = load("any_reply", &[("a.wsdl", &wsdl("", rest))]).expect("loads");
    holds(&text, &["operation list", "Body: "]);
    assert_eq!(said, "");
}

#[test]
fn types_of_apache_are_known() {
    let rest = r#"<wsdl:message name="M"><wsdl:part name="p" xmlns:a="http://xml.apache.org/xml-soap" type="a:Map"/></wsdl:message>
        <wsdl:portType name="P"><wsdl:operation name="put"><wsdl:input message="t:M"/></wsdl:operation></wsdl:portType>
        <wsdl:binding name="B" type="t:P"><soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/><wsdl:operation name="put">
        <soap:operation soapAction=""/><wsdl:input><soap:body use="literal"/></wsdl:input></wsdl:operation></wsdl:binding>"#;
    let (text, _) = load("apache", &[("a.wsdl", &wsdl("", rest))]).expect("loads");
    holds(&text, &["Map\n  sequence\n    item: ", ":mapItem *"]);
}

#[test]
fn a_contract_of_which_nothing_is_left_is_refused() {
    let rest = r#"<wsdl:message name="M"><wsdl:part name="p" element="t:Gone"/></wsdl:message>
        <wsdl:portType name="P"><wsdl:operation name="ping"><wsdl:input message="t:M"/></wsdl:operation></wsdl:portType>"#;
    let said = load("nothing", &[("a.wsdl", &wsdl("", rest))]).expect_err("is refused");
    holds(&said, &["error[E0403]: 0 operations and 0 types", "warning[W0406]: there is no element `Gone`", "left out"]);
}

#[test]
fn what_is_not_acted_on_is_told_once() {
    let schema = xsd(r#"<xs:notation name="gif" public="image/gif"/>
        <xs:element name="list"><xs:complexType><xs:sequence><xs:element name="item" maxOccurs="unbounded" type="xs:int"/></xs:sequence>
        </xs:complexType><xs:unique name="u"><xs:selector xpath="t:item"/><xs:field xpath="."/></xs:unique>
        <xs:key name="k"><xs:selector xpath="t:item"/><xs:field xpath="."/></xs:key></xs:element>
        <xs:simpleType name="odd"><xs:restriction base="xs:string"><xs:pattern value="^a$"/><xs:pattern value="(a"/></xs:restriction></xs:simpleType>"#);
    let (_, said) = load("not_acted_on", &[("s.xsd", &schema)]).unwrap();
    holds(
        &said,
        &[
            "N0301",
            "2 identity constraints (`key`, `keyref`, `unique`) are not acted on",
            "N0303",
            "1 notation is not acted on",
            "in a pattern `^` and `$` are characters like any other",
            "the pattern has an unclosed `(`; `validate` does not check it",
        ],
    );
    assert_eq!(said.matches("N0301").count(), 1, "{said}");
}

#[test]
fn attributes_that_do_not_exist_are_told() {
    let schema = xsd(
        r#"<xs:element name="a" typ="xs:string"/><xs:element name="b" typ="xs:int" id="b" other:x="1" xmlns:other="urn:o"/>
        <xs:complexType name="T" nilable="true"><xs:sequence><xs:element name="c" type="t:Gone"/></xs:sequence></xs:complexType>
        <xs:complexType name="U"><xs:sequence><xs:element name="c" type="Gone"/></xs:sequence></xs:complexType>"#,
    );
    let (_, said) = load("attributes", &[("s.xsd", &schema)]).unwrap();
    holds(
        &said,
        &[
            "warning[W0314]: `element` has no attribute `typ`; it is ignored",
            "the first of 2",
            "did you mean `type`?",
            "`complexType` has no attribute `nilable`",
            "there is no type `Gone` in the namespace `urn:t`",
            "there is no type `Gone` in no namespace",
        ],
    );
    assert_eq!(said.matches("W0314").count(), 2, "{said}");
}

#[test]
fn what_is_final_and_derived_from_is_a_warning_unless_strict() {
    let schema = xsd(r#"<xs:complexType name="Base" final="extension"/>
        <xs:complexType name="More"><xs:complexContent><xs:extension base="t:Base"/></xs:complexContent></xs:complexType>
        <xs:complexType name="Less"><xs:complexContent><xs:restriction base="t:Base"/></xs:complexContent></xs:complexType>
        <xs:simpleType name="code" final="list"><xs:restriction base="xs:string"/></xs:simpleType>
        <xs:simpleType name="codes"><xs:list itemType="t:code"/></xs:simpleType>
        <xs:simpleType name="short"><xs:restriction base="t:code"/></xs:simpleType>
        <xs:element name="head" type="t:Base" final="restriction"/>
        <xs:element name="less" type="t:Less" substitutionGroup="t:head"/>
        <xs:element name="same" type="t:Base" substitutionGroup="t:head"/>"#);
    let (_, said) = load("final", &[("s.xsd", &schema)]).unwrap();
    holds(
        &said,
        &[
            "warning[W0313]: `{urn:t}More` is made by extension from `{urn:t}Base`, which is final",
            "`{urn:t}codes` is made by list from `{urn:t}code`, which is final",
            "`{urn:t}less` substitutes `{urn:t}head`, whose type is final for its group",
            "final here",
        ],
    );
    assert_eq!(said.matches("W0313").count(), 3, "{said}");
    let said = load_as("final_strict", &[("s.xsd", &schema)], true).unwrap_err();
    assert_eq!(said.matches("error[E0312]").count(), 3, "{said}");
}

#[test]
fn a_group_is_one_for_all_who_use_it_and_another_in_another_namespace() {
    let schema = |ns: &str, import: &str| {
        format!(
            r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:n="{ns}" targetNamespace="{ns}" elementFormDefault="qualified">{import}
            <xs:include schemaLocation="none.xsd"/>
            <xs:complexType name="A"><xs:group ref="n:g"/><xs:attributeGroup ref="n:ag"/></xs:complexType>
            <xs:complexType name="B"><xs:group ref="n:g"/><xs:attributeGroup ref="n:ag"/></xs:complexType></xs:schema>"#
        )
    };
    let none = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
        <xs:group name="g"><xs:sequence><xs:element name="x" type="xs:int"/></xs:sequence></xs:group>
        <xs:attributeGroup name="ag"><xs:attribute name="kind"><xs:simpleType><xs:restriction base="xs:string">
        <xs:enumeration value="one"/></xs:restriction></xs:simpleType></xs:attribute></xs:attributeGroup></xs:schema>"#;
    let (t, o) = (schema("urn:t", r#"<xs:import namespace="urn:o" schemaLocation="o.xsd"/>"#), schema("urn:o", ""));
    let (text, _) = load("groups", &[("t.xsd", &t), ("o.xsd", &o), ("none.xsd", none)]).expect("loads");
    let of = |ns: &str, name: &str| {
        format!("complex {ns}:{name}\n  attribute kind: ({ns}:ag/kind)\n  sequence\n    {ns}:x: xs:int\n")
    };
    for (ns, name) in [("t", "A"), ("t", "B"), ("o", "A"), ("o", "B")] {
        holds(&text, &[&of(ns, name)]);
    }
    assert_eq!(text.matches("\nsimple (t:ag/kind)").count(), 1, "{text}");
}

#[test]
fn an_extension_of_any_type_has_any_content() {
    let schema = xsd(
        r#"<xs:complexType name="A"><xs:complexContent><xs:extension base="xs:anyType"><xs:attribute name="x"/></xs:extension></xs:complexContent></xs:complexType>
        <xs:complexType name="B"><xs:complexContent><xs:extension base="xs:anyType"><xs:sequence><xs:element name="b" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>"#,
    );
    let (text, _) = load("any", &[("any.xsd", &schema)]).expect("loads");
    holds(
        &text,
        &["complex t:A mixed\n  attribute x: xs:anySimpleType\n  any attribute", "complex t:B\n  any attribute"],
    );
}

#[test]
fn wildcards_of_attributes_are_united_and_what_a_group_prohibits_stays() {
    let schema = xsd(
        r#"<xs:complexType name="base"><xs:attribute name="a"/><xs:anyAttribute namespace="urn:a urn:b"/></xs:complexType>
        <xs:complexType name="more"><xs:complexContent><xs:extension base="t:base"><xs:anyAttribute namespace="urn:c"/></xs:extension></xs:complexContent></xs:complexType>
        <xs:attributeGroup name="without"><xs:attribute name="a" use="prohibited"/></xs:attributeGroup>
        <xs:complexType name="same"><xs:complexContent><xs:restriction base="t:base"><xs:attributeGroup ref="t:without"/></xs:restriction></xs:complexContent></xs:complexType>
        <xs:complexType name="less"><xs:complexContent><xs:restriction base="t:base"><xs:attribute name="a" use="prohibited"/></xs:restriction></xs:complexContent></xs:complexType>"#,
    );
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("front_ends").join("united");
    std::fs::create_dir_all(&folder).expect("makes a folder");
    let path = folder.join("s.xsd");
    std::fs::write(&path, schema).expect("writes");
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let mut model = load_model(&[path], &LoadOptions::default(), &mut sources, &mut diagnostics).expect("a model");
    bindery_codegen::passes::run(&mut model, &Default::default(), None, &mut diagnostics);
    let complex = |name: &str| {
        let found = model.types.iter().find(|ty| ty.name.given().is_some_and(|given| given.local == name));
        match &found.expect("a type").kind {
            model::TypeKind::Complex(complex) => complex,
            model::TypeKind::Simple(_) => panic!("{name} is simple"),
        }
    };
    let namespaces = complex("more").any_attribute.as_ref().map(|any| &any.namespaces);
    assert_eq!(namespaces, Some(&model::NamespaceSet::List(["urn:a", "urn:b", "urn:c"].map(String::from).to_vec())));
    assert_eq!(complex("same").attributes.len(), 1);
    assert_eq!(complex("less").attributes.len(), 0);
}
