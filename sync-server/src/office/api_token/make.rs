//! A manager makes a token. Its secret is shown once; the database and the work log hold none of it.

use super::keep;
use crate::{
    office::{Act, Flaw, Refused, Rule, command::command},
    program::Secret,
    query, row, sql,
    store::{Store, StoreError, Tx},
};
use firebee_domain::{
    account::{Action, Subject, may},
    api_token::{ApiTokenError, DAYS_MAX, NewApiToken, TOKENS_MAX},
    code::Code,
    id::ApiTokenId,
    text::At,
};
use firebee_protocol::text::{Arg, named::Values};
use serde::Serialize;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// A token that was made.
#[derive(Clone, Debug)]
pub struct Made {
    /// Its id.
    pub id: ApiTokenId,
    /// Its secret. Nobody can read it again.
    pub secret: Secret,
}

/// Why no token is made: everything that is wrong, field by field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the token cannot be made")]
pub struct MakeError(pub Vec<At<ApiTokenError>>);

impl Rule for MakeError {
    fn code(&self) -> Code {
        self.0.first().map_or(Code::FieldMalformed, |at| at.error.code())
    }

    fn flaws(&self) -> Vec<Flaw> {
        Flaw::all(&self.0)
    }
}

impl Rule for ApiTokenError {
    fn code(&self) -> Code {
        (*self).code()
    }

    fn values(&self) -> Values {
        match self {
            Self::Name(error) => error.values(),
            Self::ScopeRequired => Values::new(),
            Self::DaysOutOfRange => vec![("max", Arg::from(DAYS_MAX))],
            Self::Full => vec![("max", Arg::from(TOKENS_MAX))],
        }
    }
}

#[derive(Serialize)]
struct Wanted {
    #[serde(flatten)]
    token: NewApiToken,
    /// Never logged.
    #[serde(skip)]
    hash: [u8; 32],
    /// Whether this request is the one that was done.
    #[serde(skip)]
    done: Arc<AtomicBool>,
}

/// Makes the token. The same form sent twice shows no secret the second time.
///
/// # Errors
/// [`Refused`], also when this actor may not keep tokens.
pub async fn make(store: &Store, act: Act, token: NewApiToken) -> Result<Made, Refused<MakeError>> {
    let secret = Secret::mint().map_err(|error| StoreError::Lost(error.to_string()))?;
    let done = Arc::new(AtomicBool::new(false));
    let wanted = Wanted { token, hash: secret.hash(), done: Arc::clone(&done) };
    let about = act.org.id();
    let id = command(store, act, "make_api_token", about, wanted, run).await?;
    if done.load(Ordering::Relaxed) { Ok(Made { id, secret }) } else { Err(Refused::RequestTaken) }
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Wanted) -> Result<ApiTokenId, Refused<MakeError>> {
    if !may(&act.actor, Action::ManagePrograms, &Subject::of(act.org.id(), &[])) {
        return Err(Refused::NotFound);
    }
    let valid = query::api_token::valid(tx, act.org, act.at).await?;
    let id = ApiTokenId(act.event().0);
    let made = wanted.token.make((id, act.actor.account, act.at), valid).map_err(MakeError)?;
    keep(tx, act.org, &made).await?;
    let open = sql!("INSERT INTO api_token_door(hash, org, token) VALUES (?1, ?2, ?3)");
    tx.execute(open, &row![&wanted.hash, act.org, &id]).await?;
    wanted.done.store(true, Ordering::Relaxed);
    Ok(id)
}
