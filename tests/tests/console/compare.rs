//! The script on the page of a verification code, in a real Chromium: a file is compared with the report and stays where it is.

use super::report::{approved, generate, made};
use firebee_tests::{
    browse::Browser,
    chromium::{Chromium, View},
    office::Office,
};
use serde_json::{Value, json};
use std::net::SocketAddr;
use tokio::{net::TcpListener, task::spawn_blocking};

/// What the page says once the file is read.
const SAID: &str = "new Promise((done) => {
    const said = document.querySelector('[data-compare] [role=status]');
    const look = () => said.textContent && said.textContent !== said.dataset.reading
        ? done(said.textContent) : setTimeout(look, 10);
    look();
})";

/// Forgets what it said about the file before.
const FORGET: &str = "document.querySelector('[data-compare] [role=status]').textContent = ''";

/// What the script has asked a server for.
const ASKED: &str = "performance.getEntriesByType('resource')
    .filter((entry) => ['fetch', 'xmlhttprequest', 'beacon'].includes(entry.initiatorType)).length";

/// Chooses a file as a person does.
fn choose(chromium: &mut Chromium, file: &str) {
    let document = chromium.ask("DOM.getDocument", &json!({}));
    let root = document["root"]["nodeId"].clone();
    let found = chromium.ask("DOM.querySelector", &json!({ "nodeId": root, "selector": "#compare" }));
    chromium.ask("DOM.setFileInputFiles", &json!({ "files": [file], "nodeId": found["nodeId"] }));
}

/// whoever has the file learns whether it is the report, byte for byte, without sending it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_379_a_browser_compares_a_file_with_the_report_and_sends_it_nowhere() {
    let office = Office::sqlite().await;
    let (plan, _) = Box::pin(approved(&office)).await;
    let li = Browser::of(&office, "li").await;
    let path = made(&generate(&li, plan, "V-1").await);
    let pdf = li.get(&format!("{path}/pdf")).await.bytes;
    let code = li.get(&path).await.html().split("href=\"/v/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    // Without scripts there is no field that does nothing.
    let page = li.get(&format!("/v/{code}")).await.html();
    let field = page.split("data-compare=\"").nth(1).unwrap().split('>').next().unwrap();
    assert!(field.ends_with(" hidden"), "{field}");
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let (own, other) = (file("report.pdf", &pdf), file("other.pdf", &[&pdf, b"\n".as_slice()].concat()));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = office.router.clone().into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    spawn_blocking(move || {
        let mut chromium = Chromium::start();
        for language in ["zh-CN", "en"] {
            chromium.look(View { width: 390, dark: false, language });
            chromium.open(&format!("http://{address}/v/{code}"));
            let shown = chromium.run("document.querySelector('[data-compare]').checkVisibility()");
            assert_eq!(shown, Value::Bool(true), "the script shows the field");
            let words = |chromium: &mut Chromium, of: &str| {
                chromium.run(&format!("document.querySelector('[data-compare] [role=status]').dataset.{of}"))
            };
            for (file, of) in [(&own, "same"), (&other, "other"), (&own, "same")] {
                chromium.run(FORGET);
                choose(&mut chromium, file);
                let said = chromium.run(SAID);
                assert_eq!(said, words(&mut chromium, of), "{language}");
            }
            assert_eq!(chromium.run(ASKED), 0, "nothing was sent");
        }
    })
    .await
    .unwrap();
}
