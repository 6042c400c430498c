//! Projects: the list, one, and its end before its time.

mod answer;
mod fence;
mod list;
mod show;
mod terminate;
mod witness;

use super::{
    pages::{Entry, Page, Readers},
    posted::up,
};
use crate::text::Text as T;
use axum::{Router, routing::get};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/projects", get(list::list))
            .route("/projects/{project}", get(show::show))
            .route("/projects/{project}/witness", get(up::<1>).post(witness::witness))
            .route("/projects/{project}/fences", get(up::<1>).post(fence::put))
            .route("/projects/{project}/fences/remove", get(up::<2>).post(fence::remove))
            .route("/projects/{project}/terminate", get(up::<1>).post(terminate::terminate))
    },
    entry: Some(Entry {
        href: "/projects",
        text: T::ProjectList,
        icon: "M5 20V5h9v15M14 9h5v11M3 20h18M8 9h3M8 13h3M8 17h3",
        readers: Readers::Staff,
    }),
    done: &[
        ("terminate_project", T::ProjectDoneTerminated),
        ("set_witness", T::ProjectDoneWitness),
        ("put_fence", T::ProjectDoneFence),
        ("remove_fence", T::ProjectDoneFenceGone),
    ],
};
