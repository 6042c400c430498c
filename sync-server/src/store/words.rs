//! Closed sets that TEXT columns hold, each by its word.

use firebee_domain::{
    account::Role,
    application::ApplicationState,
    catalogue::Nature,
    contract::{ContractKind, EndKind},
    dispatch::{DispatchKind, DispatchState},
    fault::FaultState,
    import::{BatchState, Kind, RowState},
    monitoring::Signal,
    oversight::CheckOutcome,
    personnel_change::{ChangeKind, ChangeState},
    petition::{MatterKind, PetitionState},
    plan::PlanItemState,
    report::{Form, ReportKind},
    suspension::PauseState,
    task::{TaskKind, TaskState},
    time::Punctuality,
    webhook::Happening,
};
use firebee_protocol::fact::{BlobRole, Mime};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// How far the bytes of a blob are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum BlobStage {
    /// A fact named it; no byte is here.
    Announced,
    /// Every byte is here and was hashed again.
    Verified,
    /// A manager declared that it will not come.
    Lost,
}

impl BlobStage {
    /// Whether nobody waits for it any more.
    pub const fn has_arrived(self) -> bool {
        matches!(self, Self::Verified | Self::Lost)
    }
}

/// Whether a phone's store may still send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum StoreState {
    /// It may.
    Active,
    /// The store signed out, or a successor on the same phone replaced it.
    Closed,
    /// An administrator dropped its key.
    Revoked,
}

/// Whether the facts that a store had committed to came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum CommitmentState {
    /// They did not come yet.
    Open,
    /// They came.
    Fits,
    /// Others came in their place.
    Void,
}

/// What a picture of a report shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum ReportPicture {
    /// What a photo does.
    Photo,
    /// The signature of a witness.
    Signature,
}

/// The keys of the table `setting`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Setting {
    /// The number of the firm that was founded last.
    LastOrg,
    /// The mark that tells an older copy of the database.
    Mark,
    /// The database is a backup, which no server serves.
    Backup,
    /// Another word after each restore, so that a server that runs meanwhile notices it.
    Generation,
}

/// Lets TEXT columns hold the values of enums, by their words.
macro_rules! stored_words {
    ($($ty:ty),* $(,)?) => { $(
        impl<'r> $crate::store::FromCell<'r> for $ty {
            fn from_cell(cell: &'r $crate::store::Cell) -> Option<Self> {
                if let $crate::store::Cell::Text(word) = cell { word.parse().ok() } else { None }
            }
        }
        impl From<$ty> for $crate::store::Value<'_> {
            fn from(value: $ty) -> Self {
                Self::Text(value.into())
            }
        }
    )* };
}
pub(crate) use stored_words;

stored_words!(
    ApplicationState,
    BatchState,
    BlobRole,
    BlobStage,
    ChangeKind,
    ChangeState,
    CheckOutcome,
    CommitmentState,
    ContractKind,
    DispatchKind,
    DispatchState,
    EndKind,
    FaultState,
    Form,
    Happening,
    MatterKind,
    Kind,
    Mime,
    Nature,
    PauseState,
    PetitionState,
    PlanItemState,
    Punctuality,
    ReportKind,
    ReportPicture,
    Role,
    RowState,
    Setting,
    Signal,
    StoreState,
    TaskKind,
    TaskState,
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_is_the_same_word_in_its_column_and_in_the_report() {
        for stage in BlobStage::VARIANTS {
            assert_eq!(serde_json::to_value(stage).unwrap(), <&str>::from(stage));
        }
    }
}
