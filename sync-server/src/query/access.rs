//! Whether somebody may do something to a project or a task: the one place where the database is asked how an actor
//! stands to it. What is missing and what is forbidden look the same from outside.

use crate::{
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::{
    account::{Action, Actor, Relation, Subject, may},
    id::{AccountId, OrganisationId, PlanId, ProjectId, TaskId},
};
use uuid::Uuid;

/// How an actor stands to a project.
async fn project(tx: &mut Tx, actor: &Actor, project: &Uuid) -> Result<Option<Subject>, StoreError> {
    let find = sql!(
        "SELECT organisation, lead, EXISTS (SELECT 1 FROM assignment a WHERE a.project = p.id AND a.executor = ?2)
         FROM project p WHERE p.id = ?1"
    );
    let Some(row) = tx.query_opt(find, &row![project, &actor.account.0]).await? else { return Ok(None) };
    let mut relations = Vec::new();
    if AccountId(row.get(1)?) == actor.account {
        relations.push(Relation::Lead);
    }
    if row.get(2)? {
        relations.push(Relation::Assigned);
    }
    Ok(Some(Subject::of(OrganisationId(row.get(0)?), &relations)))
}

/// How an actor stands to a project, if it may do all of `actions` to it.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn to_project(
    tx: &mut Tx,
    actor: &Actor,
    actions: &[Action],
    id: ProjectId,
) -> Result<Option<Subject>, StoreError> {
    Ok(project(tx, actor, &id.0).await?.filter(|subject| actions.iter().all(|action| may(actor, *action, subject))))
}

/// As [`to_project`], for the project of a plan.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn to_plan(
    tx: &mut Tx,
    actor: &Actor,
    actions: &[Action],
    id: PlanId,
) -> Result<Option<Subject>, StoreError> {
    let find = sql!("SELECT project FROM plan WHERE id = ?1");
    let Some(row) = tx.query_opt(find, &row![&id.0]).await? else { return Ok(None) };
    to_project(tx, actor, actions, ProjectId(row.get(0)?)).await
}

/// How an actor stands to a task, if it may do `action` to it. A discarded task is read by those who may read
/// discarded ones.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn to_task(tx: &mut Tx, actor: &Actor, action: Action, id: TaskId) -> Result<Option<Subject>, StoreError> {
    let find = sql!("SELECT project, executor, state FROM task WHERE id = ?1");
    let Some(row) = tx.query_opt(find, &row![&id.0]).await? else { return Ok(None) };
    let Some(mut subject) = project(tx, actor, &row.get::<Uuid>(0)?).await? else { return Ok(None) };
    if AccountId(row.get(1)?) == actor.account {
        subject.relations.push(Relation::Own);
    }
    let hidden = row.get::<&str>(2)? == "discarded" && !may(actor, Action::ReadDiscardedTask, &subject);
    Ok(Some(subject).filter(|subject| !hidden && may(actor, action, subject)))
}

/// Whether an actor may do something to all of its organisation, whatever its relations: what a list shows then.
pub fn to_all(actor: &Actor, action: Action) -> bool {
    actor.organisation.is_some_and(|organisation| may(actor, action, &Subject::of(organisation, &[])))
}
