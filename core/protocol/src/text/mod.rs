//! Every text that a user reads, Chinese first, English complete.
//!
//! The sentences stand in `core/protocol/messages/<language>/<topic>.ftl` (Fluent). The build checks both languages
//! against each other and makes [`Text`] of them, so a message that is missing is a compile error, never a key on a
//! screen. A topic is the first word of its keys: `problem-…` stands in `problem.ftl`.

mod argument;
mod chip;
mod count;
mod language;
mod problem;
mod say;
pub mod when;
pub mod word;

pub use argument::Arg;
pub use chip::{Chip, Shape, Tone};
pub use count::Count;
pub use language::Language;
pub use problem::{problem, problem_text};
pub use say::{say, say_with};
pub use when::{Left, When};

include!(concat!(env!("OUT_DIR"), "/text.rs"));

impl Text {
    /// The message of this key, if the catalogue has one.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        let at = Self::ALL.binary_search_by(|text| text.key().cmp(key)).ok()?;
        Self::ALL.get(at).copied()
    }
}
