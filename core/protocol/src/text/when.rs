//! Instants as people say them, in UTC+8.

use super::{Arg, Language, Text as T, Tone, say, say_with};
use chrono::{Datelike, NaiveDate, Timelike};
use firebee_domain::{
    task::Stamp,
    time::{Bound, Month, NEVER, Timestamp},
};

const MINUTE_MS: i64 = 60_000;
/// The widest bound, in milliseconds, that is shown as one instant.
const SURE_MS: i64 = 10_000;
/// A bound up to this wide is told by its middle.
const ABOUT_MS: i64 = 20 * MINUTE_MS;
/// A phone's clock that is further off than this is told.
const SKEW_MS: i64 = 2 * MINUTE_MS;
/// How near a deadline must be to be shown as urgent.
const NEAR_DAYS: i32 = 3;

/// An instant, as people say it and exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// Seen from now: "today 14:02".
    pub text: String,
    /// Day and second in UTC+8.
    pub exact: String,
    /// The instant.
    pub at: Timestamp,
    /// Of the time of a fact: what is proved of it, what the phone's clocks state, and what its wall clock showed.
    /// `None` of a time that the server's own clock gave.
    pub sure: Option<String>,
}

impl When {
    /// Time and sureness in one line, for a sentence that names it: "today 14:02 (Proved to within 3 seconds.)".
    #[must_use]
    pub fn told(&self, language: Language) -> String {
        match &self.sure {
            Some(sure) => {
                say_with(language, T::WordTimeSure, &[("time", Arg::from(&self.text)), ("sure", Arg::from(sure))])
            }
            None => self.text.clone(),
        }
    }
}

/// How much of a period is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// "3 days left".
    pub text: String,
    /// Whether it presses.
    pub tone: Tone,
    /// Days after today until the last day; negative when that is over.
    pub days: i32,
}

/// An instant of the server's clock, seen from `now`: "today 14:02". The time of a fact is told by [`moment`].
#[must_use]
pub fn when(language: Language, now: Timestamp, at: Timestamp) -> When {
    let Some(local) = at.china_time() else {
        let number = at.0.to_string();
        return When { text: number.clone(), exact: number, at, sure: None };
    };
    let clock = format!("{:02}:{:02}", local.hour(), local.minute());
    let (day, today) = (local.date(), now.china_day());
    let text = if day == today {
        say_with(language, T::WordTimeToday, &[("time", Arg::from(&clock))])
    } else if day.succ_opt() == Some(today) {
        say_with(language, T::WordTimeYesterday, &[("time", Arg::from(&clock))])
    } else {
        format!("{} {clock}", date_near(language, today, day))
    };
    When { text, exact: local.format("%Y-%m-%d %H:%M:%S").to_string(), at, sure: None }
}

/// A day, with its year.
#[must_use]
pub fn date(language: Language, day: NaiveDate) -> String {
    let values = [("year", Arg::from(day.year())), ("month", Arg::from(day.month())), ("day", Arg::from(day.day()))];
    say_with(language, T::WordTimeDate, &values)
}

/// A day of this year without its year.
fn date_near(language: Language, today: NaiveDate, day: NaiveDate) -> String {
    if day.year() != today.year() {
        return date(language, day);
    }
    say_with(language, T::WordTimeDay, &[("month", Arg::from(day.month())), ("day", Arg::from(day.day()))])
}

/// A month.
#[must_use]
pub fn month(language: Language, month: Month) -> String {
    say_with(language, T::WordTimeMonth, &[("year", Arg::from(month.year)), ("month", Arg::from(month.month))])
}

/// Minutes, rounded. Anything above zero shows as at least one.
#[must_use]
pub fn minutes(language: Language, ms: i64) -> String {
    let minutes = if ms > 0 { ((ms + MINUTE_MS / 2) / MINUTE_MS).max(1) } else { 0 };
    say_with(language, T::WordTimeMinutes, &[("minutes", Arg::from(minutes))])
}

/// How near a deadline is.
#[must_use]
pub fn left(language: Language, today: NaiveDate, last: NaiveDate) -> Left {
    let days = last.signed_duration_since(today).num_days();
    let days = i32::try_from(days).unwrap_or(if days < 0 { i32::MIN } else { i32::MAX });
    let (text, tone) = match days {
        i32::MIN..0 => (T::WordTimeOver, Tone::Late),
        0 => (T::WordTimeLastDay, Tone::Waiting),
        _ => (T::WordTimeDaysLeft, if days <= NEAR_DAYS { Tone::Waiting } else { Tone::Untestable }),
    };
    Left { text: say_with(language, text, &[("days", Arg::from(days))]), tone, days }
}

/// When something was recorded, as people say it, and how sure that is. An interval that is too wide for one instant is told as an interval: its
/// middle would be a time at which nothing happened, and after a jump of the server's clock one in the future.
#[must_use]
pub fn moment(language: Language, now: Timestamp, stamp: &Stamp) -> When {
    let at = instant(stamp);
    let said = |at: Timestamp| when(language, now, at);
    let sure = Some(sureness(language, now, stamp));
    let wide = stamp.best().filter(|bound| bound.width_ms() > ABOUT_MS);
    let Some(bound) = wide else { return When { sure, ..said(at) } };
    let (from, to) = (said(bound.earliest), said(bound.latest));
    let tell = |from: &str, to: &str| {
        if bound.earliest > NEVER {
            say_with(language, T::WordTimeBetween, &[("from", Arg::from(from)), ("to", Arg::from(to))])
        } else {
            say_with(language, T::WordTimeUntil, &[("to", Arg::from(to))])
        }
    };
    When { text: tell(&from.text, &to.text), exact: tell(&from.exact, &to.exact), at, sure }
}

/// The instant to sort by: the middle of the stated interval, else of the proved one, else the phone's own clock.
#[must_use]
pub fn instant(stamp: &Stamp) -> Timestamp {
    stamp.best().map_or(stamp.wall_ms, Bound::middle)
}

/// The order of events: by the instant to show, and where that is the same by the phone's own clock.
#[must_use]
pub fn order(stamp: &Stamp) -> (Timestamp, Timestamp) {
    (instant(stamp), stamp.wall_ms)
}

/// How an interval is told, by its width.
struct Words {
    seconds: T,
    minutes: T,
    between: T,
    before: T,
}

const PROVED: Words = Words {
    seconds: T::WordSureProved,
    minutes: T::WordSureAbout,
    between: T::WordSureBetween,
    before: T::WordSureBefore,
};
const STATED: Words = Words {
    seconds: T::WordStatedSeconds,
    minutes: T::WordStatedMinutes,
    between: T::WordStatedBetween,
    before: T::WordSureBefore,
};

fn told(language: Language, now: Timestamp, bound: Bound, words: &Words) -> String {
    let half = |unit_ms: i64| Arg::from((bound.width_ms() / 2 + unit_ms - 1) / unit_ms);
    let known = bound.earliest > NEVER;
    if bound.width_ms() <= SURE_MS {
        say_with(language, words.seconds, &[("seconds", half(1_000))])
    } else if bound.width_ms() <= ABOUT_MS && known {
        say_with(language, words.minutes, &[("minutes", half(MINUTE_MS))])
    } else if known {
        let (from, to) = (when(language, now, bound.earliest).text, when(language, now, bound.latest).text);
        say_with(language, words.between, &[("from", Arg::from(from)), ("to", Arg::from(to))])
    } else {
        before(language, now, bound, words)
    }
}

fn before(language: Language, now: Timestamp, bound: Bound, words: &Words) -> String {
    let to = when(language, now, bound.latest).text;
    say_with(language, words.before, &[("to", Arg::from(to))])
}

/// How sure an instant is, in words: what is proved, what the phone's clocks state, and its wall clock where that is
/// far off or nothing better is known than a wide interval.
fn sureness(language: Language, now: Timestamp, stamp: &Stamp) -> String {
    let Some(time) = stamp.time else { return say(language, T::WordSureNot) };
    let contradicted = time.time_contradiction;
    let proved = match time.proved.width_ms() {
        // Sources that exclude each other leave a point that none of them showed. Only its end holds.
        0 if contradicted => before(language, now, time.proved, &PROVED),
        0 => say(language, T::WordSureServer),
        _ => told(language, now, time.proved, &PROVED),
    };
    // What was cut to fit is not what the clocks said.
    let narrower = time.stated.filter(|stated| !contradicted && stated.width_ms() < time.proved.width_ms());
    let stated = narrower.map(|stated| told(language, now, stated, &STATED));
    let contradiction = contradicted.then(|| say(language, T::WordSureContradiction));
    let off_ms = stamp.wall_ms.ms_since(instant(stamp));
    let best_ms = time.best().width_ms();
    let skewed = best_ms > ABOUT_MS || off_ms.saturating_abs() > SKEW_MS + best_ms / 2;
    let skew = skewed.then(|| {
        let shown = when(language, now, stamp.wall_ms).text;
        say_with(language, T::WordSureSkew, &[("time", Arg::from(shown))])
    });
    [Some(proved), stated, contradiction, skew].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use firebee_domain::time::TrustedTime;

    /// 2026-05-20 14:02 in UTC+8.
    const NOON: Timestamp = Timestamp(1_779_256_920_000);

    #[test]
    fn an_instant_is_told_as_seen_from_today() {
        let told = |language, ms: i64| when(language, NOON, NOON.plus_ms(ms)).text;
        assert_eq!(told(Language::Zh, 0), "今天 14:02");
        assert_eq!(told(Language::En, -86_400_000), "yesterday 14:02");
        assert_eq!(told(Language::Zh, -3 * 86_400_000), "5月17日 14:02");
        assert_eq!(told(Language::En, -3 * 86_400_000), "17 May 14:02");
        assert_eq!(told(Language::Zh, -300 * 86_400_000), "2025年7月24日 14:02");
        assert_eq!(when(Language::Zh, NOON, NOON).exact, "2026-05-20 14:02:00");
    }

    #[test]
    fn a_deadline_presses_more_the_nearer_it_is() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 5, day).unwrap();
        let told = |last| left(Language::Zh, day(20), day(last));
        assert_eq!(told(30), Left { text: "还有 10 天".into(), tone: Tone::Untestable, days: 10 });
        assert_eq!(told(21), Left { text: "还有 1 天".into(), tone: Tone::Waiting, days: 1 });
        assert_eq!(told(20), Left { text: "今天是最后一天".into(), tone: Tone::Waiting, days: 0 });
        assert_eq!(told(19), Left { text: "已过期".into(), tone: Tone::Late, days: -1 });
    }

    fn proved(wall_ms: Timestamp, bound: Bound) -> Stamp {
        let time = TrustedTime { proved: bound, stated: None, time_contradiction: false };
        Stamp { wall_ms, time: Some(time) }
    }

    #[test]
    fn how_sure_a_time_is_has_a_word_for_every_width() {
        let stamp = |width_ms: i64, wall_ms: i64| {
            proved(NOON.plus_ms(wall_ms), Bound { earliest: NOON.plus_ms(-width_ms), latest: NOON })
        };
        let told = |stamp: Stamp| moment(Language::Zh, NOON, &stamp).sure.unwrap();
        let words = [0, 4_000, 600_000, 7_200_000, NOON.0].map(|width| told(stamp(width, -width / 2)));
        let unlike: std::collections::BTreeSet<&String> = words.iter().collect();
        assert_eq!(unlike.len(), words.len(), "{words:?}");
        assert!(told(stamp(4_000, 3_600_000)).contains("15:02"), "a clock an hour ahead is told");
        assert_eq!(told(Stamp::unproved(NOON)), say(Language::Zh, T::WordSureNot));
        let split = stamp(4_000, 0);
        let time = split.time.map(|time| TrustedTime { time_contradiction: true, ..time });
        assert!(told(Stamp { time, ..split }).contains(&say(Language::Zh, T::WordSureContradiction)));
    }

    #[test]
    fn what_is_proved_and_what_the_clocks_state_are_told_apart() {
        let day = Bound { earliest: NOON.plus_ms(-36_000_000), latest: NOON.plus_ms(3_600_000) };
        let second = Bound { earliest: NOON.plus_ms(-1_000), latest: NOON.plus_ms(1_000) };
        let time = TrustedTime { proved: day, stated: Some(second), time_contradiction: false };
        let stamp = Stamp { wall_ms: NOON, time: Some(time) };
        assert_eq!(instant(&stamp), NOON);
        let told = sureness(Language::En, NOON, &stamp);
        assert!(told.contains("between today 04:02 and today 15:02") && told.contains("within 1 second"), "{told}");
    }

    /// where nothing but a wide interval is proved, the phone's clock stands beside it.
    #[test]
    fn r_128_a_wide_interval_is_told_with_the_phones_clock_and_a_time_of_the_server_with_nothing() {
        let shift = Bound { earliest: NOON.plus_ms(-17_400_000), latest: NOON.plus_ms(16_680_000) };
        let told = |language| moment(language, NOON, &proved(NOON, shift));
        let english = told(Language::En);
        assert_eq!(
            english.sure.as_deref(),
            Some("Proved only to lie between today 09:12 and today 18:40. The phone's clock showed today 14:02.")
        );
        assert_eq!(
            told(Language::Zh).told(Language::Zh),
            "今天 09:12 至 今天 18:40 之间（只能证实在今天 09:12与今天 18:40之间。 手机时钟当时显示今天 14:02。）"
        );
        assert_eq!(
            (when(Language::En, NOON, NOON).sure, when(Language::En, NOON, NOON).told(Language::En)),
            (None, "today 14:02".into())
        );
    }

    /// Sources that exclude each other are clipped until they fit. What comes of that was said by no clock.
    #[test]
    fn a_contradicted_time_is_not_told_as_exact() {
        let point = Bound { earliest: NOON, latest: NOON };
        let hour = Bound { earliest: NOON.plus_ms(-3_600_000), latest: NOON };
        let told = |proved, stated, time_contradiction| {
            let time = Some(TrustedTime { proved, stated, time_contradiction });
            sureness(Language::En, NOON, &Stamp { wall_ms: NOON, time })
        };
        assert_eq!(told(point, None, false), "The server's time.");
        assert!(told(hour, Some(point), false).contains("within 0 seconds"));
        let contradiction = say(Language::En, T::WordSureContradiction);
        let clipped = told(hour, Some(point), true);
        assert!(clipped.contains("between") && clipped.ends_with(&contradiction), "{clipped}");
        assert!(!clipped.contains("within"), "{clipped}");
        let refuted = told(point, None, true);
        assert_eq!(refuted, format!("Proved only to be no later than today 14:02. {contradiction}"));
    }

    /// The server's clock once ran ten days ahead: what was recorded meanwhile has a wide interval, and no middle that lies
    /// in the future.
    #[test]
    fn a_wide_interval_is_shown_as_such_and_never_by_its_middle() {
        let stamp = |from_ms: i64, to_ms: i64| {
            proved(NOON, Bound { earliest: NOON.plus_ms(from_ms), latest: NOON.plus_ms(to_ms) })
        };
        let told = |language, from_ms, to_ms| moment(language, NOON, &stamp(from_ms, to_ms));
        let jump = told(Language::En, -3_600_000, 10 * 86_400_000);
        assert_eq!(jump.text, "between today 13:02 and 30 May 14:02");
        assert_eq!(jump.exact, "between 2026-05-20 13:02:00 and 2026-05-30 14:02:00");
        assert_eq!(told(Language::Zh, -3_600_000, 10 * 86_400_000).text, "今天 13:02 至 5月30日 14:02 之间");
        assert_eq!(told(Language::En, -NOON.0, 0).text, "not after today 14:02", "nothing is known of the earliest");
        assert_eq!(told(Language::En, -2_000, 2_000).text, "today 14:02", "one instant where it is sure");
        assert_eq!(moment(Language::En, NOON, &Stamp::unproved(NOON)).text, "today 14:02");
    }

    /// A page is shown even when a phone's clock is far off.
    #[test]
    fn an_instant_beyond_the_calendar_is_shown_as_its_number() {
        for ms in [8_210_266_848_000_000, 8_210_266_876_799_999, 1 << 53, -(1 << 53), i64::MAX, i64::MIN] {
            let at = Timestamp(ms);
            assert_eq!(when(Language::En, NOON, at).text, ms.to_string());
            let bound = Bound { earliest: Timestamp(0), latest: NOON };
            assert!(!sureness(Language::En, NOON, &proved(at, bound)).is_empty());
        }
    }
}
