//! The form of an item, and what the values in it propose before anything is recorded.

use super::record_result::Typed;
use crate::work::{Tasks, Trouble};
use firebee_domain::{
    catalogue::{
        Catalogue, FieldValue, Finding, Item, ItemRef, Language, Outcome, OutcomeKind, Told, judge, proposed_verdict,
        sentence,
    },
    code::Code,
    id::{PlanItemId, TaskId},
    project::{DESIGN_VARIANT, designed},
    result::Verdict,
    task::TaskError,
    text::TextError,
};

/// The form of one item of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemForm {
    /// The item with its fields, units, limits and variants.
    pub item: Item,
    /// The name of its facility in Chinese.
    pub facility_name: String,
    /// The name of its facility in English.
    pub facility_name_en: String,
    /// Values that the project's design prescribes for its fields.
    pub design_values: Vec<FieldValue>,
}

/// What the values of a form propose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// The outcome of the values.
    pub kind: OutcomeKind,
    /// The variant in force.
    pub variant: Option<String>,
    /// What the form has to point at.
    pub findings: Vec<Finding>,
    /// The verdict they propose; another one needs a reason.
    pub verdict: Option<Verdict>,
    /// The measured record that would be stored, in Chinese. It states the verdict asked about, or else the
    /// proposed one; `None` while there is neither.
    pub measured_record: Option<String>,
}

/// Why a form is not shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// A value is too long or holds what may not travel.
    #[error(transparent)]
    Text(#[from] TextError),
    /// No such task or item.
    #[error(transparent)]
    Task(TaskError),
    /// What can come in the way of any use case.
    #[error(transparent)]
    Trouble(Trouble),
}

super::task_errors!(FormError);

impl FormError {
    /// The stable code of this error.
    pub fn code(&self) -> Code {
        match self {
            Self::Text(error) => error.code(),
            Self::Task(error) => error.code(),
            Self::Trouble(error) => error.code(),
        }
    }
}

impl Tasks {
    /// The form of an item.
    ///
    /// # Errors
    /// The task or item is not known here.
    pub fn form(&self, task: TaskId, item: PlanItemId) -> Result<ItemForm, FormError> {
        self.0.look(|eyes| {
            let view = eyes.task(task)?.ok_or(TaskError::Unknown)?;
            let issued = view.task.item(item).ok_or(TaskError::ItemNotInTask)?;
            let pack = eyes.core.packs.get(view.catalogue).ok_or(Trouble::CatalogueMissing)?;
            let known = pack.catalogue.item(&issued.item_id).ok_or(Trouble::CatalogueMissing)?;
            let design = designed(&view.design, &issued.item_id).filter(|value| value.field != DESIGN_VARIANT);
            Ok(ItemForm {
                item: known.item.clone(),
                facility_name: known.facility.name.clone(),
                facility_name_en: known.facility.name_en.clone(),
                design_values: design.map(|value| FieldValue::new(value.field.clone(), value.value.clone())).collect(),
            })
        })
    }

    /// What values would propose; nothing is recorded.
    ///
    /// # Errors
    /// The task or item is not known here, or a text may not travel.
    pub fn propose(
        &self,
        task: TaskId,
        item: PlanItemId,
        variant: Option<&str>,
        values: &[FieldValue],
        verdict: Option<Verdict>,
    ) -> Result<Proposed, FormError> {
        let typed = Typed::values(None, variant, values)?;
        self.0.look(|eyes| {
            let view = eyes.task(task)?.ok_or(TaskError::Unknown)?;
            let held = view.task.item(item).ok_or(TaskError::ItemNotInTask)?;
            let pack = eyes.core.packs.get(view.catalogue).ok_or(Trouble::CatalogueMissing)?;
            let known = pack.catalogue.item(&held.item_id).ok_or(Trouble::CatalogueMissing)?;
            let outcome = judge(known.item, typed.variant.as_deref(), &typed.values);
            let proposed = proposed_verdict(&outcome);
            let told = verdict.or(proposed);
            let record = told.map(|verdict| sentence_of(&pack.catalogue, known, &typed, &outcome, (1, verdict, "")));
            let Outcome { kind, variant, findings } = outcome;
            Ok(Proposed { kind, variant, findings, verdict: proposed, measured_record: record })
        })
    }
}

/// the measured record, in Chinese.
pub(super) fn sentence_of(
    catalogue: &Catalogue,
    item: ItemRef<'_>,
    typed: &Typed,
    outcome: &Outcome,
    (ordinal, verdict, reason): (u32, Verdict, &str),
) -> String {
    let told = Told {
        location: typed.position.as_deref().unwrap_or_default(),
        ordinal,
        variant: outcome.variant.as_deref(),
        values: &typed.values,
        verdict,
        reason: Some(reason),
    };
    sentence(catalogue, item, &told, Language::Chinese)
}
