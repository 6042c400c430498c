//! Facts that a task refuses. Each is kept with its code, and the task goes on.

use crate::facts::Scene;
use firebee_domain::{
    id::{Hash, ProjectId},
    submission::{Manifest, TaskSubmitted, manifest_hash},
};
use firebee_protocol::fact::Body;
use firebee_server::{
    row, sql,
    store::{StoreError, Tx},
};
use uuid::Uuid;

/// A second project of the firm, as its first.
async fn another_project(scene: &Scene) -> ProjectId {
    let (first, other) = (scene.firm().project, ProjectId(Uuid::from_u128(0x77)));
    let copy = async move |tx: &mut Tx| {
        let copy = sql!(
            "INSERT INTO project(org, id, contract, lead, unit, end_date, terminated, name, sort, find, body)
             SELECT org, ?2, contract, lead, unit, end_date, terminated, name, sort, find, replace(body, ?3, ?4)
             FROM project WHERE id = ?1"
        );
        tx.execute(copy, &row![&first, &other, &first.to_string(), &other.to_string()]).await.map(drop)
    };
    scene.firm().store.write::<_, StoreError, _>("copy", copy).await.unwrap();
    other
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fact_about_a_task_of_another_project_is_kept_and_does_not_count() {
    let mut scene = Scene::new().await;
    let (project, other) = (scene.firm().project.to_string(), another_project(&scene).await.to_string());
    scene.edit("a task of another project", &project, &other, "task_of_other_project");
    scene.settle().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_submission_that_does_not_fit_is_kept_and_does_not_count() {
    let mut scene = Scene::new().await;
    let subject = scene.work.subject.clone();
    let manifest = Manifest::default().to_text();
    let hash = manifest_hash(&manifest);
    let submitted = |round, manifest_hash, manifest: &str| {
        Body::TaskSubmitted(TaskSubmitted { round, manifest_hash, manifest: manifest.to_owned() })
    };
    scene.say("a hash of something else", &subject, &[], &submitted(1, Hash([1; 32]), &manifest), "manifest_invalid");
    scene.say("no manifest", &subject, &[], &submitted(1, manifest_hash("x"), "x"), "manifest_invalid");
    scene.say("the seventh round before the first", &subject, &[], &submitted(7, hash, &manifest), "round_wrong");
    scene.settle().await;
}
