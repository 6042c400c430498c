//! What is issued: counted and read page by page, whatever the documents and this phone say of it.

use super::screens;
use crate::{
    fakes::{FakeOffice, ITEM_IDS, LEAD, OPERATOR, PLAN, PROJECT, plan_item},
    screen::{IssuedPage, IssuedQuery, ProjectScreen, Today},
    tally,
    work::{
        project::ItemState,
        review::DecideTask,
        task::{DiscardTask, SubmitTask, TaskFilter},
        tests::{Phone, operator},
    },
};
use firebee_domain::{
    geofence::Datum,
    id::{PlanId, PlanItemId, TaskId},
    review::Decision,
    task::TaskState,
    time::Timestamp,
};
use firebee_protocol::{
    catalogue::Pack,
    document::{AssignmentDocument, TaskDocument, kind},
    fact::Kind,
    pull::{Change, Page},
    text::Language,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The first items of the catalogue.
fn catalogue(count: usize) -> Vec<&'static str> {
    Pack::embedded().catalogue.items().take(count).map(|found| found.item.id.as_str()).collect()
}

fn today(phone: &Phone) -> Today {
    screens(phone, Language::Zh).today().unwrap()
}

fn project(phone: &Phone) -> ProjectScreen {
    screens(phone, Language::Zh).project(PROJECT, Datum::Wgs84).unwrap().unwrap()
}

fn page(phone: &Phone, query: IssuedQuery) -> IssuedPage {
    screens(phone, Language::Zh).issued(&query).unwrap()
}

/// Every page of a query, one after the other.
fn pages(phone: &Phone, mut query: IssuedQuery) -> Vec<Vec<PlanItemId>> {
    let mut pages = Vec::new();
    loop {
        let page = page(phone, query.clone());
        pages.push(page.rows.iter().map(|row| row.item).collect());
        match page.next {
            Some(next) => query.after = Some(next),
            None => return pages,
        }
    }
}

/// The live task of each item with its state, found by looking at every task.
fn held(phone: &Phone) -> BTreeMap<PlanItemId, (TaskId, TaskState)> {
    let mut held = BTreeMap::new();
    let tasks = phone.client.tasks();
    let mut all = tasks.list(&TaskFilter::default()).unwrap();
    all.reverse();
    for summary in all.iter().filter(|summary| summary.state != TaskState::Discarded) {
        let view = tasks.get(summary.id).unwrap();
        if view.parked.iter().any(|note| note.kind == Kind::TaskStarted.as_str()) {
            continue;
        }
        for item in view.task.items {
            held.entry(item.item).or_insert((summary.id, summary.state));
        }
    }
    held
}

/// Rows and counts say of these items of the plan what a look at every task says.
fn agrees(phone: &Phone, item_ids: &[&str], when: &str) {
    let held = held(phone);
    let state = |item_id: &&str| held.get(&plan_item(item_id)).map(|(_, state)| *state);
    let count = |is: &dyn Fn(TaskState) -> bool| item_ids.iter().filter_map(state).filter(|state| is(*state)).count();
    let done = |state| matches!(state, TaskState::PendingReview | TaskState::Approved);
    let issued = phone.client.projects().issued(None).unwrap();
    let items = issued.iter().flat_map(|plan| &plan.items).collect::<Vec<_>>();
    assert_eq!(items.len(), item_ids.len(), "{when}");
    for (item, item_id) in items.iter().zip(item_ids) {
        let expected = held.get(&plan_item(item_id));
        assert_eq!((item.item, item.task), (plan_item(item_id), expected.map(|(task, _)| *task)), "{when}: {item_id}");
        assert_eq!(item.state == ItemState::Free, expected.is_none(), "{when}: {item_id}");
    }
    let rows = page(phone, IssuedQuery { plan: Some(PLAN), limit: 1_000, ..IssuedQuery::default() }).rows;
    let paged: Vec<_> = rows.iter().map(|row| (row.item, row.task)).collect();
    assert_eq!(paged, items.iter().map(|item| (item.item, item.task)).collect::<Vec<_>>(), "{when}");
    let sum = (count(&done) as i32, item_ids.len() as i32);
    let counted = project(phone).systems.iter().flat_map(|system| system.facilities.clone()).collect::<Vec<_>>();
    let all =
        |of: &dyn Fn(&crate::screen::Count) -> i32| counted.iter().map(|facility| of(&facility.done)).sum::<i32>();
    assert_eq!((all(&|done| done.done), all(&|done| done.total)), sum, "{when}");
    let groups = today(phone).issued;
    let finished = count(&|state| state == TaskState::Approved) == item_ids.len();
    assert_eq!(groups.is_empty(), finished, "{when}: a plan of which nothing is left is not shown");
    if let Some(group) = groups.first() {
        assert_eq!((group.done.done, group.done.total), sum, "{when}");
        let free = item_ids.iter().any(|item_id| state(item_id).is_none());
        assert_eq!(group.start.allowed, free, "{when}: {:?}", group.start);
    }
}

/// counts and rows follow every document and every act of this phone, and what the one says beside the other.
#[test]
fn r_136_what_lists_count_is_what_a_look_at_every_task_finds() {
    let (phone, mut office) = operator();
    let check = |when: &str| agrees(&phone, &ITEM_IDS, when);
    check("nothing was started");
    let task = phone.start(&ITEM_IDS[..2]);
    check("a task was started here");
    office.accept(&phone.client).unwrap();
    check("the server has it");
    office.deliver(&phone.client).unwrap();
    check("it was pulled");
    phone.client.tasks().discard(&DiscardTask { task, reason: "重复".into() }).unwrap();
    check("it was given up here");
    let again = phone.start(&ITEM_IDS);
    check("another took its items");
    office.accept(&phone.client).unwrap();
    office.deliver(&phone.client).unwrap();
    check("both were pulled");
    phone.do_all(again);
    phone.client.tasks().submit(SubmitTask { task: again }).unwrap();
    check("it was submitted here");
    office.accept(&phone.client).unwrap();
    office.deliver(&phone.client).unwrap();
    check("its submission was pulled");
    let lead = Phone::of(&office, LEAD);
    decide((&lead, &mut office), again, Decision::Rejected);
    office.deliver(&phone.client).unwrap();
    check("it was rejected");
    phone.client.tasks().submit(SubmitTask { task: again }).unwrap();
    office.accept(&phone.client).unwrap();
    decide((&lead, &mut office), again, Decision::Approved);
    office.deliver(&phone.client).unwrap();
    check("it was approved");
    let fresh = Phone::of(&office, OPERATOR);
    agrees(&fresh, &ITEM_IDS, "a phone that pulled all of it as a snapshot");
}

fn decide((lead, office): (&Phone, &mut FakeOffice), task: TaskId, decision: Decision) {
    office.deliver(&lead.client).unwrap();
    let view = lead.client.review().get(task).unwrap();
    let waits = view.task.last_submission().unwrap();
    let (round, manifest_hash) = (waits.round, waits.manifest_hash);
    let decided =
        DecideTask { task, round, manifest_hash, decision, opinion: "已看".into(), attachments: Vec::new() };
    lead.client.review().decide(&decided).unwrap();
    office.accept(&lead.client).unwrap();
}

/// a document that issues more, or fewer, or nothing takes the place of what was issued before.
#[test]
fn r_118_a_changed_assignment_takes_the_place_of_the_one_before() {
    let (phone, mut office) = operator();
    let task = phone.start(&ITEM_IDS[..1]);
    office.accept(&phone.client).unwrap();
    let more = catalogue(30);
    for item_ids in [&more[..], &ITEM_IDS[..], &ITEM_IDS[1..], &ITEM_IDS[..1]] {
        office.issue(PLAN, item_ids);
        office.deliver(&phone.client).unwrap();
        agrees(&phone, item_ids, &format!("{} items", item_ids.len()));
    }
    office.issue(PLAN, &[]);
    office.deliver(&phone.client).unwrap();
    assert!(today(&phone).issued.is_empty() && project(&phone).systems.is_empty());
    assert!(today(&phone).outside_plan.is_empty(), "who has nothing issued does not work in the project");
    assert_eq!(today(&phone).tasks[0].task, task, "the task stays");
}

/// An assignment that is gone leaves nothing behind.
#[test]
fn what_is_issued_by_a_document_goes_with_it() {
    let (phone, _office) = operator();
    let gone = Change {
        feed_seq: 99,
        kind: kind::ASSIGNMENT.to_owned(),
        id: PLAN.to_string(),
        rev: 9,
        deleted: true,
        patch: None,
        body: None,
    };
    let page_of = Page {
        changes: vec![gone],
        next_cursor: "1.x.99".into(),
        head: 99,
        done: false,
        total: None,
        applied: Vec::new(),
        digest: None,
        server_ms: Timestamp(0),
    };
    assert_eq!(today(&phone).issued.len(), 1);
    phone.client.core().cache.apply_page(&page_of).unwrap();
    assert!(today(&phone).issued.is_empty() && phone.client.projects().issued(None).unwrap().is_empty());
    assert_eq!(page(&phone, IssuedQuery::default()).rows, []);
}

/// the first screen shows the first items of a plan and how many there are; pages show each item once.
#[test]
fn r_118_what_is_issued_is_read_page_by_page_and_each_item_once() {
    let mut office = FakeOffice::default();
    let ids = catalogue(450);
    office.issue(PLAN, &ids);
    let phone = Phone::of(&office, OPERATOR);
    let expected: Vec<PlanItemId> = ids.iter().map(|id| plan_item(id)).collect();
    let group = today(&phone).issued.remove(0);
    assert_eq!((group.items.len(), group.done.total), (20, 450));
    let of_plan = IssuedQuery { plan: Some(PLAN), ..IssuedQuery::default() };
    let all = pages(&phone, of_plan.clone());
    assert_eq!(all.iter().map(Vec::len).collect::<Vec<_>>(), [50; 9]);
    assert_eq!(all.concat(), expected);
    let shown: Vec<PlanItemId> = group.items.iter().map(|row| row.item).collect();
    let rest = page(&phone, IssuedQuery { after: shown.last().copied(), limit: 1_000, ..of_plan.clone() });
    assert_eq!((rest.total, rest.next), (450, None));
    assert_eq!([shown, rest.rows.iter().map(|row| row.item).collect()].concat(), expected);
    let gone = IssuedQuery { after: Some(PlanItemId(Uuid::nil())), ..of_plan.clone() };
    assert_eq!(page(&phone, gone).rows, [], "nothing stands behind an item that is not issued");
    let elsewhere = IssuedQuery { plan: Some(PlanId(Uuid::nil())), ..of_plan };
    assert_eq!(page(&phone, elsewhere).total, 0);
    office.issue(PLAN, &ids[..70]);
    office.deliver(&phone.client).unwrap();
    assert_eq!(today(&phone).issued[0].items.len(), 70, "what fits is shown at once");
    for facility in project(&phone).systems.iter().flat_map(|system| &system.facilities) {
        let query = IssuedQuery {
            project: Some(PROJECT),
            facility: Some(facility.code.clone()),
            limit: 2,
            ..IssuedQuery::default()
        };
        let paged = pages(&phone, query.clone()).concat();
        assert_eq!(paged, facility.items.iter().map(|row| row.item).collect::<Vec<_>>(), "{}", facility.name);
        assert_eq!(page(&phone, query).total, facility.done.total);
    }
}

/// A phone to which this many plans are issued, each of two hundred items of its own.
fn loaded(plans: u128) -> (Phone, FakeOffice) {
    let (phone, mut office) = operator();
    let held = phone.client.core().cache.read::<_, crate::cache::CacheError>(|rows| rows.documents(kind::ASSIGNMENT));
    let template: AssignmentDocument = held.unwrap().remove(0).body;
    let ids = catalogue(200);
    office.issue(PLAN, &ids);
    for plan in 0..plans {
        let mut document = template.clone();
        document.assignment.plan = PlanId(Uuid::from_u128(0x9000 + plan));
        let item = |(n, item_id): (u128, &&str)| {
            let found = Pack::embedded().catalogue.item(item_id).unwrap();
            let mut item = template.assignment.items[0].clone();
            item.plan_item = PlanItemId(Uuid::from_u128(0xF_0000 + plan * 1_000 + n));
            item.item_id = (*item_id).to_owned();
            item.facility = found.facility.code.clone();
            item.system = found.system.code.clone();
            item
        };
        document.assignment.items = (0..).zip(&ids).map(item).collect();
        office.publish(kind::ASSIGNMENT, &document.assignment.plan.to_string(), &document);
    }
    office.deliver(&phone.client).unwrap();
    (phone, office)
}

/// However much is issued, a screen shows as many rows as fit, asks as many questions, and the rest is found by pages.
#[test]
fn thousands_of_issued_items_are_counted_and_few_of_them_are_read() {
    let cost = |plans: u128| {
        let (phone, _office) = loaded(plans);
        let screens = screens(&phone, Language::Zh);
        screens.project(PROJECT, Datum::Wgs84).unwrap();
        let before = tally::asked();
        let shown = screens.today().unwrap();
        let project = screens.project(PROJECT, Datum::Wgs84).unwrap().unwrap();
        let page = screens.issued(&IssuedQuery { project: Some(PROJECT), ..IssuedQuery::default() }).unwrap();
        let asked = tally::asked() - before;
        (shown, project, page, asked)
    };
    let (few, many) = (cost(3), cost(30));
    let rows = |today: &Today| today.issued.iter().map(|group| group.items.len()).collect::<Vec<_>>();
    assert_eq!(rows(&many.0), [vec![200; 2], vec![0; 29]].concat(), "four hundred in all");
    assert_eq!(many.0.issued.iter().map(|group| group.done.total).sum::<i32>(), 6_200);
    let facilities = |project: &ProjectScreen| project.systems.iter().flat_map(|one| one.facilities.clone()).collect();
    let facilities: Vec<crate::screen::FacilityRow> = facilities(&many.1);
    assert_eq!(facilities.iter().map(|one| one.done.total).sum::<i32>(), 6_200);
    assert!(facilities.iter().all(|one| one.items.is_empty()), "six thousand rows are read page by page");
    assert_eq!((many.2.rows.len(), many.2.total), (50, 6_200));
    assert_eq!(few.3, many.3);
}

/// The first screen names fifty tasks and says how many there are.
#[test]
fn the_first_screen_names_fifty_tasks_and_counts_all() {
    let (phone, mut office) = operator();
    let task = phone.start(&ITEM_IDS);
    office.accept(&phone.client).unwrap();
    office.deliver(&phone.client).unwrap();
    let pulled = phone.client.core().cache.read::<_, crate::cache::CacheError>(|rows| rows.documents(kind::TASK));
    let mut document: TaskDocument = pulled.unwrap().remove(0).body;
    for n in 1..60 {
        document.task.id = TaskId(Uuid::from_u128(0xA000 + n));
        office.publish(kind::TASK, &document.task.id.to_string(), &document);
    }
    office.deliver(&phone.client).unwrap();
    let shown = today(&phone);
    assert_eq!((shown.tasks.len(), shown.tasks_total), (50, 60));
    assert_eq!(shown.tasks[0].task, task, "the latest first");
}
