//! What stands in the methods of a client for the bodies of messages.

use std::path::PathBuf;

use bindery_codegen::Builder;

const CONTRACT: &str = r#"<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/"
 xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:yard" targetNamespace="urn:yard" name="Yard">
<types><x:schema targetNamespace="urn:yard" elementFormDefault="qualified">
 <x:complexType name="Boat" abstract="true"><x:sequence><x:element name="name" type="x:string"/></x:sequence></x:complexType>
 <x:complexType name="Yacht"><x:complexContent><x:extension base="t:Boat"><x:sequence>
  <x:element name="masts" type="x:int"/></x:sequence></x:extension></x:complexContent></x:complexType>
 <x:complexType name="Berth"><x:sequence><x:element name="row" type="x:string"/><x:element name="place" type="x:int"/></x:sequence></x:complexType>
 <x:element name="moor" type="t:Boat"/>
 <x:element name="moored" type="t:Berth"/>
 <x:element name="wrecked" type="t:Boat"/>
</x:schema></types>
<message name="In"><part name="body" element="t:moor"/></message>
<message name="Out"><part name="body" element="t:moored"/></message>
<message name="Wreck"><part name="body" element="t:wrecked"/></message>
<portType name="YardType"><operation name="Moor"><input message="t:In"/><output message="t:Out"/>
 <fault name="wreck" message="t:Wreck"/></operation></portType>
<binding name="YardSoap" type="t:YardType"><s:binding transport="http://schemas.xmlsoap.org/soap/http"/><operation name="Moor">
 <s:operation soapAction="urn:moor"/><input><s:body use="literal"/></input><output><s:body use="literal"/></output>
 <fault name="wreck"><s:fault name="wreck" use="literal"/></fault></operation></binding>
<service name="Yard"><port name="YardSoap" binding="t:YardSoap"><s:address location="http://localhost/yard"/></port></service>
</definitions>"#;

fn generated(name: &str, contract: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, contract).unwrap();
    Builder::new().wsdl(path).generate().unwrap().text
}

/// No message can be of an abstract type: `xsi:type` has to say of which it is.
#[test]
fn a_message_of_an_abstract_type_is_one_of_those_derived() {
    let text = generated("messages-abstract.wsdl", CONTRACT);
    for expected in [
        "input: AnyBoat)",
        "type Input = super::AnyBoat;",
        "Wrecked(Box<super::AnyBoat>)",
        "type Reply = super::Berth;",
    ] {
        assert!(text.contains(expected), "{expected} is not in\n{text}");
    }
}

/// A type that others are derived from may come as any of them, and is meant where no `xsi:type` says so.
#[test]
fn a_message_of_a_base_is_any_of_its_types() {
    let derived = r#"</x:sequence></x:complexType><x:complexType name="Buoy"><x:complexContent><x:extension base="t:Berth"/>
        </x:complexContent></x:complexType>"#;
    let berth = r#"<x:element name="place" type="x:int"/></x:sequence></x:complexType>"#;
    let contract = CONTRACT
        .replace(" abstract=\"true\"", "")
        .replace(berth, &format!("<x:element name=\"place\" type=\"x:int\"/>{derived}"));
    let text = generated("messages-base.wsdl", &contract);
    for expected in [
        "input: AnyBoat)",
        "Wrecked(Box<super::AnyBoat>)",
        "type Reply = super::AnyBerth;",
        "type Output = super::AnyBerth;",
        "Berth(Box<Berth>),",
        "Buoy(Box<Buoy>),",
    ] {
        assert!(text.contains(expected), "{expected} is not in\n{text}");
    }
}
