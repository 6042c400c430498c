//! The sizes in which a photo is kept, and what somebody needs who looks at one.

use super::PhotoTaken;
use crate::{account::Action, id::ContentId};

/// A size in which a photo is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PhotoSize {
    /// The bytes as the camera wrote them.
    Original,
    /// 1,600 px on the long side.
    Preview,
    /// 320 px on the long side.
    Thumbnail,
}

impl PhotoSize {
    /// what `may` is asked before somebody reads a photo in this size. A selfie in any size and an original
    /// are open to fewer people, the small pictures of an approved task to more.
    pub const fn action(self, is_selfie: bool, is_approved: bool) -> Action {
        match self {
            _ if is_selfie => Action::ReadSelfie,
            Self::Original => Action::ReadOriginal,
            Self::Preview | Self::Thumbnail if is_approved => Action::ReadApprovedPhoto,
            Self::Preview | Self::Thumbnail => Action::ReadPhoto,
        }
    }
}

impl PhotoTaken {
    /// Its bytes in a size.
    pub const fn blob(&self, size: PhotoSize) -> ContentId {
        match size {
            PhotoSize::Original => self.original,
            PhotoSize::Preview => self.preview,
            PhotoSize::Thumbnail => self.thumbnail,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r_275_only_the_small_pictures_of_an_approved_task_are_open_to_more_people() {
        let asked = |selfie, approved| {
            [PhotoSize::Original, PhotoSize::Preview, PhotoSize::Thumbnail].map(|size| size.action(selfie, approved))
        };
        assert_eq!(asked(false, false), [Action::ReadOriginal, Action::ReadPhoto, Action::ReadPhoto]);
        assert_eq!(asked(false, true), [Action::ReadOriginal, Action::ReadApprovedPhoto, Action::ReadApprovedPhoto]);
        assert_eq!(asked(true, false), [Action::ReadSelfie; 3]);
        assert_eq!(asked(true, true), [Action::ReadSelfie; 3]);
    }
}
