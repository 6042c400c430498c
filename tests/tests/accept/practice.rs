//! Safe and provable practice on site, judged by the server.

use crate::{both, fixture::*};
use firebee_domain::{
    evidence::PhotoRole,
    id::{AccountId, FactId},
    restore::{Isolable, RestoreConfirmed, SystemIsolated},
    result::Verdict,
    task::{TaskHandedOver, TaskState},
};
use firebee_protocol::{
    document::{HandedDocument, TaskDocument, kind},
    fact::{Body, Seen, Subject},
    pull::Page,
    push::PushReply,
};
use firebee_tests::{
    device::{Device, Work},
    firm::{Firm, Issued},
};

both!(
    /// the server refuses a round that forgot a pump, whatever its phone says; once it is back, the round counts.
    r_360_a_round_that_forgot_a_pump_is_not_counted_before_the_pump_is_back,
    /// the receiver's phone gets the task with everything in it, the phone that gave it away learns who has it.
    r_368_a_task_passes_to_another_operator_and_the_old_phone_records_no_more,
    /// only somebody of the firm who works on site goes on with a task.
    r_368_a_task_is_handed_to_nobody_who_could_not_do_it,
);

fn codes(reply: &PushReply) -> Vec<(u64, &str)> {
    reply.results.iter().map(|outcome| (outcome.seq, outcome.code.as_str())).collect()
}

fn record(device: &mut Device, firm: &Firm, work: &Work, body: impl Into<Body>) -> FactId {
    device.record(firm.project, &work.subject, &[], &body.into())
}

async fn r_360_a_round_that_forgot_a_pump_is_not_counted_before_the_pump_is_back(mut firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let pump = Issued { item_id: "ws-pump.b".into(), ..firm.items_of(0)[0].clone() };
    firm.issue(0, std::slice::from_ref(&pump), device.now).await;
    let mut work = device.start_task(&firm, std::slice::from_ref(&pump), firm.assignments[0]);
    let isolated = SystemIsolated { system: Isolable::FirePumps, told: "duty officer".into() };
    let isolated = record(&mut device, &firm, &work, isolated);
    work.manifest.service.push(isolated);
    device.result(&firm, &mut work, &pump, Verdict::Conform);
    device.photo(&firm, &mut work, PhotoRole::Selfie, None);
    device.describe(&firm, &mut work);
    device.submit(&firm, &mut work);
    let seq = device.head();
    assert_eq!(codes(&device.push_from(&firm, 1).await), [(seq, "restore_missing")]);
    assert_eq!(task(&firm, work.task).await.state, TaskState::Executing);

    let photo = device.photo(&firm, &mut work, PhotoRole::Restored, None);
    let restored = RestoreConfirmed { system: Isolable::FirePumps, by: "duty officer".into(), photo };
    let restored = record(&mut device, &firm, &work, restored);
    work.manifest.service.push(restored);
    work.round = 1;
    device.submit(&firm, &mut work);
    assert_eq!(codes(&device.push_from(&firm, seq + 1).await), []);
    assert_eq!(task(&firm, work.task).await.state, TaskState::PendingReview);
}

async fn r_368_a_task_passes_to_another_operator_and_the_old_phone_records_no_more(firm: Firm) {
    let (from, to) = (firm.operators[0], firm.operators[1]);
    let mut old = Device::claim(&firm, from, 1).await;
    let mut new = Device::claim(&firm, to, 2).await;
    let items = firm.items_of(0)[..2].to_vec();
    let mut work = old.start_task(&firm, &items, firm.assignments[0]);
    let first = old.result(&firm, &mut work, &items[0], Verdict::Conform);
    old.push_from(&firm, 1).await;
    assert!(body(&all(&old, &firm).await, kind::TASK, &work).is_some());
    record(&mut old, &firm, &work, TaskHandedOver { from, to, reason: "end of shift".into() });
    let at = old.head();
    assert_eq!(codes(&old.push_from(&firm, at).await), []);

    // Of an hour later: kept, and not counted.
    old.now = old.now.plus_ms(3_600_000);
    old.result(&firm, &mut work, &items[1], Verdict::Conform);
    work.manifest.results.pop();
    assert_eq!(codes(&old.push_from(&firm, at + 1).await), [(at + 1, "task_handed_over")]);
    let gone = all(&old, &firm).await;
    assert!(body(&gone, kind::TASK, &work).is_none(), "the task is gone from the old phone");
    let told: HandedDocument = serde_json::from_str(body(&gone, kind::HANDED, &work).unwrap()).unwrap();
    assert_eq!((told.to, told.by, told.reason.as_str()), (holder(to), holder(from), "end of shift"));
    assert!(!told.taken_up, "nobody has gone on with it");

    let page = all(&new, &firm).await;
    let got: TaskDocument = serde_json::from_str(body(&page, kind::TASK, &work).unwrap()).unwrap();
    assert_eq!((got.task.executor, got.executor_name, got.task.author_of(first)), (to, holder(to), from));
    assert!(page.changes.iter().any(|change| change.kind == kind::PROJECT), "and the place of work");
    new.now = old.now.plus_ms(600_000);
    let rev = page.changes.iter().find(|change| change.kind == kind::TASK).unwrap().rev;
    let seen = Some(Seen { doc: work.task.to_string(), rev });
    let mut on = Work { subject: Subject { seen, ..work.subject.clone() }, ..work.clone() };
    new.result(&firm, &mut on, &items[1], Verdict::Conform);
    new.photo(&firm, &mut on, PhotoRole::Selfie, None);
    new.site(&firm, &mut on);
    new.describe(&firm, &mut on);
    new.submit(&firm, &mut on);
    assert_eq!(codes(&new.push_from(&firm, 1).await), []);
    let submitted = task(&firm, work.task).await;
    assert_eq!((submitted.state, submitted.executor), (TaskState::PendingReview, to));
    assert_eq!(submitted.current_results().count(), 2);
    let told = all(&old, &firm).await;
    let told: HandedDocument = serde_json::from_str(body(&told, kind::HANDED, &work).unwrap()).unwrap();
    assert!(told.taken_up, "the row of the one before has ended");
}

async fn r_368_a_task_is_handed_to_nobody_who_could_not_do_it(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let work = device.start_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    let from = device.account;
    let nobody = AccountId(uuid::Uuid::from_u128(404));
    record(&mut device, &firm, &work, TaskHandedOver { from, to: nobody, reason: String::new() });
    record(&mut device, &firm, &work, TaskHandedOver { from, to: from, reason: String::new() });
    // The assignment still stands, so the task goes on with who has it.
    record(&mut device, &firm, &work, TaskHandedOver { from, to: firm.lead, reason: String::new() });
    let reply = device.push_from(&firm, 1).await;
    assert_eq!(codes(&reply), [(2, "receiver_not_allowed"), (3, "receiver_not_allowed")]);
    assert_eq!(task(&firm, work.task).await.executor, firm.lead);
}

fn holder(account: AccountId) -> String {
    format!("holder of {account}")
}

/// Everything that a phone may have, in one page.
async fn all(device: &Device, firm: &Firm) -> Page {
    device.pull(&firm.store, None, Some(200)).await.unwrap()
}

fn body<'p>(page: &'p Page, kind: &str, work: &Work) -> Option<&'p str> {
    let id = work.task.to_string();
    let change = page.changes.iter().find(|change| change.kind == kind && change.id == id)?;
    change.body.as_ref().map(|body| body.get())
}
