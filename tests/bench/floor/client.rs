//! The floor's client.

use super::{BATCH, LEVEL, database, server::Page};
use bytes::Bytes;
use firebee_client::{
    http::{HttpConfig, HttpTransport},
    ports::{Body, Method, Request, Transport as _},
};
use rusqlite::{Connection, params};
use std::path::Path;
use tokio::runtime::Runtime;

const TABLES: &str = "
CREATE TABLE outbox (seq INTEGER PRIMARY KEY, line BLOB NOT NULL);
CREATE TABLE mark (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
INSERT INTO mark VALUES ('acked', 0), ('cursor', 0);
CREATE TABLE document (seq INTEGER PRIMARY KEY, body TEXT NOT NULL);
";

/// A store of lines and a connection.
pub struct FloorClient {
    store: Connection,
    transport: HttpTransport,
    runtime: Runtime,
}

impl FloorClient {
    /// A client with an empty store in `folder`; it reaches its server through the same HTTP client as ours.
    pub fn open(folder: &Path, server_url: &str) -> Self {
        Self {
            store: database(&folder.join("floor-client.db"), TABLES),
            transport: HttpTransport::new(&HttpConfig::to(server_url)).expect("the address is good"),
            runtime: Runtime::new().expect("threads start"),
        }
    }

    /// Keeps lines to be pushed. Never timed.
    pub fn keep<'a>(&mut self, lines: impl Iterator<Item = &'a [u8]>) {
        let transaction = self.store.transaction().expect("a transaction begins");
        for line in lines {
            transaction.execute("INSERT INTO outbox (line) VALUES (?1)", [line]).expect("a line is kept");
        }
        transaction.commit().expect("it is on the disk");
    }

    /// Pushes what is not acknowledged; gives how many lines that were.
    pub fn push(&self) -> usize {
        let mut pushed = 0;
        loop {
            let acked: i64 = self.mark("acked");
            let sql = "SELECT line FROM outbox WHERE seq > ?1 ORDER BY seq LIMIT ?2";
            let mut select = self.store.prepare_cached(sql).expect("SQL");
            let mut rows = select.query(params![acked, BATCH as i64]).expect("SQL");
            let (mut body, mut count) = (Vec::new(), 0);
            while let Some(row) = rows.next().expect("a row") {
                body.extend_from_slice(row.get_ref(0).and_then(|line| Ok(line.as_blob()?)).expect("a line"));
                body.push(b'\n');
                count += 1;
            }
            if count == 0 {
                return pushed;
            }
            let packed = zstd::bulk::compress(&body, LEVEL).expect("zstd");
            self.send(Method::Post, "/v1/push".into(), packed.into());
            self.set("acked", acked + count as i64);
            pushed += count;
        }
    }

    /// Pulls every document after the cursor; gives how many.
    pub fn pull(&mut self) -> usize {
        let mut pulled = 0;
        loop {
            let cursor = self.mark("cursor");
            let packed = self.send(Method::Get, format!("/v1/pull?cursor={cursor}"), Bytes::new());
            let text = zstd::decode_all(&*packed).expect("the floor's server sends zstd");
            let page: Page = serde_json::from_slice(&text).expect("the floor's server sends JSON");
            if page.changes.is_empty() {
                return pulled;
            }
            let transaction = self.store.transaction().expect("a transaction begins");
            for change in &page.changes {
                let sql = "INSERT INTO document (seq, body) VALUES (?1, ?2)";
                let mut insert = transaction.prepare_cached(sql).expect("SQL");
                insert.execute(params![change.seq, change.body.get()]).expect("a document is kept");
            }
            transaction.execute("UPDATE mark SET value = ?1 WHERE name = 'cursor'", [page.next]).expect("SQL");
            transaction.commit().expect("it is on the disk");
            pulled += page.changes.len();
            if page.changes.len() < BATCH {
                return pulled;
            }
        }
    }

    /// Forgets every document, to pull them again.
    pub fn forget_documents(&self) {
        self.store.execute_batch("DELETE FROM document; UPDATE mark SET value = 0 WHERE name = 'cursor'").expect("SQL");
    }

    /// Gives the server the documents that it will hand out.
    pub fn offer(&self, bodies: &[String]) {
        self.send(Method::Post, "/v1/documents".into(), bodies.join("\n").into());
    }

    /// Puts a blob.
    pub fn put(&self, name: &str, bytes: Bytes) {
        self.send(Method::Put, format!("/v1/blobs/{name}"), bytes);
    }

    fn mark(&self, name: &str) -> i64 {
        self.store.query_row("SELECT value FROM mark WHERE name = ?1", [name], |row| row.get(0)).expect("SQL")
    }

    fn set(&self, name: &str, value: i64) {
        self.store.execute("UPDATE mark SET value = ?2 WHERE name = ?1", params![name, value]).expect("SQL");
    }

    fn send(&self, method: Method, path: String, body: Bytes) -> Bytes {
        let request = Request { method, path, headers: Vec::new(), body: Body::Bytes(body) };
        let response = self.runtime.block_on(self.transport.send(request)).expect("the floor's server answers");
        assert_eq!(response.status, 200, "the floor's server takes everything");
        response.body
    }
}
