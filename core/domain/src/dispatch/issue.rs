//! A manager or the project's lead issues a dispatch, or names another team lead. Only the office does this.

use super::{Dispatch, DispatchState, DispatchStep, Step};
use crate::{fact::Attribution, id::AccountId, task::TaskError};

impl Dispatch {
    /// Issues it: from now on its team lead knows of it.
    ///
    /// # Errors
    /// It is issued already, or given up.
    pub fn issue(&mut self, by: &Attribution) -> Result<(), TaskError> {
        self.require(DispatchState::ToIssue)?;
        self.take(DispatchStep::of(by, Step::Issued), DispatchState::Issued);
        Ok(())
    }

    /// Names another team lead. Once the work has begun this would take from somebody what was done, so it is refused.
    /// What another had received is to be received anew.
    ///
    /// # Errors
    /// The work has begun or is over, or this team lead is named already.
    pub fn reassign(&mut self, by: &Attribution, team_lead: AccountId) -> Result<(), TaskError> {
        let state = match self.state {
            DispatchState::ToIssue => DispatchState::ToIssue,
            DispatchState::Issued | DispatchState::Received => DispatchState::Issued,
            DispatchState::Executing
            | DispatchState::Resolved
            | DispatchState::Unresolved
            | DispatchState::Cancelled => return Err(TaskError::DispatchStateWrong),
        };
        if self.team_lead == team_lead {
            return Err(TaskError::TeamLeadSame);
        }
        self.team_lead = team_lead;
        self.take(DispatchStep { team_lead: Some(team_lead), ..DispatchStep::of(by, Step::Reassigned) }, state);
        Ok(())
    }

    /// Whether another team lead can still be named.
    pub const fn takes_another_team_lead(&self) -> bool {
        matches!(self.state, DispatchState::ToIssue | DispatchState::Issued | DispatchState::Received)
    }
}
