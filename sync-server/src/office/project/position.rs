//! A manager puts one instance on the list of a facility, words it anew, or takes it off.

use crate::{
    aggregate::{histories, keep},
    feed::{self, publish},
    office::{
        Act, Refused, Rule,
        command::{command, trial},
    },
    query::{self, access::to_project},
    store::{Store, Tx},
};
use firebee_domain::{
    account::Action,
    code::Code,
    history::{History, PositionError, Positions},
    id::ProjectId,
    ordinals::ORDINAL_MAX,
};
use firebee_protocol::text::{Arg, named::Values};
use serde::Serialize;
use std::collections::BTreeSet;

/// An instance as it shall stand on the list.
#[derive(Clone, Debug, Serialize)]
pub struct PutPosition {
    /// The project.
    pub project: ProjectId,
    /// The catalogue's code of the facility; the project has ticked it.
    pub facility: String,
    /// The instance that is worded anew; `None` puts another one at the end of the list.
    pub ordinal: Option<u32>,
    /// Where it is.
    pub place: String,
    /// The text of its QR code or NFC tag; empty for none.
    pub tag: String,
}

/// An instance that goes off the list.
#[derive(Clone, Debug, Serialize)]
pub struct RemovePosition {
    /// The project.
    pub project: ProjectId,
    /// The catalogue's code of the facility.
    pub facility: String,
    /// The instance.
    pub ordinal: u32,
}

impl Rule for PositionError {
    fn code(&self) -> Code {
        (*self).code()
    }

    fn values(&self) -> Values {
        match self {
            Self::Place(error) | Self::Tag(error) => error.values(),
            Self::TooMany => vec![("max", Arg::from(ORDINAL_MAX))],
            Self::Taken | Self::ProjectTerminated => Values::new(),
        }
    }

    fn flaws(&self) -> Vec<crate::office::Flaw> {
        let at = if matches!(self, Self::Tag(_)) { "tag" } else { "place" };
        vec![crate::office::Flaw::of(at, self)]
    }
}

/// Puts the instance on the list, and tells the phones. The others stay as they are.
///
/// # Errors
/// [`Refused`], also when the project, the facility or the instance is not there or this actor may not change the project.
pub async fn put_position(store: &Store, act: Act, wanted: PutPosition) -> Result<(), Refused<PositionError>> {
    command(store, act, "put_position", wanted.project, wanted, run_put).await
}

/// What [`put_position()`] would say; everything is taken back.
pub(in crate::office) async fn try_put(
    store: &Store,
    act: Act,
    wanted: PutPosition,
) -> Result<(), Refused<PositionError>> {
    trial(store, act, wanted, run_put).await
}

/// Takes the instance off the list, and tells the phones. Nothing was found there yet.
///
/// # Errors
/// [`Refused`], also when something was found at the instance, it is not there or this actor may not change the project.
pub async fn remove_position(store: &Store, act: Act, wanted: RemovePosition) -> Result<(), Refused<PositionError>> {
    command(store, act, "remove_position", wanted.project, wanted, run_remove).await
}

/// What [`remove_position()`] would say; everything is taken back.
pub(in crate::office) async fn try_remove(
    store: &Store,
    act: Act,
    wanted: RemovePosition,
) -> Result<(), Refused<PositionError>> {
    trial(store, act, wanted, run_remove).await
}

async fn run_put(tx: &mut Tx, act: &Act, wanted: &PutPosition) -> Result<(), Refused<PositionError>> {
    let PutPosition { project, facility, ordinal, place, tag } = wanted;
    let put = |held: &History| held.positions.put(*ordinal, place, tag)?.ok_or(Refused::NotFound);
    change(tx, act, (*project, facility), put).await
}

async fn run_remove(tx: &mut Tx, act: &Act, wanted: &RemovePosition) -> Result<(), Refused<PositionError>> {
    let RemovePosition { project, facility, ordinal } = wanted;
    let remove = |held: &History| {
        let fewer = held.positions.without(*ordinal).filter(|_| !held.tells_of(*ordinal));
        fewer.ok_or(Refused::NotFound)
    };
    change(tx, act, (*project, facility), remove).await
}

async fn change(
    tx: &mut Tx,
    act: &Act,
    (project, facility): (ProjectId, &str),
    changed: impl FnOnce(&History) -> Result<Positions, Refused<PositionError>> + Send,
) -> Result<(), Refused<PositionError>> {
    to_project(tx, act.org, &act.actor, &[Action::EditProject], project).await?.ok_or(Refused::NotFound)?;
    feed::lock_project(tx, act.org, project, None).await?;
    let site = query::project::project(tx, act.org, project).await?.ok_or(Refused::NotFound)?;
    if site.project.termination.is_some() {
        return Err(Refused::Rule(PositionError::ProjectTerminated));
    }
    if !site.project.facilities.iter().any(|ticked| ticked == facility) {
        return Err(Refused::NotFound);
    }
    let place = BTreeSet::from([(project, facility.to_owned())]);
    let mut held = histories(tx, act.org, &place).await?.pop().ok_or(Refused::NotFound)?;
    held.positions = changed(&held)?;
    let publications = keep(tx, act.org, &[(held, site.lead)]).await?;
    publish(tx, act.org, publications).await?;
    Ok(())
}
