//! The index of the work log: what its list searches by, copied from the lines of the acts.

use crate::{
    org::Org,
    query, row, sql,
    store::{Batch, Store, StoreError, Tx, Ty, number, stored},
};
use firebee_protocol::act::OfficeAct;

static ENTRIES: Batch<7> = Batch::new(
    "INSERT INTO act_entry(org, seq, at_ms, kind, account, project, subject) {rows} ON CONFLICT (org, seq) DO NOTHING",
    [Ty::Int, Ty::Int, Ty::Int, Ty::Text, Ty::Blob, Ty::Blob, Ty::Text],
);

/// How many lines are read at once.
const PAGE: i64 = 500;

/// Enters acts under their places in the chain.
pub(super) async fn enter(tx: &mut Tx, org: Org, acts: &[(u64, OfficeAct)]) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(acts.len());
    for (seq, act) in acts {
        let (account, project) = (act.account.as_ref(), act.project.as_ref());
        rows.push(row![org, stored(*seq)?, act.at_ms, &act.kind, account, project, &act.subject]);
    }
    tx.many(&ENTRIES, rows).await.map(drop)
}

/// Enters the acts that an older program wrote down without an entry. A server calls this when it opens its data.
///
/// # Errors
/// As [`StoreError`] says, also when a line cannot be read.
pub async fn index_acts(store: &Store) -> Result<(), StoreError> {
    for org in store.read("find_firms", async |tx: &mut Tx| query::org::all(tx).await).await? {
        while store.write("index_acts", async move |tx: &mut Tx| index_page(tx, org).await).await? {}
    }
    Ok(())
}

/// Enters some acts that lie beyond the last entry. Whether there may be more.
async fn index_page(tx: &mut Tx, org: Org) -> Result<bool, StoreError> {
    let find = sql!(
        "SELECT seq, line FROM act
         WHERE org = ?1 AND seq > (SELECT COALESCE(MAX(e.seq), 0) FROM act_entry e WHERE e.org = ?1)
         ORDER BY seq LIMIT ?2"
    );
    let mut acts = Vec::new();
    for row in tx.query(find, &row![org, PAGE]).await? {
        let act = OfficeAct::read(row.get(1)?).map_err(|error| StoreError::Bug(error.to_string()))?;
        acts.push((number(row.get(0)?)?, act));
    }
    enter(tx, org, &acts).await?;
    Ok(!acts.is_empty())
}
