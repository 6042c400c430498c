//! What a token opens, and which scope each path needs.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// One thing that a token may open.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Scope {
    /// The table of projects.
    ReadProjects,
    /// The table of tasks.
    ReadTasks,
    /// The table of faults.
    ReadFaults,
    /// The table of reports.
    ReadReports,
    /// Where people were during a task.
    ReadTracks,
    /// Deliver what connected fire systems tell.
    DeliverMonitoring,
}

/// The scope that a path of the interface needs; `None` for a path that no token opens.
#[must_use]
pub fn needed(path: &str) -> Option<Scope> {
    let parts: Vec<&str> = path.strip_prefix("/v1/")?.split('/').collect();
    match parts.as_slice() {
        ["export", "projects"] => Some(Scope::ReadProjects),
        ["export", "tasks"] => Some(Scope::ReadTasks),
        ["export", "faults"] => Some(Scope::ReadFaults),
        ["export", "reports"] => Some(Scope::ReadReports),
        ["export", "tasks", _, "track"] => Some(Scope::ReadTracks),
        ["monitoring", "events"] => Some(Scope::DeliverMonitoring),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r_388_each_path_has_one_scope_and_an_unknown_path_has_none() {
        assert_eq!(needed("/v1/export/tasks"), Some(Scope::ReadTasks));
        assert_eq!(needed("/v1/export/tasks/7/track"), Some(Scope::ReadTracks), "where people were is another matter");
        for none in ["/v1/export", "/v1/export/people", "/v1/export/tasks/7", "/tasks", "/v1/export/tasks/"] {
            assert_eq!(needed(none), None, "{none}");
        }
    }
}
