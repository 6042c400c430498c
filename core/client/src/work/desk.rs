//! The workplace of use cases: the stores, and the data that was read from them last.

use super::{memo::Memo, papers::Papers};
use crate::core::Core;
use std::{
    ops::Deref,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// The stores, and the data that was read from them last, so that the next act reads only newer facts.
pub(crate) struct Desk {
    core: Arc<Core>,
    memo: Mutex<Memo>,
    papers: Mutex<Option<Arc<Papers>>>,
}

impl Desk {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self { core, memo: Mutex::default(), papers: Mutex::default() }
    }

    pub(super) fn memo(&self) -> MutexGuard<'_, Memo> {
        self.memo.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn papers(&self) -> MutexGuard<'_, Option<Arc<Papers>>> {
        self.papers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Deref for Desk {
    type Target = Core;
    fn deref(&self) -> &Core {
        &self.core
    }
}
