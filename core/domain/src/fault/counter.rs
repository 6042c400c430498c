//! The counters of the faults of a report. Page, lists and files count with these.

use super::FaultState;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// Where the faults of a report are counted. Every fault counts in one of them; a withdrawn one is none and counts nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Counter {
    /// To handle: the owner is being talked to, or nobody has chosen a way. The latter is possible only where faults
    /// do not block the approval.
    ToHandle,
    /// Somebody was sent for it.
    Resolving,
    /// A dispatch has resolved it.
    Resolved,
    /// The owner refuses the repair.
    Refused,
    /// It is out of contract scope.
    OutOfScope,
}

impl Counter {
    /// All of them, in the order in which they are shown.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// Where a fault counts that stands so.
    pub const fn of(state: FaultState) -> Option<Self> {
        match state {
            FaultState::Unhandled | FaultState::Negotiating => Some(Self::ToHandle),
            FaultState::Resolving => Some(Self::Resolving),
            FaultState::Resolved => Some(Self::Resolved),
            FaultState::OwnerRefused => Some(Self::Refused),
            FaultState::OutOfScope => Some(Self::OutOfScope),
            FaultState::Withdrawn => None,
        }
    }

    /// The states that count there: one or two.
    pub fn states(self) -> impl Iterator<Item = FaultState> {
        FaultState::VARIANTS.iter().copied().filter(move |state| Self::of(*state) == Some(self))
    }
}

/// How many faults of a report stand where, and how many of its items could not be tested, which are counted apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// The items that could not be tested.
    pub untestable: u64,
    to_handle: u64,
    resolving: u64,
    resolved: u64,
    refused: u64,
    out_of_scope: u64,
}

impl Tally {
    /// Of a report with so many items that could not be tested, before its faults are counted.
    pub const fn new(untestable: u64) -> Self {
        Self { untestable, to_handle: 0, resolving: 0, resolved: 0, refused: 0, out_of_scope: 0 }
    }

    /// Counts so many faults that stand so.
    pub const fn count(&mut self, state: FaultState, faults: u64) {
        let held = match Counter::of(state) {
            Some(Counter::ToHandle) => &mut self.to_handle,
            Some(Counter::Resolving) => &mut self.resolving,
            Some(Counter::Resolved) => &mut self.resolved,
            Some(Counter::Refused) => &mut self.refused,
            Some(Counter::OutOfScope) => &mut self.out_of_scope,
            None => return,
        };
        *held = held.saturating_add(faults);
    }

    /// The number of a counter.
    pub const fn of(&self, counter: Counter) -> u64 {
        match counter {
            Counter::ToHandle => self.to_handle,
            Counter::Resolving => self.resolving,
            Counter::Resolved => self.resolved,
            Counter::Refused => self.refused,
            Counter::OutOfScope => self.out_of_scope,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// whatever stands where, the five add up to the faults that are one, and what could not be tested is no fault.
    #[test]
    fn r_256_the_counters_exclude_each_other_and_add_up_to_the_faults() {
        let mut tally = Tally::new(40);
        let mut faults = 0;
        for (state, count) in FaultState::VARIANTS.iter().zip(1_u64..) {
            tally.count(*state, count);
            faults += if *state == FaultState::Withdrawn { 0 } else { count };
        }
        assert_eq!(Counter::ALL.iter().map(|counter| tally.of(*counter)).sum::<u64>(), faults);
        assert_eq!(tally.untestable, 40);
        let counted = |state: FaultState| Counter::ALL.iter().filter(|held| held.states().any(|s| s == state)).count();
        for state in FaultState::VARIANTS {
            assert_eq!(counted(*state), usize::from(*state != FaultState::Withdrawn), "{state:?}");
        }
    }

    #[test]
    fn r_257_what_is_negotiated_is_to_handle_and_a_list_binds_two_states_at_most() {
        let to_handle: Vec<_> = Counter::ToHandle.states().collect();
        assert_eq!(to_handle, [FaultState::Unhandled, FaultState::Negotiating]);
        assert!(Counter::ALL.iter().all(|counter| (1..=2).contains(&counter.states().count())));
    }
}
