//! Documents and the feed of each account: who receives a document, and the one function that publishes it.

mod audience;
mod lock;
pub(crate) mod outbox;
mod publish;
pub mod purge;
pub mod retire;

pub(crate) use audience::{members, readers, task_document, workers};
pub use lock::lock;
pub(crate) use lock::{
    around, companions, followers, lock_plan, lock_project, of_plan, of_project, of_task, unsettled,
};
pub(crate) use publish::provide;
pub use publish::{Address, Publication, Published, publish, readdress, share};
