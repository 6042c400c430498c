//! What happens to dispatches when something happens to their fault or their task.

use super::{Described, Dispatch, DispatchState, DispatchStep, Step};
use crate::{fact::Attribution, fault::Fault, id::FaultId, task::Task};
use std::mem;

fn cancel(dispatch: &mut Dispatch, by: &Attribution) {
    dispatch.take(DispatchStep::of(by, Step::Cancelled), DispatchState::Cancelled);
}

/// The dispatch of this fault that is not issued yet is given up.
pub(crate) fn cancel_waiting(dispatches: &mut [Dispatch], fault: FaultId, by: &Attribution) {
    let waits = |held: &&mut Dispatch| held.fault == fault && held.state == DispatchState::ToIssue;
    dispatches.iter_mut().filter(waits).for_each(|held| cancel(held, by));
}

fn open(dispatches: &mut [Dispatch], fault: FaultId) -> impl Iterator<Item = &mut Dispatch> {
    dispatches.iter_mut().filter(move |held| held.fault == fault && !held.state.is_closed())
}

/// The fault was none: whatever is open for it is given up.
pub(crate) fn close(dispatches: &mut [Dispatch], fault: FaultId, by: &Attribution) {
    open(dispatches, fault).for_each(|held| cancel(held, by));
}

/// The fault was found again. What is open for it tells from now on what is so now, and its log what it told before. What
/// is closed stays as it was when somebody worked by it.
pub(crate) fn found_again(dispatches: &mut [Dispatch], fault: &Fault, task: &Task, by: &Attribution) {
    for held in open(dispatches, fault.id) {
        held.item_name.clone_from(&fault.item_name);
        let now = Described::of(fault, task);
        let was = Described {
            position: mem::replace(&mut held.position, now.position.clone()),
            description: mem::replace(&mut held.description, now.description.clone()),
        };
        if was != now {
            let state = held.state;
            held.take(DispatchStep { was: Some(was), ..DispatchStep::of(by, Step::Changed) }, state);
        }
    }
}

/// The approval of a task issues what waits in it.
pub(crate) fn issue_waiting(dispatches: &mut [Dispatch], by: &Attribution) {
    for held in dispatches {
        // Any other is issued already, or closed.
        let _ = held.issue(by);
    }
}
