//! What screens offer outside the plan, and how they show it.

use super::screens;
use crate::{
    fakes::{FakeOffice, OPERATOR, PROJECT},
    screen::Instance,
    work::{
        task::Draft,
        tests::{Phone, operator, outside_plan},
    },
};
use firebee_domain::{geofence::Datum, result::Verdict};
use firebee_protocol::{
    document::{ProjectDocument, kind},
    text::Language,
};

/// the first screen and the project's offer it; the catalogue is searched by words.
#[test]
fn r_124_today_and_the_project_offer_what_lies_outside_the_plan() {
    let (phone, _) = operator();
    let shown = screens(&phone, Language::Zh);
    let today = shown.today().unwrap();
    let [offer] = today.outside_plan.as_slice() else { panic!("{today:?}") };
    assert!(offer.supplementary.allowed && offer.mismatch.allowed && offer.meaning.contains("不能单独出具报告"));
    assert_eq!(shown.project(PROJECT, Datum::Wgs84).unwrap().unwrap().outside_plan, *offer);
    let found = |words: &str| {
        let screen = shown.supplementary(PROJECT, words).unwrap();
        let facilities = screen.systems.iter().flat_map(|system| &system.facilities);
        (
            facilities.map(|facility| (facility.name.clone(), facility.ticked)).collect::<Vec<_>>(),
            screen.nothing.is_some(),
        )
    };
    assert!(found("").0.len() > 50);
    let (generators, nothing) = found("发电机");
    assert!(generators.contains(&("自备发电机组".to_owned(), true)) && !nothing, "{generators:?}");
    assert_eq!(found("没有这种设施"), (Vec::new(), true));
    assert!(!found("").0.iter().any(|(name, _)| name == "现场记录"), "an inspection's record is none of maintenance");
}

/// a special site offers nothing outside the plan, and says so.
#[test]
fn r_302_a_special_site_offers_nothing_outside_the_plan() {
    let mut office = FakeOffice::default();
    let phone = Phone::of(&office, OPERATOR);
    let known = phone.client.desk().look(|eyes| Ok::<_, crate::work::Trouble>(eyes.project(PROJECT).cloned()));
    let mut project: ProjectDocument = known.unwrap().unwrap();
    project.project.special_site = true;
    office.publish(kind::PROJECT, &PROJECT.to_string(), &project);
    office.deliver(&phone.client).unwrap();
    let today = screens(&phone, Language::Zh).today().unwrap();
    assert!(!today.outside_plan[0].supplementary.allowed);
    assert_eq!(today.outside_plan[0].mismatch.why_not.as_deref(), Some("这个项目不能做这种任务。请按计划自建任务。"));
}

/// the task and its row say what it is; its form asks for name and data, and for no reason.
#[test]
fn r_125_a_task_outside_the_plan_says_so_and_asks_for_name_and_data() {
    let (phone, _) = operator();
    let task = outside_plan::mismatch(&phone);
    let shown = screens(&phone, Language::Zh);
    let screen = shown.task(task).unwrap();
    assert_eq!(screen.kind, "消防设施与当前测试规范不匹配");
    assert!(screen.outside_plan.is_some() && screen.due.is_none());
    assert_eq!(shown.today().unwrap().tasks[0].kind.word, "消防设施与当前测试规范不匹配");
    let instance = Instance { item: screen.items[0].item, ordinal: 1 };
    let item = shown.item(task, instance).unwrap();
    let asked: Vec<&str> = item.form.questions.iter().map(|question| question.label.as_str()).collect();
    assert_eq!(asked, ["设施名称", "测试数据"]);
    let offered: Vec<Verdict> = item.form.verdicts.iter().map(|choice| choice.verdict).collect();
    assert_eq!(offered, [Verdict::Untestable, Verdict::Nonconform]);
    assert_eq!((item.form.verdicts[0].asks_reason.as_deref(), item.form.verdicts[0].reasons.len()), (None, 0));
    let values = ["name", "data"].map(|key| firebee_domain::catalogue::FieldValue::new(key, "正压送风口"));
    let draft = Draft { verdict: Some(Verdict::Untestable), values: values.to_vec(), ..Draft::default() };
    assert!(phone.client.tasks().answer(task, instance, draft.clone()).unwrap().save.allowed);
    phone.client.tasks().record(task, instance, &draft).unwrap();
    let recorded = shown.item(task, instance).unwrap();
    assert_eq!(recorded.instances[0].verdict.as_ref().unwrap().word, "不能测试");
    assert_eq!((recorded.name.as_str(), recorded.outside_plan), ("正压送风口", screen.outside_plan));
    let planned = phone.start(&crate::fakes::ITEM_IDS[..1]);
    let screen = shown.task(planned).unwrap();
    assert_eq!((screen.kind.as_str(), screen.outside_plan), ("计划测试", None));
}
