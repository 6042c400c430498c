//! The one place that writes documents and feeds.

mod publish;

pub use publish::{Publication, Published, publish, share};
