//! The phones of the firm. A phone that lost its account is shown until everything that it recorded is here.

use super::{account, frame::Frame, page, pages::Page, part::Hidden, refused::Refusal, visitor::Visitor};
use crate::{
    query::{self, phone::KnownPhone, visible},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::phone::{PhoneLine, lines},
};
use askama::Template;
use axum::{Router, extract::State, response::Response, routing::get};
use firebee_domain::{account::Action, id::AccountId};
use firebee_protocol::text::say;
use std::collections::HashMap;

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page { routes: || Router::new().route("/phones", get(show)), entry: None, done: &[] };

#[derive(Template)]
#[template(path = "phone/phone.html")]
struct PhonesPage {
    f: Frame,
    phones: Vec<PhoneLine>,
    hidden: Hidden,
}

/// Whether this visitor looks after phones.
pub(super) fn is_for(visitor: &Visitor) -> bool {
    visible(&visitor.member.actor, Action::ListDevices, visitor.member.org).is_everything()
}

/// The page.
async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Refusal> {
    if !is_for(&visitor) {
        return Err(Refusal::NotFound);
    }
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| {
        Ok((query::phone::phones(tx, org, &actor).await?, query::member::names(tx, org).await?))
    };
    let found: Result<(Vec<KnownPhone>, HashMap<AccountId, String>), StoreError> =
        app.store.read("list_phones", read).await;
    let (phones, names) = found?;
    page(&PhonesPage {
        f: Frame::new(&app, &visitor, say(visitor.language, T::PhoneTitle), &account::PAGE),
        phones: lines(visitor.reader(), &phones, &names),
        hidden: visitor.hidden()?,
    })
}
