//! What somebody types to ask for a repair.

use super::{Handler, RepairError};
use crate::{
    evidence::ATTACHMENTS_MAX,
    id::ContentId,
    project::Project,
    text::{self, At, TEXT_MAX},
};
use serde::{Deserialize, Serialize};

/// The most characters of the place.
pub const PLACE_LENGTH_MAX: u32 = 200;

/// A request as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WantedRepair {
    /// The catalogue code of the facility.
    pub facility: String,
    /// Where it is.
    pub place: String,
    /// What is wrong.
    pub words: String,
    /// Pictures of it.
    pub photos: Vec<ContentId>,
    /// Who handles it.
    pub handler: Handler,
}

/// a request fit to keep: a facility that the project has, a place, words; pictures may be left out.
///
/// # Errors
/// Everything that is wrong, each at its field.
pub fn checked(project: &Project, typed: &WantedRepair) -> Result<WantedRepair, Vec<At<RepairError>>> {
    let mut wrong = Vec::new();
    let known = project.facilities.contains(&typed.facility);
    let facility = if known { Ok(typed.facility.clone()) } else { Err(RepairError::FacilityUnknown) };
    let facility = At::take(&mut wrong, "facility", facility);
    let place = At::take(&mut wrong, "place", text::name(&typed.place, PLACE_LENGTH_MAX));
    let words = At::take(&mut wrong, "words", text::required(&typed.words, TEXT_MAX));
    let few = u32::try_from(typed.photos.len()).is_ok_and(|count| count <= ATTACHMENTS_MAX);
    let photos = if few { Ok(typed.photos.clone()) } else { Err(RepairError::TooManyPictures) };
    let photos = At::take(&mut wrong, "file", photos);
    match (facility, place, words, photos) {
        (Some(facility), Some(place), Some(words), Some(photos)) => {
            Ok(WantedRepair { facility, place, words, photos, handler: typed.handler })
        }
        _ => Err(wrong),
    }
}
