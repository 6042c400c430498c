//! Everything a batch touches, loaded once, changed in memory, written once.

use crate::aggregate::Ledger;
use firebee_domain::{
    account::Actor,
    catalogue::Catalogue,
    id::{AccountId, ContentId, OrganisationId, PlanId, ProjectId, StoreId},
    personnel::Registration,
    plan::Assignment,
    time::Timestamp,
};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};
use uuid::Uuid;

/// Who recorded a fact.
pub(super) struct Author {
    pub(super) actor: Actor,
    pub(super) name: String,
    /// When the holder is a registered engineer.
    pub(super) registrations: Vec<Registration>,
}

/// A plan, as far as facts need it.
pub(super) struct PlanEntry {
    pub(super) project: ProjectId,
    pub(super) name: String,
    pub(super) catalogue: ContentId,
}

/// The store that acted, the assignment and its revision.
pub(super) type SeenKey = (StoreId, Uuid, u64);

/// A revision of an assignment that a phone acted on.
pub(super) struct SeenEntry {
    pub(super) assignment: Assignment,
    /// When the store acknowledged the revision after it.
    pub(super) successor_known: Option<Timestamp>,
}

/// The board.
pub(super) struct Board {
    /// What facts change.
    pub(super) ledger: Ledger,
    pub(super) authors: HashMap<AccountId, Author>,
    pub(super) plans: HashMap<PlanId, PlanEntry>,
    pub(super) seen: HashMap<SeenKey, SeenEntry>,
    pub(super) packs: HashMap<ContentId, Arc<Catalogue>>,
    /// The blobs that need not be waited for, of the tasks that are decided upon.
    pub(super) arrived: HashSet<ContentId>,
    /// The last number given on a day of a project.
    pub(super) numbers: HashMap<(ProjectId, String), i64>,
}

impl Board {
    /// An empty one.
    pub(super) fn new(organisation: OrganisationId, now: Timestamp) -> Self {
        Self {
            ledger: Ledger::new(organisation, now),
            authors: HashMap::new(),
            plans: HashMap::new(),
            seen: HashMap::new(),
            packs: HashMap::new(),
            arrived: HashSet::new(),
            numbers: HashMap::new(),
        }
    }
}
