//! The project lead's part: an approval that comes too early, a rejection, the faults, the approvals.

use super::{fail::StoryError, phone::Phone, schedule::MINUTE_MS, teller::Teller, text::Text};
use firebee_client::{
    ports::Clock as _,
    work::{
        TaskView,
        review::{DecideError, DecideTask, HandleFault},
    },
};
use firebee_domain::{
    fault::{FaultState, Way},
    id::TaskId,
    review::Decision,
    task::TaskError,
};

/// The tasks that wait for the lead, the oldest submission first.
///
/// # Errors
/// The stores cannot be read.
pub fn waiting(lead: &Phone) -> Result<Vec<TaskId>, StoryError> {
    let queue = lead.client.review().queue().map_err(StoryError::at("read the review queue"))?;
    Ok(queue.into_iter().map(|task| task.id).collect())
}

/// A task as the lead sees it.
///
/// # Errors
/// It is not there.
pub fn look(lead: &Phone, task: TaskId) -> Result<TaskView, StoryError> {
    lead.client.review().get(task).map_err(StoryError::at("look at a task"))
}

fn decision(view: &TaskView, decision: Decision, opinion: String) -> Result<DecideTask, StoryError> {
    let submission = view.task.last_submission().ok_or_else(|| StoryError::new("decide", "nothing was submitted"))?;
    let (round, manifest_hash) = (view.task.round, submission.manifest_hash);
    Ok(DecideTask { task: view.task.id, round, manifest_hash, decision, opinion, attachments: Vec::new() })
}

/// approves while faults are open, and must be refused; gives how many are open.
///
/// # Errors
/// It was not refused, or for another reason.
pub fn approve_too_early(lead: &Phone, task: TaskId, teller: &Teller) -> Result<u32, StoryError> {
    let view = look(lead, task)?;
    let approve = decision(&view, Decision::Approved, teller.say(Text::DemoOpinionApprove))?;
    match lead.client.review().decide(&approve) {
        Err(DecideError::Task(TaskError::FaultsNotHandled { count })) => Ok(count),
        Err(error) => Err(StoryError::at("be refused because of open faults")(error)),
        Ok(()) => Err(StoryError::new("be refused because of open faults", "the approval was taken")),
    }
}

/// rejects, which needs no fault handled.
///
/// # Errors
/// The phone refuses.
pub fn reject(lead: &Phone, task: TaskId, opinion: String) -> Result<(), StoryError> {
    let reject = decision(&look(lead, task)?, Decision::Rejected, opinion)?;
    lead.client.review().decide(&reject).map_err(StoryError::at("reject a task"))
}

/// Handles every open fault of the tasks, in the three ways by turns; gives how many.
///
/// # Errors
/// The phone refuses.
pub fn handle_faults(lead: &Phone, tasks: &[TaskId], teller: &Teller) -> Result<usize, StoryError> {
    let mut ways = Way::WITHOUT_DISPATCH.into_iter().cycle();
    let mut handled = 0;
    for task in tasks {
        let view = look(lead, *task)?;
        for fault in view.faults.iter().filter(|fault| fault.state == FaultState::Unhandled) {
            let way = ways.next().unwrap_or(Way::Negotiating);
            let explanation = match way {
                Way::OwnerRefused => teller.say(Text::DemoWayRefused),
                Way::OutOfScope => teller.say(Text::DemoWayScope),
                _ => String::new(),
            };
            let (attachments, particulars) = (Vec::new(), None);
            let handle = HandleFault { task: *task, fault: fault.id, way, explanation, order: None, attachments, particulars };
            lead.client.review().handle_fault(&handle).map_err(StoryError::at("handle a fault"))?;
            handled += 1;
        }
    }
    Ok(handled)
}

/// Approves the tasks.
///
/// # Errors
/// The phone refuses.
pub fn approve(lead: &Phone, tasks: &[TaskId], teller: &Teller) -> Result<(), StoryError> {
    for task in tasks {
        lead.clock.pass_until(lead.clock.now().wall_ms.plus_ms(MINUTE_MS));
        let approve = decision(&look(lead, *task)?, Decision::Approved, teller.say(Text::DemoOpinionApprove))?;
        lead.client.review().decide(&approve).map_err(StoryError::at("approve a task"))?;
    }
    Ok(())
}
