//! What the page of a review says of evidence that is doubtful.

use crate::both;
use firebee_domain::{
    evidence::PhotoRole,
    result::{ResultRecorded, Verdict},
};
use firebee_tests::{
    browse::Browser,
    office::Office,
    visit::{Visit, said},
};

both!(
    /// the words of a page are the catalogue's, whatever the phone wrote.
    r_141_r_142_a_page_shows_the_words_of_the_catalogue_and_names_what_the_phone_wrote_otherwise,
    one_picture_in_two_roles_and_in_two_tasks_is_told_with_both_places,
);

const PICTURE: &[u8] = include_bytes!("../../fixtures/photos/portrait_6.jpg");

async fn r_141_r_142_a_page_shows_the_words_of_the_catalogue_and_names_what_the_phone_wrote_otherwise(office: Office) {
    let plan = office.plan().await;
    let items = office.items(plan).await;
    office.issue(plan, &items[..1], "ma").await;
    office.issue(plan, &items[5..6], "chen").await;
    let mut visit = Visit::begin(office.firm(plan).await, office.account("ma"), 1).await;
    let mut work = visit.start(&items[..1], 0);
    let honest = said(&items[0], Verdict::Conform, "配电室", "");
    let forged = ResultRecorded {
        name: "随便看了看".into(),
        criterion: "没有要求".into(),
        measured_record: "一切都好".into(),
        ..honest.clone()
    };
    visit.result(&mut work, 3, forged);
    visit.push().await;
    let li = Browser::of(&office, "li").await;
    let text = li.get(&format!("/tasks/{}", work.task)).await.text();
    for of_the_catalogue in [&honest.name, &honest.criterion, &honest.measured_record] {
        assert!(text.contains(of_the_catalogue.as_str()), "{of_the_catalogue} is missing in {text}");
    }
    for of_the_phone in ["随便看了看", "没有要求", "一切都好"] {
        assert!(!text.contains(of_the_phone), "the phone's words stand on the page: {of_the_phone}");
    }
    assert!(text.contains("手机所记的测试项名称、判定标准、实测记录与测试规范不同"), "{text}");
}

async fn one_picture_in_two_roles_and_in_two_tasks_is_told_with_both_places(office: Office) {
    let plan = office.plan().await;
    let items = office.items(plan).await;
    office.issue(plan, &items[..2], "ma").await;
    office.issue(plan, &items[5..6], "chen").await;
    let mut visit = Visit::begin(office.firm(plan).await, office.account("ma"), 1).await;
    let mut first = visit.start(&items[..1], 0);
    visit.result(&mut first, 3, said(&items[0], Verdict::Nonconform, "配电室", "不亮"));
    visit.photo(&mut first, PhotoRole::Evidence, Some(&items[0]), PICTURE);
    visit.photo(&mut first, PhotoRole::Panel, None, PICTURE);
    let mut second = visit.start(&items[1..2], 0);
    visit.result(&mut second, 3, said(&items[1], Verdict::Conform, "配电室", ""));
    visit.photo(&mut second, PhotoRole::Evidence, Some(&items[1]), PICTURE);
    visit.push().await;
    visit.send_blobs(&office, 0).await;
    let li = Browser::of(&office, "li").await;
    let read = async |task| li.get(&format!("/tasks/{task}")).await.text();
    let (one, two) = (read(first.task).await, read(second.task).await);
    assert_eq!(one.matches("同一张照片在本任务中还用作").count(), 2, "each of the two names the other: {one}");
    assert_eq!(one.matches("同一张照片还用于任务").count(), 2, "{one}");
    assert_eq!(two.matches("同一张照片还用于任务").count(), 1, "once a task, however often that uses it: {two}");
    assert!(!two.contains("在本任务中还用作"), "{two}");
}
