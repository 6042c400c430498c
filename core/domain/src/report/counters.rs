//! The counts of faults in the firm's opinion.

use crate::fault::{Fault, FaultState, Way};

/// How many faults there are of each standing. Every fault counts in one of them; a withdrawn one is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Nobody has chosen a way: possible only where faults do not block the approval.
    pub unhandled: u32,
    /// Somebody looks for the cause.
    pub troubleshooting: u32,
    /// Somebody repairs.
    pub repairing: u32,
    /// The owner refuses the repair.
    pub refused: u32,
    /// The owner is being talked to.
    pub negotiating: u32,
    /// Out of contract scope.
    pub out_of_scope: u32,
    /// Resolved.
    pub resolved: u32,
}

impl Counters {
    /// Counts faults by where they stand. What is being resolved is told by its latest way.
    pub fn of<'a>(faults: impl IntoIterator<Item = &'a Fault>) -> Self {
        let mut counted = Self::default();
        for fault in faults {
            let way = fault.handlings.last().map(|handling| handling.way);
            let count = match (fault.state, way) {
                (FaultState::Withdrawn, _) => continue,
                (FaultState::Unhandled, _) => &mut counted.unhandled,
                (FaultState::Resolving, Some(Way::Troubleshoot)) => &mut counted.troubleshooting,
                (FaultState::Resolving, _) => &mut counted.repairing,
                (FaultState::OwnerRefused, _) => &mut counted.refused,
                (FaultState::Negotiating, _) => &mut counted.negotiating,
                (FaultState::OutOfScope, _) => &mut counted.out_of_scope,
                (FaultState::Resolved, _) => &mut counted.resolved,
            };
            *count += 1;
        }
        counted
    }
}
