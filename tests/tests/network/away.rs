//! A phone that was away for longer than deletions are remembered.

use crate::stage::Stage;
use firebee_domain::{catalogue::Nature, task::TaskState};
use firebee_server::{
    feed::purge::purge,
    office::plan::{self, Create, Delete},
    sql,
};
use firebee_tests::{link::Seen, recorded::untestable};

const DAY_MS: i64 = 86_400_000;

fn is_pull(seen: &Seen) -> bool {
    seen.path.starts_with("/v1/pull")
}

/// Protocol, "Pull": after 200 days the cursor has expired. A snapshot is pulled beside what is shown, and takes its place at
/// once; what the phone recorded meanwhile stays and is sent. What was deleted long ago is gone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_that_was_away_for_200_days_pulls_a_snapshot_and_keeps_what_it_recorded() {
    let stage = Stage::new().await;
    let office = &stage.office;
    let wanted = Create { project: office.project(), nature: Nature::Quarter, month: "2026-11".parse().unwrap() };
    let act = office.act("li").await;
    let quarter = plan::create(&office.app.store, &office.app.clock, act, wanted).await.unwrap();
    let items = office.items(quarter).await;
    office.issue(quarter, &items[..1], "ma").await;
    stage.operator.sync().now().await.unwrap();
    let plans = || stage.operator.projects().issued(None).unwrap().iter().map(|held| held.plan).collect::<Vec<_>>();
    assert!(plans().contains(&quarter));

    // The phone goes to a place without a network, and the office goes on.
    let task = stage.start(0);
    stage.operator.tasks().record_result(&untestable(task, stage.items[0])).unwrap();
    let recall = plan::Recall { plan: quarter, items: vec![items[0].item] };
    plan::recall(&office.app.store, office.act("li").await, recall).await.unwrap();
    plan::delete(&office.app.store, office.act("li").await, Delete { project: office.project(), plan: quarter })
        .await
        .unwrap();
    let purged = async || purge(&office.app.store, office.org, office.app.clock.now()).await.unwrap();
    assert_eq!(purged().await, 0);
    let more = office.items(stage.plan).await;
    office.issue(stage.plan, &more[2..3], "ma").await;
    stage.pass(200 * DAY_MS);
    assert!(purged().await >= 1, "the deletion is forgotten");

    stage.link.take_log();
    let shown = plans();
    assert!(shown.contains(&quarter), "the phone does not know it yet");
    stage.operator.sync().now().await.unwrap();
    let pulls = stage.link.take_log().into_iter().filter(|(seen, _)| is_pull(seen)).count();
    assert!(pulls >= 2, "one told that the cursor has expired: {pulls}");
    assert!(!plans().contains(&quarter));
    let view = stage.operator.tasks().get(task).unwrap();
    assert_eq!((view.task.state, view.task.results.len()), (TaskState::Executing, 1));
    let seen = stage.operator.progress().overview().unwrap();
    assert_eq!((seen.facts.pending, seen.facts.sent, seen.status.last_error), (0, 0, None));
    let noted = sql!("SELECT count(*) FROM device_note WHERE note LIKE '%digest_mismatch%'");
    assert_eq!(office.number(noted).await, 0);
    let quiet = async || {
        stage.operator.sync().now().await.unwrap();
        stage.link.take_log().into_iter().filter(|(seen, _)| is_pull(seen)).count()
    };
    quiet().await;
    assert_eq!(quiet().await, 1, "nothing is pulled anew again");
}
