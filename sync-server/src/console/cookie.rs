//! The cookie of a session, and whether a request came over TLS.

use crate::state::App;
use axum::{
    extract::ConnectInfo,
    http::{HeaderMap, header, request::Parts},
};
use std::net::SocketAddr;

/// The value of a cookie of a request.
pub(super) fn find<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// Whether the browser spoke TLS, as a trusted proxy says.
pub(super) fn is_secure(parts: &Parts, app: &App) -> bool {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip().to_canonical());
    let trusted = peer.is_some_and(|peer| app.config.trusted_proxies.contains(&peer));
    let said = parts.headers.get("x-forwarded-proto").and_then(|value| value.to_str().ok());
    trusted && said.is_some_and(|said| said.rsplit(',').next().is_some_and(|last| last.trim() == "https"))
}

/// The name of the session's cookie. Under TLS the name has a prefix that makes browsers refuse a cookie set by another
/// site.
pub(super) const fn name(secure: bool) -> &'static str {
    if secure { "__Host-firebee" } else { "firebee" }
}

/// The header that gives a session to a browser; an empty value takes it away.
pub(super) fn set(value: &str, secure: bool) -> String {
    let (name, secure) = (name(secure), if secure { "; Secure" } else { "" });
    let age = if value.is_empty() { "; Max-Age=0" } else { "" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}")
}
