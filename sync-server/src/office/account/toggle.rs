//! An account is opened or closed.

use crate::{
    query::{member, session::by_login},
    random::uuid_v4,
    row, sql,
    state::App,
    store::{StoreError, Tx},
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

impl ToggleError {
    /// The stable code of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::AccountUnknown => "account_unknown",
            Self::Store(error) => error.code(),
        }
    }
}

/// Opens or closes the account of a login and writes it into the work log. Who is signed in with a closed account
/// is refused from the next request on; what the phone has recorded stays there until the account is opened again.
///
/// # Errors
/// See [`ToggleError`].
pub async fn toggle(app: &App, login: &str, enabled: bool) -> Result<(), ToggleError> {
    let (request, now) = (uuid_v4().map_err(|error| StoreError::Lost(error.to_string()))?, app.clock.now());
    let login = login.trim().to_owned();
    let job = async move |tx: &mut Tx| {
        let found = by_login(tx, &login).await?.ok_or(ToggleError::AccountUnknown)?;
        let account = member::account(tx, found.organisation, found.account).await?;
        let account = account.ok_or(ToggleError::AccountUnknown)?.with_enabled(enabled);
        let keep = sql!("UPDATE account SET enabled = ?2 WHERE id = ?1");
        tx.execute(keep, &row![&account.id.0, account.enabled]).await?;
        let log = sql!(
            "INSERT INTO office_event(request, account, at_ms, action, subject, body)
             VALUES (?1, ?2, ?3, 'toggle_account', ?4, ?5)"
        );
        let subject = account.id.to_string();
        let body = serde_json::json!({ "by": "admin", "enabled": account.enabled }).to_string();
        let values = row![&request, &account.id.0, now.0, &subject, &body];
        Ok(tx.execute(log, &values).await.map(drop)?)
    };
    app.store.write("toggle_account", job).await
}
