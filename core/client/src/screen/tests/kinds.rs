//! What the kind of the project asks of a task, on the screens.

use super::{first, screens};
use crate::{
    fakes::{FakeOffice, ITEM_IDS, OPERATOR, PLAN, PROJECT},
    screen::{Purpose, StepKind},
    work::{
        task::{Draft, SubmitTask},
        tests::{Phone, good, operator},
    },
};
use firebee_domain::{
    catalogue::FieldValue, code::Code, contract::ContractKind, evidence::PhotoRole, id::TaskId, result::Verdict,
    task::TaskState,
};
use firebee_protocol::{
    document::{ProjectDocument, kind},
    text::Language,
};

/// A phone in a project of another kind, with a task of these items.
fn phone_of(change: impl FnOnce(&mut ProjectDocument), item_ids: &[&str]) -> (Phone, TaskId) {
    let mut office = FakeOffice::default();
    let phone = Phone::of(&office, OPERATOR);
    let known = phone.client.desk().look(|eyes| Ok::<_, crate::work::Trouble>(eyes.project(PROJECT).cloned()));
    let mut project = known.unwrap().unwrap();
    change(&mut project);
    office.publish(kind::PROJECT, &PROJECT.to_string(), &project);
    office.issue(PLAN, item_ids);
    office.deliver(&phone.client).unwrap();
    let task = phone.start(item_ids);
    (phone, task)
}

fn draft(values: &[(&str, &str)], verdict: Option<Verdict>) -> Draft {
    let values = values.iter().map(|(key, value)| FieldValue::new(*key, *value)).collect();
    Draft { values, verdict, ..Draft::default() }
}

/// first whether it can be checked, then the site record, then the result.
#[test]
fn r_134_an_inspection_asks_first_whether_it_can_be_checked() {
    let (phone, task) =
        phone_of(|held| held.project.kind = ContractKind::AnnualInspection, &["si-record.a", "si-record.b"]);
    let (shown, tasks) = (screens(&phone, Language::Zh), phone.client.tasks());
    let instance = first("si-record.a");
    let form = |values: &[(&str, &str)], verdict| tasks.answer(task, instance, draft(values, verdict)).unwrap();
    let open = shown.item(task, instance).unwrap().form;
    let keys = |form: &crate::screen::FormView| form.questions.iter().map(|held| held.key.clone()).collect::<Vec<_>>();
    assert_eq!((keys(&open), open.verdicts.len()), (vec!["checkable".to_owned()], 0));
    assert_eq!(open.save.why_not.as_deref(), Some("请先填写：能否检查"));
    let checkable = form(&[("checkable", "checkable")], None);
    assert_eq!(keys(&checkable), ["checkable", "system", "note"]);
    let offered = |form: &crate::screen::FormView| form.verdicts.iter().map(|held| held.verdict).collect::<Vec<_>>();
    assert_eq!(offered(&checkable), [Verdict::Conform, Verdict::Nonconform]);
    let not = form(&[("checkable", "not-checkable"), ("system", "power")], None);
    assert_eq!(
        (offered(&not), not.verdicts[0].chosen),
        (vec![Verdict::Untestable], true),
        "nothing else is left to choose"
    );
    let whole = [("checkable", "checkable"), ("system", "power"), ("note", "配电柜完好")];
    assert!(form(&whole, Some(Verdict::Conform)).save.allowed);
    tasks.record(task, instance, &draft(&whole, Some(Verdict::Conform))).unwrap();
    let steps = shown.task(task).unwrap().steps;
    let wanted = Purpose { role: PhotoRole::Evidence, instance: Some(instance) };
    assert!(steps.iter().any(|step| step.kind == StepKind::Photo(wanted)), "{steps:?}");
}

/// no selfie, no controller; a photo from outside, and one of the signed paper.
#[test]
fn r_302_a_special_site_asks_for_its_two_photos_and_nothing_else() {
    let (phone, task) = phone_of(|held| held.project.special_site = true, &["sl-items.a", "sl-items.b"]);
    let (shown, tasks) = (screens(&phone, Language::Zh), phone.client.tasks());
    for item_id in ["sl-items.a", "sl-items.b"] {
        let form = shown.item(task, first(item_id)).unwrap().form;
        let offered: Vec<Verdict> = form.verdicts.iter().map(|held| held.verdict).collect();
        assert_eq!(offered, [Verdict::Conform, Verdict::Untestable]);
        tasks.record(task, first(item_id), &draft(&[("note", "已到场")], Some(Verdict::Conform))).unwrap();
    }
    let screen = shown.task(task).unwrap();
    assert_eq!(screen.controller, None);
    let steps: Vec<_> = screen.steps.iter().map(|step| (step.text.as_str(), step.kind)).collect();
    let photo = |role, item_id| StepKind::Photo(Purpose { role, instance: Some(first(item_id)) });
    assert_eq!(
        steps,
        [
            ("拍照（场所外景照片）：实地工作证据记录", photo(PhotoRole::Outside, "sl-items.a")),
            ("拍照（纸质记录照片）：纸质报告签字照片", photo(PhotoRole::Paper, "sl-items.b")),
        ]
    );
    assert!(tasks.submit(SubmitTask { task }).is_err());
    phone.photo(task, PhotoRole::Outside, Some("sl-items.a"));
    phone.photo(task, PhotoRole::Paper, Some("sl-items.b"));
    tasks.submit(SubmitTask { task }).unwrap();
    assert_eq!(phone.state(task), TaskState::PendingReview);
}

/// the panel is asked for; where there is no alarm system, any photo of the site will do.
#[test]
fn r_119_no_task_is_submitted_before_the_panel_or_a_site_without_one_is_photographed() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS[..1]);
    let tasks = phone.client.tasks();
    tasks.record_result(&good(task, ITEM_IDS[0])).unwrap();
    phone.photo(task, PhotoRole::Selfie, None);
    let asked = || {
        let steps = screens(&phone, Language::Zh).task(task).unwrap().steps;
        steps.into_iter().map(|step| (step.text, step.kind)).collect::<Vec<_>>()
    };
    let photo = |text: &str, role| vec![(text.to_owned(), StepKind::Photo(Purpose { role, instance: None }))];
    tasks.set_controller(task, None).unwrap();
    assert_eq!(
        asked(),
        photo("现场无报警系统：任意拍一张现场照片", PhotoRole::Evidence),
        "the selfie is no such photo"
    );
    assert_eq!(tasks.submit(SubmitTask { task }).unwrap_err().code(), Code::ControllerPhotoRequired);
    phone.photo(task, PhotoRole::Evidence, Some(ITEM_IDS[0]));
    assert_eq!(asked(), []);
    tasks.set_controller(task, Some("海湾".into())).unwrap();
    assert_eq!(asked(), photo("拍一张控制器面板照片", PhotoRole::Panel));
    assert_eq!(tasks.submit(SubmitTask { task }).unwrap_err().code(), Code::ControllerPhotoRequired);
    phone.photo(task, PhotoRole::Panel, None);
    tasks.submit(SubmitTask { task }).unwrap();
    assert_eq!(phone.state(task), TaskState::PendingReview);
}
