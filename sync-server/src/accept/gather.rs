//! Loads the data that the candidates name onto the board, with one query a table however many candidates there are.

use super::{
    board::{Author, Board, PlanEntry, SeenEntry, SeenKey},
    candidate::Candidate,
    decide,
};
use crate::{
    aggregate::{self, day_of},
    evidence, query, row, sql,
    store::{Batch, StoreError, Tx, Ty, number, own, stored},
};
use firebee_domain::{
    account::{Account, Actor, Category, Role},
    fact::Need,
    id::{AccountId, ContentId, PlanId, TaskId},
    personnel::Person,
    plan::{Assignment, period_end},
    time::Timestamp,
};
use firebee_protocol::fact::{Body, Fact};
use std::collections::{BTreeSet, HashMap, hash_map::Entry};
use uuid::Uuid;

static PLANS: Batch<2> = Batch::new(
    "SELECT id, project, name, catalogue, nature, period FROM plan WHERE (org, id) IN ({rows})",
    [Ty::Int, Ty::Blob],
);
static SEEN: Batch<3> = Batch::new(
    "WITH p(org, assignment, rev) AS ({rows})
     SELECT r.assignment, r.rev, r.body, r.made_ms,
            (SELECT min(s.feed_seq) FROM assignment_revision s
             WHERE s.org = r.org AND s.assignment = r.assignment AND s.rev > r.rev)
     FROM p JOIN assignment_revision r ON r.org = p.org AND r.assignment = p.assignment AND r.rev = p.rev",
    [Ty::Int, Ty::Blob, Ty::Int],
);

/// Loads everything that the candidates need and the board does not hold yet.
pub(super) async fn load(tx: &mut Tx, board: &mut Board, candidates: &[Candidate<'_>]) -> Result<(), StoreError> {
    authors(tx, board, candidates).await?;
    fit(tx, board, candidates).await?;
    receivers(tx, board, candidates).await?;
    let named = candidates.iter().filter_map(Candidate::open_fact).filter_map(Fact::task);
    tasks(tx, board, candidates, named).await?;
    packs(tx, board, candidates).await?;
    seen(tx, board, candidates).await?;
    adopted(tx, board, candidates).await?;
    items(tx, board, candidates).await?;
    decide::load(tx, board, candidates).await?;
    arrived(tx, board, candidates).await
}

async fn authors(tx: &mut Tx, board: &mut Board, candidates: &[Candidate<'_>]) -> Result<(), StoreError> {
    let find = sql!(
        "SELECT a.category, a.director, p.name, p.body
         FROM account a JOIN person p ON p.org = a.org AND p.id = a.person WHERE a.org = ?1 AND a.id = ?2"
    );
    let wanted: BTreeSet<AccountId> = candidates.iter().map(|candidate| candidate.account).collect();
    for account in wanted {
        if board.authors.contains_key(&account) {
            continue;
        }
        let Some(row) = tx.query_opt(find, &row![board.ledger.org, &account]).await? else { continue };
        let category: Category = own(&format!("\"{}\"", row.get::<&str>(0)?))?;
        let person: Person = own(row.get(3)?)?;
        let actor = Actor {
            account,
            organisation: Some(board.ledger.org.id()),
            role: Role::from(category),
            technical_director: row.get(1)?,
            // Who records has an open account: what comes while it is closed is late.
            enabled: true,
        };
        let author = Author { actor, name: row.get(2)?, registrations: person.registrations() };
        board.authors.insert(account, author);
    }
    Ok(())
}

/// Learns which of the accounts that the candidates send to work can be sent.
async fn fit(tx: &mut Tx, board: &mut Board, candidates: &[Candidate<'_>]) -> Result<(), StoreError> {
    let sent = candidates.iter().filter_map(Candidate::open_body).filter_map(Body::sends);
    let sent: BTreeSet<AccountId> = sent.filter(|account| !board.fit.contains(account)).collect();
    for account in sent {
        if query::member::can_be_sent(tx, board.ledger.org, account).await? {
            board.fit.insert(account);
        }
    }
    Ok(())
}

/// Finds out which of the accounts that tasks are handed to may go on with one.
async fn receivers(tx: &mut Tx, board: &mut Board, candidates: &[Candidate<'_>]) -> Result<(), StoreError> {
    for to in candidates.iter().filter_map(Candidate::open_body).filter_map(|body| body.hands_to()) {
        let account = query::member::account(tx, board.ledger.org, to).await?;
        board.receivers.extend(account.filter(Account::works_on_site).map(|account| account.id));
    }
    Ok(())
}

/// Locks and loads tasks of the firm; a task of another firm counts as unknown. Also loads the projects, plans and
/// assignments that these tasks and the candidates name, because publishing a task needs everybody who may read it.
pub(super) async fn tasks(
    tx: &mut Tx,
    board: &mut Board,
    candidates: &[Candidate<'_>],
    named: impl Iterator<Item = TaskId>,
) -> Result<(), StoreError> {
    aggregate::load(tx, &mut board.ledger, named).await?;
    sites(tx, board, candidates).await?;
    plans(tx, board, candidates).await
}

async fn sites(tx: &mut Tx, board: &mut Board, candidates: &[Candidate<'_>]) -> Result<(), StoreError> {
    // Refused candidates count here too, because their project's lead is told about them.
    let unsettled = candidates.iter().filter(|candidate| !candidate.settled);
    let named = unsettled.filter_map(|candidate| candidate.fact.as_ref()?.project);
    let starts = candidates.iter().any(Candidate::begins_task);
    aggregate::sites(tx, &mut board.ledger, named, starts).await
}

async fn plans(tx: &mut Tx, board: &mut Board, candidates: &[Candidate<'_>]) -> Result<(), StoreError> {
    let begun = |candidate: &Candidate<'_>| Some((candidate.open_body()?.plan()?, candidate.account));
    let begun: Vec<(PlanId, AccountId)> = candidates.iter().filter_map(begun).collect();
    let of_tasks = board.ledger.tasks.values().filter_map(|entry| entry.document.task.plan);
    let wanted: BTreeSet<PlanId> = begun.iter().map(|(plan, _)| *plan).chain(of_tasks).collect();
    let wanted = wanted.into_iter().filter(|plan| !board.plans.contains_key(plan)).collect::<Vec<_>>();
    let org = board.ledger.org;
    for row in tx.many(&PLANS, wanted.iter().map(|id| row![org, id])).await? {
        let last_day = period_end(row.get(4)?, row.get(5)?);
        let entry = PlanEntry { project: row.get(1)?, name: row.get(2)?, catalogue: row.get(3)?, last_day };
        board.plans.insert(row.get(0)?, entry);
    }
    aggregate::assignments(tx, &mut board.ledger, begun.into_iter()).await
}

/// Loads the present plans of the starts that somebody adopted.
async fn adopted(tx: &mut Tx, board: &mut Board, candidates: &[Candidate<'_>]) -> Result<(), StoreError> {
    for candidate in candidates.iter().filter(|candidate| candidate.adopted) {
        let Some(plan) = candidate.open_body().and_then(Body::plan) else { continue };
        let Entry::Vacant(place) = board.adopted.entry((plan, candidate.account)) else { continue };
        if let Some(row) = query::plan::plan(tx, board.ledger.org, plan).await? {
            place.insert(Assignment::adopted(&row.plan, candidate.account, board.ledger.now));
        }
    }
    Ok(())
}

/// Loads the packs if a candidate needs them, because they hold the rules about photos: those of plans and tasks, and those
/// that tasks outside the plan name.
async fn packs(tx: &mut Tx, board: &mut Board, candidates: &[Candidate<'_>]) -> Result<(), StoreError> {
    let named: Vec<ContentId> = candidates.iter().filter_map(|candidate| candidate.open_body()?.pack()).collect();
    if named.is_empty() && !candidates.iter().any(|candidate| candidate.needs(Need::Catalogue)) {
        return Ok(());
    }
    let of_plans = board.plans.values().map(|plan| plan.catalogue);
    let of_tasks = board.ledger.tasks.values().map(|entry| entry.document.catalogue);
    let wanted: BTreeSet<ContentId> = of_plans.chain(of_tasks).chain(named).collect();
    for id in wanted {
        if let Some(pack) = query::catalogue::find(tx, id).await? {
            board.packs.insert(id, pack);
        }
    }
    Ok(())
}

/// Loads the assignment revisions that the phones acted on, and when each phone's store acknowledged the next revision.
async fn seen(tx: &mut Tx, board: &mut Board, candidates: &[Candidate<'_>]) -> Result<(), StoreError> {
    let mut wanted: BTreeSet<SeenKey> = BTreeSet::new();
    for candidate in candidates {
        let seen = candidate.open_fact().and_then(|fact| fact.subject.seen.as_ref());
        wanted.extend(seen.and_then(|seen| super::scope::key(candidate.store, seen)));
    }
    wanted.retain(|key| !board.seen.contains_key(key));
    let (org, mut rows) = (board.ledger.org, Vec::with_capacity(wanted.len()));
    for (_, assignment, rev) in &wanted {
        rows.push(row![org, assignment, stored(*rev)?]);
    }
    let mut found: HashMap<(Uuid, u64), (Assignment, Timestamp, Option<i64>)> = HashMap::new();
    for row in tx.many(&SEEN, rows).await? {
        found.insert((row.get(0)?, number(row.get(1)?)?), (own(row.get(2)?)?, row.get(3)?, row.get(4)?));
    }
    let acknowledged = sql!("SELECT min(at_ms) FROM cursor_ack WHERE org = ?1 AND store_id = ?2 AND feed_seq >= ?3");
    for key @ (store, assignment, rev) in wanted {
        let Some((assignment, made, successor)) = found.get(&(assignment, rev)) else { continue };
        let first = match successor {
            None => None,
            Some(feed_seq) => tx.query_opt(acknowledged, &row![org, &store, *feed_seq]).await?,
        };
        let known = first.map_or(Ok(None), |row| row.get::<Option<i64>>(0))?.map(Timestamp);
        board.seen.insert(key, SeenEntry { assignment: assignment.clone(), made: *made, successor_known: known });
    }
    Ok(())
}

/// Loads the plan items that facts answer. Locks the items whose state may change, and the items that no task holds.
async fn items(tx: &mut Tx, board: &mut Board, candidates: &[Candidate<'_>]) -> Result<(), StoreError> {
    let (mut read, mut lock) = (BTreeSet::new(), BTreeSet::new());
    for candidate in candidates {
        let Some(body) = candidate.open_body() else { continue };
        if candidate.needs(Need::PlanItems) {
            let task = candidate.open_fact().and_then(Fact::task).and_then(|id| board.ledger.task(id));
            lock.extend(task.into_iter().flat_map(|task| &task.items).map(|held| held.item));
            lock.extend(body.items());
        } else {
            read.extend(body.items());
        }
    }
    aggregate::items(tx, &mut board.ledger, read, lock).await
}

/// For the tasks that candidates decide on: loads which of their blobs have arrived, blobs that these candidates
/// announce included.
async fn arrived(tx: &mut Tx, board: &mut Board, candidates: &[Candidate<'_>]) -> Result<(), StoreError> {
    let decides = |candidate: &&Candidate<'_>| candidate.needs(Need::Evidence);
    let decided: BTreeSet<TaskId> =
        candidates.iter().filter(decides).filter_map(Candidate::open_fact).filter_map(Fact::task).collect();
    if decided.is_empty() {
        return Ok(());
    }
    let held = decided.iter().filter_map(|id| board.ledger.task(*id)).flat_map(evidence::blobs_of);
    let named = candidates.iter().filter_map(Candidate::open_fact);
    let named = named.filter(|fact| fact.task().is_some_and(|task| decided.contains(&task)));
    let named = named.flat_map(|fact| &fact.blobs).map(|blob| blob.id);
    let wanted: BTreeSet<ContentId> = held.chain(named).collect();
    let arrived = evidence::arrived(tx, board.ledger.org, &wanted).await?;
    board.arrived.extend(arrived);
    Ok(())
}

/// Loads the last number given for each project and day on which candidates start tasks.
pub(super) async fn numbers(tx: &mut Tx, board: &mut Board, candidates: &[Candidate<'_>]) -> Result<(), StoreError> {
    let last = sql!("SELECT max(number) FROM task WHERE org = ?1 AND project = ?2 AND day = ?3");
    for candidate in candidates {
        if !candidate.begins_task() {
            continue;
        }
        let Some(project) = candidate.open_fact().and_then(|fact| fact.project) else { continue };
        let key = (project, day_of(candidate.time.best()));
        if let Entry::Vacant(place) = board.numbers.entry(key) {
            let (project, day) = place.key();
            let row = tx.query_opt(last, &row![board.ledger.org, project, day]).await?;
            let number = row.map_or(Ok(None), |row| row.get::<Option<i64>>(0))?;
            place.insert(number.unwrap_or(0));
        }
    }
    Ok(())
}
