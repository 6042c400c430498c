//! What the office has, as a table that it can bring again.

use super::may_bring;
use crate::{
    console::{
        list::{Asked, part},
        refused::Refusal,
        visitor::Visitor,
    },
    office::import::{columns, out},
    state::App,
    store::{StoreError, Tx},
};
use axum::{
    extract::{Query, State},
    response::Response,
};
use firebee_domain::{id::ProjectId, import::Kind};

/// The rows of a kind, of one project where the address names one. An address that asks for no file has nothing to show.
pub(super) async fn rows(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let kind: Kind = asked.get("kind").parse().map_err(|_| Refusal::NotFound)?;
    if !may_bring(&visitor, kind) || !asked.is_file() {
        return Err(Refusal::NotFound);
    }
    let project = asked.word("project").map(|id| id.parse::<ProjectId>()).transpose().map_err(|_| Refusal::NotFound)?;
    let (org, actor, language) = (visitor.member.org, visitor.member.actor.clone(), visitor.language);
    let after = asked.after();
    let read = async move |tx: &mut Tx| out(tx, (org, &actor), (kind, language), (project, after.clone())).await;
    let found: Result<_, StoreError> = app.store.read("read_tables", read).await;
    let found = found?.ok_or(Refusal::NotFound)?;
    let titles = columns(kind).iter().map(|column| (visitor.reader().t(column.title), column.key));
    Ok(part(kind.into(), titles, found))
}
