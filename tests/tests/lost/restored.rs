//! Journals that were restored, copied, deleted, or lost their key: each is found out, a new store takes over, and everything
//! that was recorded arrives.

use crate::scene::{Phone, Scene};
use firebee_client::{journal::StoreHealth, session::SignInError};
use firebee_domain::{code::Code, id::TaskId, task::TaskState};
use firebee_server::sql;
use firebee_tests::{browse::Browser, kept::lines};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// What is copied, or taken away.
#[derive(Clone, Copy)]
enum Part {
    /// The journal.
    Journal,
    /// The keys of the keystore.
    Keys,
    /// The id of the installation, which the app keeps out of backups.
    Install,
}

fn names(part: Part) -> &'static [&'static str] {
    match part {
        Part::Journal => &["journal.db", "journal.db-wal", "journal.db-shm"],
        Part::Keys => &["keys"],
        Part::Install => &["install-id"],
    }
}

/// Copies a folder without some parts.
fn copy(from: &Path, to: &Path, without: &[Part]) {
    fs::create_dir_all(to).unwrap();
    let left_out: BTreeSet<&str> = without.iter().flat_map(|part| names(*part)).copied().collect();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if left_out.contains(name.as_str()) {
            continue;
        }
        if entry.path().is_dir() {
            copy(&entry.path(), &to.join(&name), &[]);
        } else {
            fs::copy(entry.path(), to.join(&name)).unwrap();
        }
    }
}

fn remove(folder: &Path, part: Part) {
    for name in names(part) {
        let path = folder.join(name);
        if path.is_dir() {
            fs::remove_dir_all(&path).unwrap();
        } else if path.exists() {
            fs::remove_file(&path).unwrap();
        }
    }
}

/// An account whose phone worked yesterday, when its folder was copied, and today.
struct Story {
    scene: Scene,
    phone: Phone,
    /// The copy of yesterday evening.
    yesterday: PathBuf,
    /// Every line that the phones recorded.
    recorded: BTreeSet<Vec<u8>>,
    tasks: Vec<TaskId>,
    _kept: TempDir,
}

impl Story {
    /// Yesterday one task was handed in and sent. The copy was made with another one begun, which was not sent if `unsent`.
    /// Today that one was handed in and sent.
    async fn tell(unsent: bool) -> Self {
        let scene = Scene::open().await;
        let mut phone = scene.phone("Pixel 6a").await;
        let items = phone.items();
        let first = phone.whole(items[0], 1);
        phone.sends_all().await;
        let second = phone.start(items[1]);
        phone.answer(second, items[1]);
        if !unsent {
            phone.sends_all().await;
            phone.client.sync().now().await.unwrap();
        }
        let kept = TempDir::new().unwrap();
        let yesterday = kept.path().join("yesterday");
        phone.restart(|home| copy(home, &yesterday, &[]));
        phone.photograph(second, Some(items[1]), 20);
        phone.hand_in(second, 21);
        phone.sends_all().await;
        phone.client.sync().now().await.unwrap();
        let mut story =
            Self { scene, phone, yesterday, recorded: BTreeSet::new(), tasks: vec![first, second], _kept: kept };
        story.recorded.extend(of_journal(story.phone.home.path()));
        story
    }

    /// A third task, which is not sent.
    fn goes_on(&mut self) {
        let task = self.phone.whole(self.phone.items()[2], 40);
        self.tasks.push(task);
        self.recorded.extend(of_journal(self.phone.home.path()));
    }

    /// A new store takes over on a phone that must not go on, which is found out under `code`.
    fn renews(phone: &mut Phone, code: Code) {
        let shown = phone.client.screens().sync().unwrap();
        assert_eq!(shown.health.map(|told| told.code), Some(code.into()));
        assert!(shown.renew.unwrap().allowed);
        let before = phone.store();
        assert!(phone.client.session().renew().unwrap());
        phone.restart(|_| ());
        assert_ne!(phone.store(), before);
        assert_eq!(phone.client.health(), StoreHealth::Sound);
        // Before the password there is no such screen.
        assert!(phone.client.screens().sync().map_or(true, |shown| shown.renew.is_none()));
        assert!(!phone.client.session().renew().unwrap(), "a sound store stays");
    }

    /// Another store holds the account, until a manager frees it.
    async fn signs_in_after_a_release(&self, phone: &Phone) {
        assert!(matches!(phone.sign_in().await, Err(SignInError::Elsewhere(_))));
        self.scene.release("手机数据已恢复").await;
        phone.sign_in().await.unwrap();
    }

    /// Everything that was recorded is on the server and, after a person decided on what came late, counts once.
    async fn everything_arrived(&self, phone: &Phone) {
        phone.sends_all().await;
        let wang = Browser::of(&self.scene.office, "wang").await;
        for _ in 0..4 {
            let page = wang.get("/undecided").await.html();
            let Some(path) = page.split("href=\"/undecided/").nth(1).and_then(|rest| rest.split('"').next()) else {
                break;
            };
            let path = format!("/undecided/{path}");
            let page = wang.get(&path).await;
            let fields = [("decision", "adopted"), ("reason", "与记录人核对过")];
            let done = wang.submit(&page, &format!("{path}/decide"), &fields).await;
            assert!(done.location().contains("done="), "{}", done.text());
        }
        self.scene.stands_once(&self.recorded).await;
        for task in &self.tasks {
            let held = self.scene.task(*task).await.unwrap();
            assert_eq!(held.task.state, TaskState::PendingReview, "{task}");
            assert_eq!(held.evidence.verified, held.evidence.total, "{task}");
            assert_eq!(held.task.results.len(), 1, "{task}");
        }
        let tasks = i64::try_from(self.tasks.len()).unwrap();
        assert_eq!(self.scene.number(sql!("SELECT count(*) FROM document WHERE kind = 'task'")).await, tasks);
        assert_eq!(self.scene.number(sql!("SELECT count(*) FROM parked")).await, 0);
        phone.client.sync().now().await.unwrap();
        assert_eq!(phone.not_counted(), Vec::<String>::new());
        for task in &self.tasks {
            assert_eq!(phone.client.tasks().get(*task).unwrap().task.state, TaskState::PendingReview);
        }
    }
}

/// The lines of a journal that a client may hold open.
fn of_journal(folder: &Path) -> Vec<Vec<u8>> {
    let journal = rusqlite::Connection::open(folder.join("journal.db")).unwrap();
    let mut all = journal.prepare("SELECT line FROM fact WHERE length(line) > 0").unwrap();
    all.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// Found at open: the copy of the last place says more. The key still vouches, so nobody types a password.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_journal_restored_from_yesterday_is_found_at_open_and_succeeded_without_a_password() {
    let mut story = Story::tell(true).await;
    let yesterday = story.yesterday.clone();
    story.phone.restart(|home| {
        remove(home, Part::Journal);
        for name in names(Part::Journal).iter().filter(|name| yesterday.join(name).exists()) {
            fs::copy(yesterday.join(name), home.join(name)).unwrap();
        }
    });
    Story::renews(&mut story.phone, Code::RolledBack);
    story.phone.client.sync().now().await.unwrap();
    story.goes_on();
    story.everything_arrived(&story.phone).await;
}

/// Found at the first pull: the server has applied more of the store than the journal holds. Nothing was unsent, so no push
/// could have told.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_whole_folder_restored_is_found_at_the_first_pull() {
    let mut story = Story::tell(false).await;
    let yesterday = story.yesterday.clone();
    story.phone.restart(|home| {
        fs::remove_dir_all(home).unwrap();
        copy(&yesterday, home, &[]);
    });
    assert_eq!(story.phone.client.health(), StoreHealth::Sound, "nothing on the phone tells");
    assert!(story.phone.client.sync().now().await.is_err());
    Story::renews(&mut story.phone, Code::RolledBack);
    story.phone.client.sync().now().await.unwrap();
    story.goes_on();
    story.everything_arrived(&story.phone).await;
}

/// Found at the first push: the server answers for more than the journal ever had, or knows other facts at these places.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_whole_folder_restored_that_recorded_since_is_found_at_the_first_push() {
    let mut story = Story::tell(true).await;
    let yesterday = story.yesterday.clone();
    story.phone.restart(|home| {
        fs::remove_dir_all(home).unwrap();
        copy(&yesterday, home, &[]);
    });
    story.goes_on();
    assert!(story.phone.client.sync().now().await.is_err());
    Story::renews(&mut story.phone, Code::Diverged);
    story.everything_arrived(&story.phone).await;
}

/// Found at open: the installation is another one. The first phone goes on, until a manager frees the account.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_copied_to_a_second_phone_is_found_at_open_and_both_send_everything() {
    let mut story = Story::tell(true).await;
    story.goes_on();
    let mut second = Phone::new(&story.scene, "Nokia 8.3 5G");
    let kept = TempDir::new().unwrap();
    let folder = kept.path().join("copied");
    story.phone.restart(|home| copy(home, &folder, &[Part::Keys, Part::Install]));
    second.restart(|home| {
        fs::remove_dir_all(home).unwrap();
        copy(&folder, home, &[]);
    });
    Story::renews(&mut second, Code::OtherInstall);
    story.signs_in_after_a_release(&second).await;
    story.phone.sends_all().await;
    story.everything_arrived(&second).await;
    assert!(story.phone.client.screens().sync().unwrap().lost.unwrap().wipe.allowed);
}

/// What was sent comes back with the documents; the account is freed like that of a lost phone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_journal_that_was_deleted_begins_anew_and_gets_back_what_was_sent() {
    let mut story = Story::tell(true).await;
    story.phone.restart(|home| remove(home, Part::Journal));
    assert!(story.phone.client.session().state().unwrap().is_none());
    story.signs_in_after_a_release(&story.phone).await;
    story.phone.client.sync().now().await.unwrap();
    story.goes_on();
    story.everything_arrived(&story.phone).await;
}

/// Found at the first push of the one that comes second. It takes the account by the key; the other one then asks for the
/// password and, once freed, sends what it has.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_copies_with_one_key_diverge_and_both_send_everything() {
    let mut story = Story::tell(false).await;
    let mut copied = Phone::new(&story.scene, "clone");
    let kept = TempDir::new().unwrap();
    let folder = kept.path().join("copied");
    story.phone.restart(|home| copy(home, &folder, &[]));
    copied.restart(|home| {
        fs::remove_dir_all(home).unwrap();
        copy(&folder, home, &[]);
    });
    let items = story.phone.items();
    let task = copied.whole(items[3], 60);
    let begun = story.phone.start(items[2]);
    story.phone.answer(begun, items[2]);
    story.tasks.extend([task, begun]);
    story.recorded.extend(of_journal(copied.home.path()));
    story.phone.sends_all().await;
    assert!(copied.client.sync().now().await.is_err());
    Story::renews(&mut copied, Code::Diverged);
    copied.sends_all().await;

    story.phone.photograph(begun, Some(items[2]), 80);
    story.phone.hand_in(begun, 81);
    story.recorded.extend(of_journal(story.phone.home.path()));
    assert!(story.phone.client.sync().now().await.is_err());
    assert!(matches!(story.phone.sign_in().await, Err(SignInError::Retired { .. })));
    Story::renews(&mut story.phone, Code::Diverged);
    assert!(story.phone.client.sync().now().await.is_err(), "the other copy holds the account");
    story.signs_in_after_a_release(&story.phone).await;
    story.everything_arrived(&story.phone).await;
}

/// Found at open: the keystore does not know the key any more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_whose_key_is_gone_is_succeeded_and_what_it_had_counts_when_a_person_adopts_it() {
    let mut story = Story::tell(true).await;
    story.goes_on();
    story.phone.restart(|home| remove(home, Part::Keys));
    Story::renews(&mut story.phone, Code::KeyGone);
    story.signs_in_after_a_release(&story.phone).await;
    story.phone.sends_all().await;
    assert!(story.scene.parked(Code::Late).await > 0, "no key vouches for it");
    story.everything_arrived(&story.phone).await;
}

/// Lines on the server stand for what happened even where two stores sent the same one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fact_that_moved_has_one_effect_though_two_stores_sent_it() {
    let mut story = Story::tell(true).await;
    let yesterday = story.yesterday.clone();
    story.phone.restart(|home| {
        fs::remove_dir_all(home).unwrap();
        copy(&yesterday, home, &[]);
    });
    assert!(story.phone.client.sync().now().await.is_err());
    Story::renews(&mut story.phone, Code::RolledBack);
    story.everything_arrived(&story.phone).await;
    let kept = lines(&story.scene.office.app.store).await;
    let once: BTreeSet<&[u8]> = kept.iter().map(|line| line.bytes.as_ref()).collect();
    assert!(kept.len() > once.len(), "the copy's unsent lines came a second time");
    assert_eq!(
        story.scene.number(sql!("SELECT count(DISTINCT id) FROM fact")).await,
        i64::try_from(once.len()).unwrap()
    );
}
