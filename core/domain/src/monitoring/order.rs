//! A supplementary test that somebody in charge ordered because of an event.

use super::Signal;
use crate::{code::Code, id::AccountId, time::Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An order, as the phones of its project know it. Its executor begins a supplementary task, which names the event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestOrder {
    /// The event.
    pub event: Uuid,
    /// Who is to test.
    pub executor: AccountId,
    /// Who ordered it, by name.
    pub by: String,
    /// When it was ordered.
    pub at: Timestamp,
    /// Where, as the source of the event says.
    pub place: String,
    /// What the source says; may be empty.
    pub says: String,
}

/// Why no test is ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OrderError {
    /// nothing begins in a terminated project.
    #[error("the project is terminated")]
    ProjectTerminated,
    /// nobody works in a paused month.
    #[error("the month is paused")]
    MonthPaused,
    /// Nothing of the project is issued to this account, so it cannot begin a task outside the plan.
    #[error("this account does not work in the project")]
    ExecutorNotAllowed,
    /// The event is a repair request or an order already.
    #[error("the event was turned into something already")]
    Turned,
}

impl OrderError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::ProjectTerminated => Code::ProjectTerminated,
            Self::MonthPaused => Code::MonthPaused,
            Self::ExecutorNotAllowed => Code::ExecutorNotAllowed,
            Self::Turned => Code::MonitoringEventTurned,
        }
    }
}

/// Whether a test may be ordered of an event that tells this, in a project that has ended or is paused or not, of somebody who
/// works there or not. An event that tells that something is over asks for none: `None`.
///
/// # Errors
/// See [`OrderError`].
pub fn check_order(signal: Signal, (terminated, paused, works): (bool, bool, bool)) -> Option<Result<(), OrderError>> {
    let outcome = match (terminated, paused, works) {
        (true, ..) => Err(OrderError::ProjectTerminated),
        (_, true, _) => Err(OrderError::MonthPaused),
        (.., false) => Err(OrderError::ExecutorNotAllowed),
        _ => Ok(()),
    };
    signal.asks_repair().then_some(outcome)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r_392_a_test_is_ordered_where_work_goes_on_and_of_who_works_there() {
        let of = |signal, project| check_order(signal, project);
        assert_eq!(of(Signal::Alarm, (false, false, true)), Some(Ok(())));
        assert_eq!(of(Signal::Fault, (true, true, true)), Some(Err(OrderError::ProjectTerminated)));
        assert_eq!(of(Signal::Fault, (false, true, true)), Some(Err(OrderError::MonthPaused)));
        assert_eq!(of(Signal::Fault, (false, false, false)), Some(Err(OrderError::ExecutorNotAllowed)));
        assert_eq!(of(Signal::Restoration, (false, false, true)), None);
    }
}
