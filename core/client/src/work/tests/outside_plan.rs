//! Tasks outside the plan: started, answered and submitted on the phone alone.

use super::{Phone, operator, png};
use crate::{
    fakes::{ITEM_IDS, OPERATOR, PLAN, PROJECT},
    work::{
        evidence::{PhotoSource, TakePhoto},
        task::{RecordResult, StartMismatch, StartSupplementary, StartTaskError, SubmitTask},
    },
};
use firebee_domain::{
    catalogue::{FieldValue, MISMATCH},
    code::Code,
    evidence::PhotoRole,
    fault::FaultState,
    id::{PlanItemId, ProjectId, TaskId},
    result::{FaultText, Verdict},
    task::{TaskKind, TaskState},
};
use uuid::Uuid;

pub(crate) fn supplementary(phone: &Phone, items: &[&str]) -> Result<TaskId, StartTaskError> {
    let items = items.iter().map(|id| (*id).to_owned()).collect();
    phone.client.tasks().start_supplementary(&StartSupplementary { project: PROJECT, items, location_allowed: true })
}

pub(crate) fn mismatch(phone: &Phone) -> TaskId {
    phone.client.tasks().start_mismatch(&StartMismatch { project: PROJECT, location_allowed: true }).unwrap()
}

fn item(phone: &Phone, task: TaskId) -> PlanItemId {
    phone.client.tasks().get(task).unwrap().task.items[0].item
}

fn answer(phone: &Phone, task: TaskId, verdict: Verdict, values: &[(&str, &str)]) -> RecordResult {
    RecordResult {
        item: item(phone, task),
        values: values.iter().map(|(key, value)| FieldValue::new(*key, *value)).collect(),
        ..super::answer(task, ITEM_IDS[0], verdict, &[])
    }
}

/// any item of the catalogue that fits the project, whether it is issued or not, without a network and without
/// touching the plan; the server takes the same task.
#[test]
fn r_124_a_supplementary_test_goes_its_way_beside_the_plan() {
    let (phone, mut office) = operator();
    let task = supplementary(&phone, &["power-eps.a", ITEM_IDS[0]]).unwrap();
    let view = phone.client.tasks().get(task).unwrap();
    assert_eq!((view.task.kind, view.task.plan, view.due), (TaskKind::Supplementary, None, None));
    assert!(view.task.name.starts_with("补充测试项 0710_"), "{}", view.task.name);
    let issued = phone.client.projects().issued(None).unwrap();
    assert!(issued[0].items.iter().all(|held| held.task.is_none()), "the plan's own items stay free");
    phone.start(&ITEM_IDS[..1]);
    for held in &view.task.items {
        let found = super::answer(task, ITEM_IDS[0], Verdict::Untestable, &[]);
        let found = RecordResult { item: held.item, untestable_reason: Some("业主不允许".into()), ..found };
        phone.client.tasks().record_result(&found).unwrap();
    }
    phone.prove(task);
    phone.client.tasks().submit(SubmitTask { task }).unwrap();
    office.accept(&phone.client).unwrap();
    office.deliver(&phone.client).unwrap();
    assert_eq!(phone.state(task), TaskState::PendingReview);
}

/// only who works in the project starts one, of items that the catalogue has for it.
#[test]
fn r_124_r_130_a_supplementary_test_needs_a_project_of_its_own_and_items_of_the_catalogue() {
    let (phone, mut office) = operator();
    let code = |items: &[&str]| supplementary(&phone, items).map_err(|error| error.code());
    for items in [&[][..], &["dreamt.a"], &["si-record.a"], &[MISMATCH]] {
        assert_eq!(code(items), Err(Code::TaskItemsInvalid), "{items:?}");
    }
    let elsewhere = StartMismatch { project: ProjectId(Uuid::from_u128(99)), location_allowed: true };
    assert_eq!(phone.client.tasks().start_mismatch(&elsewhere).unwrap_err().code(), Code::NotPermitted);
    let untracked = StartMismatch { project: PROJECT, location_allowed: false };
    assert_eq!(phone.client.tasks().start_mismatch(&untracked), Err(StartTaskError::LocationRequired));
    office.issue(PLAN, &[]);
    office.deliver(&phone.client).unwrap();
    assert_eq!(code(&[ITEM_IDS[0]]), Err(Code::ItemNotIssued));
}

/// a facility is typed with its data; it is not tested, or broken and then a fault.
#[test]
fn r_125_r_145_a_mismatch_is_typed_and_told_in_the_words_of_the_manual() {
    let (phone, mut office) = operator();
    let task = mismatch(&phone);
    let tasks = phone.client.tasks();
    let typed = [("name", "细水雾控制柜"), ("data", "主备电切换正常")];
    let refused = |verdict, values: &[(&str, &str)]| {
        tasks.record_result(&answer(&phone, task, verdict, values)).unwrap_err().code()
    };
    assert_eq!(refused(Verdict::Conform, &typed), Code::VerdictNotOffered);
    assert_eq!(refused(Verdict::Untestable, &typed[..1]), Code::ValueRequired);
    tasks.record_result(&answer(&phone, task, Verdict::Untestable, &typed)).unwrap();
    let mut broken = answer(&phone, task, Verdict::Nonconform, &[("name", "旧式排烟窗"), ("data", "打不开")]);
    broken.ordinal = 2;
    broken.fault = Some(FaultText { part: None, defect: None, text: "窗扇卡死".into() });
    tasks.record_result(&broken).unwrap();
    let source = PhotoSource::Bytes(png());
    let shot = TakePhoto { task, role: PhotoRole::Evidence, item: Some(item(&phone, task)), ordinal: Some(2), source };
    phone.client.evidence().take_photo(&shot).unwrap();
    phone.prove(task);
    tasks.submit(SubmitTask { task }).unwrap();
    office.accept(&phone.client).unwrap();
    office.deliver(&phone.client).unwrap();
    let view = tasks.get(task).unwrap();
    let told: Vec<&str> = view.task.current_results().map(|held| held.recorded.measured_record.as_str()).collect();
    assert!(told[0].contains("细水雾控制柜：主备电切换正常。消防设施与当前测试规范不匹配的测试记录"), "{told:?}");
    assert_eq!((view.task.executor, view.task.state), (OPERATOR, TaskState::PendingReview));
    let faults: Vec<_> = view.faults.iter().map(|fault| (fault.item_name.as_str(), fault.state)).collect();
    assert_eq!(faults, [("旧式排烟窗", FaultState::Unhandled)]);
}

/// what lies outside the plan is given up as any unsubmitted task, and goes on after a restart.
#[test]
fn r_126_a_task_outside_the_plan_survives_a_restart_and_is_given_up() {
    let (phone, _) = operator();
    let task = mismatch(&phone);
    let phone = phone.restart();
    phone
        .client
        .tasks()
        .record_result(&answer(&phone, task, Verdict::Untestable, &[("name", "旧式排烟窗"), ("data", "开启")]))
        .unwrap();
    let discard = crate::work::task::DiscardTask { task, reason: String::new() };
    phone.client.tasks().discard(&discard).unwrap();
    assert_eq!(phone.state(task), TaskState::Discarded);
}
