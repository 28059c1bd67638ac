//! Orders: what the shop checks before it takes one, and how it moves to its end.

use super::catalogue::{self, FORM_FIELDS, Product};
use super::{MontError, error};

/// Invented for the demo: when every order is said to have been created.
pub(crate) const CREATED: &str = "2026-01-15T10:20:30.123";

#[derive(Debug, Clone, Default)]
pub(crate) struct NewOrder {
    pub(crate) order_num: Option<String>,
    pub(crate) lines: Option<Vec<NewLine>>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct NewLine {
    pub(crate) line_num: Option<String>,
    pub(crate) part_num: Option<String>,
    pub(crate) quantity: i32,
    pub(crate) end_user: Option<Answers>,
    pub(crate) subscriber: Option<String>,
}

/// Names and values of a filled form, in the order sent.
pub(crate) type Answers = Vec<(String, Option<String>)>;

#[derive(Debug, Clone)]
pub(crate) struct Order {
    pub(crate) order_num: String,
    pub(crate) lines: Vec<Line>,
    /// How often GetOrder was asked for it.
    pub(crate) polls: u32,
}

#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) line_num: String,
    pub(crate) part_num: &'static str,
    pub(crate) quantity: i32,
    /// In kopecks, for one.
    pub(crate) price: i64,
    pub(crate) end_user: Option<Answers>,
    pub(crate) subscriber: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    InProcess = 1,
    Error = 2,
    Successed = 3,
}

impl Order {
    /// AddOrder and the first two GetOrder say "in process", the third says how it ended.
    pub(crate) fn done(&self) -> bool {
        self.polls >= 3
    }

    /// Never "error": an order of which only a part came true is a success, and so is one of which nothing did.
    pub(crate) fn status(&self) -> Status {
        if self.done() { Status::Successed } else { Status::InProcess }
    }

    pub(crate) fn line_status(&self, line: &Line) -> Status {
        match (self.done(), line.part_num == catalogue::FAILING) {
            (false, _) => Status::InProcess,
            (true, true) => Status::Error,
            (true, false) => Status::Successed,
        }
    }

    fn total(&self) -> i64 {
        self.lines.iter().map(|line| line.price * i64::from(line.quantity)).sum()
    }
}

/// All or nothing: a request with one bad line leaves no trace.
pub(crate) fn place(orders: &mut Vec<Order>, new: NewOrder) -> Result<usize, MontError> {
    let Some(order_num) = new.order_num.filter(|number| !number.is_empty()) else {
        return error(71, "Поле номер заказа не задано");
    };
    let lines = new.lines.unwrap_or_default();
    if lines.is_empty() {
        return error(72, "Отсутствуют строки заказа в заказе");
    }
    if orders.iter().any(|order| order.order_num == order_num) {
        return error(4, "Такой номер заказа уже есть в системе");
    }
    let mut order = Order { order_num, lines: Vec::new(), polls: 0 };
    for new in lines {
        let known = orders.iter().flat_map(|order| &order.lines).chain(&order.lines);
        let numbers: Vec<&str> = known.map(|line| line.line_num.as_str()).collect();
        let line = check_line(new, &numbers)?;
        order.lines.push(line);
    }
    let owed: i64 = orders.iter().map(Order::total).sum();
    if owed + order.total() > catalogue::CREDIT_LIMIT {
        return error(6, "Превышен кредитный лимит");
    }
    orders.push(order);
    Ok(orders.len() - 1)
}

fn check_line(new: NewLine, taken: &[&str]) -> Result<Line, MontError> {
    let Some(line_num) = new.line_num.filter(|number| !number.is_empty()) else {
        return error(8, "Поле номер строки заказа не задано");
    };
    if taken.contains(&line_num.as_str()) {
        return error(4, "Такой номер строки заказа уже есть в системе");
    }
    let Some(product) = new.part_num.as_deref().and_then(catalogue::product) else {
        return error(2, "Продукт не найден");
    };
    if product.microsoft && line_num.chars().count() > 32 {
        return error(25, "Неверный формат номера строки заказа");
    }
    if product.blocked {
        return error(10, "Продукт заблокирован");
    }
    if new.quantity < 1 || product.max_count.is_some_and(|max| new.quantity > max) {
        return error(17, "Количество задано не верно");
    }
    check_form(product, new.end_user.as_ref())?;
    check_subscriber(product, new.subscriber.as_deref())?;
    Ok(Line {
        line_num,
        part_num: product.part_num,
        quantity: new.quantity,
        price: product.price,
        end_user: new.end_user,
        subscriber: new.subscriber,
    })
}

fn check_form(product: &Product, answers: Option<&Answers>) -> Result<(), MontError> {
    if !product.needs_form {
        return Ok(());
    }
    let Some(answers) = answers else {
        return error(12, "Лицензионная форма не передана");
    };
    let wrong = FORM_FIELDS.iter().any(|field| field.complaint(answer(answers, field.name)).is_some());
    if wrong { error(200, "Incorrect EndUserInfo Data") } else { Ok(()) }
}

pub(crate) fn answer<'a>(answers: &'a Answers, name: &str) -> Option<&'a str> {
    answers.iter().find(|(field, _)| field == name)?.1.as_deref()
}

fn check_subscriber(product: &Product, subscriber: Option<&str>) -> Result<(), MontError> {
    match subscriber {
        None if product.subscription => error(87, "Не указан подписчик для товара с типом подписка"),
        Some(id) if product.subscription && id != catalogue::SUBSCRIBER_ID => {
            error(75, "Подписчик с указанным кодом не найден")
        }
        _ => Ok(()),
    }
}
