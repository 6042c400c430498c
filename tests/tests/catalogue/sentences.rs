//! The measured record of every item, as it is read.

use firebee_domain::{
    catalogue::{Catalogue, FieldValue, ItemRef, Language, OutcomeKind, Told, sentence},
    result::Verdict,
};
use firebee_protocol::catalogue::Pack;
use firebee_tests::answers::{Answers, Wanted, answers};
use std::fmt::Write as _;

/// One record in both languages.
fn tell(catalogue: &Catalogue, item: ItemRef<'_>, answers: &Answers, verdict: Verdict) -> String {
    let reason = catalogue.untestable_reason("stopped");
    let told = |language: Language| {
        let reason = reason.map(|reason| reason.told(None, language));
        let told = Told {
            location: language.of("三层", "Floor 3"),
            ordinal: 1,
            variant: answers.variant.as_deref(),
            values: &answers.values,
            verdict,
            reason: reason.as_deref(),
        };
        sentence(catalogue, item, &told, language)
    };
    format!("{}\n{}\n", told(Language::Chinese), told(Language::English))
}

/// What is recorded of one item: that it conforms, that it does not, a remark where an example gives one, and that it
/// could not be tested.
fn records(catalogue: &Catalogue, item: ItemRef<'_>) -> String {
    let good = answers(catalogue, item.item, Wanted::Good, "情况正常").unwrap();
    let bad = answers(catalogue, item.item, Wanted::Bad, "情况不正常").unwrap_or_else(|| {
        let worded = |value: &FieldValue| FieldValue::new(&value.key, value.value.replace("正常", "不正常"));
        Answers { variant: good.variant.clone(), values: good.values.iter().map(worded).collect() }
    });
    let of_item = catalogue.examples.iter().filter(|example| example.item == item.item.id);
    let remark = of_item.flat_map(|example| &example.cases).find(|case| case.outcome == OutcomeKind::Remark);
    let mut text = tell(catalogue, item, &good, Verdict::Conform);
    text += &tell(catalogue, item, &bad, Verdict::Nonconform);
    if let Some(case) = remark {
        let answers = Answers { variant: case.variant.clone(), values: case.values.clone() };
        text += &tell(catalogue, item, &answers, Verdict::Conform);
    }
    text + &tell(catalogue, item, &Answers { variant: None, values: Vec::new() }, Verdict::Untestable)
}

#[test]
fn r_142_r_144_every_item_is_told_in_sentences_that_a_person_has_read() {
    let catalogue = &Pack::embedded().catalogue;
    let mut told = String::new();
    for item in catalogue.items() {
        let _ = writeln!(told, "{}\n{}", item.item.id, records(catalogue, item));
    }
    insta::assert_snapshot!(told);
}
