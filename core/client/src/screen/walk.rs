//! The track of the running task on this phone: sealed segments and open fixes.

use super::reading::Reading;
use crate::{
    journal::OpenTrack,
    work::{TaskView, Trouble},
};
use firebee_domain::{
    evidence::TrackSegment,
    geofence::{Coverage, Fences, Thresholds, coverage, task_time},
    track::{Segment, TimedFix, TimedHole, detect_holes},
};
use firebee_protocol::{text::when, track::decode};
use std::io::Read;

/// A track on the line of the phone's wall clock.
pub(super) struct Walk {
    pub(super) fixes: Vec<TimedFix>,
    pub(super) holes: Vec<TimedHole>,
}

impl Walk {
    /// The fixes of this boot, in order. Those of earlier boots are on the server with their own clock.
    pub(super) fn of(reading: &Reading<'_>, track: &OpenTrack, view: &TaskView) -> Result<Self, Trouble> {
        let eyes = reading.eyes;
        let clocks = eyes.clocks();
        let began_ms = clocks.wall_ms.0.saturating_sub(clocks.boot_ms);
        let of_this_boot = view.task.segments.iter().filter(|held| held.segment.boot_id == track.boot_id);
        let mut pieces: Vec<Segment> = of_this_boot.filter_map(|held| reading.sealed(&held.segment)).collect();
        let mut open = eyes.journal.fixes(usize::MAX)?;
        open.extend(eyes.core.in_hand());
        let holes = detect_holes(&open, &eyes.journal.hints()?);
        pieces.push(Segment { boot_id: track.boot_id, fixes: open, holes });
        let mut fixes: Vec<TimedFix> = pieces.iter().flat_map(|piece| piece.timed_fixes(began_ms)).collect();
        fixes.sort_by_key(|fix| fix.at);
        let holes = pieces.iter().flat_map(|piece| piece.timed_holes(began_ms)).collect();
        Ok(Self { fixes, holes })
    }

    /// The track against the fences, over the time in which the task was worked on until now, by the thresholds of the
    /// server.
    pub(super) fn coverage(&self, reading: &Reading<'_>, view: &TaskView, fences: &Fences) -> Coverage {
        let mut instants: Vec<_> = view.task.worked_at().map(|(_, at)| when::instant(&at)).collect();
        instants.push(reading.now);
        coverage(&self.fixes, &self.holes, fences, &task_time(&instants), &reading.thresholds())
    }
}

impl Reading<'_> {
    /// What the verdict is made with; the usual thresholds while no server has told its own.
    pub(super) fn thresholds(&self) -> Thresholds {
        self.eyes.papers.session.track.unwrap_or_default()
    }

    /// A sealed piece whose bytes this phone has.
    fn sealed(&self, segment: &TrackSegment) -> Option<Segment> {
        let mut bytes = Vec::new();
        self.eyes.core.blobs.read(segment.blob).ok()?.read_to_end(&mut bytes).ok()?;
        Some(decode(&bytes).ok()?.into_segment(segment.boot_id))
    }
}
