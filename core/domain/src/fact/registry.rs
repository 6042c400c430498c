//! The one list of kinds. A line here registers a kind; its word, its reading and writing, its permission, its texts,
//! items and blobs, and how it applies follow from its body's own [`Says`].

use super::{Aggregate, Attribution, Footing, Need, Says, Text, Unreadable};
use crate::{
    account::Action,
    device::DeviceNote,
    dispatch::{self, ChangesDispatch, Dispatch, DispatchFinished, DispatchReceived, DispatchStarted},
    evidence::{PhotoTaken, PhotoWithdrawn, TrackSegment},
    fault::{self, Fault, FaultHandled, FaultRecorded},
    id::{AccountId, BootId, ContentId, DispatchId, FactId, PlanId, PlanItemId, TaskId},
    parked::ParkedDecided,
    plan::Assignment,
    restore::{LineConfirmed, RestoreConfirmed, SystemIsolated},
    result::{ResultMoved, ResultRecorded},
    review::ReviewDecided,
    submission::TaskSubmitted,
    task::{
        self, ChangesTask, Circumstances, Stamp, Task, TaskDescribed, TaskDiscarded, TaskError, TaskHandedOver,
        TaskStarted, WitnessSigned,
    },
    text,
    time::{Anchor, Captured},
};
use serde::{Deserialize, Deserializer, Serialize};
use std::{fmt, str::FromStr};

/// No kind of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no kind of this version")]
pub struct UnknownKind;

macro_rules! facts {
    // The dollar is handed in, for the macro within.
    (
        $dollar:tt
        task { $($(#[$task_doc:meta])* $task:ident($task_body:ty)),* $(,)? }
        fault { $($(#[$fault_doc:meta])* $fault:ident($fault_body:ty)),* $(,)? }
        dispatch { $($(#[$dispatch_doc:meta])* $dispatch:ident($dispatch_body:ty)),* $(,)? }
        device { $($(#[$device_doc:meta])* $device:ident($device_body:ty)),* $(,)? }
        parked { $($(#[$parked_doc:meta])* $parked:ident($parked_body:ty)),* $(,)? }
        reserved { $($(#[$reserved_doc:meta])* $reserved:ident = $word:literal),* $(,)? }
    ) => {
        /// What a fact is of: the closed set of kinds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[$task_doc])* $task,)*
            $($(#[$fault_doc])* $fault,)*
            $($(#[$dispatch_doc])* $dispatch,)*
            $($(#[$device_doc])* $device,)*
            $($(#[$parked_doc])* $parked,)*
            $($(#[$reserved_doc])* $reserved,)*
        }

        impl Kind {
            /// Every kind.
            pub const ALL: &[Self] = &[
                $(Self::$task,)* $(Self::$fault,)* $(Self::$dispatch,)* $(Self::$device,)* $(Self::$parked,)*
                $(Self::$reserved,)*
            ];

            /// As written in a fact.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$task => <$task_body as Says>::KIND,)*
                    $(Self::$fault => <$fault_body as Says>::KIND,)*
                    $(Self::$dispatch => <$dispatch_body as Says>::KIND,)*
                    $(Self::$device => <$device_body as Says>::KIND,)*
                    $(Self::$parked => <$parked_body as Says>::KIND,)*
                    $(Self::$reserved => $word,)*
                }
            }

            /// The version that is written and read.
            pub const fn version(self) -> u32 {
                match self {
                    $(Self::$task => <$task_body as Says>::VERSION,)*
                    $(Self::$fault => <$fault_body as Says>::VERSION,)*
                    $(Self::$dispatch => <$dispatch_body as Says>::VERSION,)*
                    $(Self::$device => <$device_body as Says>::VERSION,)*
                    $(Self::$parked => <$parked_body as Says>::VERSION,)*
                    $(Self::$reserved => 1,)*
                }
            }

            /// Whether a fact of this kind begins the task that has its id.
            pub const fn begins_task(self) -> bool {
                match self {
                    $(Self::$task => <$task_body as Says>::BEGINS_TASK,)*
                    $(Self::$fault => <$fault_body as Says>::BEGINS_TASK,)*
                    $(Self::$dispatch => <$dispatch_body as Says>::BEGINS_TASK,)*
                    $(Self::$device => <$device_body as Says>::BEGINS_TASK,)*
                    $(Self::$parked => <$parked_body as Says>::BEGINS_TASK,)*
                    $(Self::$reserved => false,)*
                }
            }
        }

        /// The body of a fact.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        #[serde(untagged)]
        pub enum Body {
            $($(#[$task_doc])* $task($task_body),)*
            $($(#[$fault_doc])* $fault($fault_body),)*
            $($(#[$dispatch_doc])* $dispatch($dispatch_body),)*
            $($(#[$device_doc])* $device($device_body),)*
            $($(#[$parked_doc])* $parked($parked_body),)*
        }

        // A value made of the body, whatever its kind.
        macro_rules! of_every_kind {
            ($dollar said:expr, $dollar body:ident => $dollar value:expr) => {
                match $dollar said {
                    $(Body::$task($dollar body) => $dollar value,)*
                    $(Body::$fault($dollar body) => $dollar value,)*
                    $(Body::$dispatch($dollar body) => $dollar value,)*
                    $(Body::$device($dollar body) => $dollar value,)*
                    $(Body::$parked($dollar body) => $dollar value,)*
                }
            };
        }

        impl Body {
            /// The kind of fact that says this.
            pub const fn kind(&self) -> Kind {
                match self {
                    $(Self::$task(_) => Kind::$task,)*
                    $(Self::$fault(_) => Kind::$fault,)*
                    $(Self::$dispatch(_) => Kind::$dispatch,)*
                    $(Self::$device(_) => Kind::$device,)*
                    $(Self::$parked(_) => Kind::$parked,)*
                }
            }

            /// What it changes.
            pub const fn aggregate(&self) -> Aggregate {
                match self {
                    $(Self::$task(_))|* => Aggregate::Task,
                    $(Self::$fault(_))|* => Aggregate::Fault,
                    $(Self::$dispatch(_))|* => Aggregate::Dispatch,
                    $(Self::$device(_))|* => Aggregate::Device,
                    $(Self::$parked(_))|* => Aggregate::Parked,
                }
            }

            /// Reads the body of a kind.
            ///
            /// # Errors
            /// The kind is reserved, the body has another shape, or a text in it may not travel.
            pub fn read<'de, D: Deserializer<'de>>(kind: Kind, body: D) -> Result<Self, Unreadable> {
                fn of<'de, T: Deserialize<'de>, D: Deserializer<'de>>(body: D) -> Result<T, Unreadable> {
                    T::deserialize(body).map_err(|_| Unreadable::Malformed)
                }
                let read = match kind {
                    $(Kind::$task => Self::$task(of(body)?),)*
                    $(Kind::$fault => Self::$fault(of(body)?),)*
                    $(Kind::$dispatch => Self::$dispatch(of(body)?),)*
                    $(Kind::$device => Self::$device(of(body)?),)*
                    $(Kind::$parked => Self::$parked(of(body)?),)*
                    $(Kind::$reserved)|* => return Err(Unreadable::KindReserved),
                };
                read.check()?;
                Ok(read)
            }

            /// The task that it begins, as it is then.
            ///
            /// # Errors
            /// It begins no task, or the task is refused.
            pub fn begin(self, by: &Attribution) -> Result<Task, TaskError> {
                match self {
                    $(Self::$task(body) => body.begin(by),)*
                    $(Self::$fault(_))|* | $(Self::$dispatch(_))|* | $(Self::$device(_))|* | $(Self::$parked(_))|* => {
                        Err(TaskError::Unknown)
                    }
                }
            }

            /// Changes a task that exists, a fault that it found, or a dispatch of one of these: see [`task::advance`],
            /// [`fault::advance`] and [`dispatch::advance`].
            ///
            /// # Errors
            /// The task, the fault or the dispatch refuses it; nothing is changed.
            pub fn advance(
                self,
                by: &Attribution,
                task: &mut Task,
                faults: &mut Vec<Fault>,
                dispatches: &mut Vec<Dispatch>,
                around: &Circumstances<'_>,
            ) -> Result<(), TaskError> {
                match self {
                    $(Self::$task(body) => task::advance(task, faults, dispatches, by, body, around),)*
                    $(Self::$fault(body) => fault::advance(task, faults, dispatches, by, body),)*
                    $(Self::$dispatch(body) => dispatch::advance(task, faults, dispatches, by, body),)*
                    $(Self::$device(_))|* | $(Self::$parked(_))|* => Err(TaskError::Unknown),
                }
            }

            /// Changes a dispatch whose fault and task are not here: see [`dispatch::carry_on`].
            ///
            /// # Errors
            /// The dispatch refuses it and stays as it was, or the body changes no dispatch.
            pub fn carry_on(self, by: &Attribution, dispatch: &mut Dispatch) -> Result<(), TaskError> {
                match self {
                    $(Self::$dispatch(body) => dispatch::carry_on(dispatch, by, body),)*
                    $(Self::$task(_))|* | $(Self::$fault(_))|* | $(Self::$device(_))|* | $(Self::$parked(_))|* => {
                        Err(TaskError::DispatchUnknown)
                    }
                }
            }

            /// The dispatch that it changes, if it changes one.
            pub fn dispatch(&self) -> Option<DispatchId> {
                match self {
                    $(Self::$dispatch(body) => Some(body.dispatch()),)*
                    $(Self::$task(_))|* | $(Self::$fault(_))|* | $(Self::$device(_))|* | $(Self::$parked(_))|* => None,
                }
            }
        }

        $(impl From<$task_body> for Body {
            fn from(body: $task_body) -> Self {
                Self::$task(body)
            }
        })*
        $(impl From<$fault_body> for Body {
            fn from(body: $fault_body) -> Self {
                Self::$fault(body)
            }
        })*
        $(impl From<$dispatch_body> for Body {
            fn from(body: $dispatch_body) -> Self {
                Self::$dispatch(body)
            }
        })*
        $(impl From<$device_body> for Body {
            fn from(body: $device_body) -> Self {
                Self::$device(body)
            }
        })*
        $(impl From<$parked_body> for Body {
            fn from(body: $parked_body) -> Self {
                Self::$parked(body)
            }
        })*
    };
}

facts! {
    $
    task {
        /// A task begins.
        TaskStarted(TaskStarted),
        /// Controller, helpers, instruments.
        TaskDescribed(TaskDescribed),
        /// A system was isolated.
        SystemIsolated(SystemIsolated),
        /// A system is back in automatic.
        RestoreConfirmed(RestoreConfirmed),
        /// A line of the firm's checklist is confirmed.
        ChecklistConfirmed(LineConfirmed),
        /// The owner's witness signed.
        WitnessSigned(WitnessSigned),
        /// Another operator goes on with the task.
        TaskHandedOver(TaskHandedOver),
        /// An answer.
        ResultRecorded(Box<ResultRecorded>),
        /// An answer stands elsewhere now.
        ResultMoved(ResultMoved),
        /// A photo.
        PhotoTaken(Box<PhotoTaken>),
        /// A photo does not count any more.
        PhotoWithdrawn(PhotoWithdrawn),
        /// A sealed piece of the track.
        TrackSegment(TrackSegment),
        /// A round is handed in.
        TaskSubmitted(TaskSubmitted),
        /// An unsubmitted task is given up.
        TaskDiscarded(TaskDiscarded),
        /// A round was approved or rejected.
        ReviewDecided(ReviewDecided),
    }
    fault {
        /// A way was chosen for a fault.
        FaultHandled(FaultHandled),
        /// The record of a fault was completed.
        FaultRecorded(FaultRecorded),
    }
    dispatch {
        /// The team lead took a dispatch on.
        DispatchReceived(DispatchReceived),
        /// Work on a dispatch began.
        DispatchStarted(DispatchStarted),
        /// Work on a dispatch ended.
        DispatchFinished(DispatchFinished),
    }
    device {
        /// Something about the device that an auditor wants to know.
        DeviceNote(DeviceNote),
    }
    parked {
        /// Facts that do not count were taken into account, or left out for ever.
        ParkedDecided(ParkedDecided),
    }
    reserved {
        /// Items were added to or taken from a task.
        TaskItemsChanged = "task.items_changed",
    }
}

impl Kind {
    /// The task that a fact of this kind is about: the one it begins, or the one it names.
    pub fn task(self, fact: FactId, named: Option<TaskId>) -> Option<TaskId> {
        if self.begins_task() { Some(fact.into()) } else { named }
    }
}

impl FromStr for Kind {
    type Err = UnknownKind;
    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == text).ok_or(UnknownKind)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The constants of a body's type, from the body.
const fn footing<B: Says>(_: &B) -> Footing {
    B::FOOTING
}
const fn action<B: Says>(_: &B) -> Action {
    B::ACTION
}
const fn needs<B: Says>(_: &B) -> &'static [Need] {
    B::NEEDS
}

impl Body {
    /// As [`Says::FOOTING`].
    pub const fn footing(&self) -> Footing {
        of_every_kind!(self, body => footing(body))
    }

    /// As [`Says::ACTION`].
    pub const fn action(&self) -> Action {
        of_every_kind!(self, body => action(body))
    }

    /// Whether [`Says::NEEDS`] names something.
    pub fn needs(&self, need: Need) -> bool {
        of_every_kind!(self, body => needs(body)).contains(&need)
    }

    /// As [`Says::plan`].
    pub fn plan(&self) -> Option<PlanId> {
        of_every_kind!(self, body => body.plan())
    }

    /// As [`Says::pack`].
    pub fn pack(&self) -> Option<ContentId> {
        of_every_kind!(self, body => body.pack())
    }

    /// As [`Says::items`].
    pub fn items(&self) -> Vec<PlanItemId> {
        of_every_kind!(self, body => body.items())
    }

    /// As [`Says::agrees_with`].
    pub fn agrees_with(&self, assignment: &Assignment) -> bool {
        of_every_kind!(self, body => body.agrees_with(assignment))
    }

    /// As [`Says::blobs`].
    pub fn blobs(&self) -> Vec<ContentId> {
        of_every_kind!(self, body => body.blobs())
    }

    /// As [`Says::anchor`].
    pub fn anchor(&self) -> Option<Anchor> {
        of_every_kind!(self, body => body.anchor())
    }

    /// As [`Says::sends`].
    pub fn sends(&self) -> Option<AccountId> {
        of_every_kind!(self, body => body.sends())
    }

    /// As [`Says::hands_to`].
    pub fn hands_to(&self) -> Option<AccountId> {
        of_every_kind!(self, body => body.hands_to())
    }

    /// As [`Says::answers`].
    pub fn answers(&self, task: &Task) -> Option<Stamp> {
        of_every_kind!(self, body => body.answers(task))
    }

    /// How long before it was recorded what it tells began, in milliseconds; 0 when nothing says so, and `i64::MAX` when it
    /// began before the phone restarted: no clock of the phone says how long ago that was.
    pub fn waited_ms(&self, captured: &Captured) -> i64 {
        let began: Option<(BootId, i64)> = of_every_kind!(self, body => body.began());
        match began {
            None => 0,
            Some((boot, boot_ms)) if boot == captured.boot_id => captured.boot_ms.saturating_sub(boot_ms).max(0),
            Some(_) => i64::MAX,
        }
    }

    /// Whether its numbers, its lists and each of its texts may travel.
    ///
    /// # Errors
    /// The first that may not.
    pub fn check(&self) -> Result<(), Unreadable> {
        let bounded: bool = of_every_kind!(self, body => body.is_bounded());
        if !bounded || self.anchor().is_some_and(|anchor| !anchor.is_possible()) {
            return Err(Unreadable::Malformed);
        }
        let texts: Vec<Text<'_>> = of_every_kind!(self, body => body.texts());
        texts.into_iter().try_for_each(|(text, limit)| text::check_within(text, limit)).map_err(Unreadable::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{Bound, Timestamp, TrustedTime};
    use std::collections::BTreeSet;

    #[test]
    fn every_kind_has_a_word_of_its_own_and_is_read_by_it() {
        let words: BTreeSet<_> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
        assert_eq!(words.len(), Kind::ALL.len());
        for kind in Kind::ALL {
            assert_eq!(kind.to_string().parse(), Ok(*kind));
        }
        assert_eq!("task.dreamt".parse::<Kind>(), Err(UnknownKind));
    }

    #[test]
    fn a_kind_that_is_not_offered_yet_has_its_word_and_no_body() {
        let kind: Kind = "task.items_changed".parse().unwrap();
        let mut body = serde_json::Deserializer::from_str("{}");
        assert_eq!(Body::read(kind, &mut body), Err(Unreadable::KindReserved));
    }

    #[test]
    fn r_368_a_walk_of_an_earlier_boot_began_before_anything_of_this_one() {
        let [now, before] = [1, 2].map(|n| BootId(uuid::Uuid::from_u128(n)));
        let captured = Captured { wall_ms: Timestamp(0), boot_ms: 5_000, boot_id: now, gnss_ms: None, anchor: None };
        for (boot_id, waited_ms) in [(now, 4_000), (before, i64::MAX)] {
            let blob = ContentId([1; 32]);
            let (first_boot_ms, last_boot_ms) = (1_000, 2_000);
            let walked =
                TrackSegment { blob, boot_id, first_boot_ms, last_boot_ms, fixes: 2, holes: 0, replayed: false };
            assert_eq!(Body::from(walked).waited_ms(&captured), waited_ms);
        }
        let proved = Bound { earliest: Timestamp(9_000), latest: Timestamp(9_500) };
        let time = TrustedTime { proved, stated: None, time_contradiction: false };
        let said = Stamp { wall_ms: Timestamp(9_000), time: Some(time) };
        assert!(said.earlier_by(i64::MAX).best().unwrap().earliest < Timestamp(0));
    }

    #[test]
    fn only_a_start_begins_a_task() {
        let begins: Vec<_> = Kind::ALL.iter().filter(|kind| kind.begins_task()).collect();
        assert_eq!(begins, [&Kind::TaskStarted]);
    }
}
