//! The catalogue of tests: systems → categories → facilities → items, the form of each item, the verdict
//! that its answers decide, and the sentence that reports them.
//!
//! A catalogue is the data of one edition. It is read once and never changes; a plan pins its edition.

mod example;
#[cfg(test)]
pub(crate) mod fixture;
mod judge;
mod mismatch;
mod nature;
mod outcome;
mod read;
mod record;
mod rule;
mod sentence;
mod tree;
mod validate;
mod value;
mod words;

pub use example::{Case, Example};
pub use judge::judge;
pub use mismatch::{MISMATCH, item_name, mismatch_reason};
pub use nature::{Every, Nature, Span, Usage};
pub use outcome::{Finding, Outcome, OutcomeKind, Problem, Proposal, proposed_verdict};
pub use record::{
    BoolField, BoolWords, Choice, ChoiceField, Decides, End, Extends, Field, FieldKind, Kind, Limit, NumberField,
    OptionsFrom, Record, Select, Severity, Source, Variant, VariantLimit,
};
pub use rule::{Difference, Percent, Rule, Sum, When};
pub use sentence::{Told, limit_text, sentence, sentence_for_many, value_text};
pub use tree::{
    Catalogue, Category, Confidence, Facility, FacilityRef, Item, ItemRef, PhotoRule, PlanContents, System,
};
pub use validate::{Defect, DefectKind, validate};
pub use value::FieldValue;
pub use words::{
    DefaultSentences, DefaultTemplates, DutyPhrases, FieldPhrases, Language, LimitPhrases, Pick, Reason, Template,
    Unit, VerdictWord,
};
