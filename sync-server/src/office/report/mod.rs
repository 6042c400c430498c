//! What the office does with reports: generate, delete, file, write down what becomes of their copies, take one back.

pub mod delete;
pub mod file;
pub mod generate;
pub mod paper;
pub mod void;

pub use delete::{Delete, delete};
pub use file::{FILED_AT_ONCE_MAX, File, FileAll, file, file_all};
pub use generate::{Compose, Generate, GenerateError, Ground, generate, ground};
pub use paper::{AddCopy, HandOut, add_copy, hand_out};
pub use void::{TakeBack, TakeBackError, take_back};
