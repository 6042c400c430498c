//! Cursors: `1.<incarnation>.<feed_seq>` **bytes**, within a snapshot `1.<incarnation>.<feed_seq>.<began>`. A device
//! returns them unread.

use firebee_domain::id::IncarnationId;
use std::{fmt, str::FromStr};

/// Where a device stands in its account's feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The incarnation of the server's data.
    pub incarnation: IncarnationId,
    /// The last number it has.
    pub feed_seq: u64,
    /// Only within a snapshot: the head at which the snapshot began. Rows that were purged before that head are not
    /// missing from it.
    pub began: Option<u64>,
}

/// The text is not a cursor of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor of this version")]
pub struct CursorInvalid;

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1.{}.{}", self.incarnation, self.feed_seq)?;
        self.began.map_or(Ok(()), |began| write!(f, ".{began}"))
    }
}

impl FromStr for Cursor {
    type Err = CursorInvalid;
    fn from_str(text: &str) -> Result<Self, CursorInvalid> {
        let mut parts = text.strip_prefix("1.").ok_or(CursorInvalid)?.split('.');
        let mut part = || parts.next();
        let incarnation = part().ok_or(CursorInvalid)?.parse().map_err(|_| CursorInvalid)?;
        let feed_seq = number(part().ok_or(CursorInvalid)?)?;
        let began = part().map(number).transpose()?;
        if part().is_some() {
            return Err(CursorInvalid);
        }
        Ok(Self { incarnation, feed_seq, began })
    }
}

/// A feed number in its only valid spelling.
fn number(text: &str) -> Result<u64, CursorInvalid> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    let number: u64 = text.parse().map_err(|_| CursorInvalid)?;
    if plain && number < 1 << 53 { Ok(number) } else { Err(CursorInvalid) }
}
