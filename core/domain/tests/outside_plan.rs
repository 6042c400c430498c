//! Tasks outside the plan, and what the kind of a project asks of a task, through the one function that phone and server
//! share.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on fails here; clippy knows only the functions marked as tests"
)]

#[expect(dead_code, reason = "these tests need a part of the fixture")]
mod fixture;

use firebee_domain::{
    catalogue::{Catalogue, FieldValue, MISMATCH},
    code::Code,
    contract::ContractKind,
    evidence::PhotoRole,
    fact::Body,
    id::{ContentId, PlanId},
    plan::PlanItemState,
    project::Practice,
    result::{FaultText, Verdict},
    submission::{Missing, missing},
    task::{Circumstances, StartedItem, TaskError, TaskKind, TaskStarted},
};
use fixture::{NO_CATALOGUE, Said, Work, described, fact, item, key, operator, photo, result, submission, uuid};
use std::sync::LazyLock;

static CATALOGUE: LazyLock<Catalogue> =
    LazyLock::new(|| serde_json::from_str(include_str!("../catalogue.json")).unwrap());

fn outside(kind: TaskKind, item_ids: &[&str]) -> TaskStarted {
    let chosen = |(n, item_id): (u128, &&str)| StartedItem { item: item(n), item_id: (*item_id).to_owned() };
    TaskStarted {
        kind,
        plan: None,
        plan_name: "补充测试项".into(),
        items: (1..).zip(item_ids).map(chosen).collect(),
        catalogue: Some(ContentId([7; 32])),
        demands: firebee_domain::ways::Demands::default(),
        event: None,
    }
}

fn begun(started: TaskStarted) -> Result<Work, TaskError> {
    let mut work = Work::default();
    work.take(&fact(1_000, operator(), started)).map(|()| work)
}

fn under(kind: ContractKind, special_site: bool) -> Circumstances<'static> {
    Circumstances { catalogue: Some(&CATALOGUE), practice: Practice::of(kind, special_site), ..NO_CATALOGUE }
}

fn answer(n: u128, item_id: &str, verdict: Verdict, values: &[(&str, &str)]) -> Said {
    let mut said = result(n, 1, verdict);
    if let Body::ResultRecorded(recorded) = &mut said.body {
        recorded.item_id = item_id.to_owned();
        recorded.untestable_reason = None;
        recorded.untestable_code = (verdict == Verdict::Untestable).then(|| "stopped".into());
        recorded.values = values.iter().map(|(key, value)| FieldValue::new(*key, *value)).collect();
    }
    said
}

#[test]
fn r_124_a_supplementary_test_has_items_of_its_pack_and_no_plan() {
    let task = begun(outside(TaskKind::Supplementary, &["power-genset.a", "power-genset.b"])).unwrap();
    assert_eq!((task.task().plan, task.task().items.len()), (None, 2));
    assert!(!task.task().kind.is_planned() && TaskKind::Planned.is_planned());
    let refused = |started| begun(started).err();
    let with_plan =
        TaskStarted { plan: Some(PlanId(uuid(20))), ..outside(TaskKind::Supplementary, &["power-genset.a"]) };
    let without_pack = TaskStarted { catalogue: None, ..outside(TaskKind::Supplementary, &["power-genset.a"]) };
    let planned = TaskStarted { kind: TaskKind::Planned, ..outside(TaskKind::Supplementary, &["power-genset.a"]) };
    for unfit in [with_plan, without_pack, planned, outside(TaskKind::Supplementary, &[])] {
        assert_eq!(refused(unfit), Some(TaskError::ItemsInvalid));
    }
}

#[test]
fn r_125_a_mismatch_is_for_what_the_catalogue_lacks() {
    assert!(begun(outside(TaskKind::Mismatch, &[MISMATCH])).is_ok());
    for unfit in [
        outside(TaskKind::Mismatch, &["power-genset.a"]),
        outside(TaskKind::Mismatch, &[MISMATCH, MISMATCH]),
        outside(TaskKind::Supplementary, &[MISMATCH]),
    ] {
        assert_eq!(begun(unfit).err(), Some(TaskError::ItemsInvalid));
    }
}

/// the pack has the items for this kind of project, and a special site offers nothing outside the plan.
#[test]
fn r_124_r_125_the_kind_of_the_project_says_what_is_offered_outside_the_plan() {
    let check =
        |started: &TaskStarted, kind, special| started.check_outside_plan(&CATALOGUE, &Practice::of(kind, special));
    let (maintenance, inspection) = (ContractKind::Maintenance, ContractKind::AnnualInspection);
    let genset = outside(TaskKind::Supplementary, &["power-genset.a"]);
    assert_eq!(check(&genset, maintenance, false), Ok(()));
    assert_eq!(check(&genset, inspection, false), Err(TaskError::ItemsInvalid));
    assert_eq!(check(&genset, maintenance, true), Err(TaskError::KindNotOffered));
    assert_eq!(check(&outside(TaskKind::Supplementary, &["si-record.a"]), inspection, false), Ok(()));
    assert_eq!(
        check(&outside(TaskKind::Supplementary, &["dreamt.a"]), maintenance, false),
        Err(TaskError::ItemsInvalid)
    );
    assert_eq!(check(&outside(TaskKind::Mismatch, &[MISMATCH]), maintenance, false), Ok(()));
}

/// a facility has a name and data; it is not tested, or visibly broken; the words are the manual's.
#[test]
fn r_125_r_145_a_mismatch_is_recorded_by_name_and_data_and_never_conforms() {
    let around = under(ContractKind::Maintenance, false);
    let mut work = begun(outside(TaskKind::Mismatch, &[MISMATCH])).unwrap();
    let typed = [("name", "细水雾控制柜"), ("data", "主备电切换正常")];
    let code = |work: &mut Work, said: &Said| work.take_under(said, &around).map_err(|error| error.code());
    let conform = answer(2_001, MISMATCH, Verdict::Conform, &typed);
    assert_eq!(code(&mut work, &conform), Err(Code::VerdictNotOffered));
    for half in [&typed[..1], &typed[1..]] {
        let half = answer(2_002, MISMATCH, Verdict::Untestable, half);
        assert_eq!(code(&mut work, &half), Err(Code::ValueRequired));
    }
    let mut whole = answer(2_003, MISMATCH, Verdict::Untestable, &typed);
    if let Body::ResultRecorded(recorded) = &mut whole.body {
        recorded.untestable_code = None;
    }
    assert_eq!(code(&mut work, &whole), Ok(()));
    let held = &work.task().current_result(key(1)).unwrap().recorded;
    assert_eq!(held.name, "细水雾控制柜");
    assert!(held.measured_record.contains("消防设施与当前测试规范不匹配的测试记录"), "{}", held.measured_record);
}

/// what does not conform needs its photo and text and makes a fault, as in any task.
#[test]
fn r_124_a_task_outside_the_plan_finds_faults_and_is_submitted_as_any() {
    let around = under(ContractKind::Maintenance, false);
    let mut work = begun(outside(TaskKind::Mismatch, &[MISMATCH])).unwrap();
    let mut broken = answer(2_001, MISMATCH, Verdict::Nonconform, &[("name", "细水雾控制柜"), ("data", "无反应")]);
    if let Body::ResultRecorded(recorded) = &mut broken.body {
        recorded.fault = Some(FaultText { part: None, defect: None, text: "不能启动".into() });
    }
    for said in [broken, photo(2_002, PhotoRole::Selfie, None), described(2_003)] {
        work.take_under(&said, &around).unwrap();
    }
    let submit = submission(2_010, work.task());
    let refused = work.take_under(&submit, &around);
    let site = Missing::ControllerPhoto { role: PhotoRole::Evidence };
    assert_eq!(refused, Err(TaskError::Incomplete { missing: vec![Missing::Photo { key: key(1) }, site] }));
    work.take_under(&photo(2_004, PhotoRole::Evidence, Some(1)), &around).unwrap();
    work.take_under(&submission(2_011, work.task()), &around).unwrap();
    assert_eq!(PlanItemState::of_task(work.state()), PlanItemState::Submitted);
    assert_eq!(work.faults().first().map(|fault| fault.item_name.as_str()), Some("细水雾控制柜"));
}

/// whether it can be checked comes first, then the site record, then the result.
#[test]
fn r_134_a_site_record_says_first_whether_it_can_be_checked() {
    for kind in [ContractKind::CompletionInspection, ContractKind::AnnualInspection, ContractKind::SpecialInspection] {
        let around = under(kind, false);
        let take = |verdict, values: &[(&str, &str)]| {
            let mut work = begun(outside(TaskKind::Supplementary, &["si-record.a"])).unwrap();
            work.take_under(&answer(2_001, "si-record.a", verdict, values), &around).map_err(|error| error.code())
        };
        let site = [("system", "power"), ("note", "控制柜完好")];
        let with = |checkable| [&site[..], &[("checkable", checkable)]].concat();
        assert_eq!(take(Verdict::Conform, &site), Err(Code::VerdictNotOffered), "{kind:?}");
        assert_eq!(take(Verdict::Conform, &with("checkable")), Ok(()));
        assert_eq!(take(Verdict::Untestable, &with("checkable")), Err(Code::VerdictNotOffered));
        assert_eq!(take(Verdict::Conform, &with("not-checkable")), Err(Code::VerdictNotOffered));
        assert_eq!(take(Verdict::Untestable, &with("not-checkable")), Ok(()));
        assert_eq!(take(Verdict::Conform, &[("checkable", "checkable")]), Err(Code::ValueRequired));
    }
}

/// no selfie and no controller; each answer has the photo that its item asks for.
#[test]
fn r_302_a_special_site_asks_for_a_photo_from_outside_and_of_the_signed_paper() {
    let around = under(ContractKind::Maintenance, true);
    let started = TaskStarted {
        kind: TaskKind::Planned,
        plan: Some(PlanId(uuid(20))),
        catalogue: None,
        ..outside(TaskKind::Planned, &["sl-items.a", "sl-items.b"])
    };
    let mut work = begun(started).unwrap();
    let mut signed = answer(2_002, "sl-items.b", Verdict::Conform, &[("note", "已签字")]);
    if let Body::ResultRecorded(recorded) = &mut signed.body {
        recorded.item = item(2);
    }
    let broken = answer(2_000, "sl-items.a", Verdict::Nonconform, &[("note", "未到场")]);
    assert_eq!(work.take_under(&broken, &around).map_err(|error| error.code()), Err(Code::VerdictNotOffered));
    work.take_under(&answer(2_001, "sl-items.a", Verdict::Conform, &[("note", "厂区外")]), &around).unwrap();
    work.take_under(&signed, &around).unwrap();
    let points = |work: &Work| missing(work.task(), &around);
    assert_eq!(points(&work), [Missing::Photo { key: key(1) }, Missing::Photo { key: key(2) }]);
    for (n, of, role) in [(1, 1, PhotoRole::Paper), (2, 2, PhotoRole::Outside), (3, 1, PhotoRole::Evidence)] {
        work.take_under(&photo(2_010 + n, role, Some(of)), &around).unwrap();
    }
    assert_eq!(points(&work).len(), 2, "a photo of another role does not show it");
    work.take_under(&photo(2_020, PhotoRole::Outside, Some(1)), &around).unwrap();
    work.take_under(&photo(2_021, PhotoRole::Paper, Some(2)), &around).unwrap();
    assert_eq!(points(&work), []);
    work.take_under(&submission(2_030, work.task()), &around).unwrap();
}
