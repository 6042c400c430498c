//! `dispatch.started`: the work begins.

use super::{ChangesDispatch, Dispatch, DispatchState, DispatchStep, Step};
use crate::{
    account::Action,
    fact::{Attribution, Footing, Says},
    id::DispatchId,
    task::TaskError,
};
use serde::{Deserialize, Serialize};

/// Body of `dispatch.started`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DispatchStarted {
    /// The dispatch.
    pub dispatch: DispatchId,
}

impl Says for DispatchStarted {
    const KIND: &'static str = "dispatch.started";
    const ACTION: Action = Action::ExecuteDispatch;
    const FOOTING: Footing = Footing::Dispatch;
}

impl ChangesDispatch for DispatchStarted {
    fn dispatch(&self) -> DispatchId {
        self.dispatch
    }

    fn apply(self, by: &Attribution, dispatch: &mut Dispatch) -> Result<(), TaskError> {
        dispatch.require(DispatchState::Received)?;
        dispatch.take(DispatchStep::of(by, Step::Started), DispatchState::Executing);
        Ok(())
    }
}
