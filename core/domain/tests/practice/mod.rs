//! Safe and provable practice on site: back in service, witness, hand-over.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on fails here; clippy knows only the functions marked as tests"
)]

mod moving;

use crate::fixture::{
    NO_CATALOGUE, Said, Work, described, fact, item, key, lead, operator, photo, ready, result, review, submission,
    uuid,
};
use firebee_domain::{
    catalogue::Catalogue,
    code::Code,
    evidence::{PhotoRole, PhotoWithdrawn},
    fact::Body,
    id::{AccountId, ContentId, FactId, PlanId},
    project::asks_witness,
    restore::{Isolable, RestoreConfirmed, SystemIsolated},
    result::Verdict,
    submission::{Manifest, Missing},
    task::{
        Circumstances, Stamp, StartedItem, Task, TaskDiscarded, TaskError, TaskHandedOver, TaskKind, TaskStarted,
        WitnessSigned,
    },
    time::Timestamp,
};

fn catalogue() -> Catalogue {
    serde_json::from_str(include_str!("../../catalogue.json")).unwrap()
}

/// A task with the first pump test and a test of a distribution panel, all answered.
fn at_the_pump(verdict: Verdict) -> Work {
    let items = [(1, "ws-pump.b"), (2, "power-panel.a")];
    let items = items.map(|(n, id)| StartedItem { item: item(n), item_id: id.into() }).to_vec();
    let plan = Some(PlanId(uuid(20)));
    let started = TaskStarted {
        kind: TaskKind::Planned,
        plan,
        plan_name: "月度".into(),
        items,
        catalogue: None,
        demands: firebee_domain::ways::Demands::default(),
        event: None,
    };
    let of = |n: u128, id: &str, verdict| {
        let mut said = result(2_000 + n, n, verdict);
        if let Body::ResultRecorded(recorded) = &mut said.body {
            recorded.item_id = id.into();
        }
        said
    };
    Work::with([
        fact(1_000, operator(), started),
        of(1, "ws-pump.b", verdict),
        of(2, "power-panel.a", Verdict::Conform),
        photo(2_003, PhotoRole::Selfie, None),
        described(2_004),
        photo(2_005, PhotoRole::Evidence, None),
    ])
}

fn isolated(n: u128) -> Said {
    fact(n, operator(), SystemIsolated { system: Isolable::FirePumps, told: "值班员".into() })
}

fn restored(n: u128, photo: u128) -> Said {
    let photo = FactId(uuid(photo));
    fact(n, operator(), RestoreConfirmed { system: Isolable::FirePumps, by: "值班员".into(), photo })
}

fn submit(work: &mut Work, n: u128, around: &Circumstances<'_>) -> Result<(), TaskError> {
    let fact = submission(n, work.task());
    work.take_under(&fact, around)
}

/// a pump that was tested is back in automatic before the task is handed in, and the error names its system.
#[test]
fn r_360_a_task_that_touched_a_pump_is_not_handed_in_before_the_pump_is_back_in_automatic() {
    let catalogue = catalogue();
    let around = Circumstances { catalogue: Some(&catalogue), ..NO_CATALOGUE };
    let mut work = at_the_pump(Verdict::Conform);
    work.take(&isolated(2_010)).unwrap();
    let refused = submit(&mut work, 2_020, &around).unwrap_err();
    assert_eq!(refused, TaskError::Incomplete { missing: vec![Missing::Restore { system: Isolable::FirePumps }] });
    assert_eq!(refused.code(), Code::RestoreMissing);
    assert_eq!(work.take(&restored(2_021, 2_022)), Err(TaskError::PhotoUnknown), "no panel was photographed");
    work.take(&photo(2_022, PhotoRole::Panel, None)).unwrap();
    assert_eq!(
        work.take(&restored(2_023, 2_022)),
        Err(TaskError::PhotoUnknown),
        "another panel than that of the system"
    );
    work.take(&photo(2_024, PhotoRole::Restored, None)).unwrap();
    work.take(&restored(2_025, 2_024)).unwrap();
    submit(&mut work, 2_030, &around).unwrap();
    let listed: Vec<FactId> = Manifest::of(work.task()).service;
    assert_eq!(listed, [FactId(uuid(2_010)), FactId(uuid(2_025))], "the manifest lists both steps");
}

/// what is isolated again, or loses the photo of its panel, is not back.
#[test]
fn r_360_a_later_isolation_or_a_withdrawn_photo_ends_the_confirmation() {
    let catalogue = catalogue();
    let around = Circumstances { catalogue: Some(&catalogue), ..NO_CATALOGUE };
    let back = || {
        let mut work = at_the_pump(Verdict::Conform);
        work.take(&photo(2_024, PhotoRole::Restored, None)).unwrap();
        work.take(&restored(2_025, 2_024)).unwrap();
        work
    };
    let mut again = back();
    again.take(&isolated(2_026)).unwrap();
    assert_eq!(submit(&mut again, 2_030, &around).map_err(|error| error.code()), Err(Code::RestoreMissing));
    let mut withdrawn = back();
    let photo = PhotoWithdrawn { photo: FactId(uuid(2_024)), reason: String::new() };
    withdrawn.take(&fact(2_026, operator(), photo)).unwrap();
    assert_eq!(submit(&mut withdrawn, 2_030, &around).map_err(|error| error.code()), Err(Code::RestoreMissing));
    assert_eq!(submit(&mut back(), 2_030, &around), Ok(()));
}

/// a pump that could not be tested was left alone; one that was isolated is put back also when the task is given up.
#[test]
fn r_360_what_was_not_touched_is_not_asked_for_and_a_given_up_task_is_put_back_too() {
    let catalogue = catalogue();
    let around = Circumstances { catalogue: Some(&catalogue), ..NO_CATALOGUE };
    assert_eq!(submit(&mut at_the_pump(Verdict::Untestable), 2_030, &around), Ok(()));
    let discard = fact(2_040, operator(), TaskDiscarded { reason: String::new() });
    assert_eq!(at_the_pump(Verdict::Conform).take_under(&discard, &around), Ok(()), "nothing was said to be isolated");
    let mut isolating = at_the_pump(Verdict::Conform);
    isolating.take(&isolated(2_010)).unwrap();
    let refused = isolating.take_under(&discard, &around).unwrap_err();
    assert_eq!(refused.code(), Code::RestoreMissing);
}

/// where the project asks for a witness, the signature is part of what is handed in.
#[test]
fn r_367_a_project_that_asks_for_a_witness_gets_the_signature_with_the_manifest() {
    let around = Circumstances { witness_asked: true, ..NO_CATALOGUE };
    let mut work = ready();
    assert_eq!(submit(&mut work, 2_020, &around).map_err(|error| error.code()), Err(Code::WitnessMissing));
    let signed = |n, name: &str| {
        let signature = ContentId([7; 32]);
        fact(n, operator(), WitnessSigned { name: name.into(), role: "物业主管".into(), signature })
    };
    assert!(work.take(&signed(2_021, " ")).is_err(), "nobody has no name");
    work.take(&signed(2_022, "赵敏")).unwrap();
    submit(&mut work, 2_023, &around).unwrap();
    assert_eq!(Manifest::of(work.task()).witness, Some(FactId(uuid(2_022))));
    let text = Manifest::of(work.task()).to_text();
    assert_eq!(Manifest::of_text(&text), Some(Manifest::of(work.task())));
}

/// a project that asks for a witness asks for that of the tasks that began since. A task that began before needs none.
#[test]
fn r_367_a_task_that_began_before_needs_no_witness() {
    let mut work = ready();
    let began = work.task().started.wall_ms;
    let since = |at: Timestamp, task: &Task| asks_witness(Some(at), task);
    assert!(!asks_witness(None, work.task()), "a project that asks for nothing");
    assert!(since(began, work.task()), "that very instant counts");
    assert!(since(began.plus_ms(-1), work.task()));
    let asked = since(began.plus_ms(1), work.task());
    assert!(!asked, "it began before");
    submit(&mut work, 2_020, &Circumstances { witness_asked: asked, ..NO_CATALOGUE }).unwrap();
}

fn other() -> AccountId {
    AccountId(uuid(3))
}

fn handed(n: u128, from: AccountId, to: AccountId) -> Said {
    later(fact(n, from, TaskHandedOver { from, to, reason: "换班".into() }), 60)
}

/// So many seconds after the rest.
fn later(mut said: Said, seconds: i64) -> Said {
    said.by.at = Stamp::unproved(Timestamp(1_575_252_000_000 + seconds * 1_000));
    said
}

fn by(mut said: Said, account: AccountId) -> Said {
    said.by.account = account;
    said
}

/// what was recorded stays with its author, and only the receiver records on.
#[test]
fn r_368_one_holds_the_pen_and_what_was_recorded_stays_with_its_author() {
    let mut work = ready();
    work.take(&handed(2_010, operator(), other())).unwrap();
    assert_eq!(work.task().executor, other());
    assert_eq!(work.task().author_of(FactId(uuid(2_001))), operator());
    let late = later(result(2_020, 1, Verdict::Untestable), 61);
    assert_eq!(work.take(&late).map_err(|error| error.code()), Err(Code::TaskHandedOver));
    let before = later(photo(2_019, PhotoRole::Evidence, Some(1)), 59);
    work.take(&before).unwrap();
    assert_eq!(work.task().author_of(FactId(uuid(2_019))), operator(), "it arrived late and was taken before");
    work.take(&later(by(result(2_030, 1, Verdict::Conform), other()), 70)).unwrap();
    assert_eq!(work.task().author_of(FactId(uuid(2_030))), other());
    assert_eq!(work.take(&by(result(2_031, 1, Verdict::Conform), lead())), Err(TaskError::NotTheExecutor));
    let text = submission(2_040, work.task());
    work.take(&later(by(text, other()), 80)).unwrap();
}

/// who gave a task away is shown it until its new holder has gone on with it, or it is over.
#[test]
fn r_368_a_task_is_taken_up_when_its_new_holder_records_something() {
    let mut work = ready();
    assert!(work.task().is_taken_up(), "nobody gave it away");
    work.take(&handed(2_010, operator(), other())).unwrap();
    assert!(!work.task().is_taken_up());
    work.take(&later(photo(2_009, PhotoRole::Evidence, Some(1)), 59)).unwrap();
    assert!(!work.task().is_taken_up(), "what arrives late is of the one before");
    work.take(&later(by(result(2_030, 1, Verdict::Untestable), other()), 70)).unwrap();
    assert!(work.task().is_taken_up());
    let back = later(fact(2_031, other(), TaskHandedOver { from: other(), to: operator(), reason: String::new() }), 80);
    work.take(&back).unwrap();
    assert!(!work.task().is_taken_up(), "it came back, and waits again");
    work.take(&later(result(2_032, 1, Verdict::Conform), 90)).unwrap();
    assert!(work.task().is_taken_up());
    let mut given_up = ready();
    given_up.take(&handed(2_010, operator(), other())).unwrap();
    let discard = later(by(fact(2_011, other(), TaskDiscarded { reason: String::new() }), other()), 90);
    given_up.take(&discard).unwrap();
    assert!(given_up.task().is_taken_up(), "it is over");
}

/// an answer that arrives of somebody who gave the task away stands behind what its holder has answered since.
#[test]
fn r_368_a_late_answer_of_the_former_holder_does_not_replace_the_holders() {
    let mut work = ready();
    work.take(&handed(2_010, operator(), other())).unwrap();
    work.take(&later(by(result(2_030, 1, Verdict::Untestable), other()), 70)).unwrap();
    work.take(&later(result(2_009, 1, Verdict::Conform), 50)).unwrap();
    let counts = work.task().current_result(key(1)).unwrap();
    assert_eq!(counts.fact, FactId(uuid(2_030)));
}

/// a task goes from who has it, to somebody else, and not after it was handed in.
#[test]
fn r_368_a_task_goes_from_who_has_it_to_somebody_else() {
    let mut work = ready();
    assert_eq!(work.take(&handed(2_010, operator(), operator())), Err(TaskError::HandedToHolder));
    work.take(&handed(2_011, operator(), other())).unwrap();
    let stale = handed(2_012, operator(), lead());
    assert_eq!(work.take(&stale), Err(TaskError::HandedOver), "who gave it away gives it once");
    let taken = later(fact(2_013, lead(), TaskHandedOver { from: other(), to: operator(), reason: String::new() }), 90);
    work.take(&taken).unwrap();
    assert_eq!(work.task().executor, operator(), "a lead takes it from anybody");
    let discard = later(by(fact(2_014, other(), TaskDiscarded { reason: String::new() }), other()), 80);
    assert_eq!(work.take(&discard), Err(TaskError::HandedOver), "only who has it gives it up");
    let submitted = later(submission(2_015, work.task()), 100);
    work.take(&submitted).unwrap();
    let handed =
        later(fact(2_016, operator(), TaskHandedOver { from: operator(), to: other(), reason: String::new() }), 110);
    assert_eq!(work.take(&handed), Err(TaskError::NotEditable));
    let rejected = review(2_017, work.task(), firebee_domain::review::Decision::Rejected, "重测");
    work.take(&rejected).unwrap();
    work.take(&later(handed, 120)).unwrap();
}

/// the next holder isolates the pump again. Their phone's ids lie below those of the phone whose clock ran
/// ahead, and still their step is the last.
#[test]
fn r_360_r_368_the_next_holder_comes_after_the_former_whatever_their_clocks_say() {
    let mut work = at_the_pump(Verdict::Conform);
    work.take(&isolated(2_900)).unwrap();
    work.take(&photo(2_901, PhotoRole::Restored, None)).unwrap();
    work.take(&restored(2_902, 2_901)).unwrap();
    assert!(work.task().restored(Isolable::FirePumps).is_some());
    work.take(&handed(2_903, operator(), other())).unwrap();
    work.take(&by(isolated(2_500), other())).unwrap();
    assert!(work.task().restored(Isolable::FirePumps).is_none(), "isolated again, and not put back");
    let listed = Manifest::of(work.task()).service;
    assert_eq!(listed, [2_500, 2_900, 2_902].map(|n| FactId(uuid(n))), "the manifest lists in the order of ids");
}
