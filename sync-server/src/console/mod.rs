//! The console: pages made by the server, for managers, leads, directors and the contacts of owners. Every page works without JavaScript.
//!
//! A handler extracts, calls and renders. Every page that shows data asks [`crate::query::access`] first; missing and
//! forbidden things both answer 404. Every form is a POST with the session's token and a request id, and redirects to a
//! page that can be reloaded.

mod account;
mod application;
mod apply;
mod assets;
mod bytes;
mod call;
mod check;
mod contact;
mod contract;
mod cookie;
mod device;
mod dispatch;
mod evidence;
mod facility;
mod fact;
mod fault;
mod firm;
mod form;
mod frame;
mod hazard;
mod home;
mod import;
mod instrument;
mod interface;
mod kept;
mod known;
mod language;
mod leave;
mod ledger;
mod list;
mod log;
mod look;
mod monitoring;
mod notice;
mod oversight;
mod owner;
mod pages;
mod parked;
mod part;
mod password;
mod pause;
mod personnel;
mod personnel_change;
mod petition;
mod plan;
mod portal;
mod posted;
mod program;
mod project;
mod reading;
mod refused;
mod region;
mod repair;
mod report;
mod retention;
mod robot;
mod salvage;
mod saved_view;
mod session;
mod sign_in;
mod staff;
mod task;
mod track;
mod tracking;
mod undecided;
mod visitor;
mod ways;
mod webhook;

use crate::{bound, state::App};
use axum::{
    Extension, Router,
    extract::Request,
    http::header,
    middleware::{Next, from_fn, from_fn_with_state},
    response::{Html, IntoResponse, Response},
};
use firebee_domain::evidence::{ATTACHMENT_BYTES_MAX, ATTACHMENTS_MAX};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};
use refused::Refusal;
use std::{sync::Arc, time::Duration};

/// Bytes of a form at most: a plan of a great building has some thousand items.
const FORM_BYTES_MAX: usize = 1 << 20;

/// Bytes of a form with files at most.
const FILES_BYTES_MAX: usize = FORM_BYTES_MAX + ATTACHMENTS_MAX as usize * ATTACHMENT_BYTES_MAX as usize;

/// Bytes of a form with an export file at most: the photos of some weeks.
const EXPORT_BYTES_MAX: usize = 8 << 30;

/// How long a request of a page may take, its form included: forms are small.
const FORM_MAX: Duration = Duration::from_secs(60);

/// How long a form with files may take: a link in the country brings some ten kilobytes a second.
const FILES_MAX: Duration = Duration::from_secs(1_800);

/// How long a form with an export file may take.
const EXPORT_MAX: Duration = Duration::from_secs(6 * 3_600);

/// The pages. An address that no part of the server knows is answered with [`not_found`]. `described` is the description of the
/// interface as it is served, of which a page is made.
pub fn router(app: &App, described: &serde_json::Value) -> Router<App> {
    pages::routes()
        .layer(Extension(Arc::new(interface::Document::read(described))))
        .layer(from_fn_with_state(app.clone(), list::files))
        .layer(axum::extract::DefaultBodyLimit::max(FORM_BYTES_MAX))
        .layer(from_fn(by_files(
            bound::bytes(FORM_BYTES_MAX as u64, refused::too_large),
            bound::bytes(FILES_BYTES_MAX as u64, refused::too_large),
            bound::bytes(EXPORT_BYTES_MAX as u64, refused::too_large),
        )))
        .layer(from_fn(by_files(
            bound::time(FORM_MAX, refused::too_slow),
            bound::time(FILES_MAX, refused::too_slow),
            bound::time(EXPORT_MAX, refused::too_slow),
        )))
        .layer(from_fn_with_state(app.clone(), refused::dress))
}

/// One bound for plain forms, another one for forms with files, and one for the form with an export file.
fn by_files<A, B, C, F>(plain: A, files: B, export: C) -> impl Fn(Request, Next) -> F + Clone + Send + Sync + 'static
where
    A: Fn(Request, Next) -> F + Clone + Send + Sync + 'static,
    B: Fn(Request, Next) -> F + Clone + Send + Sync + 'static,
    C: Fn(Request, Next) -> F + Clone + Send + Sync + 'static,
{
    move |request, next| match has_files(&request) {
        true if request.uri().path() == salvage::PATH => export(request, next),
        true => files(request, next),
        false => plain(request, next),
    }
}

/// Whether a form may have files.
fn has_files(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("multipart/form-data"))
}

/// The page of an address that no part of the server knows.
pub fn not_found(app: &App, request: &Request) -> Response {
    refused::page_of(app, request, Refusal::NotFound.into_response())
}

/// A page that is made.
fn page(page: &impl askama::Template) -> Result<Response, Refusal> {
    Ok(Html(page.render()?).into_response())
}

/// A path of this server, for going back; anything else leads home.
fn inside(path: Option<&str>) -> String {
    let path = path.unwrap_or("/");
    let plain = path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if plain && path.starts_with('/') && !path.starts_with("//") { path.to_owned() } else { "/".to_owned() }
}

/// What is escaped in a path that is a value in a query: all but slashes and what RFC 3986 leaves unreserved.
const IN_QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// A path as a value in a query.
fn in_query(path: &str) -> PercentEncode<'_> {
    utf8_percent_encode(path, IN_QUERY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_never_leads_to_another_server() {
        assert_eq!(inside(Some("/tasks?state=approved")), "/tasks?state=approved");
        for bad in ["//evil.example", "https://evil.example", "/\\evil.example", "/a b", "evil", "/\n/evil"] {
            assert_eq!(inside(Some(bad)), "/", "{bad}");
        }
        assert_eq!(in_query("/tasks?state=a&b").to_string(), "/tasks%3Fstate%3Da%26b");
    }
}
