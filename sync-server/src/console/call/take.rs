//! Takes a call.

use super::{
    Door, find,
    form::{fields, made, too_often},
};
use crate::{
    auth::address::ClientAddress,
    console::{
        form::{Wrong, again},
        language,
        posted::PostedByLink,
        refused::Refusal,
    },
    office::repair::{Call, call as run},
    state::App,
    upload::AttachError,
};
use axum::{
    extract::{Path, Request, State},
    response::{IntoResponse as _, Redirect, Response},
};
use firebee_domain::{id::AccountId, repair::WantedCall};
use firebee_protocol::{fact::Mime, text::Language};

/// Takes it and says so.
pub(super) async fn take(
    State(app): State<App>,
    address: ClientAddress,
    Path(code): Path<String>,
    request: Request,
) -> Result<Response, Refusal> {
    let language = language::of(request.headers());
    let ClientAddress(source) = &address;
    // Before anything of it is read: nobody fills the disk with pictures.
    if let Err(seconds) = app.calling.by_source.take(source, app.clock.now()) {
        return too_often(&app, (language, &code), seconds);
    }
    let door = find(&app, &code).await?;
    if let Err(seconds) = app.calling.by_door.take(&door.code.to_string(), app.clock.now()) {
        return too_often(&app, (language, &code), seconds);
    }
    let posted =
        PostedByLink::read(request, &app, ((door.org, AccountId(door.row.project.id.0)), Mime::is_picture)).await?;
    match &posted.file {
        Ok(_) => {}
        Err(AttachError::Store(error)) => return Err(error.clone().into()),
        Err(refused) => {
            let wrong = Wrong::at("file", language, refused.code(), &refused.values());
            return refused_again(&app, language, (&door, &posted), wrong);
        }
    }
    let text = |name: &str| posted.fields.text(name).to_owned();
    let wanted = WantedCall {
        facility: text("facility"),
        place: text("place"),
        words: text("words"),
        photos: posted.fields.brought()?,
        phone: text("phone"),
    };
    let call = Call { code: door.code, request: posted.request, wanted };
    match run(&app.office, call).await {
        Ok(repair) => Ok(Redirect::to(&format!("/r/{}/{repair}", door.code)).into_response()),
        Err(error) => refused_again(&app, language, (&door, &posted), Wrong::of(language, error)?),
    }
}

/// The form again, with what was typed.
fn refused_again(
    app: &App,
    language: Language,
    (door, posted): (&Door, &PostedByLink),
    wrong: Wrong,
) -> Result<Response, Refusal> {
    let form = fields(language, door)?.filled(&posted.fields).refused(wrong);
    again(&made(app, language, door, form))
}
