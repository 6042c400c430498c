//! What every change of a project's own content does around it: asks for permission, locks, keeps, tells the phones.

use super::publish::provide;
use crate::{
    feed,
    office::{Act, Refused},
    query::{self, access::to_project},
    row, sql,
    store::{Tx, json},
};
use firebee_domain::{account::Action, id::ProjectId, project::Project};

/// Puts what `changed` makes of a project in its place. Two changes at once come one behind the other.
pub(super) async fn edit<R>(
    tx: &mut Tx,
    act: &Act,
    id: ProjectId,
    changed: impl FnOnce(&Project) -> Result<Project, Refused<R>> + Send,
) -> Result<(), Refused<R>> {
    to_project(tx, act.org, &act.actor, &[Action::EditProject], id).await?.ok_or(Refused::NotFound)?;
    feed::lock_project(tx, act.org, id, None).await?;
    let lock = sql!("UPDATE project SET lead = lead WHERE org = ?1 AND id = ?2");
    tx.execute(lock, &row![act.org, &id]).await?;
    let mut site = query::project::project(tx, act.org, id).await?.ok_or(Refused::NotFound)?;
    site.project = changed(&site.project)?;
    let keep = sql!("UPDATE project SET body = ?3 WHERE org = ?1 AND id = ?2");
    tx.execute(keep, &row![act.org, &id, &json(&site.project)?]).await?;
    Ok(provide(tx, act.org, &site).await?)
}
