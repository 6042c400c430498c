//! Tasks, their numbers, rounds, items and evidence.

use crate::{both, fixture::*};
use firebee_domain::{
    evidence::PhotoRole,
    fault::{FaultHandled, FaultState, Particulars, Way, fault_id},
    id::TaskId,
    result::{ResultKey, Verdict},
    review::{Decision, ReviewDecided},
    submission::manifest_hash,
    task::TaskState,
};
use firebee_protocol::{
    fact::{Body, Seen, Subject},
    push::PushReply,
};
use firebee_server::{
    evidence::refresh_task_evidence,
    sql,
    store::{StoreError, Tx},
};
use firebee_tests::{
    device::{Device, Work},
    firm::{Firm, MORNING},
};

both!(
    /// the name is the plan's, the day and a running number of the project's day.
    r_133_tasks_are_numbered_by_project_and_day,
    /// the whole way through two rounds.
    r_152_a_task_goes_through_rejection_and_faults_to_approval,
    r_119_the_server_counts_no_submission_without_the_photo_of_the_controller,
    /// the certificate is asked for at the review alone, and on the day of the decision.
    r_150_a_reviewer_is_judged_by_the_day_of_the_decision,
    approval_waits_for_the_evidence_and_the_count_is_told,
    approval_in_the_push_that_submits_waits_for_the_evidence_all_the_same,
);

fn codes(reply: &PushReply) -> Vec<&str> {
    reply.results.iter().map(|outcome| outcome.code.as_str()).collect()
}

/// What the lead acts on: the task at its present revision.
async fn seen(firm: &Firm, task: TaskId) -> Subject {
    let held = document(firm, task).await;
    Subject { plan: held.task.plan, task: Some(task), seen: Some(Seen { doc: task.to_string(), rev: 1 }) }
}

async fn decide(lead: &mut Device, firm: &Firm, work: &Work, decision: Decision) -> Vec<String> {
    let held = task(firm, work.task).await;
    let waits = held.last_submission().unwrap();
    let opinion = "see item 2".to_owned();
    let decided = ReviewDecided {
        round: waits.round,
        manifest_hash: waits.manifest_hash,
        decision,
        opinion,
        attachments: Vec::new(),
    };
    let subject = seen(firm, work.task).await;
    lead.record(firm.project, &subject, &[], &Body::ReviewDecided(decided));
    let reply = lead.push_from(firm, lead.head()).await;
    codes(&reply).into_iter().map(str::to_owned).collect()
}

async fn verify_all(firm: &Firm, work: &Work) {
    let (org, task) = (firm.org, work.task);
    let verify = async move |tx: &mut Tx| {
        tx.execute(sql!("UPDATE blob SET state = 'verified', media = 'jpeg'"), &[]).await?;
        refresh_task_evidence(tx, org, task).await.map(drop)
    };
    firm.store.write("verify", verify).await.unwrap_or_else(|error: StoreError| panic!("{error}"));
}

async fn r_150_a_reviewer_is_judged_by_the_day_of_the_decision(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let mut lead = Device::claim(&firm, firm.lead, 2).await;
    let items = firm.items_of(0)[..1].to_vec();
    let mut work = device.start_task(&firm, &items, firm.assignments[0]);
    device.result(&firm, &mut work, &items[0], Verdict::Nonconform);
    device.photo(&firm, &mut work, PhotoRole::Evidence, Some(&items[0]));
    device.photo(&firm, &mut work, PhotoRole::Selfie, None);
    device.describe(&firm, &mut work);
    device.submit(&firm, &mut work);
    assert_eq!(codes(&device.push_from(&firm, 1).await), [] as [&str; 0]);
    let ends_today = async move |tx: &mut Tx| {
        tx.execute(sql!("UPDATE person SET body = replace(body, '2040-01-01', '2026-11-16')"), &[]).await.map(drop)
    };
    firm.store.write("expire", ends_today).await.unwrap_or_else(|error: StoreError| panic!("{error}"));
    let waits = task(&firm, work.task).await.last_submission().unwrap().clone();
    let (subject, opinion) = (seen(&firm, work.task).await, "photo unclear".to_owned());
    let manifest_hash = waits.manifest_hash;
    let decided =
        ReviewDecided { round: 1, manifest_hash, decision: Decision::Rejected, opinion, attachments: Vec::new() };
    lead.record(firm.project, &subject, &[], &Body::ReviewDecided(decided));
    lead.now = lead.now.plus_ms(3 * 24 * 3_600_000);
    assert_eq!(codes(&lead.push_from(&firm, 1).await), [] as [&str; 0], "made on the last day, received later");
    device.submit(&firm, &mut work);
    assert_eq!(codes(&device.push_from(&firm, device.head()).await), [] as [&str; 0]);
    let fault = fault_id(work.task, ResultKey { item: items[0].item, ordinal: 1 });
    let handled = FaultHandled {
        fault,
        round: 2,
        way: Way::Negotiating,
        explanation: String::new(),
        order: None,
        attachments: Vec::new(),
        particulars: Particulars::default(),
    };
    lead.record(firm.project, &subject, &[], &Body::FaultHandled(handled));
    assert_eq!(codes(&lead.push_from(&firm, lead.head()).await), [] as [&str; 0]);
    assert_eq!(decide(&mut lead, &firm, &work, Decision::Rejected).await, ["reviewer_not_qualified"]);
}

async fn r_133_tasks_are_numbered_by_project_and_day(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let mut other = Device::claim(&firm, firm.operators[1], 2).await;
    let items = firm.items_of(0).to_vec();
    let first = device.start_task(&firm, &items[..1], firm.assignments[0]);
    let second = device.start_task(&firm, &items[1..2], firm.assignments[0]);
    device.push_from(&firm, 1).await;
    let third = other.start_task(&firm, &firm.items_of(1)[..1], firm.assignments[1]);
    other.push_from(&firm, 1).await;
    device.now = device.now.plus_ms(24 * 3_600_000);
    let tomorrow = device.start_task(&firm, &items[2..3], firm.assignments[0]);
    device.push_from(&firm, 3).await;
    let mut names = Vec::new();
    for work in [first, second, third, tomorrow] {
        names.push(task(&firm, work.task).await.name);
    }
    assert_eq!(names, ["plan 1116_1", "plan 1116_2", "plan 1116_3", "plan 1117_1"]);
}

async fn r_152_a_task_goes_through_rejection_and_faults_to_approval(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let mut lead = Device::claim(&firm, firm.lead, 2).await;
    let items = firm.items_of(0)[..2].to_vec();
    let mut work = device.start_task(&firm, &items, firm.assignments[0]);
    device.result(&firm, &mut work, &items[0], Verdict::Conform);
    device.result(&firm, &mut work, &items[1], Verdict::Nonconform);
    device.photo(&firm, &mut work, PhotoRole::Evidence, Some(&items[1]));
    device.photo(&firm, &mut work, PhotoRole::Selfie, None);
    device.describe(&firm, &mut work);
    device.submit(&firm, &mut work);
    assert_eq!(codes(&device.push_from(&firm, 1).await), [] as [&str; 0]);
    let states = sql!("SELECT count(*) FROM plan_item WHERE state = 'submitted'");
    assert_eq!(count(&firm, states).await, 2);
    verify_all(&firm, &work).await;
    assert_eq!(decide(&mut lead, &firm, &work, Decision::Approved).await, ["faults_not_handled"]);
    let fault = fault_id(work.task, ResultKey { item: items[1].item, ordinal: 1 });
    let handled = FaultHandled {
        fault,
        round: 1,
        way: Way::OwnerRefused,
        explanation: "no money".into(),
        order: None,
        attachments: Vec::new(),
        particulars: Particulars::default(),
    };
    let subject = seen(&firm, work.task).await;
    lead.record(firm.project, &subject, &[], &Body::FaultHandled(handled.clone()));
    lead.push_from(&firm, 2).await;
    assert_eq!(faults(&firm, work.task).await[0].state, FaultState::OwnerRefused);
    assert_eq!(decide(&mut lead, &firm, &work, Decision::Rejected).await, [] as [&str; 0]);
    let held = task(&firm, work.task).await;
    let held = (held.state, faults(&firm, work.task).await[0].state);
    assert_eq!(held, (TaskState::Rejected, FaultState::Unhandled));
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM plan_item WHERE state = 'executing'")).await, 2);
    device.submit(&firm, &mut work);
    assert_eq!(codes(&device.push_from(&firm, device.head()).await), [] as [&str; 0]);
    assert_eq!(task(&firm, work.task).await.round, 2);
    lead.record(firm.project, &subject, &[], &Body::FaultHandled(FaultHandled { round: 2, ..handled }));
    lead.push_from(&firm, lead.head()).await;
    assert_eq!(decide(&mut lead, &firm, &work, Decision::Approved).await, [] as [&str; 0]);
    assert_eq!(decide(&mut lead, &firm, &work, Decision::Approved).await, ["task_not_pending"]);
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM plan_item WHERE state = 'approved'")).await, 2);
    let row = sql!("SELECT count(*) FROM task WHERE state = 'approved' AND round = 2 AND submitted_ms IS NOT NULL");
    assert_eq!(count(&firm, row).await, 1);
    device.describe(&firm, &mut work);
    assert_eq!(codes(&device.push_from(&firm, device.head()).await), ["task_not_editable"]);
}

/// A phone that does not ask for the photo hands the task in all the same: the submission is kept and does not count.
async fn r_119_the_server_counts_no_submission_without_the_photo_of_the_controller(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let items = firm.items_of(0)[..1].to_vec();
    let mut work = device.start_task(&firm, &items, firm.assignments[0]);
    device.result(&firm, &mut work, &items[0], Verdict::Conform);
    device.photo(&firm, &mut work, PhotoRole::Selfie, None);
    device.describe(&firm, &mut work);
    device.submit(&firm, &mut work);
    let seq = device.head();
    assert_eq!(codes(&device.push_from(&firm, 1).await), ["controller_photo_required"]);
    let held = task(&firm, work.task).await;
    assert_eq!((held.state, held.submissions.len()), (TaskState::Executing, 0), "there is nothing to approve");
    device.photo(&firm, &mut work, PhotoRole::Evidence, None);
    work.round = 1;
    device.submit(&firm, &mut work);
    assert_eq!(codes(&device.push_from(&firm, seq + 1).await), [] as [&str; 0]);
    assert_eq!(task(&firm, work.task).await.state, TaskState::PendingReview);
}

async fn approval_waits_for_the_evidence_and_the_count_is_told(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let mut lead = Device::claim(&firm, firm.lead, 2).await;
    let work = device.whole_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    device.push_from(&firm, 1).await;
    let evidence = document(&firm, work.task).await.evidence;
    assert_eq!((evidence.verified, evidence.total, evidence.missing.len()), (0, 3, 3));
    assert_eq!(decide(&mut lead, &firm, &work, Decision::Approved).await, ["evidence_incomplete"]);
    verify_all(&firm, &work).await;
    let evidence = document(&firm, work.task).await.evidence;
    assert_eq!((evidence.verified, evidence.total, evidence.missing.len()), (3, 3, 0));
    assert_eq!(decide(&mut lead, &firm, &work, Decision::Approved).await, [] as [&str; 0]);
}

/// A lead who carries out a task of his own and decides on it before the phone sends anything.
async fn approval_in_the_push_that_submits_waits_for_the_evidence_all_the_same(mut firm: Firm) {
    firm.operators[0] = firm.lead;
    let items = firm.items_of(0)[..2].to_vec();
    firm.issue(0, &items, MORNING).await;
    let mut lead = Device::claim(&firm, firm.lead, 1).await;
    let approve = |lead: &mut Device, work: &Work| {
        let manifest_hash = manifest_hash(&work.manifest.to_text());
        let decided = ReviewDecided {
            round: 1,
            manifest_hash,
            decision: Decision::Approved,
            opinion: String::new(),
            attachments: Vec::new(),
        };
        let seen = Some(Seen { doc: work.task.to_string(), rev: 0 });
        let subject = Subject { plan: Some(firm.plan), task: Some(work.task), seen };
        lead.record(firm.project, &subject, &[], &Body::ReviewDecided(decided));
    };
    let work = lead.whole_task(&firm, &items[..1], firm.assignments[0]);
    approve(&mut lead, &work);
    assert_eq!(codes(&lead.push_from(&firm, 1).await), ["evidence_incomplete"]);
    assert_eq!(task(&firm, work.task).await.state, TaskState::PendingReview);
    // What is here before the submission counts.
    let first = lead.head() + 1;
    let mut second = lead.start_task(&firm, &items[1..], firm.assignments[0]);
    lead.result(&firm, &mut second, &items[1], Verdict::Conform);
    lead.photo(&firm, &mut second, PhotoRole::Selfie, None);
    lead.site(&firm, &mut second);
    lead.push_from(&firm, first).await;
    verify_all(&firm, &second).await;
    let rest = lead.head() + 1;
    lead.describe(&firm, &mut second);
    lead.submit(&firm, &mut second);
    approve(&mut lead, &second);
    assert_eq!(codes(&lead.push_from(&firm, rest).await), [] as [&str; 0]);
    assert_eq!(task(&firm, second.task).await.state, TaskState::Approved);
}
