//! MONT B2B: one shop behind two wires, SOAP as WCF speaks it and plain XML over HTTP.

pub mod catalogue;

mod calls;
mod members;
mod orders;
pub(crate) mod plain;
mod replies;
pub(crate) mod soap;
mod subscriptions;
mod tree;

use calls::Call;
use orders::Order;
use subscriptions::Subscription;
use tree::Value;

pub(crate) use tree::CONTRACTS;

/// An error the vendor reports inside a 200 answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MontError {
    pub(crate) code: i32,
    pub(crate) text: &'static str,
}

pub(crate) fn error<T>(code: i32, text: &'static str) -> Result<T, MontError> {
    Err(MontError { code, text })
}

/// The namespaces on the SOAP wire that are not documented.
#[derive(Debug, Clone)]
pub(crate) struct Namespaces {
    pub(crate) orders: String,
    pub(crate) end_user_info: String,
}

/// What the shop needs to know to serve either wire.
pub(crate) struct Settings {
    pub(crate) login: String,
    pub(crate) password: String,
    pub(crate) namespaces: Namespaces,
    /// What `a:To` has to say.
    pub(crate) soap_address: String,
}

pub(crate) struct Shop {
    pub(crate) settings: Settings,
    orders: Vec<Order>,
    subscriptions: Vec<Subscription>,
    replies: u64,
}

impl Shop {
    pub(crate) fn open(settings: Settings) -> Self {
        Self { settings, orders: Vec::new(), subscriptions: subscriptions::seed(), replies: 0 }
    }

    /// The numbers of the orders taken, oldest first.
    pub(crate) fn order_numbers(&self) -> Vec<String> {
        self.orders.iter().map(|order| order.order_num.clone()).collect()
    }

    pub(crate) fn settle_subscriptions(&mut self) {
        subscriptions::settle(&mut self.subscriptions);
    }

    /// The response contract of the call.
    fn answer(&mut self, call: Result<Call, MontError>) -> Value {
        replies::response(call.and_then(|call| self.execute(call)))
    }

    fn execute(&mut self, call: Call) -> Result<Value, MontError> {
        let namespaces = self.settings.namespaces.clone();
        match call {
            Call::AddOrder(new) => {
                let at = orders::place(&mut self.orders, new)?;
                Ok(replies::order(&namespaces, &self.orders[at]))
            }
            Call::GetOrder(number) => {
                let Some(order) = self.orders.iter_mut().find(|order| order.order_num == number) else {
                    return error(3, "Заказ не найден");
                };
                order.polls += 1;
                Ok(replies::order(&namespaces, order))
            }
            Call::GetPriceChanges(since) => Ok(replies::price_changes(since)),
            Call::GetUserInfoDescriptionFor(part_nums) => {
                if part_nums.is_empty() || part_nums.iter().any(|p| catalogue::product(p).is_none()) {
                    return error(2, "Продукт не найден");
                }
                let needs_form = |p: &String| catalogue::product(p).is_some_and(|p| p.needs_form);
                let part_nums: Vec<String> = part_nums.into_iter().filter(needs_form).collect();
                if part_nums.is_empty() {
                    return error(900, "Для заданного продукта не нужна активационная форма");
                }
                Ok(replies::descriptions(&namespaces.end_user_info, &catalogue::FORM_FIELDS, None, &part_nums))
            }
            Call::CheckEndUserInfo { part_num, answers } => {
                let part_num = part_num.unwrap_or_default();
                match catalogue::product(&part_num) {
                    None => error(2, "Продукт не найден"),
                    Some(product) if !product.needs_form => {
                        error(900, "Для заданного продукта не нужна активационная форма")
                    }
                    Some(_) => Ok(replies::descriptions(
                        &namespaces.end_user_info,
                        &catalogue::FORM_FIELDS,
                        Some(&answers),
                        &[part_num],
                    )),
                }
            }
            Call::ChangeQuantityOfSubscription { id, by_end_user, quantity } => {
                let changed = subscriptions::change_quantity(&mut self.subscriptions, &id, by_end_user, quantity)?;
                Ok(replies::subscription(&changed))
            }
            Call::ChangeSubscriptionEndDate { id, end } => {
                let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
                let changed = subscriptions::change_end_date(&mut self.subscriptions, &id, end, today)?;
                Ok(replies::subscription(&changed))
            }
            Call::GetSubscriptionsId { version, by_all_logins } => {
                let (ids, last) = subscriptions::ids_since(&self.subscriptions, version, by_all_logins);
                Ok(replies::subscription_ids(&ids, last))
            }
        }
    }
}
