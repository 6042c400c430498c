//! The lead decides on a phone.

use super::{done, one_of, pick};
use crate::{
    tape::draw,
    world::{World, office::LEAD},
};
use firebee_client::work::review::DecideTask;
use firebee_domain::review::Decision;

/// Approves or rejects one of the tasks that wait.
pub fn decide(world: &mut World) {
    let waits = |client: &firebee_client::Client| client.review().queue().unwrap_or_default();
    let Some((number, client)) = pick(world, |phone, client| phone.owner == LEAD && !waits(client).is_empty()) else {
        return;
    };
    let Some(queued) = one_of("task", waits(&client)) else { return };
    let Ok(view) = client.review().get(queued.id) else { return };
    let Some(round) = view.task.submissions.last() else { return };
    let decision = if draw("rejects", 3) == 1 { Decision::Rejected } else { Decision::Approved };
    let result = client.review().decide(&DecideTask {
        task: queued.id,
        round: round.round,
        manifest_hash: round.manifest_hash,
        decision,
        opinion: "looked at".into(),
        attachments: Vec::new(),
    });
    done(world, number, &format!("decides: {decision:?}"), &result);
}
