//! The life of a fault: born with the submission of its task, handled while that waits, alive when it is approved.

mod fixture;

use firebee_domain::{
    contract::ContractKind,
    dispatch::{DispatchKind, Outcome},
    evidence::PhotoRole,
    fact::Body,
    fault::{FaultRecorded, FaultState, Particulars, Removal, Way, fault_id, offered},
    project::Practice,
    result::Verdict,
    review::Decision,
    task::{Circumstances, TaskError, TaskState},
    time::Timestamp,
};
use fixture::{
    NO_CATALOGUE, Said, Work, begun, described, fact, finished, handled, handled_in, issue, key, lead, photo, received,
    replacing, result, review, started, task_id, with_fault,
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
    let later = offered(work.task(), work.faults().first().unwrap(), &[]);
    assert_eq!(later, [Way::OwnerAgreed], "R-182");
}

/// after the approval four ways are left. A fault under negotiation waits for one of them.
#[test]
fn r176_after_the_approval_negotiating_is_no_way_any_more() {
    let mut work = with_fault();
    work.take(&handled(2_021, 1, Way::Negotiating, "")).unwrap();
    work.decide(2_022, Decision::Approved).unwrap();
    let later = offered(work.task(), work.faults().first().unwrap(), &[]);
    assert_eq!(later, [Way::Troubleshoot, Way::OwnerAgreed, Way::OwnerRefused, Way::OutOfScope]);
    assert_eq!(work.take(&handled(2_023, 1, Way::Negotiating, "")), Err(TaskError::OnlyAtReview));
    work.take(&handled(2_024, 1, Way::OutOfScope, "合同未含")).unwrap();
    assert_eq!(
        work.faults().first().map(|fault| (fault.state, fault.handlings.len())),
        Some((FaultState::OutOfScope, 2))
    );
}

/// what is done after a rejection stays when the fault is found again.
#[test]
fn r154_r261_a_fault_that_is_found_again_keeps_what_was_done_since_the_rejection() {
    let mut work = with_fault();
    work.take(&handled(2_020, 1, Way::Troubleshoot, "")).unwrap();
    let id = work.dispatches().first().unwrap().id;
    issue(&mut work, 2_021);
    work.take(&received(2_022, id)).unwrap();
    work.decide(2_023, Decision::Rejected).unwrap();
    work.take(&begun(2_024, id)).unwrap();
    work.take(&finished(2_025, id, Outcome::Resolved)).unwrap();
    work.submit(2_026).unwrap();
    assert_eq!(work.faults().first().map(|fault| fault.state), Some(FaultState::Resolved));
    work.decide(2_027, Decision::Rejected).unwrap();
    assert_eq!(
        work.faults().first().map(|fault| fault.state),
        Some(FaultState::Resolved),
        "no decision brings it back"
    );
    work.take(&replacing(result(2_028, 1, Verdict::Conform), 2_010)).unwrap();
    work.submit(2_029).unwrap();
    assert_eq!(work.faults().first().map(|fault| fault.state), Some(FaultState::Resolved), "it was a fault");
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
fn r175_r177_r178_r179_r184_each_way_asks_for_its_own_and_leads_its_own_way() {
    let fault = |work: &Work| work.faults().first().unwrap().clone();
    let offered_at_review = {
        let work = with_fault();
        offered(work.task(), &fault(&work), &[])
    };
    assert_eq!(offered_at_review, Way::ALL);
    for (way, told, refused, state) in [
        (Way::OwnerRefused, "业主自修", Some(TaskError::ExplanationRequired), FaultState::OwnerRefused),
        (Way::OutOfScope, "合同未含", Some(TaskError::ExplanationRequired), FaultState::OutOfScope),
        (Way::OwnerAgreed, "更换附件", Some(TaskError::RepairPlanRequired), FaultState::Resolving),
        (Way::Troubleshoot, "", None, FaultState::Resolving),
        (Way::Negotiating, "", None, FaultState::Negotiating),
    ] {
        let mut work = with_fault();
        if let Some(refused) = refused {
            assert_eq!(work.take(&handled(2_020, 1, way, " ")), Err(refused), "{way:?}");
        }
        work.take(&handled(2_021, 1, way, told)).unwrap();
        assert_eq!((fault(&work).state, fault(&work).handlings.len()), (state, 1), "R-181 {way:?}");
        assert_eq!(work.dispatches().len(), usize::from(way.sends().is_some()), "{way:?}");
        let follows = offered(work.task(), &fault(&work), &[]);
        assert_eq!(follows.is_empty(), way.is_final(), "R-178 {way:?}");
    }
    for way in [Way::Troubleshoot, Way::OwnerAgreed] {
        let mut alone = handled(2_020, 1, way, "更换附件");
        if let Body::FaultHandled(handled) = &mut alone.body {
            handled.order = None;
        }
        assert_eq!(with_fault().take(&alone), Err(TaskError::TeamLeadRequired), "R-165, R-166 {way:?}");
    }
    let mut work = with_fault();
    work.take(&handled(2_020, 1, Way::OutOfScope, "合同未含")).unwrap();
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
    work.take(&handled(2_022, 1, Way::OwnerAgreed, "更换附件")).unwrap();
    assert_eq!(work.faults().first().map(|fault| fault.state), Some(FaultState::Resolving));
    assert_eq!(work.dispatches().first().map(|held| held.kind), Some(DispatchKind::Repair), "R-180, A-20");
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
