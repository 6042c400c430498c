//! The form of a building.

use super::form::{Known, known};
use crate::{
    console::{
        form::{Answer, Field, Form, FormPage, Wrong, again},
        frame::Frame,
        page,
        posted::{Fields, Posted},
        refused::Refusal,
        visitor::Visitor,
    },
    office::project::{
        BuildingTyped, PutBuilding, RemoveBuilding,
        buildings::{put as run_put, remove as run_remove},
    },
    state::App,
    text::Text as T,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use firebee_domain::{
    building::{BUILDING_NAME_LENGTH_MAX, Building, REMARK_LENGTH_MAX, WaterStorageKind},
    id::BuildingId,
    measure::Decimal,
};
use firebee_protocol::text::{Arg, say, say_with};

/// The fewest rows for storages, and how many are empty at the end.
const STORAGES: usize = 2;
/// The most storages that a form sends.
const STORAGES_MAX: usize = 50;

/// The form of a new building.
pub(super) async fn new(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, Refusal> {
    let known = known(&app, &visitor, &id).await?;
    page(&made(&app, &visitor, &known, None, form(&visitor, &known, None)?))
}

/// The form of a building that exists.
pub(super) async fn edit(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, building)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let known = known(&app, &visitor, &id).await?;
    let building = find(&known, &building)?;
    page(&made(&app, &visitor, &known, Some(building), form(&visitor, &known, Some(building))?))
}

fn find<'k>(known: &'k Known, id: &str) -> Result<&'k Building, Refusal> {
    let id: BuildingId = id.parse().map_err(|_| Refusal::NotFound)?;
    known.project.buildings.iter().find(|building| building.id == id).ok_or(Refusal::NotFound)
}

fn form(visitor: &Visitor, known: &Known, building: Option<&Building>) -> Result<Form, Refusal> {
    let t = |text| say(visitor.language, text);
    let base = format!("/projects/{}/buildings", known.project.id);
    let action = building.map_or_else(|| base.clone(), |building| format!("{base}/{}", building.id));
    let measure = |name: &str, label, of: fn(&Building) -> Decimal| {
        Field::number(name, t(label)).value(building.map(|building| of(building).to_string()).unwrap_or_default())
    };
    let floors = |name: &str, label, of: fn(&Building) -> u16| {
        Field::number(name, t(label)).value(building.map(|building| of(building).to_string()).unwrap_or_default())
    };
    let name = building.map(|building| building.name.clone()).unwrap_or_default();
    let remark = building.map(|building| building.remark.clone()).unwrap_or_default();
    let ticked = |is: bool| is.then(|| "yes".to_owned());
    let supply = building.is_some_and(|building| building.water_supply);
    let partly = building.is_some_and(|building| building.partly_covered);
    let held = building.map_or(0, |building| building.water_storage.len());
    let storages = (0..STORAGES.max(held + 1)).map(|n| storage(visitor, building, n));
    Ok(Form::new(visitor, action, T::OwnerSave)?
        .with(Field::text("name", t(T::ProjectBuildingName), BUILDING_NAME_LENGTH_MAX).value(name))
        .with(measure("area_m2", T::ProjectBuildingArea, |building| building.area_m2))
        .with(measure("area_above_m2", T::ProjectBuildingAbove, |building| building.area_above_m2))
        .with(measure("area_below_m2", T::ProjectBuildingBelow, |building| building.area_below_m2))
        .with(floors("floors_above", T::ProjectBuildingFloorsAbove, |building| building.floors_above))
        .with(floors("floors_below", T::ProjectBuildingFloorsBelow, |building| building.floors_below))
        .with(measure("height_m", T::ProjectBuildingHeight, |building| building.height_m))
        .with(
            Field::tick("water_supply", t(T::ProjectBuildingWater))
                .hint(t(T::ProjectBuildingWaterHint))
                .values(ticked(supply)),
        )
        .with_all(storages)
        .with(Field::tick("partly_covered", t(T::ProjectBuildingPartly)).values(ticked(partly)))
        .with(
            Field::area("remark", t(T::ProjectBuildingRemark), REMARK_LENGTH_MAX)
                .optional()
                .hint(t(T::ProjectBuildingRemarkHint))
                .value(remark),
        ))
}

/// The fields of one water storage.
fn storage(visitor: &Visitor, building: Option<&Building>, n: usize) -> Field {
    let t = |text| say(visitor.language, text);
    let held = building.and_then(|building| building.water_storage.get(n));
    let kinds = [(WaterStorageKind::Pool, T::ProjectStoragePool), (WaterStorageKind::Tank, T::ProjectStorageTank)];
    let kinds = kinds.map(|(kind, text)| Answer::word(<&str>::from(kind), t(text)));
    let position = held.map(|held| held.position.clone()).unwrap_or_default();
    let capacity = held.map(|held| held.capacity_m3.to_string()).unwrap_or_default();
    let fields = [
        Field::select(format!("storage-{n}-kind"), t(T::ProjectStorageKind), kinds)
            .value(<&str>::from(held.map_or(WaterStorageKind::Pool, |held| held.kind))),
        Field::text(format!("storage-{n}-place"), t(T::ProjectStoragePlace), BUILDING_NAME_LENGTH_MAX)
            .optional()
            .value(position),
        Field::number(format!("storage-{n}-capacity"), t(T::ProjectStorageCapacity)).optional().value(capacity),
    ];
    let number = [("number", Arg::from(n + 1))];
    Field::group(say_with(visitor.language, T::ProjectStorage, &number), fields)
}

fn made(app: &App, visitor: &Visitor, known: &Known, building: Option<&Building>, form: Form) -> FormPage {
    let t = |text| say(visitor.language, text);
    let title = if building.is_some() { T::ProjectBuildingEdit } else { T::ProjectBuildingNew };
    let back = (format!("/projects/{}", known.project.id), known.project.name.clone());
    let f = Frame::new(app, visitor, t(title), &super::PAGE);
    FormPage { f, back, data: true, lead: t(T::ProjectBuildingLead), form }
}

fn typed(fields: &Fields) -> BuildingTyped {
    let text = |name| fields.text(name).to_owned();
    let ticked = |name| !fields.text(name).is_empty();
    let sent = |n: &usize| fields.pairs().any(|(name, _)| name == format!("storage-{n}-kind"));
    let storage = |n| {
        let of = |part: &str| fields.text(&format!("storage-{n}-{part}")).to_owned();
        (of("kind").parse().ok(), of("place"), of("capacity"))
    };
    BuildingTyped {
        name: text("name"),
        area_m2: text("area_m2"),
        area_above_m2: text("area_above_m2"),
        area_below_m2: text("area_below_m2"),
        floors_above: text("floors_above"),
        floors_below: text("floors_below"),
        height_m: text("height_m"),
        water_supply: ticked("water_supply"),
        storages: (0..STORAGES_MAX).take_while(sent).map(storage).collect(),
        partly_covered: ticked("partly_covered"),
        remark: text("remark"),
    }
}

/// Adds a building.
pub(super) async fn create(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    put(&app, &id, None, posted).await
}

/// Changes a building.
pub(super) async fn change(
    State(app): State<App>,
    Path((id, building)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Refusal> {
    put(&app, &id, Some(&building), posted).await
}

async fn put(app: &App, id: &str, building: Option<&str>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let known = known(app, &visitor, id).await?;
    let building = building.map(|building| find(&known, building)).transpose()?;
    let wanted = PutBuilding {
        project: known.project.id,
        building: building.map(|building| building.id),
        typed: typed(&fields),
    };
    match run_put(&app.store, visitor.act(request), wanted).await {
        Ok(()) => Ok(Redirect::to(&format!("/projects/{id}?done={request}#buildings")).into_response()),
        Err(error) => {
            let wrong = Wrong::of(visitor.language, error)?;
            let form = form(&visitor, &known, building)?.filled(&fields).refused(wrong);
            again(&made(app, &visitor, &known, building, form))
        }
    }
}

/// Takes a building away.
pub(super) async fn remove(
    State(app): State<App>,
    Path((id, building)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, .. } = posted;
    let wanted = RemoveBuilding {
        project: id.parse().map_err(|_| Refusal::NotFound)?,
        building: building.parse().map_err(|_| Refusal::NotFound)?,
    };
    let done = run_remove(&app.store, visitor.act(request), wanted).await;
    super::answer::answer((&app, &visitor), (&id, request), done, String::new()).await
}
