//! Somebody of the fire service draws the sample of a week.

use crate::{
    office::{Act, Refused, Rule, command::command},
    query::{self, oversight::Sample},
    row, sql,
    store::{Store, Tx, json},
};
use firebee_domain::{
    account::{Action, Relation, Subject, may},
    code::Code,
    oversight::{SAMPLE_TASKS, Week, draw as drawn},
};
use serde::Serialize;

/// Which week is drawn.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Draw {
    /// The week.
    pub week: Week,
}

/// Why nothing is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DrawError {
    /// The week is not over: tasks are still submitted.
    #[error("the week is not over")]
    NotOver,
}

impl Rule for DrawError {
    fn code(&self) -> Code {
        match self {
            Self::NotOver => Code::WeekNotOver,
        }
    }
}

/// Draws the sample once. Its seed is the end of the form's request id, which the server drew at random with the form; a second
/// drawing leaves the first.
///
/// # Errors
/// [`Refused`], also when this actor draws none.
pub async fn draw(store: &Store, act: Act, wanted: Draw) -> Result<(), Refused<DrawError>> {
    let about = act.org.id();
    command(store, act, "draw_sample", about, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Draw) -> Result<(), Refused<DrawError>> {
    let unit = query::unit::of_officer(tx, act.actor.account).await?.ok_or(Refused::NotFound)?;
    // The subject is what lies in the officer's own jurisdiction.
    let own = Subject::of(act.org.id(), &[Relation::Jurisdiction]);
    if !may(&act.actor, Action::DrawSample, &own) {
        return Err(Refused::NotFound);
    }
    if !wanted.week.is_over(act.at.china_day()) {
        return Err(DrawError::NotOver.into());
    }
    let candidates = query::oversight::submitted(tx, &act.actor, wanted.week).await?;
    let (_, seed) = act.request.0.as_u64_pair();
    let sample = Sample {
        seed,
        candidates: u64::try_from(candidates.len()).unwrap_or(u64::MAX),
        tasks: drawn(seed, wanted.week, &candidates, SAMPLE_TASKS),
        by: act.actor.account,
        at: act.at,
    };
    let keep = sql!(
        "INSERT INTO sample(org, unit, week, body) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (org, unit, week) DO NOTHING"
    );
    tx.execute(keep, &row![act.org, &unit.id, &wanted.week.to_string(), &json(&sample)?]).await?;
    Ok(())
}
