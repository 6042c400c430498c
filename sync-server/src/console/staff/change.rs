//! What the forms of an account do.

use super::made;
use crate::{
    console::{list::Asked, page, part::Alert, posted::Posted, refused::Refusal},
    office::{
        Refused,
        account::remedy::{Remedy, remedy as run},
    },
    query::member::member,
    state::App,
    store::{StoreError, Tx},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use firebee_domain::id::AccountId;

/// Helps with one account. A new password is shown on the page that answers, and nowhere else.
pub(super) async fn change(
    State(app): State<App>,
    Path((account, remedy)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let account: AccountId = account.parse().map_err(|_| Refusal::NotFound)?;
    let remedy = match remedy.as_str() {
        "open" => Remedy::Open,
        "close" => Remedy::Close,
        "phone" => Remedy::ReleasePhone,
        "password" => Remedy::ResetPassword,
        _ => return Err(Refusal::NotFound),
    };
    match run(&app.office, visitor.act(request), account, (remedy, fields.text("reason"))).await {
        Ok(None) => Ok(Redirect::to(&format!("/staff?done={request}")).into_response()),
        Ok(Some(password)) => {
            let org = visitor.member.org;
            let found: Result<_, StoreError> =
                app.store.read("find_member", async move |tx: &mut Tx| member(tx, org, account).await).await;
            let login = found?.map(|member| member.login).unwrap_or_default();
            page(&made(&app, &visitor, &Asked::default(), Some((login, password)), None).await?)
        }
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(error) => {
            let alert = Alert::new(visitor.language, error.code(), &error.values());
            let page = made(&app, &visitor, &Asked::default(), None, Some(alert)).await?.render()?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
        }
    }
}
