//! The page of a facility: the list of its instances, what was found last, and what the design prescribes.

use crate::{both, fixture::PICTURE};
use axum::http::StatusCode;
use firebee_domain::{
    evidence::PhotoRole,
    id::{AccountId, TaskId},
    ordinals::Ordinals,
    result::{ResultRecorded, Verdict},
};
use firebee_protocol::document::{HistoryDocument, ProjectDocument, TaskDocument};
use firebee_server::{
    row, sql,
    store::{Packed, StoreError, Tx},
};
use firebee_tests::{
    browse::{Browser, Page},
    office::Office,
    visit::{Visit, said},
};
use serde::de::DeserializeOwned;

both!(
    /// of two managers who change one list at a time, the later drops nothing of the earlier.
    r_361_a_stale_form_is_shown_again_with_what_was_typed_and_what_changed,
    /// a limit has its own sentence.
    r_361_a_list_without_a_free_number_is_refused_in_words,
    /// a manager pastes a list, phones have it with what an approved task found, and the page shows both.
    r_361_r_364_a_list_is_pasted_and_the_page_shows_what_was_found_last,
    /// a manager enters a value of the design; a wrong one is refused with what was typed.
    r_363_a_design_value_is_entered_with_its_source_and_reaches_phones,
    /// what a terminated project is like is not written any more; the forms that were open say why.
    r_361_r_363_a_terminated_project_takes_no_position_and_no_design,
);

const PANEL: &str = "power-panel";

/// A design value of the pool that its form takes.
const DESIGN: [(&str, &str); 4] =
    [("field", "ws-pool.a|design"), ("value", "432"), ("source", "水施-12"), ("date", "2021-05-06")];

/// Ticks a facility of which a design tells something.
async fn tick_pool(office: &Office) {
    let ticked = async move |tx: &mut Tx| {
        let tick = sql!("UPDATE project SET body = replace(body, '\"power-panel\"', '\"power-panel\",\"ws-pool\"')");
        tx.execute(tick, &[]).await.map(drop)
    };
    office.app.store.write::<_, StoreError, _>("tick", ticked).await.unwrap();
}

/// A document as an account has it; `None` when it does not.
async fn pulled<T: DeserializeOwned>(office: &Office, account: AccountId, kind: &'static str, id: String) -> Option<T> {
    let read = async move |tx: &mut Tx| {
        let find = sql!(
            "SELECT d.body FROM feed f JOIN document d ON d.org = f.org AND d.kind = f.kind AND d.id = f.id
             WHERE f.account = ?1 AND f.kind = ?2 AND f.id = ?3 AND f.deleted = 0"
        );
        let row = tx.query_opt(find, &row![&account, kind, &id]).await?;
        row.map(|row| row.get::<Packed>(0).map(|body| body.0)).transpose()
    };
    let body = office.app.store.read::<_, StoreError, _>("pulled", read).await.unwrap()?;
    Some(serde_json::from_str(&body).unwrap())
}

async fn r_361_r_364_a_list_is_pasted_and_the_page_shows_what_was_found_last(office: Office) {
    let (wang, li) = (Browser::of(&office, "wang").await, Browser::of(&office, "li").await);
    let path = format!("/projects/{}/facilities/{PANEL}", office.project());
    let form = format!("{path}/positions");
    assert!(wang.get(&format!("/projects/{}", office.project())).await.html().contains(&format!("href=\"{path}\"")));
    let page = wang.get(&path).await;
    let refused = wang.submit(&page, &form, &[("list", "一层\n二层\n一层\n")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html().contains("positions_invalid") && refused.text().contains("第 3 行"), "{}", refused.text());
    assert!(refused.html().contains("一层\n二层"), "what was typed is still there");
    let list: String = (1..=600).map(|n| format!("{n} 号箱\tQR-{n}\r\n")).collect();
    let done = wang.submit(&page, &form, &[("list", &list)]).await;
    assert!(done.location().starts_with(&format!("{path}?done=")), "{}", done.text());
    assert_eq!(wang.submit(&page, &form, &[("list", &list)]).await.location(), done.location(), "a double click");
    assert_eq!(office.acts("keep_positions").await, 1);
    let lead = li.get(&path).await;
    assert!(lead.text().contains("600 号箱") && !lead.html().contains(&form), "a lead reads it");
    assert_eq!(wang.get(&format!("{path}x")).await.status, StatusCode::NOT_FOUND, "no such facility");
    assert_eq!(Browser::of(&office, "sun").await.get(&path).await.status, StatusCode::NOT_FOUND, "another lead");

    // Whoever is issued something has the list; others do not.
    let plan = office.plan().await;
    let items = office.items(plan).await;
    let (item, id) = (items[0].clone(), HistoryDocument::id(office.project(), PANEL));
    office.issue(plan, &items[..1], "ma").await;
    let held: HistoryDocument = pulled(&office, office.account("ma"), "history", id.clone()).await.unwrap();
    assert_eq!(held.history.positions.tagged("QR-58").map(|held| held.ordinal), Some(58));
    assert!(pulled::<HistoryDocument>(&office, office.account("chen"), "history", id.clone()).await.is_none());
    office.issue(plan, &items[1..2], "chen").await;
    assert!(pulled::<HistoryDocument>(&office, office.account("chen"), "history", id.clone()).await.is_some());

    // One bad box among six hundred.
    let mut visit = Visit::begin(office.firm(plan).await, office.account("ma"), 1).await;
    let mut work = visit.start(&items[..1], 0);
    let mut rest = ResultRecorded { position: None, ..said(&item, Verdict::Conform, "", "") };
    rest.also = Ordinals::of((2..=600).filter(|n| *n != 58));
    visit.result(&mut work, 5, rest);
    let bad = ResultRecorded { ordinal: 58, ..said(&item, Verdict::Nonconform, "58 号箱", "箱门变形") };
    visit.result(&mut work, 5, bad);
    visit.photo_of(&mut work, PhotoRole::Evidence, Some((&item, 58)), PICTURE);
    visit.photo(&mut work, PhotoRole::Selfie, None, PICTURE);
    visit.describe(&mut work);
    visit.submit(&mut work);
    visit.push().await;
    visit.send_blobs(&office, 0).await;
    let task: TaskId = work.task;
    let document: TaskDocument = pulled(&office, office.account("li"), "task", task.to_string()).await.unwrap();
    assert_eq!((document.task.results.len(), document.task.answers().count()), (2, 600));
    let review = li.get(&format!("/tasks/{task}")).await;
    assert!(review.text().contains("(1–57、59–600)") && review.text().contains("(58)"), "R-147: {}", review.text());
    let fault = review.html().split("id=\"fault-").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let way = [("way", "negotiating"), ("explanation", "")];
    li.submit(&review, &format!("/tasks/{task}/faults/{fault}"), &way).await;
    let review = li.get(&format!("/tasks/{task}")).await;
    li.submit(&review, &format!("/tasks/{task}/review"), &[("decision", "approved"), ("opinion", "")]).await;

    let held: HistoryDocument = pulled(&office, office.account("ma"), "history", id.clone()).await.unwrap();
    let last = |ordinal| held.history.last(&item.item_id, ordinal).map(|(_, found)| found.verdict);
    assert_eq!([57, 58, 601].map(last), [Some(Verdict::Conform), Some(Verdict::Nonconform), None]);
    assert_eq!(held.history.open_faults(&item.item_id, 58).count(), 1);
    let text = wang.get(&path).await.text();
    assert!(text.contains("58 号箱") && text.contains("箱门变形") && text.contains("不符合"), "{text}");

    // The list is changed: what stays keeps its number, and its history.
    let page = wang.get(&path).await;
    wang.submit(&page, &form, &[("list", "新增箱\n58 号箱\n")]).await;
    let held: HistoryDocument = pulled(&office, office.account("ma"), "history", id).await.unwrap();
    let list: Vec<(u32, &str)> =
        held.history.positions.list().iter().map(|held| (held.ordinal, held.place.as_str())).collect();
    assert_eq!(list, [(601, "新增箱"), (58, "58 号箱")]);
    assert_eq!(held.history.open_faults(&item.item_id, 58).count(), 1);
}

async fn r_363_a_design_value_is_entered_with_its_source_and_reaches_phones(office: Office) {
    let (wang, li) = (Browser::of(&office, "wang").await, Browser::of(&office, "li").await);
    let plan = office.plan().await;
    office.issue(plan, &office.items(plan).await[..1], "ma").await;
    tick_pool(&office).await;
    let path = format!("/projects/{}/facilities/ws-pool", office.project());
    let form = format!("{path}/design");
    assert!(!li.get(&path).await.html().contains(&form), "a lead enters nothing");
    let page = wang.get(&path).await;
    let entered = |value: &'static str, source: &'static str| {
        [("field", "ws-pool.a|design"), ("value", value), ("source", source), ("date", "2021-05-06")]
    };
    let refused = wang.submit(&page, &form, &entered("很多", "水施-12")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html().contains("value_malformed") && refused.html().contains("水施-12"), "{}", refused.text());
    assert!(wang.submit(&page, &form, &entered("432", " ")).await.html().contains("text_required"));
    let done = wang.submit(&wang.get(&path).await, &form, &entered("432", "水施-12")).await;
    assert!(done.location().starts_with(&format!("{path}?done=")), "{}", done.text());
    let text = li.get(&path).await.text();
    assert!(text.contains("432 m³") && text.contains("水施-12 · 2021年5月6日"), "{text}");
    let id = office.project().to_string();
    let document: ProjectDocument = pulled(&office, office.account("ma"), "project", id).await.unwrap();
    let values: Vec<&str> = document.project.design_values.iter().map(|known| known.value.as_str()).collect();
    assert_eq!(values.last(), Some(&"432"));
}

async fn r_361_a_stale_form_is_shown_again_with_what_was_typed_and_what_changed(office: Office) {
    let wang = Browser::of(&office, "wang").await;
    let path = format!("/projects/{}/facilities/{PANEL}", office.project());
    let form = format!("{path}/positions");
    let keep = async |page: &Page, list: &str| wang.submit(page, &form, &[("list", list)]).await;
    keep(&wang.get(&path).await, "一层\tA\n二层\tB\n").await;
    let (one, other) = (wang.get(&path).await, wang.get(&path).await);
    let done = keep(&one, "一层大厅\tA\n二层\tB\n三层\tC\n").await;
    assert!(done.location().contains("?done="), "{}", done.text());
    let stale = keep(&other, "一层\tA\n二层\tB\n四层\tD\n").await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(stale.html().contains("positions_changed") && stale.html().contains("四层\tD"), "{}", stale.text());
    let told = stale.text();
    let changed = told.split("其他人的改动").nth(1).unwrap().split("清单").next().unwrap().to_owned();
    assert!(told.contains("一层大厅") && told.contains("三层"), "{told}");
    assert!(!changed.contains("二层"), "what did not change is not told: {changed}");
    let merged = keep(&stale, "一层大厅\tA\n二层\tB\n三层\tC\n四层\tD\n").await;
    assert!(merged.location().contains("?done="), "{}", merged.text());
    let text = wang.get(&path).await.text();
    for place in ["一层大厅", "二层", "三层", "四层"] {
        assert!(text.contains(place), "{place}: {text}");
    }
    let plan = office.plan().await;
    office.issue(plan, &office.items(plan).await[..1], "ma").await;
    let id = HistoryDocument::id(office.project(), PANEL);
    let held: HistoryDocument = pulled(&office, office.account("ma"), "history", id).await.unwrap();
    let list: Vec<u32> = held.history.positions.list().iter().map(|held| held.ordinal).collect();
    assert_eq!(list, [1, 2, 3, 4], "a reworded place keeps the number of its tag");
}

async fn r_361_a_list_without_a_free_number_is_refused_in_words(office: Office) {
    let wang = Browser::of(&office, "wang").await;
    let path = format!("/projects/{}/facilities/{PANEL}", office.project());
    let list: String = (0..=10_000).map(|n| format!("{n}\n")).collect();
    let refused = wang.submit(&wang.get(&path).await, &format!("{path}/positions"), &[("list", &list)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html().contains("positions_too_many") && refused.text().contains("10000"), "{}", refused.text());
}

async fn r_361_r_363_a_terminated_project_takes_no_position_and_no_design(office: Office) {
    let wang = Browser::of(&office, "wang").await;
    let project = format!("/projects/{}", office.project());
    let path = format!("{project}/facilities/{PANEL}");
    tick_pool(&office).await;
    let (open, pool) = (wang.get(&path).await, wang.get(&format!("{project}/facilities/ws-pool")).await);
    let end = wang.submit(&wang.get(&project).await, &format!("{project}/terminate"), &[("reason", "合同解除")]).await;
    assert!(end.location().contains("?done="), "{}", end.text());
    let kept = wang.submit(&open, &format!("{path}/positions"), &[("list", "一层\tA\n")]).await;
    assert_eq!(kept.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(kept.html().contains("project_terminated") && kept.html().contains("一层\tA"), "{}", kept.text());
    assert!(!wang.get(&path).await.text().contains("一层"), "nothing is written");
    let design = wang.submit(&pool, &format!("{project}/facilities/ws-pool/design"), &DESIGN).await;
    assert!(design.html().contains("project_terminated") && design.html().contains("水施-12"), "{}", design.text());
    for page in [path, format!("{project}/facilities/ws-pool")] {
        let shown = wang.get(&page).await;
        assert!(!shown.html().contains(&format!("action=\"{page}/")), "nothing is offered: {}", shown.text());
    }
}
