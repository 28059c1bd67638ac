//! Reading arrays of SOAP's encoding (SOAP 1.1 §5.4.2, SOAP 1.2 part 2 §3.1.6): items of any name, arrays of arrays, several
//! dimensions, arrays of which a part was sent.
//!
//! How many items there are is what is there: counts are wrong too often to be trusted. Only where items say where they stand
//! (`offset`, `position`), or rows have to be told apart, does the size that the message gives count.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::decoder::{Decoder, Spot, blank};
use crate::error::{DecodeErrorKind, DriftKind, Read};
use crate::shape::{Flags, Item};
use crate::value::Value;
use crate::xml::Token;

/// A plain list.
const LIST: &[u8] = &[1];

/// What an array says about itself.
#[derive(Default)]
struct Head {
    /// Its dimensions, as far as they have a size; none where it says nothing.
    sizes: Option<Vec<Option<usize>>>,
    /// Where its first item stands.
    offset: Option<Vec<usize>>,
}

/// Which items of an array there are.
struct Filled {
    sizes: Vec<Option<usize>>,
    /// The next item, counted row by row.
    next: usize,
    /// The items met, once one of them has said where it stands.
    placed: Option<BTreeSet<usize>>,
}

impl Filled {
    /// The place of an item, outermost dimension first. `None` for one that is in no row.
    fn coordinates(&self, index: usize) -> Option<Vec<usize>> {
        let mut rest = index;
        let mut found = vec![0; self.sizes.len()];
        for (at, size) in found.iter_mut().zip(&self.sizes).skip(1).rev() {
            let size = (*size).filter(|size| *size > 0)?;
            *at = rest % size;
            rest /= size;
        }
        *found.first_mut()? = rest;
        let fits = |(at, size): (&usize, &Option<usize>)| size.is_none_or(|size| *at < size);
        // A list may be longer than it says; a table may not.
        (found.len() == 1 || found.iter().zip(&self.sizes).all(fits)).then_some(found)
    }

    /// The number of the item at a place.
    fn index(&self, place: &[usize]) -> Option<usize> {
        if place.len() != self.sizes.len() {
            return None;
        }
        let mut index = 0usize;
        for (number, (at, size)) in place.iter().zip(&self.sizes).enumerate() {
            if size.is_some_and(|size| *at >= size) {
                return None;
            }
            let width = if number == 0 { 1 } else { (*size)? };
            index = index.checked_mul(width)?.checked_add(*at)?;
        }
        Some(index)
    }

    /// How many items the array has in all.
    fn total(&self) -> usize {
        let met = self.placed.as_ref().and_then(|placed| placed.last()).map_or(self.next, |last| last + 1);
        let said = self.sizes.iter().try_fold(1usize, |product, size| product.checked_mul((*size)?));
        said.map_or(met, |said| said.max(met))
    }
}

impl<'d> Decoder<'d> {
    /// Reads the array whose start tag was read last, to its end, into a list that is open.
    pub(super) fn array(&mut self, ranks: &[u8], item: &'static Item, value: &mut dyn Value) -> Read {
        let ranks = if ranks.is_empty() { LIST } else { ranks };
        let depth: usize = ranks.iter().map(|rank| usize::from(*rank)).sum();
        let declared = usize::from(ranks.first().copied().unwrap_or(1));
        let head = self.array_head();
        self.foreign_attributes()?;
        // A table may be sent as a list of lists, and the other way round: both are the same to us.
        let rank = head.sizes.as_ref().map_or(declared, Vec::len);
        if rank > depth {
            let found = format!("an array of {rank} dimensions");
            let expected = format!("one of {}", if depth == 1 { "one".to_owned() } else { format!("at most {depth}") });
            return Err(self.error(DecodeErrorKind::Unexpected { found, expected }));
        }
        let lists = vec![1; depth - rank];
        let inner = if rank == declared { ranks.get(1..).unwrap_or_default() } else { &lists };
        let sizes = head.sizes.unwrap_or_else(|| vec![None; rank]);
        if sizes.iter().skip(1).any(Option::is_none) {
            return Err(
                self.unexpected("an array of several dimensions without sizes", "as in arrayType=\"xs:int[2,3]\"")
            );
        }
        let mut filled = Filled { sizes, next: 0, placed: None };
        if let Some(offset) = head.offset {
            filled.next = self.place(&filled, &offset)?;
            filled.placed = Some(BTreeSet::new());
        }
        loop {
            match self.reader.next()? {
                Token::Start(_) => self.array_item(&mut filled, inner, item, value)?,
                Token::End => break,
                Token::Text(text) if blank(&text) => {}
                Token::Text(text) => self.drift(DriftKind::Text, &text, self.reader.position())?,
                Token::Eof => return Err(self.misplaced("end of the document")),
            }
        }
        self.fill(&filled, inner, item, value)
    }

    fn array_item(&mut self, filled: &mut Filled, inner: &[u8], item: &'static Item, value: &mut dyn Value) -> Read {
        if let Some(position) = self.placing("position") {
            let place = numbers(&position);
            let place = place.ok_or_else(|| self.unexpected("a position that is none", "as in position=\"[1]\""))?;
            let index = self.place(filled, &place)?;
            let before = filled.next;
            filled.placed.get_or_insert_with(|| (0..before).collect());
            filled.next = index;
        }
        let nil = !self.reader.attributes().is_empty() && self.nil()?;
        if nil
            && inner.is_empty()
            && !item.flags.has(Flags::NIL_IF_NONE)
            && filled.placed.is_none()
            && filled.sizes.len() == 1
        {
            // The list has no place for it, and goes on without.
            return self.read_nil(item.flags, value, true);
        }
        let index = filled.next;
        if let Some(placed) = &mut filled.placed {
            let last = placed.last().copied().unwrap_or_default();
            if !placed.insert(index) {
                let member = format!("item {index} of the array");
                return Err(self.error(DecodeErrorKind::Duplicate { member }));
            }
            // An item far behind the last makes the list long.
            self.reader.spend(index.saturating_sub(last))?;
        }
        filled.next = index.saturating_add(1);
        let Some(place) = filled.coordinates(index) else {
            return Err(self.unexpected("an item more than the array has by its size", "its end"));
        };
        let Some(slot) = at(value, &place) else { return Err(self.misplaced("an array")) };
        if inner.is_empty() {
            let secret = self.enter_secret(item.flags, self.reader.position());
            if nil {
                self.read_nil(item.flags, slot, false)?;
            } else {
                self.spot = Spot::Element;
                self.flags = item.flags;
                slot.read(self)?;
            }
            if secret {
                self.leave_secret(self.reader.content_end());
            }
            return Ok(());
        }
        slot.open_list();
        if nil {
            // The list of lists has no place for one that is null.
            self.drift(DriftKind::Nil, "nil", self.reader.position())?;
            return self.read_nil(Flags::NILLABLE, slot, false);
        }
        self.array(inner, item, slot)
    }

    /// At the end of an array: items that were not sent are `None`, where items may be.
    fn fill(&mut self, filled: &Filled, inner: &[u8], item: &'static Item, value: &mut dyn Value) -> Read {
        let table = filled.sizes.len() > 1;
        if filled.placed.is_none() && !table {
            return Ok(());
        }
        let total = filled.total();
        let met = filled.placed.as_ref().map_or(filled.next, BTreeSet::len);
        if total > met {
            let optional = inner.is_empty() && item.flags.has(Flags::NIL_IF_NONE);
            let missing = (0..total).find(|index| match &filled.placed {
                Some(placed) => !placed.contains(index),
                None => *index >= filled.next,
            });
            if let Some(missing) = missing.filter(|_| !optional) {
                let member = format!("item {missing} of the array (of {total}, {met} were sent)");
                return Err(self.error(DecodeErrorKind::Missing { member }));
            }
            self.reader.spend(total - met)?;
        }
        if !table {
            if let Some(last) = total.checked_sub(1) {
                value.item(last);
            }
            return Ok(());
        }
        let rows = filled.sizes.first().copied().flatten().unwrap_or_default();
        self.reader.spend(rows)?;
        for row in 0..rows {
            if let Some(row) = value.item(row) {
                row.open_list();
            }
        }
        // Every place there is; those that were read stay as they are.
        for place in (0..total).filter_map(|index| filled.coordinates(index)) {
            at(value, &place);
        }
        Ok(())
    }

    /// What the array whose start tag was read last says about itself.
    fn array_head(&mut self) -> Head {
        let Some(encoding) = self.profile.encoding else { return Head::default() };
        let sizes = if encoding.array_type {
            self.reader.attribute(encoding.style, "arrayType").and_then(|ty| {
                let (_, sizes) = ty.trim_end().strip_suffix(']')?.rsplit_once('[')?;
                Some(sizes.split(',').map(|size| size.trim().parse().ok()).collect())
            })
        } else {
            let sizes = self.reader.attribute(encoding.style, "arraySize");
            sizes.map(|sizes| sizes.split_ascii_whitespace().map(|size| size.parse().ok()).collect())
        };
        let sizes = sizes.filter(|sizes: &Vec<Option<usize>>| !sizes.is_empty());
        let offset = self.placing("offset").and_then(|offset| numbers(&offset));
        Head { sizes, offset }
    }

    /// Takes one of the two attributes that say where items stand.
    fn placing(&mut self, local: &str) -> Option<Cow<'d, str>> {
        let encoding = self.profile.encoding.filter(|encoding| encoding.array_type)?;
        self.reader.remove_attribute(encoding.style, local)
    }

    fn place(&self, filled: &Filled, place: &[usize]) -> Result<usize, Box<crate::error::DecodeError>> {
        filled.index(place).ok_or_else(|| {
            let sizes: Vec<String> =
                filled.sizes.iter().map(|size| size.map_or_else(String::new, |size| size.to_string())).collect();
            self.unexpected(&format!("the place {place:?}"), &format!("one in an array [{}]", sizes.join(",")))
        })
    }

    fn unexpected(&self, found: &str, expected: &str) -> Box<crate::error::DecodeError> {
        self.error(DecodeErrorKind::Unexpected { found: found.into(), expected: expected.into() })
    }
}

/// The item at a place, in lists inside one another.
fn at<'v>(value: &'v mut dyn Value, place: &[usize]) -> Option<&'v mut dyn Value> {
    place.iter().try_fold(value, |list, index| list.item(*index))
}

/// `[1,2]`
fn numbers(text: &str) -> Option<Vec<usize>> {
    let inner = text.trim().strip_prefix('[')?.strip_suffix(']')?;
    inner.split(',').map(|number| number.trim().parse().ok()).collect()
}
