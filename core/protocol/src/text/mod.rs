//! Every text that a user reads, Chinese first, English complete.
//!
//! The sentences stand in `core/protocol/messages/<language>/<topic>.ftl` (Fluent). The build checks both languages
//! against each other and makes [`Text`] of them, so a message that is missing is a compile error, never a key on a
//! screen. A topic is the first word of its keys: `problem-…` stands in `problem.ftl`.

mod argument;
mod language;
mod problem;
mod say;

pub use argument::Arg;
pub use language::Language;
pub use problem::{problem, problem_text};
pub use say::{say, say_with};

include!(concat!(env!("OUT_DIR"), "/text.rs"));
