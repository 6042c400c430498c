//! Looks into the database as nobody else does, and runs each behaviour on both engines.

use firebee_domain::{fault::Fault, id::TaskId, project::Project, task::Task};
use firebee_protocol::document::{ParkedDocument, TaskDocument};
use firebee_server::{
    query, row, sql,
    store::{Packed, Store, StoreError, Tx},
};
use firebee_tests::firm::{Firm, MORNING};

/// Runs each behaviour on both engines.
#[macro_export]
macro_rules! both {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => { $(
        $(#[$doc])*
        mod $name {
            use firebee_tests::firm::{Firm, postgres, sqlite};
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                super::$name(Firm::found(sqlite().await, 1).await).await;
            }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                super::$name(Firm::found(postgres().await, 1).await).await;
            }
        }
    )* };
}

/// Runs behaviours once more where every transaction is SERIALIZABLE: each may be run twice by the store.
#[macro_export]
macro_rules! serializable {
    ($($name:ident),* $(,)?) => {
        mod at_serializable {
            use firebee_tests::firm::{Firm, serializable};
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    super::$name(Firm::found(serializable().await, 1).await).await;
                }
            )*
        }
    };
}

/// The body of a document, if it is there.
pub async fn body(store: &Store, kind: &str, id: &str) -> Option<String> {
    let (kind, id) = (kind.to_owned(), id.to_owned());
    let read = async move |tx: &mut Tx| {
        let row =
            tx.query_opt(sql!("SELECT body FROM document WHERE kind = ?1 AND id = ?2"), &row![&kind, &id]).await?;
        row.map_or(Ok(None), |row| Ok(row.get::<Option<Packed>>(0)?.map(|body| body.0)))
    };
    store.read("body", read).await.unwrap_or_else(|error: StoreError| panic!("{error}"))
}

pub async fn document(firm: &Firm, task: TaskId) -> TaskDocument {
    let body = body(&firm.store, "task", &task.to_string()).await.expect("a task document");
    serde_json::from_str(&body).unwrap()
}

pub async fn task(firm: &Firm, task: TaskId) -> Task {
    document(firm, task).await.task
}

/// The faults that a task found, by id.
pub async fn faults(firm: &Firm, task: TaskId) -> Vec<Fault> {
    let org = firm.org;
    let read = async move |tx: &mut Tx| query::fault::of_tasks(tx, org, &[task]).await;
    let mut found = firm.store.read("faults", read).await.unwrap_or_else(|error: StoreError| panic!("{error}"));
    found.remove(&task).unwrap_or_default()
}

pub async fn parked(firm: &Firm, id: &str) -> Option<ParkedDocument> {
    body(&firm.store, "parked", id).await.map(|body| serde_json::from_str(&body).unwrap())
}

/// One number out of the database.
pub async fn count(firm: &Firm, sql: firebee_server::store::Sql) -> i64 {
    let read = async move |tx: &mut Tx| tx.query_opt(sql, &[]).await?.map_or(Ok(-1), |row| row.get(0));
    firm.store.read("count", read).await.unwrap_or_else(|error: StoreError| panic!("{error}"))
}

/// The project ended a year ago, and every phone was heard since.
pub async fn end(firm: &Firm) {
    let (org, id) = (firm.org, firm.project);
    let write = async move |tx: &mut Tx| {
        let find = sql!("SELECT body FROM project WHERE org = ?1 AND id = ?2");
        let row = tx.query_opt(find, &row![org, &id.0]).await?.unwrap();
        let mut project: Project = serde_json::from_str(row.get(0)?).unwrap();
        project.end_date = "2025-11-15".parse().unwrap();
        let body = serde_json::to_string(&project).unwrap();
        let update = sql!("UPDATE project SET body = ?3 WHERE org = ?1 AND id = ?2");
        tx.execute(update, &row![org, &id.0, &body]).await?;
        tx.execute(sql!("UPDATE device_store SET last_seen_ms = ?1"), &row![MORNING]).await.map(drop)
    };
    firm.store.write("end_project", write).await.unwrap_or_else(|error: StoreError| panic!("{error}"));
}
