//! A project: its systems and facilities with their progress, and its map.

use super::{IssuedRow, MapView, OutsidePlan, Screens, reading::Reading};
use crate::work::{
    Trouble,
    project::{IssuedItem, ItemState},
};
use firebee_domain::{
    account::Action,
    catalogue::{Catalogue, System},
    geofence::Datum,
    id::ProjectId,
};
use firebee_protocol::{
    catalogue::Pack,
    text::{Arg, Chip, Count, Text},
};

/// A project.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectScreen {
    /// The project.
    pub project: ProjectId,
    /// Its name.
    pub name: String,
    /// City and address.
    pub address: String,
    /// The owner's name.
    pub owner: String,
    /// The lead's name.
    pub lead: String,
    /// From when to when it is served.
    pub period: String,
    /// Where it stands.
    pub state: Chip,
    /// The systems of which something is issued to this account, in the order of the catalogue.
    pub systems: Vec<SystemRow>,
    /// What may be started outside the plan.
    pub outside_plan: OutsidePlan,
    /// The map; `None` while the project has no location.
    pub map: Option<MapView>,
}

/// A fire protection system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SystemRow {
    /// The catalogue's code of it.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Items that are submitted, of those issued.
    pub done: Count,
    /// Its facilities.
    pub facilities: Vec<FacilityRow>,
}

/// A facility.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacilityRow {
    /// The catalogue's code of it.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What a search looks in, in lower case: the names in both languages and the other ways of writing.
    pub searched: String,
    /// Items that are submitted, of those issued.
    pub done: Count,
    /// Its items.
    pub items: Vec<IssuedRow>,
}

impl Screens {
    /// A project, with its map in this datum; `None` when it is not known here.
    ///
    /// # Errors
    /// The account may not read it, or the stores cannot be read.
    pub fn project(&self, project: ProjectId, datum: Datum) -> Result<Option<ProjectScreen>, Trouble> {
        self.0.screen(|reading| {
            let Some(held) = reading.eyes.project(project) else { return Ok(None) };
            reading.eyes.permit(Action::ReadProject, project, false)?;
            let served = &held.project;
            let days =
                [("from", Arg::from(reading.date(served.sign_date))), ("to", Arg::from(reading.date(served.end_date)))];
            Ok(Some(ProjectScreen {
                project,
                name: served.name.clone(),
                address: format!("{}{}", served.city, served.address),
                owner: held.owner_name.clone(),
                lead: held.lead_name.clone(),
                period: reading.with(Text::PhonePeriod, &days),
                state: Chip::project(reading.language, served.status(reading.today())),
                systems: reading.systems(project)?,
                outside_plan: reading.outside_plan(project),
                map: reading.map(project, datum)?,
            }))
        })
    }
}

/// Whether an item has been handed in.
const fn is_done(item: &IssuedItem) -> bool {
    matches!(item.state, ItemState::PendingReview | ItemState::Approved)
}

impl Reading<'_> {
    fn systems(&self, project: ProjectId) -> Result<Vec<SystemRow>, Trouble> {
        let mut plans = self.eyes.issued(&self.eyes.briefs()?)?;
        plans.retain(|plan| plan.project == project);
        let pack = plans.last().and_then(|plan| self.eyes.core.packs.get(plan.catalogue));
        let items: Vec<&IssuedItem> = plans.iter().flat_map(|plan| &plan.items).collect();
        let known: &Catalogue = pack.as_ref().map_or(&Pack::embedded().catalogue, |pack| &pack.catalogue);
        let of_system = |system: &System| {
            let mine: Vec<&IssuedItem> = items.iter().copied().filter(|item| item.system == system.code).collect();
            (!mine.is_empty()).then(|| self.system(system, &mine))
        };
        Ok(known.systems.iter().filter_map(of_system).collect())
    }

    fn system(&self, system: &System, items: &[&IssuedItem]) -> SystemRow {
        let facilities = system.categories.iter().flat_map(|category| &category.facilities).filter_map(|facility| {
            let mine: Vec<&IssuedItem> = items.iter().copied().filter(|item| item.facility == facility.code).collect();
            (!mine.is_empty()).then(|| FacilityRow {
                code: facility.code.clone(),
                name: self.of(&facility.name, &facility.name_en).to_owned(),
                searched: facility.searched(),
                done: self.done(&mine),
                items: mine.iter().map(|item| self.issued_row(item)).collect(),
            })
        });
        SystemRow {
            code: system.code.clone(),
            name: self.of(&system.name, &system.name_en).to_owned(),
            facilities: facilities.collect(),
            done: self.done(items),
        }
    }

    fn done(&self, items: &[&IssuedItem]) -> Count {
        let done = items.iter().filter(|item| is_done(item)).count();
        Count::of(self.language, Text::PhoneItemsDone, done, items.len())
    }
}
