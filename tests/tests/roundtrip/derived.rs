//! Messages and faults whose types have derived types.

use super::support::Canned;
use super::{derived_messages, envelope};

/// A reply that nothing else names, and a fault, come as what they are; a request whose derived types are those of other
/// requests is itself.
#[test]
fn messages_of_derived_types() {
    use derived_messages::operations::MoorDetail;
    use derived_messages::{AnyPlace, AnyRefusal, DockServiceClient, Request};
    let of = |ty: &str| format!("xmlns='urn:dock' xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:type='{ty}'");
    let moor = |status: u16, body: &str| {
        let canned = Canned::new(status, "text/xml", envelope(body));
        DockServiceClient::new(&canned).moor(Request { ship: "Vega".into() }).send()
    };
    let reply = format!("<moored {}><berth>3</berth><depth>12.5</depth></moored>", of("Roadstead"));
    let place = moor(200, &reply).unwrap();
    assert!(matches!(place, AnyPlace::Roadstead(place) if place.depth.to_string() == "12.5"));
    let place = moor(200, "<moored xmlns='urn:dock'><berth>3</berth></moored>").unwrap();
    assert!(matches!(place, AnyPlace::Place(place) if place.berth == 3));

    let detail = format!("<refused {}><reason>r</reason><draught>9.1</draught></refused>", of("TooDeep"));
    let fault = format!(
        "<s:Fault><faultcode>s:Server</faultcode><faultstring>no</faultstring><detail>{detail}</detail></s:Fault>"
    );
    let error = moor(500, &fault).unwrap_err();
    let Some(MoorDetail::Refused(refusal)) = error.detail() else { panic!("{error:?}") };
    assert!(matches!(&**refusal, AnyRefusal::TooDeep(too_deep) if too_deep.draught.to_string() == "9.1"));
}
