//! The form that makes a repair request of an event, and its handler. The event fills it in.

use crate::{
    console::{
        form::{Answer, Field, Form, FormPage, Wrong, again},
        frame::Frame,
        page,
        posted::Posted,
        project,
        refused::Refusal,
        visitor::Visitor,
    },
    office::monitoring::{Turn, turn as run},
    query::{self, access::to_project, monitoring::EventRow, project::ProjectRow},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::{monitoring::signal, project::facilities},
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use firebee_domain::{account::Action, repair::PLACE_LENGTH_MAX, text::TEXT_MAX};
use firebee_protocol::{
    catalogue::Pack,
    text::{Language, say},
};
use uuid::Uuid;

/// The form.
pub(super) async fn form(
    State(app): State<App>,
    visitor: Visitor,
    Path(event): Path<String>,
) -> Result<Response, Refusal> {
    let (told, site) = find(&app, &visitor, &event).await?;
    page(&made(&app, &visitor, filled(&visitor, &told, &site)?))
}

/// The event and its project, if the visitor may make a request of it.
async fn find(app: &App, visitor: &Visitor, event: &str) -> Result<(EventRow, ProjectRow), Refusal> {
    let event: Uuid = event.parse().map_err(|_| Refusal::NotFound)?;
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| {
        let Some(told) = query::monitoring::event(tx, org, event).await? else { return Ok(None) };
        if to_project(tx, org, &actor, &[Action::TurnEvent], told.project).await?.is_none() {
            return Ok(None);
        }
        Ok(query::project::project(tx, org, told.project).await?.map(|site| (told, site)))
    };
    let found: Result<_, StoreError> = app.store.read("read_monitoring_event", read).await;
    found?.filter(|(told, _)| told.signal.asks_repair()).ok_or(Refusal::NotFound)
}

fn made(app: &App, visitor: &Visitor, form: Form) -> FormPage {
    let t = |text| say(visitor.language, text);
    FormPage {
        f: Frame::new(app, visitor, t(T::MonitoringTurn), &project::PAGE),
        back: ("/monitoring".to_owned(), t(T::MonitoringTitle)),
        data: false,
        lead: t(T::MonitoringTurnLead),
        form,
    }
}

fn filled(visitor: &Visitor, told: &EventRow, site: &ProjectRow) -> Result<Form, Refusal> {
    let t = |text| say(visitor.language, text);
    let places = facilities(visitor.language, &site.project, &Pack::embedded().catalogue);
    let places = places.into_iter().map(|(code, name)| Answer::data(code, name));
    // A request is kept, and kept in Chinese.
    let words = [told.source.as_str(), &signal(Language::Zh, told.signal).word, &told.says];
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    Ok(Form::new(visitor, format!("/monitoring/{}/repair", told.id), T::RepairAsk)?
        .with(Field::select("facility", t(T::RepairFacility), places))
        .with(Field::text("place", t(T::RepairPlace), PLACE_LENGTH_MAX).value(&told.place))
        .with(Field::area("words", t(T::RepairWords), TEXT_MAX).value(words.join(" \u{b7} "))))
}

/// Makes the request and leads to it.
pub(super) async fn turn(
    State(app): State<App>,
    Path(event): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let (told, site) = find(&app, &visitor, &event).await?;
    let text = |name: &str| fields.text(name).to_owned();
    let (event, project) = (told.id, told.project);
    let wanted = Turn { event, project, facility: text("facility"), place: text("place"), words: text("words") };
    match run(&app.store, visitor.act(request), wanted).await {
        Ok(id) => Ok(Redirect::to(&format!("/repairs/{id}?done={request}")).into_response()),
        Err(error) => {
            let form = filled(&visitor, &told, &site)?.filled(&fields);
            again(&made(&app, &visitor, form.refused(Wrong::of(visitor.language, error)?)))
        }
    }
}
