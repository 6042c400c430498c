//! Reports: the list, the form that generates one, one with its filing and its copies, its PDF, the queue of those that wait
//! for the director, and the page that verifies one.

mod change;
mod file;
mod list;
mod new;
mod paper;
mod queue;
mod receipt;
mod show;
mod verify;

use super::{
    pages::{Entry, Page, Readers},
    posted::{up, with_files},
};
use crate::text::Text as T;
use axum::{Router, routing::get};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/reports", get(list::list))
            .route("/plans/{plan}/report", with_files(get(new::new).post(new::generate)))
            .route("/reports/to-file", get(queue::queue).post(queue::file))
            .route("/reports/{report}", get(show::show))
            .route("/reports/{report}/pdf", get(file::pdf))
            .route("/reports/{report}/upload", get(file::upload))
            .route("/reports/{report}/photos/{number}", get(file::photo))
            .route("/reports/{report}/signatures/{number}", get(file::signature))
            .route("/reports/{report}/receipt", get(receipt::receipt))
            .route("/reports/{report}/copies", with_files(get(up::<1>).post(paper::copy)))
            .route("/reports/{report}/copies/{number}", get(paper::file))
            .route("/reports/{report}/hand-out", get(up::<1>).post(paper::hand_out))
            .route("/reports/{report}/delete", get(up::<1>).post(change::delete))
            .route("/reports/{report}/file", get(up::<1>).post(change::file))
            .route("/v", get(verify::form))
            .route("/v/{code}", get(verify::verify))
    },
    entry: Some(Entry {
        href: "/reports",
        text: T::ReportList,
        icon: "M6 3h9l4 4v14H6zM14 3v5h5M9 12h7M9 16h7",
        readers: Readers::Owners,
    }),
    done: &[
        ("generate_report", T::ReportDoneGenerated),
        ("delete_report", T::ReportDoneDeleted),
        ("file_report", T::ReportDoneFiled),
        ("file_reports", T::ReportDoneFiledAll),
        ("add_report_copy", T::ReportDoneCopy),
        ("hand_out_report", T::ReportDoneHandedOut),
    ],
};
