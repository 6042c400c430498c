//! Requests to pause a month, and what the fire service decided.

use super::Reader;
use crate::{query::pause::PauseRow, text::Text as T};
use firebee_domain::{
    id::{ProjectId, RequestId},
    ruling::{Outcome, Ruling},
};
use firebee_protocol::text::{Chip, Shape, Tone, When, when::month};

/// A request in a list.
pub struct PauseLine {
    /// Its id.
    pub id: RequestId,
    /// The project.
    pub project: ProjectId,
    /// The project's name.
    pub project_name: String,
    /// The firm's name.
    pub firm: String,
    /// The month.
    pub month: String,
    /// Why.
    pub reason: String,
    /// Where it stands.
    pub state: Chip,
    /// When it was asked for.
    pub asked: Option<When>,
    /// What was decided.
    pub ruling: Option<RulingLine>,
}

/// A request in words.
#[must_use]
pub fn line(reader: Reader<'_>, row: &PauseRow) -> PauseLine {
    let request = &row.request;
    PauseLine {
        id: row.id,
        project: request.project,
        project_name: row.project_name.clone(),
        firm: row.firm.clone(),
        month: month(reader.language, request.month),
        reason: request.reason.clone(),
        state: Chip::pause(reader.language, request.state),
        asked: request.asked.map(|(_, at)| reader.when(at)),
        ruling: request.ruling.as_ref().map(|held| ruling(reader, held)),
    }
}

/// A decision of the fire service.
pub struct RulingLine {
    /// What was decided.
    pub outcome: Chip,
    /// Why; may be empty.
    pub reason: String,
    /// By which unit.
    pub unit: String,
    /// When.
    pub at: When,
}

/// A decision in words.
#[must_use]
pub fn ruling(reader: Reader<'_>, held: &Ruling) -> RulingLine {
    RulingLine {
        outcome: outcome(reader, held.outcome),
        reason: held.reason.clone(),
        unit: held.unit.clone(),
        at: reader.when(held.at),
    }
}

/// What can be decided.
#[must_use]
pub fn outcome(reader: Reader<'_>, outcome: Outcome) -> Chip {
    let (tone, shape, text) = match outcome {
        Outcome::Approved => (Tone::Conform, Shape::Check, T::PauseApprove),
        Outcome::Rejected => (Tone::Nonconform, Shape::Cross, T::PauseReject),
    };
    Chip { tone, shape, word: reader.t(text) }
}
