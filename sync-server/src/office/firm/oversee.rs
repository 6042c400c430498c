//! Puts a firm that was founded on the server under a unit of the fire service. One that applied lies with the unit
//! that opened its application.

use crate::{
    office::{
        Office,
        act::{Noted, note},
        rule::rules,
    },
    query,
    random::uuid_v4,
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::{code::Code, id::RequestId};

/// Why a firm stays where it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OverseeError {
    /// No firm, or several, have this name; or no unit has.
    #[error("no firm or no unit of this name")]
    NotFound,
    /// The database, or no random bytes.
    #[error(transparent)]
    Store(#[from] StoreError),
}

rules! { OverseeError [], }

impl OverseeError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::NotFound => Code::NotFound,
            Self::Store(error) => error.code(),
        }
    }
}

/// Puts the firm into the jurisdiction of the unit, both by their names.
///
/// # Errors
/// See [`OverseeError`].
pub async fn oversee(office: &Office, firm: &str, unit: &str) -> Result<(), OverseeError> {
    let request = RequestId(uuid_v4().map_err(|error| StoreError::Lost(error.to_string()))?);
    let (firm, unit, at, keys) = (firm.to_owned(), unit.to_owned(), office.clock.now(), office.keyring.clone());
    let job = async move |tx: &mut Tx| {
        let org = query::org::named(tx, &firm).await?.ok_or(OverseeError::NotFound)?;
        let id = query::firm::unit_named(tx, &unit).await?.ok_or(OverseeError::NotFound)?;
        tx.execute(sql!("UPDATE organisation SET unit = ?2 WHERE org = ?1"), &row![org, &id]).await?;
        let (body, about) = (serde_json::json!({ "name": unit }).to_string(), org.id().into());
        let noted = Noted { org, keys: &keys, request, account: None, at, kind: "oversee_firm", about, body: &body };
        Ok(note(tx, noted).await?)
    };
    office.store.write("oversee_firm", job).await
}
