//! The pictures of a task: thumbnail, then preview, then the original bytes.

use crate::{text::Text as T, view::Reader};
use firebee_domain::{
    account::{Action, Subject},
    code::Code,
    evidence::{Photo, PhotoRole},
    geofence::Fences,
    id::{ContentId, FactId, TaskId},
    task::{Task, TaskState},
};
use firebee_protocol::{
    blob::EvidenceCount,
    text::{Arg, When, doubt, problem_text, word},
};
use std::collections::{HashMap, HashSet};

/// One picture.
pub struct Picture {
    /// The fact that brought it.
    pub fact: FactId,
    /// What it shows, for who cannot see it.
    pub alt: String,
    /// What it is for.
    pub word: String,
    /// When it was taken.
    pub when: When,
    /// Place and camera from the picture's own data.
    pub exif: String,
    /// Whether thumbnail and preview are on the server.
    pub here: bool,
    /// Whether the original is, and may be seen.
    pub original: bool,
    /// Whether its author has withdrawn it.
    pub withdrawn: bool,
    /// What makes it doubtful: its file is no picture, or the same picture stands in another place.
    pub notes: Vec<String>,
}

/// The permission that a picture needs, by its role and size.
pub const fn action(role: PhotoRole, state: TaskState, original: bool) -> Action {
    match (role, state, original) {
        (PhotoRole::Selfie, ..) => Action::ReadSelfie,
        (_, _, true) => Action::ReadOriginal,
        (_, TaskState::Approved, false) => Action::ReadApprovedPhoto,
        (_, _, false) => Action::ReadPhoto,
    }
}

/// What pictures are made with.
pub(super) struct Album<'a> {
    pub(super) reader: Reader<'a>,
    pub(super) subject: &'a Subject,
    pub(super) task: &'a Task,
    /// The blobs of the task that are on the server.
    pub(super) verified: &'a HashSet<ContentId>,
    /// What the server found of them.
    pub(super) evidence: &'a EvidenceCount,
    /// Where the task's work lies.
    pub(super) fences: Option<&'a Fences>,
    /// The other tasks in which one of its photos is used.
    pub(super) elsewhere: &'a HashMap<ContentId, Vec<(TaskId, String)>>,
}

impl Album<'_> {
    /// A picture, if the reader may see it; `shows` names the item that it shows.
    pub(super) fn picture(&self, photo: &Photo, shows: &str) -> Option<Picture> {
        let permitted = |original| self.reader.may(action(photo.taken.role, self.task.state, original), self.subject);
        if !permitted(false) {
            return None;
        }
        let word = word::photo(self.reader.language, photo.taken.role);
        let here = |blob| self.verified.contains(blob) && !self.evidence.not_pictures.contains(blob);
        Some(Picture {
            fact: photo.fact,
            alt: if shows.is_empty() { word.clone() } else { format!("{word} · {shows}") },
            word,
            when: self.reader.recorded(&photo.at),
            exif: self.exif(photo),
            here: here(&photo.taken.preview) && here(&photo.taken.thumbnail),
            original: permitted(true) && here(&photo.taken.original),
            withdrawn: photo.withdrawn,
            notes: self.notes(photo),
        })
    }

    /// What makes a photo doubtful.
    fn notes(&self, photo: &Photo) -> Vec<String> {
        let taken = &photo.taken;
        let blobs = [taken.original, taken.preview, taken.thumbnail];
        let odd = blobs.iter().any(|blob| self.evidence.not_pictures.contains(blob));
        let odd = odd.then(|| problem_text(Code::PhotoNotAPicture, &[], self.reader.language));
        let doubts = photo.doubts(self.task, self.fences, self.evidence.read_from(taken.original));
        let doubts = doubts.iter().map(|doubt| doubt::doubt(self.reader.language, doubt));
        let elsewhere = self.elsewhere.get(&taken.original).into_iter().flatten();
        let elsewhere = elsewhere.map(|(_, name)| doubt::elsewhere(self.reader.language, name));
        odd.into_iter().chain(doubts).chain(elsewhere).collect()
    }

    fn exif(&self, photo: &Photo) -> String {
        let exif = self.evidence.read_from(photo.taken.original).unwrap_or(&photo.taken.exif);
        let degrees = |e6: i32| format!("{:.5}", f64::from(e6) / 1e6);
        let place = exif.lat_e6.zip(exif.lon_e6).map(|(lat, lon)| {
            let values = [("lat", Arg::from(degrees(lat))), ("lon", Arg::from(degrees(lon)))];
            self.reader.say(T::TaskExifPlace, &values)
        });
        let taken = exif.taken.as_ref().map(|taken| self.reader.say(T::TaskExifTaken, &[("time", Arg::from(taken))]));
        let parts = [taken, place, exif.camera.clone()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}
