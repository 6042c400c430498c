//! Everything a batch touches, loaded once, changed in memory, written once.

use firebee_domain::{
    account::Actor,
    catalogue::Catalogue,
    geofence::Coverage,
    id::{AccountId, ContentId, OrganisationId, PlanId, PlanItemId, ProjectId, StoreId, TaskId},
    personnel::Registration,
    plan::{Assignment, PlanItemState},
    suspension::Termination,
    task::Task,
    time::Timestamp,
};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
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

/// A project of the organisation, as far as facts need it.
pub(super) struct Site {
    pub(super) lead: AccountId,
    /// whether approval waits for the faults.
    pub(super) faults_must_be_handled: bool,
    /// Its end before its time.
    pub(super) termination: Option<Termination>,
}

/// A plan, as far as facts need it.
pub(super) struct PlanEntry {
    pub(super) project: ProjectId,
    pub(super) name: String,
    pub(super) catalogue: ContentId,
}

/// A plan item and the task that holds it.
pub(super) struct ItemEntry {
    pub(super) state: PlanItemState,
    pub(super) executor: Option<AccountId>,
    pub(super) task: Option<TaskId>,
    /// Whether its row is locked; only then may it be changed.
    pub(super) locked: bool,
    pub(super) changed: bool,
}

/// The store that acted, the assignment and its revision.
pub(super) type SeenKey = (StoreId, Uuid, u64);

/// A revision of an assignment that a phone acted on.
pub(super) struct SeenEntry {
    pub(super) assignment: Assignment,
    /// When the store acknowledged the revision after it.
    pub(super) successor_known: Option<Timestamp>,
}

/// A task and what its document says beside it.
pub(super) struct TaskEntry {
    pub(super) task: Task,
    pub(super) executor_name: String,
    pub(super) plan_name: String,
    pub(super) catalogue: ContentId,
    pub(super) coverage: Option<Coverage>,
    /// The document's revision; 0 before there is one.
    pub(super) rev: u64,
    /// The day it is counted under and its number there.
    pub(super) day: String,
    pub(super) number: i64,
    pub(super) changed: bool,
}

/// The board.
pub(super) struct Board {
    pub(super) organisation: OrganisationId,
    pub(super) now: Timestamp,
    pub(super) authors: HashMap<AccountId, Author>,
    pub(super) sites: HashMap<ProjectId, Site>,
    pub(super) plans: HashMap<PlanId, PlanEntry>,
    pub(super) tasks: BTreeMap<TaskId, TaskEntry>,
    pub(super) items: HashMap<PlanItemId, ItemEntry>,
    pub(super) seen: HashMap<SeenKey, SeenEntry>,
    /// The present assignment of an executor in a plan: its id and revision.
    pub(super) assignments: HashMap<(PlanId, AccountId), (Uuid, u64)>,
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
            organisation,
            now,
            authors: HashMap::new(),
            sites: HashMap::new(),
            plans: HashMap::new(),
            tasks: BTreeMap::new(),
            items: HashMap::new(),
            seen: HashMap::new(),
            assignments: HashMap::new(),
            packs: HashMap::new(),
            arrived: HashSet::new(),
            numbers: HashMap::new(),
        }
    }
}
