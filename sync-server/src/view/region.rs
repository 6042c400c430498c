//! What holds in the region, in words.

use super::{
    Reader,
    setting::{Line, told},
};
use crate::text::Text as T;
use firebee_domain::{region::Region, report::Overdue, retention::Kept, time::Timestamp};
use firebee_protocol::text::{Arg, when::When};

/// What was set at one time.
pub struct Change {
    /// When.
    pub when: When,
    /// What is another one than before.
    pub lines: Vec<Line>,
}

/// The page.
pub struct RegionView {
    /// What holds now.
    pub now: Vec<Line>,
    /// What was set, the last first.
    pub changes: Vec<Change>,
}

/// The view of what was set, the last first.
#[must_use]
pub fn view(reader: Reader<'_>, settings: &[(Timestamp, Region)]) -> RegionView {
    let kept = settings.iter().map(|(_, region)| lines(reader, region)).collect();
    let (now, changed) = told(kept, lines(reader, &Region::default()));
    let change = |((at, _), lines): (&(Timestamp, Region), Vec<Line>)| Change { when: reader.when(*at), lines };
    RegionView { now, changes: settings.iter().zip(changed).map(change).collect() }
}

fn lines(reader: Reader<'_>, region: &Region) -> Vec<Line> {
    let line = |name: T, value: String| Line { name: reader.t(name), value };
    let typed = |text: &str| if text.is_empty() { reader.t(T::RegionUnset) } else { text.to_owned() };
    let overdue = match region.overdue {
        Overdue::Refuse => T::RegionOverdueRefuse,
        Overdue::Mark => T::RegionOverdueMark,
    };
    let pattern = region.report_code.as_ref();
    let kept =
        |kept: Kept| reader.say(T::RegionYears, &[("years", Arg::from(u32::from(region.retention.years(kept))))]);
    vec![
        line(T::RegionName, typed(&region.name)),
        line(T::RegionLegalNote, typed(&region.legal_note)),
        line(T::RegionReportCode, pattern.map_or_else(|| reader.t(T::RegionFree), ToString::to_string)),
        line(T::RegionFenceRadius, reader.say(T::RegionMetres, &[("metres", Arg::from(region.fence_radius_m))])),
        line(
            T::RegionFilingDays,
            reader.say(T::RegionWorkingDays, &[("days", Arg::from(u32::from(region.filing_working_days)))]),
        ),
        line(T::RegionOverdue, reader.t(overdue)),
        line(T::RegionSelfies, reader.t(if region.selfies_printed { T::RegionYes } else { T::RegionNo })),
        line(T::RegionKeepPhoto, kept(Kept::Photo)),
        line(T::RegionKeepSignature, kept(Kept::Signature)),
        line(T::RegionKeepTrack, kept(Kept::Track)),
        line(T::RegionKeepFile, kept(Kept::File)),
    ]
}
