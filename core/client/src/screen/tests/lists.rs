//! Today, search, the sync centre, a project, who is signed in.

use super::{lead_with, screens};
use crate::{
    cache::CacheError,
    fakes::{FakeOffice, ITEM_IDS, OPERATOR, PLAN, PROJECT, plan_item},
    screen::{Permission, TaskQuery},
    tally,
    work::tests::{Phone, dispatch::sent, good, operator},
};
use firebee_domain::{geofence::Datum, id::TaskId, task::TaskState};
use firebee_protocol::{
    document::{TaskDocument, kind},
    text::Language,
};

#[test]
fn today_tells_what_runs_and_what_is_issued_in_both_languages() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS[..2]);
    phone.client.tasks().record_result(&good(task, ITEM_IDS[0])).unwrap();
    for language in Language::ALL {
        let today = screens(&phone, language).today().unwrap();
        let rows: Vec<_> = today.tasks.iter().map(|row| (&row.state, &row.answered, &row.photos, &row.next)).collect();
        insta::assert_debug_snapshot!(
            format!("today_{}", language.tag()),
            (rows, &today.quiet, &today.issued[0].items, &today.issued[0].left, &today.issued[0].start)
        );
        assert_eq!((today.review, today.faults), (None, None), "an operator reviews nothing");
    }
}

#[test]
fn today_tells_a_lead_what_waits() {
    let (phone, mut office) = operator();
    let task = phone.start(&ITEM_IDS);
    let lead = lead_with(&phone, &mut office, task);
    let today = screens(&lead, Language::Zh).today().unwrap();
    assert_eq!(today.review.unwrap().text, "1 个任务等待您审核");
    assert_eq!(today.faults.unwrap().text, "1 个故障等待您处理");
}

/// No list reads a document or asks a question for each of its rows.
#[test]
fn two_hundred_items_are_read_with_as_many_statements_as_three() {
    let cost = |plans: u128| {
        let mut office = FakeOffice::default();
        for plan in 0..plans {
            office.issue(firebee_domain::id::PlanId(uuid::Uuid::from_u128(0x900 + plan)), &ITEM_IDS);
        }
        let phone = Phone::of(&office, OPERATOR);
        let screens = screens(&phone, Language::Zh);
        screens.today().unwrap();
        let before = tally::asked();
        let items: usize = screens.today().unwrap().issued.iter().map(|group| group.items.len()).sum();
        screens.sync().unwrap();
        screens.search(&TaskQuery::default()).unwrap();
        screens.project(PROJECT, Datum::Wgs84).unwrap();
        (items, tally::asked() - before)
    };
    let (few, many) = (cost(0), cost(70));
    assert_eq!(few.0, 3);
    assert!(many.0 > 200, "{}", many.0);
    assert_eq!(few.1, many.1);
}

/// The same for tasks that were pulled: a list reads their briefs, never each task.
#[test]
fn two_hundred_tasks_are_listed_with_as_many_statements_as_three() {
    let cost = |tasks: u128| {
        let (phone, mut office) = operator();
        let task = phone.start(&ITEM_IDS);
        let lead = lead_with(&phone, &mut office, task);
        let pulled =
            lead.client.core().cache.read::<_, CacheError>(|rows| rows.document(kind::TASK, &task.to_string()));
        let mut document: TaskDocument = pulled.unwrap().unwrap().body;
        for n in 1..tasks {
            document.task.id = TaskId(uuid::Uuid::from_u128(0xA000 + n));
            office.publish(kind::TASK, &document.task.id.to_string(), &document);
        }
        office.deliver(&lead.client).unwrap();
        let screens = screens(&lead, Language::Zh);
        screens.today().unwrap();
        let statements = |read: &dyn Fn()| {
            let before = tally::asked();
            read();
            tally::asked() - before
        };
        let waiting = lead.client.review().queue().unwrap().len();
        let cost = [
            statements(&|| drop(screens.today().unwrap())),
            statements(&|| drop(lead.client.review().queue().unwrap())),
            statements(&|| drop(screens.search(&TaskQuery::default()).unwrap())),
            statements(&|| drop(screens.project(PROJECT, Datum::Wgs84).unwrap())),
        ];
        (waiting as u128, cost)
    };
    let (few, many) = (cost(3), cost(200));
    assert_eq!((few.0, many.0), (3, 200));
    println!("today, review, search, project: {:?} statements for 3 tasks, {:?} for 200", few.1, many.1);
    assert_eq!(few.1, many.1);
}

#[test]
fn pulled_tasks_are_listed_from_their_briefs_and_a_task_that_is_gone_is_not() {
    let (phone, mut office) = operator();
    let task = phone.start(&ITEM_IDS);
    office.accept(&phone.client).unwrap();
    office.deliver(&phone.client).unwrap();
    let screens = screens(&phone, Language::Zh);
    screens.search(&TaskQuery::default()).unwrap();
    let before = tally::asked();
    assert_eq!(screens.search(&TaskQuery::default()).unwrap().rows[0].task, task);
    let one = tally::asked() - before;
    assert!(one <= 10, "{one} statements");
    let of = |query: TaskQuery| screens.search(&query).unwrap().total;
    assert_eq!(of(TaskQuery { states: vec![TaskState::Approved], ..TaskQuery::default() }), 0);
    assert_eq!(of(TaskQuery { facility: Some("power-genset".into()), ..TaskQuery::default() }), 1);
    assert_eq!(of(TaskQuery { text: "zhongyi".into(), ..TaskQuery::default() }), 1);
    assert_eq!(of(TaskQuery { text: "elsewhere".into(), ..TaskQuery::default() }), 0);
    office.issue(PLAN, &ITEM_IDS);
    office.deliver(&phone.client).unwrap();
    let held = screens.today().unwrap().issued[0].items.iter().filter(|row| row.task == Some(task)).count();
    assert_eq!((held, plan_item(ITEM_IDS[0])), (3, screens.today().unwrap().issued[0].items[0].item));
}

#[test]
fn the_sync_centre_tells_the_way_of_each_task() {
    let (phone, mut office) = operator();
    let task = phone.start(&ITEM_IDS);
    phone.client.tasks().record_result(&good(task, ITEM_IDS[0])).unwrap();
    for language in Language::ALL {
        let shown = screens(&phone, language).sync().unwrap();
        insta::assert_debug_snapshot!(
            format!("sync_{}", language.tag()),
            (
                &shown.quiet,
                shown
                    .tasks
                    .iter()
                    .map(|way| (way.recorded, &way.sent, &way.stored, &way.safe, &way.waits_for))
                    .collect::<Vec<_>>(),
                &shown.send_now
            )
        );
    }
    office.accept(&phone.client).unwrap();
    assert!(screens(&phone, Language::Zh).sync().unwrap().tasks.is_empty(), "everything is safe");
}

#[test]
fn a_project_shows_its_systems_with_what_is_done() {
    let (phone, _) = operator();
    for language in Language::ALL {
        let project = screens(&phone, language).project(PROJECT, Datum::Gcj02).unwrap().unwrap();
        insta::assert_debug_snapshot!(format!("project_{}", language.tag()), project);
    }
}

#[test]
fn whoever_is_signed_in_is_told_who_they_are_and_what_they_may() {
    let nobody = Phone::new(9);
    let me = screens(&nobody, Language::Zh).me().unwrap();
    assert_eq!((me.person, me.state.word.as_str()), (None, "未登录"));
    assert!(!me.may_record.allowed && !me.sign_out.allowed);
    let (phone, _) = operator();
    for language in Language::ALL {
        let me = screens(&phone, language).me().unwrap();
        insta::assert_debug_snapshot!(format!("me_{}", language.tag()), me);
    }
    phone.start(&ITEM_IDS);
    let refused = screens(&phone, Language::Zh).me().unwrap().sign_out;
    assert!(!refused.allowed && refused.why_not.unwrap().contains("1 条记录"));
}

#[test]
fn what_is_granted_already_is_not_asked_for() {
    let (phone, _) = operator();
    let steps = screens(&phone, Language::Zh).permissions(&[Permission::Camera]);
    assert_eq!(
        steps.iter().map(|step| step.title.as_str()).collect::<Vec<_>>(),
        ["始终允许定位", "通知", "不限制后台运行"]
    );
}

/// the screen of a dispatch tells what a team lead needs, in both languages.
#[test]
fn r_165_a_dispatch_tells_what_its_team_lead_needs() {
    let (phone, _, _, _, id) = sent();
    for language in Language::ALL {
        let shown = screens(&phone, language).dispatch(id).unwrap();
        insta::assert_debug_snapshot!(format!("dispatch_{}", language.tag()), shown);
    }
}
