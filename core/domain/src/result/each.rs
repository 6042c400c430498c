//! What was measured at each instance of an answer for many.

use super::ResultRecorded;
use crate::{
    catalogue::{Catalogue, FieldValue, Item, ItemRef, Language, value_text},
    ordinals::Ordinals,
};
use serde::{Deserialize, Serialize};

/// The most questions that have a value at each instance.
pub const EACH_MAX: usize = 16;

/// A question that was answered at each instance of an answer for many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EachValue {
    /// The key of the field.
    pub key: String,
    /// The value at each instance, in the order of the ordinals: as many as the answer has instances.
    pub values: Vec<String>,
}

/// The instances beside the first that an answer is for, and what was measured at each.
#[derive(Clone, Copy, Debug)]
pub struct Many<'a> {
    /// The further instances, all above the first.
    pub also: &'a Ordinals,
    /// What was measured at each instance, the first one included.
    pub each: &'a [EachValue],
}

impl Many<'_> {
    /// What was told of the instance that stands at this place among the ordinals: what is the same at all, and its own.
    pub(super) fn values_at(self, shared: &[FieldValue], place: usize) -> Vec<FieldValue> {
        let own = self.each.iter().filter_map(|held| Some(FieldValue::new(&*held.key, held.values.get(place)?)));
        shared.iter().cloned().chain(own).collect()
    }

    /// What was told of several instances, for a sentence about all of them: where the values of a question differ, the
    /// least and the greatest.
    pub(super) fn values_over(self, shared: &[FieldValue], places: &[usize], item: &Item) -> Vec<FieldValue> {
        let own = self.each.iter().map(|held| {
            let number = item.record.field(&held.key).and_then(|field| field.number());
            let at = places.iter().filter_map(|place| held.values.get(*place));
            let mut measured: Vec<_> = at.filter_map(|text| number?.value(text).ok()).collect();
            measured.sort_unstable();
            let told = match (measured.first(), measured.last(), number) {
                (Some(least), Some(greatest), Some(number)) if least != greatest => {
                    let [least, greatest] = [least, greatest].map(|value| value.padded(number.decimals));
                    format!("{least}\u{2013}{greatest}")
                }
                (Some(same), ..) => same.to_string(),
                _ => String::new(),
            };
            FieldValue::new(&*held.key, told)
        });
        shared.iter().cloned().chain(own).collect()
    }
}

impl ResultRecorded {
    /// The instances beside the first, and what was measured at each.
    pub fn many(&self) -> Many<'_> {
        Many { also: &self.also, each: &self.each }
    }

    /// Whether each question has as many values as there are instances, and none stands among the values that are the same
    /// at all.
    pub(super) fn is_each_fit(&self) -> bool {
        let count = self.ordinals().len();
        let fits = |(at, held): (usize, &EachValue)| {
            held.values.len() == count
                && !self.each.iter().take(at).any(|other| other.key == held.key)
                && !self.values.iter().any(|value| value.key == held.key)
        };
        self.each.is_empty()
            || (self.is_for_many() && self.each.len() <= EACH_MAX && self.each.iter().enumerate().all(fits))
    }

    /// The values at one of its instances: what is the same at all, and what was measured there.
    pub fn values_at(&self, ordinal: u32) -> Vec<FieldValue> {
        let place = self.ordinals().iter().position(|held| held == ordinal);
        place.map_or_else(|| self.values.clone(), |place| self.many().values_at(&self.values, place))
    }

    /// The values for a sentence about these instances.
    pub(super) fn values_over(&self, instances: &Ordinals, item: &Item) -> Vec<FieldValue> {
        if self.each.is_empty() {
            return self.values.clone();
        }
        let all = self.ordinals();
        let places: Vec<usize> =
            all.iter().enumerate().filter(|(_, held)| instances.contains(*held)).map(|(place, _)| place).collect();
        self.many().values_over(&self.values, &places, item)
    }

    /// What was measured at each of these instances, in words and in their order; empty where all are alike.
    pub fn told_each(&self, catalogue: &Catalogue, instances: &Ordinals, language: Language) -> Vec<String> {
        let Some(found) = catalogue.item(&self.item_id).filter(|_| !self.each.is_empty()) else { return Vec::new() };
        let all = self.ordinals();
        let places = all.iter().enumerate().filter(|(_, held)| instances.contains(*held));
        places.map(|(place, _)| self.told_at(found, place, language)).collect()
    }

    fn told_at(&self, found: ItemRef<'_>, place: usize, language: Language) -> String {
        let told = self.each.iter().filter_map(|held| {
            let field = found.item.record.field(&held.key)?;
            let value = value_text(field, held.values.get(place)?, language);
            let label = language.of(&field.label_zh, &field.label_en);
            Some(if self.each.len() > 1 { format!("{label} {value}") } else { value })
        });
        told.collect::<Vec<_>>().join(language.of("\u{ff0c}", ", "))
    }
}
