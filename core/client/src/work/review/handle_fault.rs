//! A lead chooses a way for a fault, at the review or after the approval of its task (R-175…R-184).

use crate::{
    evidence::AttachError,
    work::{Review, Trouble, task::task_errors},
};
use firebee_domain::{
    account::Action,
    code::Code,
    dispatch::Order,
    fault::{FaultHandled, Particulars, Way},
    id::{FaultId, TaskId},
    task::TaskError,
    text::{self, TEXT_MAX, TextError},
};

/// Which fault, and which way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandleFault {
    /// The task.
    pub task: TaskId,
    /// The fault.
    pub fault: FaultId,
    /// The way.
    pub way: Way,
    /// Required when the owner refuses the repair and when it is out of the contract's scope.
    pub explanation: String,
    /// Whom the way sends, with the plan; required where it sends somebody.
    pub order: Option<Order>,
    /// Files that belong to the way: pictures or PDFs. They are only read.
    pub attachments: Vec<String>,
    /// What is known of the fault by now. What is left out stays as it was said before.
    pub particulars: Option<Particulars>,
}

/// Why a fault is not handled.
#[derive(Debug, thiserror::Error)]
pub enum HandleFaultError {
    /// The explanation is too long or holds what may not travel.
    #[error(transparent)]
    Text(#[from] TextError),
    /// A file is refused; nothing of it is left.
    #[error(transparent)]
    Attachment(#[from] AttachError),
    /// The state machine refuses it.
    #[error(transparent)]
    Task(TaskError),
    /// What can come in the way of any use case.
    #[error(transparent)]
    Trouble(Trouble),
}

task_errors!(HandleFaultError);

impl HandleFaultError {
    /// The stable code of this error.
    pub fn code(&self) -> Code {
        match self {
            Self::Text(error) => error.code(),
            Self::Attachment(error) => error.code(),
            Self::Task(error) => error.code(),
            Self::Trouble(error) => error.code(),
        }
    }
}

const OPERATION: &str = "handle_fault";

impl Review {
    /// Handles a fault of a task that waits for review or is approved. Durable when this returns. Only the review itself
    /// needs a certificate, so this call checks none.
    ///
    /// # Errors
    /// See [`HandleFaultError`]; nothing was recorded.
    pub fn handle_fault(&self, input: &HandleFault) -> Result<(), HandleFaultError> {
        let _taking = self.0.taking();
        // The shell may have deleted the files since the first call of this request.
        if let Some(()) = self.0.before(OPERATION)? {
            return Ok(());
        }
        let explanation = text::clean(&input.explanation, TEXT_MAX)?;
        let order = input.order.as_ref().filter(|_| input.way.sends().is_some()).map(Order::cleaned).transpose()?;
        let particulars = input.particulars.clone().unwrap_or_default().checked()?;
        let attached = self.0.attach(&input.attachments)?;
        self.0.act_on(OPERATION, input.task, Action::HandleFault, |acting, view| {
            // The server knows every account; this phone those that it offered.
            if let Some(order) = &order
                && !acting.people().iter().any(|one| one.account == order.team_lead)
            {
                return Err(TaskError::TeamLeadUnfit.into());
            }
            let handled = FaultHandled {
                fault: input.fault,
                round: view.task.round,
                way: input.way,
                explanation: explanation.clone(),
                order: order.clone(),
                attachments: attached.ids(),
                particulars: particulars.clone(),
            };
            acting.say_as_lead::<HandleFaultError>(view, handled, attached.0.clone()).map(drop)
        })
    }
}
