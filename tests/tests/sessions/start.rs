//! A server that listens, and one that refuses to.

use crate::both;
use axum::{body::Body, http::Request};
use firebee_domain::{calendar::Calendar, code::Code};
use firebee_server::{
    clock::Clock,
    config::Config,
    serve, sql,
    state::StartError,
    store::{OpenError, Store, Tx},
};
use firebee_tests::house::House;
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

both!(every_answer_carries_the_version_and_no_address_is_anybodys, a_body_that_is_no_json_is_told_where_and_not_what);

fn on_a_free_port(folder: &tempfile::TempDir) -> Config {
    let free = SocketAddr::from(([127, 0, 0, 1], 0));
    Config { listen: free, metrics: Some(free), ..Config::in_folder(folder.path()) }
}

async fn get(address: SocketAddr, path: &str) -> String {
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

async fn every_answer_carries_the_version_and_no_address_is_anybodys(house: House) {
    for (method, path, status) in [
        ("GET", "/v1/capabilities", 200),
        ("GET", "/healthz", 200),
        ("GET", "/readyz", 200),
        ("GET", "/v1/nothing", 404),
        ("DELETE", "/v1/capabilities", 405),
        ("GET", "/v1/pull", 409),
        ("POST", "/v1/session/claim", 415),
    ] {
        let answer = house.send(Request::builder().method(method).uri(path).body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status.as_u16(), status, "{method} {path}");
        assert_eq!(answer.header("firebee-server"), env!("CARGO_PKG_VERSION"), "{method} {path}");
        assert_eq!(answer.header("firebee-request").len(), 32, "{method} {path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{method} {path}");
    }
}

async fn a_body_that_is_no_json_is_told_where_and_not_what(house: House) {
    let request = Request::builder().method("POST").uri("/v1/session/claim").header("content-type", "application/json");
    let answer = house.send(request.body(Body::from("{\"password\": hunter2}")).unwrap()).await;
    assert_eq!(answer.problem(), (400, "bad_request".into()));
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert!(!String::from_utf8_lossy(&answer.body).contains("hunter2"));
    let request = Request::builder().method("POST").uri("/v1/session/claim").header("content-type", "application/json");
    let answer = house.send(request.body(Body::from(vec![b' '; 100_000])).unwrap()).await;
    assert_eq!(answer.problem(), (413, "too_large".into()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_listens_tells_its_metrics_and_stops_in_good_order() {
    let folder = tempfile::tempdir().unwrap();
    let running = serve(on_a_free_port(&folder), Clock::System).await.unwrap();
    let (address, metrics) = (running.address, running.metrics_address.unwrap());
    let answer = get(address, "/v1/capabilities").await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("firebee-server: "), "{answer}");
    assert!(get(address, "/metrics").await.starts_with("HTTP/1.1 404"), "metrics are on their own address");
    let told = get(metrics, "/metrics").await;
    assert!(told.contains("firebee_requests_total") && told.contains("/v1/capabilities"), "{told}");
    running.stop().await;
    assert!(tokio::net::TcpStream::connect(address).await.is_err());
    // The file is free for the next one.
    serve(on_a_free_port(&folder), Clock::System).await.unwrap().stop().await;
}

/// An operator lets an alarm ring when the next year is not there in December.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_383_the_metrics_tell_the_last_year_of_the_calendar() {
    let folder = tempfile::tempdir().unwrap();
    let running = serve(on_a_free_port(&folder), Clock::System).await.unwrap();
    let metrics = running.metrics_address.unwrap();
    let last = Calendar::shipped().last_year().unwrap();
    let told = get(metrics, "/metrics").await;
    assert!(told.contains(&format!("firebee_calendar_last_year {last}\n")), "{told}");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_server_on_the_same_file_does_not_start() {
    let folder = tempfile::tempdir().unwrap();
    let running = serve(on_a_free_port(&folder), Clock::System).await.unwrap();
    let second = serve(on_a_free_port(&folder), Clock::System).await;
    assert!(matches!(second, Err(StartError::Open(OpenError::InUse { .. }))));
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_does_not_start_on_an_address_that_is_taken_and_leaves_the_file_free() {
    let folder = tempfile::tempdir().unwrap();
    let taken = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let config = Config { listen: taken.local_addr().unwrap(), ..on_a_free_port(&folder) };
    assert!(matches!(serve(config, Clock::System).await, Err(StartError::Listen { .. })));
    serve(on_a_free_port(&folder), Clock::System).await.unwrap().stop().await;
}

/// The code with which a server does not start on a folder.
async fn refused_with(config: Config) -> Option<Code> {
    serve(config, Clock::System).await.err().unwrap().code()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_keeps_a_server_from_its_database_has_a_code_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("firebee.db"), [b'x'; 8192]).unwrap();
    assert_eq!(refused_with(on_a_free_port(&folder)).await, Some(Code::StoreDamaged));
    // A folder stands where a file should be opened, and a file where the folder should be.
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("firebee.db.lock")).unwrap();
    assert_eq!(refused_with(on_a_free_port(&folder)).await, Some(Code::StoreUnusable));
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let config = Config { data: file, ..on_a_free_port(&folder) };
    assert_eq!(refused_with(config).await, Some(Code::StoreUnusable));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_does_not_start_on_the_tables_of_a_newer_program() {
    let folder = tempfile::tempdir().unwrap();
    serve(on_a_free_port(&folder), Clock::System).await.unwrap().stop().await;
    let store = Store::sqlite(&folder.path().join("firebee.db"), 1).unwrap();
    let newer = async move |tx: &mut Tx| {
        let insert = sql!("INSERT INTO migration (n, name, ddl) VALUES (99, '0099_later', '')");
        tx.execute(insert, &[]).await
    };
    let written: Result<u64, firebee_server::store::StoreError> = store.write("test", newer).await;
    assert_eq!(written, Ok(1));
    store.close().await;
    assert!(matches!(serve(on_a_free_port(&folder), Clock::System).await, Err(StartError::Migrate(_))));
}
