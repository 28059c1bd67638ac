//! [`Seen`]: which members of a record have occurred.

use crate::facet::Facet;
use crate::shape::{Flags, Member};

/// A set of member indices. Records of up to 64 members need no memory of their own.
#[derive(Debug, Default)]
pub(super) struct Seen {
    first: u64,
    more: Vec<u64>,
    /// The member that occurred last, and how often it did without another between.
    last: (usize, u32),
}

impl Seen {
    pub(super) fn new(members: usize) -> Self {
        let more = members.saturating_sub(64).div_ceil(64);
        Self { first: 0, more: if more == 0 { Vec::new() } else { vec![0; more] }, last: (0, 0) }
    }

    #[inline]
    pub(super) fn has(&self, index: usize) -> bool {
        match index.checked_sub(64) {
            None => self.first & (1 << index) != 0,
            Some(index) => self.more.get(index / 64).is_some_and(|word| word & (1 << (index % 64)) != 0),
        }
    }

    #[inline]
    pub(super) fn insert(&mut self, index: usize) {
        self.last = if self.last.0 == index { (index, self.last.1.saturating_add(1)) } else { (index, 1) };
        match index.checked_sub(64) {
            None => self.first |= 1 << index,
            Some(index) => {
                if let Some(word) = self.more.get_mut(index / 64) {
                    *word |= 1 << (index % 64);
                }
            }
        }
    }
}

impl Seen {
    /// Where an element is expected behind one of this member, which stands at `position`: there, as long as it may occur again, or
    /// behind it.
    #[inline]
    pub(super) fn next(&self, member: &Member, position: usize) -> usize {
        let flags = member.flags;
        if flags.has(Flags::REPEATED) && !(flags.has(Flags::COUNTED) && self.is_full(member)) {
            position
        } else {
            position + 1
        }
    }

    /// Whether the member that occurred last has done so as often as it may.
    #[cold]
    fn is_full(&self, member: &Member) -> bool {
        let most = |facet: &Facet| if let Facet::Occurs(_, most) = facet { *most } else { None };
        member.facets.iter().find_map(most).is_some_and(|most| self.last.1 >= most)
    }
}

#[cfg(test)]
mod tests {
    use super::Seen;

    #[test]
    fn any_number_of_members() {
        let mut seen = Seen::new(200);
        for index in [0, 63, 64, 127, 128, 199] {
            assert!(!seen.has(index));
            seen.insert(index);
            assert!(seen.has(index) && !seen.has(index + 1));
        }
    }
}
