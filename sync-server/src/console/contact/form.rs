//! The form of a contact.

use super::show::{find, made as shown};
use crate::{
    console::{
        form::{Field, Form, FormPage, Wrong, again},
        frame::Frame,
        list::Asked,
        owner::may_edit,
        page,
        posted::Posted,
        project,
        refused::Refusal,
        visitor::Visitor,
    },
    office::contact::{self, Change, Create},
    query::{
        self,
        owner::{ContactRow, OwnerRow},
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
};
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use firebee_domain::{
    account::{LOGIN_LENGTH_MAX, PHONE_LENGTH_MAX},
    id::OwnerId,
    text::NAME_MAX,
};
use firebee_protocol::text::say;

/// The form of a new contact. Its owner is found in the list of owners, not typed.
pub(super) async fn new(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    if asked.get("owner").is_empty() {
        return Ok(Redirect::to("/owners").into_response());
    }
    let owner = owner(&app, &visitor, asked.get("owner")).await?;
    page(&made(&app, &visitor, (&owner.owner.id, &owner.owner.name), T::ContactNew, form_new(&visitor, &owner)?))
}

async fn owner(app: &App, visitor: &Visitor, id: &str) -> Result<OwnerRow, Refusal> {
    let id: OwnerId = id.parse().map_err(|_| Refusal::NotFound)?;
    if !may_edit(visitor) {
        return Err(Refusal::NotFound);
    }
    let org = visitor.member.org;
    let found: Result<_, StoreError> =
        app.store.read("read_owner", async move |tx: &mut Tx| query::owner::owner(tx, org, id).await).await;
    found?.ok_or(Refusal::NotFound)
}

fn form_new(visitor: &Visitor, owner: &OwnerRow) -> Result<Form, Refusal> {
    let t = |text| say(visitor.language, text);
    let form = fields(visitor, "/contacts".to_owned(), None)?.carrying("owner", owner.owner.id.to_string());
    let login = Field::text("login", t(T::ContactLogin), LOGIN_LENGTH_MAX).optional();
    Ok(form.with(login.hint(t(T::ContactLoginHint))))
}

fn fields(visitor: &Visitor, action: String, row: Option<&ContactRow>) -> Result<Form, Refusal> {
    let t = |text| say(visitor.language, text);
    let held = |of: fn(&ContactRow) -> &String| row.map(of).cloned().unwrap_or_default();
    Ok(Form::new(visitor, action, T::OwnerSave)?
        .with(Field::text("name", t(T::ContactName), NAME_MAX).value(held(|row| &row.contact.name)))
        .with(Field::phone("phone", t(T::ContactPhone), PHONE_LENGTH_MAX).value(held(|row| &row.contact.phone))))
}

fn made(app: &App, visitor: &Visitor, (owner, name): (&OwnerId, &str), title: T, form: Form) -> FormPage {
    FormPage {
        f: Frame::new(app, visitor, say(visitor.language, title), &project::PAGE),
        back: (format!("/owners/{owner}"), name.to_owned()),
        data: true,
        lead: say(visitor.language, T::ContactFormLead),
        form,
    }
}

/// Makes the contact. The page that answers shows the first password of its account, once.
pub(super) async fn create(State(app): State<App>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let owner = owner(&app, &visitor, fields.text("owner")).await?;
    let text = |name| fields.text(name).to_owned();
    let wanted = Create { owner: owner.owner.id, name: text("name"), phone: text("phone"), login: text("login") };
    match contact::create(&app.office, visitor.act(request), wanted).await {
        Ok(done) => match done.password {
            Some(password) => {
                let row = find(&app, &visitor, &done.account.to_string()).await?;
                page(&shown(&app, &visitor, row, (Some(password), None))?)
            }
            // The same form was sent before: its password was shown then.
            None => Ok(Redirect::to(&format!("/contacts/{}?done={request}", done.account)).into_response()),
        },
        Err(error) => {
            let wrong = Wrong::of(visitor.language, error)?;
            let form = form_new(&visitor, &owner)?.filled(&fields).refused(wrong);
            again(&made(&app, &visitor, (&owner.owner.id, &owner.owner.name), T::ContactNew, form))
        }
    }
}

/// The form of a contact that exists.
pub(super) async fn edit(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    if !may_edit(&visitor) {
        return Err(Refusal::NotFound);
    }
    let row = find(&app, &visitor, &id).await?;
    let form = fields(&visitor, format!("/contacts/{id}"), Some(&row))?;
    page(&made(&app, &visitor, (&row.contact.owner, &row.owner_name), T::ContactEdit, form))
}

/// Changes the contact.
pub(super) async fn change(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields: typed } = posted;
    let row = find(&app, &visitor, &id).await?;
    let text = |name| typed.text(name).to_owned();
    let wanted = Change { contact: row.contact.account, name: text("name"), phone: text("phone") };
    match contact::change(&app.store, visitor.act(request), wanted).await {
        Ok(()) => Ok(Redirect::to(&format!("/contacts/{id}?done={request}")).into_response()),
        Err(error) => {
            let wrong = Wrong::of(visitor.language, error)?;
            let form = fields(&visitor, format!("/contacts/{id}"), Some(&row))?.filled(&typed).refused(wrong);
            again(&made(&app, &visitor, (&row.contact.owner, &row.owner_name), T::ContactEdit, form))
        }
    }
}
