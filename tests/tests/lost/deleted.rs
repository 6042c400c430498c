//! The office deletes a running task, takes items back and deletes the plan, while the phone is away (R-116 to R-117b,
//!

use crate::scene::Scene;
use axum::http::StatusCode;
use firebee_client::work::{task::StartSupplementary, track::StartTrack};
use firebee_domain::{
    code::Code,
    task::TaskState,
    track::{Fix, Provider},
};
use firebee_server::sql;
use firebee_tests::browse::Browser;

/// R-117a, R-131, R-132: task, then items, then plan. What the phone recorded meanwhile arrives, is kept and
/// shown, and does not count; the phone tells why, and keeps its own data.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_117a_r_131_a_running_task_its_items_and_its_plan_are_deleted_while_the_phone_is_away() {
    let scene = Scene::open().await;
    let phone = scene.phone("Pixel 6a").await;
    let items = phone.items();
    let task = phone.start(items[0]);
    phone.client.tracks().start(StartTrack { task, replayed: false }).unwrap();
    phone.client.sync().now().await.unwrap();
    // In the basement: an answer, a photo, a walk, and another task from its start.
    phone.answer(task, items[0]);
    phone.photograph(task, Some(items[0]), 1);
    let boot_ms = 3_600_000 + 10_000;
    let fix =
        Fix { boot_ms, lat_e6: 36_617_000, lon_e6: 101_778_000, accuracy_m: 5, provider: Provider::Gnss, mock: false };
    phone.client.tracks().append(&[fix]).unwrap();
    let unsent = phone.start(items[1]);

    let li = Browser::of(&scene.office, "li").await;
    let plan = format!("/plans/{}", scene.plan);
    assert!(!li.get(&plan).await.html().contains("/delete\""), "R-117: issued items stand before the plan");
    let unsaid = scene.delete("li", task, " ").await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unsaid.html().contains("text_required"), "{}", unsaid.text());
    let done = scene.delete("li", task, "手机升级后任务丢失").await;
    assert!(done.location().contains("?done="), "{}", done.text());
    let executing = sql!("SELECT count(*) FROM plan_item WHERE state = 'executing' OR task IS NOT NULL");
    assert_eq!(scene.number(executing).await, 0);
    assert_eq!(scene.number(sql!("SELECT count(*) FROM plan_item WHERE state = 'issued'")).await, 4);
    assert_eq!(scene.task(task).await.unwrap().task.state, TaskState::Discarded);
    let page = li.get(&format!("/tasks/{task}")).await.text();
    assert!(page.contains("李建国") && page.contains("手机升级后任务丢失") && !page.contains("确认删除"), "{page}");
    let acts = firebee_tests::acts::acts(&scene.office.app.store, "delete_task").await;
    assert_eq!((acts.len(), acts[0].account), (1, Some(scene.office.account("li"))));
    scene.recall(&items).await;
    let page = li.get(&plan).await;
    let action = format!("/projects/{}/plans/{}/delete", scene.office.project(), scene.plan);
    let gone = li.submit(&page, &action, &[]).await;
    assert!(gone.location().contains("done="), "{}", gone.text());

    // The phone comes back.
    phone.sends_all().await;
    phone.client.sync().now().await.unwrap();
    let shown = phone.client.screens().task(task);
    let codes = phone.not_counted();
    assert_eq!(codes.iter().filter(|code| *code == "task_discarded").count(), 2, "{codes:?}");
    assert_eq!(codes.iter().filter(|code| *code == "plan_deleted").count(), 1, "{codes:?}");
    assert!(scene.task(unsent).await.is_none());
    let shown = shown.unwrap();
    assert!(shown.gone.unwrap().text.contains("手机升级后任务丢失"));
    assert!(!shown.record.allowed && !shown.submit.allowed && !shown.not_counted.is_empty());
    let today = phone.client.screens().today().unwrap().tasks;
    assert!(today.iter().any(|row| row.task == task && row.next.contains("手机升级后任务丢失")), "{today:?}");
    // The track ends like any other, and its last piece is kept too.
    phone.client.tracks().stop().unwrap();
    phone.sends_all().await;
    let kept = scene.parked(Code::TaskDiscarded).await;
    assert_eq!(kept, 3, "the answer, the photo, the piece of the track");
    let parked = li.get("/parked").await.text();
    assert!(parked.contains("任务已被删除") && parked.contains("计划已被删除"), "{parked}");
    assert_eq!(scene.number(sql!("SELECT count(*) FROM blob WHERE state <> 'verified'")).await, 0, "every file came");
    assert_eq!(phone.unsent(), Default::default());
}

/// R-117b, R-132: what was submitted is not deleted, and only the lead and a manager delete.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_117b_r_132_a_submitted_task_stays_and_only_its_lead_and_a_manager_delete() {
    let scene = Scene::open().await;
    let phone = scene.phone("Pixel 6a").await;
    let items = phone.items();
    let (handed_in, running) = (phone.whole(items[0], 1), phone.start(items[1]));
    phone.sends_all().await;
    for login in ["li", "wang"] {
        let browser = Browser::of(&scene.office, login).await;
        let offers = async |task| browser.get(&format!("/tasks/{task}")).await.html().contains("/delete\"");
        assert_eq!((offers(handed_in).await, offers(running).await), (false, true), "{login}");
    }
    // A form that was open when the task was handed in.
    let li = Browser::of(&scene.office, "li").await;
    let page = li.get(&format!("/tasks/{running}")).await;
    phone.answer(running, items[1]);
    phone.hand_in(running, 20);
    phone.sends_all().await;
    let late = li.submit(&page, &format!("/tasks/{running}/delete"), &[("reason", "重做")]).await;
    assert!(late.html().contains("task_not_discardable"), "{}", late.text());
    for login in ["sun", "zhao"] {
        let browser = Browser::of(&scene.office, login).await;
        let page = browser.get(&format!("/tasks/{running}")).await;
        assert!(!page.html().contains("/delete\""), "{login}");
    }
    let plan = li.get(&format!("/plans/{}", scene.plan)).await.text();
    assert!(plan.contains("计划中已有提交或通过的任务"), "{plan}");
}

/// a task outside the plan goes on when the plan is deleted by whose assignment its executor worked in the
/// project. What the phone records then counts, whether its start had come before or not, and the lead reads why.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_116_r_124_a_running_task_outside_the_plan_goes_on_when_the_plan_is_deleted() {
    for start_came_before in [true, false] {
        let scene = Scene::open().await;
        let phone = scene.phone("Pixel 6a").await;
        let project = scene.office.project();
        let start = StartSupplementary { project, items: vec!["power-genset.a".into()], location_allowed: true };
        phone.clock.advance_ms(1_000);
        let task = phone.client.tasks().start_supplementary(&start).unwrap();
        scene.pass(&[&phone], 60_000);
        if start_came_before {
            phone.client.sync().now().await.unwrap();
        }
        scene.recall(&phone.items()).await;
        let li = Browser::of(&scene.office, "li").await;
        let action = format!("/projects/{project}/plans/{}/delete", scene.plan);
        let gone = li.submit(&li.get(&format!("/plans/{}", scene.plan)).await, &action, &[]).await;
        assert!(gone.location().contains("done="), "{}", gone.text());
        // The phone hears of it before it sends anything more.
        scene.cut(|path| path == "/v1/push");
        let _ = phone.client.sync().now().await;
        let _ = phone.client.sync().now().await;
        assert!(phone.client.projects().issued(None).unwrap().is_empty(), "the assignment is gone");
        scene.mend();
        scene.pass(&[&phone], 60_000);
        let item = phone.client.tasks().get(task).unwrap().task.items[0].item;
        phone.answer(task, item);
        phone.photograph(task, Some(item), 1);
        phone.hand_in(task, 2);
        phone.sends_all().await;
        phone.client.sync().now().await.unwrap();
        assert_eq!(phone.not_counted(), Vec::<String>::new(), "start came before: {start_came_before}");
        let held = scene.task(task).await.unwrap();
        assert_eq!((held.task.state, held.task.results.len()), (TaskState::PendingReview, 1));
        let page = li.get(&format!("/tasks/{task}")).await.text();
        assert!(page.contains("开始时所依据的计划已被删除"), "{page}");
    }
}
