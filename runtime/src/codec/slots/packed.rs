//! Packed strings: `20=36=0=-1`, `Name=Value`.

use std::borrow::Cow;

use super::super::decoder::{Decoder, Spot};
use super::super::encoder::Encoder;
use super::write;
use crate::error::{DecodeErrorKind, EncodeErrorKind, Read, Write, excerpt};
use crate::scalar::SlotKind;
use crate::shape::{Flags, Place, Shape};
use crate::value::Value;

/// Reads the members of a packed string. It is split at its separators from left to right; the last part takes the rest.
pub(super) fn read(
    at: &mut Decoder<'_>,
    shape: &'static Shape,
    separators: &'static [&'static str],
    slots: &mut [&mut dyn Value],
) -> Read {
    let position = at.slots.as_ref().map(|state| state.position());
    let secret = shape.members.iter().any(|member| member.flags.has(Flags::SECRET));
    let outer = at.flags;
    // While the whole string is at hand, any secret in it makes all of it secret.
    let (element, offset) = (at.reader.element_start(), at.reader.position());
    let hidden = at.enter_secret(if secret { Flags::SECRET } else { Flags::NONE }, offset);
    let text = at.text_of(SlotKind::String)?;
    let end = at.reader.content_end();
    if let Some(state) = &mut at.slots
        && secret
    {
        state.mark_secret();
    }
    let mismatch = |at: &Decoder<'_>, name: &str, expected: String, got: &str| {
        let shown = at.shown(got);
        let kind = match position {
            Some(position) => DecodeErrorKind::Slot {
                position,
                name: name.into(),
                expected,
                got: shown.map_or_else(|| "another (secret) text".into(), |text| format!("{text:?}")),
            },
            None => DecodeErrorKind::Value { expected: format!("{name}: {expected}"), text: shown },
        };
        // The element has ended already.
        at.error_at(kind, element, offset)
    };
    let lead = separators.first().copied().unwrap_or("");
    let Some(mut from) = text.starts_with(lead).then_some(lead.len()) else {
        return Err(mismatch(at, shape.name.local, format!("a text that begins with {lead:?}"), &text));
    };
    let last = shape.members.len().saturating_sub(1);
    for (index, (member, slot)) in shape.members.iter().zip(slots).enumerate() {
        let name = member.name.local;
        let separator = separators.get(index + 1).copied().unwrap_or("");
        let rest = text.get(from..).unwrap_or_default();
        let length = if index == last { rest.strip_suffix(separator).map(str::len) } else { rest.find(separator) };
        let Some(length) = length else {
            return Err(mismatch(at, name, format!("a part and then {separator:?}"), rest));
        };
        let part = match &text {
            Cow::Borrowed(text) => Cow::Borrowed(text.get(from..from + length).unwrap_or_default()),
            Cow::Owned(text) => Cow::Owned(text.get(from..from + length).unwrap_or_default().to_owned()),
        };
        from += length + separator.len();
        let none = match member.place {
            Place::Part(none) => none,
            _ => return Err(at.misplaced("a member that is no part of a packed string")),
        };
        let optional = !member.flags.has(Flags::REQUIRED);
        if optional && none.unwrap_or("") == part && (none.is_some() || part.is_empty()) && slot.read_nil() {
            continue;
        }
        let shown = part.clone();
        (at.spot, at.flags) = (Spot::Text(part), member.flags);
        slot.read(at).map_err(|error| match error.kind {
            DecodeErrorKind::Value { expected, .. } => mismatch(at, name, expected, &shown),
            _ => error,
        })?;
    }
    if hidden {
        at.leave_secret(end);
    }
    at.flags = outer;
    Ok(())
}

/// Writes the members of a packed string.
pub(super) fn write(
    to: &mut Encoder<'_>,
    shape: &'static Shape,
    separators: &'static [&'static str],
    slots: &[&dyn Value],
) -> Write {
    let (spot, flags) = (to.spot, to.flags);
    let mut text = separators.first().copied().unwrap_or("").to_owned();
    let mut secret = false;
    let last = shape.members.len().saturating_sub(1);
    for (index, (member, slot)) in shape.members.iter().zip(slots).enumerate() {
        let Place::Part(none) = member.place else { return Err(to.value_error("a part of a packed string")) };
        to.path.push((member.name.local, 0));
        to.flags = member.flags;
        secret |= member.flags.has(Flags::SECRET);
        let part = write::into_part(to, *slot)?;
        let separator = separators.get(index + 1).copied().unwrap_or("");
        match (&part, none) {
            (None, _) if member.flags.has(Flags::REQUIRED) => return Err(to.error(EncodeErrorKind::Missing)),
            (None, none) => text.push_str(none.unwrap_or("")),
            (Some(part), Some(none)) if part == none && !member.flags.has(Flags::REQUIRED) => {
                return Err(to.value_error(&format!(
                    "a value other than {none}, which stands for none: leave the member empty"
                )));
            }
            (Some(part), _) => {
                // Whoever reads this splits at the first separator there is: it must be ours.
                let whole = [part, separator].concat();
                if index != last && whole.find(separator) != Some(part.len()) {
                    let expected = format!("a text without {:?}, which separates the parts", excerpt(separator));
                    return Err(to.value_error(&expected));
                }
                text.push_str(part);
            }
        }
        text.push_str(separator);
        to.path.pop();
    }
    (to.spot, to.flags) = (spot, if secret { flags.and(Flags::SECRET) } else { flags });
    to.text_of(SlotKind::String, &text)?;
    to.flags = flags;
    if secret && to.slots.is_some() {
        write::mark_secret(to);
    }
    Ok(())
}
