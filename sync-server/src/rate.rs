//! How often strangers may ask. Each source has a store of asks that fills again with time, so a person never waits and a
//! program that tries codes does.

use firebee_domain::time::Timestamp;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// Sources that are remembered. When more ask at once, all that are not remembered share one store.
const SOURCES_MAX: usize = 10_000;

/// The stores of all sources, of this process. A restart fills them.
#[derive(Debug)]
pub struct Rate {
    /// So many asks of one source in a row.
    asks_max: i64,
    /// The time in which one of them comes back, in milliseconds.
    ask_ms: i64,
    /// When each store is full again.
    full: Mutex<HashMap<String, Timestamp>>,
}

/// How often strangers may come to the addresses by which anybody calls for a repair.
#[derive(Debug)]
pub struct Calling {
    /// Looks at such addresses, by source.
    pub looks: Rate,
    /// Calls, by source. Many people of one mobile network come from one source.
    pub by_source: Rate,
    /// Calls, by the address that they come to: whoever reads them is a person.
    pub by_door: Rate,
}

impl Default for Calling {
    fn default() -> Self {
        Self { looks: Rate::looks(), by_source: Rate::new(20, 60_000), by_door: Rate::new(20, 120_000) }
    }
}

impl Rate {
    /// Each source asks `asks_max` times in a row, and once more each `ask_ms` milliseconds.
    fn new(asks_max: i64, ask_ms: i64) -> Self {
        Self { asks_max, ask_ms, full: Mutex::default() }
    }

    /// For looks at what has a code in its address.
    pub fn looks() -> Self {
        Self::new(30, 2_000)
    }

    /// Takes one ask of a source; how many seconds it must wait where none is left.
    ///
    /// # Errors
    /// The seconds.
    pub fn take(&self, source: &str, now: Timestamp) -> Result<(), u32> {
        let mut full = self.full.lock().unwrap_or_else(PoisonError::into_inner);
        if full.len() >= SOURCES_MAX && !full.contains_key(source) {
            full.retain(|_, full| *full > now);
        }
        // The empty name is nobody's address.
        let source = if full.len() >= SOURCES_MAX && !full.contains_key(source) { "" } else { source };
        let held = full.get(source).copied().unwrap_or(now).max(now);
        let next = held.plus_ms(self.ask_ms);
        let beyond_ms = next.ms_since(now) - self.asks_max * self.ask_ms;
        if beyond_ms > 0 {
            return Err(u32::try_from(beyond_ms.div_euclid(1_000) + 1).unwrap_or(1));
        }
        full.insert(source.to_owned(), next);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_asks_thirty_times_and_then_as_fast_as_its_store_fills() {
        let (rate, now) = (Rate::looks(), Timestamp(1_000_000));
        for _ in 0..30 {
            assert_eq!(rate.take("10.0.0.1", now), Ok(()));
        }
        assert_eq!(rate.take("10.0.0.1", now), Err(3));
        assert_eq!(rate.take("10.0.0.2", now), Ok(()), "nobody waits for somebody else");
        assert_eq!(rate.take("10.0.0.1", now.plus_ms(2_000)), Ok(()));
        assert!(rate.take("10.0.0.1", now.plus_ms(2_000)).is_err());
        assert_eq!(rate.take("10.0.0.1", now.plus_ms(3_600_000)), Ok(()));
    }

    #[test]
    fn a_storm_of_sources_takes_no_more_memory_than_its_bound_and_stays_limited() {
        let (rate, now) = (Rate::looks(), Timestamp(1_000_000));
        let refused = (0..SOURCES_MAX + 1_000).filter(|n| rate.take(&format!("{n}"), now).is_err()).count();
        assert_eq!(refused, 1_000 - 30);
        assert_eq!(rate.full.lock().unwrap().len(), SOURCES_MAX + 1);
        assert_eq!(rate.take("later", now.plus_ms(60_000)), Ok(()), "old sources are forgotten");
        assert!(rate.full.lock().unwrap().len() < 10);
    }
}
