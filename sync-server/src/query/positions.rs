//! Reads earlier lists of positions.

use crate::{
    org::Org,
    row, sql,
    store::{StoreError, Tx, own},
};
use firebee_domain::{
    history::Positions,
    id::{Hash, ProjectId},
};
use firebee_protocol::act::OfficeAct;
use serde::Deserialize;

/// The list of positions of a facility that somebody kept earlier and that has this mark; `None` where no act kept such a list
/// as a whole. The acts of the office have every list that was ever kept; permission is asked before.
///
/// # Errors
/// As [`StoreError`] says, also when a line cannot be read.
pub async fn with_mark(
    tx: &mut Tx,
    org: Org,
    project: ProjectId,
    facility: &str,
    mark: Hash,
) -> Result<Option<Positions>, StoreError> {
    if mark == Positions::default().mark() {
        return Ok(Some(Positions::default()));
    }
    let find = sql!(
        "SELECT a.line FROM act_entry e JOIN act a ON a.org = e.org AND a.seq = e.seq
         WHERE e.org = ?1 AND e.project = ?2 AND e.kind = ?3 ORDER BY e.seq DESC"
    );
    for row in tx.query(find, &row![org, &project, "keep_positions"]).await? {
        let act = OfficeAct::read(row.get(0)?).map_err(|error| StoreError::Bug(error.to_string()))?;
        let kept: Kept = own(act.body.get())?;
        if kept.facility == facility
            && let Ok(list) = Positions::default().pasted(&kept.list)
            && list.mark() == mark
        {
            return Ok(Some(list));
        }
    }
    Ok(None)
}

/// What an act that kept a list says.
#[derive(Deserialize)]
struct Kept {
    facility: String,
    list: String,
}
