//! Requests to pause a month, on both engines.

use crate::both;
use axum::http::StatusCode;
use firebee_server::{
    row, sql,
    store::{StoreError, Tx},
};
use firebee_tests::{browse::Browser, office::Office};

both!(
    /// a month is asked for with a reason and files, once, and taken
    /// back until it is reviewed.
    r_320_r_322_r_324_r_327_r_329_a_month_is_asked_for_and_taken_back_on_the_page,
);

async fn r_320_r_322_r_324_r_327_r_329_a_month_is_asked_for_and_taken_back_on_the_page(office: Office) {
    let plan = office.plan().await;
    let wang = Browser::of(&office, "wang").await;
    let pauses = format!("/projects/{}/pauses", office.project());
    let page = wang.get(&pauses).await;
    assert!(!page.html().contains("value=\"2026-11\""), "R-322: the month of plan {plan} is not offered");
    let taken = wang.submit(&page, &pauses, &[("month", "2026-11"), ("reason", " ")]).await;
    assert!(taken.html().contains("month_has_plan") && taken.html().contains("text_required"), "{}", taken.text());
    let pdf = b"%PDF-1.7\nwhy".as_slice();
    let fields = [("month", "2026-02"), ("reason", "停业装修")];
    let done = wang.submit_files(&page, &pauses, &fields, &[pdf]).await;
    assert!(done.location().contains("?done="), "a past month may be asked for: {}", done.text());
    let page = wang.get(&pauses).await;
    let text = page.text();
    assert!(text.contains("2026年2月") && text.contains("停业装修") && text.contains("待审核"), "{text}");
    let file = page.html().split("href=\"").find(|rest| rest.contains("/files/")).unwrap().to_owned();
    let file = file.split('"').next().unwrap().to_owned();
    assert_eq!(wang.get(&file).await.status, StatusCode::OK);
    assert_eq!(Browser::of(&office, "sun").await.get(&file).await.status, StatusCode::NOT_FOUND);
    let again = wang.submit(&page, &pauses, &fields).await;
    assert!(again.html().contains("pause_asked"), "{}", again.text());
    let withdraw = page.html().split("action=\"").find(|rest| rest.contains("/withdraw\"")).unwrap().to_owned();
    let withdraw = withdraw.split('"').next().unwrap().to_owned();
    let li = Browser::of(&office, "li").await;
    let seen = li.get(&pauses).await;
    assert!(seen.text().contains("停业装修") && !seen.html().contains("/withdraw\""), "a lead reads and asks nothing");
    let back = wang.submit(&page, &withdraw, &[]).await;
    assert!(wang.get(back.location()).await.text().contains("已撤销"), "{}", back.text());
    let late = wang.submit(&wang.get(&pauses).await, &pauses, &fields).await;
    assert!(late.location().contains("?done="), "a month that was taken back is asked for again");
    let reviewed = async |tx: &mut Tx| {
        let set = sql!("UPDATE suspension SET state = 'approved', body = replace(body, 'pending', 'approved')");
        tx.execute(set, &[]).await.map(drop)
    };
    let done: Result<(), StoreError> = office.app.store.write("review", reviewed).await;
    done.unwrap();
    let refused = wang.submit(&page, &withdraw, &[]).await;
    assert!(refused.location().contains("?done="), "the first request was taken back before");
    let open = wang.get(&pauses).await;
    assert!(open.text().contains("已通过") && !open.html().contains("/withdraw\""), "{}", open.text());
    let id = async |tx: &mut Tx| {
        let row = tx.query_opt(sql!("SELECT id FROM suspension WHERE state = 'approved'"), &[]).await?;
        row.unwrap().get::<uuid::Uuid>(0)
    };
    let id = office.app.store.read("id", id).await.unwrap();
    let csrf = open.form(&pauses);
    let hidden: Vec<(&str, &str)> = csrf.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let refused = wang.send_form(&format!("{pauses}/{id}/withdraw"), &hidden, &[]).await;
    assert!(refused.html().contains("already_reviewed"), "{}", refused.text());
    let project = office.project();
    let bend = async move |tx: &mut Tx| {
        let set = sql!("UPDATE project SET body = replace(body, '\"kind\":\"maintenance\"', ?2) WHERE id = ?1");
        tx.execute(set, &row![&project, "\"kind\":\"annual_inspection\""]).await.map(drop)
    };
    let done: Result<(), StoreError> = office.app.store.write("bend", bend).await;
    done.unwrap();
    let refused = wang.submit(&open, &pauses, &[("month", "2026-03"), ("reason", "停业")]).await;
    assert!(refused.html().contains("pause_not_offered"), "{}", refused.text());
}
