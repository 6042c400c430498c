//! Backups and their way back, with phones that know more than the backup.

use crate::{
    each_engine,
    scene::{Site, Worker, held},
};
use firebee_server::{
    backup::{self, BackupError, RestoreError, Wanted},
    config::Config,
    row, sql,
    state::{StartError, reading_store},
    store::{StoreError, Tx, mark::MarkError},
};
use std::path::PathBuf;

each_engine!(
    one_firm_is_restored_beside_another_and_its_phones_bring_back_what_the_backup_lacks,
    a_firm_moves_to_another_machine_and_its_phones_follow_with_what_is_newer,
    a_database_that_was_put_back_by_hand_is_not_served_and_goes_on_after_a_restore_in_place,
    a_restore_ends_the_sessions_of_the_firm_that_it_replaces_and_of_no_other,
);

async fn back_up(site: &Site, organisation: Option<&str>, name: &str) -> PathBuf {
    let to = site.folder.path().join(name);
    let (store, (blobs, keyring)) = (reading_store(&site.config).unwrap(), site.files());
    let made = backup::make(&store, (&blobs, &keyring), organisation, &to).await.unwrap();
    store.close().await;
    assert_eq!(made.broken, []);
    to
}

async fn bring_back(site: &Site, wanted: &Wanted) -> Result<backup::Restored, RestoreError> {
    let (store, (blobs, keyring)) = (site.database().await, site.files());
    let now = firebee_tests::firm::MORNING.plus_ms(3 * 3_600_000);
    let done = backup::restore(&store, (&blobs, &keyring, &site.config.data), wanted, now).await;
    store.close().await;
    done
}

/// B7, with two firms: what the backup lacks comes back from the phones, facts and files, none lost; the other firm
/// notices nothing.
async fn one_firm_is_restored_beside_another_and_its_phones_bring_back_what_the_backup_lacks(mut site: Site) {
    site.start().await.unwrap();
    let [ours, theirs] = &site.firms;
    let (ma, li, them) = (ours.operators[0], ours.operators[1], theirs.operators[0]);
    let mut first = Worker::signed_in(site.address(), ma, 1).await;
    let mut stranger = Worker::signed_in(site.address(), them, 3).await;
    for phone in [&mut first, &mut stranger] {
        phone.work();
        phone.sync().await;
    }
    let from = back_up(&site, Some("firm"), "backup").await;
    // A phone that the backup does not know at all; and facts and files that are newer, sent and unsent.
    let mut second = Worker::signed_in(site.address(), li, 2).await;
    for phone in [&mut first, &mut second, &mut stranger] {
        phone.work();
        phone.sync().await;
    }
    site.stop().await;
    let before = site.held().await;
    first.work();
    second.work();
    // The disk with the firm's files is gone, too.
    let files = site.config.data.join("blobs").join(site.firms[0].org.id().0.simple().to_string());
    std::fs::remove_dir_all(files).unwrap();
    let mut wanted = Wanted { from: from.clone(), organisation: Some("firm".into()), replace: false };
    assert!(matches!(bring_back(&site, &wanted).await, Err(RestoreError::Exists(_))), "nothing is replaced unasked");
    wanted.replace = true;
    let restored = bring_back(&site, &wanted).await.unwrap();
    assert_eq!((restored.firms.len(), restored.files, restored.lacking), (1, 2, 0), "the files of the first photo");
    site.start().await.unwrap();
    for phone in [&first, &second, &stranger] {
        phone.sync().await;
    }
    site.stop().await;
    let after = site.held().await;
    assert!(after.facts.is_superset(&before.facts) && after.blobs.is_superset(&before.blobs), "none is lost");
    assert!(after.facts.len() >= before.facts.len() + 4 && after.blobs.len() == before.blobs.len() + 4, "{after:?}");
    // A second restore of the same backup ends the same.
    bring_back(&site, &wanted).await.unwrap();
    site.start().await.unwrap();
    for phone in [&first, &second, &stranger] {
        phone.sync().await;
    }
    site.stop().await;
    assert_eq!(site.held().await, after);
}

/// An open session refers to an account that the backup takes the place of.
async fn a_restore_ends_the_sessions_of_the_firm_that_it_replaces_and_of_no_other(mut site: Site) {
    site.start().await.unwrap();
    let from = back_up(&site, None, "backup").await;
    let accounts = [site.firms[0].operators[0], site.firms[1].operators[0]];
    for (account, number) in accounts.into_iter().zip(1..) {
        Worker::signed_in(site.address(), account, number).await;
    }
    site.stop().await;
    let store = site.database().await;
    let sign_in = async move |tx: &mut Tx| {
        let open = sql!(
            "INSERT INTO console_session(hash, org, account, csrf, created_ms, seen_ms, expires_ms)
             SELECT id, org, id, '', 0, 0, 9000000000000 FROM account WHERE id = ?1 OR id = ?2"
        );
        tx.execute(open, &row![&accounts[0], &accounts[1]]).await
    };
    assert_eq!(store.write::<_, StoreError, _>("sign_in", sign_in).await, Ok(2));
    store.close().await;
    let wanted = Wanted { from, organisation: Some("firm".into()), replace: true };
    bring_back(&site, &wanted).await.unwrap();
    let store = site.database().await;
    for (sessions, left) in [
        (sql!("SELECT count(*), min(org), max(org) FROM console_session"), 1),
        (sql!("SELECT count(*), min(org), max(org) FROM token"), 2),
    ] {
        let read = async move |tx: &mut Tx| {
            let row = tx.query_opt(sessions, &[]).await?.unwrap();
            Ok::<_, StoreError>((row.get::<i64>(0)?, row.get::<i64>(1)?, row.get::<i64>(2)?))
        };
        let other = site.firms[1].org.number();
        assert_eq!(store.read("count", read).await, Ok((left, other, other)));
    }
    store.close().await;
}

async fn a_firm_moves_to_another_machine_and_its_phones_follow_with_what_is_newer(mut site: Site) {
    site.start().await.unwrap();
    let ma = site.firms[0].operators[0];
    let mut phone = Worker::signed_in(site.address(), ma, 1).await;
    phone.work();
    phone.sync().await;
    let from = back_up(&site, None, "backup").await;
    let in_backup = held(&Config::in_folder(from.clone())).await;
    phone.work();
    phone.sync().await;
    site.stop().await;
    let before = site.held().await;
    // The other machine: an empty folder with a database of its own, always SQLite here.
    site.config = Config { data: site.folder.path().join("elsewhere"), postgres: None, ..site.config.clone() };
    std::fs::create_dir(&site.config.data).unwrap();
    let wanted = Wanted { from: from.clone(), organisation: None, replace: false };
    assert_eq!(bring_back(&site, &wanted).await.unwrap().firms.len(), 2);
    assert_eq!(site.held().await, in_backup);
    site.start().await.unwrap();
    phone.sync().await;
    site.stop().await;
    assert_eq!(site.held().await, before);
    // A backup is nothing to serve.
    site.config.data = from;
    assert!(matches!(site.start().await, Err(StartError::Mark(MarkError::Backup))));
}

/// An older database under a folder that has seen more: the mark beside it tells.
async fn a_database_that_was_put_back_by_hand_is_not_served_and_goes_on_after_a_restore_in_place(mut site: Site) {
    site.start().await.unwrap();
    let ma = site.firms[0].operators[0];
    let mut phone = Worker::signed_in(site.address(), ma, 1).await;
    phone.work();
    phone.sync().await;
    site.stop().await;
    let old = site.copy_database().await;
    site.start().await.unwrap();
    phone.work();
    phone.sync().await;
    site.stop().await;
    let before = site.held().await;
    site.put_database(&old).await;
    let Err(refused) = site.start().await else { unreachable!("it is older") };
    assert!(matches!(refused, StartError::Mark(MarkError::Behind { .. })), "{refused}");
    assert!(refused.to_string().contains("firebee restore --in-place"), "{refused}");
    mend(&site).await;
    site.start().await.unwrap();
    phone.sync().await;
    site.stop().await;
    assert_eq!(site.held().await, before);
    // The mark went back with the database, as with a snapshot of the volume: the phone's receipt tells.
    site.put_database(&old).await;
    std::fs::remove_file(site.config.data.join("mark")).unwrap();
    mend(&site).await;
    site.start().await.unwrap();
    phone.sync().await;
    site.stop().await;
    let old = site.copy_database().await;
    site.start().await.unwrap();
    phone.work();
    phone.sync().await;
    site.stop().await;
    let before = site.held().await;
    site.put_database(&old).await;
    std::fs::remove_file(site.config.data.join("mark")).unwrap();
    site.start().await.unwrap();
    phone.work();
    let refused = phone.client.sync().now().await.unwrap_err();
    assert_eq!(refused.code.as_str(), "data_behind");
    site.stop().await;
    let Err(refused) = site.start().await else { unreachable!("a phone has shown it") };
    assert!(matches!(&refused, StartError::Behind(firm) if firm == "firm"), "{refused}");
    assert!(refused.to_string().contains("firebee restore --in-place"), "{refused}");
    mend(&site).await;
    site.start().await.unwrap();
    phone.client.sync().now().await.unwrap();
    phone.sync().await;
    site.stop().await;
    let after = site.held().await;
    assert!(after.facts.is_superset(&before.facts) && after.blobs.is_superset(&before.blobs), "none is lost");
}

async fn mend(site: &Site) {
    let (store, (blobs, keyring)) = (site.database().await, site.files());
    let now = firebee_tests::firm::MORNING.plus_ms(4 * 3_600_000);
    backup::mend(&store, (&blobs, &keyring, &site.config.data), now).await.unwrap();
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_stands_alone_names_its_firm_and_never_covers_another() {
    let mut site = Site::sqlite().await;
    site.start().await.unwrap();
    let to = back_up(&site, Some("other"), "backup").await;
    let (store, (blobs, keyring)) = (reading_store(&site.config).unwrap(), site.files());
    let again = backup::make(&store, (&blobs, &keyring), Some("other"), &to).await;
    assert!(matches!(again, Err(BackupError::Exists(_))));
    let nobody = backup::make(&store, (&blobs, &keyring), Some("nobody"), &site.folder.path().join("b")).await;
    assert!(matches!(nobody, Err(BackupError::NoFirm)));
    assert!(!site.folder.path().join("b").exists(), "nothing stands under the name of what failed");
    store.close().await;
    site.stop().await;
    let keys: Vec<_> = std::fs::read_dir(to.join("keys")).unwrap().collect();
    assert_eq!(keys.len(), 1, "the key of the other firm stays where it is");
}

/// Only PostgreSQL lets somebody restore a database under a server. The server notices, says what to do, and ends; the next
/// one serves what was restored.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_whose_database_is_restored_under_it_says_so_and_ends() {
    let mut site = Site::postgres().await;
    site.start().await.unwrap();
    let mut phone = Worker::signed_in(site.address(), site.firms[0].operators[0], 1).await;
    phone.work();
    phone.sync().await;
    let from = back_up(&site, None, "monday").await;
    phone.work();
    phone.sync().await;
    let before = site.held().await;
    bring_back(&site, &Wanted { from, organisation: None, replace: true }).await.unwrap();
    let ended = site.wait_until_it_ends().await.unwrap_err().to_string();
    assert!(
        ended.contains("was restored while this server was running") && ended.contains("start it again"),
        "{ended}"
    );
    site.stop().await;
    site.start().await.unwrap();
    phone.client.sync().now().await.unwrap();
    phone.sync().await;
    site.stop().await;
    assert_eq!(site.held().await, before, "the phone has sent again what the backup lacks");
}

/// An empty PostgreSQL database under a folder that served SQLite is no older copy, and gets another remedy.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_that_served_sqlite_is_told_how_to_move_and_not_that_it_was_put_back() {
    let (mut site, empty) = (Site::sqlite().await, Site::empty_postgres().await);
    site.start().await.unwrap();
    site.stop().await;
    let from = back_up(&site, None, "moving").await;
    site.config.postgres = Some(empty);
    let Err(refused) = site.start().await else { unreachable!("the data are not there") };
    assert!(matches!(refused, StartError::Mark(MarkError::OtherEngine { .. })), "{refused}");
    let said = refused.to_string();
    assert!(said.contains("sqlite") && said.contains("firebee restore --from") && !said.contains("by hand"), "{said}");
    bring_back(&site, &Wanted { from, organisation: None, replace: false }).await.unwrap();
    site.start().await.unwrap();
    site.stop().await;
}
