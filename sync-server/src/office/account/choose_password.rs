//! The holder of an account chooses a password on the phone. An operator has no console, so this is the only
//! place where an operator replaces a password that somebody else has set.

use super::change_password::{ACTION, replace};
use crate::{
    office::{
        Act, Office, Refused,
        command::command,
        session::{
            known,
            sign_in::{Credentials, SignInError, sign_in},
        },
    },
    password::{PasswordError, Source, check_new},
    query::member::member,
    random::uuid_v4,
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::{code::Code, id::RequestId, session::ClientKind};
use firebee_protocol::{
    encode::from_base64,
    session::{PasswordRequest, SignedBy},
    sign::{PublicKey, password_text, verify},
};
use serde::Serialize;
use std::convert::Infallible;

/// Why a password stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChoosePasswordError {
    /// Login and present password.
    #[error(transparent)]
    SignIn(#[from] SignInError),
    /// It is the present one.
    #[error("the new password is the old one")]
    Same,
    /// The new one cannot be taken.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The database, or no random bytes.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ChoosePasswordError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::SignIn(error) => error.code(),
            Self::Same => Code::PasswordSame,
            Self::Password(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }
}

/// Replaces the password of whoever proves the present one. All console sessions of the account end; a phone that is
/// signed in stays so. A new password that cannot be taken costs no attempt.
///
/// # Errors
/// See [`ChoosePasswordError`].
pub async fn choose_password(
    office: &Office,
    wanted: PasswordRequest,
    address: &str,
) -> Result<(), ChoosePasswordError> {
    check_new(&wanted.new)?;
    if wanted.new == wanted.old {
        return Err(ChoosePasswordError::Same);
    }
    let source = source(office, &wanted, address).await?;
    let (login, password) = (wanted.login.as_str(), wanted.old.as_str());
    let found = sign_in(office, Credentials { login, password, client: ClientKind::App, source: &source }).await?;
    let hash = office.passwords.hash(wanted.new).await?;
    let (org, account) = (found.org, found.account);
    let read = office.store.read("find_member", async move |tx: &mut Tx| member(tx, org, account).await);
    let read: Result<_, StoreError> = read.await;
    let actor = read?.ok_or(SignInError::Failed)?.actor;
    let request = RequestId(uuid_v4().map_err(|error| StoreError::Lost(error.to_string()))?);
    let act = Act { org, keys: office.keyring.clone(), actor, request, at: office.clock.now() };
    let kept = Kept { hash, proved: found.password_hash };
    match command(&office.store, act, ACTION, account, kept, run).await {
        Ok(()) => Ok(()),
        Err(Refused::Rule(never)) => match never {},
        Err(Refused::Store(error)) => Err(error.into()),
        Err(Refused::NotFound | Refused::RequestTaken | Refused::FileUnknown) => Err(SignInError::Failed.into()),
    }
}

/// Where the present password was typed (ADR 31).
async fn source(office: &Office, wanted: &PasswordRequest, address: &str) -> Result<Source, StoreError> {
    let PasswordRequest { login, old, new, by } = wanted;
    let Some(SignedBy { store_id, sig }) = by else { return Ok(Source::Address(address.to_owned())) };
    let text = password_text(*store_id, login, old, new);
    let proves = |key: &PublicKey| from_base64(sig).is_some_and(|sig| verify(key, &text, &sig).is_ok());
    known::source(office, (*store_id, login), proves, address).await
}

/// The values to store. None of them is kept with the act.
#[derive(Serialize)]
struct Kept {
    #[serde(skip)]
    hash: String,
    /// The hash of the password that its holder has proved.
    #[serde(skip)]
    proved: String,
}

/// A manager may have replaced the password since it was proved; then it proves nothing any more.
async fn run(tx: &mut Tx, act: &Act, kept: &Kept) -> Result<(), Refused<Infallible>> {
    let find = sql!("SELECT password_hash FROM account WHERE org = ?1 AND id = ?2");
    let row = tx.query_opt(find, &row![act.org, &act.actor.account]).await?.ok_or(Refused::NotFound)?;
    if row.get::<&str>(0)? != kept.proved {
        return Err(Refused::NotFound);
    }
    Ok(replace(tx, act, &kept.hash, None).await?)
}
