//! The journal with a real file, and with the accidents of a phone.

use super::*;
use crate::disk::DiskFiles;
use crate::ports::{Ports, fakes, fakes::FakeClock};
use firebee_domain::task::TaskDiscarded;
use firebee_domain::{
    code::Code,
    id::{AccountId, ProjectId, TaskId},
};
use firebee_protocol::fact::{Body, Envelope, Subject};
use std::{path::Path, sync::Arc};
use uuid::Uuid;

const WALL_MS: i64 = 1_780_000_000_000;

struct Phone {
    home: tempfile::TempDir,
    clock: Arc<FakeClock>,
    ports: Ports,
}

impl Phone {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let clock = Arc::new(FakeClock::at(WALL_MS));
        let ports = fakes::ports(home.path(), clock.clone(), 7).unwrap();
        Self { home, clock, ports }
    }

    fn config(&self) -> JournalConfig {
        JournalConfig {
            folder: self.home.path().to_owned(),
            vfs: None,
            files: Arc::new(DiskFiles),
            reserve_bytes: 4_096,
            lock: true,
        }
    }

    fn open(&self) -> Result<Journal, JournalError> {
        Journal::open(self.config(), &*self.ports.signer, &*self.ports.entropy)
    }

    fn record(&self, journal: &Journal, task: u128, reason: &str) -> Result<Recorded, AppendError> {
        journal.write("test", |tx| {
            let clocks = self.ports.clock.now();
            let envelope = Envelope {
                project: Some(ProjectId(Uuid::from_u128(5))),
                id: tx.next_fact_id(&clocks, &*self.ports.entropy)?,
                account: AccountId(Uuid::from_u128(6)),
                captured: tx.captured(&clocks)?,
                subject: Subject { task: Some(TaskId(Uuid::from_u128(task))), ..Subject::default() },
                blobs: vec![],
            };
            tx.append(&envelope, &Body::TaskDiscarded(TaskDiscarded { reason: reason.into() }))
        })
    }
}

fn raw(folder: &Path) -> Connection {
    Connection::open(folder.join(FILE)).unwrap()
}

#[test]
fn seqs_are_dense_ids_grow_and_the_chain_follows_from_the_lines() {
    let phone = Phone::new();
    let journal = phone.open().unwrap();
    let mut last = None;
    for n in 1..=20 {
        if n == 10 {
            phone.clock.set_wall_ms(0);
        }
        let recorded = phone.record(&journal, 1, "x").unwrap();
        assert_eq!(recorded.seq, n);
        assert!(last.is_none_or(|last| recorded.id > last));
        last = Some(recorded.id);
    }
    let (head, verified) = journal
        .read("test", |rows| {
            Ok::<_, JournalError>((rows.head(journal.identity())?, rows.verify_all(journal.identity())?))
        })
        .unwrap();
    assert_eq!(verified, Ok(head));
    assert_eq!(head.seq, 20);
}

#[test]
fn a_refused_act_leaves_nothing_behind_and_takes_no_seq() {
    let phone = Phone::new();
    let journal = phone.open().unwrap();
    phone.record(&journal, 1, "a").unwrap();
    let refused = phone.record(&journal, 1, &"名".repeat(2_001));
    assert!(matches!(refused, Err(AppendError::Compose(_))), "{refused:?}");
    assert_eq!(phone.record(&journal, 1, "b").unwrap().seq, 2);
}

#[test]
fn a_journal_opened_again_goes_on_with_the_same_store_key_and_chain() {
    let phone = Phone::new();
    let first = phone.open().unwrap();
    phone.record(&first, 1, "a").unwrap();
    let identity = first.identity().clone();
    drop(first);
    let again = phone.open().unwrap();
    assert_eq!((again.identity(), again.health()), (&identity, StoreHealth::Sound));
    assert_eq!(phone.record(&again, 1, "b").unwrap().seq, 2);
}

#[test]
fn bytes_that_changed_behind_the_journals_back_stop_it_at_open() {
    let phone = Phone::new();
    let journal = phone.open().unwrap();
    phone.record(&journal, 1, "a").unwrap();
    phone.record(&journal, 1, "b").unwrap();
    drop(journal);
    raw(phone.home.path())
        .execute("UPDATE fact SET line = CAST(replace(line, 'reason', 'rEason') AS BLOB) WHERE seq = 2", [])
        .unwrap();
    let opened = phone.open().map(drop);
    assert_eq!(opened.unwrap_err().code(), Code::StorageDamaged);
}

#[test]
fn a_torn_tail_of_the_log_costs_only_what_was_never_committed() {
    let phone = Phone::new();
    let journal = phone.open().unwrap();
    for _ in 0..3 {
        phone.record(&journal, 1, "a").unwrap();
    }
    let wal = phone.home.path().join("journal.db-wal");
    let mut torn = std::fs::read(&wal).unwrap();
    torn.truncate(torn.len() - 100);
    let copy = tempfile::tempdir().unwrap();
    for name in [FILE, "install-id"] {
        std::fs::copy(phone.home.path().join(name), copy.path().join(name)).unwrap();
    }
    std::fs::write(copy.path().join("journal.db-wal"), torn).unwrap();
    let config = JournalConfig { folder: copy.path().to_owned(), ..phone.config() };
    let again = Journal::open(config, &*phone.ports.signer, &*phone.ports.entropy).unwrap();
    let head = again.read("test", |rows| rows.head(again.identity())).unwrap();
    assert_eq!(head.seq, 2);
    assert_eq!(phone.record(&again, 1, "b").unwrap().seq, 3);
}

#[test]
fn a_store_is_retired_by_a_lost_key_another_installation_or_an_old_copy_and_by_nothing_else() {
    let phone = Phone::new();
    let journal = phone.open().unwrap();
    phone.record(&journal, 1, "a").unwrap();
    journal.note_high_water().unwrap();
    drop(journal);
    let yesterday = std::fs::read(phone.home.path().join(FILE)).unwrap();
    let journal = phone.open().unwrap();
    phone.record(&journal, 1, "b").unwrap();
    journal.note_high_water().unwrap();
    let alias = journal.identity().key_alias.clone();
    drop(journal);
    let today = std::fs::read(phone.home.path().join(FILE)).unwrap();

    std::fs::write(phone.home.path().join(FILE), yesterday).unwrap();
    assert_eq!(phone.open().unwrap().health(), StoreHealth::Retired(RetireReason::RolledBack));
    std::fs::write(phone.home.path().join(FILE), today).unwrap();
    assert_eq!(phone.open().unwrap().health(), StoreHealth::Sound);

    let key = phone.home.path().join(format!("keys/{alias}.p256"));
    let secret = std::fs::read(&key).unwrap();
    std::fs::remove_file(&key).unwrap();
    std::fs::create_dir(&key).unwrap();
    assert_eq!(phone.open().unwrap().health(), StoreHealth::KeyUnavailable);
    std::fs::remove_dir(&key).unwrap();
    assert_eq!(phone.open().unwrap().health(), StoreHealth::Retired(RetireReason::KeyGone));
    std::fs::write(&key, secret).unwrap();

    std::fs::write(phone.home.path().join("install-id"), Uuid::from_u128(9).to_string()).unwrap();
    assert_eq!(phone.open().unwrap().health(), StoreHealth::Retired(RetireReason::OtherInstall));
}

#[test]
fn while_suspended_the_file_is_closed_and_afterwards_everything_is_there() {
    let phone = Phone::new();
    let journal = phone.open().unwrap();
    phone.record(&journal, 1, "a").unwrap();
    journal.suspend();
    assert_eq!(phone.record(&journal, 1, "b").unwrap_err(), AppendError::Journal(JournalError::Suspended));
    assert!(journal.read("test", |rows| rows.marks()).is_err());
    journal.resume();
    assert_eq!(phone.record(&journal, 1, "b").unwrap().seq, 2);
}

/// The current fact commits out of the reserve. Then capture stops until there is room again.
#[test]
fn a_full_disk_costs_the_reserve_first_and_stops_capture_then() {
    let phone = Phone::new();
    let journal = phone.open().unwrap();
    journal.may_capture().unwrap();
    let pages: i64 = raw(phone.home.path()).query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    let limit = |pages: i64| {
        let slot = lock(&journal.writer);
        slot.as_ref().unwrap().pragma_update(None, "max_page_count", pages).unwrap();
    };
    limit(pages);
    let long = "x".repeat(2_000);
    let mut recorded = 0;
    let full = loop {
        match phone.record(&journal, 1, &long) {
            Ok(_) => recorded += 1,
            Err(error) => break error,
        }
        assert!(recorded < 1_000);
    };
    assert_eq!(full, AppendError::Journal(JournalError::DiskFull));
    assert!(!journal.reserve.is_held(), "it was given up for the fact in hand");
    limit(pages + 100);
    assert_eq!(phone.record(&journal, 1, &long).unwrap().seq, recorded + 1);
    assert_eq!(journal.may_capture(), Ok(()), "there is room for the reserve again");
    assert!(journal.reserve.is_held());
}

#[test]
fn a_journal_belongs_to_one_account_for_ever() {
    let phone = Phone::new();
    let journal = phone.open().unwrap();
    let session = |account| Session {
        late: None,
        recipient: None,
        state: ClaimState::SignedIn,
        claim_id: firebee_domain::id::ClaimId(Uuid::from_u128(1)),
        login: "a".into(),
        account: Some(AccountId(Uuid::from_u128(account))),
        epoch: 1,
        incarnation: None,
        server_key: None,
        claim_receipt: None,
        access: None,
        refresh: None,
    };
    journal.write("test", |tx| tx.put_session(&session(1))).unwrap();
    assert_eq!(journal.write("test", |tx| tx.put_session(&session(2))), Err(JournalError::OtherAccount));
    let held = journal.read("test", |rows| rows.session()).unwrap();
    assert!(held == Some(session(1)));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(16))]

    /// Every fact is in exactly one state, whatever the server answers and in whatever order.
    #[test]
    fn the_counts_always_add_up(steps in proptest::collection::vec((0..6_u8, 0..40_u64), 1..60)) {
        let phone = Phone::new();
        let journal = phone.open().unwrap();
        let mut recorded = 0;
        for (step, n) in steps {
            match step {
                0 | 1 => { phone.record(&journal, u128::from(n % 3), "x").unwrap(); recorded += 1; }
                2 => journal.write("sent", |tx| tx.raise_marks(Marks { sent_through: n.min(recorded), ..Marks::default() })).unwrap(),
                3 => journal.write("acked", |tx| tx.raise_marks(Marks { acked_through: n.min(recorded), ..Marks::default() })).unwrap(),
                4 => journal.write("durable", |tx| tx.raise_marks(Marks { durable_through: n.min(recorded), ..Marks::default() })).unwrap(),
                _ => journal.write("park", |tx| tx.park(n, &Code::OutOfScope.into())).unwrap(),
            }
            let (all, tasks) = journal.read("counts", |rows| {
                let tasks = (0..3).map(|task| rows.counts_of_task(TaskId(Uuid::from_u128(task))).map(|held| held.total()));
                Ok::<_, JournalError>((rows.counts(journal.identity())?, tasks.sum::<Result<u64, _>>()?))
            }).unwrap();
            proptest::prop_assert_eq!(all.total(), recorded);
            proptest::prop_assert_eq!(tasks, recorded);
        }
        let (all, verified) = journal.read("counts", |rows| Ok::<_, JournalError>((rows.counts(journal.identity())?, rows.verify_all(journal.identity())?))).unwrap();
        proptest::prop_assert_eq!(all.total(), recorded);
        proptest::prop_assert!(verified.is_ok());
    }
}

#[test]
fn a_journal_that_nobody_has_open_tells_every_fact_it_holds_and_a_missing_one_is_not_made() {
    let phone = Phone::new();
    let journal = phone.open().unwrap();
    let recorded: Vec<_> = (0..3).map(|_| phone.record(&journal, 1, "x").unwrap().id).collect();
    let store = Some(journal.identity().store_id);
    drop(journal);
    assert_eq!(inspect(phone.home.path()).unwrap(), Inspected { store, facts: recorded, blobs: vec![] });
    let nothing = tempfile::tempdir().unwrap();
    assert!(inspect(nothing.path()).is_err());
    assert_eq!(std::fs::read_dir(nothing.path()).unwrap().count(), 0);
}

/// The id is written beside its place and moved there whole: a start that was killed on the way leaves none, never half of
/// one, which would lock the phone out of its journal.
#[test]
fn a_first_start_that_breaks_while_it_writes_the_installations_id_leaves_none() {
    let phone = Phone::new();
    let (id, temp) = (phone.home.path().join("install-id"), phone.home.path().join("install-id.new"));
    std::fs::create_dir(&temp).unwrap();
    assert!(phone.open().is_err());
    assert!(!id.exists());
    std::fs::remove_dir(&temp).unwrap();
    std::fs::write(&temp, "16fd27").unwrap();
    let first = phone.open().unwrap().identity().install_id;
    assert_eq!(std::fs::read_to_string(&id).unwrap(), format!("{first}\n"));
    assert!(!temp.exists());
}
