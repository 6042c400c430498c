//! The one place that writes documents and feeds.

mod audience;
mod publish;

pub(crate) use audience::readers;
pub use publish::{Publication, Published, publish, share};
