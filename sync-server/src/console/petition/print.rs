//! The application for an operation change as a page to be printed, filled in, signed and sealed. It is a
//! Chinese document.

use crate::{
    console::{frame::Frame, page, project, refused::Refusal, visitor::Visitor},
    query::{self, access::to_project},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::{Reader, petition::kind},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use firebee_domain::{account::Action, id::ProjectId, petition::MatterKind};
use firebee_protocol::text::{Language, say};

#[derive(Template)]
#[template(path = "petition/print.html")]
struct PrintPage {
    f: Frame,
    project: ProjectId,
    name: String,
    owner: String,
    firm: String,
    /// The two operation changes.
    kinds: Vec<String>,
}

impl PrintPage {
    /// A text of the form, in Chinese whoever reads.
    fn zh(&self, text: T) -> String {
        say(Language::Zh, text)
    }
}

/// The page.
pub(super) async fn print(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let id: ProjectId = id.parse().map_err(|_| Refusal::NotFound)?;
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| {
        if to_project(tx, org, &actor, &[Action::RequestOperationChange], id).await?.is_none() {
            return Ok(None);
        }
        let firm = query::org::organisation(tx, org).await?.name;
        Ok(query::project::project(tx, org, id).await?.map(|site| (site, firm)))
    };
    let found: Result<_, StoreError> = app.store.read("read_petition_form", read).await;
    let (site, firm) = found?.ok_or(Refusal::NotFound)?;
    let chinese = Reader { language: Language::Zh, ..visitor.reader() };
    let kinds = [MatterKind::TakeBackReport, MatterKind::TakeBackApproval].map(|each| kind(chinese, each));
    page(&PrintPage {
        f: Frame::new(&app, &visitor, visitor.reader().t(T::PetitionForm), &project::PAGE),
        project: id,
        name: site.project.name,
        owner: site.owner_name,
        firm,
        kinds: kinds.into(),
    })
}
