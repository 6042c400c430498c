//! Dispatches: made by the handling of a fault, issued, carried out by facts of the team lead's phone.

use crate::{
    both,
    faults::{decided, handled, waiting},
    fixture::*,
    serializable,
};
use firebee_domain::{
    dispatch::{
        Dispatch, DispatchFinished, DispatchReceived, DispatchStarted, DispatchState, Order, Outcome, Step, dispatch_id,
    },
    fault::{FaultHandled, FaultState, Way},
    id::{AccountId, ContentId, DispatchId, RequestId, TaskId},
    review::Decision,
    task::TaskError,
};
use firebee_protocol::{
    document::DispatchDocument,
    fact::{BlobRef, BlobRole, Body, Mime, Seen, Subject},
};
use firebee_server::{
    office::{
        Act, Refused,
        dispatch::{Issue, Reassign, issue, reassign},
    },
    query, row, sql,
    store::{StoreError, Tx},
};
use firebee_tests::{
    device::{Device, Work},
    firm::Firm,
};
use uuid::Uuid;

both!(
    /// R-167…: the approval issues it; the team lead's phone carries it out; the fault is resolved.
    r_167_a_dispatch_goes_from_the_lead_to_the_team_lead_and_back,
    /// the office issues and reassigns; steps out of order, and steps of somebody else, are kept and
    /// do not count.
    r_168_r_171_what_the_rules_refuse_is_kept_and_does_not_count,
    /// a rejection gives up what was not issued.
    r_154_a_rejection_gives_up_the_dispatch_that_waits,
);
serializable!(r_167_a_dispatch_goes_from_the_lead_to_the_team_lead_and_back);

fn codes(results: &[firebee_protocol::push::FactOutcome]) -> Vec<&str> {
    results.iter().map(|outcome| outcome.code.as_str()).collect()
}

/// The lead's phone sends the second operator to repair.
async fn sent(firm: &Firm, work: &Work, round: u32) -> (Device, FaultHandled) {
    let mut lead = Device::claim(firm, firm.lead, 2).await;
    let order = Some(Order { team_lead: firm.operators[1], plan: "更换附件".into() });
    let repair = FaultHandled { way: Way::OwnerAgreed, round, order, ..handled(firm, work.task).await };
    say(firm, &mut lead, work, vec![repair.clone().into()]).await;
    (lead, repair)
}

/// What a phone of the lead says of a task.
async fn say(firm: &Firm, lead: &mut Device, work: &Work, bodies: Vec<Body>) {
    let seen = Some(Seen { doc: work.task.to_string(), rev: 1 });
    let subject = Subject { plan: Some(firm.plan), task: Some(work.task), seen };
    let from = lead.head() + 1;
    for body in bodies {
        lead.record(firm.project, &subject, &[], &body);
    }
    assert_eq!(codes(&lead.push_from(firm, from).await.results), [] as [&str; 0]);
}

/// What the team lead says of a dispatch.
async fn step(firm: &Firm, device: &mut Device, of: &Dispatch, blobs: &[BlobRef], body: Body) -> Vec<String> {
    let seen = Some(Seen { doc: of.id.to_string(), rev: 1 });
    let subject = Subject { plan: None, task: Some(of.task), seen };
    device.record(firm.project, &subject, blobs, &body);
    let reply = device.push_from(firm, device.head()).await;
    codes(&reply.results).into_iter().map(ToOwned::to_owned).collect()
}

async fn dispatches(firm: &Firm, task: TaskId) -> Vec<DispatchDocument> {
    let org = firm.org;
    let read = async move |tx: &mut Tx| query::dispatch::of_task(tx, org, task).await;
    firm.store.read("dispatches", read).await.unwrap_or_else(|error: StoreError| panic!("{error}"))
}

async fn only(firm: &Firm, task: TaskId) -> Dispatch {
    let mut found = dispatches(firm, task).await;
    assert_eq!(found.len(), 1);
    found.remove(0).dispatch
}

/// Who has a document on the phone.
async fn holders(firm: &Firm, kind: &'static str, id: String) -> Vec<AccountId> {
    let read = async move |tx: &mut Tx| {
        let find = sql!("SELECT account FROM feed WHERE kind = ?1 AND id = ?2 AND deleted = 0 ORDER BY account");
        let rows = tx.query(find, &row![kind, &id]).await?;
        rows.iter().map(|row| row.get(0)).collect::<Result<Vec<AccountId>, StoreError>>()
    };
    firm.store.read("holders", read).await.unwrap_or_else(|error: StoreError| panic!("{error}"))
}

fn sorted(mut accounts: Vec<AccountId>) -> Vec<AccountId> {
    accounts.sort_unstable();
    accounts
}

async fn r_167_a_dispatch_goes_from_the_lead_to_the_team_lead_and_back(firm: Firm) {
    let (_, work) = waiting(&firm).await;
    let (mut lead, repair) = sent(&firm, &work, 1).await;
    let made = only(&firm, work.task).await;
    assert_eq!(made.id, dispatch_id(repair.fault, made.log[0].event), "phone and server give it one id");
    assert_eq!((made.state, made.plan.as_str()), (DispatchState::ToIssue, "更换附件"));
    let of_it = || holders(&firm, "dispatch", made.id.to_string());
    assert_eq!(of_it().await, [firm.lead], "nobody is told before it is issued");
    let approval = decided(&firm, work.task, Decision::Approved).await;
    say(&firm, &mut lead, &work, vec![approval.into()]).await;
    assert_eq!(only(&firm, work.task).await.state, DispatchState::Issued);
    assert_eq!(of_it().await, sorted(vec![firm.lead, firm.operators[1]]));
    assert!(holders(&firm, "project", firm.project.to_string()).await.contains(&firm.operators[1]));
    let mut other = Device::claim(&firm, firm.operators[1], 3).await;
    let received = step(&firm, &mut other, &made, &[], DispatchReceived { dispatch: made.id }.into()).await;
    assert_eq!(received, [] as [&str; 0]);
    let started = step(&firm, &mut other, &made, &[], DispatchStarted { dispatch: made.id }.into()).await;
    assert_eq!(started, [] as [&str; 0]);
    let photo = BlobRef { id: ContentId([7; 32]), len: 9, mime: Mime::Jpeg, role: BlobRole::Attachment };
    let (outcome, details) = (Outcome::Resolved, "已更换".to_owned());
    let finish = DispatchFinished { dispatch: made.id, outcome, details, attachments: vec![photo.id] };
    assert_eq!(step(&firm, &mut other, &made, &[photo], finish.into()).await, [] as [&str; 0]);
    let document = dispatches(&firm, work.task).await.remove(0);
    let log: Vec<_> = document.dispatch.log.iter().map(|line| (line.step, line.by)).collect();
    let (lead, team_lead) = (firm.lead, firm.operators[1]);
    let expected = [
        (Step::Made, lead),
        (Step::Issued, lead),
        (Step::Received, team_lead),
        (Step::Started, team_lead),
        (Step::Resolved, team_lead),
    ];
    assert_eq!(log, expected);
    assert_eq!(document.people.len(), 2, "everybody whom it names");
    assert_eq!(faults(&firm, work.task).await[0].state, FaultState::Resolved);
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM dispatch WHERE state = 'resolved'")).await, 1);
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM blob_use WHERE role = 'attachment'")).await, 1);
}

/// An act of the lead on the console.
async fn act(firm: &Firm, number: u128) -> Act {
    let (org, lead) = (firm.org, firm.lead);
    let read = async move |tx: &mut Tx| query::member::member(tx, org, lead).await;
    let member: Result<_, StoreError> = firm.store.read("member", read).await;
    let request = RequestId(Uuid::from_u128(number));
    let at = firebee_tests::firm::MORNING.plus_ms(3_600_000);
    Act { org, keys: firm.keyring(), actor: member.unwrap().unwrap().actor, request, at }
}

async fn r_168_r_171_what_the_rules_refuse_is_kept_and_does_not_count(firm: Firm) {
    let (_, work) = waiting(&firm).await;
    let (mut lead, repair) = sent(&firm, &work, 1).await;
    let of = only(&firm, work.task).await;
    let mut other = Device::claim(&firm, firm.operators[1], 3).await;
    let receive = || Body::from(DispatchReceived { dispatch: of.id });
    assert_eq!(step(&firm, &mut other, &of, &[], receive()).await, ["invalid_task_state"], "not issued yet");
    let wanted = Issue { task: work.task, dispatch: of.id };
    issue(&firm.store, act(&firm, 1).await, wanted.clone()).await.unwrap();
    issue(&firm.store, act(&firm, 1).await, wanted.clone()).await.unwrap();
    let again = issue(&firm.store, act(&firm, 2).await, wanted).await.unwrap_err();
    assert_eq!(again.code().word(), "invalid_task_state");
    let start = || Body::from(DispatchStarted { dispatch: of.id });
    assert_eq!(step(&firm, &mut other, &of, &[], start()).await, ["invalid_task_state"], "executing before receiving");
    let unknown = Body::from(DispatchReceived { dispatch: DispatchId(Uuid::from_u128(9)) });
    assert_eq!(step(&firm, &mut other, &of, &[], unknown).await, ["dispatch_unknown"]);
    assert_eq!(step(&firm, &mut lead, &of, &[], receive()).await, ["not_the_team_lead"]);
    assert_eq!(step(&firm, &mut other, &of, &[], receive()).await, [] as [&str; 0]);
    let to = async |number, team_lead| {
        let wanted = Reassign { task: work.task, dispatch: of.id, team_lead };
        reassign(&firm.store, act(&firm, number).await, wanted).await
    };
    let stranger = to(3, AccountId(Uuid::from_u128(99))).await.unwrap_err();
    assert_eq!(stranger, Refused::Rule(TaskError::TeamLeadUnfit));
    to(4, firm.operators[0]).await.unwrap();
    let own = holders(&firm, "dispatch", of.id.to_string()).await;
    assert_eq!(own, sorted(vec![firm.lead, firm.operators[0]]), "the phone of the one before drops it");
    assert_eq!(step(&firm, &mut other, &of, &[], start()).await, ["not_the_team_lead"], "recorded without a network");
    let held = only(&firm, work.task).await;
    assert_eq!((held.state, held.team_lead), (DispatchState::Issued, firm.operators[0]));
    // A lead's phone may send only whom the server knows and who may execute; a dispatch that is open stays alone.
    let order = |team_lead| Some(Order { team_lead, plan: "更换附件".into() });
    let unfit = FaultHandled { order: order(AccountId(Uuid::from_u128(99))), ..repair.clone() };
    let seen = Some(Seen { doc: work.task.to_string(), rev: 1 });
    let subject = Subject { plan: Some(firm.plan), task: Some(work.task), seen };
    let first = lead.head() + 1;
    lead.record(firm.project, &subject, &[], &unfit.into());
    lead.record(firm.project, &subject, &[], &FaultHandled { order: order(firm.operators[0]), ..repair }.into());
    let reply = lead.push_from(&firm, first).await;
    assert_eq!(codes(&reply.results), ["team_lead_unfit", "dispatch_open"]);
}

async fn r_154_a_rejection_gives_up_the_dispatch_that_waits(firm: Firm) {
    let (_, work) = waiting(&firm).await;
    let (mut lead, _) = sent(&firm, &work, 1).await;
    let rejection = decided(&firm, work.task, Decision::Rejected).await;
    say(&firm, &mut lead, &work, vec![rejection.into()]).await;
    let held = only(&firm, work.task).await;
    assert_eq!(
        (held.state, faults(&firm, work.task).await[0].state),
        (DispatchState::Cancelled, FaultState::Unhandled)
    );
    assert_eq!(holders(&firm, "dispatch", held.id.to_string()).await, [firm.lead], "nobody else was ever told");
}
