//! Records as a whole.

use super::{Check, DefectKind};
use crate::catalogue::{Decides, Extends, FieldKind, Kind, Record, Rule};

impl Check<'_> {
    pub(super) fn record(&mut self, path: &str, record: &Record) {
        self.demand(!record.fields.is_empty(), format!("{path}.fields"), DefectKind::Empty);
        self.distinct(&format!("{path}.fields"), record.fields.iter().map(|field| field.key.as_str()));
        for field in &record.fields {
            let path = format!("{path}.fields[{}]", field.key);
            self.field(&path, field);
            for variant in &field.only_in {
                let known = record.variant(variant).is_some();
                self.demand(known, format!("{path}.only_in[{variant}]"), DefectKind::UnknownVariant);
            }
        }
        self.kind(path, record);
        self.variants(path, record);
        for (at, rule) in record.rules.iter().enumerate() {
            self.rule(&format!("{path}.rules[{at}]"), record, rule);
        }
        for extends in &record.extends {
            self.extends(&format!("{path}.extends[{}]", extends.limit_of), record, extends);
        }
        let judges = can_judge(record);
        let says = record.decides != Decides::Person;
        self.demand(judges == says, format!("{path}.decides"), DefectKind::DecidesDiffers);
    }

    /// A field raises the limit of another of the same unit.
    fn extends(&mut self, path: &str, record: &Record, extends: &Extends) {
        self.demand(extends.limit_of != extends.by, path, DefectKind::SameField);
        let both = [&extends.limit_of, &extends.by].map(|key| self.number_field(path, record, key));
        if let [Some(limited), Some(by)] = both {
            self.demand(limited.unit.symbol == by.unit.symbol, path, DefectKind::UnitsDiffer);
        }
    }

    fn kind(&mut self, path: &str, record: &Record) {
        let [field] = record.fields.as_slice() else {
            return self.demand(record.kind == Kind::Multi, format!("{path}.kind"), DefectKind::KindDiffers);
        };
        let (kind, key) = match field.kind {
            FieldKind::Number(_) => (Some(Kind::Number), "value"),
            FieldKind::Choice(_) => (Some(Kind::Choice), "value"),
            FieldKind::Text => (Some(Kind::Text), "note"),
            FieldKind::Bool(_) => (None, "value"),
        };
        self.demand(kind == Some(record.kind), format!("{path}.kind"), DefectKind::KindDiffers);
        self.demand(field.key == key, format!("{path}.fields[{}]", field.key), DefectKind::LoneKey);
    }
}

/// Whether there is anything that an answer can be held against.
fn can_judge(record: &Record) -> bool {
    let by_field = record.fields.iter().any(|field| match &field.kind {
        FieldKind::Number(number) => !number.limit.is_none(),
        FieldKind::Choice(choice) => choice.options.iter().any(|option| option.pass.is_some()),
        FieldKind::Bool(yes_or_no) => yes_or_no.pass.is_some(),
        FieldKind::Text => false,
    });
    let by_variant = record.variants.iter().flat_map(|variant| &variant.limits).any(|limit| !limit.limit.is_none());
    by_field || by_variant || record.rules.iter().any(|rule| !matches!(rule, Rule::Sum(_)))
}
