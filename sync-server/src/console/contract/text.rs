//! The text of a contract, to be read, printed and signed: as a page in the reader's language, as a PDF in Chinese. The scan
//! of what was signed becomes a file of the contract.

use super::{may_edit, show::find};
use crate::{
    console::{bytes::shown, frame::Frame, page, project, refused::Refusal, visitor::Visitor},
    query,
    report::PrintError,
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::{
        Reader,
        contract::{Ground, text as agreed},
    },
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use firebee_domain::{id::ContractId, report::Agreement};
use firebee_protocol::{catalogue::Pack, text::Language};

#[derive(Template)]
#[template(path = "contract/text.html")]
struct TextPage {
    f: Frame,
    contract: ContractId,
    v: Agreement,
    /// Whether the reader adds the signed scan.
    may_edit: bool,
}

/// The page.
pub(super) async fn text(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let ground = ground(&app, &visitor, &id).await?;
    let (contract, ended) = (ground.contract.id, ground.contract.end.is_some());
    page(&TextPage {
        f: Frame::new(&app, &visitor, ground.contract.name.clone(), &project::PAGE),
        contract,
        v: of(visitor.reader(), &visitor, &ground),
        may_edit: may_edit(&visitor) && !ended,
    })
}

/// The document. What is signed is Chinese, whatever the reader's language is.
pub(super) async fn pdf(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, Refusal> {
    let ground = ground(&app, &visitor, &id).await?;
    let reader = Reader { language: Language::Zh, ..visitor.reader() };
    match app.printer.agreement(&of(reader, &visitor, &ground)).await {
        Ok(pdf) => shown(pdf),
        Err(PrintError::Store(error)) => Err(error.into()),
        Err(error) => {
            tracing::warn!(%error, "the text of a contract was not printed");
            Err(Refusal::NotPrinted)
        }
    }
}

fn of(reader: Reader<'_>, visitor: &Visitor, ground: &Ground) -> Agreement {
    agreed(reader, ground, &Pack::embedded().catalogue, visitor.now.china_day())
}

/// What the text is made of; permission is asked here.
async fn ground(app: &App, visitor: &Visitor, id: &str) -> Result<Ground, Refusal> {
    let contract = find(app, visitor, id).await?.contract.id;
    let org = visitor.member.org;
    let read = async move |tx: &mut Tx| {
        let (owner, contract) = query::project::contract(tx, org, contract).await?;
        let mut projects = Vec::new();
        for (id, _) in query::contract::projects(tx, org, contract.id).await? {
            let kept = query::project::particulars(tx, org, id).await?;
            projects.extend(query::project::project(tx, org, id).await?.map(|row| (row.project, kept)));
        }
        Ok(Ground { contract, owner, organisation: query::org::organisation(tx, org).await?, projects })
    };
    let found: Result<Ground, StoreError> = app.store.read("read_contract_text", read).await;
    Ok(found?)
}
