//! `firebee restore --in-place`: goes on with a database that was put back by hand, such as an older copy or an older
//! snapshot of its volume.

use super::restore::{RestoreError, fresh, lacking};
use crate::{
    blobs::Blobs,
    keys::Keyring,
    office::firm::rotate,
    org::Org,
    query::org,
    store::{Store, StoreError, Tx, mark},
};
use firebee_domain::time::Timestamp;
use std::{path::Path, sync::Arc};

/// Gives every firm of the database another incarnation, asks for the files that are not there, and lets the database
/// be served.
///
/// # Errors
/// See [`RestoreError`].
pub async fn mend(
    store: &Store,
    (blobs, keyring, data): (&Blobs, &Keyring, &Path),
    now: Timestamp,
) -> Result<Vec<Org>, RestoreError> {
    let firms = store.read("find_firms", async |tx: &mut Tx| org::all(tx).await).await?;
    let mut seals = Vec::new();
    for firm in &firms {
        let firm = *firm;
        let held = store.read("find_seal", async move |tx: &mut Tx| org::seal(tx, firm).await).await?;
        seals.push((firm, fresh(held.public)?, lacking(store, blobs, firm).await?));
    }
    let (seals, keys) = (Arc::new(seals), keyring.clone());
    let job = async move |tx: &mut Tx| {
        mark::renew(tx).await?;
        for (firm, seal, lacking) in seals.iter() {
            rotate(tx, (*firm, &keys), "restore", *seal, now).await?;
            super::restore::ask_again(tx, *firm, lacking).await?;
        }
        Ok::<_, StoreError>(())
    };
    store.write("mend", job).await?;
    mark::restored(store, data, now).await?;
    Ok(firms)
}
