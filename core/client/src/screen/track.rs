//! The running track: its begin, the share inside the fence, its gaps, and advice about them.

use super::{Screens, reading::Reading, walk::Walk};
use crate::{
    journal::OpenTrack,
    work::{TaskView, Trouble, task::FormError},
};
use firebee_domain::{
    geofence::{Coverage, Gap},
    id::TaskId,
    task::TaskError,
    track::Cause,
};
use firebee_protocol::text::{Chip, Text, When, doubt, when, word};

/// The running track.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrackScreen {
    /// The task it runs for.
    pub task: TaskId,
    /// Its name.
    pub task_name: String,
    /// Its first fix of this boot of the phone.
    pub since: Option<When>,
    /// Its last fix.
    pub last_fix: Option<When>,
    /// Whether it is played from a file.
    pub replayed: Option<Chip>,
    /// The comparison with the fence; `None` while the project has no location.
    pub sums: Option<TrackSums>,
    /// Where it is silent, in order.
    pub holes: Vec<HoleRow>,
}

/// A track against the fence, so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrackSums {
    /// The time inside.
    pub inside: String,
    /// The time outside.
    pub outside: String,
    /// The time of which nothing counts.
    pub not_recorded: String,
    /// What it says so far.
    pub verdict: Chip,
    /// Where it goes faster than anybody does, if anywhere.
    pub jumps: Option<String>,
    /// That the server decides, while the phone does not know by what.
    pub note: Option<String>,
}

/// A stretch without fixes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoleRow {
    /// When it began.
    pub from: When,
    /// When it ended.
    pub to: When,
    /// How long it is.
    pub length: String,
    /// Its likely cause.
    pub cause_word: String,
    /// What to do about it.
    pub advice: String,
}

impl Screens {
    /// The running track; `None` while none runs.
    ///
    /// # Errors
    /// Nobody is signed in, or the stores cannot be read.
    pub fn track(&self) -> Result<Option<TrackScreen>, FormError> {
        self.0.screen(|reading| {
            let Some(track) = reading.eyes.journal.open_track().map_err(Trouble::from)? else {
                return Ok(None);
            };
            let view = reading.eyes.task(track.task)?.ok_or(TaskError::Unknown)?;
            let walk = Walk::of(reading, &track, &view)?;
            Ok(Some(reading.track(&track, &view, &walk)))
        })
    }
}

impl Reading<'_> {
    fn track(&self, track: &OpenTrack, view: &TaskView, walk: &Walk) -> TrackScreen {
        let fences = self.eyes.project(view.task.project).and_then(|held| held.project.fences());
        let coverage = fences.map(|fences| walk.coverage(self, view, &fences));
        let silences: Vec<Gap> = match &coverage {
            Some(coverage) => coverage.gaps.clone(),
            None => walk.holes.iter().map(|hole| Gap { from: hole.from, to: hole.to, cause: hole.cause }).collect(),
        };
        TrackScreen {
            task: view.task.id,
            task_name: view.task.name.clone(),
            since: walk.fixes.first().map(|fix| self.when(fix.at)),
            last_fix: walk.fixes.last().map(|fix| self.when(fix.at)),
            replayed: track.replayed.then(|| Chip::replayed(self.language)),
            sums: coverage.as_ref().map(|coverage| self.sums(coverage)),
            holes: silences.iter().map(|gap| self.hole(gap)).collect(),
        }
    }

    fn sums(&self, coverage: &Coverage) -> TrackSums {
        TrackSums {
            inside: when::minutes(self.language, coverage.inside_ms),
            outside: when::minutes(self.language, coverage.outside_ms),
            not_recorded: when::minutes(self.language, coverage.not_recorded_ms),
            verdict: Chip::track(self.language, coverage.verdict),
            jumps: doubt::jumps(self.language, &coverage.jumps),
            note: self.eyes.papers.session.track.is_none().then(|| self.say(Text::PhoneTrackUsual)),
        }
    }

    fn hole(&self, gap: &Gap) -> HoleRow {
        HoleRow {
            from: self.when(gap.from),
            to: self.when(gap.to),
            length: when::minutes(self.language, gap.to.ms_since(gap.from)),
            cause_word: word::cause(self.language, gap.cause),
            advice: self.say(advice(gap.cause)),
        }
    }
}

/// What to do about a silence.
pub(super) const fn advice(cause: Cause) -> Text {
    match cause {
        Cause::PermissionMissing => Text::PhoneAdvicePermission,
        Cause::LocationOff => Text::PhoneAdviceLocation,
        Cause::BatterySaver | Cause::Killed => Text::PhoneAdviceBattery,
        Cause::DiskFull => Text::PhoneAdviceDisk,
        Cause::Mock | Cause::NotGnss => Text::PhoneAdviceSatellites,
        Cause::NoSignal | Cause::PoorAccuracy => Text::PhoneAdviceSky,
        Cause::StoppedByUser => Text::PhoneAdviceStart,
        Cause::Reboot | Cause::Unknown => Text::PhoneAdviceKeepOpen,
    }
}
