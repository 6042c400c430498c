//! Tasks outside the plan, and what the kind of a project asks, as the server judges them.

use crate::{both, fixture::*};
use firebee_domain::{
    catalogue::{FieldValue, MISMATCH},
    contract::ContractKind,
    evidence::PhotoRole,
    fault::FaultState,
    id::ContentId,
    ordinals::Ordinals,
    project::Project,
    result::{FaultText, ResultRecorded, Verdict},
    review::{Decision, ReviewDecided},
    task::{StartedItem, TaskKind, TaskStarted, TaskState},
};
use firebee_protocol::{
    catalogue::Pack,
    fact::{Body, Seen, Subject},
    push::PushReply,
};
use firebee_server::{
    row, sql,
    store::{StoreError, Tx},
};
use firebee_tests::{
    device::{Device, Work},
    firm::{Firm, Issued, MORNING},
};

both!(
    /// a supplementary test is numbered, submitted and kept as any task, and takes nothing of the plan.
    r_124_a_supplementary_test_goes_its_way_beside_the_plan,
    /// a facility that the catalogue lacks is known by its typed name, and never conforms.
    r_125_r_145_a_mismatch_is_judged_by_the_server_as_by_the_phone,
    /// who does not work in the project starts nothing in it.
    r_124_r_130_only_who_works_in_the_project_starts_a_task_outside_the_plan,
    /// an inspection's record says first whether the thing can be checked; its faults need no handling, nor
    /// do those of an evaluation.
    r_134_r_156_the_kind_of_the_project_decides_what_an_answer_may_be,
    /// a special site is shown by its two photos, and asks for neither selfie nor controller.
    r_302_a_special_site_is_submitted_with_its_two_photos,
);

fn codes(reply: &PushReply) -> Vec<(u64, &str)> {
    reply.results.iter().map(|outcome| (outcome.seq, outcome.code.as_str())).collect()
}

/// An answer with these values.
fn valued(issued: &Issued, verdict: Verdict, values: &[(&str, &str)]) -> ResultRecorded {
    let untestable = verdict == Verdict::Untestable;
    ResultRecorded {
        item: issued.item,
        ordinal: 1,
        also: Ordinals::default(),
        each: Vec::new(),
        instrument: None,
        position: None,
        catalogue: Pack::embedded().id,
        item_id: issued.item_id.clone(),
        name: String::new(),
        criterion: String::new(),
        variant: None,
        values: values.iter().map(|(key, value)| FieldValue::new(*key, *value)).collect(),
        proposed: None,
        verdict,
        override_reason: None,
        untestable_reason: None,
        untestable_code: (untestable && issued.item_id != MISMATCH).then(|| "stopped".into()),
        fault: (verdict == Verdict::Nonconform).then(|| FaultText { part: None, defect: None, text: "坏".into() }),
        measured_record: String::new(),
        photos: Vec::new(),
        replaces: None,
        moved_from: None,
    }
}

fn record(device: &mut Device, firm: &Firm, work: &mut Work, result: ResultRecorded) {
    let id = device.record(firm.project, &work.subject, &[], &Body::ResultRecorded(Box::new(result)));
    work.manifest.results.push(id);
}

/// Makes the project one of another kind.
async fn change(firm: &Firm, kind: ContractKind, special_site: bool) {
    let (org, id) = (firm.org, firm.project);
    let write = async move |tx: &mut Tx| {
        let find = sql!("SELECT body FROM project WHERE org = ?1 AND id = ?2");
        let row = tx.query_opt(find, &row![org, &id.0]).await?.unwrap();
        let mut project: Project = serde_json::from_str(row.get(0)?).unwrap();
        (project.kind, project.special_site) = (kind, special_site);
        let body = serde_json::to_string(&project).unwrap();
        let update = sql!("UPDATE project SET body = ?3 WHERE org = ?1 AND id = ?2");
        tx.execute(update, &row![org, &id.0, &body]).await.map(drop)
    };
    let written: Result<(), StoreError> = firm.store.write("change_project", write).await;
    written.unwrap();
}

async fn r_124_a_supplementary_test_goes_its_way_beside_the_plan(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let (mut work, items) =
        device.start_outside(&firm, TaskKind::Supplementary, &["power-genset.a", "power-eps.a"], firm.assignments[0]);
    device.finish(&firm, &mut work, &items);
    device.start_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    assert_eq!(codes(&device.push_from(&firm, 1).await), []);
    let held = document(&firm, work.task).await;
    assert_eq!((held.task.kind, held.task.plan, held.due), (TaskKind::Supplementary, None, None));
    assert!(held.task.name.starts_with("补充测试项 ") && held.task.name.ends_with("_1"), "{}", held.task.name);
    assert_eq!((held.task.state, held.catalogue), (TaskState::PendingReview, Pack::embedded().id));
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM plan_item WHERE task IS NOT NULL")).await, 1);
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM task WHERE kind = 'supplementary' AND plan IS NULL")).await, 1);
}

async fn r_125_r_145_a_mismatch_is_judged_by_the_server_as_by_the_phone(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let (mut work, items) = device.start_outside(&firm, TaskKind::Mismatch, &[MISMATCH], firm.assignments[0]);
    let typed = [("name", "细水雾控制柜"), ("data", "主备电切换正常")];
    let mut refused = work.clone();
    record(&mut device, &firm, &mut refused, valued(&items[0], Verdict::Conform, &typed));
    record(&mut device, &firm, &mut refused, valued(&items[0], Verdict::Untestable, &typed[1..]));
    record(&mut device, &firm, &mut work, valued(&items[0], Verdict::Untestable, &typed));
    let broken = ResultRecorded { ordinal: 2, ..valued(&items[0], Verdict::Nonconform, &typed) };
    record(&mut device, &firm, &mut work, broken);
    assert_eq!(codes(&device.push_from(&firm, 1).await), [(2, "verdict_not_offered"), (3, "value_required")]);
    let held = task(&firm, work.task).await;
    let told: Vec<&str> = held.current_results().map(|result| result.recorded.measured_record.as_str()).collect();
    assert!(told[0].contains("细水雾控制柜：主备电切换正常。消防设施与当前测试规范不匹配的测试记录"), "{told:?}");
    assert_eq!(held.current_results().next().unwrap().recorded.name, "细水雾控制柜");
}

async fn r_124_r_130_only_who_works_in_the_project_starts_a_task_outside_the_plan(mut firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let kind = TaskKind::Supplementary;
    let genset = ["power-genset.a"];
    device.start_outside(&firm, kind, &genset, firm.assignments[1]);
    device.start_outside(&firm, kind, &genset, (firm.assignments[0].0, 9));
    device.start_outside(&firm, kind, &["si-record.a"], firm.assignments[0]);
    let start = |items: Vec<StartedItem>, catalogue| {
        Body::TaskStarted(TaskStarted {
            kind,
            plan: None,
            plan_name: String::new(),
            items,
            catalogue,
            demands: firebee_domain::ways::Demands::default(),
            event: None,
        })
    };
    let seen = |(id, rev): (uuid::Uuid, u64)| Some(Seen { doc: id.to_string(), rev });
    let subject = Subject { plan: None, task: None, seen: seen(firm.assignments[0]) };
    let own = StartedItem { item: firm.items_of(0)[0].item, item_id: genset[0].into() };
    device.record(firm.project, &subject, &[], &start(vec![own.clone()], Some(Pack::embedded().id)));
    device.record(firm.project, &subject, &[], &start(vec![own], Some(ContentId([9; 32]))));
    let refused = [
        (1, "out_of_scope"),
        (2, "seen_unknown"),
        (3, "task_items_invalid"),
        (4, "task_items_invalid"),
        (5, "catalogue_differs"),
    ];
    assert_eq!(codes(&device.push_from(&firm, 1).await), refused);
    let old = firm.assignments[0];
    let (mut work, items) = device.start_outside(&firm, kind, &genset, old);
    firm.issue(0, &[], device.now).await;
    device.start_outside(&firm, kind, &genset, firm.assignments[0]);
    work.subject.seen = seen(firm.assignments[0]);
    device.result(&firm, &mut work, &items[0], Verdict::Conform);
    assert_eq!(codes(&device.push_from(&firm, 6).await), [(7, "out_of_scope")], "what was begun before goes on");
    let mut other = Device::claim(&firm, firm.operators[1], 2).await;
    let mut theirs = work.clone();
    theirs.subject.seen = seen(firm.assignments[1]);
    other.result(&firm, &mut theirs, &items[0], Verdict::Conform);
    assert_eq!(codes(&other.push_from(&firm, 1).await), [(1, "not_permitted")]);
}

async fn r_134_r_156_the_kind_of_the_project_decides_what_an_answer_may_be(firm: Firm) {
    change(&firm, ContractKind::CompletionInspection, false).await;
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let (mut work, items) = device.start_outside(&firm, TaskKind::Supplementary, &["si-record.a"], firm.assignments[0]);
    let site = [("system", "power"), ("note", "配电柜锈蚀"), ("checkable", "checkable")];
    let mut refused = work.clone();
    record(&mut device, &firm, &mut refused, valued(&items[0], Verdict::Conform, &site[..2]));
    record(&mut device, &firm, &mut refused, valued(&items[0], Verdict::Untestable, &site));
    record(&mut device, &firm, &mut work, valued(&items[0], Verdict::Nonconform, &site));
    device.photo(&firm, &mut work, PhotoRole::Evidence, Some(&items[0]));
    device.photo(&firm, &mut work, PhotoRole::Selfie, None);
    device.describe(&firm, &mut work);
    device.submit(&firm, &mut work);
    assert_eq!(codes(&device.push_from(&firm, 1).await), [(2, "verdict_not_offered"), (3, "verdict_not_offered")]);
    assert_eq!(task(&firm, work.task).await.state, TaskState::PendingReview);
    assert_eq!(faults(&firm, work.task).await[0].state, FaultState::Unhandled);
    let held = task(&firm, work.task).await;
    let mut lead = Device::claim(&firm, firm.lead, 2).await;
    let approved = Body::ReviewDecided(ReviewDecided {
        round: 1,
        manifest_hash: held.last_submission().unwrap().manifest_hash,
        decision: Decision::Approved,
        opinion: String::new(),
        attachments: Vec::new(),
    });
    let seen = Some(Seen { doc: work.task.to_string(), rev: 1 });
    let subject = Subject { plan: None, task: Some(work.task), seen };
    let waits = [
        (ContractKind::AnnualInspection, "evidence_incomplete"),
        (ContractKind::SafetyEvaluation, "evidence_incomplete"),
        (ContractKind::Maintenance, "faults_not_handled"),
    ];
    for (seq, (kind, code)) in (1..).zip(waits) {
        change(&firm, kind, false).await;
        lead.record(firm.project, &subject, &[], &approved);
        assert_eq!(codes(&lead.push_from(&firm, seq).await), [(seq, code)], "{kind:?}");
    }
}

async fn r_302_a_special_site_is_submitted_with_its_two_photos(mut firm: Firm) {
    change(&firm, ContractKind::Maintenance, true).await;
    let items: Vec<Issued> = ["sl-items.a", "sl-items.b"]
        .iter()
        .zip(firm.items_of(0).to_vec())
        .map(|(item_id, held)| Issued { item_id: (*item_id).to_owned(), ..held })
        .collect();
    firm.issue(0, &items, MORNING).await;
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    device.now = MORNING.plus_ms(3_600_000);
    let mut work = device.start_task(&firm, &items, firm.assignments[0]);
    for issued in &items {
        record(&mut device, &firm, &mut work, valued(issued, Verdict::Conform, &[("note", "已到场")]));
    }
    let mut early = work.clone();
    device.photo(&firm, &mut early, PhotoRole::Evidence, Some(&items[0]));
    device.submit(&firm, &mut early);
    work.manifest.photos = early.manifest.photos;
    device.photo(&firm, &mut work, PhotoRole::Outside, Some(&items[0]));
    device.photo(&firm, &mut work, PhotoRole::Paper, Some(&items[1]));
    device.submit(&firm, &mut work);
    assert_eq!(codes(&device.push_from(&firm, 1).await), [(5, "photo_and_text_required")]);
    assert_eq!(task(&firm, work.task).await.state, TaskState::PendingReview);
    device.start_outside(&firm, TaskKind::Mismatch, &[MISMATCH], firm.assignments[0]);
    assert_eq!(codes(&device.push_from(&firm, 9).await), [(9, "task_kind_not_offered")]);
}
