//! The task views that were computed last, so that the next ones only add newer facts.

use super::TaskView;
use firebee_domain::id::TaskId;

/// How many views are kept: those of the tasks of some weeks without a network. One takes a tenth of a megabyte.
const VIEWS_MAX: usize = 64;

/// The views that were computed last, the latest at the end, and everything that they depend on.
#[derive(Default)]
pub(crate) struct Memo(Vec<Remembered>);

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
        self.0.iter().find(|held| held.of == of).map(|held| (held.view.clone(), held.through))
    }

    /// Like [`Memo::get`], but removes the view, because the caller will change it.
    pub(crate) fn take(&mut self, of: Folded) -> Option<(TaskView, u64)> {
        let at = self.0.iter().position(|held| held.of == of)?;
        let held = self.0.remove(at);
        Some((held.view, held.through))
    }

    /// Keeps a view of committed facts. What depends on something else is out of date, and goes.
    pub(crate) fn put(&mut self, of: Folded, through: u64, view: TaskView) {
        self.0.retain(|held| {
            (held.of.generation, held.of.parked) == (of.generation, of.parked) && held.of.task != of.task
        });
        if self.0.len() == VIEWS_MAX {
            self.0.remove(0);
        }
        self.0.push(Remembered { of, through, view });
    }
}
