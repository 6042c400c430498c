//! Decisions of a lead's phone about what does not count.

use crate::{both, fixture::*};
use firebee_domain::{
    id::FactId,
    parked::{Choice, ParkedDecided},
};
use firebee_protocol::{
    fact::{Body, Seen, Subject},
    push::PushReply,
};
use firebee_server::{feed::retire::retire, sql};
use firebee_tests::{
    device::{Device, Sign},
    firm::Firm,
};

both!(
    /// nobody decides on a decision, so one that does not count is out for good and keeps no project open.
    r_131_r_330_a_decision_that_does_not_count_waits_for_nobody_and_keeps_no_project_open,
);

fn codes(reply: &PushReply) -> Vec<&str> {
    reply.results.iter().map(|outcome| outcome.code.as_str()).collect()
}

fn decide(lead: &mut Device, firm: &Firm, fact: FactId, rev: u64, decision: Choice) {
    let subject = Subject { plan: None, task: None, seen: Some(Seen { doc: fact.to_string(), rev }) };
    let decided = ParkedDecided { facts: vec![fact], decision, reason: "asked the owner".into() };
    lead.record(firm.project, &subject, &[], &Body::from(decided));
}

async fn r_131_r_330_a_decision_that_does_not_count_waits_for_nobody_and_keeps_no_project_open(firm: Firm) {
    let mut operator = Device::claim(&firm, firm.operators[0], 1).await;
    let work = operator.start_task(&firm, &firm.items_of(1)[..1], firm.assignments[0]);
    let waits = FactId(work.task.0);
    assert_eq!(codes(&operator.push_from(&firm, 1).await), ["out_of_scope"]);
    // The lead looked at a revision that a restored server does not have; then two copies of the lead's journal decide.
    let mut lead = Device::claim(&firm, firm.lead, 2).await;
    decide(&mut lead, &firm, waits, 99, Choice::Refused);
    assert_eq!(codes(&lead.push_from(&firm, 1).await), ["decision_unseen"]);
    let mut copy = lead.clone();
    decide(&mut lead, &firm, waits, 1, Choice::Refused);
    decide(&mut copy, &firm, waits, 1, Choice::Adopted);
    assert_eq!(codes(&lead.push_from(&firm, 2).await), [] as [&str; 0], "it looked again");
    assert!(copy.push(&firm, 2, 2, Sign::Right).await.is_err(), "the copy has diverged");
    let left = count(&firm, sql!("SELECT count(*) FROM parked WHERE task IS NULL AND decision IS NULL")).await;
    assert!(left > 0, "what does not count is kept");
    end(&firm).await;
    assert!(retire(&firm.store, firm.org, lead.now).await.unwrap() > 0, "nothing of the project waits for anybody");
}
