//! Whose token a request bears. The first thing every handler of a device's request asks for.

use crate::{
    accept::{self, Scope},
    api::problem::ApiProblem,
    auth::{Token, TokenKind},
    query,
    state::App,
    store::Tx,
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use firebee_domain::{
    account::{Actor, Role},
    id::{AccountId, IncarnationId, OrganisationId, StoreId},
};
use firebee_protocol::{
    problem::Code,
    push::{INCARNATION_HEADER, UNSENT_BLOBS_HEADER, UNSENT_FACTS_HEADER},
    session::Unsent,
};
use serde_json::json;

/// A device that is signed in, as its access token says. The incarnation was compared before the token was read; the
/// token holds, the account is open and the store is its holder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bearer {
    /// The account.
    pub account: AccountId,
    /// Its organisation.
    pub organisation: OrganisationId,
    /// What it is.
    pub role: Role,
    /// Whether its holder is the appointed technical director.
    pub technical_director: bool,
    /// The store that the token was given to.
    pub store_id: StoreId,
    /// The epoch of the claim that the token comes from.
    pub epoch: u64,
    /// What it opens.
    pub scope: Scope,
    /// What the device says with this request that it still holds; `None` when it says nothing.
    pub unsent: Option<Unsent>,
}

impl Bearer {
    /// What `accept` and `query` want to know of it.
    pub const fn device(&self) -> accept::Bearer {
        let Self { account, organisation, store_id, epoch, scope, .. } = *self;
        accept::Bearer { account, organisation, store_id, epoch, scope }
    }

    /// Who this is to [`may`](firebee_domain::account::may).
    pub const fn actor(&self) -> Actor {
        Actor {
            account: self.account,
            organisation: Some(self.organisation),
            role: self.role,
            technical_director: self.technical_director,
            enabled: true,
        }
    }
}

impl FromRequestParts<App> for Bearer {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiProblem> {
        check_incarnation(&parts.headers, app.incarnation)?;
        let token = token(&parts.headers).ok_or_else(|| ApiProblem::of(Code::SignInAgain))?;
        let found = app.store.read("find_bearer", async move |tx: &mut Tx| query::session::bearer(tx, &token).await);
        // A token that is not known may be one that expired and was swept: the refresh that follows tells.
        let row = found.await?.ok_or_else(|| ApiProblem::of(Code::TokenExpired))?;
        if row.expires <= app.clock.now() {
            return Err(ApiProblem::of(Code::TokenExpired));
        }
        if row.revoked {
            return Err(ApiProblem::of(Code::StoreRevoked));
        }
        if !row.enabled {
            return Err(ApiProblem::of(Code::AccountDisabled));
        }
        if !row.holds || row.scope != Scope::Device {
            return Err(ApiProblem::of(Code::Fenced));
        }
        Ok(Self {
            account: row.account,
            organisation: row.organisation,
            role: row.role,
            technical_director: row.technical_director,
            store_id: row.store,
            epoch: row.epoch,
            scope: row.scope,
            unsent: unsent(&parts.headers),
        })
    }
}

/// The incarnation that a device knows is the present one: said by every request but capabilities and the first claim.
///
/// # Errors
/// `incarnation_changed {incarnation}`, also when the header is missing or unreadable.
pub fn check_incarnation(headers: &HeaderMap, ours: IncarnationId) -> Result<(), ApiProblem> {
    let theirs = headers.get(INCARNATION_HEADER).and_then(|value| value.to_str().ok()?.parse::<IncarnationId>().ok());
    if theirs == Some(ours) {
        return Ok(());
    }
    Err(ApiProblem::of(Code::IncarnationChanged).with(json!({ "incarnation": ours })))
}

fn token(headers: &HeaderMap) -> Option<Token> {
    let (scheme, text) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") { Token::parse(TokenKind::Access, text) } else { None }
}

fn unsent(headers: &HeaderMap) -> Option<Unsent> {
    let number = |name| headers.get(name)?.to_str().ok()?.parse::<u64>().ok().filter(|number| *number < 1 << 53);
    Some(Unsent { facts: number(UNSENT_FACTS_HEADER)?, blobs: number(UNSENT_BLOBS_HEADER)? })
}
