//! The possible outcomes of a record, and the verdict that each proposes or decides.

use super::{record::Limit, rule::Rule};
use crate::verdict::Verdict;
use serde::{Deserialize, Serialize};

/// The kinds of outcome, in the order in which they are decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeKind {
    /// A required field or the variant is missing.
    Incomplete,
    /// A value has the wrong form, or a sum does not add up.
    Invalid,
    /// A fault: it does not conform.
    Nonconform,
    /// A person has to judge.
    Person,
    /// Outside the limit of a remark: proposes that it conforms, with a remark.
    Remark,
    /// It conforms, and the fields are the whole criterion.
    Conform,
    /// The fields are good. The criterion asks for more, which a person confirms.
    ProposeConform,
}

/// The outcome of one record, with everything a form has to point at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What comes of it.
    pub kind: OutcomeKind,
    /// The key of the variant in force.
    pub variant: Option<String>,
    /// What was found, fields first, in the order of the form.
    pub findings: Vec<Finding>,
}

/// One thing found in a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub problem: Problem,
    /// The keys of the fields that it concerns; empty when a variant is to be chosen.
    pub fields: Vec<String>,
    /// The range that the value is outside of.
    pub limit: Option<Limit>,
    /// The rule that is broken or open.
    pub rule: Option<Rule>,
    /// The instance, in an answer that has a value for each of many.
    pub ordinal: Option<u32>,
}

/// What can be found in a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// A required field has no value.
    Missing,
    /// No variant is chosen, or the field from which it follows has no value.
    VariantMissing,
    /// The item has no such variant.
    VariantUnknown,
    /// The variant is not the one that follows from the field.
    VariantContradicted,
    /// The item has no such field.
    FieldUnknown,
    /// The field has more than one value.
    FieldRepeated,
    /// Not a decimal number.
    NotANumber,
    /// More places than the field takes.
    TooManyPlaces,
    /// Below zero where the unit has nothing below zero.
    Negative,
    /// Not one of the options.
    NotAnOption,
    /// Neither `true` nor `false`.
    NotABool,
    /// The fields do not add up.
    SumMismatch,
    /// Outside the allowed range.
    OutOfLimit,
    /// An answer that does not pass.
    FailingAnswer,
    /// A rule between fields is broken.
    RuleBroken,
    /// A rule between fields cannot be judged, because one of them is empty.
    RuleOpen,
    /// Outside what should be, and no fault.
    Remark,
}

impl Problem {
    /// The outcome that it leads to when nothing earlier in the order is found.
    pub const fn leads_to(self) -> OutcomeKind {
        match self {
            Self::Missing | Self::VariantMissing => OutcomeKind::Incomplete,
            Self::VariantUnknown
            | Self::VariantContradicted
            | Self::FieldUnknown
            | Self::FieldRepeated
            | Self::NotANumber
            | Self::TooManyPlaces
            | Self::Negative
            | Self::NotAnOption
            | Self::NotABool
            | Self::SumMismatch => OutcomeKind::Invalid,
            Self::OutOfLimit | Self::FailingAnswer | Self::RuleBroken => OutcomeKind::Nonconform,
            Self::RuleOpen => OutcomeKind::Person,
            Self::Remark => OutcomeKind::Remark,
        }
    }
}

/// What the outcome says about the verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Proposal {
    /// Nothing is proposed: the record is not finished and nothing in it is a fault yet, or a person judges.
    Open,
    /// Proposed, for a person to confirm.
    Proposed(Verdict),
    /// Decided by the record alone. Another verdict needs a text.
    Decided(Verdict),
}

impl Outcome {
    /// What the outcome says about the verdict.
    pub fn proposal(&self) -> Proposal {
        match self.kind {
            // One value outside its limit makes the item nonconform, even while other fields are empty or invalid.
            OutcomeKind::Incomplete | OutcomeKind::Invalid if self.has(OutcomeKind::Nonconform) => {
                Proposal::Proposed(Verdict::Nonconform)
            }
            OutcomeKind::Incomplete | OutcomeKind::Invalid | OutcomeKind::Person => Proposal::Open,
            OutcomeKind::Nonconform => Proposal::Decided(Verdict::Nonconform),
            OutcomeKind::Conform => Proposal::Decided(Verdict::Conform),
            OutcomeKind::Remark | OutcomeKind::ProposeConform => Proposal::Proposed(Verdict::Conform),
        }
    }

    /// Whether something was found that leads to this outcome.
    pub(crate) fn has(&self, kind: OutcomeKind) -> bool {
        self.findings.iter().any(|finding| finding.problem.leads_to() == kind)
    }
}

/// The verdict that is proposed or decided; a person who enters another one gives a reason.
pub fn proposed_verdict(outcome: &Outcome) -> Option<Verdict> {
    match outcome.proposal() {
        Proposal::Open => None,
        Proposal::Proposed(verdict) | Proposal::Decided(verdict) => Some(verdict),
    }
}
