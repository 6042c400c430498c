//! Reads about catalogue packs.

use crate::{
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::{catalogue::Catalogue, id::ContentId};
use firebee_protocol::catalogue::Pack;
use std::borrow::Cow;

/// The bytes of a pack. Packs are public knowledge: whoever is signed in may have any.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn bytes(tx: &mut Tx, id: ContentId) -> Result<Option<Vec<u8>>, StoreError> {
    let row = tx.query_opt(sql!("SELECT bytes FROM catalogue WHERE id = ?1"), &row![&id]).await?;
    row.map(|row| row.get(0)).transpose()
}

/// The pack that a plan pins: the built-in one, or one of an earlier version.
///
/// # Errors
/// [`StoreError::Bug`] when it is not here.
pub async fn pack(tx: &mut Tx, id: ContentId) -> Result<Cow<'static, Catalogue>, StoreError> {
    let embedded = Pack::embedded();
    if embedded.id == id {
        return Ok(Cow::Borrowed(&embedded.catalogue));
    }
    let found = bytes(tx, id).await?;
    let found = found.ok_or_else(|| StoreError::Bug("a plan pins a catalogue that is not here".into()))?;
    let pack = Pack::parse_named(id, &found).map_err(|error| StoreError::Bug(error.to_string()))?;
    Ok(Cow::Owned(pack.catalogue))
}
