//! The team lead's side.

use super::{
    lead::{decision, handled, waiting},
    *,
};
use crate::{
    fakes::LEAD,
    work::{dispatch::FinishDispatch, review::HandleFault},
};
use firebee_domain::{
    account::Denied,
    code::Code,
    dispatch::{DispatchState, Order, Outcome, Step},
    fault::{FaultState, Way},
    id::{DispatchId, RequestId},
    review::Decision,
};

/// A repair that is issued to the operator, on both phones.
pub(crate) fn sent() -> (Phone, Phone, FakeOffice, TaskId, DispatchId) {
    let (phone, lead, mut office, task) = waiting();
    let fault = lead.client.review().get(task).unwrap().faults[0].id;
    let order = Some(Order { team_lead: OPERATOR, plan: " replace the fitting ".into() });
    let repair = HandleFault { order, ..handled(task, fault, Way::OwnerAgreed) };
    lead.client.review().handle_fault(&repair).unwrap();
    lead.client.review().decide(&decision(&lead, task, Decision::Approved, "")).unwrap();
    office.accept(&lead.client).unwrap();
    office.deliver(&lead.client).unwrap();
    office.deliver(&phone.client).unwrap();
    let id = phone.client.dispatches().list().unwrap()[0].dispatch.id;
    (phone, lead, office, task, id)
}

fn finish(dispatch: DispatchId, outcome: Outcome, details: &str, attachments: Vec<String>) -> FinishDispatch {
    FinishDispatch { dispatch, outcome, details: details.into(), attachments }
}

/// the lead sends somebody whom the phone knows, and nobody else.
#[test]
fn r_166_a_lead_sends_a_team_lead_with_a_plan() {
    let (_, lead, mut office, task) = waiting();
    let review = lead.client.review();
    let fault = review.get(task).unwrap().faults[0].id;
    let to = |account, plan: &str| Some(Order { team_lead: account, plan: plan.into() });
    let send = |way, order| review.handle_fault(&HandleFault { order, ..handled(task, fault, way) });
    let screen = lead.client.screens().review(task).unwrap();
    let names: Vec<&str> = screen.team_leads.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Li Na", "Wang Qiang"]);
    let asks: Vec<_> = screen.faults[0].ways.iter().map(|choice| (choice.way, choice.asks)).collect();
    let all: Vec<_> = Way::ALL.iter().map(|way| (*way, way.asks())).collect();
    assert_eq!(asks, all);
    assert_eq!(send(Way::OwnerAgreed, None).unwrap_err().code(), Code::TeamLeadRequired);
    assert_eq!(send(Way::OwnerAgreed, to(OPERATOR, " ")).unwrap_err().code(), Code::RepairPlanRequired);
    let stranger = AccountId(uuid::Uuid::from_u128(0x99));
    assert_eq!(send(Way::Troubleshoot, to(stranger, "")).unwrap_err().code(), Code::TeamLeadUnfit);
    send(Way::Troubleshoot, to(OPERATOR, "")).unwrap();
    let view = review.get(task).unwrap();
    assert_eq!((view.faults[0].state, view.dispatches[0].state), (FaultState::Resolving, DispatchState::ToIssue));
    let row = lead.client.screens().review(task).unwrap().faults.remove(0).dispatches.remove(0);
    assert_eq!((row.team_lead.as_str(), row.receive.allowed), ("Wang Qiang", false));
    let opened = lead.client.screens().dispatch(row.dispatch).unwrap();
    assert_eq!(
        (&opened.row, opened.log[0].who.as_str()),
        (&row, "Li Na"),
        "the row opens before the server knows of it"
    );
    office.accept(&lead.client).unwrap();
    office.deliver(&lead.client).unwrap();
    assert!(lead.client.progress().parked().unwrap().is_empty(), "the server agrees");
    let again = review.get(task).unwrap().dispatches;
    assert_eq!(again, view.dispatches, "the same id on both sides");
}

/// the team lead goes through the steps without a network, and the server agrees.
#[test]
fn r_167_r_171_a_team_lead_goes_through_the_steps_without_a_network() {
    let (phone, lead, mut office, task, id) = sent();
    let dispatches = phone.client.dispatches();
    let screens = phone.client.screens();
    assert_eq!(screens.today().unwrap().dispatches.len(), 1);
    let row = screens.dispatches().unwrap().remove(0);
    assert!(row.receive.allowed && !row.start.allowed && !row.finish.allowed);
    assert_eq!(dispatches.start(id).unwrap_err().code(), Code::InvalidTaskState, "executing before receiving");
    assert_eq!(lead.client.dispatches().receive(id).unwrap_err().code(), Code::NotTheTeamLead);
    dispatches.receive(id).unwrap();
    assert!(screens.dispatches().unwrap()[0].start.allowed);
    dispatches.start(id).unwrap();
    let bare = dispatches.finish(&finish(id, Outcome::Resolved, " ", vec![])).unwrap_err();
    assert_eq!(bare.code(), Code::DetailsRequired);
    let file = phone.home.path().join("after.png");
    std::fs::write(&file, png()).unwrap();
    let photos = vec![file.to_string_lossy().into_owned()];
    let once = dispatches.for_request(RequestId(uuid::Uuid::from_u128(7)));
    let done = finish(id, Outcome::Resolved, " replaced ", photos);
    once.finish(&done).unwrap();
    std::fs::remove_file(file).unwrap();
    once.finish(&done).unwrap();
    let seen = dispatches.list().unwrap().remove(0).dispatch;
    let last = seen.log.last().unwrap();
    assert_eq!((last.step, last.details.as_str(), last.attachments.len()), (Step::Resolved, "replaced", 1));
    assert!(screens.today().unwrap().dispatches.is_empty(), "nothing is left to do");
    let facts = phone.client.progress().overview().unwrap().facts;
    assert_eq!(facts.pending, 3, "each step once, none of the refused");
    office.accept(&phone.client).unwrap();
    office.deliver(&phone.client).unwrap();
    office.deliver(&lead.client).unwrap();
    assert!(phone.client.progress().parked().unwrap().is_empty(), "the server agrees");
    assert_eq!(dispatches.list().unwrap().remove(0).dispatch.log.len(), seen.log.len(), "and none twice");
    assert_eq!(lead.client.review().get(task).unwrap().faults[0].state, FaultState::Resolved, "R-169");
}

/// after an unresolved outcome the lead chooses another way, also after the approval.
#[test]
fn r_169_r_176_an_unresolved_fault_is_handled_anew_on_the_phone_after_the_approval() {
    let (phone, lead, mut office, task, id) = sent();
    let offered = || lead.client.screens().review(task).unwrap().faults.remove(0).ways;
    assert!(offered().is_empty(), "somebody is under way");
    let dispatches = phone.client.dispatches();
    dispatches.receive(id).unwrap();
    dispatches.start(id).unwrap();
    dispatches.finish(&finish(id, Outcome::Unresolved, "a part is missing", vec![])).unwrap();
    office.accept(&phone.client).unwrap();
    office.deliver(&lead.client).unwrap();
    let ways: Vec<Way> = offered().iter().map(|choice| choice.way).collect();
    assert_eq!(ways, [Way::Troubleshoot, Way::OwnerAgreed, Way::OwnerRefused, Way::OutOfScope]);
    let fault = lead.client.review().get(task).unwrap().faults[0].id;
    let again = HandleFault {
        order: Some(Order { team_lead: LEAD, plan: "order the part".into() }),
        ..handled(task, fault, Way::OwnerAgreed)
    };
    lead.client.review().handle_fault(&again).unwrap();
    office.accept(&lead.client).unwrap();
    assert!(lead.client.progress().parked().unwrap().is_empty(), "the server agrees");
    assert_eq!(lead.client.review().get(task).unwrap().dispatches.len(), 2);
}

/// what a team lead recorded without the network after another was named does not count, and its author reads why.
#[test]
fn r_168_steps_after_another_team_lead_was_named_are_kept_and_told() {
    let (phone, _, mut office, task, id) = sent();
    let dispatches = phone.client.dispatches();
    dispatches.receive(id).unwrap();
    office.reassign(task, LEAD);
    office.accept(&phone.client).unwrap();
    let parked = phone.client.progress().parked().unwrap();
    assert_eq!(parked.iter().map(|fact| fact.code.as_str()).collect::<Vec<_>>(), ["not_the_team_lead"]);
    office.deliver(&phone.client).unwrap();
    assert!(dispatches.list().unwrap().is_empty(), "it is somebody else's now");
    assert_eq!(dispatches.start(id).unwrap_err().code(), Code::NotTheTeamLead);
}

/// whoever neither is the team lead nor leads the project does not see it.
#[test]
fn r_168_the_screen_of_a_dispatch_is_for_its_team_lead_and_the_lead() {
    let (phone, lead, mut office, task, id) = sent();
    let told = lead.client.screens().dispatch(id).unwrap();
    assert_eq!((told.plan.as_str(), told.log.len(), told.row.receive.allowed), ("replace the fitting", 2, false));
    assert!(phone.client.screens().dispatch(id).unwrap().row.receive.allowed);
    office.reassign(task, LEAD);
    office.deliver(&phone.client).unwrap();
    let hidden = phone.client.screens().dispatch(id).unwrap_err();
    assert_eq!(hidden.code(), Denied::NotPermitted.code());
}

/// a lead who sends themselves sees it at once, also after the approval; a step waits until the server knows of it.
#[test]
fn r_168_what_a_lead_decides_offline_shows_wherever_the_dispatch_is() {
    let (_, lead, mut office, task) = waiting();
    let fault = lead.client.review().get(task).unwrap().faults[0].id;
    let order = Some(Order { team_lead: LEAD, plan: String::new() });
    lead.client.review().handle_fault(&HandleFault { order, ..handled(task, fault, Way::Troubleshoot) }).unwrap();
    let id = lead.client.review().get(task).unwrap().dispatches[0].id;
    let log = || {
        let opened = lead.client.screens().dispatch(id).unwrap();
        let row = lead.client.screens().review(task).unwrap().faults.remove(0).dispatches.remove(0);
        assert_eq!(opened.row, row, "the screen and the row tell the same");
        opened.log.len()
    };
    assert_eq!(log(), 1);
    office.accept(&lead.client).unwrap();
    office.deliver(&lead.client).unwrap();
    assert_eq!(log(), 1);
    lead.client.review().decide(&decision(&lead, task, Decision::Approved, "")).unwrap();
    assert_eq!(log(), 2, "the approval issues it, and the server has not heard of that");
    assert!(lead.client.screens().dispatches().unwrap()[0].receive.allowed);
}

/// a step is recorded of a dispatch that the server knows.
#[test]
fn r_171_a_dispatch_that_only_this_phone_knows_takes_no_step() {
    let (_, lead, _office, task) = waiting();
    let fault = lead.client.review().get(task).unwrap().faults[0].id;
    let order = Some(Order { team_lead: LEAD, plan: String::new() });
    lead.client.review().handle_fault(&HandleFault { order, ..handled(task, fault, Way::Troubleshoot) }).unwrap();
    lead.client.review().decide(&decision(&lead, task, Decision::Approved, "")).unwrap();
    let id = lead.client.review().get(task).unwrap().dispatches[0].id;
    assert!(!lead.client.screens().dispatch(id).unwrap().row.receive.allowed);
    assert_eq!(lead.client.dispatches().receive(id).unwrap_err().code(), Code::DispatchUnknown);
}
