//! The measured record of a result at some of its instances, in either language.

use super::ResultRecorded;
use crate::{
    catalogue::{Catalogue, Language, Told, sentence_for_many},
    ordinals::Ordinals,
};

impl ResultRecorded {
    /// The measured record at these instances. In Chinese it is the sentence as recorded, unless an answer for many no
    /// longer counts for all of them; otherwise the catalogue tells the same values anew.
    pub fn record_at(&self, catalogue: &Catalogue, instances: &Ordinals, language: Language) -> String {
        let as_recorded = language == Language::Chinese && (!self.is_for_many() || *instances == self.ordinals());
        let Some(item) = catalogue.item(&self.item_id).filter(|_| !as_recorded) else {
            return self.measured_record.clone();
        };
        let values = self.values_over(instances, item.item);
        let reason = self.untestable_told(Some(catalogue), language);
        let mut each = instances.iter();
        let told = Told {
            location: self.position.as_deref().unwrap_or_default(),
            ordinal: each.next().unwrap_or(self.ordinal),
            variant: self.variant.as_deref(),
            values: &values,
            verdict: self.verdict,
            reason: Some(&reason),
        };
        sentence_for_many(catalogue, item, &told, &Ordinals::of(each), language)
    }
}
