//! Where a password was typed. A phone whose store has held the account before proves that by its key; wrong passwords that
//! others type do not make it wait.

use crate::{
    office::Office,
    password::Source,
    query,
    store::{StoreError, Tx},
};
use firebee_domain::{account::Login, id::StoreId};
use firebee_protocol::sign::PublicKey;

/// The source of a password for `login` that a store brings from `address`. `proves` says whether the request proves the
/// store's registered key.
pub(in crate::office) async fn source(
    office: &Office,
    (store, login): (StoreId, &str),
    proves: impl FnOnce(&PublicKey) -> bool,
    address: &str,
) -> Result<Source, StoreError> {
    let find = async move |tx: &mut Tx| query::session::store(tx, store).await;
    let found = office.store.read("find_store", find).await?;
    let found = found.filter(|found| Login::new(login).is_ok_and(|login| login.as_str() == found.login));
    let known = found.is_some_and(|found| !found.revoked && proves(&found.key));
    Ok(if known { Source::Known(format!("store {store}")) } else { Source::Address(address.to_owned()) })
}
