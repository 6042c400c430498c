//! Loads onto the board what the candidates name: each table once, whatever their number.

use super::{
    board::{Author, Board, ItemEntry, PlanEntry, SeenEntry, SeenKey, Site, TaskEntry},
    candidate::Candidate,
};
use crate::{
    evidence, row, sql,
    store::{Batch, StoreError, Tx, Ty, number, own, stored},
};
use firebee_domain::{
    account::{Actor, Category, Role},
    catalogue::Catalogue,
    fact::Need,
    id::{AccountId, ContentId, PlanId, PlanItemId, ProjectId, TaskId},
    personnel::Person,
    plan::{Assignment, PlanItemState},
    project::Project,
    time::Timestamp,
};
use firebee_protocol::{
    catalogue::Pack,
    document::TaskDocument,
    fact::{Body, Fact},
};
use std::{
    collections::{BTreeSet, HashMap, hash_map::Entry},
    sync::{Arc, LazyLock, Mutex, PoisonError},
};
use uuid::Uuid;

static TASK_ROWS: Batch<1> =
    Batch::new("SELECT id, organisation, day, number FROM task WHERE id IN ({rows}) {locked}", [Ty::Blob]);
static TASK_DOCUMENTS: Batch<1> = Batch::new(
    "WITH p(id) AS ({rows}) SELECT d.id, d.rev, d.body FROM p JOIN document d ON d.kind = 'task' AND d.id = p.id",
    [Ty::Text],
);
static SITES: Batch<1> =
    Batch::new("SELECT id, organisation, lead, body FROM project WHERE id IN ({rows})", [Ty::Blob]);
/// A start takes the next number of its project and day, so starts of one project go one after the other.
static SITES_LOCKED: Batch<1> =
    Batch::new("SELECT id, organisation, lead, body FROM project WHERE id IN ({rows}) {locked}", [Ty::Blob]);
static PLANS: Batch<1> = Batch::new("SELECT id, project, name, catalogue FROM plan WHERE id IN ({rows})", [Ty::Blob]);
static ITEMS: Batch<1> =
    Batch::new("SELECT id, state, executor, task FROM plan_item {beside} WHERE id = {1}", [Ty::Blob]);
static ITEMS_LOCKED: Batch<1> =
    Batch::new("SELECT id, state, executor, task FROM plan_item {beside} WHERE id = {1} {locked}", [Ty::Blob]);
static SEEN: Batch<2> = Batch::new(
    "WITH p(assignment, rev) AS ({rows})
     SELECT r.assignment, r.rev, r.body,
            (SELECT min(s.feed_seq) FROM assignment_revision s WHERE s.assignment = r.assignment AND s.rev > r.rev)
     FROM p JOIN assignment_revision r ON r.assignment = p.assignment AND r.rev = p.rev",
    [Ty::Blob, Ty::Int],
);
static ASSIGNMENTS: Batch<2> = Batch::new(
    "WITH p(plan, executor) AS ({rows})
     SELECT a.plan, a.executor, a.id, a.rev FROM p JOIN assignment a ON a.plan = p.plan AND a.executor = p.executor",
    [Ty::Blob, Ty::Blob],
);

/// Loads everything that the candidates need and the board does not hold yet.
pub(super) async fn load(tx: &mut Tx, board: &mut Board, candidates: &[Candidate<'_>]) -> Result<(), StoreError> {
    authors(tx, board, candidates).await?;
    let named = candidates.iter().filter_map(Candidate::open_fact).filter_map(Fact::task);
    tasks(tx, board, candidates, named).await?;
    packs(tx, board, candidates).await?;
    seen(tx, board, candidates).await?;
    items(tx, board, candidates).await?;
    arrived(tx, board, candidates).await
}

async fn authors(tx: &mut Tx, board: &mut Board, candidates: &[Candidate<'_>]) -> Result<(), StoreError> {
    let find = sql!(
        "SELECT a.category, a.director, a.enabled, p.name, p.body FROM account a JOIN person p ON p.id = a.person
         WHERE a.id = ?1 AND a.organisation = ?2"
    );
    let wanted: BTreeSet<AccountId> = candidates.iter().map(|candidate| candidate.account).collect();
    for account in wanted {
        if board.authors.contains_key(&account) {
            continue;
        }
        let Some(row) = tx.query_opt(find, &row![&account.0, &board.organisation.0]).await? else { continue };
        let category: Category = own(&format!("\"{}\"", row.get::<&str>(0)?))?;
        let person: Person = own(row.get(4)?)?;
        let actor = Actor {
            account,
            organisation: Some(board.organisation),
            role: Role::from(category),
            technical_director: row.get(1)?,
            enabled: row.get(2)?,
        };
        let author = Author { actor, name: row.get(3)?, registrations: person.registrations() };
        board.authors.insert(account, author);
    }
    Ok(())
}

/// Locks and loads tasks of the organisation, another's is as good as unknown; and with them and with what the
/// candidates name the projects, plans and assignments: no task is on the board without those who may read it.
pub(super) async fn tasks(
    tx: &mut Tx,
    board: &mut Board,
    candidates: &[Candidate<'_>],
    named: impl Iterator<Item = TaskId>,
) -> Result<(), StoreError> {
    task_rows(tx, board, named).await?;
    sites(tx, board, candidates).await?;
    plans(tx, board, candidates).await
}

async fn task_rows(tx: &mut Tx, board: &mut Board, named: impl Iterator<Item = TaskId>) -> Result<(), StoreError> {
    let wanted: BTreeSet<TaskId> = named.filter(|task| !board.tasks.contains_key(task)).collect();
    let rows = tx.many(&TASK_ROWS, wanted.iter().map(|task| row![&task.0])).await?;
    let mut held: HashMap<TaskId, (String, i64)> = HashMap::new();
    for row in &rows {
        if row.get::<Uuid>(1)? == board.organisation.0 {
            held.insert(TaskId(row.get(0)?), (row.get(2)?, row.get(3)?));
        }
    }
    let texts: Vec<String> = held.keys().map(ToString::to_string).collect();
    for row in tx.many(&TASK_DOCUMENTS, texts.iter().map(|id| row![id])).await? {
        let document: TaskDocument = own(row.get(2)?)?;
        let Some((day, counted)) = held.remove(&document.task.id) else { continue };
        let entry = TaskEntry {
            executor_name: document.executor_name,
            plan_name: document.plan_name,
            catalogue: document.catalogue,
            coverage: document.coverage,
            rev: number(row.get(1)?)?,
            day,
            number: counted,
            changed: false,
            task: document.task,
        };
        board.tasks.insert(entry.task.id, entry);
    }
    Ok(())
}

async fn sites(tx: &mut Tx, board: &mut Board, candidates: &[Candidate<'_>]) -> Result<(), StoreError> {
    let of_tasks = board.tasks.values().map(|entry| entry.task.project);
    // Of what is quarantined already, too: its project's lead is told.
    let unsettled = candidates.iter().filter(|candidate| !candidate.settled);
    let named = unsettled.filter_map(|candidate| candidate.fact.as_ref()?.project);
    let wanted: BTreeSet<ProjectId> = named.chain(of_tasks).filter(|id| !board.sites.contains_key(id)).collect();
    let starts = candidates.iter().any(Candidate::begins_task);
    let batch = if starts { &SITES_LOCKED } else { &SITES };
    for row in tx.many(batch, wanted.iter().map(|id| row![&id.0])).await? {
        if row.get::<Uuid>(1)? != board.organisation.0 {
            continue;
        }
        let project: Project = own(row.get(3)?)?;
        let faults_must_be_handled = project.kind.faults_block_approval();
        let lead = AccountId(row.get(2)?);
        let site = Site { lead, faults_must_be_handled, termination: project.termination };
        board.sites.insert(project.id, site);
    }
    Ok(())
}

async fn plans(tx: &mut Tx, board: &mut Board, candidates: &[Candidate<'_>]) -> Result<(), StoreError> {
    let mut wanted: BTreeSet<PlanId> = BTreeSet::new();
    let mut executors: BTreeSet<(PlanId, AccountId)> = BTreeSet::new();
    for candidate in candidates {
        if let Some(plan) = candidate.open_body().and_then(Body::plan) {
            wanted.insert(plan);
            executors.insert((plan, candidate.account));
        }
    }
    for task in board.tasks.values().map(|entry| &entry.task) {
        wanted.extend(task.plan);
        executors.extend(task.plan.map(|plan| (plan, task.executor)));
    }
    wanted.retain(|plan| !board.plans.contains_key(plan));
    executors.retain(|key| !board.assignments.contains_key(key));
    for row in tx.many(&PLANS, wanted.iter().map(|id| row![&id.0])).await? {
        let entry = PlanEntry { project: ProjectId(row.get(1)?), name: row.get(2)?, catalogue: ContentId(row.get(3)?) };
        board.plans.insert(PlanId(row.get(0)?), entry);
    }
    for row in tx.many(&ASSIGNMENTS, executors.iter().map(|(plan, who)| row![&plan.0, &who.0])).await? {
        let key = (PlanId(row.get(0)?), AccountId(row.get(1)?));
        board.assignments.insert(key, (row.get(2)?, number(row.get(3)?)?));
    }
    Ok(())
}

/// Packs are immutable and known by their hash: each is read once a process.
static PACKS: LazyLock<Mutex<HashMap<ContentId, Arc<Catalogue>>>> = LazyLock::new(Mutex::default);

/// The packs, where some candidate needs them: the rules about photos stand there.
async fn packs(tx: &mut Tx, board: &mut Board, candidates: &[Candidate<'_>]) -> Result<(), StoreError> {
    if !candidates.iter().any(|candidate| candidate.needs(Need::Catalogue)) {
        return Ok(());
    }
    let find = sql!("SELECT bytes FROM catalogue WHERE id = ?1");
    let wanted: BTreeSet<ContentId> = board.plans.values().map(|plan| plan.catalogue).collect();
    for id in wanted {
        let known = PACKS.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned();
        let pack = match known {
            Some(pack) => pack,
            None => {
                let Some(row) = tx.query_opt(find, &row![&id.0]).await? else { continue };
                let pack = Pack::parse_named(id, row.get(0)?)
                    .map_err(|error| StoreError::Bug(format!("a stored catalogue cannot be read: {error}")))?;
                let pack = Arc::new(pack.catalogue);
                PACKS.lock().unwrap_or_else(PoisonError::into_inner).insert(id, Arc::clone(&pack));
                pack
            }
        };
        board.packs.insert(id, pack);
    }
    Ok(())
}

/// The assignment revisions that the phone acted on, and when its store knew better.
async fn seen(tx: &mut Tx, board: &mut Board, candidates: &[Candidate<'_>]) -> Result<(), StoreError> {
    let mut wanted: BTreeSet<SeenKey> = BTreeSet::new();
    for candidate in candidates {
        let seen = candidate.open_fact().and_then(|fact| fact.subject.seen.as_ref());
        wanted.extend(seen.and_then(|seen| super::scope::key(candidate.store, seen)));
    }
    wanted.retain(|key| !board.seen.contains_key(key));
    let mut rows = Vec::with_capacity(wanted.len());
    for (_, assignment, rev) in &wanted {
        rows.push(row![assignment, stored(*rev)?]);
    }
    let mut found: HashMap<(Uuid, u64), (Assignment, Option<i64>)> = HashMap::new();
    for row in tx.many(&SEEN, rows).await? {
        found.insert((row.get(0)?, number(row.get(1)?)?), (own(row.get(2)?)?, row.get(3)?));
    }
    let acknowledged = sql!("SELECT min(at_ms) FROM cursor_ack WHERE store_id = ?1 AND feed_seq >= ?2");
    for key @ (store, assignment, rev) in wanted {
        let Some((assignment, successor)) = found.get(&(assignment, rev)) else { continue };
        let first = match successor {
            None => None,
            Some(feed_seq) => tx.query_opt(acknowledged, &row![&store.0, *feed_seq]).await?,
        };
        let known = first.map_or(Ok(None), |row| row.get::<Option<i64>>(0))?.map(Timestamp);
        board.seen.insert(key, SeenEntry { assignment: assignment.clone(), successor_known: known });
    }
    Ok(())
}

/// The items that facts answer, and, locked, those whose state may change or which nobody holds.
async fn items(tx: &mut Tx, board: &mut Board, candidates: &[Candidate<'_>]) -> Result<(), StoreError> {
    let (mut read, mut lock) = (BTreeSet::new(), BTreeSet::new());
    for candidate in candidates {
        let Some(body) = candidate.open_body() else { continue };
        if candidate.needs(Need::PlanItems) {
            let entry = candidate.open_fact().and_then(Fact::task).and_then(|id| board.tasks.get(&id));
            lock.extend(entry.into_iter().flat_map(|entry| &entry.task.items).map(|held| held.item));
            lock.extend(body.items());
        } else {
            read.extend(body.items());
        }
    }
    read.retain(|id| !board.items.contains_key(id) && !lock.contains(id));
    lock.retain(|id| board.items.get(id).is_none_or(|entry| !entry.locked));
    item_rows(tx, board, &read, false).await?;
    lock.extend(read.into_iter().filter(|id| board.items.get(id).is_some_and(|entry| entry.task.is_none())));
    item_rows(tx, board, &lock, true).await
}

async fn item_rows(
    tx: &mut Tx,
    board: &mut Board,
    wanted: &BTreeSet<PlanItemId>,
    locked: bool,
) -> Result<(), StoreError> {
    let batch = if locked { &ITEMS_LOCKED } else { &ITEMS };
    for row in tx.many(batch, wanted.iter().map(|id| row![&id.0])).await? {
        let state: &str = row.get(1)?;
        let state = PlanItemState::ALL.into_iter().find(|known| known.code() == state);
        let state = state.ok_or_else(|| StoreError::Bug("a plan item in an unknown state".into()))?;
        let (executor, task) = (row.get::<Option<Uuid>>(2)?.map(AccountId), row.get::<Option<Uuid>>(3)?.map(TaskId));
        board.items.insert(PlanItemId(row.get(0)?), ItemEntry { state, executor, task, locked, changed: false });
    }
    Ok(())
}

/// Which blobs have arrived of the tasks that are decided upon: of what the tasks hold and of what these candidates add.
async fn arrived(tx: &mut Tx, board: &mut Board, candidates: &[Candidate<'_>]) -> Result<(), StoreError> {
    let decides = |candidate: &&Candidate<'_>| candidate.needs(Need::Evidence);
    let decided: BTreeSet<TaskId> =
        candidates.iter().filter(decides).filter_map(Candidate::open_fact).filter_map(Fact::task).collect();
    if decided.is_empty() {
        return Ok(());
    }
    let held = decided.iter().filter_map(|id| board.tasks.get(id)).flat_map(|entry| evidence::blobs_of(&entry.task));
    let named = candidates.iter().filter_map(Candidate::open_fact);
    let named = named.filter(|fact| fact.task().is_some_and(|task| decided.contains(&task)));
    let named = named.flat_map(|fact| &fact.blobs).map(|blob| blob.id);
    let wanted: BTreeSet<ContentId> = held.chain(named).collect();
    let arrived = evidence::arrived(tx, board.organisation, &wanted).await?;
    board.arrived.extend(arrived);
    Ok(())
}

/// The last numbers of the project-days on which the candidates start tasks.
pub(super) async fn numbers(tx: &mut Tx, board: &mut Board, candidates: &[Candidate<'_>]) -> Result<(), StoreError> {
    let last = sql!("SELECT max(number) FROM task WHERE project = ?1 AND day = ?2");
    for candidate in candidates {
        if !candidate.begins_task() {
            continue;
        }
        let Some(project) = candidate.open_fact().and_then(|fact| fact.project) else { continue };
        let key = (project, super::task::day_of(candidate.bound));
        if let Entry::Vacant(place) = board.numbers.entry(key) {
            let (project, day) = place.key();
            let row = tx.query_opt(last, &row![&project.0, day]).await?;
            let number = row.map_or(Ok(None), |row| row.get::<Option<i64>>(0))?;
            place.insert(number.unwrap_or(0));
        }
    }
    Ok(())
}
