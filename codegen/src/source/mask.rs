//! Addresses without what must not be shown or stored: passwords, tokens and keys in them.

use super::locations::MASK;

/// Parts of query parameters' names that speak of a secret.
const TELLING: &[&str] =
    &["token", "secret", "passw", "pwd", "signature", "credential", "apikey", "api_key", "api-key"];
/// Whole names of query parameters that speak of a secret.
const NAMES: &[&str] =
    &["key", "sig", "auth", "code", "session", "sessionid", "sid", "jsessionid", "pass", "subscription-key"];

/// Whether a query parameter of this name usually holds a secret.
pub(crate) fn looks_secret(parameter: &str) -> bool {
    let name = parameter.to_ascii_lowercase();
    NAMES.contains(&name.as_str()) || TELLING.iter().any(|part| name.contains(part))
}

/// The address without user information and without the values of parameters that look like secrets. Placeholders
/// (`${NAME}`) stay.
pub(crate) fn masked(address: &str) -> String {
    let (before, fragment) = match address.split_once('#') {
        Some((before, fragment)) => (before, Some(fragment)),
        None => (address, None),
    };
    let (path, query) = match before.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (before, None),
    };
    let mut out = without_user(path);
    if let Some(query) = query {
        out.push('?');
        for (at, parameter) in query.split('&').enumerate() {
            if at > 0 {
                out.push('&');
            }
            match parameter.split_once('=') {
                Some((name, value)) if looks_secret(name) && !value.is_empty() && !is_placeholder(value) => {
                    out.push_str(name);
                    out.push('=');
                    out.push_str(MASK);
                }
                _ => out.push_str(parameter),
            }
        }
    }
    if let Some(fragment) = fragment {
        out.push('#');
        out.push_str(fragment);
    }
    out
}

fn without_user(path: &str) -> String {
    let Some((scheme, rest)) = path.split_once("//") else { return path.to_owned() };
    let end = rest.find('/').unwrap_or(rest.len());
    match rest[..end].rfind('@') {
        Some(at) => format!("{scheme}//{MASK}{}", &rest[at..]),
        None => path.to_owned(),
    }
}

/// `${NAME}`: the value is taken from the environment when the address is asked.
pub(crate) fn is_placeholder(value: &str) -> bool {
    value.starts_with("${") && value.find('}') == Some(value.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_masked_and_nothing_else() {
        let cases = [
            ("https://h/s.svc?wsdl", "https://h/s.svc?wsdl"),
            ("https://me:pw@h/s?wsdl", "https://***@h/s?wsdl"),
            ("https://h/s?xsd=1&Access_Token=abc#x", "https://h/s?xsd=1&Access_Token=***#x"),
            ("s.xsd?code=abc&key=", "s.xsd?code=***&key="),
            ("s.xsd?key=${NAME}", "s.xsd?key=${NAME}"),
            ("//a@b@h", "//***@h"),
            ("mailto:a@b", "mailto:a@b"),
        ];
        for (address, expected) in cases {
            assert_eq!(masked(address), expected);
        }
    }
}
