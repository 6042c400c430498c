//! What the administrator sets for the region, and what follows from it, on both engines.

use super::report::{approved, generate, made, proposed, refused};
use crate::both;
use axum::http::StatusCode;
use firebee_domain::{code::Code, region::Region};
use firebee_server::office::region::{SetRegionError, set};
use firebee_tests::{browse::Browser, office::Office};

both!(
    /// a report's code has the form of the region, and the next one is proposed in it.
    r_211_a_report_has_a_code_in_the_form_of_its_region,
    /// selfies are printed where the region says so.
    r_384_selfies_are_printed_where_the_region_says_so,
    /// the region says how long there is to file, and by which law.
    r_241_the_region_says_how_long_there_is_to_file_and_by_which_law,
    /// What was set is read by everybody, with its time, and what is wrong is refused.
    the_settings_of_a_region_are_read_with_what_was_set_before,
);

async fn change(office: &Office, change: impl Fn(&mut Region) + Clone + Send + Sync + 'static) {
    set(&office.app.office, change).await.unwrap();
}

async fn r_211_a_report_has_a_code_in_the_form_of_its_region(office: Office) {
    let (plan, _) = approved(&office).await;
    change(&office, |region| region.report_code = Some("QHXYYYY No.####".parse().unwrap())).await;
    let li = Browser::of(&office, "li").await;
    let form = li.get(&format!("/plans/{plan}/report")).await;
    assert_eq!(proposed(&form, "code"), "QHX2026 No.0001");
    let done = generate(&li, plan, "A-1").await;
    refused(&done, Code::ReportCodeMalformed);
    assert!(done.text().contains("QHX2026 No.0001"), "{}", done.text());
    refused(&generate(&li, plan, "QHX2025 No.0001").await, Code::ReportCodeMalformed);
    let report = made(&generate(&li, plan, "QHX2026  No.0001").await);
    assert!(li.get(&report).await.text().contains("QHX2026 No.0001"));
}

async fn r_384_selfies_are_printed_where_the_region_says_so(office: Office) {
    let (plan, _) = approved(&office).await;
    change(&office, |region| region.selfies_printed = true).await;
    let li = Browser::of(&office, "li").await;
    let path = made(&generate(&li, plan, "S-1").await);
    let page = li.get(&path).await;
    assert_eq!(page.html().matches("/photos/").count(), 7, "five photos and two selfies");
    assert!(page.text().contains("自拍"), "{}", page.text());
}

async fn r_241_the_region_says_how_long_there_is_to_file_and_by_which_law(office: Office) {
    const NOTE: &str = "依据《社会消防技术服务管理规定》备案";
    let (plan, _) = approved(&office).await;
    change(&office, |region| {
        region.filing_working_days = 10;
        region.legal_note = NOTE.into();
    })
    .await;
    let li = Browser::of(&office, "li").await;
    let path = made(&generate(&li, plan, "L-1").await);
    // 2026-11-16 is a Monday: ten working days end on the Monday after the next one.
    assert!(li.get(&path).await.text().contains("11月30日"), "{}", li.get(&path).await.text());
    let zhao = Browser::of(&office, "zhao").await;
    assert!(zhao.get("/reports/to-file").await.text().contains(NOTE));
    // Fewer days do not take back what was shown.
    change(&office, |region| region.filing_working_days = 1).await;
    zhao.submit(&zhao.get(&path).await, &format!("{path}/file"), &[("opinion", "同意备案")]).await;
    let receipt = zhao.get(&format!("{path}/receipt")).await.text();
    assert!(receipt.contains(NOTE) && receipt.contains("11月30日"), "{receipt}");
}

async fn the_settings_of_a_region_are_read_with_what_was_set_before(office: Office) {
    let li = Browser::of(&office, "li").await;
    let wang = Browser::of(&office, "wang").await;
    assert!(wang.get("/region").await.text().contains("还没有修改"));
    change(&office, |region| region.name = "青海省".into()).await;
    office.clock.advance_ms(600_000);
    change(&office, |region| region.fence_radius_m = 80).await;
    // What is as it was is no change.
    change(&office, |region| region.fence_radius_m = 80).await;
    for browser in [&wang, &li] {
        let page = browser.get("/region").await;
        let text = page.text();
        assert!(text.contains("青海省") && text.contains("5 个工作日"), "{text}");
        let log = page.html().split("<ol class=\"log\">").nth(1).unwrap().to_owned();
        assert_eq!(log.matches("<li>").count(), 2, "{log}");
        assert!(log.find("80").unwrap() < log.find("青海省").unwrap(), "the last one first: {log}");
    }
    let wrong = set(&office.app.office, |region| region.fence_radius_m = 1).await;
    assert!(matches!(wrong, Err(SetRegionError::Region(_))), "{wrong:?}");
    let wrong = set(&office.app.office, |region| region.filing_working_days = 0).await;
    assert_eq!(wrong.unwrap_err().code(), Code::FilingDaysOutOfRange);
    assert_eq!(Browser::new(&office).get("/region").await.status, StatusCode::SEE_OTHER);
}
