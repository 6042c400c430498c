//! The views of a list that its reader has named, above the list. A view is an address.

use crate::{
    console::{part::Hidden, refused::Refusal, visitor::Visitor},
    query::saved_view::{SavedView, saved_views},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
};
use askama::{Template, filters::HtmlSafe};
use firebee_domain::text::NAME_MAX;
use firebee_protocol::text::{Language, say};

/// The views, and the form that keeps what is shown now as another one.
#[derive(Template)]
#[template(path = "list/views.html")]
pub(in crate::console) struct Views {
    language: Language,
    views: Vec<SavedView>,
    /// The list.
    href: &'static str,
    /// What is shown now.
    address: String,
    hidden: Hidden,
}

/// The template escapes every value.
impl HtmlSafe for Views {}

impl Views {
    /// The views that the visitor has named of the list at `href`; `address` is what is shown now.
    pub(super) async fn of(app: &App, visitor: &Visitor, href: &'static str, address: String) -> Result<Self, Refusal> {
        let (org, account) = (visitor.member.org, visitor.member.actor.account);
        let read = async move |tx: &mut Tx| saved_views(tx, org, account, href).await;
        let views: Result<_, StoreError> = app.store.read("list_saved_views", read).await;
        Ok(Self { language: visitor.language, views: views?, href, address, hidden: visitor.hidden()? })
    }

    /// Whether something is narrowed, searched or sorted, so that a view is worth a name.
    fn is_own(&self) -> bool {
        self.address != self.href
    }

    /// Whether a view is what is shown now.
    fn is_here(&self, view: &SavedView) -> bool {
        view.address == self.address
    }

    fn t(&self, text: T) -> String {
        say(self.language, text)
    }
}
