//! Reads about blobs.

use super::session::unsigned;
use crate::{
    blobs::BlobKey,
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::{
    account::{Action, Actor, Relation, Subject, may},
    evidence::PhotoRole,
    id::AccountId,
};
use firebee_protocol::{
    blob::BlobState,
    fact::{Body, parse},
};
use uuid::Uuid;

/// A blob as its row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlobRow {
    /// The bytes that it will have: as announced, or as the upload says.
    pub len: u64,
    /// The bytes that are here and durable.
    pub received: u64,
    /// How far it is. With durability `disk` what is verified is durable.
    pub state: BlobState,
}

/// The blob, if a fact of this organisation announced it.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn blob(tx: &mut Tx, key: BlobKey) -> Result<Option<BlobRow>, StoreError> {
    let find = sql!("SELECT len, state, received FROM blob WHERE organisation = ?1 AND id = ?2");
    let Some(row) = tx.query_opt(find, &row![&key.organisation.0, &key.id.0]).await? else { return Ok(None) };
    let (len, received) = (unsigned(row.get(0)?), unsigned(row.get(2)?));
    let state = match row.get::<&str>(1)? {
        "verified" => BlobState::Durable,
        _ if received > 0 => BlobState::Receiving,
        _ => BlobState::Announced,
    };
    Ok(Some(BlobRow { len, received, state }))
}

/// One fact that names a blob, and how the actor stands to it.
struct Use {
    relations: Vec<Relation>,
    role: String,
    selfie: bool,
    approved: bool,
    discarded: bool,
}

/// The blob, if it is verified and the actor may see it by any fact that names it.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn readable(tx: &mut Tx, actor: &Actor, key: BlobKey) -> Result<Option<BlobRow>, StoreError> {
    let Some(row) = blob(tx, key).await?.filter(|row| row.state == BlobState::Durable) else { return Ok(None) };
    let permitted = uses(tx, actor.account, key).await?.into_iter().any(|used| {
        let action = action(&used);
        let subject = Subject { organisation: key.organisation, relations: used.relations };
        // What was discarded is shown to who leads and who manages only (protocol, "Tasks, results, rounds").
        may(actor, action, &subject) && (!used.discarded || may(actor, Action::ReadDiscardedTask, &subject))
    });
    Ok(permitted.then_some(row))
}

/// What is asked for; the protocol's "Blobs" say who may have it.
fn action(used: &Use) -> Action {
    match used.role.as_str() {
        _ if used.selfie => Action::ReadSelfie,
        "track" => Action::ReadTrack,
        "preview" | "thumb" if used.approved => Action::ReadApprovedPhoto,
        "preview" | "thumb" => Action::ReadPhoto,
        _ => Action::ReadOriginal,
    }
}

async fn uses(tx: &mut Tx, account: AccountId, key: BlobKey) -> Result<Vec<Use>, StoreError> {
    let find = sql!(
        "SELECT u.account, u.role, f.bytes, p.lead, t.state,
             EXISTS (SELECT 1 FROM assignment a WHERE a.project = u.project AND a.executor = ?3)
         FROM blob_use u LEFT JOIN fact f ON f.id = u.fact LEFT JOIN project p ON p.id = u.project
             LEFT JOIN task t ON t.id = u.task
         WHERE u.organisation = ?1 AND u.blob = ?2"
    );
    let rows = tx.query(find, &row![&key.organisation.0, &key.id.0, &account.0]).await?;
    let mut uses = Vec::with_capacity(rows.len());
    for row in rows {
        let mut relations = vec![Relation::SameOrganisation];
        let author: Uuid = row.get(0)?;
        let lead: Option<Uuid> = row.get(3)?;
        relations.extend((author == account.0).then_some(Relation::Own));
        relations.extend((lead == Some(account.0)).then_some(Relation::Lead));
        relations.extend(row.get::<bool>(5)?.then_some(Relation::Assigned));
        let state = row.get::<Option<&str>>(4)?;
        uses.push(Use {
            relations,
            role: row.get(1)?,
            selfie: row.get::<Option<&[u8]>>(2)?.is_none_or(is_selfie),
            approved: state == Some("approved"),
            discarded: state == Some("discarded"),
        });
    }
    Ok(uses)
}

/// Whether the fact took a selfie. One that cannot be read counts as such: who sees less asks.
fn is_selfie(line: &[u8]) -> bool {
    match parse(line).map(|fact| fact.body) {
        Ok(Ok(Body::PhotoTaken(taken))) => taken.role == PhotoRole::Selfie,
        Ok(Ok(_)) => false,
        Ok(Err(_)) | Err(_) => true,
    }
}
