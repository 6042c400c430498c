//! A form while it is filled in, with the result that it would record. Preview and record use the same code.

use super::{
    RecordResult, RecordResultError,
    form::sentence_of,
    record_result::{Typed, untestable_words},
};
use firebee_domain::{
    catalogue::{FieldValue, ItemRef, Outcome, judge, proposed_verdict},
    id::{FactId, TaskId},
    project::Practice,
    result::{FaultText, ResultError, ResultKey, ResultRecorded, Verdict},
    task::TaskError,
    text::TextError,
};
use firebee_protocol::catalogue::Pack;
use serde::{Deserialize, Serialize};

/// The entered values for one instance of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// Where the instance is, in words.
    pub position: Option<String>,
    /// The variant, where the item asks for one.
    pub variant: Option<String>,
    /// The values of the form; blank ones may be left out.
    pub values: Vec<FieldValue>,
    /// The verdict chosen; without one, the proposed one counts.
    pub verdict: Option<Verdict>,
    /// The reason for untestable, or for a verdict that differs from the proposed one.
    pub reason: Option<String>,
    /// The code of the reason that was picked from the list, where an item cannot be tested.
    pub reason_code: Option<String>,
    /// The defect, for a nonconforming result.
    pub fault: Option<FaultText>,
    /// Further photos of this task that show the item, besides those that were taken for it.
    pub photos: Vec<FactId>,
    /// The number of the instrument that it was measured with.
    pub instrument: Option<String>,
}

impl Draft {
    /// The draft that would record this result again at one of its instances.
    pub(crate) fn of(recorded: &ResultRecorded, ordinal: u32) -> Self {
        Self {
            position: recorded.position.clone(),
            variant: recorded.variant.clone(),
            values: recorded.values_at(ordinal),
            verdict: Some(recorded.verdict),
            reason: recorded.untestable_reason.clone().or_else(|| recorded.override_reason.clone()),
            reason_code: recorded.untestable_code.clone(),
            fault: recorded.fault.clone(),
            photos: recorded.photos.clone(),
            instrument: recorded.instrument.as_ref().map(|instrument| instrument.number.clone()),
        }
    }
}

impl Draft {
    /// Whether the two would record the same, in whatever order their values stand.
    pub(crate) fn says_as_much_as(&self, other: &Self) -> bool {
        let sorted = |draft: &Self| {
            let mut values = draft.values.clone();
            values.retain(|value| !value.value.trim().is_empty());
            values.sort_by(|one, other| one.key.cmp(&other.key));
            Self { values, ..draft.clone() }
        };
        sorted(self) == sorted(other)
    }
}

/// The entered values in storable form, and their outcome.
pub(crate) struct Weighed {
    typed: Typed,
    pub(crate) outcome: Outcome,
    /// The proposed verdict.
    pub(crate) proposed: Option<Verdict>,
    /// The verdict that counts: the only one offered, the chosen one or, without a choice, the proposed one.
    pub(crate) verdict: Option<Verdict>,
}

impl Weighed {
    /// Judges the entered values of an item.
    /// Where only one verdict is offered, it counts whatever was chosen.
    pub(crate) fn of(found: ItemRef<'_>, draft: &Draft, practice: &Practice) -> Result<Self, TextError> {
        let typed = Typed::values(draft.position.as_deref(), draft.variant.as_deref(), &draft.values)?;
        let outcome = judge(found.item, typed.variant.as_deref(), &typed.values);
        let proposed = proposed_verdict(&outcome);
        let only = match practice.offered(found.item, &typed.values) {
            [only] => Some(*only),
            _ => None,
        };
        Ok(Self { typed, outcome, proposed, verdict: only.or(draft.verdict).or(proposed) })
    }

    /// The measured record that would be stored, in Chinese; `None` while there is no verdict.
    pub(crate) fn sentence(&self, pack: &Pack, found: ItemRef<'_>, ordinal: u32, draft: &Draft) -> Option<String> {
        let reason = untestable_words(pack, draft.reason_code.as_deref(), draft.reason.as_deref());
        let told = |verdict| (ordinal, verdict, reason.as_str());
        self.verdict.map(|verdict| sentence_of(&pack.catalogue, found, &self.typed, &self.outcome, told(verdict)))
    }

    /// The draft as an answer.
    ///
    /// # Errors
    /// There is no verdict: the form points at what is still to be entered.
    pub(crate) fn answer(
        &self,
        task: TaskId,
        key: ResultKey,
        draft: &Draft,
    ) -> Result<RecordResult, RecordResultError> {
        let missing = || TaskError::from(ResultError::ValueRequired { findings: self.outcome.findings.clone() });
        let verdict = self.verdict.ok_or_else(missing)?;
        let untestable = verdict == Verdict::Untestable;
        let overrides = !untestable && self.proposed.is_some_and(|proposed| proposed != verdict);
        Ok(RecordResult {
            task,
            item: key.item,
            ordinal: key.ordinal,
            position: draft.position.clone(),
            variant: draft.variant.clone(),
            values: draft.values.clone(),
            verdict,
            override_reason: draft.reason.clone().filter(|_| overrides),
            untestable_reason: draft.reason.clone().filter(|_| untestable),
            untestable_code: draft.reason_code.clone().filter(|_| untestable),
            fault: draft.fault.clone(),
            photos: draft.photos.clone(),
            instrument: draft.instrument.clone(),
        })
    }
}
