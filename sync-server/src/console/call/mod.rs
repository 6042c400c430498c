//! The call for a repair by the QR code of a building. Nobody is signed in: the code in the address is the licence. The
//! pages tell what is public of the building, and nothing that others called for.

mod form;
mod received;
mod take;

use super::{pages::Page, posted::with_files, refused::Refusal};
use crate::{
    auth::address::ClientAddress,
    org::Org,
    query::{self, project::ProjectRow},
    state::App,
    store::{StoreError, Tx},
};
use axum::{Router, routing::get};
use firebee_domain::{project::ProjectStatus, repair::DoorCode};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/r/{code}", with_files(get(form::form).post(take::take)))
            .route("/r/{code}/{repair}", get(received::received))
    },
    entry: None,
    done: &[],
};

/// What stands behind an address.
struct Door {
    code: DoorCode,
    org: Org,
    row: ProjectRow,
}

/// What stands behind a code. A project that the firm does not serve any more is not there.
async fn find(app: &App, code: &str) -> Result<Door, Refusal> {
    let code: DoorCode = code.parse().map_err(|_| Refusal::NotFound)?;
    let today = app.clock.now().china_day();
    let read = async move |tx: &mut Tx| {
        let Some((org, project)) = query::repair_door::of_code(tx, code).await? else { return Ok(None) };
        let row = query::project::project(tx, org, project).await?;
        let served = row.filter(|row| row.project.status(today) == ProjectStatus::Active);
        Ok(served.map(|row| Door { code, org, row }))
    };
    let found: Result<Option<Door>, StoreError> = app.store.read("find_repair_door", read).await;
    found?.ok_or(Refusal::NotFound)
}

/// Takes a look of a stranger; how many seconds it must wait where none is left.
fn look(app: &App, ClientAddress(address): &ClientAddress) -> Result<(), u32> {
    app.calling.looks.take(address, app.clock.now())
}
