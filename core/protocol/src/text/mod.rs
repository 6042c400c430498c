//! Every text that phone and server share, Chinese first, English complete: codes, states, kinds, units.
//!
//! The sentences stand in `core/protocol/messages/<topic>/<language>.ftl`; the build generates [`Text`] from them.
//! Texts of a single program are stored with that program.

mod chip;
mod count;
pub mod doubt;
mod kind;
pub mod named;
mod problem;
#[cfg(test)]
mod tests;
mod tongue;
pub mod undecided;
pub mod when;
pub mod word;

pub use chip::{Chip, Shape, Tone};
pub use count::Count;
pub use firebee_messages::{Arg, Language, Message, say, say_with};
pub use kind::kind;
pub use problem::{problem, problem_text};
pub use tongue::tongue;
pub use when::{Left, When};

include!(concat!(env!("OUT_DIR"), "/text.rs"));
