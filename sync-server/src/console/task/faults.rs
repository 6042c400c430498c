//! The faults of a task, what was done about each, and the form that handles one.

use super::{change::Typed, times::Line};
use crate::{
    console::{
        frame::Frame,
        part::{Chip, Choice, Hidden},
        refused::Refusal,
        visitor::Visitor,
        when::{self, when},
        words,
    },
    text::Text as T,
};
use firebee_domain::{
    catalogue::Catalogue,
    fault::{Fault, FaultState, Way},
    id::AccountId,
    task::{Task, TaskState},
};
use firebee_protocol::catalogue::tongue;
use std::collections::HashMap;

/// One fault.
pub(in crate::console) struct FaultView {
    pub(in crate::console) id: String,
    pub(in crate::console) item: String,
    pub(in crate::console) text: String,
    pub(in crate::console) state: Chip,
    pub(in crate::console) log: Vec<Line>,
    pub(in crate::console) form: Option<Form>,
}

/// Its form.
pub(in crate::console) struct Form {
    pub(in crate::console) hidden: Hidden,
    pub(in crate::console) summary: String,
    pub(in crate::console) open: bool,
    pub(in crate::console) ways: Vec<Choice>,
    pub(in crate::console) explanation: String,
}

/// What faults are made with.
pub(super) struct Faults<'a> {
    pub(super) f: &'a Frame,
    pub(super) visitor: &'a Visitor,
    pub(super) task: &'a Task,
    pub(super) catalogue: &'a Catalogue,
    pub(super) names: &'a HashMap<AccountId, String>,
    /// Whether this visitor may handle them.
    pub(super) may_handle: bool,
    /// What was typed into a form that was refused.
    pub(super) typed: &'a Typed,
}

impl Faults<'_> {
    /// The faults, those that wait first.
    pub(super) fn views(&self) -> Result<Vec<FaultView>, Refusal> {
        let mut faults: Vec<&Fault> = self.task.faults.iter().collect();
        faults.sort_by_key(|fault| !fault.is_unhandled());
        faults.into_iter().map(|fault| self.view(fault)).collect()
    }

    fn view(&self, fault: &Fault) -> Result<FaultView, Refusal> {
        let said = &fault.description;
        let parts = [said.part.as_deref(), said.defect.as_deref(), Some(said.text.as_str())];
        let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
        let closed = matches!(fault.state, FaultState::OutOfScope | FaultState::Resolved | FaultState::Withdrawn);
        let offered = self.may_handle && !closed && self.task.state == TaskState::PendingReview;
        Ok(FaultView {
            id: fault.id.to_string(),
            item: self.item(fault),
            text: parts.collect::<Vec<_>>().join(" · "),
            state: words::fault(self.f.language, fault.state),
            log: self.log(fault),
            form: if offered { Some(self.form(fault)?) } else { None },
        })
    }

    fn item(&self, fault: &Fault) -> String {
        let item = self.task.item(fault.key.item).and_then(|item| self.catalogue.item(&item.item_id));
        let tongue = tongue(self.f.language);
        item.map(|found| {
            let facility = tongue.of(&found.facility.name, &found.facility.name_en);
            format!("{facility} · {}", tongue.of(&found.item.name, &found.item.name_en))
        })
        .unwrap_or_default()
    }

    fn log(&self, fault: &Fault) -> Vec<Line> {
        let line = |handling: &firebee_domain::fault::Handling| Line {
            when: when(self.f.language, self.visitor.now, when::instant(&handling.at)),
            what: words::way(self.f.language, handling.way),
            sure: self.names.get(&handling.by).cloned().unwrap_or_default(),
            text: handling.explanation.clone(),
        };
        fault.handlings.iter().map(line).collect()
    }

    fn form(&self, fault: &Fault) -> Result<Form, Refusal> {
        let typed = self.typed.fault.as_ref().filter(|typed| typed.fault == fault.id);
        let choice = |way: Way| Choice {
            value: words::way_word(way).to_owned(),
            word: words::way(self.f.language, way),
            chosen: typed.is_some_and(|typed| typed.way == Some(way)),
        };
        let again = !fault.is_unhandled();
        Ok(Form {
            hidden: Hidden { csrf: self.visitor.csrf.clone(), request: Visitor::request()? },
            summary: self.f.t(if again { T::TaskFaultAgain } else { T::TaskFaultHandle }),
            open: typed.is_some() || !again,
            ways: words::WAYS.into_iter().map(choice).collect(),
            explanation: typed.map(|typed| typed.explanation.clone()).unwrap_or_default(),
        })
    }
}
