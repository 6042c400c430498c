//! Rows that somebody brings as a table: a batch is judged, applied, and undone while nothing refers to it.

use crate::{account::Action, code::Code};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// The most rows of a batch.
pub const IMPORT_ROWS_MAX: u32 = 5_000;

/// What the rows of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Kind {
    /// Owners, each known by its name.
    Owners,
    /// Contacts of owners, each known by its owner and its name.
    Contacts,
    /// Projects of contracts, each known by its contract and its name.
    Projects,
    /// Buildings of projects, each known by its project and its name.
    Buildings,
    /// Values of designs, each known by its project, its item and its field.
    Design,
    /// Instances of facilities, each known by its tag, or else by its place.
    Positions,
}

impl Kind {
    /// What whoever brings the table may do by a form.
    pub const fn action(self) -> Action {
        match self {
            Self::Owners | Self::Contacts => Action::CreateOwner,
            Self::Projects => Action::CreateProject,
            Self::Buildings | Self::Design | Self::Positions => Action::EditProject,
        }
    }
}

/// Where a batch stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum BatchState {
    /// It was judged, and changed nothing.
    Open,
    /// Some of its rows are applied.
    Begun,
    /// Every row is applied that could be.
    Applied,
    /// What it did was taken back.
    Undone,
    /// It was thrown away before it changed anything.
    Discarded,
}

/// Where a row of a batch stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum RowState {
    /// It would make something.
    New,
    /// It would change something.
    Changed,
    /// What it says is known already.
    Same,
    /// It breaks a rule.
    Wrong,
    /// It made or changed something.
    Done,
    /// What it did was taken back.
    Undone,
}

/// How many rows of a batch stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows that would make something.
    pub new: u64,
    /// Rows that would change something.
    pub changed: u64,
    /// Rows that say nothing new.
    pub same: u64,
    /// Rows that break a rule.
    pub wrong: u64,
    /// Rows that are applied.
    pub done: u64,
    /// Rows that were taken back.
    pub undone: u64,
}

/// Why a batch stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BatchError {
    /// It has gone beyond this.
    #[error("the batch is not in the state for this")]
    NotOpen,
    /// All of it was to be applied, and some rows are wrong.
    #[error("{wrong} rows are wrong")]
    RowsWrong {
        /// How many.
        wrong: u64,
    },
    /// No row would change anything.
    #[error("no row would change anything")]
    NothingToDo,
}

impl BatchError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::NotOpen => Code::BatchNotOpen,
            Self::RowsWrong { .. } => Code::BatchRowsWrong,
            Self::NothingToDo => Code::BatchNothingToDo,
        }
    }
}

impl Counts {
    /// One more row in a state, or so many.
    pub const fn add(&mut self, state: RowState, rows: u64) {
        match state {
            RowState::New => self.new += rows,
            RowState::Changed => self.changed += rows,
            RowState::Same => self.same += rows,
            RowState::Wrong => self.wrong += rows,
            RowState::Done => self.done += rows,
            RowState::Undone => self.undone += rows,
        }
    }

    /// Rows that wait to be applied.
    #[must_use]
    pub const fn waiting(&self) -> u64 {
        self.new + self.changed
    }
}

impl BatchState {
    /// whether the batch may be applied: as a whole only without a wrong row, otherwise its good rows.
    ///
    /// # Errors
    /// As [`BatchError`] says.
    pub const fn apply(self, counts: &Counts, good_only: bool) -> Result<Self, BatchError> {
        match self {
            Self::Open if counts.wrong > 0 && !good_only => Err(BatchError::RowsWrong { wrong: counts.wrong }),
            Self::Open if counts.waiting() == 0 => Err(BatchError::NothingToDo),
            Self::Open | Self::Begun => Ok(Self::Begun),
            Self::Applied | Self::Undone | Self::Discarded => Err(BatchError::NotOpen),
        }
    }

    /// whether what the batch did may be taken back.
    ///
    /// # Errors
    /// As [`BatchError`] says.
    pub const fn undo(self, counts: &Counts) -> Result<(), BatchError> {
        match self {
            Self::Begun | Self::Applied if counts.done > 0 => Ok(()),
            Self::Begun | Self::Applied => Err(BatchError::NothingToDo),
            Self::Open | Self::Undone | Self::Discarded => Err(BatchError::NotOpen),
        }
    }

    /// Whether the batch may be thrown away: only before it changed anything.
    ///
    /// # Errors
    /// As [`BatchError`] says.
    pub const fn discard(self) -> Result<Self, BatchError> {
        match self {
            Self::Open => Ok(Self::Discarded),
            Self::Begun | Self::Applied | Self::Undone | Self::Discarded => Err(BatchError::NotOpen),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r_372_a_batch_is_applied_as_a_whole_or_its_good_rows_and_undone_once() {
        let counts = |new, wrong, done| Counts { new, wrong, done, ..Counts::default() };
        assert_eq!(BatchState::Open.apply(&counts(2, 0, 0), false), Ok(BatchState::Begun));
        assert_eq!(BatchState::Open.apply(&counts(2, 1, 0), false), Err(BatchError::RowsWrong { wrong: 1 }));
        assert_eq!(BatchState::Open.apply(&counts(2, 1, 0), true), Ok(BatchState::Begun));
        assert_eq!(BatchState::Open.apply(&counts(0, 1, 0), true), Err(BatchError::NothingToDo));
        assert_eq!(BatchState::Begun.apply(&counts(1, 1, 1), false), Ok(BatchState::Begun), "it goes on");
        for ended in [BatchState::Applied, BatchState::Undone, BatchState::Discarded] {
            assert_eq!(ended.apply(&counts(1, 0, 0), true), Err(BatchError::NotOpen));
        }
        assert_eq!(BatchState::Applied.undo(&counts(0, 0, 3)), Ok(()));
        assert_eq!(BatchState::Applied.undo(&counts(0, 0, 0)), Err(BatchError::NothingToDo));
        for untouched in [BatchState::Open, BatchState::Undone, BatchState::Discarded] {
            assert_eq!(untouched.undo(&counts(0, 0, 3)), Err(BatchError::NotOpen));
        }
        assert_eq!(BatchState::Open.discard(), Ok(BatchState::Discarded));
        assert_eq!(BatchState::Begun.discard(), Err(BatchError::NotOpen));
    }
}
