//! A manager switches a robot off or on.

use crate::{
    office::{Act, Refused, command::command},
    query, row, sql,
    store::{Store, Tx, json},
};
use firebee_domain::{
    account::{Action, Subject, may},
    id::RobotId,
    robot::{Robot, RobotError},
};
use serde::Serialize;

/// What is to become of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, strum::EnumString)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Change {
    /// It says nothing more.
    Off,
    /// It says what waits, from the next quarter of an hour on.
    On,
}

/// Which robot.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Robots {
    /// The robot.
    pub robot: RobotId,
    /// What is to become of it.
    pub decision: Change,
}

/// Changes it.
///
/// # Errors
/// [`Refused`], also when this actor may not keep robots, or there is no such one; [`RobotError::Full`] when as many as may be say
/// something already.
pub async fn change(store: &Store, act: Act, wanted: Robots) -> Result<(), Refused<RobotError>> {
    let about = act.org.id();
    command(store, act, "change_robot", about, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Robots) -> Result<(), Refused<RobotError>> {
    if !may(&act.actor, Action::ManagePrograms, &Subject::of(act.org.id(), &[])) {
        return Err(Refused::NotFound);
    }
    let held = query::robot::robot(tx, act.org, wanted.robot).await?.ok_or(Refused::NotFound)?;
    let changed = match wanted.decision {
        Change::Off => Robot { off: held.off.or(Some(act.at)), ..held },
        Change::On => held.switched_on(query::robot::told(tx, act.org).await?)?,
    };
    let (told, body) = (changed.off.is_none(), json(&changed)?);
    let change = sql!("UPDATE robot SET told = ?3, body = ?4, said = NULL WHERE org = ?1 AND id = ?2");
    tx.execute(change, &row![act.org, &wanted.robot, told, &body]).await?;
    Ok(())
}
