//! What a phone tells of itself with each pull, for those who look after phones: `Firebee-Phone: key=value, …`. Nothing is
//! decided by it, and every part may be missing.

use firebee_domain::time::Timestamp;
use std::fmt;

/// The header.
pub const PHONE_HEADER: &str = "firebee-phone";

/// The most characters of the app's version.
const APP_MAX: usize = 40;
/// Numbers at or above it are passed over, as those of other headers are.
const NUMBER_END: u64 = 1 << 53;

/// What a phone tells of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhoneStatus {
    /// The version of the app, such as `0.1.0`.
    pub app: Option<String>,
    /// The bytes that the app may still write.
    pub free_bytes: Option<u64>,
    /// The bytes that the app keeps.
    pub kept_bytes: Option<u64>,
    /// What the phone's wall clock showed when it asked.
    pub wall_ms: Option<Timestamp>,
}

impl PhoneStatus {
    /// Reads the header's value. A part that cannot be read counts as missing; one that is not known is passed over.
    pub fn read(text: &str) -> Self {
        let mut status = Self::default();
        for (key, value) in text.split(',').filter_map(|part| part.trim().split_once('=')) {
            let number = || value.parse().ok().filter(|number| *number < NUMBER_END);
            match key {
                "app" => status.app = is_version(value).then(|| value.to_owned()),
                "free" => status.free_bytes = number(),
                "kept" => status.kept_bytes = number(),
                "wall" => status.wall_ms = number().and_then(|ms| i64::try_from(ms).ok()).map(Timestamp),
                _ => {}
            }
        }
        status
    }
}

/// A version stands in a header, on pages and in a file.
fn is_version(text: &str) -> bool {
    let fits =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'+' | b'_' | b'(' | b')' | b' ');
    !text.is_empty() && text.len() <= APP_MAX && text.bytes().all(fits)
}

/// The header's value.
impl fmt::Display for PhoneStatus {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = |key: &str, number: Option<u64>| number.map(|number| format!("{key}={number}"));
        let app = self.app.as_deref().filter(|app| is_version(app)).map(|app| format!("app={app}"));
        let wall = self.wall_ms.and_then(|at| u64::try_from(at.0).ok());
        let parts = [app, number("free", self.free_bytes), number("kept", self.kept_bytes), number("wall", wall)];
        to.write_str(&parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_phone_tells_is_read_as_it_was_written() {
        let status = PhoneStatus {
            app: Some("0.1.0 (42)".into()),
            free_bytes: Some(12_000_000_000),
            kept_bytes: Some(0),
            wall_ms: Some(Timestamp(1_767_225_600_000)),
        };
        let text = "app=0.1.0 (42), free=12000000000, kept=0, wall=1767225600000";
        assert_eq!((status.to_string().as_str(), &PhoneStatus::read(text)), (text, &status));
        assert_eq!(PhoneStatus::default().to_string(), "");
    }

    #[test]
    fn what_cannot_be_read_is_missing_and_nothing_else() {
        let read = PhoneStatus::read("app=<b>, free=-1, kept=9007199254740992, wall=x, colour=red, =, free");
        assert_eq!(read, PhoneStatus::default());
        assert_eq!(PhoneStatus::read("free=x,kept=7").kept_bytes, Some(7));
        assert_eq!(PhoneStatus::read(&format!("app={}", "1".repeat(41))).app, None);
    }
}
