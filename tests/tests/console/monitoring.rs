//! What connected fire systems deliver, on both engines (R-392).

use crate::{
    both,
    programs::{Got, token},
};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use firebee_server::sql;
use firebee_tests::{
    browse::Browser,
    office::{OTHER_FIRM, Office, PASSWORD},
};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tower::ServiceExt as _;

both!(
    /// R-392: a source delivers events by a token, each once however often it comes; lead, manager, owner and the fire service
    /// in charge read them, and nobody else.
    r_392_a_source_delivers_events_once_and_those_in_charge_read_them,
    /// R-392: an alarm or a fault becomes one repair request, by whoever is in charge; a restoration becomes none.
    r_392_an_event_becomes_one_repair_request,
);

async fn deliver(office: &Office, secret: &str, body: &Value) -> Got {
    let request = Request::post("/v1/monitoring/events")
        .header(header::AUTHORIZATION, format!("Bearer {secret}"))
        .header(header::CONTENT_TYPE, "application/json");
    let answer = office.router.clone().oneshot(request.body(Body::from(body.to_string())).unwrap()).await.unwrap();
    let status = answer.status();
    let bytes = answer.into_body().collect().await.unwrap().to_bytes();
    Got { status, text: String::from_utf8(bytes.to_vec()).unwrap() }
}

fn event(office: &Office, id: &str, signal: &str) -> Value {
    json!({ "id": id, "signal": signal, "at_ms": office.app.clock.now(), "place": "三层017号感烟", "says": "火警" })
}

async fn r_392_a_source_delivers_events_once_and_those_in_charge_read_them(office: Office) {
    office.oversee().await;
    let wang = Browser::of(&office, "wang").await;
    let secret = token(&wang, "主机", &["deliver_monitoring"]).await;
    let of = |events: Vec<Value>| json!({ "project": office.project(), "source": "panel-1", "events": events });
    let both = of(vec![event(&office, "1", "alarm"), event(&office, "2", "fault")]);
    let got = deliver(&office, &secret, &both).await;
    assert_eq!((got.status, got.text.as_str()), (StatusCode::OK, r#"{"taken":2,"known":0}"#));
    let more = of(vec![event(&office, "2", "fault"), event(&office, "3", "restoration")]);
    assert_eq!(deliver(&office, &secret, &more).await.text, r#"{"taken":1,"known":1}"#, "a repeat is known");
    let ahead = json!({ "id": "4", "signal": "alarm", "at_ms": 4_000_000_000_000_i64, "place": "x" });
    for (events, code) in
        [(vec![], "monitoring_count_wrong"), (vec![event(&office, "5", "alarm"), ahead], "monitoring_time_wrong")]
    {
        let refused = deliver(&office, &secret, &of(events)).await;
        assert_eq!((refused.status, refused.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, code));
    }
    assert_eq!(office.number(sql!("SELECT count(*) FROM monitoring_event")).await, 3, "all of a delivery or none");
    let reading = token(&wang, "ERP", &["read_tasks"]).await;
    assert_eq!(deliver(&office, &reading, &both).await.code(), "api_scope_missing");
    Office::found(&office.app, OTHER_FIRM, true).await;
    let mut qian = Browser::new(&office);
    qian.sign_in("qian", PASSWORD).await;
    let foreign = token(&qian, "other", &["deliver_monitoring"]).await;
    assert_eq!(deliver(&office, &foreign, &both).await.code(), "not_found", "another firm's project is not there");
    let address = format!("/monitoring?project={}", office.project());
    for reader in ["wang", "li", "zhao", "hu", "bao"] {
        let page = Browser::of(&office, reader).await.get(&address).await;
        assert_eq!(page.text().matches("三层017号感烟").count(), 3, "{reader}: {}", page.text());
    }
    let alarms = wang.get(&format!("{address}&signal=alarm")).await;
    assert_eq!(alarms.text().matches("三层017号感烟").count(), 1, "{}", alarms.text());
    // The second lead leads another project, and a corps elsewhere has nothing here.
    for other in ["sun", "far"] {
        let page = Browser::of(&office, other).await.get(&address).await;
        assert!(page.status == StatusCode::NOT_FOUND || !page.text().contains("三层017号感烟"), "{other}");
    }
    let project = wang.get(&format!("/projects/{}", office.project())).await;
    assert!(project.html().contains(&format!("href=\"{address}\"")), "the project leads there");
}

async fn r_392_an_event_becomes_one_repair_request(office: Office) {
    office.oversee().await;
    let (wang, li) = (Browser::of(&office, "wang").await, Browser::of(&office, "li").await);
    let secret = token(&wang, "主机", &["deliver_monitoring"]).await;
    let events = vec![event(&office, "1", "fault"), event(&office, "2", "restoration")];
    let body = json!({ "project": office.project(), "source": "panel-1", "events": events });
    assert_eq!(deliver(&office, &secret, &body).await.status, StatusCode::OK);
    let list = li.get("/monitoring").await.html();
    let offers = list.split("href=\"/monitoring/").skip(1).filter_map(|rest| rest.split('"').next());
    let offered: Vec<&str> = offers.filter(|link| link.ends_with("/repair")).collect();
    assert_eq!(offered.len(), 1, "what is over asks for no repair");
    let address = format!("/monitoring/{}", offered[0].split('"').next().unwrap());
    for other in ["zhao", "sun", "hu", "far"] {
        let page = Browser::of(&office, other).await.get(&address).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{other}");
    }
    let director = Browser::of(&office, "zhao").await.get("/monitoring").await;
    assert!(!director.html().contains(&address), "who may not ask is offered nothing");
    let (form, late) = (li.get(&address).await, wang.get(&address).await);
    for filled in ["三层017号感烟", "panel-1 · 故障 · 火警"] {
        assert!(form.html().contains(filled), "{filled}: {}", form.html());
    }
    let empty = li.submit(&form, &address, &[("facility", ""), ("place", " "), ("words", "")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", empty.text());
    let typed = [("facility", "power-genset"), ("place", "三层"), ("words", "探测器故障")];
    let done = li.submit(&form, &address, &typed).await;
    let repair = done.location().split('?').next().unwrap().to_owned();
    assert!(li.get(done.location()).await.text().contains("探测器故障"), "{}", done.text());
    assert!(li.get(&repair).await.html().contains("/take-up\""), "the firm takes it up as any request");
    let again = wang.submit(&late, &address, &typed).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.html().contains("monitoring_event_turned"), "{}", again.text());
    assert_eq!(office.number(sql!("SELECT count(*) FROM repair")).await, 1, "the second request is undone");
    let list = wang.get("/monitoring").await.html();
    assert!(list.contains(&format!("href=\"{repair}\"")) && !list.contains("href=\"/monitoring/"), "{list}");
}
