//! The evidence of a task: the rows of its blobs, and how much has arrived.

pub mod blob;
mod count;

pub(crate) use count::{
    Arrival, arrived, blobs_of, count, locked, missing, publication, recounted, track_is_complete, tracks_here,
};
pub use count::{count_verified_blob, refresh_task_evidence};
