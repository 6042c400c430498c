//! What a form has to point at, in words.

use firebee_domain::catalogue::{Finding, OutcomeKind, Problem};
use firebee_protocol::text::{Language, Text, Tone, say};

/// The note on the value of one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldNote {
    /// The key of the question; empty where several or none are concerned.
    pub key: String,
    /// The instance, in an answer that has a value for each of many.
    pub ordinal: Option<i32>,
    /// In words.
    pub text: String,
    /// Amber for a missing value, red for a wrong one, grey for a remark.
    pub tone: Tone,
}

impl FieldNote {
    /// One note for each finding.
    pub fn list(language: Language, findings: &[Finding]) -> Vec<Self> {
        findings.iter().map(|finding| Self::of(language, finding)).collect()
    }

    /// The notes of single questions, and the others.
    pub(super) fn split(language: Language, findings: &[Finding]) -> (Vec<Self>, Vec<Self>) {
        Self::list(language, findings).into_iter().partition(|note| !note.key.is_empty())
    }

    fn of(language: Language, finding: &Finding) -> Self {
        let key = match finding.fields.as_slice() {
            [key] => key.clone(),
            _ => String::new(),
        };
        let tone = match finding.problem.leads_to() {
            OutcomeKind::Incomplete | OutcomeKind::Person => Tone::Waiting,
            OutcomeKind::Remark => Tone::Untestable,
            _ => Tone::Nonconform,
        };
        let ordinal = finding.ordinal.and_then(|ordinal| i32::try_from(ordinal).ok());
        Self { key, ordinal, text: say(language, text(finding.problem)), tone }
    }
}

const fn text(problem: Problem) -> Text {
    match problem {
        Problem::Missing => Text::PhoneNoteMissing,
        Problem::VariantMissing => Text::PhoneNoteVariantMissing,
        Problem::VariantUnknown | Problem::VariantContradicted => Text::PhoneNoteVariantUnfit,
        Problem::FieldUnknown => Text::PhoneNoteFieldUnknown,
        Problem::FieldRepeated => Text::PhoneNoteFieldRepeated,
        Problem::NotANumber => Text::PhoneNoteNotANumber,
        Problem::TooManyPlaces => Text::PhoneNoteTooManyPlaces,
        Problem::Negative => Text::PhoneNoteNegative,
        Problem::NotAnOption | Problem::NotABool => Text::PhoneNoteNotAnOption,
        Problem::SumMismatch => Text::PhoneNoteSumMismatch,
        Problem::OutOfLimit => Text::PhoneNoteOutOfLimit,
        Problem::FailingAnswer => Text::PhoneNoteFailingAnswer,
        Problem::RuleBroken => Text::PhoneNoteRuleBroken,
        Problem::RuleOpen => Text::PhoneNoteRuleOpen,
        Problem::Remark => Text::PhoneNoteRemark,
    }
}
