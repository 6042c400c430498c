//! The first pull: until the phone holds a complete set of documents it has nothing to show, so the user sees how far the
//! pull is.

use super::{
    drive,
    inner::{Inner, Lane, Turn},
    run,
};
use crate::session::Failure;
use firebee_domain::code::Code;
use firebee_protocol::text::{Arg, Text, say_with};
use std::sync::Arc;

/// What came with the pages of the feed since the app was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Arrived {
    /// Pages that were applied.
    pub(super) pages: u64,
    /// Their bytes as they travelled.
    pub(super) bytes: u64,
    /// How many documents the snapshot holds, as the last page of one said.
    pub(super) total: Option<u64>,
}

/// How far the first pull is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PullStep {
    /// How many documents are here.
    pub done: i32,
    /// How many there are; `None` where the server does not say.
    pub total: Option<i32>,
    /// How many bytes came since this pull began, as they travelled.
    pub bytes: i64,
    /// All of it in words.
    pub text: String,
}

/// The first pull, page by page. Each page is kept as soon as it is here: after a broken link, or another start of the app,
/// the next one goes on behind it.
pub struct FirstPull {
    inner: Arc<Inner>,
    /// The bytes that had come before.
    before: u64,
}

impl FirstPull {
    pub(super) fn new(inner: Arc<Inner>) -> Self {
        let before = inner.arrived().bytes;
        Self { inner, before }
    }

    /// Pulls the next page and says how far the phone is; `None` when it holds everything, the catalogues included. A
    /// phone that holds everything already sends nothing. The future may be dropped at any moment.
    ///
    /// # Errors
    /// Why no page came. The next call tries again at once.
    pub async fn next(&self) -> Result<Option<PullStep>, Failure> {
        let inner = &*self.inner;
        run::resume(inner, Lane::Pull).await;
        let pages = inner.arrived().pages;
        loop {
            let pulled = inner.core.cache.pulled()?;
            if inner.arrived().pages > pages {
                return Ok(Some(self.step(pulled.documents)));
            }
            if pulled.is_complete {
                break;
            }
            inner.want_pull();
            if matches!(drive::turn(inner, Lane::Pull).await, Turn::Waits(_) | Turn::Stopped) {
                let failure = inner.board().of(Lane::Pull).failure.clone();
                return Err(failure.unwrap_or_else(|| Failure::of(Code::NetworkError)));
            }
        }
        drive::packs::fetch(inner).await;
        Ok(None)
    }

    fn step(&self, documents: u64) -> PullStep {
        let Arrived { bytes, total, .. } = self.inner.arrived();
        let bytes = bytes.saturating_sub(self.before);
        let (done, kilobytes) = (("done", Arg::from(documents)), ("kilobytes", Arg::from(bytes.div_ceil(1_000))));
        let language = self.inner.core.language();
        let text = match total {
            Some(total) => say_with(language, Text::PhonePulledOf, &[done, ("total", Arg::from(total)), kilobytes]),
            None => say_with(language, Text::PhonePulled, &[done, kilobytes]),
        };
        let shown = |count: u64| i32::try_from(count).unwrap_or(i32::MAX);
        PullStep {
            done: shown(documents),
            total: total.map(shown),
            bytes: i64::try_from(bytes).unwrap_or(i64::MAX),
            text,
        }
    }
}
