//! Rules between fields.

use super::{Check, DefectKind};
use crate::catalogue::{NumberField, Record, Rule};

impl Check<'_> {
    pub(super) fn rule(&mut self, path: &str, record: &Record, rule: &Rule) {
        let (compared, condition) = match rule {
            Rule::Difference(rule) => (vec![&rule.of, &rule.minus], rule.when.as_ref().map(|when| &when.field)),
            Rule::Percent(rule) => (vec![&rule.of, &rule.base], None),
            Rule::Sum(rule) => {
                self.demand(rule.of.len() > 1, format!("{path}.of"), DefectKind::TooFewTerms);
                (rule.of.iter().chain([&rule.equals]).collect(), None)
            }
        };
        let distinct: std::collections::HashSet<&String> = compared.iter().copied().collect();
        self.demand(distinct.len() == compared.len(), path, DefectKind::SameField);
        let numbers: Vec<&NumberField> =
            compared.into_iter().filter_map(|key| self.number_field(path, record, key)).collect();
        let one_unit = numbers.windows(2).all(|pair| match pair {
            [a, b] => a.unit.symbol == b.unit.symbol,
            _ => true,
        });
        self.demand(one_unit, path, DefectKind::UnitsDiffer);
        if let Some(key) = condition {
            self.number_field(path, record, key);
        }
    }

    pub(super) fn number_field<'r>(&mut self, path: &str, record: &'r Record, key: &str) -> Option<&'r NumberField> {
        let Some(field) = record.field(key) else {
            self.add(format!("{path}[{key}]"), DefectKind::UnknownField);
            return None;
        };
        let number = field.number();
        self.demand(number.is_some(), format!("{path}[{key}]"), DefectKind::NotANumber);
        number
    }
}
