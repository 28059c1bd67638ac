//! Corteos XmlGate V3: orders of a travel agency.
//!
//! Every call needs the header `AuthHeader` with a token from the service `Authorization`. Errors come in an ordinary answer
//! (HTTP 200), as a list that is empty on success.
//!
//! The WSDL beside this file is not the vendor's: see its first lines for what is known and what is not.

/// The token of the caller, sent with every call.
struct AuthHeader {
    /// The agent's token, as `Authorization.Login` answers it.
    #[secret]
    Token: _,
}

/// Where and when the answer was made.
struct Trace {
    /// Finds the call in the vendor's log portal.
    SessionID: _,
}

/// Why the vendor refused.
struct UniversalApiError {
    /// The kind of error, as the name of an exception: `InvalidDataException`.
    Type: _,
    /// What is wrong, for people.
    Text: _,
}

/// Orders.
#[reply_errors("Errors/UniversalApiError", code = Type, text = Text)]
trait OrdersAPI {
    /// Sends the notifications of a fulfilled order again. An order in any other state is refused.
    ///
    /// Messages sent can be followed in the log portal: session = the answer's `SessionID`, message = `OrdersAPI/Renotify`.
    #[effectful]
    #[example(OrdersAPISoap12, "samples/renotify")]
    #[example(OrdersAPISoap12, "samples/renotify_refused")]
    fn Renotify(
        /// The order's number.
        id_Reserve: _,
    );

    /// An order's details. The part that depends on the kind of service has no fixed schema: the answer is raw XML.
    #[read]
    fn GetSimpleReserveById(
        /// The order's number.
        id_Reserve: _,
    );

    /// An order's details, newer form. The part that depends on the kind of service has no fixed schema: the answer is raw
    /// XML.
    #[read]
    fn GetSimpleReserveByIdV2(
        /// The order's number.
        id_Reserve: _,
    );
}
