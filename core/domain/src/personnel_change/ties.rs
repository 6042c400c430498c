//! What keeps somebody on the personnel list.

/// What somebody else has to take over before a person can be removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ties {
    /// Running projects that the person leads.
    pub led: u64,
    /// Tasks that the person executes and that are neither approved nor discarded.
    pub tasks: u64,
    /// Items that are issued to the person and not begun.
    pub issued: u64,
    /// Dispatches that the person leads and that are not finished.
    pub dispatches: u64,
}

impl Ties {
    /// Whether nothing keeps the person.
    pub const fn is_free(&self) -> bool {
        self.led == 0 && self.tasks == 0 && self.issued == 0 && self.dispatches == 0
    }
}
