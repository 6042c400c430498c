//! The robots of chat groups.

mod change;
mod make;
mod said;

pub use change::{Change, Robots, change};
pub use make::{MakeError, make};
pub use said::{claim, said};
