//! Starting, evidence, submitting.

use super::*;
use crate::{
    fakes::{LEAD, PROJECT},
    journal::Meeting,
    work::{
        evidence::WithdrawPhoto,
        project::ItemState,
        task::{DiscardTask, StartTaskError, SubmitTask, TaskFilter},
    },
};
use firebee_domain::{
    code::Code,
    id::PlanItemId,
    submission::Missing,
    suspension::Termination,
    task::{TaskError, TaskState},
    time::{Anchor, Timestamp},
};
use uuid::Uuid;

fn start(phone: &Phone, items: Vec<PlanItemId>) -> Result<TaskId, StartTaskError> {
    phone.client.tasks().start(&StartTask { plan: PLAN, items, location_allowed: true })
}

/// only what is issued to this account in a current plan is offered and may be started.
#[test]
fn r_118_r_130_only_items_issued_to_this_account_are_offered_and_started() {
    let (phone, office) = operator();
    let plans = phone.client.projects().issued(None).unwrap();
    let offered: Vec<_> = plans[0].items.iter().map(|item| (item.item_id.as_str(), item.state)).collect();
    assert_eq!(offered, ITEM_IDS.map(|id| (id, ItemState::Free)));
    assert!(!plans[0].items[0].name.is_empty());
    assert_eq!(start(&phone, vec![PlanItemId(Uuid::from_u128(9))]), Err(StartTaskError::ItemNotIssued));
    let lead = Phone::of(&office, crate::fakes::LEAD);
    assert!(lead.client.projects().issued(None).unwrap().is_empty());
    assert_eq!(start(&lead, vec![plan_item(ITEM_IDS[0])]), Err(StartTaskError::ItemNotIssued));
    let leads = lead.client.desk().look(|eyes| Ok::<_, crate::work::Trouble>(eyes.project(PROJECT).is_some()));
    assert!(leads.unwrap(), "the lead sees the project all the same");
}

#[test]
fn without_a_signed_in_account_nothing_is_recorded() {
    let phone = Phone::new(3);
    assert_eq!(start(&phone, vec![plan_item(ITEM_IDS[0])]).unwrap_err().code(), Code::NotSignedIn);
    assert_eq!(phone.client.progress().overview().unwrap().facts.total(), 0);
}

/// no task starts without the location permission.
#[test]
fn r_098_a_task_needs_the_location_permission_to_start() {
    let (phone, _) = operator();
    let input = StartTask { plan: PLAN, items: vec![plan_item(ITEM_IDS[0])], location_allowed: false };
    assert_eq!(phone.client.tasks().start(&input).unwrap_err().code(), Code::LocationRequired);
}

/// an item is in one live task, also one that only this phone knows; discarding gives it back.
#[test]
fn r_136_an_item_is_in_one_live_task_and_free_again_after_a_discard() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS[..1]);
    let again = start(&phone, vec![plan_item(ITEM_IDS[1]), plan_item(ITEM_IDS[0])]).unwrap_err();
    assert_eq!(again, StartTaskError::ItemAlreadyInTask { item: plan_item(ITEM_IDS[0]), task });
    let state = |phone: &Phone| phone.client.projects().issued(None).unwrap()[0].items[0].state;
    assert_eq!(state(&phone), ItemState::Executing);
    phone.client.tasks().discard(&DiscardTask { task, reason: String::new() }).unwrap();
    assert_eq!(state(&phone), ItemState::Free);
    assert_ne!(phone.start(&ITEM_IDS[..1]), task);
    assert_eq!(
        phone.client.tasks().discard(&DiscardTask { task, reason: String::new() }).unwrap_err().code(),
        Code::TaskDiscarded
    );
}

/// a plan whose last day is surely over cannot be started; a wrong wall clock alone proves nothing.
#[test]
fn r_114_an_expired_plan_is_refused_by_trusted_time_only() {
    let (phone, _) = operator();
    let august = WALL_MS + 30 * 86_400_000;
    phone.clock.set_wall_ms(august);
    let task = phone.start(&ITEM_IDS[..1]);
    phone.client.tasks().discard(&DiscardTask { task, reason: String::new() }).unwrap();
    phone.clock.set_wall_ms(WALL_MS);
    let now = crate::ports::Clock::now(&*phone.clock);
    let anchor = Anchor { server_ms: Timestamp(august), boot_ms: now.boot_ms, boot_id: now.boot_id, rtt_ms: 20 };
    phone.client.core().journal.write("test", |tx| tx.put_meeting(&Meeting { anchor, stamp: None })).unwrap();
    assert_eq!(start(&phone, vec![plan_item(ITEM_IDS[0])]), Err(StartTaskError::PlanExpired));
    assert!(phone.client.projects().issued(None).unwrap()[0].expired);
}

/// nothing is started in a terminated project; what was begun goes on.
#[test]
fn r_334_a_terminated_project_starts_no_task_and_ends_none() {
    let (phone, mut office) = operator();
    let task = phone.start(&ITEM_IDS[..1]);
    let known = phone.client.desk().look(|eyes| Ok::<_, crate::work::Trouble>(eyes.project(PROJECT).cloned()));
    let mut project = known.unwrap().unwrap();
    project.project.termination = Some(Termination { reason: "合同解除".into(), by: LEAD, at: Timestamp(WALL_MS) });
    office.publish(firebee_protocol::document::kind::PROJECT, &PROJECT.to_string(), &project);
    office.deliver(&phone.client).unwrap();
    assert_eq!(start(&phone, vec![plan_item(ITEM_IDS[1])]), Err(StartTaskError::ProjectTerminated));
    phone.client.tasks().record_result(&good(task, ITEM_IDS[0])).unwrap();
}

/// the server's clock is carried on by the boot clock, and only within its boot.
#[test]
fn r_114_the_last_day_ends_by_the_servers_clock_carried_on() {
    let (phone, _) = operator();
    let now = crate::ports::Clock::now(&*phone.clock);
    let last_minute = firebee_domain::time::china_midnight("2026-08-01".parse().unwrap()).plus_ms(-60_000);
    let anchor = Anchor { server_ms: last_minute, boot_ms: now.boot_ms, boot_id: now.boot_id, rtt_ms: 20 };
    phone.client.core().journal.write("test", |tx| tx.put_meeting(&Meeting { anchor, stamp: None })).unwrap();
    let expired = || phone.client.projects().issued(None).unwrap()[0].expired;
    assert!(!expired());
    phone.clock.advance_ms(60_000);
    assert!(!expired(), "half a round trip is not certain yet");
    phone.clock.advance_ms(60_000);
    assert!(expired());
    phone.clock.reboot(86_400_000);
    assert!(!expired(), "how long the phone was off is not known");
}

/// every missing point is listed at once, and the code names the first of them.
#[test]
fn r_120_r_121_every_missing_point_is_listed_at_once() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    let tasks = phone.client.tasks();
    let mut failing = bad(task, "");
    failing.fault = None;
    tasks.record_result(&failing).unwrap();
    let refused = tasks.submit(SubmitTask { task }).unwrap_err();
    let key = firebee_domain::result::ResultKey { item: plan_item(ITEM_IDS[0]), ordinal: 1 };
    let missing = [
        Missing::Photo { key },
        Missing::FaultText { key },
        Missing::Result { item: plan_item(ITEM_IDS[1]) },
        Missing::Result { item: plan_item(ITEM_IDS[2]) },
        Missing::Selfie,
        Missing::Controller,
    ];
    assert_eq!((refused.code(), refused.missing()), (Code::TaskIncomplete, missing.as_slice()));
    assert_eq!(tasks.missing(task).unwrap(), missing);

    for item_id in &ITEM_IDS[1..] {
        tasks.record_result(&good(task, item_id)).unwrap();
    }
    assert_eq!(tasks.submit(SubmitTask { task }).unwrap_err().code(), Code::PhotoAndTextRequired);
    tasks.record_result(&bad(task, "slow")).unwrap();
    let shot = phone.photo(task, PhotoRole::Evidence, Some(ITEM_IDS[0]));
    assert_eq!(tasks.submit(SubmitTask { task }).unwrap_err().code(), Code::SelfieRequired);
    phone.photo(task, PhotoRole::Selfie, None);
    assert_eq!(tasks.submit(SubmitTask { task }).unwrap_err().code(), Code::ControllerRequired);
    phone.describe(task);
    phone.photo(task, PhotoRole::Evidence, None);
    phone.client.evidence().withdraw_photo(&WithdrawPhoto { task, photo: shot, reason: "blurred".into() }).unwrap();
    assert_eq!(tasks.submit(SubmitTask { task }).unwrap_err().code(), Code::PhotoAndTextRequired);
    phone.photo(task, PhotoRole::Evidence, Some(ITEM_IDS[0]));
    assert_eq!(tasks.submit(SubmitTask { task }).unwrap().round, 1);
    assert_eq!(phone.state(task), TaskState::PendingReview);
}

/// tasks are found by state; an interrupted one goes on with its data after a restart.
#[test]
fn r_122_r_126_tasks_are_found_by_state_and_survive_a_restart() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    phone.client.tasks().record_result(&good(task, ITEM_IDS[0])).unwrap();
    let phone = phone.restart();
    let list = |states: &[TaskState]| {
        let filter = TaskFilter { states: states.to_vec(), project: None };
        phone
            .client
            .tasks()
            .list(&filter)
            .unwrap()
            .into_iter()
            .map(|held| (held.id, held.items_answered))
            .collect::<Vec<_>>()
    };
    assert_eq!(list(&[TaskState::Executing]), [(task, 1)]);
    assert_eq!(list(&[TaskState::PendingReview]), []);
    phone.do_all(task);
    phone.client.tasks().submit(SubmitTask { task }).unwrap();
    assert_eq!(list(&[TaskState::PendingReview]), [(task, 3)]);
    assert_eq!(list(&[]), [(task, 3)]);
}

/// what waits for review is not editable, on the phone's own word alone.
#[test]
fn r_123_a_submitted_task_takes_nothing_more() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    phone.do_all(task);
    phone.client.tasks().submit(SubmitTask { task }).unwrap();
    let recorded = phone.client.progress().overview().unwrap().facts.total();
    assert_eq!(phone.client.tasks().record_result(&good(task, ITEM_IDS[0])).unwrap_err().code(), Code::TaskNotEditable);
    assert_eq!(
        phone.client.evidence().take_photo(&photo(task, PhotoRole::Panel, None)).unwrap_err().code(),
        Code::TaskNotEditable
    );
    assert_eq!(phone.client.tasks().submit(SubmitTask { task }).unwrap_err().code(), Code::TaskNotEditable);
    assert_eq!(
        phone.client.tasks().discard(&DiscardTask { task, reason: "x".into() }).unwrap_err().code(),
        Code::TaskNotEditable
    );
    assert_eq!(phone.client.progress().overview().unwrap().facts.total(), recorded);
}

/// A photo's blobs are announced by its fact; what no fact names is swept at the next start, and only that.
#[test]
fn a_crash_between_rename_and_fact_leaves_no_fact_and_is_swept() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    phone.photo(task, PhotoRole::Selfie, None);
    let blobs = &phone.client.core().blobs;
    let orphan = blobs.keep(b"renamed, and then the battery was empty").unwrap();
    assert_eq!(blobs.list().unwrap().len(), 4);
    let phone = phone.restart();
    let held = phone.client.core().blobs.list().unwrap();
    assert_eq!((held.len(), held.contains(&orphan.id)), (3, false));
    let view = phone.client.tasks().get(task).unwrap();
    assert_eq!(view.task.photos.len(), 1);
    assert!(held.contains(&view.task.photos[0].taken.original));
}

#[test]
fn a_refused_photo_leaves_no_fact_and_no_blob() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    let mut cut = photo(task, PhotoRole::Selfie, None);
    let mut bytes = png();
    bytes.truncate(bytes.len() / 2);
    cut.source = PhotoSource::Bytes(bytes);
    assert!(phone.client.evidence().take_photo(&cut).is_err());
    assert!(phone.client.core().blobs.list().unwrap().is_empty());
    let wrong = photo(TaskId(Uuid::from_u128(77)), PhotoRole::Selfie, None);
    assert_eq!(phone.client.evidence().take_photo(&wrong).unwrap_err().code(), TaskError::Unknown.code());
    assert_eq!(phone.client.progress().task(task).unwrap().facts.total(), 1);
}

#[test]
fn a_heic_with_the_preview_of_the_shell_is_recorded_as_what_it_is() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    let folder = tempfile::tempdir().unwrap();
    let [original, preview] = ["photo.heic", "preview.png"].map(|name| folder.path().join(name));
    std::fs::write(&original, b"\0\0\0\x18ftypheic\0\0\0\0mif1heic and pixels").unwrap();
    std::fs::write(&preview, png()).unwrap();
    let mut shot = photo(task, PhotoRole::Selfie, None);
    shot.source = PhotoSource::File(original.clone());
    assert_eq!(phone.client.evidence().take_photo(&shot).unwrap_err().code(), Code::PhotoNeedsPreview);
    shot.source = PhotoSource::Previewed { original: original.clone(), preview };
    phone.client.evidence().take_photo(&shot).unwrap();
    let view = phone.client.tasks().get(task).unwrap();
    let kept = phone.client.core().blobs.path(view.task.photos[0].taken.original);
    assert_eq!(std::fs::read(kept).unwrap(), std::fs::read(original).unwrap());
}

/// no controller is an answer; a blank brand is none.
#[test]
fn r_119_the_controller_is_none_or_has_a_brand() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    let describe = |brand: Option<&str>| DescribeTask {
        task,
        controller_brand: brand.map(str::to_owned),
        helpers: vec![],
        instruments: vec![],
    };
    assert_eq!(phone.client.tasks().describe(&describe(Some("  "))).unwrap_err().code(), Code::ControllerRequired);
    assert_eq!(
        phone.client.tasks().describe(&describe(Some(&"x".repeat(10_000)))).unwrap_err().code(),
        Code::TextTooLong
    );
    phone.client.tasks().describe(&describe(Some("海湾"))).unwrap();
    phone.client.tasks().describe(&describe(None)).unwrap();
    let held = phone.client.tasks().get(task).unwrap().task.description.unwrap();
    assert_eq!(held.described.controller, firebee_domain::task::Controller::None, "the last one counts");
}
