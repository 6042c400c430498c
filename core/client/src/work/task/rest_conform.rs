//! "All the rest conform": one answer for every instance of an item that has none yet.

use super::{Draft, RecordResult, RecordResultError, record_result::compose};
use crate::work::{TaskView, Tasks, Trouble, eyes::Eyes};
use firebee_domain::{
    account::Action,
    id::{FactId, PlanItemId, TaskId},
    ordinals::{ORDINAL_MAX, Ordinals},
    result::Verdict,
    task::TaskError,
};
use firebee_protocol::catalogue::Pack;
use serde::{Deserialize, Serialize};

/// Which item, and what holds of each instance that is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestConform {
    /// The task.
    pub task: TaskId,
    /// The plan item.
    pub item: PlanItemId,
    /// How many instances there are, where the project keeps no list of them.
    pub through: Option<u32>,
    /// The variant and the values that are the same at each; its verdict, reason and fault are passed over.
    pub draft: Draft,
}

/// What was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestRecorded {
    /// The fact.
    pub fact: FactId,
    /// For how many instances.
    pub count: u32,
}

impl Tasks {
    /// Records in one fact that every instance without a result conforms. Each of them keeps its address: a result of its
    /// own takes its place at any time before the submission. Durable when this returns.
    ///
    /// # Errors
    /// See [`RecordResultError`]; nothing was recorded.
    pub fn rest_conform(&self, input: &RestConform) -> Result<RestRecorded, RecordResultError> {
        self.0.act_on("rest_conform", input.task, Action::RecordResult, |acting, view| {
            let pack = acting.core.packs.get(view.catalogue).ok_or(Trouble::CatalogueMissing)?;
            let left = acting.left(view, &pack, input.item, input.through)?;
            let mut each = left.iter();
            let first = each.next().ok_or(RecordResultError::NothingLeft)?;
            let also = Ordinals::of(each);
            let draft = &input.draft;
            let answer = RecordResult {
                task: input.task,
                item: input.item,
                ordinal: first,
                // Each instance has its own place.
                position: None,
                variant: draft.variant.clone(),
                values: draft.values.clone(),
                verdict: Verdict::Conform,
                override_reason: None,
                untestable_reason: None,
                untestable_code: None,
                fault: None,
                photos: draft.photos.clone(),
                instrument: draft.instrument.clone(),
            };
            let recorded = compose(view, &pack, &answer, (also, Vec::new()))?;
            acting.drop_answers_like(input.task, input.item, draft)?;
            let fact = acting.say::<RecordResultError>(view, Box::new(recorded), Vec::new())?.id;
            Ok(RestRecorded { fact, count: u32::try_from(left.len()).unwrap_or(u32::MAX) })
        })
    }
}

impl Eyes<'_> {
    /// The instances of an item that have no result: those of the project's list or, without a list, those up to
    /// `through`.
    pub(crate) fn left(
        &self,
        view: &TaskView,
        pack: &Pack,
        item: PlanItemId,
        through: Option<u32>,
    ) -> Result<Ordinals, RecordResultError> {
        let held = view.task.item(item).ok_or(TaskError::ItemNotInTask)?;
        let known = pack.catalogue.item(&held.item_id).ok_or(Trouble::CatalogueMissing)?;
        let history = self.history(view.task.project, &known.facility.code)?;
        let all = match history.as_deref().filter(|held| !held.positions.is_empty()) {
            Some(held) => held.positions.ordinals(),
            None => Ordinals::of(1..=through.unwrap_or(0).min(ORDINAL_MAX)),
        };
        Ok(all.without(&Ordinals::of(view.task.answers_of(item).into_keys())))
    }
}
