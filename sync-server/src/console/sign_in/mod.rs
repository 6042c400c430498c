//! Signing in and out.

use super::{
    cookie,
    frame::Frame,
    in_query, inside,
    kept::Kept,
    known, language,
    list::Asked,
    page,
    pages::Page,
    part::Alert,
    posted::{Posted, PostedByNobody, up},
    refused::{Refusal, again},
};
use crate::{
    auth::{address::ClientAddress, tls::Tls},
    office::{
        console_session::{close, open},
        session::sign_in::{Credentials, SignInError, sign_in},
    },
    state::App,
    text::Text as T,
};
use askama::Template;
use axum::{
    Router,
    extract::{FromRequest, FromRequestParts, Query, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{AppendHeaders, Html, IntoResponse, Redirect, Response},
    routing::get,
};
use firebee_domain::{code::Code, session::ClientKind};
use firebee_protocol::text::{Arg, Language, say, say_with};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || Router::new().route("/sign-in", get(show).post(submit)).route("/sign-out", get(up::<1>).post(out)),
    entry: None,
    done: &[],
};

#[derive(Template)]
#[template(path = "sign_in/sign_in.html")]
struct SignInPage {
    f: Frame,
    alert: Option<Alert>,
    back: String,
    login: String,
    /// A form that waits for the sign-in, as [`Kept::to_text`] writes it; empty when none does.
    kept: String,
}

fn form(app: &App, language: Language, typed: (&str, String, &str), alert: Option<Alert>) -> SignInPage {
    let (login, back, kept) = typed;
    // The other language leads back here and keeps the way.
    let path = if back == "/" { "/sign-in".to_owned() } else { format!("/sign-in?back={}", in_query(&back)) };
    let frame = Frame::outside(app, language, say(language, T::SignInTitle), &path);
    SignInPage { f: frame, alert, back, login: login.to_owned(), kept: kept.to_owned() }
}

/// The page for a form that nobody who is signed in has sent.
pub(super) fn kept(app: &App, language: Language, kept: Option<&Kept>) -> Result<String, askama::Error> {
    let kept = kept.map(Kept::to_text).unwrap_or_default();
    form(app, language, ("", "/".to_owned(), &kept), None).render()
}

/// The form.
pub(super) async fn show(
    State(app): State<App>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    page(&form(&app, language::of(&headers), ("", inside(Some(asked.get("back"))), ""), None))
}

/// Checks login and password and opens a session. The answer to an unknown login is the same as to a wrong password.
pub(super) async fn submit(State(app): State<App>, request: Request) -> Result<Response, Refusal> {
    let (mut parts, body) = request.into_parts();
    let language = language::of(&parts.headers);
    let secure = Tls::of(&parts, &app).0;
    let Ok(ClientAddress(address)) = ClientAddress::from_request_parts(&mut parts, &app).await;
    let headers = parts.headers.clone();
    let PostedByNobody(fields) = PostedByNobody::from_request(Request::from_parts(parts, body), &app).await?;
    let (login, back) = (fields.text("login"), inside(Some(fields.text("back"))));
    let source = &known::source(&app, &headers, secure, login, address).await;
    let credentials = Credentials { login, password: fields.text("password"), client: ClientKind::Console, source };
    let found = match sign_in(&app.office, credentials).await {
        Ok(found) => found,
        Err(SignInError::Store(error)) => return Err(error.into()),
        Err(refused) => {
            let alert = refused_alert(language, &refused);
            let page = form(&app, language, (login, back, fields.text("kept")), Some(alert)).render()?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response());
        }
    };
    let opened = open(&app.office, found.org, found.account, app.clock.now()).await?;
    let session = cookie::set(&opened.cookie, secure);
    let cookies = std::iter::once(session).chain(known::set(&app, secure, login).await?);
    let cookies = AppendHeaders(cookies.map(|cookie| (header::SET_COOKIE, cookie)));
    if let Some(kept) = Kept::read(fields.text("kept"), opened.csrf) {
        let page = again(&app, language, &kept, Code::FormExpired)?;
        return Ok((cookies, Html(page)).into_response());
    }
    Ok((cookies, Redirect::to(&back)).into_response())
}

fn refused_alert(language: Language, refused: &SignInError) -> Alert {
    match refused {
        SignInError::Wait { seconds } => wait_alert(language, *seconds),
        SignInError::AccountDisabled => Alert { sentence: say(language, T::SignInDisabled), code: refused.code() },
        _ => Alert::new(language, refused.code(), &[]),
    }
}

/// What somebody reads who has to wait after wrong passwords.
pub(super) fn wait_alert(language: Language, seconds: u32) -> Alert {
    let sentence = say_with(language, T::SignInWait, &[("seconds", Arg::from(seconds))]);
    Alert { sentence, code: Code::SlowDown }
}

/// Ends the session.
pub(super) async fn out(State(app): State<App>, posted: Posted) -> Result<Response, Refusal> {
    close(&app.store, posted.visitor.session).await?;
    let cookie = cookie::set("", posted.visitor.secure);
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/sign-in")).into_response())
}
