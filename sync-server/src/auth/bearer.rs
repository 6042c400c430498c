//! The phone that a request comes from, by its access token. Every handler of a phone's request asks for this first.

use super::incarnation::{self, Firm};
use crate::{
    device::{Sender, Token, TokenKind},
    door::Asked,
    keys::Seal,
    org::Org,
    query,
    state::App,
    store::{StoreError, Tx},
};
use axum::http::{HeaderMap, header, request::Parts};
use firebee_domain::{
    account::{Actor, Role},
    code::Code,
    id::{AccountId, IncarnationId, StoreId},
    session::Standing,
};
use firebee_protocol::{
    push::{UNSENT_BLOBS_HEADER, UNSENT_FACTS_HEADER},
    session::Unsent,
};

/// A signed-in device, from its access token. The checks are done: the incarnation matches and the token is valid. Unless
/// it is late, the account is open, and the store holds the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bearer {
    /// The account.
    pub account: AccountId,
    /// Its firm.
    pub org: Org,
    /// The role of the account.
    pub role: Role,
    /// Whether its holder is the appointed technical director.
    pub technical_director: bool,
    /// The store that the token was given to.
    pub store_id: StoreId,
    /// The epoch of the claim that the token comes from.
    pub epoch: u64,
    /// What the firm's row says of its data.
    pub seal: Seal,
    /// Why the phone may only send what it has recorded; `None` while it holds its account.
    pub late: Option<BearerError>,
    /// The unsent counts in this request; `None` when the request carries none.
    pub unsent: Option<Unsent>,
}

impl Bearer {
    /// What `accept` and `query` need to know of the phone.
    pub const fn sender(&self) -> Sender {
        let Self { account, org, store_id, epoch, .. } = *self;
        Sender { account, org, store_id, epoch, late: self.late.is_some() }
    }

    /// The phone's account, as [`may`](firebee_domain::account::may) takes it.
    pub const fn actor(&self) -> Actor {
        Actor {
            account: self.account,
            organisation: Some(self.org.id()),
            role: self.role,
            technical_director: self.technical_director,
            enabled: true,
        }
    }
}

/// Why a token opens nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BearerError {
    /// The request names a different incarnation, or none.
    #[error("the request is for another incarnation of the data")]
    IncarnationChanged {
        /// The incarnation of the firm's data; `None` when nothing tells which of several firms the request is for.
        incarnation: Option<IncarnationId>,
    },
    /// The firm's data were put back by hand, and wait for a person.
    #[error("the firm's data were put back by hand")]
    DataBehind,
    /// There is no token, or it is no access token.
    #[error("the request bears no access token")]
    SignInAgain,
    /// The token has expired. An unknown token is treated the same, because the server may have swept it. The refresh
    /// that follows finds out.
    #[error("the token has expired")]
    TokenExpired,
    /// An administrator dropped the store's key.
    #[error("the store was revoked")]
    StoreRevoked,
    /// The account is closed.
    #[error("the account is disabled")]
    AccountDisabled,
    /// Another store holds the account now.
    #[error("another store holds the account")]
    Fenced,
    /// Too many requests of this phone are under way.
    #[error("too many requests of the phone are under way")]
    Crowded,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl BearerError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::IncarnationChanged { .. } => Code::IncarnationChanged,
            Self::DataBehind => Code::DataBehind,
            Self::SignInAgain => Code::SignInAgain,
            Self::TokenExpired => Code::TokenExpired,
            Self::StoreRevoked => Code::StoreRevoked,
            Self::AccountDisabled => Code::AccountDisabled,
            Self::Fenced => Code::Fenced,
            Self::Crowded => Code::SlowDown,
            Self::Store(error) => error.code(),
        }
    }
}

/// Identifies the phone behind a request, after comparing the incarnation. A phone that lost its account gets a late
/// token by a refresh, and until then the reason.
///
/// # Errors
/// See [`BearerError`].
pub async fn bearer(app: &App, request: &Parts) -> Result<Bearer, BearerError> {
    let headers = &request.headers;
    let named = incarnation::named(headers);
    let Some(token) = token(headers) else {
        incarnation::check(app, named, Firm::Unknown).await?;
        return Err(BearerError::SignInAgain);
    };
    let found = app.store.read("find_bearer", async move |tx: &mut Tx| query::session::bearer(tx, &token).await);
    let Some(row) = found.await? else {
        incarnation::check(app, named, Firm::Unknown).await?;
        return Err(BearerError::TokenExpired);
    };
    let asked = request.extensions.get::<Asked>().filter(|_| !row.revoked);
    if asked.is_some_and(|asked| !asked.accept(row.store)) {
        return Err(BearerError::Crowded);
    }
    if named != Some(row.seal.incarnation) {
        return Err(BearerError::IncarnationChanged { incarnation: Some(row.seal.incarnation) });
    }
    if row.behind {
        return Err(BearerError::DataBehind);
    }
    if row.expires <= app.clock.now() {
        return Err(BearerError::TokenExpired);
    }
    if row.revoked {
        return Err(BearerError::StoreRevoked);
    }
    let lost = match Standing::of(row.holds, row.enabled) {
        Standing::Holds => None,
        Standing::Fenced => Some(BearerError::Fenced),
        Standing::Disabled => Some(BearerError::AccountDisabled),
    };
    let late = match lost {
        // The next token opens everything again.
        None if row.late => return Err(BearerError::TokenExpired),
        Some(lost) if !row.late => return Err(lost),
        late => late,
    };
    Ok(Bearer {
        account: row.account,
        org: row.org,
        role: row.role,
        technical_director: row.technical_director,
        store_id: row.store,
        epoch: row.epoch,
        seal: row.seal,
        late,
        unsent: unsent(headers),
    })
}

fn token(headers: &HeaderMap) -> Option<Token> {
    let (scheme, text) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") { Token::parse(TokenKind::Access, text) } else { None }
}

fn unsent(headers: &HeaderMap) -> Option<Unsent> {
    let number = |name| headers.get(name)?.to_str().ok()?.parse::<u64>().ok().filter(|number| *number < 1 << 53);
    Some(Unsent { facts: number(UNSENT_FACTS_HEADER)?, blobs: number(UNSENT_BLOBS_HEADER)? })
}
