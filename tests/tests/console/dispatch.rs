//! Faults and dispatches on the pages: a fault is handled after the approval, somebody is sent, the log tells it.

use crate::{
    both,
    fixture::{Morning, morning},
};
use axum::http::StatusCode;
use firebee_domain::id::TaskId;
use firebee_server::sql;
use firebee_tests::{
    browse::{Browser, Page},
    office::{OTHER_FIRM, Office},
};

both!(
    /// R-165…: from the fault's page to the dispatch, which is issued and given to another.
    r_176_a_fault_is_handled_after_the_approval_and_its_dispatch_is_issued,
);

/// The address that follows a prefix on a page.
fn link(page: &Page, prefix: &str) -> String {
    let html = page.html();
    let rest = html.split(prefix).nth(1).unwrap();
    format!("{prefix}{}", rest.split('"').next().unwrap())
}

/// Refuses and approves the submitted task, so that its fault outlives it.
async fn approved(office: &Office, submitted: TaskId) {
    let li = Browser::of(office, "li").await;
    let path = format!("/tasks/{submitted}");
    let page = li.get(&path).await;
    let fault = page.html().split("id=\"fault-").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let action = format!("{path}/faults/{fault}");
    let refused = li.submit(&page, &action, &[("way", "troubleshoot"), ("team_lead", "")]).await;
    assert!(refused.html().contains("team_lead_required"), "{}", refused.text());
    let way = [("way", "owner_refused"), ("explanation", "业主自修")];
    li.submit(&page, &action, &way).await;
    let page = li.get(&path).await;
    let done = li.submit(&page, &format!("{path}/review"), &[("decision", "approved"), ("opinion", "")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
}

async fn r_176_a_fault_is_handled_after_the_approval_and_its_dispatch_is_issued(office: Office) {
    let Morning { office, submitted, .. } = morning(office).await;
    approved(&office, submitted).await;
    let li = Browser::of(&office, "li").await;
    let list = li.get("/faults?state=owner_refused").await;
    assert!(list.text().contains("业主不同意维修"), "{}", list.text());
    let path = link(&list, "/faults/");
    let fault = li.get(&path).await;
    assert!(!fault.html().contains("value=\"negotiating\""), "R-182: only the owner's agreement follows");
    let chen = office.account("chen").to_string();
    let action = format!("/tasks/{submitted}{path}");
    let bare = li.submit(&fault, &action, &[("way", "owner_agreed"), ("team_lead", &chen), ("plan", " ")]).await;
    assert!(bare.html().contains("repair_plan_required"), "{}", bare.text());
    let order = [("way", "owner_agreed"), ("team_lead", chen.as_str()), ("plan", "更换启动电池")];
    let done = li.submit(&fault, &action, &order).await;
    assert!(done.location().starts_with(&format!("{path}?done=")), "{} {}", done.location(), done.text());
    let fault = li.get(done.location()).await;
    assert!(fault.text().contains("更换启动电池") && fault.text().contains("待下达"), "{}", fault.text());
    assert!(li.get("/faults").await.text().contains("1 个派工待下达"));

    let path = link(&fault, "/dispatches/");
    let dispatch = li.get(&path).await;
    let issued = li.submit(&dispatch, &format!("{path}/issue"), &[]).await;
    assert!(issued.location().starts_with(&format!("{path}?done=")), "{}", issued.text());
    let twice = li.submit(&dispatch, &format!("{path}/issue"), &[]).await;
    assert_eq!(twice.location(), issued.location(), "a repeated form has one effect");
    let page = li.get(issued.location()).await;
    assert!(page.text().contains("已下达") && !page.html().contains("/issue\""), "{}", page.text());
    let ma = office.account("ma").to_string();
    let other = li.submit(&page, &format!("{path}/team-lead"), &[("team_lead", &ma)]).await;
    assert!(other.location().contains("?done="), "{}", other.text());
    let page = li.get(&path).await.text();
    assert!(page.contains("更换组长"), "{page}");
    for (filter, found) in
        [("state=issued", true), ("state=to_issue", false), ("kind=repair", true), ("kind=troubleshoot", false)]
    {
        let list = li.get(&format!("/dispatches?{filter}")).await;
        assert_eq!(list.html().contains(&path), found, "{filter}");
    }
    for (login, found) in [("ma", true), ("chen", false)] {
        let list = li.get(&format!("/dispatches?team_lead={}", office.account(login))).await;
        assert_eq!(list.html().contains(&path), found, "{login}");
    }
    let project = li.get(&format!("/dispatches?project={}", office.project())).await;
    assert!(project.html().contains(&path));
    assert_eq!((office.acts("issue_dispatch").await, office.acts("reassign_dispatch").await), (1, 1));
    assert_eq!(office.number(sql!("SELECT count(*) FROM dispatch WHERE state = 'issued'")).await, 1);

    // another lead's and another firm's are not there.
    Office::found(&office.app, OTHER_FIRM, true).await;
    for login in ["sun", "qian"] {
        let other = Browser::of(&office, login).await;
        for path in [&path, &link(&li.get("/faults").await, "/faults/")] {
            assert_eq!(other.get(path).await.status, StatusCode::NOT_FOUND, "{login} {path}");
        }
        assert!(!other.get("/dispatches").await.html().contains(&path), "{login}");
    }
}
