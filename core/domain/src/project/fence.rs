//! The fences of further buildings: a site may lie in several places.

use super::{PROJECT_TEXT_LENGTH_MAX, Project};
use crate::{
    code::Code,
    geofence::{Fences, Geofence, GeofenceError},
    text::{self, TextError},
};
use serde::{Deserialize, Serialize};

/// The most fences beside the one around the project's location.
pub const FURTHER_FENCES_MAX: usize = 50;

/// The fence of a further building.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FurtherFence {
    /// What it is called, such as the name of the building. Each name stands once.
    pub name: String,
    /// Where it is.
    pub fence: Geofence,
}

/// Why the fences stay as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FenceError {
    /// nothing of a terminated project changes.
    #[error("the project is terminated")]
    ProjectTerminated,
    /// The name is missing or not fit to keep.
    #[error(transparent)]
    Name(#[from] TextError),
    /// The place is not on the earth, or the radius makes no fence.
    #[error(transparent)]
    Place(#[from] GeofenceError),
    /// The project has as many fences as it can.
    #[error("the project has too many fences")]
    TooMany,
    /// The project has no further fence of this name.
    #[error("the project has no such fence")]
    Unknown,
}

impl FenceError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::ProjectTerminated => Code::ProjectTerminated,
            Self::Name(error) => error.code(),
            Self::Place(error) => error.code(),
            Self::TooMany => Code::TooManyFences,
            Self::Unknown => Code::AlreadyDone,
        }
    }
}

impl Project {
    /// every fence of the project, the one around its location first; `None` without any.
    pub fn fences(&self) -> Option<Fences> {
        Fences::of(self.fence().into_iter().chain(self.further_fences.iter().map(|further| further.fence)))
    }
}

/// The project with a further fence, or with another place for the one of this name. Verdicts that were given stay.
///
/// # Errors
/// See [`FenceError`].
pub fn put_fence(project: &Project, name: &str, fence: Geofence) -> Result<Project, FenceError> {
    if project.termination.is_some() {
        return Err(FenceError::ProjectTerminated);
    }
    let name = text::name(name, PROJECT_TEXT_LENGTH_MAX)?;
    let mut after = project.clone();
    let full = after.further_fences.len() >= FURTHER_FENCES_MAX;
    match after.further_fences.iter_mut().find(|known| known.name == name) {
        Some(known) => known.fence = fence,
        None if full => return Err(FenceError::TooMany),
        None => after.further_fences.push(FurtherFence { name, fence }),
    }
    Ok(after)
}

/// The project without the further fence of this name.
///
/// # Errors
/// See [`FenceError`].
pub fn remove_fence(project: &Project, name: &str) -> Result<Project, FenceError> {
    if project.termination.is_some() {
        return Err(FenceError::ProjectTerminated);
    }
    let mut after = project.clone();
    after.further_fences.retain(|known| known.name != name);
    if after.further_fences.len() == project.further_fences.len() { Err(FenceError::Unknown) } else { Ok(after) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        geofence::{Datum, Location, Position},
        project::fixture::project,
        suspension::tests::termination,
    };

    fn around(lat_e6: i32, radius_m: u32) -> Geofence {
        let place = Position::new(lat_e6, 101_800_000).unwrap();
        Geofence::new(Location::new(Datum::Wgs84, place), Some(radius_m)).unwrap()
    }

    #[test]
    fn r_095_r_097_further_buildings_have_fences_of_their_own() {
        let two = put_fence(&project(), " 副楼 ", around(36_700_000, 50)).unwrap();
        assert_eq!(two.fences().unwrap().iter().count(), 2);
        assert_eq!(two.fences().unwrap().metres_beyond(36_700_000, 101_800_000), 0);
        let moved = put_fence(&two, "副楼", around(36_800_000, 80)).unwrap();
        assert_eq!(moved.further_fences, [FurtherFence { name: "副楼".into(), fence: around(36_800_000, 80) }]);
        assert_eq!(remove_fence(&moved, "副楼"), Ok(project()));
        assert_eq!(remove_fence(&project(), "副楼"), Err(FenceError::Unknown));
        assert_eq!(put_fence(&project(), " ", around(0, 50)).map_err(FenceError::code), Err(Code::TextRequired));
        let full = (0..FURTHER_FENCES_MAX)
            .fold(project(), |project, n| put_fence(&project, &n.to_string(), around(0, 50)).unwrap());
        assert_eq!(put_fence(&full, "一个太多", around(0, 50)), Err(FenceError::TooMany));
        let ended = Project { termination: Some(termination()), ..two };
        assert_eq!(put_fence(&ended, "三号楼", around(0, 50)), Err(FenceError::ProjectTerminated));
        assert_eq!(remove_fence(&ended, "副楼"), Err(FenceError::ProjectTerminated));
    }
}
