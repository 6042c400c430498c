//! The track of a task: minutes inside, outside and not recorded, its holes, and the drawing over the fence.

use super::drawing::{self, Drawing};
use crate::{
    blobs::BlobKey,
    console::{
        frame::Frame,
        part::{Chip, When},
        visitor::Visitor,
        when::{minutes, when},
        words,
    },
    state::App,
    text::Text as T,
};
use firebee_domain::{
    geofence::{Coverage, Gap, Geofence},
    id::{ContentId, OrganisationId},
    task::Task,
    track::Fix,
};
use firebee_protocol::{
    text::{Arg, say_with},
    track::decode,
};
use std::collections::HashSet;

/// The most pieces that are drawn: more than a month of walking.
const PIECES_MAX: usize = 2_000;

/// The section of the page.
pub(in crate::console) struct Track {
    pub(in crate::console) verdict: Option<Chip>,
    /// It was played from a file, not recorded live.
    pub(in crate::console) replayed: Option<Chip>,
    pub(in crate::console) sums: Option<Sums>,
    pub(in crate::console) pieces: String,
    pub(in crate::console) map: Option<Drawing>,
    pub(in crate::console) gaps: Vec<GapLine>,
}

/// The three sums, in words.
pub(in crate::console) struct Sums {
    pub(in crate::console) inside: String,
    pub(in crate::console) outside: String,
    pub(in crate::console) not_recorded: String,
}

/// One hole.
pub(in crate::console) struct GapLine {
    pub(in crate::console) from: When,
    pub(in crate::console) to: When,
    pub(in crate::console) length: String,
    pub(in crate::console) cause: String,
}

/// The fixes of the pieces that are here, a list for each piece, in their order.
pub(super) async fn fixes(
    app: &App,
    organisation: OrganisationId,
    task: &Task,
    verified: &HashSet<ContentId>,
) -> Vec<Vec<Fix>> {
    let mut pieces = Vec::new();
    for held in task.segments.iter().take(PIECES_MAX) {
        let id = held.segment.blob;
        if !verified.contains(&id) {
            continue;
        }
        let bytes = app.blobs.read(BlobKey { organisation, id }).await;
        // A piece that is no track says nothing; its bytes stay what they are.
        if let Some(Ok(columns)) = bytes.map(|bytes| decode(&bytes)) {
            pieces.push(columns.fixes);
        }
    }
    pieces
}

/// The section; `None` where there is neither a track nor a verdict.
pub(super) fn section(
    f: &Frame,
    visitor: &Visitor,
    task: &Task,
    coverage: Option<&Coverage>,
    fence: Option<&Geofence>,
    pieces: &[Vec<Fix>],
) -> Option<Track> {
    if task.segments.is_empty() && coverage.is_none() {
        return None;
    }
    let language = f.language;
    let gap = |gap: &Gap| GapLine {
        from: when(language, visitor.now, gap.from),
        to: when(language, visitor.now, gap.to),
        length: minutes(language, gap.to.ms_since(gap.from)),
        cause: words::cause(language, gap.cause),
    };
    let replayed = task.segments.iter().any(|held| held.segment.replayed);
    let values = [("here", Arg::from(pieces.len())), ("total", Arg::from(task.segments.len()))];
    Some(Track {
        verdict: coverage.map(|coverage| words::track(language, coverage.verdict)),
        replayed: replayed.then(|| words::replayed(language)),
        sums: coverage.map(|coverage| Sums {
            inside: minutes(language, coverage.inside_ms),
            outside: minutes(language, coverage.outside_ms),
            not_recorded: minutes(language, coverage.not_recorded_ms),
        }),
        pieces: say_with(language, T::TaskTrackPieces, &values),
        map: fence.filter(|_| !pieces.is_empty()).map(|fence| drawing::draw(language, fence, pieces)),
        gaps: coverage.into_iter().flat_map(|coverage| &coverage.gaps).map(gap).collect(),
    })
}
