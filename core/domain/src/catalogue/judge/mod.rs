//! What a record decides: pure, the same on the phone and on the server.

mod rule;

use super::{
    outcome::{Finding, Outcome, OutcomeKind, Problem},
    record::{Decides, Field, FieldKind, Limit, Record, Severity, Variant},
    tree::Item,
    value::{FieldValue, answer},
};
use crate::{measure::Decimal, text};

/// Judges the values that were entered for `item`. `variant` is the chosen variant; it may be left out where it follows
/// from a field. Fields that the variant in force does not ask for are ignored.
pub fn judge(item: &Item, variant: Option<&str>, values: &[FieldValue]) -> Outcome {
    let record = &item.record;
    let mut judge = Judge { record, variant: None, values, findings: Vec::new(), judged: false };
    judge.choose_variant(variant);
    record.fields.iter().for_each(|field| judge.field(field));
    record.rules.iter().for_each(|rule| judge.rule(rule));
    judge.strays();
    let (judged, variant) = (judge.judged, judge.variant.map(|variant| variant.key.clone()));
    let mut outcome = Outcome { kind: OutcomeKind::Person, variant, findings: judge.findings };
    outcome.kind = decide(&outcome, judged, record.decides);
    outcome
}

fn decide(outcome: &Outcome, judged: bool, decides: Decides) -> OutcomeKind {
    let first = [OutcomeKind::Incomplete, OutcomeKind::Invalid, OutcomeKind::Nonconform, OutcomeKind::Person];
    if let Some(kind) = first.into_iter().find(|kind| outcome.has(*kind)) {
        return kind;
    }
    match decides {
        _ if !judged => OutcomeKind::Person,
        _ if outcome.has(OutcomeKind::Remark) => OutcomeKind::Remark,
        Decides::Full => OutcomeKind::Conform,
        Decides::Proposal => OutcomeKind::ProposeConform,
        Decides::Person => OutcomeKind::Person,
    }
}

/// One judgement while it is made.
struct Judge<'a> {
    record: &'a Record,
    variant: Option<&'a Variant>,
    values: &'a [FieldValue],
    findings: Vec<Finding>,
    /// Whether anything was held against a limit, an answer or a rule.
    judged: bool,
}

impl<'a> Judge<'a> {
    fn find(&mut self, problem: Problem, fields: &[&str]) {
        let fields = fields.iter().map(|key| (*key).to_owned()).collect();
        self.findings.push(Finding { problem, fields, limit: None, rule: None, ordinal: None });
    }

    fn choose_variant(&mut self, chosen: Option<&str>) {
        let chosen = chosen.filter(|key| !text::is_blank(key));
        self.variant = self.record.variant_in_force(chosen, self.values);
        let select = self.record.variants.iter().find_map(|variant| variant.select.as_ref());
        let follows_from: Vec<&str> = select.iter().map(|select| select.field.as_str()).collect();
        let answered = follows_from.first().map_or(chosen, |key| answer(self.values, key));
        match (self.variant, chosen) {
            (None, None) if self.record.variants.is_empty() => {}
            (None, _) if answered.is_none() => self.find(Problem::VariantMissing, &follows_from),
            (None, _) => self.find(Problem::VariantUnknown, &follows_from),
            (Some(variant), Some(key)) if variant.key != key => self.find(Problem::VariantContradicted, &follows_from),
            (Some(_), _) => {}
        }
    }

    fn asks(&self, field: &Field) -> bool {
        field.is_asked(self.variant.map(|variant| variant.key.as_str()))
    }

    fn field(&mut self, field: &Field) {
        if !self.asks(field) {
            return;
        }
        let Some(value) = answer(self.values, &field.key) else {
            if field.required {
                self.find(Problem::Missing, &[&field.key]);
            }
            return;
        };
        let judged = match &field.kind {
            FieldKind::Number(number) => match number.value(value) {
                Ok(value) => return self.number_field(field, value),
                Err(problem) => Err(problem),
            },
            FieldKind::Choice(choice) => match choice.options.iter().find(|option| option.value == value) {
                Some(option) => Ok(option.pass),
                None => Err(Problem::NotAnOption),
            },
            FieldKind::Bool(yes_or_no) => match value.parse::<bool>() {
                Ok(value) => Ok(yes_or_no.pass.map(|pass| pass == value)),
                Err(_) => Err(Problem::NotABool),
            },
            FieldKind::Text => Ok(None),
        };
        match judged {
            Err(problem) => self.find(problem, &[&field.key]),
            Ok(None) => {}
            Ok(Some(true)) => self.judged = true,
            Ok(Some(false)) => self.outside(field, field.severity, Problem::FailingAnswer, None),
        }
    }

    /// Holds a number against its limit, each end with its own severity.
    fn number_field(&mut self, field: &Field, value: Decimal) {
        let limit = self.record.limit(field, self.variant, self.values);
        if limit.is_none() {
            return;
        }
        if let Some(end) = limit.broken_end(value) {
            return self.outside(field, limit.severity(end, field.severity), Problem::OutOfLimit, Some(limit));
        }
        self.judged = true;
        let (record, values) = (self.record, self.values);
        for by in record.extensions(field).filter(|by| answer(values, by).is_none()) {
            self.find(Problem::RuleOpen, &[&field.key, by]);
        }
    }

    fn outside(&mut self, field: &Field, severity: Severity, problem: Problem, limit: Option<Limit>) {
        self.judged = true;
        let problem = if severity == Severity::Remark { Problem::Remark } else { problem };
        self.findings.push(Finding { problem, fields: vec![field.key.clone()], limit, rule: None, ordinal: None });
    }

    /// Reports values that belong to no field of the item: nobody would judge them, and nothing would show that.
    fn strays(&mut self) {
        let mut seen: Vec<&'a str> = Vec::new();
        for value in self.values {
            if self.record.field(&value.key).is_none() {
                self.find(Problem::FieldUnknown, &[&value.key]);
            } else if seen.contains(&value.key.as_str()) {
                self.find(Problem::FieldRepeated, &[&value.key]);
            }
            seen.push(&value.key);
        }
    }
}

#[cfg(test)]
mod tests;
