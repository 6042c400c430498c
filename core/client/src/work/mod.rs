//! The use cases of the phone, one a file. Each checks with the domain, writes one transaction of the journal, and
//! returns after COMMIT.

mod acting;
mod attach;
mod brief;
mod desk;
pub mod dispatch;
pub mod draft;
pub mod evidence;
pub(crate) mod eyes;
mod memo;
mod papers;
pub mod progress;
pub mod project;
pub mod review;
mod seat;
pub mod task;
#[cfg(test)]
pub(crate) mod tests;
mod today;
pub mod track;
mod trouble;
mod view;

pub(crate) use desk::Desk;
pub(crate) use seat::Seat;
pub use trouble::Trouble;
pub use view::{AssignmentSeen, ParkedNote, TaskView};

use std::sync::Arc;

/// Projects, plans and items issued to this account.
#[derive(Clone)]
pub struct Projects(pub(crate) Arc<Desk>);

/// Tasks of this account.
#[derive(Clone)]
pub struct Tasks(pub(crate) Seat);

/// Photos of its tasks.
#[derive(Clone)]
pub struct Evidence(pub(crate) Seat);

/// The track of the running task.
#[derive(Clone)]
pub struct Tracks(pub(crate) Seat);

/// What a lead does.
#[derive(Clone)]
pub struct Review(pub(crate) Seat);

/// What a team lead is sent for (R-165…R-171).
#[derive(Clone)]
pub struct Dispatches(pub(crate) Seat);

/// What is typed and not recorded yet.
#[derive(Clone)]
pub struct Drafts(pub(crate) Arc<Desk>);

/// How much is recorded, sent, and on the server.
#[derive(Clone)]
pub struct Progress(pub(crate) Arc<Desk>);
