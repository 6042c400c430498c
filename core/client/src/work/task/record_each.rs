//! One answer for many instances at which a number is measured: a value for each.

use super::{Draft, RecordResult, RecordResultError, RestRecorded, record_result::compose};
use crate::work::{Tasks, Trouble};
use firebee_domain::{
    account::Action,
    catalogue::FieldValue,
    id::{PlanItemId, TaskId},
    ordinals::Ordinals,
    result::{EachValue, Verdict},
    text::{self, NAME_MAX, TextError},
};
use std::collections::BTreeMap;

/// What was measured at one instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// The instance; an ordinal below 1 is the first.
    pub ordinal: i32,
    /// The values that were measured there.
    pub values: Vec<FieldValue>,
}

/// Which item, and what was measured where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordEach {
    /// The task.
    pub task: TaskId,
    /// The plan item.
    pub item: PlanItemId,
    /// What was measured at each instance, in any order; of an instance that stands in it twice the last counts.
    pub measured: Vec<Measured>,
    /// The variant and the values that are the same at each; its verdict, reason and fault are passed over.
    pub draft: Draft,
}

impl Tasks {
    /// Records in one fact that each of these instances conforms, with what was measured there. An instance whose values
    /// say otherwise gets an answer of its own. Durable when this returns.
    ///
    /// # Errors
    /// See [`RecordResultError`]; nothing was recorded. Where a value is missing, malformed or does not conform, the
    /// findings name the instance.
    pub fn record_each(&self, input: &RecordEach) -> Result<RestRecorded, RecordResultError> {
        self.0.act_on("record_each", input.task, Action::RecordResult, |acting, view| {
            let pack = acting.core.packs.get(view.catalogue).ok_or(Trouble::CatalogueMissing)?;
            let (ordinals, each) = by_question(&input.measured)?;
            let mut all = ordinals.iter().copied();
            let first = all.next().ok_or(RecordResultError::NothingLeft)?;
            let also = Ordinals::of(all);
            let shared = input.draft.values.iter().filter(|value| !each.iter().any(|held| held.key == value.key));
            let mut values: Vec<FieldValue> = shared.cloned().collect();
            // A single instance is answered as ever.
            let each = if also.is_empty() {
                values.extend(each.into_iter().filter_map(|held| {
                    let value = held.values.into_iter().next()?;
                    Some(FieldValue { key: held.key, value })
                }));
                Vec::new()
            } else {
                each
            };
            let answer = RecordResult {
                task: input.task,
                item: input.item,
                ordinal: first,
                // Each instance has its own place.
                position: None,
                variant: input.draft.variant.clone(),
                values,
                verdict: Verdict::Conform,
                override_reason: None,
                untestable_reason: None,
                untestable_code: None,
                fault: None,
                photos: input.draft.photos.clone(),
                instrument: input.draft.instrument.clone(),
            };
            let recorded = compose(view, &pack, &answer, (also, each))?;
            acting.drop_answers_like(input.task, input.item, &input.draft)?;
            let fact = acting.say::<RecordResultError>(view, Box::new(recorded), Vec::new())?.id;
            Ok(RestRecorded { fact, count: u32::try_from(ordinals.len()).unwrap_or(u32::MAX) })
        })
    }
}

/// The instances, ascending, and each question with its value at every one of them; blank where nothing was entered.
fn by_question(measured: &[Measured]) -> Result<(Vec<u32>, Vec<EachValue>), TextError> {
    let mut by_ordinal: BTreeMap<u32, &[FieldValue]> = BTreeMap::new();
    let mut keys: Vec<&str> = Vec::new();
    for held in measured {
        by_ordinal.insert(u32::try_from(held.ordinal).unwrap_or(1).max(1), &held.values);
        for value in &held.values {
            if !keys.contains(&value.key.as_str()) {
                text::check_within(&value.key, NAME_MAX)?;
                keys.push(&value.key);
            }
        }
    }
    let value = |values: &[FieldValue], key: &str| {
        let entered = values.iter().find(|held| held.key == key);
        entered.map_or(Ok(String::new()), |held| text::clean(&held.value, NAME_MAX))
    };
    let each = keys.into_iter().map(|key| {
        let values = by_ordinal.values().map(|values| value(values, key)).collect::<Result<_, _>>()?;
        Ok(EachValue { key: key.to_owned(), values })
    });
    let each = each.collect::<Result<_, TextError>>()?;
    Ok((by_ordinal.into_keys().collect(), each))
}
