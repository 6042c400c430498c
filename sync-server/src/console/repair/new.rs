//! The form of a contact, and its handler.

use super::asks;
use crate::{
    console::{
        form::{Answer, Field, Form, FormPage, Wrong, again},
        frame::Frame,
        page,
        posted::{Fields, Posted, PostedFiles},
        refused::Refusal,
        visitor::Visitor,
    },
    office::repair::{Ask, ask as run},
    query::{self, page::Wanted, project::ProjectRow},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::project::facilities,
};
use axum::{
    extract::State,
    response::{IntoResponse as _, Redirect, Response},
};
use firebee_domain::{
    code::Code,
    id::{ContentId, ProjectId},
    project::ProjectStatus,
    repair::{Handler, PLACE_LENGTH_MAX, WantedRepair},
    text::TEXT_MAX,
};
use firebee_protocol::{catalogue::Pack, text::say};
use strum::VariantArray as _;

/// The most buildings of the form.
const BUILDINGS_MAX: u32 = 1_000;
/// Between the project and the facility of an answer; neither has one.
const BETWEEN: char = '/';

/// The empty form.
pub(super) async fn new(State(app): State<App>, visitor: Visitor) -> Result<Response, Refusal> {
    let buildings = buildings(&app, &visitor).await?;
    page(&made(&app, &visitor, form(&visitor, &buildings)?))
}

/// The buildings that the visitor can ask for: those that the firm still serves.
async fn buildings(app: &App, visitor: &Visitor) -> Result<Vec<ProjectRow>, Refusal> {
    if !asks(visitor) {
        return Err(Refusal::NotFound);
    }
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let filter = query::project::Filter {
        status: Some((ProjectStatus::Active, visitor.now.china_day())),
        wanted: Wanted::first(BUILDINGS_MAX),
        ..Default::default()
    };
    let read = async move |tx: &mut Tx| query::project::projects(tx, org, &actor, &filter).await;
    let found: Result<_, StoreError> = app.store.read("list_own_buildings", read).await;
    Ok(found?.rows)
}

fn made(app: &App, visitor: &Visitor, form: Form) -> FormPage {
    let t = |text| say(visitor.language, text);
    FormPage {
        f: Frame::new(app, visitor, t(T::RepairNew), &super::PAGE),
        back: ("/repairs".to_owned(), t(T::RepairList)),
        data: false,
        lead: t(T::RepairLead),
        form,
    }
}

fn form(visitor: &Visitor, buildings: &[ProjectRow]) -> Result<Form, Refusal> {
    let t = |text| say(visitor.language, text);
    let catalogue = &Pack::embedded().catalogue;
    let several = buildings.len() > 1;
    let places = buildings.iter().flat_map(|row| {
        let place = move |(code, name): (String, String)| {
            let word = if several { format!("{} \u{b7} {name}", row.project.name) } else { name };
            Answer::data(format!("{}{BETWEEN}{code}", row.project.id), word)
        };
        facilities(visitor.language, &row.project, catalogue).into_iter().map(place)
    });
    let word = |handler: Handler| match handler {
        Handler::Firm => T::RepairByFirm,
        Handler::Unit => T::RepairByUnit,
    };
    let handlers = Handler::VARIANTS.iter().map(|handler| Answer::word(<&str>::from(*handler), t(word(*handler))));
    Ok(Form::new(visitor, "/repairs", T::RepairAsk)?
        .with(Field::select("facility", t(T::RepairFacility), places))
        .with(Field::text("place", t(T::RepairPlace), PLACE_LENGTH_MAX).hint(t(T::RepairPlaceHint)))
        .with(Field::area("words", t(T::RepairWords), TEXT_MAX))
        .with(Field::files(t(T::RepairPhotos), true, "image/*"))
        .with(Field::radio("handler", t(T::RepairHandler), handlers).hint(t(T::RepairHandlerHint))))
}

/// What was typed. Without a building it is one without a facility, which the command says at its field.
fn typed(
    fields: &Fields,
    (buildings, handler): (&[ProjectRow], Handler),
    photos: Vec<ContentId>,
) -> Result<Ask, Refusal> {
    let (project, facility) = fields.text("facility").split_once(BETWEEN).unwrap_or_default();
    let project: Option<ProjectId> = project.parse().ok();
    let project = project.or_else(|| buildings.first().map(|row| row.project.id)).ok_or(Refusal::NotFound)?;
    let text = |name: &str| fields.text(name).to_owned();
    let wanted =
        WantedRepair { facility: facility.to_owned(), place: text("place"), words: text("words"), photos, handler };
    Ok(Ask { project, wanted })
}

/// Asks for the repair and leads to it.
pub(super) async fn ask(
    State(app): State<App>,
    PostedFiles { posted, files }: PostedFiles,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let buildings = buildings(&app, &visitor).await?;
    let refused = |wrong: Wrong| {
        let form = form(&visitor, &buildings)?.filled(&fields).refused(wrong);
        again(&made(&app, &visitor, form))
    };
    let files = match files {
        Ok(files) => files,
        Err(error) => return refused(Wrong::at("file", visitor.language, error.code(), &error.values())),
    };
    let Ok(handler) = fields.text("handler").parse() else {
        return refused(Wrong::at("handler", visitor.language, Code::FieldMalformed, &[]));
    };
    let wanted = typed(&fields, (buildings.as_slice(), handler), files)?;
    match run(&app.store, visitor.act(request), wanted).await {
        Ok(id) => Ok(Redirect::to(&format!("/repairs/{id}?done={request}")).into_response()),
        Err(error) => refused(Wrong::of(visitor.language, error)?),
    }
}
