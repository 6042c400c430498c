//! Documents and the feed of each account: who receives a document, and the one function that publishes it.

mod audience;
mod lock;
mod publish;
pub mod purge;
pub mod retire;

pub(crate) use audience::{readers, task_document, workers};
pub(crate) use lock::{companions, followers, lock, lock_plan, lock_project, of_plan, of_project, of_task};
pub use publish::{Publication, Published, publish, readdress, share};
