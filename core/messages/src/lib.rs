//! Texts that people read, Chinese first, English complete.
//!
//! A folder of sources owns its texts: `zh-CN.ftl` and `en.ftl` (Fluent) stand beside the code that says them, and the
//! folder's name is the first word of each of their keys. [`build`] checks both languages against each other and writes
//! one enum for a package, so a missing message is a compile error and never a key on a screen. At run time [`say`] and
//! [`say_with`] make sentences from the enum.
//!
//! The rooms, each of which knows only those before it:
//!
//! ```text
//! argument, language → say, build
//! ```

mod argument;
pub mod build;
mod language;
mod say;

pub use argument::Arg;
pub use language::Language;
pub use say::{Catalogue, Message, say, say_with};
