//! Opens or closes an account.

use crate::{
    office::{
        Office,
        account::tell_crew,
        act::{Noted, note},
        rule::rules,
    },
    org::Org,
    query::{member, org::of_login},
    random::uuid_v4,
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::{
    code::Code,
    id::{AccountId, RequestId},
};

/// Why an account stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ToggleError {
    /// No account has this login.
    #[error("no account has this login")]
    AccountUnknown,
    /// The database, or no random bytes.
    #[error(transparent)]
    Store(#[from] StoreError),
}

rules! { ToggleError [], }

impl ToggleError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::AccountUnknown => Code::AccountUnknown,
            Self::Store(error) => error.code(),
        }
    }
}

/// Opens or closes the account of a login, and notes that in the work log. The server refuses the next request
/// of a phone with a closed account. The phone keeps what it has recorded until the account is open again.
///
/// # Errors
/// See [`ToggleError`].
pub async fn toggle(office: &Office, login: &str, enabled: bool) -> Result<(), ToggleError> {
    let request = RequestId(uuid_v4().map_err(|error| StoreError::Lost(error.to_string()))?);
    let (login, at, keys) = (login.to_owned(), office.clock.now(), office.keyring.clone());
    let job = async move |tx: &mut Tx| {
        let (org, account) = of_login(tx, &login).await?.ok_or(ToggleError::AccountUnknown)?;
        let account = member::account(tx, org, account).await?;
        let account = account.ok_or(ToggleError::AccountUnknown)?.with_enabled(enabled);
        set(tx, org, account.id, account.enabled).await?;
        let body = serde_json::json!({ "enabled": account.enabled }).to_string();
        let (keys, kind, about) = (&keys, "toggle_account", account.id.into());
        Ok(note(tx, Noted { org, keys, request, account: None, at, kind, about, body: &body }).await?)
    };
    office.store.write("toggle_account", job).await
}

/// Opens or closes an account, and tells the phones of the firm: nobody is sent, and no task is handed, to somebody whose
/// account is closed.
pub(super) async fn set(tx: &mut Tx, org: Org, account: AccountId, enabled: bool) -> Result<(), StoreError> {
    tell_crew::lock(tx, org, None).await?;
    let keep = sql!("UPDATE account SET enabled = ?3 WHERE org = ?1 AND id = ?2");
    tx.execute(keep, &row![org, &account, enabled]).await?;
    tell_crew::tell(tx, org).await
}
