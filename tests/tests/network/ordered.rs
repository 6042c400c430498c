//! A supplementary test that is ordered because of an event of a connected fire system, from the console to the phone and back
//!

use crate::stage::Stage;
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use firebee_client::work::task::StartSupplementary;
use firebee_domain::id::TaskId;
use firebee_protocol::text::Language;
use firebee_tests::{browse::Browser, office::Office};
use serde_json::json;
use tower::ServiceExt as _;

/// Two faults and what is over, as a panel delivers them by a token of the firm.
async fn deliver(office: &Office, wang: &Browser) {
    let form = [("name", "主机"), ("days", "30"), ("deliver_monitoring", "yes")];
    let made = wang.submit(&wang.get("/programs").await, "/programs", &form).await.html();
    let secret = made.split("<code>fbk_").nth(1).and_then(|rest| rest.split('<').next()).unwrap();
    let secret = format!("fbk_{secret}");
    let event = |id: &str, signal: &str, place: &str| json!({ "id": id, "signal": signal, "at_ms": office.app.clock.now(), "place": place, "says": "通讯故障" });
    let events = [
        event("1", "fault", "三层017号感烟"),
        event("2", "alarm", "五层配电间"),
        event("3", "restoration", "三层018号感烟"),
    ];
    let body = json!({ "project": office.project(), "source": "panel-1", "events": events });
    let request = Request::post("/v1/monitoring/events")
        .header(header::AUTHORIZATION, format!("Bearer {secret}"))
        .header(header::CONTENT_TYPE, "application/json");
    let answer = office.router.clone().oneshot(request.body(Body::from(body.to_string())).unwrap()).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
}

/// What the phone says of the one project in which its holder works.
fn meaning(stage: &Stage) -> String {
    stage.operator.screens().today().unwrap().outside_plan.remove(0).meaning
}

/// The addresses on the list of events that order a test.
async fn offered(browser: &Browser) -> Vec<String> {
    let list = browser.get("/monitoring").await.html();
    let links = list.split("href=\"/monitoring/").skip(1).filter_map(|rest| rest.split('"').next());
    links.filter(|link| link.ends_with("/test")).map(|link| format!("/monitoring/{link}")).collect()
}

async fn r_392_an_event_becomes_a_supplementary_task_of_an_operator(office: Office) {
    let stage = Stage::on(office).await;
    stage.operator.set_language(Language::Zh);
    let office = &stage.office;
    let (wang, li) = (Browser::of(office, "wang").await, Browser::of(office, "li").await);
    deliver(office, &wang).await;
    let forms = offered(&li).await;
    assert_eq!(forms.len(), 2, "what is over asks for no test");
    let fault = &forms[0];
    for other in ["zhao", "sun"] {
        assert_eq!(Browser::of(office, other).await.get(fault).await.status, StatusCode::NOT_FOUND, "{other}");
    }
    let (page, late) = (li.get(fault).await, wang.get(fault).await);
    let [ma, chen] = ["ma", "chen"].map(|login| office.account(login).to_string());
    assert!(page.html().contains(&ma) && !page.html().contains(&chen), "nothing of the project is issued to chen");
    let refused = li.submit(&page, fault, &[("executor", &chen)]).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.html().contains("executor_not_allowed"));
    let done = li.submit(&li.get(fault).await, fault, &[("executor", &ma)]).await;
    assert!(li.get(done.location()).await.text().contains("已安排补充测试"), "{}", done.text());
    let again = wang.submit(&late, fault, &[("executor", &ma)]).await;
    assert!(again.html().contains("monitoring_event_turned"), "{}", again.text());
    let repair = fault.replace("/test", "/repair");
    let typed = [("facility", "power-genset"), ("place", "三层"), ("words", "探测器故障")];
    let request = wang.submit(&wang.get(&repair).await, &repair, &typed).await;
    assert!(request.html().contains("monitoring_event_turned"), "nor a request: {}", request.text());
    assert_eq!(offered(&li).await.len(), 1);

    stage.operator.sync().now().await.unwrap();
    let told = meaning(&stage);
    assert!(told.contains("李建国要求补充测试") && told.contains("通讯故障"), "{told}");
    let start =
        StartSupplementary { project: office.project(), items: vec!["power-genset.a".into()], location_allowed: true };
    let task: TaskId = stage.operator.tasks().start_supplementary(&start).unwrap();
    assert!(!meaning(&stage).contains("李建国"), "it has begun");
    let shown = stage.operator.screens().task(task).unwrap();
    assert!(shown.outside_plan.unwrap().contains("李建国要求补充测试"), "the task says because of what");
    stage.operator.sync().now().await.unwrap();
    assert!(!meaning(&stage).contains("李建国"));
    let list = li.get("/monitoring").await.html();
    assert!(list.contains(&format!("href=\"/tasks/{task}\"")), "the event leads to the task");
    let page = li.get(&format!("/tasks/{task}")).await;
    assert!(page.html().contains(&format!("href=\"/monitoring?project={}", office.project())), "and the task to it");
    let other: TaskId = stage.operator.tasks().start_supplementary(&start).unwrap();
    stage.operator.sync().now().await.unwrap();
    assert!(stage.operator.tasks().get(other).unwrap().task.event.is_none(), "one order is one task");

    // Nothing is ordered where nothing begins any more.
    let open = offered(&li).await.remove(0);
    let page = li.get(&open).await;
    let project = format!("/projects/{}", office.project());
    let ended =
        wang.submit(&wang.get(&project).await, &format!("{project}/terminate"), &[("reason", "合同解除")]).await;
    assert!(ended.location().contains("done="), "{}", ended.text());
    let refused = li.submit(&page, &open, &[("executor", &ma)]).await;
    assert!(refused.html().contains("project_terminated"), "{}", refused.text());
}

/// the lead orders, the operator begins on the phone, and event and task lead to each other.
mod r_392_an_event_becomes_a_supplementary_task_of_an_operator {
    use super::Office;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn on_sqlite() {
        super::r_392_an_event_becomes_a_supplementary_task_of_an_operator(Office::sqlite().await).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn on_postgres() {
        super::r_392_an_event_becomes_a_supplementary_task_of_an_operator(Office::postgres().await).await;
    }
}
