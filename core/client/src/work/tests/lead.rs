//! The lead's side.

use super::*;
use crate::{
    cache::TaskBrief,
    fakes::{LEAD, PROJECT},
    journal::Meeting,
    ports::Clock as _,
    work::{
        review::{DecideTask, DecideUndecided, HandleFault, RecordFault},
        task::SubmitTask,
    },
};
use firebee_domain::{
    code::Code,
    contract::ContractKind,
    fault::{FaultState, Particulars, Way},
    id::{FaultId, RequestId},
    parked::{Choice, DECIDED_MAX},
    personnel::Registration,
    result::Verdict,
    review::Decision,
    task::{Task, TaskState},
    time::{Anchor, Timestamp},
};
use firebee_protocol::{
    document::{ParkedDocument, Recorded, kind},
    fact::{Body, parse},
    text::{Language, problem_text, when},
};

/// A task with one fault that waits in the lead's queue.
pub(super) fn waiting() -> (Phone, Phone, FakeOffice, TaskId) {
    let (phone, mut office) = operator();
    let task = phone.start(&ITEM_IDS);
    phone.do_all(task);
    phone.client.tasks().record_result(&bad(task, "slow")).unwrap();
    phone.photo(task, PhotoRole::Evidence, Some(ITEM_IDS[0]));
    phone.client.tasks().submit(SubmitTask { task }).unwrap();
    office.accept(&phone.client).unwrap();
    let lead = Phone::of(&office, LEAD);
    (phone, lead, office, task)
}

pub(super) fn decision(lead: &Phone, task: TaskId, decision: Decision, opinion: &str) -> DecideTask {
    let view = lead.client.review().get(task).unwrap();
    let waits = view.task.last_submission().unwrap();
    let (round, manifest_hash, opinion) = (waits.round, waits.manifest_hash, opinion.into());
    DecideTask { task, round, manifest_hash, decision, opinion, attachments: Vec::new() }
}

pub(super) fn handled(task: TaskId, fault: FaultId, way: Way) -> HandleFault {
    let (attachments, particulars) = (Vec::new(), None);
    HandleFault { task, fault, way, explanation: String::new(), order: None, attachments, particulars }
}

/// a file belongs to a handling or a decision: its bytes are on the disk before the fact, and the
/// fact announces them. The points of the record are kept.
#[test]
fn r_151_r_177_files_and_the_points_of_the_record_come_with_an_act() {
    let (_, lead, mut office, task) = waiting();
    let review = lead.client.review();
    let fault = review.get(task).unwrap().faults[0].id;
    let dir = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        std::fs::write(dir.path().join(name), bytes).unwrap();
        dir.path().join(name).to_string_lossy().into_owned()
    };
    let (letter, page) = (file("letter", b"%PDF-1.7 the owner's letter"), file("page", b"<html>"));
    let before = lead.client.progress().overview().unwrap().facts.total();
    let refused = HandleFault { attachments: vec![page], ..handled(task, fault, Way::Negotiating) };
    assert_eq!(review.handle_fault(&refused).unwrap_err().code(), Code::AttachmentFormatUnsupported);
    assert_eq!(lead.client.progress().overview().unwrap().facts.total(), before, "nothing was recorded");
    let particulars = Particulars {
        system_stopped: Some(true),
        protective_measures: Some(" 每两小时巡查 ".into()),
        owner_opinion: Some(" ".into()),
        ..Particulars::default()
    };
    let wanted = HandleFault {
        explanation: "业主自修".into(),
        order: None,
        attachments: vec![letter.clone(), letter],
        particulars: Some(particulars),
        ..handled(task, fault, Way::OwnerRefused)
    };
    let once = review.for_request(RequestId(uuid::Uuid::from_u128(1)));
    once.handle_fault(&wanted).unwrap();
    drop(dir);
    once.handle_fault(&wanted).unwrap();
    let held = review.get(task).unwrap().faults[0].clone();
    assert_eq!(held.handlings.len(), 1, "the repeat finds the first, although the shell has deleted the file");
    assert_eq!(held.handlings[0].attachments.len(), 1, "the same file once");
    let said = &held.particulars;
    assert_eq!((said.system_stopped, said.brigade_told, &said.owner_opinion), (Some(true), None, &None));
    assert_eq!(said.protective_measures.as_deref(), Some("每两小时巡查"));
    let screen = lead.client.screens().review(task).unwrap();
    assert_eq!((screen.faults[0].attachments, &screen.faults[0].particulars), (1, said));
    office.accept(&lead.client).unwrap();
    assert!(lead.client.progress().parked().unwrap().is_empty(), "the server agrees");
}

/// the lead sees what waits, with its fault and its evidence; nobody else has a queue.
#[test]
fn r_151_r_161_the_queue_holds_what_waits_for_this_lead() {
    let (phone, lead, _, task) = waiting();
    let queue = lead.client.review().queue().unwrap();
    assert_eq!(
        queue.iter().map(|held| (held.id, held.round, held.faults_unhandled, held.own)).collect::<Vec<_>>(),
        [(task, 1, 1, false)]
    );
    assert_eq!((queue[0].evidence_verified, queue[0].evidence_total), (9, 9));
    assert!(phone.client.review().queue().unwrap().is_empty());
}

/// approval waits until each fault has a way; two ways need words, one is final.
#[test]
fn r_152_r_175_r_178_r_184_faults_are_handled_before_approval() {
    let (_, lead, mut office, task) = waiting();
    let review = lead.client.review();
    assert_eq!(
        review.decide(&decision(&lead, task, Decision::Approved, "")).unwrap_err().code(),
        Code::FaultsNotHandled
    );
    let fault = review.get(task).unwrap().faults[0].id;
    let handle =
        |way, text: &str| review.handle_fault(&HandleFault { explanation: text.into(), ..handled(task, fault, way) });
    assert_eq!(handle(Way::OwnerRefused, " ").unwrap_err().code(), Code::ExplanationRequired);
    assert_eq!(handle(Way::Troubleshoot, "x").unwrap_err().code(), Code::TeamLeadRequired);
    handle(Way::Negotiating, "").unwrap();
    handle(Way::OutOfScope, "leased").unwrap();
    assert_eq!(handle(Way::Negotiating, "").unwrap_err().code(), Code::FaultClosed);
    review.decide(&decision(&lead, task, Decision::Approved, "")).unwrap();
    assert_eq!(review.get(task).unwrap().task.state, TaskState::Approved);
    office.accept(&lead.client).unwrap();
    office.deliver(&lead.client).unwrap();
    assert!(lead.client.progress().parked().unwrap().is_empty(), "the server agrees");
    assert!(lead.client.review().queue().unwrap().is_empty());
}

/// What this phone did about a fault is seen at once over the pulled document, and once when the document tells it too.
#[test]
fn a_handling_of_this_phone_is_seen_over_the_pulled_fault_and_not_twice() {
    let (_, lead, mut office, task) = waiting();
    let review = lead.client.review();
    let seen = || review.get(task).unwrap().faults.into_iter().map(|fault| (fault.state, fault.handlings.len()));
    let fault = review.get(task).unwrap().faults[0].id;
    let handled = handled(task, fault, Way::Negotiating);
    review.handle_fault(&handled).unwrap();
    assert_eq!(seen().collect::<Vec<_>>(), [(FaultState::Negotiating, 1)]);
    assert_eq!(review.queue().unwrap()[0].faults_unhandled, 0);
    office.accept(&lead.client).unwrap();
    office.deliver(&lead.client).unwrap();
    assert_eq!(seen().collect::<Vec<_>>(), [(FaultState::Negotiating, 1)]);
    review.handle_fault(&HandleFault { way: Way::OutOfScope, explanation: "leased".into(), ..handled }).unwrap();
    assert_eq!(seen().collect::<Vec<_>>(), [(FaultState::OutOfScope, 2)]);
}

/// the lead completes the record of a fault on the phone after the approval, and the server agrees.
#[test]
fn r_380_the_record_of_a_fault_is_completed_on_the_phone_after_the_approval() {
    let (_, lead, mut office, task) = waiting();
    let review = lead.client.review();
    let fault = review.get(task).unwrap().faults[0].id;
    let measures = |text: &str| Particulars { protective_measures: Some(text.into()), ..Particulars::default() };
    let handled = HandleFault { particulars: Some(measures("patrol")), ..handled(task, fault, Way::Negotiating) };
    review.handle_fault(&handled).unwrap();
    review.decide(&decision(&lead, task, Decision::Approved, "")).unwrap();
    office.accept(&lead.client).unwrap();
    office.deliver(&lead.client).unwrap();
    assert!(lead.client.screens().review(task).unwrap().faults[0].record.allowed);
    let record = |particulars| review.record_fault(&RecordFault { task, fault, particulars, confirmed_by: " ".into() });
    assert_eq!(record(Particulars::default()).unwrap_err().code(), Code::RecordEmpty);
    assert_eq!(record(measures(&"x".repeat(2_001))).unwrap_err().code(), Code::TextTooLong);
    record(Particulars { brigade_told: Some(true), ..measures(" guard ") }).unwrap();
    let wanted = Particulars { brigade_told: Some(true), ..measures("guard") };
    let seen = || review.get(task).unwrap().faults.remove(0);
    assert_eq!((seen().particulars, seen().records.len()), (wanted.clone(), 2), "seen at once");
    office.accept(&lead.client).unwrap();
    office.deliver(&lead.client).unwrap();
    assert!(lead.client.progress().parked().unwrap().is_empty(), "the server agrees");
    assert_eq!((seen().particulars, seen().records.len()), (wanted, 2));
}

/// the screen of the record says what is known and who said it; a confirmation that was just given counts from now.
#[test]
fn r_380_the_record_of_a_fault_is_read_in_words_and_the_removal_is_confirmed_now() {
    let (phone, lead, _office, task) = waiting();
    let review = lead.client.review();
    let fault = review.get(task).unwrap().faults[0].id;
    let screen = || lead.client.screens().record(task, fault).unwrap();
    assert!(screen().fault.record.allowed && screen().fault.said.is_empty() && screen().records.is_empty());
    let particulars = Particulars { system_stopped: Some(false), ..Particulars::default() };
    let input = RecordFault { task, fault, particulars, confirmed_by: " 王建军 ".into() };
    review.record_fault(&input).unwrap();
    let said: Vec<_> = screen().fault.said.into_iter().map(|row| (row.what, row.value)).collect();
    let now = lead.clock.now().wall_ms;
    let exact = when::when(Language::Zh, now, now).exact;
    let wanted = [("系统停用", "否".to_owned()), ("故障排除确认", format!("王建军 · {exact}"))];
    assert_eq!(said, wanted.map(|(what, value)| (what.to_owned(), value)));
    let records = screen().records;
    assert_eq!((records.len(), records[0].said.len(), records[0].who.as_deref()), (1, 2, Some("Li Na")));
    let unknown = lead.client.screens().record(task, FaultId(uuid::Uuid::nil())).unwrap_err();
    assert_eq!(unknown.code(), Code::FaultUnknown);
    assert!(phone.client.screens().record(task, fault).is_err(), "an operator handles no faults");
}

/// Approval waits for the bytes; a rejection does not.
#[test]
fn r_153_approval_waits_for_the_evidence_and_a_rejection_does_not() {
    let (phone, lead, mut office, task) = waiting();
    let review = lead.client.review();
    let fault = review.get(task).unwrap().faults[0].id;
    let handled = handled(task, fault, Way::Negotiating);
    review.handle_fault(&handled).unwrap();
    office.blobs_missing = 2;
    office.accept(&lead.client).unwrap();
    office.deliver(&lead.client).unwrap();
    let refused = review.decide(&decision(&lead, task, Decision::Approved, "")).unwrap_err();
    assert_eq!(refused.code(), Code::EvidenceIncomplete);
    assert_eq!(
        review.decide(&decision(&lead, task, Decision::Rejected, " ")).unwrap_err().code(),
        Code::OpinionRequired
    );
    review.decide(&decision(&lead, task, Decision::Rejected, "photo unclear")).unwrap();
    drop(phone);
}

/// A file that is no picture never counts: waiting would not help, and the screen says so.
#[test]
fn a_file_that_is_no_picture_is_not_told_as_still_to_come() {
    let shown = |missing| {
        let (_phone, lead, mut office, task) = waiting();
        let view = lead.client.review().get(task).unwrap();
        let (fault, photo) = (view.faults[0].id, &view.task.photos[0]);
        office.not_pictures = vec![photo.taken.original];
        office.blobs_missing = missing;
        lead.client.review().handle_fault(&handled(task, fault, Way::Negotiating)).unwrap();
        office.accept(&lead.client).unwrap();
        office.deliver(&lead.client).unwrap();
        let shown = lead.client.screens().review(task).unwrap();
        assert!(!shown.approve.allowed && shown.reject.allowed);
        (shown.evidence.text, shown.approve.why_not.unwrap())
    };
    let (evidence, why_not) = shown(1);
    assert!(evidence.contains("7/9"), "{evidence}");
    assert!(why_not.contains("请等待上传完成"), "{why_not}");
    let (evidence, why_not) = shown(0);
    assert!(evidence.contains("8/9"), "{evidence}");
    assert_eq!(why_not, problem_text(Code::PhotoNotAPicture, &[], Language::Zh));
}

/// A list counts results by the same rule as the task: of two that nobody replaced the last received.
#[test]
fn a_list_counts_a_superseded_result_no_more_than_the_task_does() {
    let (_phone, lead, _, task) = waiting();
    let mut task = lead.client.review().get(task).unwrap().task;
    let brief = |task: &Task| TaskBrief::of(task, "", None, (0, 0));
    let failing =
        |task: &Task| task.current_results().filter(|held| held.recorded.verdict == Verdict::Nonconform).count();
    assert_eq!((failing(&task), brief(&task).nonconform), (1, 1));
    let at =
        task.results.iter().position(|held| !held.replaced && held.recorded.verdict == Verdict::Nonconform).unwrap();
    let same = task.results[at].clone();
    task.results.insert(at + 1, same.clone());
    assert_eq!((failing(&task), brief(&task).nonconform), (1, 1), "twice is once");
    let mut conforms = same;
    conforms.recorded.verdict = Verdict::Conform;
    task.results.insert(at + 2, conforms);
    assert_eq!((failing(&task), brief(&task).nonconform), (0, 0), "the last received counts");
    assert_eq!(brief(&task).items[0].verdict, Some(Verdict::Conform));
}

/// What a manager declared lost will not come, so nobody waits for it; what is only late still holds the approval up.
#[test]
fn a_blob_that_was_declared_lost_holds_no_approval_up() {
    let (_phone, lead, mut office, task) = waiting();
    let review = lead.client.review();
    let fault = review.get(task).unwrap().faults[0].id;
    let handled = handled(task, fault, Way::Negotiating);
    review.handle_fault(&handled).unwrap();
    (office.blobs_lost, office.blobs_missing) = (1, 1);
    office.accept(&lead.client).unwrap();
    office.deliver(&lead.client).unwrap();
    let refused = review.decide(&decision(&lead, task, Decision::Approved, "")).unwrap_err();
    assert_eq!(refused.code(), Code::EvidenceIncomplete);
    office.blobs_missing = 0;
    review.handle_fault(&handled).unwrap();
    office.accept(&lead.client).unwrap();
    office.deliver(&lead.client).unwrap();
    let seen = review.get(task).unwrap().evidence;
    assert!(seen.verified < seen.total && seen.missing.is_empty(), "{seen:?}");
    review.decide(&decision(&lead, task, Decision::Approved, "")).unwrap();
}

/// reviewing needs the project's lead.
#[test]
fn r_150_only_the_lead_of_the_project_reviews() {
    let (phone, lead, office, task) = waiting();
    let input = decision(&lead, task, Decision::Rejected, "x");
    office.deliver(&phone.client).unwrap();
    assert_eq!(phone.client.review().decide(&input).unwrap_err().code(), Code::NotPermitted);
}

/// The phone hears the server's clock.
fn meet(phone: &Phone, server_ms: i64) {
    let now = crate::ports::Clock::now(&*phone.clock);
    let anchor = Anchor { server_ms: Timestamp(server_ms), boot_ms: now.boot_ms, boot_id: now.boot_id, rtt_ms: 20 };
    phone.client.core().journal.write("test", |tx| tx.put_meeting(&Meeting { anchor, stamp: None })).unwrap();
}

/// a registration that has expired reviews no longer, by the server's day; a renewed one that was pulled
/// reviews again. The wall clock, a year off, decides nothing; and where the phone cannot know the day, the server does. R-150 names the review alone: faults are handled without it.
#[test]
fn r_150_the_phone_judges_a_reviewer_by_the_servers_day_and_the_renewed_certificate() {
    let (_, lead, mut office, task) = waiting();
    let mut session =
        lead.client.desk().look(|eyes| Ok::<_, crate::work::Trouble>(eyes.papers.session.clone())).unwrap();
    let day = |text: &str| text.parse().unwrap();
    session.registrations = vec![Registration { from: day("2020-01-01"), to: day("2026-07-10") }];
    office.publish(firebee_protocol::document::kind::SESSION, &LEAD.to_string(), &session);
    office.deliver(&lead.client).unwrap();
    let approval = decision(&lead, task, Decision::Approved, "");
    let approves = || lead.client.review().decide(&approval).unwrap_err().code();
    let offers = || lead.client.screens().review(task).unwrap().reject.allowed;
    let year = 365 * 24 * 3_600_000;
    lead.clock.set_wall_ms(WALL_MS + year);
    assert_eq!(approves(), Code::FaultsNotHandled, "no server was heard, so the day is not known");
    meet(&lead, WALL_MS);
    assert_eq!((approves(), offers()), (Code::FaultsNotHandled, true), "its last day");
    lead.clock.advance_ms(24 * 3_600_000);
    lead.clock.set_wall_ms(WALL_MS - year);
    assert_eq!((approves(), offers()), (Code::ReviewerNotQualified, false), "the boot clock carries the day on");
    lead.clock.reboot(0);
    assert_eq!((approves(), offers()), (Code::FaultsNotHandled, true), "it may still be its last day");
    meet(&lead, WALL_MS + 24 * 3_600_000);
    lead.clock.reboot(0);
    let refused = || lead.client.review().decide(&decision(&lead, task, Decision::Rejected, "x"));
    assert_eq!(refused().unwrap_err().code(), Code::ReviewerNotQualified, "whenever it is, that day is over");
    let fault = lead.client.review().get(task).unwrap().faults[0].id;
    let handled = handled(task, fault, Way::Negotiating);
    lead.client.review().handle_fault(&handled).unwrap();
    session.registrations.push(Registration { from: day("2026-07-11"), to: day("2030-12-31") });
    office.publish(firebee_protocol::document::kind::SESSION, &LEAD.to_string(), &session);
    office.deliver(&lead.client).unwrap();
    refused().unwrap();
}

/// an inspection's approval waits for no fault.
#[test]
fn r_156_the_faults_of_an_inspection_do_not_block_its_approval() {
    let (_, lead, mut office, task) = waiting();
    let project =
        lead.client.desk().look(|eyes| Ok::<_, crate::work::Trouble>(eyes.project(PROJECT).cloned())).unwrap();
    let mut project = project.unwrap();
    project.project.kind = ContractKind::AnnualInspection;
    office.publish(firebee_protocol::document::kind::PROJECT, &PROJECT.to_string(), &project);
    office.deliver(&lead.client).unwrap();
    lead.client.review().decide(&decision(&lead, task, Decision::Approved, "")).unwrap();
}

/// a decision on a round that was decided meanwhile is refused.
#[test]
fn r_162_the_first_decision_wins() {
    let (_, lead, _, task) = waiting();
    let input = decision(&lead, task, Decision::Rejected, "x");
    lead.client.review().decide(&input).unwrap();
    assert_eq!(lead.client.review().decide(&input).unwrap_err().code(), Code::TaskNotPending);
}

/// a lead may choose more facts than one decision holds.
#[test]
fn r_131_more_facts_than_one_decision_holds_are_decided_by_several() {
    let mut office = FakeOffice::default();
    let facts: Vec<FactId> = (0..=DECIDED_MAX).map(|n| FactId(uuid::Uuid::from_u128(n as u128 + 1))).collect();
    for fact in &facts {
        let body = serde_json::json!({ "reason": "" });
        let recorded = Recorded { author_name: "Wang Qiang".into(), wall_ms: Timestamp(WALL_MS), body };
        let waits = ParkedDocument {
            fact: Some(*fact),
            kind: Some("task.discarded".into()),
            project: Some(PROJECT),
            plan: None,
            task: Some(TaskId(uuid::Uuid::from_u128(1))),
            author: OPERATOR,
            recorded: Some(recorded),
            code: Code::OutOfScope.into(),
            since: Timestamp(WALL_MS),
            decision: None,
        };
        office.publish(kind::PARKED, &fact.to_string(), &waits);
    }
    let lead = Phone::of(&office, LEAD);
    let input =
        DecideUndecided { facts: facts.clone(), decision: Choice::Refused, reason: "与业主核对过".into() };
    lead.client.review().decide_undecided(&input).unwrap();
    let journal = &lead.client.core().journal;
    let lines = journal.read("decided", |rows| rows.lines_from(1, u32::MAX, u64::MAX >> 11)).unwrap();
    let mut decided = Vec::new();
    for line in &lines {
        let fact = parse(&line.line).unwrap();
        if let Ok(Body::ParkedDecided(said)) = fact.body {
            assert_eq!(fact.subject.seen.unwrap().doc, said.facts[0].to_string());
            decided.push(said.facts);
        }
    }
    assert_eq!(decided.iter().map(Vec::len).collect::<Vec<_>>(), [DECIDED_MAX, 1]);
    assert_eq!(decided.concat(), facts);
}
