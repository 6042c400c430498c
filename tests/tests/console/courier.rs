//! How messages are taken out: several at once, each receiver by one server at a time, over TLS that is checked; on both engines
//!

use crate::{
    authority::Authority,
    both,
    fixture::{Morning, morning},
    receiver::{Receiver, Silent, header, taken_out},
    webhooks::{is_signed, key, make, page_of, resend},
};
use axum::http::StatusCode;
use firebee_domain::{
    id::WebhookId,
    webhook::{Happening, Unsent},
};
use firebee_server::{
    config::{self, Config},
    courier::{Client, Courier, OF_A_FIRM_MAX, run},
    org::Org,
    row, sql,
    store::{Store, StoreError, Tx},
};
use firebee_tests::{
    browse::Browser,
    office::{OTHER_FIRM, Office, PASSWORD},
};
use std::time::Duration;
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
    sync::watch,
    time::timeout,
};
use uuid::Uuid;

both!(
    /// ten receivers of one firm that never answer delay no message of another firm, and no stop of the server.
    r_388_silent_receivers_of_one_firm_delay_no_other_firm,
    /// a few attempts of one firm are under way at once, and one to each receiver.
    r_388_a_few_attempts_of_a_firm_are_under_way_at_once_and_one_to_a_receiver,
    /// two servers of one database never talk with one receiver at the same time; when one ends, the other goes on.
    r_388_a_receiver_is_talked_with_by_one_server_at_a_time,
    /// what somebody decides about a webhook while a message is under way holds.
    r_388_what_was_given_up_while_it_was_under_way_stays_so,
    /// a webhook and a robot are switched on again while there is room.
    r_388_no_more_are_switched_on_than_may_be_on,
);

async fn other_firm(office: &Office) -> (Browser, Org) {
    let org = Office::found(&office.app, OTHER_FIRM, true).await.org;
    let mut qian = Browser::new(office);
    qian.sign_in("qian", PASSWORD).await;
    (qian, org)
}

/// A message of a firm in which nobody works.
async fn put(store: &Store, org: Org, page: &str) {
    let webhook: WebhookId = page.rsplit('/').next().unwrap().parse().unwrap();
    let job = async move |tx: &mut Tx| {
        let put = sql!(
            "INSERT INTO webhook_message(org, id, webhook, event, subject, project, at_ms, next_ms)
             VALUES (?1, ?2, ?3, ?4, ?2, ?2, ?5, ?5)"
        );
        tx.execute(put, &row![org, &Uuid::from_u128(7), &webhook, Happening::FaultFound, 7_i64]).await
    };
    let put: Result<u64, StoreError> = store.write("put", job).await;
    assert_eq!(put.unwrap(), 1);
}

async fn hook(browser: &Browser, port: u16, events: &[&str]) -> String {
    page_of(&make(browser, &format!("http://127.0.0.1:{port}/"), events).await)
}

async fn silent(browser: &Browser, count: usize, events: &[&str]) -> Vec<Silent> {
    let mut all = Vec::new();
    for _ in 0..count {
        let each = Silent::start().await;
        hook(browser, each.port, events).await;
        all.push(each);
    }
    all
}

async fn r_388_silent_receivers_of_one_firm_delay_no_other_firm(office: Office) {
    let wang = Browser::of(&office, "wang").await;
    let hanging = silent(&wang, 10, &["task.submitted", "fault.found"]).await;
    let (receiver, (qian, org)) = (Receiver::start().await, other_firm(&office).await);
    let page = hook(&qian, receiver.port, &["fault.found"]).await;
    let Morning { office, .. } = Box::pin(morning(office)).await;
    put(&office.app.store, org, &page).await;
    let (stop, stopped) = watch::channel(());
    let running = tokio::spawn(run(office.app.clone(), stopped));
    receiver.came().await;
    let held: usize = hanging.iter().map(Silent::held).sum();
    assert!(held <= OF_A_FIRM_MAX, "{held} attempts of the silent firm");
    stop.send(()).unwrap();
    timeout(Duration::from_secs(10), running).await.unwrap().unwrap();
}

async fn r_388_a_few_attempts_of_a_firm_are_under_way_at_once_and_one_to_a_receiver(office: Office) {
    let wang = Browser::of(&office, "wang").await;
    let _hanging = silent(&wang, OF_A_FIRM_MAX - 1, &["task.submitted", "fault.found"]).await;
    let Morning { office, .. } = Box::pin(morning(office)).await;
    let mut courier = Courier::new(office.app.clone());
    assert_eq!(courier.start().await, OF_A_FIRM_MAX - 1, "one to each, although two wait for each");
    assert_eq!(courier.start().await, 0, "a receiver that has not answered gets nothing more");
    let (_more, (qian, org)) = (silent(&wang, 2, &["report.filed"]).await, other_firm(&office).await);
    let receiver = Receiver::start().await;
    put(&office.app.store, org, &hook(&qian, receiver.port, &["fault.found"]).await).await;
    assert_eq!(courier.start().await, 1, "the other firm has room of its own");
    assert_eq!(courier.ended().await, Some(1));
    assert_eq!(receiver.take().len(), 1);
}

async fn r_388_a_receiver_is_talked_with_by_one_server_at_a_time(office: Office) {
    let wang = Browser::of(&office, "wang").await;
    let silent = Silent::start().await;
    let page = hook(&wang, silent.port, &["task.submitted", "fault.found"]).await;
    let Morning { office, .. } = Box::pin(morning(office)).await;
    let (mut one, mut two) = (Courier::new(office.app.clone()), Courier::new(office.app.clone()));
    assert_eq!((one.start().await, two.start().await), (1, 0), "the other server leaves the receiver alone");
    silent.came().await;
    let wang = Browser::of(&office, "wang").await;
    let again = resend(&wang, &page).await;
    assert_eq!(wang.submit(&wang.get(&page).await, &again, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(two.start().await, 0, "also when a message is sent again by hand meanwhile");
    drop(one);
    office.clock.advance_ms(59_000);
    assert_eq!(two.start().await, 0, "nobody knows yet that the server ended");
    office.clock.advance_ms(1_000);
    assert_eq!(two.start().await, 1, "another server takes over");
    silent.came().await;
    assert_eq!(silent.held(), 2);
}

async fn r_388_what_was_given_up_while_it_was_under_way_stays_so(office: Office) {
    let wang = Browser::of(&office, "wang").await;
    let receiver = Receiver::start().await;
    receiver.says("500 Internal Server Error", "");
    let page = hook(&wang, receiver.port, &["task.submitted"]).await;
    let Morning { office, .. } = Box::pin(morning(office)).await;
    let (mut courier, held) = (Courier::new(office.app.clone()), receiver.silent().await);
    assert_eq!(courier.start().await, 1);
    receiver.came().await;
    let wang = Browser::of(&office, "wang").await;
    for change in ["off", "on"] {
        wang.submit(&wang.get(&page).await, &format!("{page}/change/{change}"), &[]).await;
    }
    drop(held);
    assert_eq!(courier.ended().await, Some(0));
    let shown = wang.get(&page).await;
    assert!(shown.html().contains("<code>500</code>") && shown.text().contains("已放弃"), "{}", shown.text());
    office.clock.advance_ms(86_400_000);
    assert_eq!(courier.start().await, 0, "a failure brings nothing back that was given up");
    let wang = Browser::of(&office, "wang").await;
    let again = resend(&wang, &page).await;
    wang.submit(&wang.get(&page).await, &again, &[]).await;
    let held = receiver.silent().await;
    assert_eq!(courier.start().await, 1);
    receiver.came().await;
    office.clock.advance_ms(10);
    wang.submit(&wang.get(&page).await, &again, &[]).await;
    drop(held);
    assert_eq!(courier.ended().await, Some(0));
    assert_eq!(courier.start().await, 1, "what was asked for meanwhile is done");
}

async fn r_388_no_more_are_switched_on_than_may_be_on(office: Office) {
    let wang = Browser::of(&office, "wang").await;
    let change = async |path: &str, from: &str| wang.submit(&wang.get(from).await, path, &[]).await;
    let mut pages = Vec::new();
    for port in 0..20 {
        pages.push(hook(&wang, 1_000 + port, &["fault.found"]).await);
    }
    let first = pages.first().unwrap().clone();
    let on = format!("{first}/change/on");
    assert_eq!(change(&format!("{first}/change/off"), &first).await.status, StatusCode::SEE_OTHER);
    hook(&wang, 2_000, &["fault.found"]).await;
    let full = change(&on, &first).await;
    assert_eq!(full.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(full.html().contains("webhooks_full") && full.text().contains("20"), "{}", full.text());
    let last = pages.last().unwrap().clone();
    change(&format!("{last}/change/off"), &last).await;
    assert_eq!(change(&on, &first).await.status, StatusCode::SEE_OTHER);
    assert_eq!(office.number(sql!("SELECT count(*) FROM webhook WHERE told = 1")).await, 20);
    for port in 0..20 {
        let address = format!("http://127.0.0.1:{}/", 1_000 + port);
        let fields = [("name", "值班群"), ("platform", "feishu"), ("address", &address), ("secret", "")];
        wang.submit(&wang.get("/robots").await, "/robots", &fields).await;
    }
    let list = wang.get("/robots").await.html();
    let off = list.split("action=\"/robots/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(off.ends_with("/change/off"), "{off}");
    change(&format!("/robots/{off}"), "/robots").await;
    let fields = [("name", "值班群"), ("platform", "feishu"), ("address", "http://127.0.0.1:9/"), ("secret", "")];
    assert_eq!(wang.submit(&wang.get("/robots").await, "/robots", &fields).await.status, StatusCode::SEE_OTHER);
    let full = change(&format!("/robots/{}", off.replace("/off", "/on")), "/robots").await;
    assert_eq!(full.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(full.html().contains("robots_full"), "{}", full.text());
    assert_eq!(office.number(sql!("SELECT count(*) FROM robot WHERE told = 1")).await, 20);
}

/// over TLS the receiver's certificate is checked against the authorities of the system and of the settings; where it
/// is not good, the list of messages says why.
mod r_388_a_receiver_over_tls_is_trusted_by_its_certificate_alone {
    use firebee_tests::firm::{postgres, sqlite};
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn on_sqlite() {
        Box::pin(super::r_388_a_receiver_over_tls_is_trusted_by_its_certificate_alone(sqlite().await)).await;
    }
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn on_postgres() {
        Box::pin(super::r_388_a_receiver_over_tls_is_trusted_by_its_certificate_alone(postgres().await)).await;
    }
}

async fn r_388_a_receiver_over_tls_is_trusted_by_its_certificate_alone(database: (Store, Option<TempDir>)) {
    let (authority, own, now) = (Authority::new(), "IP:127.0.0.1", ("20260101", "20360101"));
    let file = authority.file().display().to_string();
    let given = config::read(None, [], [("webhook_authorities", file)]).unwrap();
    let office = Office::set(database, |config| config.webhook_authorities = given.webhook_authorities).await;
    let wang = Browser::of(&office, "wang").await;
    let mut receivers = Vec::new();
    for (certificate, answer, sentence) in [
        (authority.signs("good", own, now), "204", None),
        (
            authority.signs("other", "DNS:erp.example", now),
            "certificate_of_another",
            Some(("不是为该主机签发", "for other names")),
        ),
        (authority.signs("old", own, ("20200101", "20210101")), "certificate_expired", Some(("已过期", "has expired"))),
        (
            authority.sign_itself("itself", "/CN=receiver", "subjectAltName=IP:127.0.0.1"),
            "certificate_untrusted",
            Some(("不受信任", "is not trusted")),
        ),
    ] {
        let receiver = Receiver::with_certificate(&certificate).await;
        let address = format!("https://127.0.0.1:{}/hook", receiver.port);
        receivers.push((receiver, page_of(&make(&wang, &address, &["task.submitted"]).await), answer, sentence));
    }
    let key = key(&wang, &receivers.first().unwrap().1).await;
    let Morning { office, .. } = Box::pin(morning(office)).await;
    assert_eq!(taken_out(&office).await, 1, "one certificate is good");
    let wang = Browser::of(&office, "wang").await;
    for (receiver, page, answer, sentence) in receivers {
        let (came, shown) = (receiver.take(), wang.get(&page).await);
        assert_eq!(came.len(), usize::from(sentence.is_none()), "{answer}");
        assert!(shown.html().contains(&format!("<code>{answer}</code>")), "{answer}: {}", shown.text());
        for each in &came {
            assert_eq!(is_signed(&key, each), 1, "{}", each.0);
            assert_eq!(header(&each.0, "host"), Some(format!("127.0.0.1:{}", receiver.port).as_str()));
        }
        if let Some((zh, en)) = sentence {
            assert!(shown.text().contains(zh), "{answer}: {}", shown.text());
            assert!(wang.asking_for("en").get(&page).await.text().contains(en), "{answer}");
        }
    }
}

/// settings name a file that has an authority, or the server does not start.
#[test]
fn r_388_a_file_without_an_authority_is_refused_as_a_setting() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty.pem");
    std::fs::write(&empty, "no certificate").unwrap();
    for file in [empty, folder.path().join("missing.pem")] {
        let refused = config::read(None, [], [("webhook_authorities", file.display().to_string())]).unwrap_err();
        assert_eq!(refused.errors.first().unwrap().key, "webhook_authorities", "{refused}");
    }
}

/// an answer that never ends costs a few bytes and is let go: of its body nothing is needed, and a head without an end is
/// no answer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_388_an_answer_that_never_ends_is_let_go() {
    let config = Config { webhook_hosts: vec!["127.0.0.1".to_owned()], ..Config::in_folder("nowhere") };
    let client = Client::new(&config);
    let endless =
        [("HTTP/1.1 200 OK\r\n\r\n", "x", Ok(200)), ("HTTP/1.1 200 OK\r\n", "a: b\r\n", Err(Unsent::Malformed))];
    for (head, piece, wanted) in endless {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/", listener.local_addr().unwrap());
        let speaking = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            assert!(stream.read(&mut [0; 4_096]).await.unwrap() > 0, "asked before it speaks");
            stream.write_all(head.as_bytes()).await.unwrap();
            let pieces = piece.repeat(1_000);
            while stream.write_all(pieces.as_bytes()).await.is_ok() {}
        });
        let answer = client.post(&address.parse().unwrap(), &[], "{}".into()).await;
        assert_eq!(answer.map(|answer| answer.status), wanted, "{head}");
        timeout(Duration::from_secs(10), speaking).await.unwrap().unwrap();
    }
}
