//! The instances of an item: where they are, which one comes next, which one a tag names.

use super::{Act, InstanceRow, ItemScreen, Screens, reading::Reading, shown, step::Instance};
use crate::work::{
    TaskView, Trouble,
    task::{FormError, RecordResultError},
};
use firebee_domain::{
    account::Action,
    catalogue::ItemRef,
    code::Code,
    history::History,
    id::{PlanItemId, TaskId},
    result::{ResultKey, TaskResult},
};
use firebee_protocol::{
    catalogue::Pack,
    text::{Chip, Text},
};
use std::{collections::BTreeMap, sync::Arc};

/// The instances that have no result yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rest {
    /// How many.
    pub count: i32,
    /// What is recorded of them.
    pub text: String,
    /// Recording that they conform, in one fact.
    pub conform: Act,
    /// The keys of the questions that are measured at each: their answer for many has a value for each instance. Empty
    /// where all are alike.
    pub measured: Vec<String>,
}

impl Screens {
    /// The next instance of the item that has no result, in the order of the project's list and around its end; `None`
    /// when every instance has one.
    ///
    /// # Errors
    /// The task or the item is not known here, or its catalogue has not been pulled.
    pub fn next_item(&self, task: TaskId, instance: Instance) -> Result<Option<ItemScreen>, FormError> {
        let next = self.0.screen(|reading| {
            let (view, pack) = reading.opened(task)?;
            reading.asked(&view, &pack, instance.item)?;
            Ok::<_, FormError>(reading.next_instance(&view, &pack, instance.key())?)
        })?;
        next.map(|next| self.item(task, next)).transpose()
    }

    /// The instance whose QR code or NFC tag says this: of the given item or, without one, of the first item of the task
    /// whose facility has the tag. The text selects, and proves no presence.
    ///
    /// # Errors
    /// The task is not known here, or its catalogue has not been pulled.
    pub fn tagged(&self, task: TaskId, item: Option<PlanItemId>, tag: &str) -> Result<Option<Instance>, FormError> {
        self.0.screen(|reading| {
            let (view, pack) = reading.opened(task)?;
            let mut of_tag = Vec::new();
            for held in view.task.items.iter().filter(|held| item.is_none_or(|wanted| wanted == held.item)) {
                let history = reading.asked(&view, &pack, held.item).map(|found| reading.listed(&view, found))??;
                let ordinal = history.and_then(|held| held.positions.tagged(tag).map(|found| found.ordinal));
                of_tag.extend(ordinal.map(|ordinal| ResultKey { item: held.item, ordinal }));
            }
            let open = of_tag.iter().find(|key| view.task.current_result(**key).is_none());
            Ok(open.or(of_tag.first()).map(|key| Instance::of(*key)))
        })
    }
}

impl Reading<'_> {
    /// What is known of the facility of an item, if the project keeps a list or a history of it.
    pub(super) fn listed(&self, view: &TaskView, found: ItemRef<'_>) -> Result<Option<Arc<History>>, Trouble> {
        self.eyes.history(view.task.project, &found.facility.code)
    }

    /// Where an instance is: by the project's list, else where its item is issued for.
    pub(super) fn position_at(&self, view: &TaskView, pack: &Pack, key: ResultKey) -> Result<Option<String>, Trouble> {
        let item_id = view.task.item(key.item).map(|held| held.item_id.as_str()).unwrap_or_default();
        let history = match pack.catalogue.item(item_id) {
            Some(found) => self.listed(view, found)?,
            None => None,
        };
        let place = history.as_deref().and_then(|held| held.positions.at(key.ordinal)).map(|held| held.place.clone());
        match place {
            Some(place) => Ok(Some(place)),
            None => self.position(view, key.item),
        }
    }

    /// The instances of the project's list and those that have a result, and this one.
    pub(super) fn instances(
        &self,
        view: &TaskView,
        history: Option<&History>,
        key: ResultKey,
    ) -> Result<Vec<InstanceRow>, Trouble> {
        let answers = view.task.answers_of(key.item);
        let row = |ordinal: u32, listed: Option<&str>, held: Option<&&TaskResult>| {
            let recorded = held.and_then(|held| held.recorded.position.as_deref());
            InstanceRow {
                ordinal: Instance::of(ResultKey { item: key.item, ordinal }).ordinal,
                position: listed.or(recorded).map(str::to_owned),
                verdict: held.map(|held| Chip::verdict(self.language, held.recorded.verdict)),
            }
        };
        let list = history.map(|held| held.positions.list()).unwrap_or_default();
        let mut rows: Vec<InstanceRow> =
            list.iter().map(|held| row(held.ordinal, Some(&held.place), answers.get(&held.ordinal))).collect();
        let listed: BTreeMap<u32, ()> = list.iter().map(|held| (held.ordinal, ())).collect();
        let further = answers.iter().filter(|(ordinal, _)| !listed.contains_key(ordinal));
        rows.extend(further.map(|(ordinal, held)| row(*ordinal, None, Some(held))));
        if !listed.contains_key(&key.ordinal) && !answers.contains_key(&key.ordinal) {
            let issued = self.position(view, key.item)?;
            rows.push(row(key.ordinal, issued.as_deref(), None));
        }
        if list.is_empty() {
            rows.sort_by_key(|row| row.ordinal);
        }
        Ok(rows)
    }

    /// The next instance without a result.
    pub(super) fn next_instance(
        &self,
        view: &TaskView,
        pack: &Pack,
        key: ResultKey,
    ) -> Result<Option<Instance>, Trouble> {
        let item_id = view.task.item(key.item).map(|held| held.item_id.as_str()).unwrap_or_default();
        let history = match pack.catalogue.item(item_id) {
            Some(found) => self.listed(view, found)?,
            None => None,
        };
        let answers = view.task.answers_of(key.item);
        let list = history.as_deref().map(|held| held.positions.list()).unwrap_or_default();
        let ordinal = if list.is_empty() {
            // Without a list nobody knows how many there are; whoever has begun to count goes on.
            let last = answers.keys().next_back().copied().unwrap_or(0).max(key.ordinal);
            (last > 1).then(|| (1..=last + 1).find(|ordinal| !answers.contains_key(ordinal) && *ordinal != key.ordinal))
        } else {
            let here = list.iter().position(|held| held.ordinal == key.ordinal).map_or(0, |at| at + 1);
            let (before, behind) = list.split_at_checked(here).unwrap_or((list, &[]));
            let around = behind.iter().chain(before).map(|held| held.ordinal);
            Some(around.into_iter().find(|ordinal| !answers.contains_key(ordinal) && *ordinal != key.ordinal))
        };
        Ok(ordinal.flatten().map(|ordinal| Instance::of(ResultKey { item: key.item, ordinal })))
    }

    /// What is left, and whether it may be said of all of it that it conforms; `None` without a list, or when at most one
    /// instance is left.
    pub(super) fn rest(&self, view: &TaskView, pack: &Pack, key: ResultKey) -> Result<Option<Rest>, FormError> {
        let left = match self.eyes.left(view, pack, key.item, None) {
            Ok(left) if left.len() > 1 => left.len(),
            Ok(_) => return Ok(None),
            Err(RecordResultError::Trouble(trouble)) => return Err(trouble.into()),
            Err(_) => return Ok(None),
        };
        let found = self.asked(view, pack, key.item)?;
        let may = self.may(view, Action::RecordResult);
        let record = &found.item.record;
        // What a variant does not ask is not measured in it; the form of a variant says what it asks.
        let measured: Vec<String> =
            record.fields.iter().filter(|field| field.is_measured()).map(|field| field.key.clone()).collect();
        let variants = record.variants.iter().map(|variant| Some(variant.key.as_str()));
        let always = variants.chain([None]).all(|variant| !record.measured_at_each(variant).is_empty());
        let conform = match may.allowed {
            true if always => Act::refused(self.language, Code::OwnAnswerRequired, &[]),
            _ => may,
        };
        Ok(Some(Rest {
            count: shown(left),
            text: self.with(Text::PhoneRestConform, &[("count", left.into())]),
            conform,
            measured,
        }))
    }
}
