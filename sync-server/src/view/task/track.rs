//! The track of a task: minutes inside, outside and not recorded, the gaps, and the drawing over the fence.

use super::drawing::{self, Drawing};
use crate::{text::Text as T, view::Reader};
use firebee_domain::{
    geofence::{Coverage, Fences, Gap},
    task::Task,
    track::Fix,
};
use firebee_protocol::text::{Arg, Chip, When, doubt, when::minutes, word};

/// What is known of the track.
pub struct Track {
    /// The verdict, once there is one.
    pub verdict: Option<Chip>,
    /// It was played from a file, not recorded live.
    pub replayed: Option<Chip>,
    /// Minutes, once they were counted.
    pub sums: Option<Sums>,
    /// Where it goes faster than anybody does, if anywhere.
    pub jumps: Option<String>,
    /// How many of its pieces are on the server.
    pub pieces: String,
    /// Its drawing, where a fence is known and a piece is here.
    pub map: Option<Drawing>,
    /// When nothing was recorded.
    pub gaps: Vec<GapLine>,
}

/// The three sums, in words.
pub struct Sums {
    /// Inside the fence.
    pub inside: String,
    /// Outside.
    pub outside: String,
    /// Not recorded.
    pub not_recorded: String,
}

/// One hole.
pub struct GapLine {
    /// Its begin.
    pub from: When,
    /// Its end.
    pub to: When,
    /// How long it was.
    pub length: String,
    /// The likely cause.
    pub cause: String,
}

/// The track; `None` where there is neither a track nor a verdict.
pub(super) fn track(
    reader: Reader<'_>,
    task: &Task,
    coverage: Option<&Coverage>,
    fences: Option<&Fences>,
    pieces: &[Vec<Fix>],
) -> Option<Track> {
    if task.segments.is_empty() && coverage.is_none() {
        return None;
    }
    let language = reader.language;
    let gap = |gap: &Gap| GapLine {
        from: reader.when(gap.from),
        to: reader.when(gap.to),
        length: minutes(language, gap.to.ms_since(gap.from)),
        cause: word::cause(language, gap.cause),
    };
    let replayed = task.segments.iter().any(|held| held.segment.replayed);
    let limits = coverage.map(|coverage| coverage.thresholds).unwrap_or_default();
    let values = [("here", Arg::from(pieces.len())), ("total", Arg::from(task.segments.len()))];
    Some(Track {
        verdict: coverage.map(|coverage| Chip::track(language, coverage.verdict)),
        replayed: replayed.then(|| Chip::replayed(language)),
        sums: coverage.map(|coverage| Sums {
            inside: minutes(language, coverage.inside_ms),
            outside: minutes(language, coverage.outside_ms),
            not_recorded: minutes(language, coverage.not_recorded_ms),
        }),
        jumps: coverage.and_then(|coverage| doubt::jumps(language, &coverage.jumps)),
        pieces: reader.say(T::TaskTrackPieces, &values),
        map: fences.filter(|_| !pieces.is_empty()).map(|fences| drawing::draw(language, fences, &limits, pieces)),
        gaps: coverage.into_iter().flat_map(|coverage| &coverage.gaps).map(gap).collect(),
    })
}
