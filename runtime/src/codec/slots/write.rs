//! Writing positional layouts.

use super::super::encoder::{Encoder, Spot};
use super::super::{Profile, slots};
use super::{MAX_COUNT, SlotValues};
use crate::error::{EncodeError, EncodeErrorKind, Write};
use crate::scalar::{self, DateTime, SlotKind};
use crate::shape::{Count, Flags, Kind, Member, Name, Place, Shape};
use crate::value::{Choice, Value};
use crate::xml::chars::find_illegal;
use crate::xmlrpc;

/// Where a positional layout is written to.
#[derive(Debug)]
pub struct SlotEncoder<'e> {
    sink: Sink<'e>,
    /// What the member being written turned out to be.
    written: Written,
    outermost: bool,
}

#[derive(Debug)]
enum Sink<'e> {
    /// The array.
    Array(&'e mut SlotValues),
    /// The array or struct inside, for as long as it is written.
    Inner(SlotValues),
    /// A part of a packed string.
    Part(Option<String>),
}

/// What a member turned out to be when it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Written {
    /// A value.
    #[default]
    One,
    /// Nothing.
    Absent,
    /// A list of this many entries.
    List(usize),
}

/// Writes a value as array items. `name` is the outermost element of paths in errors.
///
/// # Errors
/// What XML-RPC or the layout cannot carry, with the member.
pub fn encode_slots(name: &'static str, value: &dyn Value) -> Result<SlotValues, Box<EncodeError>> {
    let mut values = SlotValues::default();
    let mut to = Encoder::new(Profile::PLAIN);
    to.slots = Some(SlotEncoder { sink: Sink::Array(&mut values), written: Written::One, outermost: true });
    to.path.push((name, 0));
    value.write(&mut to)?;
    drop(to);
    Ok(values)
}

impl SlotEncoder<'_> {
    fn values(&mut self) -> Option<&mut SlotValues> {
        match &mut self.sink {
            Sink::Array(values) => Some(values),
            Sink::Inner(values) => Some(values),
            Sink::Part(_) => None,
        }
    }

    fn len(&mut self) -> usize {
        self.values().map_or(0, |values| values.values.len())
    }
}

/// Sends what `write` writes to a sink of its own, and hands that back.
fn into_sink<'e>(
    to: &mut Encoder<'e>,
    sink: Sink<'e>,
    write: impl FnOnce(&mut Encoder<'e>) -> Write,
) -> Result<Sink<'e>, Box<EncodeError>> {
    let outer = to.slots.replace(SlotEncoder { sink, written: Written::One, outermost: false });
    let written = write(to);
    let inner = std::mem::replace(&mut to.slots, outer);
    written?;
    inner.map(|inner| inner.sink).ok_or_else(|| to.value_error("a positional value"))
}

/// Writes what goes into one part of a packed string; `None` for an absent value.
pub(super) fn into_part(to: &mut Encoder<'_>, value: &dyn Value) -> Result<Option<String>, Box<EncodeError>> {
    match into_sink(to, Sink::Part(None), |to| value.write(to))? {
        Sink::Part(text) => Ok(text),
        Sink::Array(_) | Sink::Inner(_) => Err(to.value_error("a text")),
    }
}

/// [`Encoder::record`] when the encoder has slots, or the shape is of kind `Slots` or `Packed`.
pub(in super::super) fn write_record(to: &mut Encoder<'_>, shape: &'static Shape, slots: &[&dyn Value]) -> Write {
    if let Kind::Packed(separators) = shape.kind {
        return slots::packed::write(to, shape, separators, slots);
    }
    let Some(state) = &mut to.slots else {
        return Err(to.value_error("a record with elements: a positional layout can only go by XML-RPC"));
    };
    if matches!(state.sink, Sink::Part(_)) {
        return Err(to.value_error("a single text"));
    }
    let outermost = std::mem::take(&mut state.outermost);
    if !outermost && matches!(shape.kind, Kind::Record | Kind::All) {
        return by_name(to, shape, slots);
    }
    let mut keep = state.len();
    for (member, slot) in shape.members.iter().zip(slots) {
        let written = write_member(to, member, *slot)?;
        // A tail of members without anything in them is cut off; one in the middle stays, as a counter of 0.
        let empty = matches!(written, Written::Absent | Written::List(0));
        if !(empty && (member.flags.has(Flags::TRAILING) || matches!(member.place, Place::Rest)))
            && let Some(state) = &mut to.slots
        {
            keep = state.len();
        }
    }
    if let Some(values) = to.slots.as_mut().and_then(SlotEncoder::values) {
        values.values.truncate(keep);
        values.secret.retain(|index| *index < keep);
    }
    Ok(())
}

fn write_member(to: &mut Encoder<'_>, member: &'static Member, slot: &dyn Value) -> Result<Written, Box<EncodeError>> {
    let counted = match member.place {
        Place::Slot(count) => count,
        Place::Element | Place::Wrapped(_) | Place::Rest => Count::None,
        _ => return Err(to.value_error("a member that has a position")),
    };
    let before = (to.spot, to.flags);
    (to.spot, to.flags) = (Spot::Element(member.name), member.flags);
    to.path.push((member.name.local, 0));
    let secret = member.flags.has(Flags::SECRET);
    to.secret += usize::from(secret);

    let Some(state) = &mut to.slots else { return Ok(Written::Absent) };
    let outer = std::mem::take(&mut state.written);
    let from = state.len();
    if counted != Count::None {
        push(to, xmlrpc::Value::Int(0));
    }
    if let Place::Wrapped(_) = member.place {
        let inner = into_sink(to, Sink::Inner(SlotValues::default()), |to| slot.write(to))?;
        if let Sink::Inner(inner) = inner {
            push(to, xmlrpc::Value::Array(inner.values));
            if !inner.secret.is_empty() {
                mark_secret(to);
            }
        }
    } else {
        slot.write(to)?;
    }

    let Some(state) = &mut to.slots else { return Ok(Written::Absent) };
    let written = state.written;
    if written == Written::Absent && counted == Count::None {
        // The place must be held: by an empty string, the one value that servers of this kind take for nothing.
        push(to, xmlrpc::Value::from(""));
    }
    let Some(state) = &mut to.slots else { return Ok(Written::Absent) };
    state.written = outer;
    let after = state.len();
    if (member.flags.has(Flags::ONLY_SOAP) || member.flags.has(Flags::ONLY_PLAIN)) && after > from {
        return Err(to.error(EncodeErrorKind::OtherWire { only: "XML wires" }));
    }
    let count = match (counted, written) {
        (Count::None, _) => None,
        (Count::Values, _) => Some(after - from - 1),
        (Count::Entries, Written::List(entries)) => Some(entries),
        (Count::Entries, Written::Absent) => Some(0),
        (Count::Entries, Written::One) => Some(1),
    };
    if let Some(count) = count {
        let Some(number) = i32::try_from(count).ok().filter(|_| count <= MAX_COUNT) else {
            return Err(to.value_error(&format!("at most {MAX_COUNT} counted values")));
        };
        let state = to.slots.as_mut().and_then(SlotEncoder::values);
        if let Some(counter) = state.and_then(|values| values.values.get_mut(from)) {
            *counter = xmlrpc::Value::Int(number);
        }
    }
    to.secret -= usize::from(secret);
    if secret
        && to.secret == 0
        && let Some(values) = to.slots.as_mut().and_then(SlotEncoder::values)
    {
        values.secret.retain(|index| *index < from);
        values.secret.extend(from..after);
    }
    to.path.pop();
    (to.spot, to.flags) = before;
    Ok(written)
}

/// Writes a record as a struct.
fn by_name(to: &mut Encoder<'_>, shape: &'static Shape, slots: &[&dyn Value]) -> Write {
    let mut members = xmlrpc::Struct::new();
    let mut hidden = false;
    for (member, slot) in shape.members.iter().zip(slots) {
        let mut written = Written::One;
        let inner = into_sink(to, Sink::Inner(SlotValues::default()), |to| {
            written = write_member(to, member, *slot)?;
            Ok(())
        })?;
        let Sink::Inner(mut inner) = inner else { continue };
        hidden |= !inner.secret.is_empty();
        let Name { local, .. } = member.name;
        match (written, inner.values.len()) {
            (Written::Absent, _) => {}
            (Written::One, 1) => members.push(local, inner.values.pop().unwrap_or(xmlrpc::Value::Nil)),
            _ => members.push(local, inner.values),
        }
    }
    push(to, xmlrpc::Value::Struct(members));
    if hidden {
        mark_secret(to);
    }
    Ok(())
}

/// [`Encoder::choice`] and [`Encoder::typed`] when the encoder has slots.
pub(in super::super) fn write_choice(to: &mut Encoder<'_>, _: &'static Shape, _: &dyn Choice) -> Write {
    Err(to.value_error("a value that is no choice: a choice has no positional form"))
}

/// [`Encoder::list`] when the encoder has slots.
pub(in super::super) fn write_list<'e>(
    to: &mut Encoder<'e>,
    len: usize,
    item: &mut dyn FnMut(&mut Encoder<'e>, usize) -> Write,
) -> Write {
    let (spot, flags) = (to.spot, to.flags);
    for index in 0..len {
        if let Some(last) = to.path.last_mut() {
            last.1 = index + 1;
        }
        (to.spot, to.flags) = (spot, flags);
        item(to, index)?;
        // Leaving an entry out would shift those behind it.
        if to.slots.as_ref().is_some_and(|state| state.written == Written::Absent) {
            return Err(to.error(EncodeErrorKind::Missing));
        }
    }
    if let Some(state) = &mut to.slots {
        state.written = Written::List(len);
    }
    Ok(())
}

/// [`Encoder::text_of`] when the encoder has slots.
pub(in super::super) fn write_text(to: &mut Encoder<'_>, kind: SlotKind, text: &str) -> Write {
    if let Some((_, c)) = find_illegal(text) {
        return Err(to.error(EncodeErrorKind::Character(c)));
    }
    if let Some(SlotEncoder { sink: Sink::Part(part), .. }) = &mut to.slots {
        if part.is_some() {
            return Err(to.value_error("a single text"));
        }
        *part = Some(text.into());
        return Ok(());
    }
    let value = match kind {
        SlotKind::String => Some(xmlrpc::Value::from(text)),
        SlotKind::I4 | SlotKind::I8 => text.parse().ok().map(xmlrpc::Value::Int),
        SlotKind::Double => text.parse().ok().map(xmlrpc::Value::Double),
        SlotKind::Boolean => Some(xmlrpc::Value::Bool(text == "true")),
        SlotKind::DateTime => text
            .parse::<DateTime>()
            .ok()
            .filter(|value| (1..=9999).contains(&value.year()))
            .map(|value| xmlrpc::Value::DateTime(value.into())),
        SlotKind::Base64 => scalar::decode_base64(text).map(xmlrpc::Value::Base64),
    };
    let Some(value) = value else {
        return Err(to.value_error(match kind {
            SlotKind::I4 | SlotKind::I8 => "a number from -2147483648 to 2147483647: XML-RPC has no larger ints",
            SlotKind::Double => "a finite number: XML-RPC has no infinity and no NaN",
            SlotKind::DateTime => "a year from 1 to 9999",
            SlotKind::String | SlotKind::Boolean | SlotKind::Base64 => "a value of its type",
        }));
    };
    push(to, value);
    Ok(())
}

/// A value that nobody describes.
pub(super) fn write_raw(to: &mut Encoder<'_>, value: &xmlrpc::Value) -> Write {
    match to.slots.as_mut().and_then(SlotEncoder::values) {
        Some(values) => {
            values.values.push(value.clone());
            Ok(())
        }
        None => Err(to.value_error("a value that is not of XML-RPC only")),
    }
}

/// [`Encoder::absent`] when the encoder has slots.
pub(in super::super) fn write_absent(to: &mut Encoder<'_>) -> Write {
    let flags = to.flags;
    let Some(state) = &mut to.slots else { return Ok(()) };
    state.written = Written::Absent;
    match &state.sink {
        Sink::Part(_) => Ok(()),
        _ if flags.has(Flags::REQUIRED) => Err(to.error(EncodeErrorKind::Missing)),
        _ => Ok(()),
    }
}

/// Marks the item written last as secret.
pub(super) fn mark_secret(to: &mut Encoder<'_>) {
    if let Some(values) = to.slots.as_mut().and_then(SlotEncoder::values)
        && let Some(last) = values.values.len().checked_sub(1)
        && values.secret.last() != Some(&last)
    {
        values.secret.push(last);
    }
}

/// Appends an item.
fn push(to: &mut Encoder<'_>, value: xmlrpc::Value) {
    if let Some(state) = &mut to.slots {
        state.written = Written::One;
        if let Some(values) = state.values() {
            values.values.push(value);
        }
    }
}
