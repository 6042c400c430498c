//! Every text that phone and server share, Chinese first, English complete: codes, states, kinds, units.
//!
//! The sentences stand in `core/protocol/messages/<topic>/<language>.ftl`; the build makes [`Text`] of them. What only
//! one program says stands with that program.

mod problem;
#[cfg(test)]
mod tests;

pub use firebee_messages::{Arg, Language, Message, say, say_with};
pub use problem::{problem, problem_text};

include!(concat!(env!("OUT_DIR"), "/text.rs"));
