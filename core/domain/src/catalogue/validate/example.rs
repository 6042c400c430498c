//! Checks the examples: each refers to an item and gives the outcome that it states.

use super::{Check, DefectKind};
use crate::catalogue::judge;

impl Check<'_> {
    pub(super) fn examples(&mut self) {
        let catalogue = self.catalogue;
        self.distinct("examples", catalogue.examples.iter().map(|example| example.item.as_str()));
        for example in &catalogue.examples {
            let path = format!("examples[{}]", example.item);
            self.demand(!example.cases.is_empty(), format!("{path}.cases"), DefectKind::Empty);
            let Some(at) = catalogue.item(&example.item) else {
                self.add(path, DefectKind::UnknownItem);
                continue;
            };
            for (number, case) in example.cases.iter().enumerate() {
                let path = format!("{path}.cases[{number}]");
                for value in &case.values {
                    let known = at.item.record.field(&value.key).is_some();
                    self.demand(known, format!("{path}.values[{}]", value.key), DefectKind::UnknownField);
                }
                if let Some(variant) = &case.variant {
                    let known = at.item.record.variant(variant).is_some();
                    self.demand(known, format!("{path}.variant"), DefectKind::UnknownVariant);
                }
                let outcome = judge(at.item, case.variant.as_deref(), &case.values);
                self.demand(outcome.kind == case.outcome, path, DefectKind::OutcomeDiffers);
            }
        }
    }
}
