//! The life of a dispatch: made by the handling of a fault, issued, carried out by its team lead.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on fails here; clippy knows only the functions marked as tests"
)]

mod fixture;

use firebee_domain::{
    account::{Actor, Role},
    dispatch::{DispatchFinished, DispatchReceived, DispatchState, Outcome, Step, can_be_sent, dispatch_id},
    evidence::PhotoRole,
    fact::Body,
    fault::{FaultState, Way, fault_id, offered},
    id::{AccountId, ContentId, DispatchId, OrganisationId},
    result::{FaultText, Verdict},
    review::Decision,
    task::{TaskError, TaskState},
};
use fixture::{
    Said, Work, begun, fact, finished, handled, handled_in, issue, key, lead, operator, photo, received, replacing,
    result, review, task_id, team_lead, uuid, with_fault,
};

/// A task with a fault for which somebody is to be sent.
fn to_issue(way: Way) -> (Work, DispatchId) {
    let mut work = with_fault();
    work.take(&handled(2_020, 1, way, "更换附件")).unwrap();
    let id = dispatch_id(fault_id(task_id(), key(1)), handled(2_020, 1, way, "").by.event);
    (work, id)
}

/// Where the last dispatch and the fault stand.
fn state(work: &mut Work) -> (DispatchState, FaultState) {
    (work.dispatches().last().unwrap().state, work.faults().first().unwrap().state)
}

/// the approval issues it, and each step leaves a line with its time and person.
#[test]
fn r167_r169_a_dispatch_goes_its_way_and_resolves_its_fault() {
    let (mut work, id) = to_issue(Way::OwnerAgreed);
    assert_eq!(work.dispatches().first().map(|held| (held.id, held.team_lead)), Some((id, team_lead())));
    assert_eq!(state(&mut work), (DispatchState::ToIssue, FaultState::Resolving));
    work.decide(2_021, Decision::Approved).unwrap();
    assert_eq!(work.state(), TaskState::Approved);
    assert_eq!(state(&mut work), (DispatchState::Issued, FaultState::Resolving));
    for said in [received(2_022, id), begun(2_023, id), finished(2_024, id, Outcome::Resolved)] {
        work.take(&said).unwrap();
        work.take(&said).unwrap();
    }
    assert_eq!(state(&mut work), (DispatchState::Resolved, FaultState::Resolved));
    let held = work.dispatches().first().unwrap();
    let log: Vec<_> = held.log.iter().map(|line| (line.step, line.by)).collect();
    let expected = [
        (Step::Made, lead()),
        (Step::Issued, lead()),
        (Step::Received, team_lead()),
        (Step::Started, team_lead()),
        (Step::Resolved, team_lead()),
    ];
    assert_eq!(log, expected);
    assert_eq!((held.item_id.as_str(), held.plan.as_str()), ("item.1", "更换附件"), "R-165, R-166");
}

/// an unresolved outcome leaves the fault in resolving, and it can be dispatched anew or handled otherwise.
#[test]
fn r169_an_unresolved_fault_can_be_dispatched_anew_once_nobody_is_under_way() {
    let (mut work, id) = to_issue(Way::Troubleshoot);
    work.decide(2_021, Decision::Approved).unwrap();
    work.take(&received(2_022, id)).unwrap();
    let repair = handled(2_023, 1, Way::OwnerAgreed, "更换附件");
    assert_eq!(work.take(&repair), Err(TaskError::DispatchOpen));
    work.take(&begun(2_024, id)).unwrap();
    work.take(&finished(2_025, id, Outcome::Unresolved)).unwrap();
    assert_eq!(state(&mut work), (DispatchState::Unresolved, FaultState::Resolving));
    work.take(&repair).unwrap();
    let states: Vec<_> = work.dispatches().iter().map(|held| held.state).collect();
    assert!(states.contains(&DispatchState::ToIssue) && states.contains(&DispatchState::Unresolved), "{states:?}");
}

#[test]
fn r171_the_order_holds() {
    let (mut work, id) = to_issue(Way::Troubleshoot);
    assert_eq!(work.take(&received(2_021, id)), Err(TaskError::DispatchStateWrong), "not issued yet");
    issue(&mut work, 2_022);
    assert_eq!(work.take(&begun(2_023, id)), Err(TaskError::DispatchStateWrong), "executing before receiving");
    work.take(&received(2_024, id)).unwrap();
    assert_eq!(work.take(&received(2_025, id)), Err(TaskError::DispatchStateWrong), "received twice");
    assert_eq!(work.take(&finished(2_026, id, Outcome::Resolved)), Err(TaskError::DispatchStateWrong));
    work.take(&begun(2_027, id)).unwrap();
    work.take(&finished(2_028, id, Outcome::Unresolved)).unwrap();
    assert_eq!(work.take(&begun(2_029, id)), Err(TaskError::DispatchStateWrong), "over");
    assert_eq!(work.take(&received(2_030, DispatchId(uuid(9)))), Err(TaskError::DispatchUnknown));
}

#[test]
fn r168_only_the_named_team_lead_receives_and_executes() {
    let (mut work, id) = to_issue(Way::Troubleshoot);
    issue(&mut work, 2_021);
    let by = |account, said: Said| fact(2_022, account, said.body);
    for other in [operator(), lead()] {
        assert_eq!(work.take(&by(other, received(0, id))), Err(TaskError::NotTheTeamLead));
    }
    work.take(&received(2_023, id)).unwrap();
    let act = fact(2_024, lead(), DispatchReceived { dispatch: id }).by;
    let held = work.dispatches().first_mut().unwrap();
    assert_eq!(held.reassign(&act, team_lead(), false), Err(TaskError::TeamLeadSame));
    held.reassign(&act, operator(), false).unwrap();
    assert_eq!(held.state, DispatchState::Issued, "to be received anew");
    assert_eq!(work.take(&begun(2_025, id)), Err(TaskError::NotTheTeamLead), "another is sent now");
    work.take(&by(operator(), received(0, id))).unwrap();
    work.take(&fact(2_026, operator(), begun(0, id).body)).unwrap();
    let held = work.dispatches().first_mut().unwrap();
    assert_eq!(held.reassign(&act, team_lead(), false), Err(TaskError::DispatchStateWrong), "the work has begun");
}

/// somebody who had begun and can be sent no more is replaced, and the log says who had begun.
#[test]
fn r168_r370_another_begins_anew_when_who_had_begun_is_gone() {
    let (mut work, id) = to_issue(Way::Troubleshoot);
    issue(&mut work, 2_021);
    work.take(&received(2_022, id)).unwrap();
    work.take(&begun(2_023, id)).unwrap();
    let act = fact(2_024, lead(), DispatchReceived { dispatch: id }).by;
    let held = work.dispatches().first_mut().unwrap();
    assert_eq!(held.reassign(&act, operator(), false), Err(TaskError::DispatchStateWrong), "who had begun can go on");
    held.reassign(&act, operator(), true).unwrap();
    assert_eq!((held.state, held.team_lead), (DispatchState::Issued, operator()), "to be received anew");
    let begun_by: Vec<_> = held.log.iter().filter(|line| line.step == Step::Started).map(|line| line.by).collect();
    assert_eq!(begun_by, [team_lead()]);
    assert_eq!(work.take(&finished(2_025, id, Outcome::Resolved)), Err(TaskError::NotTheTeamLead));
    work.take(&fact(2_026, operator(), received(0, id).body)).unwrap();
    work.take(&fact(2_027, operator(), begun(0, id).body)).unwrap();
    work.take(&fact(2_028, operator(), finished(0, id, Outcome::Resolved).body)).unwrap();
    assert_eq!(state(&mut work), (DispatchState::Resolved, FaultState::Resolved));
    let held = work.dispatches().first_mut().unwrap();
    assert_eq!(held.reassign(&act, team_lead(), true), Err(TaskError::DispatchStateWrong), "it is over");
}

/// a fault that is found again elsewhere or otherwise changes what its dispatch tells, and the log keeps what it
/// told before.
#[test]
fn r165_a_dispatch_tells_the_fault_as_it_was_found_last() {
    let (mut work, id) = to_issue(Way::Troubleshoot);
    issue(&mut work, 2_021);
    work.take(&received(2_022, id)).unwrap();
    let again = |n: u128, old: u128, position: &str, text: &str| {
        let mut said = replacing(result(n, 1, Verdict::Nonconform), old);
        if let Body::ResultRecorded(recorded) = &mut said.body {
            recorded.position = Some(position.into());
            recorded.fault = Some(FaultText { part: None, defect: None, text: text.into() });
        }
        said
    };
    let before = work.dispatches().first().cloned().unwrap();
    work.take(&review(2_023, work.task(), Decision::Rejected, "请重测")).unwrap();
    work.take(&again(2_024, 2_010, "二层东侧", "漏水")).unwrap();
    assert_eq!(work.dispatches().first(), Some(&before), "nothing was handed in yet");
    work.submit(2_026).unwrap();
    let held = work.dispatches().first().cloned().unwrap();
    assert_eq!((held.position.as_deref(), held.description.text.as_str()), (Some("二层东侧"), "漏水"));
    assert_eq!((held.state, held.team_lead), (DispatchState::Received, team_lead()), "the work goes on");
    let line = held.log.last().unwrap();
    let was = line.was.clone().unwrap();
    assert_eq!((line.step, line.by), (Step::Changed, operator()));
    assert_eq!((was.position, was.description), (before.position, before.description));
    work.take(&review(2_027, work.task(), Decision::Rejected, "再看")).unwrap();
    work.submit(2_028).unwrap();
    assert_eq!(work.dispatches().first().unwrap().log.len(), held.log.len(), "the same again is no change");
    work.take(&begun(2_029, id)).unwrap();
    work.take(&finished(2_030, id, Outcome::Unresolved)).unwrap();
    work.take(&review(2_031, work.task(), Decision::Rejected, "再看")).unwrap();
    work.take(&again(2_032, 2_024, "三层", "漏油")).unwrap();
    work.submit(2_033).unwrap();
    let held = work.dispatches().first().unwrap();
    assert_eq!(held.description.text, "漏水", "what is over stays as somebody worked by it");
}

#[test]
fn r169_a_completion_needs_details_and_may_have_photos() {
    let (mut work, dispatch) = to_issue(Way::Troubleshoot);
    issue(&mut work, 2_021);
    work.take(&received(2_022, dispatch)).unwrap();
    work.take(&begun(2_023, dispatch)).unwrap();
    let finish = |details: &str, photos: u8| {
        let attachments = (0..photos).map(|n| ContentId([n; 32])).collect();
        let outcome = Outcome::Unresolved;
        fact(2_024, team_lead(), DispatchFinished { dispatch, outcome, details: details.into(), attachments })
    };
    assert_eq!(work.take(&finish(" ", 1)), Err(TaskError::DetailsRequired));
    assert_eq!(work.take(&finish("未找到", 9)), Err(TaskError::TooManyAttachments));
    work.take(&finish("未找到", 8)).unwrap();
    let line = work.dispatches().first().and_then(|held| held.log.last().cloned()).unwrap();
    assert_eq!((line.details.as_str(), line.attachments.len()), ("未找到", 8));
}

/// a rejection gives up what is not issued yet.
#[test]
fn r154_a_rejection_cancels_the_dispatch_that_is_not_issued() {
    let (mut work, _) = to_issue(Way::Troubleshoot);
    work.decide(2_021, Decision::Rejected).unwrap();
    assert_eq!(state(&mut work), (DispatchState::Cancelled, FaultState::Unhandled));
    let log = &work.dispatches().first().unwrap().log;
    assert_eq!(log.last().map(|line| (line.step, line.by)), Some((Step::Cancelled, lead())));
    work.submit(2_022).unwrap();
    work.take(&handled_in(2, 2_023, 1, Way::OwnerAgreed, "更换附件")).unwrap();
    work.decide(2_024, Decision::Approved).unwrap();
    let states: Vec<_> = work.dispatches().iter().map(|held| held.state).collect();
    assert!(states.contains(&DispatchState::Cancelled) && states.contains(&DispatchState::Issued), "{states:?}");
}

/// who is under way already goes on through a rejection. The fault is handled again, and the same way sends nobody
/// else.
#[test]
fn r154_who_is_under_way_goes_on_through_a_rejection() {
    let (mut work, id) = to_issue(Way::Troubleshoot);
    issue(&mut work, 2_021);
    work.decide(2_022, Decision::Rejected).unwrap();
    assert_eq!(state(&mut work), (DispatchState::Issued, FaultState::Unhandled));
    work.take(&received(2_023, id)).unwrap();
    work.submit(2_024).unwrap();
    let dispatches = work.dispatches().to_vec();
    assert_eq!(offered(work.task(), work.faults().first().unwrap(), &dispatches), [Way::Troubleshoot]);
    assert_eq!(work.take(&handled_in(2, 2_025, 1, Way::OwnerAgreed, "更换附件")), Err(TaskError::DispatchOpen));
    work.take(&handled_in(2, 2_026, 1, Way::Troubleshoot, "")).unwrap();
    assert_eq!(work.dispatches().len(), 1, "nobody else is sent");
    assert_eq!(state(&mut work), (DispatchState::Received, FaultState::Resolving));
    assert_eq!(work.take(&handled_in(2, 2_027, 1, Way::Troubleshoot, "")), Err(TaskError::DispatchOpen));
}

/// when the fault is handled again, who is under way goes on by the plan as it is now.
#[test]
fn r166_who_is_under_way_goes_on_by_the_new_plan() {
    let (mut work, _) = to_issue(Way::OwnerAgreed);
    issue(&mut work, 2_021);
    work.decide(2_022, Decision::Rejected).unwrap();
    work.submit(2_024).unwrap();
    work.take(&handled_in(2, 2_026, 1, Way::OwnerAgreed, "改换启动电池")).unwrap();
    let plans: Vec<&str> = work.dispatches().iter().map(|held| held.plan.as_str()).collect();
    assert_eq!(plans, ["改换启动电池"]);
}

/// a dispatch that waits gives way to a later choice, and to a correction of the result.
#[test]
fn a_dispatch_that_waits_gives_way_and_a_withdrawn_fault_needs_none() {
    let (mut work, _) = to_issue(Way::Troubleshoot);
    work.take(&handled(2_021, 1, Way::OwnerRefused, "业主自修")).unwrap();
    assert_eq!(state(&mut work), (DispatchState::Cancelled, FaultState::OwnerRefused));
    let (mut work, id) = to_issue(Way::Troubleshoot);
    issue(&mut work, 2_021);
    work.take(&received(2_022, id)).unwrap();
    work.take(&review(2_023, work.task(), Decision::Rejected, "请重测")).unwrap();
    work.take(&replacing(result(2_024, 1, Verdict::Conform), 2_010)).unwrap();
    work.take(&photo(2_025, PhotoRole::Evidence, Some(1))).unwrap();
    work.submit(2_026).unwrap();
    assert_eq!(state(&mut work), (DispatchState::Cancelled, FaultState::Withdrawn));
    assert_eq!(work.take(&begun(2_027, id)), Err(TaskError::DispatchStateWrong));
}

#[test]
fn r168_open_accounts_of_operators_and_leads_can_be_sent() {
    let actor = |role, enabled| Actor {
        account: AccountId(uuid(1)),
        organisation: Some(OrganisationId(uuid(2))),
        role,
        technical_director: false,
        enabled,
    };
    assert!(can_be_sent(&actor(Role::FieldOperator, true)) && can_be_sent(&actor(Role::ProjectLead, true)));
    assert!(!can_be_sent(&actor(Role::FieldOperator, false)) && !can_be_sent(&actor(Role::CompanyManager, true)));
}
