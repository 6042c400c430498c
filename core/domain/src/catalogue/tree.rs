//! The tree of the catalogue, and its look-ups.

use super::{
    example::Example,
    mismatch,
    nature::{Every, Nature, Usage},
    read::{self, File},
    record::Record,
    words::{DefaultTemplates, Language, Pick, Reason, Unit, VerdictWord},
};
use crate::verdict::Verdict;
use serde::Deserialize;
use std::collections::HashMap;

/// One edition of the catalogue of tests, with its index. Reading checks the form only; [`super::validate`] checks the
/// content. Reading ignores unknown keys and keeps the order of the file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "File")]
pub struct Catalogue {
    /// The version of its form.
    pub version: u32,
    /// The name of the edition.
    pub edition: String,
    /// The title in Chinese.
    pub title: String,
    /// The title in English.
    pub title_en: String,
    /// The documentation of the format.
    pub notes: Vec<String>,
    /// What the verdicts are called.
    pub verdicts: Vec<VerdictWord>,
    /// The units of fields and facilities.
    pub units: Vec<Unit>,
    /// The sentences of items without their own.
    pub default_templates: DefaultTemplates,
    /// The reasons to pick from where an item cannot be tested.
    pub untestable_reasons: Vec<Reason>,
    /// The defects to pick from that any part can have.
    pub defects: Vec<Pick>,
    /// The makers of fire alarm controllers to search in.
    pub controllers: Vec<Pick>,
    /// The tree.
    pub systems: Vec<System>,
    /// Cases with their outcomes.
    pub examples: Vec<Example>,
    pub(super) index: Index,
}

/// A fire protection system.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct System {
    /// Its stable code.
    pub code: String,
    /// Its name in Chinese.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// Which projects may tick it (R-090…R-092).
    pub usage: Vec<Usage>,
    /// The section of the manual from which the name is taken.
    #[serde(default)]
    pub manual_ref: Option<String>,
    /// A hint for who ticks it.
    #[serde(default)]
    pub note: Option<String>,
    /// Its categories.
    pub categories: Vec<Category>,
}

/// A category of a system.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Category {
    /// Its stable code.
    pub code: String,
    /// Its name in Chinese.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// The section of the manual from which the name is taken.
    #[serde(default)]
    pub manual_ref: Option<String>,
    /// Its facilities.
    pub facilities: Vec<Facility>,
}

/// A facility: what is ticked for a project.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Facility {
    /// Its stable code.
    pub code: String,
    /// Its name in Chinese.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// What it is counted in.
    #[serde(deserialize_with = "read::unit")]
    pub unit: Unit,
    /// Other ways in which the manual writes the name.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The parts to pick from when a fault is described.
    #[serde(default)]
    pub parts: Vec<Pick>,
    /// The natures for which the facility has items. Computed once, so that lists need not look at the items.
    pub natures: Vec<Nature>,
    /// The section of the manual from which the name is taken.
    #[serde(default)]
    pub manual_ref: Option<String>,
    /// Its test items.
    pub items: Vec<Item>,
}

/// A test item.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Item {
    /// Its stable id: what data refer to.
    pub id: String,
    /// Its letter within the facility, which may differ between editions.
    pub code: String,
    /// Its name in Chinese.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// Other ways in which the manual writes the name.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The pass criterion, in Chinese only.
    pub criteria: String,
    /// The natures of the plans that contain it; cumulative.
    pub frequency: Vec<Nature>,
    /// What the code of practice says, where it names another interval.
    #[serde(default)]
    pub every: Option<Every>,
    /// The kinds of project that the item is for; without it, those of its system.
    #[serde(default)]
    pub usage: Option<Vec<Usage>>,
    /// The item at which the same thing is measured: its answer in the same task is offered here.
    #[serde(default)]
    pub measured_at: Option<String>,
    /// The form and its judgement.
    pub record: Record,
    /// When a photo is needed.
    pub photo: PhotoRule,
    /// The clause from which the criterion comes, where it is known.
    #[serde(default)]
    pub basis: Option<String>,
    /// How sure the threshold is.
    pub confidence: Confidence,
    /// Whether a registered engineer has to compare it with the standard in force before release.
    #[serde(default)]
    pub to_be_checked: bool,
    /// The section of the manual from which the name is taken.
    #[serde(default)]
    pub manual_ref: Option<String>,
}

/// When a result needs a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhotoRule {
    /// Whatever the verdict is.
    Always,
    /// With the verdict that it does not conform.
    OnFail,
    /// As on fail; the item is about documents only.
    Optional,
}

/// How sure a threshold is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Known.
    High,
    /// To be checked against the standard in force.
    Medium,
}

/// A facility with where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FacilityRef<'a> {
    /// The system.
    pub system: &'a System,
    /// The category.
    pub category: &'a Category,
    /// The facility.
    pub facility: &'a Facility,
}

/// An item with where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemRef<'a> {
    /// The system.
    pub system: &'a System,
    /// The category.
    pub category: &'a Category,
    /// The facility.
    pub facility: &'a Facility,
    /// The item.
    pub item: &'a Item,
}

/// What a plan of one nature contains.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanContents<'a> {
    /// The items, in the order of the catalogue.
    pub items: Vec<ItemRef<'a>>,
    /// The ticked facilities that have no item of this nature: listed in the report as such.
    pub without_items: Vec<FacilityRef<'a>>,
    /// The ticked codes that are not in this catalogue.
    pub unknown: Vec<String>,
}

/// Where things stand in the tree; built once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Index {
    /// Facility code → system, category, facility.
    facilities: HashMap<String, [usize; 3]>,
    /// Item id → system, category, facility, item.
    items: HashMap<String, [usize; 4]>,
}

impl Catalogue {
    pub(super) fn build_index(&mut self) {
        let mut index = Index::default();
        for (s, system) in self.systems.iter().enumerate() {
            for (c, category) in system.categories.iter().enumerate() {
                for (f, facility) in category.facilities.iter().enumerate() {
                    index.facilities.entry(facility.code.clone()).or_insert([s, c, f]);
                    for (i, item) in facility.items.iter().enumerate() {
                        index.items.entry(item.id.clone()).or_insert([s, c, f, i]);
                    }
                }
            }
        }
        self.index = index;
    }

    /// Every facility, in the order of the file.
    pub fn facilities(&self) -> impl Iterator<Item = FacilityRef<'_>> {
        self.systems.iter().flat_map(|system| {
            system.categories.iter().flat_map(move |category| {
                category.facilities.iter().map(move |facility| FacilityRef { system, category, facility })
            })
        })
    }

    /// Every item, in the order of the file.
    pub fn items(&self) -> impl Iterator<Item = ItemRef<'_>> {
        self.facilities().flat_map(|facility| facility.items())
    }

    /// The facility with this code.
    pub fn facility(&self, code: &str) -> Option<FacilityRef<'_>> {
        let [s, c, f] = *self.index.facilities.get(code)?;
        let system = self.systems.get(s)?;
        let category = system.categories.get(c)?;
        Some(FacilityRef { system, category, facility: category.facilities.get(f)? })
    }

    /// The item with this id; every edition also answers for the facility that it lacks.
    pub fn item(&self, id: &str) -> Option<ItemRef<'_>> {
        let Some([s, c, f, i]) = self.index.items.get(id).copied() else { return mismatch::find(id) };
        let system = self.systems.get(s)?;
        let category = system.categories.get(c)?;
        let facility = category.facilities.get(f)?;
        Some(ItemRef { system, category, facility, item: facility.items.get(i)? })
    }

    /// The systems that projects of this usage may tick (R-087, R-090…R-092).
    pub fn systems_for(&self, usage: Usage) -> impl Iterator<Item = &System> {
        self.systems.iter().filter(move |system| system.usage.contains(&usage))
    }

    /// Which of the ticked facility codes a project of this usage may not tick, unknown ones included
    /// (R-090…R-092).
    pub fn not_for<'a>(&self, usage: Usage, ticked: &'a [String]) -> Vec<&'a str> {
        let may = |code: &str| self.facility(code).is_some_and(|facility| facility.system.usage.contains(&usage));
        ticked.iter().map(String::as_str).filter(|code| !may(code)).collect()
    }

    /// What a plan of this nature contains for the ticked facility codes of a project of this usage: each once, in the
    /// order of the catalogue whatever the order of ticking.
    pub fn items_of(&self, usage: Usage, ticked: &[String], nature: Nature) -> PlanContents<'_> {
        let mut contents = PlanContents::default();
        for facility in self.facilities().filter(|facility| ticked.contains(&facility.facility.code)) {
            let before = contents.items.len();
            let offered = |item: &ItemRef<'_>| item.is_for(usage) && item.item.frequency.contains(&nature);
            contents.items.extend(facility.items().filter(offered));
            if contents.items.len() == before {
                contents.without_items.push(facility);
            }
        }
        contents.unknown = ticked.iter().filter(|code| self.facility(code).is_none()).cloned().collect();
        contents
    }

    /// The reason with this code.
    pub fn untestable_reason(&self, code: &str) -> Option<&Reason> {
        self.untestable_reasons.iter().find(|reason| reason.pick.code == code)
    }

    /// What the verdict is called.
    pub fn verdict_word(&self, verdict: Verdict, language: Language) -> &str {
        let word = self.verdicts.iter().find(|word| word.code == verdict);
        word.map_or(<&str>::from(verdict), |word| language.of(&word.zh, &word.en))
    }
}

impl<'a> FacilityRef<'a> {
    /// Its items, in the order of the file.
    pub fn items(self) -> impl Iterator<Item = ItemRef<'a>> {
        let Self { system, category, facility } = self;
        facility.items.iter().map(move |item| ItemRef { system, category, facility, item })
    }
}

impl Facility {
    /// What a search looks in: the names in both languages and the other ways of writing, in lower case.
    pub fn searched(&self) -> String {
        let names = [&self.name, &self.name_en].into_iter().chain(&self.aliases);
        names.map(String::as_str).collect::<Vec<_>>().join(" ").to_lowercase()
    }
}

impl ItemRef<'_> {
    /// Whether a project of this usage is offered the item.
    pub fn is_for(self, usage: Usage) -> bool {
        self.item.usage.as_ref().unwrap_or(&self.system.usage).contains(&usage)
    }
}

#[cfg(test)]
mod tests;
