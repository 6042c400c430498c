//! Reads about catalogue packs.

use crate::{
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::{catalogue::Catalogue, id::ContentId};
use firebee_protocol::catalogue::Pack;
use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

/// A pack never changes and is named by its hash, so a process reads each pack once, however many firms pin it.
static PACKS: LazyLock<Mutex<HashMap<ContentId, Arc<Catalogue>>>> = LazyLock::new(Mutex::default);

/// The bytes of a pack. Packs are public knowledge: whoever is signed in may have any.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn bytes(tx: &mut Tx, id: ContentId) -> Result<Option<Vec<u8>>, StoreError> {
    let row = tx.query_opt(sql!("SELECT bytes FROM catalogue WHERE id = ?1"), &row![&id]).await?;
    row.map(|row| row.get(0)).transpose()
}

/// A pack: the built-in one, or one of an earlier version that a plan pins; `None` when it is not here.
///
/// # Errors
/// [`StoreError::Bug`] when its bytes cannot be read.
pub async fn find(tx: &mut Tx, id: ContentId) -> Result<Option<Arc<Catalogue>>, StoreError> {
    if let Some(known) = PACKS.lock().unwrap_or_else(PoisonError::into_inner).get(&id) {
        return Ok(Some(Arc::clone(known)));
    }
    let Some(found) = bytes(tx, id).await? else { return Ok(None) };
    let pack = Pack::parse_named(id, &found)
        .map_err(|error| StoreError::Bug(format!("a stored catalogue cannot be read: {error}")))?;
    let pack = Arc::new(pack.catalogue);
    PACKS.lock().unwrap_or_else(PoisonError::into_inner).insert(id, Arc::clone(&pack));
    Ok(Some(pack))
}

/// The pack that a plan pins.
///
/// # Errors
/// As [`find`]; [`StoreError::Bug`] also when it is not here.
pub async fn pack(tx: &mut Tx, id: ContentId) -> Result<Arc<Catalogue>, StoreError> {
    find(tx, id).await?.ok_or_else(|| StoreError::Bug("a plan pins a catalogue that is not here".into()))
}
