//! The form of a project: new of a contract, and changed.

use super::show::read;
use crate::{
    console::{
        form::{Answer, Field, Form, FormPage, Wrong, again},
        frame::Frame,
        page,
        posted::{Fields, Posted},
        refused::Refusal,
        visitor::Visitor,
    },
    office::project::{self, Change, Create, ProjectTyped},
    query::{
        self,
        contract::{ContractRow, contract},
        member::Executor,
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use chrono::Datelike as _;
use firebee_domain::{
    account::{Action, Role, Subject},
    geofence::Datum,
    id::ContractId,
    organisation::RegulatorUnit,
    project::{FIRST_MONTH_CHOICE_DAY, FirstMonth, KeyUnit, PROJECT_TEXT_LENGTH_MAX, Particulars, Project},
    text::NAME_MAX,
    ways::Ways,
};
use firebee_protocol::text::{Arg, say, say_with, when::date, word};

/// What the choices of the form are made from.
struct Choices {
    units: Vec<RegulatorUnit>,
    /// Who executes; the leads among them lead.
    people: Vec<Executor>,
    /// How the firm works.
    ways: Ways,
}

async fn choices(app: &App, visitor: &Visitor) -> Result<Choices, Refusal> {
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| {
        let people = query::member::executors(tx, org, &actor).await?;
        Ok(Choices { units: query::unit::units(tx).await?, people, ways: query::ways::ways(tx, org).await? })
    };
    let found: Result<_, StoreError> = app.store.read("read_project_choices", read).await;
    Ok(found?)
}

/// The form of a new project of a contract.
pub(super) async fn new(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, Refusal> {
    let row = signed(&app, &visitor, &id).await?;
    let choices = choices(&app, &visitor).await?;
    page(&made_new(&app, &visitor, &row, form_new(&visitor, &row, &choices)?))
}

async fn signed(app: &App, visitor: &Visitor, id: &str) -> Result<ContractRow, Refusal> {
    let id: ContractId = id.parse().map_err(|_| Refusal::NotFound)?;
    if !visitor.may(Action::CreateProject, &Subject::of(visitor.member.org.id(), &[])) {
        return Err(Refusal::NotFound);
    }
    let org = visitor.member.org;
    let found: Result<_, StoreError> =
        app.store.read("read_contract", async move |tx: &mut Tx| contract(tx, org, id).await).await;
    found?.ok_or(Refusal::NotFound)
}

fn form_new(visitor: &Visitor, row: &ContractRow, choices: &Choices) -> Result<Form, Refusal> {
    let t = |text| say(visitor.language, text);
    let action = format!("/contracts/{}/projects", row.contract.id);
    let mut first = Vec::new();
    // there is a choice from this day on.
    if row.contract.sign_date.day() >= FIRST_MONTH_CHOICE_DAY {
        let months = [(FirstMonth::SignMonth, T::ProjectFirstSign), (FirstMonth::NextMonth, T::ProjectFirstNext)];
        let months = months.map(|(month, text)| Answer::word(<&str>::from(month), t(text)));
        first.push(Field::radio("first_month", t(T::ProjectFirstMonth), months).hint(t(T::ProjectFirstHint)));
    }
    let nobody = std::iter::once(Answer::word("", t(T::ProjectChoose)));
    let leads = choices.people.iter().filter(|person| person.role == Role::ProjectLead);
    let leads = leads.map(|person| Answer::data(person.account.to_string(), &person.name));
    let usual = choices.ways.lead.map(|lead| lead.to_string()).unwrap_or_default();
    let lead = Field::select("lead", t(T::PartLead), nobody.chain(leads)).hint(t(T::ProjectLeadHint)).value(usual);
    let usual = Particulars { usual_executor: choices.ways.executor, ..Particulars::default() };
    Ok(Form::new(visitor, action, T::OwnerSave)?
        .with(basics(visitor, None, first.into_iter().chain([lead])))
        .with(place(visitor, None))
        .with(oversight(visitor, None, &choices.units))
        .with(ways(visitor, &usual, choices))
        .with(particulars(visitor, &Particulars::default()))
        .with(Field::tick("training", t(T::ProjectTraining)).hint(t(T::ProjectTrainingHint))))
}

fn made_new(app: &App, visitor: &Visitor, row: &ContractRow, form: Form) -> FormPage {
    let (language, contract) = (visitor.language, &row.contract);
    let values = [
        ("owner", Arg::from(&row.owner_name)),
        ("kind", Arg::from(word::contract(language, contract.kind))),
        ("from", Arg::from(date(language, contract.sign_date))),
        ("to", Arg::from(date(language, contract.end_date))),
    ];
    FormPage {
        f: Frame::new(app, visitor, say(language, T::ProjectNew), &super::PAGE),
        back: (format!("/contracts/{}", contract.id), contract.name.clone()),
        data: true,
        lead: say_with(language, T::ProjectNewLead, &values),
        form,
    }
}

fn basics(visitor: &Visitor, project: Option<&Project>, more: impl IntoIterator<Item = Field>) -> Field {
    let t = |text| say(visitor.language, text);
    let text = |name: &str, label, of: fn(&Project) -> &String| {
        Field::text(name, t(label), PROJECT_TEXT_LENGTH_MAX).value(project.map(of).cloned().unwrap_or_default())
    };
    let fields = [
        text("name", T::ProjectName, |project| &project.name).hint(t(T::ProjectNameHint)),
        text("city", T::OwnerCity, |project| &project.city),
        text("address", T::ProjectAddress, |project| &project.address).hint(t(T::ProjectAddressHint)),
    ];
    Field::group(t(T::PartAbout), fields.into_iter().chain(more))
}

fn place(visitor: &Visitor, project: Option<&Project>) -> Field {
    let t = |text| say(visitor.language, text);
    let location = project.and_then(|project| project.location);
    let degrees = |e6: i32| format!("{:.6}", f64::from(e6) / 1e6);
    let held = location.map(|held| format!("{}, {}", degrees(held.entered.lat_e6()), degrees(held.entered.lon_e6())));
    let datums =
        [(Datum::Gcj02, T::ProjectFenceGcj), (Datum::Bd09, T::ProjectFenceBd), (Datum::Wgs84, T::ProjectFenceWgs)];
    let datums = datums.map(|(datum, text)| Answer::word(<&str>::from(datum), t(text)));
    let radius = project.and_then(|project| project.fence_radius_m).map(|metres| metres.to_string());
    let fields = [
        Field::text("place", t(T::ProjectPlace), 60)
            .optional()
            .hint(t(T::ProjectPlaceHint))
            .value(held.unwrap_or_default()),
        Field::select("datum", t(T::ProjectFenceDatum), datums)
            .value(<&str>::from(location.map_or(Datum::Gcj02, |held| held.datum))),
        Field::number("fence_radius_m", t(T::ProjectFenceRadius)).optional().value(radius.unwrap_or_default()),
    ];
    Field::group(t(T::ProjectFence), fields)
}

/// the jurisdiction in the tree of units, and the key-unit mark.
fn oversight(visitor: &Visitor, project: Option<&Project>, units: &[RegulatorUnit]) -> Field {
    let t = |text| say(visitor.language, text);
    let mut answers = vec![Answer::word("", t(T::ProjectChoose))];
    below(units, None, 0, &mut answers);
    let unit = project.and_then(|project| project.jurisdiction).map(|unit| unit.to_string());
    let key = project.and_then(|project| project.key_unit.as_ref());
    let marks = [("", T::ProjectKeyOpen), ("no", T::ProjectKeyNone), ("yes", T::ProjectKeyListed)];
    let (mark, name) = match key {
        None => ("", String::new()),
        Some(KeyUnit::NoMatch) => ("no", String::new()),
        Some(KeyUnit::Listed(name)) => ("yes", name.clone()),
    };
    let fields = [
        Field::select("jurisdiction", t(T::ProjectJurisdiction), answers)
            .optional()
            .hint(t(T::ProjectJurisdictionHint))
            .value(unit.unwrap_or_default()),
        Field::radio("key", t(T::ProjectKeyUnit), marks.map(|(value, text)| Answer::word(value, t(text))))
            .optional()
            .value(mark),
        Field::text("key_unit", t(T::ProjectKeyName), NAME_MAX).optional().value(name),
    ];
    Field::group(t(T::ProjectOversight), fields)
}

/// The units below one, each behind the unit above it, with an indent that tells how deep it lies.
fn below(units: &[RegulatorUnit], above: Option<&RegulatorUnit>, depth: usize, answers: &mut Vec<Answer>) {
    // No unit lies deeper than a brigade; a circle of units would have no end.
    if depth > 3 {
        return;
    }
    for unit in units.iter().filter(|unit| unit.parent == above.map(|above| above.id)) {
        answers.push(Answer::data(unit.id.to_string(), format!("{}{}", "\u{3000}".repeat(depth), unit.name)));
        below(units, Some(unit), depth + 1, answers);
    }
}

/// How the firm usually works on the project.
fn ways(visitor: &Visitor, held: &Particulars, choices: &Choices) -> Field {
    let t = |text| say(visitor.language, text);
    let nobody = std::iter::once(Answer::word("", t(T::ProjectUsualNobody)));
    let people = choices.people.iter().map(|person| Answer::data(person.account.to_string(), &person.name));
    let usual = held.usual_executor.map(|usual| usual.to_string()).unwrap_or_default();
    let executor = Field::select("usual_executor", t(T::ProjectUsualExecutor), nobody.chain(people));
    Field::group(t(T::ProjectUsual), [executor.optional().hint(t(T::ProjectUsualHint)).value(usual)])
}

fn particulars(visitor: &Visitor, held: &Particulars) -> Field {
    let t = |text| say(visitor.language, text);
    let line = |name: &str, label, value: &str| Field::text(name, t(label), NAME_MAX).optional().value(value);
    let code = held.credit_code.as_ref().map(ToString::to_string).unwrap_or_default();
    let price = held.price_yuan.map(|price| price.to_string()).unwrap_or_default();
    let fields = [
        Field::text("credit_code", t(T::ProjectCreditCode), 18).hint(t(T::ProjectCreditHint)).value(code),
        line("responsible_person", T::ProjectResponsible, &held.responsible_person),
        line("safety_manager", T::ProjectManager, &held.safety_manager),
        line("control_room_phone", T::ProjectControlRoom, &held.control_room_phone),
        line("unit_type", T::ProjectUnitType, &held.unit_type),
        line("trade", T::ProjectTrade, &held.trade),
        Field::number("price_yuan", t(T::ProjectPrice)).optional().value(price),
        line("initials", T::ProjectInitials, &held.initials).hint(t(T::ProjectInitialsHint)),
    ];
    Field::group(t(T::PartOwner), fields)
}

fn typed(fields: &Fields) -> Result<ProjectTyped, Refusal> {
    let text = |name| fields.text(name).to_owned();
    Ok(ProjectTyped {
        name: text("name"),
        city: text("city"),
        address: text("address"),
        datum: Some(fields.parsed("datum")?),
        place: text("place"),
        radius: text("fence_radius_m"),
        jurisdiction: fields.text("jurisdiction").parse().ok(),
        key_unit: match fields.text("key") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        key_unit_name: text("key_unit"),
        first_month: fields.text("first_month").parse().ok(),
        credit_code: text("credit_code"),
        price_yuan: text("price_yuan"),
        initials: text("initials"),
        responsible_person: text("responsible_person"),
        safety_manager: text("safety_manager"),
        control_room_phone: text("control_room_phone"),
        unit_type: text("unit_type"),
        trade: text("trade"),
        usual_executor: fields.text("usual_executor").parse().ok(),
    })
}

/// Makes the project.
pub(super) async fn create(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let row = signed(&app, &visitor, &id).await?;
    let wanted = Create {
        contract: row.contract.id,
        lead: fields.text("lead").parse().ok(),
        training: !fields.text("training").is_empty(),
        typed: typed(&fields)?,
    };
    match project::create(&app.store, visitor.act(request), wanted).await {
        Ok(project) => Ok(Redirect::to(&format!("/projects/{project}?done={request}")).into_response()),
        Err(error) => {
            let wrong = Wrong::of(visitor.language, error)?;
            let choices = choices(&app, &visitor).await?;
            let form = form_new(&visitor, &row, &choices)?.filled(&fields).refused(wrong);
            again(&made_new(&app, &visitor, &row, form))
        }
    }
}

/// A project that this visitor changes.
pub(super) struct Known {
    pub(super) project: Project,
    pub(super) particulars: Particulars,
}

/// Finds it; permission is asked here.
pub(super) async fn known(app: &App, visitor: &Visitor, id: &str) -> Result<Known, Refusal> {
    let found = read(app, visitor, id).await?;
    if !visitor.may(Action::EditProject, &found.subject) {
        return Err(Refusal::NotFound);
    }
    Ok(Known { project: found.row.project, particulars: found.particulars })
}

fn form(visitor: &Visitor, known: &Known, choices: &Choices) -> Result<Form, Refusal> {
    let project = Some(&known.project);
    Ok(Form::new(visitor, format!("/projects/{}/edit", known.project.id), T::OwnerSave)?
        .with(basics(visitor, project, []))
        .with(place(visitor, project))
        .with(oversight(visitor, project, &choices.units))
        .with(ways(visitor, &known.particulars, choices))
        .with(particulars(visitor, &known.particulars)))
}

fn made(app: &App, visitor: &Visitor, known: &Known, form: Form) -> FormPage {
    let t = |text| say(visitor.language, text);
    let back = (format!("/projects/{}", known.project.id), known.project.name.clone());
    let f = Frame::new(app, visitor, t(T::ProjectEdit), &super::PAGE);
    FormPage { f, back, data: true, lead: t(T::ProjectEditLead), form }
}

/// The form of a project that exists.
pub(super) async fn edit(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let known = known(&app, &visitor, &id).await?;
    let choices = choices(&app, &visitor).await?;
    page(&made(&app, &visitor, &known, form(&visitor, &known, &choices)?))
}

/// Changes the project.
pub(super) async fn change(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let known = known(&app, &visitor, &id).await?;
    let wanted = Change { project: known.project.id, typed: typed(&fields)? };
    match project::change(&app.store, visitor.act(request), wanted).await {
        Ok(()) => Ok(Redirect::to(&format!("/projects/{id}?done={request}")).into_response()),
        Err(error) => {
            let wrong = Wrong::of(visitor.language, error)?;
            let choices = choices(&app, &visitor).await?;
            let form = form(&visitor, &known, &choices)?.filled(&fields).refused(wrong);
            again(&made(&app, &visitor, &known, form))
        }
    }
}
