//! Names on record stay, whatever a contract adds, loses or moves.

use std::path::{Path, PathBuf};

use bindery_codegen::generate::{Generated, Request, generate};
use bindery_codegen::plan::Names;

/// A folder with contracts that change from test to test, and the names on record so far.
struct Vendor {
    folder: tempfile::TempDir,
    names: Names,
}

impl Vendor {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), names: Names::default() }
    }

    fn put(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    fn run(&mut self, request: Request) -> String {
        let mut request = Request { base: self.folder.path().to_owned(), ..request };
        request.plan.names = Some(self.names.clone());
        let generated: Generated = generate(&request).unwrap_or_else(|failure| panic!("{failure}"));
        self.names = generated.names.unwrap();
        generated.text
    }

    /// Generates from the one schema with this content.
    fn schema(&mut self, content: &str) -> String {
        self.schema_in("urn:shop", content)
    }

    fn schema_in(&mut self, namespace: &str, content: &str) -> String {
        let path = self.put("shop.xsd", &schema(namespace, content));
        self.run(Request { inputs: vec![path], ..Request::default() })
    }
}

fn schema(namespace: &str, content: &str) -> String {
    format!(
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns='{namespace}' targetNamespace='{namespace}' \
         elementFormDefault='qualified'>{content}</xs:schema>"
    )
}

fn record(name: &str, members: &[&str]) -> String {
    let members: String = members.iter().map(|member| format!("<xs:element name='{member}' type='xs:int'/>")).collect();
    format!("<xs:complexType name='{name}'><xs:sequence>{members}</xs:sequence></xs:complexType>")
}

/// The lines of a declaration, up to its closing brace.
fn item<'t>(text: &'t str, head: &str) -> Vec<&'t str> {
    let mut lines = text.lines().map(str::trim).skip_while(|line| !line.starts_with(head)).peekable();
    assert!(lines.peek().is_some(), "no `{head}` in\n{text}");
    lines.take_while(|line| *line != "}").skip(1).collect()
}

#[track_caller]
fn fields(text: &str, head: &str, expected: &[&str]) {
    let found: Vec<&str> = item(text, head)
        .into_iter()
        .filter(|line| !line.starts_with("//"))
        .map(|line| line.trim_start_matches("pub ").split([':', '(', ',']).next().unwrap_or_default())
        .collect();
    assert_eq!(found, expected, "of {head}");
}

#[test]
fn a_type_that_would_like_the_same_name_renames_nobody() {
    let mut vendor = Vendor::new();
    vendor.schema(&record("order", &["old"]));
    // Without a record the new one would come first.
    let text = vendor.schema(&(record("Order", &["new"]) + &record("order", &["old"])));
    fields(&text, "pub struct Order {", &["old"]);
    fields(&text, "pub struct Order2 {", &["new"]);
}

#[test]
fn what_vanishes_and_returns_has_its_old_name() {
    let mut vendor = Vendor::new();
    let (a, b, c) = (record("Order", &["a"]), record("order", &["b"]), record("ORder", &["c"]));
    let first = vendor.schema(&(a.clone() + &b));
    fields(&first, "pub struct Order2 {", &["b"]);
    let without = vendor.schema(&b);
    fields(&without, "pub struct Order2 {", &["b"]);
    assert!(!without.contains("pub struct Order {"), "nobody moves up");
    let all = vendor.schema(&(c + &b + &a));
    fields(&all, "pub struct Order {", &["a"]);
    fields(&all, "pub struct Order2 {", &["b"]);
    fields(&all, "pub struct ORder {", &["c"]);
}

#[test]
fn a_new_member_stands_where_the_schema_has_it_and_renames_nobody() {
    let mut vendor = Vendor::new();
    vendor.schema(&record("Order", &["price", "id"]));
    let text = vendor.schema(&record("Order", &["Price", "price", "id", "Id"]));
    fields(&text, "pub struct Order {", &["price_2", "price", "id", "id_2"]);
}

#[test]
fn an_attribute_that_was_first_keeps_the_name_from_a_new_element() {
    let with = |members: &str| {
        format!(
            "<xs:complexType name='Order'><xs:sequence>{members}</xs:sequence><xs:attribute name='id' \
             type='xs:int'/></xs:complexType>"
        )
    };
    let mut vendor = Vendor::new();
    vendor.schema(&with(""));
    let text = vendor.schema(&with("<xs:element name='id' type='xs:string'/>"));
    assert!(item(&text, "pub struct Order {").contains(&"pub id: Option<i32>,"), "{text}");
    assert!(item(&text, "pub struct Order {").contains(&"pub id_2: String,"), "{text}");
}

#[test]
fn a_new_namespace_moves_no_type_and_renames_no_constant() {
    let mut vendor = Vendor::new();
    let first = vendor.schema_in("urn:shop:types", &record("Order", &["a"]));
    assert!(first.contains("const NS_TYPES: &str = \"urn:shop:types\";"), "{first}");
    vendor.put("a.xsd", &schema("urn:a:types", &record("Order", &["b"])));
    let import = "<xs:import namespace='urn:a:types' schemaLocation='a.xsd'/>";
    let second = vendor.schema_in("urn:shop:types", &format!("{import}{}", record("Order", &["a"])));
    assert!(second.contains("const NS_TYPES: &str = \"urn:shop:types\";"), "{second}");
    assert!(second.contains("\npub struct Order {"), "still in the root\n{second}");
    assert!(second.contains("\npub mod a_types {"), "{second}");
    // The other way round: of two, one is gone.
    let third = vendor.schema_in("urn:shop:types", &record("Order", &["a"]));
    assert_eq!(first, third);
    let mut other = Vendor::new();
    other.put("a.xsd", &schema("urn:a:types", &record("Order", &["b"])));
    other.schema_in("urn:shop:types", &format!("{import}{}", record("Order", &["a"])));
    let alone = other.schema_in("urn:shop:types", &record("Order", &["a"]));
    assert!(alone.contains("\npub mod shop_types {"), "still in its module\n{alone}");
}

#[test]
fn a_namespace_with_another_version_keeps_all_names() {
    let types = record("order", &["a"]) + &record("Order", &["b"]) + &record("Line", &["c"]);
    let mut vendor = Vendor::new();
    let first = vendor.schema_in("urn:shop:v1", &types);
    let second = vendor.schema_in("urn:shop:v2", &types);
    assert_eq!(first.replace("urn:shop:v1", "urn:shop:v2"), second);
    assert_eq!(vendor.names.0.keys().collect::<Vec<_>>(), ["urn:shop:v2"]);
}

#[test]
fn choices_and_groups_are_known_by_what_is_in_them() {
    let choice = |names: &[&str]| {
        let branches: String = names.iter().map(|name| format!("<xs:element name='{name}' type='xs:int'/>")).collect();
        format!("<xs:choice>{branches}</xs:choice>")
    };
    let of =
        |content: &str| format!("<xs:complexType name='Pay'><xs:sequence>{content}</xs:sequence></xs:complexType>");
    let mut vendor = Vendor::new();
    let first = vendor.schema(&of(&(choice(&["card", "cash"]) + &choice(&["now", "later"]))));
    fields(&first, "pub enum PayChoice {", &["Card", "Cash"]);
    fields(&first, "pub enum PayChoice2 {", &["Now", "Later"]);
    let second = vendor
        .schema(&of(&(choice(&["x", "card"]) + &choice(&["now", "later", "card"]) + &choice(&["y", "cash", "card"]))));
    fields(&second, "pub enum PayChoice {", &["Y", "Cash", "Card"]);
    fields(&second, "pub enum PayChoice2 {", &["Now", "Later", "Card"]);
    fields(&second, "pub enum PayChoice3 {", &["X", "Card"]);
    fields(&second, "pub struct Pay {", &["choice_3", "choice_2", "choice"]);
}

#[test]
fn content_without_elements_is_known_again_and_stays_what_it_is_when_it_gets_some() {
    let of = |content: &str| {
        format!("<xs:complexType name='Note' mixed='true'><xs:sequence>{content}</xs:sequence></xs:complexType>")
    };
    let any = "<xs:any processContents='lax' minOccurs='0' maxOccurs='unbounded'/>";
    let mut vendor = Vendor::new();
    let first = vendor.schema(&of(any));
    assert_eq!(vendor.schema(&of(any)), first);
    let second = vendor.schema(&of("<xs:element name='b' type='xs:string'/>"));
    fields(&second, "pub enum NoteContent {", &["Text", "B"]);
}

#[test]
fn a_value_called_like_our_own_variant_does_not_rename_it() {
    let of = |values: &[&str]| {
        let values: String = values.iter().map(|value| format!("<xs:enumeration value='{value}'/>")).collect();
        format!("<xs:simpleType name='Kind'><xs:restriction base='xs:string'>{values}</xs:restriction></xs:simpleType>")
    };
    let mut vendor = Vendor::new();
    vendor.schema(&of(&["a b"]));
    let text = vendor.schema(&of(&["A_B", "Unknown", "a b"]));
    fields(&text, "pub enum Kind {", &["AB2", "Unknown2", "AB", "Unknown"]);
}

const WSDL: &str = r#"<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:s="urn:shop" targetNamespace="urn:shop">
<types><xs:schema targetNamespace="urn:shop" elementFormDefault="qualified">
  <xs:element name="Ask"><xs:complexType><xs:sequence><xs:element name="Number" type="xs:int"/></xs:sequence></xs:complexType></xs:element>
  <xs:element name="Tell"><xs:complexType><xs:sequence><xs:element name="number" type="xs:int"/></xs:sequence></xs:complexType></xs:element>
</xs:schema></types>
<message name="ask"><part name="body" element="s:Ask"/></message>
<message name="tell"><part name="body" element="s:Tell"/></message>
SERVICES
</definitions>"#;

fn service(name: &str, operations: &[&str]) -> String {
    let each = |make: &dyn Fn(&str) -> String| operations.iter().map(|name| make(name)).collect::<String>();
    let declared = each(&|operation| {
        format!("<operation name='{operation}'><input message='s:ask'/><output message='s:tell'/></operation>")
    });
    let bound = each(&|operation| {
        let body = "<soap:body use='literal'/>";
        format!(
            "<operation name='{operation}'><soap:operation/><input>{body}</input><output>{body}</output></operation>"
        )
    });
    format!(
        "<portType name='{name}'>{declared}</portType><binding name='{name}Soap' type='s:{name}'><soap:binding \
         transport='http://schemas.xmlsoap.org/soap/http'/>{bound}</binding><service name='{name}Service'><port \
         name='{name}Port' binding='s:{name}Soap'><soap:address location='https://example.com/'/></port></service>"
    )
}

#[test]
fn a_second_service_moves_no_operation_and_a_new_one_renames_no_method() {
    let mut vendor = Vendor::new();
    let mut wsdl = |services: &str| {
        let path = vendor.put("shop.wsdl", &WSDL.replace("SERVICES", services));
        vendor.run(Request { inputs: vec![path], ..Request::default() })
    };
    let first = wsdl(&service("Shop", &["askNow"]));
    assert!(first.contains("pub mod operations {") && first.contains("pub fn ask_now("), "{first}");
    let second = wsdl(&(service("A", &["Ask"]) + &service("Shop", &["AskNow", "askNow"])));
    assert!(second.contains("pub mod operations {") && second.contains("pub mod a_service_operations {"), "{second}");
    let methods: Vec<&str> = second.lines().filter(|line| line.contains("pub fn ask")).map(str::trim).collect();
    assert!(methods[1].starts_with("pub fn ask_now_2(") && methods[2].starts_with("pub fn ask_now("), "{methods:?}");
}

#[test]
fn operations_left_out_keep_their_names_for_later() {
    let mut vendor = Vendor::new();
    let path = vendor.put("shop.wsdl", &WSDL.replace("SERVICES", &service("Shop", &["AskNow", "askNow", "Other"])));
    let request = Request { inputs: vec![path], ..Request::default() };
    let all = vendor.run(request.clone());
    let mut some = request.clone();
    some.passes.operations = vec!["askNow".to_owned()];
    let pruned = vendor.run(some);
    assert!(pruned.contains("pub fn ask_now_2("), "{pruned}");
    assert!(!pruned.contains("pub fn ask_now("), "{pruned}");
    assert_eq!(vendor.run(request), all);
}

#[test]
fn a_rename_in_an_overlay_wins_and_taking_it_back_undoes_it() {
    let mut vendor = Vendor::new();
    let path = vendor.put("shop.wsdl", &WSDL.replace("SERVICES", &service("Shop", &["Ask"])));
    let plain = Request { inputs: vec![path], ..Request::default() };
    let first = vendor.run(plain.clone());
    fields(&first, "pub struct Ask {", &["number"]);
    let overlay = vendor.put("shop.overlay.rs", "struct Ask {\n    #[rename(order_number)]\n    Number: _,\n}\n");
    let renamed = vendor.run(Request { overlays: vec![overlay], ..plain.clone() });
    fields(&renamed, "pub struct Ask {", &["order_number"]);
    assert_eq!(vendor.run(plain), first);
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

#[test]
fn a_record_changes_nothing_when_nothing_changes() {
    let mut inputs: Vec<PathBuf> = std::fs::read_dir(root().join("tests/golden"))
        .unwrap()
        .flat_map(|entry| {
            let folder = entry.unwrap().path();
            ["input.xsd", "input.wsdl", "input.contract.rs"].map(|name| folder.join(name))
        })
        .filter(|path| path.exists())
        .collect();
    inputs.sort();
    assert!(inputs.len() > 15);
    for input in inputs {
        let mut request = Request { inputs: vec![input.clone()], ..Request::default() };
        request.plan.example_tests = false;
        let fresh = generate(&request).unwrap();
        assert!(fresh.names.is_none());
        request.plan.names = Some(Names::default());
        let first = generate(&request).unwrap();
        assert_eq!(fresh.text, first.text, "{}", input.display());
        request.plan.names.clone_from(&first.names);
        let second = generate(&request).unwrap();
        assert_eq!(fresh.text, second.text, "{}", input.display());
        assert_eq!(first.names, second.names, "{}", input.display());
    }
}

/// A contract that imports a standard schema has of it what it uses: neither all of its types nor all of its documents.
#[test]
fn of_a_standard_schema_there_is_what_is_used() {
    let import = "<xs:import namespace='http://www.w3.org/2000/09/xmldsig#'/>";
    let signed = format!(
        "{import}<xs:complexType name='Signed'><xs:sequence><xs:element ref='ds:Signature' \
         xmlns:ds='http://www.w3.org/2000/09/xmldsig#'/></xs:sequence></xs:complexType>"
    );
    let text = Vendor::new().schema(&signed);
    assert!(text.contains("pub static SIGNATURE:") && text.contains("pub struct SignatureType"), "{text}");
    assert!(!text.contains("pub static KEY_NAME:"), "{text}");
    let text = Vendor::new().schema(&format!("{import}{}", record("Plain", &["a"])));
    assert!(text.contains("pub struct Plain") && !text.contains("Signature"), "{text}");
}
