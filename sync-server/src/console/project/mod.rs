//! Projects: the list, one, the forms that make and change it, and its end before its time.

mod answer;
mod building;
mod fence;
mod form;
mod list;
pub(super) mod narrow;
mod show;
mod systems;
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
            .route("/contracts/{contract}/projects/new", get(form::new))
            .route("/contracts/{contract}/projects", get(up::<1>).post(form::create))
            .route("/projects/{project}/edit", get(form::edit).post(form::change))
            .route("/projects/{project}/buildings", get(up::<1>).post(building::create))
            .route("/projects/{project}/buildings/new", get(building::new))
            .route("/projects/{project}/buildings/{building}", get(building::edit).post(building::change))
            .route("/projects/{project}/buildings/{building}/remove", get(up::<3>).post(building::remove))
            .route("/projects/{project}/systems", get(systems::show).post(systems::tick))
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
        ("create_project", T::ProjectDoneMade),
        ("change_project", T::ProjectDoneChanged),
        ("put_building", T::ProjectDoneBuilding),
        ("remove_building", T::ProjectDoneBuildingGone),
        ("tick_systems", T::ProjectDoneSystems),
        ("terminate_project", T::ProjectDoneTerminated),
        ("set_witness", T::ProjectDoneWitness),
        ("put_fence", T::ProjectDoneFence),
        ("remove_fence", T::ProjectDoneFenceGone),
    ],
};
