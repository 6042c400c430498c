//! A robot says something, at most once a quarter of an hour.

use crate::{
    org::Org,
    query::{self, robot::DueRow},
    row, sql,
    store::{Store, StoreError, Tx, json},
};
use firebee_domain::{id::RobotId, robot::Digest, time::Timestamp};

/// Takes a quarter of an hour of the robots whose quarter has come, at most so many. Another server may take some of them.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn claim(store: &Store, org: Org, (slot, most): (i64, usize)) -> Result<Vec<DueRow>, StoreError> {
    let job = async move |tx: &mut Tx| {
        let mut taken = Vec::new();
        for row in query::robot::due(tx, org, (slot, most)).await? {
            let take = sql!(
                "UPDATE robot SET slot = ?3 WHERE org = ?1 AND id = ?2 AND told = ?4 AND (slot IS NULL OR slot < ?3)"
            );
            if tx.execute(take, &row![org, &row.robot.id, slot, true]).await? == 1 {
                taken.push(row);
            }
        }
        Ok(taken)
    };
    store.write("claim_robots", job).await
}

/// Notes what became of a message: `digest` is what the group knows now, `None` where it did not get it.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn said(
    store: &Store,
    org: Org,
    robot: RobotId,
    (digest, answer, at): (Option<Digest>, String, Timestamp),
) -> Result<(), StoreError> {
    let job = async move |tx: &mut Tx| {
        let said = digest.as_ref().map(json).transpose()?;
        let note =
            sql!("UPDATE robot SET said = COALESCE(?3, said), said_ms = ?4, answer = ?5 WHERE org = ?1 AND id = ?2");
        tx.execute(note, &row![org, &robot, said.as_ref(), at, &answer]).await.map(drop)
    };
    store.write("note_robot", job).await
}
