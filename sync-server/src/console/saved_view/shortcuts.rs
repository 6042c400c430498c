//! What a person keeps at hand, on the home page: pages and named views.

use crate::{
    console::{refused::Refusal, visitor::Visitor},
    query::saved_view::{SavedView, all},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
};
use askama::{Template, filters::HtmlSafe};
use firebee_protocol::text::{Language, say};

/// The shortcuts, and the way to their page.
#[derive(Template)]
#[template(path = "saved_view/shortcuts.html")]
pub(in crate::console) struct Shortcuts {
    language: Language,
    views: Vec<SavedView>,
}

/// The template escapes every value.
impl HtmlSafe for Shortcuts {}

impl Shortcuts {
    /// Those of the visitor.
    pub(in crate::console) async fn of(app: &App, visitor: &Visitor) -> Result<Self, Refusal> {
        Ok(Self { language: visitor.language, views: own(app, visitor).await? })
    }

    fn t(&self, text: T) -> String {
        say(self.language, text)
    }
}

/// All that the visitor has named, by name.
pub(super) async fn own(app: &App, visitor: &Visitor) -> Result<Vec<SavedView>, Refusal> {
    let (org, account) = (visitor.member.org, visitor.member.actor.account);
    let read = async move |tx: &mut Tx| all(tx, org, account).await;
    let views: Result<_, StoreError> = app.store.read("list_shortcuts", read).await;
    Ok(views?)
}
