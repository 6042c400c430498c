//! A fault as the hazard summary and the repair records tell it.

use super::{
    Reader,
    dispatch::step,
    task::{Files, may_read, points, told},
};
use crate::query::hazard::{Around, Found, HazardRow};
use firebee_domain::{
    account::Subject,
    dispatch::{Dispatch, DispatchKind, DispatchState},
    fault::{Fault, Handling},
    id::{FaultId, ReportId},
};
use firebee_protocol::text::{Chip, When, tongue, when::order, word};
use std::collections::HashMap;

/// A fault in one of the lists.
pub struct HazardLine {
    /// The fault.
    pub id: FaultId,
    /// Its number in the list of its project.
    pub number: u64,
    /// The report that has it.
    pub report: Option<(ReportId, String)>,
    /// Its facility with the ordinal, and where it is.
    pub facility: String,
    /// Its item.
    pub item: String,
    /// The criterion of the item.
    pub criterion: String,
    /// What is wrong.
    pub result: String,
    /// When it was found.
    pub found: When,
    /// Who found it.
    pub finder: String,
    /// Where it stands.
    pub state: Chip,
    /// The last way that was chosen.
    pub handled: Option<Handled>,
    /// What was done about it, line by line in the order of time: each with time, person, way and words.
    pub history: Vec<String>,
    /// The points of its record in their order; empty where nobody said anything.
    pub record: [String; 5],
    /// The last repair that was ordered for it, if one was.
    pub repair: Option<Repaired>,
}

/// A way that was chosen.
pub struct Handled {
    /// When.
    pub at: When,
    /// By whom.
    pub by: String,
    /// Which.
    pub way: String,
}

/// A repair.
pub struct Repaired {
    /// Its team lead.
    pub by: String,
    /// What is to be done.
    pub plan: String,
    /// Where it stands.
    pub state: String,
    /// When it ended, if it did.
    pub at: Option<When>,
    /// What the team lead says of it.
    pub details: String,
}

/// A row in words, for a reader who stands so to the project; nothing for a fault that is not there any more.
#[must_use]
pub fn line(reader: Reader<'_>, subject: &Subject, row: &HazardRow, around: &Around) -> Option<HazardLine> {
    let found = around.tasks.get(&row.task)?;
    let fault = found.faults.iter().find(|fault| fault.id == row.fault)?;
    let task = &found.document.task;
    let result = task.current_result(fault.key);
    let named = task.item(fault.key.item).and_then(|item| found.catalogue.item(&item.item_id));
    let place = result.and_then(|held| held.recorded.position.clone());
    let tongue = tongue(reader.language);
    let facility = named.map(|held| {
        let name = tongue.of(&held.facility.name, &held.facility.name_en);
        let place = place.map(|place| format!(" · {place}")).unwrap_or_default();
        format!("{name}({}){place}", fault.key.ordinal)
    });
    let item = named.map(|held| tongue.of(&held.item.name, &held.item.name_en).to_owned());
    let criterion = result.map(|held| held.recorded.criterion.clone());
    let name = |account| around.names.get(&account).cloned().unwrap_or_default();
    let mut dispatches: Vec<&Dispatch> = found.dispatches.iter().map(|held| &held.dispatch).collect();
    dispatches.retain(|held| held.fault == fault.id && may_read(reader, subject, held));
    Some(HazardLine {
        id: row.fault,
        number: row.number,
        report: row.report.clone(),
        facility: facility.unwrap_or_default(),
        item: item.unwrap_or_else(|| fault.item_name.clone()),
        criterion: criterion.unwrap_or_default(),
        result: fault.description.told(named.map(|held| (&*found.catalogue, held)), tongue),
        found: reader.recorded(&row.found),
        finder: name(task.executor),
        state: Chip::fault(reader.language, fault.state),
        handled: fault.handlings.last().map(|last| Handled {
            at: reader.recorded(&last.at),
            by: name(last.by),
            way: word::way(reader.language, last.way),
        }),
        history: history(reader, (found, fault), &dispatches, around),
        record: points(reader, &fault.particulars).map(|(_, said)| said.unwrap_or_default()),
        repair: repair(reader, &dispatches, around),
    })
}

/// What happened, in the order of time: the ways that were chosen, and the steps of whoever was sent.
fn history(
    reader: Reader<'_>,
    (found, fault): (&Found, &Fault),
    dispatches: &[&Dispatch],
    around: &Around,
) -> Vec<String> {
    let (names, media) = (&around.names, HashMap::new());
    let files = Files { reader, media: &media };
    let said = |when: When, by: &str, what: &str, text: &str| {
        let parts = [when.exact.as_str(), by, what, text];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    };
    let handled = |way: &Handling| {
        let by = names.get(&way.by).cloned().unwrap_or_default();
        let what = word::way(reader.language, way.way);
        (order(&way.at), said(reader.recorded(&way.at), &by, &what, &told(reader, way, names)))
    };
    let mut lines: Vec<_> = fault.handlings.iter().map(handled).collect();
    for held in dispatches {
        let kind = word::dispatch(reader.language, held.kind);
        let item = found.catalogue.item(&held.item_id).map(|item| (&*found.catalogue, item));
        lines.extend(held.log.iter().map(|line| {
            let told = step(files, line, names, item);
            let what = format!("{kind} · {}", told.what);
            (order(&line.at), said(told.when, &told.by, &what, &told.text))
        }));
    }
    lines.sort_by_key(|(at, _)| *at);
    lines.into_iter().map(|(_, line)| line).collect()
}

/// The last repair, unless it was given up.
fn repair(reader: Reader<'_>, dispatches: &[&Dispatch], around: &Around) -> Option<Repaired> {
    let is_repair = |held: &&&Dispatch| held.kind == DispatchKind::Repair && held.state != DispatchState::Cancelled;
    let last = dispatches.iter().filter(is_repair).max_by_key(|held| held.log.first().map(|line| order(&line.at)))?;
    let end = last.end();
    Some(Repaired {
        by: around.names.get(&last.team_lead).cloned().unwrap_or_default(),
        plan: last.plan.clone(),
        state: Chip::dispatch(reader.language, last.state).word,
        at: end.map(|line| reader.recorded(&line.at)),
        details: end.map(|line| line.details.clone()).unwrap_or_default(),
    })
}
