//! `fault.handled`: a way is chosen for a fault, while its task waits for the review or after the approval.

use super::{ChangesFault, Fault, FaultHandled, Handling, follows};
use crate::{
    account::Action,
    dispatch::{Dispatch, DispatchKind, Order, cancel_waiting, made},
    evidence::check_attachments,
    fact::{Attribution, Footing, Says, Text},
    id::{AccountId, ContentId, FaultId},
    task::{Stamp, Task, TaskError},
    text::{self, TEXT_MAX},
};

impl Says for FaultHandled {
    const KIND: &'static str = "fault.handled";
    const ACTION: Action = Action::HandleFault;
    const FOOTING: Footing = Footing::Document;

    fn texts(&self) -> Vec<Text<'_>> {
        let plan = self.order.iter().map(|order| (order.plan.as_str(), TEXT_MAX));
        std::iter::once((self.explanation.as_str(), TEXT_MAX)).chain(plan).chain(self.particulars.texts()).collect()
    }

    fn blobs(&self) -> Vec<ContentId> {
        self.attachments.clone()
    }

    fn sends(&self) -> Option<AccountId> {
        self.order.as_ref().map(|order| order.team_lead)
    }

    fn answers(&self, task: &Task) -> Option<Stamp> {
        task.last_submission().map(|submission| submission.at)
    }
}

impl FaultHandled {
    /// What the way asks for is there.
    fn check(&self) -> Result<(), TaskError> {
        let asks = self.way.asks();
        if asks.explanation && text::is_blank(&self.explanation) {
            return Err(TaskError::ExplanationRequired);
        }
        match &self.order {
            None if asks.team_lead => return Err(TaskError::TeamLeadRequired),
            Some(order) if asks.plan && text::is_blank(&order.plan) => return Err(TaskError::RepairPlanRequired),
            _ => {}
        }
        check_attachments(&self.attachments)
    }
}

/// A later way replaces an earlier one, and both stay in the log. A way that sends somebody makes a dispatch, which waits
/// to be issued. A dispatch that still waits is given up for a later way.
impl ChangesFault for FaultHandled {
    fn fault(&self) -> FaultId {
        self.fault
    }

    fn is_known(&self, by: &Attribution, fault: &Fault) -> bool {
        fault.handlings.iter().any(|held| held.event == by.event)
    }

    fn apply(
        self,
        by: &Attribution,
        fault: &mut Fault,
        dispatches: &mut Vec<Dispatch>,
        task: &Task,
    ) -> Result<(), TaskError> {
        follows(self.way, task, fault, dispatches)?;
        if self.round != task.round {
            return Err(TaskError::OtherRound);
        }
        self.check()?;
        let order = self.order.filter(|_| self.way.sends().is_some());
        send(by, self.way.sends().zip(order.as_ref()), fault, dispatches, task)?;
        fault.state = self.way.leads_to();
        let Self { way, explanation, attachments, particulars, .. } = self;
        if !particulars.is_empty() {
            fault.record(by, particulars);
        }
        let handling = Handling { event: by.event, by: by.account, at: by.at, way, explanation, order, attachments };
        fault.handlings.push(handling);
        Ok(())
    }
}

/// Makes the dispatch that a way asks for. Who is under way already goes on, if this way sends the same account.
fn send(
    by: &Attribution,
    sent: Option<(DispatchKind, &Order)>,
    fault: &Fault,
    dispatches: &mut Vec<Dispatch>,
    task: &Task,
) -> Result<(), TaskError> {
    let Some((kind, order)) = sent else {
        cancel_waiting(dispatches, fault.id, by);
        return Ok(());
    };
    if let Some(open) = dispatches.iter_mut().find(|held| held.fault == fault.id && held.state.is_under_way()) {
        if open.team_lead != order.team_lead {
            return Err(TaskError::DispatchOpen);
        }
        // Who is under way goes on, by the plan as it is now.
        open.plan.clone_from(&order.plan);
        return Ok(());
    }
    cancel_waiting(dispatches, fault.id, by);
    let new = made(by, kind, order, fault, task);
    let at = dispatches.partition_point(|held| held.id < new.id);
    dispatches.insert(at, new);
    Ok(())
}
