//! The floor's server.

use super::{BATCH, LEVEL, database};
use axum::{
    Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, Path as InPath, Query, State},
    routing::{get, post, put},
    serve::ListenerExt as _,
};
use futures_util::StreamExt as _;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard},
};
use tokio::{io::AsyncWriteExt as _, net::TcpListener, runtime::Runtime};

const TABLES: &str = "
CREATE TABLE record (seq INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, line BLOB NOT NULL);
CREATE TABLE document (seq INTEGER PRIMARY KEY, body TEXT NOT NULL);
";

/// What the floor reads of a line: enough to store it. The rest is parsed as well, and left as it stands.
#[derive(Deserialize)]
struct Line<'a> {
    id: uuid::Uuid,
    #[serde(borrow)]
    #[expect(dead_code, reason = "it is parsed because a server has to")]
    body: &'a RawValue,
}

/// A page of documents.
#[derive(Serialize, Deserialize)]
pub struct Page {
    /// Each as it was put.
    pub changes: Vec<Change>,
    /// The cursor to send next.
    pub next: i64,
}

/// A document.
#[derive(Serialize, Deserialize)]
pub struct Change {
    /// Its number.
    pub seq: i64,
    /// Its body.
    pub body: Box<RawValue>,
}

/// Where a page begins.
#[derive(Deserialize)]
struct From {
    cursor: i64,
}

#[derive(Clone)]
struct Floor {
    store: Arc<Mutex<Connection>>,
    folder: Arc<PathBuf>,
}

impl Floor {
    fn store(&self) -> MutexGuard<'_, Connection> {
        self.store.lock().expect("no handler panics")
    }
}

/// Starts the server in `folder` on threads of its own and gives its address.
pub fn start(folder: &Path) -> String {
    let store = Arc::new(Mutex::new(database(&folder.join("floor.db"), TABLES)));
    let floor = Floor { store, folder: Arc::new(folder.to_owned()) };
    let router = Router::new()
        .route("/v1/push", post(push))
        .route("/v1/pull", get(pull))
        .route("/v1/documents", post(documents))
        .route("/v1/blobs/{name}", put(blob))
        .layer(DefaultBodyLimit::max(64 << 20))
        .with_state(floor);
    let runtime = Runtime::new().expect("threads start");
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a port is free");
    let address = listener.local_addr().expect("it is bound");
    let listener = listener.tap_io(|stream| stream.set_nodelay(true).expect("a socket takes its settings"));
    runtime.spawn(async move { axum::serve(listener, router).await });
    // It serves until the process ends.
    std::mem::forget(runtime);
    format!("http://{address}")
}

async fn push(State(floor): State<Floor>, body: Bytes) -> String {
    let stored = tokio::task::spawn_blocking(move || {
        let text = zstd::decode_all(&*body).expect("the floor's client sends zstd");
        let mut store = floor.store();
        let transaction = store.transaction().expect("a transaction begins");
        for line in text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let read: Line<'_> = serde_json::from_slice(line).expect("the floor's client sends JSON");
            let mut insert = transaction.prepare_cached("INSERT INTO record (id, line) VALUES (?1, ?2)").expect("SQL");
            insert.execute(params![read.id.as_bytes(), line]).expect("a record is stored");
        }
        let through = transaction.last_insert_rowid();
        transaction.commit().expect("it is on the disk");
        through
    });
    format!("{{\"acked_through\":{}}}", stored.await.expect("no handler panics"))
}

async fn pull(State(floor): State<Floor>, Query(from): Query<From>) -> Vec<u8> {
    let page = tokio::task::spawn_blocking(move || {
        let store = floor.store();
        let sql = "SELECT seq, body FROM document WHERE seq > ?1 ORDER BY seq LIMIT ?2";
        let mut select = store.prepare_cached(sql).expect("SQL");
        let rows = select.query_map(params![from.cursor, BATCH as i64], |row| {
            let body = RawValue::from_string(row.get(1)?).expect("a document is JSON");
            Ok(Change { seq: row.get(0)?, body })
        });
        let changes: Vec<Change> = rows.expect("SQL").map(|row| row.expect("a row")).collect();
        let next = changes.last().map_or(from.cursor, |change| change.seq);
        let json = serde_json::to_vec(&Page { changes, next }).expect("a page is JSON");
        zstd::bulk::compress(&json, LEVEL).expect("zstd")
    });
    page.await.expect("no handler panics")
}

/// Takes the documents that pulls will give, a line each, in place of those of before. Never timed.
async fn documents(State(floor): State<Floor>, body: String) {
    let mut store = floor.store();
    let transaction = store.transaction().expect("a transaction begins");
    transaction.execute("DELETE FROM document", []).expect("SQL");
    for line in body.lines() {
        transaction.execute("INSERT INTO document (body) VALUES (?1)", [line]).expect("a document is stored");
    }
    transaction.commit().expect("it is on the disk");
}

/// Streams a body into a file and syncs it. The name of the file and its folder are as durable as ours.
async fn blob(State(floor): State<Floor>, InPath(name): InPath<String>, body: Body) {
    let (temp, place) = (floor.folder.join(format!("{name}.part")), floor.folder.join(&name));
    let mut file = tokio::fs::File::create(&temp).await.expect("a file is made");
    let mut bytes = body.into_data_stream();
    while let Some(piece) = bytes.next().await {
        file.write_all(&piece.expect("the client sends everything")).await.expect("the disk takes it");
    }
    file.sync_all().await.expect("it is on the disk");
    tokio::fs::rename(&temp, &place).await.expect("it gets its name");
    let folder = tokio::fs::File::open(&*floor.folder).await.expect("the folder is there");
    folder.sync_all().await.expect("its name is on the disk");
}
