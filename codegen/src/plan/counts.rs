//! How many items of a `Vec` one occurrence of a repeated choice or group makes: what its bounds say about the `Vec`'s length.
//!
//! Where several readings are possible the answer is the widest, so that nothing that may be sent is refused.

use crate::model::{Occurs, Particle, ParticleKind};

/// The items of `occurs` times a choice with these branches: each item is one element, or one group of elements.
pub(super) fn choices(branches: &[Particle], occurs: Occurs) -> Occurs {
    all(choice(branches), occurs)
}

/// The items of `occurs` times a sequence of several particles: an item each.
pub(super) fn groups(items: &[Particle], occurs: Occurs) -> Occurs {
    all(group(items), occurs)
}

fn all(each: Occurs, occurs: Occurs) -> Occurs {
    let max = match (each.max, occurs.max) {
        (Some(0), _) | (_, Some(0)) => Some(0),
        // What does not fit bounds nothing.
        (Some(a), Some(b)) => a.checked_mul(b),
        _ => None,
    };
    Occurs { min: each.min.saturating_mul(occurs.min), max }
}

fn choice(branches: &[Particle]) -> Occurs {
    let mut found: Option<Occurs> = None;
    for branch in branches.iter().filter(|branch| branch.occurs.max != Some(0)) {
        let one = all(items(branch), branch.occurs);
        found = Some(found.map_or(one, |so_far| Occurs {
            min: so_far.min.min(one.min),
            max: so_far.max.zip(one.max).map(|(a, b)| a.max(b)),
        }));
    }
    found.unwrap_or(Occurs { min: 0, max: Some(0) })
}

/// The items of a branch that occurs once.
fn items(branch: &Particle) -> Occurs {
    match &branch.kind {
        ParticleKind::Element(_) | ParticleKind::Any(_) => Occurs::ONCE,
        ParticleKind::Choice(branches) => choice(branches),
        ParticleKind::Sequence(items) | ParticleKind::All(items) => match items.as_slice() {
            [] => Occurs { min: 0, max: Some(0) },
            [only] => all(self::items(only), only.occurs),
            several => group(several),
        },
    }
}

/// A group is one item, unless it may hold nothing, or two of it may be read as one: only an element that occurs exactly once
/// tells them apart.
fn group(items: &[Particle]) -> Occurs {
    let once = |item: &Particle| matches!(item.kind, ParticleKind::Element(_)) && item.occurs == Occurs::ONCE;
    Occurs { min: u32::from(items.iter().any(once)), max: Some(1) }
}
