//! The firm's list of instruments.

pub mod keep;
pub mod retire;

pub use keep::{Keep, keep};
pub use retire::{Retire, retire};
