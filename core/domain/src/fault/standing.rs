//! What an owner is told of a building first: whether it is safe, as far as anybody knows.

use super::Fault;
use crate::time::Timestamp;

/// How a building stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing of it was tested and approved yet, so nobody can say.
    Unknown,
    /// No fault is open.
    Sound,
    /// Faults are open.
    Faulty {
        /// How many.
        open: u32,
        /// Of how many the record says that a system is stopped.
        stopped: u32,
    },
}

/// How a building stands whose last approved work was handed in at `maintained`, with its faults. A fault of which no more
/// is done because it is out of scope or withdrawn is none of these.
pub fn standing<'f>(maintained: Option<Timestamp>, faults: impl IntoIterator<Item = &'f Fault>) -> Standing {
    let (mut open, mut stopped) = (0_u32, 0_u32);
    for fault in faults.into_iter().filter(|fault| !fault.state.is_closed()) {
        open = open.saturating_add(1);
        stopped = stopped.saturating_add(u32::from(fault.particulars.system_stopped == Some(true)));
    }
    match (open, maintained) {
        (0, None) => Standing::Unknown,
        (0, Some(_)) => Standing::Sound,
        (open, _) => Standing::Faulty { open, stopped },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        fault::{FaultState, Particulars},
        id::{FaultId, PlanItemId, ProjectId, TaskId},
        result::{FaultText, ResultKey},
    };
    use uuid::Uuid;

    fn fault(state: FaultState, system_stopped: Option<bool>) -> Fault {
        Fault {
            id: FaultId(Uuid::nil()),
            task: TaskId(Uuid::nil()),
            project: ProjectId(Uuid::nil()),
            key: ResultKey { item: PlanItemId(Uuid::nil()), ordinal: 1 },
            item_name: String::new(),
            description: FaultText { part: None, defect: None, text: "接头渗漏".into() },
            state,
            handlings: Vec::new(),
            particulars: Particulars { system_stopped, ..Particulars::default() },
            records: Vec::new(),
        }
    }

    /// open is whatever can still be handled; a closed fault makes no building unsafe.
    #[test]
    fn r_275_a_building_is_safe_when_it_was_tested_and_nothing_is_open() {
        let day = Some(Timestamp(1));
        assert_eq!(standing(None, []), Standing::Unknown);
        assert_eq!(standing(day, []), Standing::Sound);
        let closed = [FaultState::Resolved, FaultState::OutOfScope, FaultState::Withdrawn];
        let closed = closed.map(|state| fault(state, Some(true)));
        assert_eq!(standing(day, &closed), Standing::Sound);
        assert_eq!(standing(None, &closed), Standing::Unknown);
        let open = [FaultState::Unhandled, FaultState::Negotiating, FaultState::OwnerRefused, FaultState::Resolving];
        let open: Vec<Fault> = open.into_iter().map(|state| fault(state, Some(false))).collect();
        assert_eq!(standing(day, &open), Standing::Faulty { open: 4, stopped: 0 });
        let stopped = [fault(FaultState::Resolving, Some(true)), fault(FaultState::Negotiating, None)];
        assert_eq!(standing(None, &stopped), Standing::Faulty { open: 2, stopped: 1 });
    }
}
