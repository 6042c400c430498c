//! A manager keeps the list of the instances of a facility.

use crate::{
    aggregate::{histories, keep},
    feed::{self, publish},
    office::{Act, Refused, Rule, command::command},
    query::{self, access::to_project},
    store::{Store, Tx},
};
use firebee_domain::{
    account::Action,
    code::Code,
    history::PositionsError,
    id::{Hash, ProjectId},
    ordinals::ORDINAL_MAX,
};
use firebee_protocol::text::{Arg, named::Values};
use serde::Serialize;
use std::collections::BTreeSet;

/// The list of a facility, as somebody pasted it.
#[derive(Clone, Debug, Serialize)]
pub struct KeepPositions {
    /// The project.
    pub project: ProjectId,
    /// The catalogue's code of the facility; the project has ticked it.
    pub facility: String,
    /// The mark of the list that the form was made from.
    pub made_from: Hash,
    /// A position a line, behind it a tag after a tab or a bar.
    pub list: String,
}

impl Rule for PositionsError {
    fn code(&self) -> Code {
        (*self).code()
    }

    fn values(&self) -> Values {
        match self {
            Self::Line { line } => vec![("line", Arg::from(*line))],
            Self::TooMany => vec![("max", Arg::from(ORDINAL_MAX))],
            Self::Changed | Self::ProjectTerminated => Values::new(),
        }
    }
}

/// Puts the list in the place of the one before, and tells the phones. An instance that was on it keeps its ordinal.
///
/// # Errors
/// [`Refused`], also when the project or the facility is not there or this actor may not change the project.
pub async fn keep_positions(store: &Store, act: Act, wanted: KeepPositions) -> Result<(), Refused<PositionsError>> {
    command(store, act, "keep_positions", wanted.project, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &KeepPositions) -> Result<(), Refused<PositionsError>> {
    let permitted = to_project(tx, act.org, &act.actor, &[Action::EditProject], wanted.project).await?;
    permitted.ok_or(Refused::NotFound)?;
    feed::lock_project(tx, act.org, wanted.project, None).await?;
    let site = query::project::project(tx, act.org, wanted.project).await?.ok_or(Refused::NotFound)?;
    if site.project.termination.is_some() {
        return Err(Refused::Rule(PositionsError::ProjectTerminated));
    }
    if !site.project.facilities.contains(&wanted.facility) {
        return Err(Refused::NotFound);
    }
    let place = BTreeSet::from([(wanted.project, wanted.facility.clone())]);
    let mut held = histories(tx, act.org, &place).await?.pop().ok_or(Refused::NotFound)?;
    held.positions = held.positions.kept(wanted.made_from, &wanted.list)?;
    let publications = keep(tx, act.org, &[(held, site.lead)]).await?;
    publish(tx, act.org, publications).await?;
    Ok(())
}
