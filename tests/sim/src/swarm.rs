//! What a run is made of: each action and each fault is off in half of the runs, and weighs differently in each other.

use crate::tape::{choose, draw};
use std::cell::RefCell;

/// What happens to one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    None,
    /// The server never gets it.
    LostRequest,
    /// The server acts, and the phone never hears so.
    LostReply,
    /// The body breaks off at a byte.
    CutRequest,
    /// The answer breaks off at a byte; the server has acted.
    CutReply,
    /// The server gets it twice; the phone gets the second answer.
    Twice,
    /// The server gets it once more, later.
    Stray,
    /// A cache on the way answers a GET with what it was answered before.
    Stale,
    /// A sign-in page of somebody else answers.
    Portal,
    /// It takes long.
    Slow,
}

const FAULTS: [Fault; 10] = [
    Fault::None,
    Fault::LostRequest,
    Fault::LostReply,
    Fault::CutRequest,
    Fault::CutReply,
    Fault::Twice,
    Fault::Stray,
    Fault::Stale,
    Fault::Portal,
    Fault::Slow,
];

thread_local! {
    /// Weights of [`FAULTS`]; all 0 when nothing fails any more.
    static WEIGHTS: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

/// How a run goes.
#[derive(Clone, Debug)]
pub struct Swarm {
    /// The weights of the actions.
    pub actions: Vec<u64>,
    /// How many actions there are.
    pub length: u64,
    /// Whether the faults stop at the end and everything must come to rest (invariant 13).
    pub heals: bool,
}

impl Swarm {
    /// Draws one; `usual` are the weights of the actions.
    pub fn drawn(usual: &[u64]) -> Self {
        let weight = |usual: u64| if draw("off", 2) == 1 { 0 } else { usual * (1 + draw("weight", 4)) };
        let actions = usual.iter().map(|usual| weight(*usual)).collect();
        let faults = FAULTS.iter().skip(1).map(|_| weight(1));
        // In a calm run hardly any request fails, in a wild one every second.
        let calm = [20, 60, 200].into_iter().nth(choose("calm", &[1, 1, 1])).unwrap_or(60);
        let weights = std::iter::once(calm).chain(faults).collect();
        WEIGHTS.set(weights);
        Self { actions, length: 25 + draw("length", 50), heals: draw("heals", 4) > 0 }
    }
}

/// Nothing fails from now on.
pub fn heal() {
    WEIGHTS.set(Vec::new());
}

/// What happens to the next request.
pub fn next() -> Fault {
    let weights = WEIGHTS.with_borrow(Clone::clone);
    if weights.is_empty() {
        return Fault::None;
    }
    FAULTS.get(choose("fault", &weights)).copied().unwrap_or(Fault::None)
}
