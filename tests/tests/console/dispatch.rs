//! Faults and dispatches on the pages: a fault is handled after the approval, somebody is sent, the log tells it.

use crate::{
    both,
    fixture::{Morning, morning},
};
use axum::http::StatusCode;
use firebee_domain::{
    dispatch::{DispatchFinished, DispatchReceived, DispatchStarted, Outcome},
    id::{DispatchId, TaskId},
};
use firebee_protocol::fact::{BlobRef, Body, Seen, Subject};
use firebee_server::sql;
use firebee_tests::{
    browse::{Browser, Page},
    office::{OTHER_FIRM, Office},
    visit::Visit,
};

both!(
    /// R-165…: from the fault's page to the dispatch, which is issued and given to another.
    r_176_a_fault_is_handled_after_the_approval_and_its_dispatch_is_issued,
    /// a team lead who knows no more of the project reads a dispatch once it is issued, with its files, and
    /// its page leads nowhere that is closed.
    r_168_a_team_lead_reads_a_dispatch_once_it_is_issued_and_no_dead_link,
    /// what somebody is sent for goes to somebody else in the act that hands everything over; what is begun once the
    /// account is closed, and the log says who had begun.
    r_370_dispatches_go_with_somebody_who_leaves_also_those_that_are_begun,
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

/// The lead sends somebody to find the cause of the morning's fault. Returns the address of the dispatch.
async fn sent(li: &Browser, submitted: TaskId, to: &str) -> String {
    let path = format!("/tasks/{submitted}");
    let page = li.get(&path).await;
    let fault = page.html().split("id=\"fault-").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let way = [("way", "troubleshoot"), ("team_lead", to)];
    let done = li.submit(&page, &format!("{path}/faults/{fault}"), &way).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    link(&li.get(&format!("/faults/{fault}")).await, "/dispatches/")
}

async fn issued(li: &Browser, path: &str) {
    let done = li.submit(&li.get(path).await, &format!("{path}/issue"), &[]).await;
    assert!(done.location().contains("?done="), "{}", done.text());
}

/// What the phone of a team lead says.
async fn says(visit: &mut Visit, task: TaskId, path: &str, blobs: &[BlobRef], body: impl FnOnce(DispatchId) -> Body) {
    let id: DispatchId = path.rsplit('/').next().unwrap().parse().unwrap();
    let seen = Some(Seen { doc: id.to_string(), rev: 1 });
    let subject = Subject { plan: None, task: Some(task), seen };
    visit.wait(1);
    visit.device.record(visit.firm.project, &subject, blobs, &body(id));
    visit.push().await;
}

async fn r_168_a_team_lead_reads_a_dispatch_once_it_is_issued_and_no_dead_link(office: Office) {
    let Morning { office, plan, submitted, .. } = morning(office).await;
    let (li, sun) = (Browser::of(&office, "li").await, Browser::of(&office, "sun").await);
    let path = sent(&li, submitted, &office.account("sun").to_string()).await;
    assert_eq!(sun.get(&path).await.status, StatusCode::NOT_FOUND, "nobody is told before it is issued");
    for list in ["/dispatches", "/dispatches?state=to_issue", "/faults"] {
        let list = sun.get(list).await;
        assert!(!list.html().contains(&path) && !list.text().contains("1 个派工待下达"), "{}", list.text());
    }
    issued(&li, &path).await;
    assert!(sun.get("/dispatches").await.html().contains(&path));

    let mut visit = Visit::begin(office.firm(plan).await, office.account("sun"), 7).await;
    says(&mut visit, submitted, &path, &[], |dispatch| DispatchReceived { dispatch }.into()).await;
    says(&mut visit, submitted, &path, &[], |dispatch| DispatchStarted { dispatch }.into()).await;
    let photo = visit.attach(include_bytes!("../../fixtures/photos/no_exif.jpg"));
    let finished = |dispatch| {
        let details = "电池老化".to_owned();
        DispatchFinished { dispatch, outcome: Outcome::Unresolved, details, attachments: vec![photo.id] }.into()
    };
    says(&mut visit, submitted, &path, std::slice::from_ref(&photo), finished).await;
    visit.send_blobs(&office, 0).await;

    let page = sun.get(&path).await;
    assert!(page.text().contains("电池老化"), "{}", page.text());
    let main = page.html().split("<main").nth(1).unwrap().split("</main>").next().unwrap().to_owned();
    let links: Vec<String> =
        main.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect();
    assert!(links.iter().any(|link| link.contains("/files/")), "{links:?}");
    for link in links.iter().filter(|link| link.starts_with('/')) {
        assert_eq!(sun.get(link).await.status, StatusCode::OK, "{link}");
    }
    assert!(li.get(&path).await.html().contains(&format!("href=\"/tasks/{submitted}")), "a lead goes on from there");
    let file = links.iter().find(|link| link.contains("/files/")).unwrap();
    assert_eq!(li.get(file).await.status, StatusCode::OK);
    let other = li.get(&format!("{path}/files/sha256-{}", "0".repeat(64))).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    Office::found(&office.app, OTHER_FIRM, true).await;
    assert_eq!(Browser::of(&office, "qian").await.get(file).await.status, StatusCode::NOT_FOUND, "another firm");
}

async fn r_370_dispatches_go_with_somebody_who_leaves_also_those_that_are_begun(office: Office) {
    let Morning { office, submitted, mut visit, .. } = morning(office).await;
    let (li, wang) = (Browser::of(&office, "li").await, Browser::of(&office, "wang").await);
    let (chen, ma) = (office.account("chen"), office.account("ma"));
    let path = sent(&li, submitted, &chen.to_string()).await;
    issued(&li, &path).await;
    let (from_chen, from_ma) = (format!("/leave/{chen}"), format!("/leave/{ma}"));
    let hand = async |path: &str, to: String| {
        let fields = [("to", to.as_str()), ("reason", "离职")];
        wang.submit(&wang.get(path).await, &format!("{path}/hand-over"), &fields).await
    };
    let page = wang.get(&from_chen).await;
    assert!(page.html().contains(&path) && page.text().contains("已下达"), "{}", page.text());
    let manager = hand(&from_chen, office.account("wang").to_string()).await;
    assert!(manager.html().contains("executor_not_allowed"), "{}", manager.text());
    let done = hand(&from_chen, ma.to_string()).await;
    assert!(done.location().contains("?done="), "{}", done.text());
    assert!(!wang.get(&from_chen).await.html().contains(&path), "it is not with her any more");

    says(&mut visit, submitted, &path, &[], |dispatch| DispatchReceived { dispatch }.into()).await;
    says(&mut visit, submitted, &path, &[], |dispatch| DispatchStarted { dispatch }.into()).await;
    let open = wang.get(&from_ma).await;
    assert!(open.html().contains(&path) && open.text().contains("请先停用账号"), "{}", open.text());
    assert!(!open.html().contains("/hand-over\""), "what is begun stays while the account is open");
    assert!(!li.get(&path).await.html().contains("/team-lead\""));
    wang.submit(&wang.get("/staff").await, &format!("/staff/{ma}/close"), &[("reason", "离职")]).await;
    let gone = li.get(&path).await;
    assert!(gone.text().contains("此人已不能再派") && gone.html().contains("/team-lead\""), "{}", gone.text());
    let done = hand(&from_ma, chen.to_string()).await;
    assert!(done.location().contains("?done="), "{}", done.text());
    let page = li.get(&path).await;
    let log = page.text();
    let log = log.split("过程记录").nth(1).unwrap();
    let (started, reassigned) = (log.find("执行").unwrap(), log.rfind("更换组长").unwrap());
    assert!(started < reassigned, "who had begun stands in the log: {log}");
    assert!(log.matches("更换组长").count() >= 2, "{log}");
    assert_eq!(office.number(sql!("SELECT count(*) FROM dispatch WHERE state = 'issued'")).await, 1);
    assert_eq!((office.acts("hand_over").await, office.acts("reassign_dispatch").await), (2, 0));
}
