//! Addresses without what must not be shown or stored: passwords, tokens and keys in them.

/// What stands in place of a secret part.
const MASK: &str = "***";

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

/// Whether a masked address stands for this one: a mask or a placeholder for any text within one parameter.
pub(crate) fn stands_for(masked: &str, address: &str) -> bool {
    let Some((before, after)) = split_at_gap(masked) else { return masked == address };
    let Some(rest) = address.strip_prefix(before) else { return false };
    let end = rest.find(['&', '#', '/']).unwrap_or(rest.len());
    // The gap may be followed by more of the same part, so every end of it is tried.
    (0..=end).rev().filter(|at| rest.is_char_boundary(*at)).any(|at| stands_for(after, &rest[at..]))
}

/// What stands before and after the first gap.
fn split_at_gap(masked: &str) -> Option<(&str, &str)> {
    let mask = masked.find(MASK).map(|at| (at, at + MASK.len()));
    let placeholder = masked.find("${").and_then(|at| Some((at, at + masked[at..].find('}')? + 1)));
    let (start, end) = [mask, placeholder].into_iter().flatten().min()?;
    Some((&masked[..start], &masked[end..]))
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

    #[test]
    fn a_masked_location_is_found_again() {
        assert!(stands_for("?xsd=1&token=***", "?xsd=1&token=abc"));
        assert!(stands_for("?t=${A}&xsd=1", "?t=abc&xsd=1"));
        assert!(!stands_for("?t=${A}&xsd=1", "?t=abc&xsd=2"));
        assert!(!stands_for("?t=***", "?t=a&x=1"));
        assert!(stands_for("plain.xsd", "plain.xsd"));
    }
}
