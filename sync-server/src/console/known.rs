//! A browser that has signed in before is known by a cookie that lasts long and opens nothing: wrong passwords that
//! others type do not make it wait.

use super::cookie;
use crate::{
    device::browser::{KNOWN_MS, recognise, remember},
    password::Source,
    state::App,
    store::StoreError,
};
use ::cookie::time::Duration;
use axum::http::HeaderMap;
use firebee_domain::account::Login;

/// Under TLS the name has the prefix of the session's cookie.
const fn name(secure: bool) -> &'static str {
    if secure { "__Host-firebee_known" } else { "firebee_known" }
}

/// Where a password for `login` was typed.
pub(super) fn source(app: &App, headers: &HeaderMap, secure: bool, login: &str, address: String) -> Source {
    let shown = cookie::find(headers, name(secure));
    let known = Login::new(login)
        .ok()
        .map(String::from)
        .and_then(|login| shown.and_then(|shown| recognise(&app.keys, &login, shown, app.clock.now())));
    known.map_or(Source::Address(address), |browser| Source::Known(format!("browser {browser}")))
}

/// The header by which a browser that has just signed in as `login` is known later.
pub(super) fn set(app: &App, secure: bool, login: &str) -> Result<String, StoreError> {
    let login = Login::new(login).map_or_else(|_| login.to_owned(), String::from);
    let value = remember(&app.keys, &login, app.clock.now()).map_err(|error| StoreError::Lost(error.to_string()))?;
    let lasting = Duration::milliseconds(KNOWN_MS);
    Ok(cookie::plain(name(secure), &value).secure(secure).max_age(lasting).to_string())
}
