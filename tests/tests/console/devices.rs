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
    /// What a phone last told of itself stands on the manager's list: version, what is unsent, room, clock.
    the_list_of_phones_tells_version_unsent_storage_and_clock_as_last_told,
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

async fn the_list_of_phones_tells_version_unsent_storage_and_clock_as_last_told(office: Office) {
    let plan = office.plan().await;
    let items = office.items(plan).await;
    office.issue(plan, &items[..1], "ma").await;
    office.issue(plan, &items[1..2], "chen").await;
    let firm = || office.firm(plan);
    let mut ma = Visit::begin(firm().await, office.account("ma"), 1).await;
    let chen = Visit::begin(firm().await, office.account("chen"), 2).await;
    ma.start(&items[..1], 0);
    ma.push().await;
    let wang = Browser::of(&office, "wang").await;
    let before = wang.get("/devices").await.text();
    assert!(!before.contains("GB") && !before.contains("准确"), "nothing was told yet: {before}");

    let now = office.clock.now().0;
    ma.pull(&office, &format!("app=0.2.1, free=2500000000, kept=130000000, wall={}", now + 420_000)).await;
    chen.pull(&office, &format!("app=0.2.0, free=64000000000, kept=7000000, wall={now}")).await;
    let list = wang.get("/devices").await;
    for told in ["0.2.1", "可用 2.5 GB · 本应用占用 130.0 MB", "快 7 分钟", "0.2.0", "可用 64.0 GB", "准确"]
    {
        assert!(list.text().contains(told), "{told}: {}", list.text());
    }
    let rows = |html: String| html.split("<th scope=\"row\">").skip(1).map(str::to_owned).collect::<Vec<_>>();
    let fullest = rows(wang.get("/devices?sort=free&dir=up").await.html());
    let furthest_off = rows(wang.get("/devices?sort=skew&dir=down").await.html());
    assert!(fullest[0].contains("2.5 GB") && furthest_off[0].contains("快 7 分钟"), "{fullest:?} {furthest_off:?}");
    let english = wang.asking_for("en").get("/devices").await.text();
    assert!(english.contains("2.5 GB free · app keeps 130.0 MB") && english.contains("7 min fast"), "{english}");

    // A pull that tells nothing, or nonsense, changes nothing.
    ma.pull(&office, "app=<b>, free=x").await;
    assert!(wang.get("/devices").await.text().contains("快 7 分钟"));
}
