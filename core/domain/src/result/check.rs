//! Judges a result by the item of the pinned catalogue: the same on the phone that records and on the server that
//! receives.

use super::{Difference, Many, ResultRecorded, Verdict};
use crate::{
    catalogue::{
        Catalogue, Finding, Item, ItemRef, Language, MISMATCH, Outcome, OutcomeKind, Told, item_name,
        judge as judge_values, proposed_verdict, sentence_for_many,
    },
    code::Code,
    project::{DesignValue, agrees},
    text,
};

/// Why a result is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ResultError {
    /// A value has the wrong form, is no option, belongs to no field, or does not add up.
    #[error("a value has the wrong form")]
    ValueMalformed {
        /// Everything that was found, for the form to point at.
        findings: Vec<Finding>,
    },
    /// The result says that the item conforms, but a required value or the variant is missing.
    #[error("a required value is missing")]
    ValueRequired {
        /// Everything that was found, for the form to point at.
        findings: Vec<Finding>,
    },
    /// Untestable needs a reason.
    #[error("untestable needs a reason")]
    UntestableReasonRequired,
    /// The code of the reason is none of the catalogue's.
    #[error("the catalogue has no such reason")]
    UntestableReasonUnknown,
    /// The kind of the project, or the answer to its first question, offers other verdicts.
    #[error("this verdict is not offered here")]
    VerdictNotOffered,
    /// The verdict differs from the proposal, and no text says why.
    #[error("a verdict against the proposal needs a reason")]
    OverrideReasonRequired,
    /// One answer for many instances says that all of them conform, as what was entered proposes, and has a value for each
    /// instance where a number is measured.
    #[error("an instance needs an answer of its own")]
    OwnAnswerRequired {
        /// What was found at the instances that do not conform; empty where the answer as a whole is no answer for many.
        findings: Vec<Finding>,
    },
}

impl ResultError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::ValueMalformed { .. } => Code::ValueMalformed,
            Self::ValueRequired { .. } => Code::ValueRequired,
            Self::UntestableReasonRequired => Code::UntestableReasonRequired,
            Self::UntestableReasonUnknown => Code::UntestableReasonUnknown,
            Self::VerdictNotOffered => Code::VerdictNotOffered,
            Self::OverrideReasonRequired => Code::OverrideReasonRequired,
            Self::OwnAnswerRequired { .. } => Code::OwnAnswerRequired,
        }
    }
}

impl ResultError {
    /// What a form has to point at.
    pub fn findings(&self) -> &[Finding] {
        match self {
            Self::ValueMalformed { findings }
            | Self::ValueRequired { findings }
            | Self::OwnAnswerRequired { findings } => findings,
            Self::UntestableReasonRequired
            | Self::UntestableReasonUnknown
            | Self::VerdictNotOffered
            | Self::OverrideReasonRequired => &[],
        }
    }
}

/// What the item of the catalogue says of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The name of the item.
    pub name: String,
    /// Its pass criterion.
    pub criterion: String,
    /// The variant in force.
    pub variant: Option<String>,
    /// The verdict that the values propose.
    pub proposed: Option<Verdict>,
    /// The measured record in Chinese.
    pub measured_record: String,
}

/// What was found at one instance of an answer; `None` is an answer without values at each.
type At = (Option<u32>, Outcome);

/// Judges the values at each instance that has its own; without such values, once for all.
fn outcomes(item: &Item, told: &Told<'_>, many: Many<'_>) -> Vec<At> {
    if many.each.is_empty() {
        return vec![(None, judge_values(item, told.variant, told.values))];
    }
    let instances = std::iter::once(told.ordinal).chain(many.also.iter()).enumerate();
    instances
        .map(|(place, ordinal)| {
            let mut outcome = judge_values(item, told.variant, &many.values_at(told.values, place));
            outcome.findings.iter_mut().for_each(|finding| finding.ordinal = Some(ordinal));
            (Some(ordinal), outcome)
        })
        .collect()
}

/// Everything that was found, of those outcomes that have something of this kind.
fn found_of(outcomes: &[At], kind: OutcomeKind) -> Vec<Finding> {
    outcomes.iter().filter(|(_, held)| held.has(kind)).flat_map(|(_, held)| held.findings.clone()).collect()
}

/// Judges what was told of an item: at one instance, and at the further ones in `many`.
///
/// # Errors
/// A value is malformed, the verdict says that the item conforms while something required is missing, or the answer is
/// for many and each of them needs its own.
pub fn judge(catalogue: &Catalogue, item: ItemRef<'_>, told: &Told<'_>, many: Many<'_>) -> Result<Judged, ResultError> {
    let outcomes = outcomes(item.item, told, many);
    let invalid = found_of(&outcomes, OutcomeKind::Invalid);
    if !invalid.is_empty() {
        return Err(ResultError::ValueMalformed { findings: invalid });
    }
    // What the catalogue lacks is known by its typed name and data only.
    let all_required = told.verdict == Verdict::Conform || item.item.is_mismatch();
    let incomplete = found_of(&outcomes, OutcomeKind::Incomplete);
    if !incomplete.is_empty() && all_required {
        return Err(ResultError::ValueRequired { findings: incomplete });
    }
    let proposals = || outcomes.iter().map(|(_, outcome)| proposed_verdict(outcome));
    let bad = proposals().any(|proposed| proposed == Some(Verdict::Nonconform));
    let all = proposals().all(|proposed| proposed == Some(Verdict::Conform));
    let proposed = if bad { Some(Verdict::Nonconform) } else { all.then_some(Verdict::Conform) };
    // The questions that are answered at each instance choose no variant, so all have the same.
    let variant = outcomes.first().and_then(|(_, outcome)| outcome.variant.clone());
    let record = &item.item.record;
    let measured = record.measured_at_each(variant.as_deref());
    let each = |key: &str| many.each.iter().any(|held| held.key == key);
    let alike = told.verdict == Verdict::Conform
        && !bad
        && measured.iter().all(|key| each(key))
        && many.each.iter().all(|held| measured.contains(&held.key.as_str()));
    if !many.also.is_empty() && !alike {
        return Err(ResultError::OwnAnswerRequired { findings: found_of(&outcomes, OutcomeKind::Nonconform) });
    }
    let places: Vec<usize> = (0..outcomes.len()).collect();
    let values = many.values_over(told.values, &places, item.item);
    let told = Told { variant: variant.as_deref(), values: &values, ..*told };
    Ok(Judged {
        name: item_name(item.item, told.values).to_owned(),
        criterion: item.item.criteria.clone(),
        proposed,
        measured_record: sentence_for_many(catalogue, item, &told, many.also, Language::Chinese),
        variant,
    })
}

impl ResultRecorded {
    /// Whether the reasons are given that the verdict asks for, against what the values propose. A reason
    /// of the catalogue's list needs a text only where it says so; without the catalogue, each reason needs one or a
    /// code.
    ///
    /// # Errors
    /// One is missing, or the catalogue has no such reason.
    pub fn check_reasons(&self, catalogue: Option<&Catalogue>, proposed: Option<Verdict>) -> Result<(), ResultError> {
        let given = |text: &Option<String>| text.as_ref().is_some_and(|text| !text::is_blank(text));
        let untestable = self.verdict == Verdict::Untestable;
        // That the catalogue lacks the facility is the reason.
        if untestable && self.item_id != MISMATCH {
            let enough = match (&self.untestable_code, catalogue) {
                (None, _) => false,
                (Some(code), Some(catalogue)) => {
                    !catalogue.untestable_reason(code).ok_or(ResultError::UntestableReasonUnknown)?.needs_text
                }
                (Some(_), None) => true,
            };
            if !enough && !given(&self.untestable_reason) {
                return Err(ResultError::UntestableReasonRequired);
            }
        }
        let overrides = !untestable && proposed.is_some_and(|proposed| proposed != self.verdict);
        if overrides && !given(&self.override_reason) { Err(ResultError::OverrideReasonRequired) } else { Ok(()) }
    }
}

/// Checks a result and puts the words of the catalogue in the place of the recorder's; gives what differed. Without the
/// catalogue, what was recorded stays, and only the reasons are checked. The submission checks photo and text of a
/// nonconforming result, because the photo comes after the answer.
pub(super) fn check(
    recorded: &mut ResultRecorded,
    by: Option<(&Catalogue, ItemRef<'_>)>,
    design: &[DesignValue],
) -> Result<Vec<Difference>, ResultError> {
    let judged = match by {
        None => None,
        Some((catalogue, item)) => {
            let reason = recorded.untestable_told(Some(catalogue), Language::Chinese);
            let told = Told {
                location: recorded.position.as_deref().unwrap_or_default(),
                ordinal: recorded.ordinal,
                variant: recorded.variant.as_deref(),
                values: &recorded.values,
                verdict: recorded.verdict,
                reason: Some(&reason),
            };
            Some(judge(catalogue, item, &told, recorded.many())?)
        }
    };
    let proposed = judged.as_ref().map_or(recorded.proposed, |judged| judged.proposed);
    recorded.check_reasons(by.map(|(catalogue, _)| catalogue), proposed)?;
    if recorded.is_for_many() && recorded.verdict != Verdict::Conform {
        return Err(ResultError::OwnAnswerRequired { findings: Vec::new() });
    }
    let Some(judged) = judged else { return Ok(Vec::new()) };
    let mut differs = Vec::new();
    let mut differ = |is: bool, what| {
        if is {
            differs.push(what)
        }
    };
    differ(recorded.name != judged.name, Difference::Name);
    differ(recorded.criterion != judged.criterion, Difference::Criterion);
    differ(recorded.proposed != judged.proposed, Difference::Proposal);
    differ(recorded.measured_record != judged.measured_record, Difference::Record);
    let designed = |(_, item): (_, ItemRef<'_>)| agrees(item.item, design, judged.variant.as_deref(), &recorded.values);
    let untestable = recorded.verdict == Verdict::Untestable;
    differ(!untestable && !by.is_none_or(designed), Difference::Design);
    recorded.name = judged.name;
    recorded.criterion = judged.criterion;
    recorded.variant = judged.variant;
    recorded.proposed = judged.proposed;
    recorded.measured_record = judged.measured_record;
    Ok(differs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        catalogue::{FieldValue, fixture},
        id::{ContentId, PlanItemId},
        ordinals::Ordinals,
    };
    use uuid::Uuid;

    const GENERATOR: &str = "power-genset.a";

    /// A generator in automatic that supplied after so many seconds, as a phone that says nothing else records it.
    fn supplied(elapsed: Option<&str>, verdict: Verdict) -> ResultRecorded {
        let values = [Some(("mode", "auto")), elapsed.map(|elapsed| ("elapsed", elapsed))];
        ResultRecorded {
            item: PlanItemId(Uuid::from_u128(1)),
            ordinal: 1,
            also: Ordinals::default(),
            position: Some("地下一层".into()),
            catalogue: ContentId([0; 32]),
            item_id: GENERATOR.into(),
            name: String::new(),
            criterion: String::new(),
            variant: None,
            values: values.into_iter().flatten().map(|(key, value)| FieldValue::new(key, value)).collect(),
            each: Vec::new(),
            proposed: None,
            verdict,
            override_reason: None,
            untestable_reason: None,
            untestable_code: None,
            fault: None,
            measured_record: String::new(),
            photos: Vec::new(),
            replaces: None,
            instrument: None,
            moved_from: None,
        }
    }

    fn checked(mut recorded: ResultRecorded) -> Result<(ResultRecorded, Vec<Difference>), Code> {
        let catalogue = fixture::catalogue();
        let item = catalogue.item(&recorded.item_id).unwrap();
        let differs = check(&mut recorded, Some((catalogue, item)), &[]).map_err(|error| error.code())?;
        Ok((recorded, differs))
    }

    #[test]
    fn r_141_r_142_r_362_the_words_and_the_proposal_are_the_catalogues_and_what_differed_is_told() {
        let (held, differs) = checked(supplied(Some("30"), Verdict::Conform)).unwrap();
        assert_eq!(differs, [Difference::Name, Difference::Criterion, Difference::Proposal, Difference::Record]);
        assert_eq!((held.proposed, held.variant.as_deref()), (Some(Verdict::Conform), Some("auto")));
        assert!(held.measured_record.starts_with("地下一层") && held.measured_record.ends_with("符合"), "{held:?}");
        assert_eq!(checked(held.clone()).unwrap(), (held, Vec::new()), "the catalogue agrees with itself");
    }

    #[test]
    fn r_146_r_362_a_verdict_against_the_values_needs_a_reason_whatever_the_phone_proposed() {
        let lenient = ResultRecorded { proposed: Some(Verdict::Conform), ..supplied(Some("30.1"), Verdict::Conform) };
        assert_eq!(checked(lenient.clone()), Err(Code::OverrideReasonRequired));
        for unseen in ["\u{200b}", "\u{2800}", "\u{3164}", "\u{fe0f}", "\u{e0041}"] {
            let blank = ResultRecorded { override_reason: Some(unseen.into()), ..lenient.clone() };
            assert_eq!(checked(blank), Err(Code::OverrideReasonRequired), "{unseen:?}");
        }
        let blank = ResultRecorded { override_reason: Some(" ".into()), ..lenient.clone() };
        assert_eq!(checked(blank), Err(Code::OverrideReasonRequired));
        let told = ResultRecorded { override_reason: Some("仪表误差".into()), ..lenient };
        assert_eq!(checked(told).unwrap().0.proposed, Some(Verdict::Nonconform));
        let strict = ResultRecorded { proposed: Some(Verdict::Conform), ..supplied(Some("30.1"), Verdict::Nonconform) };
        assert!(checked(strict).unwrap().1.contains(&Difference::Proposal));
    }

    #[test]
    fn r_362_malformed_values_are_refused_and_missing_ones_where_it_is_said_to_conform() {
        for elapsed in ["soon", "30.12", "-1", "1e3"] {
            assert_eq!(checked(supplied(Some(elapsed), Verdict::Conform)), Err(Code::ValueMalformed), "{elapsed}");
        }
        let mut stray = supplied(Some("30"), Verdict::Conform);
        stray.values.push(FieldValue::new("nobody_asked", "1"));
        assert_eq!(checked(stray), Err(Code::ValueMalformed));
        assert_eq!(checked(supplied(None, Verdict::Conform)), Err(Code::ValueRequired));
        // A generator that does not start at all has no time to enter.
        assert!(checked(supplied(None, Verdict::Nonconform)).is_ok());
    }

    #[test]
    fn r_144_untestable_needs_a_reason_and_no_values() {
        assert_eq!(checked(supplied(None, Verdict::Untestable)), Err(Code::UntestableReasonRequired));
        let told =
            ResultRecorded { untestable_reason: Some("未设计".into()), ..supplied(None, Verdict::Untestable) };
        let (held, _) = checked(told).unwrap();
        assert_eq!(held.proposed, None);
        assert!(held.measured_record.contains("未设计"), "{}", held.measured_record);
    }

    #[test]
    fn r_144_a_reason_of_the_list_needs_no_text_unless_it_says_so() {
        let picked = |code: &str, text: Option<&str>| ResultRecorded {
            untestable_code: Some(code.into()),
            untestable_reason: text.map(Into::into),
            ..supplied(None, Verdict::Untestable)
        };
        let (held, _) = checked(picked("stopped", None)).unwrap();
        assert!(held.measured_record.contains("设备停用"), "{}", held.measured_record);
        let (held, _) = checked(picked("stopped", Some("电机返厂"))).unwrap();
        assert!(held.measured_record.contains("设备停用，电机返厂"), "{}", held.measured_record);
        assert_eq!(checked(picked("other", None)), Err(Code::UntestableReasonRequired));
        assert_eq!(checked(picked("other", Some(" "))), Err(Code::UntestableReasonRequired));
        assert!(checked(picked("other", Some("门锁着"))).is_ok());
        assert_eq!(checked(picked("weather", Some("下雨"))), Err(Code::UntestableReasonUnknown));
    }
}
