//! A photo as screens show it.

use super::reading::Reading;
use crate::work::{TaskView, Trouble};
use firebee_domain::{
    code::Code,
    evidence::{Photo, PhotoTaken},
    geofence::Fences,
    id::{ContentId, FactId},
    task::Task,
};
use firebee_protocol::{
    blob::EvidenceCount,
    text::{Arg, Count, Text, When, doubt, problem_text, word},
};

/// A photo of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhotoView {
    /// The photo.
    pub photo: FactId,
    /// What it is for.
    pub role_word: String,
    /// The item that it shows.
    pub what: Option<String>,
    /// The file of its thumbnail, where this phone has it.
    pub thumbnail: Option<String>,
    /// The file of its preview, where this phone has it.
    pub preview: Option<String>,
    /// The file of its original, where this phone has it.
    pub original: Option<String>,
    /// When it was taken.
    pub taken: When,
    /// The place in the picture's own data.
    pub place_text: Option<String>,
    /// Whether the server has all of it.
    pub on_server: bool,
    /// Withdrawn by its author: shown, not counted.
    pub withdrawn: bool,
    /// What a reader should know of it.
    pub flags: Vec<String>,
}

/// Which photos of one task the server has, and what makes them doubtful.
pub(super) struct Verified<'a> {
    own: Vec<FactId>,
    task: &'a Task,
    fences: Option<Fences>,
    evidence: &'a EvidenceCount,
    pulled: bool,
}

impl<'a> Verified<'a> {
    pub(super) fn of(reading: &Reading<'_>, view: &'a TaskView) -> Result<Self, Trouble> {
        let own = reading.eyes.journal.verified_photos(view.task.id)?;
        let fences = reading.eyes.project(view.task.project).and_then(|held| held.project.fences());
        Ok(Self { own, task: &view.task, fences, evidence: &view.evidence, pulled: view.rev.is_some() })
    }

    /// This phone knows the state of its own photos. For photos of other phones, the pulled document lists the missing
    /// ones.
    pub(super) fn has(&self, reading: &Reading<'_>, photo: &Photo) -> bool {
        if self.own.binary_search(&photo.fact).is_ok() {
            return true;
        }
        let here = reading.eyes.core.blobs.path(photo.taken.original).exists();
        self.pulled && !here && !blobs_of(&photo.taken).iter().any(|blob| self.evidence.coming().any(|id| id == blob))
    }

    /// Whether a file of the photo is whole on the server and no picture, so that it never counts.
    fn is_odd(&self, photo: &Photo) -> bool {
        blobs_of(&photo.taken).iter().any(|blob| self.evidence.not_pictures.contains(blob))
    }

    /// what makes the photo doubtful, in words.
    pub(super) fn doubts(&self, reading: &Reading<'_>, photo: &Photo) -> Vec<String> {
        let doubts = photo.doubts(self.task, self.fences.as_ref(), self.evidence.read_from(photo.taken.original));
        let doubts = doubts.iter().map(|doubt| doubt::doubt(reading.language, doubt));
        let elsewhere = self.evidence.reused.iter().filter(|reused| reused.blob == photo.taken.original);
        doubts.chain(elsewhere.map(|reused| doubt::elsewhere(reading.language, &reused.task_name))).collect()
    }

    /// How many of these photos the server has verified.
    pub(super) fn count<'p>(&self, reading: &Reading<'_>, photos: impl Iterator<Item = &'p Photo>) -> Count {
        let (mut here, mut all) = (0, 0);
        for photo in photos {
            all += 1;
            here += usize::from(self.has(reading, photo));
        }
        Count::of(reading.language, Text::PhonePhotosOnServer, here, all)
    }
}

const fn blobs_of(taken: &PhotoTaken) -> [ContentId; 3] {
    [taken.original, taken.preview, taken.thumbnail]
}

impl Reading<'_> {
    pub(super) fn photo(&self, photo: &Photo, what: Option<String>, verified: &Verified<'_>) -> PhotoView {
        let file = |id: ContentId| self.eyes.core.file(id).map(|path| path.display().to_string());
        let exif = verified.evidence.read_from(photo.taken.original).unwrap_or(&photo.taken.exif);
        let degrees = |e6: i32| format!("{:.5}", f64::from(e6) / 1e6);
        let place = exif.lat_e6.zip(exif.lon_e6).map(|(lat, lon)| {
            self.with(Text::PhonePhotoPlace, &[("lat", Arg::from(degrees(lat))), ("lon", Arg::from(degrees(lon)))])
        });
        let mut flags = Vec::new();
        if photo.withdrawn {
            flags.push(self.say(Text::PhonePhotoWithdrawn));
        }
        if verified.is_odd(photo) {
            flags.push(problem_text(Code::PhotoNotAPicture, &[], self.language));
        }
        if photo.at.is_contradicted() {
            flags.push(self.say(Text::WordSureContradiction));
        }
        flags.extend(verified.doubts(self, photo));
        PhotoView {
            photo: photo.fact,
            role_word: word::photo(self.language, photo.taken.role),
            what,
            thumbnail: file(photo.taken.thumbnail),
            preview: file(photo.taken.preview),
            original: file(photo.taken.original),
            taken: self.moment(&photo.at),
            place_text: place,
            on_server: verified.has(self, photo),
            withdrawn: photo.withdrawn,
            flags,
        }
    }
}
