//! The files of a contract (R-054, ADR 25).

use super::KeepError;
use crate::{
    office::{Act, Refused},
    row, sql,
    store::{BlobStage, Tx},
};
use firebee_domain::{contract::check_files, id::ContentId, text::At};

/// Whether these files may be a contract's: the actor brought each, or the contract has it already; and together they are
/// small enough.
pub(super) async fn check(
    tx: &mut Tx,
    act: &Act,
    (files, held): (&[ContentId], &[ContentId]),
) -> Result<(), Refused<KeepError>> {
    let find = sql!(
        "SELECT b.len, a.account FROM blob b LEFT JOIN attachment a ON a.org = b.org AND a.blob = b.id AND a.account = ?3
         WHERE b.org = ?1 AND b.id = ?2 AND b.state = ?4"
    );
    let mut bytes = 0_u64;
    for file in files {
        let values = row![act.org, file, &act.actor.account, BlobStage::Verified];
        let found = tx.query_opt(find, &values).await?.ok_or(Refused::FileUnknown)?;
        if found.get::<Option<uuid::Uuid>>(1)?.is_none() && !held.contains(file) {
            return Err(Refused::FileUnknown);
        }
        bytes += found.get::<u64>(0)?;
    }
    check_files(bytes).map_err(|error| KeepError::Fields(vec![At { field: "file", error }]).into())
}
