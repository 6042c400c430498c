//! The form that changes how the firm works, and its handler.

use super::changes;
use crate::{
    console::{
        account,
        form::{Answer, Branch, Field, Form, FormPage, Wrong, again},
        frame::Frame,
        page,
        posted::{Fields, Posted},
        refused::Refusal,
        visitor::Visitor,
    },
    office::ways::{ChangeWays, change as run},
    query::{self, member::Executor},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::ways::{reviewers, system, witness},
};
use axum::{
    extract::State,
    response::{IntoResponse as _, Redirect, Response},
};
use firebee_domain::{
    account::Role,
    id::AccountId,
    text::NAME_MAX,
    ways::{LINES_MAX, PHOTOS_MAX, PHOTOS_MIN, REMINDER_DAYS, REMINDER_DAYS_MAX, Reviewers, Ways, WitnessWay},
};
use firebee_protocol::{
    catalogue::Pack,
    text::{Arg, say, say_with},
};
use strum::VariantArray as _;

/// What the form is made from.
struct Found {
    ways: Ways,
    people: Vec<Executor>,
}

async fn find(app: &App, visitor: &Visitor) -> Result<Found, Refusal> {
    if !changes(visitor) {
        return Err(Refusal::NotFound);
    }
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| {
        let people = query::member::executors(tx, org, &actor).await?;
        Ok(Found { ways: query::ways::ways(tx, org).await?, people })
    };
    let found: Result<_, StoreError> = app.store.read("read_ways_form", read).await;
    Ok(found?)
}

fn made(app: &App, visitor: &Visitor, form: Form) -> FormPage {
    let t = |text| say(visitor.language, text);
    FormPage {
        f: Frame::new(app, visitor, t(T::WaysChange), &account::PAGE),
        back: ("/ways".to_owned(), t(T::WaysTitle)),
        data: false,
        lead: t(T::WaysChangeLead),
        form,
    }
}

/// The form.
pub(super) async fn form(State(app): State<App>, visitor: Visitor) -> Result<Response, Refusal> {
    let found = find(&app, &visitor).await?;
    page(&made(&app, &visitor, filled(&visitor, &found)?))
}

fn filled(visitor: &Visitor, found: &Found) -> Result<Form, Refusal> {
    let t = |text| say(visitor.language, text);
    let ways = &found.ways;
    let within = |text, least: u8, most: u8| {
        let values = [("least", Arg::from(u32::from(least))), ("most", Arg::from(u32::from(most)))];
        say_with(visitor.language, text, &values)
    };
    let somebody = |name: &str, label, held: Option<AccountId>, fits: fn(&Executor) -> bool| {
        let nobody = std::iter::once(Answer::word("", t(T::WaysNobody)));
        let people = found.people.iter().filter(|person| fits(person));
        let people = people.map(|person| Answer::data(person.account.to_string(), &person.name));
        let held = held.map(|held| held.to_string()).unwrap_or_default();
        Field::select(name, t(label), nobody.chain(people)).optional().value(held)
    };
    let systems = Pack::embedded().catalogue.systems.iter();
    let systems = systems.map(|held| Answer::word(&held.code, system(visitor.language, held))).collect();
    let systems = Branch { title: t(T::WaysPhotoSystems), twigs: vec![(String::new(), systems)] };
    let witnesses = WitnessWay::VARIANTS.iter().map(|way| Answer::word(<&str>::from(way), t(witness(*way))));
    let reviews = Reviewers::VARIANTS.iter().map(|way| Answer::word(<&str>::from(way), t(reviewers(*way))));
    let lines = u32::try_from(LINES_MAX).unwrap_or(u32::MAX);
    let lines_hint = say_with(visitor.language, T::WaysLinesHint, &[("most", Arg::from(lines))]);
    Ok(Form::new(visitor, "/ways/change", T::OwnerSave)?
        .with(Field::group(
            t(T::WaysNewProjects),
            [
                somebody("lead", T::WaysLead, ways.lead, |person| person.role == Role::ProjectLead),
                somebody("executor", T::WaysExecutor, ways.executor, |_| true),
            ],
        ))
        .with(Field::group(
            t(T::WaysEvidence),
            [
                Field::number("photos", t(T::WaysPhotos))
                    .hint(within(T::WaysPhotosHint, PHOTOS_MIN, PHOTOS_MAX))
                    .value(ways.photos.to_string()),
                Field::many("photo_systems", t(T::WaysPhotoSystems), [systems])
                    .values(ways.photo_systems.iter().cloned()),
                Field::area("lines", t(T::WaysLines), lines * (NAME_MAX + 2))
                    .optional()
                    .hint(lines_hint)
                    .value(ways.lines.join("\n")),
                Field::radio("witness", t(T::WaysWitness), witnesses).value(<&str>::from(ways.witness)),
            ],
        ))
        .with(Field::radio("reviewers", t(T::WaysReviewers), reviews).value(<&str>::from(ways.reviewers)))
        .with(
            Field::number("reminder_days", t(T::WaysReminder))
                .hint(within(T::WaysReminderHint, REMINDER_DAYS, REMINDER_DAYS_MAX))
                .value(ways.reminder_days.to_string()),
        ))
}

fn typed(fields: &Fields) -> ChangeWays {
    let text = |name| fields.text(name).to_owned();
    ChangeWays {
        lead: fields.text("lead").parse().ok(),
        executor: fields.text("executor").parse().ok(),
        photos: text("photos"),
        photo_systems: fields.all("photo_systems").map(str::to_owned).collect(),
        lines: text("lines"),
        witness: text("witness"),
        reviewers: text("reviewers"),
        reminder_days: text("reminder_days"),
    }
}

/// Changes it.
pub(super) async fn change(State(app): State<App>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let found = find(&app, &visitor).await?;
    match run(&app.store, visitor.act(request), typed(&fields)).await {
        Ok(()) => Ok(Redirect::to(&format!("/ways?done={request}")).into_response()),
        Err(error) => {
            let form = filled(&visitor, &found)?.filled(&fields).refused(Wrong::of(visitor.language, error)?);
            again(&made(&app, &visitor, form))
        }
    }
}
