//! Reads, filtered by who asks. No writes.

pub mod blob;
pub mod catalogue;
pub mod device;
pub mod held;
mod pull;
pub mod session;

pub use pull::{PullError, PullRequest, pull};

use crate::{
    sql,
    store::{StoreError, Tx},
};

/// Whether the database answers.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn ready(tx: &mut Tx) -> Result<(), StoreError> {
    tx.query_opt(sql!("SELECT value FROM setting WHERE key = 'incarnation'"), &[]).await.map(drop)
}
