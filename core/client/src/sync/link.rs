//! Shares one slow link between facts and photos: while facts wait, one piece of a blob goes between two pushes.

/// The bytes of a blob's piece while facts wait: half a second of a slow link.
pub const PIECE_BYTES_MAX: u64 = 256 << 10;

/// The right to use the link. A blob waits only while a push is under way; a push never waits for blobs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Link {
    facts_on_their_way: bool,
    token: bool,
}

impl Link {
    /// A push begins. A piece of a blob that is under way continues; the next piece needs a token.
    pub const fn push_began(&mut self) {
        self.facts_on_their_way = true;
    }

    /// A push ended, successfully or not. One piece may go now, even if the next push begins at once.
    pub const fn push_ended(&mut self) {
        self.token = true;
    }

    /// No push is under way and none follows at once.
    pub const fn pushes_rest(&mut self) {
        self.facts_on_their_way = false;
        self.token = false;
    }

    /// Takes the link for one piece of a blob and returns its largest length; `None` when it is the facts' turn.
    pub const fn take(&mut self) -> Option<u64> {
        if !self.facts_on_their_way {
            return Some(u64::MAX);
        }
        if !self.token {
            return None;
        }
        self.token = false;
        Some(PIECE_BYTES_MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Clone, Copy, Debug)]
    enum Act {
        Began,
        Ended,
        Rest,
        Take,
    }

    proptest! {
        #[test]
        fn between_two_pushes_goes_at_most_one_small_piece_and_resting_pushes_hold_nothing_up(
            acts in prop::collection::vec(
                prop_oneof![Just(Act::Began), Just(Act::Ended), Just(Act::Rest), Just(Act::Take)],
                0..200,
            ),
        ) {
            let mut link = Link::default();
            let (mut pushing, mut ended, mut pieces) = (false, 0_u32, 0_u32);
            for act in acts {
                match act {
                    Act::Began => {
                        if !pushing {
                            (ended, pieces) = (0, 0);
                        }
                        pushing = true;
                        link.push_began();
                    }
                    Act::Ended if pushing => {
                        ended += 1;
                        link.push_ended();
                    }
                    Act::Ended => {}
                    Act::Rest => {
                        pushing = false;
                        link.pushes_rest();
                    }
                    Act::Take => match link.take() {
                        Some(bytes) if pushing => {
                            pieces += 1;
                            prop_assert!(bytes <= PIECE_BYTES_MAX && pieces <= ended);
                        }
                        Some(bytes) => prop_assert_eq!(bytes, u64::MAX),
                        None => prop_assert!(pushing),
                    },
                }
            }
        }
    }
}
