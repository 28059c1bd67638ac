//! Text of a contract stays text: whatever stands in its documentation, values and addresses, the code around is the same.

use std::path::PathBuf;

use bindery_codegen::Builder;
use proc_macro2::{TokenStream, TokenTree};

/// What might end a literal or a comment, or be taken for something else inside of one.
const HOSTILE: &[&str] = &[
    "\"; fn evil() {} \"",
    "\\",
    "\\\"",
    "\n#[evil]\nfn evil() {}\n",
    "\r*/ fn evil() {} /*",
    "\u{2028}fn evil() {}\u{85}",
    "\"#; r#\" {} {{ }} )]}",
    "'a' b\"c\" \u{202e}live\u{202c}",
    "```\nfn evil() {}\n```",
    "größe 数 \u{1F980}",
];

fn contract(text: &str) -> String {
    let escape = |c: char| if c.is_ascii_alphanumeric() { c.to_string() } else { format!("&#{};", u32::from(c)) };
    let escaped: String = text.chars().map(escape).collect();
    // Addresses that go into headers are refused with these.
    let address: String = text.chars().filter(|c| !c.is_control()).map(escape).collect();
    format!(
        r#"<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/"
 xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:{escaped}:shop" targetNamespace="urn:{escaped}:shop" name="Shop">
<documentation>{escaped}</documentation>
<types><x:schema targetNamespace="urn:{escaped}:shop" elementFormDefault="qualified">
 <x:simpleType name="Kind"><x:annotation><x:documentation>{escaped}</x:documentation></x:annotation>
  <x:restriction base="x:string"><x:enumeration value="a{escaped}"><x:annotation><x:documentation>{escaped}</x:documentation>
  </x:annotation></x:enumeration><x:enumeration value="b"/></x:restriction></x:simpleType>
 <x:complexType name="Order"><x:annotation><x:documentation>{escaped}</x:documentation></x:annotation><x:sequence>
  <x:element name="kind" type="t:Kind"><x:annotation><x:documentation>{escaped}</x:documentation></x:annotation></x:element>
  <x:element name="note" type="x:string" default="{escaped}"/>
  <x:choice><x:element name="one" type="x:int"/><x:element name="two" type="x:string"/></x:choice>
  <x:any namespace="urn:other" processContents="lax" minOccurs="0"/>
 </x:sequence></x:complexType>
 <x:element name="order" type="t:Order"/>
</x:schema></types>
<message name="In"><part name="body" element="t:order"/></message>
<portType name="ShopType"><operation name="Buy"><documentation>{escaped}</documentation><input message="t:In"/><output message="t:In"/>
</operation></portType>
<binding name="ShopSoap" type="t:ShopType"><s:binding transport="http://schemas.xmlsoap.org/soap/http"/><operation name="Buy">
 <s:operation soapAction="{address}"/><input><s:body use="literal"/></input><output><s:body use="literal"/></output></operation></binding>
<service name="Shop"><documentation>{escaped}</documentation><port name="ShopSoap" binding="t:ShopSoap">
 <s:address location="http://localhost/{address}"/></port></service>
</definitions>"#
    )
}

fn generated(name: &str, text: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("text-{name}.wsdl"));
    std::fs::write(&path, contract(text)).expect("a file to read");
    match Builder::new().wsdl(path).generate() {
        Ok(generated) => generated.text,
        Err(error) => panic!("{text:?}: {error}"),
    }
}

/// The code with one letter for all names, and one for all literals; without comments.
fn skeleton(tokens: TokenStream, literals: &mut Vec<String>) -> String {
    let mut out = String::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '#' => {
                let documentation = matches!(tokens.peek(), Some(TokenTree::Group(group))
                    if group.stream().to_string().starts_with("doc ="));
                if documentation {
                    tokens.next();
                } else {
                    out.push('#');
                }
            }
            TokenTree::Punct(punct) => out.push(punct.as_char()),
            TokenTree::Ident(_) => out.push('n'),
            TokenTree::Literal(literal) => {
                out.push('l');
                if let syn::Lit::Str(text) = syn::Lit::new(literal) {
                    literals.push(text.value());
                }
            }
            TokenTree::Group(group) => {
                out.push_str(&format!("{:?}(", group.delimiter()));
                out.push_str(&skeleton(group.stream(), literals));
                // Long lines end elements with a comma that short ones do not have.
                if out.ends_with(',') {
                    out.pop();
                }
                out.push(')');
            }
        }
    }
    out
}

#[test]
fn what_a_contract_says_never_becomes_code() {
    let code = |name: &str, text: &str| {
        let generated = generated(name, text);
        syn::parse_file(&generated).unwrap_or_else(|error| panic!("{text:?}: {error}\n{generated}"));
        let mut literals = Vec::new();
        let tokens = generated.parse().expect("what syn parses has tokens");
        (skeleton(tokens, &mut literals), literals)
    };
    let (expected, _) = code("plain", "plain");
    for (index, text) in HOSTILE.iter().enumerate() {
        let (found, literals) = code(&index.to_string(), text);
        let same = found.bytes().zip(expected.bytes()).take_while(|(a, b)| a == b).count();
        let end = |code: &str| code[same.saturating_sub(40)..].chars().take(80).collect::<String>();
        assert!(found == expected, "{text:?} changed the code: {} instead of {}", end(&found), end(&expected));
        assert!(literals.iter().any(|literal| literal == text), "{text:?} is not among {literals:#?}");
    }
}
