//! Scope as of capture: whether the revision that the phone acted on granted this fact (protocol, "Scope as of
//! capture").

use super::{
    board::{Board, SeenEntry, SeenKey},
    candidate::Candidate,
};
use firebee_domain::{
    code::Code,
    id::{PlanId, PlanItemId, ProjectId, StoreId},
    plan::{Assignment, in_scope},
    time::Timestamp,
};
use firebee_protocol::fact::Seen;

/// The board's key for a seen assignment; `None` when `seen` names no assignment.
pub(super) fn key(store: StoreId, seen: &Seen) -> Option<SeenKey> {
    seen.doc.parse::<StoreId>().ok().map(|id| (store, id.0, seen.rev))
}

/// A fact is not earlier than the revision that it acted on.
pub(super) fn floor(board: &Board, candidate: &Candidate<'_>) -> Option<Timestamp> {
    let seen = candidate.open_fact()?.subject.seen.as_ref()?;
    board.seen.get(&key(candidate.store, seen)?).map(|entry| entry.made)
}

/// Checks a fact about a task outside the plan. The assignment that the fact names must exist, be issued to the author and
/// belong to this project: it makes the author one who works there. Returns the assignment.
pub(super) fn check_member<'a>(
    board: &'a Board,
    candidate: &Candidate<'_>,
    project: ProjectId,
) -> Result<&'a SeenEntry, Code> {
    let seen = candidate.fact.as_ref().and_then(|fact| fact.subject.seen.as_ref());
    let key = seen.and_then(|seen| key(candidate.store, seen)).ok_or(Code::SeenUnknown)?;
    let entry = board.seen.get(&key).ok_or(Code::SeenUnknown)?;
    let member = entry.assignment.executor == candidate.account && entry.assignment.project == project;
    if member { Ok(entry) } else { Err(Code::OutOfScope) }
}

/// The assignment that a task begins by: the one that the phone acted on or, for a start that somebody adopted, what the
/// present plan grants.
pub(super) fn granted<'a>(
    board: &'a Board,
    candidate: &Candidate<'_>,
    plan: PlanId,
    items: impl IntoIterator<Item = PlanItemId>,
) -> Result<&'a Assignment, Code> {
    if !board.plans.contains_key(&plan) {
        return Err(Code::PlanDeleted);
    }
    if !candidate.adopted {
        return check(board, candidate, Some(plan), items);
    }
    let granted = board.adopted.get(&(plan, candidate.account)).ok_or(Code::PlanDeleted)?;
    if items.into_iter().all(|item| granted.grants(item)) { Ok(granted) } else { Err(Code::OutOfScope) }
}

/// Checks a fact of an executor. The assignment that the fact names must exist, be issued to the author, belong to this
/// plan and grant the items. Returns the assignment.
pub(super) fn check<'a>(
    board: &'a Board,
    candidate: &Candidate<'_>,
    plan: Option<PlanId>,
    items: impl IntoIterator<Item = PlanItemId>,
) -> Result<&'a Assignment, Code> {
    let seen = candidate.fact.as_ref().and_then(|fact| fact.subject.seen.as_ref());
    let key = seen.and_then(|seen| key(candidate.store, seen)).ok_or(Code::SeenUnknown)?;
    let entry = board.seen.get(&key).ok_or(Code::SeenUnknown)?;
    if entry.assignment.executor != candidate.account || plan != Some(entry.assignment.plan) {
        return Err(Code::OutOfScope);
    }
    items.into_iter().try_for_each(|item| {
        in_scope(&entry.assignment, candidate.account, item, candidate.time.best(), entry.successor_known)
            .map_err(|refused| refused.code())
    })?;
    Ok(&entry.assignment)
}
