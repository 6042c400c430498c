//! Phones and what they noted about themselves, on both engines: on the page of a task, and on pages of their own.

use crate::both;
use axum::http::StatusCode;
use firebee_domain::{device::DeviceNote, result::Verdict};
use firebee_tests::{
    browse::Browser,
    office::{OTHER_FIRM, Office, PASSWORD},
    visit::{Visit, said},
};

both!(
    /// Lead, manager and director see what a phone noted, beside the task that it concerns and on the page of the phone;
    /// nobody else does.
    what_a_phone_noted_stands_beside_its_task_and_on_its_own_page,
);

/// What is on the pages, in Chinese and in English.
const NOTED: [(&str, &str); 5] = [
    ("手机时钟被拨慢了 60 分钟。", "The phone's clock was set back by 60 min."),
    ("系统报告了模拟位置。", "The system reported a mock location."),
    ("没有“始终允许”定位的权限。", "The permission to locate at all times is missing."),
    ("第 7 条记录的回执时间不在手机推算的范围内。", "The receipt of record 7 has a time"),
    ("手机上的资料与服务器不一致，已重新下载。", "The data on the phone differed from the server's"),
];

fn noted() -> [DeviceNote; 5] {
    [
        DeviceNote::ClockJump { by_ms: -3_600_000 },
        DeviceNote::MockLocation,
        DeviceNote::PermissionMissing { permission: "location_always".into() },
        DeviceNote::ReceiptOutsideBound { seq: 7 },
        DeviceNote::DigestMismatch { feed_seq: 3 },
    ]
}

async fn what_a_phone_noted_stands_beside_its_task_and_on_its_own_page(office: Office) {
    let plan = office.plan().await;
    let items = office.items(plan).await;
    office.issue(plan, &items[..1], "ma").await;
    office.issue(plan, &items[1..2], "chen").await;
    let mut ma = Visit::begin(office.firm(plan).await, office.account("ma"), 1).await;
    let mut work = ma.start(&items[..1], 0);
    for noted in noted() {
        ma.device.note(noted);
    }
    ma.result(&mut work, 3, said(&items[0], Verdict::Conform, "配电室", ""));
    ma.push().await;
    let mut chen = Visit::begin(office.firm(plan).await, office.account("chen"), 2).await;
    let quiet = chen.start(&items[1..2], 1).task;
    chen.push().await;
    let phone = ma.device.store_id;

    let (task, own) = (format!("/tasks/{}", work.task), format!("/devices/notes?store={phone}"));
    for login in ["li", "wang", "zhao"] {
        let browser = Browser::of(&office, login).await;
        for path in [&task, &own] {
            let page = browser.get(path).await;
            let english = browser.asking_for("en").get(path).await;
            for (zh, en) in NOTED {
                assert!(page.text().contains(zh), "{login} {path} {zh}: {}", page.text());
                assert!(english.text().contains(en), "{login} {path} {en}: {}", english.text());
            }
        }
        let other = browser.get(&format!("/tasks/{quiet}")).await.text();
        assert!(!other.contains("模拟位置"), "another phone's task: {other}");
        let list = browser.get("/devices").await.text();
        assert!(list.contains("马晓燕") && list.contains("5 条") && list.contains("占用账号"), "{list}");
    }
    let wang = Browser::of(&office, "wang").await;
    let file = wang.get(&format!("{own}&as=csv")).await;
    assert_eq!(file.html().lines().count(), 6, "{}", file.html());
    let of_chen = wang.get(&format!("/devices?account={}", office.account("chen"))).await.text();
    assert!(of_chen.contains("陈") && !of_chen.contains("马晓燕"), "{of_chen}");

    // Another lead, and the manager of another firm.
    Office::found(&office.app, OTHER_FIRM, true).await;
    let mut qian = Browser::new(&office);
    qian.sign_in("qian", PASSWORD).await;
    for browser in [Browser::of(&office, "sun").await, qian] {
        assert_eq!(browser.get(&own).await.status, StatusCode::NOT_FOUND);
        assert!(browser.get("/devices").await.text().contains("没有您可以查看的手机"));
        assert!(browser.get("/devices/notes").await.text().contains("没有记录"));
    }
}
