//! Addresses: what is asked, and how it is shown and stored without what is secret in it.

use std::fmt;

use url::{Host, Url};

use super::codes;
use crate::diagnostic::Diagnostic;
use crate::source::mask;

/// Values shorter than this would be found everywhere.
const SHORTEST_SECRET: usize = 4;

/// Looks up the value of a placeholder: an environment variable.
pub type Variables<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// The secret values of a run, each with the placeholder that stands for it.
#[derive(Clone, Default)]
pub(super) struct Secrets(Vec<(String, String)>);

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(placeholder, _)| placeholder)).finish()
    }
}

impl Secrets {
    /// The text with every secret value replaced by its placeholder.
    pub(super) fn hidden(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (placeholder, value) in &self.0 {
            text = text.replace(value.as_str(), placeholder);
        }
        text
    }

    /// The text with every secret value replaced by as many asterisks, so that places in it stay the same.
    pub(super) fn blotted(&self, text: String) -> String {
        self.0.iter().fold(text, |text, (_, value)| match text.contains(value.as_str()) {
            true => text.replace(value.as_str(), &"*".repeat(value.len())),
            false => text,
        })
    }

    /// The placeholder of a secret that the bytes hold.
    pub(super) fn held_by(&self, bytes: &[u8]) -> Option<&str> {
        let text = String::from_utf8_lossy(bytes);
        self.0.iter().find(|(_, value)| text.contains(value.as_str())).map(|(placeholder, _)| placeholder.as_str())
    }

    /// An address as it may be shown and stored.
    pub(super) fn shown(&self, address: &str) -> String {
        mask::masked(&self.hidden(address))
    }
}

/// The address a person gave.
#[derive(Clone)]
pub(super) struct Root {
    /// What is asked.
    pub(super) url: Url,
    /// What is shown and stored: placeholders in place of secrets.
    pub(super) shown: String,
    pub(super) secrets: Secrets,
}

impl Root {
    /// Reads an address, with values for its placeholders.
    ///
    /// # Errors
    /// It cannot be asked, or holds a secret in clear.
    pub(super) fn parse(text: &str, variables: &Variables<'_>) -> Result<Self, Diagnostic> {
        let text = text.trim();
        let secrets = placeholders(text, variables)?;
        let shown = mask::masked(text);
        if shown != text {
            let help = if without_scheme(text).split(['/', '?']).next().is_some_and(|host| host.contains('@')) {
                "leave the user out of the address and give `--user NAME`; the password is asked for"
            } else {
                "write `name=${VARIABLE}` in place of the value, and set the environment variable"
            };
            let message = format!("the address holds what looks like a secret: {shown}");
            return Err(Diagnostic::error(codes::ADDRESS, message)
                .with_note("it would be stored in the lock, and is seen in the list of processes")
                .with_help(help));
        }
        let mut filled = text.to_owned();
        for (placeholder, value) in &secrets {
            filled = filled.replace(placeholder, &escaped(value));
        }
        let mut url = Url::parse(&filled).map_err(|error| {
            let why = match error {
                url::ParseError::RelativeUrlWithoutBase => "it does not begin with `https://`".to_owned(),
                error => error.to_string(),
            };
            Diagnostic::error(codes::ADDRESS, format!("`{shown}` is no address: {why}"))
                .with_help("expected something like `https://example.com/Service.svc?wsdl`")
        })?;
        url.set_fragment(None);
        let mut known: Vec<(String, String)> = Vec::new();
        for (placeholder, value) in secrets {
            let in_address = escaped(&value);
            if in_address != value {
                known.push((placeholder.clone(), in_address));
            }
            known.push((placeholder, value));
        }
        let root = Self { url, shown, secrets: Secrets(known) };
        askable(&root.url, &root.secrets)?;
        Ok(root)
    }
}

/// The placeholders in an address with their values.
fn placeholders(text: &str, variables: &Variables<'_>) -> Result<Vec<(String, String)>, Diagnostic> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("${") {
        let Some(length) = rest[start..].find('}') else { break };
        let (placeholder, name) = (&rest[start..=start + length], &rest[start + 2..start + length]);
        let Some(value) = variables(name).filter(|value| !value.is_empty()) else {
            return Err(Diagnostic::error(codes::ADDRESS, format!("the environment variable `{name}` is not set"))
                .with_note(format!("the address needs its value: {text}")));
        };
        if value.len() < SHORTEST_SECRET {
            let message = format!("the value of `{name}` is too short to be a secret");
            return Err(Diagnostic::error(codes::ADDRESS, message)
                .with_help("write a value that may be seen into the address itself"));
        }
        found.push((placeholder.to_owned(), value));
        rest = &rest[start + length + 1..];
    }
    Ok(found)
}

fn without_scheme(text: &str) -> &str {
    text.split_once("://").map_or(text, |(_, rest)| rest)
}

/// A value as it stands in a query.
fn escaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Whether an address may be asked at all: its scheme, and nobody's name in it.
///
/// # Errors
/// Why not.
pub(super) fn askable(url: &Url, secrets: &Secrets) -> Result<(), Diagnostic> {
    let shown = secrets.shown(url.as_str());
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        let message = format!("`{shown}` is not fetched: only http and https addresses are");
        return Err(Diagnostic::error(codes::ADDRESS, message));
    }
    if !url.username().is_empty() || url.password().is_some() {
        let message = format!("`{shown}` names a user, which addresses that are stored must not");
        return Err(Diagnostic::error(codes::ADDRESS, message));
    }
    Ok(())
}

/// Whether the name of a host says that it is not a public one.
pub(super) fn private_name(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            let suffixes = [".localhost", ".local", ".internal", ".home.arpa"];
            name == "localhost" || suffixes.iter().any(|suffix| name.ends_with(suffix))
        }
        Some(Host::Ipv4(address)) => super::private::is_private(address.into()),
        Some(Host::Ipv6(address)) => super::private::is_private(address.into()),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(text: &str) -> Result<Root, String> {
        let variables = |name: &str| match name {
            "TOKEN" => Some("a b/c+d".to_owned()),
            "SHORT" => Some("x".to_owned()),
            _ => None,
        };
        Root::parse(text, &variables).map_err(|problem| problem.message)
    }

    #[test]
    fn secrets_come_from_the_environment_and_stay_there() {
        let root = root("https://h/s?wsdl&token=${TOKEN}#top").unwrap();
        assert_eq!(root.url.as_str(), "https://h/s?wsdl&token=a%20b%2Fc%2Bd");
        assert_eq!(root.shown, "https://h/s?wsdl&token=${TOKEN}#top");
        assert_eq!(root.secrets.shown("https://h/s?xsd=1&k=a%20b%2Fc%2Bd"), "https://h/s?xsd=1&k=${TOKEN}");
        assert_eq!(root.secrets.blotted("1 a b/c+d 2".into()), "1 ******* 2");
        assert!(!format!("{:?}", root.secrets).contains("a b"));
    }

    #[test]
    fn what_cannot_be_asked() {
        for (text, words) in [
            ("https://h/s?wsdl&token=abc", "looks like a secret"),
            ("https://me:pw@h/s?wsdl", "looks like a secret"),
            ("https://h/s?t=${NONE}", "`NONE` is not set"),
            ("https://h/s?t=${SHORT}", "too short"),
            ("file:///etc/passwd", "only http and https"),
            ("ftp://h/x", "only http and https"),
            ("s.wsdl", "no address"),
        ] {
            let message = root(text).err().unwrap_or_else(|| panic!("{text} was accepted"));
            assert!(message.contains(words) && !message.contains("abc") && !message.contains("pw"), "{message}");
        }
    }

    #[test]
    fn names_of_private_hosts() {
        for (text, private) in [
            ("http://localhost/", true),
            ("http://x.LOCALHOST./", true),
            ("http://metadata.google.internal/", true),
            ("http://0x7f.1/", true),
            ("http://[::ffff:10.0.0.1]/", true),
            ("http://example.com/", false),
            ("http://93.184.216.34/", false),
        ] {
            assert_eq!(private_name(&Url::parse(text).unwrap()), private, "{text}");
        }
    }
}
