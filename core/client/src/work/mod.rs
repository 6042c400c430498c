//! What a person does with the phone: one use case a file. Each checks with the domain, writes one transaction of the
//! journal, and returns after COMMIT.

mod acting;
pub mod evidence;
mod eyes;
pub(crate) mod memo;
pub(crate) mod papers;
pub mod progress;
pub mod project;
pub mod review;
pub mod task;
#[cfg(test)]
mod tests;
pub mod track;
mod trouble;
mod view;

pub use progress::SyncStatus;
pub use trouble::Trouble;
pub use view::{AssignmentSeen, ParkedNote, TaskView};

use crate::client::Core;
use std::sync::Arc;

/// Projects, plans and items issued to this account.
#[derive(Clone)]
pub struct Projects(pub(crate) Arc<Core>);

/// Tasks of this account.
#[derive(Clone)]
pub struct Tasks(pub(crate) Arc<Core>);

/// Photos of its tasks.
#[derive(Clone)]
pub struct Evidence(pub(crate) Arc<Core>);

/// The track of the running task.
#[derive(Clone)]
pub struct Tracks(pub(crate) Arc<Core>);

/// What a lead does.
#[derive(Clone)]
pub struct Review(pub(crate) Arc<Core>);

/// How much is recorded, sent, and on the server.
#[derive(Clone)]
pub struct Progress(pub(crate) Arc<Core>);
