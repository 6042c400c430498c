//! What becomes of a plan after it was made: its items are dated, taken back, and it is deleted; on both engines.

use crate::{
    both,
    fixture::{Morning, unsent},
};
use firebee_domain::{
    code::Code,
    id::{AccountId, PlanId, PlanItemId},
    plan::PlanItem,
};
use firebee_protocol::document::AssignmentDocument;
use firebee_server::{
    office::plan::{Delete, Recall, Schedule, delete, recall, schedule},
    query, row, sql,
    store::{Packed, StoreError, Tx},
};
use firebee_tests::{browse::Browser, firm::Issued, office::Office, visit::Visit};
use std::str::FromStr;

both!(
    /// items get a day within the plan and a place, before and after they are issued, and the phone is told.
    r_111_items_get_a_day_and_a_place,
    /// what is issued is taken back first; then the plan goes, and nothing of it stays on the phones.
    r_117_a_plan_is_deleted_after_its_items_were_taken_back,
    /// R-117b: what was submitted stays.
    r_117b_a_plan_with_a_submitted_task_stays,
    /// work on a plan that was deleted meanwhile is kept and does not count.
    r_130_work_on_a_deleted_plan_is_quarantined,
    /// the usual executor of a project is chosen on the form that issues, and can execute when it is set.
    r_393_the_usual_executor_of_a_project_is_chosen_on_the_form_that_issues,
);

fn ids(items: &[Issued]) -> Vec<PlanItemId> {
    items.iter().map(|issued| issued.item).collect()
}

fn day<D: FromStr>(text: &str) -> Option<D> {
    text.parse().ok()
}

async fn take_back(office: &Office, plan: PlanId, items: &[Issued]) {
    recall(&office.app.store, office.act("li").await, Recall { plan, items: ids(items) }).await.unwrap();
}

/// The kinds of what an account may have.
async fn feed(office: &Office, account: AccountId) -> Vec<String> {
    let read = async move |tx: &mut Tx| {
        let find = sql!("SELECT kind FROM feed WHERE account = ?1 AND deleted = 0 ORDER BY kind");
        let rows = tx.query(find, &row![&account.0]).await?;
        rows.iter().map(|row| row.get(0)).collect::<Result<Vec<String>, StoreError>>()
    };
    office.app.store.read("feed", read).await.unwrap()
}

async fn granted(office: &Office, plan: PlanId, of: &str) -> AssignmentDocument {
    let (id, _) = office.assignment(plan, of).await;
    let read = async move |tx: &mut Tx| {
        let find = sql!("SELECT body FROM document WHERE kind = 'assignment' AND id = ?1");
        tx.query_opt(find, &row![&id.to_string()]).await?.unwrap().get::<Packed>(0).map(|body| body.0)
    };
    let body: Result<String, StoreError> = office.app.store.read("assignment", read).await;
    serde_json::from_str(&body.unwrap()).unwrap()
}

async fn kept(office: &Office, plan: PlanId) -> Vec<PlanItem> {
    let org = office.org;
    let read = async move |tx: &mut Tx| query::plan::plan(tx, org, plan).await;
    let found: Result<_, StoreError> = office.app.store.read("plan", read).await;
    found.unwrap().unwrap().plan.items
}

async fn r_111_items_get_a_day_and_a_place(office: Office) {
    let plan = office.plan().await;
    let items = office.items(plan).await;
    office.issue(plan, &items[..2], "ma").await;
    let wanted = |planned_for: &str| Schedule {
        plan,
        items: ids(&items[..3]),
        facilities: Vec::new(),
        planned_for: day(planned_for),
        position: " 地下一层 ".into(),
    };
    let act = office.act("li").await;
    let store = &office.app.store;
    schedule(store, act.clone(), wanted("2026-11-20")).await.unwrap();
    schedule(store, act, wanted("2026-11-20")).await.unwrap();
    let document = granted(&office, plan, "ma").await.assignment;
    assert_eq!(document.revision, 2, "the same request changes nothing");
    let told: Vec<_> = document.items.iter().map(|item| (item.planned_for, item.position.as_deref())).collect();
    assert_eq!(told, [(day("2026-11-20"), Some("地下一层")); 2]);
    office.issue(plan, &items[2..3], "chen").await;
    let document = granted(&office, plan, "chen").await.assignment;
    assert_eq!(document.items[0].planned_for, day("2026-11-20"), "set before it was issued");
    let late = schedule(store, office.act("li").await, wanted("2026-12-01")).await.unwrap_err();
    assert_eq!(late.code(), Code::PlanDayOutOfPeriod);
    let foreign = schedule(store, office.act("sun").await, wanted("2026-11-21")).await.unwrap_err();
    assert_eq!(foreign.code(), Code::NotFound);
    let clear = Schedule { planned_for: None, position: String::new(), ..wanted("") };
    schedule(store, office.act("wang").await, clear).await.unwrap();
    assert!(kept(&office, plan).await.iter().all(|item| item.planned_for.is_none() && item.position.is_none()));
}

async fn r_117_a_plan_is_deleted_after_its_items_were_taken_back(office: Office) {
    let (plan, project) = (office.plan().await, office.project());
    let items = office.items(plan).await;
    office.issue(plan, &items[..2], "ma").await;
    office.issue(plan, &items[2..3], "chen").await;
    let store = &office.app.store;
    let wanted = Delete { project, plan };
    assert_eq!(delete(store, office.act("li").await, wanted).await.unwrap_err().code(), Code::PlanHasIssuedItems);
    take_back(&office, plan, &items[..2]).await;
    assert!(granted(&office, plan, "ma").await.assignment.items.is_empty());
    let again = recall(store, office.act("li").await, Recall { plan, items: ids(&items[..1]) }).await.unwrap_err();
    assert_eq!(again.code(), Code::PlanItemNotRecallable);
    assert_eq!(delete(store, office.act("li").await, wanted).await.unwrap_err().code(), Code::PlanHasIssuedItems);
    take_back(&office, plan, &items[2..3]).await;
    for login in ["sun", "ma"] {
        assert_eq!(delete(store, office.act(login).await, wanted).await.unwrap_err().code(), Code::NotFound, "{login}");
    }
    assert_eq!(feed(&office, office.account("ma")).await, ["assignment", "catalogue", "crew", "project", "session"]);
    let act = office.act("li").await;
    delete(store, act.clone(), wanted).await.unwrap();
    delete(store, act, wanted).await.unwrap();
    for login in ["ma", "chen"] {
        assert_eq!(feed(&office, office.account(login)).await, ["catalogue", "crew", "session"], "{login}");
    }
    assert_eq!(feed(&office, office.account("li")).await, ["catalogue", "crew", "project", "session"]);
    assert_eq!(office.number(sql!("SELECT count(*) FROM plan_item")).await, 0);
    assert_eq!(office.number(sql!("SELECT count(*) FROM assignment_revision")).await, 4, "what was granted is kept");
    office.plan().await;
}

async fn r_117b_a_plan_with_a_submitted_task_stays(office: Office) {
    let Morning { office, plan, .. } = unsent(office).await;
    let wanted = Delete { project: office.project(), plan };
    let refused = delete(&office.app.store, office.act("li").await, wanted).await.unwrap_err();
    assert_eq!(refused.code(), Code::PlanHasSubmittedTasks);
    let items = office.items(plan).await;
    let store = &office.app.store;
    let running = recall(store, office.act("li").await, Recall { plan, items: ids(&items[5..6]) }).await.unwrap_err();
    assert_eq!(running.code(), Code::PlanItemNotRecallable);
    let dated =
        Schedule { plan, items: ids(&items[5..6]), facilities: vec![], planned_for: None, position: "屋顶".into() };
    let refused = schedule(store, office.act("li").await, dated).await.unwrap_err();
    assert_eq!(refused.code(), Code::PlanItemStarted);
}

async fn r_130_work_on_a_deleted_plan_is_quarantined(office: Office) {
    let plan = office.plan().await;
    let items = office.items(plan).await;
    office.issue(plan, &items[..2], "ma").await;
    office.issue(plan, &items[2..3], "chen").await;
    let mut visit = Visit::begin(office.firm(plan).await, office.account("ma"), 1).await;
    visit.start(&items[..2], 0);
    take_back(&office, plan, &items[..3]).await;
    let wanted = Delete { project: office.project(), plan };
    delete(&office.app.store, office.act("li").await, wanted).await.unwrap();
    let reply = visit.device.push_from(&visit.firm, 1).await;
    let codes: Vec<_> = reply.results.iter().map(|outcome| outcome.code.as_str()).collect();
    assert_eq!(codes, ["plan_deleted"]);
    assert_eq!(office.number(sql!("SELECT count(*) FROM task")).await, 0);
}

async fn r_393_the_usual_executor_of_a_project_is_chosen_on_the_form_that_issues(office: Office) {
    let plan = format!("/plans/{}", office.plan().await);
    let (wang, li) = (Browser::of(&office, "wang").await, Browser::of(&office, "li").await);
    let edit = format!("/projects/{}/edit", office.project());
    let set = async |usual: &str| {
        let fields = [
            ("name", "中仪大厦"),
            ("city", "西宁市"),
            ("address", "城中区长江路10号"),
            ("place", "36.617, 101.778"),
            ("datum", "gcj02"),
            ("key", "no"),
            ("credit_code", "NULL"),
            ("usual_executor", usual),
        ];
        wang.submit(&wang.get(&edit).await, &edit, &fields).await
    };
    let chen = office.account("chen").to_string();
    let chosen = format!("value=\"{chen}\" selected");
    assert!(!li.get(&plan).await.html().contains(" selected>"), "nobody is chosen before");
    let refused = set(&office.account("wang").to_string()).await;
    assert!(refused.html().contains("executor_not_allowed"), "{}", refused.text());
    let done = set(&chen).await;
    assert!(done.location().contains("?done="), "{}", done.text());
    assert!(li.get(&plan).await.html().contains(&chosen));
    assert!(wang.get(&edit).await.html().contains(&chosen), "the form keeps it");
    set("").await;
    assert!(!li.get(&plan).await.html().contains(&chosen));
}
