//! The pages of tasks: the list, one task with its evidence, the review, the handling of faults.

mod attachment;
mod change;
mod fault;
mod list;
mod photo;
mod record;
mod show;
mod witness;

use super::{
    pages::{Entry, Page, Readers},
    posted::{up, with_files},
};
use crate::text::Text as T;
use axum::{Router, routing::get};

pub(super) use change::Typed;
pub(super) use fault::Forms;
pub(super) use photo::{Size, picture};
pub(super) use show::{forms_of, found, stands, view_of};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/tasks", get(list::list))
            .route("/tasks/{task}", get(show::show))
            .route("/tasks/{task}/delete", get(up::<1>).post(change::delete))
            .route("/tasks/{task}/review", with_files(get(up::<1>).post(change::review)))
            .route("/tasks/{task}/faults/{fault}", with_files(get(up::<2>).post(change::fault)))
            .route("/tasks/{task}/faults/{fault}/record", get(up::<3>).post(change::record))
            .route("/tasks/{task}/hand-over", get(up::<1>).post(change::hand_over))
            .route("/tasks/{task}/witness/{fact}", get(witness::witness))
            .route("/tasks/{task}/attachments/{file}", get(attachment::attachment))
            .route("/tasks/{task}/photos/{photo}/{size}", get(photo::photo))
    },
    entry: Some(Entry {
        href: "/tasks",
        text: T::TaskList,
        icon: "M5 6l1.500 1.500L9 5M12 6.500h8M5 12l1.500 1.500L9 11M12 12.500h8M5 18l1.500 1.500L9 17M12 18.500h8",
        readers: Readers::Staff,
    }),
    done: &[
        ("delete_task", T::TaskDoneDeleted),
        ("handle_fault", T::TaskDoneFault),
        ("record_fault", T::TaskDoneRecord),
        ("hand_over_task", T::TaskDoneHandedOver),
        ("decide_review.approved", T::TaskDoneApproved),
        ("decide_review.rejected", T::TaskDoneRejected),
    ],
};
