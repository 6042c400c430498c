//! The task view that was computed last, so that the next one only adds newer facts.

use super::TaskView;
use firebee_domain::id::TaskId;

/// The view that was computed last, and everything that it depends on.
#[derive(Default)]
pub(crate) struct Memo(Option<Remembered>);

struct Remembered {
    of: Folded,
    through: u64,
    view: TaskView,
}

/// Everything that a computed view depends on, apart from newer facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Folded {
    pub(crate) task: TaskId,
    /// The generation of the pulled documents and packs.
    pub(crate) generation: u64,
    /// The journal's mark of the parked facts.
    pub(crate) parked: (u64, u64),
}

impl Memo {
    /// The view and the last seq in it.
    pub(crate) fn get(&self, of: Folded) -> Option<(TaskView, u64)> {
        self.0.as_ref().filter(|held| held.of == of).map(|held| (held.view.clone(), held.through))
    }

    /// Like [`Memo::get`], but removes the view, because the caller will change it.
    pub(crate) fn take(&mut self, of: Folded) -> Option<(TaskView, u64)> {
        self.0.take_if(|held| held.of == of).map(|held| (held.view, held.through))
    }

    /// Keeps a view of committed facts.
    pub(crate) fn put(&mut self, of: Folded, through: u64, view: TaskView) {
        self.0 = Some(Remembered { of, through, view });
    }
}
