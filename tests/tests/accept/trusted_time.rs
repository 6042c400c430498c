//! Bounds at accept, and bounds taken anew.

use crate::{both, fixture::*};
use firebee_domain::{
    result::Verdict,
    time::{Anchor, Bound},
};
use firebee_protocol::fact::{Body, DeviceNote, Subject};
use firebee_server::{
    accept::relearn,
    sql,
    store::{StoreError, Tx},
};
use firebee_tests::{device::Device, firm::Firm};

both!(
    /// the wall clock never counts; anchor and elapsed time do.
    r_128_a_submission_is_bounded_by_its_anchor_not_by_the_wall_clock,
    a_bound_is_taken_anew_when_an_anchor_of_its_boot_comes_later,
    sources_that_exclude_each_other_are_told_and_refuse_nothing,
    a_late_anchor_leaves_the_task_with_its_lead_and_its_assignment,
    /// a proof about the clock of one store says nothing about another store.
    r_128_facts_of_two_stores_that_are_judged_together_keep_their_own_bounds,
);

async fn r_128_a_submission_is_bounded_by_its_anchor_not_by_the_wall_clock(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let work = device.whole_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    let submitted = device.now;
    // Every wall clock a year wrong: the lines say another time than the anchor.
    for line in &mut device.log {
        let text = String::from_utf8(line.clone()).unwrap();
        let (head, tail) = text.split_once("\"wall_ms\":").unwrap();
        *line = format!("{head}\"wall_ms\":1{tail}").replace("\"wall_ms\":11", "\"wall_ms\":2").into_bytes();
    }
    device.now = device.now.plus_ms(10 * 24 * 3_600_000);
    assert_eq!(device.push_from(&firm, 1).await.results, []);
    let bound = task(&firm, work.task).await.submissions[0].at.bound.unwrap();
    assert!(bound.earliest <= submitted && submitted <= bound.latest, "{bound:?} {submitted:?}");
    assert!(bound.width_ms() < 1_000, "{bound:?}");
    let kept = count(&firm, sql!("SELECT submitted_ms FROM task")).await;
    assert_eq!(kept, bound.latest.0, "of the bound the latest instant counts");
}

async fn a_bound_is_taken_anew_when_an_anchor_of_its_boot_comes_later(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    device.anchor = None;
    let mut work = device.start_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    let item = firm.items_of(0)[0].clone();
    device.result(&firm, &mut work, &item, Verdict::Conform);
    let recorded = device.now;
    device.push_from(&firm, 1).await;
    let loose = task(&firm, work.task).await;
    let received = recorded.plus_ms(60_000);
    assert_eq!(loose.results[0].at.bound.unwrap().latest, received, "only the receipt is known");
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM log WHERE loose_boot IS NOT NULL")).await, 2);
    let zero = device.now.0 - (firebee_tests::firm::MORNING.0 + 3_600_000);
    let anchor = Anchor { server_ms: device.now, boot_ms: zero, boot_id: device.boot, rtt_ms: 100 };
    let (_, note) = device.line(None, &Subject::default(), &[], &Body::DeviceNote(DeviceNote::Anchor { anchor }));
    device.log.push(note);
    assert_eq!(device.push_from(&firm, 3).await.results, []);
    let tight = task(&firm, work.task).await;
    let Bound { earliest, latest } = tight.results[0].at.bound.unwrap();
    assert!(earliest <= recorded && recorded <= latest && latest.ms_since(earliest) < 1_000);
    assert!(tight.started.bound.unwrap().width_ms() < 1_000);
    assert_eq!(tight.name, loose.name, "the name keeps the day it was given");
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM log WHERE loose_boot IS NOT NULL")).await, 0);
}

async fn sources_that_exclude_each_other_are_told_and_refuse_nothing(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let work = device.start_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    device.push_from(&firm, 1).await;
    assert!(!task(&firm, work.task).await.started.time_contradiction);
    // A second anchor of the same boot that puts the server an hour later at the same instant.
    let boot_ms = device.now.0 - (firebee_tests::firm::MORNING.0 + 3_600_000);
    let anchor = Anchor { server_ms: device.now.plus_ms(3_600_000), boot_ms, boot_id: device.boot, rtt_ms: 100 };
    let (_, note) = device.line(None, &Subject::default(), &[], &Body::DeviceNote(DeviceNote::Anchor { anchor }));
    device.log.push(note);
    let mut work = work;
    let item = firm.items_of(0)[0].clone();
    device.result(&firm, &mut work, &item, Verdict::Conform);
    device.now = device.now.plus_ms(2 * 3_600_000);
    assert_eq!(device.push_from(&firm, 2).await.results, []);
    let stamp = task(&firm, work.task).await.results[0].at;
    assert!(stamp.time_contradiction && stamp.bound.unwrap().width_ms() >= 3_600_000, "{stamp:?}");
}

async fn a_late_anchor_leaves_the_task_with_its_lead_and_its_assignment(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let lead = Device::claim(&firm, firm.lead, 2).await;
    let anchor = device.anchor.take().unwrap();
    let work = device.start_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    device.push_from(&firm, 1).await;
    let before = document(&firm, work.task).await;
    let (_, note) = device.line(None, &Subject::default(), &[], &Body::DeviceNote(DeviceNote::Anchor { anchor }));
    device.log.push(note);
    assert_eq!(device.push_from(&firm, 2).await.results, []);
    let after = document(&firm, work.task).await;
    assert_ne!(after.task.started.bound, before.task.started.bound, "the bound is taken anew");
    assert_eq!(after.assignment, Some(firm.assignments[0].0.to_string()));
    assert_eq!((after.assignment, after.assignment_rev), (before.assignment, before.assignment_rev));
    let page = lead.pull(&firm.store, None, None).await.unwrap();
    let told = page.changes.iter().find(|change| change.kind == "task" && change.id == work.task.to_string());
    assert!(told.is_some_and(|change| !change.deleted), "the lead still has the task");
}

async fn r_128_facts_of_two_stores_that_are_judged_together_keep_their_own_bounds(firm: Firm) {
    let (mut late, mut early) =
        (Device::claim(&firm, firm.operators[0], 1).await, Device::claim(&firm, firm.operators[1], 2).await);
    let mut works = Vec::new();
    for (operator, device) in [&mut late, &mut early].into_iter().enumerate() {
        works.push(device.start_task(&firm, &firm.items_of(operator)[..1], firm.assignments[operator]));
        device.push_from(&firm, 1).await;
    }
    // The one answers in the evening and sends at once; the other answered in the morning and sends last.
    late.now = late.now.plus_ms(10 * 3_600_000);
    late.result(&firm, &mut works[0], &firm.items_of(0)[0], Verdict::Conform);
    late.push_from(&firm, 2).await;
    early.result(&firm, &mut works[1], &firm.items_of(1)[0], Verdict::Conform);
    let recorded = early.now;
    early.now = late.now.plus_ms(3_600_000);
    early.push_from(&firm, 2).await;
    // An older program did not know the kind of either.
    let older = async move |tx: &mut Tx| {
        tx.execute(sql!("UPDATE log SET code = 'kind_unknown' WHERE seq = 2"), &[]).await?;
        let park = sql!(
            "INSERT INTO parked (store_id, seq, content_hash, document, account, project, task, code, since_ms)
             SELECT l.store_id, l.seq, l.content_hash, 'unread', f.account, f.project, f.task, 'kind_unknown',
                    f.received_ms
             FROM log l JOIN fact f ON f.id = l.fact WHERE l.seq = 2"
        );
        tx.execute(park, &[]).await?;
        tx.execute(
            sql!(
                "UPDATE document SET body = replace(body, '\"results\":[', '\"results\":[],\"older\":[')
                         WHERE kind = 'task'"
            ),
            &[],
        )
        .await
    };
    firm.store.write("older", older).await.unwrap_or_else(|error: StoreError| panic!("{error}"));
    assert_eq!(task(&firm, works[1].task).await.results, []);
    assert_eq!(relearn(&firm.store, early.now.plus_ms(60_000)).await, Ok(2));
    let bound = task(&firm, works[1].task).await.results[0].at.bound.unwrap();
    assert!(bound.earliest <= recorded && recorded <= bound.latest && bound.width_ms() < 1_000, "{bound:?}");
}
