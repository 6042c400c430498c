//! The handling of a fault makes a dispatch.

use super::{Described, Dispatch, DispatchKind, DispatchState, DispatchStep, Order, Step, dispatch_id};
use crate::{fact::Attribution, fault::Fault, task::Task};

/// The dispatch that the handling of a fault makes. System, facility and position come from the fault.
pub(crate) fn made(by: &Attribution, kind: DispatchKind, order: &Order, fault: &Fault, task: &Task) -> Dispatch {
    let Described { position, description } = Described::of(fault, task);
    let line = DispatchStep { team_lead: Some(order.team_lead), ..DispatchStep::of(by, Step::Made) };
    Dispatch {
        id: dispatch_id(fault.id, by.event),
        task: task.id,
        project: task.project,
        fault: fault.id,
        kind,
        team_lead: order.team_lead,
        plan: order.plan.clone(),
        item_id: task.item(fault.key.item).map(|item| item.item_id.clone()).unwrap_or_default(),
        item_name: fault.item_name.clone(),
        position,
        description,
        state: DispatchState::ToIssue,
        log: vec![line],
    }
}
