//! The test records of a report, system by system.

use super::{Worked, album::Album};
use crate::view::{
    Reader,
    task::{Answer, Item, TaskView},
};
use firebee_domain::{
    catalogue::Catalogue,
    report::{Record, SystemRecords, UntestableLine},
    result::Verdict,
};
use firebee_protocol::text::Chip;

/// The results that count, by system in the order of the tasks.
pub(super) fn systems(reader: Reader<'_>, views: &[(&Worked, TaskView)], album: &Album) -> Vec<SystemRecords> {
    let conforms = Chip::verdict(reader.language, Verdict::Conform).word;
    let mut systems: Vec<SystemRecords> = Vec::new();
    each(views, |worked, system, facility, item, answer| {
        let task = &worked.whole.document.task;
        let record = Record {
            facility: format!("{facility}{}", answer.place),
            item: item.name.clone(),
            criterion: item.criterion.clone(),
            record: answer.record.clone(),
            each: answer.each.clone(),
            override_text: answer.override_text.clone(),
            verdict: answer.verdict.word.clone(),
            conforms: answer.verdict.word == conforms,
            photos: album.numbers(task, answer.pictures.iter().map(|picture| picture.fact)),
        };
        match systems.iter_mut().find(|held| held.system == system) {
            Some(held) => held.records.push(record),
            None => systems.push(SystemRecords { system: system.to_owned(), records: vec![record] }),
        }
    });
    systems
}

/// Brings the systems into the order of the catalogue; what it does not name stands last.
pub(super) fn in_order(systems: &mut [SystemRecords], catalogue: &Catalogue) {
    let place = |name: &str| catalogue.items().position(|found| found.system.name == name).unwrap_or(usize::MAX);
    systems.sort_by_cached_key(|held| place(&held.system));
}

/// What could not be tested, and why.
pub(super) fn untestable(reader: Reader<'_>, views: &[(&Worked, TaskView)]) -> Vec<UntestableLine> {
    let untestable = Chip::verdict(reader.language, Verdict::Untestable).word;
    let mut lines = Vec::new();
    each(views, |_, _, facility, item, answer| {
        if answer.verdict.word == untestable {
            lines.push(UntestableLine {
                facility: format!("{facility}{}", answer.place),
                item: item.name.clone(),
                reason: answer.reason.clone(),
            });
        }
    });
    lines
}

/// Every answer that counts, with its system, its facility and its item.
fn each<'v>(
    views: &'v [(&Worked, TaskView)],
    mut seen: impl FnMut(&'v Worked, &'v str, &'v str, &'v Item, &'v Answer),
) {
    for (worked, view) in views {
        for group in &view.groups {
            for item in &group.items {
                for answer in &item.results {
                    seen(worked, &group.system, &group.facility, item, answer);
                }
            }
        }
    }
}
