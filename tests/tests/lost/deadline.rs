//! The limit of a month, a quarter and a year, on phones that sync weeks later.

use crate::scene::{Phone, Scene};
use firebee_domain::{
    catalogue::Nature,
    id::TaskId,
    time::{DecidedBy, Punctuality, Timeliness, Timestamp, china_midnight},
};
use firebee_protocol::document::TaskDocument;
use firebee_tests::browse::Browser;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
const YEAR_MS: i64 = 366 * DAY_MS;

/// The first instant that is too late.
fn after(last_day: &str) -> Timestamp {
    china_midnight(last_day.parse().unwrap()).plus_ms(DAY_MS)
}

fn judged(document: &TaskDocument) -> Timeliness {
    document.due.unwrap().of_last_round(&document.task).unwrap()
}

/// A phone that has met the server ten minutes before the limit, and whose wall clock is a year off.
async fn ready(scene: &Scene, limit: Timestamp) -> Phone {
    let phone = scene.phone("Pixel 6a").await;
    scene.pass(&[&phone], limit.ms_since(scene.office.clock.now()) - 600_000);
    phone.client.sync().now().await.unwrap();
    phone.clock.set_wall_ms(limit.0 - YEAR_MS);
    phone
}

/// One task handed in at 23:59:59 of the last day, one two seconds later.
fn two_tasks(phone: &Phone, before_ms: i64) -> [TaskId; 2] {
    let items = phone.items();
    let late = phone.start(items[1]);
    phone.answer(late, items[1]);
    // Two seconds have passed; the next task takes four.
    phone.clock.advance_ms(before_ms - 2_000 - 4_000 - 1_000);
    let in_time = phone.whole(items[0], 1);
    phone.clock.advance_ms(1_000);
    phone.hand_in(late, 10);
    [in_time, late]
}

/// what was handed in at 23:59:59 of the last day is in time when it comes weeks
/// later, two seconds later it is late. A month, February, a quarter and a year end so. The phone's wall clock, a year off,
/// decides nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_221_r_224_the_last_second_of_a_period_is_in_time_on_a_phone_that_syncs_weeks_later() {
    let periods = [
        (Nature::Month, "2026-11", "2026-11-30"),
        (Nature::Month, "2027-02", "2027-02-28"),
        (Nature::Quarter, "2026-10", "2026-12-31"),
        (Nature::Year, "2026-01", "2026-12-31"),
    ];
    for (nature, month, last_day) in periods {
        let limit = after(last_day);
        let scene = Scene::open_for(nature, month, limit.plus_ms(-DAY_MS)).await;
        let phone = ready(&scene, limit).await;
        let [in_time, late] = two_tasks(&phone, 600_000);
        scene.pass(&[&phone], 20 * DAY_MS);
        phone.sends_all().await;
        let by_clock = |verdict| Timeliness { verdict, by: DecidedBy::PhoneClock };
        let of = async |task| judged(&scene.task(task).await.unwrap());
        assert_eq!(of(in_time).await, by_clock(Punctuality::InTime), "{last_day}");
        assert_eq!(of(late).await, by_clock(Punctuality::Late), "{last_day}");
    }
}

/// the days that are left, the warning before a late submission, and afterwards the same judgement on the
/// phone, for the lead, in the list with its filter and on the plan's page.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_128_r_221_how_a_submission_is_judged_is_shown_wherever_the_task_is() {
    let limit = after("2026-11-30");
    let scene = Scene::open().await;
    let li = scene.phone_of("li", "Nokia 8.3 5G").await;
    let phone = scene.phone("Pixel 6a").await;
    assert_eq!(phone.client.screens().today().unwrap().issued[0].left.days, 14);
    scene.pass(&[&phone, &li], limit.ms_since(scene.office.clock.now()) - 600_000);
    phone.client.sync().now().await.unwrap();
    let items = phone.items();
    let late = phone.start(items[1]);
    let screen = phone.client.screens().task(late).unwrap();
    assert_eq!(screen.due.unwrap().left.unwrap().days, 0);
    assert!(!screen.warnings.iter().any(|warning| warning.contains("已过")), "{:?}", screen.warnings);
    phone.answer(late, items[1]);
    let in_time = phone.whole(items[0], 1);
    scene.pass(&[&phone, &li], 3_600_000);
    phone.photograph(late, None, 10);
    let screen = phone.client.screens().task(late).unwrap();
    assert!(screen.warnings.iter().any(|warning| warning.contains("11月30日 已过")), "{:?}", screen.warnings);
    phone.hand_in(late, 11);
    phone.sends_all().await;
    phone.client.sync().now().await.unwrap();

    let rows = phone.client.screens().search(&Default::default()).unwrap().rows;
    let word = |task| rows.iter().find(|row| row.task == task).unwrap().in_time.clone().unwrap().word;
    assert_eq!((word(in_time), word(late)), ("按期提交".into(), "逾期提交".into()));
    li.client.sync().now().await.unwrap();
    let review = li.client.screens().review(late).unwrap();
    assert_eq!(review.task.due.unwrap().in_time.unwrap().word, "逾期提交");
    assert!(review.flags.iter().any(|flag| flag.contains("不能列入")), "{:?}", review.flags);

    let browser = Browser::of(&scene.office, "li").await;
    let listed = browser.get("/tasks?time=late").await.html();
    assert!(listed.contains(&late.to_string()) && !listed.contains(&in_time.to_string()));
    let listed = browser.get("/tasks?time=in_time").await.html();
    assert!(listed.contains(&in_time.to_string()) && !listed.contains(&late.to_string()));
    let plan = browser.get(&format!("/plans/{}", scene.plan)).await.text();
    assert!(plan.contains("按期提交 1") && plan.contains("逾期提交 1") && plan.contains("有 1 个任务"), "{plan}");
    assert!(browser.get(&format!("/tasks/{late}")).await.text().contains("逾期提交"));
}

/// after more than 31 days without the server the phone's clocks decide nothing; nor do they after a restart in
/// which the phone met neither the server nor a satellite. Satellites alone do.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_128_what_nothing_shows_is_not_provable_and_satellites_show_it() {
    let limit = after("2026-11-30");
    let not_provable = Timeliness { verdict: Punctuality::NotProvable, by: DecidedBy::Receipt };
    let by_clock = Timeliness { verdict: Punctuality::InTime, by: DecidedBy::PhoneClock };
    for (satellites, away_ms, expected) in
        [(false, 5 * DAY_MS, not_provable), (true, 5 * DAY_MS, by_clock), (true, 32 * DAY_MS, not_provable)]
    {
        let scene = Scene::open().await;
        let phone = ready(&scene, limit.plus_ms(-DAY_MS)).await;
        phone.clock.restart();
        if satellites {
            phone.clock.give_satellites(limit.plus_ms(-2 * HOUR_MS));
        }
        let task = phone.whole(phone.items()[0], 1);
        phone.clock.restart();
        scene.pass(&[&phone], away_ms);
        phone.sends_all().await;
        let document = scene.task(task).await.unwrap();
        assert_eq!(judged(&document), expected, "satellites: {satellites}, away for {away_ms} ms");
        let browser = Browser::of(&scene.office, "li").await;
        let page = browser.get(&format!("/tasks/{task}")).await.text();
        let word = if expected == by_clock { "按期提交" } else { "无法证明按期" };
        assert!(page.contains(word), "{page}");
    }
}
