//! The form of an item, as one types.

use super::{first, screens};
use crate::{
    fakes::ITEM_IDS,
    screen::Tone,
    work::{task::Draft, tests::operator},
};
use firebee_domain::{
    catalogue::FieldValue,
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
    assert_eq!((hours.label.as_str(), hours.limit.as_deref()), ("可运行时间", Some("限值不小于3h")));
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
