//! Reading positional layouts.

use std::borrow::Cow;

use super::super::decoder::{Decoder, Spot};
use super::super::{Profile, slots};
use super::MAX_COUNT;
use crate::error::{DecodeError, DecodeErrorKind, Drift, DriftKind, Read, excerpt};
use crate::scalar::{self, SlotKind};
use crate::shape::{Count, Flags, Kind, Member, Place, Shape};
use crate::value::{Choice, Value};
use crate::xml::{Limits, Reader};
use crate::xmlrpc;

/// Where a positional layout is read from: an array, or the part of it that a counter has set apart.
#[derive(Debug)]
pub struct SlotDecoder<'d> {
    /// The array we are in.
    values: &'d [xmlrpc::Value],
    /// The item to be read next, and where the section ends.
    next: usize,
    end: usize,
    /// How many items the arrays before this one had, when rows are read one after the other.
    base: usize,
    /// Members from the outermost record to where we are, with the number of the entry where there are several.
    path: Vec<(&'static str, usize)>,
    /// The outermost record is still to come.
    outermost: bool,
    /// Secret items, counted through all rows.
    secret: Vec<usize>,
    /// Items were read from elsewhere than the array (or its rows): their places cannot be told by counting.
    irregular: bool,
}

/// What there is to say about slots that were read. Places are counted in items, through all rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SlotsRead {
    /// Differences from the contract; `offset` is the index of the item.
    pub drift: Vec<Drift>,
    /// Indices of secret items, in ascending order.
    pub secret: Vec<usize>,
    /// Some items came from structs or inner arrays, so that indices do not tell their places.
    pub irregular: bool,
}

/// Reads a value from array items. On an error, `offset` is the index of the item.
///
/// # Errors
/// A missing slot, a slot of another type, a counter that cannot be right; a surplus slot and every other difference, when strict.
/// The value holds nothing useful then.
pub fn decode_slots(
    values: &[xmlrpc::Value],
    value: &mut dyn Value,
    limits: &Limits,
    strict: bool,
) -> Result<SlotsRead, Box<DecodeError>> {
    let mut at = Decoder::new(Reader::with_limits("", limits.clone()), Profile::PLAIN, strict);
    at.slots = Some(SlotDecoder {
        values,
        next: 0,
        end: values.len(),
        base: 0,
        path: Vec::new(),
        outermost: true,
        secret: Vec::new(),
        irregular: false,
    });
    let read = value.read(&mut at).and_then(|()| surplus(&mut at));
    let drift = at.take_drifts();
    let Some(state) = at.slots else { return Ok(SlotsRead::default()) };
    read.map_err(|mut error| {
        error.offset = state.base + state.next;
        error
    })?;
    let SlotDecoder { mut secret, irregular, .. } = state;
    secret.sort_unstable();
    secret.dedup();
    Ok(SlotsRead { drift, secret, irregular })
}

impl<'d> SlotDecoder<'d> {
    /// Path of the slot we are at: `/RedirectData[2]/Name (position 16)`; `position 17` where no member is for it.
    pub(in super::super) fn path(&self) -> String {
        let mut path = String::new();
        for (name, entry) in &self.path {
            path.push('/');
            path.push_str(name);
            if *entry > 0 {
                path.push_str(&format!("[{entry}]"));
            }
        }
        if path.is_empty() {
            format!("position {}", self.next + 1)
        } else {
            format!("{path} (position {})", self.next + 1)
        }
    }

    /// The position of the slot that would be read next, from 1.
    pub(super) fn position(&self) -> usize {
        self.next + 1
    }

    /// Marks the slot read last as secret.
    pub(super) fn mark_secret(&mut self) {
        self.secret.extend((self.base + self.next).checked_sub(1));
    }

    fn current(&self) -> Option<&'d xmlrpc::Value> {
        if self.next < self.end { self.values.get(self.next) } else { None }
    }

    fn remaining(&self) -> usize {
        self.end.saturating_sub(self.next)
    }
}

/// Reads on in another array (or a single value) until `read` is done with it.
fn inside<'d>(
    at: &mut Decoder<'d>,
    values: &'d [xmlrpc::Value],
    row: bool,
    read: impl FnOnce(&mut Decoder<'d>) -> Read,
) -> Read {
    let Some(state) = &mut at.slots else { return Err(at.misplaced("a positional layout")) };
    let before = (state.values, state.next, state.end);
    (state.values, state.next, state.end) = (values, 0, values.len());
    state.irregular |= !row;
    // On an error the state stays as it is, to tell where it happened.
    read(at)?;
    if let Some(state) = &mut at.slots {
        (state.values, state.next, state.end) = before;
        if row {
            state.base += values.len();
        }
    }
    Ok(())
}

/// [`Decoder::record`] when the decoder has slots, or the shape is of kind `Slots` or `Packed`.
pub(in super::super) fn read_record(at: &mut Decoder<'_>, shape: &'static Shape, slots: &mut [&mut dyn Value]) -> Read {
    if let Kind::Packed(separators) = shape.kind {
        return slots::packed::read(at, shape, separators, slots);
    }
    let Some(state) = &mut at.slots else { return Err(at.misplaced("a positional layout outside XML-RPC")) };
    let outermost = std::mem::take(&mut state.outermost);
    if let Some(xmlrpc::Value::Struct(members)) = state.current() {
        // What wraps a reply has no struct of its own, even when the reply is one.
        let own = !outermost || shape.members.iter().any(|member| members.get(member.name.local).is_some());
        if own && shape.kind != Kind::Group {
            by_name(at, shape, members, slots)?;
            if let Some(state) = &mut at.slots {
                state.next += 1;
            }
            return Ok(());
        }
    } else if !outermost && matches!(shape.kind, Kind::Record | Kind::All) {
        return Err(slot_error(at, "a struct"));
    }
    in_order(at, shape, slots)
}

/// Reads members from the items that come next.
fn in_order(at: &mut Decoder<'_>, shape: &'static Shape, slots: &mut [&mut dyn Value]) -> Read {
    for (member, slot) in shape.members.iter().zip(slots) {
        if member.flags.has(Flags::ONLY_SOAP) || member.flags.has(Flags::ONLY_PLAIN) {
            continue;
        }
        let Some(state) = &mut at.slots else { return Ok(()) };
        state.path.push((member.name.local, 0));
        if member.flags.has(Flags::TRAILING) && state.remaining() == 0 {
            // Whatever follows is trailing too, or says itself that it is missing.
        } else {
            let from = state.next;
            let secret = at.enter_secret(member.flags, 0);
            read_member(at, member, *slot)?;
            if secret {
                at.leave_secret(0);
                if let Some(state) = &mut at.slots {
                    state.secret.extend(state.base + from..state.base + state.next);
                }
            }
        }
        if let Some(state) = &mut at.slots {
            state.path.pop();
        }
    }
    Ok(())
}

fn read_member(at: &mut Decoder<'_>, member: &'static Member, slot: &mut dyn Value) -> Read {
    let rest = |at: &Decoder<'_>| at.slots.as_ref().map_or(0, SlotDecoder::remaining);
    match member.place {
        Place::Slot(Count::Entries) => {
            let count = counter(at, member)?;
            slot.open_list();
            for entry in 1..=count {
                read_entry(at, member, slot, entry)?;
            }
            Ok(())
        }
        Place::Slot(Count::Values) => {
            let count = counter(at, member)?;
            slot.open_list();
            let Some(state) = &mut at.slots else { return Ok(()) };
            let end = std::mem::replace(&mut state.end, state.next + count);
            let mut entry = 0;
            while rest(at) > 0 {
                entry += 1;
                read_entry(at, member, slot, entry)?;
            }
            if let Some(state) = &mut at.slots {
                state.end = end;
            }
            Ok(())
        }
        Place::Wrapped(item) => {
            let Some(xmlrpc::Value::Array(items)) = at.slots.as_ref().and_then(SlotDecoder::current) else {
                return Err(slot_error(at, "an array"));
            };
            slot.open_list();
            if let Some(state) = &mut at.slots {
                state.next += 1;
            }
            inside(at, items, false, |at| {
                let mut entry = 0;
                while rest(at) > 0 {
                    entry += 1;
                    read_one(at, item.flags, member.name.local, slot, entry)?;
                }
                Ok(())
            })
        }
        Place::Rest => {
            let mut entry = 0;
            while rest(at) > 0 {
                entry += 1;
                read_entry(at, member, slot, entry)?;
            }
            Ok(())
        }
        Place::Slot(Count::None) | Place::Element if member.flags.has(Flags::REPEATED) => {
            slot.open_list();
            let mut entry = 0;
            while rest(at) > 0 {
                entry += 1;
                match at.slots.as_ref().and_then(SlotDecoder::current) {
                    // A list of rows: each is an array of its own.
                    Some(xmlrpc::Value::Array(row)) => {
                        inside(at, row, true, |at| {
                            read_one(at, member.flags, member.name.local, slot, entry)?;
                            surplus(at)
                        })?;
                        if let Some(state) = &mut at.slots {
                            state.next += 1;
                        }
                    }
                    _ => read_entry(at, member, slot, entry)?,
                }
            }
            Ok(())
        }
        Place::Slot(Count::None) | Place::Element => read_one(at, member.flags, member.name.local, slot, 0),
        _ => Err(at.misplaced("a member that has no position")),
    }
}

/// Reads one of several entries. Each must take at least one slot, or a counter could make us read forever.
fn read_entry(at: &mut Decoder<'_>, member: &'static Member, slot: &mut dyn Value, entry: usize) -> Read {
    let before = at.slots.as_ref().map_or(0, |state| state.next);
    read_one(at, member.flags, member.name.local, slot, entry)?;
    match &at.slots {
        Some(state) if state.next > before => Ok(()),
        _ => Err(slot_error(at, "entries that take at least one slot")),
    }
}

fn read_one(at: &mut Decoder<'_>, flags: Flags, name: &'static str, slot: &mut dyn Value, entry: usize) -> Read {
    let Some(state) = &mut at.slots else { return Ok(()) };
    let (index, depth) = (state.next, state.path.len());
    // Only a layout that holds itself gets here; a counter in the message decides how often.
    if depth > xmlrpc::MAX_DEPTH {
        let kind = DecodeErrorKind::Limit { what: "depth of positional records", limit: xmlrpc::MAX_DEPTH as u64 };
        return Err(at.error(kind));
    }
    let current = state.current();
    if let Some(last) = state.path.last_mut() {
        last.1 = entry;
    }
    (at.spot, at.flags) = (Spot::Element, flags);
    let Err(mut error) = slot.read(at) else { return Ok(()) };
    let position = index + 1;
    // Nothing, said as nil or as an empty string, where the value may be absent. An entry may not: it was counted.
    let nothing = match current {
        _ if entry > 0 || flags.has(Flags::REQUIRED) => false,
        Some(xmlrpc::Value::Nil) => true,
        Some(xmlrpc::Value::Str(text)) => text.trim().is_empty(),
        _ => false,
    };
    if nothing && slot.read_nil() {
        if let Some(state) = &mut at.slots {
            state.next = position;
            state.path.truncate(depth);
        }
        return Ok(());
    }
    // The text was taken from the slot before it turned out to be no value of its type.
    if let DecodeErrorKind::Value { expected, text } = &mut error.kind {
        let got = text.take().map_or_else(|| "another (secret) text".into(), |text| format!("{text:?}"));
        error.kind = DecodeErrorKind::Slot { position, name: name.into(), expected: std::mem::take(expected), got };
        if let Some(state) = &mut at.slots {
            state.next = index;
            error.path = state.path();
        }
    }
    Err(error)
}

/// Reads a counter. What it says is only believed as far as there are values.
fn counter(at: &mut Decoder<'_>, member: &'static Member) -> Result<usize, Box<DecodeError>> {
    let name = || format!("{}Counter", member.name.local);
    let Some(state) = &at.slots else { return Ok(0) };
    let (position, remaining) = (state.next + 1, state.remaining());
    (at.spot, at.flags) = (Spot::Element, Flags::REQUIRED);
    let mut count = 0i32;
    let read = at.scalar(&mut count);
    let most = remaining.saturating_sub(1).min(MAX_COUNT);
    let expected = format!("a count from 0 to {most}, since {} values follow", remaining.saturating_sub(1));
    match read {
        Ok(()) => match usize::try_from(count) {
            Ok(count) if count <= most => Ok(count),
            _ => {
                if let Some(state) = &mut at.slots {
                    state.next = position - 1;
                }
                Err(at.error(DecodeErrorKind::Slot { position, name: name(), expected, got: count.to_string() }))
            }
        },
        Err(mut error) => match &mut error.kind {
            DecodeErrorKind::Slot { name: at_fault, expected: wanted, .. } => {
                *at_fault = name();
                *wanted = "a count".into();
                Err(error)
            }
            DecodeErrorKind::Value { .. } => {
                if let Some(state) = &mut at.slots {
                    state.next = position - 1;
                }
                Err(at.error(DecodeErrorKind::Slot { position, name: name(), expected, got: "a larger number".into() }))
            }
            _ => Err(error),
        },
    }
}

/// Reads the members of a struct.
fn by_name<'d>(
    at: &mut Decoder<'d>,
    shape: &'static Shape,
    members: &'d xmlrpc::Struct,
    slots: &mut [&mut dyn Value],
) -> Read {
    for (member, slot) in shape.members.iter().zip(slots) {
        let name = member.name.local;
        let Some(value) = members.get(name) else {
            if member.flags.has(Flags::REQUIRED) {
                return Err(at.error(DecodeErrorKind::Missing { member: format!("struct member {name}") }));
            }
            continue;
        };
        if let Some(state) = &mut at.slots {
            state.path.push((name, 0));
        }
        let secret = at.enter_secret(member.flags, 0);
        inside(at, std::slice::from_ref(value), false, |at| read_member(at, member, *slot))?;
        if secret {
            at.leave_secret(0);
            // There is no telling its place by counting: everything counts as secret.
            if let Some(state) = &mut at.slots {
                state.secret.push(state.base);
            }
        }
        if let Some(state) = &mut at.slots {
            state.path.pop();
        }
    }
    for (name, value) in members.iter() {
        if !shape.members.iter().any(|member| member.name.local == name) {
            let index = at.slots.as_ref().map_or(0, |state| state.base + state.next);
            at.within(shape).drift(
                DriftKind::UnknownElement,
                &format!("struct member {name}: {}", describe(value)),
                index,
            )?;
        }
    }
    Ok(())
}

/// Tells of every item that nobody has read.
fn surplus(at: &mut Decoder<'_>) -> Read {
    while let Some(state) = &mut at.slots
        && let Some(value) = state.current()
    {
        let index = state.base + state.next;
        at.drift(DriftKind::SurplusSlot, &describe(value), index)?;
        if let Some(state) = &mut at.slots {
            state.next += 1;
        }
    }
    Ok(())
}

/// [`Decoder::choice`] and [`Decoder::typed`] when the decoder has slots.
pub(in super::super) fn read_choice(at: &mut Decoder<'_>, _: &'static Shape, _: &mut dyn Choice) -> Read {
    Err(at.misplaced("a choice, which has no positional form"))
}

/// The text of the slot we are at, which must hold a value of this type.
pub(in super::super) fn read_text<'d>(at: &mut Decoder<'d>, kind: SlotKind) -> Result<Cow<'d, str>, Box<DecodeError>> {
    use xmlrpc::Value as V;
    let Some(state) = &at.slots else { return Err(at.misplaced("a slot")) };
    let Some(value) = state.current() else { return Err(slot_error(at, expected(kind))) };
    // What is exactly right, then what cannot mean anything else although its type is another.
    let exact = match (kind, value) {
        (SlotKind::String, V::Str(text)) => Some(Cow::Borrowed(text.as_str())),
        (SlotKind::I4 | SlotKind::I8, V::Int(number)) => Some(number.to_string().into()),
        (SlotKind::I4 | SlotKind::I8, V::Long(number)) => Some(number.to_string().into()),
        (SlotKind::Double, V::Double(number)) => Some(number.to_string().into()),
        (SlotKind::Boolean, V::Bool(value)) => Some(Cow::Borrowed(if *value { "true" } else { "false" })),
        (SlotKind::DateTime, V::DateTime(value)) => Some(value.date_time().to_string().into()),
        (SlotKind::Base64, V::Base64(octets)) => Some(scalar::encode_base64(octets).into()),
        _ => None,
    };
    let other = match (kind, value) {
        _ if exact.is_some() => None,
        (SlotKind::I4 | SlotKind::I8, V::Str(text)) if is_integer(text) => Some(Cow::Borrowed(text.trim())),
        (SlotKind::Double, V::Int(number)) => Some(number.to_string().into()),
        (SlotKind::Double, V::Str(text)) => {
            text.trim().parse::<xmlrpc::Double>().ok().map(|number| number.to_string().into())
        }
        (SlotKind::Boolean, V::Int(number @ (0 | 1))) => Some(number.to_string().into()),
        (SlotKind::Boolean, V::Str(text)) if matches!(text.trim(), "0" | "1") => Some(Cow::Borrowed(text.trim())),
        (SlotKind::DateTime, V::Str(text)) => {
            text.trim().parse::<xmlrpc::Iso8601>().ok().map(|value| value.date_time().to_string().into())
        }
        _ => None,
    };
    if let Some(text) = &other {
        let (raw, index) = (format!("{} {text:?} for {}", value.type_name(), expected(kind)), state.base + state.next);
        at.drift(DriftKind::SlotType, &raw, index)?;
    }
    let Some(text) = exact.or(other) else { return Err(slot_error(at, expected(kind))) };
    if let Some(state) = &mut at.slots {
        state.next += 1;
    }
    Ok(text)
}

/// The slot we are at, whatever it holds.
pub(super) fn read_raw(at: &mut Decoder<'_>) -> Result<xmlrpc::Value, Box<DecodeError>> {
    let Some(state) = &mut at.slots else { return Err(at.misplaced("XML in place of an XML-RPC value")) };
    let Some(value) = state.current() else { return Err(slot_error(at, "a value")) };
    state.next += 1;
    Ok(value.clone())
}

fn is_integer(text: &str) -> bool {
    let text = text.trim();
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn expected(kind: SlotKind) -> &'static str {
    match kind {
        SlotKind::I4 | SlotKind::I8 => "an int",
        SlotKind::String => "a string",
        SlotKind::Double => "a double",
        SlotKind::Boolean => "a boolean",
        SlotKind::DateTime => "a dateTime.iso8601",
        SlotKind::Base64 => "base64",
    }
}

/// An error at the slot that would be read next.
#[cold]
pub(super) fn slot_error(at: &Decoder<'_>, expected: &str) -> Box<DecodeError> {
    let Some(state) = &at.slots else {
        return at.error(DecodeErrorKind::Unexpected { found: "no slot".into(), expected: expected.into() });
    };
    let got = match state.current() {
        Some(value) => match at.shown("") {
            Some(_) => describe(value),
            None => format!("{} (its value is secret)", value.type_name()),
        },
        None if state.end < state.values.len() => "the end of the section that its counter announced".into(),
        None => "the end of the array".into(),
    };
    let name = state.path.last().map_or("", |(name, _)| name).into();
    at.error(DecodeErrorKind::Slot { position: state.next + 1, name, expected: expected.into(), got })
}

/// A value for people, not too long.
fn describe(value: &xmlrpc::Value) -> String {
    use xmlrpc::Value as V;
    match value {
        V::Int(number) => format!("the int {number}"),
        V::Long(number) => format!("the long int {number}"),
        V::Bool(value) => format!("the boolean {}", u8::from(*value)),
        V::Str(text) => format!("the string {:?}", excerpt(text)),
        V::Double(number) => format!("the double {}", excerpt(number.as_str())),
        V::DateTime(value) => format!("the dateTime {}", value.as_str()),
        V::Base64(octets) => format!("base64 of {} octets", octets.len()),
        V::Struct(members) => format!("a struct of {} members", members.len()),
        V::Array(items) => format!("an array of {} items", items.len()),
        V::Nil => "nil".into(),
    }
}
