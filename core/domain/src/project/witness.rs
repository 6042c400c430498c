//! Whether the tasks of a project need the signature of the owner's witness.

use super::Project;
use crate::{code::Code, time::Timestamp};

/// Why the setting stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WitnessError {
    /// nothing of a terminated project changes.
    #[error("the project is terminated")]
    ProjectTerminated,
}

impl WitnessError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::ProjectTerminated => Code::ProjectTerminated,
        }
    }
}

/// The project that asks for a witness from `at` on, or asks no more. One that asks already keeps its day: tasks that began
/// in between need the signature.
///
/// # Errors
/// See [`WitnessError`].
pub fn set_witness(project: &Project, asked: bool, at: Timestamp) -> Result<Project, WitnessError> {
    if project.termination.is_some() {
        return Err(WitnessError::ProjectTerminated);
    }
    let witness_since = asked.then(|| project.witness_since.unwrap_or(at));
    Ok(Project { witness_since, ..project.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{project::fixture::project, suspension::tests::termination};

    #[test]
    fn r_367_a_project_that_asks_already_keeps_its_day_and_one_that_ended_changes_nothing() {
        let asks = set_witness(&project(), true, Timestamp(10)).unwrap();
        assert_eq!(asks.witness_since, Some(Timestamp(10)));
        assert_eq!(set_witness(&asks, true, Timestamp(20)).map(|held| held.witness_since), Ok(Some(Timestamp(10))));
        assert_eq!(set_witness(&asks, false, Timestamp(20)).map(|held| held.witness_since), Ok(None));
        let ended = Project { termination: Some(termination()), ..project() };
        assert_eq!(set_witness(&ended, true, Timestamp(10)), Err(WitnessError::ProjectTerminated));
    }
}
