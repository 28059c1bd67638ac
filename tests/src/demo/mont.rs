//! MONT: an order as the vendor's guide describes it, from the price list to the keys.

use std::thread;
use std::time::Duration;

use bindery_generated::mont::{
    AddOrder, B2BServiceV2Client, CheckEndUserInfo, EndUserInfoContract, EndUserInfoFieldContract, GetOrder,
    GetPriceChanges, GetUserInfoDescriptionFor, MontError, OrderContract, OrderLineContract, OrderLineStatusEnum,
    PriceContract, SendOrderContract, SendOrderLineContract,
};
use bindery_runtime::transport::{Reqwest, Ureq};
use bindery_runtime::{AnyType, Decimal, Outcome, RawElement};

use super::transcript::Transcript;
use super::world::World;
use super::{Result, Stop, check, error_of, present};
use crate::server::catalogue;

const ORDER: &str = "KEYS-00004280";
/// The vendor names no times; its orders take minutes, those of the demo a moment.
const PAUSE: Duration = Duration::from_millis(20);
const MOST_POLLS: usize = 10;
const LANGUAGE: &str = "ru";

type Shop = B2BServiceV2Client<Ureq>;

pub(super) fn run(t: &mut Transcript<'_>, world: &mut World) -> Result {
    t.section("MONT: an order", "SOAP 1.2, WS-Addressing, UsernameToken; blocking unless it says async")?;
    let shop = Shop::with(Ureq::new(), world.mont());
    let wanted = [(catalogue::KEYS, 3), (catalogue::LINKS, 1), (catalogue::FORM, 1)];
    let form_for = prices(t, &shop, &wanted)?;
    let form = licence_form(t, &shop, &form_for)?;
    place(t, world, &shop, &wanted, form)?;
    fulfilled(t, &shop)?;
    fresh_links(t, world)?;
    twice(t, world, &shop)?;
    partly(t, &shop)
}

/// Steps 1 to 3 of the guide: only what is not blocked, for no more than there is money, and which products want a form.
fn prices(t: &mut Transcript<'_>, shop: &Shop, wanted: &[(&str, i32)]) -> Result<Vec<String>> {
    let prices = shop.get_price_changes(GetPriceChanges { version: 0 }).send()?;
    let listed = |part_num: &str| prices.price_list.iter().find(|price| price.part_num == part_num);
    let blocked = present(listed(catalogue::BLOCKED), "the blocked product")?;
    check(blocked.blocked, "the blocked product is not blocked")?;
    let mut lines =
        vec![format!("{} products; {} is blocked, so not that one", prices.price_list.len(), blocked.part_num)];
    let mut amounts = Vec::new();
    let mut form_for = Vec::new();
    for (part_num, quantity) in wanted {
        let price = present(listed(part_num), part_num)?;
        check(!price.blocked, format!("{part_num} is blocked"))?;
        lines.push(offer(price, *quantity));
        amounts.push(price.price.as_big() * Decimal::new((*quantity).into(), 0).as_big());
        if price.license_form_required {
            form_for.push(price.part_num.clone());
        }
    }
    let total = present(amounts.into_iter().reduce(|sum, amount| sum + amount), "the total")?;
    check(total == *Decimal::new(1_769_975, 2).as_big(), format!("the total is {total}, not 17699.75"))?;
    lines.push(format!("{total} RUR in all, exactly"));
    t.step("GetPriceChanges", lines)?;
    Ok(form_for)
}

fn offer(price: &PriceContract, quantity: i32) -> String {
    let currency = price.currency_code.as_deref().unwrap_or("");
    let form = if price.license_form_required { ", wants a licence form" } else { "" };
    format!("{quantity} x {:<11}{:>8} {currency}{form}", price.part_num, price.price.to_string())
}

fn licence_form(t: &mut Transcript<'_>, shop: &Shop, part_nums: &[String]) -> Result<EndUserInfoContract> {
    let input = GetUserInfoDescriptionFor { lang_code: LANGUAGE.to_owned(), part_nums: part_nums.to_vec() };
    let form = shop.get_user_info_description_for(input).send()?;
    let mut lines = vec![format!("{} questions", form.descriptions.len())];
    for question in &form.descriptions {
        let title = question.field_title.as_deref().unwrap_or_default();
        let kind = present(question.field_type, "the kind of a question")?;
        let required = if question.required == Some(true) { ", required" } else { "" };
        let choice = match question.avaliable_values.as_deref() {
            Some(values) if !values.is_empty() => format!(": {}", values.join(", ")),
            _ => String::new(),
        };
        lines.push(format!("{:<12} {title} ({kind:?}{required}{choice})", question.field_name));
    }
    t.step("GetUserInfoDescriptionFor", lines)?;

    let filled = |email: &str| EndUserInfoContract {
        fields: [("CompanyName", "Ромашка"), ("Email", email), ("Country", "RU")]
            .map(|(name, value)| EndUserInfoFieldContract {
                field_name: name.to_owned(),
                field_value: Some(value.to_owned()),
            })
            .to_vec(),
    };
    let part_num = present(part_nums.first(), "a product with a form")?;
    let wrong = complaints(shop, part_num, filled("nobody"))?;
    check(wrong.len() == 1, format!("{} answers are refused, not one", wrong.len()))?;
    t.step("CheckEndUserInfo", wrong)?;
    let right = filled("ivan@example.test");
    let complaints = complaints(shop, part_num, right.clone())?;
    check(complaints.is_empty(), complaints.join(", "))?;
    t.step("CheckEndUserInfo", ["nothing wrong with the mended form"])?;
    Ok(right)
}

fn complaints(shop: &Shop, part_num: &str, form: EndUserInfoContract) -> Result<Vec<String>> {
    let input = CheckEndUserInfo { lang_code: LANGUAGE.to_owned(), part_num: part_num.to_owned(), end_user_info: form };
    let checked = shop.check_end_user_info(input).send()?;
    let wrong = checked.descriptions.iter().filter(|field| field.has_error == Some(true));
    Ok(wrong.map(|field| format!("{}: {}", field.field_name, field.error_text.as_deref().unwrap_or(""))).collect())
}

fn place(
    t: &mut Transcript<'_>,
    world: &World,
    shop: &Shop,
    wanted: &[(&str, i32)],
    form: EndUserInfoContract,
) -> Result {
    let mut order = request(ORDER, wanted);
    for line in order.send_order_lines.iter_mut().filter(|line| line.part_num == catalogue::FORM) {
        line.end_user_info = Some(form.clone());
    }
    let numbers: Vec<String> = order.send_order_lines.iter().map(|line| line.order_line_num.clone()).collect();
    let placed = shop.add_order(AddOrder { order_request: order }).send()?;
    check(placed.order_num == ORDER, format!("the order is called {}", placed.order_num))?;
    check(placed.order_lines.iter().map(|line| &line.order_line_num).eq(&numbers), "the lines are not those sent")?;
    check(world.server.mont_orders() == [ORDER], "the server does not have the order")?;
    t.step(
        "AddOrder",
        [format!("{} is {:?}", placed.order_num, placed.order_status), format!("lines {}", numbers.join(", "))],
    )
}

/// An order whose lines are numbered as the vendor recommends.
pub(super) fn request(order_num: &str, wanted: &[(&str, i32)]) -> SendOrderContract {
    let line = |(index, (part_num, quantity)): (usize, &(&str, i32))| SendOrderLineContract {
        order_line_num: format!("{order_num}-{}", index + 1),
        part_num: (*part_num).to_owned(),
        quantity: *quantity,
        end_user_info: None,
        mont_subscriber_id: None,
    };
    let send_order_lines = wanted.iter().enumerate().map(line).collect();
    SendOrderContract { order_num: order_num.to_owned(), send_order_lines }
}

/// Asks for the order until it is no longer in process.
fn settled(shop: &Shop, order_num: &str) -> Result<(OrderContract, usize)> {
    for polls in 1..=MOST_POLLS {
        let order = shop.get_order(GetOrder { order_number: order_num.to_owned() }).send()?;
        if order.order_status != OrderLineStatusEnum::InProcess {
            return Ok((order, polls));
        }
        thread::sleep(PAUSE);
    }
    Err(Stop::Unexpected(format!("{order_num} is still in process at question {MOST_POLLS}")))
}

fn fulfilled(t: &mut Transcript<'_>, shop: &Shop) -> Result {
    let (order, polls) = settled(shop, ORDER)?;
    check(order.order_status == OrderLineStatusEnum::Successed, format!("the order is {:?}", order.order_status))?;
    let mut lines = vec![format!("{:?} at question {polls}. Keys, links and files are secrets:", order.order_status)];
    lines.push("`Debug`, errors and messages hide them; `expose()` shows them here on purpose".to_owned());
    let mut delivered = 0;
    for line in &order.order_lines {
        lines.push(format!("{}  {}", line.order_line_num, line.part_num.as_deref().unwrap_or("")));
        for members in goods(line)? {
            delivered += 1;
            lines.push(format!("    {}", shown(t, &members)));
        }
    }
    check(delivered == 5, format!("{delivered} keys, links and files were delivered, not 5"))?;
    check(!format!("{order:?}").contains("DEMO-"), "a key shows in Debug")?;
    t.step("GetOrder", lines)
}

/// Everything a line delivers: names and values. The vendor does not document the members of a key, a link or a file, so
/// they are read as XML.
fn goods(line: &OrderLineContract) -> Result<Vec<Vec<(String, String)>>> {
    let keys = line.keys.iter().flat_map(|keys| keys.expose()).map(|key| &key.any);
    let links = line.links.iter().flat_map(|links| links.expose()).map(|link| &link.any);
    let files = line.files.iter().flat_map(|files| files.expose()).map(|file| &file.any);
    keys.chain(links).chain(files).map(|members| members.iter().map(named).collect()).collect()
}

fn named(element: &RawElement) -> Result<(String, String)> {
    let value = AnyType::parse(element.as_xml())?;
    let text = value.text().map(|text| text.into_owned());
    Ok((element.local().to_owned(), present(text, element.local())?))
}

/// What is delivered as a line of the transcript.
fn shown(t: &mut Transcript<'_>, members: &[(String, String)]) -> String {
    members.iter().for_each(|(_, value)| t.show_secret(value));
    members.iter().map(|(name, value)| format!("{name} {value}")).collect::<Vec<_>>().join(", ")
}

/// A link that lives for a day is asked for again when it is needed.
fn fresh_links(t: &mut Transcript<'_>, world: &World) -> Result {
    let shop = B2BServiceV2Client::with(Reqwest::new()?, world.mont());
    let ask = || async { shop.get_order(GetOrder { order_number: ORDER.to_owned() }).await };
    let (first, second) = world.wait(async { (ask().await, ask().await) });
    let link = |order: &OrderContract| {
        let line = order.order_lines.iter().find(|line| line.part_num.as_deref() == Some(catalogue::LINKS));
        line.map(goods).unwrap_or_else(|| Ok(Vec::new()))
    };
    let (first, second) = (link(&first?)?, link(&second?)?);
    let ([first], [second]) = (first.as_slice(), second.as_slice()) else { return check(false, "the link is missing") };
    check(first != second, "the link is the old one")?;
    let lines = ["links that live 24 hours are others each time:".to_owned(), shown(t, first), shown(t, second)];
    t.step("GetOrder (async)", lines)
}

fn twice(t: &mut Transcript<'_>, world: &World, shop: &Shop) -> Result {
    let order = request(ORDER, &[(catalogue::KEYS, 1)]);
    let error = error_of(shop.add_order(AddOrder { order_request: order }).send())?;
    let [(MontError::DuplicateOrderNum, text)] = error.codes() else { return Err(error.into()) };
    check(error.outcome() == Outcome::NotExecuted, "a refused order is said to be open")?;
    check(world.server.mont_orders().len() == 1, "the order was taken twice")?;
    t.step(
        "AddOrder",
        [
            "the same number again: refused, MontError::DuplicateOrderNum".to_owned(),
            format!("{}; outcome: {:?}", text.as_deref().unwrap_or(""), error.outcome()),
        ],
    )
}

/// An order of which only a part comes true is a success as a whole; the lines say which part.
fn partly(t: &mut Transcript<'_>, shop: &Shop) -> Result {
    const NUMBER: &str = "KEYS-00004281";
    let order = request(NUMBER, &[(catalogue::KEYS, 1), (catalogue::FAILING, 1)]);
    shop.add_order(AddOrder { order_request: order }).send()?;
    let (order, _) = settled(shop, NUMBER)?;
    check(order.order_status == OrderLineStatusEnum::Successed, format!("the order is {:?}", order.order_status))?;
    let [good, bad] = order.order_lines.as_slice() else { return check(false, "the order has not two lines") };
    let delivered = goods(good)?;
    let [key] = delivered.as_slice() else { return check(false, "the good line does not deliver one key") };
    check(goods(bad)?.is_empty() && bad.error_code == Some(MontError::Internal), "the bad line does not say why")?;
    let key = shown(t, key);
    t.step(
        "AddOrder, GetOrder",
        [
            format!("{NUMBER} is {:?}, but only in part:", order.order_status),
            format!("{}  {:?}: {key}", good.order_line_num, state(good)?),
            format!(
                "{}  {:?}: MontError::Internal, {:?}",
                bad.order_line_num,
                state(bad)?,
                bad.error_text.as_deref().unwrap_or("")
            ),
        ],
    )
}

fn state(line: &OrderLineContract) -> Result<OrderLineStatusEnum> {
    present(line.order_status, "the state of a line")
}
