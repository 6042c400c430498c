//! A task: state and next step first, then everything that is known of it.

mod answers;
mod attached;
mod drawing;
mod evidence;
mod faults;
mod next;
pub mod pictures;
mod practice;
mod row;
mod times;
mod track;

pub use answers::{Answer, Group, Item, Moved, Old};
pub use attached::Attached;
pub(crate) use attached::Files;
pub(in crate::view) use drawing::draw;
pub use drawing::{Circle, Drawing, Point, Scale};
pub use evidence::Evidence;
pub(crate) use faults::may_read;
pub use faults::{FaultView, Sent};
pub(in crate::view) use faults::{points, told};
pub use next::{Next, Step};
pub use pictures::Picture;
pub use practice::{Practice, Signature};
pub use row::{TaskLine, TaskWay, line, waiting};
pub use times::Line;
pub use track::{GapLine, Sums, Track};

use super::{
    Reader,
    device::{self, NoteLine},
    parked,
};
use crate::{
    query::{note::NoteRow, parked::ParkedRow, project::ProjectRow, whole::WholeTask},
    text::Text as T,
};
use answers::Answers;
use faults::Faults;
use firebee_domain::{
    account::{Action, Subject},
    catalogue::Catalogue,
    fault::{self, Fault},
    id::{AccountId, ContentId, PersonId, ProjectId, TaskId},
    instrument::Instrument,
    personnel::Colleague,
    task::{Controller, TaskKind, TaskState},
    time::{Timeliness, Timestamp},
    track::Fix,
};
use firebee_protocol::{
    document::{DispatchDocument, TaskDocument},
    fact::Mime,
    text::{Chip, when, word},
};
use next::May;
use pictures::Album;
use std::collections::{HashMap, HashSet};

/// What a task's view is made of.
pub struct TaskSources<'a> {
    /// How the reader stands to the task.
    pub subject: &'a Subject,
    /// The task.
    pub document: &'a TaskDocument,
    /// The faults that it found.
    pub faults: &'a [Fault],
    /// The dispatches of these.
    pub dispatches: &'a [DispatchDocument],
    /// Its project.
    pub site: &'a ProjectRow,
    /// The pack of tests that it was made with.
    pub catalogue: &'a Catalogue,
    /// The names of the people of its organisation.
    pub names: &'a HashMap<AccountId, String>,
    /// The people of its organisation, with the last days of their certificates.
    pub crew: &'a [Colleague],
    /// Who executes it, among them.
    pub executor: Option<PersonId>,
    /// Whether the assignment that a task outside the plan stands on is gone with its plan.
    pub footing_gone: bool,
    /// The instruments of its organisation.
    pub instruments: &'a [Instrument],
    /// Its files that are on the server.
    pub verified: &'a HashSet<ContentId>,
    /// How many of its files are gone because their time was over, and when the last of them went.
    pub expired: Option<(i64, Timestamp)>,
    /// The other tasks in which one of its photos is used, by the original bytes.
    pub elsewhere: &'a HashMap<ContentId, Vec<(TaskId, String)>>,
    /// The names of the tasks to or from which answers were moved, as far as the reader may read them.
    pub moved: &'a HashMap<TaskId, String>,
    /// The files of its decisions and handlings that are on the server, and what they are.
    pub media: &'a HashMap<ContentId, Mime>,
    /// Its facts that do not count.
    pub parked: &'a [ParkedRow],
    /// What its executor's phones noted about themselves meanwhile, for who may see it.
    pub notes: &'a [NoteRow],
    /// The fixes of the pieces of its track that are on the server, a list for each piece, in their order.
    pub fixes: &'a [Vec<Fix>],
}

impl<'a> TaskSources<'a> {
    /// The sources of a task that was read whole, with the fixes of its track.
    pub fn of(whole: &'a WholeTask, fixes: &'a [Vec<Fix>]) -> Self {
        Self {
            subject: &whole.subject,
            document: &whole.document,
            faults: &whole.faults,
            dispatches: &whole.dispatches,
            site: &whole.site,
            catalogue: &whole.catalogue,
            names: &whole.names,
            crew: &whole.crew,
            executor: whole.executor,
            footing_gone: whole.footing_gone,
            instruments: &whole.instruments,
            verified: &whole.verified,
            expired: whole.expired,
            media: &whole.media,
            elsewhere: &whole.elsewhere,
            moved: &whole.moved,
            parked: &whole.parked,
            notes: &whole.notes,
            fixes,
        }
    }
}

/// Something that is known, with its name.
pub struct Known {
    /// What it is.
    pub word: String,
    /// What is known.
    pub value: String,
    /// Whether the value is Chinese data, whatever the reader's language is.
    pub data: bool,
}

/// A task.
pub struct TaskView {
    /// The task.
    pub id: TaskId,
    /// Its name.
    pub name: String,
    /// Its project.
    pub project: ProjectId,
    /// The project's name.
    pub project_name: String,
    /// Its state, and what waits.
    pub chips: Vec<Chip>,
    /// What comes next.
    pub next: Next,
    /// Whether the reader may delete it now.
    pub may_delete: bool,
    /// Who, for which plan, with what.
    pub about: Vec<Known>,
    /// How much of its evidence is on the server.
    pub evidence: Evidence,
    /// What says that files of it are gone because their time was over.
    pub gone: Option<String>,
    /// Its faults, those that wait first.
    pub faults: Vec<FaultView>,
    /// How many of each verdict count.
    pub verdicts: Vec<Chip>,
    /// What was isolated and put back, and what a reviewer should know of the practice on site.
    pub practice: Practice,
    /// Its items by facility.
    pub groups: Vec<Group>,
    /// The pictures that belong to no item, and the withdrawn ones.
    pub pictures: Vec<Picture>,
    /// Its track, for who may see it.
    pub track: Option<Track>,
    /// What happened, in its order.
    pub times: Vec<Line>,
    /// What was received and does not count.
    pub parked: Vec<parked::ParkedLine>,
    /// What the phone noted about itself meanwhile.
    pub notes: Vec<NoteLine>,
}

/// The view of a task.
#[must_use]
pub fn view(reader: Reader<'_>, sources: &TaskSources<'_>) -> TaskView {
    let TaskSources { subject, document, site, catalogue, names, verified, elsewhere, moved, .. } = *sources;
    let task = &document.task;
    let may = May {
        review: reader.may(Action::ReviewTask, subject)
            && task.demands.reviewers.include(reader.actor.account, task.executor, site.project.lead),
        handle: reader.may(Action::HandleFault, subject),
        faults_must_be_handled: site.project.practice().faults_block_approval,
        faults_unhandled: fault::unhandled(sources.faults),
    };
    let fences = site.project.fences();
    let album =
        Album { reader, subject, task, verified, evidence: &document.evidence, fences: fences.as_ref(), elsewhere };
    let answers = Answers { reader, task, catalogue, album: &album, moved };
    let files = Files { reader, media: sources.media };
    let (faults, dispatches) = (sources.faults, sources.dispatches);
    let (album, may_handle) = (&album, may.handle);
    let faults = Faults { reader, task, faults, dispatches, catalogue, names, files, subject, album, may_handle };
    let shown = task.photos.iter().filter(|photo| photo.withdrawn || photo.taken.item.is_none());
    let coverage = document.coverage.as_ref();
    let track = reader.may(Action::ReadTrack, subject);
    TaskView {
        id: task.id,
        name: task.name.clone(),
        project: task.project,
        project_name: site.project.name.clone(),
        chips: chips(reader, document, sources.faults),
        next: next::next(reader, task, &document.evidence, (site.lead_name.as_str(), names), may),
        may_delete: task.state == TaskState::Executing && reader.may(Action::DeleteTask, subject),
        about: about(reader, document, site, sources.footing_gone),
        evidence: evidence::evidence(reader, task, &document.evidence),
        gone: sources.expired.map(|gone| evidence::gone(reader, gone)),
        faults: faults.views(),
        verdicts: answers::verdicts(reader, task),
        practice: practice::practice(
            reader,
            &practice::Sources {
                subject,
                task,
                catalogue,
                crew: sources.crew,
                executor: sources.executor,
                instruments: sources.instruments,
                verified,
                witness_asked: site.project.asks_witness(task),
            },
        ),
        groups: answers.groups(),
        pictures: shown.filter_map(|photo| album.picture(photo, "")).collect(),
        track: if track { track::track(reader, task, coverage, fences.as_ref(), sources.fixes) } else { None },
        times: times::lines(reader, task, names, files),
        parked: parked::lines(reader, sources.parked),
        notes: sources.notes.iter().map(|row| device::note(reader, row)).collect(),
    }
}

/// What a task is for; of one outside the plan, that it is.
fn kind(reader: Reader<'_>, kind: TaskKind) -> Chip {
    let (nature, word) = (Chip::nature(reader.language, kind), word::task(reader.language, kind));
    if kind.is_planned() {
        Chip { word, ..nature }
    } else {
        Chip { word: format!("{} · {word}", nature.word), ..nature }
    }
}

fn chips(reader: Reader<'_>, document: &TaskDocument, faults: &[Fault]) -> Vec<Chip> {
    let task = &document.task;
    let mut chips = vec![Chip::task(reader.language, task.state)];
    chips.extend((!task.kind.is_planned()).then(|| kind(reader, task.kind)));
    if task.state == TaskState::PendingReview {
        chips.extend(unhandled(reader, faults));
    }
    chips.extend(in_time(document).map(|judged| Chip::in_time(reader.language, judged.verdict)));
    chips.extend(coming(reader, document));
    chips.extend(document.coverage.as_ref().map(|coverage| Chip::track(reader.language, coverage.verdict)));
    chips
}

/// Whether the last round came in time, and what decided that.
fn in_time(document: &TaskDocument) -> Option<Timeliness> {
    document.due?.of_last_round(&document.task)
}

/// How many faults wait to be handled, if any does.
fn unhandled(reader: Reader<'_>, faults: &[Fault]) -> Option<Chip> {
    let count = fault::unhandled(faults) as usize;
    (count > 0).then(|| Chip::wrong(reader.n(T::TaskFaultsUnhandled, count)))
}

/// How many files have not arrived, if any has not.
fn coming(reader: Reader<'_>, document: &TaskDocument) -> Option<Chip> {
    let count = document.evidence.coming().count();
    (count > 0).then(|| Chip::waits(reader.n(T::TaskFilesComing, count)))
}

fn about(reader: Reader<'_>, document: &TaskDocument, site: &ProjectRow, footing_gone: bool) -> Vec<Known> {
    let task = &document.task;
    let known = |text, value: String, data| Known { word: reader.t(text), value, data };
    let mut about = vec![
        known(T::PartExecutor, document.executor_name.clone(), true),
        known(T::PartLead, site.lead_name.clone(), true),
        if task.kind.is_planned() {
            known(T::PlanTitle, document.plan_name.clone(), true)
        } else {
            known(T::TaskKind, reader.t(T::TaskOutsidePlan), false)
        },
        known(T::TaskRound, task.round.to_string(), false),
    ];
    if footing_gone {
        about.push(known(T::TaskFooting, reader.t(T::TaskFootingGone), false));
    }
    about.extend(document.due.map(|due| known(T::TaskDue, when::date(reader.language, due.last_day), false)));
    about.extend(in_time(document).map(|judged| {
        let word = Chip::in_time(reader.language, judged.verdict).word;
        known(T::TaskInTime, format!("{word} · {}", word::decided_by(reader.language, judged.by)), false)
    }));
    let Some(said) = task.description.as_ref().map(|description| &description.described) else {
        about.push(known(T::TaskController, reader.t(T::TaskNotYet), false));
        return about;
    };
    about.push(match &said.controller {
        Controller::None => known(T::TaskController, reader.t(T::TaskControllerNone), false),
        Controller::Brand(brand) => known(T::TaskController, brand.clone(), true),
    });
    let helpers = said.helpers.iter().map(|helper| helper.name.clone()).collect::<Vec<_>>();
    let instruments = said.instruments.iter().map(|held| format!("{} {}", held.kind, held.number)).collect();
    for (list, text) in [(helpers, T::TaskHelpers), (instruments, T::TaskInstruments)] {
        if !list.is_empty() {
            about.push(known(text, word::join(reader.language, list), true));
        }
    }
    about
}
