//! Everything that a batch of facts touches. The transaction loads it once, changes it in memory and writes it once.

use crate::{
    aggregate::{Ledger, parked::Waits},
    evidence::Arrival,
    org::Org,
};
use chrono::NaiveDate;
use firebee_domain::{
    account::Actor,
    catalogue::Catalogue,
    id::{AccountId, ContentId, FactId, PlanId, ProjectId, StoreId},
    parked::Choice,
    personnel::Registration,
    plan::Assignment,
    time::Timestamp,
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};
use uuid::Uuid;

/// Who recorded a fact.
pub(super) struct Author {
    pub(super) actor: Actor,
    pub(super) name: String,
    /// The days on which the author is a registered engineer.
    pub(super) registrations: Vec<Registration>,
}

/// A plan, as far as facts need it.
pub(super) struct PlanEntry {
    pub(super) project: ProjectId,
    pub(super) name: String,
    pub(super) catalogue: ContentId,
    /// The last day of its period: by then its tasks are handed in.
    pub(super) last_day: NaiveDate,
}

/// A store, an assignment that its phone acted on, and the revision of that assignment.
pub(super) type SeenKey = (StoreId, Uuid, u64);

/// A revision of an assignment that a phone acted on.
pub(super) struct SeenEntry {
    pub(super) assignment: Assignment,
    /// When it was made.
    pub(super) made: Timestamp,
    /// When the store acknowledged the next revision.
    pub(super) successor_known: Option<Timestamp>,
}

/// Everything that a batch of facts touches.
pub(super) struct Board {
    /// The tasks, faults and plan items that facts change.
    pub(super) ledger: Ledger,
    pub(super) authors: HashMap<AccountId, Author>,
    /// Of the accounts that facts send to work: those that can be sent.
    pub(super) fit: BTreeSet<AccountId>,
    pub(super) plans: HashMap<PlanId, PlanEntry>,
    pub(super) seen: HashMap<SeenKey, SeenEntry>,
    /// Of the accounts that tasks are handed to: those that may go on with a task.
    pub(super) receivers: BTreeSet<AccountId>,
    /// What the present plan grants the author of a start that somebody adopted.
    pub(super) adopted: HashMap<(PlanId, AccountId), Assignment>,
    pub(super) packs: HashMap<ContentId, Arc<Catalogue>>,
    /// Of the tasks that candidates decide on: the blobs that are verified or declared lost, so nobody waits for them.
    pub(super) arrived: BTreeMap<ContentId, Arrival>,
    /// Of the facts that candidates decide on: where they wait, by project and fact.
    pub(super) waiting: BTreeMap<(ProjectId, FactId), Vec<Waits>>,
    /// What was decided, to be written: the choice, where the facts wait, and the lead.
    pub(super) decided: Vec<(Choice, Vec<Waits>, AccountId)>,
    /// The last number given for a project and day.
    pub(super) numbers: HashMap<(ProjectId, String), i64>,
}

impl Board {
    /// A board with nothing loaded.
    pub(super) fn new(org: Org, now: Timestamp) -> Self {
        Self {
            ledger: Ledger::new(org, now),
            authors: HashMap::new(),
            fit: BTreeSet::new(),
            plans: HashMap::new(),
            seen: HashMap::new(),
            receivers: BTreeSet::new(),
            adopted: HashMap::new(),
            packs: HashMap::new(),
            arrived: BTreeMap::new(),
            waiting: BTreeMap::new(),
            decided: Vec::new(),
            numbers: HashMap::new(),
        }
    }
}
