//! One application: what it says, its files, and what the reader can do about it.

use super::place;
use crate::{
    console::{
        form::{Answer, Branch, Field, Form},
        frame::Frame,
        page,
        part::{Alert, Hidden},
        refused::Refusal,
        visitor::Visitor,
    },
    org::Org,
    query::{self, access::to_change, personnel_change::ChangeRow},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::{
        Reader,
        personnel_change::{ChangeView, outcome, view},
    },
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use firebee_domain::{
    account::{Action, Subject},
    evidence::ATTACHMENT_MIB_MAX,
    id::PersonnelChangeId,
    organisation::Organisation,
    personnel_change::{ChangeState, Outcome, Ties},
    text::TEXT_MAX,
};
use firebee_protocol::text::{Arg, say, say_with};
use strum::VariantArray as _;

#[derive(Template)]
#[template(path = "personnel_change/show.html")]
pub(super) struct ChangePage {
    f: Frame,
    v: ChangeView,
    alert: Option<Alert>,
    send: Option<Form>,
    decide: Option<Form>,
    hidden: Hidden,
}

/// What the page is made of.
pub(super) struct Found {
    /// The firm.
    pub(super) org: Org,
    pub(super) subject: Subject,
    pub(super) row: ChangeRow,
    pub(super) firm: Organisation,
    pub(super) ties: Ties,
}

/// The application, if the visitor may read it. A draft is its firm's alone.
pub(super) async fn find(app: &App, visitor: &Visitor, id: &str) -> Result<Found, Refusal> {
    let id: PersonnelChangeId = id.parse().map_err(|_| Refusal::NotFound)?;
    let (actor, own, today) = (visitor.member.actor.clone(), visitor.member.org, visitor.now.china_day());
    let read = async move |tx: &mut Tx| {
        let Some((org, subject)) = to_change(tx, &actor, Action::ReadPersonnelFile, id).await? else {
            return Ok(None);
        };
        let Some(row) = query::personnel_change::change(tx, org, id).await? else { return Ok(None) };
        if row.change.state() == ChangeState::Draft && org != own {
            return Ok(None);
        }
        let firm = query::org::organisation(tx, org).await?;
        let ties = match row.change.person {
            Some(person) => query::personnel::ties(tx, org, person, today).await?,
            None => Ties::default(),
        };
        Ok(Some(Found { org, subject, row, firm, ties }))
    };
    let found: Result<_, StoreError> = app.store.read("read_change", read).await;
    found?.ok_or(Refusal::NotFound)
}

/// The page.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let found = find(&app, &visitor, &id).await?;
    page(&made(&app, &visitor, &found, None)?)
}

pub(super) fn viewed(reader: Reader<'_>, found: &Found) -> ChangeView {
    view(reader, (&found.row, &found.firm), found.ties, &found.subject)
}

/// The page; `again` makes of its two forms what a refusal leaves.
pub(super) fn made(app: &App, visitor: &Visitor, found: &Found, again: Option<Again>) -> Result<ChangePage, Refusal> {
    let v = viewed(visitor.reader(), found);
    let title = say(visitor.language, T::PersonnelChangeTitle);
    let send = if v.may_send { Some(send_form(visitor, &v)?) } else { None };
    let decide = if v.may_decide { Some(decide_form(visitor, &v)?) } else { None };
    let mut page = ChangePage {
        f: Frame::new(app, visitor, title, place(visitor)),
        v,
        alert: None,
        send,
        decide,
        hidden: visitor.hidden()?,
    };
    // What is said of a form that the application has no more stands above the page.
    match again {
        None => {}
        Some(Again::Told(alert)) => page.alert = Some(alert),
        Some(Again::Send(redo, alert)) => match page.send {
            Some(form) => page.send = Some(redo(form)),
            None => page.alert = Some(alert),
        },
        Some(Again::Decide(redo, alert)) => match page.decide {
            Some(form) => page.decide = Some(redo(form)),
            None => page.alert = Some(alert),
        },
    }
    Ok(page)
}

/// Puts what was typed, and what is wrong with it, into a form.
type Redo = Box<dyn FnOnce(Form) -> Form + Send>;

/// What stands on the page after a refusal.
pub(super) enum Again {
    /// The form that sends, with what was typed; and why it was refused.
    Send(Redo, Alert),
    /// The form that decides.
    Decide(Redo, Alert),
    /// A sentence of no form.
    Told(Alert),
}

fn send_form(visitor: &Visitor, v: &ChangeView) -> Result<Form, Refusal> {
    let t = |text| say(visitor.language, text);
    let papers = v.papers.iter().map(|paper| Answer::word(paper.value, paper.word.clone())).collect();
    let papers = Field::many(
        "papers",
        t(T::PersonnelChangePapers),
        [Branch { title: String::new(), twigs: vec![(String::new(), papers)] }],
    );
    let accept = "image/*,application/pdf,.zip,.rar,.7z,.gz";
    let hint = say_with(visitor.language, T::PersonnelChangeFilesHint, &[("max", Arg::from(ATTACHMENT_MIB_MAX))]);
    let files = Field::files(t(T::PersonnelChangeFiles), true, accept).hint(hint);
    let action = format!("/personnel-changes/{}/send", v.id);
    Ok(Form::new(visitor, action, T::PersonnelChangeSend)?.with(files).with(papers))
}

fn decide_form(visitor: &Visitor, v: &ChangeView) -> Result<Form, Refusal> {
    let language = visitor.language;
    let answers = Outcome::VARIANTS.iter().map(|each| Answer::word(<&str>::from(each), outcome(language, *each)));
    let action = format!("/personnel-changes/{}/decide", v.id);
    let reason = Field::area("reason", say(language, T::PersonnelChangeDecisionReason), TEXT_MAX).optional();
    Ok(Form::new(visitor, action, T::PersonnelChangeDecide)?
        .with(Field::radio("decision", say(language, T::PersonnelChangeDecision), answers))
        .with(reason.hint(say(language, T::PersonnelChangeDecisionHint))))
}
