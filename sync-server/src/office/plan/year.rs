//! The plans of a whole year of a project are made at once. They are issued when their time comes.

use super::create;
use crate::{
    clock::Clock,
    office::{Act, Refused, Rule, command::command},
    query::access::to_project,
    store::{Store, Tx},
};
use firebee_domain::{
    account::Action, catalogue::Nature, code::Code, id::ProjectId, plan::CreateError, project::periods,
};
use serde::{Deserialize, Serialize};

/// A project, a year, and which of its plans are made.
#[derive(Clone, Debug, Serialize)]
pub struct PlanYear {
    /// The project.
    pub project: ProjectId,
    /// The year.
    pub year: i32,
    /// Months, quarters, the year.
    pub natures: Vec<Nature>,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearPlanned {
    /// How many plans were made.
    pub made: u32,
}

/// Why no plan is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum YearError {
    /// No nature is chosen.
    #[error("no nature is chosen")]
    NothingChosen,
    /// None of the plans can be made; this stands in the way of the last one that was tried.
    #[error(transparent)]
    None(#[from] CreateError),
}

impl Rule for YearError {
    fn code(&self) -> Code {
        match self {
            Self::NothingChosen => Code::NothingChosen,
            Self::None(error) => error.code(),
        }
    }
}

/// Makes every plan of the year that is not there and can be: months that are paused or outside the project are left out
///
///
/// # Errors
/// [`Refused`], also when the project is not there or this actor may not plan it, and when none can be made.
pub async fn plan_year(
    store: &Store,
    clock: &Clock,
    act: Act,
    wanted: PlanYear,
) -> Result<YearPlanned, Refused<YearError>> {
    let clock = clock.clone();
    command(store, act, "plan_year", wanted.project, wanted, async move |tx: &mut Tx, act: &Act, wanted: &PlanYear| {
        run(tx, &clock, act, wanted).await
    })
    .await
}

async fn run(tx: &mut Tx, clock: &Clock, act: &Act, wanted: &PlanYear) -> Result<YearPlanned, Refused<YearError>> {
    let permitted = to_project(tx, act.org, &act.actor, &[Action::CreatePlan], wanted.project).await?;
    permitted.ok_or(Refused::NotFound)?;
    let (mut made, mut last) = (0, YearError::NothingChosen);
    for nature in &wanted.natures {
        for month in periods(*nature, wanted.year) {
            let new = create::Create { project: wanted.project, nature: *nature, month };
            match create::make(tx, clock, act, new).await {
                Ok(_) => made += 1,
                Err(Refused::Rule(error)) => last = error.into(),
                Err(error) => return Err(error.map(YearError::from)),
            }
        }
    }
    if made == 0 { Err(last.into()) } else { Ok(YearPlanned { made }) }
}
