//! What a phone recorded while the office gave its items to somebody else (R-117a, R-131, R-136).

use crate::scene::Scene;
use firebee_domain::{code::Code, result::Verdict, task::TaskState};
use firebee_server::accept::PushError;
use firebee_tests::{
    browse::Browser,
    device::{Device, Sign},
    recorded::untestable,
};

/// an item that went to another while the phone was away. The work arrives, is kept, and does not count; its
/// author and the lead see why. The lead decides between the two tasks: deletes the one and adopts the other, which is
/// judged by the plan as it stands.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_131_r_136_work_on_an_item_that_another_holds_is_kept_and_the_lead_decides() {
    let scene = Scene::open().await;
    let ma = scene.phone("Pixel 6a").await;
    let item = ma.items()[0];
    let done = ma.whole(item, 1);
    // Meanwhile the item goes to somebody else, who begins with it.
    scene.recall(&[item]).await;
    scene.issue(&[item], "chen").await;
    let chen = scene.phone_of("chen", "Nokia 8.3 5G").await;
    let begun = chen.start(item);
    chen.client.sync().now().await.unwrap();

    ma.sends_all().await;
    ma.client.sync().now().await.unwrap();
    let held = scene.task(done).await.unwrap();
    assert_eq!((held.task.state, held.task.results.len()), (TaskState::Executing, 0));
    assert_eq!(ma.not_counted(), ["item_already_in_task", "item_already_in_task", "manifest_mismatch"]);
    let told = ma.client.screens().task(done).unwrap().not_counted;
    assert!(told[0].contains("已在另一个任务中"), "{told:?}");
    let li = Browser::of(&scene.office, "li").await;
    let waits = li.get("/undecided").await.text();
    assert!(waits.contains("2 条记录等待决定") && waits.contains("已在另一个任务中"), "{waits}");
    let parked = li.get("/parked").await.html();
    assert!(parked.contains("item_already_in_task") && parked.contains("href=\"/undecided\""), "{parked}");

    // Adopting changes nothing while the other task holds the item.
    scene.decide("li", &ma, done, "adopted").await;
    assert_eq!(scene.parked(Code::ItemAlreadyInTask).await, 2, "the answer and its photo");
    let deleted = scene.delete("li", begun, "改由马晓燕完成").await;
    assert!(deleted.location().contains("?done="), "{}", deleted.text());
    scene.decide("li", &ma, done, "adopted").await;
    let held = scene.task(done).await.unwrap();
    assert_eq!((held.task.state, held.task.results.len()), (TaskState::PendingReview, 1), "the submission followed");
    assert_eq!(scene.number(firebee_server::sql!("SELECT count(*) FROM parked")).await, 0);
    ma.client.sync().now().await.unwrap();
    assert_eq!(ma.not_counted(), Vec::<String>::new());
    assert_eq!(firebee_tests::acts::acts(&scene.office.app.store, "decide_parked").await.len(), 2);

    // The other phone shows its task as gone, with the reason.
    chen.client.sync().now().await.unwrap();
    let gone = chen.client.screens().task(begun).unwrap().gone.unwrap();
    assert!(gone.text.contains("改由马晓燕完成"), "{gone:?}");
    let today = chen.client.screens().today().unwrap().tasks;
    assert!(today.iter().any(|row| row.task == begun && row.next.contains("改由马晓燕完成")), "{today:?}");
    let refused = chen.client.tasks().record_result(&untestable(begun, item)).unwrap_err();
    assert_eq!(refused.code(), Code::TaskDiscarded);
}

/// what was recorded after the phone knew that the item had been taken back is out of scope, and counts as soon as
/// the lead adopts it. What the lead leaves out stays out, and its author is told.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_131_what_is_out_of_scope_counts_when_the_lead_adopts_it_and_stays_out_when_not() {
    for (decision, counts) in [("adopted", true), ("refused", false)] {
        let scene = Scene::open().await;
        let ma = scene.phone("Pixel 6a").await;
        let item = ma.items()[0];
        let task = ma.start(item);
        scene.pass(&[&ma], 60_000);
        scene.recall(&[item]).await;
        // The phone hears of it before it sends what it has, and goes on even so.
        scene.cut(|path| path == "/v1/push");
        let _ = ma.client.sync().now().await;
        let _ = ma.client.sync().now().await;
        assert_eq!(ma.client.projects().issued(None).unwrap()[0].items.len(), 3);
        scene.pass(&[&ma], 60_000);
        ma.answer(task, item);
        scene.mend();
        ma.sends_all().await;
        assert_eq!(scene.task(task).await.unwrap().task.results.len(), 0);
        assert_eq!(ma.not_counted(), ["out_of_scope"], "{decision}");
        scene.decide("wang", &ma, task, decision).await;
        assert_eq!(scene.task(task).await.unwrap().task.results.len(), usize::from(counts));
        ma.client.sync().now().await.unwrap();
        let left: &[&str] = if counts { &[] } else { &["not_adopted"] };
        assert_eq!(ma.not_counted(), left);
    }
}

/// What a push brought that had diverged stands with its author among the records to decide on, and counts once the lead
/// adopts it: the phone that could send it again may be gone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_diverged_push_brought_is_shown_with_its_author_and_can_be_adopted() {
    let scene = Scene::open().await;
    let all = scene.office.items(scene.plan).await;
    scene.issue(&[all[5].item], "chen").await;
    let firm = scene.office.firm(scene.plan).await;
    let mut device = Device::claim(&firm, firm.operators[0], 9).await;
    let mut work = device.start_task(&firm, &all[..1], firm.assignments[0]);
    device.push_from(&firm, 1).await;
    // A copy of the journal goes on by itself, and both send.
    let (mut copy, mut theirs) = (device.clone(), work.clone());
    device.result(&firm, &mut work, &all[0], Verdict::Conform);
    device.push_from(&firm, 2).await;
    copy.describe(&firm, &mut theirs);
    assert_eq!(copy.push(&firm, 2, 2, Sign::Right).await, Err(PushError::Diverged { seq: 2 }));
    assert_eq!(copy.push(&firm, 2, 2, Sign::Right).await, Err(PushError::Diverged { seq: 2 }), "nothing is doubled");
    assert_eq!(scene.parked(Code::Conflict).await, 1);
    assert!(scene.task(work.task).await.unwrap().task.description.is_none());

    let li = Browser::of(&scene.office, "li").await;
    let list = li.get("/undecided").await;
    assert!(list.text().contains("马晓燕") && list.text().contains("另行保存"), "{}", list.text());
    let html = list.html();
    let path = html.split("href=\"/undecided/").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let path = format!("/undecided/{path}");
    let page = li.get(&path).await;
    let fields = [("decision", "adopted"), ("reason", "与记录人核对过")];
    let done = li.submit(&page, &format!("{path}/decide"), &fields).await;
    assert!(done.location().contains("done="), "{}", done.text());
    assert!(scene.task(work.task).await.unwrap().task.description.is_some());
    assert_eq!(scene.number(firebee_server::sql!("SELECT count(*) FROM parked")).await, 0);
    let wang = Browser::of(&scene.office, "wang").await;
    assert_eq!(wang.get("/devices").await.html().matches(&device.store_id.to_string()).count(), 1, "no second phone");
}
