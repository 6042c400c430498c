//! Safe and provable practice on the phone.

use super::{Phone, answer, operator, photo, png};
use crate::{
    fakes::{FakeOffice, ITEM_IDS, LEAD, PLAN, PROJECT, crew, instrument, plan_item},
    screen::StepKind,
    work::{
        task::{
            ConfirmRestore, DescribeTask, HandOverTask, IsolateSystem, RecordResult, SignWitness, StartTask, SubmitTask,
        },
        track::StartTrack,
    },
};
use firebee_domain::{
    code::Code,
    evidence::PhotoRole,
    id::{AccountId, TaskId},
    restore::Isolable,
    result::Verdict,
    task::{Stamp, TaskState},
    time::Timestamp,
    track::{Fix, Provider},
};
use firebee_protocol::{
    document::{HandedDocument, kind},
    text::Language,
};
use uuid::Uuid;

const PUMP: &str = "ws-pump.b";

/// A task of one pump test, answered, with everything else that a submission needs but the pump's restoration.
fn at_the_pump(phone: &Phone) -> TaskId {
    let task = phone.start(&[PUMP]);
    phone.client.tasks().record_result(&started_in(task)).unwrap();
    phone.prove(task);
    task
}

/// The pump started in 30 s.
fn started_in(task: TaskId) -> RecordResult {
    answer(task, PUMP, Verdict::Conform, &[("value", "30")])
}

fn pump_phone() -> (Phone, FakeOffice) {
    let (phone, mut office) = operator();
    office.issue(PLAN, &[PUMP]);
    office.deliver(&phone.client).unwrap();
    (phone, office)
}

/// the checklist, the step with the name of the system, the refusal that names it, and the photo of the panel.
#[test]
fn r_360_a_pump_is_isolated_restored_and_only_then_handed_in() {
    let (phone, _) = pump_phone();
    let task = at_the_pump(&phone);
    phone.client.set_language(Language::Zh);
    let tasks = phone.client.tasks();
    let shown = phone.client.screens().task(task).unwrap();
    let [row] = &shown.restore[..] else { panic!("{:?}", shown.restore) };
    assert_eq!((row.system, &row.told, &row.restored), (Isolable::FirePumps, &None, &None));
    let told = IsolateSystem { task, system: Isolable::FirePumps, told: " 值班员 ".into() };
    tasks.isolate(&told).unwrap();
    assert_eq!(tasks.isolate(&IsolateSystem { told: " ".into(), ..told }).unwrap_err().code(), Code::TextRequired);
    let refused = tasks.submit(SubmitTask { task }).unwrap_err();
    assert_eq!(refused.code(), Code::RestoreMissing);
    let shown = phone.client.screens().task(task).unwrap();
    assert_eq!(shown.restore[0].told.as_deref(), Some("值班员"));
    assert!(shown.steps.iter().any(|step| step.kind == StepKind::Restore(Isolable::FirePumps)));
    let why = shown.submit.why_not.unwrap();
    assert!(why.contains("消火栓泵") && why.contains("1 个系统"), "{why}");

    let selfie = phone.photo(task, PhotoRole::Selfie, None);
    let restore = |photo| ConfirmRestore { task, system: Isolable::FirePumps, by: "值班员".into(), photo };
    assert_eq!(tasks.restore(&restore(selfie)).unwrap_err().code(), Code::PhotoUnknown);
    let panel = phone.client.evidence().take_photo(&photo(task, PhotoRole::Restored, None)).unwrap();
    tasks.restore(&restore(panel)).unwrap();
    let row = &phone.client.screens().task(task).unwrap().restore[0];
    assert!(row.restored.is_some() && row.photo.is_some());
    tasks.submit(SubmitTask { task }).unwrap();
    assert_eq!(phone.state(task), TaskState::PendingReview);
}

/// warnings refuse nothing.
#[test]
fn r_365_r_366_the_screen_warns_of_a_lone_operator_an_old_instrument_and_a_certificate() {
    let (phone, _) = pump_phone();
    phone.client.set_language(Language::Zh);
    let task = at_the_pump(&phone);
    let (tasks, screens) = (phone.client.tasks(), phone.client.screens());
    let warns = |word: &str| screens.task(task).unwrap().warnings.iter().any(|warning| warning.contains(word));
    assert!(warns("两个人") && !warns("校准") && !warns("证书"));
    let number = instrument().number;
    let unknown = tasks.set_instruments(task, vec!["XX-99".into()]).unwrap_err();
    assert_eq!(unknown.code(), Code::InstrumentUnknown);
    tasks.set_instruments(task, vec![number.clone()]).unwrap();
    tasks.set_helpers(task, vec!["Li Na".into()]).unwrap();
    assert!(!warns("两个人") && warns("校准已于") && warns("Li Na的消防设施操作员证书已于"));
    let described = tasks.get(task).unwrap().task.description.unwrap().described;
    assert_eq!(described.helpers[0].person, Some(crew()[1].person), "whose name only one colleague has");
    assert_eq!(described.instruments, [instrument()], "the task keeps what the list said");

    let measured = RecordResult { instrument: Some(number), ..started_in(task) };
    tasks.record_result(&measured).unwrap();
    let kept = tasks.get(task).unwrap().task.current_results().next().unwrap().recorded.instrument.clone();
    assert_eq!(kept, Some(instrument()));
    let other = RecordResult { instrument: Some("XX-99".into()), ..measured };
    assert_eq!(tasks.record_result(&other).unwrap_err().code(), Code::InstrumentUnknown);
}

/// name, role and a picture; the screen shows who signed.
#[test]
fn r_367_the_witness_signs_on_the_phone() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    let file = phone.home.path().join("signature.png");
    std::fs::write(&file, png()).unwrap();
    let signed = SignWitness { task, name: "孙敏".into(), role: "物业主管".into(), signature: file.clone() };
    std::fs::write(phone.home.path().join("no.pdf"), b"%PDF-1.7").unwrap();
    let paper = SignWitness { signature: phone.home.path().join("no.pdf"), ..signed.clone() };
    let refused = phone.client.tasks().witness(&paper).unwrap_err();
    assert_eq!(refused.code(), Code::AttachmentFormatUnsupported);
    phone.client.tasks().witness(&signed).unwrap();
    let shown = phone.client.screens().task(task).unwrap().witness;
    assert_eq!((shown.asked, shown.signed.as_deref()), (false, Some("孙敏 · 物业主管")));
}

/// the phone that gave a task away records nothing more in it.
#[test]
fn r_368_a_task_that_was_handed_over_is_gone_from_the_phone() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    let tasks = phone.client.tasks();
    let receivers = phone.client.screens().task(task).unwrap().receivers;
    assert_eq!(receivers.iter().map(|held| held.account).collect::<Vec<_>>(), [LEAD]);
    let stranger = HandOverTask { task, to: AccountId(Uuid::from_u128(9)), reason: String::new() };
    assert_eq!(tasks.hand_over(&stranger).unwrap_err().code(), Code::ReceiverNotAllowed);
    tasks.hand_over(&HandOverTask { to: LEAD, reason: "换班".into(), ..stranger }).unwrap();
    assert!(phone.client.screens().today().unwrap().tasks.is_empty());
    let describe = DescribeTask { task, controller_brand: None, helpers: vec![], instruments: vec![] };
    assert_eq!(tasks.describe(&describe).unwrap_err().code(), Code::TaskHandedOver);
    let again = StartTask { plan: PLAN, items: vec![plan_item(ITEM_IDS[0])], location_allowed: true };
    assert_eq!(tasks.start(&again).unwrap_err().code(), Code::ItemAlreadyInTask, "its items stay with the task");
}

/// a lead handed the task over meanwhile. The phone says to whom and why, and a track that runs can be ended; what
/// was walked is kept for the server.
#[test]
fn r_368_a_phone_that_was_away_reads_who_has_its_task_and_its_track_ends() {
    let (phone, mut office) = operator();
    phone.client.set_language(Language::Zh);
    let task = phone.start(&ITEM_IDS);
    let tracks = phone.client.tracks();
    tracks.start(StartTrack { task, replayed: false }).unwrap();
    let fix = |boot_ms| Fix { boot_ms, lat_e6: 1, lon_e6: 1, accuracy_m: 5, provider: Provider::Gnss, mock: false };
    let now = crate::ports::Clock::now(&*phone.clock).boot_ms;
    tracks.append(&[fix(now), fix(now + 5_000)]).unwrap();
    let told = HandedDocument {
        task,
        project: PROJECT,
        name: "月度 0710_1".into(),
        to: "陈刚".into(),
        by: "李建国".into(),
        reason: "生病".into(),
        at: Stamp::unproved(Timestamp(super::WALL_MS)),
        rev: 3,
        taken_up: false,
    };
    // Its start is applied, and no document of the task comes any more.
    office.contains(&phone.client, 5);
    office.publish(kind::HANDED, &task.to_string(), &told);
    office.deliver(&phone.client).unwrap();
    let today = phone.client.screens().today().unwrap();
    assert!(today.tasks.is_empty());
    assert_eq!(today.handed[0].text, "已由李建国移交给陈刚：生病");
    let gone = phone.client.screens().task(task).unwrap_err();
    assert_eq!(gone.code(), Code::TaskHandedOver);
    let before = phone.client.progress().overview().unwrap().blobs_unsent;
    tracks.stop().unwrap();
    assert_eq!(tracks.status().unwrap(), None);
    assert_eq!(phone.client.progress().overview().unwrap().blobs_unsent, before + 1, "the piece of track is recorded");

    office.publish(kind::HANDED, &task.to_string(), &HandedDocument { taken_up: true, ..told });
    office.deliver(&phone.client).unwrap();
    assert!(phone.client.screens().today().unwrap().handed.is_empty(), "somebody has gone on with it");
    let gone = phone.client.screens().task(task).unwrap_err();
    assert_eq!(gone.code(), Code::TaskHandedOver, "and it is still known where it went");
}
