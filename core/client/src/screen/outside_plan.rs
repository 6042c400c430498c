//! What may be started outside the plan: supplementary tests, and facilities that the catalogue lacks.

use super::{Act, Screens, reading::Reading};
use crate::work::{Trouble, eyes::Eyes};
use firebee_domain::{
    account::Action,
    catalogue::{Facility, Item, System, Usage},
    code::Code,
    id::ProjectId,
    monitoring::TestOrder,
    task::TaskError,
};
use firebee_protocol::{
    catalogue::Pack,
    text::{Arg, Text},
};
use std::sync::Arc;

/// What may be started in a project outside its plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutsidePlan {
    /// The project.
    pub project: ProjectId,
    /// Its name.
    pub project_name: String,
    /// Which tests were ordered, and what it means that a task is outside the plan.
    pub meaning: String,
    /// Starting a supplementary test.
    pub supplementary: Act,
    /// Starting a task for facilities that the catalogue lacks.
    pub mismatch: Act,
}

/// What a supplementary test of a project can be of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplementaryScreen {
    /// What may be started.
    pub offer: OutsidePlan,
    /// The systems that hold the words, with their facilities and items, in the order of the catalogue.
    pub systems: Vec<OfferedSystem>,
    /// That nothing holds the words; `None` when something does.
    pub nothing: Option<String>,
}

/// A system of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedSystem {
    /// Its name.
    pub name: String,
    /// Its facilities.
    pub facilities: Vec<OfferedFacility>,
}

/// A facility of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedFacility {
    /// Its name.
    pub name: String,
    /// Whether the project has it ticked.
    pub ticked: bool,
    /// Its items.
    pub items: Vec<OfferedItem>,
}

/// An item of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedItem {
    /// Its id in the catalogue: what the start of a task names.
    pub item_id: String,
    /// Its name.
    pub name: String,
}

impl Screens {
    /// The facilities and items that a supplementary test of a project can be of: those whose names hold these words.
    /// No words find all.
    ///
    /// # Errors
    /// The account does not work in the project, or the catalogue has not been pulled.
    pub fn supplementary(&self, project: ProjectId, words: &str) -> Result<SupplementaryScreen, Trouble> {
        self.0.screen(|reading| {
            reading.eyes.permit(Action::StartTask, project, true)?;
            let pack = reading.pack_outside_plan(project).ok_or(Trouble::CatalogueMissing)?;
            let words = words.to_lowercase();
            let words: Vec<&str> = words.split_whitespace().collect();
            let systems = reading.offered_systems(project, &pack, &words);
            Ok(SupplementaryScreen {
                offer: reading.outside_plan(project)?,
                nothing: systems.is_empty().then(|| reading.say(Text::PhoneNothingFound)),
                systems,
            })
        })
    }
}

/// The projects in which an account works, the latest deadline first.
pub(super) fn worked_in(eyes: &Eyes<'_>) -> Vec<ProjectId> {
    let mut found: Vec<_> = eyes
        .issues()
        .filter(|held| held.counts.total > 0)
        .map(|held| (held.head.body.assignment.deadline, held.head.body.assignment.project))
        .collect();
    found.sort_by(|one, other| other.cmp(one));
    let mut projects = Vec::new();
    for (_, project) in found {
        if !projects.contains(&project) {
            projects.push(project);
        }
    }
    projects
}

impl Reading<'_> {
    /// What may be started in a project outside its plan.
    pub(super) fn outside_plan(&self, project: ProjectId) -> Result<OutsidePlan, Trouble> {
        let act = self.may_start_outside(project);
        let ordered = self.eyes.orders(project)?;
        let lines = ordered.iter().map(|order| self.ordered(order)).chain([self.say(Text::PhoneOutsidePlan)]);
        Ok(OutsidePlan {
            project,
            project_name: self.project_name(project),
            meaning: lines.collect::<Vec<_>>().join("\n"),
            supplementary: act.clone(),
            mismatch: act,
        })
    }

    /// By whom a test was ordered, and because of which event.
    pub(super) fn ordered(&self, order: &TestOrder) -> String {
        let said = [order.place.as_str(), &order.says];
        let what: Vec<&str> = said.into_iter().filter(|said| !said.is_empty()).collect();
        let values = [("by", Arg::from(&order.by)), ("what", Arg::from(what.join(" \u{b7} ")))];
        self.with(Text::PhoneOrdered, &values)
    }

    fn may_start_outside(&self, project: ProjectId) -> Act {
        let refused = |code: Code| Act::refused(self.language, code, &[]);
        if let Err(trouble) = self.eyes.permit(Action::StartTask, project, true) {
            return refused(trouble.code());
        }
        if !self.eyes.practice(project).outside_plan {
            return refused(TaskError::KindNotOffered.code());
        }
        let issued = self.eyes.membership(project, self.eyes.me);
        if issued.is_none_or(|held| held.counts.total == 0) {
            return Act::closed(self.say(Text::PhoneNothingIssued));
        }
        if self.eyes.project(project).is_some_and(|held| held.project.termination.is_some()) {
            return Act::closed(self.say(Text::PhoneProjectTerminated));
        }
        Act::open()
    }

    /// The pack by which this account works in a project.
    fn pack_outside_plan(&self, project: ProjectId) -> Option<Arc<Pack>> {
        let issued = self.eyes.membership(project, self.eyes.me)?;
        self.eyes.core.packs.get(issued.head.body.catalogue)
    }

    fn offered_systems(&self, project: ProjectId, pack: &Pack, words: &[&str]) -> Vec<OfferedSystem> {
        let usage = self.eyes.practice(project).usage;
        let ticked = self.eyes.project(project).map(|held| held.project.facilities.as_slice()).unwrap_or_default();
        let system = |system: &System| {
            let facilities = system.categories.iter().flat_map(|category| &category.facilities);
            let facilities: Vec<OfferedFacility> = facilities
                .filter_map(|facility| self.offered_facility(facility, usage, words, ticked.contains(&facility.code)))
                .collect();
            let name = self.of(&system.name, &system.name_en).to_owned();
            (!facilities.is_empty()).then_some(OfferedSystem { name, facilities })
        };
        pack.catalogue.systems_for(usage).filter_map(system).collect()
    }

    /// A facility with the items that hold the words; all its items when it holds them itself.
    fn offered_facility(
        &self,
        facility: &Facility,
        usage: Usage,
        words: &[&str],
        ticked: bool,
    ) -> Option<OfferedFacility> {
        let holds = |searched: &str| words.iter().all(|word| searched.contains(word));
        let whole = holds(&facility.searched());
        let offered = |item: &&Item| {
            let for_usage = item.usage.as_ref().is_none_or(|usages| usages.contains(&usage));
            for_usage && (whole || holds(&format!("{} {}", item.name, item.name_en).to_lowercase()))
        };
        let item =
            |item: &Item| OfferedItem { item_id: item.id.clone(), name: self.of(&item.name, &item.name_en).to_owned() };
        let items: Vec<OfferedItem> = facility.items.iter().filter(offered).map(item).collect();
        let name = self.of(&facility.name, &facility.name_en).to_owned();
        (!items.is_empty()).then_some(OfferedFacility { name, ticked, items })
    }
}
