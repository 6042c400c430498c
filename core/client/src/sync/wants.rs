//! Files of the server that this phone lacks, such as catalogue packs: which to fetch next. No I/O.
//!
//! Invariant: a file that does not come waits for itself alone; no lane waits for it.

use super::{back_off::BackOff, step::Step};
use crate::session::Failure;
use firebee_domain::id::ContentId;
use std::collections::HashMap;

/// The files that are wanted, in the order in which they are fetched, each with its own back-off.
#[derive(Clone, Debug)]
pub struct Wants {
    seed: u64,
    wanted: Vec<(ContentId, BackOff)>,
}

impl Wants {
    /// Nothing is wanted; `seed` is the jitter's.
    pub const fn new(seed: u64) -> Self {
        Self { seed, wanted: Vec::new() }
    }

    /// A document names this file, and it is not here.
    pub fn want(&mut self, id: ContentId) {
        if self.wanted.iter().all(|(wanted, _)| *wanted != id) {
            self.wanted.push((id, BackOff::new(self.seed)));
        }
    }

    /// These files are wanted, in this order, and no other one. What waits goes on waiting.
    pub fn want_only(&mut self, ids: Vec<ContentId>) {
        let mut held: HashMap<ContentId, BackOff> = self.wanted.drain(..).collect();
        let seed = self.seed;
        self.wanted = ids.into_iter().map(|id| (id, held.remove(&id).unwrap_or_else(|| BackOff::new(seed)))).collect();
    }

    /// Which file to fetch now.
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
        self.wanted.retain(|(wanted, _)| *wanted != id);
    }

    /// The request failed, or brought other bytes.
    pub fn failed(&mut self, id: ContentId, failure: &Failure, now_ms: i64) {
        if let Some((_, back_off)) = self.wanted.iter_mut().find(|(wanted, _)| *wanted == id) {
            back_off.failed(now_ms, failure.retry_after_ms);
        }
    }

    /// Another network, or a person asks.
    pub fn forget_waits(&mut self) {
        self.wanted.iter_mut().for_each(|(_, back_off)| back_off.reset());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use firebee_domain::code::Code;

    #[test]
    fn a_file_that_does_not_come_waits_longer_each_time_and_the_others_are_fetched() {
        let [poison, good] = [1, 2].map(|n| ContentId([n; 32]));
        let mut wants = Wants::new(1);
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
    #[test]
    fn another_list_keeps_its_order_and_the_waits_of_what_is_wanted_still() {
        let [first, poison, gone] = [9, 1, 5].map(|n| ContentId([n; 32]));
        let mut wants = Wants::new(1);
        wants.want_only(vec![gone, poison]);
        wants.failed(gone, &Failure::of(Code::NotFound), 0);
        wants.failed(poison, &Failure::of(Code::NotFound), 0);
        wants.want_only(vec![first, poison]);
        assert_eq!(wants.next(0), Step::Send(first));
        wants.got(first);
        assert!(matches!(wants.next(0), Step::Wait { .. }));
        wants.want_only(Vec::new());
        assert_eq!(wants.next(0), Step::Idle);
    }
}
