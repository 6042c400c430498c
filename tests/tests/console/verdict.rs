//! The verdict on a track that was owed.

use crate::fixture::{Morning, morning};
use firebee_domain::{geofence::Coverage, id::TaskId};
use firebee_protocol::document::TaskDocument;
use firebee_server::{
    query::task::document,
    store::{StoreError, Tx},
};
use firebee_tests::{browse::Browser, kept::rewrite, office::Office};

async fn shown(office: &Office, task: TaskId) -> TaskDocument {
    let org = office.org;
    let read = async move |tx: &mut Tx| document(tx, org, task).await;
    let found: Result<_, StoreError> = office.app.store.read("task", read).await;
    found.unwrap().unwrap()
}

/// The server judges after it has answered.
pub async fn wait_for_the_verdict(office: &Office, task: TaskId) -> Coverage {
    loop {
        match shown(office, task).await.coverage {
            Some(coverage) => return coverage,
            None => tokio::task::yield_now().await,
        }
    }
}

/// the process that should have judged a track has ended, or could not read it. An act on the task judges it, and
/// no restart is needed to see the verdict.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_096_a_verdict_that_is_owed_is_made_when_somebody_acts_on_the_task() {
    let Morning { office, submitted, .. } = Box::pin(morning(Office::sqlite().await)).await;
    let before = wait_for_the_verdict(&office, submitted).await;
    let held = format!("\"coverage\":{}", serde_json::to_string(&before).unwrap());
    let forget = async move |tx: &mut Tx| rewrite(tx, "task", &held, "\"coverage\":null").await;
    office.app.store.write::<_, StoreError, _>("forget", forget).await.unwrap();
    assert_eq!(shown(&office, submitted).await.coverage, None);

    let li = Browser::of(&office, "li").await;
    let page = li.get(&format!("/tasks/{submitted}")).await;
    let fault = page.html().split("id=\"fault-").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let way = [("way", "negotiating"), ("explanation", "")];
    li.submit(&page, &format!("/tasks/{submitted}/faults/{fault}"), &way).await;
    assert_eq!(wait_for_the_verdict(&office, submitted).await, before);
}
