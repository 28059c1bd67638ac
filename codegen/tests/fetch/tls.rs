//! TLS with an authority of one's own, and with a client certificate.

use std::sync::Arc;

use bindery_codegen::fetch::{Identity, Options};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, ExtendedKeyUsagePurpose, IsCa, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};

use super::server::{Server, xml};
use super::{Project, options, schema, wsdl};

/// A certificate authority.
fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new(Vec::new()).expect("parameters");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key")).expect("a certificate")
}

/// A certificate of it: the certificate and its key.
fn issued(
    name: &str,
    usage: ExtendedKeyUsagePurpose,
    by: &CertifiedIssuer<'_, KeyPair>,
) -> (rcgen::Certificate, KeyPair) {
    let mut params = CertificateParams::new(vec![name.to_owned()]).expect("parameters");
    params.extended_key_usages = vec![usage];
    let key = KeyPair::generate().expect("a key");
    (params.signed_by(&key, by).expect("a certificate"), key)
}

/// A server that wants a client certificate of the authority.
fn server(by: &CertifiedIssuer<'_, KeyPair>) -> Server {
    let (certificate, key) = issued("localhost", ExtendedKeyUsagePurpose::ServerAuth, by);
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from(by.der().to_vec())).expect("an authority");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider))
        .build()
        .expect("a verifier");
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_client_cert_verifier(verifier)
        .with_single_cert(vec![CertificateDer::from(certificate.der().to_vec())], key)
        .expect("a configuration");
    let config = Arc::new(config);
    Server::over(
        |asked| match asked.target.as_str() {
            // An address with http, as services behind a proxy that ends TLS write: it is asked with https all the same.
            "/s.wsdl" => xml(wsdl(&format!(
                r#"<xs:import namespace="urn:a" schemaLocation="http://{}/a.xsd"/>"#,
                asked.header("host").unwrap_or_default()
            ))),
            _ => xml(schema("urn:a", "", "Answer")),
        },
        move |stream| {
            let connection = ServerConnection::new(Arc::clone(&config)).ok()?;
            Some(Box::new(StreamOwned::new(connection, stream)))
        },
    )
}

#[test]
fn an_authority_of_ones_own_and_a_client_certificate() {
    let ours = authority();
    let server = server(&ours);
    let url = format!("https://localhost:{}/s.wsdl", server.address.port());
    let pem = |text: String| text.into_bytes();

    let problem = Project::new().fetch(&url, "s", &options()).unwrap_err();
    assert!(problem.contains("E0705") && problem.contains("--ca"), "{problem}");

    let trusting = Options { authorities: Some(pem(ours.pem())), ..options() };
    let problem = Project::new().fetch(&url, "s", &trusting).unwrap_err();
    assert!(problem.contains("E0705"), "{problem}");

    let (certificate, key) = issued("me", ExtendedKeyUsagePurpose::ClientAuth, &ours);
    let identity = Identity { certificates: pem(certificate.pem()), key: pem(key.serialize_pem()) };
    assert_eq!(format!("{identity:?}"), "Identity { .. }");
    let known = Options { identity: Some(identity), ..trusting };
    let project = Project::new();
    let report = project.fetch(&url, "s", &known).expect("with a certificate it can be had");
    assert_eq!(report.files.len(), 2);
    assert!(report.files[0].address.starts_with("https://"));

    let damaged = Options { authorities: Some(b"no certificate".to_vec()), ..options() };
    let problem = Project::new().fetch(&url, "s", &damaged).unwrap_err();
    assert!(problem.contains("E0707") && problem.contains("--ca"), "{problem}");
}
