//! By when a submission is due, and whether it came in time.

use crate::{
    task::{Stamp, Task},
    time::{Cutoff, Timeliness, china_midnight, submitted_in_time},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// By when a task's submission is due, as it stood when the task began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Due {
    /// The last day that is in time, in UTC+8: the end of the plan's month, quarter or year.
    pub last_day: NaiveDate,
    /// What the firm decides by where proof does not.
    pub cutoff: Cutoff,
}

impl Due {
    /// Whether what was handed in `at` came in time; `None` before the server has placed it in time. The whole last day
    /// is in time.
    pub fn judge(&self, at: Stamp) -> Option<Timeliness> {
        let too_late = china_midnight(self.last_day.succ_opt()?);
        at.time.map(|time| submitted_in_time(time, too_late, self.cutoff))
    }

    /// Whether the last round of a task came in time; `None` before it is handed in.
    pub fn of_last_round(&self, task: &Task) -> Option<Timeliness> {
        self.judge(task.last_submission()?.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{Bound, DecidedBy, Punctuality, Timestamp, TrustedTime};

    fn due(day: &str) -> Due {
        Due { last_day: day.parse().unwrap(), cutoff: Cutoff::Stated }
    }

    /// 23:59:59 of the last day is in time, also at the end of a February, a quarter and a year; the next
    /// second is late. Proof and the phone's clocks draw the line at the same second.
    #[test]
    fn r_221_r_224_the_whole_last_day_is_in_time() {
        let ends = [
            ("2027-02-28", "2027-03-01"),
            ("2028-02-29", "2028-03-01"),
            ("2026-06-30", "2026-07-01"),
            ("2026-12-31", "2027-01-01"),
        ];
        for (day, next) in ends {
            let midnight = china_midnight(next.parse().unwrap());
            let proved = |ms| due(day).judge(Stamp::of_server(midnight.plus_ms(ms))).unwrap();
            let proof = DecidedBy::Proof;
            assert_eq!(proved(-1_000), Timeliness { verdict: Punctuality::InTime, by: proof }, "{day}");
            assert_eq!(proved(0), Timeliness { verdict: Punctuality::Late, by: proof }, "{day}");
            let stated = |ms| {
                let proved = Bound { earliest: midnight.plus_ms(-86_400_000), latest: midnight.plus_ms(86_400_000) };
                let stated = Some(Bound::at(midnight.plus_ms(ms)));
                let time = Some(TrustedTime { proved, stated, time_contradiction: false });
                due(day).judge(Stamp { wall_ms: midnight, time }).unwrap()
            };
            let clock = DecidedBy::PhoneClock;
            assert_eq!(stated(-1_000), Timeliness { verdict: Punctuality::InTime, by: clock }, "{day}");
            assert_eq!(stated(0), Timeliness { verdict: Punctuality::Late, by: clock }, "{day}");
        }
    }

    #[test]
    fn r_128_the_phones_wall_clock_alone_says_nothing() {
        assert_eq!(due("2026-12-31").judge(Stamp::unproved(Timestamp(0))), None);
    }
}
