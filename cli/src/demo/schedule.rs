//! The schedule of the story: spreads the walks over sites and tasks, and lays out the days.

use super::gpx::{Walk, WalkPoint};
use firebee_domain::{
    geofence::Position,
    time::{Month, Timestamp, china_midnight},
};

/// Two operators share the work.
pub const OPERATORS: usize = 2;
/// A walk that begins this near to a site belongs to it.
const SITE_REACH_M: f64 = 1_000.0;
/// How long work takes without a walk. With a walk it takes at least as long.
const WORK_MS: i64 = 40 * MINUTE_MS;
/// The way to the next task.
const BREAK_MS: i64 = 30 * MINUTE_MS;
/// Work begins at this time of the day.
const MORNING_MS: i64 = 8 * HOUR_MS;
/// No task begins later than this time of the day.
const EVENING_MS: i64 = 18 * HOUR_MS;
/// Sign-in and plan come before the first task.
const BEFORE_MS: i64 = HOUR_MS;
/// Rejection, mending, review and all chapters behind them come after the last task.
const AFTER_MS: i64 = 6 * HOUR_MS;
/// Where the story plays when there is no walk: in Xining.
const HOME_E6: [i32; 2] = [36_617_000, 101_778_000];

/// The fire service draws its sample of a week when the week is over.
pub const WEEK_MS: i64 = 7 * DAY_MS;

/// The story goes on into the next month: from its end, so much time may pass.
const NEXT_MONTH_MS: i64 = 35 * DAY_MS;

/// A day in milliseconds.
pub const DAY_MS: i64 = 24 * HOUR_MS;
/// An hour in milliseconds.
pub const HOUR_MS: i64 = 60 * MINUTE_MS;
/// A minute in milliseconds.
pub const MINUTE_MS: i64 = 60_000;

/// One task of one operator at one site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// The site's number.
    pub site: usize,
    /// The operator's number.
    pub operator: usize,
    /// The numbers of the walks that are walked during it, one after the other.
    pub walks: Vec<usize>,
    /// When it begins.
    pub start: Timestamp,
    /// How long it takes, in milliseconds.
    pub length_ms: i64,
}

/// The whole story's times and places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Where the projects lie: at the first fix of the first walk there.
    pub sites: Vec<Position>,
    /// The tasks, in the order in which each operator works.
    pub jobs: Vec<Job>,
    /// When the story begins, with the plan's month.
    pub begin: Timestamp,
}

/// Lays out the story so that the next month's part ends before `now` and the rest, if it can, lies within one month. A site takes at most
/// `jobs_per_site_max` tasks: as many as it has items.
pub fn schedule(walks: &[Walk], jobs_per_site_max: usize, now: Timestamp) -> Schedule {
    let (sites, at_site) = sites(walks);
    let mut jobs = Vec::new();
    for (site, here) in at_site.into_iter().enumerate() {
        // Both operators have work at the first site, however few walks there are.
        let least = if site == 0 { OPERATORS } else { 1 };
        let count = here.len().clamp(least, jobs_per_site_max.max(least));
        let first = jobs.len();
        jobs.extend((0..count).map(|number| Job {
            site,
            operator: (first + number) % OPERATORS,
            walks: here.iter().skip(number).step_by(count).copied().collect(),
            start: Timestamp(0),
            length_ms: 0,
        }));
    }
    for job in &mut jobs {
        let walked: i64 = job.walks.iter().filter_map(|walk| walks.get(*walk)).map(walked_ms).sum();
        job.length_ms = walked.max(WORK_MS) + MINUTE_MS;
    }
    let end = lay_out(&mut jobs, Timestamp(0));
    let begin = begin(now.plus_ms(-NEXT_MONTH_MS), end.0 + AFTER_MS);
    lay_out(&mut jobs, begin);
    Schedule { sites, jobs, begin }
}

/// How long a walk takes in a task: its own time, and a minute to the next.
pub fn walked_ms(walk: &Walk) -> i64 {
    let ends = walk.points.first().zip(walk.points.last());
    ends.map_or(0, |(first, last)| last.at.ms_since(first.at)) + MINUTE_MS
}

fn sites(walks: &[Walk]) -> (Vec<Position>, Vec<Vec<usize>>) {
    let mut sites: Vec<Position> = Vec::new();
    let mut at_site: Vec<Vec<usize>> = Vec::new();
    for (number, walk) in walks.iter().enumerate() {
        let Some(start) = walk.points.first().and_then(position) else { continue };
        let near = sites.iter().position(|site| site.distance_m(start) <= SITE_REACH_M);
        match near.and_then(|site| at_site.get_mut(site)) {
            Some(here) => here.push(number),
            None => {
                sites.push(start);
                at_site.push(vec![number]);
            }
        }
    }
    if sites.is_empty() {
        let [lat_e6, lon_e6] = HOME_E6;
        sites.extend(Position::new(lat_e6, lon_e6));
        at_site.push(Vec::new());
    }
    (sites, at_site)
}

fn position(point: &WalkPoint) -> Option<Position> {
    Position::new(point.lat_e6, point.lon_e6).ok()
}

/// Gives each task its start, in working hours; `begin` is in the morning. Gives the end of the last.
fn lay_out(jobs: &mut [Job], begin: Timestamp) -> Timestamp {
    let mut free = [begin.plus_ms(BEFORE_MS); OPERATORS];
    for job in jobs.iter_mut() {
        let Some(free) = free.get_mut(job.operator) else { continue };
        let of_day = MORNING_MS + free.ms_since(begin).rem_euclid(DAY_MS);
        let ends_today = of_day + job.length_ms < DAY_MS - HOUR_MS;
        let fresh = of_day < MORNING_MS + 2 * BEFORE_MS;
        if !(fresh || of_day < EVENING_MS && ends_today) {
            *free = free.plus_ms(DAY_MS - (of_day - MORNING_MS) % DAY_MS);
        }
        job.start = *free;
        *free = free.plus_ms(job.length_ms + BREAK_MS);
    }
    free.into_iter().fold(begin, Timestamp::max)
}

/// The latest morning that is at least `length_ms` before `now`. When a month would end in between, a morning of the
/// month before.
fn begin(now: Timestamp, length_ms: i64) -> Timestamp {
    let morning_before = |end: Timestamp| {
        let latest = end.plus_ms(-length_ms - MORNING_MS);
        china_midnight(latest.china_day()).plus_ms(MORNING_MS)
    };
    let month = |at: Timestamp| Month::of(at.china_day());
    let begin = morning_before(now);
    if month(begin) == month(begin.plus_ms(length_ms)) {
        return begin;
    }
    let turn = month(begin.plus_ms(length_ms)).map_or(now, |month| china_midnight(month.first_day()));
    let earlier = morning_before(turn.plus_ms(-1));
    if month(earlier) == month(earlier.plus_ms(length_ms)) { earlier } else { begin }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(minutes: i64, lat_e6: i32) -> Walk {
        let at = |ms| Timestamp(1_280_000_000_000 + ms);
        let point = |ms, off| WalkPoint { at: at(ms), lat_e6: lat_e6 + off, lon_e6: 14_000_000 };
        Walk { points: vec![point(0, 0), point(minutes * MINUTE_MS, 900)] }
    }

    /// 2026-11-22 19:00 in UTC+8.
    const NOW: Timestamp = Timestamp(1_795_345_200_000);

    #[test]
    fn without_a_walk_both_operators_work_at_home() {
        let schedule = schedule(&[], 20, NOW);
        assert_eq!(schedule.sites.len(), 1);
        assert_eq!(schedule.jobs.iter().map(|job| job.operator).collect::<Vec<_>>(), [0, 1]);
    }

    #[test]
    fn every_walk_is_walked_once_and_a_far_one_has_a_site_of_its_own() {
        let walks: Vec<Walk> =
            (0..7).map(|number| walk(50, if number < 5 { 45_000_000 } else { 46_000_000 })).collect();
        for most in [1, 2, 3, 20] {
            let schedule = schedule(&walks, most, NOW);
            let mut walked: Vec<usize> = schedule.jobs.iter().flat_map(|job| job.walks.clone()).collect();
            walked.sort_unstable();
            assert_eq!((walked, schedule.sites.len()), ((0..7).collect(), 2));
            assert!(schedule.jobs.len() <= 2 * most.max(OPERATORS), "{most}");
        }
    }

    #[test]
    fn an_operators_tasks_follow_each_other_before_now_and_begin_in_working_hours() {
        let walks: Vec<Walk> = (0..9).map(|number| walk(60 + 90 * number, 45_000_000)).collect();
        let schedule = schedule(&walks, 20, NOW);
        for operator in 0..OPERATORS {
            let own: Vec<&Job> = schedule.jobs.iter().filter(|job| job.operator == operator).collect();
            for pair in own.windows(2) {
                assert!(pair[1].start >= pair[0].start.plus_ms(pair[0].length_ms + BREAK_MS));
            }
            for job in own {
                let of_day = job.start.ms_since(china_midnight(job.start.china_day()));
                assert!((MORNING_MS..EVENING_MS).contains(&of_day), "{of_day}");
                assert!(job.start.plus_ms(job.length_ms) < NOW && job.start > schedule.begin);
            }
        }
    }

    /// a plan whose month has passed is not received, so the story stays within one.
    #[test]
    fn r_114_the_story_does_not_cross_the_end_of_a_month() {
        for hour in 0..24 * 40 {
            let now = NOW.plus_ms(hour * HOUR_MS);
            let schedule = schedule(&[walk(400, 45_000_000), walk(300, 45_000_000)], 20, now);
            let end = schedule.jobs.iter().map(|job| job.start.plus_ms(job.length_ms + AFTER_MS)).max().unwrap();
            assert!(end <= now, "{hour}");
            assert_eq!(Month::of(schedule.begin.china_day()), Month::of(end.china_day()), "{hour}");
        }
    }
}
