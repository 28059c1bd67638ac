//! Chance that is the same on every machine.

/// A generator of numbers (splitmix64): small, and good enough to pick places in a file.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// One that is determined by a seed and a text, so that one mutation can be made again without those before it.
    pub fn new(seed: u64, text: &str) -> Self {
        // FNV-1a: the standard hasher may change between versions of Rust.
        let hash = text
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        Self(seed ^ hash)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// An index below a length; 0 for an empty one.
    pub fn below(&mut self, length: usize) -> usize {
        if length == 0 { 0 } else { (self.number() % length as u64) as usize }
    }

    /// Whether something happens that does in so many of a hundred cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of them.
    pub fn pick<'i, T>(&mut self, items: &'i [T]) -> Option<&'i T> {
        if items.is_empty() { None } else { items.get(self.below(items.len())) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_seed_gives_the_same_numbers_everywhere() {
        let mut random = Random::new(1, "a");
        let first: Vec<u64> = (0..3).map(|_| random.number() % 100).collect();
        let mut again = Random::new(1, "a");
        assert_eq!(first, (0..3).map(|_| again.number() % 100).collect::<Vec<_>>());
        assert_ne!(Random::new(1, "b").number(), Random::new(1, "a").number());
        assert_eq!(Random::new(1, "a").pick::<u8>(&[]), None);
    }
}
