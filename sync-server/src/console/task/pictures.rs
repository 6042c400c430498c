//! The pictures of a task: thumbnail, then preview, then the original bytes.

use crate::{
    console::{
        part::When,
        visitor::Visitor,
        when::{self, when},
        words,
    },
    text::Text as T,
};
use firebee_domain::{
    account::{Action, Subject, may},
    evidence::{Photo, PhotoRole},
    id::{ContentId, TaskId},
    task::TaskState,
};
use firebee_protocol::text::{Arg, say_with};
use std::collections::HashSet;

/// One picture.
pub(in crate::console) struct Picture {
    /// The address without the size.
    pub(in crate::console) href: String,
    pub(in crate::console) alt: String,
    pub(in crate::console) word: String,
    pub(in crate::console) when: When,
    /// What its own data say of place and camera.
    pub(in crate::console) exif: String,
    /// Whether thumbnail and preview are on the server.
    pub(in crate::console) here: bool,
    /// Whether the original is, and may be seen.
    pub(in crate::console) original: bool,
    pub(in crate::console) withdrawn: bool,
}

/// What somebody may do to see a picture, by its role and size (protocol, "Blobs").
pub(super) const fn action(role: PhotoRole, state: TaskState, original: bool) -> Action {
    match (role, state, original) {
        (PhotoRole::Selfie, ..) => Action::ReadSelfie,
        (_, _, true) => Action::ReadOriginal,
        (_, TaskState::Approved, false) => Action::ReadApprovedPhoto,
        (_, _, false) => Action::ReadPhoto,
    }
}

/// What pictures are made with.
pub(super) struct Album<'a> {
    pub(super) visitor: &'a Visitor,
    pub(super) subject: &'a Subject,
    pub(super) task: TaskId,
    pub(super) state: TaskState,
    /// The blobs of the task that are on the server.
    pub(super) verified: &'a HashSet<ContentId>,
}

impl Album<'_> {
    /// A picture, if this visitor may see it; `shows` names the item that it shows.
    pub(super) fn picture(&self, photo: &Photo, shows: &str) -> Option<Picture> {
        let (language, actor) = (self.visitor.language, &self.visitor.member.actor);
        let permitted = |original| may(actor, action(photo.taken.role, self.state, original), self.subject);
        if !permitted(false) {
            return None;
        }
        let word = words::photo(language, photo.taken.role);
        let here = |blob| self.verified.contains(blob);
        Some(Picture {
            href: format!("/tasks/{}/photos/{}", self.task, photo.fact),
            alt: if shows.is_empty() { word.clone() } else { format!("{word} · {shows}") },
            word,
            when: when(language, self.visitor.now, when::instant(&photo.at)),
            exif: self.exif(photo),
            here: here(&photo.taken.preview) && here(&photo.taken.thumbnail),
            original: permitted(true) && here(&photo.taken.original),
            withdrawn: photo.withdrawn,
        })
    }

    fn exif(&self, photo: &Photo) -> String {
        let (language, exif) = (self.visitor.language, &photo.taken.exif);
        let degrees = |e6: i32| format!("{:.5}", f64::from(e6) / 1e6);
        let place = exif.lat_e6.zip(exif.lon_e6).map(|(lat, lon)| {
            let values = [("lat", Arg::from(degrees(lat))), ("lon", Arg::from(degrees(lon)))];
            say_with(language, T::TaskExifPlace, &values)
        });
        let taken =
            exif.taken.as_ref().map(|taken| say_with(language, T::TaskExifTaken, &[("time", Arg::from(taken))]));
        let parts = [taken, place, exif.camera.clone()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}
