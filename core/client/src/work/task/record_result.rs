//! Records an answer. A correction is a new fact that replaces the old one.

use super::FormError;
use crate::work::{TaskView, Tasks, Trouble};
use firebee_domain::{
    account::Action,
    catalogue::{FieldValue, Language, Told},
    code::Code,
    id::{FactId, PlanItemId, TaskId},
    ordinals::Ordinals,
    result::{self, EachValue, FaultText, Many, ResultKey, ResultRecorded, Verdict},
    task::TaskError,
    text::{self, NAME_MAX, TEXT_MAX, TextError},
};
use firebee_protocol::catalogue::Pack;

/// One answer, as a person gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordResult {
    /// The task.
    pub task: TaskId,
    /// The plan item.
    pub item: PlanItemId,
    /// Which instance of the item, from 1.
    pub ordinal: u32,
    /// Where the instance is, in words.
    pub position: Option<String>,
    /// The variant, where the item asks for one.
    pub variant: Option<String>,
    /// The values of the form, in the order of the form. Blank ones may be left out.
    pub values: Vec<FieldValue>,
    /// What the person finds.
    pub verdict: Verdict,
    /// The reason for a verdict that differs from the proposed one.
    pub override_reason: Option<String>,
    /// Why it could not be tested, in words.
    pub untestable_reason: Option<String>,
    /// Why it could not be tested: a code of the catalogue's list.
    pub untestable_code: Option<String>,
    /// The defect, for a nonconforming result. May be added later, by a correction before submission.
    pub fault: Option<FaultText>,
    /// Further photos of this task that show the item, besides those that were taken for it.
    pub photos: Vec<FactId>,
    /// The number of the instrument that it was measured with: one of the task's.
    pub instrument: Option<String>,
}

/// Why an answer is not recorded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordResultError {
    /// A photo is not one of this task.
    #[error("the photo is not in this task")]
    PhotoUnknown,
    /// Every instance has a result already.
    #[error("every instance has a result")]
    NothingLeft,
    /// the task has no instrument of this number.
    #[error("the task has no such instrument")]
    InstrumentUnknown,
    /// A text is too long or holds what may not travel.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The state machine refuses the result: a value is malformed, a required one or a reason is missing, the task is
    /// not editable, the item is not in the task.
    #[error(transparent)]
    Task(TaskError),
    /// What can come in the way of any use case.
    #[error(transparent)]
    Trouble(Trouble),
}

super::task_errors!(RecordResultError);

impl From<FormError> for RecordResultError {
    fn from(error: FormError) -> Self {
        match error {
            FormError::Text(error) => Self::Text(error),
            FormError::Task(error) => Self::Task(error),
            FormError::Trouble(trouble) => Self::Trouble(trouble),
        }
    }
}

impl RecordResultError {
    /// The stable code of this error.
    pub fn code(&self) -> Code {
        match self {
            Self::PhotoUnknown => Code::PhotoUnknown,
            Self::NothingLeft => Code::NothingLeft,
            Self::InstrumentUnknown => Code::InstrumentUnknown,
            Self::Text(error) => error.code(),
            Self::Task(error) => error.code(),
            Self::Trouble(error) => error.code(),
        }
    }
}

impl Tasks {
    /// Records a result. It replaces the current result of this item and instance. Durable when this returns; the lead
    /// can see it before any submission.
    ///
    /// # Errors
    /// See [`RecordResultError`]; nothing was recorded.
    pub fn record_result(&self, input: &RecordResult) -> Result<FactId, RecordResultError> {
        self.0.act_on("record_result", input.task, Action::RecordResult, |acting, view| {
            let pack = acting.core.packs.get(view.catalogue).ok_or(Trouble::CatalogueMissing)?;
            let recorded = compose(view, &pack, input, (Ordinals::default(), Vec::new()))?;
            acting.drop_answer(input.task, ResultKey { item: input.item, ordinal: input.ordinal })?;
            Ok(acting.say::<RecordResultError>(view, Box::new(recorded), Vec::new())?.id)
        })
    }
}

/// Makes the body of a fact out of an answer, or refuses the answer. `also` are further instances that it is for, `each` what
/// was measured at every one.
pub(crate) fn compose(
    view: &TaskView,
    pack: &Pack,
    input: &RecordResult,
    (also, each): (Ordinals, Vec<EachValue>),
) -> Result<ResultRecorded, RecordResultError> {
    let typed = Typed::of(input)?;
    let item = view.task.item(input.item).ok_or(TaskError::ItemNotInTask)?;
    let known = pack.catalogue.item(&item.item_id).ok_or(Trouble::CatalogueMissing)?;
    let key = ResultKey { item: input.item, ordinal: input.ordinal };
    let known_photo = |id: &FactId| view.task.current_photos().any(|photo| photo.fact == *id);
    if !input.photos.iter().all(known_photo) {
        return Err(RecordResultError::PhotoUnknown);
    }
    let used = view.task.description.as_ref().map_or(&[][..], |held| &held.described.instruments);
    let chosen = |number: &String| used.iter().find(|held| held.number == *number).cloned();
    let instrument = input.instrument.as_ref();
    let instrument = instrument.map(|number| chosen(number).ok_or(RecordResultError::InstrumentUnknown)).transpose()?;
    let reason = untestable_words(pack, typed.untestable_code.as_deref(), typed.untestable_reason.as_deref());
    let told = Told {
        location: typed.position.as_deref().unwrap_or_default(),
        ordinal: input.ordinal,
        variant: typed.variant.as_deref(),
        values: &typed.values,
        verdict: input.verdict,
        reason: Some(&reason),
    };
    view.practice.check_verdict(known.item, &typed.values, input.verdict).map_err(TaskError::from)?;
    let judged =
        result::judge(&pack.catalogue, known, &told, Many { also: &also, each: &each }).map_err(TaskError::from)?;
    let recorded = ResultRecorded {
        item: input.item,
        ordinal: input.ordinal,
        also,
        position: typed.position,
        catalogue: pack.id,
        item_id: item.item_id.clone(),
        name: judged.name,
        criterion: judged.criterion,
        variant: judged.variant,
        values: typed.values,
        each,
        proposed: judged.proposed,
        verdict: input.verdict,
        override_reason: typed.override_reason,
        untestable_reason: typed.untestable_reason,
        untestable_code: typed.untestable_code,
        fault: typed.fault,
        measured_record: judged.measured_record,
        photos: input.photos.clone(),
        replaces: view.task.current_result(key).map(|held| held.fact),
        instrument,
        moved_from: None,
    };
    recorded.check_reasons(Some(&pack.catalogue), recorded.proposed).map_err(TaskError::from)?;
    Ok(recorded)
}

/// the reason in Chinese, as the measured record tells it.
pub(super) fn untestable_words(pack: &Pack, code: Option<&str>, text: Option<&str>) -> String {
    let picked = code.and_then(|code| pack.catalogue.untestable_reason(code));
    picked.map_or_else(|| text.unwrap_or_default().to_owned(), |reason| reason.told(text, Language::Chinese))
}

/// The texts of an answer, made fit to keep.
pub(super) struct Typed {
    pub(super) position: Option<String>,
    pub(super) variant: Option<String>,
    pub(super) values: Vec<FieldValue>,
    override_reason: Option<String>,
    untestable_reason: Option<String>,
    untestable_code: Option<String>,
    fault: Option<FaultText>,
}

impl Typed {
    pub(super) fn of(input: &RecordResult) -> Result<Self, TextError> {
        let mut typed = Self::values(input.position.as_deref(), input.variant.as_deref(), &input.values)?;
        typed.override_reason = text::present(input.override_reason.as_deref(), text::clean, TEXT_MAX)?;
        typed.untestable_reason = text::present(input.untestable_reason.as_deref(), text::clean, TEXT_MAX)?;
        typed.untestable_code = text::present(input.untestable_code.as_deref(), text::line, NAME_MAX)?;
        let fault = input.fault.as_ref().filter(|_| input.verdict == Verdict::Nonconform);
        typed.fault = fault
            .map(|fault| {
                Ok::<_, TextError>(FaultText {
                    part: text::present(fault.part.as_deref(), text::line, NAME_MAX)?,
                    defect: text::present(fault.defect.as_deref(), text::line, NAME_MAX)?,
                    text: text::clean(&fault.text, TEXT_MAX)?,
                })
            })
            .transpose()?;
        Ok(typed)
    }

    pub(super) fn values(
        position: Option<&str>,
        variant: Option<&str>,
        values: &[FieldValue],
    ) -> Result<Self, TextError> {
        let mut kept = Vec::with_capacity(values.len());
        for value in values {
            text::check_within(&value.key, NAME_MAX)?;
            let answer = text::clean(&value.value, TEXT_MAX)?;
            if !answer.is_empty() {
                kept.push(FieldValue { key: value.key.clone(), value: answer });
            }
        }
        Ok(Self {
            position: text::present(position, text::line, NAME_MAX)?,
            variant: text::present(variant, text::line, NAME_MAX)?,
            values: kept,
            override_reason: None,
            untestable_reason: None,
            untestable_code: None,
            fault: None,
        })
    }
}
