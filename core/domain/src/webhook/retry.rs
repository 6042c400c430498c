//! How often a message is tried, and what an answer means.

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

/// How long each attempt waits after the one before, in milliseconds: a little more than three days in all.
const WAITS_MS: [i64; 10] =
    [0, 5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];

/// How often a message is tried.
pub const ATTEMPTS_MAX: u32 = WAITS_MS.len() as u32;

/// The longest wait that a receiver may ask for, in milliseconds.
const ASKED_MAX_MS: i64 = 24 * HOUR;

/// What an answer means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It has the message.
    Delivered,
    /// It wants no more messages.
    Gone,
    /// It has too much to do: it is tried later than otherwise.
    Busy,
    /// It does not have the message.
    Failed,
}

/// What an HTTP status means. A redirect is a failure: it could lead anywhere.
#[must_use]
pub const fn judge(status: u16) -> Verdict {
    match status {
        200..=299 => Verdict::Delivered,
        410 => Verdict::Gone,
        429 | 502 | 504 => Verdict::Busy,
        _ => Verdict::Failed,
    }
}

/// How long a message waits after `attempts` that failed, in milliseconds; `None` when it is given up. `jitter` of 0 to 255
/// adds up to a fifth, so that not everything comes at once. `asked_s` is what the receiver asked for.
#[must_use]
pub fn wait_ms(attempts: u32, verdict: Verdict, asked_s: Option<u32>, jitter: u8) -> Option<i64> {
    let wait = *WAITS_MS.get(usize::try_from(attempts).ok()?)?;
    let wait = if verdict == Verdict::Busy { wait.max(5 * MINUTE) } else { wait };
    let asked = asked_s.map_or(0, |seconds| i64::from(seconds) * SECOND).min(ASKED_MAX_MS);
    Some(wait.max(asked) + wait / 5 * i64::from(jitter) / 255)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r_388_a_message_is_tried_for_more_than_a_day_and_then_given_up() {
        let all: i64 = (0..ATTEMPTS_MAX).filter_map(|n| wait_ms(n, Verdict::Failed, None, 0)).sum();
        assert!(all > 3 * 24 * HOUR, "{all}");
        assert_eq!(wait_ms(ATTEMPTS_MAX, Verdict::Failed, None, 0), None);
        assert_eq!(wait_ms(1, Verdict::Failed, None, 255), Some(6 * SECOND), "a fifth more");
        assert_eq!(wait_ms(1, Verdict::Busy, None, 0), Some(5 * MINUTE));
        assert_eq!(wait_ms(1, Verdict::Busy, Some(3_600), 0), Some(HOUR), "what it asks for");
        assert_eq!(wait_ms(1, Verdict::Failed, Some(u32::MAX), 0), Some(24 * HOUR), "within reason");
    }

    #[test]
    fn r_388_only_a_success_is_one() {
        let all = [200, 204, 301, 404, 410, 429, 500, 502].map(judge);
        use Verdict::{Busy, Delivered, Failed, Gone};
        assert_eq!(all, [Delivered, Delivered, Failed, Failed, Gone, Busy, Failed, Busy]);
    }
}
