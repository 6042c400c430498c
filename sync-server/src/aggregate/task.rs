//! Writes the tasks that changed: the rows that lists query, and the documents.

use super::{Ledger, TaskEntry, spell};
use crate::{
    evidence,
    feed::{Publication, task_document},
    org::Org,
    query, row,
    store::{Batch, StoreError, Tx, Ty, Value, json},
};
use firebee_domain::{
    id::TaskId,
    spelling::Spelled,
    task::{Stamp, Task},
    time::{Bound, Timestamp},
};
use firebee_protocol::document::TaskDocument;
use std::collections::BTreeSet;

static TASKS: Batch<21> = Batch::new(
    "INSERT INTO task (org, id, project, plan, kind, executor, state, round, name, day, number, started, started_ms,
                       submitted, submitted_ms, judged, in_time, reviewer, sort, find, event) {rows}
     ON CONFLICT (org, id) DO UPDATE SET executor = excluded.executor, state = excluded.state, round = excluded.round,
         started = excluded.started, started_ms = excluded.started_ms, submitted = excluded.submitted,
         submitted_ms = excluded.submitted_ms, judged = excluded.judged, in_time = excluded.in_time, reviewer = excluded.reviewer",
    [
        Ty::Int, Ty::Blob, Ty::Blob, Ty::Blob, Ty::Text, Ty::Blob, Ty::Text, Ty::Int, Ty::Text, Ty::Text, Ty::Int, Ty::Text,
        Ty::Int, Ty::Text, Ty::Int, Ty::Int, Ty::Text, Ty::Blob, Ty::Text, Ty::Text, Ty::Blob,
    ],
);

/// The day under which a task is numbered: the last instant of its bound, in UTC+8.
pub(crate) fn day_of(bound: Bound) -> String {
    bound.latest.china_day().to_string()
}

/// A task's name: the plan's name and `MMDD_n`.
pub(crate) fn name(plan_name: &str, bound: Bound, number: i64) -> String {
    format!("{plan_name} {}_{number}", bound.latest.china_day().format("%m%d"))
}

/// A changed task with the stamps of its row as JSON, and its spellings.
type Stamped<'a> = (&'a TaskEntry, String, Option<String>, Spelled);

fn stamped(entry: &TaskEntry) -> Result<Stamped<'_>, StoreError> {
    let task = &entry.document.task;
    let submitted = task.last_submission().map(|submission| json(&submission.at)).transpose()?;
    // A task keeps its name and its items, so the row of one that was written before keeps its spelling.
    let spelled = if entry.rev == 0 { spell::task(task) } else { Spelled::default() };
    Ok((entry, json(&task.started)?, submitted, spelled))
}

/// The instant by which lists sort a stamp.
pub(super) fn instant(at: Stamp, now: Timestamp) -> i64 {
    at.best().map_or(now, |bound| bound.latest.min(now)).0
}

fn row_of<'a>(org: Org, (entry, started, submitted, spelled): &'a Stamped<'_>, now: Timestamp) -> [Value<'a>; 21] {
    let Spelled { sort, find } = spelled;
    let task = &entry.document.task;
    row![
        org,
        &task.id,
        &task.project,
        task.plan.as_ref(),
        task.kind,
        &task.executor,
        task.state,
        i64::from(task.round),
        &task.name,
        &entry.day,
        entry.number,
        started,
        instant(task.started, now),
        submitted.as_ref(),
        task.last_submission().map(|submission| instant(submission.at, now)),
        entry.document.coverage.is_some(),
        entry.document.due.and_then(|due| due.of_last_round(task)).map(|judged| judged.verdict),
        task.reviews.last().map(|review| &review.reviewer),
        sort,
        find,
        task.event.as_ref()
    ]
}

/// Counts the evidence of every task that changed, and writes the task. Returns the documents, and the tasks to look at
/// after the commit: those whose track can be judged now, and those that share a photo with one of these.
pub(super) async fn write(tx: &mut Tx, ledger: &mut Ledger) -> Result<(Vec<Publication>, Vec<TaskId>), StoreError> {
    let (org, now) = (ledger.org, ledger.now);
    let changed = || ledger.tasks.values().filter(|entry| entry.changed);
    let rows = changed().map(stamped).collect::<Result<Vec<_>, _>>()?;
    tx.many(&TASKS, rows.iter().map(|stamped| row_of(org, stamped, now))).await?;
    let tasks: Vec<&Task> = changed().map(|entry| &entry.document.task).collect();
    let mut counts = evidence::count(tx, org, &tasks).await?;
    let elsewhere: BTreeSet<TaskId> =
        counts.values().flat_map(|count| &count.reused).map(|reused| reused.task).collect();
    let unnamed = |document: &TaskDocument| {
        let reviewers = document.task.reviews.iter().map(|review| review.reviewer);
        reviewers.filter(|reviewer| !document.reviewers.contains_key(reviewer)).collect::<BTreeSet<_>>()
    };
    let names =
        query::member::names_of(tx, org, &changed().flat_map(|entry| unnamed(&entry.document)).collect()).await?;
    let (mut publications, mut tracks) = (Vec::new(), Vec::new());
    for (id, entry) in ledger.tasks.iter_mut().filter(|(_, entry)| entry.changed) {
        let document = &mut entry.document;
        document.evidence = counts.remove(id).unwrap_or_default();
        let named = unnamed(document).into_iter().filter_map(|id| Some((id, names.get(&id)?.clone())));
        document.reviewers.extend(named.collect::<Vec<_>>());
        let executor = document.task.executor;
        // Outside the plan the task keeps the assignment that its start acted on: its plan may be deleted.
        if let Some(plan) = document.task.plan {
            let assignment = ledger.assignments.get(&(plan, executor));
            document.assignment = assignment.map(|(id, _)| id.to_string());
            document.assignment_rev = assignment.map_or(0, |(_, rev)| *rev);
        }
        if document.coverage.is_none() && evidence::track_is_complete(&document.task, &document.evidence) {
            tracks.push(*id);
        }
        let lead = ledger.sites.get(&document.task.project).map(|site| site.lead);
        publications.push(task_document(*id, executor, lead, json(document)?));
    }
    // The other place of a photo learns of this one after the commit: its feeds are not locked here.
    tracks.extend(elsewhere.into_iter().filter(|other| ledger.tasks.get(other).is_none_or(|entry| !entry.changed)));
    Ok((publications, tracks))
}
