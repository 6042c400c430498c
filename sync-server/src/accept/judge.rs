//! Judges one fact against the board: permission, scope, then the task's own state machine.

use super::{board::Board, candidate::Candidate, decide, scope};
use crate::{
    aggregate::{Given, TaskEntry, day_of, name},
    evidence,
};
use chrono::NaiveDate;
use firebee_domain::{
    account::{Relation, Subject, permit},
    code::Code,
    fact::{Attribution, Body, Footing, Need},
    id::{ContentId, PlanId, PlanItemId, TaskId},
    personnel::is_qualified_reviewer,
    plan::Assignment,
    submission::Due,
    task::Task,
    time::{NEVER, Timestamp},
};
use firebee_protocol::{
    blob::EvidenceCount,
    document::TaskDocument,
    fact::Seen,
    text::{Language, word},
};
use std::collections::BTreeMap;

/// Applies a candidate. An error is the code for the quarantine; the task is then unchanged.
pub(super) fn judge(board: &mut Board, candidate: &Candidate<'_>) -> Result<(), Code> {
    let Some(fact) = candidate.fact.as_deref() else { return Err(Code::Malformed) };
    let body = fact.body.as_ref().map_err(|error| error.code())?;
    if let Body::ParkedDecided(decided) = body {
        return decide::judge(board, candidate, decided);
    }
    let stamp = candidate.stamp(fact, answered(board, body, fact.task()));
    let by = fact.attribution(body, stamp).map_err(|error| error.code())?;
    let Some(by) = by else { return may(board, candidate, body, &[Relation::Own]) };
    if !board.ledger.sites.contains_key(&by.project) {
        return Err(Code::OutOfScope);
    }
    // What the phone says of itself changes nothing that a person decides on, and was judged above.
    if candidate.late {
        return Err(Code::Late);
    }
    if body.kind().begins_task() {
        return begin(board, candidate, &by, body);
    }
    match body.footing() {
        Footing::Assignment => by_executor(board, candidate, &by, body)?,
        Footing::Document | Footing::Device | Footing::Parked => by_lead(board, candidate, &by, body)?,
        Footing::Dispatch => by_team_lead(board, candidate, &by, body)?,
    }
    if body.sends().is_some_and(|sent| !board.fit.contains(&sent)) {
        return Err(Code::TeamLeadUnfit);
    }
    advance(board, &by, body)
}

/// What a fact answers was there before it: a round its rejection, a decision the round that it decides.
fn answered(board: &Board, body: &Body, task: Option<TaskId>) -> Timestamp {
    let Some(task) = task.and_then(|id| board.ledger.task(id)) else { return NEVER };
    let answered = body.answers(task).and_then(|at| at.time);
    answered.map_or(NEVER, |time| time.proved.earliest)
}

pub(super) fn may(board: &Board, candidate: &Candidate<'_>, body: &Body, relations: &[Relation]) -> Result<(), Code> {
    let author = board.authors.get(&candidate.account).ok_or(Code::NotPermitted)?;
    let subject = Subject::of(board.ledger.org.id(), relations);
    permit(&author.actor, body.action(), &subject).map_err(|denied| denied.code())?;
    // The day of the decision counts and not the day of its arrival, because the phone judged by the same day.
    let day = candidate.time.best().latest.china_day();
    if body.needs(Need::Registration) && !is_qualified_reviewer(&author.registrations, day) {
        return Err(Code::ReviewerNotQualified);
    }
    Ok(())
}

fn task(board: &Board, id: TaskId) -> Result<&Task, Code> {
    board.ledger.task(id).ok_or(Code::TaskUnknown)
}

/// What a task that begins stands on: its plan or, outside the plan, its project.
struct Ground {
    /// What its name begins with.
    name: String,
    catalogue: ContentId,
    /// The last day that is in time; outside the plan there is none.
    last_day: Option<NaiveDate>,
    /// Outside the plan: the assignment that the start acted on.
    seen: Option<Seen>,
}

/// The ground of a task of a plan. The assignment that the phone acted on must grant every item, or the present plan if
/// somebody adopted the start.
fn planned(
    board: &Board,
    candidate: &Candidate<'_>,
    by: &Attribution,
    (plan, body): (PlanId, &Body),
) -> Result<Ground, Code> {
    let seen = scope::granted(board, candidate, plan, body.items())?;
    if !body.agrees_with(seen) {
        return Err(Code::TaskItemsInvalid);
    }
    check_demands(candidate, body, seen)?;
    let plan = board.plans.get(&plan).filter(|plan| plan.project == by.project).ok_or(Code::OutOfScope)?;
    Ok(Ground { name: plan.name.clone(), catalogue: plan.catalogue, last_day: Some(plan.last_day), seen: None })
}

/// a task begins with what the firm asked in the assignment that its phone acted on, unless somebody adopted it.
fn check_demands(candidate: &Candidate<'_>, body: &Body, seen: &Assignment) -> Result<(), Code> {
    let differs = matches!(body, Body::TaskStarted(started) if started.demands != seen.demands);
    if differs && !candidate.adopted { Err(Code::DemandsDiffer) } else { Ok(()) }
}

/// The ground of a task outside the plan. The assignment that the phone acted on must make its author one who
/// works in the project, unless somebody adopted the start; and the pack that the start names must have the items.
fn outside_plan(board: &Board, candidate: &Candidate<'_>, by: &Attribution, body: &Body) -> Result<Ground, Code> {
    let seen = scope::check_member(board, candidate, by.project);
    if !candidate.adopted {
        let seen = seen.as_ref().map_err(|code| *code)?;
        let admitted = seen.assignment.admits(candidate.time.best(), seen.successor_known);
        admitted.map_err(|refused| refused.code())?;
        check_demands(candidate, body, &seen.assignment)?;
    }
    let seen = candidate.fact.as_ref().and_then(|fact| fact.subject.seen.clone()).filter(|_| seen.is_ok());
    let Body::TaskStarted(started) = body else { return Err(Code::TaskItemsInvalid) };
    let catalogue = started.catalogue.ok_or(Code::TaskItemsInvalid)?;
    let pack = board.packs.get(&catalogue).ok_or(Code::CatalogueDiffers)?;
    let site = board.ledger.sites.get(&by.project).ok_or(Code::OutOfScope)?;
    started.check_outside_plan(pack, &site.practice).map_err(|error| error.code())?;
    // An item of a plan stays with the tasks of its plan.
    if started.items.iter().any(|chosen| board.ledger.items.contains_key(&chosen.item)) {
        return Err(Code::TaskItemsInvalid);
    }
    Ok(Ground { name: word::task(Language::Zh, started.kind), catalogue, last_day: None, seen })
}

/// Begins a task on its ground. The task takes the items of its plan that no live task holds.
fn begin(board: &mut Board, candidate: &Candidate<'_>, by: &Attribution, body: &Body) -> Result<(), Code> {
    let ground = match body.plan() {
        Some(plan) => planned(board, candidate, by, (plan, body))?,
        None => outside_plan(board, candidate, by, body)?,
    };
    may(board, candidate, body, &[Relation::Assigned])?;
    let site = board.ledger.sites.get(&by.project);
    let (ended, cutoff) = (site.and_then(|site| site.termination.as_ref()), site.map(|site| site.cutoff));
    if ended.is_some_and(|end| end.precedes(candidate.time.best())) {
        return Err(Code::ProjectTerminated);
    }
    if board.ledger.tasks.contains_key(&by.task) {
        return advance(board, by, body);
    }
    let mut begun = body.clone().begin(by).map_err(|error| error.code())?;
    let day = day_of(candidate.time.best());
    let number = board.numbers.entry((by.project, day.clone())).or_insert(0);
    *number += 1;
    begun.name = name(&ground.name, candidate.time.best(), *number);
    let items: Vec<PlanItemId> = begun.items.iter().map(|held| held.item).collect();
    let document = TaskDocument {
        task: begun,
        executor_name: board.authors.get(&candidate.account).map(|author| author.name.clone()).unwrap_or_default(),
        plan_name: ground.name,
        evidence: EvidenceCount::default(),
        coverage: None,
        catalogue: ground.catalogue,
        assignment_rev: ground.seen.as_ref().map_or(0, |seen| seen.rev),
        assignment: ground.seen.map(|seen| seen.doc),
        due: ground.last_day.zip(cutoff).map(|(last_day, cutoff)| Due { last_day, cutoff }),
        reviewers: BTreeMap::new(),
    };
    board.ledger.tasks.insert(by.task, TaskEntry::begun(document, day, *number));
    for taken in items {
        board.ledger.take(taken, by.task);
    }
    Ok(())
}

/// A fact of the executor. The assignment that the phone acted on must grant the items, unless somebody adopted the fact;
/// and the task must hold them. Of a task outside the plan, the assignment only says that the author works in the project.
/// Who got the task from somebody else works by the task itself.
fn by_executor(board: &mut Board, candidate: &Candidate<'_>, by: &Attribution, body: &Body) -> Result<(), Code> {
    let held = task(board, by.task)?;
    let own: &[Relation] = if held.has_held(candidate.account) { &[Relation::Own] } else { &[] };
    let (plan, project, editable) = (held.plan, held.project, held.is_editable());
    let chosen: Vec<PlanItemId> = body.items().into_iter().filter(|item| held.item(*item).is_some()).collect();
    may(board, candidate, body, own)?;
    // who gave the task away is told that, whatever else is wrong with what was recorded later.
    held.takes_from(by).map_err(|error| error.code())?;
    let seen = candidate.fact.as_ref().and_then(|fact| fact.subject.seen.as_ref());
    let by_task = seen.is_some_and(|seen| seen.doc.parse() == Ok(by.task));
    // What names no item, such as a piece of track, needs no grant: who had the task may name the task itself too.
    let had = body.items().is_empty() && held.executor != candidate.account && held.has_held(candidate.account);
    if by_task && (had || held.was_given_to(candidate.account)) {
        saw_task(board, candidate, by)?;
    } else if plan.is_none() && !candidate.adopted {
        scope::check_member(board, candidate, project)?;
    } else if !candidate.adopted {
        scope::check(board, candidate, plan, chosen.iter().copied())?;
    }
    if body.hands_to().is_some_and(|to| !board.receivers.contains(&to)) {
        return Err(Code::ReceiverNotAllowed);
    }
    // A fact that the task refuses takes no item, and outside the plan there is none to take.
    if plan.is_some() && editable && !chosen.into_iter().all(|item| board.ledger.take(item, by.task)) {
        return Err(Code::ItemAlreadyInTask);
    }
    Ok(())
}

/// A fact of the lead. The server must have had the revision of the task that the lead looked at, unless somebody adopted
/// the fact.
fn by_lead(board: &Board, candidate: &Candidate<'_>, by: &Attribution, body: &Body) -> Result<(), Code> {
    let held = task(board, by.task)?;
    let leads = board.ledger.sites.get(&held.project).is_some_and(|site| site.lead == candidate.account);
    let relations: &[Relation] = if leads { &[Relation::Lead] } else { &[] };
    may(board, candidate, body, relations)?;
    saw_task(board, candidate, by)
}

/// The server must have had the revision of the task that the author looked at, unless somebody adopted the
/// fact.
fn saw_task(board: &Board, candidate: &Candidate<'_>, by: &Attribution) -> Result<(), Code> {
    if candidate.adopted {
        return Ok(());
    }
    let rev = board.ledger.tasks.get(&by.task).map_or(0, |entry| entry.rev);
    let seen = candidate.fact.as_ref().and_then(|fact| fact.subject.seen.as_ref());
    if seen.is_some_and(|seen| seen.doc.parse() == Ok(by.task) && seen.rev <= rev) {
        Ok(())
    } else {
        Err(Code::SeenUnknown)
    }
}

/// A fact of a team lead. The server must have had the revision of the dispatch that the team lead looked at.
fn by_team_lead(board: &Board, candidate: &Candidate<'_>, by: &Attribution, body: &Body) -> Result<(), Code> {
    let entry = board.ledger.tasks.get(&by.task).ok_or(Code::DispatchUnknown)?;
    let named = body.dispatch().and_then(|id| entry.dispatches.iter().find(|held| held.id == id));
    let held = named.ok_or(Code::DispatchUnknown)?;
    if held.team_lead != candidate.account {
        return Err(Code::NotTheTeamLead);
    }
    may(board, candidate, body, &[Relation::Own])?;
    let before = entry.dispatches_before.iter().find(|(before, _)| before.id == held.id);
    let rev = before.map_or(0, |(_, rev)| *rev);
    let seen = candidate.fact.as_ref().and_then(|fact| fact.subject.seen.as_ref());
    if seen.is_some_and(|seen| seen.doc.parse() == Ok(held.id) && seen.rev <= rev) {
        Ok(())
    } else {
        Err(Code::SeenUnknown)
    }
}

/// Applies a body to a task that exists. The task keeps a copy of the body, because the transaction may run again and
/// then needs the original.
fn advance(board: &mut Board, by: &Attribution, body: &Body) -> Result<(), Code> {
    let entry = board.ledger.tasks.get(&by.task).ok_or(Code::TaskUnknown)?;
    let document = &entry.document;
    // Counted now, because the submission may have come in the same push.
    let missing = if body.needs(Need::Evidence) { evidence::missing(&document.task, &board.arrived) } else { 0 };
    let catalogue = board.packs.get(&document.catalogue).map(AsRef::as_ref);
    let given = Given { catalogue, evidence_missing: missing };
    board.ledger.apply(by, body.clone(), given).map_err(|error| error.code())
}
