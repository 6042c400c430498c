//! Tokens of programs and what they read, on both engines.

use crate::{
    both,
    fixture::{Morning, morning},
};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use firebee_server::{
    row, sql,
    store::{StoreError, Tx},
};
use firebee_tests::{
    browse::{Browser, Page},
    office::{OTHER_FIRM, Office, PASSWORD},
};
use http_body_util::BodyExt as _;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use tower::ServiceExt as _;

both!(
    /// a manager makes a token, which is shown once and kept as a hash. Nobody else makes one or sees it.
    r_388_a_manager_makes_a_token_that_is_shown_once_and_kept_as_a_hash,
    /// a token opens its scopes, until it is revoked, expires, or its maker's account is closed; each use is noted.
    r_388_a_token_opens_its_scope_until_it_is_revoked_or_expires,
    /// a table is a stream that says whether it is whole, and goes on behind the last row that a program has.
    r_388_a_table_is_streamed_and_resumed_behind_a_row,
    /// a track is GeoJSON and GPX; that of another firm's task is not there.
    r_388_a_track_is_geojson_and_gpx_for_whoever_may_read_it,
);

const TABLES: [&str; 4] = ["projects", "tasks", "faults", "reports"];

/// What a program gets for a path.
pub struct Got {
    pub status: StatusCode,
    pub text: String,
}

impl Got {
    pub fn code(&self) -> String {
        let problem: Value = serde_json::from_str(&self.text).unwrap();
        problem["code"].as_str().unwrap().to_owned()
    }

    /// The objects of NDJSON.
    pub fn lines(&self) -> Vec<Value> {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text);
        self.text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

pub async fn get(office: &Office, secret: &str, path: &str) -> Got {
    let request = Request::builder().uri(path).header(header::AUTHORIZATION, format!("Bearer {secret}"));
    let answer = office.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let status = answer.status();
    let bytes = answer.into_body().collect().await.unwrap().to_bytes();
    Got { status, text: String::from_utf8(bytes.to_vec()).unwrap() }
}

/// The answer to the form that makes a token with these scopes.
async fn asked(manager: &Browser, name: &str, scopes: &[&str]) -> Page {
    let mut fields = vec![("name", name), ("days", "30")];
    fields.extend(scopes.iter().map(|scope| (*scope, "yes")));
    manager.submit(&manager.get("/programs").await, "/programs", &fields).await
}

/// A token, made on the page.
pub async fn token(manager: &Browser, name: &str, scopes: &[&str]) -> String {
    let page = asked(manager, name, scopes).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    shown(&page).unwrap()
}

fn shown(page: &Page) -> Option<String> {
    Some(page.html().split("<code>fbk_").nth(1)?.split('<').next().map(|rest| format!("fbk_{rest}")).unwrap())
}

async fn r_388_a_manager_makes_a_token_that_is_shown_once_and_kept_as_a_hash(office: Office) {
    let wang = Browser::of(&office, "wang").await;
    let refused = asked(&wang, " ", &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for code in ["text_required", "api_scope_required"] {
        assert!(refused.html().contains(code), "{code}: {}", refused.text());
    }
    let secret = token(&wang, "ERP", &["read_tasks", "read_faults"]).await;
    let list = wang.get("/programs").await;
    assert!(list.text().contains("ERP") && shown(&list).is_none(), "{}", list.text());
    let hash: [u8; 32] = Sha256::digest(secret.as_bytes()).into();
    let read = async move |tx: &mut Tx| {
        let doors = tx.query(sql!("SELECT hash FROM api_token_door"), &[]).await?;
        let lines = tx.query(sql!("SELECT line FROM act ORDER BY seq DESC LIMIT 1"), &[]).await?;
        let told = tx.query(sql!("SELECT body FROM api_token"), &row![]).await?;
        Ok((doors[0].get::<[u8; 32]>(0)?, lines[0].get::<Vec<u8>>(0)?, told[0].get::<String>(0)?))
    };
    let kept: Result<([u8; 32], Vec<u8>, String), StoreError> = office.app.store.read("kept", read).await;
    let (door, line, body) = kept.unwrap();
    let line = String::from_utf8(line).unwrap();
    assert_eq!(door, hash);
    assert!(line.contains("make_api_token") && line.contains("read_faults"), "{line}");
    for kept in [line.as_str(), &body] {
        assert!(!kept.contains(secret.trim_start_matches("fbk_")), "the secret is nowhere: {kept}");
    }
    for other in ["li", "zhao"] {
        let browser = Browser::of(&office, other).await;
        assert_eq!(browser.get("/programs").await.status, StatusCode::NOT_FOUND, "{other}");
    }
}

async fn r_388_a_token_opens_its_scope_until_it_is_revoked_or_expires(office: Office) {
    let wang = Browser::of(&office, "wang").await;
    let secret = token(&wang, "ERP", &["read_reports"]).await;
    assert_eq!(get(&office, &secret, "/v1/export/reports").await.status, StatusCode::OK);
    let other = get(&office, &secret, "/v1/export/tasks").await;
    assert_eq!((other.status, other.code().as_str()), (StatusCode::FORBIDDEN, "api_scope_missing"));
    assert!(other.text.contains("read_tasks"), "the answer names the scope: {}", other.text);
    let none = get(&office, &secret, "/v1/export/people").await;
    assert_eq!((none.status, none.code().as_str()), (StatusCode::NOT_FOUND, "not_found"));
    for bad in ["", "fbk_", &secret.replace("fbk_", "fbk_x"), &secret.to_lowercase()] {
        let refused = get(&office, bad, "/v1/export/reports").await;
        assert_eq!((refused.status, refused.code().as_str()), (StatusCode::UNAUTHORIZED, "api_token_invalid"), "{bad}");
    }
    let list = wang.get("/programs").await.html();
    let page = format!("/programs/{}", list.split("href=\"/programs/").nth(1).unwrap().split('"').next().unwrap());
    let uses = wang.get(&page).await;
    for path in ["/v1/export/reports", "/v1/export/tasks", "api_scope_missing"] {
        assert!(uses.text().contains(path), "{path}: {}", uses.text());
    }
    office.clock.advance_ms(31 * 86_400_000);
    let late = get(&office, &secret, "/v1/export/reports").await;
    assert_eq!(late.code(), "api_token_invalid", "it has expired");
    let wang = Browser::of(&office, "wang").await;
    let secret = token(&wang, "地图", &["read_reports"]).await;
    let list = wang.get("/programs").await.html();
    let page = format!("/programs/{}", list.split("href=\"/programs/").nth(1).unwrap().split('"').next().unwrap());
    let done = wang.submit(&wang.get(&page).await, &format!("{page}/revoke"), &[]).await;
    assert!(wang.get(done.location()).await.html().contains("已吊销"), "{}", done.location());
    assert_eq!(get(&office, &secret, "/v1/export/reports").await.code(), "api_token_invalid", "it was revoked");
    let secret = token(&wang, "报表", &["read_reports"]).await;
    let close = async |tx: &mut Tx| {
        let close = sql!("UPDATE account SET enabled = ?1 WHERE login = ?2");
        tx.execute(close, &row![false, "wang"]).await.map(drop)
    };
    office.app.store.write::<_, StoreError, _>("close", close).await.unwrap();
    assert_eq!(get(&office, &secret, "/v1/export/reports").await.code(), "api_token_invalid", "its maker is gone");
}

async fn r_388_a_table_is_streamed_and_resumed_behind_a_row(office: Office) {
    let Morning { office, submitted, .. } = Box::pin(morning(office)).await;
    let wang = Browser::of(&office, "wang").await;
    let scopes = ["read_projects", "read_tasks", "read_faults", "read_reports"];
    let secret = token(&wang, "ERP", &scopes).await;
    for table in TABLES {
        let got = get(&office, &secret, &format!("/v1/export/{table}")).await;
        let mut lines = got.lines();
        let end = lines.pop().unwrap();
        assert_eq!(end["end"]["rows"], lines.len(), "{table}");
        let rows = got.text.trim_end().rsplit_once('\n').map(|(rows, _)| format!("{rows}\n")).unwrap_or_default();
        let hash: String = Sha256::digest(rows.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(end["end"]["sha256"], hash.as_str(), "{table}");
        let csv = get(&office, &secret, &format!("/v1/export/{table}?as=csv")).await;
        assert_eq!(csv.text.lines().count(), lines.len() + 1, "{table}: {}", csv.text);
        assert!(csv.text.starts_with("id,"), "{}", csv.text);
    }
    let tasks = get(&office, &secret, "/v1/export/tasks").await.lines();
    let (first, second) = (&tasks[0], &tasks[1]);
    assert!(first["id"].as_str() < second["id"].as_str());
    let handed_in = tasks.iter().find(|task| task["id"] == submitted.to_string()).unwrap();
    assert_eq!((&handed_in["state"], &handed_in["round"]), (&"pending_review".into(), &1.into()));
    assert!(handed_in["submitted_latest"].as_str().unwrap().starts_with("2026-11-1"), "{handed_in}");
    let rest =
        get(&office, &secret, &format!("/v1/export/tasks?after={}", first["id"].as_str().unwrap())).await.lines();
    assert_eq!((&rest[0], rest.len()), (second, 2), "it goes on behind the row that is there");
    let faults = get(&office, &secret, &format!("/v1/export/faults?project={}", office.project())).await.lines();
    assert_eq!((&faults[0]["state"], faults.len()), (&"unhandled".into(), 2), "{faults:?}");
    let other = get(&office, &secret, &format!("/v1/export/faults?project={}", office.projects[1])).await.lines();
    assert_eq!(other.len(), 1, "{other:?}");
    for bad in ["as=xml", "after=7", "project=x"] {
        let refused = get(&office, &secret, &format!("/v1/export/tasks?{bad}")).await;
        assert_eq!((refused.status, refused.code().as_str()), (StatusCode::BAD_REQUEST, "bad_request"), "{bad}");
    }
    let foreign = other_firm(&office, &scopes).await;
    for table in TABLES {
        let lines = get(&office, &foreign, &format!("/v1/export/{table}")).await.lines();
        assert_eq!(lines.len(), 1, "another firm reads its own: {lines:?}");
    }
}

/// A token of another firm.
async fn other_firm(office: &Office, scopes: &[&str]) -> String {
    Office::found(&office.app, OTHER_FIRM, true).await;
    let mut qian = Browser::new(office);
    qian.sign_in("qian", PASSWORD).await;
    token(&qian, "other", scopes).await
}

async fn r_388_a_track_is_geojson_and_gpx_for_whoever_may_read_it(office: Office) {
    let Morning { office, submitted, .. } = Box::pin(morning(office)).await;
    let wang = Browser::of(&office, "wang").await;
    let secret = token(&wang, "地图", &["read_tracks"]).await;
    let path = format!("/v1/export/tasks/{submitted}/track");
    let got = get(&office, &secret, &path).await;
    let json: Value = serde_json::from_str(&got.text).unwrap();
    assert_eq!(json["type"], "FeatureCollection", "{}", got.text);
    let feature = &json["features"][0];
    let (line, times) = (&feature["geometry"]["coordinates"], &feature["properties"]["times_latest"]);
    assert_eq!(feature["geometry"]["type"], "LineString");
    let (lon, lat) = (line[0][0].as_f64().unwrap(), line[0][1].as_f64().unwrap());
    assert!((101.0..102.0).contains(&lon) && (36.0..37.0).contains(&lat), "longitude comes first: {lon} {lat}");
    assert_eq!(line.as_array().map(Vec::len), times.as_array().map(Vec::len));
    let gpx = get(&office, &secret, &format!("{path}?as=gpx")).await.text;
    assert!(gpx.contains("http://www.topografix.com/GPX/1/1") && gpx.trim_end().ends_with("</gpx>"), "{gpx}");
    assert_eq!(gpx.matches("<trkpt lat=\"36.").count(), line.as_array().unwrap().len());
    assert!(gpx.contains(&format!("<time>{}</time>", times[0].as_str().unwrap())), "{gpx}");
    let foreign = other_firm(&office, &["read_tracks"]).await;
    let hidden = get(&office, &foreign, &path).await;
    assert_eq!((hidden.status, hidden.code().as_str()), (StatusCode::NOT_FOUND, "not_found"));
    let tasks = token(&wang, "ERP", &["read_tasks"]).await;
    assert_eq!(get(&office, &tasks, &path).await.code(), "api_scope_missing", "a table shows no track");
}
