//! Chooses the fault of each request. A seed decides, so that a run can be repeated.

use sha2::{Digest as _, Sha256};

/// A push up to this size waits in the proxy's memory, so that it can be sent twice. Larger ones pass.
pub const PUSH_BYTES_MAX: u64 = 8 * 1024 * 1024;
/// From here on a blob is a picture rather than its thumbnail.
const PICTURE_BYTES_MIN: u64 = 32 * 1024;
/// After this many smaller blobs the proxy no longer waits for a picture to break.
const PATIENCE: u32 = 24;

/// What happens to one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    None,
    /// The server answers and the answer never arrives.
    LostReply,
    /// The server gets the request a second time, on another connection.
    Duplicate,
    /// The connection is reset after so many bytes of the body.
    Reset {
        /// Less than the body has.
        after: u64,
    },
}

/// What a request is, as far as faults are aimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A push of facts.
    Push,
    /// Bytes of a blob: so many in this request's body.
    Blob(u64),
    /// Anything else.
    Other,
}

/// The plan of a run.
#[derive(Debug)]
pub struct Plan {
    seed: u64,
    pushes: u64,
    blobs: u64,
    small_blobs: u32,
    resets: u64,
    /// The last push or blob had a fault. The next one of its kind passes, so that no lane starves.
    push_spared: bool,
    blob_spared: bool,
}

impl Plan {
    /// The plan of this seed.
    pub const fn new(seed: u64) -> Self {
        Self { seed, pushes: 0, blobs: 0, small_blobs: 0, resets: 0, push_spared: false, blob_spared: false }
    }

    /// The fault of the next request. Of the first two pushes one loses its reply and one is sent twice, in an order
    /// that the seed chooses. The connection of the first picture is reset. Later requests get random faults; after a
    /// push with a fault the next push passes, and after a blob with a fault the next blob.
    pub fn next(&mut self, target: Target) -> Fault {
        match target {
            Target::Push => self.next_push(),
            Target::Blob(bytes) if bytes > 1 => self.next_blob(bytes),
            Target::Blob(_) | Target::Other => Fault::None,
        }
    }

    fn next_push(&mut self) -> Fault {
        let turn = self.pushes;
        self.pushes += 1;
        let lost_first = self.chance("order", 0, 2) == 0;
        let fault = match turn {
            0 if lost_first => Fault::LostReply,
            0 => Fault::Duplicate,
            1 if lost_first => Fault::Duplicate,
            1 => Fault::LostReply,
            _ if self.push_spared => Fault::None,
            _ => match self.chance("push", turn, 6) {
                0 => Fault::LostReply,
                1 => Fault::Duplicate,
                _ => Fault::None,
            },
        };
        self.push_spared = fault != Fault::None;
        fault
    }

    fn next_blob(&mut self, bytes: u64) -> Fault {
        let turn = self.blobs;
        self.blobs += 1;
        let picture = bytes >= PICTURE_BYTES_MIN;
        if !picture {
            self.small_blobs += 1;
        }
        let due = match self.resets {
            0 => picture || self.small_blobs > PATIENCE,
            _ => !self.blob_spared && picture && self.chance("blob", turn, 6) == 0,
        };
        self.blob_spared = due;
        if !due {
            return Fault::None;
        }
        self.resets += 1;
        Fault::Reset { after: 1 + self.chance("byte", turn, bytes - 1) }
    }

    /// A number below `sides`, which is at least 1.
    fn chance(&self, what: &str, turn: u64, sides: u64) -> u64 {
        let mut hash = Sha256::new();
        hash.update(self.seed.to_be_bytes());
        hash.update(what.as_bytes());
        hash.update(turn.to_be_bytes());
        let number = hash.finalize().iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        number % sides.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(seed: u64) -> Vec<Fault> {
        let mut plan = Plan::new(seed);
        let target = |turn: u64| if turn.is_multiple_of(2) { Target::Push } else { Target::Blob(40_000 + turn) };
        (0..200).map(|turn| plan.next(target(turn))).collect()
    }

    #[test]
    fn a_seed_draws_the_same_faults_again_and_another_seed_others() {
        assert_eq!(drawn(1), drawn(1));
        assert_ne!(drawn(1), drawn(2));
    }

    #[test]
    fn whatever_the_seed_the_first_two_pushes_and_the_first_picture_suffer_each_fault() {
        for seed in 0..64 {
            let drawn = drawn(seed);
            let first: Vec<Fault> = [drawn[0], drawn[2]].into();
            assert!(first.contains(&Fault::LostReply) && first.contains(&Fault::Duplicate), "{seed}: {first:?}");
            assert!(matches!(drawn[1], Fault::Reset { after: 1..40_001 }), "{seed}: {:?}", drawn[1]);
        }
    }

    #[test]
    fn after_the_first_faults_no_two_of_a_kind_stand_in_a_row() {
        for seed in 0..64 {
            let drawn = drawn(seed);
            for start in [4, 3] {
                let lane: Vec<bool> = drawn[start..].iter().step_by(2).map(|fault| *fault != Fault::None).collect();
                assert!(!lane.windows(2).any(|pair| pair[0] && pair[1]), "{seed}");
            }
        }
    }

    #[test]
    fn a_thumbnail_is_let_pass_unless_nothing_larger_comes_and_one_byte_cannot_be_cut() {
        let mut plan = Plan::new(3);
        assert_eq!(plan.next(Target::Blob(1)), Fault::None);
        let faults: Vec<Fault> = (0..=PATIENCE).map(|_| plan.next(Target::Blob(900))).collect();
        assert!(faults[..PATIENCE as usize].iter().all(|fault| *fault == Fault::None));
        assert!(matches!(faults[PATIENCE as usize], Fault::Reset { after: 1..900 }));
        assert_eq!(plan.next(Target::Other), Fault::None);
    }
}
