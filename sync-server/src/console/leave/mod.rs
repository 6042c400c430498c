//! Somebody leaves: what waits with them, on their phone and in review, and the act that gives it to somebody else
//!

use super::{
    account,
    frame::Frame,
    page,
    pages::Page,
    part::{Alert, Hidden},
    posted::{Posted, up},
    refused::Refusal,
    visitor::Visitor,
};
use crate::{
    office::{
        Refused, Rule,
        account::hand_over::{HandOver, hand_over as run},
        project::{ReplaceLead, replace_lead},
    },
    query::{
        self,
        device::{Of, Phone, phones},
        leaving::Leaving,
        member::Executor,
        page::latest,
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::{
        device::{DeviceLine, device},
        leaving::{LeavingView, view},
    },
};
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Redirect, Response},
    routing::get,
};
use firebee_domain::{id::AccountId, text::TEXT_MAX};
use firebee_protocol::text::say;
use std::collections::HashMap;

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/leave/{account}", get(show))
            .route("/leave/{account}/hand-over", get(up::<1>).post(hand_over))
            .route("/leave/{account}/lead", get(up::<1>).post(replace))
    },
    entry: None,
    done: &[("hand_over", T::LeaveDone), ("replace_lead", T::LeaveLeadDone)],
};

/// The most phones that are shown, those heard last.
const PHONES_MAX: u32 = 20;

#[derive(Template)]
#[template(path = "leave/leave.html")]
struct LeavePage {
    f: Frame,
    v: LeavingView,
    phones: Vec<DeviceLine>,
    alert: Option<Alert>,
    reason: String,
    hidden: Hidden,
    hidden_lead: Hidden,
}

/// What the page is made of.
struct Found {
    leaving: Leaving,
    phones: Vec<Phone>,
    executors: Vec<Executor>,
    names: HashMap<AccountId, String>,
}

async fn find(app: &App, visitor: &Visitor, account: &str) -> Result<Found, Refusal> {
    let account: AccountId = account.parse().map_err(|_| Refusal::NotFound)?;
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| {
        let Some(leaving) = query::leaving::leaving(tx, org, &actor, account).await? else { return Ok(None) };
        let of = Of { account: Some(account), ..Of::default() };
        let phones = phones(tx, org, &actor, of, &latest(PHONES_MAX)).await?.rows;
        let mut executors = query::member::executors(tx, org, &actor).await?;
        executors.retain(|executor| executor.account != account);
        Ok(Some(Found { leaving, phones, executors, names: query::member::names(tx, org).await? }))
    };
    let found: Result<_, StoreError> = app.store.read("read_leaving", read).await;
    found?.ok_or(Refusal::NotFound)
}

fn made(
    app: &App,
    visitor: &Visitor,
    found: &Found,
    reason: String,
    alert: Option<Alert>,
) -> Result<LeavePage, Refusal> {
    let reader = visitor.reader();
    Ok(LeavePage {
        f: Frame::new(app, visitor, say(visitor.language, T::LeaveTitle), &account::PAGE),
        v: view(reader, &found.leaving, &found.executors),
        phones: found.phones.iter().map(|phone| device(reader, phone, &found.names)).collect(),
        alert,
        reason,
        hidden: visitor.hidden()?,
        hidden_lead: visitor.hidden()?,
    })
}

/// The page.
async fn show(State(app): State<App>, visitor: Visitor, Path(account): Path<String>) -> Result<Response, Refusal> {
    let found = find(&app, &visitor, &account).await?;
    page(&made(&app, &visitor, &found, String::new(), None)?)
}

/// Hands over what is issued and not begun.
async fn hand_over(State(app): State<App>, Path(account): Path<String>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let from = account.parse().map_err(|_| Refusal::NotFound)?;
    let (to, reason) = (fields.parsed("to")?, fields.text("reason").to_owned());
    let wanted = HandOver { from, to, reason: reason.clone() };
    let done = run(&app.store, visitor.act(request), wanted).await;
    answered(&app, &visitor, (&account, &request.to_string()), reason, done).await
}

/// Gives the chosen projects, and what waits in them for the review, to another lead.
async fn replace(State(app): State<App>, Path(account): Path<String>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let from = account.parse().map_err(|_| Refusal::NotFound)?;
    let projects = fields.all("project").map(|id| id.parse().map_err(|_| Refusal::FormExpired));
    let projects = projects.collect::<Result<_, Refusal>>()?;
    let (to, reason) = (fields.parsed("to")?, fields.text("reason").to_owned());
    let wanted = ReplaceLead { from, to, projects, reason: reason.clone() };
    let done = replace_lead(&app.store, visitor.act(request), wanted).await;
    answered(&app, &visitor, (&account, &request.to_string()), reason, done).await
}

/// The page after an act, or the page again with its refusal.
async fn answered<R: Rule>(
    app: &App,
    visitor: &Visitor,
    (account, request): (&str, &str),
    reason: String,
    done: Result<u64, Refused<R>>,
) -> Result<Response, Refusal> {
    match done {
        Ok(_) => Ok(Redirect::to(&format!("/leave/{account}?done={request}")).into_response()),
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(error) => {
            let found = find(app, visitor, account).await?;
            let alert = Alert::new(visitor.language, error.code(), &error.values());
            let page = made(app, visitor, &found, reason, Some(alert))?.render()?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
        }
    }
}
