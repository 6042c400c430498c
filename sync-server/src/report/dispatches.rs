//! The dispatches that were ticked for a report.

use super::told;
use crate::{
    query::whole::WholeTask,
    view::{
        Reader,
        dispatch::step,
        task::{Files, may_read},
    },
};
use firebee_domain::{
    dispatch::DispatchStep,
    id::DispatchId,
    report::{DispatchRecord, Step},
};
use firebee_protocol::text::{Chip, tongue, word};

/// A dispatch with its log, as far as the reader may read it.
pub(super) fn record(reader: Reader<'_>, whole: &WholeTask, id: DispatchId) -> Option<DispatchRecord> {
    let held = whole.dispatches.iter().map(|held| &held.dispatch).find(|held| held.id == id)?;
    if !may_read(reader, &whole.subject, held) {
        return None;
    }
    let found = whole.catalogue.item(&held.item_id);
    let item = found.map(|found| (&*whole.catalogue, found));
    let name = found
        .map_or_else(|| held.item_name.clone(), |found| format!("{} \u{b7} {}", found.facility.name, found.item.name));
    let files = Files { reader, media: &whole.media };
    let line = |line: &DispatchStep| {
        let said = step(files, line, &whole.names, item);
        let words = [said.what, said.text].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
        Step { at: told(reader, &line.at), by: said.by, words: words.join(" \u{b7} ") }
    };
    Some(DispatchRecord {
        kind: word::dispatch(reader.language, held.kind),
        place: held.position.iter().fold(name, |name, place| format!("{name} \u{b7} {place}")),
        fault: held.description.told(item, tongue(reader.language)),
        team_lead: whole.names.get(&held.team_lead).cloned().unwrap_or_default(),
        plan: held.plan.clone(),
        state: Chip::dispatch(reader.language, held.state).word,
        steps: held.log.iter().map(line).collect(),
    })
}
