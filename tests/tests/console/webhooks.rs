//! Webhooks against a real receiver, on both engines (R-388).

use crate::{
    both,
    fixture::{Morning, morning},
    receiver::{Came, Receiver, header, taken_out},
};
use axum::http::StatusCode;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signature, VerifyingKey};
use firebee_domain::webhook::Unsent;
use firebee_server::{config::Config, courier::Client, keys::signer::hmac_v1};
use firebee_tests::{
    browse::{Browser, Page},
    office::Office,
};
use serde_json::Value;

both!(
    /// R-388: what happens to tasks and faults reaches a receiver once, signed by the key that the page shows, with ids and a
    /// link and no name.
    r_388_a_receiver_is_told_what_happens_by_messages_that_it_can_check,
    /// R-388: a message that fails is tried again for more than a day, listed, and sent again by hand; one that a receiver
    /// wants no more switches it off.
    r_388_a_message_that_fails_is_tried_again_listed_and_sent_again_by_hand,
    /// R-388: the server goes to no private network, whatever address is typed or a name leads to, and follows no redirect.
    r_388_the_server_goes_nowhere_inside_its_own_network,
);

/// As the specification says: over id, time and body, each signature by the public key.
pub fn is_signed(key: &str, (head, body): &Came) -> usize {
    let key: [u8; 32] = STANDARD.decode(key.strip_prefix("whpk_").unwrap()).unwrap().try_into().unwrap();
    let key = VerifyingKey::from_bytes(&key).unwrap();
    let (id, time) = (header(head, "webhook-id").unwrap(), header(head, "webhook-timestamp").unwrap());
    let signed = [format!("{id}.{time}.").as_bytes(), body].concat();
    let fits = |text: &&str| {
        let bytes = STANDARD.decode(text.strip_prefix("v1a,").unwrap()).unwrap();
        key.verify_strict(&signed, &Signature::from_slice(&bytes).unwrap()).is_ok()
    };
    header(head, "webhook-signature").unwrap().split(' ').filter(fits).count()
}

pub async fn make(wang: &Browser, address: &str, events: &[&str]) -> Page {
    let mut fields = vec![("name", "ERP"), ("address", address), ("scheme", "ed25519")];
    fields.extend(events.iter().map(|event| (*event, "yes")));
    wang.submit(&wang.get("/webhooks").await, "/webhooks", &fields).await
}

/// The page of a webhook that was made.
pub fn page_of(done: &Page) -> String {
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    done.location().split('?').next().unwrap().to_owned()
}

pub async fn key(wang: &Browser, page: &str) -> String {
    let html = wang.get(page).await.html();
    format!("whpk_{}", html.split("whpk_").nth(1).unwrap().split('<').next().unwrap())
}

async fn r_388_a_receiver_is_told_what_happens_by_messages_that_it_can_check(office: Office) {
    let receiver = Receiver::start().await;
    let wang = Browser::of(&office, "wang").await;
    let address = format!("http://127.0.0.1:{}/hook?from=firebee", receiver.port);
    let done = make(&wang, &address, &["task.submitted", "fault.found", "task.approved"]).await;
    let page = page_of(&done);
    let key = key(&wang, &page).await;
    let other = page_of(&make(&wang, &address, &["report.filed"]).await);
    let Morning { office, submitted, .. } = Box::pin(morning(office)).await;
    assert_eq!(taken_out(&office).await, 2, "a task that was handed in, and its fault");
    assert_eq!(taken_out(&office).await, 0, "each once");
    let came = receiver.take();
    let mut told = Vec::new();
    for each in &came {
        assert!(each.0.starts_with("POST /hook?from=firebee HTTP/1.1"), "{}", each.0);
        assert_eq!(is_signed(&key, each), 1, "{}", each.0);
        let text = String::from_utf8(each.1.clone()).unwrap();
        let body: Value = serde_json::from_str(&text).unwrap();
        assert!(text.is_ascii(), "a message names nobody and nothing: {text}");
        assert_eq!(body["data"]["project_id"], office.project().to_string());
        assert!(body["timestamp"].as_str().unwrap().ends_with('Z'), "{text}");
        told.push(body);
    }
    told.sort_by_key(|body| body["type"].to_string());
    assert_eq!([&told[0]["type"], &told[1]["type"]], ["fault.found", "task.submitted"]);
    assert_eq!(told[1]["data"]["task_id"], submitted.to_string());
    assert!(told[1]["data"]["url"].as_str().unwrap().ends_with(&format!("/tasks/{submitted}")), "{told:?}");
    let mut forged = came[0].clone();
    forged.1.push(b' ');
    assert_eq!(is_signed(&key, &forged), 0, "another body has another signature");
    assert!(wang.get(&page).await.html().contains("已送达"), "it is listed");
    assert!(!wang.get(&other).await.html().contains("已送达"), "another webhook is told of other things");
    // Another key: for a week both sign.
    wang.submit(&wang.get(&page).await, &format!("{page}/change/rotate"), &[]).await;
    let resend = resend(&wang, &page).await;
    wang.submit(&wang.get(&page).await, &resend, &[]).await;
    assert_eq!(taken_out(&office).await, 1);
    let again = receiver.take().remove(0);
    let new = crate::webhooks::key(&wang, &page).await;
    assert_ne!(new, key);
    assert_eq!((is_signed(&key, &again), is_signed(&new, &again)), (1, 1));
    let id = header(&again.0, "webhook-id").unwrap();
    assert!(came.iter().any(|first| header(&first.0, "webhook-id") == Some(id)), "a message keeps its id");
    for other in ["li", "zhao"] {
        let browser = Browser::of(&office, other).await;
        for path in ["/webhooks", &page] {
            assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{other} {path}");
        }
    }
}

/// Where the first message of a page is sent again.
pub async fn resend(wang: &Browser, page: &str) -> String {
    let html = wang.get(page).await.html();
    let rest = html.split(&format!("action=\"{page}/messages/")).nth(1).unwrap();
    format!("{page}/messages/{}", rest.split('"').next().unwrap())
}

async fn r_388_a_message_that_fails_is_tried_again_listed_and_sent_again_by_hand(office: Office) {
    let receiver = Receiver::start().await;
    let wang = Browser::of(&office, "wang").await;
    let address = format!("http://127.0.0.1:{}/", receiver.port);
    let page = page_of(&make(&wang, &address, &["task.submitted"]).await);
    let Morning { office, .. } = Box::pin(morning(office)).await;
    receiver.says("500 Internal Server Error", "");
    assert_eq!((taken_out(&office).await, receiver.take().len()), (0, 1));
    assert_eq!((taken_out(&office).await, receiver.take().len()), (0, 0), "it waits");
    let mut attempts = 1;
    let begun = office.app.clock.now();
    while office.app.clock.now().ms_since(begun) < 4 * 86_400_000 {
        office.clock.advance_ms(600_000);
        taken_out(&office).await;
        attempts += receiver.take().len();
    }
    assert_eq!(attempts, 10, "tried for three days and given up");
    let wang = Browser::of(&office, "wang").await;
    let html = wang.get(&page).await.html();
    assert!(html.contains("已放弃") && html.contains("<code>500</code>"), "{html}");
    let again = resend(&wang, &page).await;
    receiver.says("302 Found", "");
    wang.submit(&wang.get(&page).await, &again, &[]).await;
    assert_eq!((taken_out(&office).await, receiver.take().len()), (0, 1), "a redirect is a failure");
    receiver.says("200 OK", "");
    wang.submit(&wang.get(&page).await, &again, &[]).await;
    assert_eq!((taken_out(&office).await, receiver.take().len()), (1, 1), "by hand");
    receiver.says("410 Gone", "");
    wang.submit(&wang.get(&page).await, &again, &[]).await;
    assert_eq!(taken_out(&office).await, 0);
    assert!(wang.get(&page).await.html().contains("已停用"), "who wants no more is told no more");
    receiver.take();
    wang.submit(&wang.get(&page).await, &format!("{page}/change/on"), &[]).await;
    assert_eq!((taken_out(&office).await, receiver.take().len()), (0, 0), "what was given up stays so");
}

async fn r_388_the_server_goes_nowhere_inside_its_own_network(office: Office) {
    let wang = Browser::of(&office, "wang").await;
    for (address, code) in [
        ("https://10.0.0.1/", "webhook_address_private"),
        ("https://[::1]/", "webhook_address_private"),
        ("https://localhost/", "webhook_address_private"),
        ("http://erp.example/", "webhook_address_insecure"),
        ("erp.example", "webhook_address_malformed"),
    ] {
        let refused = make(&wang, address, &["task.submitted"]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{address}");
        assert!(refused.html().contains(code), "{address}: {}", refused.text());
    }
    let receiver = Receiver::start().await;
    let strict = Client::new(&Config::in_folder("nowhere"));
    // The others are no IP addresses as they stand, and are resolved to this machine, or are this machine in IPv6.
    for host in ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "017700000001", "0", "[::ffff:127.0.0.1]", "[::1]"] {
        let address = format!("https://{host}:{}/", receiver.port);
        let refused = strict.post(&address.parse().unwrap(), &[], "{}".into()).await;
        assert_eq!(refused, Err(Unsent::HostRefused), "{address}");
    }
    assert!(receiver.take().is_empty(), "nothing came");
}

/// R-388: the vector of the specification's own library.
#[test]
fn r_388_a_message_is_signed_with_a_secret_as_standard_webhooks_says() {
    let secret = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
    let signature = hmac_v1(&secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, br#"{"test": 2432232314}"#);
    assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}
