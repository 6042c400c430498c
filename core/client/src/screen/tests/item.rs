//! The form of an item, as one types.

use super::{first, screens};
use crate::{
    fakes::{FakeOffice, ITEM_IDS, OPERATOR, PLAN},
    screen::{PickOption, Tone},
    work::{
        task::Draft,
        tests::{Phone, operator},
    },
};
use firebee_domain::{
    catalogue::FieldValue,
    code::Code,
    evidence::PhotoRole,
    result::{FaultText, Verdict},
};
use firebee_protocol::text::Language;

fn draft(values: &[(&str, &str)]) -> Draft {
    Draft { values: values.iter().map(|(key, value)| FieldValue::new(*key, *value)).collect(), ..Draft::default() }
}

/// one value outside its limit makes the item nonconform, even while other fields are empty.
#[test]
fn a_value_out_of_its_limit_proposes_nonconform_while_other_required_fields_are_empty() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    phone.client.set_language(Language::Zh);
    let form = phone.client.tasks().answer(task, first("power-genset.b"), draft(&[("hours", "2.9")])).unwrap();
    let proposed = form.proposed.unwrap();
    assert_eq!((proposed.verdict, proposed.chip.word.as_str()), (Verdict::Nonconform, "不符合"));
    let hours = &form.questions[0];
    assert_eq!((hours.label.as_str(), hours.limit.as_deref()), ("可运行时间", Some("应不小于3.0h")));
    let note = hours.note.as_ref().unwrap();
    assert_eq!((note.text.as_str(), note.tone), ("超出限值", Tone::Nonconform));
    assert_eq!(form.questions[1].note.as_ref().unwrap().tone, Tone::Waiting);
    assert_eq!(form.photo.as_deref(), Some("不符合的测试项至少需要一张照片。"));
    let asks: Vec<bool> = form.verdicts.iter().map(|choice| choice.asks_reason.is_some()).collect();
    assert_eq!(asks, [true, false, true], "against the proposal, and for what could not be tested");
    assert!(form.verdicts[1].chosen && form.verdicts[1].asks_fault.is_some());
}

/// the recorded sentence equals the one in the form, including the place.
#[test]
fn the_sentence_of_the_form_is_the_sentence_that_is_recorded() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    let at = first("power-genset.a");
    let draft = Draft {
        position: Some("B1层".into()),
        fault: Some(FaultText { part: None, defect: None, text: "启动慢".into() }),
        ..draft(&[("mode", "auto"), ("elapsed", "50")])
    };
    let shown = phone.client.tasks().answer(task, at, draft.clone()).unwrap();
    assert!(shown.save.allowed, "{:?}", shown.save);
    phone.client.tasks().record(task, at, &draft).unwrap();
    let task = phone.client.tasks().get(task).unwrap().task;
    let recorded = &task.current_results().next().unwrap().recorded;
    assert_eq!(shown.sentence.as_deref(), Some(recorded.measured_record.as_str()));
    assert!(recorded.measured_record.starts_with("B1层"), "{}", recorded.measured_record);
    assert_eq!((recorded.verdict, recorded.proposed), (Verdict::Nonconform, Some(Verdict::Nonconform)));
}

/// against the proposal a reason is asked for, and saving waits for it.
#[test]
fn a_verdict_against_the_proposal_is_saved_only_with_its_reason() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    let at = first("power-genset.a");
    let against = Draft { verdict: Some(Verdict::Conform), ..draft(&[("mode", "auto"), ("elapsed", "50")]) };
    let form = phone.client.tasks().answer(task, at, against.clone()).unwrap();
    assert!(!form.save.allowed && form.save.why_not.is_some(), "{:?}", form.save);
    assert!(phone.client.tasks().record(task, at, &against).is_err());
    let reasoned = Draft { reason: Some("按设计允许".into()), ..against };
    assert!(phone.client.tasks().answer(task, at, reasoned.clone()).unwrap().save.allowed);
    phone.client.tasks().record(task, at, &reasoned).unwrap();
    let view = phone.client.tasks().get(task).unwrap();
    assert_eq!(view.task.results[0].recorded.override_reason.as_deref(), Some("按设计允许"));
}

#[test]
fn an_item_shows_its_criterion_its_instances_and_what_was_answered() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    let at = first("power-genset.b");
    phone
        .client
        .tasks()
        .record(task, at, &draft(&[("hours", "3"), ("level", "normal"), ("grade", "correct")]))
        .unwrap();
    for language in Language::ALL {
        let item = screens(&phone, language).item(task, at).unwrap();
        insta::assert_debug_snapshot!(
            format!("item_{}", language.tag()),
            (item.name, item.facility, item.instances, item.form)
        );
    }
}

/// a selfie shows who was there, not what was found. The form asks for a photo as submitting does.
#[test]
fn r_121_a_selfie_is_not_the_photo_that_a_nonconforming_item_needs() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    let asks = |item| phone.client.tasks().answer(task, first(item), draft(&[("hours", "2.9")])).unwrap().photo;
    assert!(asks("power-genset.b").is_some());
    phone.photo(task, PhotoRole::Selfie, Some("power-genset.b"));
    assert!(asks("power-genset.b").is_some(), "a selfie taken for the item");
    phone.photo(task, PhotoRole::Evidence, Some("power-genset.b"));
    assert_eq!(asks("power-genset.b"), None);
}

/// reasons, parts and defects come from the plan's catalogue; a picked reason needs no text.
#[test]
fn r_144_r_149_a_form_offers_reasons_parts_and_defects() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    let at = first("power-genset.b");
    phone.client.set_language(Language::Zh);
    let tasks = phone.client.tasks();
    let form = tasks.answer(task, at, Draft::default()).unwrap();
    let labels = |options: &[PickOption]| options.iter().map(|option| option.label.clone()).collect::<Vec<_>>();
    let [conform, nonconform, untestable] = form.verdicts.as_slice() else { panic!("three verdicts") };
    assert_eq!(labels(&untestable.reasons), ["未设计", "设备停用", "业主不允许", "现场不具备条件", "其他"]);
    assert_eq!(labels(&nonconform.parts)[..2], ["储油设备", "蓄电池"]);
    assert_eq!(labels(&nonconform.defects)[0], "附件损坏");
    assert!([&conform.reasons, &conform.parts, &nonconform.reasons, &untestable.defects].iter().all(|l| l.is_empty()));

    let silent = Draft { verdict: Some(Verdict::Untestable), ..Draft::default() };
    assert!(!tasks.answer(task, at, silent.clone()).unwrap().save.allowed, "a reason is missing");
    let other = Draft { reason_code: Some("other".into()), ..silent.clone() };
    assert!(!tasks.answer(task, at, other).unwrap().save.allowed, "that reason needs a text");
    let unknown = Draft { reason_code: Some("weather".into()), ..silent.clone() };
    let refused = tasks.record(task, at, &unknown).unwrap_err();
    assert_eq!(refused.code(), Code::UntestableReasonUnknown);
    let picked = Draft { reason_code: Some("stopped".into()), ..silent };
    let shown = tasks.answer(task, at, picked.clone()).unwrap();
    tasks.record(task, at, &picked).unwrap();
    let view = tasks.get(task).unwrap();
    let recorded = &view.task.current_results().next().unwrap().recorded;
    assert_eq!(shown.sentence.as_deref(), Some(recorded.measured_record.as_str()));
    assert!(recorded.measured_record.contains("设备停用"), "{}", recorded.measured_record);
    let again = screens(&phone, Language::Zh).item(task, at).unwrap().form.draft;
    assert_eq!((again.reason_code.as_deref(), again.reason), (Some("stopped"), None));
}

/// What is measured at one item is offered at another that asks for the same, and a person checks it.
#[test]
fn what_is_measured_at_another_item_of_the_task_is_taken_over_and_named() {
    let (tank, hydrant) = ("ws-tank.d", "hi-test.a");
    let mut office = FakeOffice::default();
    office.issue(PLAN, &[tank, hydrant]);
    let phone = Phone::of(&office, OPERATOR);
    let task = phone.start(&[tank, hydrant]);
    let before = screens(&phone, Language::Zh).item(task, first(hydrant)).unwrap().form;
    assert_eq!((before.taken_over, before.draft.values), (None, Vec::new()));
    let measured =
        Draft { variant: Some("class-1".into()), position: Some("屋顶".into()), ..draft(&[("value", "0.11")]) };
    phone.client.tasks().record(task, first(tank), &measured).unwrap();
    let form = screens(&phone, Language::Zh).item(task, first(hydrant)).unwrap().form;
    assert_eq!(form.taken_over.as_deref(), Some("数值取自“最不利点静水压力”的记录，请核对。"));
    assert_eq!(form.draft.variant.as_deref(), Some("class-1"));
    assert_eq!(form.draft.values, measured.values);
    assert_eq!(form.proposed.unwrap().verdict, Verdict::Conform);
    assert!(
        phone.client.tasks().get(task).unwrap().task.current_results().count() == 1,
        "nothing is recorded by itself"
    );
}

/// How often the code of practice asks for an item stands beside it where no nature of plan says it.
#[test]
fn an_item_says_how_often_the_code_of_practice_asks_for_it() {
    let mut office = FakeOffice::default();
    office.issue(PLAN, &["fo-generator.b", "ws-pump.b", "power-genset.a"]);
    let phone = Phone::of(&office, OPERATOR);
    let task = phone.start(&["fo-generator.b", "ws-pump.b", "power-genset.a"]);
    let every = |language, item_id| screens(&phone, language).item(task, first(item_id)).unwrap().every;
    assert_eq!(every(Language::Zh, "fo-generator.b").as_deref(), Some("规范要求每 2 年一次"));
    assert_eq!(
        every(Language::En, "fo-generator.b").as_deref(),
        Some("The code of practice asks for it every 2 years")
    );
    assert_eq!(every(Language::En, "ws-pump.b").as_deref(), Some("The code of practice asks for it every week"));
    assert_eq!(every(Language::Zh, "power-genset.a"), None);
}
