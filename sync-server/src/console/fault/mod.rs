//! Faults after and before the approval of their tasks: the list, and one with its history and next ways.

mod list;
mod show;

use super::pages::{Entry, Page, Readers};
use crate::text::Text as T;
use axum::{Router, routing::get};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || Router::new().route("/faults", get(list::list)).route("/faults/{fault}", get(show::show)),
    entry: Some(Entry {
        href: "/faults",
        text: T::FaultList,
        icon: "M12 4 21 20H3zM12 10v4M12 17v.01",
        readers: Readers::StaffAndOwners,
    }),
    done: &[],
};
