//! Invariant 2, second half: what the documents show is what the accepted facts say, each once.

use super::db;
use crate::{
    verdict::{broken, holds},
    world::World,
};
use rusqlite::Result;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The lists of a task's document, and the kind of fact that each shows.
const SHOWN: [(&str, &str); 3] =
    [("results", "result.recorded"), ("photos", "photo.taken"), ("submissions", "task.submitted")];

/// Compares results, photos and submissions of each task with the accepted facts.
pub fn check(world: &World) {
    if let Err(error) = try_check(world) {
        broken(2, format!("the server's database cannot be read: {error}"));
    }
}

fn try_check(world: &World) -> Result<()> {
    let Some(database) = world.host.database() else { return Ok(()) };
    let db = db::open(&database)?;
    let mut accepted: BTreeMap<(String, &str), BTreeSet<String>> = BTreeMap::new();
    for line in db::server_lines(&db)?.into_iter().filter(|line| line.code.is_none()) {
        let fact: Value = serde_json::from_slice(&line.bytes).unwrap_or_default();
        let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
        let kind = text(fact.get("kind"));
        if let Some((list, _)) = SHOWN.iter().find(|(_, shown)| *shown == kind) {
            let task = text(fact.get("subject").and_then(|subject| subject.get("task")));
            accepted.entry((task, *list)).or_default().insert(text(fact.get("id")));
        }
    }
    for (task, document) in db::documents(&db, "task")? {
        for (list, _) in SHOWN {
            let rows = document.get("task").and_then(|task| task.get(list)).and_then(Value::as_array);
            let rows: Vec<&Value> = rows.into_iter().flatten().collect();
            let shown: BTreeSet<String> =
                rows.iter().filter_map(|row| row.get("fact")?.as_str().map(str::to_owned)).collect();
            holds(2, shown.len() == rows.len(), || format!("task {task} shows one of its {list} twice"));
            let said = accepted.remove(&(task.clone(), list)).unwrap_or_default();
            holds(2, shown == said, || {
                let odd: Vec<&String> = shown.symmetric_difference(&said).collect();
                format!(
                    "task {task} shows {} {list}, and {} were accepted; they differ in {odd:?}",
                    shown.len(),
                    said.len()
                )
            });
        }
    }
    let lost: Vec<_> = accepted.into_iter().filter(|(_, facts)| !facts.is_empty()).collect();
    holds(2, lost.is_empty(), || format!("accepted facts are shown by no task: {lost:?}"));
    Ok(())
}
