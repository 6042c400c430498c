//! The program that a request comes from, by its token. Every handler of a program's request asks for this first.

use crate::{
    office::api_token::{Used, used},
    org::Org,
    program::Secret,
    query,
    state::App,
    store::{StoreError, Tx},
};
use axum::http::{HeaderMap, header, request::Parts};
use firebee_domain::{
    account::Actor,
    api_token::{ApiToken, Scope, TokenRefused},
    code::Code,
};

/// A program whose token opens the path of its request. It has the rights of the token's maker.
#[derive(Clone, Debug)]
pub struct Program {
    /// The firm.
    pub org: Org,
    /// Whose rights it has.
    pub actor: Actor,
    /// What the path needed.
    pub scope: Scope,
    /// The token.
    pub token: ApiToken,
}

/// Why a token opens nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProgramError {
    /// There is no token, it is unknown, has expired or was revoked, or its maker's account is closed.
    #[error("the request bears no token that opens anything")]
    Invalid,
    /// No token opens the path.
    #[error("no token opens this path")]
    NoSuchPath,
    /// The token lacks a scope.
    #[error("the token lacks a scope")]
    ScopeMissing(Scope),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ProgramError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::Invalid => Code::ApiTokenInvalid,
            Self::NoSuchPath => Code::NotFound,
            Self::ScopeMissing(_) => Code::ApiScopeMissing,
            Self::Store(error) => error.code(),
        }
    }
}

impl From<TokenRefused> for ProgramError {
    fn from(refused: TokenRefused) -> Self {
        match refused {
            TokenRefused::Invalid => Self::Invalid,
            TokenRefused::NoSuchPath => Self::NoSuchPath,
            TokenRefused::ScopeMissing(scope) => Self::ScopeMissing(scope),
        }
    }
}

/// Identifies the program behind a request and judges its token. Each use of a known token is noted, also one that is
/// refused.
///
/// # Errors
/// See [`ProgramError`].
pub async fn program(app: &App, request: &Parts) -> Result<Program, ProgramError> {
    let hash = secret(&request.headers).ok_or(ProgramError::Invalid)?.hash();
    let read = async move |tx: &mut Tx| {
        let Some((org, token)) = query::api_token::of_hash(tx, &hash).await? else { return Ok(None) };
        let maker = query::member::member(tx, org, token.by).await?;
        Ok(Some((org, token, maker)))
    };
    let found: Result<_, StoreError> = app.store.read("find_program", read).await;
    let (org, token, maker) = found?.ok_or(ProgramError::Invalid)?;
    let (path, now) = (request.uri.path(), app.clock.now());
    let maker = maker.map(|member| member.actor).filter(|actor| actor.enabled);
    let judged = match (maker, token.open(path, now)) {
        (None, _) => Err(ProgramError::Invalid),
        (_, Err(refused)) => Err(refused.into()),
        (Some(actor), Ok(scope)) => Ok((actor, scope)),
    };
    let refused = judged.as_ref().err().map(ProgramError::code);
    used(&app.store, org, Used { token: token.id, path: path.to_owned(), refused, at: now }).await?;
    let (actor, scope) = judged?;
    Ok(Program { org, actor, scope, token })
}

fn secret(headers: &HeaderMap) -> Option<Secret> {
    let (scheme, text) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") { Secret::parse(text) } else { None }
}
