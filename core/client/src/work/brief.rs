//! The tasks of a list. A pulled task has a brief; a task that this phone has touched since is folded.

use super::{TaskView, Trouble, eyes::Eyes};
use crate::cache::{Listed, TaskBrief};
use firebee_domain::{
    fault,
    id::{PlanItemId, TaskId},
};
use std::collections::{BTreeMap, HashMap};

impl Eyes<'_> {
    /// Every task that this phone knows, by id, so the latest started come last. Only tasks with facts of this phone
    /// that no document contains are folded.
    pub(crate) fn briefs(&self) -> Result<Vec<TaskBrief>, Trouble> {
        let touched = self.touched()?;
        let mut briefs = self.cache.briefs()?;
        briefs.retain(|brief| touched.binary_search(&brief.id).is_err());
        for brief in &mut briefs {
            brief.faults_unhandled = fault::unhandled(self.papers.faults_of(brief.id));
        }
        for id in touched {
            briefs.extend(self.task(id)?.as_ref().map(brief_of));
        }
        briefs.sort_by_key(|brief| brief.id);
        Ok(briefs)
    }

    /// What lists are narrowed and sorted by, of every task that this phone knows, in no order. The second are the briefs of
    /// those that are folded.
    pub(crate) fn listed(&self, searched: bool) -> Result<(Vec<Listed>, BTreeMap<TaskId, TaskBrief>), Trouble> {
        let touched = self.touched()?;
        let mut listed = self.cache.listed(searched)?;
        listed.retain(|held| touched.binary_search(&held.id).is_err());
        let mut folded = BTreeMap::new();
        for id in touched {
            if let Some(brief) = self.task(id)?.as_ref().map(brief_of) {
                listed.push(Listed::of(&brief));
                folded.insert(id, brief);
            }
        }
        Ok((listed, folded))
    }

    /// The briefs of some tasks, in no order; those that were pulled without their items.
    pub(crate) fn briefs_of(&self, tasks: &[TaskId]) -> Result<Vec<TaskBrief>, Trouble> {
        let mut briefs = self.cache.briefs_of(tasks)?;
        for id in self.touched()?.into_iter().filter(|id| tasks.contains(id)) {
            briefs.retain(|brief| brief.id != id);
            briefs.extend(self.task(id)?.as_ref().map(brief_of));
        }
        Ok(briefs)
    }

    /// The tasks with facts of this phone that no document contains, by id.
    pub(crate) fn touched(&self) -> Result<Vec<TaskId>, Trouble> {
        let applied = self.cache.applied(self.core.journal.identity().store_id)?;
        Ok(self.journal.tasks_touched(applied)?)
    }
}

fn brief_of(view: &TaskView) -> TaskBrief {
    let evidence = &view.evidence;
    let brief = TaskBrief::of(&view.task, &view.executor_name, view.due, (evidence.verified, evidence.total));
    TaskBrief { start_parked: view.is_start_parked(), faults_unhandled: fault::unhandled(&view.faults), ..brief }
}

/// the live task that holds each plan item.
pub(crate) fn holders(briefs: &[TaskBrief]) -> HashMap<PlanItemId, &TaskBrief> {
    let mut holders = HashMap::new();
    for brief in briefs.iter().filter(|brief| brief.is_holding()) {
        for item in &brief.items {
            holders.entry(item.item).or_insert(brief);
        }
    }
    holders
}
