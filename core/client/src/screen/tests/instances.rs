//! Many instances of one item: the project's list, the next one, a tag, the rest at once, and what was there before.

use super::screens;
use crate::{
    fakes::{FakeOffice, OPERATOR, PLAN, PROJECT, plan_item},
    screen::{Instance, InstanceRow},
    work::{
        task::{Draft, RestConform},
        tests::Phone,
    },
};
use firebee_domain::{
    catalogue::{FieldKind, FieldValue},
    code::Code,
    fault::FaultState,
    history::{Found, History, OpenFault, Visit},
    id::{FaultId, TaskId},
    ordinals::Ordinals,
    project::{DESIGN_VARIANT, DesignValue},
    result::{Difference, FaultText, Verdict},
    task::Stamp,
    time::Timestamp,
};
use firebee_protocol::{
    catalogue::Pack,
    document::{HistoryDocument, ProjectDocument, kind},
    text::Language,
};
use uuid::Uuid;

const DETECTOR: &str = "fas-area-detector.a";
const FACILITY: &str = "fas-area-detector";

/// What is picked where everything is as it should be.
fn good() -> Draft {
    let found = Pack::embedded().catalogue.item(DETECTOR).unwrap();
    let values = found.item.record.fields.iter().filter_map(|field| match &field.kind {
        FieldKind::Choice(choice) => {
            let option = choice.options.iter().find(|option| option.pass == Some(true))?;
            Some(FieldValue::new(&field.key, &option.value))
        }
        _ => None,
    });
    Draft { values: values.collect(), ..Draft::default() }
}

fn bad() -> Draft {
    let fault = FaultText { part: None, defect: None, text: "不报警".into() };
    Draft { verdict: Some(Verdict::Nonconform), fault: Some(fault), reason: Some("现场复测".into()), ..good() }
}

fn history(office: &mut FakeOffice, edit: impl FnOnce(&mut History)) {
    let mut history = History::new(PROJECT, FACILITY);
    let list: String = (1..=600).map(|n| format!("{n} 号位\tQR-{n}\n")).collect();
    history.positions = history.positions.pasted(&list).unwrap();
    edit(&mut history);
    office.publish(kind::HISTORY, &HistoryDocument::id(PROJECT, FACILITY), &HistoryDocument { history });
}

fn phone(edit: impl FnOnce(&mut History)) -> (Phone, TaskId) {
    let mut office = FakeOffice::default();
    office.issue(PLAN, &[DETECTOR]);
    history(&mut office, edit);
    let phone = Phone::of(&office, OPERATOR);
    let task = phone.start(&[DETECTOR]);
    (phone, task)
}

fn at(ordinal: i32) -> Instance {
    Instance { item: plan_item(DETECTOR), ordinal }
}

/// the list is there without typing; one call leads to the next instance; a tag selects one; the rest is one fact.
#[test]
fn r_361_six_hundred_instances_are_walked_by_list_and_tag_and_the_rest_is_recorded_at_once() {
    let (phone, task) = phone(|_| ());
    let (screens, tasks) = (screens(&phone, Language::Zh), phone.client.tasks());
    let item = screens.item(task, at(1)).unwrap();
    assert_eq!((item.instances.len(), item.position.as_deref()), (600, Some("1 号位")));
    assert_eq!(item.form.draft.position.as_deref(), Some("1 号位"), "nobody types where it is");
    let tagged = screens.tagged(task, None, " QR-58 ").unwrap();
    assert_eq!((tagged, screens.tagged(task, None, "QR-601").unwrap()), (Some(at(58)), None));
    assert!(tasks.get(task).unwrap().task.results.is_empty(), "a tag proves nothing");
    let draft = Draft { position: Some("58 号位".into()), ..bad() };
    tasks.record(task, at(58), &draft).unwrap();
    assert_eq!(screens.next_item(task, at(57)).unwrap().unwrap().ordinal, 59, "58 has its result");
    assert_eq!(screens.next_item(task, at(600)).unwrap().unwrap().ordinal, 1, "around the end");
    let item = screens.item(task, at(1)).unwrap();
    let rest = item.rest.unwrap();
    assert_eq!((rest.count, rest.text.as_str(), rest.conform.allowed), (599, "其余 599 处全部符合", true));

    let all = RestConform { task, item: plan_item(DETECTOR), through: None, draft: good() };
    assert_eq!(tasks.rest_conform(&all).unwrap().count, 599);
    assert_eq!(tasks.rest_conform(&all).unwrap_err().code(), Code::NothingLeft);
    let item = screens.item(task, at(57)).unwrap();
    assert_eq!((item.rest, item.next), (None, None));
    let shown =
        |row: &InstanceRow| (row.ordinal, row.position.clone(), row.verdict.as_ref().map(|chip| chip.word.clone()));
    assert_eq!(shown(&item.instances[56]), (57, Some("57 号位".into()), Some("符合".into())));
    assert_eq!(shown(&item.instances[57]), (58, Some("58 号位".into()), Some("不符合".into())));
    assert_eq!(item.form.draft.position.as_deref(), Some("57 号位"), "each keeps its address");
    let row = screens.task(task).unwrap().items.remove(0);
    assert_eq!((row.instances.done, row.instances.total), (600, 600));
    assert_eq!(row.verdict.map(|chip| chip.word), Some("不符合".into()));
    let steps: Vec<String> = screens.task(task).unwrap().steps.into_iter().map(|step| step.text).collect();
    assert!(steps.contains(&"拍照：测试火灾报警和故障报警功能 (58) 58 号位".into()), "R-147: {steps:?}");

    let late = Draft { position: Some("300 号位".into()), ..bad() };
    tasks.record(task, at(300), &late).unwrap();
    let held = tasks.get(task).unwrap().task;
    assert_eq!((held.results.len(), held.answers().count()), (3, 600));
}

/// without a list somebody says how many there are; what is measured at each is not recorded at once.
#[test]
fn r_361_without_a_list_the_count_is_said_and_what_is_measured_is_refused() {
    let mut office = FakeOffice::default();
    office.issue(PLAN, &[DETECTOR, "fas-area-mcp.c"]);
    let phone = Phone::of(&office, OPERATOR);
    let task = phone.start(&[DETECTOR, "fas-area-mcp.c"]);
    let tasks = phone.client.tasks();
    let mut all = RestConform { task, item: plan_item(DETECTOR), through: None, draft: good() };
    assert_eq!(tasks.rest_conform(&all).unwrap_err().code(), Code::NothingLeft);
    all.through = Some(40);
    assert_eq!(tasks.rest_conform(&all).unwrap().count, 40);
    let values = vec![FieldValue::new("value", "30")];
    let measured = Draft { values, ..Draft::default() };
    let all = RestConform { task, item: plan_item("fas-area-mcp.c"), through: Some(4), draft: measured };
    assert_eq!(tasks.rest_conform(&all).unwrap_err().code(), Code::OwnAnswerRequired);
}

/// what was found last at the same instance, and what is still wrong there, without a network.
#[test]
fn r_364_an_instance_shows_its_previous_result_and_its_open_faults() {
    let (phone, task) = phone(|history| {
        let found = |ordinals: Ordinals, verdict, record: &str| Found {
            item_id: DETECTOR.into(),
            ordinals,
            at: Stamp::unproved(Timestamp(1_780_000_000_000)),
            verdict,
            record: record.into(),
            measured: Vec::new(),
        };
        history.visits.push(Visit {
            task: TaskId(Uuid::from_u128(7)),
            task_name: "2026-06 0612_1".into(),
            found: vec![
                found(Ordinals::of((1..=600).filter(|n| *n != 58)), Verdict::Conform, "其余符合"),
                found(Ordinals::of([58]), Verdict::Nonconform, "58 号不报警"),
            ],
        });
        history.faults.push(OpenFault {
            fault: FaultId(Uuid::from_u128(8)),
            item_id: DETECTOR.into(),
            ordinal: 58,
            task_name: "2026-06 0612_1".into(),
            description: FaultText { part: None, defect: None, text: "不报警".into() },
            state: FaultState::Negotiating,
        });
    });
    let screens = screens(&phone, Language::Zh);
    let item = screens.item(task, at(58)).unwrap();
    let previous = item.previous.unwrap();
    assert_eq!((previous.record.as_str(), previous.verdict.word.as_str()), ("58 号不报警", "不符合"));
    let open: Vec<(String, String)> =
        item.open_faults.into_iter().map(|fault| (fault.text, fault.state.word)).collect();
    assert_eq!(open, [("不报警".to_owned(), "与业主沟通中".to_owned())]);
    let other = screens.item(task, at(57)).unwrap();
    assert_eq!((other.previous.unwrap().record.as_str(), other.open_faults.len()), ("其余符合", 0));
}

/// a limit by design takes the project's latest value, the variant follows from the design, and what differs is
/// flagged and stays.
#[test]
fn r_363_limits_and_variants_follow_from_the_design() {
    let mut office = FakeOffice::default();
    let (pool, municipal) = ("ws-pool.a", "ws-municipal.a");
    office.issue(PLAN, &[pool, municipal]);
    let value = |item_id: &str, field: &str, value: &str| DesignValue {
        item_id: item_id.into(),
        field: field.into(),
        value: value.into(),
        source: "水施-12".into(),
        date: None,
    };
    let mut project = office.project();
    project.design_values = vec![
        value(pool, "design", "400"),
        value(municipal, DESIGN_VARIANT, "with-hydrants"),
        value(pool, "design", "432"),
    ];
    let document =
        ProjectDocument { project, owner_name: "Zhongyi Tower".into(), lead_name: "Li Na".into(), orders: Vec::new() };
    office.publish(kind::PROJECT, &PROJECT.to_string(), &document);
    let phone = Phone::of(&office, OPERATOR);
    let task = phone.start(&[pool, municipal]);
    let (screens, tasks) = (screens(&phone, Language::Zh), phone.client.tasks());
    let first = |item_id: &str| Instance { item: plan_item(item_id), ordinal: 1 };
    let form = screens.item(task, first(pool)).unwrap().form;
    assert_eq!(form.draft.values, [FieldValue::new("design", "432")], "the one entered last, once");
    let variant = screens.item(task, first(municipal)).unwrap().form.variant.unwrap();
    assert_eq!(variant.chosen.as_deref(), Some("with-hydrants"));

    let answer = |value: &str, design: &str| Draft {
        values: vec![FieldValue::new("value", value), FieldValue::new("design", design)],
        ..Draft::default()
    };
    let proposed = |draft| tasks.answer(task, first(pool), draft).unwrap().proposed.map(|held| held.verdict);
    assert_eq!(proposed(answer("430", "432")), Some(Verdict::Nonconform));
    assert_eq!(proposed(answer("432", "432.0")), Some(Verdict::Conform));
    let differs = || tasks.get(task).unwrap().task.current_results().next().unwrap().differs.clone();
    tasks.record(task, first(pool), &answer("432", "432.0")).unwrap();
    assert_eq!(differs(), []);
    tasks.record(task, first(pool), &answer("410", "400")).unwrap();
    assert_eq!(differs(), [Difference::Design], "it counts as it was judged, and says so");
}
