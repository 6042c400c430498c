//! Back to service: which systems a test isolates or sets to manual, and whether each is back in automatic. A
//! forgotten pump kills. A firm may add lines of its own to the checklist.

mod check;
mod confirm;
mod isolate;

pub use check::LineConfirmed;
pub use confirm::RestoreConfirmed;
pub use isolate::SystemIsolated;

use crate::{
    catalogue::{Catalogue, ItemRef},
    fact::Attribution,
    id::FactId,
    result::Verdict,
    task::{Stamp, Task, TaskItem},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use strum::{IntoStaticStr, VariantArray};

/// What a test isolates or sets to manual.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Isolable {
    /// The fire alarm and what it triggers.
    FireAlarm,
    /// The fire pumps of hydrants and of the water supply.
    FirePumps,
    /// Sprinklers and their pumps.
    Sprinkler,
    /// Water spray, water mist, foam, fire monitors.
    WaterSpray,
    /// Gas, powder and other agents that a false start releases.
    Gas,
    /// Pressurisation and smoke exhaust.
    SmokeControl,
    /// Fire shutters.
    Shutters,
    /// Emergency broadcast.
    Broadcast,
    /// Firefighting lifts.
    Lifts,
}

/// One line of the table: a system of the catalogue, the facilities of it that a test isolates, and as what.
type Line = (&'static str, &'static [&'static str], Isolable);

/// The table. No facility stands for all of the system. The codes are the same in every edition of the catalogue, so the
/// rule holds for plans that pin an old one.
const TABLE: &[Line] = &[
    ("fas", &[], Isolable::FireAlarm),
    ("water", &["ws-pump", "ws-pump-panel", "ws-jockey", "ws-diesel"], Isolable::FirePumps),
    ("hydrant", &["hi-test", "hi-button", "ho-pump"], Isolable::FirePumps),
    ("sprinkler", &[], Isolable::Sprinkler),
    ("water-spray", &[], Isolable::WaterSpray),
    ("water-mist", &[], Isolable::WaterSpray),
    ("foam", &[], Isolable::WaterSpray),
    ("cannon", &[], Isolable::WaterSpray),
    ("gas-ext", &[], Isolable::Gas),
    ("tube-ext", &[], Isolable::Gas),
    ("powder", &[], Isolable::Gas),
    ("kitchen", &["kt-unit"], Isolable::Gas),
    ("press-air", &[], Isolable::SmokeControl),
    ("smoke-exhaust", &[], Isolable::SmokeControl),
    ("natural-smoke", &["ns-window"], Isolable::SmokeControl),
    ("fire-sep", &["fs-shutter"], Isolable::Shutters),
    ("pa", &[], Isolable::Broadcast),
    ("lift", &["lf-car"], Isolable::Lifts),
];

/// Systems that nobody isolates and that still have two ends.
const TWO_ENDS: &[&str] = &["phone"];

impl Isolable {
    /// What a test of this item isolates, if it isolates anything.
    pub fn of(found: ItemRef<'_>) -> Option<Self> {
        let (system, facility) = (found.system.code.as_str(), found.facility.code.as_str());
        let fits = |line: &&Line| line.0 == system && (line.1.is_empty() || line.1.contains(&facility));
        TABLE.iter().find(fits).map(|line| line.2)
    }
}

/// whether a test of this item needs two persons. While one tests what is isolated, another watches the panel; a
/// telephone has two ends.
pub fn needs_two(found: ItemRef<'_>) -> bool {
    Isolable::of(found).is_some() || TWO_ENDS.contains(&found.system.code.as_str())
}

/// What was done to a system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Service {
    /// The control room was told, and then the system was isolated or set to manual.
    Isolated(SystemIsolated),
    /// It is back in automatic.
    Restored(RestoreConfirmed),
    /// A line of the firm's checklist is confirmed.
    Checked(LineConfirmed),
}

/// One step of a system out of service or back, as the task holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceStep {
    /// The fact.
    pub fact: FactId,
    /// When.
    pub at: Stamp,
    /// What was done.
    pub done: Service,
}

impl ServiceStep {
    /// The system that it is about; a line of the firm's checklist is about none.
    pub const fn system(&self) -> Option<Isolable> {
        match &self.done {
            Service::Isolated(isolated) => Some(isolated.system),
            Service::Restored(confirmed) => Some(confirmed.system),
            Service::Checked(_) => None,
        }
    }
}

impl Task {
    /// The systems that the task isolates: those of its items that can be tested, and those that were said to be
    /// isolated.
    pub fn isolates(&self, catalogue: Option<&Catalogue>) -> BTreeSet<Isolable> {
        let touched = self.items.iter().filter(|held| self.is_touched(held));
        let of_items = touched.filter_map(|held| Isolable::of(catalogue?.item(&held.item_id)?));
        of_items.chain(self.service.iter().filter_map(ServiceStep::system)).collect()
    }

    /// Whether an item may still be tested or was. One that cannot be tested leaves its system alone.
    fn is_touched(&self, held: &TaskItem) -> bool {
        let mut answers = self.current_results().filter(|result| result.key.item == held.item).peekable();
        answers.peek().is_none() || answers.any(|result| result.recorded.verdict != Verdict::Untestable)
    }

    /// Who was told in the control room before a system was isolated last, if anybody was.
    pub fn isolated(&self, system: Isolable) -> Option<&SystemIsolated> {
        self.steps_of(system).rev().find_map(|step| match &step.done {
            Service::Isolated(isolated) => Some(isolated),
            Service::Restored(_) | Service::Checked(_) => None,
        })
    }

    /// The confirmation that a system is back in automatic. A later isolation ends it, and so does the withdrawal of its
    /// photo.
    pub fn restored(&self, system: Isolable) -> Option<&RestoreConfirmed> {
        match &self.steps_of(system).next_back()?.done {
            Service::Restored(confirmed) => Some(confirmed).filter(|said| self.shows_restored(said.photo)),
            Service::Isolated(_) | Service::Checked(_) => None,
        }
    }

    fn steps_of(&self, system: Isolable) -> impl DoubleEndedIterator<Item = &ServiceStep> {
        self.service.iter().filter(move |step| step.system() == Some(system))
    }

    /// Keeps a step: those of one person in the order of their facts, and those of several in the order in which they had
    /// the task. The ids of two phones do not tell which came first.
    fn keep_step(&mut self, step: ServiceStep, by: &Attribution) {
        let own = |held: FactId| self.author_of(held) == by.account;
        let is_later = |held: FactId| self.stands_before(held, by) || own(held) && held > step.fact;
        let at = self.service.iter().position(|held| is_later(held.fact)).unwrap_or(self.service.len());
        self.service.insert(at, step);
    }

    /// Whether the task contains this step.
    fn has_step(&self, fact: FactId) -> bool {
        self.service.iter().any(|held| held.fact == fact)
    }

    /// whether one of its tests needs two persons.
    pub fn needs_two(&self, catalogue: Option<&Catalogue>) -> bool {
        let touched = self.items.iter().filter(|held| self.is_touched(held));
        touched.filter_map(|held| catalogue?.item(&held.item_id)).any(needs_two)
    }
}

/// The systems that must be back in automatic before the task is handed in, and are not.
pub fn to_restore(task: &Task, catalogue: Option<&Catalogue>) -> Vec<Isolable> {
    task.isolates(catalogue).into_iter().filter(|system| task.restored(*system).is_none()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalogue() -> Catalogue {
        serde_json::from_str(include_str!("../../catalogue.json")).unwrap()
    }

    /// a line of the table that names no system or facility of the catalogue would leave a pump forgotten.
    #[test]
    fn r_360_every_line_of_the_table_names_what_the_catalogue_holds() {
        let catalogue = catalogue();
        for (code, facilities, _) in TABLE {
            let system = catalogue.systems.iter().find(|held| held.code == *code).expect(code);
            let held: Vec<&str> = system
                .categories
                .iter()
                .flat_map(|category| &category.facilities)
                .map(|facility| facility.code.as_str())
                .collect();
            assert!(facilities.iter().all(|facility| held.contains(facility)), "{code}: {facilities:?}");
        }
        assert!(TWO_ENDS.iter().all(|code| catalogue.systems.iter().any(|held| held.code == *code)));
    }

    #[test]
    fn r_360_a_pump_is_isolated_and_a_tank_is_not() {
        let catalogue = catalogue();
        let of = |item: &str| catalogue.item(item).map(|found| (Isolable::of(found), needs_two(found))).unwrap();
        assert_eq!(of("ws-pump.b"), (Some(Isolable::FirePumps), true));
        assert_eq!(of("spk-wet-valve.a"), (Some(Isolable::Sprinkler), true));
        assert_eq!(of("fs-shutter.a"), (Some(Isolable::Shutters), true));
        assert_eq!(of("fs-door.a"), (None, false));
        assert_eq!(of("ws-tank.a"), (None, false));
        assert_eq!(of("ph-host.a"), (None, true), "a telephone has two ends");
    }
}
