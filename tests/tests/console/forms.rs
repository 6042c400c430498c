//! What the forms of a plan and of a project do, as somebody fills them in.

use crate::fixture::{Morning, unsent};
use axum::http::StatusCode;
use firebee_server::{
    row, sql,
    store::{StoreError, Tx},
};
use firebee_tests::{
    browse::{Browser, Page},
    office::Office,
};

/// Sends a form of a page by another of its buttons.
async fn press(browser: &Browser, page: &Page, form: &str, button: &str, fields: &[(&str, &str)]) -> Page {
    let hidden = page.form(form);
    let hidden = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let all: Vec<(&str, &str)> = hidden.chain(fields.iter().copied()).collect();
    browser.send_form(button, &all, &[]).await
}

/// from the page of a plan its items are dated, taken back, and it is deleted.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_111_r_117_a_plan_is_dated_taken_back_and_deleted_by_its_page() {
    let office = Office::sqlite().await;
    let plan = office.plan().await;
    let items = office.items(plan).await;
    office.issue(plan, &items[..1], "ma").await;
    let li = Browser::of(&office, "li").await;
    let (path, item) = (format!("/plans/{plan}"), items[0].item.to_string());
    let (recall, schedule) = (format!("{path}/recall"), format!("{path}/schedule"));
    let page = li.get(&path).await;
    assert!(page.text().contains("计划中还有已下发的测试项，不能删除"), "{}", page.text());
    let outside = [("item", item.as_str()), ("day", "2026-12-01"), ("place", "地下一层")];
    let refused = press(&li, &page, &recall, &schedule, &outside).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html().contains("plan_day_out_of_period") && refused.html().contains("地下一层"));
    let within = [("item", item.as_str()), ("day", "2026-11-20"), ("place", "地下一层")];
    let done = press(&li, &li.get(&path).await, &recall, &schedule, &within).await;
    assert!(done.location().contains("?done="), "{}", done.text());
    let page = li.get(&path).await;
    assert!(page.text().contains("2026年11月20日 · 地下一层"), "{}", page.text());
    let none = li.submit(&page, &recall, &[]).await;
    assert!(none.html().contains("items_required"), "{}", none.text());
    let done = li.submit(&page, &recall, &[("item", &item)]).await;
    assert!(done.location().contains("?done="), "{}", done.text());
    let delete = format!("/projects/{}{path}/delete", office.project());
    let page = li.get(&path).await;
    let done = li.submit(&page, &delete, &[]).await;
    assert!(done.location().starts_with(&format!("/projects/{}?done=", office.project())));
    assert_eq!(li.submit(&page, &delete, &[]).await.location(), done.location(), "a repeated form has one effect");
    assert_eq!(li.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(office.number(sql!("SELECT count(*) FROM plan")).await, 0);
    assert!(li.get(done.location()).await.text().contains("计划已删除"));
}

/// R-117b: the page of a plan with a submitted task offers no deletion, and a page from before is refused.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_117b_the_page_says_why_a_plan_stays() {
    let Morning { office, plan, .. } = Box::pin(unsent(Office::sqlite().await)).await;
    let li = Browser::of(&office, "li").await;
    let page = li.get(&format!("/plans/{plan}")).await;
    assert!(page.text().contains("计划中已有提交或通过的任务，不能删除"), "{}", page.text());
    assert!(!page.html().contains("/delete\""));
}

/// What a page does not show is counted all the same, and can be reached.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_home_page_counts_every_task_that_waits_and_leads_to_those_it_does_not_show() {
    let Morning { office, .. } = Box::pin(unsent(Office::sqlite().await)).await;
    let li = Browser::of(&office, "li").await;
    let all = "href=\"/tasks?state=pending_review\"";
    let home = li.get("/").await;
    assert!(home.html().contains("href=\"#review\"><b>1</b>") && !home.html().contains(all), "{}", home.html());
    let copy = async move |tx: &mut Tx| {
        for n in 1..=60_u8 {
            let copy = sql!(
                "INSERT INTO task(org, id, project, plan, kind, executor, state, round, name, day, number, started, started_ms,
                     submitted, submitted_ms, judged, in_time, sort, find)
                 SELECT org, ?1, project, plan, kind, executor, state, round, name, day, number + ?2, started, started_ms,
                     submitted, submitted_ms, judged, in_time, sort, find FROM task WHERE state = 'pending_review' AND number < 100"
            );
            tx.execute(copy, &row![&[n; 16], 100 + i64::from(n)]).await?;
        }
        Ok::<_, StoreError>(())
    };
    office.app.store.write("copies", copy).await.unwrap();
    let home = li.get("/").await;
    assert!(home.html().contains("href=\"#review\"><b>61</b>"), "{}", home.html());
    assert_eq!(home.html().matches("<h3><a href=\"/tasks/").count(), 50 + 1, "fifty tasks, and one fault");
    assert!(home.html().contains(all));
}

/// every due month up to this one that has no issued plan is named, on the home page and on the project's.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_113_every_due_month_without_an_issued_plan_is_named() {
    let office = Office::sqlite().await;
    let li = Browser::of(&office, "li").await;
    let project = format!("/projects/{}", office.project());
    let new = format!("href=\"{project}/plans/new\"");
    let home = li.get("/").await;
    assert!(home.html().contains(&new) && home.text().contains("2026年11月还没有计划"), "{}", home.text());
    office.clock.advance_ms(31 * 86_400_000);
    let li = Browser::of(&office, "li").await;
    let home = li.get("/").await.text();
    assert!(home.contains("2026年11月") && home.contains("没有下发计划"), "{home}");
    assert!(home.contains("2026年12月还没有计划"), "{home}");
    let page = li.get(&project).await.text();
    assert!(page.contains("还没有下发计划的月份") && page.contains("2026年12月"), "{page}");
}

/// areas are summed and doubted; an address without a number is worth a warning.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_086_r_099_the_page_of_a_project_sums_areas_and_doubts_what_does_not_fit() {
    let office = Office::sqlite().await;
    let li = Browser::of(&office, "li").await;
    let path = format!("/projects/{}", office.project());
    let page = li.get(&path).await.text();
    assert!(page.contains("总面积") && !page.contains("请核对") && !page.contains("没有门牌号"), "{page}");
    let project = office.project();
    let bend = async move |tx: &mut firebee_server::store::Tx| {
        let row = tx.query_opt(sql!("SELECT body FROM project WHERE id = ?1"), &firebee_server::row![&project]).await?;
        let text: String = row.ok_or_else(|| firebee_server::store::StoreError::Bug("no project".into()))?.get(0)?;
        let mut body: serde_json::Value = serde_json::from_str(&text).unwrap();
        body["address"] = "城中区长江路".into();
        body["buildings"][0]["area_above_m2"] = "1".into();
        let set = sql!("UPDATE project SET body = ?2 WHERE id = ?1");
        tx.execute(set, &firebee_server::row![&project, &body.to_string()]).await.map(drop)
    };
    let done: Result<(), firebee_server::store::StoreError> = office.app.store.write("bend", bend).await;
    done.unwrap();
    let page = li.get(&path).await.text();
    assert!(page.contains("请核对") && page.contains("没有门牌号"), "{page}");
}

/// a manager ends a project by its page, with a reason; a lead is not offered it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_330_a_manager_terminates_a_project_by_its_page() {
    let office = Office::sqlite().await;
    let (li, wang) = (Browser::of(&office, "li").await, Browser::of(&office, "wang").await);
    let path = format!("/projects/{}", office.project());
    let action = format!("{path}/terminate");
    assert!(!li.get(&path).await.html().contains(&action));
    let page = wang.get(&path).await;
    let refused = wang.submit(&page, &action, &[("reason", " ")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html().contains("text_required"));
    let done = wang.submit(&wang.get(&path).await, &action, &[("reason", "合同解除")]).await;
    assert!(done.location().contains("?done="), "{}", done.text());
    let page = wang.get(&path).await;
    assert!(page.text().contains("合同解除") && !page.html().contains(&action), "{}", page.text());
    assert!(!page.html().contains("/plans/new"));
}

/// what stands in a line is one line. A sentence about a limit names the limit of its own field.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_111_a_place_is_one_line_and_a_sentence_names_the_limit_of_its_field() {
    let office = Office::sqlite().await;
    let plan = office.plan().await;
    let item = office.items(plan).await[0].item.to_string();
    let li = Browser::of(&office, "li").await;
    let (path, project) = (format!("/plans/{plan}"), format!("/projects/{}", office.project()));
    let issue = format!("{path}/issue");
    let page = li.get(&path).await;
    let long = "名".repeat(600);
    for (button, field, limit) in [("schedule", "place", 100), ("ignore", "reason", 200)] {
        let refused = press(&li, &page, &issue, &format!("{path}/{button}"), &[("item", &item), (field, &long)]).await;
        let text = refused.text();
        assert!(refused.html().contains("text_too_long") && text.contains(&format!("文字超过 {limit} 个字")), "{text}");
    }
    let broken = [("item", item.as_str()), ("place", "地下\r\n一层")];
    let refused = press(&li, &page, &issue, &format!("{path}/schedule"), &broken).await;
    assert!(
        refused.html().contains("text_several_lines") && refused.text().contains("只能写一行"),
        "{}",
        refused.text()
    );
    let wang = Browser::of(&office, "wang").await;
    let end = format!("{project}/terminate");
    let refused = wang.submit(&wang.get(&project).await, &end, &[("reason", &long)]).await;
    assert!(refused.text().contains("文字超过 500 个字"), "{}", refused.text());
}

/// R-117a: all that is left out is taken in again at once; the page says what comes before the deletion of a
/// plan, and each step leads to the next.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_112_r_117_r_117a_the_steps_to_the_deletion_of_a_plan_are_named_and_taken_in_bulk() {
    let Morning { office, plan, .. } = Box::pin(unsent(Office::sqlite().await)).await;
    let li = Browser::of(&office, "li").await;
    let path = format!("/plans/{plan}");
    let page = li.get(&path).await.text();
    assert!(!page.contains("然后可以删除计划"), "what was submitted stays: {page}");
    // Another plan: two facilities are left out and taken in again, then everything is issued and taken back.
    let project = format!("/projects/{}", office.project());
    let form = li.get(&format!("{project}/plans/new")).await;
    let made = li.submit(&form, &format!("{project}/plans"), &[("nature", "quarter"), ("month", "2026-11")]).await;
    let path = made.location().split('?').next().unwrap().to_owned();
    let page = li.get(&path).await;
    assert!(page.html().contains(&format!("action=\"{project}{path}/delete\"")), "nothing stands before it");
    let facilities: Vec<String> = page
        .html()
        .split("name=\"facility\" value=\"")
        .skip(1)
        .filter_map(|rest| Some(rest.split('"').next()?.to_owned()))
        .collect();
    let issue = format!("{path}/issue");
    let out: Vec<(&str, &str)> = facilities.iter().take(2).map(|code| ("facility", code.as_str())).collect();
    let done =
        press(&li, &page, &issue, &format!("{path}/ignore"), &[&out[..], &[("reason", "本季度停用")]].concat()).await;
    assert!(done.location().contains("done="), "{}", done.text());
    let all = format!("{path}/restore?all");
    let page = li.get(&path).await;
    assert!(page.text().contains("恢复全部"), "{}", page.text());
    let (one, two) = tokio::join!(li.submit(&page, &all, &[]), li.submit(&page, &all, &[]));
    assert!(one.location().contains("done=") && two.location().contains("done="), "{} {}", one.text(), two.text());
    assert_eq!(office.acts("restore_items").await, 1);
    let every: Vec<(&str, &str)> = facilities.iter().map(|code| ("facility", code.as_str())).collect();
    let chen = office.account("chen").to_string();
    let page = li.get(&path).await;
    assert!(!page.text().contains("已忽略"), "{}", page.text());
    let done = li.submit(&page, &issue, &[&every[..], &[("executor", chen.as_str())]].concat()).await;
    assert!(done.location().contains("done="), "{}", done.text());
    let page = li.get(&path).await;
    let text = page.text();
    assert!(text.contains("已下发、还没有开始的测试项") && text.contains("然后可以删除计划"), "{text}");
    assert!(!page.html().contains(&format!("action=\"{project}{path}/delete\"")));
    let done = li.submit(&page, &format!("{path}/recall?all"), &[]).await;
    assert!(done.location().contains("done="), "{}", done.text());
    let page = li.get(&path).await;
    let done = li.submit(&page, &format!("{project}{path}/delete"), &[]).await;
    assert!(done.location().contains("done="), "{}", done.text());
}
