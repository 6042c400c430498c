//! One token, what it opens, and its latest uses.

use super::is_for;
use crate::{
    console::{account, frame::Frame, page, part::Hidden, refused::Refusal, visitor::Visitor},
    query,
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::api_token::{ApiTokenLine, UseLine, line, usage},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use firebee_domain::id::ApiTokenId;

#[derive(Template)]
#[template(path = "program/show.html")]
struct ProgramPage {
    f: Frame,
    v: ApiTokenLine,
    uses: Vec<UseLine>,
    hidden: Hidden,
}

/// The page.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, Refusal> {
    let token: ApiTokenId = token.parse().map_err(|_| Refusal::NotFound)?;
    if !is_for(&visitor) {
        return Err(Refusal::NotFound);
    }
    let org = visitor.member.org;
    let read = async move |tx: &mut Tx| {
        let found = query::api_token::token(tx, org, token).await?;
        Ok((found, query::api_token::uses(tx, org, token).await?))
    };
    let found: Result<_, StoreError> = app.store.read("read_api_token", read).await;
    let (found, uses) = found?;
    let v = line(visitor.reader(), &found.ok_or(Refusal::NotFound)?);
    page(&ProgramPage {
        f: Frame::new(&app, &visitor, v.name.clone(), &account::PAGE),
        v,
        uses: uses.iter().map(|row| usage(visitor.reader(), row)).collect(),
        hidden: visitor.hidden()?,
    })
}
