//! Somebody in charge makes a repair request of an event. From then on the request says how it goes.

use crate::{
    office::{
        Act, Flaw, Refused, Rule,
        command::command,
        repair::{Ask, AskError, write_asked},
    },
    query::{access::to_project, monitoring::event},
    row, sql,
    store::{Store, Tx},
};
use firebee_domain::{
    account::Action,
    code::Code,
    id::{ProjectId, RepairId},
    repair::{Handler, WantedRepair},
};
use firebee_protocol::text::named::Values;
use serde::Serialize;
use uuid::Uuid;

/// Which event, and what is asked for.
#[derive(Clone, Debug, Serialize)]
pub struct Turn {
    /// The event.
    pub event: Uuid,
    /// Its project.
    pub project: ProjectId,
    /// The catalogue code of the facility.
    pub facility: String,
    /// Where it is.
    pub place: String,
    /// What is wrong.
    pub words: String,
}

/// Why an event becomes no request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TurnError {
    /// The request itself.
    #[error(transparent)]
    Ask(AskError),
    /// It is one already.
    #[error("the event is a request already")]
    Turned,
}

impl Rule for TurnError {
    fn code(&self) -> Code {
        match self {
            Self::Ask(error) => error.code(),
            Self::Turned => Code::MonitoringEventTurned,
        }
    }

    fn values(&self) -> Values {
        match self {
            Self::Ask(error) => error.values(),
            Self::Turned => Values::new(),
        }
    }

    fn flaws(&self) -> Vec<Flaw> {
        match self {
            Self::Ask(error) => error.flaws(),
            Self::Turned => Vec::new(),
        }
    }
}

/// Makes a request of an event, which the firm handles. The request has the id of the form.
///
/// # Errors
/// [`Refused`], also when the event is not there, tells that something is over, or is not in the charge of this actor.
pub async fn turn(store: &Store, act: Act, wanted: Turn) -> Result<RepairId, Refused<TurnError>> {
    command(store, act, "turn_event", wanted.project, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Turn) -> Result<RepairId, Refused<TurnError>> {
    let project = wanted.project;
    let permitted = to_project(tx, act.org, &act.actor, &[Action::TurnEvent], project).await?;
    permitted.ok_or(Refused::NotFound)?;
    let told = event(tx, act.org, wanted.event).await?.ok_or(Refused::NotFound)?;
    if told.project != project || !told.signal.asks_repair() {
        return Err(Refused::NotFound);
    }
    let typed = wanted.clone();
    let wanted_repair = WantedRepair {
        facility: typed.facility,
        place: typed.place,
        words: typed.words,
        photos: Vec::new(),
        handler: Handler::Firm,
    };
    let ask = Ask { project, wanted: wanted_repair };
    let repair = write_asked(tx, act, &ask).await.map_err(|refused| refused.map(TurnError::Ask))?;
    // Two people may look at one event: the row is the first one's.
    let take = sql!(
        "UPDATE monitoring_event SET repair = ?3 WHERE org = ?1 AND id = ?2 AND repair IS NULL AND executor IS NULL"
    );
    if tx.execute(take, &row![act.org, &wanted.event, &repair]).await? == 0 {
        return Err(TurnError::Turned.into());
    }
    Ok(repair)
}
