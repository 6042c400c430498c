//! A browser that has signed in before is known by a cookie that lasts long and opens nothing: wrong passwords that
//! others type do not make it wait.

use super::cookie;
use crate::{
    device::browser::{KNOWN_MS, recognise, remember},
    keys::Keys,
    password::Source,
    query,
    state::{App, SignError},
    store::{StoreError, Tx},
};
use ::cookie::time::Duration;
use axum::http::HeaderMap;
use firebee_domain::account::Login;
use uuid::Uuid;

/// Under TLS the name has the prefix of the session's cookie.
const fn name(secure: bool) -> &'static str {
    if secure { "__Host-firebee_known" } else { "firebee_known" }
}

/// Where a password for `login` was typed.
pub(super) async fn source(app: &App, headers: &HeaderMap, secure: bool, login: &str, address: String) -> Source {
    let known = known(app, cookie::find(headers, name(secure)), login).await;
    known.map_or(Source::Address(address), |browser| Source::Known(format!("browser {browser}")))
}

async fn known(app: &App, shown: Option<&str>, login: &str) -> Option<Uuid> {
    let (shown, login) = (shown?, Login::new(login).ok().map(String::from)?);
    let keys = keys(app, login.clone()).await.ok()??;
    recognise(&keys, &login, shown, app.clock.now())
}

/// What the firm of a login signs with; `None` when nobody has the login.
async fn keys(app: &App, login: String) -> Result<Option<Keys>, SignError> {
    let find = async move |tx: &mut Tx| query::org::of_login(tx, &login).await;
    match app.store.read("find_login_org", find).await? {
        Some((org, _)) => app.keys(org).await.map(Some),
        None => Ok(None),
    }
}

/// The header by which a browser that has just signed in as `login` is known later.
pub(super) async fn set(app: &App, secure: bool, login: &str) -> Result<Option<String>, StoreError> {
    let login = Login::new(login).map_or_else(|_| login.to_owned(), String::from);
    // A sign-in succeeds without it; the browser only waits as strangers do.
    let keys =
        keys(app, login.clone()).await.inspect_err(|error| tracing::error!(%error, "a browser is not remembered"));
    let Ok(Some(keys)) = keys else { return Ok(None) };
    let value = remember(&keys, &login, app.clock.now()).map_err(|error| StoreError::Lost(error.to_string()))?;
    let lasting = Duration::milliseconds(KNOWN_MS);
    Ok(Some(cookie::plain(name(secure), &value).secure(secure).max_age(lasting).to_string()))
}
