//! One contact with its portal account. A password is shown once, on the answer to the form that made it.

use crate::{
    console::{
        form::again,
        frame::Frame,
        owner::{is_for, may_edit},
        page,
        part::{Alert, Fact, Facts, Hidden},
        posted::Posted,
        project,
        refused::Refusal,
        visitor::Visitor,
    },
    office::{
        Refused, Rule,
        contact::{Delete, delete as take_away, renew as run},
    },
    query::owner::{ContactRow, contact},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use firebee_domain::id::{AccountId, OwnerId};

#[derive(Template)]
#[template(path = "contact/show.html")]
pub(super) struct ContactPage {
    f: Frame,
    id: AccountId,
    owner: (OwnerId, String),
    alert: Option<Alert>,
    facts: Facts,
    login: String,
    /// The password that was just made.
    password: Option<String>,
    hidden: Option<Hidden>,
}

/// One contact; permission is asked here.
pub(super) async fn find(app: &App, visitor: &Visitor, id: &str) -> Result<ContactRow, Refusal> {
    let id: AccountId = id.parse().map_err(|_| Refusal::NotFound)?;
    if !is_for(visitor) {
        return Err(Refusal::NotFound);
    }
    let org = visitor.member.org;
    let found: Result<_, StoreError> =
        app.store.read("read_contact", async move |tx: &mut Tx| contact(tx, org, id).await).await;
    found?.ok_or(Refusal::NotFound)
}

/// The page.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let row = find(&app, &visitor, &id).await?;
    page(&made(&app, &visitor, row, (None, None))?)
}

/// The page with the password that was just made, or why none was.
pub(super) fn made(
    app: &App,
    visitor: &Visitor,
    row: ContactRow,
    (password, alert): (Option<String>, Option<Alert>),
) -> Result<ContactPage, Refusal> {
    let (f, reader) = (Frame::new(app, visitor, row.contact.name.clone(), &project::PAGE), visitor.reader());
    let state = match (row.enabled, row.must_change) {
        (false, _) => T::StaffClosed,
        (true, true) => T::ContactNeverSignedIn,
        (true, false) => T::StaffOpen,
    };
    let facts = [
        Fact::data(f.t(T::ContactPhone), &row.contact.phone),
        Fact::data(f.t(T::PartOwner), &row.owner_name).at(format!("/owners/{}", row.contact.owner)),
        Fact::data(f.t(T::ContactLogin), &row.login),
        Fact::words(f.t(T::PartState), f.t(state)),
        Fact::words(f.t(T::OwnerCreated), reader.when(row.created).exact),
        Fact::words(f.t(T::OwnerChanged), reader.when(row.changed).exact),
    ];
    Ok(ContactPage {
        f,
        id: row.contact.account,
        owner: (row.contact.owner, row.owner_name),
        alert,
        facts: facts.into_iter().collect(),
        login: row.login,
        password,
        hidden: may_edit(visitor).then(|| visitor.hidden()).transpose()?,
    })
}

/// Gives the contact another password. It stands on the page that answers, and nowhere else.
pub(super) async fn renew(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, .. } = posted;
    let row = find(&app, &visitor, &id).await?;
    match run(&app.office, visitor.act(request), row.contact.account).await {
        Ok(password) => page(&made(&app, &visitor, row, (Some(password), None))?),
        Err(error) => told(&app, &visitor, row, error),
    }
}

/// Deletes a contact whose account nobody has used, and leads to its owner.
pub(super) async fn delete(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, .. } = posted;
    if !may_edit(&visitor) {
        return Err(Refusal::NotFound);
    }
    let row = find(&app, &visitor, &id).await?;
    let wanted = Delete { contact: row.contact.account };
    match take_away(&app.store, visitor.act(request), wanted).await {
        Ok(()) => Ok(Redirect::to(&format!("/owners/{}?done={request}", row.contact.owner)).into_response()),
        Err(error) => told(&app, &visitor, row, error),
    }
}

/// The page with why nothing was done.
fn told<R: Rule>(app: &App, visitor: &Visitor, row: ContactRow, error: Refused<R>) -> Result<Response, Refusal> {
    match error {
        Refused::NotFound => Err(Refusal::NotFound),
        Refused::Store(error) => Err(error.into()),
        error => {
            let alert = Alert::new(visitor.language, error.code(), &error.values());
            again(&made(app, visitor, row, (None, Some(alert)))?)
        }
    }
}
