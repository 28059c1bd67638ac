//! The same contract comes out as the same bytes, however its files, its top-level declarations and its prefixes are arranged.
//!
//! Each root is copied with everything beside it, the declarations at the top of every schema and WSDL and the operations of
//! every port type and binding are shuffled, and every prefix is renamed; what is generated must not differ.
//! `corpus --stage order` does the same with every root of the corpus.

use std::path::{Path, PathBuf};

use bindery_codegen::generate::{self, Request};
use bindery_codegen::{Builder, diff};
use bindery_tests::rearrange::{Numbers, copy, renamed, shuffled};

fn generated(folder: &Path, roots: &[&str]) -> String {
    let builder = roots.iter().fold(Builder::new().root(folder), |builder, root| builder.wsdl(folder.join(root)));
    match builder.generate() {
        // The head names the inputs by their paths.
        Ok(generated) => {
            generated.text.lines().skip_while(|line| line.starts_with("//")).collect::<Vec<_>>().join("\n")
        }
        Err(failure) => panic!("{}: {failure}", folder.display()),
    }
}

/// Generates from the folder and from rearranged copies of it.
fn holds_still(name: &str, folder: &Path, roots: &[&str]) {
    let scratch = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("order").join(name);
    let _ = std::fs::remove_dir_all(&scratch);
    let plain = scratch.join("plain");
    copy(folder, &plain, &mut str::to_owned).expect("copies");
    let expected = generated(&plain, roots);
    assert!(expected.contains("pub struct") || expected.contains("pub enum"), "{name} comes to nothing");
    for seed in 1..=3_u64 {
        let mut numbers = Numbers::new(seed);
        let other = scratch.join(format!("shuffled{seed}"));
        copy(folder, &other, &mut |text| shuffled(text, &mut numbers)).expect("copies");
        let mut roots = roots.to_vec();
        numbers.shuffle(&mut roots);
        same(&format!("{name}, shuffled by {seed}"), &expected, &generated(&other, &roots));
        no_change(&format!("{name}, shuffled by {seed}"), &plain, &other, &roots);
    }
    let other = scratch.join("renamed");
    copy(folder, &other, &mut renamed).expect("copies");
    same(&format!("{name}, prefixes renamed"), &expected, &generated(&other, roots));
    no_change(&format!("{name}, prefixes renamed"), &plain, &other, roots);
}

fn same(what: &str, expected: &str, found: &str) {
    if expected != found {
        let differing = expected.lines().zip(found.lines()).enumerate().find(|(_, (a, b))| a != b);
        panic!("{what}: the output differs, first in line {differing:#?}");
    }
}

/// What means the same is no change to `bindery diff` either.
fn no_change(what: &str, old: &Path, new: &Path, roots: &[&str]) {
    let read = |folder: &Path| {
        let inputs = roots.iter().map(|root| folder.join(root)).collect();
        let request = Request { inputs, roots: vec![folder.to_owned()], ..Request::default() };
        generate::load(&request, Some("read")).unwrap_or_else(|failure| panic!("{}: {failure}", folder.display())).model
    };
    let report = diff::compare(&read(old), &read(new));
    assert!(report.findings.is_empty(), "{what}: {:#?}", report.findings.first());
}

fn write(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("order-inputs").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("makes a folder");
    for (file, text) in files {
        std::fs::write(folder.join(file), text).expect("writes");
    }
    folder
}

#[test]
fn types_and_elements_whose_names_collide() {
    let schema = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t" elementFormDefault="qualified">
        <xs:import namespace="urn:o" schemaLocation="o.xsd"/>
        <xs:complexType name="foo-bar"><xs:sequence><xs:element name="a" type="t:fooBar"/></xs:sequence></xs:complexType>
        <xs:complexType name="fooBar"><xs:sequence><xs:element name="b" type="t:foo_bar" minOccurs="0"/></xs:sequence></xs:complexType>
        <xs:complexType name="foo_bar"><xs:choice><xs:element ref="t:head"/><xs:element name="c"><xs:complexType><xs:attribute name="x"/></xs:complexType></xs:element></xs:choice></xs:complexType>
        <xs:complexType name="foo.bar" abstract="true"/>
        <xs:complexType name="FooBar"><xs:complexContent><xs:extension base="t:foo.bar"/></xs:complexContent></xs:complexType>
        <xs:complexType name="FOOBAR"><xs:complexContent><xs:extension base="t:foo.bar"><xs:attributeGroup ref="t:ag"/></xs:extension></xs:complexContent></xs:complexType>
        <xs:element name="head" abstract="true" type="t:foo.bar"/>
        <xs:element name="one" type="t:FooBar" substitutionGroup="t:head"/>
        <xs:element name="two" type="t:FOOBAR" substitutionGroup="t:head"/>
        <xs:element name="fooBar" type="t:fooBar"/>
        <xs:element name="Anonymous"><xs:complexType><xs:sequence><xs:element name="FooBar"><xs:simpleType><xs:restriction base="xs:string">
          <xs:enumeration value="b"/><xs:enumeration value="a"/></xs:restriction></xs:simpleType></xs:element></xs:sequence></xs:complexType></xs:element>
        <xs:attributeGroup name="ag"><xs:attribute name="z" type="xs:int"/><xs:attribute ref="t:y"/></xs:attributeGroup>
        <xs:attribute name="y" type="t:u"/>
        <xs:simpleType name="u"><xs:union memberTypes="xs:int t:l"/></xs:simpleType>
        <xs:simpleType name="l"><xs:list itemType="xs:date"/></xs:simpleType>
        </xs:schema>"#;
    let other = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:q="urn:o" targetNamespace="urn:o">
        <xs:element name="fooBar" type="q:fooBar"/><xs:complexType name="fooBar"><xs:sequence><xs:element name="self" type="q:fooBar" minOccurs="0"/></xs:sequence></xs:complexType>
        </xs:schema>"#;
    let folder = write("collide", &[("a.xsd", schema), ("o.xsd", other)]);
    holds_still("collide", &folder, &["a.xsd"]);
    holds_still("collide-both", &folder, &["a.xsd", "o.xsd"]);
}

/// Several services, port types and bindings, over two documents, with wrappers of one name.
#[test]
fn services_in_any_order() {
    let half = |ns: &str, one: &str, two: &str| {
        let operation = |name: &str| {
            format!(
                r#"<w:operation name="{name}"><w:input message="t:{name}In"/><w:output message="t:{name}Out"/></w:operation>"#
            )
        };
        let bound = |name: &str| {
            format!(
                r#"<w:operation name="{name}"><s:operation soapAction="{ns}/{name}" style="rpc"/><w:input><s:body use="literal" namespace="{ns}"/></w:input><w:output><s:body use="literal" namespace="{ns}"/></w:output></w:operation>"#
            )
        };
        let messages: String = [one, two, "Ping"]
            .iter()
            .map(|name| {
                format!(
                    r#"<w:message name="{name}In"><w:part name="a" type="xs:string"/></w:message><w:message name="{name}Out"><w:part name="r" type="t:Answer"/></w:message>"#
                )
            })
            .collect();
        let port_type = |name: &str, operations: &[&str]| {
            let (list, bound): (String, String) = (
                operations.iter().map(|name| operation(name)).collect(),
                operations.iter().map(|name| bound(name)).collect(),
            );
            format!(
                r#"<w:portType name="{name}">{list}</w:portType><w:binding name="{name}B" type="t:{name}"><s:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>{bound}</w:binding>
                <w:binding name="{name}A" type="t:{name}"><s12:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>{bound}</w:binding>"#,
            )
        };
        format!(
            r#"<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:s12="http://schemas.xmlsoap.org/wsdl/soap12/"
            xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="{ns}" targetNamespace="{ns}"><w:documentation>About {ns}.</w:documentation><w:types><xs:schema targetNamespace="{ns}">
            <xs:complexType name="Answer"><xs:sequence><xs:element name="text" type="xs:string"/></xs:sequence></xs:complexType></xs:schema></w:types>
            {messages}{}{}{}<w:service name="Zeta"><w:port name="Z2" binding="t:FirstB"><s:address location="http://h/z2"/></w:port>
            <w:port name="Z1" binding="t:SecondB"><s:address location="http://h/z1"/></w:port></w:service>
            <w:service name="Alpha"><w:port name="A1" binding="t:FirstA"><s12:address location="http://h/a1"/></w:port></w:service></w:definitions>"#,
            port_type("First", &[one, "Ping"]),
            port_type("Second", &["Ping", two]),
            port_type("Third", &[two]),
        )
    };
    let (a, b) = (half("urn:a", "Find", "Order"), half("urn:b", "Order", "Cancel"));
    let folder = write("services", &[("a.wsdl", a.as_str()), ("b.wsdl", b.as_str())]);
    holds_still("service", &folder, &["a.wsdl"]);
    holds_still("services", &folder, &["a.wsdl", "b.wsdl"]);
}

#[test]
fn real_contracts_in_any_order() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    if !corpus.is_dir() {
        println!("skipped: needs ../shared");
        return;
    }
    for (folder, root) in REAL {
        holds_still(root, &corpus.join(folder), &[root]);
    }
}

/// Folders of the corpus, and the root in each.
const REAL: &[(&str, &str)] = &[
    ("gov-vies", "checkVatService.wsdl"),
    ("fedex", "TrackService_v16.wsdl"),
    ("bingads", "adinsight_service.xml"),
    ("onvif", "ver10/media/wsdl/media.wsdl"),
    ("gov-no-nav/altinn-correspondence-agency-external/src/main/wsdl", "CorrespondenceAgencyExternal.svc.wsdl"),
    ("misc-wcf-svcutil/src/dotnet-svcutil/lib/tests/TestCases/wsdl", "CollectionTypes.wsdl"),
    ("marketo", "marketo.wsdl"),
];
