//! The work log: who did what, when, to what, and why, on both engines.

use crate::{both, fixture::morning};
use axum::http::StatusCode;
use firebee_domain::review::Decision;
use firebee_server::{
    office::{
        account::{
            remedy::{Remedy, remedy},
            toggle,
        },
        project::{Terminate, terminate},
        review::{Decide, decide},
    },
    query,
    store::{StoreError, Tx},
};
use firebee_tests::{
    browse::{Browser, Page},
    office::Office,
};

both!(
    /// sign-ins, changes of accounts and acts of the office stand in the log in plain words. It is narrowed by
    /// person, kind, project and month.
    r_038_the_work_log_says_who_did_what_to_whom_and_why,
);

/// The rows of a list, each as its cells one behind the other.
fn rows(page: &Page) -> Vec<String> {
    let html = page.html();
    let rows = html.split("<th scope=\"row\">").skip(1).map(|row| row.split("</tr>").next().unwrap().to_owned());
    let plain = |row: String| row.split('<').map(|part| part.rsplit('>').next().unwrap()).collect::<String>();
    rows.map(plain).collect()
}

async fn decided(office: &Office, task: firebee_domain::id::TaskId) {
    let org = office.org;
    let read = async move |tx: &mut Tx| query::task::document(tx, org, task).await;
    let found: Result<_, StoreError> = office.app.store.read("task", read).await;
    let found = found.unwrap().unwrap();
    let waits = found.task.last_submission().unwrap();
    let (round, manifest_hash, opinion) = (waits.round, waits.manifest_hash, "请补拍铭牌".to_owned());
    let wanted = Decide { task, round, manifest_hash, decision: Decision::Rejected, opinion, attachments: Vec::new() };
    decide(&office.app.store, office.act("li").await, wanted).await.unwrap();
}

async fn r_038_the_work_log_says_who_did_what_to_whom_and_why(office: Office) {
    let morning = morning(office).await;
    let (office, task) = (morning.office, morning.submitted);
    decided(&office, task).await;
    let (second, reason) = (office.projects[1], "合同提前解除".to_owned());
    let ended = Terminate { project: second, reason };
    terminate(&office.app.store, office.act("wang").await, ended).await.unwrap();
    remedy(&office.app.office, office.act("wang").await, office.account("chen"), (Remedy::Close, "已离职"))
        .await
        .unwrap();
    toggle(&office.app.office, "chen", true).await.unwrap();

    let wang = Browser::of(&office, "wang").await;
    let log = wang.get("/log").await;
    let seen = rows(&log);
    for parts in [
        ["审核不通过", "李建国", "任务 ", "请补拍铭牌"],
        ["下发计划：5 个测试项", "李建国", "计划 ", "下发给马晓燕"],
        ["终止项目", "王芳", "项目 ", "合同提前解除"],
        ["禁用账号", "王芳", "的账号", ""],
        ["开启账号", "服务器管理员", "的账号", ""],
        ["登录管理台", "王芳", "王芳的账号", ""],
        ["创建账号", "服务器管理员", "马晓燕的账号", ""],
    ] {
        assert!(seen.iter().any(|row| parts.iter().all(|part| row.contains(part))), "{parts:?}: {seen:#?}");
    }
    assert!(!log.text().contains("其他操作"), "every kind has a word: {}", log.text());
    let english = wang.asking_for("en").get("/log").await.text();
    assert!(english.contains("Task rejected") && english.contains("Plan issued: 5 items"), "{english}");

    let narrowed = async |filter: &str| rows(&wang.get(&format!("/log?{filter}")).await);
    let of_chen = narrowed(&format!("account={}", office.account("chen"))).await;
    assert!(of_chen.len() == 3 && of_chen.iter().all(|row| row.contains("账号")), "made, closed, opened: {of_chen:#?}");
    assert_eq!(narrowed("kind=decide_review").await.len(), 1);
    assert_eq!(narrowed("month=2026-11").await.len(), seen.len());
    assert_eq!(narrowed("month=2026-10").await, [""; 0]);
    let of_project = narrowed(&format!("project={second}")).await;
    assert!(of_project.len() == 1 && of_project[0].contains("合同提前解除"), "{of_project:#?}");
    let file = wang.get("/log?kind=terminate_project&as=csv").await.html();
    assert!(file.lines().count() == 2 && file.contains("王芳") && file.contains("合同提前解除"), "{file}");
    let project = wang.get(&format!("/projects/{second}")).await.html();
    assert!(project.contains(&format!("/log?project={second}")), "{project}");
    let staff = wang.get("/staff").await.html();
    assert!(staff.contains(&format!("/log?account={}", office.account("chen"))), "{staff}");

    // Only the manager reads the log.
    for login in ["li", "zhao"] {
        let browser = Browser::of(&office, login).await;
        assert_eq!(browser.get("/log").await.status, StatusCode::NOT_FOUND, "{login}");
        assert!(!browser.get("/account").await.html().contains("/log"), "{login}");
    }
}

/// A log is read page by page, each act once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_038_the_work_log_has_pages() {
    let office = Office::sqlite().await;
    for n in 0..120 {
        toggle(&office.app.office, "sun", n % 2 == 0).await.unwrap();
    }
    let wang = Browser::of(&office, "wang").await;
    let read = async || {
        let (mut path, mut seen, mut pages) = ("/log?kind=toggle_account".to_owned(), 0, 0);
        loop {
            let page = wang.get(&path).await;
            seen += rows(&page).len();
            pages += 1;
            let html = page.html();
            let Some(next) = html.split("rel=\"next\" href=\"").nth(1) else { return (seen, pages) };
            path = next.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
        }
    };
    assert_eq!(read().await, (120, 3));
}
