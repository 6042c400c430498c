//! One fault as its owner sees it: what is wrong, what was done about it, and its pictures once the work is approved
//! . The first look is noted.

use super::look;
use crate::{
    console::{fault, frame::Frame, page, refused::Refusal, visitor::Visitor},
    query::{
        look::Looked,
        whole::{WholeTask, whole_of_fault},
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::task::{FaultView, TaskSources, view},
};
use askama::Template;
use axum::response::Response;
use firebee_domain::id::{FaultId, ProjectId};

#[derive(Template)]
#[template(path = "portal/fault.html")]
struct OwnFaultPage {
    f: Frame,
    project: (ProjectId, String),
    fault: FaultView,
}

/// The page.
pub(in crate::console) async fn fault(app: &App, visitor: &Visitor, id: &str) -> Result<Response, Refusal> {
    let id: FaultId = id.parse().map_err(|_| Refusal::NotFound)?;
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| whole_of_fault(tx, org, &actor, id).await;
    let found: Result<Option<WholeTask>, StoreError> = app.store.read("read_own_fault", read).await;
    let whole = found?.ok_or(Refusal::NotFound)?;
    let view = view(visitor.reader(), &TaskSources::of(&whole, &[]));
    let fault = view.faults.into_iter().find(|fault| fault.id == id).ok_or(Refusal::NotFound)?;
    look(app, visitor, Looked::Fault(id)).await?;
    let f = Frame::new(app, visitor, fault.item.clone(), &fault::PAGE);
    page(&OwnFaultPage { f, project: (view.project, view.project_name), fault })
}
