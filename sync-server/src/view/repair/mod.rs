//! A repair request in words.

use super::Reader;
use crate::{query::repair::RepairRow, text::Text as T};
use firebee_domain::{
    account::{Action, Subject},
    catalogue::Catalogue,
    id::{AccountId, FaultId, ProjectId, RepairId},
    repair::{RepairLine, RepairState, RepairStep, number},
};
use firebee_protocol::text::{Chip, Shape, Tone, When, tongue};
use std::collections::HashMap;

/// A request in a list.
pub struct ListedRepair {
    /// The request.
    pub id: RepairId,
    /// What is wrong.
    pub words: String,
    /// Its facility.
    pub facility: String,
    /// Where it is.
    pub place: String,
    /// Its project.
    pub project: ProjectId,
    /// The project's name.
    pub project_name: String,
    /// Where it stands.
    pub state: Chip,
    /// When somebody asked.
    pub at: When,
}

/// One request.
pub struct RepairView {
    /// What a list shows of it.
    pub listed: ListedRepair,
    /// The number by which people speak about it.
    pub number: String,
    /// How whoever called is reached, for those who may read it.
    pub phone: Option<String>,
    /// How many pictures it has.
    pub photos: usize,
    /// The fault that it became.
    pub fault: Option<FaultId>,
    /// What happened to it, in order.
    pub log: Vec<RepairStepLine>,
}

/// A line of its history.
pub struct RepairStepLine {
    /// When.
    pub when: When,
    /// What.
    pub what: String,
    /// Who.
    pub by: String,
    /// What was said; may be empty.
    pub words: String,
}

/// A row in words. What the firm took up stands where its fault does.
#[must_use]
pub fn listed(reader: Reader<'_>, row: &RepairRow, catalogue: &Catalogue) -> ListedRepair {
    let repair = &row.repair;
    let facility = catalogue.facility(&repair.facility).map(|held| held.facility);
    let name =
        |held: &firebee_domain::catalogue::Facility| tongue(reader.language).of(&held.name, &held.name_en).to_owned();
    ListedRepair {
        id: repair.id,
        words: repair.words.clone(),
        facility: facility.map_or_else(|| repair.facility.clone(), name),
        place: repair.place.clone(),
        project: repair.project,
        project_name: row.project_name.clone(),
        state: match row.fault {
            Some(fault) => Chip::fault(reader.language, fault),
            None => state(reader, repair.state),
        },
        at: reader.when(row.at),
    }
}

/// A request in words, for a reader with these relations to it; `names` are those of whoever its history names.
#[must_use]
pub fn view(
    reader: Reader<'_>,
    (subject, row): (&Subject, &RepairRow),
    (catalogue, names): (&Catalogue, &HashMap<AccountId, String>),
) -> RepairView {
    let line = |line: &RepairLine| RepairStepLine {
        when: reader.when(line.at),
        what: reader.t(step(line.step)),
        by: names.get(&line.by).cloned().unwrap_or_default(),
        words: line.words.clone(),
    };
    RepairView {
        listed: listed(reader, row, catalogue),
        number: number(row.repair.id),
        phone: row
            .repair
            .caller
            .as_ref()
            .filter(|_| reader.may(Action::ReadCaller, subject))
            .map(|caller| caller.phone.clone()),
        photos: row.repair.photos.len(),
        fault: row.repair.fault,
        log: row.repair.log.iter().map(line).collect(),
    }
}

/// Where a request stands.
#[must_use]
pub fn state(reader: Reader<'_>, state: RepairState) -> Chip {
    let (tone, shape) = match state {
        RepairState::Sent => (Tone::Waiting, Shape::Clock),
        RepairState::Inside => (Tone::Untestable, Shape::Circle),
        RepairState::TakenUp => (Tone::Waiting, Shape::Half),
        RepairState::Closed => (Tone::Conform, Shape::Check),
    };
    Chip { tone, shape, word: reader.t(word(state)) }
}

/// The word of a state.
pub(crate) const fn word(state: RepairState) -> T {
    match state {
        RepairState::Sent => T::RepairSent,
        RepairState::Inside => T::RepairInside,
        RepairState::TakenUp => T::RepairTakenUp,
        RepairState::Closed => T::RepairClosed,
    }
}

const fn step(step: RepairStep) -> T {
    match step {
        RepairStep::Asked => T::RepairStepAsked,
        RepairStep::Called => T::RepairStepCalled,
        RepairStep::PassedOn => T::RepairStepPassedOn,
        RepairStep::TakenUp => T::RepairStepTakenUp,
        RepairStep::Closed => T::RepairStepClosed,
    }
}
