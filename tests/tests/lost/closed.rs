//! An account is disabled while its phone works.

use crate::scene::Scene;
use axum::http::StatusCode;
use firebee_domain::{code::Code, task::TaskState};
use firebee_tests::browse::Browser;

/// the phone of a disabled account sends what it has, late; when the account is open again it goes on as before.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_033_the_phone_of_a_disabled_account_sends_late_and_goes_on_when_it_is_opened() {
    let scene = Scene::open().await;
    let phone = scene.phone("Pixel 6a").await;
    let items = phone.items();
    let task = phone.whole(items[0], 1);
    let wang = Browser::of(&scene.office, "wang").await;
    let staff = format!("/staff/{}", scene.office.account("ma"));
    let close = async |reason: &str| {
        wang.submit(&wang.get("/staff").await, &format!("{staff}/close"), &[("reason", reason)]).await
    };
    assert_eq!(close("").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(close("离职").await.location().starts_with("/staff?done="));
    let acts = firebee_tests::acts::acts(&scene.office.app.store, "toggle_account").await;
    let said = acts.last().unwrap().body.get();
    assert!(said.contains("\"reason\":\"离职\""), "{said}");
    phone.sends_all().await;
    assert_eq!(phone.client.screens().sync().unwrap().lost.unwrap().told.code, Code::AccountDisabled);
    assert!(!phone.client.screens().me().unwrap().may_record.allowed);
    assert!(scene.task(task).await.is_none());
    assert_eq!(phone.not_counted(), vec!["late"; 6]);
    scene.decide("li", &phone, task, "adopted").await;
    assert_eq!(scene.task(task).await.unwrap().task.state, TaskState::PendingReview, "its author's account is closed");

    wang.submit(&wang.get("/staff").await, &format!("{staff}/open"), &[]).await;
    phone.client.sync().now().await.unwrap();
    assert!(phone.client.screens().sync().unwrap().lost.is_none());
    assert_eq!(phone.not_counted(), Vec::<String>::new());
    let after = phone.whole(items[1], 10);
    phone.client.sync().now().await.unwrap();
    assert_eq!(scene.task(after).await.unwrap().task.state, TaskState::PendingReview);
}
