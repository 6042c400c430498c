//! What the office has, as the tables that it brings: the same columns, so that a table that went out comes in again and changes
//! nothing.

use super::{
    building::told_storages,
    design,
    project::{DATUMS, FIRST_MONTHS},
    site::{called, ticked},
};
use crate::{
    office::project::ProjectTyped,
    org::Org,
    query::{
        self,
        access::to_project,
        owner::{ContactRow, OwnerRow, contacts, owners},
        page::{Page, Place, Wanted},
        project::{Filter, ProjectRow, projects},
    },
    store::{StoreError, Tx},
    text::Text as T,
};
use firebee_domain::{
    account::{Action, Actor},
    building::Building,
    id::ProjectId,
    import::Kind,
    project::{KeyUnit, Particulars},
};
use firebee_protocol::{
    catalogue::Pack,
    text::{Language, say, tongue},
};

/// How many owners, contacts or projects are read at once.
const AT_ONCE: u32 = 500;
/// How many projects are read at once where each has many rows.
const SITES_AT_ONCE: u32 = 10;

/// Some rows of a kind, a text for each column, from a place on; of one project alone where one is named, and `None` where the
/// actor may not change that one. The actor may bring tables of the kind.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn out(
    tx: &mut Tx,
    (org, actor): (Org, &Actor),
    (kind, language): (Kind, Language),
    (project, after): (Option<ProjectId>, Option<Place>),
) -> Result<Option<Page<Vec<String>>>, StoreError> {
    Ok(Some(match kind {
        Kind::Owners => {
            let owner = |OwnerRow { owner, .. }| vec![owner.name, owner.city, owner.address];
            owners(tx, org, actor, &behind(after, AT_ONCE)).await?.map(owner)
        }
        Kind::Contacts => {
            let contact =
                |ContactRow { contact, login, owner_name, .. }| vec![owner_name, contact.name, contact.phone, login];
            contacts(tx, org, actor, (None, &behind(after, AT_ONCE))).await?.map(contact)
        }
        Kind::Projects | Kind::Buildings | Kind::Design | Kind::Positions => {
            let sites = match project {
                Some(project) => {
                    if to_project(tx, org, actor, &[Action::EditProject], project).await?.is_none() {
                        return Ok(None);
                    }
                    Page { rows: query::project::project(tx, org, project).await?.into_iter().collect(), next: None }
                }
                None => {
                    let most = if kind == Kind::Projects { AT_ONCE } else { SITES_AT_ONCE };
                    let filter = Filter { wanted: behind(after, most), ..Filter::default() };
                    projects(tx, org, actor, &filter).await?
                }
            };
            let mut rows = Vec::new();
            for site in &sites.rows {
                rows.extend(of_site(tx, org, (kind, language), site).await?);
            }
            Page { rows, next: sites.next }
        }
    }))
}

fn behind<S: Default>(after: Option<Place>, rows: u32) -> Wanted<S> {
    Wanted { after, ..Wanted::first(rows) }
}

/// The rows of one project.
async fn of_site(
    tx: &mut Tx,
    org: Org,
    (kind, language): (Kind, Language),
    site: &ProjectRow,
) -> Result<Vec<Vec<String>>, StoreError> {
    let project = &site.project;
    let contract = query::contract::contract(tx, org, project.contract).await?;
    let contract = contract.map(|row| row.contract.name).unwrap_or_default();
    if kind == Kind::Projects {
        let particulars = query::project::particulars(tx, org, project.id).await?;
        let unit = match project.jurisdiction {
            Some(unit) => query::project::unit(tx, unit).await?,
            None => None,
        };
        let names = [site.owner_name.clone(), contract];
        return Ok(vec![of_project(language, site, &particulars, (names, unit.unwrap_or_default()))]);
    }
    let names = [site.owner_name.clone(), contract, project.name.clone()];
    let behind = |own: Vec<String>| names.iter().cloned().chain(own).collect();
    let catalogue = &Pack::embedded().catalogue;
    let own: Vec<Vec<String>> = match kind {
        Kind::Buildings => project.buildings.iter().map(|held| of_building(language, held)).collect(),
        Kind::Design => design::rows(catalogue, project, language).into_iter().map(Vec::from).collect(),
        Kind::Owners | Kind::Contacts | Kind::Projects | Kind::Positions => {
            let mut rows = Vec::new();
            for facility in ticked(catalogue, project) {
                let name = tongue(language).of(&facility.name, &facility.name_en);
                let name = called(catalogue, project, facility, name);
                let history = query::project::history(tx, org, project.id, &facility.code).await?;
                for held in history.iter().flat_map(|history| history.positions.list()) {
                    rows.push(vec![name.clone(), held.place.clone(), held.tag.clone().unwrap_or_default()]);
                }
            }
            rows
        }
    };
    Ok(own.into_iter().map(behind).collect())
}

fn of_project(
    language: Language,
    site: &ProjectRow,
    particulars: &Particulars,
    ([owner, contract], unit): ([String; 2], String),
) -> Vec<String> {
    let project = &site.project;
    let typed = ProjectTyped::of(project, particulars);
    let datum = project.location.and_then(|held| DATUMS.iter().find(|(datum, _)| *datum == held.datum));
    let first = FIRST_MONTHS.iter().find(|(month, _)| Some(*month) == project.first_month);
    let key_unit = match &project.key_unit {
        None => String::new(),
        Some(KeyUnit::NoMatch) => say(language, T::ImportNo),
        Some(KeyUnit::Listed(name)) => name.clone(),
    };
    vec![
        owner,
        contract,
        typed.name,
        typed.city,
        typed.address,
        site.lead_name.clone(),
        typed.credit_code,
        typed.place,
        datum.map(|(_, name)| (*name).to_owned()).unwrap_or_default(),
        typed.radius,
        unit,
        key_unit,
        first.map(|(_, word)| say(language, *word)).unwrap_or_default(),
        typed.responsible_person,
        typed.safety_manager,
        typed.control_room_phone,
        typed.unit_type,
        typed.trade,
        typed.price_yuan,
        typed.initials,
    ]
}

fn of_building(language: Language, held: &Building) -> Vec<String> {
    let t = |text| say(language, text);
    vec![
        held.name.clone(),
        held.area_m2.to_string(),
        held.area_above_m2.to_string(),
        held.area_below_m2.to_string(),
        held.floors_above.to_string(),
        held.floors_below.to_string(),
        held.height_m.to_string(),
        told_storages(held, t),
        t(if held.partly_covered { T::ImportYes } else { T::ImportNo }),
        held.remark.clone(),
    ]
}
