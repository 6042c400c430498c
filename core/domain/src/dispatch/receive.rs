//! `dispatch.received`: the team lead takes a dispatch on.

use super::{ChangesDispatch, Dispatch, DispatchState, DispatchStep, Step};
use crate::{
    account::Action,
    fact::{Attribution, Footing, Says},
    id::DispatchId,
    task::TaskError,
};
use serde::{Deserialize, Serialize};

/// Body of `dispatch.received`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DispatchReceived {
    /// The dispatch.
    pub dispatch: DispatchId,
}

impl Says for DispatchReceived {
    const KIND: &'static str = "dispatch.received";
    const ACTION: Action = Action::ExecuteDispatch;
    const FOOTING: Footing = Footing::Dispatch;
}

impl ChangesDispatch for DispatchReceived {
    fn dispatch(&self) -> DispatchId {
        self.dispatch
    }

    fn apply(self, by: &Attribution, dispatch: &mut Dispatch) -> Result<(), TaskError> {
        dispatch.require(DispatchState::Issued)?;
        dispatch.take(DispatchStep::of(by, Step::Received), DispatchState::Received);
        Ok(())
    }
}
