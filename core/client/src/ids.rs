//! Ids that the phone makes: version 4 for stores, installations and claims, version 7 for facts.

use crate::ports::{Entropy, EntropyError};
use firebee_domain::time::Timestamp;
use uuid::{Builder, Uuid};

/// A random id.
pub(crate) fn random_v4(entropy: &dyn Entropy) -> Result<Uuid, EntropyError> {
    let mut bytes = [0; 16];
    entropy.fill(&mut bytes)?;
    Ok(Builder::from_random_bytes(bytes).into_uuid())
}

/// The bits of a version 7 that are not its version or variant, as one number: time first, then random.
const LOW: u128 = (1 << 62) - 1;
const MIDDLE: u128 = (1 << 12) - 1;

/// An id of version 7 at `wall`, always greater than `last`. When the clock stands still or runs backwards, the id is
/// `last` plus a random step. So ids keep the order of recording.
pub(crate) fn next_v7(last: Option<Uuid>, wall: Timestamp, entropy: &dyn Entropy) -> Result<Uuid, EntropyError> {
    let mut random = [0; 10];
    entropy.fill(&mut random)?;
    let ms = u64::try_from(wall.0).unwrap_or(0).min((1 << 48) - 1);
    let fresh = Builder::from_unix_timestamp_millis(ms, &random).into_uuid();
    let Some(last) = last.filter(|last| *last >= fresh) else { return Ok(fresh) };
    let [a, b, ..] = random;
    let step = u128::from(u16::from_be_bytes([a, b])) + 1;
    Ok(unpack(pack(last).wrapping_add(step)))
}

/// The 122 free bits.
fn pack(id: Uuid) -> u128 {
    let bits = id.as_u128();
    (bits >> 80) << 74 | (bits >> 64 & MIDDLE) << 62 | bits & LOW
}

fn unpack(free: u128) -> Uuid {
    let bits = (free >> 74) << 80 | 0x7 << 76 | (free >> 62 & MIDDLE) << 64 | 0b10 << 62 | free & LOW;
    Uuid::from_u128(bits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::fakes::SeededEntropy;

    #[test]
    fn fact_ids_grow_even_when_the_clock_runs_backwards() {
        let entropy = SeededEntropy::new(1);
        let mut last = None;
        for wall in [1_000, 1_000, 999, 5, -5, 1_000, 1_001, i64::MAX, 3] {
            let next = next_v7(last, Timestamp(wall), &entropy).unwrap();
            assert_eq!((next.get_version_num(), next.get_variant()), (7, uuid::Variant::RFC4122));
            assert!(last.is_none_or(|last| next > last), "{last:?} {next}");
            last = Some(next);
        }
    }

    #[test]
    fn a_step_carries_over_version_and_variant() {
        let last = Uuid::from_u128(0x0190_f3c4_0000_7fff_bfff_ffff_ffff_ffff);
        assert_eq!(unpack(pack(last)), last);
        assert_eq!(unpack(pack(last) + 1), Uuid::from_u128(0x0190_f3c4_0001_7000_8000_0000_0000_0000));
    }
}
