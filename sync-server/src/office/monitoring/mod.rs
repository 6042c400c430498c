//! What connected fire systems deliver.

mod deliver;

pub use deliver::{Delivered, deliver};
