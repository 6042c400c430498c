//! `dispatch.finished`: the work ends, with an outcome and details.

use super::{ChangesDispatch, Dispatch, DispatchState, DispatchStep, Step};
use crate::{
    account::Action,
    evidence::check_attachments,
    fact::{Attribution, Footing, Says, Text},
    id::{ContentId, DispatchId},
    task::TaskError,
    text::{self, TEXT_MAX},
};
use serde::{Deserialize, Serialize};
use strum::{EnumString, VariantArray};

/// What the work came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Outcome {
    /// The fault is gone.
    Resolved,
    /// The fault is still there.
    Unresolved,
}

/// Body of `dispatch.finished`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DispatchFinished {
    /// The dispatch.
    pub dispatch: DispatchId,
    /// What the work came to.
    pub outcome: Outcome,
    /// What was found and done; required.
    pub details: String,
    /// Photos and other files that show it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<ContentId>,
}

impl Says for DispatchFinished {
    const KIND: &'static str = "dispatch.finished";
    const ACTION: Action = Action::ExecuteDispatch;
    const FOOTING: Footing = Footing::Dispatch;

    fn texts(&self) -> Vec<Text<'_>> {
        vec![(&self.details, TEXT_MAX)]
    }

    fn blobs(&self) -> Vec<ContentId> {
        self.attachments.clone()
    }
}

impl ChangesDispatch for DispatchFinished {
    fn dispatch(&self) -> DispatchId {
        self.dispatch
    }

    fn apply(self, by: &Attribution, dispatch: &mut Dispatch) -> Result<(), TaskError> {
        dispatch.require(DispatchState::Executing)?;
        if text::is_blank(&self.details) {
            return Err(TaskError::DetailsRequired);
        }
        check_attachments(&self.attachments)?;
        let (step, state) = match self.outcome {
            Outcome::Resolved => (Step::Resolved, DispatchState::Resolved),
            Outcome::Unresolved => (Step::Unresolved, DispatchState::Unresolved),
        };
        let Self { details, attachments, .. } = self;
        dispatch.take(DispatchStep { details, attachments, ..DispatchStep::of(by, step) }, state);
        Ok(())
    }
}
