//! A server on the loopback that answers as the three vendors do; and as a weather service does that has WSDL's HTTP bindings,
//! which none of the three has.
//!
//! It is a counterpart, not a mirror: it shares no code with the runtime or the generator, reads requests with its own
//! XML reader and writes replies by hand. Where the vendors' documentation is silent it invents as little as it can, and
//! says so at the place.

mod cloudblue;
mod corteos;
mod envelope;
pub(crate) mod http;
mod lexical;
mod mont;
mod script;
#[cfg(test)]
mod tests;
mod weather;

use std::io;
use std::sync::{Arc, Mutex};
use std::thread;

use roxmltree::Document;

pub use cloudblue::{ACCOUNT_ID, NullForm, RESOURCE_ID, SUBSCRIPTION_ID};
pub use corteos::RENOTIFIED_RESERVE;
pub use http::{Reply, Request};
pub use mont::catalogue;
pub use script::Fault;

use cloudblue::Billing;
use corteos::Agency;
use envelope::Envelope;
use http::{Delivery, Listener, lock};
use mont::{MontError, Settings, Shop};
use script::Script;

/// What a test may set before the server starts.
#[derive(Debug, Clone)]
pub struct Options {
    /// MONT's user name, on both wires.
    pub mont_login: String,
    /// MONT's password, on both wires.
    pub mont_password: String,
    /// The namespace of MONT's order contracts on SOAP: it is not documented, so that of the subscriptions is assumed.
    pub mont_orders_namespace: String,
    /// The same of a filled licence form and of its description.
    pub mont_end_user_info_namespace: String,
    /// What MONT expects in `a:To` instead of the address it is reached at, as behind a proxy.
    pub mont_expected_to: Option<String>,
    /// Corteos' user.
    pub corteos_email: String,
    /// Corteos' password.
    pub corteos_password: String,
    /// CloudBlue's `Username` and `Password` members; `None` does not ask for them.
    pub cloudblue_credentials: Option<(String, String)>,
    /// How CloudBlue sends what its documentation calls null.
    pub cloudblue_null: NullForm,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            mont_login: "username".to_owned(),
            mont_password: "password".to_owned(),
            mont_orders_namespace: mont::CONTRACTS.to_owned(),
            mont_end_user_info_namespace: mont::CONTRACTS.to_owned(),
            mont_expected_to: None,
            corteos_email: "agent@example.test".to_owned(),
            corteos_password: "password".to_owned(),
            cloudblue_credentials: None,
            cloudblue_null: NullForm::default(),
        }
    }
}

struct State {
    shop: Mutex<Shop>,
    agency: Mutex<Agency>,
    billing: Mutex<Billing>,
    script: Mutex<Script>,
    requests: Mutex<Vec<Request>>,
}

/// The server; it stops when dropped.
pub struct Server {
    /// MONT over SOAP 1.2.
    pub mont_soap_url: String,
    /// MONT over plain XML, without the method.
    pub mont_xml_url: String,
    /// Corteos' OrdersAPI.
    pub corteos_orders_url: String,
    /// Corteos' Authorization.
    pub corteos_authorization_url: String,
    /// CloudBlue's XML-RPC.
    pub cloudblue_url: String,
    /// The weather service of `tests/golden/http_binding`: below it what its addresses have as their paths.
    pub weather_url: String,
    state: Arc<State>,
    _listener: Listener,
}

impl Server {
    /// Starts with the default [`Options`] on a free port.
    ///
    /// # Errors
    /// When the loopback gives no port.
    pub fn start() -> io::Result<Self> {
        Self::start_with(Options::default())
    }

    /// Starts on a free port.
    ///
    /// # Errors
    /// When the loopback gives no port.
    pub fn start_with(options: Options) -> io::Result<Self> {
        let (socket, address) = Listener::bind()?;
        let url = |path: &str| format!("http://{address}{path}");
        let settings = Settings {
            login: options.mont_login,
            password: options.mont_password,
            namespaces: mont::Namespaces {
                orders: options.mont_orders_namespace,
                end_user_info: options.mont_end_user_info_namespace,
            },
            soap_address: options.mont_expected_to.unwrap_or_else(|| url(mont::soap::PATH)),
        };
        let agency = Agency { email: options.corteos_email, password: options.corteos_password, notified: Vec::new() };
        let state = Arc::new(State {
            shop: Mutex::new(Shop::open(settings)),
            agency: Mutex::new(agency),
            billing: Mutex::new(Billing::open(options.cloudblue_credentials, options.cloudblue_null)),
            script: Mutex::default(),
            requests: Mutex::default(),
        });
        let handler = {
            let state = Arc::clone(&state);
            move |request| state.handle(request)
        };
        Ok(Self {
            mont_soap_url: url(mont::soap::PATH),
            mont_xml_url: url(mont::plain::PATH),
            corteos_orders_url: url(corteos::ORDERS),
            corteos_authorization_url: url(corteos::AUTHORIZATION),
            cloudblue_url: url(cloudblue::PATH),
            weather_url: url(weather::PATH),
            state,
            _listener: Listener::serve(socket, address, Arc::new(handler)),
        })
    }

    /// Lets the next request to anything run into this fault. Faults wait in line, one for each request.
    pub fn next(&self, fault: Fault) {
        lock(&self.state.script).add(None, fault);
    }

    /// Lets the next request for this operation run into the fault.
    pub fn next_on(&self, operation: &str, fault: Fault) {
        lock(&self.state.script).add(Some(operation), fault);
    }

    /// Every request so far, in the order of arrival.
    pub fn requests(&self) -> Vec<Request> {
        lock(&self.state.requests).clone()
    }

    /// The last request so far.
    pub fn last_request(&self) -> Option<Request> {
        lock(&self.state.requests).last().cloned()
    }

    /// The ledger of MONT: numbers of the orders really taken, whatever the client was told.
    pub fn mont_orders(&self) -> Vec<String> {
        lock(&self.state.shop).order_numbers()
    }

    /// Puts MONT's pending subscription changes in force, as the vendor's system does some minutes later.
    pub fn settle_mont_subscriptions(&self) {
        lock(&self.state.shop).settle_subscriptions();
    }

    /// The ledger of Corteos: reserves notified about again.
    pub fn corteos_notified(&self) -> Vec<i32> {
        lock(&self.state.agency).notified.clone()
    }

    /// The ledger of CloudBlue: ids of the orders taken.
    pub fn cloudblue_orders(&self) -> Vec<i32> {
        lock(&self.state.billing).order_ids()
    }

    /// The status of a CloudBlue order.
    pub fn cloudblue_order_status(&self, order: i32) -> Option<String> {
        lock(&self.state.billing).order_status(order)
    }

    /// The signature OrderStatusChange_API asks for.
    pub fn cloudblue_order_signature(&self, order: i32) -> Option<String> {
        lock(&self.state.billing).order_signature(order)
    }

    /// The sum of all usage reported to CloudBlue.
    pub fn cloudblue_usage(&self) -> f64 {
        lock(&self.state.billing).usage()
    }
}

impl State {
    fn handle(&self, mut request: Request) -> Delivery {
        request.operation = operation(&request);
        lock(&self.requests).push(request.clone());
        let fault = lock(&self.script).take(&request.operation);
        let scripted = match &fault {
            Some(Fault::MontError(code, text)) => Some(MontError { code: *code, text }),
            _ => None,
        };
        match fault {
            Some(Fault::Instead(reply)) => return Delivery::Whole(reply),
            Some(Fault::Refuse) => return Delivery::Hangup,
            _ => {}
        }
        let reply = self.answer(&request, scripted);
        match fault {
            Some(Fault::ExecutedBut(other)) => Delivery::Whole(other),
            Some(Fault::Cut(at)) => Delivery::Cut(reply, at),
            Some(Fault::Drip(bytes, pause)) => Delivery::Drip(reply, bytes, pause),
            Some(Fault::Hangup) => Delivery::Hangup,
            Some(Fault::Delay(time)) => {
                thread::sleep(time);
                Delivery::Whole(reply)
            }
            Some(Fault::Rewrite(rewrite)) => Delivery::Whole(rewrite(reply)),
            None | Some(Fault::Instead(_) | Fault::Refuse | Fault::MontError(..)) => Delivery::Whole(reply),
        }
    }

    fn answer(&self, request: &Request, scripted: Option<MontError>) -> Reply {
        let path = request.path.split('?').next().unwrap_or("");
        match path {
            mont::soap::PATH => mont::soap::answer(&mut lock(&self.shop), request, scripted),
            corteos::ORDERS | corteos::AUTHORIZATION => corteos::answer(&mut lock(&self.agency), request, path),
            cloudblue::PATH => cloudblue::answer(&mut lock(&self.billing), request),
            _ if path.strip_prefix(mont::plain::PATH).is_some_and(|rest| rest.starts_with('/')) => {
                mont::plain::answer(&mut lock(&self.shop), request, scripted)
            }
            _ if path.strip_prefix(weather::PATH).is_some_and(|rest| rest.starts_with('/')) => weather::answer(request),
            _ => Reply::html(404, "Not Found"),
        }
    }
}

/// The operation as far as it can be told before anything is checked.
fn operation(request: &Request) -> String {
    if request.path.starts_with(&format!("{}/", mont::plain::PATH)) {
        return mont::plain::segments(&request.path).into_iter().next().unwrap_or_default();
    }
    let body = request.text();
    let Ok(document) = Document::parse(body.trim_start_matches('\u{feff}')) else { return String::new() };
    if request.path.starts_with(cloudblue::PATH) {
        let named = |n: &roxmltree::Node<'_, '_>| n.has_tag_name("name") && n.text() == Some("Method");
        let name = document.descendants().find(named);
        return name.and_then(|n| n.next_sibling_element()).map(lexical_value).unwrap_or_default();
    }
    Envelope::read(&document).map(|envelope| envelope.body.tag_name().name().to_owned()).unwrap_or_default()
}

/// The text of a `<value>`, typed or bare.
fn lexical_value(value: roxmltree::Node<'_, '_>) -> String {
    value.descendants().filter(roxmltree::Node::is_text).filter_map(|n| n.text()).collect::<String>().trim().to_owned()
}
