//! What the page of a review says of evidence that is doubtful.

use crate::{
    both,
    fixture::{Morning, morning},
};
use firebee_domain::{
    dispatch::{DispatchFinished, DispatchReceived, DispatchStarted, Outcome},
    evidence::PhotoRole,
    id::DispatchId,
    result::{ResultRecorded, Verdict},
};
use firebee_protocol::fact::{BlobRef, Body, Seen, Subject};
use firebee_server::{
    query,
    store::{StoreError, Tx},
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
    /// the server reads the file itself; what the phone said of it counts only until the file is here.
    r_410_the_bytes_of_a_photo_are_believed_and_not_the_phone,
    /// the photos of a dispatch are read and doubted as those of a task are.
    r_410_a_photo_of_a_dispatch_from_before_its_work_is_told,
);

/// Taken by a Nikon in 2008, in Italy.
const OLD: &[u8] = include_bytes!("../../fixtures/photos/DSCN0010.jpg");

async fn r_410_the_bytes_of_a_photo_are_believed_and_not_the_phone(office: Office) {
    let plan = office.plan().await;
    let items = office.items(plan).await;
    office.issue(plan, &items[..1], "ma").await;
    office.issue(plan, &items[5..6], "chen").await;
    let mut visit = Visit::begin(office.firm(plan).await, office.account("ma"), 1).await;
    let mut work = visit.start(&items[..1], 0);
    visit.result(&mut work, 3, said(&items[0], Verdict::Nonconform, "配电室", "不亮"));
    // The phone says that its own camera took it just now.
    visit.photo(&mut work, PhotoRole::Evidence, Some(&items[0]), OLD);
    visit.push().await;
    let li = Browser::of(&office, "li").await;
    let path = format!("/tasks/{}", work.task);
    let said = li.get(&path).await.text();
    assert!(said.contains("Nokia") && !said.contains("以文件为准"), "until the bytes are here: {said}");
    visit.send_blobs(&office, 0).await;
    let read = li.get(&path).await.text();
    for known in ["以文件为准", "NIKON COOLPIX P6000", "相差一年以上", "围栏外"] {
        assert!(read.contains(known), "{known}: {read}");
    }
    assert!(!read.contains("Nokia"), "{read}");
    let org = office.org;
    let document = async move |tx: &mut Tx| query::task::document(tx, org, work.task).await;
    let document: Result<_, StoreError> = office.app.store.read("task", document).await;
    let told = document.unwrap().unwrap().evidence.otherwise;
    assert_eq!(told.len(), 1, "a lead's phone is told what the bytes say");
    assert_eq!(told[0].exif.taken.as_deref(), Some("2008-10-22 16:28:39"));
}

async fn r_410_a_photo_of_a_dispatch_from_before_its_work_is_told(office: Office) {
    let Morning { office, submitted, mut visit, .. } = morning(office).await;
    let li = Browser::of(&office, "li").await;
    let page = li.get(&format!("/tasks/{submitted}")).await;
    let fault = page.html().split("id=\"fault-").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let ma = office.account("ma").to_string();
    let order = [("way", "owner_agreed"), ("team_lead", ma.as_str()), ("plan", "更换启动电池")];
    li.submit(&page, &format!("/tasks/{submitted}/faults/{fault}"), &order).await;
    let list = li.get("/dispatches").await.html();
    let dispatch = list.split("/dispatches/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let path = format!("/dispatches/{dispatch}");
    li.submit(&li.get(&path).await, &format!("{path}/issue"), &[]).await;
    let dispatch: DispatchId = dispatch.parse().unwrap();
    let seen = Some(Seen { doc: dispatch.to_string(), rev: 1 });
    let subject = Subject { plan: None, task: Some(submitted), seen };
    let (old, used) = (visit.attach(OLD), visit.attach(PICTURE));
    let finished = DispatchFinished {
        dispatch,
        outcome: Outcome::Resolved,
        details: "已更换".into(),
        attachments: vec![old.id, used.id],
    };
    let steps: [(&[BlobRef], Body); 3] = [
        (&[], DispatchReceived { dispatch }.into()),
        (&[], DispatchStarted { dispatch }.into()),
        (&[old, used], finished.into()),
    ];
    for (blobs, body) in steps {
        visit.wait(60 * 24);
        visit.device.record(visit.firm.project, &subject, blobs, &body);
    }
    visit.push().await;
    visit.send_blobs(&office, 0).await;
    let text = li.get(&path).await.text();
    assert!(text.contains("相差一年以上"), "its own date is told: {text}");
    assert!(text.contains("照片文件中没有相机信息"), "{text}");
    assert_eq!(text.matches("同一张照片还用于任务").count(), 1, "the photo of the fault shows no repair: {text}");
}

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
