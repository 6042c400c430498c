//! A row that says a project. It is known by its contract and its name. An empty cell leaves what is there; another lead is
//! put in place on the project's own page.

use super::{
    Row,
    deed::{Deed, Found},
    site::alone,
    typed::{Typed, same, yes_or_no},
    undo::Back,
};
use crate::{
    office::{
        Act,
        project::{Change, Create, ProjectTyped, TakeBack, says_more},
    },
    query::{self, import::RowKept, project::ProjectRow},
    store::{StoreError, Tx, json, own},
    text::Text as T,
};
use firebee_domain::{
    account::Role,
    code::Code,
    contract::Contract,
    geofence::Datum,
    id::{AccountId, ProjectId},
    import::Kind,
    owner::OWNER_TEXT_LENGTH_MAX,
    project::{FirstMonth, PROJECT_TEXT_LENGTH_MAX, Particulars, Project},
    text,
};

/// The words of the first month.
pub(super) const FIRST_MONTHS: [(FirstMonth, T); 2] =
    [(FirstMonth::SignMonth, T::ProjectFirstSign), (FirstMonth::NextMonth, T::ProjectFirstNext)];

/// The names of the datums, the same in every language.
pub(super) const DATUMS: [(Datum, &str); 3] =
    [(Datum::Gcj02, "GCJ-02"), (Datum::Bd09, "BD-09"), (Datum::Wgs84, "WGS-84")];

/// What the row asks for.
pub(super) async fn find(tx: &mut Tx, act: &Act, row: &Row) -> Result<Found, StoreError> {
    let mut typed = row.typed(Kind::Projects);
    let Some(contract) = contract(tx, act, &mut typed).await? else { return Ok(Found::Wrong(typed.told)) };
    let name = text::name(typed.get("name"), PROJECT_TEXT_LENGTH_MAX).unwrap_or_default();
    let mut known = query::contract::projects(tx, act.org, contract.id).await?;
    known.retain(|(_, held)| *held == name);
    let known = match known.as_slice() {
        [] => None,
        [(id, _)] => query::project::project(tx, act.org, *id).await?,
        _ => {
            typed.wrong("name", Code::ProjectUnknown);
            None
        }
    };
    match known {
        Some(row) => change(tx, act, typed, row).await,
        None => create(tx, act, typed, contract).await,
    }
}

/// The contract that the row names; what keeps it from being found is noted.
async fn contract(tx: &mut Tx, act: &Act, typed: &mut Typed) -> Result<Option<Contract>, StoreError> {
    let named = |said: &str| text::name(said, OWNER_TEXT_LENGTH_MAX).unwrap_or_default();
    let owner = query::owner::of_name(tx, act.org, &named(typed.get("owner"))).await?;
    let Some(owner) = owner else {
        typed.wrong("owner", Code::OwnerUnknown);
        return Ok(None);
    };
    let found = query::contract::of_name(tx, act.org, owner.id, &named(typed.get("contract"))).await?;
    let found = alone(found.into_iter());
    if found.is_none() {
        typed.wrong("contract", Code::ContractUnknown);
    }
    Ok(found)
}

async fn create(tx: &mut Tx, act: &Act, mut typed: Typed, contract: Contract) -> Result<Found, StoreError> {
    let mut wanted = ProjectTyped { datum: Some(Datum::Gcj02), ..ProjectTyped::default() };
    overlay(tx, &mut typed, &mut wanted).await?;
    let lead = lead(tx, act, typed.get("lead")).await?;
    if !typed.told.is_empty() {
        return Ok(Found::Wrong(typed.told));
    }
    let wanted = Create { contract: contract.id, lead, training: false, typed: wanted };
    Ok(Found::Deed(Deed::CreateProject(Box::new(wanted))))
}

async fn change(tx: &mut Tx, act: &Act, mut typed: Typed, known: ProjectRow) -> Result<Found, StoreError> {
    let ProjectRow { project, lead: leads, lead_name, .. } = known;
    let particulars = query::project::particulars(tx, act.org, project.id).await?;
    let mut wanted = ProjectTyped::of(&project, &particulars);
    overlay(tx, &mut typed, &mut wanted).await?;
    let said = typed.get("lead");
    if !said.is_empty() && said != lead_name && lead(tx, act, said).await? != Some(leads) {
        typed.wrong("lead", Code::LeadElsewhere);
    }
    if !typed.told.is_empty() {
        return Ok(Found::Wrong(typed.told));
    }
    if !says_more(tx, (&project, &particulars), &wanted).await? {
        return Ok(Found::Same);
    }
    let earlier = json(&(&project, &particulars))?;
    Ok(Found::Deed(Deed::ChangeProject(Box::new(Change { project: project.id, typed: wanted }), earlier)))
}

/// Puts what the row says in the place of what is there.
async fn overlay(tx: &mut Tx, typed: &mut Typed, wanted: &mut ProjectTyped) -> Result<(), StoreError> {
    for (key, held) in [
        ("name", &mut wanted.name),
        ("city", &mut wanted.city),
        ("address", &mut wanted.address),
        ("place", &mut wanted.place),
        ("fence_radius_m", &mut wanted.radius),
        ("credit_code", &mut wanted.credit_code),
        ("responsible_person", &mut wanted.responsible_person),
        ("safety_manager", &mut wanted.safety_manager),
        ("control_room_phone", &mut wanted.control_room_phone),
        ("unit_type", &mut wanted.unit_type),
        ("trade", &mut wanted.trade),
        ("price_yuan", &mut wanted.price_yuan),
        ("initials", &mut wanted.initials),
    ] {
        typed.over(key, held);
    }
    wanted.first_month = typed.one_of("first_month", &FIRST_MONTHS).or(wanted.first_month);
    match (typed.get("datum").to_owned(), DATUMS.iter().find(|(_, name)| same(name, typed.get("datum")))) {
        (_, Some((datum, _))) => wanted.datum = Some(*datum),
        (said, None) if said.is_empty() => {}
        _ => typed.wrong("datum", Code::CellMalformed),
    }
    match typed.get("key_unit") {
        "" => {}
        said => {
            // A listed one has a name, and the form asks for it.
            let answer = yes_or_no(said);
            wanted.key_unit = Some(answer.unwrap_or(true));
            wanted.key_unit_name = if answer.is_some() { String::new() } else { said.to_owned() };
        }
    }
    let unit = typed.get("jurisdiction").to_owned();
    if !unit.is_empty() {
        match query::unit::of_name(tx, &unit).await? {
            Some(unit) => wanted.jurisdiction = Some(unit),
            None => typed.wrong("jurisdiction", Code::UnitUnknown),
        }
    }
    Ok(())
}

/// The lead of a name, or of a login where several have that name.
async fn lead(tx: &mut Tx, act: &Act, said: &str) -> Result<Option<AccountId>, StoreError> {
    let people = query::member::executors(tx, act.org, &act.actor).await?;
    let leads: Vec<_> = people.into_iter().filter(|person| person.role == Role::ProjectLead).collect();
    if let Some(lead) = alone(leads.iter().filter(|person| person.name == said)) {
        return Ok(Some(lead.account));
    }
    for lead in leads {
        let account = query::member::account(tx, act.org, lead.account).await?;
        if account.is_some_and(|account| same(account.login().as_str(), said)) {
            return Ok(Some(lead.account));
        }
    }
    Ok(None)
}

/// The command that takes the row back.
pub(super) fn back(kept: &RowKept, project: ProjectId) -> Result<Back, StoreError> {
    let Some(earlier) = &kept.earlier else { return Ok(Back::TakeBackProject(TakeBack { project })) };
    let (before, particulars): (Project, Particulars) = own(earlier)?;
    let typed = ProjectTyped::of(&before, &particulars);
    Ok(Back::ChangeProject(Box::new(Change { project, typed })))
}
