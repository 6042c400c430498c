//! The application of a firm as the firm fills it in, through the secret link that the corps gave it. Nobody
//! is signed in; whoever lacks the secret finds no such page.

mod annex;
mod document;
mod people;
mod show;
mod submit;

use super::{
    pages::Page,
    part::Hidden,
    posted::{up, with_files},
    refused::Refusal,
};
use crate::{
    office::application::{Link, hash},
    org::Org,
    query,
    random::uuid_v4,
    state::App,
    store::{StoreError, Tx},
};
use axum::{Router, routing::get};
use firebee_domain::{application::Application, id::RequestId};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/apply/{secret}", get(show::show))
            .route("/apply/{secret}/annex", get(annex::show).post(annex::enter))
            .route("/apply/{secret}/people/{document}", get(people::show).post(people::add))
            .route("/apply/{secret}/people/{document}/remove", get(up::<1>).post(people::remove))
            .route("/apply/{secret}/documents/{document}", with_files(get(document::show).post(document::attach)))
            .route("/apply/{secret}/print/{document}", get(document::print))
            .route("/apply/{secret}/submit", get(up::<1>).post(submit::submit))
    },
    entry: None,
    done: &[],
};

/// The application of a secret, and the fire service's own row.
async fn find(app: &App, secret: &str) -> Result<(Org, Application), Refusal> {
    let hash = hash(secret);
    let read = async move |tx: &mut Tx| query::application::of_link(tx, &hash).await;
    let found: Result<_, StoreError> = app.store.read("find_application", read).await;
    found?.ok_or(Refusal::NotFound)
}

/// The step of a form.
fn link(secret: &str, request: RequestId) -> Link {
    Link { hash: hash(secret), request }
}

/// What a form of somebody who is not signed in carries: no session stands behind it.
pub(super) fn hidden() -> Result<Hidden, Refusal> {
    let request = uuid_v4().map(RequestId).map_err(|error| Refusal::Store(StoreError::Lost(error.to_string())))?;
    Ok(Hidden { csrf: String::new(), request })
}
