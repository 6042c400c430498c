//! The track.

use super::*;
use crate::{
    cache::CacheError,
    work::{
        evidence::WithdrawPhoto,
        task::SubmitTask,
        track::{AppendFixesError, StartTrack, StartTrackError},
    },
};
use firebee_domain::{
    code::Code,
    evidence::TrackSegment,
    task::TaskState,
    track::{Cause, Fix, Provider, Segment},
};
use firebee_protocol::{
    document::{TaskDocument, kind},
    track::decode,
};
use std::io::Read;

fn fix(boot_ms: i64) -> Fix {
    let step = i32::try_from(boot_ms / 1_000 % 10_000).unwrap();
    Fix {
        boot_ms,
        lat_e6: 36_617_000 + step,
        lon_e6: 101_778_000,
        accuracy_m: 5,
        provider: Provider::Gnss,
        mock: false,
    }
}

fn now(phone: &Phone) -> i64 {
    crate::ports::Clock::now(&*phone.clock).boot_ms
}

/// One fix a second for so long.
fn walk(phone: &Phone, seconds: i64) {
    for _ in 0..seconds {
        phone.client.tracks().append(&[fix(now(phone))]).unwrap();
        phone.clock.advance_ms(1_000);
    }
}

fn begin(phone: &Phone) -> TaskId {
    let task = phone.start(&ITEM_IDS);
    phone.client.tracks().start(StartTrack { task, replayed: false }).unwrap();
    task
}

fn segments(phone: &Phone, task: TaskId) -> Vec<(TrackSegment, Segment)> {
    let view = phone.client.tasks().get(task).unwrap();
    let read = |segment: &TrackSegment| {
        let mut bytes = Vec::new();
        phone.client.core().blobs.read(segment.blob).unwrap().read_to_end(&mut bytes).unwrap();
        decode(&bytes).unwrap().into_segment(segment.boot_id)
    };
    view.task.segments.iter().map(|held| (held.segment.clone(), read(&held.segment))).collect()
}

#[test]
fn fixes_are_sealed_by_600_and_at_the_stop_without_losing_one() {
    let (phone, _) = operator();
    let task = begin(&phone);
    let first = now(&phone);
    walk(&phone, 1_310);
    phone.client.tracks().stop().unwrap();
    let sealed = segments(&phone, task);
    assert_eq!(sealed.iter().map(|(fact, _)| fact.fixes).collect::<Vec<_>>(), [600, 600, 110]);
    let all: Vec<Fix> = sealed.iter().flat_map(|(_, segment)| segment.fixes.clone()).collect();
    assert_eq!(all, (0..1_310).map(|n| fix(first + n * 1_000)).collect::<Vec<_>>());
    assert!(phone.client.tracks().status().unwrap().is_none());
    assert_eq!(phone.client.tracks().stop().unwrap_err().code(), Code::TrackNotRunning);
}

/// the office deletes the task of a walk, and the phone restarts before it hears of that. The walk goes on for the other
/// task that it serves, and no piece of it mixes two boots.
#[test]
fn r_131_a_walk_whose_task_is_deleted_goes_on_over_a_restart_and_no_piece_mixes_two_boots() {
    let (phone, mut office) = operator();
    let deleted = phone.start(&ITEM_IDS[..1]);
    phone.client.tracks().start(StartTrack { task: deleted, replayed: false }).unwrap();
    let other = phone.start(&ITEM_IDS[1..2]);
    walk(&phone, 100);
    office.accept(&phone.client).unwrap();
    office.deliver(&phone.client).unwrap();
    let id = deleted.to_string();
    let held = phone.client.core().cache.read::<_, CacheError>(|rows| rows.document::<TaskDocument>(kind::TASK, &id));
    let mut document = held.unwrap().unwrap().body;
    document.task.state = TaskState::Discarded;
    office.publish(kind::TASK, &id, &document);
    phone.clock.reboot(90_000);
    let phone = phone.restart();
    office.deliver(&phone.client).unwrap();
    assert_eq!(phone.state(deleted), TaskState::Discarded);
    walk(&phone, 100);
    phone.client.tracks().stop().unwrap();
    let sealed = segments(&phone, other);
    let before = sealed[0].0.boot_id;
    let fixes = |of_before: bool| -> Vec<i64> {
        let of = sealed.iter().filter(|(fact, _)| (fact.boot_id == before) == of_before);
        of.flat_map(|(_, segment)| segment.fixes.iter().map(|fix| fix.boot_ms)).collect()
    };
    assert!((90..=100).contains(&fixes(true).len()) && fixes(true).is_sorted(), "{:?}", fixes(true));
    assert_eq!(fixes(false), (0..100).map(|n| 90_000 + n * 1_000).collect::<Vec<_>>());
    let silence = sealed.iter().find(|(fact, _)| fact.boot_id != before).unwrap();
    assert_eq!((silence.1.fixes.len(), silence.1.holes[0].cause), (0, Cause::Reboot));
}

/// Fixes are stored every 10 s or 50 fixes. Stored fixes survive the app, and the silence after its end has a cause.
#[test]
fn fixes_survive_the_end_of_the_app_but_for_the_last_10_seconds() {
    let (phone, _) = operator();
    let task = begin(&phone);
    walk(&phone, 25);
    let phone = phone.restart();
    phone.clock.advance_ms(120_000);
    walk(&phone, 15);
    phone.client.tracks().stop().unwrap();
    let (fact, segment) = segments(&phone, task).remove(0);
    assert!((30..=40).contains(&fact.fixes), "{}", fact.fixes);
    assert_eq!(segment.holes.iter().map(|hole| hole.cause).collect::<Vec<_>>(), [Cause::Killed]);
}

/// a shell hands over what it heard when the core has time for it, and the next fix may have come meanwhile. The
/// silence has the cause that was heard in it.
#[test]
fn r_100_a_cause_that_is_handed_over_late_explains_the_silence_in_which_it_was_heard() {
    let (phone, _) = operator();
    let task = begin(&phone);
    walk(&phone, 30);
    let heard = now(&phone);
    phone.clock.advance_ms(120_000);
    let back = fix(now(&phone));
    phone.clock.advance_ms(1);
    phone.client.tracks().notice(Cause::BatterySaver, heard).unwrap();
    phone.client.tracks().append(&[back]).unwrap();
    phone.client.tracks().stop().unwrap();
    let causes: Vec<Cause> = segments(&phone, task)[0].1.holes.iter().map(|hole| hole.cause).collect();
    assert_eq!(causes, [Cause::BatterySaver]);
}

/// the hole between two segments belongs to the earlier, with the cause that was noticed.
#[test]
fn a_hole_at_the_seam_of_two_segments_is_kept_with_its_cause() {
    let (phone, _) = operator();
    let task = begin(&phone);
    walk(&phone, 600);
    phone.client.tracks().notice(Cause::LocationOff, now(&phone)).unwrap();
    phone.clock.advance_ms(300_000);
    walk(&phone, 60);
    phone.client.tracks().stop().unwrap();
    let sealed = segments(&phone, task);
    assert_eq!(sealed.iter().map(|(fact, _)| (fact.fixes, fact.holes)).collect::<Vec<_>>(), [(600, 1), (60, 0)]);
    assert_eq!(sealed[0].1.holes[0].cause, Cause::LocationOff);
}

/// A segment never spans a boot; the silence before the first fix of the new one is a hole.
#[test]
fn a_reboot_seals_what_was_there_and_tells_the_silence() {
    let (phone, _) = operator();
    let task = begin(&phone);
    walk(&phone, 100);
    phone.clock.reboot(90_000);
    let phone = phone.restart();
    walk(&phone, 100);
    phone.client.tasks().get(task).unwrap();
    phone.client.tracks().stop().unwrap();
    let sealed = segments(&phone, task);
    assert_eq!(sealed.len(), 3);
    assert_ne!(sealed[0].0.boot_id, sealed[2].0.boot_id);
    assert!(sealed[0].0.fixes >= 90 && sealed[2].0.fixes == 100);
    let silence = &sealed[1].1;
    assert_eq!((silence.fixes.len(), silence.holes[0].start_boot_ms, silence.holes[0].cause), (0, 0, Cause::Reboot));
}

/// A submission first seals the open track of its task, buffered fixes included, and ends the track.
#[test]
fn a_submission_seals_the_open_track_into_its_manifest() {
    let (phone, mut office) = operator();
    let task = begin(&phone);
    walk(&phone, 7);
    phone.do_all(task);
    phone.client.tasks().submit(SubmitTask { task }).unwrap();
    let view = phone.client.tasks().get(task).unwrap();
    assert_eq!(view.task.segments.len(), 1);
    assert_eq!(view.task.submissions[0].manifest.segments, [view.task.segments[0].fact]);
    assert_eq!(segments(&phone, task)[0].0.fixes, 7);
    assert_eq!(phone.client.tracks().append(&[fix(now(&phone))]), Err(AppendFixesError::NotRunning));
    office.accept(&phone.client).unwrap();
    assert!(phone.client.progress().parked().unwrap().is_empty());
}

/// A submission that is refused leaves the track running, with every fix.
#[test]
fn a_refused_submission_leaves_the_track_as_it_was() {
    let (phone, _) = operator();
    let task = begin(&phone);
    walk(&phone, 7);
    assert!(phone.client.tasks().submit(SubmitTask { task }).is_err());
    let status = phone.client.tracks().status().unwrap().unwrap();
    assert_eq!((status.task, status.open_fixes), (task, 7));
    assert!(segments(&phone, task).is_empty());
    phone.client.tracks().stop().unwrap();
    assert_eq!(segments(&phone, task)[0].0.fixes, 7);
}

#[test]
fn one_track_runs_at_a_time_and_a_second_recording_tells_the_pause() {
    let (phone, _) = operator();
    let task = begin(&phone);
    phone.client.tracks().start(StartTrack { task, replayed: false }).unwrap();
    let again = phone.client.tracks().start(StartTrack { task, replayed: true });
    assert_eq!(again, Err(StartTrackError::AlreadyRunning { task }));
    assert_eq!(again.map_err(|error| error.code()), Err(Code::TrackAlreadyRunning));
    walk(&phone, 10);
    phone.client.tracks().stop().unwrap();
    phone.clock.advance_ms(600_000);
    phone.client.tracks().start(StartTrack { task, replayed: false }).unwrap();
    walk(&phone, 10);
    phone.client.tracks().stop().unwrap();
    let holes: Vec<_> = segments(&phone, task).into_iter().flat_map(|(_, segment)| segment.holes).collect();
    assert_eq!(holes.iter().map(|hole| hole.cause).collect::<Vec<_>>(), [Cause::StoppedByUser]);
}

/// One walk serves every task of the day: it goes on when one of them is handed in, and ends with the last one.
#[test]
fn one_walk_serves_every_task_that_is_worked_on_and_ends_with_the_last() {
    let (phone, mut office) = operator();
    let first = phone.start(&ITEM_IDS[..1]);
    let idle = phone.start(&ITEM_IDS[2..]);
    phone.client.tracks().start(StartTrack { task: first, replayed: false }).unwrap();
    walk(&phone, 20);
    let second = phone.start(&ITEM_IDS[1..2]);
    phone.client.tracks().start(StartTrack { task: second, replayed: false }).unwrap();
    walk(&phone, 600);
    let hand_in = |task, item: &str| {
        phone.client.tasks().record_result(&good(task, item)).unwrap();
        phone.prove(task);
        phone.client.tasks().submit(SubmitTask { task }).unwrap();
    };
    hand_in(first, ITEM_IDS[0]);
    let fixes = |task| segments(&phone, task).iter().map(|(fact, _)| fact.fixes).collect::<Vec<_>>();
    assert_eq!((fixes(first), fixes(second), fixes(idle)), (vec![600, 20], vec![600, 20], vec![]));
    assert_eq!(phone.client.tracks().status().unwrap().unwrap().task, second, "it goes on for the other");
    walk(&phone, 30);
    hand_in(second, ITEM_IDS[1]);
    assert_eq!((fixes(first), fixes(second)), (vec![600, 20], vec![600, 20, 30]));
    assert!(phone.client.tracks().status().unwrap().is_none());
    let view = phone.client.tasks().get(second).unwrap();
    assert_eq!(view.task.submissions[0].manifest.segments.len(), 3);
    let blobs = |task| segments(&phone, task).iter().map(|(fact, _)| fact.blob).collect::<Vec<_>>();
    assert_eq!(blobs(first), blobs(second)[..2], "its bytes are sent once");
    office.accept(&phone.client).unwrap();
    assert!(phone.client.progress().parked().unwrap().is_empty());
}

#[test]
fn a_fix_that_no_segment_can_carry_is_refused_at_the_door() {
    let (phone, _) = operator();
    let task = begin(&phone);
    let beyond = Fix { lat_e6: 90_000_001, ..fix(now(&phone)) };
    assert_eq!(phone.client.tracks().append(&[beyond]).unwrap_err().code(), Code::TrackOutOfRange);
    walk(&phone, 3);
    phone.client.tracks().stop().unwrap();
    assert_eq!(segments(&phone, task)[0].0.fixes, 3);
}

#[tokio::test]
async fn fixes_in_hand_are_kept_when_the_app_is_suspended() {
    let (phone, _) = operator();
    begin(&phone);
    walk(&phone, 3);
    phone.client.suspend().await.unwrap();
    let phone = phone.restart();
    assert_eq!(phone.client.tracks().status().unwrap().unwrap().open_fixes, 3);
}

/// The app is suspended on one thread while fixes come on another: each is kept once.
#[test]
fn fixes_that_two_threads_keep_at_once_are_kept_once() {
    let (phone, _) = operator();
    let task = begin(&phone);
    let first = now(&phone);
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        let flushing = scope.spawn(|| {
            while !done.load(std::sync::atomic::Ordering::Acquire) {
                phone.client.tracks().flush().unwrap();
            }
        });
        for n in 0..600 {
            phone.client.tracks().append(&[fix(first + n * 1_000)]).unwrap();
            if n % 10 == 0 {
                phone.clock.advance_ms(10_000);
            }
        }
        done.store(true, std::sync::atomic::Ordering::Release);
        flushing.join().unwrap();
    });
    phone.client.tracks().stop().unwrap();
    let kept: Vec<i64> =
        segments(&phone, task).iter().flat_map(|(_, segment)| segment.fixes.clone()).map(|fix| fix.boot_ms).collect();
    assert_eq!(kept, (0..600).map(|n| first + n * 1_000).collect::<Vec<_>>());
}

/// The view in memory always equals the view that the journal gives after a restart, even after an act that was refused
/// half-way.
#[test]
fn what_the_app_holds_of_a_task_is_what_the_journal_gives_after_a_restart() {
    let (mut phone, mut office) = operator();
    let task = phone.start(&ITEM_IDS);
    let record = |phone: &Phone, text| phone.client.tasks().record_result(&bad(task, text)).is_ok();
    let submit = |phone: &Phone| phone.client.tasks().submit(SubmitTask { task }).is_ok();
    let steps: [&dyn Fn(&Phone); 11] = [
        &|phone| assert!(record(phone, "slow")),
        &|phone| assert!(record(phone, "slower")),
        &|phone| assert!(!submit(phone)),
        &|phone| {
            phone.photo(task, PhotoRole::Evidence, Some(ITEM_IDS[0]));
        },
        &|phone| {
            let photo = phone.photo(task, PhotoRole::Panel, None);
            let input = WithdrawPhoto { task, photo, reason: String::new() };
            phone.client.evidence().withdraw_photo(&input).unwrap();
        },
        &|phone| {
            phone.client.tracks().start(StartTrack { task, replayed: false }).unwrap();
            walk(phone, 650);
        },
        &|phone| assert!(!submit(phone)),
        &|phone| phone.do_all(task),
        &|phone| phone.client.tracks().stop().unwrap(),
        &|phone| assert!(submit(phone)),
        &|phone| assert!(!record(phone, "late")),
    ];
    for (nth, step) in steps.iter().enumerate() {
        step(&phone);
        let held = phone.client.tasks().get(task).unwrap();
        phone = phone.restart();
        assert_eq!(phone.client.tasks().get(task).unwrap(), held, "step {nth}");
        if nth == 4 {
            // From here on part of it is the pulled document.
            office.accept(&phone.client).unwrap();
            office.deliver(&phone.client).unwrap();
        }
    }
}
