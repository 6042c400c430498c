//! Where a task stands, in one sentence and at most one button; and how much of its evidence is here.

use crate::{console::frame::Frame, text::Text as T};
use firebee_domain::{
    evidence::Photo,
    id::ContentId,
    task::{Task, TaskState},
};
use firebee_protocol::{
    blob::EvidenceCount,
    text::{Arg, say_with},
};

/// What comes next, for this reader.
pub(in crate::console) struct Next {
    pub(in crate::console) sentence: String,
    pub(in crate::console) link: Option<Link>,
}

/// Where it is done.
pub(in crate::console) struct Link {
    pub(in crate::console) href: &'static str,
    pub(in crate::console) word: String,
}

/// What the reader may do.
#[derive(Clone, Copy)]
pub(super) struct May {
    pub(super) review: bool,
    pub(super) handle: bool,
    pub(super) faults_must_be_handled: bool,
}

/// What comes next.
pub(super) fn next(f: &Frame, task: &Task, evidence: &EvidenceCount, lead: &str, may: May) -> Next {
    let plain = |sentence: String| Next { sentence, link: None };
    let link = |href, text| Some(Link { href, word: f.t(text) });
    match task.state {
        TaskState::Executing => {
            let done =
                task.items.iter().filter(|item| task.current_results().any(|result| result.key.item == item.item));
            let values = [("done", Arg::from(done.count())), ("total", Arg::from(task.items.len()))];
            plain(say_with(f.language, T::TaskNextExecuting, &values))
        }
        TaskState::Rejected => plain(f.t(T::TaskNextRejected)),
        TaskState::Approved => plain(f.t(T::TaskNextApproved)),
        TaskState::Discarded => plain(f.t(T::TaskNextDiscarded)),
        TaskState::PendingReview => {
            let unhandled = task.unhandled_faults() as usize;
            if may.faults_must_be_handled && unhandled > 0 {
                let sentence = f.n(T::TaskNextFaults, unhandled);
                let link = if may.handle { link("#faults", T::TaskNextFaultsLink) } else { None };
                return Next { sentence, link };
            }
            if !evidence.missing.is_empty() {
                return plain(f.n(T::TaskNextEvidence, evidence.missing.len()));
            }
            if may.review {
                return Next { sentence: f.t(T::TaskNextReview), link: link("#review", T::TaskNextReviewLink) };
            }
            plain(say_with(f.language, T::TaskNextWaits, &[("name", Arg::from(lead))]))
        }
    }
}

/// How much of the evidence is on the server.
pub(in crate::console) struct Evidence {
    pub(in crate::console) count: String,
    pub(in crate::console) percent: u32,
    pub(in crate::console) sentence: String,
    pub(in crate::console) missing: Vec<String>,
}

/// The count, and what is still missing in words: how many pictures, how many pieces of the track.
pub(super) fn evidence(f: &Frame, task: &Task, count: &EvidenceCount) -> Evidence {
    let values = [("verified", Arg::from(count.verified)), ("total", Arg::from(count.total))];
    let lacks = |blob: &ContentId| count.missing.contains(blob);
    let photos = |lacks: &dyn Fn(&Photo) -> bool| task.photos.iter().filter(|photo| lacks(photo)).count();
    let originals = photos(&|photo: &Photo| lacks(&photo.taken.original));
    let small = photos(&|photo: &Photo| lacks(&photo.taken.preview) || lacks(&photo.taken.thumbnail));
    let track = task.segments.iter().filter(|held| lacks(&held.segment.blob)).count();
    let lines = [(small, T::TaskMissingSmall), (originals, T::TaskMissingOriginals), (track, T::TaskMissingTrack)];
    let missing: Vec<String> =
        lines.into_iter().filter(|(count, _)| *count > 0).map(|(count, text)| f.n(text, count)).collect();
    let percent = (count.verified * 100).checked_div(count.total).unwrap_or(100);
    let sentence = f.t(match (count.total, missing.is_empty()) {
        (0, _) => T::TaskEvidenceNone,
        (_, true) => T::TaskEvidenceAll,
        (_, false) => T::TaskEvidenceComing,
    });
    Evidence { count: say_with(f.language, T::TaskEvidenceCount, &values), percent, sentence, missing }
}
