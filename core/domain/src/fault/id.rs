//! A fault's id is computed from its task, item and instance, so every round and every device gives a fault the same
//! id.

use crate::{
    id::{FaultId, TaskId},
    result::ResultKey,
};
use uuid::Uuid;

/// UUIDv5 in the namespace of the task id over `firebee/fault/1\n`, item, `\n`, ordinal.
pub fn fault_id(task: TaskId, key: ResultKey) -> FaultId {
    FaultId(Uuid::new_v5(&task.0, format!("firebee/fault/1\n{}\n{}", key.item, key.ordinal).as_bytes()))
}
