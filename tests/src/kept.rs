//! The lines that a server kept, as they came, and the documents that it made.
#![expect(clippy::expect_used, reason = "a test that cannot read the database must fail, loudly")]

use bytes::Bytes;
use firebee_domain::id::StoreId;
use firebee_protocol::problem::CodeWord;
use firebee_server::{
    query::{line, org},
    row, sql,
    store::{Packed, Store, StoreError, Tx, pack},
};

/// A line at its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The store that sent it.
    pub store: StoreId,
    /// Its seq there.
    pub seq: u64,
    /// Its bytes without the line feed.
    pub bytes: Bytes,
    /// Why it does not count; `None` when it was accepted.
    pub code: Option<CodeWord>,
}

/// Every line of every firm, by store and seq.
///
/// # Panics
/// If the database refuses.
pub async fn lines(store: &Store) -> Vec<Kept> {
    try_lines(store).await.expect("the lines can be read")
}

/// As [`lines`].
///
/// # Errors
/// As [`StoreError`] says.
pub async fn try_lines(store: &Store) -> Result<Vec<Kept>, StoreError> {
    let read = async move |tx: &mut Tx| {
        let mut kept = Vec::new();
        for firm in org::all(tx).await? {
            for (store, last) in line::stores(tx, firm).await? {
                let mut codes = line::outcomes(tx, firm, store, 1, last).await?;
                for found in line::range(tx, firm, store, 1, last).await? {
                    let code = codes.remove(&found.seq);
                    kept.push(Kept { store, seq: found.seq, bytes: found.bytes, code });
                }
            }
        }
        Ok::<_, StoreError>(kept)
    };
    store.read("kept", read).await
}

/// Replaces a text in every document of a kind, as another program would have written it.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn rewrite(tx: &mut Tx, kind: &str, from: &str, to: &str) -> Result<(), StoreError> {
    let find = sql!("SELECT org, id, body FROM document WHERE kind = ?1 AND body IS NOT NULL");
    for row in tx.query(find, &row![kind]).await? {
        let body = row.get::<Packed>(2)?.0.replace(from, to);
        let keep = sql!("UPDATE document SET body = ?4 WHERE org = ?1 AND kind = ?2 AND id = ?3");
        let packed = pack(body.as_bytes())?;
        tx.execute(keep, &row![row.get::<i64>(0)?, kind, row.get::<&str>(1)?, &packed]).await?;
    }
    Ok(())
}
