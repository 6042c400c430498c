//! What only SQLite does: group commit, one server a file, a VFS of one's choice.

use crate::fixture::{Ledger, add, count, filled, sqlite};
use firebee_server::{
    row, sql,
    store::{OpenError, SqliteOptions, Store, StoreError, Tx},
};
use futures_util::future::join_all;
use std::{
    future::Future as _,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    pin::pin,
    process::{Command, Stdio},
    sync::mpsc,
    task::{Context, Waker},
};

fn database(ledger: &Ledger) -> PathBuf {
    ledger.folder.as_ref().unwrap().path().join("firebee.db")
}

/// Commits in the write-ahead log: frames that carry the size of the database, as SQLite's file format has it.
fn commits(database: &Path) -> usize {
    let log = std::fs::read(database.with_extension("db-wal")).unwrap();
    let word = |at: usize| u32::from_be_bytes(log[at..at + 4].try_into().unwrap());
    let frame = 24 + usize::try_from(word(8)).unwrap();
    let frames = (32..log.len()).step_by(frame);
    frames.filter(|at| log[at + 8..at + 16] == log[16..24] && word(at + 4) != 0).count()
}

#[tokio::test]
async fn sixty_four_waiting_writes_are_one_commit() {
    let ledger = sqlite().await;
    let before = commits(&database(&ledger));
    let (go, gate) = mpsc::channel::<()>();
    let gate = std::sync::Arc::new(std::sync::Mutex::new(gate));
    let (begun, first_runs) = tokio::sync::oneshot::channel();
    let begun = std::sync::Arc::new(std::sync::Mutex::new(Some(begun)));
    let holding = tokio::spawn({
        let store = ledger.store.clone();
        let job = async move |tx: &mut Tx| {
            begun.lock().unwrap().take().unwrap().send(()).unwrap();
            gate.lock().unwrap().recv().unwrap();
            add(tx, 0).await
        };
        async move { store.write("hold", job).await }
    });
    first_runs.await.unwrap();
    let jobs = (1..=64).map(|i| ledger.store.write("add", async move |tx: &mut Tx| add(tx, i).await));
    let mut jobs = pin!(tokio::task::unconstrained(join_all(jobs)));
    assert!(jobs.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    go.send(()).unwrap();
    assert!(jobs.await.iter().all(|end| *end == Ok(1)));
    assert_eq!(holding.await.unwrap(), Ok(1));
    assert_eq!(count(&ledger.store).await, 65);
    assert_eq!(commits(&database(&ledger)) - before, 2, "the one that held the writer, and the group");
}

#[tokio::test]
async fn one_write_is_one_commit() {
    let ledger = sqlite().await;
    let before = commits(&database(&ledger));
    for i in 0..3 {
        assert_eq!(ledger.store.write("add", async move |tx: &mut Tx| add(tx, i).await).await, Ok(1));
    }
    assert_eq!(commits(&database(&ledger)) - before, 3);
}

/// No answer waits for it: the log is written back by a thread of its own, and does not grow for ever.
#[tokio::test]
async fn a_long_log_is_written_back_beside_the_writer() {
    let ledger = sqlite().await;
    let body = "x".repeat(1 << 20);
    for seq in 0..40 {
        let body = body.clone();
        let job = async move |tx: &mut Tx| {
            add(tx, seq).await?;
            tx.execute(sql!("UPDATE fact SET body = ?2 WHERE seq = ?1"), &row![seq, &body]).await
        };
        ledger.store.write("large", job).await.unwrap_or_else(|error: StoreError| panic!("{error}"));
    }
    let path = database(&ledger);
    let written_back = || {
        let reader = rusqlite::Connection::open(&path).unwrap();
        let state = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(1)?, row.get::<_, i64>(2)?));
        reader.query_row("PRAGMA wal_checkpoint(NOOP)", [], state).unwrap()
    };
    // Nobody but the thread writes back here: its end is waited for, however long it takes.
    while written_back().1 < 8_192 {
        tokio::task::yield_now().await;
    }
    assert!(std::fs::metadata(&path).unwrap().len() > 30 << 20, "the pages stand in the database");
    ledger.store.close().await;
    assert!(!path.with_extension("db-wal").exists(), "the writer's connection was the last");
}

#[tokio::test]
async fn a_second_store_on_one_file_is_refused_until_the_first_closes() {
    let ledger = sqlite().await;
    let path = database(&ledger);
    let refused = Store::sqlite(&path, 1).err();
    let holder = std::process::id().to_string();
    assert_eq!(refused, Some(OpenError::InUse { path: path.clone(), holder }));
    ledger.store.close().await;
    assert!(!path.with_extension("db-wal").exists(), "a closed database is one file");
    let again = Store::sqlite(&path, 1).unwrap();
    assert_eq!(count(&again).await, 0);
}

#[cfg(unix)]
#[tokio::test]
async fn a_second_store_through_a_symbolic_link_is_refused() {
    let ledger = sqlite().await;
    let link = ledger.folder.as_ref().unwrap().path().join("link.db");
    std::os::unix::fs::symlink(database(&ledger), &link).unwrap();
    assert!(matches!(Store::sqlite(&link, 1), Err(OpenError::InUse { .. })));
}

#[tokio::test]
async fn another_process_keeps_the_file_until_it_dies() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("firebee.db");
    let mut other = Command::new("flock")
        .arg(folder.path().join("firebee.db.lock"))
        .args(["--command", "echo held; exec cat"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(other.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line, "held\n");
    let refused = Store::sqlite(&path, 1).err();
    assert!(matches!(refused, Some(OpenError::InUse { .. })), "{refused:?}");
    assert!(!path.exists(), "a refused server touches nothing");
    other.kill().unwrap();
    other.wait().unwrap();
    drop(other.stdin.take());
    while let Err(error) = Store::sqlite(&path, 1) {
        assert!(matches!(error, OpenError::InUse { .. }), "{error}");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn another_process_cannot_take_the_lock_of_a_running_server() {
    let ledger = sqlite().await;
    let lock = ledger.folder.as_ref().unwrap().path().join("firebee.db.lock");
    let take = || Command::new("flock").arg("--nonblock").arg(&lock).arg("true").status().unwrap().success();
    assert!(!take());
    ledger.store.close().await;
    assert!(take());
}

#[tokio::test]
async fn the_vfs_is_the_one_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("firebee.db");
    let on = |vfs: &str| Store::sqlite_on(&path, &SqliteOptions { readers: 2, vfs: Some(vfs.into()) });
    assert!(matches!(on("no-such-vfs"), Err(OpenError::Store(_))));
    let ledger = filled(Ledger { store: on("unix-excl").unwrap(), folder: None }).await;
    assert_eq!(count(&ledger.store).await, 0);
    assert!(!path.with_extension("db-shm").exists(), "unix-excl keeps the shared memory in the heap");
}

#[tokio::test]
async fn an_await_of_something_else_is_found_and_undone() {
    let ledger = sqlite().await;
    let foreign = ledger.store.write("wait", async move |tx: &mut Tx| {
        add(tx, 1).await?;
        tokio::task::yield_now().await;
        Ok::<_, StoreError>(())
    });
    assert_eq!(foreign.await, Err(StoreError::Bug("a job may await nothing but its Tx".into())));
    let inner = sqlite().await;
    let other = inner.store.clone();
    let nested = ledger.store.write("nest", async move |tx: &mut Tx| {
        add(tx, 1).await?;
        other.write("inner", async move |tx: &mut Tx| add(tx, 2).await).await
    });
    let nested = nested.await;
    assert!(matches!(nested, Err(StoreError::Bug(_))), "{nested:?}");
    assert_eq!(count(&ledger.store).await, 0);
}
