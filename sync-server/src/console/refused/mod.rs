//! The refusal pages of the console, and the headers of all its answers.

use super::{
    frame::Frame,
    kept::{AS_TYPED, Kept, Slot},
    language,
    part::Alert,
    sign_in,
};
use crate::{
    observe::Seldom,
    text::Text as T,
    {state::App, store::StoreError},
};
use askama::Template;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Redirect, Response},
};
use firebee_domain::code::Code;
use firebee_protocol::text::{Arg, Language, problem_text, say, say_with};

/// Why there is no page. Missing and forbidden are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Nobody is signed in: sign in, then come back here.
    SignIn {
        /// Path and query of what was asked for.
        back: String,
    },
    /// Nobody is signed in who could have sent the form: sign in, then send it again.
    SignInFirst,
    /// The password must be changed first.
    ChangePassword,
    /// Missing or forbidden.
    NotFound,
    /// The form does not come from a page of this session, or lacks what every form has.
    FormExpired,
    /// The address of the browser is not the one that the server was asked under.
    ProxyOrigin,
    /// The form is longer than any form of a page.
    TooLarge,
    /// The request takes too long.
    TooSlow,
    /// The PDF of a report was not made.
    NotPrinted,
    /// A report cannot print all that was typed.
    Unprintable {
        /// Each such character once.
        characters: String,
    },
    /// The database.
    Store(StoreError),
    /// A page could not be made.
    Page,
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<askama::Error> for Refusal {
    fn from(error: askama::Error) -> Self {
        tracing::error!(%error, "a page could not be rendered");
        Self::Page
    }
}

/// Rides on a response until [`dress`] makes a page of it.
#[derive(Clone, Debug)]
enum Told {
    /// A page that says why.
    Why(Code),
    /// The form again, where what cannot be printed can be rewritten.
    Unprintable(String),
    /// The sign-in, which keeps the form.
    SignIn,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let code = match self {
            Self::SignIn { back } if back == "/" => return Redirect::to("/sign-in").into_response(),
            Self::SignIn { back } => {
                return Redirect::to(&format!("/sign-in?back={}", super::in_query(&back))).into_response();
            }
            Self::SignInFirst => {
                let mut response = StatusCode::FORBIDDEN.into_response();
                response.extensions_mut().insert(Told::SignIn);
                return response;
            }
            Self::Unprintable { characters } => {
                let mut response = StatusCode::UNPROCESSABLE_ENTITY.into_response();
                response.extensions_mut().insert(Told::Unprintable(characters));
                return response;
            }
            Self::ChangePassword => return Redirect::to("/password").into_response(),
            Self::NotFound => Code::NotFound,
            Self::FormExpired => Code::FormExpired,
            Self::ProxyOrigin => Code::ProxyOrigin,
            Self::TooLarge => Code::TooLarge,
            Self::TooSlow => Code::ServerBusy,
            Self::NotPrinted => Code::ReportNotPrinted,
            // The store's codes are for phones and speak of records that a phone keeps. A page's reader has none.
            Self::Store(StoreError::Full(_)) => Code::ServerFull,
            Self::Store(error) if error.code() == Code::SlowDown => Code::ServerBusy,
            Self::Store(_) | Self::Page => Code::ServerError,
        };
        let status = code.status().and_then(|status| StatusCode::from_u16(status).ok());
        let mut response = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response();
        response.extensions_mut().insert(Told::Why(code));
        response
    }
}

/// The answer to a form that is too long.
pub(super) fn too_large() -> Response {
    Refusal::TooLarge.into_response()
}

/// The answer to a request that takes too long.
pub(super) fn too_slow() -> Response {
    Refusal::TooSlow.into_response()
}

#[derive(Template)]
#[template(path = "refused/again.html")]
struct AgainPage<'a> {
    f: Frame,
    alert: Alert,
    act: Option<String>,
    kept: &'a Kept,
    typed: Vec<&'a str>,
    csrf: &'a str,
    /// What cannot be printed; texts with it can be rewritten.
    unprintable: String,
}

impl AgainPage<'_> {
    /// Whether a text can be rewritten.
    fn is_open(&self, value: &str) -> bool {
        value.chars().any(|character| self.unprintable.contains(character))
    }
}

#[derive(Template)]
#[template(path = "refused/refused.html")]
struct RefusedPage {
    f: Frame,
    sentence: String,
    code: Code,
}

/// Wraps every answer: turns a refusal into a page in the reader's language, and forbids framing, sniffing, caching and
/// foreign content.
pub(super) async fn dress(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let language = language::of(request.headers());
    let path = request.uri().path().to_owned();
    let slot = Slot::default();
    request.extensions_mut().insert(slot.clone());
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let answer = if app.config.is_own_host(host) {
        next.run(request).await
    } else {
        foreign_host();
        Refusal::ProxyOrigin.into_response()
    };
    dressed(&app, language, &path, slot.get(), answer)
}

/// Tells the administrator the remedy: most often the proxy does not pass on the address of the browser.
fn foreign_host() {
    static COMPLAINTS: Seldom = Seldom::new();
    if let Some(left_out) = COMPLAINTS.say() {
        let [zh, en] = [Language::Zh, Language::En].map(|language| problem_text(Code::ProxyOrigin, &[], language));
        let code = Code::ProxyOrigin.word();
        tracing::warn!(
            left_out,
            code,
            zh,
            en,
            "a request came under an address that `public_addresses` does not name; in nginx: proxy_set_header Host $http_host"
        );
    }
}

/// A refusal of a request that no route took.
pub(super) fn page_of(app: &App, request: &Request, refused: Response) -> Response {
    dressed(app, language::of(request.headers()), request.uri().path(), None, refused)
}

fn dressed(app: &App, language: Language, path: &str, kept: Option<&Kept>, mut response: Response) -> Response {
    let told = response.extensions_mut().remove::<Told>().or_else(|| bare(&response).map(Told::Why));
    if let Some(told) = told {
        let status = response.status();
        let code = match &told {
            Told::Why(code) => Some(*code),
            Told::Unprintable(_) => Some(Code::TextUnprintable),
            Told::SignIn => None,
        };
        let page = match (told, kept) {
            (Told::SignIn, kept) => sign_in::kept(app, language, kept),
            // A form that can be done as it is, later or with another token, is shown again.
            (Told::Why(code), Some(kept)) if code != Code::NotFound && kept.has_request() => {
                again(app, language, kept, code)
            }
            (Told::Unprintable(characters), Some(kept)) => rewrite(app, language, kept, characters),
            (Told::Unprintable(_), None) => refused_page(app, language, path, Code::TextUnprintable),
            (Told::Why(code), _) => refused_page(app, language, path, code),
        };
        response = match page {
            Ok(page) => (status, Html(page)).into_response(),
            Err(_) => status.into_response(),
        };
        // The log names it.
        if let Some(code) = code {
            response.extensions_mut().insert(code);
        }
    }
    secure(response.headers_mut());
    response
}

/// The code of a refusal that no handler made, such as an address that cannot be read or another method.
fn bare(response: &Response) -> Option<Code> {
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let is_page = kind.starts_with("text/html");
    match status {
        _ if is_page || !(status.is_client_error() || status.is_server_error()) => None,
        StatusCode::NOT_FOUND => Some(Code::NotFound),
        StatusCode::METHOD_NOT_ALLOWED => Some(Code::MethodNotAllowed),
        StatusCode::PAYLOAD_TOO_LARGE => Some(Code::TooLarge),
        _ if status.is_client_error() => Some(Code::BadRequest),
        _ => Some(Code::ServerError),
    }
}

/// The page of a form that was not done, with its fields: it can be sent again as it is.
pub(super) fn again(app: &App, language: Language, kept: &Kept, code: Code) -> Result<String, askama::Error> {
    let f = Frame::outside(app, language, say(language, T::RefusedAgainTitle), &kept.action);
    let csrf = kept.csrf.as_deref().unwrap_or_default();
    // The code's own remedy is to load the page again, which would lose what this page holds.
    let alert = match code {
        Code::FormExpired => Alert { sentence: say(language, T::RefusedAgainExpired), code },
        _ => Alert::new(language, code, &[]),
    };
    let act = kept.act().map(|act| say(language, act));
    let act = act.map(|act| say_with(language, T::RefusedAgainAct, &[("act", Arg::from(act))]));
    AgainPage { f, alert, act, kept, typed: kept.typed(), csrf, unprintable: String::new() }.render()
}

/// The page of a form with texts that a report cannot print: they can be rewritten, or sent as they are.
fn rewrite(app: &App, language: Language, kept: &Kept, characters: String) -> Result<String, askama::Error> {
    let f = Frame::outside(app, language, say(language, T::RefusedAgainTitle), &kept.action);
    let csrf = kept.csrf.as_deref().unwrap_or_default();
    let alert = Alert::new(language, Code::TextUnprintable, &[("characters", Arg::from(&characters))]);
    AgainPage { f, alert, act: None, kept, typed: Vec::new(), csrf, unprintable: characters }.render()
}

fn refused_page(app: &App, language: Language, path: &str, code: Code) -> Result<String, askama::Error> {
    let title = if code == Code::NotFound { T::RefusedNotFound } else { T::RefusedTitle };
    let frame = Frame::outside(app, language, say(language, title), path);
    RefusedPage { f: frame, sentence: problem_text(code, &[], language), code }.render()
}

/// Adds the headers of every answer. A header that a handler has set stays; pictures have a stricter policy.
fn secure(headers: &mut HeaderMap) {
    let policy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
    let common: [(HeaderName, &'static str); 7] = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        // Other sites get no referrer. `no-referrer` would also hide from this server that a form comes from its own
        // page.
        (header::REFERRER_POLICY, "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
    ];
    for (name, value) in common {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
}
