//! A user name and a password.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use http::HeaderValue;

use crate::secret::Secret;

/// A user name and a password.
#[derive(Clone)]
pub struct Credentials {
    /// The user name.
    pub username: String,
    /// The password.
    pub password: Secret<String>,
}

/// Shows neither: a user name may be a token.
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(…)")
    }
}

impl Credentials {
    /// The value of an `Authorization` header for HTTP Basic (RFC 7617, UTF-8). `None` when the user name holds a colon,
    /// which the scheme cannot carry.
    pub(crate) fn basic(&self) -> Option<HeaderValue> {
        if self.username.contains(':') {
            return None;
        }
        let token = BASE64.encode(format!("{}:{}", self.username, self.password.expose()));
        let mut value = HeaderValue::try_from(format!("Basic {token}")).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basic_is_utf_8_and_sensitive() {
        let credentials = Credentials { username: "Aladdin".into(), password: Secret::new("open sesame".into()) };
        let value = credentials.basic().unwrap();
        assert_eq!(value.to_str().unwrap(), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assert!(value.is_sensitive());
        let credentials = Credentials { username: "a:b".into(), password: Secret::new(String::new()) };
        assert!(credentials.basic().is_none());
    }

    #[test]
    fn debug_shows_nothing() {
        let credentials = Credentials { username: "user".into(), password: Secret::new("pass".into()) };
        assert_eq!(format!("{credentials:?}"), "Credentials(…)");
    }
}
