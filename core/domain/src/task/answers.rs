//! Which result counts for which instance: one of its own before one for many, and of several the last received.

use super::Task;
use crate::{
    id::PlanItemId,
    ordinals::Ordinals,
    result::{ResultKey, TaskResult},
};
use std::collections::BTreeMap;

impl Task {
    /// Every result of an item, by key and then in the order received.
    pub fn results_of(&self, item: PlanItemId) -> &[TaskResult] {
        let from = self.results.partition_point(|result| result.key.item < item);
        let behind = self.results.partition_point(|result| result.key.item <= item);
        self.results.get(from..behind).unwrap_or_default()
    }

    /// The result that counts for a key. Of the instance's own results that no accepted one replaces, this is the last
    /// received; without one, the latest answer for many that holds for the instance.
    pub fn current_result(&self, key: ResultKey) -> Option<&TaskResult> {
        let of_item = self.results_of(key.item);
        let from = of_item.partition_point(|result| result.key < key);
        let of_key = of_item.get(from..)?.iter().take_while(|result| result.key == key);
        let own = of_key.filter(|result| !result.replaced && !result.recorded.is_for_many()).last();
        own.or_else(|| {
            let for_many = of_item.iter().filter(|result| !result.replaced && result.recorded.is_for_many());
            for_many.filter(|result| result.recorded.answers(key)).max_by_key(|result| result.fact)
        })
    }

    /// What counts at each instance of an item that has an answer, by ordinal.
    pub fn answers_of(&self, item: PlanItemId) -> BTreeMap<u32, &TaskResult> {
        let of_item = || self.results_of(item).iter().filter(|result| !result.replaced);
        let mut for_many: Vec<&TaskResult> = of_item().filter(|result| result.recorded.is_for_many()).collect();
        for_many.sort_by_key(|result| result.fact);
        let alike = for_many.into_iter().flat_map(|held| {
            let all = std::iter::once(held.key.ordinal).chain(held.recorded.also.iter());
            all.map(move |ordinal| (ordinal, held))
        });
        let own = of_item().filter(|result| !result.recorded.is_for_many()).map(|held| (held.key.ordinal, held));
        alike.chain(own).collect()
    }

    /// What counts, instance by instance, by key.
    pub fn answers(&self) -> impl Iterator<Item = (ResultKey, &TaskResult)> {
        self.items.iter().flat_map(|held| {
            let keyed = move |(ordinal, result)| (ResultKey { item: held.item, ordinal }, result);
            self.answers_of(held.item).into_iter().map(keyed)
        })
    }

    /// The instances at which a result counts.
    pub fn instances_of(&self, result: &TaskResult) -> Ordinals {
        if !result.recorded.is_for_many() {
            return Ordinals::of([result.key.ordinal]);
        }
        let answers = self.answers_of(result.key.item);
        Ordinals::of(answers.into_iter().filter(|(_, held)| held.fact == result.fact).map(|(ordinal, _)| ordinal))
    }

    /// The results that count anywhere, each once, by key.
    pub fn current_results(&self) -> impl Iterator<Item = &TaskResult> {
        let current = current_of(&self.results, |result| Standing {
            key: result.key,
            for_many: result.recorded.is_for_many(),
            replaced: result.replaced,
        });
        current.filter(|result| !result.recorded.is_for_many() || !self.instances_of(result).is_empty())
    }
}

/// What decides whether a result counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Which answer it is.
    pub key: ResultKey,
    /// Whether it is for more than one instance.
    pub for_many: bool,
    /// Whether an accepted result replaces it.
    pub replaced: bool,
}

/// The results that count in a list in the order of its keys: of each key the last received that no accepted one
/// replaces, and every answer for many that none replaces. Documents, lists and screens all count by this.
pub fn current_of<R>(results: &[R], of: impl Fn(&R) -> Standing) -> impl Iterator<Item = &R> {
    let counts = move |at: usize, result: &R| {
        let this = of(result);
        let rest = results.get(at + 1..).unwrap_or_default();
        let mut same_key = rest.iter().map(&of).take_while(|later| later.key == this.key);
        !this.replaced && (this.for_many || same_key.all(|later| later.replaced || later.for_many))
    };
    results.iter().enumerate().filter(move |(at, result)| counts(*at, result)).map(|(_, result)| result)
}
