//! A manager changes what a project is. Its lead is replaced by a command of its own; its days and its first
//! month never change.

use super::{
    publish::provide,
    typed::{ProjectTyped, TypedError},
};
use crate::{
    feed,
    office::{
        Act, Refused,
        command::{command, trial},
    },
    query::{self, access::to_project},
    row, sql,
    store::{Store, StoreError, Tx, json},
};
use firebee_domain::{
    account::Action,
    id::ProjectId,
    project::{Particulars, Project, changed},
    spelling::Spelled,
};
use serde::Serialize;

/// A project as typed.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// The project.
    pub project: ProjectId,
    /// What it is now.
    pub typed: ProjectTyped,
}

/// Changes the project and tells the phones. Plans that exist keep what they were made with.
///
/// # Errors
/// [`Refused`], also when the project is not there or this actor may not.
pub async fn change(store: &Store, act: Act, wanted: Change) -> Result<(), Refused<TypedError>> {
    command(store, act, "change_project", wanted.project, wanted, run).await
}

/// What [`change()`] would say; everything is taken back.
pub(in crate::office) async fn attempt(store: &Store, act: Act, wanted: Change) -> Result<(), Refused<TypedError>> {
    trial(store, act, wanted, run).await
}

/// Whether a change would say anything of a project that is not known already, or is wrong.
pub(in crate::office) async fn says_more(
    tx: &mut Tx,
    (project, particulars): (&Project, &Particulars),
    wanted: &ProjectTyped,
) -> Result<bool, StoreError> {
    let (now, then) = (ProjectTyped::of(project, particulars).read(tx).await?, wanted.read(tx).await?);
    Ok(match (changed(project, &now.entry), changed(project, &then.entry)) {
        (Ok(now_so), Ok(then_so)) => now_so != then_so || now.done() != then.done(),
        _ => true,
    })
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Change) -> Result<(), Refused<TypedError>> {
    let id = wanted.project;
    to_project(tx, act.org, &act.actor, &[Action::EditProject], id).await?.ok_or(Refused::NotFound)?;
    feed::lock_project(tx, act.org, id, None).await?;
    let lock = sql!("UPDATE project SET lead = lead WHERE org = ?1 AND id = ?2");
    tx.execute(lock, &row![act.org, &id]).await?;
    let mut site = query::project::project(tx, act.org, id).await?.ok_or(Refused::NotFound)?;
    let mut read = wanted.typed.read(tx).await?;
    match changed(&site.project, &read.entry) {
        Ok(after) => site.project = after,
        Err(wrong) => read.entry_is(wrong),
    }
    read.needs_executor(tx, act.org, &site.project).await?;
    let mut particulars = read.done()?;
    particulars.files = query::project::particulars(tx, act.org, id).await?.files;
    let keep = sql!(
        "UPDATE project SET name = ?3, sort = ?4, find = ?5, unit = ?6, body = ?7, particulars = ?8,
             city = ?9, unit_type = ?10
         WHERE org = ?1 AND id = ?2"
    );
    let project = &site.project;
    let Spelled { sort, find } = Spelled::of(&project.name);
    let (unit, body, kept) = (project.jurisdiction.as_ref(), json(project)?, json(&particulars)?);
    let (city, unit_type) = (&project.city, &particulars.unit_type);
    tx.execute(keep, &row![act.org, &id, &project.name, &sort, &find, unit, &body, &kept, city, unit_type]).await?;
    Ok(provide(tx, act.org, &site).await?)
}
