//! WS-Security 1.0: the UsernameToken (password in clear or as a digest) and the Timestamp we send.
//!
//! No XML signature is made or checked here: the transport's TLS is what protects a message, and a password digest does
//! not replace it (its nonce and time travel in clear, so a weak password can be guessed from it).

use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha1::{Digest as _, Sha1};

/// How long a Timestamp we send is valid, which is also what WCF and WSS4J allow by default.
pub const VALIDITY: Duration = Duration::from_secs(300);

/// The password digest of the UsernameToken profile 1.0, §3.1: `Base64(SHA-1(nonce + created + password))`.
///
/// `nonce` are the bytes *before* base64, `created` the text exactly as it is sent, `password` the shared secret as UTF-8
/// (or its hash, where a server stores only that).
pub fn password_digest(nonce: &[u8], created: &str, password: &[u8]) -> String {
    let mut hash = Sha1::new();
    hash.update(nonce);
    hash.update(created.as_bytes());
    hash.update(password);
    BASE64.encode(hash.finalize())
}

/// A nonce as it is sent.
pub(crate) fn encode_nonce(nonce: &[u8]) -> String {
    BASE64.encode(nonce)
}

/// A point in time as `Created` and `Expires` want it: UTC, milliseconds, `Z`.
///
/// # Errors
/// The clock says a year XML Schema readers would not take (before 1 or after 9999).
pub(crate) fn utc(time: SystemTime) -> Result<String, OutOfRange> {
    let time = jiff::Timestamp::try_from(time).map_err(|_| OutOfRange)?;
    let text = format!("{time:.3}");
    // Years before 1 are signed, which no server expects.
    if text.len() == "2015-09-23T13:12:13.550Z".len() { Ok(text) } else { Err(OutOfRange) }
}

/// The clock is out of range.
#[derive(Debug)]
pub(crate) struct OutOfRange;

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(nonce: &str, created: &str, password: &[u8]) -> String {
        password_digest(&BASE64.decode(nonce).unwrap(), created, password)
    }

    #[test]
    fn digests_agree_with_published_vectors() {
        let vectors: &[(&str, &str, &str, &str)] = &[
            ("2FW1CIo2ZUOJmSjVRcJZlQ==", "2019-02-12T12:34:12.110Z", "vM3s1hKVMy6zBOn", "wM9xjA92wCw+QcQI1urjZ6B8+LQ="),
            ("bW9ja2VkLXJhbmRvbQ==", "2016-05-08T12:00:00+00:00", "geheim", "hVicspAQSg70JNhe67OHqD9gexc="),
            ("bW9ja2VkLXJhbmRvbQ==", "2016-05-08T12:00:00Z", "geheim", "a/bUolQwxU23q2OAk7C91iwSzlo="),
            ("0TBQcVnd9H4uGi1jGxqJWg==", "2014-06-21T12:43:21.791Z", "iLoveDogs", "PfZyE8nQQR2rAsODn7iVGaf8hD8="),
            ("v7FxYg7FZGsHbuFtIVWhCA==", "2014-07-24T02:30:11.010Z", "iLoveDogs", "JPyw/4MeEoEGmR9sOcBqzjGZc6U="),
            ("0x7bXAPZVn40AdCD0Xbt0g==", "2010-06-28T15:16:37Z", "password", "5eawvSIg7bt79oQixbEH9hSWS7Y="),
            ("AAECAwQFBgcICQoLDA0ODw==", "2026-11-22T00:00:00.000Z", "пароль", "/+fQwHVN7PuwcN0ZmHeFP29mrNk="),
            ("AAECAwQFBgcICQoLDA0ODw==", "2026-11-22T00:00:00.000Z", "p<&>\"'", "Gxn69CTMtBWZQqwpYxdi4SJzxN4="),
            ("AAECAwQFBgcICQoLDA0ODw==", "2026-11-22T00:00:00.000Z", "", "GylmaSYVGMMznw4DNPXcH5xBI70="),
        ];
        for (nonce, created, password, expected) in vectors {
            assert_eq!(digest(nonce, created, password.as_bytes()), *expected, "{password} at {created}");
        }
    }

    #[test]
    fn a_nonce_is_decoded_before_hashing() {
        let wrong = password_digest(b"0TBQcVnd9H4uGi1jGxqJWg==", "2014-06-21T12:43:21.791Z", b"iLoveDogs");
        assert_eq!(wrong, "+q/hdQ/H04ZP6W5IfYEGiSKDvo0=");
        assert_ne!(digest("0TBQcVnd9H4uGi1jGxqJWg==", "2014-06-21T12:43:21.791Z", b"iLoveDogs"), wrong);
    }

    #[test]
    fn a_server_may_keep_the_hash_of_a_password() {
        let hashed = Sha1::digest(b"password");
        let digest = digest("0x7bXAPZVn40AdCD0Xbt0g==", "2010-06-28T15:16:37Z", &hashed);
        assert_eq!(digest, "C0rena/6gKpRZ9ATj+e6ss5sAbQ=");
    }

    #[test]
    fn times_are_utc_with_milliseconds() {
        let time = SystemTime::UNIX_EPOCH + Duration::from_micros(1_443_013_933_550_999);
        assert_eq!(utc(time).unwrap(), "2015-09-23T13:12:13.550Z");
        assert_eq!(utc(SystemTime::UNIX_EPOCH).unwrap(), "1970-01-01T00:00:00.000Z");
    }
}
