//! A task, its review, the camera and the track.

use super::{first, lead_with, screens};
use crate::{
    fakes::ITEM_IDS,
    screen::{Purpose, StepKind},
    tally,
    work::{
        tests::{good, operator},
        track::StartTrack,
    },
};
use firebee_domain::{
    code::Code,
    evidence::PhotoRole,
    fault::Way,
    review::Decision,
    task::TaskState,
    track::{Fix, Provider},
};
use firebee_protocol::text::Language;

#[test]
fn a_task_shows_what_is_still_to_be_done_and_what_may_be_done_with_it() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    phone.client.tasks().record_result(&good(task, ITEM_IDS[0])).unwrap();
    for language in Language::ALL {
        let shown = screens(&phone, language).task(task).unwrap();
        insta::assert_debug_snapshot!(
            format!("task_{}", language.tag()),
            (&shown.state, &shown.answered, &shown.items, &shown.steps, &shown.submit, &shown.discard, &shown.warnings)
        );
    }
    phone.do_all(task);
    let done = screens(&phone, Language::Zh).task(task).unwrap();
    assert!(done.steps.is_empty() && done.submit.allowed && done.submit.consequence.is_some());
    assert!(done.selfie.unwrap().thumbnail.is_some());
}

#[test]
fn a_task_is_read_with_as_many_statements_however_many_items_it_has() {
    let cost = |item_ids: &[&str]| {
        let (phone, _) = operator();
        let task = phone.start(item_ids);
        let screens = screens(&phone, Language::Zh);
        screens.task(task).unwrap();
        let before = tally::asked();
        assert_eq!(screens.task(task).unwrap().items.len(), item_ids.len());
        tally::asked() - before
    };
    assert_eq!(cost(&ITEM_IDS[..1]), cost(&ITEM_IDS));
}

/// choosing the helpers says nothing about the controller.
#[test]
fn choosing_one_part_of_a_description_leaves_the_others() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    let tasks = phone.client.tasks();
    assert_eq!(tasks.set_helpers(task, vec!["李强".into()]).unwrap_err().code(), Code::ControllerRequired);
    tasks.set_controller(task, Some("海湾".into())).unwrap();
    tasks.set_helpers(task, vec!["李强".into()]).unwrap();
    tasks.set_instruments(task, vec!["SY-01".into()]).unwrap();
    let shown = phone.client.screens().task(task).unwrap();
    assert_eq!(shown.controller.as_ref().unwrap().chosen.as_deref(), Some("海湾"));
    assert_eq!(shown.helpers.iter().map(|held| held.name.as_str()).collect::<Vec<_>>(), ["李强", "Li Na"]);
    assert!(shown.instruments[0].chosen);
}

/// the makers come with the plan's catalogue, those of other tasks first; none is an answer.
#[test]
fn r_135_makers_of_controllers_come_with_the_catalogue_and_are_searched() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS[..1]);
    let found = |words: &str| {
        let found = screens(&phone, Language::Zh).controllers(task, words).unwrap();
        found.into_iter().map(|option| option.value).collect::<Vec<_>>()
    };
    assert!(found("").len() > 10 && found("青鸟") == ["北大青鸟"] && found("jade BIRD") == ["北大青鸟"]);
    assert_eq!(found("没有这个牌子"), Vec::<String>::new());
    let other = phone.start(&ITEM_IDS[1..2]);
    phone.client.tasks().set_controller(other, Some("山鹰".into())).unwrap();
    assert_eq!(found("")[0], "山鹰", "what another task of the project named stands first");
    phone.client.tasks().set_controller(task, None).unwrap();
    let shown = screens(&phone, Language::Zh).task(task).unwrap().controller.unwrap();
    assert!(shown.none && shown.chosen.is_none() && shown.listed.iter().any(|maker| maker.value == "海湾"));
}

/// a lead decides on what was looked at, once the faults are handled.
#[test]
fn a_lead_sees_why_approval_waits_and_decides_on_what_was_seen() {
    let (phone, mut office) = operator();
    let task = phone.start(&ITEM_IDS);
    let lead = lead_with(&phone, &mut office, task);
    let shown = screens(&lead, Language::Zh).review(task).unwrap();
    assert!(!shown.approve.allowed && shown.reject.allowed);
    assert!(shown.approve.why_not.unwrap().contains("1 个故障未处理"));
    assert_eq!(shown.faults[0].text, "启动慢");
    assert_eq!(
        shown.faults[0].ways.iter().map(|way| way.word.as_str()).collect::<Vec<_>>(),
        ["排查", "业主同意维修", "业主不同意维修", "不在合同范围内", "与业主沟通中"]
    );
    let asks: Vec<_> = shown.faults[0].ways.iter().map(|way| way.asks).collect();
    assert_eq!(asks, Way::ALL.iter().map(|way| way.asks()).collect::<Vec<_>>());
    let english = screens(&lead, Language::En).review(task).unwrap();
    assert_eq!(english.answers[0].verdict.word, "Nonconform");
    let seen = shown.seen.unwrap();
    lead.client.review().decide_seen(&seen, Decision::Rejected, "请重新测试", Vec::new()).unwrap();
    assert_eq!(lead.state(task), TaskState::Rejected);
    let again = lead.client.review().decide_seen(&seen, Decision::Approved, "", Vec::new()).unwrap_err();
    assert_eq!(again.code(), Code::TaskNotPending);
}

#[test]
fn the_camera_says_what_the_photo_is_for_and_which_comes_next() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    let purpose = Purpose { role: PhotoRole::Evidence, instance: Some(first("power-genset.a")) };
    let camera = screens(&phone, Language::Zh).camera(task, purpose).unwrap();
    assert_eq!(camera.purpose_text, "现场照片 · 试验发电机自动、手动启动功能 (1)");
    assert_eq!(camera.next.unwrap().kind, StepKind::Selfie);
    assert!(camera.take.allowed);
}

#[test]
fn the_track_tells_since_when_it_runs_and_where_it_is_silent() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    assert_eq!(screens(&phone, Language::Zh).track().unwrap(), None);
    phone.client.tracks().start(StartTrack { task, replayed: false }).unwrap();
    let now = crate::ports::Clock::now(&*phone.clock).boot_ms;
    let fix = |boot_ms| Fix {
        boot_ms,
        lat_e6: 36_617_000,
        lon_e6: 101_778_000,
        accuracy_m: 5,
        provider: Provider::Gnss,
        mock: false,
    };
    phone.client.tracks().append(&[fix(now), fix(now + 1_000), fix(now + 400_000)]).unwrap();
    let shown = screens(&phone, Language::Zh).track().unwrap().unwrap();
    assert_eq!((shown.since.unwrap().text.as_str(), shown.sums), ("今天 09:00", None));
    assert_eq!((shown.holes.len(), shown.holes[0].length.as_str()), (1, "7 分钟"));
    assert_eq!(
        (shown.holes[0].cause_word.as_str(), shown.holes[0].advice.as_str()),
        ("不明", "请保持应用打开，直到任务提交。")
    );
}
