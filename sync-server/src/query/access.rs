//! Decides whether an actor may act on a project, a plan, a task or a dispatch. Only this module reads the relations of an actor
//! from the database. Missing and forbidden things look the same from outside.

use super::visible::{is_assigned, is_led, is_overseen, is_owned};
use crate::{
    org::Org,
    row, sql,
    store::{Row, Sql, StoreError, Tx, Value},
};
use firebee_domain::{
    account::{Action, Actor, Relation, Subject, may},
    api_token::Scope,
    dispatch::reading,
    id::{
        AccountId, ApplicationId, DispatchId, FaultId, OrganisationId, PersonnelChangeId, PlanId, ProjectId, RepairId,
        ReportId, TaskId,
    },
    task::TaskState,
};

/// The relations of account ?1 to the project with this alias in the firm ?2: the four columns that [`subject`] reads.
macro_rules! relations {
    ($project:literal) => {
        concat!(
            is_led!($project),
            ", ",
            is_assigned!($project),
            ", ",
            is_overseen!($project),
            ", ",
            is_owned!($project)
        )
    };
}

/// The relations of an actor to the subject of a row.
fn subject(row: &Row, org: Org) -> Result<Subject, StoreError> {
    let relations =
        [(0, Relation::Lead), (1, Relation::Assigned), (2, Relation::Jurisdiction), (3, Relation::OwnerOfBuilding)];
    let mut subject = Subject::of(org.id(), &[]);
    for (column, relation) in relations {
        // An outsider's unit or owner is NULL for everybody else.
        if row.get::<Option<bool>>(column)?.unwrap_or(false) {
            subject.relations.push(relation);
        }
    }
    Ok(subject)
}

async fn find(tx: &mut Tx, org: Org, sql: Sql, values: &[Value<'_>]) -> Result<Option<(Subject, Row)>, StoreError> {
    let Some(row) = tx.query_opt(sql, values).await? else { return Ok(None) };
    Ok(Some((subject(&row, org)?, row)))
}

/// The relations of an actor to a project of the firm, if the actor may do all of `actions`.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn to_project(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    actions: &[Action],
    id: ProjectId,
) -> Result<Option<Subject>, StoreError> {
    let sql = sql!(concat!("SELECT ", relations!("p"), " FROM project p WHERE p.org = ?2 AND p.id = ?3"));
    let found = find(tx, org, sql, &row![&actor.account, org, &id]).await?.map(|(subject, _)| subject);
    Ok(found.filter(|subject| actions.iter().all(|action| may(actor, *action, subject))))
}

/// As [`to_project`], for a program whose token opened a path by `scope`.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_program(
    tx: &mut Tx,
    org: Org,
    (actor, scope): (&Actor, Scope),
    action: Action,
    id: ProjectId,
) -> Result<Option<Subject>, StoreError> {
    let Some(mut subject) = to_project(tx, org, actor, &[], id).await? else { return Ok(None) };
    subject.relations.extend((scope == Scope::DeliverMonitoring).then_some(Relation::Delivering));
    Ok(Some(subject).filter(|subject| may(actor, action, subject)))
}

/// The name of the project that a list is narrowed to. The inner `None` is a list of every project, the outer one a project
/// that the actor may not read.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn named(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    project: Option<ProjectId>,
) -> Result<Option<Option<String>>, StoreError> {
    let Some(id) = project else { return Ok(Some(None)) };
    if to_project(tx, org, actor, &[Action::ReadProject], id).await?.is_none() {
        return Ok(None);
    }
    let find = sql!("SELECT name FROM project WHERE org = ?1 AND id = ?2");
    tx.query_opt(find, &row![org, &id]).await?.map(|row| row.get(0)).transpose()
}

/// As [`to_project`], for the project of a plan.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn to_plan(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    actions: &[Action],
    id: PlanId,
) -> Result<Option<Subject>, StoreError> {
    let sql = sql!(concat!(
        "SELECT ",
        relations!("p"),
        " FROM plan l JOIN project p ON p.org = l.org AND p.id = l.project WHERE l.org = ?2 AND l.id = ?3"
    ));
    let found = find(tx, org, sql, &row![&actor.account, org, &id]).await?.map(|(subject, _)| subject);
    Ok(found.filter(|subject| actions.iter().all(|action| may(actor, *action, subject))))
}

/// As [`to_project`], for the project of a report.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn to_report(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    actions: &[Action],
    id: ReportId,
) -> Result<Option<Subject>, StoreError> {
    let sql = sql!(concat!(
        "SELECT ",
        relations!("p"),
        " FROM report r JOIN project p ON p.org = r.org AND p.id = r.project WHERE r.org = ?2 AND r.id = ?3"
    ));
    let found = find(tx, org, sql, &row![&actor.account, org, &id]).await?.map(|(subject, _)| subject);
    Ok(found.filter(|subject| actions.iter().all(|action| may(actor, *action, subject))))
}

/// As [`to_project`], for the project of a fault.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn to_fault(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    actions: &[Action],
    id: FaultId,
) -> Result<Option<Subject>, StoreError> {
    let sql = sql!(concat!(
        "SELECT ",
        relations!("p"),
        " FROM fault f JOIN project p ON p.org = f.org AND p.id = f.project WHERE f.org = ?2 AND f.id = ?3"
    ));
    let found = find(tx, org, sql, &row![&actor.account, org, &id]).await?.map(|(subject, _)| subject);
    Ok(found.filter(|subject| actions.iter().all(|action| may(actor, *action, subject))))
}

/// As [`to_project`], for the project of a repair request.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn to_repair(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    action: Action,
    id: RepairId,
) -> Result<Option<Subject>, StoreError> {
    let sql = sql!(concat!(
        "SELECT ",
        relations!("p"),
        " FROM repair r JOIN project p ON p.org = r.org AND p.id = r.project WHERE r.org = ?2 AND r.id = ?3"
    ));
    let found = find(tx, org, sql, &row![&actor.account, org, &id]).await?.map(|(subject, _)| subject);
    Ok(found.filter(|subject| may(actor, action, subject)))
}

/// The relations of an actor to a task, if the actor may do `action`. A discarded task also needs the right to read
/// discarded tasks.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn to_task(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    action: Action,
    id: TaskId,
) -> Result<Option<Subject>, StoreError> {
    let sql = sql!(concat!(
        "SELECT ",
        relations!("p"),
        ", t.executor, t.state FROM task t JOIN project p ON p.org = t.org AND p.id = t.project
         WHERE t.org = ?2 AND t.id = ?3"
    ));
    let Some((mut subject, row)) = find(tx, org, sql, &row![&actor.account, org, &id]).await? else { return Ok(None) };
    if row.get::<AccountId>(4)? == actor.account {
        subject.relations.push(Relation::Own);
    }
    let hidden = row.get::<TaskState>(5)? == TaskState::Discarded && !may(actor, Action::ReadDiscardedTask, &subject);
    Ok(Some(subject).filter(|subject| !hidden && may(actor, action, subject)))
}

/// The relations of an actor to a dispatch, if the actor may read it. It is its team lead's own, once the team lead is told.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn to_dispatch(tx: &mut Tx, org: Org, actor: &Actor, id: DispatchId) -> Result<Option<Subject>, StoreError> {
    let sql = sql!(concat!(
        "SELECT ",
        relations!("p"),
        ", d.team_lead, d.told FROM dispatch d JOIN project p ON p.org = d.org AND p.id = d.project
         WHERE d.org = ?2 AND d.id = ?3"
    ));
    let Some((mut subject, row)) = find(tx, org, sql, &row![&actor.account, org, &id]).await? else { return Ok(None) };
    if row.get::<AccountId>(4)? == actor.account {
        subject.relations.push(Relation::Own);
    }
    let reads = reading(row.get(5)?);
    Ok(Some(subject).filter(|subject| may(actor, reads, subject)))
}

/// What a row of a firm says first: the firm, and whether it lies in the jurisdiction of account ?1's unit.
fn of_firm(row: &Row) -> Result<(Org, Subject), StoreError> {
    let org = row.org(0)?;
    let overseen = row.get::<Option<bool>>(2)?.unwrap_or(false);
    Ok((org, Subject::of(org.id(), overseen.then_some(Relation::Jurisdiction).as_slice())))
}

/// A firm and the actor's relation to it, if the actor may do `action` there.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn to_firm(
    tx: &mut Tx,
    actor: &Actor,
    action: Action,
    id: OrganisationId,
) -> Result<Option<(Org, Subject)>, StoreError> {
    let sql = sql!(concat!(
        "SELECT o.org, o.id, ",
        is_overseen!("o"),
        " FROM organisation o WHERE o.id = ?2 AND o.authority IS NULL"
    ));
    let found = tx.query_opt(sql, &row![&actor.account, &id]).await?.map(|row| of_firm(&row)).transpose()?;
    Ok(found.filter(|(_, subject)| may(actor, action, subject)))
}

/// As [`to_firm`], for the firm of an application to change its people.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn to_change(
    tx: &mut Tx,
    actor: &Actor,
    action: Action,
    id: PersonnelChangeId,
) -> Result<Option<(Org, Subject)>, StoreError> {
    let sql = sql!(concat!(
        "SELECT o.org, o.id, ",
        is_overseen!("o"),
        " FROM organisation o JOIN personnel_change c ON c.org = o.org WHERE c.id = ?2"
    ));
    let found = tx.query_opt(sql, &row![&actor.account, &id]).await?.map(|row| of_firm(&row)).transpose()?;
    Ok(found.filter(|(_, subject)| may(actor, action, subject)))
}

/// The fire service's own row and the actor's relation to a first application of a firm, if the actor may decide it: it
/// lies with the unit that opened it.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn to_application(
    tx: &mut Tx,
    actor: &Actor,
    id: ApplicationId,
) -> Result<Option<(Org, Subject)>, StoreError> {
    let sql = sql!(concat!(
        "SELECT o.org, o.id, ",
        is_overseen!("a"),
        " FROM organisation o JOIN application a ON a.org = o.org WHERE a.id = ?2"
    ));
    let found = tx.query_opt(sql, &row![&actor.account, &id]).await?.map(|row| of_firm(&row)).transpose()?;
    Ok(found.filter(|(_, subject)| may(actor, Action::DecideApplication, subject)))
}
