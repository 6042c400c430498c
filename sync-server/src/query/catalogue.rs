//! Reads about catalogue packs.

use crate::{
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::id::ContentId;

/// The bytes of a pack. Packs are public knowledge: whoever is signed in may have any.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn bytes(tx: &mut Tx, id: ContentId) -> Result<Option<Vec<u8>>, StoreError> {
    let row = tx.query_opt(sql!("SELECT bytes FROM catalogue WHERE id = ?1"), &row![&id.0]).await?;
    row.map(|row| row.get(0)).transpose()
}
