//! The faults of a task and what was done about each.

use super::times::Line;
use crate::view::Reader;
use firebee_domain::{
    catalogue::Catalogue,
    fault::{Fault, Handling, Way},
    id::{AccountId, FaultId},
    task::{Task, TaskState},
};
use firebee_protocol::{
    catalogue::tongue,
    text::{Chip, word},
};
use std::collections::HashMap;

/// One fault.
pub struct FaultView {
    /// The fault.
    pub id: FaultId,
    /// The names of its facility and its item.
    pub item: String,
    /// What is wrong.
    pub text: String,
    /// Its state.
    pub state: Chip,
    /// What was done about it, in its order.
    pub log: Vec<Line>,
    /// Whether nothing was done about it yet.
    pub unhandled: bool,
    /// The ways that the reader can choose for it now.
    pub ways: &'static [Way],
}

/// What faults are made with.
pub(super) struct Faults<'a> {
    pub(super) reader: Reader<'a>,
    pub(super) task: &'a Task,
    /// What it found.
    pub(super) faults: &'a [Fault],
    pub(super) catalogue: &'a Catalogue,
    pub(super) names: &'a HashMap<AccountId, String>,
    /// Whether the reader may handle them.
    pub(super) may_handle: bool,
}

impl Faults<'_> {
    /// The faults, those that wait first.
    pub(super) fn views(&self) -> Vec<FaultView> {
        let mut faults: Vec<&Fault> = self.faults.iter().collect();
        faults.sort_by_key(|fault| !fault.is_unhandled());
        faults.into_iter().map(|fault| self.view(fault)).collect()
    }

    fn view(&self, fault: &Fault) -> FaultView {
        let said = &fault.description;
        let parts = [said.part.as_deref(), said.defect.as_deref(), Some(said.text.as_str())];
        let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
        let open = self.may_handle && self.task.state == TaskState::PendingReview;
        FaultView {
            id: fault.id,
            item: self.item(fault),
            text: parts.collect::<Vec<_>>().join(" · "),
            state: Chip::fault(self.reader.language, fault.state),
            log: fault.handlings.iter().map(|handling| self.line(handling)).collect(),
            unhandled: fault.is_unhandled(),
            ways: if open { fault.state.ways() } else { &[] },
        }
    }

    fn item(&self, fault: &Fault) -> String {
        let item = self.task.item(fault.key.item).and_then(|item| self.catalogue.item(&item.item_id));
        let tongue = tongue(self.reader.language);
        item.map(|found| {
            let facility = tongue.of(&found.facility.name, &found.facility.name_en);
            format!("{facility} · {}", tongue.of(&found.item.name, &found.item.name_en))
        })
        .unwrap_or_default()
    }

    fn line(&self, handling: &Handling) -> Line {
        Line {
            when: self.reader.recorded(&handling.at),
            what: word::way(self.reader.language, handling.way),
            sure: self.names.get(&handling.by).cloned().unwrap_or_default(),
            text: handling.explanation.clone(),
        }
    }
}
