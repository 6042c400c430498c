//! Filing by the technical director, and what comes after it.

use super::report::{approved, generate, made, refused};
use crate::both;
use axum::http::StatusCode;
use firebee_domain::{
    calendar::{Calendar, SpecialDay},
    code::Code,
    id::ReportId,
};
use firebee_server::office::{
    Rule as _,
    calendar::import,
    report::{TakeBack, take_back},
};
use firebee_tests::{
    browse::{Browser, Page},
    office::Office,
};

both!(
    /// the technical director alone files, with an opinion, and then nothing changes.
    r_210_r_240_r_242_the_technical_director_files_and_nothing_changes_after_that,
    /// the director sees what waits with its days on the home page, and files several at once, all or none.
    r_240_r_242_the_director_files_what_waits_at_once,
    /// a filed report that is taken back stays readable and void; its revision has the suffix.
    r_246_r_377_a_report_that_is_taken_back_is_void_and_has_a_revision,
    /// an imported calendar moves the deadlines of reports that wait, and never brings one nearer.
    r_383_an_imported_calendar_takes_the_deadlines_again,
);

async fn r_210_r_240_r_242_the_technical_director_files_and_nothing_changes_after_that(office: Office) {
    let (plan, _) = approved(&office).await;
    let (li, zhao) = (Browser::of(&office, "li").await, Browser::of(&office, "zhao").await);
    let path = made(&generate(&li, plan, "B-1").await);
    let file = format!("{path}/file");
    assert!(!li.get(&path).await.html().contains(&format!("action=\"{file}\"")), "a lead has no such form");
    let page = zhao.get(&path).await;
    refused(&zhao.submit(&page, &file, &[("opinion", "  ")]).await, Code::OpinionRequired);
    let before = li.get(&path).await;
    let page = zhao.get(&path).await;
    let done = zhao.submit(&page, &file, &[("opinion", "资料齐全，同意备案。")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let text = zhao.get(&path).await.text();
    assert!(text.contains("已备案") && text.contains("资料齐全，同意备案。"), "{text}");
    let late = li.submit(&before, &format!("{path}/delete"), &[]).await;
    refused(&late, Code::ReportFiledImmutable);
    assert!(li.get("/reports?state=filed").await.text().contains("B-1"));
    assert!(!li.get("/reports?state=waiting").await.text().contains("B-1"));
}

async fn r_240_r_242_the_director_files_what_waits_at_once(office: Office) {
    let (plan, _) = approved(&office).await;
    let (li, zhao) = (Browser::of(&office, "li").await, Browser::of(&office, "zhao").await);
    assert!(!zhao.get("/").await.text().contains("待备案报告"));
    let path = made(&generate(&li, plan, "Q-1").await);
    let home = zhao.get("/").await.text();
    assert!(home.contains("待备案报告") && home.contains("Q-1") && home.contains("还有 7 天"), "{home}");
    assert!(!li.get("/").await.text().contains("待备案报告"), "a lead files none");
    assert_eq!(li.get("/reports/to-file").await.status, StatusCode::NOT_FOUND);
    let page = zhao.get("/reports/to-file").await;
    assert!(page.text().contains("Q-1"), "{}", page.text());
    let id = path.rsplit('/').next().unwrap();
    let file = "/reports/to-file";
    refused(&zhao.submit(&page, file, &[("opinion", "同意")]).await, Code::ReportsUnchosen);
    let blank = zhao.submit(&page, file, &[("report", id), ("opinion", " ")]).await;
    refused(&blank, Code::OpinionRequired);
    assert!(blank.html().contains("checked"), "what was ticked stays ticked");
    let unknown = ReportId(firebee_server::random::uuid_v4().unwrap()).to_string();
    let fields = [("report", id), ("report", unknown.as_str()), ("opinion", "同意备案")];
    assert_eq!(zhao.submit(&page, file, &fields).await.status, StatusCode::NOT_FOUND, "all or none");
    assert!(li.get(&path).await.text().contains("待备案"));
    let fields = [("report", id), ("report", id), ("opinion", "同意备案")];
    let (page, late) = (zhao.get(file).await, zhao.get(file).await);
    assert_eq!(zhao.submit(&page, file, &fields).await.status, StatusCode::SEE_OTHER);
    assert_eq!(zhao.submit(&page, file, &fields).await.status, StatusCode::SEE_OTHER, "twice is once");
    assert_eq!(office.acts("file_reports").await, 1);
    let receipt = li.get(&format!("{path}/receipt")).await.text();
    for words in ["备案回执", "Q-1", "同意备案", "赵敏", "报告审核人（技术负责人）", "SHA-256"] {
        assert!(receipt.contains(words), "R-245, R-247: {words}: {receipt}");
    }
    let again = [("report", id), ("opinion", "再次")];
    refused(&zhao.submit(&late, file, &again).await, Code::ReportFiledImmutable);
}

async fn r_246_r_377_a_report_that_is_taken_back_is_void_and_has_a_revision(office: Office) {
    let (plan, _) = approved(&office).await;
    let (li, zhao) = (Browser::of(&office, "li").await, Browser::of(&office, "zhao").await);
    let path = made(&generate(&li, plan, "V-1").await);
    let take = async |code: &str, reason: &str| {
        let (organisation, code, reason) = ("青海安泰消防技术服务有限公司".into(), code.into(), reason.into());
        take_back(&office.app.office, TakeBack { organisation, code, reason }).await.map_err(|error| error.code())
    };
    assert_eq!(take("V-1", "误备案").await, Err(Code::ReportNotFiled));
    assert_eq!(take("V-9", "误备案").await, Err(Code::NotFound));
    let page = zhao.get(&path).await;
    zhao.submit(&page, &format!("{path}/file"), &[("opinion", "同意备案")]).await;
    refused(&generate(&li, plan, "V-2").await, Code::PlanReported);
    assert_eq!(take("V-1", "误备案，申请编号 12").await, Ok(()));
    assert_eq!(office.acts("void_report").await, 1);

    // Its period is over by now; a revision comes when it comes, and the system gives its code.
    office.clock.advance_ms(20 * 86_400_000);
    let (li, zhao) = (Browser::of(&office, "li").await, Browser::of(&office, "zhao").await);
    let old = li.get(&path).await;
    assert!(old.text().contains("作废") && old.text().contains("申请编号 12"), "{}", old.text());
    let form = li.get(&format!("/plans/{plan}/report")).await;
    assert!(form.text().contains("V-1-1") && !form.html().contains("name=\"code\""), "{}", form.text());
    let revision = made(&generate(&li, plan, "whatever").await);
    assert_ne!(revision, path);
    assert!(li.get(&revision).await.text().contains("V-1-1"));
    assert!(li.get("/reports?state=void").await.html().contains(&path));
    let code = |page: &Page| page.html().split("href=\"/v/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let nobody = Browser::new(&office);
    assert!(nobody.get(&format!("/v/{}", code(&old))).await.text().contains("作废"));
    assert!(!nobody.get(&format!("/v/{}", code(&li.get(&revision).await))).await.text().contains("作废"));
    let page = zhao.get(&revision).await;
    let done = zhao.submit(&page, &format!("{revision}/file"), &[("opinion", "同意备案")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
}

async fn r_383_an_imported_calendar_takes_the_deadlines_again(office: Office) {
    let (plan, _) = approved(&office).await;
    let (li, zhao) = (Browser::of(&office, "li").await, Browser::of(&office, "zhao").await);
    let path = made(&generate(&li, plan, "T-1").await);
    assert!(li.get(&path).await.text().contains("2026年11月23日"));
    let year = |(date, is_off_day): (&str, bool)| {
        let mut year = Calendar::shipped().year(2026).unwrap().clone();
        year.days.push(SpecialDay { name: "节".into(), date: date.parse().unwrap(), is_off_day });
        serde_json::to_string(&year).unwrap()
    };
    let off = ("2026-11-20", true);
    let now = Some(office.app.clock.now());
    let looked = import(&office.app.store, &year(off), None).await.unwrap();
    assert_eq!(looked.deadlines, 1, "a look tells it");
    assert!(li.get(&path).await.text().contains("2026年11月23日"), "and changes nothing");
    assert_eq!(import(&office.app.store, &year(off), now).await.unwrap().deadlines, 1);
    assert!(li.get(&path).await.text().contains("2026年11月24日"));
    assert!(zhao.get("/").await.text().contains("2026年11月24日"));
    let worked = ("2026-11-21", false);
    assert_eq!(import(&office.app.store, &year(worked), now).await.unwrap().deadlines, 0);
    assert!(li.get(&path).await.text().contains("2026年11月24日"), "what was shown is a promise");
    let page = zhao.get(&path).await;
    zhao.submit(&page, &format!("{path}/file"), &[("opinion", "同意备案")]).await;
    assert_eq!(import(&office.app.store, &year(off), now).await.unwrap().deadlines, 0, "a filed one stays");
}

/// the two articles that the manual quotes are of an order that was replaced; no page of the filing quotes one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_248_no_page_of_the_filing_quotes_an_article() {
    let office = Office::sqlite().await;
    let (plan, _) = Box::pin(approved(&office)).await;
    let (li, zhao) = (Browser::of(&office, "li").await, Browser::of(&office, "zhao").await);
    let path = made(&generate(&li, plan, "L-1").await);
    let queue = zhao.get("/reports/to-file").await;
    let form = zhao.get(&path).await;
    zhao.submit(&form, &format!("{path}/file"), &[("opinion", "同意备案")]).await;
    for page in [queue, form, zhao.get(&format!("{path}/receipt")).await] {
        assert_eq!(page.status, StatusCode::OK);
        for words in ["三十二条", "三十三条", "32条", "33条", "129号", "129 号"] {
            assert!(!page.text().contains(words), "{words}: {}", page.text());
        }
    }
}
