//! Requests to pause a month, on both engines.

use crate::both;
use axum::http::StatusCode;
use firebee_domain::catalogue::Nature;
use firebee_server::{
    office::plan::{Create, create},
    row, sql,
    store::{StoreError, Tx},
};
use firebee_tests::{browse::Browser, office::Office};

both!(
    /// a month is asked for with a reason and files, once, and taken
    /// back until it is reviewed.
    r_320_r_322_r_324_r_327_r_329_a_month_is_asked_for_and_taken_back_on_the_page,
    /// the fire service in charge decides once, with a reason on refusal, which the
    /// firm reads; units above see it too, others do not; a month that has got a plan is not paused.
    r_343_r_344_the_fire_service_in_charge_decides_a_pause,
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

/// Asks for a month with a file, and gives the address of the request.
async fn asked(office: &Office, month: &str) -> String {
    let wang = Browser::of(office, "wang").await;
    let pauses = format!("/projects/{}/pauses", office.project());
    let page = wang.get(&pauses).await;
    let fields = [("month", month), ("reason", "停业装修")];
    let done = wang.submit_files(&page, &pauses, &fields, &[b"%PDF-1.7\nwhy".as_slice()]).await;
    let request = done.location().split("?done=").nth(1).unwrap().to_owned();
    format!("{pauses}/{request}")
}

async fn r_343_r_344_the_fire_service_in_charge_decides_a_pause(office: Office) {
    office.oversee().await;
    let (first, second) = (asked(&office, "2026-02").await, asked(&office, "2026-12").await);
    let wang = Browser::of(&office, "wang").await;
    let (hu, tang) = (Browser::of(&office, "hu").await, Browser::of(&office, "tang").await);
    let (bao, far) = (Browser::of(&office, "bao").await, Browser::of(&office, "far").await);
    for browser in [&hu, &tang, &bao] {
        assert!(browser.get("/").await.text().contains("待审核的暂停申请"));
        let list = browser.get("/pauses?state=pending").await;
        assert!(list.text().contains("中仪大厦") && list.html().contains(&first), "{}", list.text());
    }
    assert!(!far.get("/pauses").await.text().contains("中仪大厦"), "R-344: not its subtree");
    assert_eq!(far.get(&first).await.status, StatusCode::NOT_FOUND);
    assert_eq!(wang.get("/pauses").await.status, StatusCode::NOT_FOUND, "the list of all is the fire service's");
    assert!(!wang.get(&first).await.html().contains("name=\"decision\""), "a firm decides nothing");

    let page = bao.get(&first).await;
    let file = page.html().split("href=\"").find(|rest| rest.contains("/files/")).unwrap().to_owned();
    assert_eq!(bao.get(file.split('"').next().unwrap()).await.status, StatusCode::OK, "the papers are read");
    let csrf = wang.get(&format!("/projects/{}/pauses", office.project())).await;
    let hidden = csrf.form(&format!("/projects/{}/pauses", office.project()));
    let mut forged: Vec<(&str, &str)> = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    forged.push(("decision", "approved"));
    assert_eq!(wang.send_form(&first, &forged, &[]).await.status, StatusCode::NOT_FOUND);
    let silent = bao.submit(&page, &first, &[("decision", "rejected"), ("reason", " ")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.html().contains("text_required") && silent.html().contains("reason-wrong"), "{}", silent.text());
    let late = tang.get(&first).await;
    let done = bao.submit(&page, &first, &[("decision", "rejected"), ("reason", "材料不全")]).await;
    assert!(bao.get(done.location()).await.text().contains("已作出不同意的决定"), "{}", done.text());
    let again = tang.submit(&late, &first, &[("decision", "approved"), ("reason", "")]).await;
    assert!(again.html().contains("already_decided"), "one decision: {}", again.text());
    let seen = wang.get(&first).await.text();
    for word in ["未通过", "材料不全", "西宁市城中区消防救援大队"] {
        assert!(seen.contains(word), "R-326: {word}: {seen}");
    }
    let log = wang.get("/log?kind=decide_pause").await.text();
    assert!(log.contains("不同意暂停") && log.contains("西宁市城中区消防救援大队"), "{log}");

    let wanted = Create { project: office.project(), nature: Nature::Month, month: "2026-12".parse().unwrap() };
    create(&office.app.store, &office.clock, office.act("li").await, wanted).await.unwrap();
    let page = tang.get(&second).await;
    let planned = tang.submit(&page, &second, &[("decision", "approved"), ("reason", "")]).await;
    assert!(planned.html().contains("month_has_plan"), "R-324: {}", planned.text());
    let third = asked(&office, "2026-02").await;
    let page = tang.get(&third).await;
    let done = tang.submit(&page, &third, &[("decision", "approved"), ("reason", "")]).await;
    let twice = tang.submit(&page, &third, &[("decision", "approved"), ("reason", "")]).await;
    assert_eq!(done.location(), twice.location(), "a double click decides once: {}", twice.text());
    assert!(wang.get(&third).await.text().contains("已通过"));
    let wanted = Create { project: office.project(), nature: Nature::Month, month: "2026-02".parse().unwrap() };
    let refused = create(&office.app.store, &office.clock, office.act("li").await, wanted).await;
    assert_eq!(refused.unwrap_err().code(), firebee_domain::code::Code::MonthPaused, "R-323");
}
