//! What connected fire systems tell from afar. It is read and nothing else: nothing is controlled from here.

mod order;

pub use order::{OrderError, TestOrder, check_order};

use crate::{
    code::Code,
    id::ProjectId,
    text::{self, NAME_MAX, TextError},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// The most events of one delivery.
pub const EVENTS_MAX: usize = 500;
/// The most characters of what an event says.
pub const SAYS_LENGTH_MAX: u32 = 500;
/// How far ahead of the server's clock a source may be, in milliseconds: a day.
const AHEAD_MAX_MS: i64 = 86_400_000;
/// How old an event may be, in milliseconds: a year.
const AGE_MAX_MS: i64 = 366 * 86_400_000;

/// What a source tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Signal {
    /// A detector or a button went off.
    Alarm,
    /// Something is broken.
    Fault,
    /// What was told before is over.
    Restoration,
}

impl Signal {
    /// Whether there is something to repair.
    #[must_use]
    pub const fn asks_repair(self) -> bool {
        matches!(self, Self::Alarm | Self::Fault)
    }
}

/// One event, as its source tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// The id that the source gives it. The same id of the same source in the same project is the same event.
    pub id: String,
    /// What it tells of.
    pub signal: Signal,
    /// When it was, by the clock of the source, in Unix milliseconds.
    pub at_ms: Timestamp,
    /// Where: the loop and the number of a detector, a room.
    pub place: String,
    /// What the source says; may be empty.
    #[serde(default)]
    pub says: String,
}

/// What a source delivers at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delivery {
    /// The project whose systems they are.
    pub project: ProjectId,
    /// What the source is called, such as the panel or the gateway.
    pub source: String,
    /// The events, in any order.
    pub events: Vec<Event>,
}

/// Why a delivery is not taken: all of it, so that a source can send it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryError {
    /// It has no event, or too many.
    #[error("a delivery has 1 to {EVENTS_MAX} events")]
    Count,
    /// A text is not fit to keep.
    #[error("event {at}: {error}")]
    Text {
        /// The number of the event, from 1; 0 is the delivery itself.
        at: usize,
        /// What is wrong.
        error: TextError,
    },
    /// An event lies more than a day ahead or more than a year back.
    #[error("event {at} lies more than a day ahead or more than a year back")]
    Time {
        /// The number of the event, from 1.
        at: usize,
    },
}

impl DeliveryError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::Count => Code::MonitoringCountWrong,
            Self::Text { error, .. } => error.code(),
            Self::Time { .. } => Code::MonitoringTimeWrong,
        }
    }
}

impl Delivery {
    /// The delivery, fit to keep.
    ///
    /// # Errors
    /// See [`DeliveryError`].
    pub fn checked(self, now: Timestamp) -> Result<Self, DeliveryError> {
        if self.events.is_empty() || self.events.len() > EVENTS_MAX {
            return Err(DeliveryError::Count);
        }
        let text = |at: usize| move |error: TextError| DeliveryError::Text { at, error };
        let source = text::name(&self.source, NAME_MAX).map_err(text(0))?;
        let check = |(at, event): (usize, Event)| {
            let at = at + 1;
            if !(-AGE_MAX_MS..=AHEAD_MAX_MS).contains(&event.at_ms.ms_since(now)) {
                return Err(DeliveryError::Time { at });
            }
            Ok(Event {
                id: text::name(&event.id, NAME_MAX).map_err(text(at))?,
                place: text::name(&event.place, NAME_MAX).map_err(text(at))?,
                says: text::clean(&event.says, SAYS_LENGTH_MAX).map_err(text(at))?,
                ..event
            })
        };
        let events = self.events.into_iter().enumerate().map(check).collect::<Result<_, _>>()?;
        Ok(Self { source, events, ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn r_392_a_delivery_is_taken_whole_or_not_at_all() {
        let event = |id: &str, at: i64| Event {
            id: id.into(),
            signal: Signal::Alarm,
            at_ms: Timestamp(at),
            place: " 3-017 ".into(),
            says: String::new(),
        };
        let of = |events| Delivery { project: ProjectId(Uuid::nil()), source: "panel".into(), events };
        let taken = of(vec![event("1", 5)]).checked(Timestamp(9)).unwrap();
        assert_eq!(taken.events[0].place, "3-017");
        let code = |delivery: Delivery| delivery.checked(Timestamp(9)).unwrap_err().code();
        assert_eq!(code(of(vec![])), Code::MonitoringCountWrong);
        assert_eq!(code(of(vec![event("1", 5); EVENTS_MAX + 1])), Code::MonitoringCountWrong);
        assert_eq!(code(of(vec![event("1", 5), event(" ", 5)])), Code::TextRequired);
        assert_eq!(code(of(vec![event("1", 10 + AHEAD_MAX_MS)])), Code::MonitoringTimeWrong);
    }
}
