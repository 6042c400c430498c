//! How much of a task's evidence is on the server.

use crate::{text::Text as T, view::Reader};
use firebee_domain::{evidence::Photo, id::ContentId, task::Task, time::Timestamp};
use firebee_protocol::{
    blob::EvidenceCount,
    text::{Arg, when::date},
};

/// How much of the evidence is on the server.
pub struct Evidence {
    /// "7 of 9 files verified by the server".
    pub count: String,
    /// The share of the files that are, in percent.
    pub percent: u32,
    /// What that means.
    pub sentence: String,
    /// What is still missing: how many pictures, how many pieces of the track.
    pub missing: Vec<String>,
}

/// The count, and what is still missing in words.
pub(super) fn evidence(reader: Reader<'_>, task: &Task, count: &EvidenceCount) -> Evidence {
    let values = [("verified", Arg::from(count.verified)), ("total", Arg::from(count.total))];
    let lacks = |blob: &ContentId| count.coming().any(|coming| coming == blob);
    let photos = |lacks: &dyn Fn(&Photo) -> bool| task.photos.iter().filter(|photo| lacks(photo)).count();
    let originals = photos(&|photo: &Photo| lacks(&photo.taken.original));
    let small = photos(&|photo: &Photo| lacks(&photo.taken.preview) || lacks(&photo.taken.thumbnail));
    let track = task.segments.iter().filter(|held| lacks(&held.segment.blob)).count();
    let lines = [(small, T::TaskMissingSmall), (originals, T::TaskMissingOriginals), (track, T::TaskMissingTrack)];
    let missing: Vec<String> =
        lines.into_iter().filter(|(count, _)| *count > 0).map(|(count, text)| reader.n(text, count)).collect();
    let percent = (count.verified * 100).checked_div(count.total).unwrap_or(100);
    let odd = count.not_pictures.len();
    let sentence = match (count.total, missing.is_empty()) {
        (0, _) => reader.t(T::TaskEvidenceNone),
        (_, true) if odd > 0 => reader.n(T::TaskNextNotPictures, odd),
        (_, true) => reader.t(T::TaskEvidenceAll),
        (_, false) => reader.t(T::TaskEvidenceComing),
    };
    Evidence { count: reader.say(T::TaskEvidenceCount, &values), percent, sentence, missing }
}

/// What says that files of a task are gone because their time was over.
pub(super) fn gone(reader: Reader<'_>, (files, last): (i64, Timestamp)) -> String {
    let day = date(reader.language, last.china_day());
    reader.say(T::RetentionGone, &[("files", Arg::from(files)), ("day", Arg::from(day))])
}
