//! The form that ticks the facilities of a project in the tree of systems: narrowed by words, copied from another
//! project. Nothing is kept before it is saved.

use super::form::{Known, known};
use crate::{
    console::{
        form::{Answer, Branch, Field, Form, FormPage, Wrong, again},
        frame::Frame,
        page,
        posted::Posted,
        refused::Refusal,
        visitor::Visitor,
    },
    office::project::{TickSystems, tick_systems},
    query::{
        page::Wanted,
        project::{Filter, ProjectRow, projects},
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use firebee_domain::{
    catalogue::{Category, System},
    spelling::{self, Spelled},
};
use firebee_protocol::{
    catalogue::Pack,
    text::{say, tongue},
};

/// The most projects to copy from.
const PROJECTS_MAX: u32 = 500;

/// What the form shows.
struct Ticked {
    facilities: Vec<String>,
    /// The words by which the tree is narrowed.
    search: String,
    /// The project that was copied from.
    copied: String,
}

/// The form.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let known = known(&app, &visitor, &id).await?;
    let others = others(&app, &visitor, &known).await?;
    let facilities = known.project.facilities.clone();
    let ticked = Ticked { facilities, search: String::new(), copied: String::new() };
    page(&made(&app, &visitor, &known, form(&visitor, &known, &others, &ticked)?))
}

/// The projects that have the same kind of facilities.
async fn others(app: &App, visitor: &Visitor, known: &Known) -> Result<Vec<ProjectRow>, Refusal> {
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let filter = Filter { wanted: Wanted::first(PROJECTS_MAX), ..Filter::default() };
    let read = async move |tx: &mut Tx| projects(tx, org, &actor, &filter).await;
    let found: Result<_, StoreError> = app.store.read("list_projects", read).await;
    let usage = known.project.practice().usage;
    let mut others = found?.rows;
    others.retain(|row| {
        let project = &row.project;
        project.id != known.project.id && project.practice().usage == usage && !project.facilities.is_empty()
    });
    Ok(others)
}

fn form(visitor: &Visitor, known: &Known, others: &[ProjectRow], ticked: &Ticked) -> Result<Form, Refusal> {
    let t = |text| say(visitor.language, text);
    let words = spelling::words(&ticked.search);
    let systems = Pack::embedded().catalogue.systems_for(known.project.practice().usage);
    let branches: Vec<Branch> = systems.filter_map(|system| branch(visitor, system, &words)).collect();
    let shown = |code: &String| {
        let mut answers = branches.iter().flat_map(|branch| &branch.twigs).flat_map(|(_, answers)| answers);
        answers.any(|answer| answer.value == *code)
    };
    let hidden: Vec<String> = ticked.facilities.iter().filter(|code| !shown(code)).cloned().collect();
    let nobody = std::iter::once(Answer::word("", t(T::ProjectChoose)));
    let from = others.iter().map(|row| Answer::data(row.project.id.to_string(), &row.project.name));
    let tree = Field::many("facility", t(T::ProjectSystems), branches).values(ticked.facilities.iter().cloned());
    let mut form = Form::new(visitor, format!("/projects/{}/systems", known.project.id), T::OwnerSave)?
        .with(Field::text("q", t(T::ProjectSystemsSearch), 100).optional().value(&ticked.search))
        .button("do", "find", t(T::ProjectSystemsFind));
    if !others.is_empty() {
        form = form
            .with(Field::select("copy", t(T::ProjectSystemsCopy), nobody.chain(from)).optional().value(&ticked.copied))
            .button("do", "copy", t(T::ProjectSystemsCopyButton));
    }
    // What the words leave out stays ticked.
    Ok(hidden.into_iter().fold(form.with(tree), |form, code| form.carrying("facility", code)))
}

/// A system with its categories and facilities, as far as the words are found in them.
fn branch(visitor: &Visitor, system: &System, words: &[String]) -> Option<Branch> {
    let tongue = tongue(visitor.language);
    let twig = |category: &Category| {
        let facilities = category.facilities.iter().filter(|facility| {
            let names = [&system.name, &category.name, &facility.name, &facility.name_en];
            let find = Spelled::of_all(names.map(String::as_str)).find;
            words.iter().all(|word| find.contains(word))
        });
        let answers =
            facilities.map(|facility| Answer::word(&facility.code, tongue.of(&facility.name, &facility.name_en)));
        (tongue.of(&category.name, &category.name_en).to_owned(), answers.collect::<Vec<_>>())
    };
    let twigs: Vec<_> = system.categories.iter().map(twig).filter(|(_, answers)| !answers.is_empty()).collect();
    (!twigs.is_empty()).then(|| Branch { title: tongue.of(&system.name, &system.name_en).to_owned(), twigs })
}

fn made(app: &App, visitor: &Visitor, known: &Known, form: Form) -> FormPage {
    let t = |text| say(visitor.language, text);
    let back = (format!("/projects/{}", known.project.id), known.project.name.clone());
    let f = Frame::new(app, visitor, t(T::ProjectSystems), &super::PAGE);
    FormPage { f, back, data: true, lead: t(T::ProjectSystemsLead), form }
}

/// Saves what is ticked, narrows the tree, or copies the ticks of another project into the form.
pub(super) async fn tick(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let known = known(&app, &visitor, &id).await?;
    let mut facilities: Vec<String> = fields.all("facility").map(str::to_owned).collect();
    let others = others(&app, &visitor, &known).await?;
    let (search, copied) = (fields.text("q").to_owned(), fields.text("copy").to_owned());
    let made_of = |facilities, wrong: Wrong| {
        let ticked = Ticked { facilities, search: search.clone(), copied: copied.clone() };
        Ok::<_, Refusal>(made(&app, &visitor, &known, form(&visitor, &known, &others, &ticked)?.refused(wrong)))
    };
    match fields.text("do") {
        "find" => return page(&made_of(facilities, Wrong::default())?),
        "copy" => {
            let from = others.iter().find(|row| row.project.id.to_string() == copied);
            let new = from.into_iter().flat_map(|row| row.project.facilities.iter().cloned());
            facilities.extend(new);
            return page(&made_of(facilities, Wrong::default())?);
        }
        _ => {}
    }
    let wanted = TickSystems { project: known.project.id, facilities: facilities.clone() };
    match tick_systems(&app.store, visitor.act(request), wanted).await {
        Ok(()) => Ok(Redirect::to(&format!("/projects/{id}?done={request}#systems")).into_response()),
        Err(error) => again(&made_of(facilities, Wrong::of(visitor.language, error)?)?),
    }
}
