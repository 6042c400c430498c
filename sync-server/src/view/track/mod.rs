//! The day of one operator on one drawing: every piece of track of the day over the fences of the places that were worked at.

use super::{
    Reader,
    task::{Drawing, draw},
};
use crate::text::Text as T;
use chrono::NaiveDate;
use firebee_domain::{
    geofence::{Fences, Thresholds},
    id::{ContentId, TaskId},
    project::Project,
    track::Fix,
};
use firebee_protocol::{
    document::TaskDocument,
    text::{Arg, Chip, When, when::date},
};
use std::collections::HashSet;

/// What is known of the day.
pub struct DayView {
    /// The day in words.
    pub day: String,
    /// How many pieces are on the server.
    pub pieces: String,
    /// The drawing, where a fence is known and a piece is here.
    pub map: Option<Drawing>,
    /// The tasks that were at work.
    pub tasks: Vec<DayLine>,
}

/// A task of the day.
pub struct DayLine {
    /// The task.
    pub id: TaskId,
    /// Its name.
    pub name: String,
    /// Its project's name.
    pub project: String,
    /// When it began.
    pub began: When,
    /// When it was handed in last.
    pub submitted: Option<When>,
    /// Its state, and the verdict on its track.
    pub chips: Vec<Chip>,
}

/// The pieces that were sealed on a day, each once: one walk serves every task of a day. In the order in which they were
/// walked.
#[must_use]
pub fn pieces(documents: &[(TaskDocument, Project)], day: NaiveDate) -> Vec<ContentId> {
    let all = documents.iter().flat_map(|(document, _)| &document.task.segments);
    let mut of_day: Vec<_> = all.filter(|held| held.day() == day).collect();
    of_day.sort_by_key(|held| (held.at.latest(), held.segment.first_boot_ms, held.fact));
    let mut seen = HashSet::new();
    of_day.into_iter().map(|held| held.segment.blob).filter(|blob| seen.insert(*blob)).collect()
}

/// The view of a day. `all` is how many pieces it has, `fixes` those that are on the server.
#[must_use]
pub fn view(
    reader: Reader<'_>,
    documents: &[(TaskDocument, Project)],
    day: NaiveDate,
    (all, fixes): (usize, &[Vec<Fix>]),
) -> DayView {
    let mut sites: Vec<&Project> = Vec::new();
    for (_, project) in documents {
        if !sites.iter().any(|site| site.id == project.id) {
            sites.push(project);
        }
    }
    let fences = sites.iter().filter_map(|site| site.fences());
    let fences = Fences::of(fences.flat_map(|fences| fences.iter().copied().collect::<Vec<_>>()));
    let map = fences.filter(|_| !fixes.is_empty());
    DayView {
        day: date(reader.language, day),
        pieces: reader.say(T::TrackPieces, &[("here", Arg::from(fixes.len())), ("total", Arg::from(all))]),
        map: map.map(|fences| draw(reader.language, &fences, &Thresholds::default(), fixes)),
        tasks: documents.iter().map(|(document, project)| line(reader, document, project)).collect(),
    }
}

fn line(reader: Reader<'_>, document: &TaskDocument, project: &Project) -> DayLine {
    let task = &document.task;
    let verdict = document.coverage.as_ref().map(|coverage| Chip::track(reader.language, coverage.verdict));
    DayLine {
        id: task.id,
        name: task.name.clone(),
        project: project.name.clone(),
        began: reader.recorded(&task.started),
        submitted: task.last_submission().map(|submission| reader.recorded(&submission.at)),
        chips: std::iter::once(Chip::task(reader.language, task.state)).chain(verdict).collect(),
    }
}
