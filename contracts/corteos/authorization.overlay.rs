//! Corteos XmlGate V3: signing in.
//!
//! The WSDL beside this file is not the vendor's: see its first lines for what is known and what is not.

/// A token.
struct AuthToken {
    /// What other services want in their `AuthHeader`.
    #[secret]
    TokenValue: _,
    DateCreate: _,
    /// Until when it can be used.
    DateValid: _,
}

/// Signing in.
trait Authorization {
    /// Answers a token for the other services. Calling it again makes another token.
    #[idempotent]
    fn Login(
        Email: _,
        #[secret] Password: _,
        /// Until when the token is to be valid. The vendor's sample gives a day without a time.
        validityDate: _,
    );
}
