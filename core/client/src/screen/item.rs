//! An item: its form, its instances, its earlier results, its photos.

use super::{
    Act, FormView, InstrumentChoice, PhotoView, Rest, Screens, photo::Verified, reading::Reading, step::Instance,
};
use crate::work::{TaskView, Trouble, task::FormError};
use firebee_domain::{
    catalogue::{Every, ItemRef, Language as Tongue, MISMATCH, Span},
    history::{History, OpenFault},
    id::{PlanItemId, TaskId},
    ordinals::Ordinals,
    result::{ResultKey, TaskResult},
    task::TaskError,
    time::Timestamp,
};
use firebee_protocol::{
    catalogue::Pack,
    text::tongue,
    text::{Arg, Chip, Text, When},
};

/// One instance of an item of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemScreen {
    /// The plan item.
    pub item: PlanItemId,
    /// The instance of it, from 1.
    pub ordinal: i32,
    /// Its name; of a facility that the catalogue lacks the typed one, once it is recorded.
    pub name: String,
    /// What it means that its task is outside the plan; `None` for a task of a plan.
    pub outside_plan: Option<String>,
    /// The name of its facility.
    pub facility: String,
    /// The pass criterion, in Chinese.
    pub criterion: String,
    /// The clause that the criterion comes from.
    pub basis: Option<String>,
    /// How often the code of practice asks for it, where that is no nature of plan.
    pub every: Option<String>,
    /// Where this instance is.
    pub position: Option<String>,
    /// The instances of the project's list, in its order, those that have a result, and this one.
    pub instances: Vec<InstanceRow>,
    /// The next instance without a result.
    pub next: Option<Instance>,
    /// The instances without a result, where there are several.
    pub rest: Option<Rest>,
    /// The form, filled with what is typed and not recorded yet or, without that, with the answer that counts.
    pub form: FormView,
    /// What an earlier task of the project found.
    pub previous: Option<Previous>,
    /// The faults of this instance that are still open.
    pub open_faults: Vec<OpenFaultRow>,
    /// Where its answer comes from, and where answers went that were recorded here by mistake.
    pub moves: Vec<String>,
    /// Moving its answer to another place.
    pub move_away: Act,
    /// The photos of this instance.
    pub photos: Vec<PhotoView>,
    /// The task's instruments; the one that it was measured with is chosen.
    pub instruments: Vec<InstrumentChoice>,
}

/// An instance of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstanceRow {
    /// Which, from 1.
    pub ordinal: i32,
    /// Where it is.
    pub position: Option<String>,
    /// Its verdict.
    pub verdict: Option<Chip>,
}

/// What an earlier task found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Previous {
    /// The name of that task.
    pub task_name: String,
    /// The measured record, in Chinese.
    pub record: String,
    /// Its verdict.
    pub verdict: Chip,
    /// When it was recorded.
    pub when: When,
}

/// A fault that an earlier task found and that is still open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenFaultRow {
    /// What is wrong.
    pub text: String,
    /// Where it stands.
    pub state: Chip,
    /// The name of the task that found it.
    pub task_name: String,
}

impl Screens {
    /// One instance of an item of a task.
    ///
    /// # Errors
    /// The task or the item is not known here, or its catalogue has not been pulled.
    pub fn item(&self, task: TaskId, instance: Instance) -> Result<ItemScreen, FormError> {
        self.0.screen(|reading| {
            let key = instance.key();
            let (view, pack) = reading.opened(task)?;
            let earlier = reading.earlier(&view, key)?;
            let found = reading.asked(&view, &pack, key.item)?;
            let history = reading.listed(&view, found)?;
            let named = reading.named_of(found);
            let typed = view.task.current_result(key).filter(|_| found.item.is_mismatch());
            let verified = Verified::of(reading, &view)?;
            let photos = view.task.photos.iter().filter(|photo| photo.key() == Some(key));
            Ok(ItemScreen {
                item: key.item,
                ordinal: Instance::of(key).ordinal,
                name: typed.map_or(named.name, |held| held.recorded.name.clone()),
                outside_plan: reading.meaning_outside(&view),
                facility: named.facility,
                criterion: found.item.criteria.clone(),
                basis: found.item.basis.clone(),
                every: found.item.every.map(|every| reading.every(every)),
                position: reading.position_at(&view, &pack, key)?,
                instances: reading.instances(&view, history.as_deref(), key)?,
                next: reading.next_instance(&view, &pack, key)?,
                rest: reading.rest(&view, &pack, key)?,
                form: reading.form_to_go_on_with(&view, &pack, key)?,
                previous: reading.previous(history.as_deref(), found, key, earlier),
                open_faults: reading.open_faults(history.as_deref(), &pack, found, key),
                moves: reading.moves(&view, key)?,
                move_away: reading.move_away(&view, key),
                photos: photos.map(|photo| reading.photo(photo, None, &verified)).collect(),
                instruments: reading.measured_with(&view.task, key),
            })
        })
    }
}

impl Reading<'_> {
    /// What the catalogue asks for an item of a task.
    pub(super) fn asked<'p>(
        &self,
        view: &TaskView,
        pack: &'p Pack,
        item: PlanItemId,
    ) -> Result<ItemRef<'p>, FormError> {
        let held = view.task.item(item).ok_or(TaskError::ItemNotInTask)?;
        Ok(pack.catalogue.item(&held.item_id).ok_or(Trouble::CatalogueMissing)?)
    }

    /// An interval in words.
    fn every(&self, every: Every) -> String {
        let text = match every.unit {
            Span::Day => Text::PhoneEveryDay,
            Span::Week => Text::PhoneEveryWeek,
            Span::HalfMonth => Text::PhoneEveryHalfMonth,
            Span::Month => Text::PhoneEveryMonth,
            Span::Year => Text::PhoneEveryYear,
        };
        self.with(text, &[("count", u64::from(every.count).into())])
    }

    /// what was found last at the same instance: by the approved tasks of everybody or, where it is later, by an
    /// earlier task on this phone.
    fn previous(
        &self,
        history: Option<&History>,
        found: ItemRef<'_>,
        key: ResultKey,
        earlier: Option<(Timestamp, Previous)>,
    ) -> Option<Previous> {
        let approved = history.and_then(|held| held.last(&found.item.id, key.ordinal));
        let approved = approved.filter(|(_, last)| earlier.as_ref().is_none_or(|(at, _)| *at < last.at.latest()));
        let told = approved.map(|(visit, last)| Previous {
            task_name: visit.task_name.clone(),
            record: self.record_there(&last.record, last.measured_at(key.ordinal)),
            verdict: Chip::verdict(self.language, last.verdict),
            when: self.moment(&last.at),
        });
        told.or(earlier.map(|(_, previous)| previous))
    }

    /// A record for many with what was measured at one instance of it.
    fn record_there(&self, record: &str, measured: Option<&str>) -> String {
        match measured {
            Some(measured) => {
                self.with(Text::PhoneMeasuredThere, &[("record", Arg::from(record)), ("measured", Arg::from(measured))])
            }
            None => record.to_owned(),
        }
    }

    fn recorded_there(&self, view: &TaskView, held: &TaskResult, ordinal: u32) -> String {
        let record = &held.recorded.measured_record;
        let Some(pack) = self.eyes.core.packs.get(view.catalogue) else { return record.clone() };
        let told = held.recorded.told_each(&pack.catalogue, &Ordinals::of([ordinal]), Tongue::Chinese);
        self.record_there(record, told.first().map(String::as_str))
    }

    fn open_faults(
        &self,
        history: Option<&History>,
        pack: &Pack,
        found: ItemRef<'_>,
        key: ResultKey,
    ) -> Vec<OpenFaultRow> {
        let open = history.into_iter().flat_map(|held| held.open_faults(&found.item.id, key.ordinal));
        let row = |fault: &OpenFault| OpenFaultRow {
            text: fault.description.told(Some((&pack.catalogue, found)), tongue(self.language)),
            state: Chip::fault(self.language, fault.state),
            task_name: fault.task_name.clone(),
        };
        open.map(row).collect()
    }

    /// The same item of the catalogue and the same instance, in the latest task on this phone before this one.
    fn earlier(&self, view: &TaskView, key: ResultKey) -> Result<Option<(Timestamp, Previous)>, Trouble> {
        // Facilities that the catalogue lacks have nothing in common but that.
        let asked = view.task.item(key.item).filter(|held| held.item_id != MISMATCH);
        let Some(asked) = asked else { return Ok(None) };
        let earlier = self.eyes.last_answered(&view.task, &asked.item_id)?;
        let Some((earlier, item)) = earlier else { return Ok(None) };
        let Some(view) = self.eyes.task(earlier)? else { return Ok(None) };
        let result = view.task.current_result(ResultKey { item, ordinal: key.ordinal });
        Ok(result.map(|held| {
            let previous = Previous {
                task_name: view.task.name.clone(),
                record: self.recorded_there(&view, held, key.ordinal),
                verdict: Chip::verdict(self.language, held.recorded.verdict),
                when: self.moment(&held.at),
            };
            (held.at.latest(), previous)
        }))
    }
}
