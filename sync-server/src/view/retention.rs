//! Files whose time is over, in words.

use super::Reader;
use crate::{query::retention::PastRow, text::Text as T};
use chrono::NaiveDate;
use firebee_domain::retention::{Kept, Retention};
use firebee_protocol::text::{Arg, when::date};
use strum::VariantArray as _;

/// A kind of file.
pub struct KeptLine {
    /// What it is.
    pub name: String,
    /// How long it is kept.
    pub years: String,
    /// How many are past, and since when; nothing where none is.
    pub past: Option<String>,
}

/// The page.
pub struct RetentionView {
    /// Every kind.
    pub lines: Vec<KeptLine>,
    /// How many files are past in all, and their bytes in words; nothing where none is.
    pub sum: Option<String>,
}

/// The view of what is past on a day.
#[must_use]
pub fn view(reader: Reader<'_>, (retention, today): (Retention, NaiveDate), past: &[PastRow]) -> RetentionView {
    let line = |kept: &Kept| KeptLine {
        name: reader.t(name(*kept)),
        years: reader.say(T::RegionYears, &[("years", Arg::from(u32::from(retention.years(*kept))))]),
        past: past.iter().find(|row| row.kept == *kept).map(|row| {
            let oldest = date(reader.language, row.oldest.china_day());
            let before = date(reader.language, retention.kept_from(*kept, today));
            let values = [
                ("files", Arg::from(row.files)),
                ("size", Arg::from(size(row.bytes))),
                ("oldest", Arg::from(oldest)),
                ("before", Arg::from(before)),
            ];
            reader.say(T::RetentionPast, &values)
        }),
    };
    let files: i64 = past.iter().map(|row| row.files).sum();
    let bytes = past.iter().map(|row| row.bytes).sum();
    let values = [("files", Arg::from(files)), ("size", Arg::from(size(bytes)))];
    RetentionView {
        lines: Kept::VARIANTS.iter().map(line).collect(),
        sum: (files > 0).then(|| reader.say(T::RetentionSum, &values)),
    }
}

const fn name(kept: Kept) -> T {
    match kept {
        Kept::Photo => T::RetentionPhoto,
        Kept::Signature => T::RetentionSignature,
        Kept::Track => T::RetentionTrack,
        Kept::File => T::RetentionFile,
    }
}

/// Bytes in megabytes, one digit behind the point, and never as none.
fn size(bytes: i64) -> String {
    let tenths = (bytes.unsigned_abs().div_ceil(100_000)).max(1);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}
