//! Variants: they limit the same fields, and one of them is always in force.

use super::{Check, DefectKind};
use crate::catalogue::{Field, FieldKind, Record, Select, Variant};

impl Check<'_> {
    pub(super) fn variants(&mut self, path: &str, record: &Record) {
        let Some(first) = record.variants.first() else { return };
        let list = format!("{path}.variants");
        self.demand(record.variants.len() > 1, list.as_str(), DefectKind::LoneVariant);
        self.distinct(&list, record.variants.iter().map(|variant| variant.key.as_str()));
        let limited = |variant: &Variant| {
            let mut keys: Vec<String> = variant.limits.iter().map(|limit| limit.field.clone()).collect();
            keys.sort();
            keys
        };
        for variant in &record.variants {
            let path = format!("{list}[{}]", variant.key);
            self.code(&format!("{path}.key"), &variant.key);
            self.texts(&path, &[("label_zh", &variant.label_zh), ("label_en", &variant.label_en)]);
            self.demand(limited(variant) == limited(first), format!("{path}.limits"), DefectKind::LimitsDiffer);
            self.variant_limits(&path, record, variant);
        }
        self.selects(&list, record);
    }

    fn variant_limits(&mut self, path: &str, record: &Record, variant: &Variant) {
        self.distinct(&format!("{path}.limits"), variant.limits.iter().map(|limit| limit.field.as_str()));
        for limited in &variant.limits {
            let path = format!("{path}.limits[{}]", limited.field);
            let Some(field) = record.field(&limited.field) else {
                self.add(path, DefectKind::UnknownField);
                continue;
            };
            let Some(number) = field.number() else {
                self.add(path, DefectKind::NotANumber);
                continue;
            };
            self.limit(&path, number, &limited.limit);
            self.demand(number.limit.is_none(), path.as_str(), DefectKind::LimitTwice);
            let asked = field.is_asked(Some(&variant.key));
            self.demand(asked || limited.limit.is_none(), path.as_str(), DefectKind::LimitUnasked);
        }
    }

    fn selects(&mut self, path: &str, record: &Record) {
        let selects: Vec<&Select> = record.variants.iter().filter_map(|variant| variant.select.as_ref()).collect();
        let Some(first) = selects.first() else { return };
        let one = selects.len() == record.variants.len() && selects.iter().all(|select| select.field == first.field);
        self.demand(one, path, DefectKind::SelectMixed);
        let Some(field) = record.field(&first.field) else {
            return self.add(format!("{path}.select[{}]", first.field), DefectKind::UnknownField);
        };
        let always = field.required && field.only_in.is_empty();
        self.demand(always, format!("{path}.select[{}]", field.key), DefectKind::SelectOptional);
        let mut answers = answers(field);
        let mut chosen: Vec<&str> = selects.iter().map(|select| select.equals.as_str()).collect();
        answers.sort_unstable();
        chosen.sort_unstable();
        self.demand(answers == chosen, format!("{path}.select[{}]", field.key), DefectKind::SelectAmbiguous);
    }
}

/// What can be answered, where that is a closed set.
fn answers(field: &Field) -> Vec<&str> {
    match &field.kind {
        FieldKind::Choice(choice) => choice.options.iter().map(|option| option.value.as_str()).collect(),
        FieldKind::Bool(_) => vec!["true", "false"],
        FieldKind::Number(_) | FieldKind::Text => Vec::new(),
    }
}
