//! Whether a submission came before a deadline.

use super::{Bound, Timestamp, TrustedTime};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

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

/// Whether a submission came in time. Only one that came in time may stand in the report of its period.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Punctuality {
    /// It came before the deadline.
    InTime,
    /// It came later: proved, or stated by the phone's clocks.
    Late,
    /// Nothing shows that it came before the deadline, so its receipt counts, which is later.
    NotProvable,
}

/// Whether a submission came in time, and what decided so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Timeliness {
    /// Whether it came before the deadline.
    pub verdict: Punctuality,
    /// What decided so.
    pub by: DecidedBy,
}

impl Timeliness {
    const fn new(verdict: Punctuality, by: DecidedBy) -> Self {
        Self { verdict, by }
    }
}

/// whether a submission counts as made before `deadline`, the first instant that is too late. Proof decides when
/// the whole proved interval lies on one side of it. Otherwise `cutoff` names what decides. The phone's clocks decide
/// only when they state something, the proved interval is at most 31 days long, and the whole stated interval lies on one
/// side of the deadline. In all other cases the receipt decides: it is the end of the proved interval, so the
/// submission does not count as made in time, and nothing shows that it was late either.
pub fn submitted_in_time(time: TrustedTime, deadline: Timestamp, cutoff: Cutoff) -> Timeliness {
    let Bound { earliest, latest } = time.proved;
    if latest < deadline {
        return Timeliness::new(Punctuality::InTime, DecidedBy::Proof);
    }
    if deadline <= earliest {
        return Timeliness::new(Punctuality::Late, DecidedBy::Proof);
    }
    match time.stated.filter(|_| cutoff == Cutoff::Stated && time.proved.width_ms() <= STATED_STRETCH_MAX_MS) {
        Some(stated) if stated.latest < deadline => Timeliness::new(Punctuality::InTime, DecidedBy::PhoneClock),
        Some(stated) if deadline <= stated.earliest => Timeliness::new(Punctuality::Late, DecidedBy::PhoneClock),
        Some(_) | None => Timeliness::new(Punctuality::NotProvable, DecidedBy::Receipt),
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

    const IN_TIME: Punctuality = Punctuality::InTime;
    const LATE: Punctuality = Punctuality::Late;
    const NOT_PROVABLE: Punctuality = Punctuality::NotProvable;

    fn told(time: TrustedTime, cutoff: Cutoff) -> (Punctuality, DecidedBy) {
        let Timeliness { verdict, by } = submitted_in_time(time, june(), cutoff);
        (verdict, by)
    }

    #[test]
    fn r_128_a_proof_decides_whatever_the_phone_states_and_the_setting_says() {
        for cutoff in [Cutoff::Stated, Cutoff::Receipt] {
            assert_eq!(told(time([-9, -1], Some([-HOUR_MS, -HOUR_MS])), cutoff), (IN_TIME, DecidedBy::Proof));
            assert_eq!(told(time([0, 5], Some([0, 1])), cutoff), (LATE, DecidedBy::Proof));
        }
    }

    #[test]
    fn r_128_between_them_the_setting_decides() {
        let evening = time([-20, 9], Some([-2_000, -1]));
        assert_eq!(told(evening, Cutoff::Stated), (IN_TIME, DecidedBy::PhoneClock));
        assert_eq!(told(evening, Cutoff::Receipt), (NOT_PROVABLE, DecidedBy::Receipt));
        assert_eq!(told(time([-20, 9], Some([-2_000, 0])), Cutoff::Stated), (NOT_PROVABLE, DecidedBy::Receipt));
        assert_eq!(told(time([-20, 9], Some([0, 2_000])), Cutoff::Stated), (LATE, DecidedBy::PhoneClock));
        assert_eq!(told(time([-20, 9], None), Cutoff::Stated), (NOT_PROVABLE, DecidedBy::Receipt));
    }

    #[test]
    fn r_128_after_more_than_31_days_without_the_server_the_receipt_decides() {
        let stretch = |days: i64| time([-24 * days + 1, 1], Some([-2_000, -1]));
        assert_eq!(told(stretch(31), Cutoff::Stated), (IN_TIME, DecidedBy::PhoneClock));
        assert_eq!(told(stretch(32), Cutoff::Stated), (NOT_PROVABLE, DecidedBy::Receipt));
    }
}
