//! What the hand-written contracts of this project come to in the model, and what an overlay does to one.

use std::path::Path;

use bindery_codegen::contract;
use bindery_codegen::diagnostic::Diagnostics;
use bindery_codegen::model::{
    Absent, Builtin, Complex, Content, Counter, Effect, ElementUse, HttpMethod, Layout, Model, Occurs, Only, Particle,
    ParticleKind, Protocol, Reply, ResultKind, SimpleKind, TypeId, TypeKind,
};
use bindery_codegen::source::Sources;

fn load(path: &str) -> Model {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let model = contract::load(Path::new(path), &mut sources, &mut diagnostics);
    assert_eq!(diagnostics.render(&sources, false), "", "{path} is read without a word");
    model.expect("a model")
}

fn mont() -> Model {
    load("../contracts/mont/b2b_v2.contract.rs")
}

fn find(model: &Model, name: &str) -> TypeId {
    model
        .type_ids()
        .find(|id| model[*id].name.to_string().ends_with(&format!("}}{name}")) || model[*id].name.to_string() == name)
        .unwrap_or_else(|| panic!("no type {name}"))
}

fn complex<'m>(model: &'m Model, name: &str) -> &'m Complex {
    match &model[find(model, name)].kind {
        TypeKind::Complex(complex) => complex,
        TypeKind::Simple(_) => panic!("{name} is simple"),
    }
}

fn members(complex: &Complex) -> Vec<(&ElementUse, Occurs)> {
    let Content::Particles(Particle { kind: ParticleKind::Sequence(parts), .. }) = &complex.content else {
        return Vec::new();
    };
    parts
        .iter()
        .filter_map(|part| match &part.kind {
            ParticleKind::Element(element) => Some((&**element, part.occurs)),
            _ => None,
        })
        .collect()
}

fn member<'m>(model: &'m Model, owner: &str, name: &str) -> (&'m ElementUse, Occurs) {
    members(complex(model, owner))
        .into_iter()
        .find(|(element, _)| element.name.local == name)
        .unwrap_or_else(|| panic!("no {owner}.{name}"))
}

const CONTRACTS: &str = "http://schemas.datacontract.org/2004/07/WebStore2.B2B.Version2.Contracts";

#[test]
fn mont_has_both_wires() {
    let model = mont();
    let [service] = &model.services[..] else { panic!("one service") };
    assert!(model.hand_written);
    let [soap, plain] = &service.bindings[..] else { panic!("two bindings") };
    let Protocol::Soap { addressing, security, data_contract, .. } = &soap.protocol else { panic!("SOAP first") };
    assert!(addressing.is_some() && security.username_token && !security.digest && *data_contract);
    assert_eq!(plain.protocol, Protocol::Plain { basic: true });
    let names: Vec<_> = service.operations.iter().map(|operation| operation.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "AddOrder",
            "GetOrder",
            "GetUserInfoDescriptionFor",
            "CheckEndUserInfo",
            "GetPriceChanges",
            "ChangeQuantityOfSubscription",
            "ChangeSubscriptionEndDate",
            "GetSubscriptionsId"
        ]
    );
    for operation in &service.operations {
        assert_eq!(
            operation.routes[0].action.as_deref(),
            Some(&*format!("http://tempuri.org/IB2BServiceV2/{}", operation.name))
        );
        assert_eq!(operation.routes[1].path.as_deref(), Some(&*format!("/{}", operation.name)));
        let get = operation.name == "GetPriceChanges";
        assert_eq!(operation.routes[1].http == HttpMethod::GetPath, get, "{}", operation.name);
        let path = vec![format!("{}Result", operation.name)];
        let Reply::Flagged { path: found, ok, failed, code, text } = &operation.reply else { panic!("flagged") };
        assert_eq!(
            (found, &**ok, &**failed, &**code, text.as_deref()),
            (&path, "Data", "IsError", "ErrorCode", Some("ErrorText"))
        );
        assert!(operation.error_table.is_some());
    }
    let add = &service.operations[0];
    assert_eq!(add.effect, Effect::Settled { by: "GetOrder".into(), key: Some("OrderNum".into()) });
    assert_eq!(add.input.element.to_string(), "{http://tempuri.org/}AddOrder");
    assert_eq!(service.operations[5].effect, Effect::Effectful);
    assert_eq!(service.operations[5].raises, [17, 30, 74, 90]);
    assert_eq!(service.operations[5].examples.len(), 2);
}

#[test]
fn mont_parameters_keep_their_order_and_contracts_are_sorted() {
    let model = mont();
    let input = complex(&model, "ChangeQuantityOfSubscription");
    let names: Vec<_> = members(input).iter().map(|(element, _)| element.name.to_string()).collect();
    assert_eq!(
        names,
        [
            "{http://tempuri.org/}montSubscriptionId",
            "{http://tempuri.org/}byEndUser",
            "{http://tempuri.org/}newQuantity"
        ]
    );
    assert!(!input.ordinal);
    assert!(complex(&model, "SubscriptionContract").ordinal);
    assert!(complex(&model, "OrderContractResponse").ordinal);
    let (date, occurs) = member(&model, "ChangeSubscriptionEndDate", "endDate");
    assert_eq!((date.absent, occurs), (Some(Absent::Empty), Occurs::OPTIONAL));
}

#[test]
fn mont_members_carry_what_each_wire_needs() {
    let model = mont();
    let (periods, occurs) = member(&model, "SubscriptionContract", "Periods");
    let Some(Particle { kind: ParticleKind::Element(item), occurs: Occurs::ANY, .. }) = periods.items.as_deref() else {
        panic!("a wrapped list")
    };
    assert_eq!(occurs, Occurs::ONCE);
    assert_eq!(item.name.to_string(), format!("{{{CONTRACTS}}}SubscriptionPeriodContract"));
    let (parts, _) = member(&model, "GetUserInfoDescriptionFor", "partNums");
    let Some(Particle { kind: ParticleKind::Element(item), .. }) = parts.items.as_deref() else { panic!("a list") };
    assert_eq!(item.name.to_string(), "{http://schemas.microsoft.com/2003/10/Serialization/Arrays}string");
    let (profile, _) = member(&model, "SubscriptionContract", "RegistrationProfile");
    assert_eq!(profile.name.ns, CONTRACTS);
    let (password, _) = member(&model, "RegistrationProfile", "Password");
    assert_eq!(password.name.ns, format!("{CONTRACTS}.Subscriber"));
    assert!(password.secret && password.nillable);
    assert_eq!(member(&model, "SubscriptionContract", "ParentSubscriptionId").0.only, Only::Soap);
    assert_eq!(member(&model, "SubscriptionContract", "ResellerPrice").0.only, Only::Plain);
    for name in ["Keys", "Links", "Files"] {
        assert!(member(&model, "OrderLineContract", name).0.secret, "{name}");
    }
    let TypeKind::Simple(status) = &model[find(&model, "OrderLineStatusEnum")].kind else { panic!("an enum") };
    assert!(!status.closed);
    assert_eq!(status.values[2].name.as_deref(), Some("Successed"));
    assert_eq!(status.values[2].wire, "3");
}

#[test]
fn unknown_namespaces_can_be_set() {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let path = Path::new("../contracts/mont/b2b_v2.contract.rs");
    let mut options = contract::LoadOptions::default();
    options.namespaces.insert("ORDERS".into(), "urn:orders".into());
    let model = contract::load_with(path, &options, &mut sources, &mut diagnostics).expect("a model");
    assert_eq!(member(&model, "OrderContract", "OrderNum").0.name.ns, "urn:orders");
    assert_eq!(member(&model, "SubscriptionContract", "PartNum").0.name.ns, CONTRACTS);
    options.namespaces.insert("ORDRS".into(), "urn:orders".into());
    assert!(contract::load_with(path, &options, &mut sources, &mut diagnostics).is_none());
    assert!(diagnostics.render(&sources, false).contains("did you mean `ORDERS`?"));
}

#[test]
fn cloudblue_counts_what_the_vendor_counts() {
    let model = load("../contracts/cloudblue/billing.contract.rs");
    let [service] = &model.services[..] else { panic!("one service") };
    assert_eq!(
        service.bindings[0].protocol,
        Protocol::XmlRpc { method: Some("Execute".into()), server: Some("BM".into()) }
    );
    let place = &service.operations[0];
    assert_eq!(place.input.ty, find(&model, "PlaceOrder"));
    assert_eq!(place.routes[0].path.as_deref(), Some("PlaceOrderAndAuthorize_API"));
    let slots: Vec<_> = members(complex(&model, "PlaceOrder"))
        .iter()
        .map(|(element, _)| {
            let slot = element.slot.clone().unwrap_or_default();
            (element.name.local.clone(), slot.count, slot.trailing)
        })
        .collect();
    let entries = Some(Counter::Entries);
    let expected = [
        ("VendorAccountID", None, false),
        ("ProvisioningItems", entries, false),
        ("ProvisioningData", Some(Counter::Values), false),
        ("ContactData", entries, false),
        ("PayTool", entries, false),
        ("AdditionalContacts", entries, false),
        ("OrderAttributes", entries, true),
        ("TermsAndConditions", entries, true),
    ];
    let slots: Vec<_> = slots.iter().map(|(name, count, trailing)| (name.as_str(), *count, *trailing)).collect();
    assert_eq!(slots, expected);
    assert!(member(&model, "PlaceOrder", "PayTool").0.secret);
    let separators = ["", "=", "=", "=", ""].map(str::to_owned).to_vec();
    assert_eq!(complex(&model, "ProvisioningItem").layout, Layout::Packed { separators });
    let none = member(&model, "ProvisioningItem", "ParentItemID").0.slot.clone().and_then(|slot| slot.none);
    assert_eq!(none.as_deref(), Some("-1"));
    assert_eq!(complex(&model, "PlacedOrder").layout, Layout::Slots { more: true });
    let increment = &service.operations[3];
    assert_eq!(increment.routes[0].result, ResultKind::Message);
    assert_eq!(complex(&model, "IncrementResourceUsage_API").layout, Layout::Slots { more: false });
}

#[test]
fn an_overlay_patches_what_it_names_and_nothing_else() {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let base = Path::new("tests/contract_errors/base.contract.rs");
    let mut model = contract::load(base, &mut sources, &mut diagnostics).expect("the base contract");
    let overlay = Path::new("tests/overlays/shop.overlay.rs");
    let good = contract::overlay::apply(overlay, &mut model, &mut sources, &mut diagnostics);
    assert!(good, "{}", diagnostics.render(&sources, false));
    assert_eq!(model.docs.0, "A shop.");
    let (number, _) = member(&model, "Order", "Number");
    assert!(number.secret);
    assert_eq!(number.rename.as_deref(), Some("order_number"));
    assert_eq!(model.builtin_of(number.ty), Some(Builtin::Guid));
    assert!(!member(&model, "Placed", "Number").0.secret);
    let (part, occurs) = member(&model, "Line", "PartNumber");
    assert_eq!(occurs, Occurs::OPTIONAL);
    assert!(
        matches!(&model[part.ty].kind, TypeKind::Simple(simple) if simple.values.len() == 2 && matches!(simple.kind, SimpleKind::Restriction(_)))
    );
    let [service] = &model.services[..] else { panic!("one service") };
    assert_eq!(service.bindings[0].endpoint.as_deref(), Some("https://test.example.com/"));
    let [place] = &service.operations[..] else { panic!("Find is dropped") };
    assert_eq!(place.docs.0, "Places an order.");
    assert_eq!(place.effect, Effect::Idempotent { by: Some("Number".into()) });
    assert_eq!(
        place.reply,
        Reply::Listed {
            path: vec!["PlaceResult".into()],
            errors: "Problems".into(),
            code: Some("Kind".into()),
            text: Some("Message".into())
        }
    );
    assert_eq!(place.raises, [2]);
    let table = &model[place.error_table.expect("a table")];
    assert!(table.codes[1].retry);
    let TypeKind::Simple(colour) = &model[find(&model, "Colour")].kind else { panic!("an enum") };
    assert!(colour.closed);
    assert_eq!(colour.values[0].docs.0, "Stop.");
}

#[test]
fn corteos_overlays_match_their_wsdls() {
    let read = |name: &str| {
        let mut sources = Sources::default();
        let mut diagnostics = Diagnostics::default();
        let path = format!("../contracts/corteos/{name}");
        let options = bindery_codegen::wsdl::LoadOptions::default();
        let wsdl = [format!("{path}.wsdl").into()];
        let mut model = bindery_codegen::wsdl::load_model(&wsdl, &options, &mut sources, &mut diagnostics)
            .expect("the WSDL is read");
        let overlay = format!("{path}.overlay.rs");
        contract::overlay::apply(Path::new(&overlay), &mut model, &mut sources, &mut diagnostics);
        assert_eq!(diagnostics.render(&sources, false), "", "{name}");
        model
    };
    let model = read("orders_api");
    assert!(member(&model, "AuthHeader", "Token").0.secret);
    let [service] = &model.services[..] else { panic!("one service") };
    assert_eq!(service.bindings.len(), 2);
    let renotify = service.operations.iter().find(|operation| operation.name == "Renotify").expect("Renotify");
    assert_eq!(renotify.examples.len(), 2);
    assert_eq!(renotify.effect, Effect::Effectful);
    assert_eq!(
        renotify.reply,
        Reply::Listed {
            path: vec!["RenotifyResult".into()],
            errors: "Errors".into(),
            code: Some("Type".into()),
            text: Some("Text".into())
        }
    );
    let model = read("authorization");
    assert!(member(&model, "AuthToken", "TokenValue").0.secret);
    let login = &model.services[0].operations[0];
    let TypeKind::Complex(input) = &model[login.input.ty].kind else { panic!("a request") };
    assert!(members(input).iter().any(|(element, _)| element.name.local == "Password" && element.secret));
}

/// The contract in `contracts/README.md` is one that can be read.
#[test]
fn the_description_of_the_language_is_right() {
    let text = std::fs::read_to_string("../contracts/README.md").expect("the description");
    let blocks: Vec<&str> = text.split("```rust\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    let folder = std::env::temp_dir().join(format!("bindery-readme-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("samples")).expect("a folder for the test");
    std::fs::write(folder.join("samples/place_order.request.xml"), "<PlaceOrder/>").expect("a sample");
    let path = folder.join("shop.contract.rs");
    std::fs::write(&path, blocks[0]).expect("writing the contract");
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let model = contract::load(&path, &mut sources, &mut diagnostics);
    assert!(model.is_some() && diagnostics.iter().next().is_none(), "{}", diagnostics.render(&sources, false));
    std::fs::remove_dir_all(&folder).expect("removing the folder");
}

#[test]
fn headers_of_requests_and_of_replies_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.contract.rs");
    let text = r#"#![contract(namespace = "urn:a")]
struct Auth { Who: String }
struct Limits { Left: i32 }
struct Trace { Id: String }
#[binding(soap, version = "1.1", endpoint = "https://a.example", action = "urn:a/{op}")]
#[header(Auth)]
#[header(Limits, reply)]
trait A {
    #[read]
    #[header(Trace, optional)]
    #[header(Trace, reply)]
    fn Find(id: i32) -> String;
}
"#;
    std::fs::write(&path, text).unwrap();
    let model = load(path.to_str().unwrap());
    let operation = &model.services[0].operations[0];
    let of = |headers: &[bindery_codegen::model::Header]| -> Vec<String> {
        headers.iter().map(|header| format!("{} {}", header.element, header.required)).collect()
    };
    assert_eq!(of(&operation.headers), ["{urn:a}Auth true", "{urn:a}Trace false"]);
    assert_eq!(of(&operation.reply_headers), ["{urn:a}Limits false", "{urn:a}Trace false"]);
}
