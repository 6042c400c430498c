//! The form that orders a supplementary test because of an event, and its handler.

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
    office::monitoring::{OrderTest, order as run},
    query::{
        self,
        access::to_project,
        member::Executor,
        monitoring::{EventRow, workers},
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use firebee_domain::account::Action;
use firebee_protocol::text::{Arg, say, say_with};
use uuid::Uuid;

/// The event, and who can be ordered.
struct Found {
    told: EventRow,
    people: Vec<Executor>,
}

/// The form.
pub(super) async fn form(
    State(app): State<App>,
    visitor: Visitor,
    Path(event): Path<String>,
) -> Result<Response, Refusal> {
    let found = find(&app, &visitor, &event).await?;
    page(&made(&app, &visitor, &found, filled(&visitor, &found)?))
}

async fn find(app: &App, visitor: &Visitor, event: &str) -> Result<Found, Refusal> {
    let event: Uuid = event.parse().map_err(|_| Refusal::NotFound)?;
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| {
        let Some(told) = query::monitoring::event(tx, org, event).await? else { return Ok(None) };
        let asked = [Action::TurnEvent, Action::IssuePlan];
        if to_project(tx, org, &actor, &asked, told.project).await?.is_none() {
            return Ok(None);
        }
        let working = workers(tx, org, told.project).await?;
        let mut people = query::member::executors(tx, org, &actor).await?;
        people.retain(|person| working.contains(&person.account));
        Ok(Some(Found { told, people }))
    };
    let found: Result<_, StoreError> = app.store.read("read_monitoring_order", read).await;
    found?.filter(|found: &Found| found.told.signal.asks_repair()).ok_or(Refusal::NotFound)
}

fn made(app: &App, visitor: &Visitor, found: &Found, form: Form) -> FormPage {
    let t = |text| say(visitor.language, text);
    FormPage {
        f: Frame::new(app, visitor, t(T::MonitoringOrder), &project::PAGE),
        back: ("/monitoring".to_owned(), t(T::MonitoringTitle)),
        data: false,
        lead: say_with(visitor.language, T::MonitoringOrderLead, &[("place", Arg::from(&found.told.place))]),
        form,
    }
}

fn filled(visitor: &Visitor, found: &Found) -> Result<Form, Refusal> {
    let t = |text| say(visitor.language, text);
    let people = found.people.iter().map(|person| Answer::data(person.account.to_string(), &person.name));
    Ok(Form::new(visitor, format!("/monitoring/{}/test", found.told.id), T::MonitoringOrder)?.with(Field::select(
        "executor",
        t(T::MonitoringExecutor),
        people,
    )))
}

/// Orders it, and leads back to the events of the project.
pub(super) async fn order(
    State(app): State<App>,
    Path(event): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let found = find(&app, &visitor, &event).await?;
    let (event, project) = (found.told.id, found.told.project);
    let wanted = OrderTest { event, project, executor: fields.text("executor").parse().ok() };
    match run(&app.store, visitor.act(request), wanted).await {
        Ok(()) => Ok(Redirect::to(&format!("/monitoring?project={project}&done={request}")).into_response()),
        Err(error) => {
            let form = filled(&visitor, &found)?.filled(&fields);
            again(&made(&app, &visitor, &found, form.refused(Wrong::of(visitor.language, error)?)))
        }
    }
}
