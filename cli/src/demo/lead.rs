//! The project lead's part: an approval that comes too early, a rejection, the faults, the approvals.

use super::{fail::StoryError, phone::Phone, report::Faults, schedule::MINUTE_MS, teller::Teller, text::Text};
use firebee_client::{
    ports::Clock as _,
    work::{
        TaskView,
        review::{DecideError, DecideTask, HandleFault},
    },
};
use firebee_domain::{
    dispatch::Order,
    fault::{FaultState, Way},
    id::{FaultId, TaskId},
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

/// Handles every open fault of the tasks, in the five ways by turns, and sends who found it; gives how many.
///
/// # Errors
/// The phone refuses.
pub fn handle_faults(
    lead: &Phone,
    tasks: &[TaskId],
    teller: &Teller,
    report: &mut Faults,
) -> Result<usize, StoryError> {
    let mut ways = Way::ALL.iter().copied().cycle();
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
            let plan = if way.asks().plan { teller.say(Text::DemoRepairPlan) } else { String::new() };
            let order = way.sends().map(|_| Order { team_lead: view.task.executor, plan });
            handle(lead, &HandleFault { order, ..chosen(*task, fault.id, way, explanation) }, report)?;
            handled += 1;
        }
    }
    Ok(handled)
}

/// Chooses one way for every open fault of a task.
///
/// # Errors
/// The phone refuses.
pub fn handle_all(lead: &Phone, task: TaskId, way: Way, report: &mut Faults) -> Result<(), StoryError> {
    for fault in look(lead, task)?.faults.iter().filter(|fault| fault.state == FaultState::Unhandled) {
        handle(lead, &chosen(task, fault.id, way, String::new()), report)?;
        report.created += 1;
    }
    Ok(())
}

/// the owner agrees to the repair of what was talked over, and whoever found it is sent; gives the fault.
///
/// # Errors
/// The phone refuses, or nothing is open.
pub fn send(lead: &Phone, task: TaskId, teller: &Teller, report: &mut Faults) -> Result<FaultId, StoryError> {
    let view = look(lead, task)?;
    let open = view.faults.iter().find(|fault| fault.state != FaultState::Resolved);
    let fault = open.ok_or_else(|| StoryError::new("follow a fault", "nothing is open"))?.id;
    let order = Order { team_lead: view.task.executor, plan: teller.say(Text::DemoRepairPlan) };
    let agreed = chosen(task, fault, Way::OwnerAgreed, String::new());
    handle(lead, &HandleFault { order: Some(order), ..agreed }, report)?;
    Ok(fault)
}

/// the owner gives up what a dispatch has not resolved; gives how many.
///
/// # Errors
/// The phone refuses.
pub fn give_up(lead: &Phone, tasks: &[TaskId], teller: &Teller, report: &mut Faults) -> Result<usize, StoryError> {
    let mut handled = 0;
    for task in tasks {
        for fault in look(lead, *task)?.faults.iter().filter(|fault| fault.state == FaultState::Resolving) {
            let explanation = teller.say(Text::DemoWayRefused);
            handle(lead, &chosen(*task, fault.id, Way::OwnerRefused, explanation), report)?;
            handled += 1;
        }
    }
    Ok(handled)
}

fn chosen(task: TaskId, fault: FaultId, way: Way, explanation: String) -> HandleFault {
    HandleFault { task, fault, way, explanation, order: None, attachments: Vec::new(), particulars: None }
}

fn handle(lead: &Phone, wanted: &HandleFault, report: &mut Faults) -> Result<(), StoryError> {
    lead.client.review().handle_fault(wanted).map_err(StoryError::at("handle a fault"))?;
    *report.by_way.entry(wanted.way.into()).or_default() += 1;
    Ok(())
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
