//! A lead reviews without a network, on what the phone fetched before; and what the office decided meanwhile.

use crate::{scene::open, stage::Stage};
use firebee_client::{Network, journal::Allowance};
use firebee_domain::{
    code::Code,
    evidence::{PhotoRole, PhotoSize},
    review::Decision,
    task::TaskState,
};
use firebee_protocol::text::{Language, problem_text};
use firebee_tests::{
    browse::Browser,
    link::{Harm, Seen},
};
use tempfile::TempDir;

fn is_look(seen: &Seen) -> bool {
    seen.method == "GET" && seen.path.starts_with("/v1/blobs/")
}

/// what waits for a lead is on the phone with its thumbnails; the lead decides without a network, and
/// the decision has the same effect as one in the office.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_161_r_411_a_lead_reviews_offline_with_the_thumbnails_that_came_before() {
    let mut stage = Stage::new().await;
    let task = stage.handed_in(0, 3).await;
    stage.lead.sync().now().await.unwrap();
    stage.link.plan(|_| Harm::Cut);
    assert_eq!(stage.here(task), (4, 0), "thumbnails come by themselves, previews when somebody asks");
    let photo = stage.photos(task)[0].photo;
    let asked = stage.lead.fetch_photo(task, photo, PhotoSize::Preview).await.unwrap_err();
    assert_eq!(asked.code(), Code::NetworkError);

    let screen = stage.review(task);
    assert!(screen.approve.allowed, "{:?}", screen.approve);
    stage.pass(60_000);
    stage.lead.review().decide_seen(&screen.seen.unwrap(), Decision::Approved, "合格", Vec::new()).unwrap();
    let own = &stage.review(task).log[0];
    assert_eq!((own.round, own.reviewer.as_deref(), own.opinion.as_str()), (1, Some("李建国"), "合格"));
    stage.link.plan(|_| Harm::None);
    stage.lead.sync().now().await.unwrap();
    stage.operator.sync().now().await.unwrap();
    let told = stage.operator.tasks().get(task).unwrap();
    assert_eq!(told.task.state, TaskState::Approved);
    assert_eq!(
        told.reviewers.values().map(String::as_str).collect::<Vec<_>>(),
        ["李建国"],
        "the log names the reviewer"
    );
    let page = Browser::of(&stage.office, "zhao").await.get(&format!("/tasks/{task}")).await;
    assert!(page.text().contains("李建国") && page.text().contains("合格"), "{}", page.text());
}

/// a decision on what the office has decided meanwhile, and one on a round that is over, have no effect. Their author
/// reads so on the phone, and the office sees them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_162_a_second_and_a_stale_decision_of_a_phone_are_shown_to_their_author() {
    let mut stage = Stage::new().await;
    let task = stage.handed_in(0, 1).await;
    stage.lead.sync().now().await.unwrap();
    let first = stage.review(task).seen.unwrap();
    stage.pass(60_000);
    stage.lead.review().decide_seen(&first, Decision::Approved, "合格", Vec::new()).unwrap();
    stage.decide_in_the_office(task, "rejected", "请重拍").await;
    stage.lead.sync().now().await.unwrap();
    let told = |code| problem_text(code, &[], Language::Zh);
    let screen = stage.review(task);
    assert_eq!(screen.task.not_counted, [told(Code::TaskNotPending)]);
    let log: Vec<_> = screen.log.iter().map(|row| (row.round, row.reviewer.clone().unwrap())).collect();
    assert_eq!(log, [(1, "赵敏".to_owned())], "the office was first");
    assert!(stage.lead.screens().sync().unwrap().not_counted.iter().any(|note| note.code == Code::TaskNotPending));
    let li = Browser::of(&stage.office, "li").await;
    let page = li.get(&format!("/tasks/{task}")).await;
    assert!(page.html().contains("task_not_pending") && page.text().contains("请重拍"), "{}", page.text());

    // The second round waits. Whoever looked at the first decides nothing, on neither side.
    stage.operator.sync().now().await.unwrap();
    stage.photograph(task, PhotoRole::Panel, None);
    stage.submit(task).await;
    stage.lead.sync().now().await.unwrap();
    let stale = stage.lead.review().decide_seen(&first, Decision::Approved, "", Vec::new()).unwrap_err();
    assert_eq!(stale.code(), Code::OtherRound);
    let second = stage.review(task).seen.unwrap();
    assert_ne!(second, first);
    stage.lead.review().decide_seen(&second, Decision::Rejected, "面板不清楚", Vec::new()).unwrap();
    stage.lead.sync().now().await.unwrap();
    stage.operator.sync().now().await.unwrap();
    let log = stage.operator.tasks().get(task).unwrap().task.reviews;
    assert_eq!(log.iter().map(|review| review.decided.round).collect::<Vec<_>>(), [1, 2]);
}

/// the lead sets how much is kept. What waits longest comes first; pictures of a task that is decided make room.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_411_the_thumbnails_fit_into_what_the_lead_allows_and_those_of_decided_tasks_make_room() {
    let mut stage = Stage::new().await;
    let first = stage.handed_in(0, 2).await;
    let second = stage.handed_in(1, 2).await;
    // Room for what one thumbnail may need at most, and for nothing beside it.
    stage.lead.sync().keep_looks(66_000).unwrap();
    stage.lead.sync().now().await.unwrap();
    let (of_first, of_second) = (stage.here(first).0, stage.here(second).0);
    assert!(of_first > 0 && of_second == 0, "{of_first} {of_second}: the one that waits longest comes first");
    stage.lead.sync().keep_looks(200_000_000).unwrap();
    stage.lead.sync().now().await.unwrap();
    assert_eq!((stage.here(first), stage.here(second)), ((3, 0), (3, 0)));
    let used = stage.lead.screens().sync().unwrap();
    let rules = used.pictures;
    assert_eq!(rules.looks_bytes_max, 200_000_000);
    let kept = used.storage.iter().find(|row| row.what.contains("他人拍摄")).unwrap().bytes;
    assert!(kept > 0 && rules.looks_text.contains("200.0"), "{}", rules.looks_text);

    let seen = stage.review(first).seen.unwrap();
    stage.lead.review().decide_seen(&seen, Decision::Approved, "", Vec::new()).unwrap();
    stage.lead.sync().now().await.unwrap();
    assert_eq!(stage.here(first).0, 3, "they stay while there is room");
    stage.lead.sync().keep_looks(u64::try_from(kept).unwrap() - 1).unwrap();
    assert_eq!((stage.here(first).0, stage.here(second).0), (2, 3), "the oldest of the decided task went");
}

/// Pictures travel by themselves only where the user allows it; facts and documents always do, and so does what somebody
/// asks to look at. The phone remembers it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_411_pictures_wait_for_an_unmetered_network_and_say_so() {
    let mut stage = Stage::new().await;
    for client in [&stage.operator, &stage.lead] {
        client.sync().allow(Allowance::Unmetered).unwrap();
        client.sync().connectivity_changed(Network::Metered);
    }
    let task = stage.handed_in(0, 1).await;
    let unsent = stage.operator.session().unsent().unwrap();
    assert_eq!((unsent.facts, unsent.blobs), (0, 6), "two photos in three sizes wait");
    let waits = stage.operator.screens().sync().unwrap().tasks.remove(0).waits_for.unwrap();
    assert!(waits.contains("不按流量计费"), "{waits}");
    stage.operator.sync().connectivity_changed(Network::Unmetered);
    stage.operator.sync().now().await.unwrap();
    assert_eq!(stage.operator.session().unsent().unwrap().blobs, 0);

    stage.link.take_log();
    stage.lead.sync().now().await.unwrap();
    assert!(!stage.link.take_log().iter().any(|(seen, _)| is_look(seen)));
    assert_eq!(stage.here(task), (0, 0));
    let photo = stage.photos(task)[0].photo;
    stage.lead.fetch_photo(task, photo, PhotoSize::Thumbnail).await.unwrap();
    assert_eq!(stage.here(task), (1, 0), "who asks gets it over any network");
    let elsewhere = TempDir::new().unwrap();
    stage.lead = open(elsewhere.path().to_owned(), &stage.link, stage.clock.clone());
    stage.lead = open(stage.homes[1].path().to_owned(), &stage.link, stage.clock.clone());
    assert_eq!(stage.lead.screens().sync().unwrap().pictures.allowance, Allowance::Unmetered);
    stage.lead.sync().connectivity_changed(Network::Unmetered);
    stage.lead.sync().now().await.unwrap();
    assert_eq!(stage.here(task), (2, 0));
}

/// what a picture says of itself, and where else it is used, stands beside it for whoever reviews. Nothing is
/// refused.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_410_a_lead_sees_on_the_phone_and_the_console_what_makes_a_photo_doubtful() {
    let mut stage = Stage::new().await;
    let first = stage.handed_in(0, 1).await;
    // The same pictures again, in another task.
    stage.pictures = 0;
    let second = stage.handed_in(1, 1).await;
    stage.lead.sync().now().await.unwrap();
    for (task, other) in [(first, second), (second, first)] {
        let name = stage.review(other).task.name;
        let screen = stage.review(task);
        assert!(screen.approve.allowed, "{:?}", screen.approve);
        assert!(screen.flags.contains(&"2 张照片需要核对，原因写在照片旁".to_owned()), "{:?}", screen.flags);
        for photo in stage.photos(task) {
            let flags = ["照片文件中没有相机信息。".to_owned(), format!("同一张照片还用于任务“{name}”")];
            assert_eq!(photo.flags, flags);
        }
        let page = Browser::of(&stage.office, "li").await.get(&format!("/tasks/{task}")).await;
        assert!(page.text().contains(&name) && page.text().contains("照片文件中没有相机信息。"), "{}", page.text());
    }
}
