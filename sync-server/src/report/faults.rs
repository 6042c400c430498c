//! The faults of a report: what was found and done, what is still open of earlier reports, and the firm's opinion
//!

use super::{Worked, album::Album, told};
use crate::{
    office::report::Ground,
    text::Text as T,
    view::{
        Reader,
        task::{FaultView, TaskSources, TaskView, view},
    },
};
use chrono::NaiveDate;
use firebee_domain::{
    fault::Fault,
    id::DispatchId,
    report::{
        Count, Counters, EarlierFault, FaultRecord, Named, Opinion, OpinionLine, Step, SystemOpinion, SystemRecords,
    },
    result::Verdict,
};
use firebee_protocol::text::{Arg, Chip};

/// A fault with its view.
fn each<'v>(worked: &'v Worked, view: &'v TaskView) -> impl Iterator<Item = (&'v Fault, &'v FaultView)> {
    let of =
        |seen: &'v FaultView| worked.whole.faults.iter().find(|fault| fault.id == seen.id).map(|fault| (fault, seen));
    view.faults.iter().filter_map(of)
}

/// What was done about a fault: its handlings, then who was sent, of the dispatches that were ticked.
fn steps(seen: &FaultView, ticked: &[DispatchId]) -> Vec<Step> {
    let told = |what: &str, text: &str| if text.is_empty() { what.to_owned() } else { format!("{what} · {text}") };
    let done = seen.log.iter().map(|line| Step {
        at: line.when.exact.clone(),
        by: line.by.clone(),
        words: told(&line.what, &line.text),
    });
    let sent = seen.dispatches.iter().filter(|sent| ticked.contains(&sent.id)).map(|sent| Step {
        at: String::new(),
        by: String::new(),
        words: format!("{} · {}", sent.word, sent.state.word),
    });
    done.chain(sent).collect()
}

/// The faults that the tasks found, in the columns of GB 25201 table B.1.
pub(super) fn records(
    reader: Reader<'_>,
    views: &[(&Worked, TaskView)],
    (album, ticked): (&Album, &[DispatchId]),
) -> Vec<FaultRecord> {
    let mut records = Vec::new();
    for (worked, view) in views {
        let task = &worked.whole.document.task;
        for (fault, seen) in each(worked, view) {
            let result = task.current_result(fault.key);
            let (place, item) = seen.item.split_once(" · ").unwrap_or((seen.item.as_str(), ""));
            records.push(FaultRecord {
                number: u32::try_from(records.len() + 1).unwrap_or(u32::MAX),
                found: result.map(|held| told(reader, &held.at)).unwrap_or_default(),
                finder: worked.whole.names.get(&task.executor).cloned().unwrap_or_default(),
                place: place.to_owned(),
                item: item.to_owned(),
                fault: seen.text.clone(),
                state: seen.state.word.clone(),
                particulars: seen
                    .record
                    .iter()
                    .map(|known| Named { name: known.word.clone(), value: known.value.clone() })
                    .collect(),
                steps: steps(seen, ticked),
                photos: album.numbers(task, seen.pictures.iter().map(|picture| picture.fact)),
            });
        }
    }
    records
}

/// The firm's opinion.
pub(super) fn opinion(
    reader: Reader<'_>,
    ground: &Ground,
    views: &[(&Worked, TaskView)],
    (systems, ticked): (&[SystemRecords], &[DispatchId]),
) -> Opinion {
    let counted = Counters::of(views.iter().flat_map(|(worked, _)| &worked.whole.faults));
    let count = |name: T, count: u32| Count { name: reader.t(name), count };
    let untestable = Chip::verdict(reader.language, Verdict::Untestable).word;
    let records = || systems.iter().flat_map(|held| &held.records);
    let size = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let ignored = ground.plan.plan.items.iter().filter(|item| item.ignored.is_some()).count();
    let mut faults = vec![
        count(T::ReportCountTroubleshooting, counted.troubleshooting),
        count(T::ReportCountRepairing, counted.repairing),
        count(T::ReportCountRefused, counted.refused),
        count(T::ReportCountNegotiating, counted.negotiating),
        count(T::ReportCountOutOfScope, counted.out_of_scope),
        count(T::ReportCountResolved, counted.resolved),
    ];
    if counted.unhandled > 0 {
        faults.push(count(T::ReportCountUnhandled, counted.unhandled));
    }
    Opinion {
        faults,
        items: vec![
            count(T::ReportCountTested, size(records().count())),
            count(T::ReportCountUntestable, size(records().filter(|held| held.verdict == untestable).count())),
            count(T::ReportCountIgnored, size(ignored)),
            count(T::ReportCountOverridden, size(records().filter(|held| !held.override_text.is_empty()).count())),
        ],
        systems: systems.iter().filter_map(|held| system(held, views, ticked)).collect(),
    }
}

/// What is wrong in a system, with what follows.
fn system(held: &SystemRecords, views: &[(&Worked, TaskView)], ticked: &[DispatchId]) -> Option<SystemOpinion> {
    let mut lines = Vec::new();
    for (worked, view) in views {
        for group in view.groups.iter().filter(|group| group.system == held.system) {
            for item in &group.items {
                for answer in item.results.iter().filter(|answer| !answer.reason.is_empty()) {
                    let place = format!("{}{}", group.facility, answer.place);
                    let fault =
                        each(worked, view).find(|(_, seen)| seen.item.starts_with(&format!("{place} · {}", item.name)));
                    let last = fault.and_then(|(_, seen)| steps(seen, ticked).pop());
                    lines.push(OpinionLine {
                        facility: place,
                        item: item.name.clone(),
                        verdict: answer.verdict.word.clone(),
                        found: answer.reason.clone(),
                        follow_up: last
                            .map(|step| {
                                [step.words, step.by, step.at]
                                    .into_iter()
                                    .filter(|text| !text.is_empty())
                                    .collect::<Vec<_>>()
                                    .join(" · ")
                            })
                            .unwrap_or_default(),
                    });
                }
            }
        }
    }
    (!lines.is_empty()).then(|| SystemOpinion { system: held.system.clone(), lines })
}

/// The faults of earlier reports that are still open.
pub(super) fn earlier(reader: Reader<'_>, tasks: &[(Worked, String)], on: NaiveDate) -> Vec<EarlierFault> {
    let of_task = |(worked, report): &(Worked, String)| open(reader, worked, report, on, |_| true);
    tasks.iter().flat_map(of_task).collect()
}

/// The open faults of a task that `wanted` admits; `report` names the report that has the task.
pub(super) fn open(
    reader: Reader<'_>,
    worked: &Worked,
    report: &str,
    on: NaiveDate,
    wanted: impl Fn(&Fault) -> bool,
) -> Vec<EarlierFault> {
    let view = view(reader, &TaskSources::of(&worked.whole, &worked.fixes));
    let line = |(fault, seen): (&Fault, &FaultView)| {
        let way = seen.log.last().map(|line| line.what.clone());
        let state = seen.state.word.clone();
        let standing = way.map(|way| {
            let values = [("state", Arg::from(&state)), ("way", Arg::from(way))];
            reader.say(T::ReportStanding, &values)
        });
        let found = worked.whole.document.task.current_result(fault.key).map(|held| held.at);
        EarlierFault {
            report: report.to_owned(),
            place: seen.item.clone(),
            fault: seen.text.clone(),
            found: found.map(|at| told(reader, &at)).unwrap_or_default(),
            standing: standing.unwrap_or(state),
            days: days(worked, fault, on),
        }
    };
    each(worked, &view).filter(|(fault, _)| !fault.state.is_closed() && wanted(fault)).map(line).collect()
}

/// How many days ago a fault was found; none where nothing says it.
pub(super) fn days(worked: &Worked, fault: &Fault, on: NaiveDate) -> u32 {
    let found = worked.whole.document.task.current_result(fault.key).map(|held| held.at.latest().china_day());
    u32::try_from(found.map_or(0, |day| (on - day).num_days().max(0))).unwrap_or(u32::MAX)
}
