//! Permission, and scope as of capture.

use crate::{both, fixture::*};
use firebee_domain::{
    id::ContentId,
    result::{ResultRecorded, Verdict},
    review::{Decision, ReviewDecided},
    time::Timestamp,
};
use firebee_protocol::{
    fact::{Body, Seen, Subject},
    push::PushReply,
};
use firebee_server::sql;
use firebee_tests::{
    device::{Device, Sign, answer},
    firm::{Firm, Issued, sqlite},
};

both!(
    /// only what is issued to this account is offered, and nothing else counts.
    r_130_items_issued_to_somebody_else_are_out_of_scope,
    work_counts_that_was_recorded_before_the_phone_could_know_better,
    an_assignment_that_the_server_does_not_know_is_told_so,
    /// nobody records into another's task, no operator decides, no lead of another firm.
    r_032_r_035_only_who_may_records_and_decides,
    /// one plan item can be in only one live task, the one whose start was accepted first.
    r_136_an_item_belongs_to_the_task_that_was_accepted_first,
    /// an item is what was issued, and not what a phone calls it.
    r_118_what_was_issued_as_another_item_or_answered_by_another_pack_does_not_count,
);

fn codes(reply: &PushReply) -> Vec<(u64, &str)> {
    reply.results.iter().map(|outcome| (outcome.seq, outcome.code.as_str())).collect()
}

async fn r_130_items_issued_to_somebody_else_are_out_of_scope(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    device.start_task(&firm, &firm.items_of(1)[..1], firm.assignments[0]);
    device.start_task(&firm, &firm.items_of(0)[..1], firm.assignments[1]);
    let mut work = device.start_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    let mine = firm.items_of(0)[0].clone();
    work.subject.seen = Some(Seen { doc: firm.assignments[1].0.to_string(), rev: 1 });
    device.result(&firm, &mut work, &mine, Verdict::Conform);
    let reply = device.push_from(&firm, 1).await;
    assert_eq!(codes(&reply), [(1, "out_of_scope"), (2, "out_of_scope"), (4, "out_of_scope")]);
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM task")).await, 1);
}

async fn work_counts_that_was_recorded_before_the_phone_could_know_better(mut firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let items = firm.items_of(0).to_vec();
    let first = firm.assignments[0];
    let cursor = device.pull(&firm.store, None, None).await.unwrap().next_cursor;
    firm.issue(0, &items[1..], device.now).await;
    // The server took item 0 back, and the phone has not heard of it: what it records counts.
    device.start_task(&firm, &items[..1], first);
    assert_eq!(codes(&device.push_from(&firm, 1).await), []);
    // It pulls the change and, by asking for what comes next, says that it has it.
    let page = device.pull(&firm.store, Some(cursor), None).await.unwrap();
    device.pull(&firm.store, Some(page.next_cursor.clone()), None).await.unwrap();
    assert_eq!(count(&firm, sql!("SELECT max(feed_seq) FROM cursor_ack")).await, i64::try_from(page.head).unwrap());
    let acknowledged = Timestamp(device.now.0 + 60_000);
    device.now = acknowledged.plus_ms(3_600_000);
    device.start_task(&firm, &items[..1], first);
    device.start_task(&firm, &items[1..2], firm.assignments[0]);
    assert_eq!(codes(&device.push_from(&firm, 2).await), [(2, "out_of_scope")]);
}

async fn an_assignment_that_the_server_does_not_know_is_told_so(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let items = firm.items_of(0);
    device.start_task(&firm, &items[..1], (firm.assignments[0].0, 9));
    device.start_task(&firm, &items[..1], (uuid::Uuid::from_u128(5), 1));
    let work = device.start_task(&firm, &items[..1], firm.assignments[0]);
    let nothing_seen = Subject { seen: None, ..work.subject };
    device.record(
        firm.project,
        &nothing_seen,
        &[],
        &Body::ResultRecorded(Box::new(answer(&items[0], Verdict::Conform))),
    );
    let reply = device.push_from(&firm, 1).await;
    assert_eq!(codes(&reply), [(1, "seen_unknown"), (2, "seen_unknown"), (4, "seen_unknown")]);
}

async fn r_032_r_035_only_who_may_records_and_decides(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let work = device.whole_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    device.push_from(&firm, 1).await;
    let held = document(&firm, work.task).await;
    let submission = held.task.last_submission().unwrap();
    let decided = Body::ReviewDecided(ReviewDecided {
        round: 1,
        manifest_hash: submission.manifest_hash,
        decision: Decision::Rejected,
        opinion: "again".into(),
        attachments: Vec::new(),
    });
    let seen = Some(Seen { doc: work.task.to_string(), rev: 1 });
    let subject = Subject { plan: Some(firm.plan), task: Some(work.task), seen };
    device.record(firm.project, &subject, &[], &decided);
    assert_eq!(codes(&device.push_from(&firm, 7).await), [(7, "not_permitted")]);
    let mut other = Device::claim(&firm, firm.operators[1], 2).await;
    let mut theirs = work.clone();
    theirs.subject.seen = Some(Seen { doc: firm.assignments[1].0.to_string(), rev: 1 });
    other.describe(&firm, &mut theirs);
    assert_eq!(codes(&other.push_from(&firm, 1).await), [(1, "not_permitted")]);
    // A lead of another firm on the same server.
    let rival = Firm::found((firm.store.clone(), None), 2).await;
    let mut stranger = Device::claim(&rival, rival.lead, 3).await;
    stranger.record(firm.project, &subject, &[], &decided);
    stranger.record(rival.project, &subject, &[], &decided);
    assert_eq!(codes(&stranger.push_from(&rival, 1).await), [(1, "out_of_scope"), (2, "task_unknown")]);
    assert_eq!(document(&firm, work.task).await.task, held.task);
    let mut lead = Device::claim(&firm, firm.lead, 4).await;
    let unseen = Subject { seen: Some(Seen { doc: work.task.to_string(), rev: 99 }), ..subject.clone() };
    lead.record(firm.project, &unseen, &[], &decided);
    lead.record(firm.project, &subject, &[], &decided);
    assert_eq!(codes(&lead.push_from(&firm, 1).await), [(1, "seen_unknown")]);
}

async fn r_136_an_item_belongs_to_the_task_that_was_accepted_first(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let items = firm.items_of(0).to_vec();
    let first = device.start_task(&firm, &items[..2], firm.assignments[0]);
    let mut second = device.start_task(&firm, &items[1..3], firm.assignments[0]);
    device.result(&firm, &mut second, &items[1], Verdict::Conform);
    device.result(&firm, &mut second, &items[2], Verdict::Conform);
    assert_eq!(codes(&device.push_from(&firm, 1).await), [(3, "item_already_in_task")]);
    assert_eq!(task(&firm, second.task).await.results.len(), 1, "the later task is kept");
    let of_first = sql!(
        "SELECT count(*) FROM plan_item i JOIN task t ON t.id = i.task WHERE i.state = 'executing' AND t.number = 1"
    );
    assert_eq!(count(&firm, of_first).await, 2);
    // Discarding gives the items back, and the task that lives may answer them then.
    let discarded = firebee_domain::task::TaskDiscarded { reason: "wrong item".into() };
    device.record(firm.project, &first.subject, &[], &Body::TaskDiscarded(discarded));
    assert_eq!(codes(&device.push(&firm, 5, 5, Sign::Right).await.unwrap()), []);
    assert_eq!(count(&firm, of_first).await, 0);
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM plan_item WHERE state = 'executing'")).await, 1);
    device.result(&firm, &mut second, &items[1], Verdict::Conform);
    assert_eq!(codes(&device.push_from(&firm, 6).await), []);
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM plan_item WHERE state = 'executing'")).await, 2);
}

/// facts of two phones that held one account never mix; each store has its own watermark.
#[tokio::test]
async fn r_034_each_store_has_its_own_watermark() {
    let firm = Firm::found(sqlite().await, 1).await;
    let mut first = Device::claim(&firm, firm.operators[0], 1).await;
    first.start_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    assert_eq!(first.push_from(&firm, 1).await.acked_through, 1);
    let mut second = Device::claim(&firm, firm.operators[0], 2).await;
    second.start_task(&firm, &firm.items_of(0)[1..2], firm.assignments[0]);
    assert_eq!(second.push_from(&firm, 1).await.acked_through, 1);
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM push WHERE first_seq = 1")).await, 2);
}

async fn r_118_what_was_issued_as_another_item_or_answered_by_another_pack_does_not_count(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let items = firm.items_of(0).to_vec();
    let renamed = Issued { item_id: items[1].item_id.clone(), ..items[0].clone() };
    device.start_task(&firm, std::slice::from_ref(&renamed), firm.assignments[0]);
    let mut work = device.start_task(&firm, &items[..1], firm.assignments[0]);
    device.result(&firm, &mut work, &renamed, Verdict::Conform);
    let foreign = ResultRecorded { catalogue: ContentId([9; 32]), ..answer(&items[0], Verdict::Conform) };
    device.record(firm.project, &work.subject, &[], &Body::ResultRecorded(Box::new(foreign)));
    device.result(&firm, &mut work, &items[0], Verdict::Conform);
    let reply = device.push_from(&firm, 1).await;
    assert_eq!(codes(&reply), [(1, "task_items_invalid"), (3, "item_differs"), (4, "catalogue_differs")]);
    assert_eq!(task(&firm, work.task).await.results.len(), 1, "what answers the issued item counts");
}
