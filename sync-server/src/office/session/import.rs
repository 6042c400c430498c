//! The work log keeps that an export file was taken in.

use crate::{
    office::{
        Act, Office,
        act::{Noted, note},
    },
    org::Org,
    random::uuid_v4,
    store::{StoreError, Tx},
};
use firebee_domain::id::{RequestId, StoreId};

/// Notes that the export file of a store was taken in, and what it held. `act` is whose; `None` is the
/// administrator's at the server itself. A form that is sent twice is noted once.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn note_import(
    office: &Office,
    org: Org,
    store: StoreId,
    act: Option<&Act>,
    body: &str,
) -> Result<(), StoreError> {
    let fresh = RequestId(uuid_v4().map_err(|error| StoreError::Lost(error.to_string()))?);
    let (request, account) = act.map_or((fresh, None), |act| (act.request, Some(act.actor.account)));
    let (at, keys, body) = (office.clock.now(), office.keyring.clone(), body.to_owned());
    let job = async move |tx: &mut Tx| {
        let (keys, kind, about, body) = (&keys, "import_export", store.into(), body.as_str());
        note(tx, Noted { org, keys, request, account, at, kind, about, body }).await
    };
    office.store.write("import_export", job).await
}
