//! Calls that a host cancelled and repeats.

use super::*;
use crate::work::{
    evidence::WithdrawPhoto,
    task::{DiscardTask, SubmitTask},
};
use firebee_domain::{code::Code, id::RequestId};
use uuid::Uuid;

fn request(n: u128) -> RequestId {
    RequestId(Uuid::from_u128(n))
}

/// Each call runs twice under one request, as a host does that never heard the first result. The second one gives the
/// same and records nothing, also after the app was started again.
#[test]
fn a_call_that_is_repeated_with_its_request_finds_the_first_and_records_nothing() {
    let (phone, _) = operator();
    let recorded = |phone: &Phone| phone.client.progress().overview().unwrap().facts.total();
    let items = ITEM_IDS.map(plan_item).to_vec();
    let start = StartTask { plan: PLAN, items, location_allowed: true };
    let starts = phone.client.tasks().for_request(request(1));
    let task = starts.start(&start).unwrap();
    assert_eq!(starts.start(&start), Ok(task), "not refused because the items are taken");
    let tasks = phone.client.tasks().for_request(request(2));
    let fact = tasks.record_result(&good(task, ITEM_IDS[0])).unwrap();
    assert_eq!(tasks.record_result(&good(task, ITEM_IDS[0])).unwrap(), fact);

    let file = phone.home.path().join("picture.png");
    std::fs::write(&file, png()).unwrap();
    let taken = TakePhoto { source: PhotoSource::File(file.clone()), ..photo(task, PhotoRole::Selfie, None) };
    let evidence = phone.client.evidence().for_request(request(3));
    let first = evidence.take_photo(&taken).unwrap();
    std::fs::remove_file(&file).unwrap();
    assert_eq!(evidence.take_photo(&taken).unwrap(), first, "the shell has deleted its file meanwhile");

    let before = recorded(&phone);
    // Each of them holds the folder.
    drop((starts, tasks, evidence));
    let phone = phone.restart();
    let evidence = phone.client.evidence().for_request(request(3));
    assert_eq!(evidence.take_photo(&taken).unwrap(), first);
    assert_eq!((recorded(&phone), phone.client.tasks().get(task).unwrap().task.photos.len()), (before, 1));
    phone.do_all(task);
    let tasks = phone.client.tasks().for_request(request(4));
    let submitted = tasks.submit(SubmitTask { task }).unwrap();
    let before = recorded(&phone);
    assert_eq!(tasks.submit(SubmitTask { task }), Ok(submitted), "not refused because the task is not editable");
    assert_eq!(evidence.take_photo(&taken).unwrap(), first);
    assert_eq!(recorded(&phone), before);
}

/// A request stands for one call: another one does not pass for it, and a refused call leaves it free.
#[test]
fn a_request_of_another_call_is_already_done_and_a_refused_call_leaves_it_free() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    let once = phone.client.tasks().for_request(request(1));
    let mut unsaid = answer(task, ITEM_IDS[0], Verdict::Untestable, &[]);
    assert!(once.record_result(&unsaid).is_err());
    unsaid.untestable_reason = Some("locked".into());
    once.record_result(&unsaid).unwrap();
    let other = once.discard(&DiscardTask { task, reason: String::new() }).unwrap_err();
    assert_eq!(other.code(), Code::AlreadyDone);
    let photo = phone.photo(task, PhotoRole::Selfie, None);
    let withdrawn = WithdrawPhoto { task, photo, reason: String::new() };
    let other = phone.client.evidence().for_request(request(1)).withdraw_photo(&withdrawn).unwrap_err();
    assert_eq!(other.code(), Code::AlreadyDone);
    assert_eq!(phone.state(task), firebee_domain::task::TaskState::Executing);
}
