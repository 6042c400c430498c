//! Dispatches in words: a list, and one with its log.

use super::{
    Reader,
    task::{Files, Line},
};
use crate::{query::dispatch::DispatchRow, text::Text as T};
use firebee_domain::{
    account::{Action, Subject},
    catalogue::{Catalogue, ItemRef},
    dispatch::{DispatchState, DispatchStep, Step},
    evidence::{PhotoExif, dispatch_doubts},
    geofence::Fences,
    id::{AccountId, ContentId, DispatchId, FaultId, ProjectId, TaskId},
};
use firebee_protocol::{
    document::DispatchDocument,
    fact::Mime,
    text::tongue,
    text::{Arg, Chip, When, doubt, word},
};
use std::collections::HashMap;

/// A dispatch in a list.
pub struct DispatchLine {
    /// The dispatch.
    pub id: DispatchId,
    /// What for.
    pub kind: String,
    /// The name of the item, in Chinese.
    pub name: String,
    /// Its project.
    pub project: ProjectId,
    /// The project's name.
    pub project_name: String,
    /// Its team lead.
    pub team_lead: AccountId,
    /// The team lead's name.
    pub team_lead_name: String,
    /// Its state.
    pub state: Chip,
    /// When it was made.
    pub made: When,
}

/// A row in words.
#[must_use]
pub fn line(reader: Reader<'_>, row: &DispatchRow) -> DispatchLine {
    DispatchLine {
        id: row.id,
        kind: word::dispatch(reader.language, row.kind),
        name: row.name.clone(),
        project: row.project,
        project_name: row.project_name.clone(),
        team_lead: row.team_lead,
        team_lead_name: row.team_lead_name.clone(),
        state: Chip::dispatch(reader.language, row.state),
        made: reader.recorded(&row.made),
    }
}

/// What the view of a dispatch is made of.
pub struct DispatchSources<'a> {
    /// How the reader stands to it.
    pub subject: &'a Subject,
    /// The dispatch.
    pub document: &'a DispatchDocument,
    /// The name of its project.
    pub project_name: &'a str,
    /// The pack that its item stands in.
    pub catalogue: &'a Catalogue,
    /// The names of the people of its organisation.
    pub names: &'a HashMap<AccountId, String>,
    /// Its files that are on the server, and what they are.
    pub media: &'a HashMap<ContentId, Mime>,
    /// What a camera wrote into them, read from their bytes.
    pub exif: &'a HashMap<ContentId, PhotoExif>,
    /// The tasks in which they are used as photos.
    pub elsewhere: &'a HashMap<ContentId, Vec<(TaskId, String)>>,
    /// Where the work lies.
    pub fences: Option<&'a Fences>,
    /// Whether its team lead can be sent no more.
    pub gone: bool,
    /// What else the reader may open.
    pub opens: Opens,
}

/// What belongs to a dispatch and has a page of its own that its reader may open. Its team lead need not know the task.
#[derive(Clone, Copy, Debug)]
pub struct Opens {
    /// Its project.
    pub project: bool,
    /// The task that found its fault, and the fault.
    pub task: bool,
}

/// A dispatch.
pub struct DispatchView {
    /// The dispatch.
    pub id: DispatchId,
    /// The task that found its fault.
    pub task: TaskId,
    /// That task's name.
    pub task_name: String,
    /// Its project.
    pub project: ProjectId,
    /// The project's name.
    pub project_name: String,
    /// Its fault.
    pub fault: FaultId,
    /// What for, and what: the heading.
    pub title: String,
    /// Its state.
    pub state: Chip,
    /// The system of its item.
    pub system: String,
    /// The facility and the item.
    pub item: String,
    /// Where.
    pub position: Option<String>,
    /// What is wrong.
    pub text: String,
    /// The repair plan.
    pub plan: String,
    /// The name of its team lead.
    pub team_lead: String,
    /// Its steps, each with its time and person.
    pub log: Vec<Line>,
    /// Whether the reader can issue it now.
    pub may_issue: bool,
    /// Whether the reader can name another team lead now.
    pub may_reassign: bool,
    /// Whether it is open while its team lead can be sent no more.
    pub gone: bool,
    /// What else the reader may open.
    pub opens: Opens,
}

/// The view of a dispatch.
#[must_use]
pub fn view(reader: Reader<'_>, sources: &DispatchSources<'_>) -> DispatchView {
    let DispatchSources { subject, document, project_name, catalogue, names, media, gone, opens, .. } = *sources;
    let (dispatch, tongue) = (&document.dispatch, tongue(reader.language));
    let found = catalogue.item(&dispatch.item_id);
    let item = found.map(|found| {
        let facility = tongue.of(&found.facility.name, &found.facility.name_en);
        format!("{facility} · {}", tongue.of(&found.item.name, &found.item.name_en))
    });
    let item = item.unwrap_or_else(|| dispatch.item_name.clone());
    let kind = word::dispatch(reader.language, dispatch.kind);
    let item_ref = found.map(|found| (catalogue, found));
    let files = Files { reader, media };
    let may = reader.may(Action::IssueDispatch, subject);
    DispatchView {
        id: dispatch.id,
        task: dispatch.task,
        task_name: document.task_name.clone(),
        project: dispatch.project,
        project_name: project_name.to_owned(),
        fault: dispatch.fault,
        title: reader.say(T::DispatchHeading, &[("kind", Arg::from(kind)), ("item", Arg::from(&item))]),
        state: Chip::dispatch(reader.language, dispatch.state),
        system: found.map(|found| tongue.of(&found.system.name, &found.system.name_en).to_owned()).unwrap_or_default(),
        item,
        position: dispatch.position.clone(),
        text: dispatch.description.told(item_ref, tongue),
        plan: dispatch.plan.clone(),
        team_lead: names.get(&dispatch.team_lead).cloned().unwrap_or_default(),
        log: dispatch
            .log
            .iter()
            .map(|line| doubted(reader, sources, line, step(files, line, names, item_ref)))
            .collect(),
        may_issue: may && dispatch.state == DispatchState::ToIssue,
        may_reassign: may && dispatch.state.takes_another_team_lead(gone),
        gone: gone && !dispatch.state.is_closed(),
        opens,
    }
}

/// A step in words, with its files.
pub(crate) fn step(
    files: Files<'_>,
    line: &DispatchStep,
    names: &HashMap<AccountId, String>,
    item: Option<(&Catalogue, ItemRef<'_>)>,
) -> Line {
    let reader = files.reader;
    let name = |account: AccountId| names.get(&account).cloned().unwrap_or_default();
    Line {
        when: reader.recorded(&line.at),
        what: word::step(reader.language, line.step),
        by: name(line.by),
        text: match (line.team_lead, &line.was) {
            (Some(sent), _) => reader.say(T::TaskFaultSent, &[("name", Arg::from(name(sent)))]),
            (None, Some(was)) => word::before(reader.language, was, item),
            (None, None) => line.details.clone(),
        },
        attached: files.of(&line.attachments),
    }
}

/// The line of a step with what makes the pictures doubtful that show the work.
fn doubted(reader: Reader<'_>, sources: &DispatchSources<'_>, step: &DispatchStep, mut line: Line) -> Line {
    if !matches!(step.step, Step::Resolved | Step::Unresolved) {
        return line;
    }
    let issued = sources.document.dispatch.log.iter().find(|held| held.step == Step::Issued);
    let since = issued.map_or(step.at, |held| held.at);
    for file in &mut line.attached {
        let read = sources.exif.get(&file.id);
        let doubts = read.map(|read| dispatch_doubts(read, &step.at, &since, sources.fences)).unwrap_or_default();
        let doubts = doubts.iter().map(|doubt| doubt::doubt(reader.language, doubt));
        let places = sources.elsewhere.get(&file.id).into_iter().flatten();
        file.notes = doubts.chain(places.map(|(_, name)| doubt::elsewhere(reader.language, name))).collect();
    }
    line
}
