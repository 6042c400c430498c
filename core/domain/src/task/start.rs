//! `task.started`: a task begins.

use super::{Task, TaskError, TaskFact, TaskItem, TaskKind, TaskStarted, TaskState};

/// The task that a `task.started` makes.
pub(super) fn start(fact: &TaskFact, started: &TaskStarted) -> Result<Task, TaskError> {
    if started.kind != TaskKind::Planned {
        return Err(TaskError::KindNotOffered);
    }
    let mut items: Vec<TaskItem> =
        started.items.iter().map(|chosen| TaskItem { item: chosen.item, item_id: chosen.item_id.clone() }).collect();
    items.sort_by_key(|held| held.item);
    let twice = items.windows(2).any(|pair| matches!(pair, [a, b] if a.item == b.item));
    if items.is_empty() || twice || started.plan.is_none() {
        return Err(TaskError::ItemsInvalid);
    }
    Ok(Task {
        id: fact.task,
        project: fact.project,
        plan: started.plan,
        kind: started.kind,
        executor: fact.account,
        name: pending_name(&started.plan_name, fact),
        started: fact.at,
        state: TaskState::Executing,
        round: 0,
        items,
        description: None,
        results: Vec::new(),
        photos: Vec::new(),
        segments: Vec::new(),
        submissions: Vec::new(),
        reviews: Vec::new(),
        faults: Vec::new(),
    })
}

/// Plan name and day; the running number of the project-day is given by the server.
fn pending_name(plan_name: &str, fact: &TaskFact) -> String {
    let instant = fact.at.bound.map_or(fact.at.wall_ms, |bound| bound.latest);
    format!("{plan_name} {}_…", instant.china_day().format("%m%d"))
}
