//! What one team lead is sent for goes to another.

use crate::{
    aggregate::{self, Ledger},
    feed::publish,
    office::{Act, Refused},
    query,
    store::Tx,
};
use firebee_domain::{
    id::{AccountId, TaskId},
    task::TaskError,
};
use std::collections::BTreeSet;

/// Names another team lead for every dispatch of these tasks that takes one. What is begun stays as long as the team lead
/// can be sent. Returns how many went over. The caller has locked the feeds.
pub(in crate::office) async fn pass_on(
    tx: &mut Tx,
    act: &Act,
    tasks: &BTreeSet<TaskId>,
    (from, to): (AccountId, AccountId),
) -> Result<u64, Refused<TaskError>> {
    if tasks.is_empty() {
        return Ok(0);
    }
    if !query::member::can_be_sent(tx, act.org, to).await? {
        return Err(TaskError::TeamLeadUnfit.into());
    }
    let gone = !query::member::can_be_sent(tx, act.org, from).await?;
    let mut ledger = Ledger::new(act.org, act.at);
    aggregate::load(tx, &mut ledger, tasks.iter().copied()).await?;
    aggregate::sites(tx, &mut ledger, std::iter::empty(), false).await?;
    let mut passed = 0;
    for entry in ledger.tasks.values_mut() {
        let by = act.attribution(&entry.document.task);
        for held in &mut entry.dispatches {
            if held.team_lead == from && held.state.takes_another_team_lead(gone) {
                held.reassign(&by, to, gone)?;
                passed += 1;
            }
        }
    }
    let (publications, _) = aggregate::write(tx, &mut ledger).await?;
    publish(tx, act.org, publications).await?;
    Ok(passed)
}
