//! Whether a submission came before a deadline.

use super::{Bound, Timestamp, TrustedTime};
use serde::{Deserialize, Serialize};

/// The longest proved interval, in milliseconds, within which the phone's clocks may decide: 31 days.
pub const STATED_STRETCH_MAX_MS: i64 = 31 * 86_400_000;

/// What decides where a deadline lies within the proved interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cutoff {
    /// What the phone's clocks state.
    #[default]
    Stated,
    /// When the server received it.
    Receipt,
}

/// What decided whether a submission came in time. Reports say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DecidedBy {
    /// The proved interval lies on one side of the deadline.
    Proof,
    /// The phone's clocks.
    PhoneClock,
    /// The receipt.
    Receipt,
}

/// Whether a submission came in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Timeliness {
    /// It came before the deadline.
    pub in_time: bool,
    /// What decided so.
    pub by: DecidedBy,
}

/// whether a submission counts as made before `deadline`, the first instant that is too late. Proof decides when
/// the whole proved interval lies on one side of it. Otherwise `cutoff` names what decides. The phone's clocks decide
/// only when they state something and the proved interval is at most 31 days long: the deadline is met when the stated
/// interval ends before it. In all other cases the receipt decides: it is the end of the proved interval, so the
/// deadline is missed.
pub fn submitted_in_time(time: TrustedTime, deadline: Timestamp, cutoff: Cutoff) -> Timeliness {
    let Bound { earliest, latest } = time.proved;
    if latest < deadline {
        return Timeliness { in_time: true, by: DecidedBy::Proof };
    }
    if deadline <= earliest {
        return Timeliness { in_time: false, by: DecidedBy::Proof };
    }
    match time.stated.filter(|_| cutoff == Cutoff::Stated && time.proved.width_ms() <= STATED_STRETCH_MAX_MS) {
        Some(stated) => Timeliness { in_time: stated.latest < deadline, by: DecidedBy::PhoneClock },
        None => Timeliness { in_time: false, by: DecidedBy::Receipt },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::china_midnight;
    use chrono::NaiveDate;

    const HOUR_MS: i64 = 3_600_000;

    /// The first instant of June: R-221 takes 23:59:59 of the last day of May.
    fn june() -> Timestamp {
        china_midnight(NaiveDate::from_ymd_opt(2026, 6, 1).unwrap())
    }

    fn time(proved_h: [i64; 2], stated_ms: Option<[i64; 2]>) -> TrustedTime {
        let bound = |[from, to]: [i64; 2]| Bound { earliest: june().plus_ms(from), latest: june().plus_ms(to) };
        let stated = stated_ms.map(bound);
        TrustedTime { proved: bound(proved_h.map(|hours| hours * HOUR_MS)), stated, time_contradiction: false }
    }

    fn told(time: TrustedTime, cutoff: Cutoff) -> (bool, DecidedBy) {
        let Timeliness { in_time, by } = submitted_in_time(time, june(), cutoff);
        (in_time, by)
    }

    #[test]
    fn r_128_a_proof_decides_whatever_the_phone_states_and_the_setting_says() {
        for cutoff in [Cutoff::Stated, Cutoff::Receipt] {
            assert_eq!(told(time([-9, -1], Some([-HOUR_MS, -HOUR_MS])), cutoff), (true, DecidedBy::Proof));
            assert_eq!(told(time([0, 5], Some([0, 1])), cutoff), (false, DecidedBy::Proof));
        }
    }

    #[test]
    fn r_128_between_them_the_setting_decides() {
        let evening = time([-20, 9], Some([-2_000, -1]));
        assert_eq!(told(evening, Cutoff::Stated), (true, DecidedBy::PhoneClock));
        assert_eq!(told(evening, Cutoff::Receipt), (false, DecidedBy::Receipt));
        assert_eq!(told(time([-20, 9], Some([-2_000, 0])), Cutoff::Stated), (false, DecidedBy::PhoneClock));
        assert_eq!(told(time([-20, 9], None), Cutoff::Stated), (false, DecidedBy::Receipt));
    }

    #[test]
    fn r_128_after_more_than_31_days_without_the_server_the_receipt_decides() {
        let stretch = |days: i64| time([-24 * days + 1, 1], Some([-2_000, -1]));
        assert_eq!(told(stretch(31), Cutoff::Stated), (true, DecidedBy::PhoneClock));
        assert_eq!(told(stretch(32), Cutoff::Stated), (false, DecidedBy::Receipt));
    }
}
