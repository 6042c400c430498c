//! Answers.

use super::*;
use crate::work::task::{RecordResultError, SubmitTask};
use firebee_domain::{code::Code, task::TaskError};

/// 30 s proposes conform, 30.1 s nonconform. The record says the value and ends with the verdict.
#[test]
fn r_142_r_146_r_362_values_propose_a_verdict_and_are_told_in_a_sentence() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    let propose = |elapsed: &str| {
        let values = [FieldValue::new("mode", "auto"), FieldValue::new("elapsed", elapsed)];
        phone.client.tasks().propose(task, plan_item(ITEM_IDS[0]), None, &values, None).unwrap()
    };
    assert_eq!(propose("30").verdict, Some(Verdict::Conform));
    assert_eq!(propose("30.1").verdict, Some(Verdict::Nonconform));
    phone.client.tasks().record_result(&bad(task, "slow")).unwrap();
    let view = phone.client.tasks().get(task).unwrap();
    let recorded = &view.task.results[0].recorded;
    assert!(recorded.measured_record.contains("50") && recorded.measured_record.ends_with("不符合"), "{recorded:?}");
    assert_eq!(propose("50").measured_record.as_ref(), Some(&recorded.measured_record));
    assert_eq!((recorded.proposed, recorded.item_id.as_str()), (Some(Verdict::Nonconform), ITEM_IDS[0]));
}

/// A key that no form of the catalogue could hold, and a plan whose catalogue has not come yet: nothing is recorded.
#[test]
fn what_cannot_be_answered_has_its_code() {
    let (phone, mut office) = operator();
    let task = phone.start(&ITEM_IDS);
    let mut result = good(task, ITEM_IDS[0]);
    result.values.push(FieldValue::new("e\u{301}", "1"));
    let refused = phone.client.tasks().record_result(&result).unwrap_err();
    assert_eq!(refused.code(), Code::TextNotNormalised);
    let core = phone.client.core();
    let read = core.cache.read::<_, crate::cache::CacheError>(|rows| {
        rows.document::<firebee_protocol::document::AssignmentDocument>("assignment", &PLAN.to_string())
    });
    let mut assignment = read.unwrap().unwrap().body;
    assignment.catalogue = firebee_domain::id::ContentId([9; 32]);
    office.publish("assignment", &PLAN.to_string(), &assignment);
    office.deliver(&phone.client).unwrap();
    let refused = phone.client.tasks().record_result(&good(task, ITEM_IDS[0])).unwrap_err();
    assert_eq!(refused.code(), Code::CatalogueMissing);
    assert!(phone.client.tasks().get(task).unwrap().task.results.is_empty());
}

/// the result keeps the item's name and criterion as they were shown, and the pack they came from.
#[test]
fn r_141_a_result_keeps_what_it_was_held_against() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    phone.client.tasks().record_result(&good(task, ITEM_IDS[0])).unwrap();
    let form = phone.client.tasks().form(task, plan_item(ITEM_IDS[0])).unwrap();
    let recorded = phone.client.tasks().get(task).unwrap().task.results[0].recorded.clone();
    assert_eq!((recorded.name, recorded.criterion), (form.item.name, form.item.criteria));
    assert_eq!(recorded.catalogue, firebee_protocol::catalogue::Pack::embedded().id);
}

/// a verdict against the proposal needs a text, and both are kept.
#[test]
fn r_362_overriding_the_proposal_needs_a_text() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    let mut result = good(task, ITEM_IDS[0]);
    result.verdict = Verdict::Nonconform;
    let refused = phone.client.tasks().record_result(&result).unwrap_err();
    assert_eq!(refused.code(), Code::OverrideReasonRequired);
    result.override_reason = Some("manual start failed".into());
    phone.client.tasks().record_result(&result).unwrap();
    let recorded = phone.client.tasks().get(task).unwrap().task.results[0].recorded.clone();
    assert_eq!((recorded.proposed, recorded.verdict), (Some(Verdict::Conform), Verdict::Nonconform));
}

/// untestable needs a reason and no values.
#[test]
fn r_144_untestable_needs_a_reason() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    let mut result = answer(task, ITEM_IDS[0], Verdict::Untestable, &[]);
    assert_eq!(phone.client.tasks().record_result(&result).unwrap_err().code(), Code::UntestableReasonRequired);
    result.untestable_reason = Some("未设计".into());
    phone.client.tasks().record_result(&result).unwrap();
}

#[test]
fn text_in_a_number_field_is_refused_and_points_at_the_field() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    for elapsed in ["soon", "30.12", "-1", "1e3", "３０"] {
        let result = answer(task, ITEM_IDS[0], Verdict::Conform, &[("mode", "auto"), ("elapsed", elapsed)]);
        let refused = phone.client.tasks().record_result(&result).unwrap_err();
        let RecordResultError::Task(TaskError::Result(error)) = &refused else { panic!("{elapsed}: {refused:?}") };
        assert!(error.findings().iter().any(|finding| finding.fields == ["elapsed"]), "{elapsed}");
        assert_eq!(refused.code(), Code::ValueMalformed);
    }
    let empty = answer(task, ITEM_IDS[0], Verdict::Conform, &[("mode", "auto")]);
    assert_eq!(phone.client.tasks().record_result(&empty).unwrap_err().code(), Code::ValueRequired);
    let mut marked = good(task, ITEM_IDS[0]);
    marked.position = Some("B1\u{202e}".into());
    assert_eq!(phone.client.tasks().record_result(&marked).unwrap_err().code(), Code::TextControlCharacter);
    assert_eq!(phone.client.progress().task(task).unwrap().facts.total(), 1);
    // A generator that does not start at all has no time to enter.
    let mut dead = answer(task, ITEM_IDS[0], Verdict::Nonconform, &[("mode", "auto")]);
    dead.fault = Some(FaultText { part: None, defect: None, text: "does not start".into() });
    phone.client.tasks().record_result(&dead).unwrap();
}

/// A correction is a new fact that replaces the old one. Both stay visible; the manifest lists the new one.
#[test]
fn a_correction_replaces_and_hides_nothing() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    phone.do_all(task);
    let first = phone.client.tasks().get(task).unwrap().task.current_results().next().unwrap().fact;
    let mut result = good(task, ITEM_IDS[0]);
    result.values[1] = FieldValue::new("elapsed", "28.5");
    let second = phone.client.tasks().record_result(&result).unwrap();
    let view = phone.client.tasks().get(task).unwrap();
    let of_item: Vec<_> = view.task.results.iter().filter(|held| held.key.item == plan_item(ITEM_IDS[0])).collect();
    assert_eq!(
        of_item.iter().map(|held| (held.fact, held.replaced)).collect::<Vec<_>>(),
        [(first, true), (second, false)]
    );
    phone.client.tasks().submit(SubmitTask { task }).unwrap();
    let submission = phone.client.tasks().get(task).unwrap().task.submissions[0].clone();
    assert!(submission.manifest.results.contains(&second) && !submission.manifest.results.contains(&first));
}

/// instances of one item are told apart by their ordinal, from 1.
#[test]
fn r_147_instances_have_an_ordinal_from_1() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    let mut result = good(task, ITEM_IDS[0]);
    result.ordinal = 0;
    assert_eq!(
        phone.client.tasks().record_result(&result).unwrap_err(),
        RecordResultError::Task(TaskError::OrdinalInvalid)
    );
    for ordinal in [1, 2] {
        result.ordinal = ordinal;
        phone.client.tasks().record_result(&result).unwrap();
    }
    assert_eq!(phone.client.tasks().get(task).unwrap().task.current_results().count(), 2);
}

#[test]
fn a_photo_of_another_task_shows_no_result() {
    let (phone, _) = operator();
    let first = phone.start(&ITEM_IDS[..1]);
    let other = phone.start(&ITEM_IDS[1..]);
    let mut result = good(first, ITEM_IDS[0]);
    result.photos = vec![phone.photo(other, PhotoRole::Evidence, None)];
    assert_eq!(phone.client.tasks().record_result(&result).unwrap_err().code(), Code::PhotoUnknown);
    result.photos = vec![phone.photo(first, PhotoRole::Evidence, None)];
    phone.client.tasks().record_result(&result).unwrap();
}
