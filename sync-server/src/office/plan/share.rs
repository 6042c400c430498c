//! What a phone needs to work on what was issued: the catalogue, the project, the assignment.

use crate::{
    feed::{Publication, publish, readers, share, workers},
    office::project::publish::provide,
    org::Org,
    query::{self, plan::PlanRow, project::ProjectRow},
    random::uuid_v4,
    row, sql,
    store::{StoreError, Tx, json},
};
use firebee_domain::{
    account::Action,
    id::{AccountId, ContentId},
    plan::Assignment,
    time::Timestamp,
};
use firebee_protocol::document::{AssignmentDocument, CatalogueDocument, kind};
use uuid::Uuid;

/// Writes the next revision of an executor's assignment in a plan, and publishes it behind the catalogue and the
/// project. Keeps the feed number of the revision, because scope is judged as of capture.
///
/// # Errors
/// As [`StoreError`] says.
pub(super) async fn assignment(
    tx: &mut Tx,
    org: Org,
    (plan, site): (&PlanRow, &ProjectRow),
    executor: AccountId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (id, rev) = next(tx, org, plan, executor).await?;
    catalogue(tx, org, plan.plan.catalogue, &workers(Action::ReadProject, &[executor], site.lead)).await?;
    provide(tx, org, site).await?;
    // what the firm asks now goes along with what is issued now.
    let demands = query::ways::ways(tx, org).await?.demands(site.project.special_site);
    let granted = Assignment::of(&plan.plan, executor, rev, now, demands);
    let kept = json(&granted)?;
    let document = AssignmentDocument {
        assignment: granted,
        plan_name: plan.name.clone(),
        nature: plan.plan.nature,
        period: plan.plan.period,
        catalogue: plan.plan.catalogue,
    };
    let to = readers(Action::ReadAssignment, executor, Some(site.lead));
    let new = Publication { kind: kind::ASSIGNMENT, id: id.to_string(), body: Some(json(&document)?), to };
    let published = publish(tx, org, vec![new]).await?.pop();
    let published = published.filter(|published| published.rev == rev);
    let numbers = published.iter().flat_map(|published| &published.feed);
    let feed_seq = numbers.filter(|(account, _)| *account == executor).map(|(_, seq)| *seq).next();
    let feed_seq = feed_seq.ok_or_else(|| StoreError::Bug("an assignment was published as another revision".into()))?;
    let keep = sql!(
        "INSERT INTO assignment_revision(org, assignment, rev, feed_seq, body, made_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
    );
    tx.execute(keep, &row![org, &id, signed(rev)?, signed(feed_seq)?, &kept, now]).await.map(drop)
}

/// The assignment of an executor in a plan, and its next revision. Locks the row.
async fn next(tx: &mut Tx, org: Org, plan: &PlanRow, executor: AccountId) -> Result<(Uuid, u64), StoreError> {
    let fresh = uuid_v4().map_err(|error| StoreError::Lost(error.to_string()))?;
    let upsert = sql!(
        "INSERT INTO assignment(org, id, plan, project, executor, rev) VALUES (?1, ?2, ?3, ?4, ?5, 1)
         ON CONFLICT (org, plan, executor) DO UPDATE SET rev = assignment.rev + 1 RETURNING id, rev"
    );
    let values = row![org, &fresh, &plan.plan.id, &plan.plan.project, &executor];
    let row = tx.query_opt(upsert, &values).await?;
    let row = row.ok_or_else(|| StoreError::Bug("an assignment was not written".into()))?;
    let rev = u64::try_from(row.get::<i64>(1)?).map_err(|_| StoreError::Bug("a revision below zero".into()))?;
    Ok((row.get(0)?, rev))
}

/// Publishes the catalogue pack that the plan pins, or shares it with the accounts that lack it. The packs are everybody's;
/// the document that tells of one is each firm's own.
async fn catalogue(tx: &mut Tx, org: Org, pinned: ContentId, to: &[AccountId]) -> Result<(), StoreError> {
    if share(tx, org, kind::CATALOGUE, &pinned.to_string(), to).await?.is_some() {
        return Ok(());
    }
    let find = sql!("SELECT CAST(length(bytes) AS BIGINT), edition FROM catalogue WHERE id = ?1");
    let row = tx.query_opt(find, &row![&pinned]).await?;
    let row = row.ok_or_else(|| StoreError::Bug("a plan pins a catalogue that is not here".into()))?;
    let document = CatalogueDocument { id: pinned, len: row.get(0)?, edition: row.get(1)? };
    let new =
        Publication { kind: kind::CATALOGUE, id: pinned.to_string(), body: Some(json(&document)?), to: to.to_vec() };
    publish(tx, org, vec![new]).await.map(drop)
}

fn signed(number: u64) -> Result<i64, StoreError> {
    i64::try_from(number).map_err(|_| StoreError::Bug("a number that does not fit".into()))
}
