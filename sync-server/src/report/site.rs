//! The work on site: each task with its times and its track, what was isolated and put back, who witnessed it (R-096 to
//!

use super::{Worked, album::Album, drawing::svg, told};
use crate::{
    text::Text as T,
    view::{
        Reader,
        task::{GapLine, TaskView, Track},
    },
};
use firebee_domain::{
    report::{Named, RestoredLine, SiteWork, WitnessLine},
    restore::{Isolable, Service, ServiceStep},
};
use firebee_protocol::text::{Arg, word};

/// A task.
pub(super) fn work(reader: Reader<'_>, worked: &Worked, view: &TaskView) -> SiteWork {
    let task = &worked.whole.document.task;
    let about = view.about.iter().map(|known| Named { name: known.word.clone(), value: known.value.clone() });
    let times = view.times.iter().map(|line| {
        let value = match &line.when.sure {
            Some(sure) => {
                reader.say(T::ReportTimeSure, &[("time", Arg::from(&line.when.exact)), ("sure", Arg::from(sure))])
            }
            None => line.when.exact.clone(),
        };
        Named { name: line.what.clone(), value }
    });
    let track = view.track.as_ref();
    SiteWork {
        task: task.name.clone(),
        kind: if task.kind.is_planned() { String::new() } else { word::task(reader.language, task.kind) },
        about: about.chain(times).collect(),
        sums: track.map(|track| sums(reader, track)).unwrap_or_default(),
        gaps: track.map(gaps).unwrap_or_default(),
        map: track.and_then(|track| track.map.as_ref()).map(svg).unwrap_or_default(),
    }
}

fn sums(reader: Reader<'_>, track: &Track) -> Vec<Named> {
    let Some(sums) = &track.sums else { return Vec::new() };
    let named = |name: T, value: &str| Named { name: reader.t(name), value: value.to_owned() };
    vec![
        named(T::TaskTrackInside, &sums.inside),
        named(T::TaskTrackOutside, &sums.outside),
        named(T::TaskTrackNotRecorded, &sums.not_recorded),
    ]
}

fn gaps(track: &Track) -> Vec<String> {
    let gap = |gap: &GapLine| format!("{} – {} · {} · {}", gap.from.exact, gap.to.exact, gap.length, gap.cause);
    track.gaps.iter().map(gap).collect()
}

/// What was isolated for a test, and put back.
pub(super) fn restored(reader: Reader<'_>, tasks: &[Worked], album: &Album) -> Vec<RestoredLine> {
    let mut lines = Vec::new();
    for worked in tasks {
        let task = &worked.whole.document.task;
        for system in task.isolates(Some(&worked.whole.catalogue)) {
            let last = |of: &dyn Fn(&ServiceStep) -> bool| {
                task.service.iter().rev().find(|step| step.system() == Some(system) && of(step))
            };
            let isolated = last(&|step| matches!(step.done, Service::Isolated(_)));
            let back = last(&|step| matches!(step.done, Service::Restored(_)));
            let confirmed = task.restored(system);
            lines.push(RestoredLine {
                system: name(reader, system),
                isolated: isolated.map(|step| told(reader, &step.at)).unwrap_or_default(),
                restored: back.map(|step| told(reader, &step.at)).unwrap_or_default(),
                by: confirmed.map(|said| said.by.clone()).unwrap_or_default(),
                photos: album.numbers(task, confirmed.iter().map(|said| said.photo)),
            });
        }
    }
    lines
}

fn name(reader: Reader<'_>, system: Isolable) -> String {
    word::isolable(reader.language, system)
}

/// The owner's witnesses whose signature is here.
pub(super) fn witnesses(reader: Reader<'_>, tasks: &[Worked]) -> Vec<WitnessLine> {
    let line = |worked: &Worked| {
        let task = &worked.whole.document.task;
        let witness = task.witness.as_ref()?;
        let signature = witness.signed.signature;
        worked.whole.verified.contains(&signature).then(|| WitnessLine {
            task: task.name.clone(),
            name: witness.signed.name.clone(),
            role: witness.signed.role.clone(),
            signed: told(reader, &witness.at),
            signature,
        })
    };
    tasks.iter().filter_map(line).collect()
}
