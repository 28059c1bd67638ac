//! What a call takes from the world around it: the time, and randomness.
//!
//! [`crate::call`] has no clock and no generator of its own, so that a test (or a replay) can give it both.

use std::io;
use std::time::SystemTime;

/// The time and randomness a call is prepared with.
///
/// A fresh identifier and a fresh nonce are drawn for every attempt: servers keep them for minutes and refuse what they
/// have seen.
pub trait Environment: Send + Sync {
    /// The time now, for `Created` and `Expires`. It must be the real time to within the server's tolerance (five minutes
    /// is usual) where a timestamp or a password digest is sent.
    fn now(&self) -> SystemTime;

    /// Sixteen unpredictable bytes.
    ///
    /// # Errors
    /// The system cannot give any; the call is then not sent.
    fn random(&self) -> io::Result<[u8; 16]>;

    /// A random UUID (version 4), for `MessageID`.
    ///
    /// # Errors
    /// As for [`Environment::random`].
    fn uuid(&self) -> io::Result<[u8; 16]> {
        Ok(*uuid::Builder::from_random_bytes(self.random()?).as_uuid().as_bytes())
    }

    /// A nonce for a password digest.
    ///
    /// # Errors
    /// As for [`Environment::random`].
    fn nonce(&self) -> io::Result<[u8; 16]> {
        self.random()
    }
}

/// The system's clock and its random generator.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEnvironment;

impl Environment for SystemEnvironment {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn random(&self) -> io::Result<[u8; 16]> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(io::Error::other)?;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed;

    impl Environment for Fixed {
        fn now(&self) -> SystemTime {
            SystemTime::UNIX_EPOCH
        }

        fn random(&self) -> io::Result<[u8; 16]> {
            Ok([0xff; 16])
        }
    }

    #[test]
    fn a_message_id_is_a_version_4_uuid() {
        let uuid = uuid::Uuid::from_bytes(Fixed.uuid().unwrap());
        assert_eq!(uuid.to_string(), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    }

    #[test]
    fn the_system_does_not_repeat_itself() {
        assert_ne!(SystemEnvironment.nonce().unwrap(), SystemEnvironment.nonce().unwrap());
    }
}
