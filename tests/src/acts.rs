//! The acts that an office has written down.
#![expect(clippy::expect_used, reason = "a test without its database must fail, loudly")]

use firebee_protocol::act::OfficeAct;
use firebee_server::{
    query::{act::links, org},
    store::{Store, StoreError, Tx},
};

/// The acts of this kind of every firm, in their order.
///
/// # Panics
/// If the database refuses, or a line is no act.
pub async fn acts(store: &Store, kind: &str) -> Vec<OfficeAct> {
    let read = async move |tx: &mut Tx| {
        let mut found = Vec::new();
        for org in org::all(tx).await? {
            found.extend(links(tx, org).await?);
        }
        Ok::<_, StoreError>(found)
    };
    let found = store.read("acts", read).await.expect("the acts are read");
    let read = found.iter().map(|link| OfficeAct::read(&link.line).expect("an act"));
    read.filter(|act| act.kind == kind).collect()
}
