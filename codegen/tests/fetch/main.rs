//! `bindery fetch` against a server on this machine that behaves as vendors' servers do, and as hostile ones may.

mod contract;
mod hostile;
mod secrets;
mod server;
mod tls;
mod updates;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bindery_codegen::fetch::{self, Options, Proxying, Report};
use bindery_codegen::generate::Failure;

/// A project's folder with nothing in it.
pub(crate) struct Project(tempfile::TempDir);

impl Project {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn lock(&self) -> PathBuf {
        self.path().join("bindery.lock")
    }

    pub(crate) fn fetch(&self, url: &str, name: &str, options: &Options) -> Result<Report, String> {
        let folder = self.path().join("contracts").join(name);
        fetch::fetch(url, &folder, &self.lock(), options, &|_| None, &mut |_| {}).map_err(words)
    }

    pub(crate) fn update(&self, options: &Options) -> Result<Vec<Report>, String> {
        fetch::update(None, &self.lock(), options, &|_| None, &mut |_| {}).map_err(words)
    }

    /// Every file with its content.
    pub(crate) fn files(&self) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(self.path()).expect("below").to_string_lossy().into_owned();
                    files.insert(name, std::fs::read_to_string(&path).expect("a text"));
                }
            }
        }
        files
    }
}

#[allow(clippy::boxed_local)] // as failures come
pub(crate) fn words(failure: Box<Failure>) -> String {
    failure.to_string()
}

/// Options that allow a server on this machine.
pub(crate) fn options() -> Options {
    Options {
        allow_private: true,
        proxy: Proxying::Direct,
        timeout: Duration::from_secs(10),
        today: "2026-01-31".to_owned(),
        ..Options::default()
    }
}

/// A schema with one type; `more` goes before it.
pub(crate) fn schema(namespace: &str, more: &str, type_name: &str) -> String {
    format!(
        r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{namespace}" elementFormDefault="qualified">{more}
<xs:complexType name="{type_name}"><xs:sequence><xs:element name="Id" type="xs:int"/></xs:sequence></xs:complexType>
</xs:schema>"#
    )
}

/// A WSDL with one operation; `imports` goes into its schema.
pub(crate) fn wsdl(imports: &str) -> String {
    format!(
        r#"<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:t="urn:t"
  targetNamespace="urn:t" name="Orders">
<types><xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t" xmlns:a="urn:a">
{imports}
<xs:element name="Ask"><xs:complexType><xs:sequence><xs:element name="What" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
<xs:element name="Told"><xs:complexType><xs:sequence><xs:element name="How" type="a:Answer"/></xs:sequence></xs:complexType></xs:element>
</xs:schema></types>
<message name="In"><part name="p" element="t:Ask"/></message>
<message name="Out"><part name="p" element="t:Told"/></message>
<portType name="P"><operation name="Ask"><input message="t:In"/><output message="t:Out"/></operation></portType>
<binding name="B" type="t:P"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
<operation name="Ask"><soap:operation soapAction="urn:t/Ask"/><input><soap:body use="literal"/></input><output><soap:body use="literal"/></output></operation></binding>
<service name="Orders"><port name="P" binding="t:B"><soap:address location="http://example.com/orders"/></port></service>
</definitions>"#
    )
}
