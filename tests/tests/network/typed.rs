//! Impossible input is refused on the phone with a code and two sentences; nothing is recorded and nothing lost. Input
//! that is only odd is taken.

use crate::scene::{Scene, has_sentences};
use firebee_client::work::task::RecordResult;
use firebee_domain::{
    catalogue::{Field, FieldValue, Item},
    code::Code,
    result::{FaultText, Verdict},
};
use firebee_protocol::catalogue::Pack;
use firebee_tests::{
    firm::{Issued, MORNING},
    recorded::untestable,
    served::Served,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn texts_that_cannot_be_are_refused_with_their_code_and_nothing_is_recorded() {
    let scene = Scene::new().await;
    let good = untestable(scene.task, scene.items[0]);
    let fault = |text: &str| FaultText { part: None, defect: None, text: text.into() };
    let long = "名".repeat(10_000);
    let bad = [
        ("a position of 10,000", RecordResult { position: Some(long.clone()), ..good.clone() }, Code::TextTooLong),
        (
            "a reason of 10,000",
            RecordResult { untestable_reason: Some(long.clone()), ..good.clone() },
            Code::TextTooLong,
        ),
        (
            "a fault of 10,000",
            RecordResult { verdict: Verdict::Nonconform, fault: Some(fault(&long)), ..good.clone() },
            Code::TextTooLong,
        ),
        (
            "a control character",
            RecordResult { position: Some("B1\u{7}".into()), ..good.clone() },
            Code::TextControlCharacter,
        ),
        ("a null", RecordResult { position: Some("B\u{0}1".into()), ..good.clone() }, Code::TextControlCharacter),
        (
            "a right-to-left mark",
            RecordResult { position: Some("a\u{202e}gpj".into()), ..good.clone() },
            Code::TextControlCharacter,
        ),
        (
            "a position of two lines",
            RecordResult { position: Some("B1\r\nB2".into()), ..good.clone() },
            Code::TextSeveralLines,
        ),
        ("ordinal zero", RecordResult { ordinal: 0, ..good.clone() }, Code::OrdinalInvalid),
    ];
    let before = scene.overview().facts.total();
    for (what, input, code) in bad {
        let refused = scene.client.tasks().record_result(&input).unwrap_err();
        assert_eq!(refused.code(), code, "{what}: {refused:?}");
        has_sentences(code);
        assert_eq!(scene.overview().facts.total(), before, "{what} was recorded");
    }
    // Names as people have them, in any script, decomposed or not.
    let odd = "5\u{2082} \u{645}\u{631}\u{62d}\u{628}\u{627} e\u{301} \u{1f9ef}";
    scene.client.tasks().record_result(&RecordResult { position: Some(odd.into()), ..good }).unwrap();
    scene.settles().await;
    assert_eq!(scene.client.progress().parked().unwrap(), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_value_that_is_no_number_is_refused_with_its_code_and_nothing_is_recorded() {
    let asks_a_number = |item: &Item| {
        let variant = item.record.variants.first().map(|variant| variant.key.clone());
        let asked = |field: &&Field| field.number().is_some() && field.is_asked(variant.as_deref());
        item.record.fields.iter().find(asked).map(|field| (item.id.clone(), field.key.clone(), variant.clone()))
    };
    let found = Pack::embedded().catalogue.items().find_map(|found| asks_a_number(found.item));
    let (item_id, key, variant) = found.unwrap();
    let mut served = Served::start().await;
    let issued = Issued { item: served.firm.items_of(0)[0].item, item_id };
    served.firm.issue(0, &[issued], MORNING).await;
    let scene = Scene::on(served).await;
    let item = scene.items[0];
    let input = |value: &str| RecordResult {
        task: scene.task,
        item,
        ordinal: 1,
        position: None,
        variant: variant.clone(),
        values: vec![FieldValue::new(key.clone(), value)],
        verdict: Verdict::Conform,
        override_reason: None,
        untestable_reason: None,
        untestable_code: None,
        fault: None,
        photos: Vec::new(),
        instrument: None,
    };
    let before = scene.overview().facts.total();
    let huge = "9".repeat(400);
    for value in ["abc", "1,5", "1e3", "0x10", "1.2.3", "--1", "NaN", "∞", "１２", huge.as_str(), "12 kPa"] {
        let refused = scene.client.tasks().record_result(&input(value)).unwrap_err();
        assert_eq!(refused.code(), Code::ValueMalformed, "{value}: {refused:?}");
        let faulty = RecordResult { verdict: Verdict::Nonconform, ..input(value) };
        assert_eq!(scene.client.tasks().record_result(&faulty).unwrap_err().code(), Code::ValueMalformed, "{value}");
        assert_eq!(scene.overview().facts.total(), before, "{value} was recorded");
    }
    has_sentences(Code::ValueMalformed);
    scene.client.tasks().record_result(&RecordResult { verdict: Verdict::Nonconform, ..input("1.5") }).unwrap();
    assert_eq!(scene.overview().facts.total(), before + 1, "a number is taken");
}
