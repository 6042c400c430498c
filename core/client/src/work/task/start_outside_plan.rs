//! Starts a task outside the plan: a supplementary test, or a facility that the catalogue lacks. It needs no
//! network: the pack is the one by which its executor works in the project.

use super::{
    StartTaskError,
    start::{begin, check_runs},
};
use crate::{
    changes::Change,
    ids,
    journal::JournalError,
    ports::EntropyError,
    work::{Tasks, Trouble, acting::Acting},
};
use firebee_domain::{
    account::Action,
    catalogue::MISMATCH,
    id::{FactId, PlanItemId, ProjectId, TaskId},
    task::{StartedItem, TaskKind, TaskStarted},
};
use firebee_protocol::text::{Language, word};

/// Which items of the catalogue are tested in which project, on the owner's request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartSupplementary {
    /// A project in which this account works.
    pub project: ProjectId,
    /// The items, at least one, by their ids in the catalogue.
    pub items: Vec<String>,
    /// Whether the app has the location permission "always".
    pub location_allowed: bool,
}

/// In which project a facility stands that the catalogue lacks. Each such facility is an instance of the task's one
/// item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartMismatch {
    /// A project in which this account works.
    pub project: ProjectId,
    /// Whether the app has the location permission "always".
    pub location_allowed: bool,
}

impl Tasks {
    /// Starts a supplementary test. Durable when it returns.
    ///
    /// # Errors
    /// See [`StartTaskError`]; nothing was recorded.
    pub fn start_supplementary(&self, input: &StartSupplementary) -> Result<TaskId, StartTaskError> {
        let items: Vec<&str> = input.items.iter().map(String::as_str).collect();
        self.start_outside_plan(TaskKind::Supplementary, input.project, &items, input.location_allowed)
    }

    /// Starts a task for facilities that the catalogue lacks. Durable when it returns.
    ///
    /// # Errors
    /// See [`StartTaskError`]; nothing was recorded.
    pub fn start_mismatch(&self, input: &StartMismatch) -> Result<TaskId, StartTaskError> {
        self.start_outside_plan(TaskKind::Mismatch, input.project, &[MISMATCH], input.location_allowed)
    }

    fn start_outside_plan(
        &self,
        kind: TaskKind,
        project: ProjectId,
        items: &[&str],
        location_allowed: bool,
    ) -> Result<TaskId, StartTaskError> {
        if !location_allowed {
            return Err(StartTaskError::LocationRequired);
        }
        let task = self.0.act("start_outside_plan", |acting| {
            acting.permit(Action::StartTask, project, true)?;
            let issued = acting.membership(project, acting.me).filter(|held| held.counts.total > 0);
            let issued = &issued.ok_or(StartTaskError::ItemNotIssued)?.head;
            check_runs(acting, project)?;
            let pack = acting.core.packs.get(issued.body.catalogue).ok_or(Trouble::CatalogueMissing)?;
            let id = acting.fact_id()?;
            let started = TaskStarted {
                kind,
                plan: None,
                plan_name: word::task(Language::Zh, kind),
                items: chosen(acting, id, items)?,
                catalogue: Some(pack.id),
                demands: issued.body.assignment.demands.clone(),
                // what was ordered first is done first.
                event: match kind {
                    TaskKind::Supplementary => acting.orders(project)?.first().map(|order| order.event),
                    TaskKind::Planned | TaskKind::Mismatch | TaskKind::Request => None,
                },
            };
            started.check_outside_plan(&pack.catalogue, &acting.practice(project))?;
            begin(acting, issued, id, started)
        })?;
        self.0.changes.tell(Change::Task(task));
        Ok(task)
    }
}

/// The items with ids of their own, in the order of choosing.
fn chosen(acting: &Acting<'_>, task: FactId, item_ids: &[&str]) -> Result<Vec<StartedItem>, Trouble> {
    let unavailable = |error: EntropyError| JournalError::Unavailable { reason: error.to_string() };
    let mut last = task.0;
    let mut chosen = Vec::with_capacity(item_ids.len());
    for item_id in item_ids {
        let next = ids::next_v7(Some(last), acting.clocks.wall_ms, &*acting.core.ports.entropy);
        last = next.map_err(unavailable)?;
        chosen.push(StartedItem { item: PlanItemId(last), item_id: (*item_id).to_owned() });
    }
    Ok(chosen)
}
