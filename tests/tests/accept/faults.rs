//! Faults have documents and a life of their own, whichever way a decision comes in.

use crate::{both, fixture::*};
use firebee_domain::{
    evidence::PhotoRole,
    fault::{FaultHandled, FaultState, Particulars, Way},
    id::{RequestId, TaskId},
    result::Verdict,
    review::{Decision, ReviewDecided},
    task::TaskState,
    time::Timestamp,
};
use firebee_protocol::fact::{Body, Seen, Subject};
use firebee_server::{
    evidence::refresh_task_evidence,
    office::{
        Act,
        fault::{Handle, handle},
        review::{Decide, decide},
    },
    query, row, sql,
    store::{StoreError, Tx},
};
use firebee_tests::{
    device::{Device, Work},
    firm::{Firm, sqlite},
};
use serde_json::Value;
use uuid::Uuid;

both!(
    /// nobody but executor and lead receives a fault.
    r_130_a_fault_reaches_its_executor_and_its_lead_and_nobody_else,
    /// an approved task's fault stays where it is.
    r_176_a_fault_outlives_the_approval_of_its_task,
    /// what was chosen before a rejection counts for no later round, whenever it arrives.
    r_154_a_way_chosen_in_an_earlier_round_does_not_count_in_the_next,
    a_decision_leaves_the_same_documents_whether_it_comes_from_a_phone_or_the_console,
);

/// A task with one fault that waits for the lead, all its evidence here.
pub async fn waiting(firm: &Firm) -> (Device, Work) {
    let mut device = Device::claim(firm, firm.operators[0], 1).await;
    let items = firm.items_of(0)[..2].to_vec();
    let mut work = device.start_task(firm, &items, firm.assignments[0]);
    device.result(firm, &mut work, &items[0], Verdict::Conform);
    device.result(firm, &mut work, &items[1], Verdict::Nonconform);
    device.photo(firm, &mut work, PhotoRole::Evidence, Some(&items[1]));
    device.photo(firm, &mut work, PhotoRole::Selfie, None);
    device.describe(firm, &mut work);
    device.submit(firm, &mut work);
    assert_eq!(device.push_from(firm, 1).await.results, []);
    let (org, task) = (firm.org, work.task);
    let verify = async move |tx: &mut Tx| {
        tx.execute(sql!("UPDATE blob SET state = 'verified', media = 'jpeg'"), &[]).await?;
        refresh_task_evidence(tx, org, task).await.map(drop)
    };
    firm.store.write("verify", verify).await.unwrap_or_else(|error: StoreError| panic!("{error}"));
    (device, work)
}

pub async fn handled(firm: &Firm, task: TaskId) -> FaultHandled {
    let fault = faults(firm, task).await[0].id;
    let (attachments, particulars) = (Vec::new(), Particulars::default());
    FaultHandled {
        fault,
        round: 1,
        way: Way::OwnerRefused,
        explanation: "业主自修".into(),
        order: None,
        attachments,
        particulars,
    }
}

pub async fn decided(firm: &Firm, of: TaskId, decision: Decision) -> ReviewDecided {
    let held = task(firm, of).await;
    let waits = held.last_submission().unwrap();
    let (round, manifest_hash, opinion) = (waits.round, waits.manifest_hash, "见第二项".into());
    ReviewDecided { round, manifest_hash, decision, opinion, attachments: Vec::new() }
}

/// The lead's phone says all of it.
async fn by_phone(firm: &Firm, lead: &mut Device, work: &Work, bodies: Vec<Body>) {
    let seen = Some(Seen { doc: work.task.to_string(), rev: 1 });
    let subject = Subject { plan: Some(firm.plan), task: Some(work.task), seen };
    let from = lead.head() + 1;
    for body in bodies {
        lead.record(firm.project, &subject, &[], &body);
    }
    assert_eq!(lead.push_from(firm, from).await.results, []);
}

async fn holders(firm: &Firm, kind: &'static str) -> Vec<Uuid> {
    let read = async move |tx: &mut Tx| {
        let find = sql!("SELECT account FROM feed WHERE kind = ?1 AND deleted = 0 ORDER BY account");
        let rows = tx.query(find, &row![kind]).await?;
        rows.iter().map(|row| row.get(0)).collect::<Result<Vec<Uuid>, StoreError>>()
    };
    firm.store.read("holders", read).await.unwrap_or_else(|error: StoreError| panic!("{error}"))
}

async fn r_130_a_fault_reaches_its_executor_and_its_lead_and_nobody_else(firm: Firm) {
    assert!(firm.operators.len() > 1, "another executor of the project is there, and a manager");
    let (_, work) = waiting(&firm).await;
    assert_eq!(faults(&firm, work.task).await.len(), 1);
    let mut expected = vec![firm.operators[0].0, firm.lead.0];
    expected.sort_unstable();
    assert_eq!(holders(&firm, "fault").await, expected);
    assert_eq!(holders(&firm, "task").await, expected);
}

async fn r_176_a_fault_outlives_the_approval_of_its_task(firm: Firm) {
    let (_, work) = waiting(&firm).await;
    let mut lead = Device::claim(&firm, firm.lead, 2).await;
    let before = document(&firm, work.task).await;
    let handling = handled(&firm, work.task).await;
    by_phone(&firm, &mut lead, &work, vec![handling.into()]).await;
    assert_eq!(document(&firm, work.task).await, before, "a fault has a document of its own");
    let approval = decided(&firm, work.task, Decision::Approved).await;
    by_phone(&firm, &mut lead, &work, vec![approval.into()]).await;
    assert_eq!(task(&firm, work.task).await.state, TaskState::Approved);
    let left = faults(&firm, work.task).await;
    assert_eq!((left.len(), left[0].state, left[0].handlings.len()), (1, FaultState::OwnerRefused, 1));
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM fault WHERE state = 'owner_refused'")).await, 1);
}

/// An act of the lead on the console.
async fn act(firm: &Firm, number: u128, at: Timestamp) -> Act {
    let (org, lead) = (firm.org, firm.lead);
    let read = async move |tx: &mut Tx| query::member::member(tx, org, lead).await;
    let member: Result<_, StoreError> = firm.store.read("member", read).await;
    let request = RequestId(Uuid::from_u128(number));
    Act { org, keys: firm.keyring(), actor: member.unwrap().unwrap().actor, request, at }
}

async fn r_154_a_way_chosen_in_an_earlier_round_does_not_count_in_the_next(firm: Firm) {
    let (mut device, mut work) = waiting(&firm).await;
    let mut lead = Device::claim(&firm, firm.lead, 2).await;
    // Without the network the lead chooses a way, and then rejects the round on the console.
    lead.now = device.now.plus_ms(60_000);
    let subject = Subject {
        plan: Some(firm.plan),
        task: Some(work.task),
        seen: Some(Seen { doc: work.task.to_string(), rev: 1 }),
    };
    let handling = handled(&firm, work.task).await;
    lead.record(firm.project, &subject, &[], &handling.clone().into());
    let ReviewDecided { round, manifest_hash, decision, opinion, .. } =
        decided(&firm, work.task, Decision::Rejected).await;
    let wanted = Decide { task: work.task, round, manifest_hash, decision, opinion, attachments: Vec::new() };
    decide(&firm.store, act(&firm, 1, lead.now.plus_ms(1_800_000)).await, wanted).await.unwrap();
    device.now = device.now.plus_ms(3_600_000);
    device.submit(&firm, &mut work);
    assert_eq!(device.push_from(&firm, device.head()).await.results, []);
    lead.now = lead.now.plus_ms(2 * 3_600_000);
    let reply = lead.push_from(&firm, 1).await;
    let codes: Vec<&str> = reply.results.iter().map(|outcome| outcome.code.as_str()).collect();
    assert_eq!(codes, ["other_round"]);
    assert!(faults(&firm, work.task).await[0].is_unhandled());
    // The console holds the same: a page of the first round handles nothing of the second.
    let FaultHandled { fault, way, explanation, .. } = handling;
    let old = Handle {
        task: work.task,
        fault,
        round: 1,
        way,
        explanation,
        order: None,
        attachments: Vec::new(),
        particulars: Particulars::default(),
        confirmed_now: false,
    };
    let refused = handle(&firm.store, act(&firm, 2, lead.now).await, old.clone()).await.unwrap_err();
    assert_eq!(refused.code().word(), "other_round");
    handle(&firm.store, act(&firm, 3, lead.now).await, Handle { round: 2, ..old }).await.unwrap();
    assert_eq!(faults(&firm, work.task).await[0].state, FaultState::OwnerRefused);
}

/// The documents of a task and its faults, without by which event and when somebody decided; ids and hashes as numbers,
/// in the order in which they first appear.
async fn plain(firm: &Firm, task: TaskId) -> Vec<String> {
    let fault = faults(firm, task).await[0].id.to_string();
    let (mut plain, mut ids) = (Vec::new(), Vec::new());
    for (kind, id) in [("task", task.to_string()), ("fault", fault)] {
        let mut document: Value = serde_json::from_str(&body(&firm.store, kind, &id).await.unwrap()).unwrap();
        for (root, list) in [("task", "reviews"), ("fault", "handlings")] {
            let list = document.get_mut(root).and_then(|root| root.get_mut(list)).and_then(Value::as_array_mut);
            for entry in list.into_iter().flatten() {
                entry["event"] = Value::Null;
                entry["at"] = Value::Null;
            }
        }
        number(&mut document, &mut ids);
        plain.push(document.to_string());
    }
    plain
}

fn number(value: &mut Value, ids: &mut Vec<String>) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|value| number(value, ids)),
        Value::Object(map) => map.values_mut().for_each(|value| number(value, ids)),
        Value::String(text) if text.parse::<Uuid>().is_ok() || text.len() >= 64 => {
            let at = ids.iter().position(|known| known == text).unwrap_or_else(|| {
                ids.push(text.clone());
                ids.len() - 1
            });
            *text = format!("#{at}");
        }
        _ => {}
    }
}

async fn a_decision_leaves_the_same_documents_whether_it_comes_from_a_phone_or_the_console(firm: Firm) {
    let other = Firm::found(sqlite().await, 1).await;
    let (_, work) = waiting(&firm).await;
    let (_, same) = waiting(&other).await;
    assert_eq!(plain(&firm, work.task).await, plain(&other, same.task).await, "two firms alike");
    let handling = handled(&firm, work.task).await;
    let mut lead = Device::claim(&firm, firm.lead, 2).await;
    let (org, account) = (other.org, other.lead);
    let read = async move |tx: &mut Tx| query::member::member(tx, org, account).await;
    let member: Result<_, StoreError> = other.store.read("member", read).await;
    let actor = member.unwrap().unwrap().actor;
    let (keys, at) = (other.keyring(), lead.now);
    let act = |n| Act { org, keys: keys.clone(), actor: actor.clone(), request: RequestId(Uuid::from_u128(n)), at };
    let FaultHandled { fault, way, explanation, .. } = handled(&other, same.task).await;
    let wanted = Handle {
        task: same.task,
        fault,
        round: 1,
        way,
        explanation,
        order: None,
        attachments: Vec::new(),
        particulars: Particulars::default(),
        confirmed_now: false,
    };
    handle(&other.store, act(1), wanted).await.unwrap();
    let second = act(2);
    by_phone(&firm, &mut lead, &work, vec![handling.into()]).await;
    assert_eq!(plain(&firm, work.task).await, plain(&other, same.task).await);
    let ReviewDecided { round, manifest_hash, decision, opinion, .. } =
        decided(&other, same.task, Decision::Rejected).await;
    let wanted = Decide { task: same.task, round, manifest_hash, decision, opinion, attachments: Vec::new() };
    decide(&other.store, second, wanted).await.unwrap();
    let said = decided(&firm, work.task, Decision::Rejected).await;
    by_phone(&firm, &mut lead, &work, vec![said.into()]).await;
    assert_eq!(plain(&firm, work.task).await, plain(&other, same.task).await);
    assert!(faults(&other, same.task).await[0].is_unhandled(), "R-154");
    let items = sql!("SELECT count(*) FROM plan_item WHERE state = 'executing'");
    assert_eq!((count(&firm, items).await, count(&other, items).await), (2, 2));
}
