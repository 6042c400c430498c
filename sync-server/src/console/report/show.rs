//! A report: where it stands and what is next, then everything that it says, as its snapshot has it.

use crate::{
    console::{
        frame::Frame,
        look::{self, Looks},
        page,
        part::{Alert, Hidden},
        portal, project,
        refused::Refusal,
        visitor::Visitor,
    },
    query::{self, access::to_report, look::Looked, report::ReportRow},
    state::App,
    store::{StoreError, Tx, own},
    text::Text as T,
    view::{
        Reader,
        report::{deadline, state},
    },
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use firebee_domain::{
    account::{Action, Subject},
    code::Code,
    id::{AccountId, ReportId},
    report::{COPIES_MAX, Course, HandedOut, RECIPIENT_LENGTH_MAX, SignedCopy, Snapshot},
    text::TEXT_MAX,
    time::Timestamp,
};
use firebee_protocol::text::{Arg, Chip, say_with, when::date, word};
use std::{borrow::Borrow, collections::HashMap};

#[derive(Template)]
#[template(path = "report/show.html")]
pub(super) struct ReportPage {
    f: Frame,
    row: ReportRow,
    s: Snapshot,
    state: Chip,
    deadline: String,
    dates: (String, String, String),
    alert: Option<Alert>,
    /// Who filed it, when, with which opinion.
    filing: Option<String>,
    /// Since when and why it counts no more.
    void: Option<String>,
    /// The copies that came back.
    copies: Vec<CopyLine>,
    /// To whom copies were handed out.
    handed_out: Vec<String>,
    /// The forms that add a copy and write down a hand-out.
    write: Option<(Hidden, Hidden)>,
    typed: Typed,
    /// Whether the reader takes the evidence along.
    takes: bool,
    /// The form that files it, with the opinion as typed.
    file: Option<(Hidden, String)>,
    /// The form that deletes it.
    delete: Option<Hidden>,
    /// Which contacts have looked, for who may know.
    looks: Option<Looks>,
    /// Whether the reader is a contact of the owner: what the firm does with paper is the firm's own.
    owner: bool,
}

impl ReportPage {
    /// An age in words.
    fn days(&self, days: &u32) -> String {
        say_with(self.f.language, T::ReportEarlierDays, &[("days", Arg::from(*days))])
    }

    /// The head of a column of ages.
    fn age<'c>(&self, course: &'c Course, at: impl Borrow<usize>) -> &'c str {
        course.age_words.get(*at.borrow()).map_or("", String::as_str)
    }

    /// Values in words; a dash where there are none.
    fn joined(&self, values: &[String]) -> String {
        if values.is_empty() { "\u{2014}".to_owned() } else { word::join(self.f.language, values.iter().cloned()) }
    }

    /// The numbers of some photos in words; empty when there are none.
    fn numbers(&self, photos: &[u32]) -> String {
        if photos.is_empty() {
            return String::new();
        }
        let numbers = word::join(self.f.language, photos.iter().map(u32::to_string));
        say_with(self.f.language, T::ReportPhotoNumbers, &[("numbers", Arg::from(numbers))])
    }
}

/// The data of the page.
pub(super) struct Found {
    subject: Subject,
    pub(super) row: ReportRow,
    pub(super) snapshot: Snapshot,
    names: HashMap<AccountId, String>,
}

impl Found {
    /// The name of an account; empty where it is not known.
    pub(super) fn name(&self, account: AccountId) -> String {
        self.names.get(&account).cloned().unwrap_or_default()
    }

    /// Whether this visitor writes down what becomes of the report on paper.
    pub(super) fn writes(&self, visitor: &Visitor) -> bool {
        [Action::GenerateReport, Action::FileReport].iter().any(|held| visitor.may(*held, &self.subject))
    }
}

/// What was typed into a form of the page that was refused.
#[derive(Default)]
pub(super) struct Typed {
    pub(super) opinion: String,
    pub(super) copies: String,
    pub(super) to: String,
}

/// A copy that came back.
struct CopyLine {
    /// Its place, from 1.
    number: usize,
    words: String,
    told: String,
}

/// The page.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let found = find(&app, &visitor, &id).await?;
    if portal::is_for(&visitor) {
        portal::look(&app, &visitor, Looked::Report(found.row.report.id)).await?;
        return page(&made(&app, &visitor, found, Typed::default(), None)?);
    }
    let texts = serde_json::to_string(&found.snapshot).map_err(|_| Refusal::Page)?;
    let unprintable = app.printer.unprintable(std::iter::once(texts.as_str())).await;
    let alert = (!unprintable.is_empty()).then(|| {
        let characters: String = unprintable.into_iter().collect();
        Alert::new(visitor.language, Code::ReportCharactersLost, &[("characters", Arg::from(characters))])
    });
    let looks = look::of(&app, &visitor, (&found.subject, Looked::Report(found.row.report.id))).await?;
    page(&ReportPage { looks, ..made(&app, &visitor, found, Typed::default(), alert)? })
}

/// A report with what it says, if this visitor may read it.
pub(super) async fn find(app: &App, visitor: &Visitor, id: &str) -> Result<Found, Refusal> {
    let id: ReportId = id.parse().map_err(|_| Refusal::NotFound)?;
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| {
        let Some(subject) = to_report(tx, org, &actor, &[Action::ReadReport], id).await? else { return Ok(None) };
        let Some(row) = query::report::report(tx, org, id).await? else { return Ok(None) };
        let Some(text) = query::report::snapshot(tx, org, id).await? else { return Ok(None) };
        let names = query::member::names(tx, org).await?;
        Ok(Some(Found { subject, row, snapshot: own(&text)?, names }))
    };
    let found: Result<Option<Found>, StoreError> = app.store.read("read_report", read).await;
    found?.ok_or(Refusal::NotFound)
}

pub(super) fn made(
    app: &App,
    visitor: &Visitor,
    found: Found,
    typed: Typed,
    alert: Option<Alert>,
) -> Result<ReportPage, Refusal> {
    let (reader, report) = (visitor.reader(), &found.row.report);
    let filing = report.filing.as_ref().map(|filing| {
        let values = [
            ("name", Arg::from(found.name(filing.by))),
            ("when", Arg::from(reader.when(filing.at).exact)),
            ("opinion", Arg::from(&filing.opinion)),
        ];
        reader.say(T::ReportFilingTold, &values)
    });
    let open = report.filing.is_none();
    let may = |action| open && visitor.may(action, &found.subject);
    let writes = found.writes(visitor);
    let day = |day| date(visitor.language, day);
    Ok(ReportPage {
        f: Frame::new(app, visitor, report.name.clone(), &project::PAGE),
        state: state(reader, report),
        deadline: deadline(reader, report),
        dates: (day(report.report_date), day(report.service.0), day(report.service.1)),
        alert,
        filing,
        void: report.void.as_ref().map(|void| {
            let values = [("day", Arg::from(day(void.at.china_day()))), ("reason", Arg::from(&void.reason))];
            reader.say(T::ReportVoidTold, &values)
        }),
        copies: report.copies.iter().zip(1..).map(|(copy, number)| copied(reader, &found, copy, number)).collect(),
        handed_out: report.handed_out.iter().map(|held| handed_out(reader, &found, held)).collect(),
        write: if writes { Some((visitor.hidden()?, visitor.hidden()?)) } else { None },
        file: if may(Action::FileReport) { Some((visitor.hidden()?, typed.opinion.clone())) } else { None },
        delete: if may(Action::GenerateReport) { Some(visitor.hidden()?) } else { None },
        looks: None,
        owner: portal::is_for(visitor),
        typed,
        takes: may(Action::ReadReport) && may(Action::TakeEvidence),
        s: found.snapshot,
        row: found.row,
    })
}

fn copied(reader: Reader<'_>, found: &Found, copy: &SignedCopy, number: usize) -> CopyLine {
    let text = if copy.over_ours { T::ReportCopySigned } else { T::ReportCopySealed };
    CopyLine { number, words: reader.t(text), told: by_at(reader, found, (copy.by, copy.at)) }
}

fn handed_out(reader: Reader<'_>, found: &Found, held: &HandedOut) -> String {
    let values = [("copies", Arg::from(held.copies)), ("to", Arg::from(&held.to))];
    format!("{} \u{b7} {}", reader.say(T::ReportHandedOutLine, &values), by_at(reader, found, (held.by, held.at)))
}

fn by_at(reader: Reader<'_>, found: &Found, (by, at): (AccountId, Timestamp)) -> String {
    format!("{} \u{b7} {}", found.name(by), reader.when(at).exact)
}
