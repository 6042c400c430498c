//! A firm that holds plans of two editions of the catalogue, the real server, and a phone that works on both (R-089,
//!

use crate::scene::open;
use firebee_client::{
    Client,
    screen::{Instance, Screens},
    work::task::{RecordResult, StartTask},
};
use firebee_domain::{
    catalogue::{FieldValue, Nature},
    id::{ContentId, PlanId, PlanItemId, TaskId},
    result::Verdict,
};
use firebee_protocol::{catalogue::Pack, document::TaskDocument};
use firebee_server::{
    office::plan::{self, Create},
    router, row, sql,
    store::{Packed, StoreError, Tx},
};
use firebee_tests::{
    clock::SetClock,
    firm::MORNING,
    link::Link,
    office::{Office, PASSWORD},
};
use std::{net::SocketAddr, sync::Arc};
use tempfile::TempDir;
use tokio::net::TcpListener;

/// The edition that the firm's earlier plan pins.
const EARLIER: &[u8] = include_bytes!("../../../core/domain/tests/editions/2020.05-r2/catalogue.json");

/// What both plans issue: the manual start of a generator, and a test whose sentence both editions tell.
const GENERATOR: &str = "power-genset.a";

/// A plan as the server before its upgrade made it: it pins the earlier edition and holds only that edition's items.
async fn made_before(office: &Office, earlier: &Pack) -> PlanId {
    let plan = office.plan().await;
    let known: Vec<String> = earlier.catalogue.items().map(|at| at.item.id.clone()).collect();
    let (id, edition) = (earlier.id, earlier.catalogue.edition.clone());
    let write = async move |tx: &mut Tx| {
        let keep = sql!("INSERT INTO catalogue (id, edition, bytes) VALUES (?1, ?2, ?3)");
        tx.execute(keep, &row![&id, &edition, EARLIER]).await?;
        tx.execute(sql!("UPDATE plan SET catalogue = ?2 WHERE id = ?1"), &row![&plan, &id]).await?;
        for row in tx.query(sql!("SELECT id, item_id FROM plan_item WHERE plan = ?1"), &row![&plan]).await? {
            if !known.contains(&row.get::<String>(1)?) {
                let drop = sql!("DELETE FROM plan_item WHERE id = ?1");
                tx.execute(drop, &row![&row.get::<PlanItemId>(0)?]).await?;
            }
        }
        Ok::<_, StoreError>(())
    };
    office.app.store.write("made_before", write).await.unwrap();
    plan
}

/// Issues the generator's test of a plan to `ma`.
async fn issue(office: &Office, plan: PlanId) {
    let items = office.items(plan).await;
    let wanted: Vec<_> = items.into_iter().filter(|item| item.item_id == GENERATOR).collect();
    assert_eq!(wanted.len(), 1);
    office.issue(plan, &wanted, "ma").await;
}

/// Starts a task on what a plan issued.
fn start(client: &Client, plan: PlanId) -> (TaskId, PlanItemId) {
    let issued = client.projects().issued(None).unwrap();
    let of_plan = issued.iter().find(|held| held.plan == plan).unwrap();
    let items: Vec<PlanItemId> = of_plan.items.iter().map(|item| item.item).collect();
    let start = StartTask { plan, items: items.clone(), location_allowed: true };
    (client.tasks().start(&start).unwrap(), items[0])
}

/// A generator in manual that supplied after so many seconds, and the verdict of a person.
fn supplied(task: TaskId, item: PlanItemId, seconds: &str, verdict: Verdict, reason: Option<&str>) -> RecordResult {
    RecordResult {
        task,
        item,
        ordinal: 1,
        position: Some("地下一层".into()),
        variant: None,
        values: vec![FieldValue::new("mode", "manual"), FieldValue::new("elapsed", seconds)],
        verdict,
        override_reason: reason.map(Into::into),
        untestable_reason: None,
        untestable_code: None,
        fault: None,
        photos: Vec::new(),
        instrument: None,
    }
}

async fn document(office: &Office, task: TaskId) -> TaskDocument {
    let read = async move |tx: &mut Tx| {
        let select = sql!("SELECT body FROM document WHERE kind = 'task' AND id = ?1");
        let row = tx.query_opt(select, &row![&task.to_string()]).await?.unwrap();
        row.get::<Packed>(0).map(|body| body.0)
    };
    let body = office.app.store.read::<_, StoreError, _>("task", read).await.unwrap();
    serde_json::from_str(&body).unwrap()
}

/// What a form asks of a result that could not be tested, and of a fault: how many reasons, parts and defects.
fn picks(screens: &Screens, task: TaskId, item: PlanItemId) -> [usize; 3] {
    let form = screens.item(task, Instance { item, ordinal: 1 }).unwrap().form;
    let sum = |count: fn(&firebee_client::screen::VerdictChoice) -> usize| form.verdicts.iter().map(count).sum();
    [sum(|choice| choice.reasons.len()), sum(|choice| choice.parts.len()), sum(|choice| choice.defects.len())]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_089_r_093_a_firm_holds_two_editions_and_a_task_keeps_the_one_it_began_with() {
    let office = Office::sqlite().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = router(office.app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let served = tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
    let (earlier, newest) = (Pack::parse(EARLIER).unwrap(), Pack::embedded());
    let old_plan = made_before(&office, &earlier).await;
    issue(&office, old_plan).await;

    let link = Link::to(address).await;
    let (home, clock) = (TempDir::new().unwrap(), Arc::new(SetClock::at(MORNING.plus_ms(2 * 3_600_000).0)));
    let client = open(home.path().to_owned(), &link, clock.clone());
    client.session().sign_in("ma", PASSWORD).await.unwrap();
    client.sync().now().await.unwrap();
    let (old_task, old_item) = start(&client, old_plan);
    clock.advance_ms(1_000);
    client.tasks().record_result(&supplied(old_task, old_item, "50", Verdict::Conform, None)).unwrap();

    // The server was upgraded: what it plans now pins the newest edition, and the phone pulls that beside the other.
    let wanted = Create { project: office.project(), nature: Nature::Quarter, month: "2026-11".parse().unwrap() };
    let act = office.act("li").await;
    let new_plan = plan::create(&office.app.store, &office.app.clock, act, wanted).await.unwrap();
    issue(&office, new_plan).await;
    client.sync().now().await.unwrap();
    let (new_task, new_item) = start(&client, new_plan);
    clock.advance_ms(1_000);
    let against = Some("秒表误差");
    client.tasks().record_result(&supplied(new_task, new_item, "50", Verdict::Conform, against)).unwrap();
    clock.advance_ms(1_000);
    client.tasks().record_result(&supplied(old_task, old_item, "20", Verdict::Conform, None)).unwrap();
    let screens = client.screens();
    assert_eq!(picks(&screens, old_task, old_item), [0, 0, 0], "the earlier edition has no lists");
    assert!(picks(&screens, new_task, new_item).iter().all(|count| *count > 3));
    client.sync().now().await.unwrap();

    let seen = client.progress().overview().unwrap();
    assert_eq!((seen.facts.parked, seen.facts.pending, seen.facts.sent), (0, 0, 0), "{seen:?}");
    let judged = |document: &TaskDocument| -> (ContentId, Vec<(Option<Verdict>, String)>, bool) {
        let results = &document.task.results;
        let told = results.iter().map(|held| (held.recorded.proposed, held.recorded.measured_record.clone()));
        (document.catalogue, told.collect(), results.iter().any(|held| !held.differs.is_empty()))
    };
    let (old, new) = (document(&office, old_task).await, document(&office, new_task).await);
    let told = |seconds: &str| format!("地下一层的发电机设置状态为手动，物业提供实测记录为{seconds}S。判定结果是符合");
    assert_eq!(judged(&old), (earlier.id, vec![(None, told("50")), (None, told("20"))], false));
    let newest_told = "地下一层自备发电机组(1)设置状态为手动，物业提供实测记录为50.0s（应不大于30.0s）。判定结果是符合";
    assert_eq!(judged(&new), (newest.id, vec![(Some(Verdict::Nonconform), newest_told.into())], false));
    let editions = sql!("SELECT count(*) FROM catalogue");
    assert_eq!(office.number(editions).await, 2, "the server keeps both");
    served.abort();
}
