//! How the firm works: what holds, what was set when and by whom, and the form that changes it. The people of the firm
//! read it, its manager changes it.

mod change;

use super::{account, frame::Frame, page, pages::Page, refused::Refusal, visitor::Visitor};
use crate::{
    query::ways::{WaysRow, names, settings},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::ways::{WaysView, view},
};
use askama::Template;
use axum::{Router, extract::State, response::Response, routing::get};
use firebee_domain::{
    account::{Action, Subject},
    id::AccountId,
};
use firebee_protocol::text::say;

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || Router::new().route("/ways", get(show)).route("/ways/change", get(change::form).post(change::change)),
    entry: None,
    done: &[("change_ways", T::WaysDone)],
};

/// So many changes are shown, the last ones.
const CHANGES_MAX: u32 = 50;

#[derive(Template)]
#[template(path = "ways/ways.html")]
struct WaysPage {
    f: Frame,
    v: WaysView,
    may_change: bool,
}

/// Whether this visitor reads how the firm works.
pub(super) fn is_for(visitor: &Visitor) -> bool {
    let subject = Subject::of(visitor.member.org.id(), &[]);
    visitor.member.actor.role.is_staff() && visitor.may(Action::ReadOrganisation, &subject)
}

/// Whether this visitor changes it.
fn changes(visitor: &Visitor) -> bool {
    visitor.may(Action::ChangeWays, &Subject::of(visitor.member.org.id(), &[]))
}

/// The page.
async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Refusal> {
    if !is_for(&visitor) {
        return Err(Refusal::NotFound);
    }
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| {
        let rows = settings(tx, org, &actor, CHANGES_MAX).await?;
        let named = rows.iter().flat_map(|row| [row.ways.lead, row.ways.executor]).flatten();
        let mut named: Vec<AccountId> = named.collect();
        named.sort_unstable();
        named.dedup();
        let names = names(tx, org, &named).await?;
        Ok((rows, names))
    };
    let found: Result<_, StoreError> = app.store.read("read_ways", read).await;
    let (rows, names): (Vec<WaysRow>, _) = found?;
    let v = view(visitor.reader(), &rows, &names);
    let f = Frame::new(&app, &visitor, say(visitor.language, T::WaysTitle), &account::PAGE);
    page(&WaysPage { f, v, may_change: changes(&visitor) })
}
