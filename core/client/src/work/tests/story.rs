//! Phone, office and lead together: a screen shows the pulled document with the local facts on top.

use super::*;
use crate::{
    changes::Change,
    fakes::LEAD,
    work::{
        review::DecideTask,
        task::{SubmitTask, TaskFilter},
    },
};
use firebee_domain::{code::Code, review::Decision, task::TaskState};

fn reject(office: &mut FakeOffice, task: TaskId, opinion: &str) {
    let lead = Phone::of(office, LEAD);
    let view = lead.client.review().get(task).unwrap();
    let waits = view.task.last_submission().unwrap();
    let input = DecideTask {
        task,
        round: waits.round,
        manifest_hash: waits.manifest_hash,
        decision: Decision::Rejected,
        opinion: opinion.into(),
        attachments: Vec::new(),
    };
    lead.client.review().decide(&input).unwrap();
    office.accept(&lead.client).unwrap();
}

/// An operator's phone with a task that its lead sent back.
pub(crate) fn rejected() -> (Phone, TaskId) {
    let (phone, mut office) = operator();
    let task = phone.start(&ITEM_IDS);
    phone.do_all(task);
    phone.client.tasks().submit(SubmitTask { task }).unwrap();
    office.accept(&phone.client).unwrap();
    reject(&mut office, task, "photo unclear");
    office.deliver(&phone.client).unwrap();
    (phone, task)
}

/// rejected with an opinion, mended without network, handed in again.
#[test]
fn r_123_r_155_a_rejected_task_is_editable_shows_the_opinion_and_goes_into_the_next_round() {
    let (phone, mut office) = operator();
    let task = phone.start(&ITEM_IDS);
    phone.do_all(task);
    phone.client.tasks().submit(SubmitTask { task }).unwrap();
    office.accept(&phone.client).unwrap();
    reject(&mut office, task, "photo unclear");
    assert_eq!(phone.state(task), TaskState::PendingReview, "nothing was pulled yet");
    office.deliver(&phone.client).unwrap();
    let listed = &phone.client.tasks().list(&Default::default()).unwrap()[0];
    assert_eq!((listed.state, listed.opinion.as_deref()), (TaskState::Rejected, Some("photo unclear")));
    phone.photo(task, PhotoRole::Evidence, Some(ITEM_IDS[0]));
    assert_eq!(phone.client.tasks().submit(SubmitTask { task }).unwrap().round, 2);
    office.accept(&phone.client).unwrap();
    office.deliver(&phone.client).unwrap();
    let view = phone.client.tasks().get(task).unwrap();
    assert_eq!((view.task.state, view.task.round, view.task.submissions.len()), (TaskState::PendingReview, 2, 2));
    assert!(phone.client.progress().parked().unwrap().is_empty());
}

/// The view does not change while the server applies the facts, however many it has applied.
#[test]
fn local_facts_over_a_document_that_has_them_already_change_nothing() {
    let (phone, mut office) = operator();
    let task = phone.start(&ITEM_IDS);
    phone.do_all(task);
    let alone = phone.client.tasks().get(task).unwrap();
    office.accept(&phone.client).unwrap();
    office.deliver(&phone.client).unwrap();
    let pulled = phone.client.tasks().get(task).unwrap();
    assert_eq!(pulled.task, alone.task);
    assert!(pulled.rev.is_some() && alone.rev.is_none());
    phone.client.tasks().record_result(&bad(task, "slow")).unwrap();
    let ahead = phone.client.tasks().get(task).unwrap();
    assert_eq!(ahead.task.results.len(), 4);
    let phone = phone.restart();
    assert_eq!(phone.client.tasks().get(task).unwrap().task, ahead.task, "what was remembered is what is derived");
}

/// A parked fact is shown as received but not counted, with its reason, and does not count in the view.
#[test]
fn a_parked_fact_is_shown_and_does_not_count() {
    let (phone, mut office) = operator();
    let task = phone.start(&ITEM_IDS);
    phone.client.tasks().record_result(&good(task, ITEM_IDS[0])).unwrap();
    office.accept(&phone.client).unwrap();
    office.deliver(&phone.client).unwrap();
    let fact = phone.client.tasks().record_result(&good(task, ITEM_IDS[1])).unwrap();
    assert_eq!(phone.client.tasks().get(task).unwrap().task.results.len(), 2);
    phone.client.core().journal.write("test", |tx| tx.park(3, &Code::OutOfScope.into())).unwrap();
    let view = phone.client.tasks().get(task).unwrap();
    assert_eq!(view.task.results.len(), 1);
    assert_eq!(
        view.parked.iter().map(|note| (note.fact, note.code.known())).collect::<Vec<_>>(),
        [(fact, Some(Code::OutOfScope))]
    );
    assert_eq!(phone.client.progress().task(task).unwrap().facts.parked, 1);
    // The document that contains everything else comes, and the reason stays.
    office.contains(&phone.client, 3);
    office.deliver(&phone.client).unwrap();
    let pulled = phone.client.tasks().get(task).unwrap();
    assert_eq!((pulled.task.results.len(), &pulled.parked), (1, &view.parked));
    phone.client.core().journal.write("test", |tx| tx.unpark(fact)).unwrap();
    office.contains(&phone.client, 2);
    office.deliver(&phone.client).unwrap();
    assert_eq!(phone.client.tasks().get(task).unwrap().task.results.len(), 2);
}

/// A task whose start is parked stays on the list with the reason, and its items are free.
#[test]
fn a_task_whose_start_is_parked_stays_listed_with_its_code_and_holds_no_items() {
    let (phone, mut office) = operator();
    let task = phone.start(&ITEM_IDS);
    office.contains(&phone.client, 1);
    phone.client.core().journal.write("test", |tx| tx.park(1, &Code::OutOfScope.into())).unwrap();
    for _ in 0..2 {
        let view = phone.client.tasks().get(task).unwrap();
        let told: Vec<_> = view.parked.iter().map(|note| (note.kind.as_str(), note.code.known())).collect();
        assert_eq!(told, [("task.started", Some(Code::OutOfScope))]);
        let listed = phone.client.tasks().list(&TaskFilter::default()).unwrap();
        assert_eq!(listed.iter().map(|summary| summary.id).collect::<Vec<_>>(), [task]);
        office.deliver(&phone.client).unwrap();
    }
    assert_ne!(phone.start(&ITEM_IDS), task);
}

/// The five counts add up to the facts recorded, and photos are counted n of m.
#[test]
fn progress_counts_facts_and_photos() {
    let (phone, mut office) = operator();
    let task = phone.start(&ITEM_IDS);
    phone.do_all(task);
    let progress = phone.client.progress();
    let before = progress.task(task).unwrap();
    assert_eq!((before.facts.pending, before.facts.total()), (7, 7));
    assert_eq!((before.photos.verified, before.photos.taken), (0, 2));
    office.accept(&phone.client).unwrap();
    let journal = &phone.client.core().journal;
    for id in journal.read("test", |rows| rows.blob_ids()).unwrap() {
        let at = firebee_domain::time::Timestamp(WALL_MS);
        journal.write("test", |tx| tx.set_blob(id, crate::journal::BlobProgress::Verified, at)).unwrap();
    }
    let after = progress.task(task).unwrap();
    assert_eq!((after.facts.durable, after.facts.total()), (7, 7));
    assert_eq!((after.photos.verified, after.photos.taken), (2, 2));
    let overview = progress.overview().unwrap();
    assert_eq!((overview.facts, overview.blobs_unsent), (after.facts, 0));
}

#[tokio::test]
async fn a_screen_hears_of_a_task_that_changed() {
    let (phone, _) = operator();
    let changes = phone.client.changes();
    let task = phone.start(&ITEM_IDS);
    assert_eq!(changes.next().await, Some(Change::Task(task)));
    phone.client.tasks().record_result(&good(task, ITEM_IDS[0])).unwrap();
    assert_eq!(changes.next().await, Some(Change::Task(task)));
}

/// A year forwards or backwards: recording goes on, ids keep their order, nothing is refused.
#[test]
fn a_wall_clock_that_is_wrong_by_a_year_refuses_nothing() {
    let (phone, mut office) = operator();
    let year = 365 * 86_400_000;
    let task = phone.start(&ITEM_IDS);
    phone.clock.set_wall_ms(WALL_MS + year);
    phone.do_all(task);
    phone.clock.set_wall_ms(WALL_MS - year);
    phone.client.tasks().submit(SubmitTask { task }).unwrap();
    office.accept(&phone.client).unwrap();
    office.deliver(&phone.client).unwrap();
    assert_eq!(phone.state(task), TaskState::PendingReview);
    assert!(phone.client.progress().parked().unwrap().is_empty());
}

#[tokio::test]
async fn while_suspended_calls_fail_with_a_code_and_afterwards_everything_is_there() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    phone.client.suspend().await.unwrap();
    assert_eq!(
        phone.client.tasks().record_result(&good(task, ITEM_IDS[0])).unwrap_err().code(),
        Code::JournalUnavailable
    );
    phone.client.resume().await;
    phone.client.tasks().record_result(&good(task, ITEM_IDS[0])).unwrap();
}
