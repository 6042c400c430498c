//! Moving an answer that was recorded in the wrong place.

use super::{Phone, bad, good, operator, outside_plan::supplementary};
use crate::{
    fakes::{FakeOffice, ITEM_IDS, LEAD, plan_item},
    screen::{Instance, MoveTarget},
    work::task::{MoveResult, SubmitTask},
};
use firebee_domain::{
    code::Code,
    evidence::PhotoRole,
    id::{FactId, PlanItemId, RequestId, TaskId},
    result::ResultKey,
};
use firebee_protocol::text::Language;
use uuid::Uuid;

fn at(item: PlanItemId, ordinal: i32) -> Instance {
    Instance { item, ordinal }
}

fn moving(task: TaskId, from: Instance, to_task: TaskId, to: Instance) -> MoveResult {
    let ordinal = |instance: Instance| u32::try_from(instance.ordinal).unwrap();
    let (ordinal, to_ordinal) = (ordinal(from), ordinal(to));
    MoveResult { task, item: from.item, ordinal, to_task, to_item: to.item, to_ordinal }
}

fn targets(phone: &Phone, task: TaskId, from: Instance) -> Vec<MoveTarget> {
    phone.client.screens().moving(task, from).unwrap().targets
}

fn current(phone: &Phone, task: TaskId, item: PlanItemId, ordinal: u32) -> Option<FactId> {
    let view = phone.client.tasks().get(task).unwrap();
    view.task.current_result(ResultKey { item, ordinal }).map(|held| held.fact)
}

fn agreed(phone: &Phone, office: &mut FakeOffice) {
    office.accept(&phone.client).unwrap();
    office.deliver(&phone.client).unwrap();
    assert!(phone.client.progress().parked().unwrap().is_empty(), "the server agrees");
}

/// the wrong instance. Nothing is typed again, the photo goes along, and both ends show it.
#[test]
fn r_369_an_answer_moves_within_a_task_and_both_ends_show_it() {
    let (phone, mut office) = operator();
    phone.client.set_language(Language::Zh);
    let (tasks, screens) = (phone.client.tasks(), phone.client.screens());
    let task = phone.start(&ITEM_IDS[..1]);
    let item = plan_item(ITEM_IDS[0]);
    let from = at(item, 1);
    assert!(!screens.item(task, from).unwrap().move_away.allowed, "there is nothing to move yet");
    tasks.record_result(&bad(task, "漏油")).unwrap();
    let shot = phone.photo(task, PhotoRole::Evidence, Some(ITEM_IDS[0]));
    let shown = screens.moving(task, from).unwrap();
    assert!(shown.act.allowed && screens.item(task, from).unwrap().move_away.allowed);
    let listed: Vec<_> = shown.targets.iter().map(|to| (to.task, to.instance, to.here)).collect();
    assert_eq!(listed, [(task, at(item, 2), true)]);
    let once = tasks.for_request(RequestId(Uuid::from_u128(7)));
    let wanted = moving(task, from, task, at(item, 2));
    let there = once.move_result(&wanted).unwrap();
    assert_eq!(once.move_result(&wanted).unwrap(), there, "a repeated call records nothing");
    assert_eq!((current(&phone, task, item, 1), current(&phone, task, item, 2)), (None, Some(there)));
    let view = phone.client.tasks().get(task).unwrap();
    let held = view.task.results.iter().find(|held| held.fact == there).unwrap();
    assert_eq!(held.recorded.fault.as_ref().map(|fault| fault.text.as_str()), Some("漏油"), "nothing is typed again");
    let (left, right) = (screens.item(task, from).unwrap(), screens.item(task, at(item, 2)).unwrap());
    assert_eq!(right.photos.iter().map(|photo| photo.photo).collect::<Vec<_>>(), [shot]);
    assert!(left.photos.is_empty());
    assert!(left.moves[0].starts_with("已移到") && left.moves[0].contains("(2)"), "{:?}", left.moves);
    assert!(right.moves[0].ends_with("移来") && right.moves[0].contains("(1)"), "{:?}", right.moves);
    agreed(&phone, &mut office);
    assert_eq!((current(&phone, task, item, 1), current(&phone, task, item, 2)), (None, Some(there)));
    let back = tasks.move_result(&moving(task, at(item, 2), task, from)).unwrap();
    assert_eq!((current(&phone, task, item, 1), current(&phone, task, item, 2)), (Some(back), None), "and back again");
}

/// the wrong task. The photos are taken anew by their hashes, the lead reads it at both ends, and the place that was
/// left is asked for again.
#[test]
fn r_369_an_answer_moves_into_another_task_with_its_photos_without_typing() {
    let (phone, mut office) = operator();
    let tasks = phone.client.tasks();
    let wrong = phone.start(&ITEM_IDS[..1]);
    let right = supplementary(&phone, &ITEM_IDS[..1]).unwrap();
    let to = at(tasks.get(right).unwrap().task.items[0].item, 1);
    let from = at(plan_item(ITEM_IDS[0]), 1);
    tasks.record_result(&bad(wrong, "leaks")).unwrap();
    phone.photo(wrong, PhotoRole::Evidence, Some(ITEM_IDS[0]));
    let listed = targets(&phone, wrong, from);
    assert!(listed.iter().any(|target| target.task == right && target.instance == to && !target.here), "{listed:?}");
    let unsent = phone.client.session().unsent().unwrap();
    let there = tasks.move_result(&moving(wrong, from, right, to)).unwrap();
    assert_eq!(phone.client.session().unsent().unwrap().blobs, unsent.blobs, "no byte is sent twice");
    assert_eq!((current(&phone, wrong, from.item, 1), current(&phone, right, to.item, 1)), (None, Some(there)));
    let (left, arrived) = (tasks.get(wrong).unwrap().task, tasks.get(right).unwrap().task);
    assert!(left.photos.iter().all(|photo| photo.withdrawn));
    let key = ResultKey { item: to.item, ordinal: 1 };
    assert_eq!(arrived.photos_of(key).count(), 1);
    assert_eq!(arrived.photos[0].taken.original, left.photos[0].taken.original);
    agreed(&phone, &mut office);

    phone.prove(right);
    tasks.submit(SubmitTask { task: right }).unwrap();
    phone.prove(wrong);
    let open = tasks.submit(SubmitTask { task: wrong }).unwrap_err();
    assert_eq!(open.code(), Code::TaskIncomplete, "its place waits for an answer again");
    agreed(&phone, &mut office);
    let lead = Phone::of(&office, LEAD);
    let shown = lead.client.screens().review(right).unwrap();
    assert!(shown.answers[0].moved.as_ref().is_some_and(|told| told.ends_with("移来")), "{:?}", shown.answers);
    let flags = lead.client.screens().review(wrong).unwrap().flags;
    assert!(flags.iter().any(|flag| flag.contains("已移到")), "{flags:?}");
}

/// nothing goes onto an answer, to an item that asks for something else, or out of a task that was handed in.
#[test]
fn r_369_an_answer_goes_only_where_it_fits() {
    let (phone, _office) = operator();
    let tasks = phone.client.tasks();
    let task = phone.start(&ITEM_IDS);
    phone.do_all(task);
    let (first, second) = (at(plan_item(ITEM_IDS[0]), 1), at(plan_item(ITEM_IDS[1]), 1));
    let code = |wanted: &MoveResult| tasks.move_result(wanted).map_err(|error| error.code());
    assert_eq!(code(&moving(task, first, task, first)), Err(Code::MoveNotPossible), "onto itself");
    assert_eq!(code(&moving(task, first, task, second)), Err(Code::MoveNotPossible), "there is an answer");
    let other = at(second.item, 2);
    assert!(code(&moving(task, first, task, other)).is_err(), "it asks for other values");
    assert!(targets(&phone, task, first).iter().all(|target| target.instance.item == first.item));
    let nowhere = TaskId(Uuid::from_u128(404));
    assert_eq!(code(&moving(task, first, nowhere, first)), Err(Code::TaskUnknown));
    tasks.record_result(&good(task, ITEM_IDS[0])).unwrap();
    tasks.submit(SubmitTask { task }).unwrap();
    assert_eq!(code(&moving(task, first, task, at(first.item, 2))), Err(Code::TaskNotEditable));
    assert!(!phone.client.screens().moving(task, first).unwrap().act.allowed);
}
