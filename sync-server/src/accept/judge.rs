//! Judges one fact against the board: permission, scope, then the task's own state machine.

use super::{
    board::{Author, Board, TaskEntry},
    candidate::Candidate,
    item, scope,
};
use crate::evidence;
use firebee_domain::{
    account::{Action, Relation, Subject, permit},
    id::{AccountId, PlanItemId, TaskId},
    personnel::is_qualified_reviewer,
    task::{Circumstances, Task, TaskBody, TaskFact, TaskStarted, TaskState, apply},
};
use firebee_protocol::fact::{Fact, to_task_fact};

/// Applies a candidate. The error is the code under which it is quarantined; its task is then as it was.
pub(super) fn judge(board: &mut Board, candidate: &Candidate<'_>) -> Result<(), &'static str> {
    let Some(fact) = candidate.fact.as_deref() else { return Err("malformed") };
    let body = fact.body.as_ref().map_err(|code| *code)?;
    let Some(task_fact) = to_task_fact(fact, body, candidate.stamp(fact))? else {
        return may(board, candidate.account, Action::NoteDevice, &[Relation::Own]);
    };
    if !board.sites.contains_key(&task_fact.project) {
        return Err("out_of_scope");
    }
    match &task_fact.body {
        TaskBody::Started(started) => start(board, candidate, &task_fact, started),
        TaskBody::ReviewDecided(_) | TaskBody::FaultHandled(_) => lead(board, candidate, fact, &task_fact),
        _ => execute(board, candidate, &task_fact),
    }
}

fn may(board: &Board, account: AccountId, action: Action, relations: &[Relation]) -> Result<(), &'static str> {
    let author = board.authors.get(&account).ok_or("not_permitted")?;
    let subject = Subject::of(board.organisation, relations);
    permit(&author.actor, action, &subject).map_err(|denied| denied.code())
}

fn task(board: &Board, id: TaskId) -> Result<&Task, &'static str> {
    board.tasks.get(&id).and_then(|entry| entry.task.as_ref()).ok_or("task_unknown")
}

/// `task.started`: every item was issued to the account as it knew; those that no live task holds are taken.
fn start(
    board: &mut Board,
    candidate: &Candidate<'_>,
    fact: &TaskFact,
    started: &TaskStarted,
) -> Result<(), &'static str> {
    let plan_id = started.plan.ok_or("task_items_invalid")?;
    let seen = scope::check(board, candidate, started.plan, started.items.iter().map(|chosen| chosen.item))?;
    if !seen.grants_all(&started.items) {
        return Err("task_items_invalid");
    }
    may(board, candidate.account, Action::StartTask, &[Relation::Assigned])?;
    let plan = board.plans.get(&plan_id).filter(|plan| plan.project == fact.project).ok_or("out_of_scope")?;
    if board.tasks.contains_key(&fact.task) {
        return advance(board, fact);
    }
    let entry = TaskEntry {
        task: None,
        executor_name: board.authors.get(&candidate.account).map(|author| author.name.clone()).unwrap_or_default(),
        plan_name: plan.name.clone(),
        catalogue: plan.catalogue,
        coverage: None,
        rev: 0,
        day: super::task::day_of(candidate.bound),
        number: 0,
        changed: false,
    };
    let mut made = None;
    apply(&mut made, fact, &circumstances(board, &entry, fact)).map_err(|error| error.code())?;
    let Some(mut made) = made else { return Err("apply_failed") };
    let number = board.numbers.entry((fact.project, entry.day.clone())).or_insert(0);
    *number += 1;
    made.name = super::task::name(&entry.plan_name, candidate.bound, *number);
    let items: Vec<PlanItemId> = made.items.iter().map(|held| held.item).collect();
    let entry = TaskEntry { number: *number, changed: true, task: Some(made), ..entry };
    board.tasks.insert(fact.task, entry);
    for taken in items {
        item::take(board, taken, fact.task, candidate.account);
    }
    Ok(())
}

/// Facts of the executor.
fn execute(board: &mut Board, candidate: &Candidate<'_>, fact: &TaskFact) -> Result<(), &'static str> {
    let held = task(board, fact.task)?;
    let own: &[Relation] = if held.executor == candidate.account { &[Relation::Own] } else { &[] };
    let (action, answers) = match &fact.body {
        TaskBody::Described(_) => (Action::DescribeTask, None),
        TaskBody::Recorded(recorded) => (Action::RecordResult, Some(recorded.item)),
        TaskBody::PhotoTaken(photo) => (Action::TakePhoto, photo.item),
        TaskBody::PhotoWithdrawn(_) => (Action::WithdrawPhoto, None),
        TaskBody::TrackSegment(_) => (Action::RecordTrack, None),
        TaskBody::Submitted(_) => (Action::SubmitTask, None),
        TaskBody::Discarded(_) => (Action::DiscardTask, None),
        TaskBody::Started(_) | TaskBody::ReviewDecided(_) | TaskBody::FaultHandled(_) => return Err("not_permitted"),
    };
    let (plan, executor, editable) = (held.plan, held.executor, held.is_editable());
    let chosen = answers.is_none_or(|item| held.item(item).is_some());
    may(board, candidate.account, action, own)?;
    scope::check(board, candidate, plan, answers.filter(|_| chosen))?;
    // What the task itself refuses takes no item.
    let wanted = answers.filter(|_| chosen && editable);
    if wanted.is_some_and(|wanted| !item::take(board, wanted, fact.task, executor)) {
        return Err("item_already_in_task");
    }
    advance(board, fact)
}

/// Facts of the lead: the decision and the ways of handling. The task that was looked at must exist in that revision.
fn lead(board: &mut Board, candidate: &Candidate<'_>, fact: &Fact, said: &TaskFact) -> Result<(), &'static str> {
    let held = task(board, said.task)?;
    let leads = board.sites.get(&held.project).is_some_and(|site| site.lead == candidate.account);
    let relations: &[Relation] = if leads { &[Relation::Lead] } else { &[] };
    let decides = matches!(said.body, TaskBody::ReviewDecided(_));
    may(board, candidate.account, if decides { Action::ReviewTask } else { Action::HandleFault }, relations)?;
    // By the day of the decision, not of its arrival: the phone judged by that day too.
    let day = candidate.bound.latest.china_day();
    let reviews = |author: &Author| is_qualified_reviewer(&author.registrations, day);
    if decides && !board.authors.get(&candidate.account).is_some_and(reviews) {
        return Err("reviewer_not_qualified");
    }
    let rev = board.tasks.get(&said.task).map_or(0, |entry| entry.rev);
    let seen = fact.subject.seen.as_ref();
    if !seen.is_some_and(|seen| seen.doc == said.task.to_string() && seen.rev <= rev) {
        return Err("seen_unknown");
    }
    advance(board, said)
}

fn circumstances<'a>(board: &'a Board, entry: &TaskEntry, fact: &TaskFact) -> Circumstances<'a> {
    let site = board.sites.get(&fact.project);
    // Counted at the decision itself: the submission may have come in the same push.
    let decided = entry.task.as_ref().filter(|_| matches!(fact.body, TaskBody::ReviewDecided(_)));
    let missing = decided.map_or(0, |task| evidence::missing(task, &board.arrived));
    Circumstances {
        catalogue: board.packs.get(&entry.catalogue).map(AsRef::as_ref),
        pack: Some(entry.catalogue),
        evidence_missing: missing,
        faults_must_be_handled: site.is_none_or(|site| site.faults_must_be_handled),
    }
}

/// Applies a fact to a task that exists; its items follow when its state changes.
fn advance(board: &mut Board, fact: &TaskFact) -> Result<(), &'static str> {
    // Out of the board and back: the circumstances borrow the rest of it.
    let Some(mut entry) = board.tasks.remove(&fact.task) else { return Err("task_unknown") };
    let before = entry.state();
    let around = circumstances(board, &entry, fact);
    let out = apply(&mut entry.task, fact, &around).map_err(|error| error.code());
    let moved = entry.state() != before;
    entry.changed |= out.is_ok();
    if moved && entry.state() == Some(TaskState::PendingReview) {
        entry.coverage = None;
    }
    board.tasks.insert(fact.task, entry);
    if let Some(before) = before.filter(|_| moved) {
        item::follow(board, fact.task, before);
    }
    out
}
