//! The commands of the office, on both engines.

use crate::{
    both,
    fixture::{Morning, morning, unsent},
};
use firebee_domain::{
    catalogue::Nature,
    code::Code,
    fault::{Fault, Particulars, Way},
    id::{FaultId, PlanItemId, TaskId},
    review::Decision,
    task::{Task, TaskState},
};
use firebee_protocol::document::{AssignmentDocument, TaskDocument};
use firebee_server::{
    office::{
        Refused,
        fault::{Handle, handle},
        plan::{Create, Ignore, Issue, create, ignore, issue, restore},
        review::{Decide, decide},
    },
    query, row, sql,
    store::{Packed, StoreError, Tx},
};
use firebee_tests::office::Office;

both!(
    /// a plan is made once, named, and holds what is ticked.
    r_102_a_plan_is_made_once_and_named,
    /// a plan is made by who leads the project or manages the firm, and by nobody else.
    r_032_nobody_else_plans_a_project,
    /// items go to several people in batches, and each phone gets its own assignment.
    r_110_items_are_issued_in_batches_to_several_people,
    /// what cannot be issued is refused and changes nothing.
    r_114_what_cannot_be_issued_is_refused,
    /// items are left out with a reason and taken in again.
    r_112_items_are_ignored_with_a_reason_and_restored,
    /// faults, rejection, evidence, in the order of the rules.
    r_152_approval_waits_for_faults_and_evidence,
    /// of two reviewers the first decides, the second is told.
    r_162_the_first_of_two_reviewers_decides,
    /// a manager does not review, and a lead of another project does not either.
    r_150_only_lead_and_director_review,
);

async fn task(office: &Office, id: TaskId) -> TaskDocument {
    let org = office.org;
    let read = async move |tx: &mut Tx| query::task::document(tx, org, id).await;
    let found: Result<_, StoreError> = office.app.store.read("task", read).await;
    found.unwrap().unwrap()
}

async fn faults(office: &Office, id: TaskId) -> Vec<Fault> {
    let org = office.org;
    let read = async move |tx: &mut Tx| query::fault::of_tasks(tx, org, &[id]).await;
    let found: Result<_, StoreError> = office.app.store.read("faults", read).await;
    found.unwrap().remove(&id).unwrap_or_default()
}

async fn states(office: &Office, task: TaskId) -> Vec<String> {
    let read = async move |tx: &mut Tx| {
        let rows = tx.query(sql!("SELECT state FROM plan_item WHERE task = ?1"), &row![&task.0]).await?;
        rows.iter().map(|row| row.get(0)).collect::<Result<Vec<String>, StoreError>>()
    };
    office.app.store.read("states", read).await.unwrap()
}

fn decision(task: &Task, decision: Decision, opinion: &str) -> Decide {
    let waits = task.last_submission().unwrap();
    Decide {
        task: task.id,
        round: waits.round,
        manifest_hash: waits.manifest_hash,
        decision,
        opinion: opinion.into(),
        attachments: Vec::new(),
    }
}

async fn r_102_a_plan_is_made_once_and_named(office: Office) {
    let wanted = Create { project: office.project(), nature: Nature::Month, month: "2026-11".parse().unwrap() };
    let act = office.act("wang").await;
    let (store, clock) = (&office.app.store, &office.app.clock);
    let made = create(store, clock, act.clone(), wanted).await.unwrap();
    assert_eq!(create(store, clock, act.clone(), wanted).await.unwrap(), made, "the same request gives the same plan");
    let other = Create { month: "2026-12".parse().unwrap(), ..wanted };
    let taken = create(store, clock, act, other).await.unwrap_err();
    assert_eq!(taken, Refused::RequestTaken, "the same request with another month is no repetition");
    assert_eq!(taken.code(), Code::AlreadyDone);
    let again = create(store, clock, office.act("li").await, wanted).await.unwrap_err();
    assert_eq!(again.code(), Code::PlanExists);
    let late = Create { month: "2028-01".parse().unwrap(), ..wanted };
    assert_eq!(create(store, clock, office.act("li").await, late).await.unwrap_err().code(), Code::PlanOutOfPeriod);
    let org = office.org;
    let read = async move |tx: &mut Tx| query::plan::plan(tx, org, made).await;
    let found: Result<_, StoreError> = store.read("plan", read).await;
    let found = found.unwrap().unwrap();
    assert_eq!(found.name, "2026年11月维护保养计划");
    assert!(found.plan.items.len() > 8, "{}", found.plan.items.len());
    assert_eq!(office.number(sql!("SELECT count(*) FROM plan")).await, 1);
    assert_eq!(office.acts("create_plan").await, 1);
}

async fn r_032_nobody_else_plans_a_project(office: Office) {
    let wanted = Create { project: office.project(), nature: Nature::Month, month: "2026-11".parse().unwrap() };
    for login in ["sun", "zhao", "ma"] {
        let act = office.act(login).await;
        let refused = create(&office.app.store, &office.app.clock, act, wanted).await.unwrap_err();
        assert_eq!(refused.code(), Code::NotFound, "{login}");
    }
    assert_eq!(office.number(sql!("SELECT count(*) FROM plan")).await, 0);
}

async fn r_110_items_are_issued_in_batches_to_several_people(office: Office) {
    let plan = office.plan().await;
    let items = office.items(plan).await;
    office.issue(plan, &items[..2], "ma").await;
    office.issue(plan, &items[2..3], "chen").await;
    office.issue(plan, &items[3..4], "ma").await;
    let (assignment, rev) = office.assignment(plan, "ma").await;
    assert_eq!(rev, 2);
    let read = async move |tx: &mut Tx| {
        let find = sql!("SELECT body, rev FROM document WHERE kind = 'assignment' AND id = ?1");
        let row = tx.query_opt(find, &row![&assignment.to_string()]).await?.unwrap();
        Ok::<_, StoreError>((row.get::<Packed>(0)?.0, row.get::<i64>(1)?))
    };
    let (body, published) = office.app.store.read("assignment", read).await.unwrap();
    let document: AssignmentDocument = serde_json::from_str(&body).unwrap();
    let granted: Vec<PlanItemId> = document.assignment.items.iter().map(|item| item.plan_item).collect();
    assert_eq!(granted, [items[0].item, items[1].item, items[3].item]);
    assert_eq!((document.assignment.revision, published), (2, 2));
    assert_eq!(document.plan_name, "2026年11月维护保养计划");
    let ma = office.account("ma");
    let feed = async move |tx: &mut Tx| {
        let find = sql!("SELECT kind FROM feed WHERE account = ?1 AND deleted = 0 ORDER BY feed_seq");
        let rows = tx.query(find, &row![&ma.0]).await?;
        rows.iter().map(|row| row.get(0)).collect::<Result<Vec<String>, StoreError>>()
    };
    let kinds = office.app.store.read("feed", feed).await.unwrap();
    assert_eq!(kinds, ["session", "crew", "catalogue", "project", "assignment"], "what it needs comes first");
    let kept = sql!(
        "SELECT count(*) FROM assignment_revision r JOIN assignment a ON a.id = r.assignment
         JOIN feed f ON f.account = a.executor AND f.kind = 'assignment' AND f.feed_seq >= r.feed_seq"
    );
    assert_eq!(office.number(kept).await, 3, "each revision keeps its feed number");
}

async fn r_114_what_cannot_be_issued_is_refused(office: Office) {
    let plan = office.plan().await;
    let items = office.items(plan).await;
    let store = &office.app.store;
    let issue_to = async |items: Vec<PlanItemId>, login: &str| {
        let wanted = Issue { plan, items, facilities: vec![], executor: office.account(login) };
        issue(store, office.act("li").await, wanted).await.map_err(|error| error.code())
    };
    assert_eq!(issue_to(vec![], "ma").await, Err(Code::ItemsRequired));
    assert_eq!(issue_to(vec![items[0].item], "wang").await, Err(Code::ExecutorNotAllowed));
    assert_eq!(issue_to(vec![items[0].item], "ma").await, Ok(()));
    assert_eq!(issue_to(vec![items[1].item, items[0].item], "chen").await, Err(Code::PlanItemIssued));
    let month_ms = 31 * 86_400_000;
    office.clock.advance_ms(month_ms);
    assert_eq!(issue_to(vec![items[1].item], "ma").await, Err(Code::PlanExpired));
    let issued = sql!("SELECT count(*) FROM plan_item WHERE state = 'issued'");
    assert_eq!(office.number(issued).await, 1);
    assert_eq!(office.acts("issue_plan").await, 1);
}

async fn r_112_items_are_ignored_with_a_reason_and_restored(office: Office) {
    let plan = office.plan().await;
    let items = office.items(plan).await;
    let store = &office.app.store;
    let wanted = |reason: &str| Ignore {
        plan,
        items: vec![items[0].item, items[1].item],
        facilities: vec![],
        reason: reason.into(),
    };
    let refused = ignore(store, office.act("li").await, wanted("  ")).await.unwrap_err();
    assert_eq!(refused.code(), Code::TextRequired);
    let act = office.act("li").await;
    ignore(store, act.clone(), wanted("设备已拆除")).await.unwrap();
    ignore(store, act.clone(), wanted("设备已拆除")).await.unwrap();
    let other = ignore(store, act.clone(), wanted("另一个原因")).await.unwrap_err();
    assert_eq!(other, Refused::RequestTaken, "the reason is part of what was asked");
    let restored = restore(store, act, wanted("设备已拆除")).await.unwrap_err();
    assert_eq!(restored, Refused::RequestTaken, "and so is the command");
    let left_out = sql!("SELECT count(*) FROM plan_item WHERE ignored_reason IS NOT NULL");
    assert_eq!(office.number(left_out).await, 2);
    let issued = issue(
        store,
        office.act("li").await,
        Issue { plan, items: vec![items[0].item], facilities: vec![], executor: office.account("ma") },
    );
    assert_eq!(issued.await.unwrap_err().code(), Code::PlanItemIgnored);
    restore(store, office.act("li").await, wanted("")).await.unwrap();
    assert_eq!(office.number(left_out).await, 0);
    let again = restore(store, office.act("li").await, wanted("")).await.unwrap_err();
    assert_eq!(again.code(), Code::PlanItemNotIgnored);
}

async fn r_152_approval_waits_for_faults_and_evidence(office: Office) {
    let Morning { office, submitted, mut visit, .. } = unsent(office).await;
    let store = &office.app.store;
    let approve = async || {
        let found = task(&office, submitted).await.task;
        decide(store, office.act("li").await, decision(&found, Decision::Approved, "")).await
    };
    assert_eq!(approve().await.unwrap_err().to_string(), "faults not handled: 1");
    let fault: FaultId = faults(&office, submitted).await[0].id;
    let way = |way, explanation: &str| Handle {
        task: submitted,
        fault,
        round: 1,
        way,
        explanation: explanation.into(),
        order: None,
        attachments: Vec::new(),
        particulars: Particulars::default(),
        confirmed_now: false,
    };
    let refused = handle(store, office.act("li").await, way(Way::OwnerRefused, " ")).await.unwrap_err();
    assert_eq!(refused.code(), Code::ExplanationRequired);
    let dispatch = handle(store, office.act("li").await, way(Way::OwnerAgreed, "好")).await.unwrap_err();
    assert_eq!(dispatch.code(), Code::TeamLeadRequired);
    handle(store, office.act("wang").await, way(Way::Negotiating, "")).await.unwrap();
    assert_eq!(approve().await.unwrap_err().code(), Code::EvidenceIncomplete);
    visit.send_blobs(&office, 0).await;
    let evidence = task(&office, submitted).await.evidence;
    assert_eq!((evidence.verified, evidence.missing.len()), (evidence.total, 0));
    let found = task(&office, submitted).await.task;
    let bare = decide(store, office.act("li").await, decision(&found, Decision::Rejected, "")).await.unwrap_err();
    assert_eq!(bare.code(), Code::OpinionRequired);
    decide(store, office.act("li").await, decision(&found, Decision::Rejected, "请补拍铭牌")).await.unwrap();
    let found = task(&office, submitted).await.task;
    assert_eq!(found.state, TaskState::Rejected);
    let cleared = faults(&office, submitted).await;
    assert!(cleared.iter().all(|fault| fault.is_unhandled() && fault.handlings.is_empty()), "R-154");
    assert_eq!(states(&office, submitted).await, ["executing"; 5]);
    assert_eq!(approve().await.unwrap_err().code(), Code::TaskNotPending);
}

async fn r_162_the_first_of_two_reviewers_decides(office: Office) {
    let Morning { office, submitted, .. } = morning(office).await;
    let store = &office.app.store;
    let found = task(&office, submitted).await.task;
    let fault = faults(&office, submitted).await[0].id;
    let wanted = Handle {
        task: submitted,
        fault,
        round: 1,
        way: Way::OutOfScope,
        explanation: "合同外".into(),
        order: None,
        attachments: Vec::new(),
        particulars: Particulars::default(),
        confirmed_now: false,
    };
    handle(store, office.act("li").await, wanted.clone()).await.unwrap();
    let closed = handle(store, office.act("li").await, wanted).await.unwrap_err();
    assert_eq!(closed.code(), Code::FaultClosed);
    let (li, zhao) = (office.act("li").await, office.act("zhao").await);
    let (one, two) = tokio::join!(
        decide(store, li.clone(), decision(&found, Decision::Approved, "")),
        decide(store, zhao, decision(&found, Decision::Rejected, "重做")),
    );
    let codes: Vec<_> = [&one, &two].iter().filter_map(|done| done.as_ref().err().map(|error| error.code())).collect();
    assert_eq!(codes, [Code::TaskNotPending]);
    let after = task(&office, submitted).await.task;
    assert_eq!(after.reviews.len(), 1);
    if one.is_ok() {
        assert_eq!(states(&office, submitted).await, ["approved"; 5]);
        decide(store, li, decision(&found, Decision::Approved, "")).await.unwrap();
        assert_eq!(task(&office, submitted).await.task.reviews.len(), 1, "the same request changes nothing");
    }
}

async fn r_150_only_lead_and_director_review(office: Office) {
    let Morning { office, submitted, .. } = morning(office).await;
    let found = task(&office, submitted).await.task;
    for login in ["wang", "sun", "ma"] {
        let act = office.act(login).await;
        let refused = decide(&office.app.store, act, decision(&found, Decision::Rejected, "不")).await.unwrap_err();
        assert_eq!(refused.code(), Code::NotFound, "{login}");
    }
    let expired = async |tx: &mut Tx| {
        let set = sql!("UPDATE person SET body = replace(body, '2099-12-31', '2025-12-31')");
        tx.execute(set, &[]).await.map(drop)
    };
    let done: Result<(), StoreError> = office.app.store.write("expire", expired).await;
    done.unwrap();
    let act = office.act("li").await;
    let refused = decide(&office.app.store, act, decision(&found, Decision::Rejected, "不")).await.unwrap_err();
    assert_eq!(refused.code(), Code::ReviewerNotQualified);
}
