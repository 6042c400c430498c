//! What connected fire systems told, in words.

use super::Reader;
use crate::{query::monitoring::EventRow, text::Text as T};
use firebee_domain::{
    id::{ProjectId, RepairId, TaskId},
    monitoring::Signal,
};
use firebee_protocol::text::{Chip, Language, Shape, Tone, When, say};
use uuid::Uuid;

/// An event.
pub struct EventLine {
    /// Its id.
    pub id: Uuid,
    /// What it tells of.
    pub signal: Chip,
    /// When it was, by the clock of its source.
    pub at: When,
    /// When it came.
    pub received: When,
    /// Where.
    pub place: String,
    /// What its source says.
    pub says: String,
    /// Its source.
    pub source: String,
    /// Its project.
    pub project: ProjectId,
    /// The project's name.
    pub project_name: String,
    /// The repair request that it was turned into.
    pub repair: Option<RepairId>,
    /// Whether a test was ordered because of it, and the task that tests it once it has begun.
    pub ordered: bool,
    /// The task that tests it.
    pub task: Option<TaskId>,
    /// Whether there is something to repair that nobody asked for.
    pub asks_repair: bool,
}

/// An event in words.
#[must_use]
pub fn line(reader: Reader<'_>, row: &EventRow) -> EventLine {
    EventLine {
        id: row.id,
        signal: signal(reader.language, row.signal),
        at: reader.when(row.at),
        received: reader.when(row.received),
        place: row.place.clone(),
        says: row.says.clone(),
        source: row.source.clone(),
        project: row.project,
        project_name: row.project_name.clone(),
        repair: row.repair,
        asks_repair: row.signal.asks_repair() && !row.is_turned(),
        ordered: row.ordered.is_some(),
        task: row.task,
    }
}

/// What an event tells of.
#[must_use]
pub fn signal(language: Language, signal: Signal) -> Chip {
    let (tone, shape, text) = match signal {
        Signal::Alarm => (Tone::Nonconform, Shape::Warn, T::MonitoringAlarm),
        Signal::Fault => (Tone::Waiting, Shape::Cross, T::MonitoringFault),
        Signal::Restoration => (Tone::Conform, Shape::Check, T::MonitoringRestoration),
    };
    Chip { tone, shape, word: say(language, text) }
}
