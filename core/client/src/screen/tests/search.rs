//! Lists that are found, narrowed, sorted and cut to pages.

use super::{lead_with, screens};
use crate::{
    cache::CacheError,
    fakes::{FakeOffice, ITEM_IDS, PROJECT},
    screen::{DispatchQuery, DispatchSort, ProjectQuery, TaskQuery, TaskSort, Whose},
    work::tests::{Phone, dispatch::sent, good, operator},
};
use firebee_domain::{
    dispatch::DispatchState,
    id::TaskId,
    project::ProjectStatus,
    task::TaskState,
    time::{Month, Timestamp},
};
use firebee_protocol::{
    document::{TaskDocument, kind},
    text::Language,
};
use uuid::Uuid;

/// The document of a task that waits for review, on a phone of its lead.
fn pulled(lead: &Phone, task: TaskId) -> TaskDocument {
    let held = lead.client.core().cache.read::<_, CacheError>(|rows| rows.document(kind::TASK, &task.to_string()));
    held.unwrap().unwrap().body
}

/// A lead's phone with a task that waits for review and copies of it under these names.
fn named(names: &[&str]) -> (Phone, FakeOffice, TaskId) {
    let (phone, mut office) = operator();
    let task = phone.start(&ITEM_IDS);
    let lead = lead_with(&phone, &mut office, task);
    let mut document = pulled(&lead, task);
    for (n, name) in (1..).zip(names) {
        document.task.id = TaskId(Uuid::from_u128(0xA000 + n));
        document.task.name = (*name).to_owned();
        document.task.submissions[0].at.wall_ms = Timestamp(1_783_645_200_000 - n as i64 * 60_000);
        office.publish(kind::TASK, &document.task.id.to_string(), &document);
    }
    office.deliver(&lead.client).unwrap();
    (lead, office, task)
}

/// by the names of the task, its executor, its facilities, its project and the project's owner; by characters, by
/// pinyin, by initials.
#[test]
fn r_387_a_task_is_found_by_its_characters_by_pinyin_and_by_initials() {
    let (lead, ..) = named(&["重庆大厦 0716_1", "安宁医院 0716_2"]);
    let found = |text: &str| {
        let query = TaskQuery { whose: Some(Whose::All), text: text.into(), ..TaskQuery::default() };
        let page = screens(&lead, Language::Zh).search(&query).unwrap();
        assert_eq!(page.total as usize, page.rows.len());
        page.rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
    };
    for text in ["重庆", "chongqing", "cqds", "CQDS 0716", "zqds"] {
        assert_eq!(found(text), ["重庆大厦 0716_1"], "{text}");
    }
    assert_eq!(found("anning"), ["安宁医院 0716_2"]);
    for text in ["zhongyi", "Wang Qiang", "自备发电机", "fadianji", "fdj"] {
        assert_eq!(found(text).len(), 3, "{text}: owner, executor, facility");
    }
    assert!(found("nosuch").is_empty() && found("重庆 anning").is_empty());
}

/// what waits for a lead, the oldest submission first; by state, month and facility; sorted by pinyin both ways.
#[test]
fn r_387_what_waits_for_a_lead_is_listed_narrowed_and_sorted() {
    let (lead, _, task) = named(&["中意 1", "安宁 2", "重庆 3"]);
    let rows = |query: &TaskQuery| screens(&lead, Language::Zh).search(query).unwrap().rows;
    let waits = TaskQuery { whose: Some(Whose::ToReview), ..TaskQuery::default() };
    let oldest = rows(&waits);
    assert_eq!(oldest.iter().map(|row| row.name.as_str()).take(3).collect::<Vec<_>>(), ["重庆 3", "安宁 2", "中意 1"]);
    assert_eq!((oldest.len(), oldest[3].task), (4, task), "the latest submission last");
    assert_eq!(oldest[0].executor, "Wang Qiang");
    let by_name = TaskQuery { sort: Some(TaskSort::Name), ..waits.clone() };
    let names = |query: &TaskQuery| rows(query).into_iter().map(|row| row.name).collect::<Vec<_>>();
    let (up, mut down) = (names(&by_name), names(&TaskQuery { reversed: true, ..by_name.clone() }));
    down.reverse();
    assert_eq!(up, down);
    let chinese: Vec<&str> = up.iter().map(String::as_str).filter(|name| !name.starts_with("2026")).collect();
    assert_eq!(chinese, ["安宁 2", "中意 1", "重庆 3"]);
    let count = |query: TaskQuery| rows(&query).len();
    let month = |month| Some(Month::new(2026, month).unwrap());
    assert_eq!(count(TaskQuery { month: month(7), ..waits.clone() }), 4);
    assert_eq!(count(TaskQuery { month: month(6), ..waits.clone() }), 0);
    assert_eq!(count(TaskQuery { facility: Some("power-genset".into()), ..waits.clone() }), 4);
    assert_eq!(count(TaskQuery { facility: Some("power".into()), ..waits.clone() }), 0);
    assert_eq!(count(TaskQuery { states: vec![TaskState::Approved], ..waits.clone() }), 0);
    assert_eq!(count(TaskQuery { whose: None, ..waits }), 0, "none of them is the lead's own");
}

/// a search says by which states and months its tasks can be narrowed, whatever it is narrowed by already.
#[test]
fn r_122_a_search_offers_the_states_and_the_months_of_its_tasks() {
    let (lead, ..) = named(&["中意 1"]);
    let page = |query: &TaskQuery| screens(&lead, Language::Zh).search(query).unwrap();
    let all = TaskQuery { whose: Some(Whose::All), ..TaskQuery::default() };
    let narrowed = TaskQuery { states: vec![TaskState::Approved], text: "nosuch".into(), ..all.clone() };
    for query in [all, narrowed] {
        let page = page(&query);
        let chosen: Vec<_> = page.states.iter().filter(|choice| choice.chosen).map(|choice| choice.state).collect();
        assert_eq!(chosen, [query.states.first().copied()]);
        assert!(page.months[0].chosen && !page.months[1].chosen);
        let states: Vec<_> = page.states.iter().map(|choice| (choice.state, choice.word.as_str())).collect();
        assert_eq!(
            states,
            [
                (None, "任何状态"),
                (Some(TaskState::Executing), "执行中"),
                (Some(TaskState::PendingReview), "待审核"),
                (Some(TaskState::Rejected), "审核不通过"),
                (Some(TaskState::Approved), "审核通过"),
            ]
        );
        let months: Vec<_> = page.months.iter().map(|choice| (choice.month, choice.word.as_str())).collect();
        assert_eq!(months, [(None, "任何月份"), (Some(Month::new(2026, 7).unwrap()), "2026年7月")]);
    }
    let waits = page(&TaskQuery { whose: Some(Whose::ToReview), ..TaskQuery::default() });
    assert!(waits.states.is_empty(), "all of them wait for the review");
    let mine = page(&TaskQuery::default());
    assert_eq!((mine.months.len(), mine.states.len()), (1, 5), "none of them is the lead's own");
}

/// a lead opens what somebody handed in at its review, also after the approval; the executor opens the task.
#[test]
fn r_151_a_row_says_whether_it_is_read_at_its_review() {
    let (phone, mut office) = operator();
    let task = phone.start(&ITEM_IDS);
    let lead = lead_with(&phone, &mut office, task);
    let reviewed = |phone: &Phone| {
        let query = TaskQuery { whose: Some(Whose::All), ..TaskQuery::default() };
        screens(phone, Language::Zh).search(&query).unwrap().rows.iter().map(|row| row.review).collect::<Vec<_>>()
    };
    assert_eq!((reviewed(&lead), reviewed(&phone)), (vec![true], vec![false]));
    let mut document = pulled(&lead, task);
    let mut in_state = |state| {
        document.task.state = state;
        office.publish(kind::TASK, &task.to_string(), &document);
        office.deliver(&lead.client).unwrap();
        reviewed(&lead)
    };
    assert_eq!(in_state(TaskState::Approved), [true]);
    assert_eq!(in_state(TaskState::Rejected), [true], "its executor mends it");
    assert_eq!(in_state(TaskState::Executing), [false], "nothing was handed in");
}

/// The pages of a list hold each row once, and reading a page costs the same however many tasks there are.
#[test]
fn the_pages_of_a_search_hold_each_task_once_and_cost_the_same() {
    let names: Vec<String> = (0..120).map(|n| format!("任务 {n:03}")).collect();
    let (lead, ..) = named(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let screens = screens(&lead, Language::Zh);
    let mut query = TaskQuery { whose: Some(Whose::ToReview), text: "renwu".into(), limit: 50, ..TaskQuery::default() };
    let (mut seen, mut costs) = (Vec::new(), Vec::new());
    screens.search(&query).unwrap();
    loop {
        let before = crate::tally::asked();
        let page = screens.search(&query).unwrap();
        costs.push(crate::tally::asked() - before);
        assert_eq!(page.total, 120);
        seen.extend(page.rows.into_iter().map(|row| row.name));
        match page.next {
            Some(next) => query.after = Some(next),
            None => break,
        }
    }
    seen.sort();
    assert_eq!(seen, names);
    assert!(costs.len() == 3 && costs.iter().all(|cost| *cost == costs[0] && *cost <= 10), "{costs:?} statements");
}

/// A task that this phone has touched since is found as this phone knows it.
#[test]
fn a_touched_task_is_found_in_the_state_that_this_phone_gave_it() {
    let (phone, mut office) = operator();
    let task = phone.start(&ITEM_IDS);
    office.accept(&phone.client).unwrap();
    office.deliver(&phone.client).unwrap();
    let discard = crate::work::task::DiscardTask { task, reason: "重复".into() };
    phone.client.tasks().discard(&discard).unwrap();
    let of = |states: Vec<TaskState>| {
        screens(&phone, Language::Zh).search(&TaskQuery { states, ..TaskQuery::default() }).unwrap().rows.len()
    };
    assert_eq!((of(vec![TaskState::Executing]), of(vec![TaskState::Discarded]), of(vec![])), (0, 1, 0));
}

/// A row tells what this phone knows of a task, not what was pulled before.
#[test]
fn the_row_of_a_touched_task_counts_the_answers_of_this_phone() {
    let (phone, mut office) = operator();
    let task = phone.start(&ITEM_IDS);
    office.accept(&phone.client).unwrap();
    office.deliver(&phone.client).unwrap();
    phone.client.tasks().record_result(&good(task, ITEM_IDS[0])).unwrap();
    let screens = screens(&phone, Language::Zh);
    let rows = [screens.search(&TaskQuery::default()).unwrap().rows, screens.today().unwrap().tasks];
    for row in rows.iter().map(|rows| &rows[0]) {
        assert_eq!((row.task, row.answered.done, row.answered.total), (task, 1, 3));
    }
}

/// dispatches by words, state, month and order.
#[test]
fn r_387_a_dispatch_is_found_by_words_state_and_month() {
    let (phone, ..) = sent();
    let count = |query: DispatchQuery| {
        let page = screens(&phone, Language::Zh).find_dispatches(&query).unwrap();
        assert_eq!(page.next, None);
        page.rows.len()
    };
    let text = |text: &str| DispatchQuery { text: text.into(), ..DispatchQuery::default() };
    assert_eq!(count(DispatchQuery::default()), 1);
    for found in ["zhongyi", "fdj", "发电机"] {
        assert_eq!(count(text(found)), 1, "{found}");
    }
    assert_eq!(count(text("nosuch")), 0);
    assert_eq!(count(DispatchQuery { states: vec![DispatchState::Issued], ..DispatchQuery::default() }), 1);
    assert_eq!(count(DispatchQuery { states: vec![DispatchState::Resolved], ..DispatchQuery::default() }), 0);
    assert_eq!(count(DispatchQuery { month: Month::new(2020, 1).ok(), ..DispatchQuery::default() }), 0);
    let offered = |led| {
        let query = DispatchQuery { led, states: vec![DispatchState::Issued], ..DispatchQuery::default() };
        screens(&phone, Language::Zh).find_dispatches(&query).unwrap().states
    };
    let (own, led) = (offered(false), offered(true));
    assert_eq!((own.len(), led.len()), (7, 8), "who leads sees those of which nobody is told yet");
    assert_eq!((own[0].state, own[0].word.as_str()), (None, "任何状态"));
    let chosen: Vec<_> = own.iter().filter(|choice| choice.chosen).map(|choice| choice.state).collect();
    assert_eq!(chosen, [Some(DispatchState::Issued)]);
    for sort in [DispatchSort::Name, DispatchSort::Project, DispatchSort::Made] {
        let query = DispatchQuery { sort: Some(sort), reversed: true, led: true, ..DispatchQuery::default() };
        assert_eq!(count(query), 1, "{sort:?}");
    }
}

/// projects by words and state, with what is under way in each.
#[test]
fn r_387_a_project_is_found_by_its_name_its_owner_and_its_lead() {
    let (phone, _) = operator();
    phone.start(&ITEM_IDS);
    let found = |query: ProjectQuery| screens(&phone, Language::Zh).projects(&query).unwrap().rows;
    for text in ["zhongyi", "tower li", ""] {
        let rows = found(ProjectQuery { text: text.into(), ..ProjectQuery::default() });
        assert_eq!((rows.len(), rows[0].project, rows[0].open_count), (1, PROJECT, 1), "{text}");
        assert_eq!(rows[0].open, "1 个任务进行中");
    }
    assert!(found(ProjectQuery { text: "nosuch".into(), ..ProjectQuery::default() }).is_empty());
    let of = |states| found(ProjectQuery { states, by_owner: true, reversed: true, ..ProjectQuery::default() }).len();
    assert_eq!((of(vec![ProjectStatus::Active]), of(vec![ProjectStatus::Terminated])), (1, 0));
}
