//! What the phone tells somebody who does not look, on real stores and without a network.

use super::{lead_with, screens};
use crate::{
    fakes::{FakeOffice, ITEM_IDS, LEAD},
    screen::{About, Ahead, Reminders},
    work::{
        tests::{Phone, dispatch::sent, operator, story::rejected},
        track::StartTrack,
    },
};
use firebee_domain::track::{Cause, Fix, Provider};
use firebee_protocol::text::Language;

const HOUR_MS: i64 = 3_600_000;

fn told(phone: &Phone, seen: bool) -> Vec<(String, String)> {
    let Reminders { post, .. } = screens(phone, Language::Zh).reminders(seen).unwrap();
    post.into_iter().map(|one| (one.title, one.text)).collect()
}

fn taken_down(phone: &Phone) -> Vec<String> {
    screens(phone, Language::Zh).reminders(false).unwrap().take_down
}

fn fix(phone: &Phone) {
    let boot_ms = crate::ports::Clock::now(&*phone.clock).boot_ms;
    let fix =
        Fix { boot_ms, lat_e6: 36_617_000, lon_e6: 101_778_000, accuracy_m: 5, provider: Provider::Gnss, mock: false };
    phone.client.tracks().append(&[fix]).unwrap();
}

#[test]
fn r_375_a_track_that_breaks_off_is_told_with_its_remedy_and_taken_down_when_it_goes_on() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    phone.client.tracks().start(StartTrack { task, replayed: false }).unwrap();
    fix(&phone);
    assert_eq!(told(&phone, true), []);
    phone.clock.advance_ms(1_000);
    let heard = crate::ports::Clock::now(&*phone.clock).boot_ms;
    phone.client.tracks().notice(Cause::PermissionMissing, heard).unwrap();
    let post = screens(&phone, Language::Zh).reminders(true).unwrap().post.remove(0);
    assert_eq!(post.title, "轨迹已中断：没有定位权限");
    assert!(post.text.ends_with("：请在系统设置中把定位权限改为“始终允许”。"), "{}", post.text);
    assert_eq!(post.about, About::Track);
    assert_eq!(told(&phone, true), [], "it is told once");
    phone.clock.advance_ms(1_000);
    fix(&phone);
    assert_eq!(taken_down(&phone), [post.key]);
}

/// The app was ended with its process; whoever opens the stores next, such as a job of the system, says so.
#[test]
fn r_375_an_app_that_the_system_ended_is_told_by_the_next_one() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    phone.client.tracks().start(StartTrack { task, replayed: false }).unwrap();
    for _ in 0..12 {
        fix(&phone);
        phone.clock.advance_ms(1_000);
    }
    let phone = phone.restart();
    phone.clock.advance_ms(120_000);
    let post = told(&phone, false);
    assert_eq!(post[0].0, "轨迹已中断：系统结束了应用");
}

#[test]
fn r_375_a_plan_that_ends_in_three_days_is_told_each_day() {
    let (phone, _) = operator();
    assert_eq!(told(&phone, false), [], "three weeks are left");
    phone.clock.advance_ms(18 * 24 * HOUR_MS);
    let [(title, text)] = &told(&phone, false)[..] else { panic!("one plan ends") };
    assert_eq!(title, "计划期限：还有 3 天");
    assert!(text.ends_with("2026-07，已提交 0/3 项"), "{text}");
    assert_eq!(told(&phone, false), []);
    phone.clock.advance_ms(24 * HOUR_MS);
    assert_eq!(told(&phone, true), [], "somebody looks");
    phone.clock.advance_ms(24 * HOUR_MS);
    assert_eq!(told(&phone, false)[0].0, "计划期限：还有 1 天");
}

#[test]
fn r_375_what_is_unsent_for_a_day_is_told_and_taken_down_once_it_is_sent() {
    let (phone, mut office) = operator();
    phone.start(&ITEM_IDS);
    phone.clock.advance_ms(23 * HOUR_MS);
    assert_eq!(told(&phone, false), []);
    phone.clock.advance_ms(HOUR_MS);
    assert_eq!(
        told(&phone, false),
        [("有记录超过一天没有上传".to_owned(), "1 条待上传，都已保存在本机。请连接网络并打开应用。".to_owned())]
    );
    office.accept(&phone.client).unwrap();
    assert_eq!(taken_down(&phone), ["unsent"]);
}

#[test]
fn r_375_a_dispatch_and_a_rejected_task_are_told_once_with_where_they_lead() {
    let (phone, .., id) = sent();
    let post = screens(&phone, Language::Zh).reminders(false).unwrap().post;
    let news: Vec<_> = post.iter().filter(|one| one.about == About::Dispatch { dispatch: id }).collect();
    assert_eq!(news[0].title, "收到派工：维修");
    assert_eq!(told(&phone, false), []);
    phone.client.dispatches().receive(id).unwrap();
    assert_eq!(taken_down(&phone), [format!("dispatch {id}")]);

    let (phone, task) = rejected();
    let post = screens(&phone, Language::Zh).reminders(false).unwrap().post;
    let news: Vec<_> = post.iter().filter(|one| one.about == About::Task { task }).collect();
    assert!(news[0].title.starts_with("审核不通过："), "{}", news[0].title);
    assert_eq!(news[0].text, "photo unclear", "the opinion says what to do");
    assert_eq!(told(&phone, false), []);
}

#[test]
fn r_375_a_lead_is_told_when_more_waits() {
    let (phone, mut office) = operator();
    let task = phone.start(&ITEM_IDS);
    let lead = lead_with(&phone, &mut office, task);
    let post = screens(&lead, Language::Zh).reminders(false).unwrap().post;
    assert!(post.iter().any(|one| one.about == About::Review && one.text == "1 个任务等待您审核"), "{post:?}");
    assert_eq!(told(&lead, false), []);
    assert_eq!(told(&Phone::of(&FakeOffice::default(), LEAD), false), [], "nothing waits");
}

fn foreseen(phone: &Phone) -> Vec<(i32, String)> {
    let all = screens(phone, Language::Zh).ahead().unwrap();
    all.into_iter().map(|Ahead { reminder, after_s }| (after_s, reminder.title)).collect()
}

/// The app does not run for days: the phone's clock tells each of the plan's last days, and it counts as told.
#[test]
fn r_375_the_last_days_of_a_plan_are_foretold_for_their_mornings_and_not_told_twice() {
    let (phone, _) = operator();
    assert_eq!(foreseen(&phone), [], "three weeks are left");
    phone.clock.advance_ms(16 * 24 * HOUR_MS);
    let days = foreseen(&phone);
    let titles: Vec<&str> = days.iter().map(|(_, title)| title.as_str()).collect();
    assert_eq!(
        titles,
        ["计划期限：还有 3 天", "计划期限：还有 2 天", "计划期限：还有 1 天", "计划期限：今天是最后一天"]
    );
    assert!(days.windows(2).all(|pair| pair[1].0 - pair[0].0 == 86_400), "one a day: {days:?}");
    phone.clock.advance_ms(i64::from(days[1].0) * 1_000);
    assert_eq!(told(&phone, false), [], "the clock has told that two days are left");
    assert_eq!(foreseen(&phone)[0].1, "计划期限：还有 1 天");
}

/// While the app lives it asks anew every minute, so the alarm never goes off; the system ends the app, and it does.
#[test]
fn r_375_a_track_whose_app_the_system_ends_is_foretold() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    phone.client.tracks().start(StartTrack { task, replayed: false }).unwrap();
    fix(&phone);
    let track = |phone: &Phone| foreseen(phone).into_iter().find(|(_, title)| title.starts_with("轨迹已中断"));
    let (after_s, _) = track(&phone).unwrap();
    assert!((900..910).contains(&after_s), "{after_s}");
    phone.clock.advance_ms(600_000);
    fix(&phone);
    assert_eq!(told(&phone, true), []);
    assert_eq!(track(&phone).unwrap().0, after_s, "it is moved on");
    phone.client.tracks().stop().unwrap();
    assert_eq!(track(&phone), None);
}

#[test]
fn r_375_what_is_unsent_is_foretold_for_the_end_of_its_day() {
    let (phone, mut office) = operator();
    phone.start(&ITEM_IDS);
    phone.clock.advance_ms(23 * HOUR_MS);
    let waits = |phone: &Phone| foreseen(phone).into_iter().find(|(_, title)| title == "有记录超过一天没有上传");
    assert_eq!(waits(&phone).unwrap().0, 3_601);
    phone.clock.advance_ms(2 * HOUR_MS);
    assert_eq!(told(&phone, false), [], "the clock has told it");
    office.accept(&phone.client).unwrap();
    assert_eq!(waits(&phone), None);
    assert_eq!(taken_down(&phone), ["unsent"]);
}
