//! Whether the rules between fields hold.

use super::Judge;
use crate::{
    catalogue::{
        outcome::{Finding, Problem},
        record::Field,
        rule::Rule,
        value::answer,
    },
    measure::{Decimal, SCALE},
};

impl Judge<'_> {
    pub(super) fn rule(&mut self, rule: &Rule) {
        let keys = rule.fields();
        let mut fields = keys.iter().filter_map(|key| self.record.field(key));
        if !fields.all(|field| self.asks(field)) {
            return;
        }
        let problem = match self.check(rule) {
            Holds::DoesNotApply => return,
            Holds::Yes => {
                // A sum that adds up says that the entry is plausible, not that anything is good.
                self.judged |= !matches!(rule, Rule::Sum(_));
                return;
            }
            Holds::Open => Problem::RuleOpen,
            Holds::No if matches!(rule, Rule::Sum(_)) => Problem::SumMismatch,
            Holds::No => {
                self.judged = true;
                Problem::RuleBroken
            }
        };
        let fields = keys.into_iter().map(str::to_owned).collect();
        self.findings.push(Finding { problem, fields, limit: None, rule: Some(rule.clone()), ordinal: None });
    }

    fn check(&self, rule: &Rule) -> Holds {
        match rule {
            Rule::Difference(rule) => {
                let above = match &rule.when {
                    None => Entered::Number(true),
                    Some(when) => self.number(&when.field).map(|value| value > scaled(when.above)),
                };
                if above == Entered::Number(false) {
                    return Holds::DoesNotApply;
                }
                let difference = self.number(&rule.of).and(self.number(&rule.minus), |of, minus| of - minus);
                above.and(difference, |_, difference| difference >= scaled(rule.min)).holds()
            }
            Rule::Percent(rule) => {
                let enough = |of, base| of * 100 * i128::from(SCALE) >= scaled(rule.min) * base;
                self.number(&rule.of).and(self.number(&rule.base), enough).holds()
            }
            Rule::Sum(rule) => {
                let sum = |sum: Entered<i128>, key: &String| sum.and(self.number(key), |sum, value| sum + value);
                let total = rule.of.iter().fold(Entered::Number(0), sum);
                match total.and(self.number(&rule.equals), |sum, total| sum == total).holds() {
                    Holds::Open => Holds::DoesNotApply,
                    holds => holds,
                }
            }
        }
    }

    fn number(&self, key: &str) -> Entered<i128> {
        let Some(value) = answer(self.values, key) else { return Entered::Nothing };
        let number = self.record.field(key).and_then(Field::number);
        number
            .and_then(|number| number.value(value).ok())
            .map_or(Entered::Malformed, |value| Entered::Number(scaled(value)))
    }
}

/// Whether a rule holds.
enum Holds {
    Yes,
    No,
    Open,
    DoesNotApply,
}

/// What stands in the fields of a rule.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Entered<T> {
    Number(T),
    Nothing,
    /// Reported at the field; the rule says nothing about it.
    Malformed,
}

impl<T> Entered<T> {
    fn map<U>(self, with: impl FnOnce(T) -> U) -> Entered<U> {
        match self {
            Self::Number(value) => Entered::Number(with(value)),
            Self::Nothing => Entered::Nothing,
            Self::Malformed => Entered::Malformed,
        }
    }

    fn and<U, V>(self, other: Entered<U>, with: impl FnOnce(T, U) -> V) -> Entered<V> {
        match (self, other) {
            (Self::Malformed, _) | (_, Entered::Malformed) => Entered::Malformed,
            (Self::Nothing, _) | (_, Entered::Nothing) => Entered::Nothing,
            (Self::Number(a), Entered::Number(b)) => Entered::Number(with(a, b)),
        }
    }
}

impl Entered<bool> {
    const fn holds(self) -> Holds {
        match self {
            Self::Number(true) => Holds::Yes,
            Self::Number(false) => Holds::No,
            Self::Nothing => Holds::Open,
            Self::Malformed => Holds::DoesNotApply,
        }
    }
}

/// Wide enough for a product of two measured values.
const fn scaled(value: Decimal) -> i128 {
    value.scaled() as i128
}
