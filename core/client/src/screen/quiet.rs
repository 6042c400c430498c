//! The one status line, the same on every screen.

use super::{Screens, reading::Reading};
use crate::work::Trouble;
use firebee_domain::time::Timestamp;
use firebee_protocol::text::{Arg, Text, Tone};

/// What waits to be sent, and when the phone last heard of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quiet {
    /// In one line.
    pub text: String,
    /// Grey while something waits or nothing was heard yet, green when everything is sent.
    pub tone: Tone,
}

impl Screens {
    /// The status line alone, for the screens that do not carry it.
    ///
    /// # Errors
    /// Nobody is signed in, or the stores cannot be read.
    pub fn quiet(&self) -> Result<Quiet, Trouble> {
        self.0.screen(Quiet::read)
    }
}

impl Quiet {
    pub(super) fn read(reading: &Reading<'_>) -> Result<Self, Trouble> {
        let eyes = reading.eyes;
        let counts = eyes.journal.counts(eyes.core.journal.identity())?;
        let (blobs, _) = eyes.journal.unsent_blobs()?;
        let waiting = counts.pending + counts.sent + blobs;
        let synced = eyes.cache.synced_ms()?.map(|at| reading.when(Timestamp(at)).text);
        let values = |time: String| [("waiting", Arg::from(waiting)), ("time", Arg::from(time))];
        let (text, tone) = match (synced, waiting) {
            (None, _) => (reading.with(Text::PhoneNeverSynced, &[("waiting", Arg::from(waiting))]), Tone::Untestable),
            (Some(time), 0) => (reading.with(Text::PhoneAllSent, &[("time", Arg::from(time))]), Tone::Conform),
            (Some(time), _) => (reading.with(Text::PhoneLastSync, &values(time)), Tone::Untestable),
        };
        Ok(Self { text, tone })
    }
}
