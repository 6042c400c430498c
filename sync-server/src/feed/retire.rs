//! Takes a project that has ended from the phones. A phone of years would otherwise hold every site that its account ever
//! worked at.
//!
//! Nothing is taken while somebody could still need it: for 14 days after the end, while a task, a fault, a dispatch or a
//! decision of the project is open, and from an account whose phone has something unsent or has not been heard since the
//! end. The server keeps every document, and the console shows it.
//!
//! What tells that a fact does not count stays on the phones: a phone counts a fact of which nothing tells so.

use super::{
    lock::lock,
    publish::{Address, readdress},
};
use crate::{
    org::Org,
    row, sql,
    store::{Batch, Row, Store, StoreError, Tx, Ty, own},
};
use firebee_domain::{
    code::{Again, Code},
    dispatch::DispatchState,
    fault::FaultState,
    id::{AccountId, ProjectId},
    project::Project,
    task::TaskState,
    time::{Timestamp, china_midnight},
};
use firebee_protocol::document::{HistoryDocument, kind};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// How long a project stays on the phones after its end, in milliseconds: as long as a phone keeps its own files.
const KEPT_MS: i64 = 14 * 86_400_000;

static PROJECTS: Batch<2> = Batch::new(
    "WITH w(org, id) AS ({rows}) SELECT p.body FROM w JOIN project p ON p.org = w.org AND p.id = w.id",
    [Ty::Int, Ty::Blob],
);
static OF_ASSIGNMENTS: Batch<2> = Batch::new(
    "WITH w(org, id) AS ({rows}) SELECT DISTINCT h.project FROM w JOIN assignment h ON h.org = w.org AND h.id = w.id",
    [Ty::Int, Ty::Blob],
);
static OF_TASKS: Batch<2> = Batch::new(
    "WITH w(org, id) AS ({rows}) SELECT DISTINCT h.project FROM w JOIN task h ON h.org = w.org AND h.id = w.id",
    [Ty::Int, Ty::Blob],
);
static OF_FAULTS: Batch<2> = Batch::new(
    "WITH w(org, id) AS ({rows}) SELECT DISTINCT h.project FROM w JOIN fault h ON h.org = w.org AND h.id = w.id",
    [Ty::Int, Ty::Blob],
);
static OF_DISPATCHES: Batch<2> = Batch::new(
    "WITH w(org, id) AS ({rows}) SELECT DISTINCT h.project FROM w JOIN dispatch h ON h.org = w.org AND h.id = w.id",
    [Ty::Int, Ty::Blob],
);
static HOLDERS: Batch<3> = Batch::new(
    "WITH w(org, kind, id) AS ({rows})
     SELECT f.id, f.account FROM w JOIN feed f ON f.org = w.org AND f.kind = w.kind AND f.id = w.id AND f.deleted = 0",
    [Ty::Int, Ty::Text, Ty::Text],
);

/// Takes ended projects of a firm from the phones that need them no more. Returns how many documents left somebody's phone.
/// Several servers may do the same at once.
///
/// # Errors
/// As [`StoreError`] says. What was done before stays done.
pub async fn retire(store: &Store, org: Org, now: Timestamp) -> Result<u64, StoreError> {
    let mut gone = 0;
    for (project, ended) in store.read("ended_projects", async move |tx: &mut Tx| ended(tx, org, now).await).await? {
        gone += store.write("retire_project", async move |tx: &mut Tx| clear(tx, org, project, ended).await).await?;
    }
    Ok(gone)
}

/// The projects that ended long enough ago and of which somebody has something on the phone, each with its end. An account
/// that left the project before may have its tasks and not itself.
async fn ended(tx: &mut Tx, org: Org, now: Timestamp) -> Result<Vec<(ProjectId, Timestamp)>, StoreError> {
    let mut held: BTreeSet<ProjectId> = in_feeds(tx, org, kind::PROJECT).await?.into_iter().map(ProjectId).collect();
    for (of, projects) in [
        (kind::ASSIGNMENT, &OF_ASSIGNMENTS),
        (kind::TASK, &OF_TASKS),
        (kind::FAULT, &OF_FAULTS),
        (kind::DISPATCH, &OF_DISPATCHES),
    ] {
        let ids = in_feeds(tx, org, of).await?;
        for row in tx.many(projects, ids.iter().map(|id| row![org, id])).await? {
            held.insert(row.get(0)?);
        }
    }
    let mut found = Vec::new();
    for row in tx.many(&PROJECTS, held.iter().map(|id| row![org, id])).await? {
        let project: Project = own(row.get(0)?)?;
        let ended = end_of(&project);
        if ended.plus_ms(KEPT_MS) <= now {
            found.push((project.id, ended));
        }
    }
    Ok(found)
}

/// The ids of the documents of a kind that somebody has on the phone.
async fn in_feeds(tx: &mut Tx, org: Org, of: &'static str) -> Result<Vec<Uuid>, StoreError> {
    let find = sql!("SELECT DISTINCT id FROM feed WHERE org = ?1 AND kind = ?2 AND deleted = 0");
    let id = |row: &Row| {
        let id = row.get::<String>(0)?.parse::<Uuid>();
        id.map_err(|error| StoreError::Bug(format!("the id of a document of kind {of}: {error}")))
    };
    tx.query(find, &row![org, of]).await?.iter().map(id).collect()
}

/// The first instant after the project.
fn end_of(project: &Project) -> Timestamp {
    let last = project.end_date.succ_opt().unwrap_or(project.end_date);
    let over = china_midnight(last);
    project.termination.as_ref().map_or(over, |end| end.at.min(over))
}

/// Takes a project's documents away from whoever needs them no more; gives how many.
async fn clear(tx: &mut Tx, org: Org, project: ProjectId, ended: Timestamp) -> Result<u64, StoreError> {
    let held = held(tx, org, project).await?;
    let ready = ready(tx, org, held.iter().map(|(_, _, account)| *account).collect(), ended).await?;
    lock(tx, org, &ready).await?;
    // What was begun in the meantime is seen now, because whoever begins something locks a feed, too.
    if ready.is_empty() || is_open(tx, org, project).await? {
        return Ok(0);
    }
    let mut holders: BTreeMap<(&'static str, String), Vec<AccountId>> = BTreeMap::new();
    for (of, id, account) in held {
        holders.entry((of, id)).or_default().push(account);
    }
    let left = |all: Vec<AccountId>| all.into_iter().filter(|account| !ready.contains(account)).collect();
    let leaves = |all: &[AccountId]| all.iter().any(|account| ready.contains(account));
    let gone: Vec<Address> = holders
        .into_iter()
        .filter(|(_, all)| leaves(all))
        .map(|((kind, id), all)| Address { kind, id, to: left(all) })
        .collect();
    readdress(tx, org, &gone).await?;
    Ok(u64::try_from(gone.len()).unwrap_or(u64::MAX))
}

/// Whether a task, a fault, a dispatch or a decision of the project waits for somebody.
async fn is_open(tx: &mut Tx, org: Org, project: ProjectId) -> Result<bool, StoreError> {
    let task = sql!("SELECT 1 FROM task WHERE org = ?1 AND project = ?2 AND state IN (?3, ?4, ?5) LIMIT 1");
    let states = row![org, &project, TaskState::Executing, TaskState::PendingReview, TaskState::Rejected];
    if tx.query_opt(task, &states).await?.is_some() {
        return Ok(true);
    }
    // A fault of a discarded task waits for nobody.
    let fault = sql!(
        "SELECT 1 FROM fault f JOIN task t ON t.org = f.org AND t.id = f.task
         WHERE f.org = ?1 AND f.project = ?2 AND f.state IN (?3, ?4) AND t.state <> ?5 LIMIT 1"
    );
    let states = row![org, &project, FaultState::Unhandled, FaultState::Negotiating, TaskState::Discarded];
    if tx.query_opt(fault, &states).await?.is_some() {
        return Ok(true);
    }
    let dispatch = sql!("SELECT 1 FROM dispatch WHERE org = ?1 AND project = ?2 AND state IN (?3, ?4, ?5, ?6) LIMIT 1");
    let [to_issue, issued] = [DispatchState::ToIssue, DispatchState::Issued];
    let [received, executing] = [DispatchState::Received, DispatchState::Executing];
    if tx.query_opt(dispatch, &row![org, &project, to_issue, issued, received, executing]).await?.is_some() {
        return Ok(true);
    }
    let codes: Vec<&str> = Code::judged(Again::Adopted).map(Code::word).collect();
    let codes = format!(",{},", codes.join(","));
    // Nobody decides on what is of no task, a decision itself.
    let undecided = sql!(
        "SELECT 1 FROM parked WHERE org = ?1 AND project = ?2 AND task IS NOT NULL AND decision IS NULL
             AND ?3 LIKE '%,' || code || ',%' LIMIT 1"
    );
    Ok(tx.query_opt(undecided, &row![org, &project, &codes]).await?.is_some())
}

/// Those of the accounts whose phone has sent everything since the end; an account that no phone holds has nothing to send.
async fn ready(
    tx: &mut Tx,
    org: Org,
    accounts: BTreeSet<AccountId>,
    ended: Timestamp,
) -> Result<BTreeSet<AccountId>, StoreError> {
    let find = sql!(
        "SELECT 1 FROM session s LEFT JOIN device_store d ON d.org = s.org AND d.store_id = s.store_id
         WHERE s.org = ?1 AND s.account = ?2 AND (s.store_id IS NULL
             OR (d.unsent_facts = 0 AND d.unsent_blobs = 0 AND d.last_seen_ms >= ?3))"
    );
    let mut ready = BTreeSet::new();
    for account in accounts {
        if tx.query_opt(find, &row![org, &account, ended]).await?.is_some() {
            ready.insert(account);
        }
    }
    Ok(ready)
}

/// A document in somebody's feed: its kind, its id, whose.
type Held = (&'static str, String, AccountId);

/// Which documents of the project are in whose feed.
async fn held(tx: &mut Tx, org: Org, project: ProjectId) -> Result<Vec<Held>, StoreError> {
    let mut ids = BTreeMap::from([(kind::PROJECT, vec![project.to_string()])]);
    for (of, find) in [
        (kind::ASSIGNMENT, sql!("SELECT id FROM assignment WHERE org = ?1 AND project = ?2")),
        (kind::TASK, sql!("SELECT id FROM task WHERE org = ?1 AND project = ?2")),
        (kind::FAULT, sql!("SELECT id FROM fault WHERE org = ?1 AND project = ?2")),
        (kind::DISPATCH, sql!("SELECT id FROM dispatch WHERE org = ?1 AND project = ?2")),
    ] {
        for row in tx.query(find, &row![org, &project]).await? {
            ids.entry(of).or_default().push(row.get::<Uuid>(0)?.to_string());
        }
    }
    let facilities = sql!("SELECT facility FROM history WHERE org = ?1 AND project = ?2");
    for row in tx.query(facilities, &row![org, &project]).await? {
        ids.entry(kind::HISTORY).or_default().push(HistoryDocument::id(project, row.get(0)?));
    }
    let mut held = Vec::new();
    for (of, ids) in &ids {
        for row in tx.many(&HOLDERS, ids.iter().map(|id| row![org, *of, id])).await? {
            held.push((*of, row.get(0)?, row.get(1)?));
        }
    }
    Ok(held)
}
