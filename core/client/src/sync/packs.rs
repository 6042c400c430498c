//! Catalogue packs that plans pin and this phone lacks: which to fetch next. No I/O.
//!
//! Invariant: a pack that does not come waits for itself alone; no lane waits for it.

use super::{back_off::BackOff, step::Step};
use crate::session::Failure;
use firebee_domain::id::ContentId;
use std::collections::BTreeMap;

/// The packs that are wanted, each with its own back-off.
#[derive(Clone, Debug)]
pub struct PackWants {
    seed: u64,
    wanted: BTreeMap<ContentId, BackOff>,
}

impl PackWants {
    /// Nothing is wanted; `seed` is the jitter's.
    pub const fn new(seed: u64) -> Self {
        Self { seed, wanted: BTreeMap::new() }
    }

    /// A document names this pack, and it is not here.
    pub fn want(&mut self, id: ContentId) {
        let seed = self.seed;
        self.wanted.entry(id).or_insert_with(|| BackOff::new(seed));
    }

    /// Which pack to fetch now.
    pub fn next(&self, now_ms: i64) -> Step<ContentId> {
        let mut soonest: Option<i64> = None;
        for (id, back_off) in &self.wanted {
            match back_off.until(now_ms) {
                None => return Step::Send(*id),
                Some(until) => soonest = Some(soonest.map_or(until, |soonest| soonest.min(until))),
            }
        }
        soonest.map_or(Step::Idle, |until_ms| Step::Wait { until_ms })
    }

    /// It is here.
    pub fn got(&mut self, id: ContentId) {
        self.wanted.remove(&id);
    }

    /// The request failed, or brought other bytes.
    pub fn failed(&mut self, id: ContentId, failure: &Failure, now_ms: i64) {
        if let Some(back_off) = self.wanted.get_mut(&id) {
            back_off.failed(now_ms, failure.retry_after_ms);
        }
    }

    /// Another network, or a person asks.
    pub fn forget_waits(&mut self) {
        self.wanted.values_mut().for_each(BackOff::reset);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use firebee_domain::code::Code;

    #[test]
    fn a_pack_that_does_not_come_waits_longer_each_time_and_the_others_are_fetched() {
        let [poison, good] = [1, 2].map(|n| ContentId([n; 32]));
        let mut wants = PackWants::new(1);
        assert_eq!(wants.next(0), Step::Idle);
        [poison, good, poison].into_iter().for_each(|id| wants.want(id));
        assert_eq!(wants.next(0), Step::Send(poison));
        wants.failed(poison, &Failure::of(Code::NotFound), 0);
        assert_eq!(wants.next(0), Step::Send(good));
        wants.got(good);
        wants.want(poison);
        let Step::Wait { until_ms } = wants.next(0) else { panic!("it was asked for again at once") };
        assert_eq!(wants.next(until_ms), Step::Send(poison));
        wants.failed(poison, &Failure { retry_after_ms: Some(60_000), ..Failure::of(Code::SlowDown) }, 0);
        let Step::Wait { until_ms } = wants.next(0) else { panic!() };
        assert!(until_ms >= 60_000);
        wants.forget_waits();
        assert_eq!(wants.next(0), Step::Send(poison));
    }
}
