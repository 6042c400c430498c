//! Which day it is by the server's clock. The wall clock of the phone decides nothing.

use super::{Trouble, eyes::Eyes};
use chrono::NaiveDate;
use firebee_domain::personnel::may_be_qualified_reviewer;

/// Between which days it is now, in UTC+8, both inclusive; `None` where that end is not known.
pub(crate) struct DayOfServer {
    pub(crate) earliest: Option<NaiveDate>,
    pub(crate) latest: Option<NaiveDate>,
}

impl Eyes<'_> {
    /// The last anchor tells the server's clock, and within its boot the boot clock carries that time on. After another
    /// boot only the earliest day is known; before the phone has heard the server's clock, none.
    pub(crate) fn day_of_server(&self) -> Result<DayOfServer, Trouble> {
        let Some(anchor) = self.journal.anchor()? else { return Ok(DayOfServer { earliest: None, latest: None }) };
        let now = self.clocks();
        let same_boot = now.boot_id == anchor.boot_id;
        let passed = if same_boot { now.boot_ms.saturating_sub(anchor.boot_ms).max(0) } else { 0 };
        // The server's clock was read up to half a round trip before or after; the boot clock drifts by 100 ppm at most.
        let unsure = passed / 10_000 + anchor.rtt_ms / 2;
        let day = |ms: i64| anchor.server_ms.plus_ms(ms).china_day();
        let latest = same_boot.then(|| day(passed.saturating_add(unsure)));
        Ok(DayOfServer { earliest: Some(day(passed.saturating_sub(unsure))), latest })
    }

    /// whether a day is over for certain.
    pub(crate) fn is_surely_over(&self, day: NaiveDate) -> Result<bool, Trouble> {
        Ok(self.day_of_server()?.earliest.is_some_and(|reached| reached > day))
    }

    /// whether the holder may be a registered engineer today. Who surely is none is refused here; the server
    /// decides by its own day.
    pub(crate) fn may_review_today(&self) -> Result<bool, Trouble> {
        let DayOfServer { earliest, latest } = self.day_of_server()?;
        Ok(may_be_qualified_reviewer(&self.papers.session.registrations, earliest, latest))
    }
}
