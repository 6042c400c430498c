//! The firm takes a request up. It becomes a fault of a task that nobody executes, so that whatever handles
//! faults handles it: the five ways, dispatches, the record.

use super::{Repair, RepairError, RepairLine, RepairState, RepairStep};
use crate::{
    catalogue::{Catalogue, ItemRef},
    evidence::{Photo, PhotoExif, PhotoRole, PhotoTaken},
    fact::Attribution,
    fault::Fault,
    id::{AccountId, ContentId, FactId, PlanItemId, RepairId, TaskId},
    ordinals::Ordinals,
    result::{FaultText, ResultKey, ResultRecorded, TaskResult},
    task::{Stamp, Task, TaskItem, TaskKind, TaskState},
    verdict::Verdict,
};
use uuid::Uuid;

/// What a request became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenUp {
    /// The task that stands for the request. It has no name yet.
    pub task: Task,
    /// Its fault, which waits to be handled.
    pub fault: Fault,
}

/// The task that stands for a request: UUIDv5 in the namespace of the request over `firebee/repair/task/1`.
pub fn task_of(repair: RepairId) -> TaskId {
    TaskId(Uuid::new_v5(&repair.0, b"firebee/repair/task/1"))
}

/// Takes a request up as a fault of this item of its facility. `pack` is the id of the catalogue; the task is its lead's.
///
/// # Errors
/// The item is none of the facility, or the firm does not have the request, or has taken it up.
pub fn take_up(
    repair: &mut Repair,
    by: &Attribution,
    (catalogue, pack): (&Catalogue, ContentId),
    (item_id, lead): (&str, AccountId),
) -> Result<TakenUp, RepairError> {
    let found = catalogue.item(item_id).filter(|found| found.facility.code == repair.facility);
    let found = found.ok_or(RepairError::ItemUnknown)?;
    let at = by.at.wall_ms;
    let line = RepairLine { by: by.account, at, step: RepairStep::TakenUp, words: String::new() };
    repair.go(RepairState::Sent, RepairState::TakenUp, line)?;
    let asked = Stamp::of_server(repair.log.first().map_or(at, |line| line.at));
    let key = ResultKey { item: PlanItemId(repair.id.0), ordinal: 1 };
    let description = FaultText { part: None, defect: None, text: repair.words.clone() };
    let numbered = (0_u32..).zip(&repair.photos);
    let photos: Vec<Photo> = numbered.map(|(number, blob)| photo(repair, (number, *blob), asked)).collect();
    let recorded = recorded(repair, (found, pack), (key, &photos));
    let result = TaskResult {
        fact: FactId(by.event.0),
        key,
        at: asked,
        recorded,
        replaced: false,
        replaces_unknown: false,
        differs: Vec::new(),
        moved: None,
    };
    let begins = Attribution { account: lead, task: task_of(repair.id), plan: None, at: asked, ..*by };
    let mut task = Task::begun(&begins, TaskKind::Request);
    task.state = TaskState::Approved;
    task.items = vec![TaskItem { item: key.item, item_id: item_id.to_owned() }];
    task.results = vec![result];
    task.photos = photos;
    task.photos.sort_by_key(|photo| photo.fact);
    let fault = Fault::found(&task, key, found.item.name.clone(), description);
    repair.fault = Some(fault.id);
    Ok(TakenUp { task, fault })
}

/// What the owner says, as the result that the fault is one of.
fn recorded(
    repair: &Repair,
    (found, pack): (ItemRef<'_>, ContentId),
    (key, photos): (ResultKey, &[Photo]),
) -> ResultRecorded {
    ResultRecorded {
        item: key.item,
        ordinal: key.ordinal,
        also: Ordinals::default(),
        position: Some(repair.place.clone()),
        catalogue: pack,
        item_id: found.item.id.clone(),
        name: found.item.name.clone(),
        criterion: found.item.criteria.clone(),
        variant: None,
        values: Vec::new(),
        each: Vec::new(),
        proposed: None,
        verdict: Verdict::Nonconform,
        override_reason: None,
        untestable_reason: None,
        untestable_code: None,
        fault: Some(FaultText { part: None, defect: None, text: repair.words.clone() }),
        measured_record: String::new(),
        photos: photos.iter().map(|photo| photo.fact).collect(),
        replaces: None,
        instrument: None,
        moved_from: None,
    }
}

/// A picture of the request as evidence of its fault. Nobody made smaller ones of it.
fn photo(repair: &Repair, (number, blob): (u32, ContentId), at: Stamp) -> Photo {
    let fact = FactId(Uuid::new_v5(&repair.id.0, format!("firebee/repair/photo/1\n{number}").as_bytes()));
    let taken = PhotoTaken {
        role: PhotoRole::Evidence,
        item: Some(PlanItemId(repair.id.0)),
        ordinal: Some(1),
        original: blob,
        preview: blob,
        thumbnail: blob,
        exif: PhotoExif::default(),
    };
    Photo { fact, at, taken, withdrawn: false, moved_to: None }
}
