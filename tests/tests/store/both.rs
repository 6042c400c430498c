//! What a job reads, writes and is told.

use crate::{
    both, engines,
    fixture::{INSERT, Ledger, add, count, count_in},
};
use firebee_server::store::{Batch, StoreError, Tx, Ty};
use firebee_server::{row, sql};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

both! {
    many_rows_go_in_once_and_the_new_ones_are_told,
    a_batch_of_no_rows_does_nothing,
    execute_counts_the_rows_it_changed,
    violations_are_told_apart_and_undone,
    wrong_sql_is_a_bug,
    the_first_failure_dooms_the_transaction_and_is_the_one_told,
    an_error_of_the_job_rolls_back_and_is_told_as_it_is,
    an_error_never_tells_the_values_of_a_row,
    a_read_cannot_write,
    every_kind_of_value_comes_back,
    a_column_of_another_type_is_a_bug,
    a_full_disk_is_told_and_nothing_is_applied,
}

engines! {
    // Its reader waits for its writer, which on one thread would never come.
    a_read_sees_one_state,
}

async fn many_rows_go_in_once_and_the_new_ones_are_told(ledger: Ledger) {
    let push = |from: i64, to: i64| {
        let store = ledger.store.clone();
        async move {
            let job = async move |tx: &mut Tx| {
                let ids: Vec<_> = (from..to).map(|seq| [u8::try_from(seq).unwrap(); 16]).collect();
                let rows = (from..to).zip(&ids).map(|(seq, id)| row![1, seq, id, "body"]);
                let mut new =
                    tx.many(&INSERT, rows).await?.iter().map(|r| r.get(0)).collect::<Result<Vec<i64>, _>>()?;
                new.sort_unstable();
                Ok::<_, StoreError>(new)
            };
            store.write("push", job).await.unwrap()
        }
    };
    assert_eq!(push(1, 51).await, (1..51).collect::<Vec<_>>());
    assert_eq!(push(1, 51).await, Vec::<i64>::new());
    assert_eq!(push(40, 61).await, (51..61).collect::<Vec<_>>());
    assert_eq!(count(&ledger.store).await, 60);

    static SAME: Batch<2> = Batch::new(
        "WITH sent (seq, body) AS ({rows}) SELECT fact.seq FROM sent JOIN fact USING (seq) WHERE fact.body = sent.body",
        [Ty::Int, Ty::Text],
    );
    let job = async move |tx: &mut Tx| tx.many(&SAME, [row![7, "body"], row![8, "other"], row![99, "body"]]).await;
    let same = ledger.store.read("same", job).await.unwrap();
    assert_eq!(same.iter().map(|r| r.get(0)).collect::<Vec<_>>(), [Ok(7_i64)]);
}

async fn a_batch_of_no_rows_does_nothing(ledger: Ledger) {
    let job = async move |tx: &mut Tx| tx.many(&INSERT, std::iter::empty()).await;
    assert_eq!(ledger.store.write("push", job).await, Ok(vec![]));
    assert_eq!(count(&ledger.store).await, 0);
}

async fn execute_counts_the_rows_it_changed(ledger: Ledger) {
    let job = async move |tx: &mut Tx| {
        add(tx, 1).await?;
        add(tx, 2).await?;
        let update = sql!("UPDATE fact SET body = ?1 WHERE seq >= ?2");
        Ok::<_, StoreError>([
            tx.execute(update, &row!["new", 1]).await?,
            tx.execute(update, &row!["new", 2]).await?,
            tx.execute(update, &row!["new", 3]).await?,
            tx.execute(sql!("DELETE FROM fact"), &[]).await?,
        ])
    };
    assert_eq!(ledger.store.write("update", job).await, Ok([2, 1, 0, 2]));
}

async fn violations_are_told_apart_and_undone(ledger: Ledger) {
    let store = &ledger.store;
    assert_eq!(store.write("add", async move |tx: &mut Tx| add(tx, 1).await).await, Ok(1));
    let twice = store.write("add", async move |tx: &mut Tx| {
        add(tx, 2).await?;
        add(tx, 1).await
    });
    let twice = twice.await;
    assert!(matches!(twice, Err(StoreError::Unique(_))), "{twice:?}");
    let no_account = store.write("add", async move |tx: &mut Tx| {
        tx.execute(sql!("INSERT INTO fact VALUES (?1, 9, ?2, '')"), &row![7, &[7; 16]]).await
    });
    let no_account = no_account.await;
    assert!(matches!(no_account, Err(StoreError::Constraint(_))), "{no_account:?}");
    let null = async move |tx: &mut Tx| tx.execute(sql!("INSERT INTO account VALUES (3, NULL)"), &[]).await;
    let null = store.write("add", null).await;
    assert!(matches!(null, Err(StoreError::Constraint(_))), "{null:?}");
    assert_eq!(count(store).await, 1);
}

async fn wrong_sql_is_a_bug(ledger: Ledger) {
    let store = &ledger.store;
    let syntax = store.write("wrong", async move |tx: &mut Tx| tx.execute(sql!("INSRT"), &[]).await).await;
    assert!(matches!(syntax, Err(StoreError::Bug(_))), "{syntax:?}");
    let delete = sql!("DELETE FROM fact WHERE seq = ?1");
    let few = store.write("wrong", async move |tx: &mut Tx| tx.execute(delete, &[]).await).await;
    assert!(matches!(few, Err(StoreError::Bug(_))), "{few:?}");
    let table = store.read("wrong", async move |tx: &mut Tx| tx.query(sql!("SELECT 1 FROM nowhere"), &[]).await).await;
    assert!(matches!(table, Err(StoreError::Bug(_))), "{table:?}");
}

async fn the_first_failure_dooms_the_transaction_and_is_the_one_told(ledger: Ledger) {
    let swallowed = ledger.store.write("swallow", async move |tx: &mut Tx| {
        add(tx, 2).await?;
        add(tx, 2).await.ok();
        let after = add(tx, 3).await;
        assert!(matches!(after, Err(StoreError::Unique(_))), "{after:?}");
        Ok::<_, StoreError>(())
    });
    let swallowed = swallowed.await;
    assert!(matches!(swallowed, Err(StoreError::Unique(_))), "{swallowed:?}");
    assert_eq!(count(&ledger.store).await, 0);
}

async fn an_error_of_the_job_rolls_back_and_is_told_as_it_is(ledger: Ledger) {
    #[derive(Debug, PartialEq)]
    enum Refusal {
        Stale,
        Store(StoreError),
    }
    impl From<StoreError> for Refusal {
        fn from(error: StoreError) -> Self {
            Self::Store(error)
        }
    }
    let stale = ledger.store.write("refuse", async move |tx: &mut Tx| {
        add(tx, 1).await?;
        Err::<(), _>(Refusal::Stale)
    });
    assert_eq!(stale.await, Err(Refusal::Stale));
    assert_eq!(count(&ledger.store).await, 0);
}

async fn an_error_never_tells_the_values_of_a_row(ledger: Ledger) {
    let secret = "Wang Wei 13800138000";
    let insert = sql!("INSERT INTO fact (seq, account, fact_id, body) VALUES (77001, 1, ?1, ?2)");
    let job = async move |tx: &mut Tx| tx.execute(insert, &row![secret.as_bytes(), secret]).await;
    assert_eq!(ledger.store.write("add", job).await, Ok(1));
    let unique = ledger.store.write("add", job).await.unwrap_err();
    let wrong_type = async move |tx: &mut Tx| {
        let found = tx.query(sql!("SELECT body FROM fact WHERE body = ?1"), &row![secret]).await?;
        found[0].get::<i64>(0)
    };
    let wrong_type = ledger.store.read("get", wrong_type).await.unwrap_err();
    let wrong_place = sql!("SELECT seq FROM fact WHERE fact_id = ?1 AND body = CAST(?2 AS BIGINT)");
    let wrong_place = ledger.store.read("get", async move |tx: &mut Tx| tx.query(wrong_place, &row![1, secret]).await);
    for error in [format!("{unique:?}"), format!("{wrong_type:?}"), format!("{:?}", wrong_place.await)] {
        assert!(!error.contains("Wang") && !error.contains("77001") && !error.contains("138"), "{error}");
    }
}

async fn a_read_cannot_write(ledger: Ledger) {
    let out = ledger.store.read("sneak", async move |tx: &mut Tx| add(tx, 3).await).await;
    assert!(matches!(out, Err(StoreError::Bug(_))), "{out:?}");
    assert_eq!(count(&ledger.store).await, 0);
}

async fn a_read_sees_one_state(ledger: Ledger) {
    let (looked, written) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let wait = |flag: &AtomicBool| {
        while !flag.load(Ordering::Acquire) {
            std::thread::yield_now();
        }
    };
    let reading = tokio::spawn({
        let (store, looked, written) = (ledger.store.clone(), looked.clone(), written.clone());
        async move {
            let job = async move |tx: &mut Tx| {
                let before = count_in(tx).await?;
                looked.store(true, Ordering::Release);
                tokio::task::block_in_place(|| wait(&written));
                Ok::<_, StoreError>((before, count_in(tx).await?))
            };
            store.read("look_twice", job).await
        }
    });
    let waited = looked.clone();
    tokio::task::spawn_blocking(move || wait(&waited)).await.unwrap();
    assert_eq!(ledger.store.write("add", async move |tx: &mut Tx| add(tx, 1).await).await, Ok(1));
    written.store(true, Ordering::Release);
    assert_eq!(reading.await.unwrap(), Ok((0, 0)));
    assert_eq!(count(&ledger.store).await, 1);
}

async fn every_kind_of_value_comes_back(ledger: Ledger) {
    let id = uuid::Uuid::from_u128(7);
    let rows = ledger.store.write("cells", async move |tx: &mut Tx| {
        let insert = sql!("INSERT INTO fact (seq, account, fact_id, body) VALUES (?1, 1, ?2, ?3)");
        tx.execute(insert, &row![i64::MIN, &id, "é 消防"]).await?;
        let select = sql!(
            "SELECT seq, fact_id, body, 1, count(*) OVER (), EXISTS (SELECT 1 FROM account), NULL,
             (SELECT epoch FROM account WHERE id = ?1) FROM fact"
        );
        tx.query(select, &row![1]).await
    });
    let rows = rows.await.unwrap();
    let row = &rows[0];
    assert_eq!((row.get(0), row.get(1)), (Ok(i64::MIN), Ok(id)));
    assert_eq!(row.get::<[u8; 16]>(1), Ok(id.into_bytes()));
    assert_eq!((row.get::<&[u8]>(1).map(<[u8]>::len), row.get::<Vec<u8>>(1).map(|v| v.len())), (Ok(16), Ok(16)));
    assert_eq!((row.get(2), row.get::<String>(2)), (Ok("é 消防"), Ok("é 消防".to_owned())));
    assert_eq!((row.get(3), row.get(4), row.get(5)), (Ok(1_i64), Ok(1_i64), Ok(true)));
    assert_eq!((row.get(6), row.get(7)), (Ok(None::<&str>), Ok(Some(1_i64))));
}

async fn a_column_of_another_type_is_a_bug(ledger: Ledger) {
    let job = async move |tx: &mut Tx| tx.query(sql!("SELECT 1, NULL, 'text'"), &[]).await;
    let rows = ledger.store.read("cells", job).await.unwrap();
    let row = &rows[0];
    let wrong = [row.get::<&str>(0).err(), row.get::<i64>(1).err(), row.get::<&[u8]>(2).err(), row.get::<i64>(3).err()];
    assert!(wrong.iter().all(|error| matches!(error, Some(StoreError::Bug(_)))), "{wrong:?}");
}

async fn a_full_disk_is_told_and_nothing_is_applied(ledger: Ledger) {
    // SQLite really is out of pages here. PostgreSQL says it with the code it uses for ENOSPC.
    let fill = ledger.store.write("fill", async move |tx: &mut Tx| {
        add(tx, 1).await?;
        tx.script("PRAGMA max_page_count = 12", "").await?;
        let long = "x".repeat(200_000);
        let insert = sql!("INSERT INTO fact (seq, account, fact_id, body) VALUES (2, 1, ?1, ?2)");
        tx.execute(insert, &row![&[2; 16], &long]).await?;
        tx.script("", "DO 'BEGIN RAISE EXCEPTION ''no space left on device'' USING ERRCODE = ''disk_full''; END'").await
    });
    let fill = fill.await;
    assert!(matches!(fill, Err(StoreError::Full(_))), "{fill:?}");
    assert_eq!(count(&ledger.store).await, 0);
    let after = ledger.store.write("add", async move |tx: &mut Tx| {
        tx.script("PRAGMA max_page_count = 100000", "").await?;
        add(tx, 3).await
    });
    assert_eq!(after.await, Ok(1), "the store works again when there is room");
}
