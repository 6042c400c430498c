//! The results of a task as a table.

use crate::export::{
    table::{end, optional, word},
    write::line,
};
use firebee_domain::{id::FactId, result::TaskResult, task::Task};
use serde_json::Value;
use std::collections::HashMap;

const NAMES: [&str; 14] = [
    "fact",
    "item_id",
    "item",
    "criterion",
    "ordinal",
    "position",
    "verdict",
    "measured_record",
    "fault",
    "untestable_reason",
    "recorded_earliest",
    "recorded_latest",
    "replaced",
    "photos",
];

/// The table, as CSV. `photos` are the files of the photos in the archive, by their facts.
pub(super) fn csv(task: &Task, photos: &HashMap<FactId, String>) -> String {
    let head: Vec<Value> = NAMES.iter().map(|name| Value::from(*name)).collect();
    let rows = task.results.iter().map(|result| row(task, result, photos));
    std::iter::once(head).chain(rows).map(|row| line(&row)).collect()
}

fn row(task: &Task, result: &TaskResult, photos: &HashMap<FactId, String>) -> Vec<Value> {
    let recorded = &result.recorded;
    let shown = task.photos_of(result.key).filter_map(|photo| photos.get(&photo.fact));
    let files: Vec<&str> = shown.map(String::as_str).collect();
    vec![
        Value::from(result.fact.to_string()),
        Value::from(recorded.item_id.as_str()),
        Value::from(recorded.name.as_str()),
        Value::from(recorded.criterion.as_str()),
        Value::from(recorded.ordinal),
        optional(recorded.position.as_deref()),
        word(recorded.verdict),
        Value::from(recorded.measured_record.as_str()),
        optional(recorded.fault.as_ref().map(|fault| fault.text.as_str())),
        optional(recorded.untestable_reason.as_deref()),
        end(Some(&result.at), |bound| bound.earliest),
        end(Some(&result.at), |bound| bound.latest),
        Value::from(result.replaced),
        Value::from(files.join(" ")),
    ]
}
