//! Somebody leaves.

use crate::scene::Scene;
use axum::http::StatusCode;
use firebee_domain::{code::Code, task::TaskState};
use firebee_server::sql;
use firebee_tests::browse::Browser;

/// what waits with a leaving operator is listed, and what is issued and not begun goes to somebody else in one act.
/// The phone is shown until it has sent; what it has is not lost.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_370_what_waits_with_a_leaving_operator_is_listed_and_handed_over_in_one_act() {
    let scene = Scene::open().await;
    let phone = scene.phone("Pixel 6a").await;
    let begun = phone.start(phone.items()[0]);
    phone.client.sync().now().await.unwrap();
    let item = phone.client.tasks().get(begun).unwrap().task.items[0].item;
    phone.answer(begun, item);
    let (ma, chen) = (scene.office.account("ma"), scene.office.account("chen"));
    let wang = Browser::of(&scene.office, "wang").await;
    let path = format!("/leave/{ma}");
    let action = format!("{path}/hand-over");
    let page = wang.get(&path).await;
    let text = page.text();
    assert!(text.contains("3 个测试项") && text.contains("Pixel 6a"), "{text}");
    let hand = async |to: &str, reason: &str| {
        wang.submit(&wang.get(&path).await, &action, &[("to", to), ("reason", reason)]).await
    };
    let unsaid = hand(&chen.to_string(), " ").await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unsaid.html().contains("text_required"), "{}", unsaid.text());
    let manager = hand(&scene.office.account("wang").to_string(), "离职").await;
    assert!(manager.html().contains("executor_not_allowed"), "{}", manager.text());
    let issued = sql!("SELECT count(*) FROM plan_item WHERE state = 'issued'");
    assert_eq!(scene.number(issued).await, 3);
    let done = hand(&chen.to_string(), "离职").await;
    assert!(done.location().contains("?done="), "{}", done.text());
    assert!(hand_is_gone(&wang.get(&path).await.text()));
    let acts = firebee_tests::acts::acts(&scene.office.app.store, "hand_over").await;
    assert_eq!((acts.len(), acts[0].account), (1, Some(scene.office.account("wang"))));
    assert!(acts[0].body.get().contains("\"reason\":\"离职\""), "{}", acts[0].body.get());

    // His account is disabled: his phone has no items any more, and sends what it has.
    let close = format!("/staff/{ma}/close");
    wang.submit(&wang.get("/staff").await, &close, &[("reason", "离职")]).await;
    assert!(phone.unsent().facts > 0);
    phone.sends_all().await;
    assert_eq!(scene.parked(Code::Late).await, 1);
    let text = wang.get(&path).await.text();
    assert!(text.contains("1 条记录等待决定") && text.contains("全部到达"), "{text}");
    scene.decide("li", &phone, begun, "adopted").await;
    let held = scene.task(begun).await.unwrap();
    assert_eq!((held.task.state, held.task.results.len()), (TaskState::Executing, 1));
    for login in ["li", "zhao"] {
        let other = Browser::of(&scene.office, login).await;
        assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND, "{login}");
    }
}

fn hand_is_gone(text: &str) -> bool {
    !text.contains("个测试项")
}

/// a lead is replaced. What waits with him in review is listed and goes to the next lead in one act: the
/// reviews stand on the next lead's phone and page, and leave his.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_069_r_370_the_reviews_of_a_replaced_lead_are_listed_and_handed_over_in_one_act() {
    let scene = Scene::open().await;
    let phone = scene.phone("Pixel 6a").await;
    let task = phone.whole(phone.items()[0], 1);
    phone.sends_all().await;
    let (old, next) = (scene.phone_of("li", "Nokia 8.3 5G").await, scene.phone_of("sun", "Fairphone 5").await);
    assert_eq!(old.client.screens().review(task).unwrap().task.task, task);
    assert!(next.client.screens().review(task).is_err());
    let wang = Browser::of(&scene.office, "wang").await;
    let path = format!("/leave/{}", scene.office.account("li"));
    let action = format!("{path}/lead");
    let text = wang.get(&path).await.text();
    assert!(text.contains("1 个任务等待审核"), "{text}");
    let hand = async |to: &str, reason: &str| {
        let to = scene.office.account(to).to_string();
        wang.submit(&wang.get(&path).await, &action, &[("to", &to), ("reason", reason)]).await
    };
    assert!(hand("sun", "").await.html().contains("text_required"));
    assert!(hand("ma", "离职").await.html().contains("lead_not_allowed"));
    let done = hand("sun", "离职").await;
    assert!(done.location().contains("?done="), "{}", done.text());
    let acts = firebee_tests::acts::acts(&scene.office.app.store, "replace_lead").await;
    assert_eq!((acts.len(), acts[0].account), (1, Some(scene.office.account("wang"))));

    old.client.sync().now().await.unwrap();
    next.client.sync().now().await.unwrap();
    assert!(old.client.screens().review(task).is_err(), "it left his phone");
    let review = next.client.screens().review(task).unwrap();
    assert!(review.approve.allowed, "{:?}", review.approve);
    let (seen, approved) = (review.seen.unwrap(), firebee_domain::review::Decision::Approved);
    next.client.review().decide_seen(&seen, approved, "", Vec::new()).unwrap();
    next.sends_all().await;
    assert_eq!(scene.task(task).await.unwrap().task.state, TaskState::Approved);
    phone.client.sync().now().await.unwrap();
    assert_eq!(phone.client.tasks().get(task).unwrap().task.state, TaskState::Approved);
    assert_eq!(
        Browser::of(&scene.office, "li").await.get(&format!("/tasks/{task}")).await.status,
        StatusCode::NOT_FOUND
    );
}

/// How many statements it takes to replace a lead who has this many tasks in review.
async fn statements_to_replace(tasks: u32) -> u64 {
    let scene = Scene::open().await;
    let phone = scene.phone("Pixel 6a").await;
    for (number, item) in (0..tasks).zip(phone.items()) {
        phone.whole(item, number * 2);
    }
    phone.sends_all().await;
    let wang = Browser::of(&scene.office, "wang").await;
    let path = format!("/leave/{}", scene.office.account("li"));
    let (page, sun) = (wang.get(&path).await, scene.office.account("sun").to_string());
    let before = scene.office.app.store.statements();
    let done = wang.submit(&page, &format!("{path}/lead"), &[("to", &sun), ("reason", "离职")]).await;
    let after = scene.office.app.store.statements();
    assert!(done.location().contains("?done="), "{}", done.text());
    let next = scene.phone_of("sun", "Fairphone 5").await;
    assert_eq!(next.client.review().queue().unwrap().len(), tasks as usize);
    after - before
}

/// an old project has thousands of documents. They go to the next lead together.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_069_a_lead_of_many_tasks_is_replaced_by_as_few_statements_as_a_lead_of_one() {
    assert_eq!(statements_to_replace(4).await, statements_to_replace(1).await);
}
