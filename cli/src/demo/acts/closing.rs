//! The audit: everything has stopped.

use super::cellar::Walked;
use crate::demo::{
    audit,
    fail::StoryError,
    report::{Report, Times, TrackRow, minutes},
    stage::{Cast, Stage},
    text::Text,
};
use firebee_client::work::TaskView;
use firebee_domain::{
    id::{ContentId, TaskId},
    time::Punctuality,
};
use firebee_server::verify::Verified;
use std::{collections::BTreeMap, path::PathBuf, time::Instant};

/// Everything stops; then another process reads the server's data, and the two sides are compared.
///
/// # Errors
/// A phone or the server cannot be closed, or its data cannot be read.
pub async fn close(
    stage: Stage<'_>,
    cast: Cast,
    walked: &[Walked],
    views: &BTreeMap<TaskId, TaskView>,
    began: Instant,
) -> Result<Report, StoryError> {
    let Stage { teller, server, data, link, inputs, schedule, phones, mut report, .. } = stage;
    let folders: Vec<PathBuf> = cast.phones().chain(&cast.retired).map(|phone| phone.folder().to_owned()).collect();
    for phone in cast.phones().chain(&cast.retired) {
        phone.client.suspend().await.map_err(StoryError::at("close a phone"))?;
    }
    drop(cast);
    report.net = link.counts();
    drop(link);
    server.stop().await;
    let journals = audit::journals(&folders)?;
    let verified = audit::verify(&data)?;
    (report.facts, report.blobs) = audit::compare(&journals, &verified);
    let bytes = lens(&verified);
    for Walked { task, job } in walked {
        let numbers = schedule.jobs.get(*job).map(|job| job.walks.clone()).unwrap_or_default();
        let walks = numbers.into_iter().filter_map(|number| inputs.walks.get(number));
        let Some(view) = views.get(task) else { continue };
        report.tracks.rows.extend(walks.filter_map(|walk| row(&walk.file, walk.walk.points.len(), view, &bytes)));
    }
    report.time = times(views);
    report.tracks.rows.sort_by(|one, other| one.file.cmp(&other.file));
    report.photos.refused.sort_by(|one, other| one.file.cmp(&other.file));
    report.seconds = (began.elapsed().as_secs_f64() * 10.0).round() / 10.0;
    drop(phones);
    if report.is_whole() {
        teller.tell(Text::DemoWhole, &[]);
    } else {
        let unverified = report.blobs.announced - report.blobs.verified;
        let (lost, quarantined) = (report.facts.lost, report.facts.quarantined);
        teller.tell(
            Text::DemoNotWhole,
            &[("lost", lost.into()), ("quarantined", quarantined.into()), ("unverified", unverified.into())],
        );
    }
    Ok(report)
}

fn lens(verified: &Verified) -> BTreeMap<ContentId, u64> {
    verified.blobs.iter().filter_map(|blob| Some((blob.id, blob.len?))).collect()
}

/// how the last round of each task is judged.
fn times(views: &BTreeMap<TaskId, TaskView>) -> Times {
    let mut times = Times::default();
    for judged in views.values().filter_map(|view| view.due?.of_last_round(&view.task)) {
        *match judged.verdict {
            Punctuality::InTime => &mut times.in_time,
            Punctuality::Late => &mut times.late,
            Punctuality::NotProvable => &mut times.not_provable,
        } += 1;
    }
    times
}

/// A row for a walk: the server's verdict on the task of the walk.
fn row(file: &str, points: usize, view: &TaskView, bytes: &BTreeMap<ContentId, u64>) -> Option<TrackRow> {
    let coverage = view.coverage.as_ref()?;
    let segments = view.task.segments.iter().filter_map(|held| bytes.get(&held.segment.blob));
    Some(TrackRow {
        file: file.to_owned(),
        points,
        bytes: segments.sum(),
        minutes_inside: minutes(coverage.inside_ms),
        minutes_outside: minutes(coverage.outside_ms),
        minutes_not_recorded: minutes(coverage.not_recorded_ms),
        gaps: coverage.gaps.len(),
        verdict: coverage.verdict,
    })
}
