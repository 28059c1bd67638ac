//! [`Seen`]: which members of a record have occurred.

/// A set of member indices. Records of up to 64 members need no memory of their own.
#[derive(Debug, Default)]
pub(super) struct Seen {
    first: u64,
    more: Vec<u64>,
}

impl Seen {
    pub(super) fn new(members: usize) -> Self {
        let more = members.saturating_sub(64).div_ceil(64);
        Self { first: 0, more: if more == 0 { Vec::new() } else { vec![0; more] } }
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
