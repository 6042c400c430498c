//! Another key for a firm whose key is lost. Nothing of the data is given up, but what the lost key has signed can no
//! longer be signed again: phones sign in anew.

use super::rotate;
use crate::{
    keys::{KeyError, Keys},
    office::Office,
    query,
    random::uuid_v4,
    store::{StoreError, Tx},
};
use firebee_domain::{
    code::Code,
    id::{IncarnationId, OrganisationId},
};
use std::path::Path;

/// Why a firm has no other key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RenewKeyError {
    /// No firm, or several, have this name; or no firm has the key of this file.
    #[error("no firm fits")]
    NoFirm,
    /// The key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl RenewKeyError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::NoFirm => Code::NotFound,
            Self::Key(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }
}

/// Makes another key for the firm of this name, and another incarnation of its data. The old key file, if there is one,
/// stays beside the new one.
///
/// # Errors
/// See [`RenewKeyError`].
pub async fn renew_key(office: &Office, organisation: &str) -> Result<OrganisationId, RenewKeyError> {
    let name = organisation.to_owned();
    let find = async move |tx: &mut Tx| query::org::named(tx, &name).await;
    let org = office.store.read("find_firm", find).await?.ok_or(RenewKeyError::NoFirm)?;
    let incarnation = uuid_v4().map(IncarnationId).map_err(|error| StoreError::Lost(error.to_string()))?;
    let fresh = Keys { incarnation, signing: office.keyring.make(org.id())? }.seal();
    let (now, keys) = (office.clock.now(), office.keyring.clone());
    let job = async move |tx: &mut Tx| rotate(tx, (org, &keys), "renew_key", fresh, now).await;
    office.store.write("renew_key", job).await?;
    Ok(org.id())
}

/// Brings back the key in `file`: puts it where the firm's key belongs, if it is the key of a firm here.
///
/// # Errors
/// See [`RenewKeyError`].
pub async fn put_key(office: &Office, file: &Path) -> Result<OrganisationId, RenewKeyError> {
    let key = crate::keys::read(file)?;
    let public = key.verifying_key().to_bytes();
    let find = async move |tx: &mut Tx| {
        for org in query::org::all(tx).await? {
            if query::org::seal(tx, org).await?.public == public {
                return Ok::<_, StoreError>(Some(org));
            }
        }
        Ok(None)
    };
    let org = office.store.read("find_firm", find).await?.ok_or(RenewKeyError::NoFirm)?;
    office.keyring.keep(org.id(), &key)?;
    Ok(org.id())
}
