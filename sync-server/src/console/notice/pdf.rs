//! The notice on paper: printed anew each time.

use super::show::find;
use crate::{
    console::{bytes::shown, refused::Refusal, visitor::Visitor},
    report::PrintError,
    state::App,
};
use axum::{
    extract::{Path, State},
    response::Response,
};

/// The PDF.
pub(super) async fn pdf(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, Refusal> {
    let found = find(&app, &visitor, &id).await?;
    match app.printer.notice(&found.notice(&app, visitor.now)).await {
        Ok(pdf) => shown(pdf),
        Err(PrintError::Store(error)) => Err(error.into()),
        Err(error) => {
            tracing::warn!(%error, "a notice was not printed");
            Err(Refusal::NotPrinted)
        }
    }
}
