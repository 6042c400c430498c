//! Cursors: `1.<incarnation>.<feed_seq>` **bytes**. A device returns them unread.

use firebee_domain::id::IncarnationId;
use std::{fmt, str::FromStr};

/// Where a device stands in its account's feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The incarnation of the server's data.
    pub incarnation: IncarnationId,
    /// The last number it has.
    pub feed_seq: u64,
}

/// The text is not a cursor of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor of this version")]
pub struct CursorInvalid;

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1.{}.{}", self.incarnation, self.feed_seq)
    }
}

impl FromStr for Cursor {
    type Err = CursorInvalid;
    fn from_str(text: &str) -> Result<Self, CursorInvalid> {
        let (incarnation, number) =
            text.strip_prefix("1.").and_then(|rest| rest.split_once('.')).ok_or(CursorInvalid)?;
        let plain = !number.is_empty()
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && (number == "0" || !number.starts_with('0'));
        let feed_seq: u64 = number.parse().map_err(|_| CursorInvalid)?;
        if !plain || feed_seq >= 1 << 53 {
            return Err(CursorInvalid);
        }
        Ok(Self { incarnation: incarnation.parse().map_err(|_| CursorInvalid)?, feed_seq })
    }
}
