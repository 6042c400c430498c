//! The life of a task, through the one function that phone and server share.

#![expect(
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails here; clippy knows only the functions marked as tests"
)]

mod fixture;
mod practice;

use firebee_domain::{
    code::Code,
    dispatch::{Dispatch, DispatchState, Outcome},
    evidence::{PhotoRole, PhotoWithdrawn, TrackSegment},
    fact::Body,
    fault::{Fault, FaultState, Way, unhandled},
    id::{AccountId, BootId, ContentId, DispatchId, FactId, Hash},
    result::{ResultKey, TaskResult, Verdict},
    review::Decision,
    submission::{Manifest, Missing, missing},
    task::{Circumstances, Controller, Task, TaskDescribed, TaskDiscarded, TaskError, TaskState},
    ways::Reviewers,
};
use fixture::{
    NO_CATALOGUE, Said, Work, begun, described, fact, finished, handled, handled_in, issue, item, key, lead, operator,
    photo, ready, received, replacing, result, review, started, submission, uuid, with_fault,
};
use proptest::prelude::*;

fn segment(n: u128) -> Said {
    let body = TrackSegment {
        blob: ContentId([9; 32]),
        boot_id: BootId(uuid(5)),
        first_boot_ms: 0,
        last_boot_ms: 1,
        fixes: 2,
        holes: 0,
        replayed: false,
    };
    fact(n, operator(), body)
}

#[test]
fn r118_a_task_begins_with_chosen_items_each_once() {
    assert_eq!(Work::default().take(&started(&[])), Err(TaskError::ItemsInvalid));
    assert_eq!(Work::default().take(&started(&[1, 1])), Err(TaskError::ItemsInvalid));
    assert_eq!(Work::with([started(&[2, 1])]).state(), TaskState::Executing);
}

#[test]
fn r133_the_name_waits_for_its_number() {
    assert_eq!(Work::with([started(&[1])]).task().name, "2019年4季度计划 1202_…");
}

#[test]
fn r120_r121_every_missing_point_is_listed_at_once() {
    let mut work = Work::with([started(&[1, 2, 3]), result(2_001, 2, Verdict::Nonconform)]);
    let mut silent = result(2_002, 3, Verdict::Nonconform);
    if let Body::ResultRecorded(recorded) = &mut silent.body {
        recorded.fault = None;
    }
    work.take(&silent).unwrap();
    let points = vec![
        Missing::Result { item: item(1) },
        Missing::Photo { key: key(2) },
        Missing::Photo { key: key(3) },
        Missing::FaultText { key: key(3) },
        Missing::Selfie,
        Missing::Controller,
    ];
    assert_eq!(missing(work.task(), &NO_CATALOGUE), points);
    assert_eq!(work.submit(2_003), Err(TaskError::Incomplete { missing: points }));
}

#[test]
fn r121_a_withdrawn_photo_shows_nothing() {
    let mut work = ready();
    work.take(&replacing(result(2_010, 1, Verdict::Nonconform), 2_001)).unwrap();
    work.take(&photo(2_011, PhotoRole::Evidence, Some(1))).unwrap();
    assert_eq!(missing(work.task(), &NO_CATALOGUE), []);
    let gone = PhotoWithdrawn { photo: FactId(uuid(2_011)), reason: String::new() };
    work.take(&fact(2_012, operator(), gone)).unwrap();
    assert_eq!(missing(work.task(), &NO_CATALOGUE), [Missing::Photo { key: key(1) }]);
    assert_eq!(work.task().photos.len(), 3, "all stay visible");
}

#[test]
fn r123_what_is_submitted_or_approved_cannot_be_edited_what_is_rejected_can() {
    let mut work = ready();
    work.submit(2_010).unwrap();
    assert_eq!(work.take(&result(2_011, 1, Verdict::Conform)), Err(TaskError::NotEditable));
    work.decide(2_012, Decision::Rejected).unwrap();
    work.take(&replacing(result(2_013, 1, Verdict::Conform), 2_001)).unwrap();
    work.submit(2_014).unwrap();
    work.decide(2_015, Decision::Approved).unwrap();
    assert_eq!(work.take(&photo(2_016, PhotoRole::Evidence, Some(1))), Err(TaskError::NotEditable));
    assert_eq!((work.task().round, work.task().reviews.len()), (2, 2));
}

#[test]
fn r126_an_unsubmitted_task_can_be_discarded_a_submitted_one_cannot() {
    let discarded = fact(2_050, operator(), TaskDiscarded { reason: String::new() });
    let mut work = ready();
    work.submit(2_010).unwrap();
    assert_eq!(work.take(&discarded), Err(TaskError::NotEditable));
    work.decide(2_012, Decision::Rejected).unwrap();
    assert_eq!(work.take(&discarded), Err(TaskError::NotDiscardable));
    let mut work = ready();
    work.take(&discarded).unwrap();
    assert!(!work.task().is_live() && work.task().results.len() == 1, "hidden, and nothing of it is gone");
    assert_eq!(work.take(&result(2_060, 1, Verdict::Conform)), Err(TaskError::Discarded));
}

#[test]
fn r128_a_fact_that_comes_twice_has_one_effect() {
    let mut work = with_fault();
    work.take(&handled(2_020, 1, Way::Negotiating, "")).unwrap();
    let once = work.task().clone();
    for again in [
        started(&[1]),
        result(2_001, 1, Verdict::Conform),
        photo(2_011, PhotoRole::Evidence, Some(1)),
        handled(2_020, 1, Way::Negotiating, ""),
    ] {
        work.take(&again).unwrap();
    }
    assert_eq!(work.task(), &once);
}

#[test]
fn r144_untestable_needs_a_reason() {
    let mut without = result(2_001, 1, Verdict::Untestable);
    if let Body::ResultRecorded(recorded) = &mut without.body {
        recorded.untestable_reason = Some(" ".into());
    }
    let refused = Work::with([started(&[1])]).take(&without).unwrap_err();
    assert_eq!(refused.code(), Code::UntestableReasonRequired);
}

#[test]
fn r362_a_verdict_against_the_proposal_needs_a_text() {
    let mut against = result(2_001, 1, Verdict::Conform);
    if let Body::ResultRecorded(recorded) = &mut against.body {
        recorded.proposed = Some(Verdict::Nonconform);
    }
    let mut work = Work::with([started(&[1])]);
    assert_eq!(work.take(&against).map_err(|error| error.code()), Err(Code::OverrideReasonRequired));
    if let Body::ResultRecorded(recorded) = &mut against.body {
        recorded.override_reason = Some("仪表误差".into());
    }
    work.take(&against).unwrap();
}

#[test]
fn approval_waits_for_every_blob_rejection_does_not() {
    let mut work = ready();
    work.submit(2_010).unwrap();
    let waiting = Circumstances { evidence_missing: 3, ..NO_CATALOGUE };
    let approval = review(2_011, work.task(), Decision::Approved, "");
    assert_eq!(work.take_under(&approval, &waiting), Err(TaskError::EvidenceIncomplete { missing: 3 }));
    let rejection = review(2_012, work.task(), Decision::Rejected, "照片不清");
    assert_eq!(work.take_under(&rejection, &waiting), Ok(()));
}

#[test]
fn a_rejection_says_why() {
    let mut work = ready();
    work.submit(2_010).unwrap();
    let silent = review(2_011, work.task(), Decision::Rejected, " ");
    assert_eq!(work.take(&silent), Err(TaskError::OpinionRequired));
}

#[test]
fn r159_rejected_by_mistake_is_simply_submitted_again() {
    let mut work = ready();
    work.submit(2_010).unwrap();
    work.decide(2_011, Decision::Rejected).unwrap();
    work.submit(2_012).unwrap();
    assert_eq!((work.state(), work.task().round), (TaskState::PendingReview, 2));
}

#[test]
fn r162_of_two_reviewers_the_first_wins() {
    let mut work = ready();
    work.submit(2_010).unwrap();
    let second = review(2_012, work.task(), Decision::Rejected, "不行");
    work.decide(2_011, Decision::Approved).unwrap();
    assert_eq!(work.take(&second), Err(TaskError::NotPending));
}

/// whom the firm leaves out does not decide; the others do.
#[test]
fn r_393_the_firm_leaves_a_review_to_others() {
    let mut first = started(&[1]);
    if let Body::TaskStarted(body) = &mut first.body {
        body.demands.reviewers = Reviewers::LeadFirst;
    }
    let mut work = Work::with([
        first,
        result(2_001, 1, Verdict::Conform),
        photo(2_002, PhotoRole::Selfie, None),
        described(2_003),
        photo(2_004, PhotoRole::Evidence, None),
    ]);
    work.submit(2_010).unwrap();
    let decision = review(2_011, work.task(), Decision::Approved, "");
    let of_another = Circumstances { lead: Some(AccountId(uuid(77))), ..NO_CATALOGUE };
    assert_eq!(work.take_under(&decision, &of_another), Err(TaskError::ReviewNotYours));
    assert_eq!(TaskError::ReviewNotYours.code(), Code::ReviewNotYours);
    let mut own = decision.clone();
    own.by.account = operator();
    let led = Circumstances { lead: Some(lead()), ..NO_CATALOGUE };
    assert_eq!(work.take_under(&own, &led), Err(TaskError::ReviewNotYours), "never the executor");
    work.take_under(&decision, &led).unwrap();
    assert_eq!(work.state(), TaskState::Approved);
}

#[test]
fn a_decision_about_another_round_is_refused() {
    let mut work = ready();
    work.submit(2_010).unwrap();
    let old = review(2_013, work.task(), Decision::Approved, "");
    work.decide(2_011, Decision::Rejected).unwrap();
    work.take(&photo(2_014, PhotoRole::Panel, None)).unwrap();
    work.submit(2_012).unwrap();
    assert_eq!(work.take(&old), Err(TaskError::OtherRound));
}

#[test]
fn of_two_corrections_of_one_result_the_later_received_counts_and_both_stay() {
    let mut work = Work::with([started(&[1]), result(2_001, 1, Verdict::Conform)]);
    work.take(&replacing(result(2_002, 1, Verdict::Untestable), 2_001)).unwrap();
    work.take(&replacing(result(2_003, 1, Verdict::Nonconform), 2_001)).unwrap();
    assert_eq!(work.task().current_result(key(1)).map(|held| held.fact), Some(FactId(uuid(2_003))));
    assert_eq!((work.task().current_results().count(), work.task().results.len()), (1, 3));
}

#[test]
fn a_correction_of_an_unknown_result_is_kept_and_flagged_one_of_another_item_is_refused() {
    let mut work = Work::with([started(&[1, 2]), result(2_001, 1, Verdict::Conform)]);
    work.take(&replacing(result(2_002, 2, Verdict::Conform), 9_999)).unwrap();
    assert!(work.task().current_result(key(2)).unwrap().replaces_unknown);
    assert_eq!(work.take(&replacing(result(2_003, 2, Verdict::Conform), 2_001)), Err(TaskError::ReplacesOtherKey));
}

#[test]
fn only_the_executor_records_and_only_into_items_of_the_task() {
    let mut work = ready();
    let mut foreign = result(2_020, 1, Verdict::Conform);
    foreign.by.account = lead();
    assert_eq!(work.take(&foreign), Err(TaskError::NotTheExecutor));
    assert_eq!(work.take(&result(2_021, 9, Verdict::Conform)), Err(TaskError::ItemNotInTask));
    assert_eq!(Work::default().take(&result(2_022, 1, Verdict::Conform)), Err(TaskError::Unknown));
}

#[test]
fn a_manifest_that_lists_anything_else_or_omits_something_is_refused_with_the_ids() {
    let mut work = ready();
    let early = submission(2_030, work.task());
    work.take(&segment(2_020)).unwrap();
    assert_eq!(work.take(&early), Err(TaskError::ManifestMismatch { ids: vec![FactId(uuid(2_020))] }));
    let mut forged = submission(2_031, work.task());
    if let Body::TaskSubmitted(submitted) = &mut forged.body {
        submitted.manifest_hash = Hash([1; 32]);
    }
    assert_eq!(work.take(&forged), Err(TaskError::ManifestInvalid));
    work.submit(2_032).unwrap();
}

#[derive(Clone, Debug)]
enum Act {
    Result(u128, u8),
    Correct(u128, u8),
    Photo(u128),
    Selfie,
    Describe,
    Segment,
    Submit,
    Discard,
    Decide(bool),
    Handle(u128, u8),
    Dispatch(u8),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        4 => (1..3_u128, 0..3_u8).prop_map(|(of, verdict)| Act::Result(of, verdict)),
        2 => (1..3_u128, 0..3_u8).prop_map(|(of, verdict)| Act::Correct(of, verdict)),
        3 => (1..3_u128).prop_map(Act::Photo),
        2 => Just(Act::Selfie),
        2 => Just(Act::Describe),
        1 => Just(Act::Segment),
        4 => Just(Act::Submit),
        1 => Just(Act::Discard),
        3 => any::<bool>().prop_map(Act::Decide),
        3 => (1..3_u128, 0..5_u8).prop_map(|(of, way)| Act::Handle(of, way)),
        4 => (0..4_u8).prop_map(Act::Dispatch),
    ];
    prop::collection::vec(act, 1..60)
}

fn verdict(n: u8) -> Verdict {
    match n {
        0 => Verdict::Conform,
        1 => Verdict::Nonconform,
        _ => Verdict::Untestable,
    }
}
fn way(n: u8) -> Way {
    match n {
        0 => Way::Troubleshoot,
        1 => Way::OwnerAgreed,
        2 => Way::OwnerRefused,
        3 => Way::OutOfScope,
        _ => Way::Negotiating,
    }
}
/// `dispatch` is the one that was made last.
fn to_fact(n: u128, act: &Act, task: &Task, dispatch: DispatchId) -> Said {
    match act {
        Act::Result(of, to) => result(n, *of, verdict(*to)),
        Act::Correct(of, to) => {
            let old = task.current_result(key(*of)).map_or(7, |held| held.fact.0.as_u128());
            replacing(result(n, *of, verdict(*to)), old)
        }
        Act::Photo(of) => photo(n, PhotoRole::Evidence, Some(*of)),
        Act::Selfie => photo(n, PhotoRole::Selfie, None),
        Act::Describe => described(n),
        Act::Segment => segment(n),
        Act::Submit => submission(n, task),
        Act::Discard => fact(n, operator(), TaskDiscarded { reason: String::new() }),
        Act::Decide(approve) => {
            let decision = if *approve { Decision::Approved } else { Decision::Rejected };
            review(n, task, decision, "请补拍")
        }
        Act::Handle(of, by) => handled_in(task.round, n, *of, way(*by), "说明"),
        Act::Dispatch(0) => received(n, dispatch),
        Act::Dispatch(1) => begun(n, dispatch),
        Act::Dispatch(2) => finished(n, dispatch, Outcome::Resolved),
        Act::Dispatch(_) => finished(n, dispatch, Outcome::Unresolved),
    }
}

fn assert_dispatches(faults: &[Fault], dispatches: &[Dispatch]) {
    for fault in faults {
        let of = || dispatches.iter().filter(|held| held.fault == fault.id);
        let open = of().filter(|held| !held.state.is_closed()).count();
        assert!(open <= 1, "A-18: one at a time");
        assert!(open == 0 || !fault.state.is_closed(), "nobody is sent for what is closed");
        let resolved = of().any(|held| held.state == DispatchState::Resolved);
        assert_eq!(resolved, fault.state == FaultState::Resolved, "R-169");
    }
}

fn assert_invariants(task: &Task, faults: &[Fault]) {
    let rejections = task.reviews.iter().filter(|review| review.decided.decision == Decision::Rejected).count();
    let approvals = task.reviews.len() - rejections;
    assert_eq!(task.submissions.len(), task.round as usize, "each round is one submission");
    assert!(approvals <= 1 && (approvals == 1) == (task.state == TaskState::Approved), "approved once and for ever");
    assert!(rejections + 1 >= task.submissions.len(), "no round follows one that was not rejected");
    let keys: Vec<ResultKey> = task.current_results().map(|held| held.key).collect();
    assert!(keys.windows(2).all(|pair| pair[0] < pair[1]), "one current result a key, sorted");
    if task.state == TaskState::Approved {
        assert_eq!(unhandled(faults), 0);
    }
    if matches!(task.state, TaskState::PendingReview | TaskState::Approved) {
        assert_eq!(missing(task, &NO_CATALOGUE), [], "nothing is missing from what was handed in");
        let failing = |held: &&TaskResult| held.recorded.verdict == Verdict::Nonconform;
        let failing: Vec<ResultKey> = task.current_results().filter(failing).map(|held| held.key).collect();
        let open = |fault: &&Fault| fault.state != FaultState::Withdrawn;
        let open: Vec<ResultKey> = faults.iter().filter(open).map(|fault| fault.key).collect();
        assert!(failing.iter().all(|key| open.contains(key)), "one fault for each result that does not conform");
        let gone = faults.iter().filter(|fault| open.contains(&fault.key) && !failing.contains(&fault.key));
        assert!(gone.into_iter().all(|fault| fault.state == FaultState::Resolved), "what conforms now was repaired");
        assert_eq!(task.last_submission().map(|held| &held.manifest), Some(&Manifest::of(task)));
    }
}

proptest! {
    #[test]
    fn any_order_of_acts_keeps_the_invariants_and_a_refused_one_changes_nothing(acts in acts()) {
        let mut work = Work::with([started(&[1, 2])]);
        for (n, act) in acts.iter().enumerate() {
            let n = 3_000 + n as u128;
            if n.is_multiple_of(5) {
                issue(&mut work, n);
            }
            let last = work.dispatches().iter().max_by_key(|held| held.log[0].event).map(|held| held.id);
            let fact = to_fact(n, act, work.task(), last.unwrap_or(DispatchId(uuid(0))));
            let _refused_is_fine = work.take(&fact);
            assert_invariants(work.task(), work.faults());
            let faults = work.faults().to_vec();
            assert_dispatches(&faults, work.dispatches());
        }
    }

    #[test]
    fn independent_facts_give_the_same_task_in_any_order(order in Just((0..7_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let facts = [
            result(2_001, 1, Verdict::Conform), result(2_002, 2, Verdict::Nonconform), photo(2_003, PhotoRole::Selfie, None),
            photo(2_004, PhotoRole::Evidence, Some(2)), described(2_005), segment(2_006), segment(2_007),
        ];
        let in_order = Work::with([started(&[1, 2])].into_iter().chain(facts.iter().cloned()));
        let shuffled = Work::with([started(&[1, 2])].into_iter().chain(order.iter().map(|at| facts[*at].clone())));
        prop_assert_eq!(in_order.task(), shuffled.task());
    }
}

/// A result answers the item that was issued, by the pack that the plan pins: another's criteria prove nothing.
#[test]
fn a_result_of_another_catalogue_item_or_pack_is_refused() {
    let mut work = Work::with([started(&[1])]);
    let mut other = result(2_001, 1, Verdict::Conform);
    if let Body::ResultRecorded(recorded) = &mut other.body {
        recorded.item_id = "item.2".into();
    }
    assert_eq!(work.take(&other), Err(TaskError::ItemDiffers));
    let pinned = Circumstances { pack: Some(ContentId([1; 32])), ..NO_CATALOGUE };
    let mine = result(2_002, 1, Verdict::Conform);
    assert_eq!(work.take_under(&mine, &pinned), Err(TaskError::CatalogueDiffers));
    let same = Circumstances { pack: Some(ContentId([0; 32])), ..NO_CATALOGUE };
    assert_eq!(work.take_under(&mine, &same), Ok(()));
}

#[test]
fn r_121_a_selfie_proves_no_fault() {
    let mut work = Work::with([started(&[1]), result(2_001, 1, Verdict::Nonconform), described(2_002)]);
    work.take(&photo(2_003, PhotoRole::Selfie, Some(1))).unwrap();
    let site = Missing::ControllerPhoto { role: PhotoRole::Evidence };
    assert_eq!(missing(work.task(), &NO_CATALOGUE), [Missing::Photo { key: key(1) }, site]);
    work.take(&photo(2_004, PhotoRole::Evidence, Some(1))).unwrap();
    assert_eq!(missing(work.task(), &NO_CATALOGUE), []);
}

#[test]
fn r_119_a_brand_of_blanks_is_no_brand() {
    let mut work = Work::with([started(&[1])]);
    let blank =
        TaskDescribed { controller: Controller::Brand(" ".into()), helpers: Vec::new(), instruments: Vec::new() };
    assert_eq!(work.take(&fact(2_001, operator(), blank)), Err(TaskError::ControllerRequired));
}

#[test]
fn a_result_that_arrives_after_its_correction_stays_replaced() {
    let (first, second) = (result(2_001, 1, Verdict::Nonconform), replacing(result(2_002, 1, Verdict::Conform), 2_001));
    let late = Work::with([started(&[1]), second.clone(), first.clone()]);
    let current: Vec<_> = late.task().current_results().map(|held| (held.fact, held.replaces_unknown)).collect();
    assert_eq!(current, [(FactId(uuid(2_002)), false)]);
}

#[test]
fn a_manifest_lists_each_fact_once_and_in_order() {
    let ids = [FactId(uuid(1)), FactId(uuid(2))];
    let text = |results: &[FactId]| Manifest { results: results.to_vec(), ..Manifest::default() }.to_text();
    assert!(Manifest::of_text(&text(&ids)).is_some());
    assert_eq!(Manifest::of_text(&text(&[ids[1], ids[0]])), None);
    assert_eq!(Manifest::of_text(&text(&[ids[0], ids[0]])), None);
}

/// the panel is photographed; where there is no controller, any photo of the site will do, and a selfie will not.
#[test]
fn r_119_no_task_is_submitted_without_a_photo_of_the_controller_or_of_a_site_that_has_none() {
    let mut work =
        Work::with([started(&[1]), result(2_001, 1, Verdict::Conform), photo(2_002, PhotoRole::Selfie, None)]);
    assert_eq!(
        missing(work.task(), &NO_CATALOGUE),
        [Missing::Controller],
        "first it is said which controller there is"
    );
    work.take(&described(2_003)).unwrap();
    assert_eq!(
        missing(work.task(), &NO_CATALOGUE),
        [Missing::ControllerPhoto { role: PhotoRole::Evidence }],
        "there is none: any photo of the site but the selfie"
    );
    assert_eq!(work.submit(2_004).map_err(|error| error.code()), Err(Code::ControllerPhotoRequired));
    work.take(&photo(2_005, PhotoRole::Evidence, None)).unwrap();
    assert_eq!(missing(work.task(), &NO_CATALOGUE), []);
    let brand = TaskDescribed { controller: Controller::Brand("海湾".into()), helpers: vec![], instruments: vec![] };
    work.take(&fact(2_006, operator(), brand)).unwrap();
    let panel = vec![Missing::ControllerPhoto { role: PhotoRole::Panel }];
    assert_eq!(work.submit(2_007), Err(TaskError::Incomplete { missing: panel }), "another photo is no panel");
    work.take(&photo(2_008, PhotoRole::Panel, None)).unwrap();
    work.submit(2_009).unwrap();
}
