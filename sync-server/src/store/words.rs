//! Closed sets that TEXT columns hold, each by its word.

use super::{Cell, FromCell, Value};
use firebee_domain::{account::Role, catalogue::Nature, plan::PlanItemState, task::TaskState};
use firebee_protocol::fact::{BlobRole, Mime};
use serde::{Deserialize, Serialize};

/// How far the bytes of a blob are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlobStage {
    /// A fact named it; no byte is here.
    Announced,
    /// Some bytes are here.
    Receiving,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreState {
    /// It may.
    Active,
    /// The store signed out, or a successor on the same phone replaced it.
    Closed,
    /// An administrator dropped its key.
    Revoked,
}

/// Converts the values of an enum to and from TEXT columns, by the words listed here or by the enum's own (`ALL` and
/// `code`).
macro_rules! stored_words {
    ($ty:ty { $($variant:ident = $word:literal),* $(,)? }) => {
        impl<'r> $crate::store::FromCell<'r> for $ty {
            fn from_cell(cell: &'r $crate::store::Cell) -> Option<Self> {
                let $crate::store::Cell::Text(word) = cell else { return None };
                match word.as_str() {
                    $($word => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
        impl From<$ty> for $crate::store::Value<'_> {
            fn from(value: $ty) -> Self {
                Self::Text(match value { $(<$ty>::$variant => $word),* })
            }
        }
    };
    ($($ty:ty),* $(,)?) => { $(
        impl<'r> FromCell<'r> for $ty {
            fn from_cell(cell: &'r Cell) -> Option<Self> {
                let Cell::Text(word) = cell else { return None };
                <$ty>::ALL.into_iter().find(|value| value.code() == word)
            }
        }
        impl From<$ty> for Value<'_> {
            fn from(value: $ty) -> Self {
                Self::Text(value.code())
            }
        }
    )* };
}
pub(crate) use stored_words;

stored_words!(BlobStage { Announced = "announced", Receiving = "receiving", Verified = "verified", Lost = "lost" });
stored_words!(StoreState { Active = "active", Closed = "closed", Revoked = "revoked" });
stored_words!(Mime { Jpeg = "jpeg", Png = "png", Heic = "heic", Webp = "webp", Pdf = "pdf", Track = "track" });
stored_words!(BlobRole { Original = "original", Preview = "preview", Thumb = "thumb", Track = "track" });
stored_words!(Nature, PlanItemState, Role, TaskState);
