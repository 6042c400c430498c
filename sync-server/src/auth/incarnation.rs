//! The incarnation that a request names, compared with that of the firm's data. Every request but capabilities, claims and
//! passwords names one, and a claim may. After a restore it is another, and the phone claims again.

use super::bearer::BearerError;
use crate::{
    query::org,
    state::App,
    store::{StoreError, Tx},
};
use axum::http::HeaderMap;
use firebee_domain::id::{IncarnationId, StoreId};
use firebee_protocol::push::INCARNATION_HEADER;

/// What tells which firm a request is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Firm {
    /// Nothing but the incarnation itself.
    Unknown,
    /// The store that it speaks of.
    OfStore(StoreId),
    /// The login that it brings.
    OfLogin(String),
}

/// The incarnation that a request names; `None` also when it cannot be read.
pub fn named(headers: &HeaderMap) -> Option<IncarnationId> {
    headers.get(INCARNATION_HEADER).and_then(|value| value.to_str().ok()?.parse().ok())
}

/// Checks that the device knows the incarnation of its firm's data.
///
/// # Errors
/// [`BearerError::IncarnationChanged`], also when the request names none.
pub async fn check(app: &App, named: Option<IncarnationId>, firm: Firm) -> Result<(), BearerError> {
    let incarnation = app.store.read("incarnation", async move |tx: &mut Tx| expected(tx, named, &firm).await).await?;
    if named.is_some() && named == incarnation { Ok(()) } else { Err(BearerError::IncarnationChanged { incarnation }) }
}

/// The incarnation that the request should name. Without a word about the firm, any firm's will do.
async fn expected(tx: &mut Tx, named: Option<IncarnationId>, firm: &Firm) -> Result<Option<IncarnationId>, StoreError> {
    let mut found = match firm {
        Firm::Unknown => None,
        Firm::OfStore(store) => org::of_store(tx, *store).await?,
        Firm::OfLogin(login) => org::of_login(tx, login).await?.map(|(org, _)| org),
    };
    if let (None, Some(named)) = (found, named) {
        found = org::of_incarnation(tx, named).await?;
    }
    if found.is_none() {
        found = org::only(tx).await?;
    }
    match found {
        Some(org) => org::seal(tx, org).await.map(|seal| Some(seal.incarnation)),
        None => Ok(None),
    }
}
