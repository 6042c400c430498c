//! What happens to dispatches when something happens to their fault or their task.

use super::{Dispatch, DispatchState, DispatchStep, Step};
use crate::{fact::Attribution, id::FaultId};

fn cancel(dispatch: &mut Dispatch, by: &Attribution) {
    dispatch.take(DispatchStep::of(by, Step::Cancelled), DispatchState::Cancelled);
}

/// The dispatch of this fault that is not issued yet is given up.
pub(crate) fn cancel_waiting(dispatches: &mut [Dispatch], fault: FaultId, by: &Attribution) {
    let waits = |held: &&mut Dispatch| held.fault == fault && held.state == DispatchState::ToIssue;
    dispatches.iter_mut().filter(waits).for_each(|held| cancel(held, by));
}

/// The fault was none: whatever is open for it is given up.
pub(crate) fn close(dispatches: &mut [Dispatch], fault: FaultId, by: &Attribution) {
    let is_open = |held: &&mut Dispatch| held.fault == fault && !held.state.is_closed();
    dispatches.iter_mut().filter(is_open).for_each(|held| cancel(held, by));
}

/// The approval of a task issues what waits in it.
pub(crate) fn issue_waiting(dispatches: &mut [Dispatch], by: &Attribution) {
    for held in dispatches {
        // Any other is issued already, or closed.
        let _ = held.issue(by);
    }
}
