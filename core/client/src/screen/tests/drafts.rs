//! What is typed and not recorded yet outlives the app.

use super::{first, screens};
use crate::{
    fakes::ITEM_IDS,
    work::{
        draft::{DRAFT_MAX, KeptText},
        task::{Draft, SubmitTask},
        tests::{Phone, operator},
    },
};
use firebee_domain::{
    catalogue::FieldValue,
    code::Code,
    result::{FaultText, Verdict},
};
use firebee_protocol::text::Language;

fn typed() -> Draft {
    Draft {
        values: vec![FieldValue::new("mode", "auto"), FieldValue::new("elapsed", "50")],
        verdict: Some(Verdict::Nonconform),
        fault: Some(FaultText { part: None, defect: None, text: "启动很".into() }),
        ..Draft::default()
    }
}

/// Each letter is durable: the app ends in the middle of a word, and the word is there again.
#[test]
fn an_answer_that_is_typed_outlives_the_app_until_it_is_recorded() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    let at = first("power-genset.a");
    let empty = screens(&phone, Language::Zh).item(task, at).unwrap().form.draft;
    phone.client.tasks().answer(task, at, typed()).unwrap();
    let phone = phone.restart();
    let shown = |phone: &Phone, at| screens(phone, Language::Zh).item(task, at).unwrap().form.draft;
    assert_eq!(shown(&phone, at), typed());
    assert_ne!(empty, typed());
    assert_eq!(shown(&phone, first("power-genset.b")), Draft::default(), "what is typed belongs to one instance");
    let done = Draft { fault: Some(FaultText { part: None, defect: None, text: "启动很慢".into() }), ..typed() };
    phone.client.tasks().answer(task, at, done.clone()).unwrap();
    phone.client.tasks().record(task, at, &done).unwrap();
    let phone = phone.restart();
    assert_eq!(shown(&phone, at).fault, done.fault, "the answer counts now");
    let held = phone
        .client
        .core()
        .journal
        .read::<_, crate::journal::JournalError>("drafts", |rows| rows.drafts(&format!("answer {task}")));
    assert!(held.unwrap().is_empty(), "and the draft is gone with it");
}

/// A screen that is read again asks for the form as it stands: nothing is typed, so the answers that come later are shown.
#[test]
fn a_form_that_nobody_typed_into_is_no_draft() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    let at = first("power-genset.a");
    let shown = || screens(&phone, Language::Zh).item(task, at).unwrap().form.draft;
    let empty = shown();
    phone.client.tasks().answer(task, at, empty).unwrap();
    phone.do_all(task);
    let recorded = shown();
    assert_eq!(recorded.verdict, Some(Verdict::Conform));
    phone.client.tasks().answer(task, at, typed()).unwrap();
    assert_eq!(shown(), typed());
    phone.client.tasks().answer(task, at, recorded.clone()).unwrap();
    assert_eq!(shown(), recorded, "what is typed back to the answer is typed no more");
    phone.client.tasks().answer(task, at, typed()).unwrap();
    phone.client.tasks().record(task, at, &recorded).unwrap();
    assert_eq!(shown(), recorded);
}

/// What was typed over an answer is shown in its place, and nothing of it counts.
#[test]
fn what_is_typed_over_an_answer_is_shown_and_does_not_count() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    phone.do_all(task);
    let at = first("power-genset.a");
    phone.client.tasks().answer(task, at, typed()).unwrap();
    let screen = screens(&phone, Language::Zh).item(task, at).unwrap();
    assert_eq!(screen.form.draft, typed());
    assert!(screens(&phone, Language::Zh).task(task).unwrap().submit.allowed, "the recorded answers conform");
    phone.client.tasks().submit(SubmitTask { task }).unwrap();
    let handed_in = screens(&phone, Language::Zh).item(task, at).unwrap().form.draft;
    assert_eq!(handed_in.verdict, Some(Verdict::Conform), "a task that is handed in shows what counts");
}

#[test]
fn what_is_typed_at_a_place_outlives_the_app_until_its_act_is_done() {
    let (phone, _) = operator();
    let keep = |place, field, text| phone.client.drafts().keep(place, field, text).unwrap();
    keep("review 1", "opinion", "照片");
    keep("review 1", "opinion", "照片不清");
    keep("review 1", "plan", "");
    keep("review 2", "opinion", "else");
    let phone = phone.restart();
    let drafts = phone.client.drafts();
    let text = |field: &str, text: &str| KeptText { field: field.into(), text: text.into() };
    assert_eq!(drafts.kept("review 1").unwrap(), [text("opinion", "照片不清"), text("plan", "")]);
    drafts.drop("review 1").unwrap();
    assert_eq!(drafts.kept("review 1").unwrap(), []);
    assert_eq!(drafts.kept("review 2").unwrap(), [text("opinion", "else")]);
    let long = "长".repeat(DRAFT_MAX + 1);
    assert_eq!(drafts.keep("review 2", "opinion", &long).unwrap_err().code(), Code::TextTooLong);
    assert_eq!(drafts.kept("review 2").unwrap(), [text("opinion", "else")]);
}
