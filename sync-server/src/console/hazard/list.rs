//! The two lists as pages and files.

use super::columns::{HAZARDS, REPAIRS};
use crate::{
    console::{
        frame::Frame,
        list::{Answer, Asked, Facet, Form, List, Shown},
        project,
        refused::Refusal,
        visitor::Visitor,
    },
    query::{
        self,
        access::to_project,
        hazard::{Around, Filter, HazardRow, Summary},
        page::Page,
        project::ProjectRow,
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::{
        Reader,
        hazard::{HazardLine, line},
        tracking::word,
    },
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use firebee_domain::{account::Subject, fault::Counter, id::ProjectId};
use firebee_protocol::text::say;

#[derive(Template)]
#[template(path = "hazard/list.html")]
struct HazardsPage {
    f: Frame,
    list: Shown,
    project: (ProjectId, String),
    lead: String,
    /// The same list on paper.
    pdf: String,
    /// The other list, for who may read it.
    other: Option<(String, String)>,
}

/// What is read for one of the lists.
pub(super) struct Read {
    /// The name of the firm, in which a regulator stands.
    pub(super) firm: String,
    pub(super) site: ProjectRow,
    pub(super) subject: Subject,
    pub(super) page: Page<HazardRow>,
    around: Around,
}

impl Read {
    /// The rows in words.
    pub(super) fn lines(&self, reader: Reader<'_>) -> Page<HazardLine> {
        let rows = self.page.rows.iter().filter_map(|row| line(reader, &self.subject, row, &self.around)).collect();
        Page { rows, next: self.page.next.clone() }
    }
}

/// The list of its kind.
pub(super) const fn list_of(of: Summary) -> &'static List<HazardLine> {
    match of {
        Summary::Hazards => &HAZARDS,
        Summary::Repairs => &REPAIRS,
    }
}

/// What its kind is called.
pub(super) const fn title(of: Summary) -> T {
    match of {
        Summary::Hazards => T::HazardTitle,
        Summary::Repairs => T::HazardRepairs,
    }
}

/// What an address asks for; nothing where it names no project.
pub(super) fn filter(of: Summary, asked: &Asked) -> Result<Filter, Refusal> {
    Ok(Filter {
        of,
        project: asked.get("project").parse().map_err(|_| Refusal::NotFound)?,
        counter: asked.get("counter").parse().ok(),
        days: (asked.day("from"), asked.day("to")),
        wanted: list_of(of).wanted(asked),
    })
}

/// Reads it, for who may read the faults of the project and what the list adds to them.
pub(super) async fn read(app: &App, visitor: &Visitor, filter: Filter) -> Result<Read, Refusal> {
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| {
        let Some(subject) = to_project(tx, org, &actor, filter.of.actions(), filter.project).await? else {
            return Ok(None);
        };
        let Some(site) = query::project::project(tx, org, filter.project).await? else { return Ok(None) };
        let page = query::hazard::hazards(tx, org, &actor, &filter).await?;
        let around = query::hazard::around(tx, org, &page.rows).await?;
        let firm = query::org::name(tx, org).await?;
        Ok(Some(Read { firm, site, subject, page, around }))
    };
    let found: Result<Option<Read>, StoreError> = app.store.read("list_hazards", read).await;
    found?.ok_or(Refusal::NotFound)
}

/// The hazard summary of a project, or its file.
pub(super) async fn hazards(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    list(&app, &visitor, Summary::Hazards, &asked).await
}

/// Its repair records, or their file.
pub(super) async fn repairs(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    list(&app, &visitor, Summary::Repairs, &asked).await
}

async fn list(app: &App, visitor: &Visitor, of: Summary, asked: &Asked) -> Result<Response, Refusal> {
    let found = read(app, visitor, filter(of, asked)?).await?;
    let (language, list) = (visitor.language, list_of(of));
    let counter = |counter: &Counter| Answer {
        value: <&str>::from(counter).to_owned(),
        word: say(language, word(*counter)),
        count: None,
        data: false,
    };
    let answers = Counter::ALL.iter().map(counter).collect();
    let facets = vec![
        Facet { name: "counter", title: T::ListState, every: Some(T::ListEvery), answers, form: Form::Chips },
        Facet::day("from", T::HazardFrom),
        Facet::day("to", T::HazardTo),
    ];
    let lead = say(language, if of == Summary::Hazards { T::HazardLead } else { T::HazardRepairsLead });
    let project = found.site.project.id;
    let other = match of {
        Summary::Hazards => Summary::Repairs,
        Summary::Repairs => Summary::Hazards,
    };
    let may_other = other.actions().iter().all(|action| visitor.may(*action, &found.subject));
    let address = |list: &List<HazardLine>| Asked::address(list.href, [("project", project.to_string())]);
    let other = may_other.then(|| (address(list_of(other)), say(language, title(other))));
    let project = (project, found.site.project.name.clone());
    let pdf = list.same(asked, &format!("{}/pdf", list.href));
    let page = found.lines(visitor.reader());
    list.answer((app, visitor, asked), (title(of), &project::PAGE), (page, facets), |f, list| HazardsPage {
        f,
        list,
        project,
        lead,
        pdf,
        other,
    })
    .await
}
