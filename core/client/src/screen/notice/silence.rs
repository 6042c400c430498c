//! Whether a running track has broken off, and why. Pure.

use firebee_domain::track::{Cause, GAP_MS_MAX, Hint};

/// A silence without a known cause is told after so many milliseconds: in a basement a track is silent for minutes.
pub(super) const SILENT_MS: i64 = 900_000;

/// What is known of a running track, on the clock of this boot.
#[derive(Clone, Copy, Debug)]
pub(super) struct Running<'a> {
    pub(super) now_ms: i64,
    /// Its last fix of this boot.
    pub(super) last_ms: Option<i64>,
    /// Whether its fixes are of an earlier boot.
    pub(super) rebooted: bool,
    /// Whether the last fix was invented by an app.
    pub(super) invented: bool,
    /// Whether the last fix was less accurate than a sky without walls gives.
    pub(super) weak: bool,
    /// What the phone said, in order.
    pub(super) hints: &'a [Hint],
}

/// Why the track is silent now; `None` while it goes on, or may do so. What somebody can mend at once is told at once.
pub(super) fn silence(running: &Running<'_>) -> Option<Cause> {
    let silent_ms = running.now_ms.saturating_sub(running.last_ms.unwrap_or(0));
    let since = running.last_ms.unwrap_or(i64::MIN);
    let said = running.hints.iter().rfind(|hint| (since..=running.now_ms).contains(&hint.boot_ms));
    if let Some(hint) = said {
        let at_once = matches!(hint.cause, Cause::PermissionMissing | Cause::LocationOff | Cause::DiskFull);
        return (at_once || running.now_ms.saturating_sub(since.max(hint.boot_ms)) > GAP_MS_MAX).then_some(hint.cause);
    }
    if running.invented {
        return Some(Cause::Mock);
    }
    let told = running.rebooted || running.last_ms.is_some();
    (told && silent_ms > SILENT_MS).then_some(match running {
        Running { rebooted: true, .. } => Cause::Reboot,
        Running { weak: true, .. } => Cause::NoSignal,
        _ => Cause::Unknown,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOING: Running<'_> = Running {
        now_ms: 1_000_000,
        last_ms: Some(999_000),
        rebooted: false,
        invented: false,
        weak: false,
        hints: &[],
    };

    fn hint(boot_ms: i64, cause: Cause) -> Hint {
        Hint { boot_ms, cause }
    }

    #[test]
    fn r_375_a_track_that_goes_on_is_not_told_whatever_was_said_before() {
        assert_eq!(silence(&GOING), None);
        let before = [hint(900_000, Cause::PermissionMissing)];
        assert_eq!(silence(&Running { hints: &before, ..GOING }), None);
    }

    #[test]
    fn r_375_a_permission_that_is_lost_and_a_location_that_is_off_are_told_at_once() {
        for cause in [Cause::PermissionMissing, Cause::LocationOff] {
            assert_eq!(silence(&Running { hints: &[hint(999_500, cause)], ..GOING }), Some(cause));
            let never = Running { last_ms: None, hints: &[hint(999_500, cause)], ..GOING };
            assert_eq!(silence(&never), Some(cause), "also before the first fix");
        }
    }

    #[test]
    fn r_375_a_saver_and_an_ended_app_are_told_once_a_minute_is_silent() {
        for cause in [Cause::BatterySaver, Cause::Killed] {
            let said = [hint(999_000, cause)];
            assert_eq!(silence(&Running { now_ms: 1_059_000, hints: &said, ..GOING }), None);
            assert_eq!(silence(&Running { now_ms: 1_059_001, hints: &said, ..GOING }), Some(cause));
        }
    }

    #[test]
    fn r_375_what_was_said_last_is_what_is_to_be_done() {
        let said = [hint(999_100, Cause::LocationOff), hint(999_200, Cause::PermissionMissing)];
        assert_eq!(silence(&Running { hints: &said, ..GOING }), Some(Cause::PermissionMissing));
    }

    #[test]
    fn r_375_a_silence_without_a_cause_is_told_after_a_quarter_of_an_hour() {
        let quiet = Running { now_ms: 1_899_000, ..GOING };
        assert_eq!(silence(&quiet), None);
        let long = Running { now_ms: 1_899_001, ..GOING };
        assert_eq!(silence(&long), Some(Cause::Unknown));
        assert_eq!(silence(&Running { weak: true, ..long }), Some(Cause::NoSignal));
        let rebooted = Running { rebooted: true, last_ms: None, ..long };
        assert_eq!(silence(&rebooted), Some(Cause::Reboot));
        assert_eq!(silence(&Running { now_ms: 60_000, ..rebooted }), None, "the app may yet listen again");
        assert_eq!(silence(&Running { last_ms: None, ..long }), None, "nobody knows since when");
    }

    #[test]
    fn r_375_an_invented_place_is_told_at_once() {
        assert_eq!(silence(&Running { invented: true, ..GOING }), Some(Cause::Mock));
    }
}
