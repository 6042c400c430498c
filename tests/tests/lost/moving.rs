//! An answer was recorded in the wrong task.

use crate::scene::Scene;
use axum::http::StatusCode;
use firebee_client::{
    screen::Instance,
    work::task::{MoveResult, StartSupplementary},
};
use firebee_domain::{result::ResultKey, task::TaskState};
use firebee_tests::browse::Browser;

/// a real phone moves an answer with its photo between two of its tasks, the server counts both ends, and the page of
/// each task says so and leads to the other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_369_an_answer_in_the_wrong_task_moves_and_the_page_of_each_task_says_so() {
    let scene = Scene::open().await;
    let phone = scene.phone("Pixel 6a").await;
    let (tasks, screens) = (phone.client.tasks(), phone.client.screens());
    let wrong = phone.start(phone.items()[0]);
    let planned = tasks.get(wrong).unwrap().task;
    let item = planned.items[0].clone();
    phone.answer(wrong, item.item);
    phone.photograph(wrong, Some(item.item), 1);
    let outside = StartSupplementary { project: planned.project, items: vec![item.item_id], location_allowed: true };
    let right = tasks.start_supplementary(&outside).unwrap();
    // The server has all of it before anybody notices.
    phone.sends_all().await;

    let from = Instance { item: item.item, ordinal: 1 };
    let listed = screens.moving(wrong, from).unwrap();
    let to = listed.targets.iter().find(|target| target.task == right).unwrap().instance;
    let wanted =
        MoveResult { task: wrong, item: from.item, ordinal: 1, to_task: right, to_item: to.item, to_ordinal: 1 };
    tasks.move_result(&wanted).unwrap();
    phone.hand_in(right, 2);
    phone.sends_all().await;
    assert_eq!(phone.not_counted(), [] as [&str; 0]);
    let (left, arrived) = (scene.task(wrong).await.unwrap().task, scene.task(right).await.unwrap().task);
    assert_eq!((left.state, left.current_results().count()), (TaskState::Executing, 0));
    assert_eq!((arrived.state, arrived.current_results().count()), (TaskState::PendingReview, 1));
    assert_eq!(arrived.photos_of(ResultKey { item: to.item, ordinal: 1 }).count(), 1);

    let li = Browser::of(&scene.office, "li").await;
    for (task, other, told) in [(wrong, right, "已移到另一个任务"), (right, wrong, "从另一个任务移来")]
    {
        let page = li.get(&format!("/tasks/{task}")).await;
        assert!(page.text().contains(told), "{told}: {}", page.text());
        let link = format!("/tasks/{other}");
        assert!(page.html().contains(&format!("href=\"{link}\"")), "{}", page.html());
        assert_eq!(li.get(&link).await.status, StatusCode::OK);
    }
}
