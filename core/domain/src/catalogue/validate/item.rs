//! Items and their fields.

use super::{Check, DefectKind};
use crate::catalogue::{Confidence, Field, FieldKind, Item, Limit, Nature, NumberField};
use strum::VariantArray;

impl Check<'_> {
    pub(super) fn item(&mut self, item: &Item) {
        let path = format!("items[{}]", item.id);
        self.code(&format!("{path}.id"), &item.id);
        self.code(&format!("{path}.code"), &item.code);
        let texts = [("name", item.name.as_str()), ("name_en", &item.name_en), ("criteria", &item.criteria)];
        self.texts(&path, &texts);
        let cumulative = match item.frequency.as_slice() {
            [first, ..] => Nature::VARIANTS.iter().filter(|nature| *nature >= first).eq(&item.frequency),
            [] => false,
        };
        self.demand(cumulative, format!("{path}.frequency"), DefectKind::NotCumulative);
        if let Some(every) = item.every {
            let first = every.count > 0 && item.frequency.first() == Some(&every.nature());
            self.demand(first, format!("{path}.every"), DefectKind::EveryDiffers);
        }
        if let Some(usage) = &item.usage {
            self.demand(!usage.is_empty(), format!("{path}.usage"), DefectKind::Empty);
        }
        if let Some(other) = &item.measured_at {
            let at = format!("{path}.measured_at[{other}]");
            self.demand(self.catalogue.item(other).is_some(), at.as_str(), DefectKind::UnknownItem);
            self.demand(*other != item.id, at, DefectKind::SameField);
        }
        let uncertain = item.confidence == Confidence::Medium;
        self.demand(item.to_be_checked == uncertain, format!("{path}.to_be_checked"), DefectKind::ConfidenceDiffers);
        self.record(&path, &item.record);
        if let Some(template) = &item.record.template {
            self.own_template(&path, "zh", &template.zh, &item.record);
            self.own_template(&path, "en", &template.en, &item.record);
        }
    }

    pub(super) fn field(&mut self, path: &str, field: &Field) {
        self.code(&format!("{path}.key"), &field.key);
        self.texts(path, &[("label_zh", &field.label_zh), ("label_en", &field.label_en)]);
        match &field.kind {
            FieldKind::Number(number) => self.number(path, number),
            FieldKind::Choice(choice) => {
                self.demand(choice.options.len() > 1, format!("{path}.options"), DefectKind::TooFewOptions);
                self.distinct(&format!("{path}.options"), choice.options.iter().map(|option| option.value.as_str()));
                // Borrowed options are checked in the list that owns them.
                let own = choice.options.iter().filter(|_| choice.options_from.is_none());
                for option in own {
                    let path = format!("{path}.options[{}]", option.value);
                    self.code(&path, &option.value);
                    self.texts(&path, &[("label_zh", &option.label_zh), ("label_en", &option.label_en)]);
                }
            }
            FieldKind::Bool(yes_or_no) => {
                let words = yes_or_no.told.iter().flat_map(|told| [("yes", &told.yes), ("no", &told.no)]);
                for (name, told) in words {
                    self.texts(&format!("{path}.told.{name}"), &[("zh", &told.zh), ("en", &told.en)]);
                }
            }
            FieldKind::Text => {}
        }
    }

    fn number(&mut self, path: &str, number: &NumberField) {
        self.unit(path, &number.unit.symbol);
        self.demand(number.decimals <= 6, format!("{path}.decimals"), DefectKind::TooManyDecimals);
        let count = self.counted.contains(number.unit.symbol.as_str());
        self.demand(!count || number.decimals == 0, format!("{path}.decimals"), DefectKind::CountWithPlaces);
        self.limit(path, number, &number.limit);
    }

    pub(super) fn limit(&mut self, path: &str, number: &NumberField, limit: &Limit) {
        for (name, end) in [("min", limit.min), ("max", limit.max)] {
            let path = format!("{path}.{name}");
            let Some(end) = end else { continue };
            let fine = end.is_finer_than(number.decimals);
            self.demand(!fine, path.as_str(), DefectKind::LimitTooFine);
            self.demand(number.unit.negative || !end.is_negative(), path.as_str(), DefectKind::LimitNegative);
        }
        if let (Some(min), Some(max)) = (limit.min, limit.max) {
            self.demand(min <= max, path, DefectKind::LimitReversed);
            let told = self.catalogue.default_templates.zh.limit.duty.is_some();
            self.demand(told || limit.min_inclusive && limit.max_inclusive, path, DefectKind::OpenRange);
        }
    }
}
