//! A limit in words: what the item demands of a number, and what follows from the other fields.

use super::{Teller, fill, unit_word};
use crate::{
    catalogue::{
        record::{Field, Limit, NumberField, Severity, Source, Variant},
        rule::Rule,
        tree::{Catalogue, ItemRef},
        value::FieldValue,
        words::{DefaultSentences, Language, LimitPhrases},
    },
    measure::Decimal,
    verdict::Verdict,
};

/// The range of a number field in words and with its unit, as a form shows it beside the question, given the other
/// values; `None` where nothing is limited.
pub fn limit_text(
    catalogue: &Catalogue,
    item: ItemRef<'_>,
    field: &Field,
    variant: Option<&Variant>,
    values: &[FieldValue],
    language: Language,
) -> Option<String> {
    let words = catalogue.default_templates.in_language(language);
    let told = super::Told { location: "", ordinal: 1, variant: None, values, verdict: Verdict::Conform, reason: None };
    let teller = Teller { words, item, told: &told, also: None, variant, language };
    let bare = teller.ends(field);
    let bare = bare.trim().trim_matches(['\u{ff08}', '\u{ff09}', '(', ')']).to_owned();
    (!bare.is_empty()).then_some(bare)
}

impl Teller<'_> {
    /// The limit of a field as a sentence tells it; empty where nothing is limited.
    pub(super) fn limit(&self, field: &Field) -> String {
        let ends = self.ends(field);
        match &self.words.limit.duty {
            Some(duty) if !ends.is_empty() => fill(&duty.whole, |name| (name == "limits").then(|| ends.clone())),
            _ => ends,
        }
    }

    fn ends(&self, field: &Field) -> String {
        let Some(number) = field.number() else { return String::new() };
        let bare = self.item.item.record.limit(field, self.variant, self.told.values);
        let Some(duty) = &self.words.limit.duty else {
            return phrase(self.words, number, bare, None, self.pads(), self.language);
        };
        let limit = self.with_rules(field, number, bare);
        let word = |severity: Severity| match severity {
            Severity::Fault => duty.must.as_str(),
            Severity::Remark => duty.should.as_str(),
        };
        let min_word = word(limit.min_severity.unwrap_or(field.severity));
        let max_word = word(limit.max_severity.unwrap_or(field.severity));
        let one = limit.min.is_some() && limit.max.is_some() && limit.min_inclusive && limit.max_inclusive;
        let parts = if one && min_word == max_word {
            vec![phrase(self.words, number, limit, Some(min_word), true, self.language)]
        } else {
            let lower = Limit { max: None, ..limit };
            let upper = Limit { min: None, ..limit };
            [(lower, min_word), (upper, max_word)]
                .into_iter()
                .map(|(end, word)| phrase(self.words, number, end, Some(word), true, self.language))
                .collect()
        };
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(&self.words.join)
    }

    /// The limit, narrowed by what the rules demand of this field: the stricter bound decides.
    fn with_rules(&self, field: &Field, number: &NumberField, bare: Limit) -> Limit {
        let record = &self.item.item.record;
        let of = |key: &str| record.number_of(key, self.told.values);
        let measured = |key: &str| record.field(key).is_some_and(|field| field.source == Source::Measured);
        let mut limit = bare;
        for rule in &record.rules {
            let (least, most) = match rule {
                Rule::Difference(rule) => {
                    let holds = rule.when.as_ref().is_none_or(|when| of(&when.field).is_some_and(|at| at > when.above));
                    // The bound stands at what was measured: a rating or a setting is what it is held against.
                    let at_lesser = !measured(&rule.of) && measured(&rule.minus);
                    match (holds, at_lesser) {
                        (true, false) if rule.of == field.key => {
                            (of(&rule.minus).map(|base| base.plus(rule.min)), None)
                        }
                        (true, true) if rule.minus == field.key => (None, of(&rule.of).map(|top| top.minus(rule.min))),
                        _ => (None, None),
                    }
                }
                Rule::Percent(rule) if rule.of == field.key => {
                    (of(&rule.base).map(|base| base.percent_up(rule.min, number.decimals)), None)
                }
                Rule::Percent(_) | Rule::Sum(_) => (None, None),
            };
            if let Some(least) = least.filter(|least| limit.min.is_none_or(|min| *least > min)) {
                let severity = Some(Severity::Fault);
                limit = Limit { min: Some(least), min_inclusive: true, min_severity: severity, ..limit };
            }
            if let Some(most) = most.filter(|most| limit.max.is_none_or(|max| *most < max)) {
                let severity = Some(Severity::Fault);
                limit = Limit { max: Some(most), max_inclusive: true, max_severity: severity, ..limit };
            }
        }
        limit
    }
}

/// One range in words. `duty` is the word of its strictness, where the phrases leave room for one.
fn phrase(
    words: &DefaultSentences,
    number: &NumberField,
    limit: Limit,
    duty: Option<&str>,
    pads: bool,
    language: Language,
) -> String {
    let phrases: &LimitPhrases = &words.limit;
    let (template, amount) = match (limit.min, limit.max) {
        (None, None) => return String::new(),
        (Some(min), Some(max)) if min == max => (&phrases.exactly, min),
        (Some(_), Some(max)) => (&phrases.between, max),
        (Some(min), None) if limit.min_inclusive => (&phrases.at_least, min),
        (Some(min), None) => (&phrases.above, min),
        // Nothing is below nought, so "at most 0" is said as 0.
        (None, Some(max)) if duty.is_some() && limit.max_inclusive && max.scaled() == 0 && !number.unit.negative => {
            (&phrases.exactly, max)
        }
        (None, Some(max)) if limit.max_inclusive => (&phrases.at_most, max),
        (None, Some(max)) => (&phrases.below, max),
    };
    let shown = |end: Decimal| if pads { end.padded(number.decimals) } else { end }.to_string();
    fill(template, |name| match name {
        "min" => limit.min.or(limit.max).map(shown),
        "max" => limit.max.map(shown),
        "unit" => Some(unit_word(&number.unit, Some(amount), language)),
        "duty" => duty.map(str::to_owned),
        _ => None,
    })
}
