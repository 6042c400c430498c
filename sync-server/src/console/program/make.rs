//! What the form does that makes a token. Its secret is shown on the page that answers, and nowhere else.

use super::{
    is_for,
    list::{form, made},
};
use crate::{
    console::{
        form::{Wrong, again},
        list::Asked,
        page,
        posted::Posted,
        refused::Refusal,
    },
    office::api_token::make as run,
    state::App,
};
use axum::{extract::State, response::Response};
use firebee_domain::api_token::{NewApiToken, Scope};
use strum::VariantArray as _;

/// Makes it.
pub(super) async fn make(State(app): State<App>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    if !is_for(&visitor) {
        return Err(Refusal::NotFound);
    }
    let wanted = NewApiToken {
        name: fields.text("name").to_owned(),
        scopes: Scope::VARIANTS.iter().copied().filter(|scope| !fields.text(scope.into()).is_empty()).collect(),
        // What is no number is no number of days.
        days: fields.text("days").trim().parse().unwrap_or(0),
    };
    let asked = Asked::default();
    match run(&app.store, visitor.act(request), wanted).await {
        Ok(token) => {
            let secret = token.secret.text().to_owned();
            page(&made(&app, &visitor, &asked, (form(&visitor)?, Some(secret))).await?)
        }
        Err(error) => {
            let form = form(&visitor)?.filled(&fields).refused(Wrong::of(visitor.language, error)?);
            again(&made(&app, &visitor, &asked, (form, None)).await?)
        }
    }
}
