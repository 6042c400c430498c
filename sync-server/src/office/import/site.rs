//! The project that a row names: by its name, and by its owner and its contract where several have that name.

use super::typed::{Typed, same};
use crate::{
    office::Act,
    query::{self, access::to_project, project::ProjectRow},
    store::{StoreError, Tx},
};
use firebee_domain::{
    account::Action,
    catalogue::{Catalogue, Facility},
    code::Code,
    project::{PROJECT_TEXT_LENGTH_MAX, Project},
    text,
};

/// The project of a row; what keeps it from being found is noted.
pub(super) async fn site(tx: &mut Tx, act: &Act, typed: &mut Typed) -> Result<Option<ProjectRow>, StoreError> {
    let name = text::name(typed.get("project"), PROJECT_TEXT_LENGTH_MAX).unwrap_or_default();
    let mut named = query::project::of_name(tx, act.org, &name).await?;
    let fits = |said: &str, held: &str| said.is_empty() || said == held;
    named.retain(|(_, owner, contract)| fits(typed.get("owner"), owner) && fits(typed.get("contract"), contract));
    if let [(id, ..)] = named.as_slice()
        && to_project(tx, act.org, &act.actor, &[Action::EditProject], *id).await?.is_some()
    {
        return query::project::project(tx, act.org, *id).await;
    }
    typed.wrong("project", Code::ProjectUnknown);
    Ok(None)
}

/// The facility of a row, among those that the project has ticked; what keeps it from being found is noted.
pub(super) fn facility<'c>(catalogue: &'c Catalogue, project: &Project, typed: &mut Typed) -> Option<&'c Facility> {
    let said = typed.get("facility").to_owned();
    let ticked: Vec<&Facility> = ticked(catalogue, project).collect();
    let named = |held: &&&Facility| {
        let names = [&held.name, &held.name_en].into_iter().chain(&held.aliases);
        names.into_iter().any(|name| same(name, &said))
    };
    let found = ticked.iter().find(|held| held.code == said).or_else(|| alone(ticked.iter().filter(named)));
    if found.is_none() {
        typed.wrong("facility", Code::FacilityNotTicked);
    }
    found.copied()
}

/// What a table calls a facility of a project: its name, or its code where another one has that name as well.
pub(super) fn called(catalogue: &Catalogue, project: &Project, facility: &Facility, name: &str) -> String {
    let names =
        |held: &&Facility| [&held.name, &held.name_en].into_iter().chain(&held.aliases).any(|other| same(other, name));
    match alone(ticked(catalogue, project).filter(names)) {
        Some(_) => name.to_owned(),
        None => facility.code.clone(),
    }
}

/// The facilities that a project has ticked.
pub(super) fn ticked<'c>(catalogue: &'c Catalogue, project: &Project) -> impl Iterator<Item = &'c Facility> {
    project.facilities.iter().filter_map(|code| catalogue.facility(code).map(|found| found.facility))
}

/// The only one; `None` of none or several.
pub(super) fn alone<I: Iterator>(mut all: I) -> Option<I::Item> {
    let first = all.next()?;
    all.next().is_none().then_some(first)
}
