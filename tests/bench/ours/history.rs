//! The feed of an account that has had many changes: documents that came and are gone again.

use super::estate::account;
use firebee_server::store::{Store, StoreError, Tx};

/// Writes so many changes into the feed of the first operator.
pub async fn write(store: &Store, changes: usize) {
    let written = async move |tx: &mut Tx| tx.script(&statements(changes), "").await;
    store
        .write("history", written)
        .await
        .map_err(|error: StoreError| error.to_string())
        .expect("the history is written");
}

fn statements(changes: usize) -> String {
    let account = account(1).0.simple().to_string();
    let numbers = format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 WHERE {changes} > 0 UNION ALL SELECT i + 1 FROM n WHERE i < {changes})"
    );
    let id = "printf('00000000-0000-7000-8000-%012x', i)";
    format!(
        "{numbers} INSERT INTO document (org, kind, id, rev, body, previous)
             SELECT s.org, 'task', {id}, 2, NULL, NULL FROM session s, n WHERE s.account = x'{account}';
         {numbers} INSERT INTO feed (org, account, kind, id, feed_seq, rev, deleted, patch_after)
             SELECT s.org, s.account, 'task', {id}, s.feed_head + i, 2, 1, NULL
             FROM session s, n WHERE s.account = x'{account}';
         UPDATE session SET feed_head = feed_head + {changes} WHERE account = x'{account}';"
    )
}
