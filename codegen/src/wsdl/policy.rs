//! WS-Policy: what a binding demands, as far as a client can meet it, and what it cannot.

use roxmltree::Node;

use crate::model::Addressing;
use crate::source::{Span, Tree};

const POLICY: [&str; 3] = [
    "http://schemas.xmlsoap.org/ws/2004/09/policy",
    "http://www.w3.org/ns/ws-policy",
    "http://schemas.xmlsoap.org/ws/2002/12/policy",
];

/// What a policy demands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    /// A UsernameToken.
    pub username_token: bool,
    /// As a digest.
    pub digest: bool,
    /// A Timestamp.
    pub timestamp: bool,
    /// WS-Addressing.
    pub addressing: Option<Addressing>,
    /// HTTP Basic authentication.
    pub basic: bool,
    /// Requests as MTOM packages.
    pub mtom: bool,
    /// What we cannot do, in words, with the place.
    pub unsupported: Vec<(&'static str, Span)>,
}

impl Policy {
    /// Both demands together.
    pub(super) fn merge(&mut self, other: &Self) {
        self.username_token |= other.username_token;
        self.digest |= other.digest;
        self.timestamp |= other.timestamp;
        self.basic |= other.basic;
        self.mtom |= other.mtom;
        self.addressing = self.addressing.or(other.addressing);
        for item in &other.unsupported {
            if !self.unsupported.iter().any(|(known, _)| *known == item.0) {
                self.unsupported.push(*item);
            }
        }
    }
}

/// Whether the element is a policy.
pub(super) fn is_policy(node: Node<'_, '_>, name: &str) -> bool {
    node.tag_name().name() == name && node.tag_name().namespace().is_some_and(|ns| POLICY.contains(&ns))
}

/// Reads a `wsp:Policy`. Of several alternatives the first one that can be met is taken.
pub(super) fn read(tree: &Tree<'_, '_>, node: Node<'_, '_>) -> Policy {
    let mut policy = Policy::default();
    for child in node.children().filter(Node::is_element) {
        operator(tree, child, &mut policy);
    }
    policy
}

fn operator(tree: &Tree<'_, '_>, node: Node<'_, '_>, policy: &mut Policy) {
    if is_policy(node, "ExactlyOne") {
        let mut best: Option<Policy> = None;
        for alternative in node.children().filter(Node::is_element) {
            let mut tried = Policy::default();
            operator(tree, alternative, &mut tried);
            let better = best.as_ref().is_none_or(|best| tried.unsupported.len() < best.unsupported.len());
            if better {
                best = Some(tried);
            }
        }
        if let Some(best) = best {
            policy.merge(&best);
        }
    } else if is_policy(node, "All") || is_policy(node, "Policy") {
        for child in node.children().filter(Node::is_element) {
            operator(tree, child, policy);
        }
    } else {
        assertion(tree, node, policy);
    }
}

fn assertion(tree: &Tree<'_, '_>, node: Node<'_, '_>, policy: &mut Policy) {
    let optional = node.attributes().any(|attribute| {
        attribute.name() == "Optional"
            && attribute.namespace().is_some_and(|ns| POLICY.contains(&ns))
            && matches!(attribute.value(), "true" | "1")
    });
    let ns = node.tag_name().namespace().unwrap_or_default();
    let mut cannot = |what: &'static str| {
        if !optional {
            policy.unsupported.push((what, tree.span(node)));
        }
    };
    match node.tag_name().name() {
        "UsingAddressing" | "Addressing" => {
            let submission = ns.contains("2004/08/addressing");
            policy.addressing = Some(if submission { Addressing::Submission } else { Addressing::V10 });
        }
        "UsernameToken" => {
            policy.username_token = true;
            let digest = |name: &str| matches!(name, "HashPassword" | "WssUsernameTokenDigest");
            policy.digest |= node.descendants().any(|inner| digest(inner.tag_name().name()));
            if node.descendants().any(|inner| inner.tag_name().name() == "RequireDerivedKeys") {
                policy.unsupported.push(("keys derived from a password", tree.span(node)));
            }
        }
        "IncludeTimestamp" => policy.timestamp = true,
        "SecureConversationToken" => cannot("WS-SecureConversation (in WCF: set establishSecurityContext to false)"),
        "SpnegoContextToken" | "KerberosToken" => cannot("Kerberos or SPNEGO tokens"),
        "IssuedToken" | "SamlToken" => cannot("issued (SAML) tokens"),
        "X509Token" | "RsaToken" | "KeyValueToken" => cannot("X.509 tokens"),
        "SymmetricBinding" | "AsymmetricBinding" => cannot("message signatures and encryption"),
        "EndorsingSupportingTokens" | "SignedEndorsingSupportingTokens" => {
            // A secure conversation is the usual content, and says more.
            if node.descendants().any(|inner| inner.tag_name().name() == "SecureConversationToken") {
                cannot("WS-SecureConversation (in WCF: set establishSecurityContext to false)");
            } else {
                cannot("endorsing tokens (message signatures)");
            }
        }
        "HttpsToken" => {
            let demanded = node.attribute("RequireClientCertificate") == Some("true")
                || node.descendants().any(|inner| inner.tag_name().name() == "RequireClientCertificate");
            if demanded {
                cannot("a TLS client certificate (give the transport one)");
            }
        }
        "RMAssertion" => cannot("WS-ReliableMessaging"),
        // `MTOM` is the later name, of the W3C.
        "OptimizedMimeSerialization" | "MTOM" => policy.mtom |= !optional,
        "BasicAuthentication" => policy.basic |= !optional,
        "NegotiateAuthentication" | "NtlmAuthentication" | "DigestAuthentication" => {
            cannot("HTTP Negotiate, NTLM or Digest authentication")
        }
        "ATAssertion" | "ATAlwaysCapability" => cannot("WS-AtomicTransaction"),
        "BinaryEncoding" => cannot("WCF's binary encoding"),
        "TransportBinding"
        | "SignedSupportingTokens"
        | "SupportingTokens"
        | "TransportToken"
        | "SignedEncryptedSupportingTokens"
        | "EncryptedSupportingTokens" => {
            for inner in node.children().filter(Node::is_element) {
                operator(tree, inner, policy);
            }
        }
        _ => {} // algorithms, layouts, trust options: nothing a client without signatures must do
    }
}
