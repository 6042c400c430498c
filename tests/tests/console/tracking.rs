//! Faults after the report: its counters, what waits, the hazard summary and the repair records, on both engines (R-255 to
//!

use super::{
    portal::ours,
    report::{approve, generate, made},
};
use crate::{both, fixture::PICTURE};
use axum::http::StatusCode;
use firebee_domain::{
    dispatch::{DispatchFinished, DispatchReceived, DispatchStarted, Outcome},
    evidence::PhotoRole,
    id::{DispatchId, PlanId, TaskId},
    result::Verdict,
};
use firebee_protocol::fact::{Body, Seen, Subject};
use firebee_server::{
    office::report::{TakeBack, take_back},
    sql,
};
use firebee_tests::{
    browse::{Browser, Page},
    device::answer,
    office::Office,
    visit::{Visit, said},
};
use serde_json::Value;

both!(
    /// a report has its counters, each opens the list of its faults, and they change with what is done
    /// in the next month.
    r_255_r_256_r_257_the_counters_of_a_report_add_up_and_follow_its_faults,
    /// the list is narrowed by words, project, owner and days; who may not read the report finds nothing.
    r_255_the_list_is_narrowed_and_is_for_who_may_read_the_report,
    /// what waits has two groups, and each leads to its list.
    r_268_what_waits_has_the_faults_of_reports_and_the_repair_requests,
);

/// The faults of the fixture by what was found, with the way that is chosen at the review.
const FOUND: [(&str, &str); 4] = [
    ("启动后 42 秒才供电", "negotiating"),
    ("蓄电池鼓包", "owner_refused"),
    ("排烟管锈穿", "out_of_scope"),
    ("转换开关卡滞", "troubleshoot"),
];

/// A plan of November with four faults and an item that could not be tested, every task approved.
struct November {
    plan: PlanId,
    task: TaskId,
    /// The faults in the order of [`FOUND`].
    faults: Vec<String>,
    /// The dispatch of the last one.
    dispatch: String,
}

async fn november(office: &Office) -> November {
    let plan = office.plan().await;
    let items = office.items(plan).await;
    let (single, mine) = (&items[0], &items[1..]);
    office.issue(plan, mine, "ma").await;
    office.issue(plan, std::slice::from_ref(single), "chen").await;
    let mut visit = Visit::begin(office.firm(plan).await, office.account("ma"), 1).await;
    let mut work = visit.start(mine, 0);
    for (item, (text, _)) in mine.iter().zip(FOUND) {
        visit.result(&mut work, 3, said(item, Verdict::Nonconform, "地下一层发电机房", text));
        visit.photo(&mut work, PhotoRole::Evidence, Some(item), PICTURE);
    }
    let mut locked = answer(&mine[4], Verdict::Untestable);
    locked.untestable_reason = Some("油箱间上锁，物业没有钥匙".into());
    visit.result(&mut work, 5, locked);
    for item in &mine[5..] {
        visit.result(&mut work, 3, said(item, Verdict::Conform, "配电室", ""));
    }
    whole(&mut visit, office, &mut work).await;
    let mut other = Visit::begin(office.firm(plan).await, office.account("chen"), 2).await;
    let mut alone = other.start(std::slice::from_ref(single), 1);
    other.result(&mut alone, 3, said(single, Verdict::Conform, "消防控制室", ""));
    other.photo(&mut alone, PhotoRole::Evidence, None, PICTURE);
    whole(&mut other, office, &mut alone).await;

    let li = Browser::of(office, "li").await;
    let path = format!("/tasks/{}", work.task);
    let page = li.get(&path).await;
    let faults: Vec<String> = FOUND.iter().map(|(text, _)| fault(&page, text)).collect();
    let chen = office.account("chen").to_string();
    for (fault, (_, way)) in faults.iter().zip(FOUND) {
        let fields = [("way", way), ("explanation", "业主计划明年更换"), ("team_lead", chen.as_str())];
        let done = li.submit(&li.get(&path).await, &format!("{path}/faults/{fault}"), &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{way}: {}", done.text());
    }
    for task in [work.task, alone.task] {
        approve(&li, task).await;
    }
    let dispatch = link(&li.get(&format!("/faults/{}", faults[3])).await, "/dispatches/");
    November { plan, task: work.task, faults, dispatch }
}

/// Describes a task, walks, hands it in and sends everything.
async fn whole(visit: &mut Visit, office: &Office, work: &mut firebee_tests::device::Work) {
    visit.photo(work, PhotoRole::Selfie, None, include_bytes!("../../fixtures/photos/no_exif.jpg"));
    visit.describe(work);
    visit.walk(work, 36_617_000, 101_778_000);
    visit.submit(work);
    visit.push().await;
    visit.send_blobs(office, 0).await;
}

/// The fault of a task's page that says this.
fn fault(page: &Page, text: &str) -> String {
    let html = page.html();
    let of = html.split("id=\"fault-").skip(1).find(|part| part.contains(text)).unwrap();
    of.split('"').next().unwrap().to_owned()
}

/// The address that follows a prefix on a page.
fn link(page: &Page, prefix: &str) -> String {
    let html = page.html();
    assert!(html.contains(prefix), "{prefix}: {}", page.text());
    let rest = html.split(prefix).nth(1).unwrap();
    format!("{prefix}{}", rest.split('"').next().unwrap())
}

/// The rows of a list, as its file for programs has them.
async fn rows(by: &Browser, address: &str) -> Vec<Value> {
    let mark = if address.contains('?') { '&' } else { '?' };
    let file = by.get(&format!("{address}{mark}as=ndjson")).await;
    assert_eq!(file.status, StatusCode::OK, "{address}: {}", file.text());
    file.html().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The five counters of the only report, in their order, and what could not be tested.
async fn counters(by: &Browser) -> (Vec<u64>, u64) {
    let [row] = rows(by, "/reports/faults").await.try_into().unwrap();
    let count = |key: &str| row[format!("tracking-{key}")].as_u64().unwrap();
    (["to-handle", "resolving", "resolved", "refused", "out-of-scope"].map(count).to_vec(), count("untestable"))
}

/// What the phone of a team lead says of a dispatch, from its receipt to its end.
async fn resolves(office: &Office, november: &November, (who, days): (&str, i64)) {
    let mut visit = Visit::begin(office.firm(november.plan).await, office.account(who), 9).await;
    visit.wait(days * 24 * 60);
    let id: DispatchId = november.dispatch.rsplit('/').next().unwrap().parse().unwrap();
    let details = "转换开关已更换，试验三次正常".to_owned();
    let finished = DispatchFinished { dispatch: id, outcome: Outcome::Resolved, details, attachments: Vec::new() };
    let bodies: [Body; 3] =
        [DispatchReceived { dispatch: id }.into(), DispatchStarted { dispatch: id }.into(), finished.into()];
    for body in &bodies {
        let seen = Some(Seen { doc: id.to_string(), rev: 1 });
        visit.wait(10);
        let subject = Subject { plan: None, task: Some(november.task), seen };
        visit.device.record(visit.firm.project, &subject, &[], body);
    }
    visit.push().await;
}

async fn r_255_r_256_r_257_the_counters_of_a_report_add_up_and_follow_its_faults(office: Office) {
    let november = november(&office).await;
    let li = Browser::of(&office, "li").await;
    assert!(li.get("/reports/faults").await.text().contains("还没有报告"));
    let report = made(&generate(&li, november.plan, "T-1").await);
    let id = report.rsplit('/').next().unwrap();
    assert_eq!(counters(&li).await, (vec![1, 1, 0, 1, 1], 1));
    assert_eq!(office.number(sql!("SELECT count(*) FROM fault")).await, 4, "the five add up to the faults");

    // Each count opens the faults that it counts.
    let page = li.get("/reports/faults").await;
    for (counter, at) in [("to_handle", 0), ("resolving", 3), ("refused", 1), ("out_of_scope", 2)] {
        let address = format!("/faults?report={id}&counter={counter}");
        assert!(page.html().contains(&address.replace('&', "&#38;")), "{counter}: {}", page.html());
        let list = li.get(&address).await;
        let shown: Vec<&String> = november.faults.iter().filter(|fault| list.html().contains(*fault)).collect();
        assert_eq!(shown, [&november.faults[at]], "{counter}: {}", list.text());
    }
    assert!(!page.html().contains("counter=resolved\""), "what is none opens nothing");
    assert!(page.html().contains(&format!("{report}#untestable")));
    assert!(li.get(&report).await.text().contains("油箱间上锁"));
    let all = li.get(&format!("/faults?report={id}")).await;
    assert!(november.faults.iter().all(|fault| all.html().contains(fault)), "{}", all.text());
    assert!(all.text().contains("待处理") && all.text().contains("20261116月表"), "{}", all.text());

    // In December the team lead repairs, and the owner refuses what was negotiated.
    office.clock.advance_ms(20 * 86_400_000);
    resolves(&office, &november, ("chen", 20)).await;
    assert_eq!(counters(&Browser::of(&office, "wang").await).await, (vec![1, 0, 1, 1, 1], 1));
    let li = Browser::of(&office, "li").await;
    let path = format!("/faults/{}", november.faults[0]);
    let page = li.get(&path).await;
    assert!(!page.html().contains("value=\"negotiating\""), "R-176: four ways are left");
    let fields = [("way", "owner_refused"), ("explanation", "业主资金未到位")];
    let done = li.submit(&page, &format!("/tasks/{}{path}", november.task), &fields).await;
    assert!(done.location().contains("?done="), "{}", done.text());
    assert_eq!(counters(&li).await, (vec![0, 0, 1, 2, 1], 1));
    let list = li.get(&format!("/faults?report={id}&counter=resolved")).await;
    assert!(list.html().contains(&november.faults[3]), "{}", list.text());

    // What counts no more has no row.
    let zhao = Browser::of(&office, "zhao").await;
    zhao.submit(&zhao.get(&report).await, &format!("{report}/file"), &[("opinion", "同意备案")]).await;
    assert_eq!(counters(&zhao).await, (vec![0, 0, 1, 2, 1], 1), "a filed report counts on");
    let wanted = TakeBack {
        organisation: "青海安泰消防技术服务有限公司".into(),
        code: "T-1".into(),
        reason: "误备案".into(),
    };
    take_back(&office.app.office, wanted).await.unwrap();
    assert!(rows(&li, "/reports/faults").await.is_empty());
}

async fn r_255_the_list_is_narrowed_and_is_for_who_may_read_the_report(office: Office) {
    office.oversee().await;
    let november = november(&office).await;
    let li = Browser::of(&office, "li").await;
    let report = made(&generate(&li, november.plan, "T-2").await);
    let owner = link(&li.get("/reports/faults").await, "/reports/faults?owner=");
    let project = format!("/reports/faults?project={}", office.project());
    for (address, found) in [
        (owner.as_str(), 1),
        (project.as_str(), 1),
        ("/reports/faults?q=t-2", 1),
        ("/reports/faults?q=zyds", 1),
        ("/reports/faults?q=t-3", 0),
        ("/reports/faults?from=2026-11-16&to=2026-11-16", 1),
        ("/reports/faults?from=2026-11-17", 0),
        ("/reports/faults?to=2026-11-15", 0),
        ("/reports/faults?sort=owner&dir=down", 1),
    ] {
        assert_eq!(rows(&li, address).await.len(), found, "{address}");
    }
    let file = li.get("/reports/faults?as=xlsx").await;
    assert!(file.bytes.starts_with(b"PK"), "{}", file.text());
    // The fire service reads what lies below it.
    let id = report.rsplit('/').next().unwrap();
    let faults = format!("/faults?report={id}&counter=refused");
    for (login, found) in [("bao", 1), ("hu", 1), ("wang", 1), ("zhao", 1)] {
        let by = Browser::of(&office, login).await;
        assert_eq!(rows(&by, &project).await.len(), found, "{login}");
        assert_eq!(rows(&by, &faults).await.len(), found, "{login}");
    }
    for login in ["sun", "far"] {
        let by = Browser::of(&office, login).await;
        assert_eq!(rows(&by, "/reports/faults").await.len(), 0, "{login}");
        for address in [&project, &owner, &faults] {
            assert_eq!(by.get(address).await.status, StatusCode::NOT_FOUND, "{login} {address}");
        }
    }
    let nobody = format!("/reports/faults?owner={}", uuid::Uuid::from_u128(7));
    assert_eq!(li.get(&nobody).await.status, StatusCode::NOT_FOUND);
    for by in [Browser::of(&office, "ma").await, ours(&office).await] {
        assert_eq!(by.get("/reports/faults").await.status, StatusCode::NOT_FOUND);
        assert_eq!(by.get("/faults/waiting").await.status, StatusCode::NOT_FOUND);
        assert!(!by.get("/faults").await.html().contains("/reports/faults"));
    }
}

async fn r_268_what_waits_has_the_faults_of_reports_and_the_repair_requests(office: Office) {
    let november = november(&office).await;
    let (li, owner) = (Browser::of(&office, "li").await, ours(&office).await);
    let empty = li.get("/faults/waiting").await.text();
    assert!(empty.contains("没有待处理的维保报告故障") && empty.contains("没有待处理的报修"), "{empty}");
    made(&generate(&li, november.plan, "T-3").await);
    let facility = format!("{}/power-genset", office.project());
    let fields = [
        ("facility", facility.as_str()),
        ("place", "地下一层发电机房"),
        ("words", "机房漏油"),
        ("handler", "firm"),
    ];
    let asked = owner.submit(&owner.get("/repairs/new").await, "/repairs", &fields).await;
    let repair = asked.location().split('?').next().unwrap().to_owned();
    let page = li.get("/faults/waiting").await;
    let text = page.text();
    assert!(text.contains("维保报告故障 (1)") && text.contains("业主一键报修 (1)"), "{text}");
    assert!(page.html().contains(&november.faults[0]) && page.html().contains(&repair), "{text}");
    assert!(!november.faults[1..].iter().any(|fault| page.html().contains(fault)), "{text}");
    let home = li.get("/").await;
    assert!(home.text().contains("维保报告故障待处理") && home.html().contains("/faults/waiting#reports"));
    let of_reports = rows(&li, "/faults?counter=to_handle&of=report").await;
    assert_eq!(of_reports.len(), 1);
    assert_eq!(rows(&li, "/faults?counter=to_handle&of=request").await.len(), 0);

    // Taken up and negotiated, the request still waits; its fault is of no report.
    let taken = li.submit(&li.get(&repair).await, &format!("{repair}/take-up"), &[("item", "power-genset.a")]).await;
    assert!(taken.location().contains("?done="), "{}", taken.text());
    let text = li.get("/faults/waiting").await.text();
    assert!(text.contains("维保报告故障 (1)") && text.contains("业主一键报修 (1)"), "{text}");
    assert_eq!(rows(&li, "/faults?counter=to_handle&of=request").await.len(), 1);
    let sun = Browser::of(&office, "sun").await.get("/faults/waiting").await.text();
    assert!(sun.contains("维保报告故障 (0)") && sun.contains("业主一键报修 (0)"), "{sun}");
}
