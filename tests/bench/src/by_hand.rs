//! What a careful programmer writes over quick-xml for this one message: the same structs, local names only (prefixes and
//! namespaces are not looked at), members in any order.

use std::error::Error;
use std::str::FromStr;

use bindery_generated::mont::{
    ChangeQuantityOfSubscriptionResponse, MontError, RegItemContract, RegistrationProfile, SubscriptionContract,
    SubscriptionContractResponse, SubscriptionEventContract, SubscriptionItemContract, SubscriptionPeriodContract,
    SubscriptionState,
};
use bindery_runtime::{AnyType, Coded, DateTime, Secret};
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

type Fallible<T> = Result<T, Box<dyn Error>>;

/// Reads MONT's answer.
pub fn read_subscription(document: &str) -> Fallible<ChangeQuantityOfSubscriptionResponse> {
    let mut reader = Reader::from_str(document);
    reader.config_mut().expand_empty_elements = true;
    loop {
        match reader.read_event()? {
            Event::Start(start) if start.local_name().as_ref() == "ChangeQuantityOfSubscriptionResponse" => {
                let mut result = None;
                children(&mut reader, |reader, child| {
                    match child.local_name().as_ref() {
                        "ChangeQuantityOfSubscriptionResult" => result = Some(response(reader)?),
                        _ => skip(reader, &child)?,
                    }
                    Ok(())
                })?;
                let change_quantity_of_subscription_result = result.ok_or("no result")?;
                return Ok(ChangeQuantityOfSubscriptionResponse { change_quantity_of_subscription_result });
            }
            Event::Start(_) | Event::Eof => return Err("another document".into()),
            _ => {}
        }
    }
}

/// Hands out the children of the element that was entered, up to its end tag.
fn children<'d>(
    reader: &mut Reader<&'d [u8]>,
    mut child: impl FnMut(&mut Reader<&'d [u8]>, BytesStart<'d>) -> Fallible<()>,
) -> Fallible<()> {
    loop {
        match reader.read_event()? {
            Event::Start(start) => child(reader, start)?,
            Event::End(_) => return Ok(()),
            Event::Eof => return Err("the document ends early".into()),
            _ => {}
        }
    }
}

fn skip(reader: &mut Reader<&[u8]>, start: &BytesStart<'_>) -> Fallible<()> {
    reader.read_to_end(start.name())?;
    Ok(())
}

/// The text of an element; `None` when it says nil.
fn text(reader: &mut Reader<&[u8]>, start: &BytesStart<'_>) -> Fallible<Option<String>> {
    let mut nil = false;
    if !start.attributes_raw().is_empty() {
        for attribute in start.attributes() {
            let attribute = attribute?;
            nil |= attribute.key.local_name().as_ref() == "nil" && matches!(&*attribute.value, "true" | "1");
        }
    }
    let mut text = String::new();
    loop {
        match reader.read_event()? {
            Event::Text(piece) => text.push_str(&piece),
            Event::CData(piece) => text.push_str(&piece),
            Event::GeneralRef(reference) => match reference.resolve_char_ref()? {
                Some(c) => text.push(c),
                None => text.push_str(resolve_xml_entity(&reference).ok_or("an entity")?),
            },
            Event::End(_) => return Ok((!nil).then_some(text)),
            Event::Start(_) => return Err("an element in a text".into()),
            Event::Eof => return Err("the document ends early".into()),
            _ => {}
        }
    }
}

fn optional<T: FromStr<Err: Error + 'static>>(
    reader: &mut Reader<&[u8]>,
    start: &BytesStart<'_>,
) -> Fallible<Option<T>> {
    Ok(match text(reader, start)? {
        Some(text) => Some(text.parse()?),
        None => None,
    })
}

fn required<T: FromStr<Err: Error + 'static>>(
    reader: &mut Reader<&[u8]>,
    start: &BytesStart<'_>,
) -> Fallible<Option<T>> {
    optional(reader, start)?.map_or_else(|| Err("nil".into()), |value| Ok(Some(value)))
}

fn code<C: Coded>(reader: &mut Reader<&[u8]>, start: &BytesStart<'_>) -> Fallible<Option<C>> {
    let Some(code) = optional::<i64>(reader, start)? else { return Ok(None) };
    let known = C::VALUES.iter().find(|(known, _)| *known == code).map(|(_, value)| value.clone());
    Ok(Some(known.or_else(|| C::unknown(code)).ok_or("an unknown code")?))
}

fn items<'d, T>(
    reader: &mut Reader<&'d [u8]>,
    name: &str,
    item: impl Fn(&mut Reader<&'d [u8]>) -> Fallible<T>,
) -> Fallible<Vec<T>> {
    let mut items = Vec::new();
    children(reader, |reader, child| {
        if child.local_name().as_ref() == name {
            items.push(item(reader)?);
        } else {
            skip(reader, &child)?;
        }
        Ok(())
    })?;
    Ok(items)
}

fn response(reader: &mut Reader<&[u8]>) -> Fallible<SubscriptionContractResponse> {
    let (mut data, mut is_error, mut error_code, mut error_text, mut errors) = (None, None, None, None, None);
    children(reader, |reader, child| {
        match child.local_name().as_ref() {
            "Data" => data = Some(subscription(reader)?),
            "ErrorCode" => error_code = code::<MontError>(reader, &child)?,
            "ErrorText" => error_text = text(reader, &child)?,
            "Errors" => {
                skip(reader, &child)?;
                errors = Some(AnyType::default());
            }
            "IsError" => is_error = required(reader, &child)?,
            _ => skip(reader, &child)?,
        }
        Ok(())
    })?;
    Ok(SubscriptionContractResponse {
        data,
        is_error: is_error.ok_or("no IsError")?,
        error_code: error_code.ok_or("no ErrorCode")?,
        error_text,
        errors,
    })
}

fn subscription(reader: &mut Reader<&[u8]>) -> Fallible<SubscriptionContract> {
    let (mut subscription_id, mut date_created, mut state_id, mut start_date, mut active_till) =
        (None, None, None, None, None);
    let (mut mont_subscriber_id, mut parent_subscription_id, mut quantity, mut part_num, mut subscription_url) =
        (None, None, None, None, None);
    let (mut bundle_id, mut periods, mut events, mut registration_profile, mut subscription_items) =
        (None, None, None, None, None);
    let (mut product_name, mut vendor_name, mut source, mut reseller_name) = (None, None, None, None);
    children(reader, |reader, child| {
        match child.local_name().as_ref() {
            "ActiveTill" => active_till = optional(reader, &child)?,
            "BundleId" => bundle_id = text(reader, &child)?,
            "DateCreated" => date_created = required(reader, &child)?,
            "Events" => events = Some(items(reader, "SubscriptionEventContract", event)?),
            "MontSubscriberId" => mont_subscriber_id = optional(reader, &child)?,
            "ParentSubscriptionId" => parent_subscription_id = text(reader, &child)?,
            "PartNum" => part_num = text(reader, &child)?,
            "Periods" => periods = Some(items(reader, "SubscriptionPeriodContract", period)?),
            "ProductName" => product_name = text(reader, &child)?,
            "Quantity" => quantity = required(reader, &child)?,
            "RegistrationProfile" => registration_profile = Some(profile(reader)?),
            "ResellerName" => reseller_name = text(reader, &child)?,
            "Source" => source = optional(reader, &child)?,
            "StartDate" => start_date = optional(reader, &child)?,
            "StateId" => state_id = code::<SubscriptionState>(reader, &child)?,
            "SubscriptionId" => subscription_id = text(reader, &child)?,
            "SubscriptionItems" => {
                subscription_items = Some(items(reader, "SubscriptionItemContract", subscription_item)?);
            }
            "SubscriptionUrl" => subscription_url = text(reader, &child)?,
            "VendorName" => vendor_name = text(reader, &child)?,
            _ => skip(reader, &child)?,
        }
        Ok(())
    })?;
    Ok(SubscriptionContract {
        subscription_id: subscription_id.ok_or("no SubscriptionId")?,
        date_created: date_created.ok_or("no DateCreated")?,
        state_id: state_id.ok_or("no StateId")?,
        start_date,
        active_till,
        mont_subscriber_id,
        parent_subscription_id,
        quantity: quantity.ok_or("no Quantity")?,
        part_num: part_num.ok_or("no PartNum")?,
        subscription_url,
        bundle_id,
        periods: periods.unwrap_or_default(),
        events: events.unwrap_or_default(),
        registration_profile,
        subscription_items,
        product_name,
        vendor_name,
        source,
        reseller_name,
        reseller_price: None,
        reseller_currency: None,
    })
}

fn event(reader: &mut Reader<&[u8]>) -> Fallible<SubscriptionEventContract> {
    let (mut date_created, mut status_id, mut previous_status_id, mut subscription_stop_date) =
        (None, None, None, None);
    let (mut previous_subscription_end_date, mut quantity, mut previous_quantity) = (None, None, None);
    let (mut part_num, mut previous_part_num, mut is_error, mut error_text) = (None, None, None, None);
    let (mut mont_system_id, mut subscription_num, mut reseller_name) = (None, None, None);
    children(reader, |reader, child| {
        match child.local_name().as_ref() {
            "DateCreated" => date_created = required::<DateTime>(reader, &child)?,
            "ErrorText" => error_text = text(reader, &child)?,
            "IsError" => is_error = required(reader, &child)?,
            "MontSystemId" => mont_system_id = optional(reader, &child)?,
            "PartNum" => part_num = text(reader, &child)?,
            "PreviousPartNum" => previous_part_num = text(reader, &child)?,
            "PreviousQuantity" => previous_quantity = optional(reader, &child)?,
            "PreviousStatusId" => previous_status_id = code(reader, &child)?,
            "PreviousSubscriptionEndDate" => previous_subscription_end_date = optional(reader, &child)?,
            "Quantity" => quantity = optional(reader, &child)?,
            "ResellerName" => reseller_name = text(reader, &child)?,
            "StatusId" => status_id = code(reader, &child)?,
            "SubscriptionNum" => subscription_num = text(reader, &child)?,
            "SubscriptionStopDate" => subscription_stop_date = optional(reader, &child)?,
            _ => skip(reader, &child)?,
        }
        Ok(())
    })?;
    Ok(SubscriptionEventContract {
        date_created: date_created.ok_or("no DateCreated")?,
        status_id: status_id.ok_or("no StatusId")?,
        previous_status_id,
        subscription_stop_date,
        previous_subscription_end_date,
        quantity,
        previous_quantity,
        part_num,
        previous_part_num,
        is_error: is_error.ok_or("no IsError")?,
        error_text,
        mont_system_id,
        subscription_num,
        reseller_name,
    })
}

fn period(reader: &mut Reader<&[u8]>) -> Fallible<SubscriptionPeriodContract> {
    let (mut start_date, mut stop_date, mut seats, mut date_created, mut part_num) = (None, None, None, None, None);
    children(reader, |reader, child| {
        match child.local_name().as_ref() {
            "DateCreated" => date_created = optional(reader, &child)?,
            "PartNum" => part_num = text(reader, &child)?,
            "Seats" => seats = required(reader, &child)?,
            "StartDate" => start_date = required(reader, &child)?,
            "StopDate" => stop_date = optional(reader, &child)?,
            _ => skip(reader, &child)?,
        }
        Ok(())
    })?;
    let start_date = start_date.ok_or("no StartDate")?;
    Ok(SubscriptionPeriodContract { start_date, stop_date, seats: seats.ok_or("no Seats")?, date_created, part_num })
}

fn profile(reader: &mut Reader<&[u8]>) -> Fallible<RegistrationProfile> {
    let mut profile = RegistrationProfile::default();
    children(reader, |reader, child| {
        match child.local_name().as_ref() {
            "ActivationDate" => profile.activation_date = optional(reader, &child)?,
            "IsActivated" => profile.is_activated = optional(reader, &child)?,
            "Login" => profile.login = text(reader, &child)?.map(Secret::new),
            "Password" => profile.password = text(reader, &child)?.map(Secret::new),
            "RegFields" => profile.reg_fields = Some(Secret::new(items(reader, "RegItemContract", field)?)),
            "Supplier" => profile.supplier = text(reader, &child)?,
            _ => skip(reader, &child)?,
        }
        Ok(())
    })?;
    Ok(profile)
}

fn field(reader: &mut Reader<&[u8]>) -> Fallible<RegItemContract> {
    let (mut field_name, mut field_value, mut field_title, mut client_visible) = (None, None, None, None);
    children(reader, |reader, child| {
        match child.local_name().as_ref() {
            "ClientVisible" => client_visible = optional(reader, &child)?,
            "FieldName" => field_name = text(reader, &child)?,
            "FieldTitle" => field_title = text(reader, &child)?,
            "FieldValue" => field_value = text(reader, &child)?,
            _ => skip(reader, &child)?,
        }
        Ok(())
    })?;
    Ok(RegItemContract { field_name: field_name.ok_or("no FieldName")?, field_value, field_title, client_visible })
}

fn subscription_item(reader: &mut Reader<&[u8]>) -> Fallible<SubscriptionItemContract> {
    let (mut create_date, mut part_num, mut resource_url, mut seat_quantity) = (None, None, None, None);
    children(reader, |reader, child| {
        match child.local_name().as_ref() {
            "CreateDate" => create_date = required(reader, &child)?,
            "PartNum" => part_num = text(reader, &child)?,
            "ResourceUrl" => resource_url = text(reader, &child)?,
            "SeatQuantity" => seat_quantity = optional(reader, &child)?,
            _ => skip(reader, &child)?,
        }
        Ok(())
    })?;
    let create_date = create_date.ok_or("no CreateDate")?;
    Ok(SubscriptionItemContract { create_date, part_num, resource_url, seat_quantity })
}
