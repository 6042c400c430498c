//! Somebody of the fire service records what was found on site, or in a sampled task.

use crate::{
    office::{Act, Flaw, Refused, Rule, command::command, files},
    query::{self, access::to_project},
    row, sql,
    store::{Store, Tx, json},
};
use firebee_domain::{
    account::Action,
    code::Code,
    id::{ProjectId, RequestId},
    oversight::{CheckError, FoundOnSite, check},
    text::At,
};
use firebee_protocol::text::named::Values;
use serde::Serialize;

/// What was found.
#[derive(Clone, Debug, Serialize)]
pub struct Record {
    /// The project.
    pub project: ProjectId,
    /// What, as typed.
    pub found: FoundOnSite,
}

impl Rule for CheckError {
    fn code(&self) -> Code {
        (*self).code()
    }

    fn values(&self) -> Values {
        match self {
            Self::Findings(error) => error.values(),
            Self::DayInFuture => Values::new(),
        }
    }
}

/// Everything that is wrong with a record, each at its field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} fields of the record are wrong", .0.len())]
pub struct RecordRefused(Vec<At<CheckError>>);

impl Rule for RecordRefused {
    fn code(&self) -> Code {
        self.0.first().map_or(Code::FieldMalformed, |at| at.error.code())
    }

    fn flaws(&self) -> Vec<Flaw> {
        Flaw::all(&self.0)
    }
}

/// Records it and gives its id, that of the form. `act` stands in the chain of the project's firm. Nothing changes it later.
///
/// # Errors
/// [`Refused`], also when the project does not lie in the actor's jurisdiction, or what was compared is none of it.
pub async fn record(store: &Store, act: Act, wanted: Record) -> Result<RequestId, Refused<RecordRefused>> {
    let id = act.request;
    command(store, act, "record_check", wanted.project, wanted, run).await?;
    Ok(id)
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Record) -> Result<(), Refused<RecordRefused>> {
    let (org, id, found) = (act.org, wanted.project, &wanted.found);
    to_project(tx, org, &act.actor, &[Action::RecordCheck], id).await?.ok_or(Refused::NotFound)?;
    let unit = query::firm::unit_of(tx, act.actor.account).await?.ok_or(Refused::NotFound)?;
    if let Some(report) = found.report {
        let held = query::report::report(tx, org, report).await?;
        held.filter(|held| held.report.project == id).ok_or(Refused::NotFound)?;
    }
    if let Some(task) = found.task {
        let document = query::task::documents(tx, org, &[task]).await?.pop();
        document.filter(|document| document.task.project == id).ok_or(Refused::NotFound)?;
    }
    let made = check(id, found, (&unit, act.actor.account, act.at)).map_err(RecordRefused)?;
    if !files::keep(tx, act, id, &made.found.files).await? {
        return Err(Refused::FileUnknown);
    }
    let insert = sql!(
        "INSERT INTO site_check(org, id, project, report, task, outcome, day, at_ms, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
    );
    let compared = row![made.found.report.as_ref(), made.found.task.as_ref(), made.found.outcome];
    let (day, body) = (made.found.day.to_string(), json(&made)?);
    let values = [&row![org, &act.request, &id][..], &compared, &row![&day, act.at, &body]].concat();
    tx.execute(insert, &values).await?;
    Ok(())
}
