//! The files of a contract (R-054, ADR 25).

use super::KeepError;
use crate::{
    office::{Act, Refused, files::weighed},
    store::Tx,
};
use firebee_domain::{contract::check_files, id::ContentId, text::At};

/// Whether these files may be a contract's: the actor brought each, or the contract has it already; and together they are
/// small enough.
pub(super) async fn check(
    tx: &mut Tx,
    act: &Act,
    (files, held): (&[ContentId], &[ContentId]),
) -> Result<(), Refused<KeepError>> {
    let bytes = weighed(tx, act, (files, held)).await?.ok_or(Refused::FileUnknown)?;
    check_files(bytes).map_err(|error| KeepError::Fields(vec![At { field: "file", error }]).into())
}
