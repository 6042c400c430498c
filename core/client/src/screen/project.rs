//! A project: its systems and facilities with their progress, and its map.

use super::{IssuedRow, MapView, OutsidePlan, Screens, issued::ITEMS_AT_ONCE, reading::Reading};
use crate::{
    cache::{Facility, IssueCounts, IssueSlice},
    work::Trouble,
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
use std::collections::{BTreeMap, HashMap};

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
    /// Its items, where the project has at most 400 of them; else they are read page by page.
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
                outside_plan: reading.outside_plan(project)?,
                map: reading.map(project, datum)?,
            }))
        })
    }
}

/// What is issued in a project: how far each facility is, and the items of each that are shown at once.
struct Issued {
    counts: BTreeMap<Facility, IssueCounts>,
    items: HashMap<Facility, Vec<IssuedRow>>,
}

impl Reading<'_> {
    fn systems(&self, project: ProjectId) -> Result<Vec<SystemRow>, Trouble> {
        let (issues, local) = (self.eyes.issues_in(Some(project)), self.eyes.local()?);
        let of: Vec<i64> = issues.iter().map(|held| held.n).collect();
        let mut issued = Issued { counts: self.eyes.facility_counts(project, &local)?, items: HashMap::new() };
        let total: u32 = issued.counts.values().map(|counts| counts.total).sum();
        if total <= ITEMS_AT_ONCE {
            let all = IssueSlice { of: &of, facility: None, after: None, limit: ITEMS_AT_ONCE };
            for (_, item) in self.eyes.issued_items(self.eyes.cache.issued(&all)?, &local) {
                let row = self.issued_row(&item);
                issued.items.entry((item.system, item.facility)).or_default().push(row);
            }
        }
        let pack = issues.last().and_then(|held| self.eyes.core.packs.get(held.head.body.catalogue));
        let known: &Catalogue = pack.as_ref().map_or(&Pack::embedded().catalogue, |pack| &pack.catalogue);
        Ok(known.systems.iter().filter_map(|system| self.system(system, &mut issued)).collect())
    }

    fn system(&self, system: &System, issued: &mut Issued) -> Option<SystemRow> {
        let mut all = IssueCounts::default();
        issued.counts.iter().filter(|((code, _), _)| *code == system.code).for_each(|(_, counts)| all.add_all(*counts));
        let facilities = system.categories.iter().flat_map(|category| &category.facilities).filter_map(|facility| {
            let key = (system.code.clone(), facility.code.clone());
            Some(FacilityRow {
                done: self.done(*issued.counts.get(&key)?),
                code: facility.code.clone(),
                name: self.of(&facility.name, &facility.name_en).to_owned(),
                searched: facility.searched(),
                items: issued.items.remove(&key).unwrap_or_default(),
            })
        });
        let facilities = facilities.collect();
        (all.total > 0).then(|| SystemRow {
            code: system.code.clone(),
            name: self.of(&system.name, &system.name_en).to_owned(),
            facilities,
            done: self.done(all),
        })
    }
}
