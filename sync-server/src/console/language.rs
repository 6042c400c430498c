//! The language of a page: the chosen one, else the browser's, else Chinese.

use super::{cookie, list::Asked, pages::Page, refused::Refusal};
use ::cookie::time::Duration;
use axum::{
    Router,
    extract::{Path, Query},
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use firebee_protocol::text::Language;

/// What this folder gives to the console.
pub(super) static PAGE: Page =
    Page { routes: || Router::new().route("/language/{tag}", get(choose)), entry: None, done: &[] };

const COOKIE: &str = "firebee_language";
/// How long a browser keeps the choice, in days.
const KEPT_DAYS: i64 = 365;

/// The language of a request.
pub(super) fn of(headers: &HeaderMap) -> Language {
    let chosen = cookie::find(headers, COOKIE).and_then(Language::from_tag);
    let asked = || headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    chosen.unwrap_or_else(|| Language::from_accept(asked().unwrap_or_default()))
}

/// Chooses a language and leads back to the page.
pub(super) async fn choose(Path(tag): Path<String>, Query(to): Query<Asked>) -> Result<Response, Refusal> {
    let language = Language::from_tag(&tag).ok_or(Refusal::NotFound)?;
    let cookie = cookie::plain(COOKIE, language.tag()).max_age(Duration::days(KEPT_DAYS)).to_string();
    let back = super::inside(Some(to.get("back")));
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(&back)).into_response())
}
