//! The record of a fault is completed after its task is approved, on both engines.

use crate::{
    both,
    fixture::{Morning, morning},
};
use axum::http::StatusCode;
use firebee_domain::fault::Particulars;
use firebee_server::{
    office::{
        Refused,
        fault::{self, Record},
    },
    store::{StoreError, Tx},
};
use firebee_tests::{browse::Browser, kept::rewrite, office::Office};

both!(
    /// the lead and the manager complete the record after the approval; each entry stays in its history, and a page
    /// shows what the lines of the acts say.
    r_380_the_record_of_a_fault_is_completed_after_the_approval_and_keeps_its_history,
);

async fn r_380_the_record_of_a_fault_is_completed_after_the_approval_and_keeps_its_history(office: Office) {
    let Morning { office, submitted, .. } = morning(office).await;
    let (li, wang) = (Browser::of(&office, "li").await, Browser::of(&office, "wang").await);
    let path = format!("/tasks/{submitted}");
    let page = li.get(&path).await;
    let fault = page.html().split("id=\"fault-").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let (handle, record) = (format!("{path}/faults/{fault}"), format!("{path}/faults/{fault}/record"));
    assert!(!page.html().contains(&record), "the form of a way has the record in it");
    let way = [("way", "out_of_scope"), ("explanation", "合同未含"), ("protective_measures", "每两小时巡查")];
    li.submit(&page, &handle, &way).await;
    li.submit(&li.get(&path).await, &format!("{path}/review"), &[("decision", "approved"), ("opinion", "")]).await;

    let approved = li.get(&path).await;
    assert!(approved.text().contains("审核通过") && approved.text().contains("补充故障记录"), "{}", approved.text());
    assert!(!approved.html().contains(&format!("action=\"{handle}\"")), "no way is open any more");
    let empty = li.submit(&approved, &record, &[("system_stopped", ""), ("owner_opinion", " ")]).await;
    assert!(
        empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.html().contains("record_empty"),
        "{}",
        empty.text()
    );
    let said = [("brigade_told", "yes"), ("protective_measures", "专人值守")];
    let done = li.submit(&approved, &record, &said).await;
    assert!(done.location().starts_with(&format!("{path}?done=")), "{}", done.text());
    assert!(li.get(done.location().split('#').next().unwrap()).await.text().contains("故障记录已保存"));
    let twice = li.submit(&approved, &record, &said).await;
    assert_eq!((twice.location(), office.acts("record_fault").await), (done.location(), 1), "the same form again");
    wang.submit(&wang.get(&path).await, &record, &[("confirmed_by", "张经理")]).await;

    let forged = async move |tx: &mut Tx| rewrite(tx, "fault", "专人值守", "没有措施").await;
    office.app.store.write::<_, StoreError, _>("forge", forged).await.unwrap();
    for shown in [li.get(&path).await, wang.get(&path).await] {
        let text = shown.text();
        for known in ["张经理 · 2026-11-16", "每两小时巡查", "专人值守", "李建国", "王芳"] {
            assert!(text.contains(known), "{known}: {text}");
        }
        assert!(!text.contains("没有措施"), "a page shows the line, not a copy of it: {text}");
    }
    // Neither the executor nor another lead may say anything about the fault.
    let told = Particulars { brigade_told: Some(false), ..Particulars::default() };
    for login in ["ma", "sun"] {
        let wanted =
            Record { task: submitted, fault: fault.parse().unwrap(), particulars: told.clone(), confirmed_now: false };
        let refused = fault::record(&office.app.store, office.act(login).await, wanted).await;
        assert_eq!(refused, Err(Refused::NotFound), "{login}");
    }
    assert_eq!(office.acts("record_fault").await, 2);
}
