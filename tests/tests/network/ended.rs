//! What the phones hold of a project that has ended.

use crate::stage::Stage;
use axum::http::StatusCode;
use firebee_client::work::task::DiscardTask;
use firebee_domain::{fault::FaultState, geofence::Datum, id::TaskId, review::Decision};
use firebee_server::{
    feed::retire::retire,
    office::project::{Terminate, terminate},
    row, sql,
    store::{StoreError, Tx},
};
use firebee_tests::browse::Browser;

const DAY_MS: i64 = 86_400_000;

async fn retired(stage: &Stage) -> u64 {
    let app = &stage.office.app;
    retire(&app.store, stage.office.org, app.clock.now()).await.unwrap()
}

/// The owner is still talked to about a fault of a task.
async fn talk(stage: &Stage, task: TaskId) {
    let write = async move |tx: &mut Tx| {
        let fault = sql!(
            "INSERT INTO fault (org, id, project, task, name, sort, find, state, found, found_ms)
             SELECT org, id, project, id, name, sort, find, ?1, '', 0 FROM task WHERE id = ?2"
        );
        tx.execute(fault, &row![FaultState::Negotiating, &task]).await?;
        Ok::<_, StoreError>(())
    };
    stage.office.app.store.write("talk", write).await.unwrap();
}

/// The fault is gone again.
async fn settle(stage: &Stage, task: TaskId) {
    let write = async move |tx: &mut Tx| {
        tx.execute(sql!("DELETE FROM fault WHERE id = ?1"), &row![&task]).await?;
        Ok::<_, StoreError>(())
    };
    stage.office.app.store.write("settle", write).await.unwrap();
}

/// an ended project leaves the phones 14 days later. A task that waits for its lead keeps it there, and so
/// does a fault that waits. A phone that was not heard since keeps it until what it has not sent has arrived. The server
/// keeps everything.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_330_an_ended_project_leaves_the_phones_once_everything_has_arrived() {
    let mut stage = Stage::new().await;
    let task = stage.handed_in(0, 1).await;
    stage.lead.sync().now().await.unwrap();
    // Offline, the operator begins something and gives it up.
    let given_up = stage.start(1);
    stage.operator.tasks().discard(&DiscardTask { task: given_up, reason: String::new() }).unwrap();
    let unsent = stage.operator.session().unsent().unwrap().facts;
    assert!(unsent >= 2, "{unsent}");
    stage.pass(3_600_000);
    let project = stage.office.project();
    let wanted = Terminate { project, reason: "合同解除".into() };
    terminate(&stage.office.app.store, stage.office.act("wang").await, wanted).await.unwrap();
    stage.pass(13 * DAY_MS);
    stage.lead.sync().now().await.unwrap();
    let waits = stage.review(task).seen.unwrap();
    stage.pass(2 * DAY_MS);
    assert_eq!(retired(&stage).await, 0, "a task waits for review");
    stage.lead.review().decide_seen(&waits, Decision::Approved, "", Vec::new()).unwrap();
    stage.lead.sync().now().await.unwrap();
    talk(&stage, task).await;
    assert_eq!(retired(&stage).await, 0, "a fault waits for the owner");
    settle(&stage, task).await;

    let holds = |stage: &Stage| {
        [&stage.operator, &stage.lead].map(|phone| {
            let shown = phone.screens().project(project, Datum::Wgs84).unwrap().is_some();
            (shown, phone.tasks().get(task).is_ok())
        })
    };
    assert_eq!(holds(&stage), [(true, true); 2]);
    assert!(retired(&stage).await > 0);
    stage.lead.sync().now().await.unwrap();
    assert_eq!(holds(&stage), [(true, true), (false, false)], "the operator's phone was not heard since the end");
    stage.operator.sync().now().await.unwrap();
    assert_eq!(stage.operator.session().unsent().unwrap().facts, 0);
    assert!(retired(&stage).await > 0);
    stage.operator.sync().now().await.unwrap();
    assert_eq!(holds(&stage), [(false, false); 2]);
    assert_eq!(retired(&stage).await, 0, "nothing is left to take");
    let seen = stage.operator.progress().overview().unwrap();
    assert_eq!((seen.facts.pending, seen.facts.parked), (0, 0), "what was unsent has arrived: {seen:?}");
    for task in [task, given_up] {
        let page = Browser::of(&stage.office, "wang").await.get(&format!("/tasks/{task}")).await;
        assert_eq!(page.status, StatusCode::OK, "the server keeps it");
    }
}
