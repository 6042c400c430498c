//! The page of the interface, against the document that it is made of and against a server that listens (R-388).

use crate::{
    fixture::{Morning, morning},
    programs::{get, token},
};
use axum::http::StatusCode;
use firebee_domain::api_token::{Scope, needed};
use firebee_tests::{
    browse::{Browser, Page},
    office::Office,
};
use serde_json::{Value, json};
use std::{collections::BTreeSet, path::Path, process::Stdio};
use tokio::{net::TcpListener, process::Command};

/// The operations of the served document with path and method.
async fn operations(office: &Office) -> Vec<(String, String, Value)> {
    let served: Value = serde_json::from_str(&get(office, "", "/v1/openapi.json").await.text).unwrap();
    let paths = served["paths"].as_object().unwrap().clone();
    let of = |(path, all): (String, Value)| {
        let all = all.as_object().unwrap().clone();
        all.into_iter().map(move |(method, operation)| (path.clone(), method, operation))
    };
    paths.into_iter().flat_map(of).collect()
}

/// What the page says of an operation.
fn told(page: &Page, operation: &Value) -> String {
    let id = operation["operationId"].as_str().unwrap().replace('_', "-");
    let html = page.html();
    let rest = html.split(&format!("<details class=\"card\" id=\"{id}\"")).nth(1).unwrap();
    rest.split("</details>").next().unwrap().to_owned()
}

fn plain(words: &Value) -> String {
    let escaped = words.as_str().unwrap().replace('\'', "&#39;").replace('<', "&#60;");
    escaped
        .split('`')
        .enumerate()
        .map(|(at, piece)| if at % 2 == 1 { format!("<code>{piece}</code>") } else { piece.to_owned() })
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// R-388: whoever writes a program reads every operation on one page, without an account and without a script, in both
/// languages; in English word for word as the document says it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_388_the_page_of_the_interface_says_what_its_document_says() {
    let office = Office::sqlite().await;
    let nobody = Browser::new(&office);
    let (zh, en) = (nobody.get("/api").await, nobody.asking_for("en").get("/api").await);
    assert_eq!((zh.status, en.status), (StatusCode::OK, StatusCode::OK));
    for (path, method, operation) in operations(&office).await {
        let name = format!("{} {path}", method.to_uppercase());
        let (zh, en) = (told(&zh, &operation), told(&en, &operation));
        for text in [&zh, &en] {
            assert!(text.contains(&format!("<code>{name}</code>")), "{name}: {text}");
        }
        let summary = plain(&operation["summary"]);
        assert!(en.contains(&summary) && !zh.contains(&summary), "{name}: {summary}: {en}");
        assert!(!zh.contains("lang=\"en\""), "{name} has all its words in Chinese: {zh}");
        for each in operation["parameters"].as_array().into_iter().flatten() {
            let (parameter, says) = (each["name"].as_str().unwrap(), plain(&each["description"]));
            assert!(
                zh.contains(&format!("<code>{parameter}</code>")) && en.contains(&says),
                "{name}: {parameter}: {says}: {en}"
            );
        }
        for (status, answer) in operation["responses"].as_object().unwrap() {
            let says = answer["description"].as_str().unwrap();
            if status.as_str() < "400" {
                assert!(en.contains(&plain(&answer["description"])), "{name} {status}: {says}");
                continue;
            }
            for code in says.split(':').next().unwrap().split(", ") {
                assert!(zh.contains(&format!("href=\"#code-{code}\"")), "{name} {status}: {code}");
            }
        }
        for scope in
            operation["security"].as_array().into_iter().flatten().flat_map(|each| each["api_token"].as_array())
        {
            for scope in scope {
                assert!(zh.contains(&format!("<code>{}</code>", scope.as_str().unwrap())), "{name}: {scope}");
            }
        }
    }
    for page in [&zh, &en] {
        let html = page.html();
        let led: BTreeSet<&str> = html.split("href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        for place in led {
            assert!(html.contains(&format!("id=\"{place}\"")), "nothing on the page is #{place}");
        }
        assert_eq!(html.matches("<script").count(), 1, "the script of every page, and none of its own");
    }
    let wang = Browser::of(&office, "wang").await;
    assert!(wang.get("/programs").await.html().contains("href=\"/api\""), "the tokens lead there");
}

/// R-388: the document names the scopes that a token needs.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_388_the_document_names_the_scopes_that_a_token_needs() {
    let office = Office::sqlite().await;
    let mut named = BTreeSet::new();
    for (path, method, operation) in operations(&office).await {
        let asked = operation["security"].as_array().into_iter().flatten().filter_map(|each| each.get("api_token"));
        let scopes: BTreeSet<Scope> = asked
            .flat_map(|scopes| scopes.as_array().unwrap())
            .map(|scope| scope.as_str().unwrap().parse().unwrap())
            .collect();
        let tables = ["projects", "tasks", "faults", "reports"].map(|table| path.replace("{table}", table));
        let wanted: BTreeSet<Scope> = tables.iter().filter_map(|path| needed(path)).collect();
        assert_eq!(scopes, wanted, "{method} {path}");
        named.extend(scopes);
    }
    assert_eq!(named.len(), 6, "each scope opens something");
}

/// The line of curl of an operation, as the page prints it.
fn printed(page: &Page, id: &str) -> (String, Option<String>) {
    let text = told(page, &json!({ "operationId": id }));
    let mut raw = text.split("<p class=\"raw\">").skip(1).map(|rest| {
        let rest = rest.split("</p>").next().unwrap();
        rest.replace("&#34;", "\"")
            .replace("&#38;", "&")
            .replace("&#39;", "'")
            .replace("&#60;", "<")
            .replace("&#62;", ">")
    });
    (raw.next().unwrap(), raw.next())
}

/// Runs a line as it is printed, and gives what came.
async fn run(folder: &Path, line: &str, variables: &[(&str, &str)]) -> String {
    let mut shell = Command::new("sh");
    shell
        .args(["-c", line])
        .envs(variables.iter().copied())
        .env("no_proxy", "*")
        .current_dir(folder)
        .stdin(Stdio::null());
    let done = shell.output().await.unwrap();
    assert!(done.status.success(), "{line}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// R-388: the lines of curl work as they are printed, with what they name in variables and files.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_388_the_lines_of_curl_work_as_they_are_printed() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let office = Office::set(firebee_tests::firm::sqlite().await, |config| config.listen = address).await;
    let wang = Browser::of(&office, "wang").await;
    let secret = token(&wang, "ERP", &["read_tasks", "read_tracks", "deliver_monitoring"]).await;
    let Morning { office, submitted, .. } = Box::pin(morning(office)).await;
    let serving = tokio::spawn(axum::serve(listener, office.router.clone()).into_future());
    let page = Browser::new(&office).get("/api").await;
    let folder = tempfile::tempdir().unwrap();
    let task = submitted.to_string();
    let variables = [("TOKEN", secret.as_str()), ("TASK", task.as_str())];
    let rows = run(folder.path(), &printed(&page, "export_table").0, &variables).await;
    assert!(rows.contains(&task) && rows.lines().last().unwrap().contains("\"end\""), "{rows}");
    let track = run(folder.path(), &printed(&page, "export_track").0, &variables).await;
    assert!(track.contains("FeatureCollection"), "{track}");
    let (line, example) = printed(&page, "deliver_monitoring");
    let mut body: Value = serde_json::from_str(&example.unwrap()).unwrap();
    body["project"] = json!(office.project());
    body["events"][0]["at_ms"] = json!(office.app.clock.now());
    std::fs::write(folder.path().join("body.json"), body.to_string()).unwrap();
    assert_eq!(run(folder.path(), &line, &variables).await, r#"{"taken":1,"known":0}"#);
    let refused = run(folder.path(), &printed(&page, "export_table").0, &[("TOKEN", "fbk_wrong")]).await;
    assert!(refused.contains("api_token_invalid"), "{refused}");
    for (id, word) in [
        ("read_health", "ok"),
        ("read_readiness", "ready"),
        ("read_capabilities", "limits"),
        ("read_description", "openapi"),
        ("describe_uploads", ""),
    ] {
        assert!(run(folder.path(), &printed(&page, id).0, &[]).await.contains(word), "{id}");
    }
    serving.abort();
}
