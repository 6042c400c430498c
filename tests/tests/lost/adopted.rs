//! A lead decides on the phone about what the server keeps and does not count.

use crate::scene::{Phone, Scene};
use firebee_client::work::review::DecideUndecided;
use firebee_domain::{
    code::Code,
    id::{FactId, TaskId},
    parked::Choice,
};
use firebee_tests::browse::Browser;

/// A phone whose item was taken back, and that recorded an answer even so.
async fn out_of_scope(scene: &Scene) -> (Phone, TaskId) {
    let ma = scene.phone("Pixel 6a").await;
    let item = ma.items()[0];
    let task = ma.start(item);
    scene.pass(&[&ma], 60_000);
    scene.recall(&[item]).await;
    // The phone hears of it before it sends what it has, and goes on even so.
    scene.cut(|path| path == "/v1/push");
    let _ = ma.client.sync().now().await;
    let _ = ma.client.sync().now().await;
    scene.pass(&[&ma], 60_000);
    ma.answer(task, item);
    scene.mend();
    ma.sends_all().await;
    assert_eq!(ma.not_counted(), ["out_of_scope"]);
    (ma, task)
}

fn decide(lead: &Phone, facts: Vec<FactId>, decision: Choice, reason: &str) -> Result<(), Code> {
    let input = DecideUndecided { facts, decision, reason: reason.to_owned() };
    lead.client.review().decide_undecided(&input).map_err(|error| error.code())
}

/// the lead reads on the phone what was recorded and why it does not count, decides without a network, and the
/// decision does what it does on the console.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_131_a_lead_adopts_or_refuses_on_the_phone_without_a_network() {
    for (decision, counts) in [(Choice::Adopted, true), (Choice::Refused, false)] {
        let scene = Scene::open().await;
        let (ma, task) = out_of_scope(&scene).await;
        let li = scene.phone_of("li", "Nokia 8.3 5G").await;
        let screen = li.client.screens().undecided().unwrap();
        let group = &screen.groups[0];
        assert_eq!((screen.groups.len(), group.task, group.count), (1, task, 1), "{screen:?}");
        assert!(screen.text.contains("1 条记录已收到但不计入"), "{}", screen.text);
        assert_eq!(group.author_name, "马晓燕");
        assert!(group.why.contains("没有下发给您"), "{}", group.why);
        assert!(group.rows[0].says.contains("不能测试"), "{group:?}");
        assert!(group.rows[0].when.sure.as_ref().is_some_and(|sure| sure.contains("手机")), "{group:?}");
        assert!(group.adopt.allowed && group.refuse.allowed && group.adopt.consequence.is_some());
        assert_eq!(li.client.screens().today().unwrap().undecided.unwrap().count, 1);
        assert!(ma.client.screens().undecided().unwrap().groups.is_empty());
        let fact = group.rows[0].fact;
        assert_eq!(
            decide(&ma, vec![fact], decision, "与业主核对过"),
            Err(Code::AlreadyDone),
            "nothing waits for an operator"
        );
        assert_eq!(decide(&li, vec![fact], decision, " "), Err(Code::TextRequired));
        assert_eq!(decide(&li, Vec::new(), decision, "与业主核对过"), Err(Code::NothingChosen));

        scene.cut(|_| true);
        decide(&li, vec![fact], decision, "与业主核对过").unwrap();
        assert_eq!(li.client.screens().today().unwrap().undecided.unwrap().count, 0);
        assert_eq!(decide(&li, vec![fact], decision, "与业主核对过"), Err(Code::AlreadyDone));
        assert_eq!(scene.task(task).await.unwrap().task.results.len(), 0);
        scene.mend();
        li.sends_all().await;
        assert_eq!(scene.task(task).await.unwrap().task.results.len(), usize::from(counts));
        assert_eq!(scene.parked(Code::OutOfScope).await, 0);
        li.client.sync().now().await.unwrap();
        assert!(li.client.screens().undecided().unwrap().groups.is_empty());
        assert_eq!(li.not_counted(), Vec::<String>::new());
        ma.client.sync().now().await.unwrap();
        let left: &[&str] = if counts { &[] } else { &["not_adopted"] };
        assert_eq!(ma.not_counted(), left);
    }
}

/// of two decisions the one that the server has first counts. The other one is kept, does nothing, and the lead is
/// told.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_131_a_second_decision_does_nothing_and_says_so() {
    let scene = Scene::open().await;
    let (ma, task) = out_of_scope(&scene).await;
    let li = scene.phone_of("li", "Nokia 8.3 5G").await;
    let fact = li.client.screens().undecided().unwrap().groups[0].rows[0].fact;
    scene.decide("wang", &ma, task, "refused").await;
    decide(&li, vec![fact], Choice::Adopted, "与业主核对过").unwrap();
    li.sends_all().await;
    assert_eq!(li.not_counted(), ["already_done"]);
    assert_eq!(scene.task(task).await.unwrap().task.results.len(), 0);
    assert_eq!(scene.parked(Code::NotAdopted).await, 1);
    ma.client.sync().now().await.unwrap();
    assert_eq!(ma.not_counted(), ["not_adopted"]);
}

/// a decision of a phone that has lost its account decides nothing, and waits for nobody. The lead is told, and
/// the facts wait on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_034_a_decision_of_a_phone_that_has_lost_its_account_decides_nothing() {
    let scene = Scene::open().await;
    let (_ma, task) = out_of_scope(&scene).await;
    let li = scene.phone_of("li", "Nokia 8.3 5G").await;
    let fact = li.client.screens().undecided().unwrap().groups[0].rows[0].fact;
    scene.cut(|_| true);
    decide(&li, vec![fact], Choice::Adopted, "与业主核对过").unwrap();
    let wang = Browser::of(&scene.office, "wang").await;
    let action = format!("/staff/{}/phone", scene.office.account("li"));
    let released = wang.submit(&wang.get("/staff").await, &action, &[("reason", "遗失")]).await;
    assert!(released.location().starts_with("/staff?done="), "{}", released.text());
    scene.mend();
    li.sends_all().await;
    assert_eq!(li.not_counted(), ["not_permitted"]);
    assert_eq!((scene.parked(Code::Late).await, scene.parked(Code::OutOfScope).await), (0, 1));
    assert_eq!(scene.task(task).await.unwrap().task.results.len(), 0);
}
