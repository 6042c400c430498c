//! Compares a track with a fence: the minutes inside, outside and not recorded, and the verdict (R-096; protocol,
//! "Fence and track"). Nothing is interpolated: a time without fixes counts as not recorded.

use super::{
    Areas, Fences,
    jump::{Jump, jumps},
    silence::Silences,
};
use crate::{
    time::Timestamp,
    track::{Cause, Provider, TimedFix, TimedHole},
};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A stretch of time, `to` not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Interval {
    /// Its first instant.
    pub from: Timestamp,
    /// The first instant after it.
    pub to: Timestamp,
}

/// What the verdict is made with; settings, with the defaults of the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Thresholds {
    /// Below this share of the task time, in percent, nothing can be said.
    pub recorded_percent_min: u8,
    /// From this share of the recorded time inside, in percent, a task is covered.
    pub inside_percent_min: u8,
    /// Neighbouring fixes further apart than this, in milliseconds, have a hole between them.
    pub gap_ms_max: i64,
    /// The worst accuracy, in metres, with which a fix still counts. A fix of 255 (more, or unknown) never counts.
    pub accuracy_m_max: u8,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { recorded_percent_min: 50, inside_percent_min: 80, gap_ms_max: 60_000, accuracy_m_max: 100 }
    }
}

impl Thresholds {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// Whether the operator was at the place of work. A flag for lead, report and regulator; it never refuses a submission
///
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CoverageVerdict {
    /// Enough was recorded, and enough of that was inside.
    Covered,
    /// Enough was recorded, too little of it inside.
    NotCovered,
    /// Too little was recorded for any other answer.
    NotRecorded,
}

/// A stretch of the task time of which no position counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Gap {
    /// Its first instant.
    pub from: Timestamp,
    /// The first instant after it.
    pub to: Timestamp,
    /// The likely cause.
    pub cause: Cause,
}

/// One day's share. The three sums add up to `to - from`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DayCoverage {
    /// The first fact of the task on this day of UTC+8.
    pub from: Timestamp,
    /// The last one.
    pub to: Timestamp,
    /// Milliseconds inside the fence.
    pub inside_ms: i64,
    /// Milliseconds outside.
    pub outside_ms: i64,
    /// Milliseconds of which nothing counts.
    pub not_recorded_ms: i64,
}

/// What a track says about a fence. The three sums add up to the task time, always.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Coverage {
    /// Milliseconds inside the fence.
    pub inside_ms: i64,
    /// Milliseconds outside.
    pub outside_ms: i64,
    /// Milliseconds of which nothing counts.
    pub not_recorded_ms: i64,
    /// The answer.
    pub verdict: CoverageVerdict,
    /// Where the track is silent, in order.
    pub gaps: Vec<Gap>,
    /// A row for each day with task time, in order.
    pub days: Vec<DayCoverage>,
    /// What the answer was made with.
    #[serde(default, skip_serializing_if = "Thresholds::is_default")]
    pub thresholds: Thresholds,
    /// Where the track goes faster than anybody does, in order. They change nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub jumps: Vec<Jump>,
}

/// The time in which a task was worked on: for each day of UTC+8, from its first fact on that day to its last. In
/// order; a day with a single fact is a row of length 0.
pub fn task_time(facts: &[Timestamp]) -> Vec<Interval> {
    let mut instants = facts.to_vec();
    instants.sort_unstable();
    let days = instants.chunk_by(|one, next| one.china_day() == next.china_day());
    days.filter_map(|day| Some(Interval { from: *day.first()?, to: *day.last()? })).collect()
}

/// Compares a track with the fences of a project over the time of a task: inside is inside any of them.
///
/// Each interval from a fix to the next one counts for the side on which the first fix lies. An interval counts only
/// when it is at most 60 s long and its first fix comes from satellites, is accurate to 100 m and is not a mock. All
/// other time is not recorded; no time after the last fix counts. `holes` only name the causes of gaps and change no
/// sum. Fixes and holes may come in any order. Sorted fixes take linear time.
pub fn coverage(
    fixes: &[TimedFix],
    holes: &[TimedHole],
    fences: &Fences,
    task_time: &[Interval],
    thresholds: &Thresholds,
) -> Coverage {
    let mut fixes = Cow::Borrowed(fixes);
    if !fixes.is_sorted_by_key(|fix| fix.at) {
        fixes.to_mut().sort_by_key(|fix| fix.at);
    }
    let judge = Judge { areas: fences.areas(), thresholds };
    let mut silences = Silences::new(holes);
    let days = task_time.iter().map(|day| judge.day(&fixes, *day, &mut silences)).collect::<Vec<_>>();
    let sum = |part: fn(&DayCoverage) -> i64| days.iter().map(part).fold(0, i64::saturating_add);
    let (inside_ms, outside_ms) = (sum(|day| day.inside_ms), sum(|day| day.outside_ms));
    let not_recorded_ms = sum(|day| day.not_recorded_ms);
    let verdict = verdict(inside_ms, outside_ms, not_recorded_ms, thresholds);
    Coverage {
        inside_ms,
        outside_ms,
        not_recorded_ms,
        verdict,
        gaps: silences.into_gaps(),
        days,
        thresholds: *thresholds,
        jumps: jumps(fixes.iter().filter(|fix| judge.nowhere(fix).is_none()), task_time),
    }
}

fn verdict(inside_ms: i64, outside_ms: i64, not_recorded_ms: i64, thresholds: &Thresholds) -> CoverageVerdict {
    let (inside, outside) = (i128::from(inside_ms), i128::from(outside_ms));
    let recorded = inside + outside;
    let task_time = recorded + i128::from(not_recorded_ms);
    let reaches = |part: i128, whole: i128, percent: u8| part * 100 >= whole * i128::from(percent);
    if recorded == 0 || !reaches(recorded, task_time, thresholds.recorded_percent_min) {
        CoverageVerdict::NotRecorded
    } else if reaches(inside, recorded, thresholds.inside_percent_min) {
        CoverageVerdict::Covered
    } else {
        CoverageVerdict::NotCovered
    }
}

/// To which side the stretch from a fix to the next counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// Inside the fence.
    Inside,
    /// Outside it.
    Outside,
    /// To neither, with the likely cause.
    Nowhere(Cause),
}

/// The side of each interval between neighbouring fixes, by the rules of [`coverage`]. The fixes must be in order.
pub fn sides(fixes: &[TimedFix], fences: &Fences, thresholds: &Thresholds) -> Vec<Side> {
    let judge = Judge { areas: fences.areas(), thresholds };
    fixes.iter().zip(fixes.iter().skip(1)).map(|(fix, next)| judge.side(fix, next)).collect()
}

struct Judge<'a> {
    areas: Areas,
    thresholds: &'a Thresholds,
}

impl Judge<'_> {
    fn day(&self, fixes: &[TimedFix], day: Interval, silences: &mut Silences) -> DayCoverage {
        let Interval { from, to } = Interval { from: day.from, to: day.to.max(day.from) };
        let mut sums = DayCoverage { from, to, inside_ms: 0, outside_ms: 0, not_recorded_ms: 0 };
        let first = fixes.partition_point(|fix| fix.at <= from).saturating_sub(1);
        let fixes = fixes.get(first..).unwrap_or_default();
        let mut told_until = from;
        for (fix, next) in fixes.iter().zip(fixes.iter().skip(1)) {
            if fix.at >= to {
                break;
            }
            let (start, end) = (fix.at.max(from), next.at.min(to));
            if start >= end {
                continue;
            }
            if told_until < start {
                silences.add(told_until, start, None);
            }
            let length_ms = end.ms_since(start);
            match self.side(fix, next) {
                Side::Inside => sums.inside_ms = sums.inside_ms.saturating_add(length_ms),
                Side::Outside => sums.outside_ms = sums.outside_ms.saturating_add(length_ms),
                Side::Nowhere(cause) => silences.add(start, end, Some(cause)),
            }
            told_until = end;
        }
        if told_until < to {
            silences.add(told_until, to, None);
        }
        sums.not_recorded_ms = to.ms_since(from).saturating_sub(sums.inside_ms).saturating_sub(sums.outside_ms);
        sums
    }

    fn side(&self, fix: &TimedFix, next: &TimedFix) -> Side {
        let place = fix.fix;
        if next.at.ms_since(fix.at) > self.thresholds.gap_ms_max {
            Side::Nowhere(Cause::Unknown)
        } else if let Some(cause) = self.nowhere(fix) {
            Side::Nowhere(cause)
        } else if self.areas.contains(place.lat_e6, place.lon_e6) {
            Side::Inside
        } else {
            Side::Outside
        }
    }

    /// Why a fix does not count, if it does not.
    fn nowhere(&self, fix: &TimedFix) -> Option<Cause> {
        let TimedFix { fix, .. } = fix;
        if fix.mock {
            Some(Cause::Mock)
        } else if fix.provider != Provider::Gnss {
            Some(Cause::NotGnss)
        } else if fix.accuracy_m > self.thresholds.accuracy_m_max || fix.accuracy_m == u8::MAX {
            Some(Cause::PoorAccuracy)
        } else {
            None
        }
    }
}

#[cfg(test)]
#[path = "coverage_tests.rs"]
mod tests;
