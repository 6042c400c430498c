//! Which blobs of a task are on the server.

use crate::{
    org::Org,
    row,
    store::{Batch, BlobStage, StoreError, Tx, Ty, own},
};
use firebee_domain::{
    evidence::PhotoExif,
    id::{ContentId, TaskId},
};
use firebee_protocol::fact::{BlobRole, Mime};
use std::collections::{HashMap, HashSet};

static USED: Batch<3> = Batch::new(
    "WITH p(org, id, role) AS ({rows})
     SELECT DISTINCT u.blob, t.id, t.name FROM p JOIN blob_use u
         ON u.org = p.org AND u.blob = p.id AND u.role = p.role JOIN task t ON t.org = u.org AND t.id = u.task",
    [Ty::Int, Ty::Blob, Ty::Text],
);
static VERIFIED: Batch<3> = Batch::new(
    "WITH p(org, id, state) AS ({rows})
     SELECT b.id FROM p JOIN blob b ON b.org = p.org AND b.id = p.id WHERE b.state = p.state AND b.expired_ms IS NULL",
    [Ty::Int, Ty::Blob, Ty::Text],
);
static EXPIRED: Batch<2> = Batch::new(
    "WITH p(org, id) AS ({rows})
     SELECT b.id FROM p JOIN blob b ON b.org = p.org AND b.id = p.id WHERE b.expired_ms IS NOT NULL",
    [Ty::Int, Ty::Blob],
);
static EXIF: Batch<3> = Batch::new(
    "WITH p(org, id, state) AS ({rows})
     SELECT b.id, b.exif FROM p JOIN blob b ON b.org = p.org AND b.id = p.id WHERE b.state = p.state",
    [Ty::Int, Ty::Blob, Ty::Text],
);
static MEDIA: Batch<3> = Batch::new(
    "WITH p(org, id, state) AS ({rows})
     SELECT b.id, b.media FROM p JOIN blob b ON b.org = p.org AND b.id = p.id WHERE b.state = p.state",
    [Ty::Int, Ty::Blob, Ty::Text],
);

/// The blobs among `blobs` that the firm has, that the server has verified, and whose time is not over.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn verified(tx: &mut Tx, org: Org, blobs: &HashSet<ContentId>) -> Result<HashSet<ContentId>, StoreError> {
    let rows = tx.many(&VERIFIED, blobs.iter().map(|id| row![org, id, BlobStage::Verified])).await?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// The blobs among `blobs` that were verified and are gone because their time was over.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn expired(tx: &mut Tx, org: Org, blobs: &HashSet<ContentId>) -> Result<HashSet<ContentId>, StoreError> {
    let rows = tx.many(&EXPIRED, blobs.iter().map(|id| row![org, id])).await?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// What the bytes of the files among `blobs` are that the server has verified.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn media(tx: &mut Tx, org: Org, blobs: &HashSet<ContentId>) -> Result<HashMap<ContentId, Mime>, StoreError> {
    let mut found = HashMap::new();
    for row in tx.many(&MEDIA, blobs.iter().map(|id| row![org, id, BlobStage::Verified])).await? {
        if let Some(mime) = row.get::<Option<Mime>>(1)? {
            found.insert(row.get(0)?, mime);
        }
    }
    Ok(found)
}

/// What a camera wrote into the pictures among `blobs` that the server has verified, read from their bytes.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn exif(
    tx: &mut Tx,
    org: Org,
    blobs: &HashSet<ContentId>,
) -> Result<HashMap<ContentId, PhotoExif>, StoreError> {
    let mut found = HashMap::new();
    for row in tx.many(&EXIF, blobs.iter().map(|id| row![org, id, BlobStage::Verified])).await? {
        if let Some(read) = row.get::<Option<String>>(1)? {
            found.insert(row.get(0)?, own(&read)?);
        }
    }
    Ok(found)
}

/// The tasks in which photos are used, by their original bytes: each with its name.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn places(
    tx: &mut Tx,
    org: Org,
    originals: &HashSet<ContentId>,
) -> Result<HashMap<ContentId, Vec<(TaskId, String)>>, StoreError> {
    let mut places: HashMap<ContentId, Vec<(TaskId, String)>> = HashMap::new();
    for row in tx.many(&USED, originals.iter().map(|id| row![org, id, BlobRole::Original])).await? {
        places.entry(row.get(0)?).or_default().push((row.get(1)?, row.get(2)?));
    }
    Ok(places)
}

/// The other tasks in which a photo of a task is used, by the original bytes: each with its name.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn used_elsewhere(
    tx: &mut Tx,
    org: Org,
    task: TaskId,
    originals: &HashSet<ContentId>,
) -> Result<HashMap<ContentId, Vec<(TaskId, String)>>, StoreError> {
    let mut places = places(tx, org, originals).await?;
    places.values_mut().for_each(|found| found.retain(|(other, _)| *other != task));
    places.retain(|_, found| !found.is_empty());
    Ok(places)
}
