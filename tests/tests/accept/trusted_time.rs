//! Proved and stated time at accept, and times taken anew. Each forgery ends in "stated", in a contradiction or in a
//! refusal, never in "proved".

use crate::{both, fixture::*};
use firebee_domain::{
    id::{BootId, Hash, RequestId},
    result::Verdict,
    review::Decision,
    task::Stamp,
    time::{Anchor, Bound, DecidedBy, Punctuality, Timeliness, Timestamp, TrustedTime},
};
use firebee_protocol::{
    chain::{ChainPoint, content_hash},
    fact::DeviceNote,
    stamp::sign_stamp,
};
use firebee_server::{
    accept::{self, PushError, relearn},
    clock::Clock,
    office::{
        Act,
        review::{Decide, decide},
    },
    query, row, sql,
    store::{StoreError, Tx},
};
use firebee_tests::{
    device::{Device, Sign, Work},
    firm::{Firm, MORNING},
    kept::rewrite,
};
use uuid::Uuid;

both!(
    /// the wall clock never counts; what the server knows proves, anchor and elapsed time state.
    r_128_a_submission_is_timed_by_its_anchor_not_by_the_wall_clock,
    /// the phone's running clock, or the receipt.
    r_128_between_proof_and_proof_the_setting_of_the_firm_decides_a_deadline,
    a_time_is_taken_anew_when_an_anchor_of_its_boot_comes_later,
    sources_that_exclude_each_other_are_told_and_refuse_nothing,
    a_late_anchor_leaves_the_task_with_its_lead_and_its_assignment,
    /// a proof about the clock of one store says nothing about another store.
    r_128_facts_of_two_stores_that_are_judged_together_keep_their_own_times,
    a_stamp_proves_for_its_own_store_and_for_what_stands_behind_it,
    the_stamp_that_stands_first_behind_a_claim_proves_in_later_pushes_too,
    an_invented_anchor_a_month_back_proves_nothing,
    satellites_alone_state_and_prove_nothing,
    an_anchor_after_the_approval_changes_no_time,
    a_round_dated_before_the_rejection_it_answers_is_a_contradiction,
    a_boot_clock_that_falls_is_a_contradiction,
    the_anchors_of_one_boot_on_two_phones_stay_apart,
    the_first_receipt_that_commits_to_a_fact_proves_when_it_was_at_the_latest,
    a_head_that_was_committed_to_and_then_changed_proves_nothing_and_is_told,
    a_commitment_tightens_more_facts_than_are_read_at_once,
    old_lines_under_an_old_head_commit_to_nothing,
    /// what the order of the chain states is not lost when the time is taken anew.
    r_128_a_commitment_leaves_what_the_order_of_the_facts_states,
    a_server_clock_that_was_set_by_seconds_brands_no_phone,
    a_contradicted_time_marks_no_fact_behind_it,
    a_head_below_its_own_lines_or_beside_its_signature_is_refused,
);

fn time(stamp: Stamp) -> TrustedTime {
    stamp.time.expect("the server has placed it")
}

fn holds(bound: Bound, instant: Timestamp) -> bool {
    bound.earliest <= instant && instant <= bound.latest
}

/// When the fixture's stores were claimed.
const CLAIMED: Timestamp = Timestamp(MORNING.0 + 3_600_000);
const DAY_MS: i64 = 24 * 3_600_000;

/// Records a note with an anchor.
fn note(device: &mut Device, anchor: Anchor, stamp: Option<String>) {
    device.note(DeviceNote::Anchor { anchor, stamp });
}

/// A task with one result, recorded by a device.
fn one_result(firm: &Firm, device: &mut Device) -> Work {
    let items = &firm.items_of(0)[..1];
    let mut work = device.start_task(firm, items, firm.assignments[0]);
    device.result(firm, &mut work, &items[0], Verdict::Conform);
    work
}

/// The time of the first result of a task.
async fn of_result(firm: &Firm, work: &Work) -> TrustedTime {
    time(task(firm, work.task).await.results[0].at)
}

async fn r_128_a_submission_is_timed_by_its_anchor_not_by_the_wall_clock(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let work = device.whole_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    let submitted = device.now;
    // Every wall clock a year wrong: the lines say another time than the anchor.
    for line in &mut device.log {
        let text = String::from_utf8(line.clone()).unwrap();
        let (head, tail) = text.split_once("\"wall_ms\":").unwrap();
        *line = format!("{head}\"wall_ms\":1{tail}").replace("\"wall_ms\":11", "\"wall_ms\":2").into_bytes();
    }
    device.now = device.now.plus_ms(10 * DAY_MS);
    assert_eq!(device.push_from(&firm, 1).await.results, []);
    let placed = time(task(&firm, work.task).await.submissions[0].at);
    let stated = placed.stated.unwrap();
    assert!(holds(stated, submitted) && stated.width_ms() < 1_000, "{placed:?}");
    assert_eq!(placed.proved, Bound { earliest: CLAIMED, latest: device.now.plus_ms(60_000) });
    let kept = count(&firm, sql!("SELECT submitted_ms FROM task")).await;
    assert_eq!(kept, stated.latest.0, "the latest instant that is stated counts");
}

async fn r_128_between_proof_and_proof_the_setting_of_the_firm_decides_a_deadline(firm: Firm) {
    let judged = async |work: &Work| {
        let held = document(&firm, work.task).await;
        held.due.unwrap().of_last_round(&held.task).unwrap()
    };
    let set = async |body: &'static str| {
        let set = async move |tx: &mut Tx| tx.execute(sql!("UPDATE organisation SET body = ?1"), &row![body]).await;
        let done: Result<u64, StoreError> = firm.store.write("set_cutoff", set).await;
        done.unwrap();
    };
    let by = |verdict, by| Timeliness { verdict, by };
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let items = firm.items_of(0);
    let early = device.whole_task(&firm, &items[..1], firm.assignments[0]);
    device.push_from(&firm, 1).await;
    assert_eq!(judged(&early).await, by(Punctuality::InTime, DecidedBy::Proof));
    let pushed = device.head() + 1;
    let stated = device.whole_task(&firm, &items[1..2], firm.assignments[0]);
    device.anchor = None;
    device.boot = firebee_domain::id::BootId(Uuid::from_u128(77));
    let silent = device.whole_task(&firm, &items[2..3], firm.assignments[0]);
    // Recorded in the month of the plan and received in the next.
    let recorded = device.now;
    device.now = recorded.plus_ms(24 * DAY_MS);
    assert_eq!(device.push_from(&firm, pushed).await.results, []);
    assert_eq!(judged(&stated).await, by(Punctuality::InTime, DecidedBy::PhoneClock));
    let unproved = by(Punctuality::NotProvable, DecidedBy::Receipt);
    assert_eq!(judged(&silent).await, unproved, "the wall clock alone says nothing");
    set("{\"cutoff\":\"receipt\"}").await;
    let mut other = Device::claim(&firm, firm.operators[1], 2).await;
    let strict = other.whole_task(&firm, &firm.items_of(1)[..1], firm.assignments[1]);
    other.now = other.now.plus_ms(24 * DAY_MS);
    assert_eq!(other.push_from(&firm, 1).await.results, []);
    assert_eq!(judged(&strict).await, unproved);
    assert_eq!(
        judged(&stated).await,
        by(Punctuality::InTime, DecidedBy::PhoneClock),
        "a task keeps the setting with which it began"
    );
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM task WHERE in_time = 'in_time'")).await, 2);
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM task WHERE in_time <> 'in_time'")).await, 2);
}

async fn a_time_is_taken_anew_when_an_anchor_of_its_boot_comes_later(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    device.anchor = None;
    let work = one_result(&firm, &mut device);
    let recorded = device.now;
    device.push_from(&firm, 1).await;
    let loose = task(&firm, work.task).await;
    let proved = Bound { earliest: CLAIMED, latest: recorded.plus_ms(60_000) };
    assert_eq!(time(loose.results[0].at).best(), proved, "only claim and receipt are known");
    assert_eq!(
        count(&firm, sql!("SELECT CAST(COALESCE(sum(last_seq - first_seq + 1), 0) AS BIGINT) FROM loose")).await,
        2
    );
    let anchor = Anchor { server_ms: device.now, boot_ms: device.now.0 - CLAIMED.0, boot_id: device.boot, rtt_ms: 100 };
    note(&mut device, anchor, None);
    assert_eq!(device.push_from(&firm, 3).await.results, []);
    let tight = task(&firm, work.task).await;
    let placed = time(tight.results[0].at);
    assert!(holds(placed.stated.unwrap(), recorded) && placed.stated.unwrap().width_ms() < 1_000);
    assert_eq!(placed.proved, proved, "an anchor is a statement");
    assert!(time(tight.started).best().width_ms() < 1_000);
    assert_eq!(tight.name, loose.name, "the name keeps the day it was given");
    assert_eq!(
        count(&firm, sql!("SELECT CAST(COALESCE(sum(last_seq - first_seq + 1), 0) AS BIGINT) FROM loose")).await,
        0
    );
}

async fn sources_that_exclude_each_other_are_told_and_refuse_nothing(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let mut work = device.start_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    device.push_from(&firm, 1).await;
    assert!(!task(&firm, work.task).await.started.is_contradicted());
    // A second anchor of the same boot that puts the server an hour later at the same instant.
    let boot_ms = device.now.0 - CLAIMED.0;
    let anchor = Anchor { server_ms: device.now.plus_ms(3_600_000), boot_ms, boot_id: device.boot, rtt_ms: 100 };
    note(&mut device, anchor, None);
    let item = firm.items_of(0)[0].clone();
    device.result(&firm, &mut work, &item, Verdict::Conform);
    device.now = device.now.plus_ms(2 * 3_600_000);
    assert_eq!(device.push_from(&firm, 2).await.results, []);
    let held = task(&firm, work.task).await;
    let placed = time(held.results[0].at);
    assert!(placed.time_contradiction && placed.best().width_ms() >= 3_600_000, "{placed:?}");
    assert!(held.started.is_contradicted(), "the earlier fact of the boot is as doubtful");
}

async fn a_stamp_proves_for_its_own_store_and_for_what_stands_behind_it(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let other = Device::claim(&firm, firm.operators[1], 2).await;
    let sign = |store, at| Some(sign_stamp(&firm.keys.signing, firm.keys.incarnation, store, at));
    let mut work = device.start_task(&firm, &firm.items_of(0)[..2], firm.assignments[0]);
    device.now = device.now.plus_ms(DAY_MS);
    let (met, boot_ms, boot_id, own) = (device.now, device.now.0 - CLAIMED.0, device.boot, device.store_id);
    let anchor = |server_ms| Anchor { server_ms, boot_ms, boot_id, rtt_ms: 100 };
    let (here, late) = (anchor(met), anchor(met.plus_ms(DAY_MS)));
    // The stamp of another store, an altered time, and a time that has not come prove nothing.
    note(&mut device, here, sign(other.store_id, met));
    note(&mut device, here, sign(own, met.plus_ms(1)));
    note(&mut device, late, sign(own, late.server_ms));
    let items = firm.items_of(0).to_vec();
    device.result(&firm, &mut work, &items[0], Verdict::Conform);
    note(&mut device, here, sign(own, met));
    device.result(&firm, &mut work, &items[1], Verdict::Conform);
    assert_eq!(device.push_from(&firm, 1).await.results, []);
    let held = task(&firm, work.task).await;
    let floor = |item| time(held.results.iter().find(|held| held.key.item == item).unwrap().at).proved.earliest;
    assert_eq!((floor(items[0].item), floor(items[1].item)), (CLAIMED, met));
}

async fn the_stamp_that_stands_first_behind_a_claim_proves_in_later_pushes_too(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    device.anchor = None;
    device.now = device.now.plus_ms(4 * DAY_MS);
    let (met, own) = (device.now, device.store_id);
    let anchor = |boot_ms| Anchor { server_ms: met, boot_ms, boot_id: device.boot, rtt_ms: 100 };
    let noted = anchor(met.0 - CLAIMED.0);
    note(&mut device, noted, Some(sign_stamp(&firm.keys.signing, firm.keys.incarnation, own, met)));
    device.push_from(&firm, 1).await;
    // The first push of its floor is over: the next ones read what was kept of it.
    device.boot = BootId(Uuid::from_u128(77));
    let work = one_result(&firm, &mut device);
    device.push_from(&firm, 2).await;
    let proved = of_result(&firm, &work).await.proved;
    assert_eq!(proved, Bound { earliest: met, latest: device.now.plus_ms(60_000) });
    // And so does a time that is taken anew.
    let anchor = Anchor { server_ms: device.now, boot_ms: device.now.0 - CLAIMED.0, boot_id: device.boot, rtt_ms: 100 };
    note(&mut device, anchor, None);
    device.push_from(&firm, device.head()).await;
    let again = of_result(&firm, &work).await;
    assert!(again.proved == proved && again.stated.is_some_and(|stated| stated.width_ms() < 1_000), "{again:?}");
}

async fn an_invented_anchor_a_month_back_proves_nothing(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    device.anchor =
        device.anchor.map(|true_one| Anchor { server_ms: true_one.server_ms.plus_ms(-30 * DAY_MS), ..true_one });
    let work = one_result(&firm, &mut device);
    assert_eq!(device.push_from(&firm, 1).await.results, []);
    let placed = of_result(&firm, &work).await;
    assert!(placed.time_contradiction, "{placed:?}");
    assert_eq!(placed.proved, Bound { earliest: CLAIMED, latest: device.now.plus_ms(60_000) });
    assert_eq!(placed.stated, Some(Bound::at(CLAIMED)));
}

async fn satellites_alone_state_and_prove_nothing(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    device.anchor = None;
    let work = one_result(&firm, &mut device);
    let said = device.now.plus_ms(-1_800_000).max(CLAIMED);
    let line = String::from_utf8(device.log[1].clone()).unwrap();
    device.log[1] =
        line.replacen("\"anchor\":null", &format!("\"gnss_ms\":{},\"anchor\":null", said.0), 1).into_bytes();
    assert_eq!(device.push_from(&firm, 1).await.results, []);
    let placed = of_result(&firm, &work).await;
    assert_eq!(placed.proved, Bound { earliest: CLAIMED, latest: device.now.plus_ms(60_000) });
    assert!(holds(placed.stated.unwrap(), said) && placed.stated.unwrap().width_ms() <= 4_000, "{placed:?}");
}

async fn an_anchor_after_the_approval_changes_no_time(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    device.anchor = None;
    let work = device.whole_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    device.push_from(&firm, 1).await;
    let before = task(&firm, work.task).await;
    let approve = async move |tx: &mut Tx| rewrite(tx, "task", "\"pending_review\"", "\"approved\"").await;
    firm.store.write("approve", approve).await.unwrap_or_else(|error: StoreError| panic!("{error}"));
    let anchor = Anchor { server_ms: device.now, boot_ms: device.now.0 - CLAIMED.0, boot_id: device.boot, rtt_ms: 100 };
    note(&mut device, anchor, None);
    assert_eq!(device.push_from(&firm, device.head()).await.results, []);
    assert_eq!(task(&firm, work.task).await.results[0].at, before.results[0].at);
}

/// The lead rejects the round that waits, on the console.
async fn reject_at(firm: &Firm, work: &Work, at: Timestamp) {
    let held = task(firm, work.task).await;
    let waits = held.last_submission().unwrap();
    let wanted = Decide {
        task: work.task,
        round: waits.round,
        manifest_hash: waits.manifest_hash,
        decision: Decision::Rejected,
        opinion: "see item 2".into(),
        attachments: Vec::new(),
    };
    let (org, lead) = (firm.org, firm.lead);
    let read = async move |tx: &mut Tx| query::member::member(tx, org, lead).await;
    let member: Result<_, StoreError> = firm.store.read("member", read).await;
    let keys = firm.keyring();
    let act = Act { org, keys, actor: member.unwrap().unwrap().actor, request: RequestId(Uuid::from_u128(77)), at };
    decide(&firm.store, act, wanted).await.unwrap();
}

async fn a_round_dated_before_the_rejection_it_answers_is_a_contradiction(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let mut work = device.whole_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    device.push_from(&firm, 1).await;
    let rejected = device.now.plus_ms(2 * DAY_MS);
    reject_at(&firm, &work, rejected).await;
    // The phone's clocks say that the second round was made a minute after the first.
    device.submit(&firm, &mut work);
    device.now = rejected.plus_ms(DAY_MS);
    assert_eq!(device.push_from(&firm, device.head()).await.results, []);
    let placed = time(task(&firm, work.task).await.submissions[1].at);
    assert!(placed.time_contradiction && placed.proved.earliest == rejected, "{placed:?}");
    assert_eq!(placed.stated, Some(Bound::at(rejected)));
}

async fn a_boot_clock_that_falls_is_a_contradiction(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let mut work = device.start_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    device.now = device.now.plus_ms(DAY_MS);
    let anchor = device.anchor.unwrap();
    note(&mut device, anchor, None);
    device.now = CLAIMED;
    let item = firm.items_of(0)[0].clone();
    device.result(&firm, &mut work, &item, Verdict::Conform);
    device.now = CLAIMED.plus_ms(2 * DAY_MS);
    assert_eq!(device.push_from(&firm, 1).await.results, []);
    let placed = of_result(&firm, &work).await;
    assert!(placed.time_contradiction, "{placed:?}");
    assert!(placed.best().earliest >= CLAIMED.plus_ms(DAY_MS - 60_000), "{placed:?}");
}

async fn the_anchors_of_one_boot_on_two_phones_stay_apart(firm: Firm) {
    let mut honest = Device::claim(&firm, firm.operators[1], 2).await;
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    (device.boot, device.anchor) = (honest.boot, None);
    let anchor = honest.anchor.unwrap();
    note(&mut honest, anchor, None);
    honest.push_from(&firm, 1).await;
    let work = one_result(&firm, &mut device);
    assert_eq!(device.push_from(&firm, 1).await.results, []);
    let placed = of_result(&firm, &work).await;
    assert_eq!(placed.best(), placed.proved, "the other phone's anchor tells nothing here");
}

/// Pushes lines at `now`, committing to a head.
async fn push_at(
    firm: &Firm,
    device: &Device,
    (first, last): (u64, u64),
    head: ChainPoint,
    now: Timestamp,
) -> Result<(), PushError> {
    let request = device.request_committing(first, last, head, Sign::Right);
    let clock = Clock::standing_at(now);
    accept::push(&firm.store, &firm.keys, &device.sender(), &request, &clock).await.map(drop)
}

async fn the_first_receipt_that_commits_to_a_fact_proves_when_it_was_at_the_latest(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let mut work = one_result(&firm, &mut device);
    let item = firm.items_of(0)[0].clone();
    device.result(&firm, &mut work, &item, Verdict::Conform);
    let head = ChainPoint { seq: 3, chain: device.chain(3) };
    let committed = device.now.plus_ms(60_000);
    push_at(&firm, &device, (1, 1), head, committed).await.unwrap();
    let later = committed.plus_ms(5 * DAY_MS);
    push_at(&firm, &device, (2, 2), head, later).await.unwrap();
    let held = async || task(&firm, work.task).await.results.into_iter().map(|held| time(held.at).proved.latest);
    assert_eq!(held().await.collect::<Vec<_>>(), [later], "not before the chain has arrived at the head");
    push_at(&firm, &device, (3, 3), head, later.plus_ms(1_000)).await.unwrap();
    assert_eq!(held().await.collect::<Vec<_>>(), [committed, committed]);
}

async fn a_head_that_was_committed_to_and_then_changed_proves_nothing_and_is_told(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let work = one_result(&firm, &mut device);
    let invented = ChainPoint { seq: 2, chain: Hash([7; 32]) };
    push_at(&firm, &device, (1, 1), invented, device.now).await.unwrap();
    let later = device.now.plus_ms(DAY_MS);
    push_at(&firm, &device, (2, 2), ChainPoint { seq: 2, chain: device.chain(2) }, later).await.unwrap();
    let placed = of_result(&firm, &work).await;
    assert_eq!((placed.proved.latest, placed.time_contradiction), (later, true));
}

async fn a_commitment_tightens_more_facts_than_are_read_at_once(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let mut work = device.start_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    let anchor = device.anchor.unwrap();
    for _ in 0..600 {
        note(&mut device, anchor, None);
    }
    let item = firm.items_of(0)[0].clone();
    device.result(&firm, &mut work, &item, Verdict::Conform);
    note(&mut device, anchor, None);
    let head = ChainPoint { seq: 603, chain: device.chain(603) };
    let committed = device.now.plus_ms(60_000);
    push_at(&firm, &device, (1, 1), head, committed).await.unwrap();
    let later = committed.plus_ms(5 * DAY_MS);
    push_at(&firm, &device, (2, 400), head, later).await.unwrap();
    push_at(&firm, &device, (401, 602), head, later).await.unwrap();
    assert_eq!(of_result(&firm, &work).await.proved.latest, later);
    push_at(&firm, &device, (603, 603), head, later).await.unwrap();
    assert_eq!(of_result(&firm, &work).await.proved.latest, committed);
}

async fn old_lines_under_an_old_head_commit_to_nothing(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let mut work = one_result(&firm, &mut device);
    let item = firm.items_of(0)[0].clone();
    device.result(&firm, &mut work, &item, Verdict::Conform);
    let head = ChainPoint { seq: 3, chain: device.chain(3) };
    push_at(&firm, &device, (1, 3), head, device.now).await.unwrap();
    // The answer was lost. The phone sends less at once, and says again where its journal ends.
    push_at(&firm, &device, (1, 2), head, device.now).await.unwrap();
    device.result(&firm, &mut work, &item, Verdict::Conform);
    let head = ChainPoint { seq: 4, chain: device.chain(4) };
    push_at(&firm, &device, (4, 4), head, device.now.plus_ms(60_000)).await.unwrap();
    let marked = task(&firm, work.task).await.results.into_iter().map(|held| time(held.at).time_contradiction);
    assert_eq!(marked.collect::<Vec<_>>(), [false; 3]);
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM commitment")).await, 0);
}

async fn r_128_a_commitment_leaves_what_the_order_of_the_facts_states(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let mut work = device.start_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    // The phone restarts and meets no server: nothing but the order is known of the rest.
    (device.boot, device.anchor) = (BootId(Uuid::from_u128(77)), None);
    let item = firm.items_of(0)[0].clone();
    device.result(&firm, &mut work, &item, Verdict::Conform);
    device.result(&firm, &mut work, &item, Verdict::Conform);
    let head = ChainPoint { seq: 3, chain: device.chain(3) };
    let committed = device.now.plus_ms(60_000);
    push_at(&firm, &device, (1, 1), head, committed).await.unwrap();
    let later = committed.plus_ms(5 * DAY_MS);
    push_at(&firm, &device, (2, 2), head, later).await.unwrap();
    let started = time(task(&firm, work.task).await.started).stated.unwrap().earliest;
    assert_eq!(of_result(&firm, &work).await.stated, Some(Bound { earliest: started, latest: later }));
    push_at(&firm, &device, (3, 3), head, later.plus_ms(1_000)).await.unwrap();
    let placed = of_result(&firm, &work).await;
    assert_eq!(placed.proved, Bound { earliest: CLAIMED, latest: committed });
    assert_eq!(placed.stated, Some(Bound { earliest: started, latest: committed }));
    assert!(!placed.time_contradiction);
}

async fn a_server_clock_that_was_set_by_seconds_brands_no_phone(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let mut work = device.start_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    device.push_from(&firm, 1).await;
    let boot_ms = device.now.0 - CLAIMED.0;
    let anchor = Anchor { server_ms: device.now.plus_ms(3_000), boot_ms, boot_id: device.boot, rtt_ms: 100 };
    note(&mut device, anchor, None);
    let item = firm.items_of(0)[0].clone();
    device.result(&firm, &mut work, &item, Verdict::Conform);
    device.push_from(&firm, 2).await;
    let held = task(&firm, work.task).await;
    assert!(!held.started.is_contradicted() && !held.results[0].at.is_contradicted());
    let stated = time(held.results[0].at).stated.unwrap();
    assert!(stated.width_ms() > 3_000, "what covers both anchors: {stated:?}");
}

async fn a_contradicted_time_marks_no_fact_behind_it(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let anchor = device.anchor.take().unwrap();
    let mut work = one_result(&firm, &mut device);
    // Satellites that say next year, in a boot that knows nothing better.
    let line = String::from_utf8(device.log[1].clone()).unwrap();
    let wrong = format!("\"gnss_ms\":{},\"anchor\":null", device.now.plus_ms(365 * DAY_MS).0);
    device.log[1] = line.replacen("\"anchor\":null", &wrong, 1).into_bytes();
    device.boot = BootId(Uuid::from_u128(77));
    let boot_ms = device.now.0 - CLAIMED.0;
    device.anchor = Some(Anchor { server_ms: device.now, boot_ms, boot_id: device.boot, ..anchor });
    let item = firm.items_of(0)[0].clone();
    device.result(&firm, &mut work, &item, Verdict::Conform);
    let recorded = device.now;
    device.now = device.now.plus_ms(DAY_MS);
    assert_eq!(device.push_from(&firm, 1).await.results, []);
    let results = task(&firm, work.task).await.results;
    assert!(results[0].at.is_contradicted());
    let behind = time(results[1].at);
    assert!(!behind.time_contradiction && holds(behind.stated.unwrap(), recorded), "{behind:?}");
}

async fn a_head_below_its_own_lines_or_beside_its_signature_is_refused(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    one_result(&firm, &mut device);
    let at = |seq| ChainPoint { seq, chain: device.chain(seq) };
    let refused = push_at(&firm, &device, (1, 2), at(1), device.now).await.unwrap_err();
    assert_eq!(refused.code().word(), "malformed_frame");
    let other = ChainPoint { chain: Hash([7; 32]), ..at(2) };
    let refused = push_at(&firm, &device, (1, 2), other, device.now).await.unwrap_err();
    assert_eq!(refused.code().word(), "chain_mismatch", "the last line is not what the head says");
}

async fn a_late_anchor_leaves_the_task_with_its_lead_and_its_assignment(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let lead = Device::claim(&firm, firm.lead, 2).await;
    let anchor = device.anchor.take().unwrap();
    let work = device.start_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    device.push_from(&firm, 1).await;
    let before = document(&firm, work.task).await;
    device.note_anchor(anchor);
    assert_eq!(device.push_from(&firm, 2).await.results, []);
    let after = document(&firm, work.task).await;
    assert_ne!(after.task.started.time, before.task.started.time, "the time is taken anew");
    assert_eq!(after.assignment, Some(firm.assignments[0].0.to_string()));
    assert_eq!((after.assignment, after.assignment_rev), (before.assignment, before.assignment_rev));
    let page = lead.pull(&firm.store, None, None).await.unwrap();
    let told = page.changes.iter().find(|change| change.kind == "task" && change.id == work.task.to_string());
    assert!(told.is_some_and(|change| !change.deleted), "the lead still has the task");
}

async fn r_128_facts_of_two_stores_that_are_judged_together_keep_their_own_times(firm: Firm) {
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
    let sent = [&late, &early].map(|device| (content_hash(&device.log[1]), (device.store_id, device.account)));
    let older = async move |tx: &mut Tx| {
        let refuse = sql!(
            "INSERT INTO outcome (org, store_id, seq, code)
             SELECT org, store_id, 2, 'kind_unknown' FROM push WHERE first_seq = 2"
        );
        tx.execute(refuse, &[]).await?;
        for (hash, device) in &sent {
            let park = sql!(
                "INSERT INTO parked (org, store_id, seq, content_hash, document, account, code, since_ms)
                 SELECT org, store_id, 2, ?2, 'unread', ?3, 'kind_unknown', received_ms
                 FROM push WHERE first_seq = 2 AND store_id = ?1"
            );
            tx.execute(park, &row![&device.0, hash, &device.1]).await?;
        }
        rewrite(tx, "task", "\"results\":[", "\"results\":[],\"older\":[").await
    };
    firm.store.write("older", older).await.unwrap_or_else(|error: StoreError| panic!("{error}"));
    assert_eq!(task(&firm, works[1].task).await.results, []);
    assert_eq!(relearn(&firm.store, early.now.plus_ms(60_000)).await, Ok(2));
    let stated = time(task(&firm, works[1].task).await.results[0].at).stated.unwrap();
    assert!(holds(stated, recorded) && stated.width_ms() < 1_000, "{stated:?}");
}
