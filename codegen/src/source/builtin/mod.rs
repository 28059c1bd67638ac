//! Standard schemas, in our own words: what these namespaces define, for contracts that refer to them by namespace alone or by an
//! address that would have to be fetched. A copy beside the contract goes first.

/// A built-in document.
#[derive(Debug)]
pub(crate) struct Schema {
    /// The namespace it declares.
    pub(crate) namespace: &'static str,
    /// The file name shown to people.
    pub(crate) name: &'static str,
    /// Its text.
    pub(crate) text: &'static str,
}

/// The built-in document for a namespace.
pub(crate) fn find(namespace: &str) -> Option<&'static Schema> {
    SCHEMAS.iter().find(|schema| schema.namespace == namespace)
}

macro_rules! schemas {
    ($($namespace:literal => $file:literal),* $(,)?) => {
        &[$(Schema { namespace: $namespace, name: $file, text: include_str!($file) }),*]
    };
}

/// All built-in documents.
const SCHEMAS: &[Schema] = schemas! {
    "http://www.w3.org/XML/1998/namespace" => "xml.xsd",
    "http://schemas.xmlsoap.org/soap/encoding/" => "soap-encoding-1.1.xsd",
    "http://www.w3.org/2003/05/soap-encoding" => "soap-encoding-1.2.xsd",
    "http://schemas.xmlsoap.org/soap/envelope/" => "soap-envelope-1.1.xsd",
    "http://www.w3.org/2003/05/soap-envelope" => "soap-envelope-1.2.xsd",
    "http://www.w3.org/2005/08/addressing" => "ws-addressing-1.0.xsd",
    "http://schemas.xmlsoap.org/ws/2004/08/addressing" => "ws-addressing-2004-08.xsd",
    "http://schemas.xmlsoap.org/ws/2004/03/addressing" => "ws-addressing-2004-03.xsd",
    "http://www.w3.org/2006/05/addressing/wsdl" => "ws-addressing-wsdl-2006-05.xsd",
    "http://www.w3.org/2007/05/addressing/metadata" => "ws-addressing-metadata.xsd",
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd" => "ws-security-utility.xsd",
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd" => "ws-security.xsd",
    "http://schemas.xmlsoap.org/ws/2004/09/policy" => "ws-policy-1.2.xsd",
    "http://www.w3.org/ns/ws-policy" => "ws-policy-1.5.xsd",
    "http://www.w3.org/2005/05/xmlmime" => "xmlmime.xsd",
    "http://www.w3.org/2004/11/xmlmime" => "xmlmime-2004.xsd",
    "http://www.w3.org/2004/08/xop/include" => "xop.xsd",
    "http://www.w3.org/1999/xlink" => "xlink.xsd",
    "http://www.w3.org/2000/09/xmldsig#" => "xmldsig.xsd",
    "http://www.w3.org/2001/04/xmlenc#" => "xmlenc.xsd",
    "http://schemas.microsoft.com/2003/10/Serialization/" => "ms-serialization.xsd",
    "http://schemas.microsoft.com/2003/10/Serialization/Arrays" => "ms-arrays.xsd",
    "http://microsoft.com/wsdl/types/" => "ms-types.xsd",
    "http://ws-i.org/profiles/basic/1.1/xsd" => "ws-i-swaref.xsd",
    "http://docs.oasis-open.org/wsrf/bf-2" => "wsrf-base-faults.xsd",
    "http://docs.oasis-open.org/wsrf/r-2" => "wsrf-resource.xsd",
    "http://docs.oasis-open.org/wsrf/rw-2" => "wsrf-resource.wsdl",
    "http://docs.oasis-open.org/wsn/t-1" => "wsn-topics.xsd",
    "http://docs.oasis-open.org/wsn/b-2" => "wsn-base.xsd",
    "http://docs.oasis-open.org/wsn/bw-2" => "wsn-base.wsdl",
    "http://schemas.xmlsoap.org/wsdl/" => "wsdl-1.1.xsd",
    "http://xml.apache.org/xml-soap" => "apache-soap.xsd",
    "urn:un:unece:uncefact:data:specification:CoreComponentTypeSchemaModule:2" => "ccts-core-component-types.xsd",
    "urn:oasis:names:tc:SAML:1.0:assertion" => "saml-1.1-assertion.xsd",
    "urn:oasis:names:tc:SAML:2.0:assertion" => "saml-2.0-assertion.xsd",
};

#[cfg(test)]
mod tests {
    use super::SCHEMAS;

    #[test]
    fn all_are_well_formed_and_declare_their_namespace() {
        for schema in SCHEMAS {
            let tree =
                roxmltree::Document::parse(schema.text).unwrap_or_else(|error| panic!("{}: {error}", schema.name));
            assert_eq!(tree.root_element().attribute("targetNamespace"), Some(schema.namespace), "{}", schema.name);
        }
    }
}
