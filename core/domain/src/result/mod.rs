//! Results: the answer to one item, at one instance of it.

mod check;
mod each;
mod move_result;
mod record;
mod tell_fault;
mod tell_record;

pub use crate::{ordinals::ORDINAL_MAX, verdict::Verdict};
pub use check::{Judged, ResultError, judge};
pub use each::{EACH_MAX, EachValue, Many};
pub use move_result::{MovedFrom, MovedTo, ResultMoved, can_be_moved};

use crate::{
    catalogue::{Catalogue, FieldValue, Language, MISMATCH, mismatch_reason},
    id::{ContentId, FactId, PlanItemId},
    instrument::Instrument,
    ordinals::Ordinals,
    task::Stamp,
};
use serde::{Deserialize, Serialize};

/// The most photos that a result names.
pub const PHOTOS_MAX: u32 = 500;

/// Which answer a result is: the item of the task and the ordinal of the instance, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ResultKey {
    /// The plan item.
    pub item: PlanItemId,
    /// The instance of it, from 1.
    pub ordinal: u32,
}

/// What is wrong: part and defect from lists, and a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultText {
    /// The part, such as the oil tank.
    pub part: Option<String>,
    /// The defect, such as a damaged fitting.
    pub defect: Option<String>,
    /// In words.
    pub text: String,
}

/// Body of `result.recorded`. A correction is a new one that `replaces` the old.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultRecorded {
    /// The plan item.
    pub item: PlanItemId,
    /// The instance, from 1; the first one of an answer for many.
    pub ordinal: u32,
    /// The further instances that the answer is for, all above `ordinal`: "all the rest conform". Empty for an
    /// answer to one.
    #[serde(default, skip_serializing_if = "Ordinals::is_empty")]
    pub also: Ordinals,
    /// Where it is, in words.
    pub position: Option<String>,
    /// The catalogue pack that was used.
    pub catalogue: ContentId,
    /// The catalogue item.
    pub item_id: String,
    /// Its name as shown.
    pub name: String,
    /// The pass criterion as shown.
    pub criterion: String,
    /// The variant chosen, where the item has any.
    pub variant: Option<String>,
    /// The values entered, in the order of the form.
    pub values: Vec<FieldValue>,
    /// What was measured at each instance of an answer for many; the other values are the same at all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub each: Vec<EachValue>,
    /// What the values proposed.
    pub proposed: Option<Verdict>,
    /// What counts.
    pub verdict: Verdict,
    /// Why a person decided against the proposal.
    pub override_reason: Option<String>,
    /// Why it could not be tested, in words.
    pub untestable_reason: Option<String>,
    /// Why it could not be tested: the code of a reason of the catalogue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub untestable_code: Option<String>,
    /// What is wrong, when it does not conform.
    pub fault: Option<FaultText>,
    /// The measured record in Chinese.
    pub measured_record: String,
    /// Photos that show it, by their `photo.taken`.
    pub photos: Vec<FactId>,
    /// The result that this one corrects.
    pub replaces: Option<FactId>,
    /// What it was measured with, as the firm's list had it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<Instrument>,
    /// The answer that was moved here from the wrong place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_from: Option<MovedFrom>,
}

impl ResultRecorded {
    /// Why it could not be tested: the reason that was picked, and what was typed beside it. Empty where
    /// neither was. Of a facility that the catalogue lacks, that is the reason.
    pub fn untestable_told(&self, catalogue: Option<&Catalogue>, language: Language) -> String {
        if self.item_id == MISMATCH {
            return mismatch_reason(language).to_owned();
        }
        let typed = self.untestable_reason.as_deref();
        let picked = self.untestable_code.as_deref().zip(catalogue);
        let picked = picked.and_then(|(code, catalogue)| catalogue.untestable_reason(code));
        picked.map_or_else(|| typed.unwrap_or_default().to_owned(), |reason| reason.told(typed, language))
    }

    /// Which answer it is; of an answer for many, that of its first instance.
    pub const fn key(&self) -> ResultKey {
        ResultKey { item: self.item, ordinal: self.ordinal }
    }

    /// Whether it is for more than one instance.
    pub const fn is_for_many(&self) -> bool {
        !self.also.is_empty()
    }

    /// Every instance that it is for.
    pub fn ordinals(&self) -> Ordinals {
        Ordinals::of(std::iter::once(self.ordinal).chain(self.also.iter()))
    }

    /// Whether it answers this instance.
    pub fn answers(&self, key: ResultKey) -> bool {
        self.item == key.item && (self.ordinal == key.ordinal || self.also.contains(key.ordinal))
    }

    /// Whether it answers every instance that another one answers.
    pub fn covers(&self, other: &Self) -> bool {
        self.item == other.item && other.ordinals().without(&self.ordinals()).is_empty()
    }
}

/// A part of a result that follows from the catalogue and the values, and that its recorder said otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// The name of the item.
    Name,
    /// The pass criterion.
    Criterion,
    /// What the values propose.
    Proposal,
    /// The measured record.
    Record,
    /// A value or the variant that the project's design prescribes. What was recorded stays: the phone may have
    /// judged by an earlier design, or by a name plate.
    Design,
}

/// A result as the task holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskResult {
    /// The `result.recorded` fact.
    pub fact: FactId,
    /// Which answer it is.
    pub key: ResultKey,
    /// When it was recorded.
    pub at: Stamp,
    /// What it says.
    pub recorded: ResultRecorded,
    /// Whether an accepted result replaces it.
    pub replaced: bool,
    /// It names a result to replace that is not known here: kept and flagged.
    pub replaces_unknown: bool,
    /// What its recorder said otherwise than the catalogue. `recorded` holds the words of the catalogue;
    /// the recorder's stay in the fact.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub differs: Vec<Difference>,
    /// Where it went, when it was recorded in the wrong place. Then it is replaced, by nothing here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved: Option<MovedTo>,
}
