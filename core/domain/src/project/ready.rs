//! Whether a project is complete enough for its plans to be issued.

use super::Project;
use crate::code::Code;
use serde::{Deserialize, Serialize};

/// What a project still lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// No building is entered.
    Buildings,
    /// No facility is ticked.
    Systems,
    /// The jurisdiction is not chosen.
    Jurisdiction,
    /// The location is not marked, or its radius makes no fence.
    Location,
    /// There is no project lead.
    Lead,
}

/// the project cannot be issued yet.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the project is not complete")]
pub struct ProjectIncomplete {
    /// Everything that is missing, at once.
    pub missing: Vec<Missing>,
}

impl ProjectIncomplete {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        Code::ProjectIncomplete
    }
}

/// a project is ready to issue with buildings, systems, jurisdiction, location and lead. The key-unit mark is
/// asked for but blocks nothing.
pub fn ready_to_issue(project: &Project) -> Result<(), ProjectIncomplete> {
    let missing: Vec<_> = [
        (project.buildings.is_empty(), Missing::Buildings),
        (project.facilities.is_empty(), Missing::Systems),
        (project.jurisdiction.is_none(), Missing::Jurisdiction),
        (project.fence().is_none(), Missing::Location),
        (project.lead.is_none(), Missing::Lead),
    ]
    .into_iter()
    .filter_map(|(lacks, what)| lacks.then_some(what))
    .collect();
    if missing.is_empty() { Ok(()) } else { Err(ProjectIncomplete { missing }) }
}

#[cfg(test)]
mod tests {
    use super::{super::fixture::project, *};

    /// each of the five blocks, all are named at once, the key-unit mark does not block.
    #[test]
    fn r_074_everything_that_is_missing_is_named_at_once() {
        assert_eq!(ready_to_issue(&Project { key_unit: None, ..project() }), Ok(()));
        let one = |project: Project| ready_to_issue(&project).unwrap_err().missing;
        assert_eq!(one(Project { buildings: vec![], ..project() }), [Missing::Buildings]);
        assert_eq!(one(Project { facilities: vec![], ..project() }), [Missing::Systems]);
        assert_eq!(one(Project { jurisdiction: None, ..project() }), [Missing::Jurisdiction]);
        assert_eq!(one(Project { location: None, ..project() }), [Missing::Location]);
        assert_eq!(one(Project { lead: None, ..project() }), [Missing::Lead]);
        let bare = Project { buildings: vec![], facilities: vec![], lead: None, ..project() };
        assert_eq!(one(bare), [Missing::Buildings, Missing::Systems, Missing::Lead]);
    }
}
