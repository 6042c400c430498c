//! The incarnation of the data. It is made with the database and changes with every restore.

use super::{Store, StoreError, Tx};
use crate::{row, sql};
use firebee_domain::id::IncarnationId;

/// The incarnation of this database; a new database takes `fresh`.
///
/// # Errors
/// The database failed, or the stored value is no incarnation.
pub async fn incarnation(store: &Store, fresh: IncarnationId) -> Result<IncarnationId, StoreError> {
    let fresh = fresh.to_string();
    let kept = store
        .write("find_incarnation", async move |tx: &mut Tx| {
            let insert =
                sql!("INSERT INTO setting(key, value) VALUES ('incarnation', ?1) ON CONFLICT (key) DO NOTHING");
            tx.execute(insert, &row![&fresh]).await?;
            let found = tx.query_opt(sql!("SELECT value FROM setting WHERE key = 'incarnation'"), &[]).await?;
            found.map_or(Ok(fresh), |row| row.get::<&str>(0).map(str::to_owned))
        })
        .await?;
    kept.parse().map_err(|_| StoreError::Bug("the incarnation is not a UUID".into()))
}
