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

    /// Names another team lead. Once the work has begun this would take from somebody what was done, so it is refused
    /// while the team lead can go on. `gone` says that this account can be sent no more
    /// ([`can_be_sent`](super::can_be_sent)): then somebody else begins anew, and the log still says who had begun. What
    /// another had received is to be received anew.
    ///
    /// # Errors
    /// The work has begun or is over, or this team lead is named already.
    pub fn reassign(&mut self, by: &Attribution, team_lead: AccountId, gone: bool) -> Result<(), TaskError> {
        if !self.state.takes_another_team_lead(gone) {
            return Err(TaskError::DispatchStateWrong);
        }
        if self.team_lead == team_lead {
            return Err(TaskError::TeamLeadSame);
        }
        let state = if self.state == DispatchState::ToIssue { DispatchState::ToIssue } else { DispatchState::Issued };
        self.team_lead = team_lead;
        self.take(DispatchStep { team_lead: Some(team_lead), ..DispatchStep::of(by, Step::Reassigned) }, state);
        Ok(())
    }
}

impl DispatchState {
    /// Whether another team lead can still be named; `gone` as for [`Dispatch::reassign`].
    pub const fn takes_another_team_lead(self, gone: bool) -> bool {
        match self {
            Self::ToIssue | Self::Issued | Self::Received => true,
            Self::Executing => gone,
            Self::Resolved | Self::Unresolved | Self::Cancelled => false,
        }
    }
}
