//! What was typed is there again.

use super::keep::shells;
use crate::work::{Drafts, Trouble};

/// A text that was typed and not recorded yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptText {
    /// The field, as the shell calls it.
    pub field: String,
    /// What is typed in it.
    pub text: String,
}

impl Drafts {
    /// What was typed at a place, by the names of its fields.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub fn kept(&self, place: &str) -> Result<Vec<KeptText>, Trouble> {
        let held = self.0.journal.read::<_, Trouble>("drafts", |rows| Ok(rows.drafts(&shells(place))?))?;
        Ok(held.into_iter().map(|(field, text)| KeptText { field, text }).collect())
    }
}
