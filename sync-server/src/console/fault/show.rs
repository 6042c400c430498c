//! One fault: what is wrong, what was done, who was sent, and the ways that are open.

use crate::{
    console::{
        frame::Frame,
        look::{self, Looks},
        page, portal,
        refused::Refusal,
        task::{Forms, Typed, forms_of, found, stands, view_of},
        visitor::Visitor,
    },
    query::{self, look::Looked},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::task::FaultView,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use firebee_domain::id::{FaultId, ProjectId, RepairId, TaskId};

/// The task that found the fault.
struct Task {
    id: TaskId,
    name: String,
    project: ProjectId,
    project_name: String,
}

#[derive(Template)]
#[template(path = "fault/show.html")]
struct FaultPage {
    f: Frame,
    v: Task,
    /// The one fault, with its forms.
    faults: [FaultView; 1],
    forms: [Forms; 1],
    /// The form leads back to this page.
    alone: bool,
    /// The repair request that it came of.
    repair: Option<RepairId>,
    /// Which contacts have looked, for who may know.
    looks: Option<Looks>,
}

/// The page.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    if portal::is_for(&visitor) {
        return portal::fault(&app, &visitor, &id).await;
    }
    let id: FaultId = id.parse().map_err(|_| Refusal::NotFound)?;
    let org = visitor.member.org;
    let read = async move |tx: &mut Tx| {
        let Some(task) = query::fault::task(tx, org, id).await? else { return Ok(None) };
        Ok(Some((task, query::repair::of_fault(tx, org, id).await?)))
    };
    let known: Result<Option<(TaskId, Option<RepairId>)>, StoreError> = app.store.read("find_fault", read).await;
    let (task, repair) = known?.ok_or(Refusal::NotFound)?;
    let found = found(&app, &visitor, task).await?;
    let view = view_of(&visitor, &found);
    let fault = view.faults.into_iter().find(|fault| fault.id == id).ok_or(Refusal::NotFound)?;
    let form = forms_of(&visitor, &found, &fault, &Typed::default())?;
    let mut f = Frame::new(&app, &visitor, fault.item.clone(), &super::PAGE);
    f.done = f.done.filter(|_| visitor.done.as_ref().is_some_and(|done| stands(done.event, &found)));
    let v = Task { id: view.id, name: view.name, project: view.project, project_name: view.project_name };
    let looks = look::of(&app, &visitor, (&found.whole.subject, Looked::Fault(id))).await?;
    page(&FaultPage { f, v, faults: [fault], forms: [form], alone: true, repair, looks })
}
