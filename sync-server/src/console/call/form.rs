//! The form: plain, for any browser, on the smallest phone.

use super::{Door, find, look};
use crate::{
    auth::address::ClientAddress,
    console::{
        apply::hidden,
        form::{Answer, Field, Form},
        frame::Frame,
        language, page,
        part::Alert,
        refused::Refusal,
    },
    state::App,
    text::Text as T,
    view::project::facilities,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse as _, Response},
};
use firebee_domain::{
    account::PHONE_LENGTH_MAX, code::Code, evidence::ATTACHMENT_MIB_MAX, repair::PLACE_LENGTH_MAX, text::TEXT_MAX,
};
use firebee_protocol::{
    catalogue::Pack,
    text::{Arg, Language, say, say_with},
};

#[derive(Template)]
#[template(path = "call/form.html")]
pub(super) struct CallPage {
    f: Frame,
    /// The building, and where it is.
    building: Option<(String, String)>,
    training: bool,
    /// Why nothing is taken now.
    wait: Option<Alert>,
    form: Option<Form>,
}

/// The empty form.
pub(super) async fn form(
    State(app): State<App>,
    address: ClientAddress,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Result<Response, Refusal> {
    let language = language::of(&headers);
    if let Err(seconds) = look(&app, &address) {
        return too_often(&app, (language, &code), seconds);
    }
    let door = find(&app, &code).await?;
    page(&made(&app, language, &door, fields(language, &door)?))
}

pub(super) fn made(app: &App, language: Language, door: &Door, form: Form) -> CallPage {
    let project = &door.row.project;
    CallPage {
        f: Frame::outside(app, language, say(language, T::CallTitle), &format!("/r/{}", door.code)),
        building: Some((project.name.clone(), project.address.clone())),
        training: project.training,
        wait: None,
        form: Some(form),
    }
}

pub(super) fn fields(language: Language, door: &Door) -> Result<Form, Refusal> {
    let t = |text| say(language, text);
    let known = facilities(language, &door.row.project, &Pack::embedded().catalogue);
    // Nobody sends the first one without having looked.
    let known = std::iter::once((String::new(), t(T::CallChoose))).chain(known);
    let known = known.map(|(code, name)| Answer::word(code, name));
    let photo = say_with(language, T::CallPhotoHint, &[("max", Arg::from(ATTACHMENT_MIB_MAX))]);
    Ok(Form::outside(language, hidden()?, format!("/r/{}", door.code), T::CallSend)
        .with(Field::select("facility", t(T::RepairFacility), known))
        .with(Field::text("place", t(T::RepairPlace), PLACE_LENGTH_MAX).hint(t(T::RepairPlaceHint)))
        .with(Field::area("words", t(T::RepairWords), TEXT_MAX))
        .with(Field::files(t(T::CallPhoto), false, "image/*").hint(photo))
        .with(Field::phone("phone", t(T::CallPhone), PHONE_LENGTH_MAX).hint(t(T::CallPhoneHint))))
}

/// When to come back. The building is not told: whoever tries codes learns nothing.
pub(super) fn too_often(app: &App, (language, code): (Language, &str), seconds: u32) -> Result<Response, Refusal> {
    let wait = Alert::new(language, Code::TooManyAsks, &[("seconds", Arg::from(seconds))]);
    let f = Frame::outside(app, language, say(language, T::CallTitle), &format!("/r/{code}"));
    let body = CallPage { f, building: None, training: false, wait: Some(wait), form: None }.render()?;
    let mut response = (StatusCode::TOO_MANY_REQUESTS, Html(body)).into_response();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    Ok(response)
}
