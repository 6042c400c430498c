//! The lead of projects is replaced: what waits with the old one, in review and on the phone, goes to the next in one act
//!

use super::publish::provide;
use crate::{
    feed::{self, Address, readdress, readers, share},
    office::{Act, Refused, Rule, command::command},
    org::Org,
    query, row, sql,
    store::{Store, StoreError, Tx, json},
};
use firebee_domain::{
    account::{Action, Subject, may},
    code::Code,
    dispatch::reading,
    id::{AccountId, ContentId, FaultId, ProjectId, TaskId},
    project,
    task::TaskState,
    text::{self, TEXT_MAX, TextError},
};
use firebee_protocol::{document::kind, text::named::Values};
use serde::Serialize;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Which projects get another lead.
#[derive(Clone, Debug, Serialize)]
pub struct ReplaceLead {
    /// Who leads them.
    pub from: AccountId,
    /// Who goes on.
    pub to: AccountId,
    /// The projects, all or none.
    pub projects: Vec<ProjectId>,
    /// Why, as typed; required.
    pub reason: String,
}

/// Why nothing changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReplaceLeadError {
    /// No project is chosen.
    #[error("no project is chosen")]
    NothingChosen,
    /// Somebody has replaced the lead of one of them before.
    #[error("one of the projects has another lead by now")]
    AlreadyDone,
    /// The reason is missing or not fit to keep.
    #[error(transparent)]
    Reason(#[from] TextError),
    /// The next one cannot lead.
    #[error(transparent)]
    Lead(#[from] project::LeadError),
}

impl Rule for ReplaceLeadError {
    fn code(&self) -> Code {
        match self {
            Self::NothingChosen => Code::NothingChosen,
            Self::AlreadyDone => Code::AlreadyDone,
            Self::Reason(error) => error.code(),
            Self::Lead(error) => error.code(),
        }
    }

    fn values(&self) -> Values {
        match self {
            Self::Reason(error) => error.values(),
            Self::NothingChosen | Self::AlreadyDone | Self::Lead(_) => Values::new(),
        }
    }
}

/// Gives projects to another lead. The next lead's phone gets the projects with their tasks, faults and reviews, and the
/// old one's loses them. Returns how many reviews went over.
///
/// # Errors
/// [`Refused`], also when an account is not there or this actor may not edit projects.
pub async fn replace_lead(store: &Store, act: Act, wanted: ReplaceLead) -> Result<u64, Refused<ReplaceLeadError>> {
    command(store, act, "replace_lead", wanted.from, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &ReplaceLead) -> Result<u64, Refused<ReplaceLeadError>> {
    let (org, subject) = (act.org, Subject::of(act.org.id(), &[]));
    if !may(&act.actor, Action::ToggleAccount, &subject) || !may(&act.actor, Action::EditProject, &subject) {
        return Err(Refused::NotFound);
    }
    query::member::account(tx, org, wanted.from).await?.ok_or(Refused::NotFound)?;
    let next = query::member::account(tx, org, wanted.to).await?.ok_or(Refused::NotFound)?;
    text::required(&wanted.reason, TEXT_MAX).map_err(ReplaceLeadError::from)?;
    let projects: BTreeSet<ProjectId> = wanted.projects.iter().copied().collect();
    if projects.is_empty() {
        return Err(ReplaceLeadError::NothingChosen.into());
    }
    // Every feed is locked before any project, in one order.
    let mut feeds = BTreeSet::from([wanted.from, wanted.to]);
    for project in &projects {
        feeds.extend(feed::of_project(tx, org, *project).await?);
    }
    feed::lock(tx, org, &feeds).await?;
    let mut reviews = 0;
    for project in projects {
        let lock = sql!("UPDATE project SET lead = lead WHERE org = ?1 AND id = ?2");
        tx.execute(lock, &row![org, &project]).await?;
        let site = query::project::project(tx, org, project).await?.ok_or(Refused::NotFound)?;
        if site.lead != wanted.from {
            return Err(ReplaceLeadError::AlreadyDone.into());
        }
        let led = project::replace_lead(&site.project, &next).map_err(ReplaceLeadError::from)?;
        let keep = sql!("UPDATE project SET lead = ?3, body = ?4 WHERE org = ?1 AND id = ?2");
        tx.execute(keep, &row![org, &project, &wanted.to, &json(&led)?]).await?;
        let site = query::project::project(tx, org, project).await?.ok_or(Refused::NotFound)?;
        provide(tx, org, &site).await?;
        reviews += follow(tx, org, project, wanted.to).await?;
    }
    Ok(reviews)
}

/// Gives every document of a project that a lead receives to the next lead's phone, and takes it from the old one's.
/// Returns how many reviews wait.
async fn follow(tx: &mut Tx, org: Org, project: ProjectId, lead: AccountId) -> Result<u64, StoreError> {
    let packs = sql!("SELECT DISTINCT catalogue FROM plan WHERE org = ?1 AND project = ?2 ORDER BY catalogue");
    for row in tx.query(packs, &row![org, &project]).await? {
        share(tx, org, kind::CATALOGUE, &row.get::<ContentId>(0)?.to_string(), &[lead]).await?;
    }
    let mut documents: Vec<Address> = Vec::new();
    let mut send = |kind, id: String, reads: Action, own: Option<AccountId>| {
        documents.push(Address { kind, id, to: readers(reads, own, Some(lead)) });
    };
    let assignments = sql!("SELECT id, executor FROM assignment WHERE org = ?1 AND project = ?2 ORDER BY id");
    for row in tx.query(assignments, &row![org, &project]).await? {
        send(kind::ASSIGNMENT, row.get::<Uuid>(0)?.to_string(), Action::ReadAssignment, Some(row.get(1)?));
    }
    let mut reviews = 0;
    let tasks = sql!("SELECT id, executor, state FROM task WHERE org = ?1 AND project = ?2 ORDER BY id");
    for row in tx.query(tasks, &row![org, &project]).await? {
        send(kind::TASK, row.get::<TaskId>(0)?.to_string(), Action::ReadTask, Some(row.get(1)?));
        reviews += u64::from(row.get::<TaskState>(2)? == TaskState::PendingReview);
    }
    let faults = sql!(
        "SELECT f.id, t.executor FROM fault f JOIN task t ON t.org = f.org AND t.id = f.task
         WHERE f.org = ?1 AND f.project = ?2 ORDER BY f.id"
    );
    for row in tx.query(faults, &row![org, &project]).await? {
        send(kind::FAULT, row.get::<FaultId>(0)?.to_string(), Action::ReadFault, Some(row.get(1)?));
    }
    for document in query::dispatch::of_project(tx, org, project).await? {
        let dispatch = document.dispatch;
        let reads = reading(dispatch.is_told());
        send(kind::DISPATCH, dispatch.id.to_string(), reads, Some(dispatch.team_lead));
    }
    let parked =
        sql!("SELECT DISTINCT document, account FROM parked WHERE org = ?1 AND project = ?2 ORDER BY document");
    for row in tx.query(parked, &row![org, &project]).await? {
        send(kind::PARKED, row.get(0)?, Action::ReadParked, Some(row.get(1)?));
    }
    readdress(tx, org, &documents).await?;
    Ok(reviews)
}
