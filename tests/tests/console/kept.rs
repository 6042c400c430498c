//! Forms as browsers send them: what was typed stays, and a page says what is, not what an address says.

use crate::fixture::{Morning, morning};
use axum::http::StatusCode;
use firebee_server::sql;
use firebee_tests::{
    browse::{Browser, Page},
    office::{Office, PASSWORD},
};

const OPINION: &str = "请补拍铭牌\r\n第二行";

fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// The fields of a page's review form, filled in.
fn filled<'a>(hidden: &'a [(String, String)], decision: &'a str, opinion: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut all = pairs(hidden);
    all.extend([("decision", decision), ("opinion", opinion)]);
    all
}

async fn banner(browser: &Browser, location: &str) -> Option<String> {
    let html = browser.get(location.split('#').next().unwrap()).await.html();
    let (_, rest) = html.split_once("class=\"done\" role=\"status\">")?;
    Some(rest.split('<').next().unwrap().to_owned())
}

/// A form whose session ended waits for the sign-in, and is sent again as it was, once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_typed_outlives_a_session_that_expired() {
    let Morning { office, submitted, .. } = Box::pin(morning(Office::sqlite().await)).await;
    let mut li = Browser::of(&office, "li").await;
    let (path, review) = (format!("/tasks/{submitted}"), format!("/tasks/{submitted}/review"));
    let hidden = li.get(&path).await.form(&review);
    office.clock.advance_ms(13 * 3_600_000);
    let ended = li.send_form(&review, &filled(&hidden, "rejected", OPINION), &[]).await;
    assert_eq!(ended.status, StatusCode::FORBIDDEN);
    assert!(ended.text().contains("您填写的内容已保留"), "{}", ended.text());
    let kept = ended.form("/sign-in").into_iter().find(|(name, _)| name == "kept").unwrap().1;
    let kept = kept.replace("&#34;", "\"");
    assert!(kept.contains("请补拍铭牌") && !kept.contains("csrf"), "{kept}");

    let wrong = [("login", "li"), ("password", "wrong"), ("back", "/"), ("kept", kept.as_str())];
    let wrong = li.send_form("/sign-in", &wrong, &[]).await;
    assert!(wrong.html().contains("请补拍铭牌"), "a wrong password loses nothing");
    let right = [("login", "li"), ("password", PASSWORD), ("back", "/"), ("kept", kept.as_str())];
    let again = li.send_form("/sign-in", &right, &[]).await;
    assert_eq!(again.status, StatusCode::OK, "{}", again.html());
    assert!(again.text().contains("请补拍铭牌") && again.text().contains("第二行"), "{}", again.text());
    assert_eq!(office.acts("decide_review").await, 0, "nothing is sent by itself");
    let cookie = again.header("set-cookie").split(';').next().unwrap().to_owned();
    li.cookie = cookie;
    let fields = again.form(&review);
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.replace("&#34;", "\""))).collect();
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let done = li.send_form(&review, &fields, &[]).await;
    assert!(done.location().starts_with(&path), "{}", done.text());
    let page = li.get(&path).await.text();
    assert!(page.contains("请补拍铭牌") && page.contains("第二行"), "{page}");
}

/// Another tab signed in again: the token of the page is another session's.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_of_an_older_session_is_shown_again_with_what_was_typed() {
    let Morning { office, submitted, .. } = Box::pin(morning(Office::sqlite().await)).await;
    let older = Browser::of(&office, "li").await;
    let (path, review) = (format!("/tasks/{submitted}"), format!("/tasks/{submitted}/review"));
    let hidden = older.get(&path).await.form(&review);
    let li = Browser::of(&office, "li").await;
    let again = li.send_form(&review, &filled(&hidden, "rejected", OPINION), &[]).await;
    assert_eq!(again.status, StatusCode::FORBIDDEN);
    assert!(again.html().contains("form_expired") && again.text().contains("第二行"), "{}", again.text());
    assert!(again.text().contains("将提交：审核任务") && !again.text().contains("请刷新页面"), "{}", again.text());
    let fields = again.form(&review);
    assert!(li.send_form(&review, &pairs(&fields), &[]).await.location().starts_with(&path));
    assert_eq!(office.acts("decide_review").await, 1);
}

/// The database is busy: the form is not lost with the answer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_that_the_server_cannot_take_now_is_shown_again() {
    let Morning { office, submitted, .. } = Box::pin(morning(Office::sqlite().await)).await;
    let li = Browser::of(&office, "li").await;
    let (path, review) = (format!("/tasks/{submitted}"), format!("/tasks/{submitted}/review"));
    let hidden = li.get(&path).await.form(&review);
    let breaks = async move |tx: &mut firebee_server::store::Tx| {
        let trigger = "CREATE TRIGGER broken BEFORE INSERT ON act BEGIN SELECT RAISE(ABORT, 'no'); END";
        tx.script(trigger, "").await
    };
    office.app.store.write::<_, firebee_server::store::StoreError, _>("break", breaks).await.unwrap();
    let failed = li.send_form(&review, &filled(&hidden, "rejected", OPINION), &[]).await;
    assert_eq!(failed.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(failed.text().contains("第二行") && failed.html().contains("server_error"), "{}", failed.text());
    assert_eq!(
        office
            .number(sql!(
                "SELECT count(*) FROM office_request r WHERE NOT EXISTS (SELECT 1 FROM act a WHERE a.id = r.act)"
            ))
            .await,
        0
    );
    let mends = async move |tx: &mut firebee_server::store::Tx| tx.script("DROP TRIGGER broken", "").await;
    office.app.store.write::<_, firebee_server::store::StoreError, _>("mend", mends).await.unwrap();
    let fields = failed.form(&review);
    assert!(li.send_form(&review, &pairs(&fields), &[]).await.location().starts_with(&path));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_banner_says_what_is_and_believes_no_address() {
    let Morning { office, submitted, .. } = Box::pin(morning(Office::sqlite().await)).await;
    let li = Browser::of(&office, "li").await;
    let (path, review) = (format!("/tasks/{submitted}"), format!("/tasks/{submitted}/review"));
    let page = li.get(&path).await;
    for forged in ["approved", "decide_review.approved", "rejected", "7"] {
        assert_eq!(banner(&li, &format!("{path}?done={forged}")).await, None, "{forged}");
    }
    let fault = page.html().split("id=\"fault-").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let handled = li.submit(&page, &format!("{path}/faults/{fault}"), &[("way", "negotiating")]).await;
    assert_eq!(banner(&li, handled.location()).await.as_deref(), Some("故障处理已保存。"));
    let page = li.get(&path).await;
    let hidden = page.form(&review);
    let approved = li.send_form(&review, &filled(&hidden, "approved", ""), &[]).await;
    let (first, second) =
        (approved.location().to_owned(), li.send_form(&review, &filled(&hidden, "approved", ""), &[]).await);
    assert_eq!(second.location(), first, "a double click");
    assert_eq!(banner(&li, &first).await.as_deref(), Some("审核已通过。"));
    // Back, and the other button: by the same form, and by that of a second tab.
    let back = li.send_form(&review, &filled(&hidden, "rejected", OPINION), &[]).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.html().contains("already_done") && !back.text().contains("已退回"), "{}", back.text());
    let tab = li.submit(&page, &review, &[("decision", "rejected"), ("opinion", OPINION)]).await;
    assert_eq!(tab.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", tab.text());
    let zhao = Browser::of(&office, "zhao").await;
    assert_eq!(banner(&zhao, &first).await, None, "somebody else did not do it");
    office.clock.advance_ms(11 * 60_000);
    assert_eq!(banner(&li, &first).await, None, "a page that is read again later is not news");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_other_language_leads_to_a_page_from_every_page_and_from_every_refused_form() {
    let Morning { office, submitted, plan, .. } = Box::pin(morning(Office::sqlite().await)).await;
    let li = Browser::of(&office, "li").await;
    let wang = Browser::of(&office, "wang").await;
    let project = office.project();
    let account = office.account("li");
    let pages = [
        "/".to_owned(),
        "/tasks?state=pending_review".to_owned(),
        format!("/tasks/{submitted}"),
        format!("/tasks/{submitted}/review"),
        format!("/tasks/{submitted}/faults/{submitted}"),
        "/projects".to_owned(),
        format!("/projects/{project}"),
        format!("/projects/{project}/terminate"),
        format!("/projects/{project}/plans"),
        format!("/projects/{project}/plans/new"),
        format!("/projects/{project}/plans/{plan}/delete"),
        format!("/plans/{plan}"),
        format!("/plans/{plan}/issue"),
        format!("/plans/{plan}/ignore"),
        format!("/plans/{plan}/restore"),
        format!("/plans/{plan}/recall"),
        format!("/plans/{plan}/schedule"),
        "/parked".to_owned(),
        "/staff".to_owned(),
        format!("/staff/{account}/open"),
        "/account".to_owned(),
        "/password".to_owned(),
        "/sign-in?back=/tasks".to_owned(),
        "/sign-out".to_owned(),
    ];
    for path in &pages {
        let browser = if path.starts_with("/staff") { &wang } else { &li };
        let mut page = browser.get(path).await;
        for _ in 0..2 {
            if page.status == StatusCode::SEE_OTHER {
                page = browser.get(page.location()).await;
            }
        }
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text());
        let switch = switch(&page);
        let back = browser.get(&switch).await;
        let mut there = browser.get(back.location()).await;
        for _ in 0..2 {
            if there.status == StatusCode::SEE_OTHER {
                there = browser.get(there.location()).await;
            }
        }
        assert_eq!(there.status, StatusCode::OK, "{path} → {switch}");
    }
    let sign_in = Browser::new(&office).get("/sign-in?back=/tasks").await;
    assert!(switch(&sign_in).ends_with("back=/sign-in%3Fback%3D/tasks"), "the way is kept: {}", switch(&sign_in));
}

fn switch(page: &Page) -> String {
    let html = page.html();
    let (_, rest) = html.split_once("class=\"tongue\" href=\"").unwrap();
    rest.split('"').next().unwrap().replace("&amp;", "&").replace("&#38;", "&")
}

/// B11: each error that a browser can meet is a page, in the visitor's language.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_refusal_is_a_page_in_the_visitors_language() {
    let office = Office::sqlite().await;
    let li = Browser::of(&office, "li").await;
    for (path, status) in [
        ("/tasks/%FF", StatusCode::BAD_REQUEST),
        ("/nothing", StatusCode::NOT_FOUND),
        ("/tasks/7", StatusCode::NOT_FOUND),
        ("/language/xx", StatusCode::NOT_FOUND),
    ] {
        for (browser, tag) in [(li.clone(), "zh-CN"), (li.asking_for("en"), "en")] {
            let page = browser.get(path).await;
            assert_eq!(page.status, status, "{path}");
            assert!(page.html().contains(&format!("<html lang=\"{tag}\">")), "{path}: {}", page.html());
            assert_eq!(page.header("x-frame-options"), "DENY", "{path}");
        }
    }
    for path in [
        "/language/en?back=/a&back=/b",
        "/tasks?page=1&page=2&state=x&state=y",
        "/parked?page=a&page=b",
        "/sign-in?back=/&back=/x",
    ] {
        let page = li.get(path).await;
        assert!(page.status.is_success() || page.status.is_redirection(), "{path}: {}", page.html());
    }
    let method = li.send_form("/tasks", &[], &[]).await;
    assert_eq!(method.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(method.html().contains("method_not_allowed"), "{}", method.html());
}

/// B11: a picture is shown to who is signed in, and to nobody else out of a cache.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_browser_asks_each_time_whether_it_may_show_a_picture_that_it_has() {
    let Morning { office, submitted, .. } = Box::pin(morning(Office::sqlite().await)).await;
    let li = Browser::of(&office, "li").await;
    let page = li.get(&format!("/tasks/{submitted}")).await;
    let html = page.html();
    let (_, rest) = html.split_once(&format!("/tasks/{submitted}/photos/")).unwrap();
    let path = format!("/tasks/{submitted}/photos/{}", rest.split('"').next().unwrap());
    let first = li.get(&path).await;
    assert_eq!((first.status, first.header("cache-control")), (StatusCode::OK, "private, no-cache"));
    let held = [("if-none-match", first.header("etag"))];
    let again = li.get_with(&path, &held).await;
    assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
    let page = li.get("/account").await;
    li.submit(&page, "/sign-out", &[]).await;
    let after = li.get_with(&path, &held).await;
    assert_eq!(after.status, StatusCode::SEE_OTHER, "after the sign-out the browser may not show it");
}
