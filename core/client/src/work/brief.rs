//! The tasks of a list. A pulled task has a brief; a task that this phone has touched since is folded.

use super::{TaskView, Trouble, eyes::Eyes};
use crate::cache::{Listed, TaskBrief};
use firebee_domain::{
    fault,
    id::{PlanId, PlanItemId, ProjectId, TaskId},
    task::{Task, TaskState},
};
use std::collections::{BTreeMap, HashMap};

impl Eyes<'_> {
    /// Every task that this phone knows, by id, so the latest started come last. Only tasks with facts of this phone
    /// that no document contains are folded.
    pub(crate) fn briefs(&self) -> Result<Vec<TaskBrief>, Trouble> {
        self.with_touched(self.cache.briefs()?, |_| true)
    }

    /// Those of a plan.
    pub(crate) fn briefs_of_plan(&self, plan: PlanId) -> Result<Vec<TaskBrief>, Trouble> {
        self.with_touched(self.cache.briefs_of_plan(plan)?, |brief| brief.plan == Some(plan))
    }

    /// Those of a project; those that were pulled without their items.
    pub(crate) fn briefs_in_project(&self, project: ProjectId) -> Result<Vec<TaskBrief>, Trouble> {
        self.with_touched(self.cache.briefs_in_project(project)?, |brief| brief.project == project)
    }

    /// Pulled briefs, with those of the touched tasks that belong to them in their place.
    fn with_touched(
        &self,
        pulled: Vec<TaskBrief>,
        belongs: impl Fn(&TaskBrief) -> bool,
    ) -> Result<Vec<TaskBrief>, Trouble> {
        let (touched, mut briefs) = (self.touched_briefs()?, pulled);
        briefs.retain(|brief| !touched.contains_key(&brief.id));
        for brief in &mut briefs {
            brief.faults_unhandled = self.faults_unhandled(brief.id);
        }
        briefs.extend(touched.into_values().flatten().filter(belongs));
        briefs.sort_by_key(|brief| brief.id);
        Ok(briefs)
    }

    /// The touched tasks, folded; `None` for one that this phone does not know.
    pub(crate) fn touched_briefs(&self) -> Result<BTreeMap<TaskId, Option<TaskBrief>>, Trouble> {
        let brief = |id| Ok::<_, Trouble>((id, self.see_task(id, brief_of)?));
        self.touched()?.into_iter().map(brief).collect()
    }

    /// The latest task of the same project before this one that has an answer to an item of the catalogue, and its plan item.
    pub(crate) fn last_answered(&self, task: &Task, item_id: &str) -> Result<Option<(TaskId, PlanItemId)>, Trouble> {
        let touched = self.touched_briefs()?;
        let except: Vec<TaskId> = touched.keys().copied().collect();
        let pulled = self.cache.last_answered((task.project, task.id), item_id, &except)?;
        let own = touched.values().flatten().rev().find_map(|brief| {
            let before = brief.project == task.project && brief.id < task.id && brief.state != TaskState::Discarded;
            let mut answered = brief.items.iter().filter(|held| held.item_id == item_id && held.verdict.is_some());
            answered.next().filter(|_| before).map(|held| (brief.id, held.item))
        });
        Ok(pulled.into_iter().chain(own).max_by_key(|(task, _)| *task))
    }

    /// How many of the faults that a pulled task found nobody has handled.
    pub(crate) fn faults_unhandled(&self, task: TaskId) -> u32 {
        fault::unhandled(self.papers.faults_of(task))
    }

    /// What lists are narrowed and sorted by, of every task that this phone knows, in no order. The second are the briefs of
    /// those that are folded.
    pub(crate) fn listed(&self, searched: bool) -> Result<(Vec<Listed>, BTreeMap<TaskId, TaskBrief>), Trouble> {
        let touched = self.touched_briefs()?;
        let mut listed = self.cache.listed(searched)?;
        listed.retain(|held| !touched.contains_key(&held.id));
        let folded: BTreeMap<TaskId, TaskBrief> =
            touched.into_iter().filter_map(|(id, brief)| Some((id, brief?))).collect();
        listed.extend(folded.values().map(Listed::of));
        Ok((listed, folded))
    }

    /// The briefs of some tasks, by id; those that were pulled without their items.
    pub(crate) fn briefs_of(&self, tasks: &[TaskId]) -> Result<Vec<TaskBrief>, Trouble> {
        self.with_touched(self.cache.briefs_of(tasks)?, |brief| tasks.contains(&brief.id))
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
