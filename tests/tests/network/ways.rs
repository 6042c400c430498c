//! What a firm asks beyond the rules, from its manager's form to the phone and back.

use crate::stage::Stage;
use firebee_client::{
    screen::StepKind,
    work::task::{ConfirmLine, DescribeTask, SubmitTask},
};
use firebee_domain::{code::Code, evidence::PhotoRole, id::TaskId, review::Decision, task::TaskState};
use firebee_tests::{browse::Browser, office::Office, recorded::untestable, ways::change_ways};

/// The manager sets this.
async fn set(office: &Office, changes: &[(&str, &str)]) {
    let wang = Browser::of(office, "wang").await;
    let done = change_ways(&wang, changes).await;
    assert!(done.location().starts_with("/ways?done="), "{}", done.text());
}

/// Everything that the rules ask of a task of one item but photos of the item.
fn answer(stage: &mut Stage, task: TaskId, item: usize) {
    stage.photograph(task, PhotoRole::Selfie, None);
    stage.operator.tasks().record_result(&untestable(task, stage.items[item])).unwrap();
    let described = DescribeTask { task, controller_brand: None, helpers: Vec::new(), instruments: Vec::new() };
    stage.operator.tasks().describe(&described).unwrap();
    stage.photograph(task, PhotoRole::Evidence, None);
}

async fn r_393_the_firm_asks_for_photos_and_a_checklist(office: Office) {
    let mut stage = Stage::on(office).await;
    let before = stage.start(0);
    set(&stage.office, &[("photo_systems", "power"), ("lines", "钥匙已归还物业\r\n\r\n控制室已签字")]).await;
    stage.operator.sync().now().await.unwrap();
    answer(&mut stage, before, 0);
    stage.submit(before).await;
    let told = stage.operator.tasks().get(before).unwrap();
    assert_eq!(told.task.state, TaskState::PendingReview, "what began before goes on as it began");

    // What is issued from now on carries it, and so does a task that begins then.
    let more = stage.office.items(stage.plan).await;
    stage.office.issue(stage.plan, &more[2..3], "ma").await;
    stage.operator.sync().now().await.unwrap();
    let task = stage.start(1);
    answer(&mut stage, task, 1);
    stage.operator.set_language(firebee_protocol::text::Language::Zh);
    let shown = stage.operator.screens().task(task).unwrap();
    let steps: Vec<&str> = shown.steps.iter().map(|step| step.text.as_str()).collect();
    assert_eq!(steps[1..], ["确认：钥匙已归还物业", "确认：控制室已签字"], "{steps:?}");
    assert!(steps[0].starts_with("拍照：") && shown.steps[1].kind == StepKind::Line, "{steps:?}");
    assert_eq!(shown.checklist.iter().map(|line| line.chosen).collect::<Vec<_>>(), [false, false]);
    let submit = |stage: &Stage| stage.operator.tasks().submit(SubmitTask { task }).map_err(|error| error.code());
    assert_eq!(submit(&stage), Err(Code::PhotoAndTextRequired));
    stage.photograph(task, PhotoRole::Evidence, Some(stage.items[1]));
    assert_eq!(submit(&stage), Err(Code::ChecklistIncomplete));
    let confirm = |line: &str| stage.operator.tasks().confirm_line(&ConfirmLine { task, line: line.into() });
    assert_eq!(confirm("别的").map_err(|error| error.code()), Err(Code::ChecklistLineUnknown));
    confirm("钥匙已归还物业").unwrap();
    // Another setting meanwhile changes nothing of a task that has begun.
    set(&stage.office, &[]).await;
    stage.operator.sync().now().await.unwrap();
    assert_eq!(submit(&stage), Err(Code::ChecklistIncomplete));
    let confirm = |line: &str| stage.operator.tasks().confirm_line(&ConfirmLine { task, line: line.into() });
    confirm("控制室已签字").unwrap();
    confirm("控制室已签字").unwrap();
    stage.submit(task).await;
    let told = stage.operator.tasks().get(task).unwrap().task;
    assert_eq!((told.state, told.submissions[0].manifest.service.len()), (TaskState::PendingReview, 2));
    assert_eq!(stage.operator.progress().overview().unwrap().facts.parked, 0, "the server counts all of it");
    let page = Browser::of(&stage.office, "li").await.get(&format!("/tasks/{task}")).await;
    assert!(page.text().contains("控制室已签字"), "{}", page.text());
}

/// the phone tells of a plan's last day as early as the firm says.
async fn r_375_r_393_the_phone_reminds_as_early_as_the_firm_says(office: Office) {
    let stage = Stage::on(office).await;
    // It is the 16th, and the plan ends on the 30th.
    let told = || {
        let told = stage.operator.screens().reminders(false).unwrap().post;
        told.into_iter().filter(|one| one.key == format!("left {}", stage.plan)).count()
    };
    assert_eq!(told(), 0);
    set(&stage.office, &[("reminder_days", "14")]).await;
    stage.operator.sync().now().await.unwrap();
    assert_eq!(told(), 1);
}

/// the lead alone reviews, and what the lead's operator handed in before the setting anybody whom the rules permit.
async fn r_150_r_393_the_firm_says_who_reviews(office: Office) {
    let mut stage = Stage::on(office).await;
    let before = stage.handed_in(0, 1).await;
    set(&stage.office, &[("reviewers", "lead_first")]).await;
    let more = stage.office.items(stage.plan).await;
    stage.office.issue(stage.plan, &more[2..3], "ma").await;
    stage.operator.sync().now().await.unwrap();
    let task = stage.handed_in(1, 1).await;
    let zhao = Browser::of(&stage.office, "zhao").await;
    let [path, open] = [task, before].map(|task| format!("/tasks/{task}"));
    let form = zhao.get(&open).await.form(&format!("{open}/review"));
    let page = zhao.get(&path).await;
    assert!(!page.html().contains(&format!("{path}/review\"")), "the director is not asked");
    let value =
        |name: &str| form.iter().find(|(held, _)| held == name).map(|(_, value)| value.clone()).unwrap_or_default();
    let seen = stage.operator.tasks().get(task).unwrap().task.submissions[0].manifest_hash.to_string();
    let (csrf, request) = (value("csrf"), value("request"));
    let fields = [
        ("csrf", csrf.as_str()),
        ("request", request.as_str()),
        ("round", "1"),
        ("manifest", seen.as_str()),
        ("manifest_hash", seen.as_str()),
        ("decision", "approved"),
        ("opinion", ""),
    ];
    let refused = zhao.send_files(&format!("{path}/review"), &fields, &[]).await;
    assert!(refused.html().contains("review_not_yours"), "{}", refused.text());
    stage.decide_in_the_office(before, "approved", "").await;

    stage.lead.sync().now().await.unwrap();
    let screen = stage.review(task);
    assert!(screen.approve.allowed, "{:?}", screen.approve);
    stage.lead.review().decide_seen(&screen.seen.unwrap(), Decision::Approved, "", Vec::new()).unwrap();
    stage.lead.sync().now().await.unwrap();
    stage.operator.sync().now().await.unwrap();
    for task in [before, task] {
        assert_eq!(stage.operator.tasks().get(task).unwrap().task.state, TaskState::Approved);
    }
}

macro_rules! on_both { ($($(#[$doc:meta])* $name:ident),* $(,)?) => { $(
    $(#[$doc])*
    mod $name {
        use super::Office;

        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn on_sqlite() {
            super::$name(Office::sqlite().await).await;
        }

        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn on_postgres() {
            super::$name(Office::postgres().await).await;
        }
    }
)* }; }

on_both!(
    /// more photos and a checklist are asked for by phone and server alike, and never of what began before.
    r_393_the_firm_asks_for_photos_and_a_checklist,
    /// reminders.
    r_375_r_393_the_phone_reminds_as_early_as_the_firm_says,
    /// reviewers.
    r_150_r_393_the_firm_says_who_reviews,
);
