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
    let known = match cookie::find(headers, name(secure)) {
        Some(shown) => known(app, shown, login).await,
        None => None,
    };
    known.map_or(Source::Address(address), |browser| Source::Known(format!("browser {browser}")))
}

async fn known(app: &App, shown: &str, typed: &str) -> Option<Uuid> {
    let (keys, login) = signer(app, typed).await.ok()??;
    recognise(&keys, login.as_str(), shown, app.clock.now())
}

/// What the firm of a login signs with, and the login that it signs; `None` when nobody has the login that was typed.
async fn signer(app: &App, typed: &str) -> Result<Option<(Keys, Login)>, SignError> {
    let Ok(login) = Login::new(typed) else { return Ok(None) };
    let sought = login.clone();
    let find = async move |tx: &mut Tx| query::org::of_login(tx, sought.as_str()).await;
    match app.store.read("find_login_org", find).await? {
        Some((org, _)) => Ok(Some((app.keys(org).await?, login))),
        None => Ok(None),
    }
}

/// The header by which a browser that has just signed in as `login` is known later.
pub(super) async fn set(app: &App, secure: bool, login: &str) -> Result<Option<String>, StoreError> {
    // A sign-in succeeds without it; the browser only waits as strangers do.
    let signer = signer(app, login).await.inspect_err(|error| tracing::error!(%error, "a browser is not remembered"));
    let Ok(Some((keys, login))) = signer else { return Ok(None) };
    let value =
        remember(&keys, login.as_str(), app.clock.now()).map_err(|error| StoreError::Lost(error.to_string()))?;
    let lasting = Duration::milliseconds(KNOWN_MS);
    Ok(Some(cookie::plain(name(secure), &value).secure(secure).max_age(lasting).to_string()))
}
