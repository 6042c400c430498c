//! The evidence of a task: the rows of its blobs, and how much has arrived.

pub mod blob;
mod count;
pub mod fixes;

pub(crate) use count::{
    Arrival, arrived, blobs_of, count, is_outdated, locked, missing, publication, track_is_complete, tracks_here,
};
pub use count::{count_verified_blob, refresh_task_evidence};
