//! A manager takes back a project that a table made by mistake, while nothing refers to it. Any other project is
//! terminated.

use crate::{
    feed::{self, Publication, publish},
    office::{
        Act, Refused, Rule,
        command::{command, trial},
    },
    org::Org,
    query::{self, access::to_project},
    row, sql,
    store::{Store, StoreError, Tx},
};
use firebee_domain::{account::Action, code::Code, id::ProjectId, project::is_bare};
use firebee_protocol::document::kind;
use serde::Serialize;

/// Which project.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct TakeBack {
    /// The project.
    pub project: ProjectId,
}

/// Why a project stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TakeBackError {
    /// Something was added to it, or refers to it.
    #[error("the project is in use")]
    InUse,
}

impl Rule for TakeBackError {
    fn code(&self) -> Code {
        match self {
            Self::InUse => Code::ProjectInUse,
        }
    }
}

/// Takes the project back, and takes it from the phone of its lead.
///
/// # Errors
/// [`Refused`], also when the project is not there or this actor may not.
pub async fn take_back(store: &Store, act: Act, wanted: TakeBack) -> Result<(), Refused<TakeBackError>> {
    command(store, act, "take_back_project", wanted.project, wanted, run).await
}

/// What [`take_back()`] would say; everything is taken back.
pub(in crate::office) async fn attempt(
    store: &Store,
    act: Act,
    wanted: TakeBack,
) -> Result<(), Refused<TakeBackError>> {
    trial(store, act, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &TakeBack) -> Result<(), Refused<TakeBackError>> {
    let id = wanted.project;
    to_project(tx, act.org, &act.actor, &[Action::EditProject], id).await?.ok_or(Refused::NotFound)?;
    feed::lock_project(tx, act.org, id, None).await?;
    // The keys of whatever refers to the project hold this row too, so it comes before or after.
    let lock = sql!("UPDATE project SET lead = lead WHERE org = ?1 AND id = ?2");
    tx.execute(lock, &row![act.org, &id]).await?;
    let site = query::project::project(tx, act.org, id).await?.ok_or(Refused::NotFound)?;
    let files = query::project::particulars(tx, act.org, id).await?.files;
    if !is_bare(&site.project) || !files.is_empty() || is_referred_to(tx, act.org, id).await? {
        return Err(TakeBackError::InUse.into());
    }
    tx.execute(sql!("DELETE FROM project WHERE org = ?1 AND id = ?2"), &row![act.org, &id]).await?;
    publish(tx, act.org, vec![Publication { kind: kind::PROJECT, id: id.to_string(), body: None, to: Vec::new() }])
        .await?;
    Ok(())
}

/// Whether anything refers to a project, beside the acts of the office.
async fn is_referred_to(tx: &mut Tx, org: Org, id: ProjectId) -> Result<bool, StoreError> {
    let find = sql!(
        "SELECT 1 FROM history WHERE org = ?1 AND project = ?2
         UNION ALL SELECT 1 FROM plan WHERE org = ?1 AND project = ?2
         UNION ALL SELECT 1 FROM task WHERE org = ?1 AND project = ?2
         UNION ALL SELECT 1 FROM fault WHERE org = ?1 AND project = ?2
         UNION ALL SELECT 1 FROM dispatch WHERE org = ?1 AND project = ?2
         UNION ALL SELECT 1 FROM report WHERE org = ?1 AND project = ?2
         UNION ALL SELECT 1 FROM repair WHERE org = ?1 AND project = ?2
         UNION ALL SELECT 1 FROM suspension WHERE org = ?1 AND project = ?2
         UNION ALL SELECT 1 FROM petition WHERE org = ?1 AND project = ?2
         UNION ALL SELECT 1 FROM site_check WHERE org = ?1 AND project = ?2
         UNION ALL SELECT 1 FROM parked WHERE org = ?1 AND project = ?2 LIMIT 1"
    );
    Ok(tx.query_opt(find, &row![org, &id]).await?.is_some())
}
