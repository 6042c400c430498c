//! The life of a fault: born with the submission of its task, handled while that waits, alive when it is approved.

mod fixture;

use firebee_domain::{
    contract::ContractKind,
    evidence::PhotoRole,
    fault::{FaultRecorded, FaultState, Particulars, Removal, Way, fault_id},
    project::Practice,
    result::Verdict,
    review::Decision,
    task::{Circumstances, TaskError, TaskState},
    time::Timestamp,
};
use fixture::{
    NO_CATALOGUE, Said, Work, described, fact, handled, handled_in, key, lead, photo, replacing, result, review,
    started, task_id, with_fault,
};

/// The record of a fault is completed.
fn recorded(n: u128, of: u128, particulars: Particulars) -> Said {
    fact(n, lead(), FaultRecorded { fault: fault_id(task_id(), key(of)), particulars })
}

#[test]
fn r143_a_fault_is_born_at_submission_and_only_of_what_does_not_conform() {
    let mut work = Work::with([
        started(&[1, 2, 3]),
        result(2_001, 1, Verdict::Conform),
        result(2_002, 2, Verdict::Untestable),
        result(2_003, 3, Verdict::Nonconform),
        photo(2_004, PhotoRole::Evidence, Some(3)),
        photo(2_005, PhotoRole::Selfie, None),
        described(2_006),
    ]);
    assert_eq!(work.faults(), []);
    work.submit(2_007).unwrap();
    let faults: Vec<_> = work.faults().iter().map(|fault| (fault.id, fault.state)).collect();
    assert_eq!(faults, [(fault_id(task_id(), key(3)), FaultState::Unhandled)]);
}

#[test]
fn r152_approval_waits_for_every_fault_and_says_how_many() {
    let mut work = with_fault();
    assert_eq!(work.decide(2_020, Decision::Approved), Err(TaskError::FaultsNotHandled { count: 1 }));
    work.take(&handled(2_021, 1, Way::OutOfScope, "合同未含")).unwrap();
    work.decide(2_022, Decision::Approved).unwrap();
    assert_eq!(work.state(), TaskState::Approved);
}

#[test]
fn r156_an_inspection_is_approved_without_handling() {
    let mut work = with_fault();
    let approval = review(2_020, work.task(), Decision::Approved, "");
    let inspection = Circumstances { practice: Practice::of(ContractKind::AnnualInspection, false), ..NO_CATALOGUE };
    assert_eq!(work.take_under(&approval, &inspection), Ok(()));
}

/// the approval of its task is not the end of a fault; what was done about it stays.
#[test]
fn r176_a_fault_outlives_the_approval_of_its_task() {
    let mut work = with_fault();
    work.take(&handled(2_021, 1, Way::OwnerRefused, "业主自修")).unwrap();
    work.decide(2_022, Decision::Approved).unwrap();
    let fault = work.faults().first().unwrap();
    assert_eq!((fault.task, fault.state, fault.handlings.len()), (task_id(), FaultState::OwnerRefused, 1));
    assert_eq!(work.take(&handled(2_023, 1, Way::OutOfScope, "说明")), Err(TaskError::NotPending));
}

#[test]
fn r153_r154_r155_a_rejection_needs_no_handling_clears_it_and_gives_the_task_back() {
    let mut work = with_fault();
    work.take(&handled(2_020, 1, Way::OwnerRefused, "业主自行处理")).unwrap();
    work.decide(2_021, Decision::Rejected).unwrap();
    let fault = work.faults().first().unwrap();
    assert_eq!((fault.state, fault.handlings.len(), work.task().is_editable()), (FaultState::Unhandled, 0, true));
    work.submit(2_022).unwrap();
    assert_eq!(work.decide(2_023, Decision::Approved), Err(TaskError::FaultsNotHandled { count: 1 }));
    let late = handled_in(1, 2_024, 1, Way::OwnerRefused, "业主自行处理");
    assert_eq!(work.take(&late), Err(TaskError::OtherRound), "chosen before the rejection");
    work.take(&handled_in(2, 2_025, 1, Way::OwnerRefused, "业主自行处理")).unwrap();
    work.decide(2_026, Decision::Approved).unwrap();
}

#[test]
fn a_corrected_fault_is_withdrawn_and_comes_back_as_the_same() {
    let mut work = with_fault();
    let born = work.faults().first().unwrap().id;
    work.decide(2_020, Decision::Rejected).unwrap();
    work.take(&replacing(result(2_021, 1, Verdict::Conform), 2_010)).unwrap();
    work.submit(2_022).unwrap();
    assert_eq!(work.faults().first().map(|fault| (fault.id, fault.state)), Some((born, FaultState::Withdrawn)));
    assert_eq!(work.take(&handled_in(2, 2_023, 1, Way::Negotiating, "")), Err(TaskError::FaultClosed));
    work.decide(2_024, Decision::Rejected).unwrap();
    work.take(&replacing(result(2_025, 1, Verdict::Nonconform), 2_021)).unwrap();
    work.submit(2_026).unwrap();
    assert_eq!(work.faults().first().map(|fault| (fault.id, fault.state)), Some((born, FaultState::Unhandled)));
}

#[test]
fn r175_r177_r178_r179_r184_three_ways_issue_no_dispatch() {
    for way in [Way::Troubleshoot, Way::OwnerAgreed] {
        assert_eq!(with_fault().take(&handled(2_020, 1, way, "明确")), Err(TaskError::WayNeedsDispatch));
    }
    for way in [Way::OwnerRefused, Way::OutOfScope] {
        assert_eq!(with_fault().take(&handled(2_020, 1, way, "")), Err(TaskError::ExplanationRequired));
    }
    let mut work = with_fault();
    for (n, way, explanation, state) in [
        (2_020, Way::Negotiating, "", FaultState::Negotiating),
        (2_022, Way::OutOfScope, "不在合同内", FaultState::OutOfScope),
    ] {
        work.take(&handled(n, 1, way, explanation)).unwrap();
        assert_eq!(work.faults().first().map(|fault| fault.state), Some(state));
    }
    assert_eq!(
        work.take(&handled(2_023, 1, Way::Negotiating, "")),
        Err(TaskError::FaultClosed),
        "out of scope is final"
    );
}

#[test]
fn r_182_after_a_refusal_only_the_owners_agreement_follows() {
    let mut work = with_fault();
    work.take(&handled(2_020, 1, Way::OwnerRefused, "业主自行维修")).unwrap();
    for way in [Way::Negotiating, Way::OwnerRefused, Way::OutOfScope, Way::Troubleshoot] {
        assert_eq!(work.take(&handled(2_021, 1, way, "明确")), Err(TaskError::OnlyRepairFollows), "{way:?}");
    }
    assert_eq!(work.take(&handled(2_022, 1, Way::OwnerAgreed, "")), Err(TaskError::WayNeedsDispatch));
    assert_eq!((FaultState::OwnerRefused.ways(), FaultState::Negotiating.ways().len()), (&[][..], 3));
}

/// the approval of its task closes no record. Each entry stays, also through a rejection, and the last word on a
/// point counts.
#[test]
fn r380_the_record_of_a_fault_is_completed_in_any_round_and_after_the_approval() {
    let measures = |text: &str| Particulars { protective_measures: Some(text.into()), ..Particulars::default() };
    let mut work = with_fault();
    work.take(&recorded(2_020, 1, measures("巡查"))).unwrap();
    work.decide(2_021, Decision::Rejected).unwrap();
    work.submit(2_022).unwrap();
    work.take(&handled_in(2, 2_023, 1, Way::OutOfScope, "合同未含")).unwrap();
    work.decide(2_024, Decision::Approved).unwrap();
    let removal = Some(Removal { confirmed_by: "张经理".into(), at: Timestamp(7) });
    let confirmed = recorded(2_025, 1, Particulars { removal: removal.clone(), ..measures("专人值守") });
    work.take(&confirmed).unwrap();
    work.take(&confirmed).unwrap();
    let fault = work.faults().first().unwrap();
    assert_eq!(
        (fault.state, &fault.particulars),
        (FaultState::OutOfScope, &Particulars { removal, ..measures("专人值守") })
    );
    let said: Vec<_> = fault.records.iter().map(|entry| entry.particulars.protective_measures.as_deref()).collect();
    assert_eq!(said, [Some("巡查"), Some("专人值守")], "each once, none taken away");
    assert_eq!(work.take(&recorded(2_026, 1, Particulars::default())), Err(TaskError::RecordEmpty));
    assert_eq!(work.take(&recorded(2_027, 3, measures("巡查"))), Err(TaskError::NotPending), "no such fault");
}

/// a fault that was withdrawn was none.
#[test]
fn r380_a_withdrawn_fault_takes_no_record() {
    let mut work = with_fault();
    work.decide(2_020, Decision::Rejected).unwrap();
    work.take(&replacing(result(2_021, 1, Verdict::Conform), 2_010)).unwrap();
    work.submit(2_022).unwrap();
    let told = Particulars { brigade_told: Some(true), ..Particulars::default() };
    assert_eq!(work.take(&recorded(2_023, 1, told)), Err(TaskError::FaultClosed));
}
