//! Sets what decides a deadline that lies between proof and proof.

use crate::{
    keys::Keyring,
    office::{
        Office,
        act::{Noted, note},
    },
    query,
    random::uuid_v4,
    row, sql,
    store::{StoreError, Tx, json, own},
};
use firebee_domain::{
    code::Code,
    id::RequestId,
    organisation::Organisation,
    time::{Cutoff, Timestamp},
};

/// Why the setting stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SetCutoffError {
    /// No firm, or several, have this name.
    #[error("no firm fits")]
    NoFirm,
    /// The database, or no random bytes.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SetCutoffError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::NoFirm => Code::NotFound,
            Self::Store(error) => error.code(),
        }
    }
}

/// Sets it for the firm of this name, and writes that down as an act. A task keeps the setting with which it began.
///
/// # Errors
/// See [`SetCutoffError`].
pub async fn set_cutoff(office: &Office, organisation: &str, cutoff: Cutoff) -> Result<(), SetCutoffError> {
    let request = RequestId(uuid_v4().map_err(|error| StoreError::Lost(error.to_string()))?);
    let (name, at, keys) = (organisation.to_owned(), office.clock.now(), office.keyring.clone());
    let job = async move |tx: &mut Tx| run(tx, &keys, request, (&name, cutoff), at).await;
    office.store.write("set_cutoff", job).await
}

async fn run(
    tx: &mut Tx,
    keys: &Keyring,
    request: RequestId,
    (name, cutoff): (&str, Cutoff),
    at: Timestamp,
) -> Result<(), SetCutoffError> {
    let org = query::org::named(tx, name).await?.ok_or(SetCutoffError::NoFirm)?;
    // Two changes of one firm wait for each other here, so neither loses what the other wrote.
    let lock = sql!("UPDATE organisation SET body = body WHERE org = ?1 RETURNING body");
    let row = tx.query_opt(lock, &row![org]).await?.ok_or(SetCutoffError::NoFirm)?;
    let organisation = Organisation { cutoff, ..own(row.get(0)?)? };
    let keep = sql!("UPDATE organisation SET body = ?2 WHERE org = ?1");
    tx.execute(keep, &row![org, &json(&organisation)?]).await?;
    let body = serde_json::json!({ "cutoff": cutoff }).to_string();
    let (kind, about) = ("set_cutoff", organisation.id.into());
    Ok(note(tx, Noted { org, keys, request, account: None, at, kind, about, body: &body }).await?)
}
