//! The phone: a result is recorded, a photo is taken in and its fact recorded.

use firebee_client::{
    disk::{DiskFiles, Files},
    evidence::{BlobFolder, intake_file},
    journal::{AppendError, Journal, JournalConfig, JournalError, Recorded, StoreHealth},
    ports::{Clock, SoftwareSigner, SystemEntropy},
};
use firebee_domain::{
    catalogue::FieldValue,
    code::Code,
    evidence::{PhotoExif, PhotoRole, PhotoTaken},
    id::{AccountId, ContentId, FactId, PlanItemId, ProjectId, TaskId},
    ordinals::Ordinals,
    result::{ResultRecorded, Verdict},
};
use firebee_protocol::{
    catalogue::Pack,
    fact::{BlobRef, BlobRole, Body, Envelope, Mime, Subject},
};
use firebee_tests::{
    clock::SetClock,
    lossy::{Disk, Image, Lie, Room},
};
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};
use tempfile::TempDir;
use uuid::Uuid;

const WALL_MS: i64 = 1_795_000_000_000;
const PHOTOS: [&str; 2] = ["DSCN0010.jpg", "no_exif.jpg"];

/// A phone whose journal and blobs lie on a disk that loses what was not synced; its keys lie in the keystore.
struct Phone {
    home: TempDir,
    keystore: TempDir,
    disk: Disk,
}

/// A call that returned Ok, and the syncs that had returned by then.
struct Promise {
    fact: FactId,
    blobs: Vec<ContentId>,
    syncs: u64,
}

impl Phone {
    fn new() -> Self {
        let home = TempDir::new().unwrap();
        let disk = Disk::watching(home.path()).unwrap();
        Self { home, keystore: TempDir::new().unwrap(), disk }
    }

    /// Opens a journal with the keys of this phone.
    fn open(&self, config: JournalConfig) -> Result<Journal, JournalError> {
        let signer = SoftwareSigner::open(self.keystore.path().join("keys"), Arc::new(SystemEntropy)).unwrap();
        Journal::open(config, &signer, &SystemEntropy)
    }

    fn root(&self) -> PathBuf {
        self.home.path().canonicalize().unwrap()
    }

    fn config(&self) -> JournalConfig {
        let vfs = Some(self.disk.vfs().to_owned());
        JournalConfig { folder: self.root(), vfs, files: self.disk.files(), reserve_bytes: 4_096, lock: true }
    }

    fn journal(&self) -> Journal {
        self.open(self.config()).unwrap()
    }

    fn blobs(&self) -> BlobFolder {
        BlobFolder::open_over(self.root().join("blobs"), self.disk.files()).unwrap()
    }

    fn record(&self, journal: &Journal, n: u32) -> Result<Promise, AppendError> {
        let recorded = append(journal, &SetClock::at(WALL_MS), &Body::ResultRecorded(Box::new(result(n))), vec![])?;
        Ok(Promise { fact: recorded.id, blobs: vec![], syncs: self.disk.syncs() })
    }

    fn photograph(&self, journal: &Journal, blobs: &BlobFolder, name: &str) -> Promise {
        let taken = intake_file(blobs, &photo(name)).unwrap();
        let [original, preview, thumbnail] = [taken.original, taken.preview, taken.thumbnail];
        let body = Body::PhotoTaken(Box::new(PhotoTaken {
            role: PhotoRole::Evidence,
            item: Some(item()),
            ordinal: Some(1),
            original: original.id,
            preview: preview.id,
            thumbnail: thumbnail.id,
            exif: PhotoExif::default(),
        }));
        let roles = [(original, BlobRole::Original), (preview, BlobRole::Preview), (thumbnail, BlobRole::Thumb)];
        let refs = roles.map(|(blob, role)| BlobRef { id: blob.id, len: blob.len, mime: Mime::Jpeg, role });
        let recorded = append(journal, &SetClock::at(WALL_MS), &body, refs.to_vec()).unwrap();
        let blobs = refs.iter().map(|blob| blob.id).collect();
        Promise { fact: recorded.id, blobs, syncs: self.disk.syncs() }
    }

    /// Starts a phone from what the power cut left, and lists the promises that it does not keep.
    fn broken(&self, image: &Image, promises: &[Promise]) -> Vec<String> {
        let home = TempDir::new().unwrap();
        image.restore(home.path()).unwrap();
        let config = JournalConfig {
            folder: home.path().to_owned(),
            vfs: None,
            files: Arc::new(DiskFiles),
            reserve_bytes: 0,
            lock: true,
        };
        let journal = match self.open(config) {
            Ok(journal) => journal,
            Err(error) => return vec![format!("the journal does not open: {error}")],
        };
        let verified = journal.read("test", |rows| rows.verify_all(journal.identity())).unwrap();
        let mut broken = Vec::new();
        if let Err(seq) = verified {
            broken.push(format!("fact {seq} is not what was recorded"));
        }
        for promise in promises {
            if !journal.read("test", |rows| rows.knows(promise.fact)).unwrap() {
                broken.push(format!("fact {} is lost", promise.fact));
            }
        }
        // This also holds for facts that were not confirmed yet: no fact may exist without the bytes that it names.
        for id in journal.read("test", |rows| rows.blob_ids()).unwrap() {
            if !is_whole(&home.path().join("blobs"), id) {
                broken.push(format!("a fact names blob {id}, which is not whole"));
            }
        }
        for id in promises.iter().flat_map(|promise| &promise.blobs) {
            if !is_whole(&home.path().join("blobs"), *id) {
                broken.push(format!("blob {id} is lost"));
            }
        }
        broken
    }

    /// Examines every moment of the run; gives how many there were.
    fn examine(&self, promises: &[Promise]) -> usize {
        let moments = self.disk.moments();
        for moment in &moments {
            let due = promises.partition_point(|promise| promise.syncs <= moment.syncs);
            let broken = self.broken(&moment.image, &promises[..due]);
            assert!(broken.is_empty(), "after {} syncs, torn {}: {broken:#?}", moment.syncs, moment.torn);
        }
        moments.len()
    }
}

fn append(journal: &Journal, clock: &SetClock, body: &Body, blobs: Vec<BlobRef>) -> Result<Recorded, AppendError> {
    journal.write("test", |tx| {
        let clocks = clock.now();
        let envelope = Envelope {
            project: Some(ProjectId(Uuid::from_u128(5))),
            id: tx.next_fact_id(&clocks, &SystemEntropy)?,
            account: AccountId(Uuid::from_u128(6)),
            captured: tx.captured(&clocks)?,
            subject: Subject { task: Some(TaskId(Uuid::from_u128(8))), ..Subject::default() },
            blobs: blobs.clone(),
        };
        tx.append(&envelope, body)
    })
}

fn item() -> PlanItemId {
    PlanItemId(Uuid::from_u128(9))
}

fn result(n: u32) -> ResultRecorded {
    ResultRecorded {
        item: item(),
        ordinal: n,
        also: Ordinals::default(),
        each: Vec::new(),
        position: Some("B1 发电机房".into()),
        catalogue: Pack::embedded().id,
        item_id: "generator".into(),
        name: "柴油发电机".into(),
        criterion: "自动启动不大于 30 s".into(),
        variant: None,
        values: Vec::<FieldValue>::new(),
        proposed: None,
        verdict: Verdict::Conform,
        override_reason: None,
        untestable_reason: None,
        untestable_code: None,
        fault: None,
        measured_record: String::new(),
        photos: vec![],
        replaces: None,
        instrument: None,
        moved_from: None,
    }
}

fn photo(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/photos").join(name)
}

fn is_whole(root: &Path, id: ContentId) -> bool {
    let hex: String = id.0.iter().map(|byte| format!("{byte:02x}")).collect();
    let (folder, name) = hex.split_at(2);
    let bytes = fs::read(root.join(folder).join(name));
    bytes.is_ok_and(|bytes| <[u8; 32]>::from(Sha256::digest(&bytes)) == id.0)
}

/// Records results until after the log has been written back into the file several times.
fn record_many(phone: &Phone) -> Vec<Promise> {
    let journal = phone.journal();
    phone.disk.watch(1);
    let mut promises = Vec::new();
    for n in 1..=40 {
        promises.push(phone.record(&journal, n).unwrap());
        if n % 10 == 0 {
            journal.suspend();
            journal.resume();
        }
    }
    promises
}

fn take_photos(phone: &Phone) -> Vec<Promise> {
    let (journal, blobs) = (phone.journal(), phone.blobs());
    phone.disk.watch(2);
    PHOTOS.iter().map(|name| phone.photograph(&journal, &blobs, name)).collect()
}

#[test]
fn recording_a_result_survives_a_power_cut_right_after_it_returned_ok() {
    let phone = Phone::new();
    let promises = record_many(&phone);
    assert!(phone.examine(&promises) > 80, "there are crash points enough");
}

/// What `synchronous=OFF` does to the journal.
#[test]
fn a_journal_that_does_not_sync_is_found_to_lose_results() {
    let phone = Phone::new();
    phone.disk.plant(Lie::FilesNotSynced);
    let promises = record_many(&phone);
    assert!(!phone.broken(&phone.disk.cut(), &promises).is_empty());
}

/// What telling the user before the commit has returned does.
#[test]
fn a_result_that_is_called_recorded_one_sync_too_early_is_found_lost() {
    let phone = Phone::new();
    let mut promises = record_many(&phone);
    promises.iter_mut().for_each(|promise| promise.syncs -= 1);
    let lost = phone.disk.moments().iter().any(|moment| {
        let due = promises.partition_point(|promise| promise.syncs <= moment.syncs);
        !phone.broken(&moment.image, &promises[..due]).is_empty()
    });
    assert!(lost);
}

#[test]
fn a_photo_and_its_fact_survive_a_power_cut_right_after_they_returned_ok() {
    let phone = Phone::new();
    let promises = take_photos(&phone);
    assert!(phone.examine(&promises) > 20, "there are crash points enough");
}

#[test]
fn photos_whose_bytes_are_not_synced_are_found_lost() {
    let phone = Phone::new();
    phone.disk.plant(Lie::FilesNotSynced);
    let promises = take_photos(&phone);
    assert!(!phone.broken(&phone.disk.cut(), &promises).is_empty());
}

/// The journal is synced and sound; only the photo's name in its folder is gone.
#[test]
fn photos_whose_folder_is_not_synced_are_found_lost_while_their_facts_stand() {
    let phone = Phone::new();
    let journal = phone.journal();
    // The log's own name is durable before the lie begins.
    phone.record(&journal, 1).unwrap();
    phone.disk.plant(Lie::FoldersNotSynced);
    let promise = phone.photograph(&journal, &phone.blobs(), PHOTOS[0]);
    let broken = phone.broken(&phone.disk.cut(), &[promise]);
    assert!(broken.iter().any(|found| found.ends_with("which is not whole")), "{broken:?}");
    assert!(!broken.iter().any(|found| found.starts_with("fact")), "{broken:?}");
}

/// The log's last bytes are garbled by the cut: what was synced before stays, what is left holds together.
#[test]
fn a_torn_tail_of_the_journal_costs_nothing_that_was_promised() {
    let phone = Phone::new();
    let journal = phone.journal();
    let promises: Vec<Promise> = (1..=5).map(|n| phone.record(&journal, n).unwrap()).collect();
    let whole = phone.disk.cut();
    let log = Path::new("journal.db-wal");
    let before = whole.files.get(log).unwrap().len();
    // Bytes that were on their way behind the last commit: a frame header of the right length and rubbish.
    for (cut, rubbish) in [(0, 3_000), (0, 24), (0, 4_120), (1, 0), (4_119, 0)] {
        let mut image = whole.clone();
        let mut bytes = whole.files.get(log).unwrap().to_vec();
        bytes.truncate(before - cut);
        bytes.extend((0..rubbish).map(|n| u8::try_from(n % 251).unwrap()));
        image.files.insert(log.to_owned(), Arc::new(bytes));
        let held = promises.len() - usize::from(cut > 0);
        let broken = phone.broken(&image, &promises[..held]);
        assert!(broken.is_empty(), "{cut} cut, {rubbish} of rubbish: {broken:?}");
    }
    assert_eq!(journal.health(), StoreHealth::Sound);
}

/// The fact in hand still commits from the reserve, then nothing new is captured, and nothing is lost.
#[test]
fn on_a_full_disk_the_fact_in_hand_is_kept_and_the_next_capture_is_refused_with_disk_full() {
    let phone = Phone::new();
    let journal = phone.journal();
    let mut promises = vec![phone.record(&journal, 1).unwrap()];
    phone.disk.set_room(Room::NoneWhile(phone.root().join("reserve")));
    promises.push(phone.record(&journal, 2).unwrap());
    phone.disk.set_room(Room::Bytes(0));
    let refused = phone.record(&journal, 3).map(|promise| promise.fact).unwrap_err();
    assert!(matches!(refused, AppendError::Journal(JournalError::DiskFull)), "{refused:?}");
    let blobs = phone.blobs();
    let photo = intake_file(&blobs, &photo(PHOTOS[0])).map(|taken| taken.original.id).unwrap_err();
    assert_eq!(photo.code(), Code::DiskFull);
    assert!(phone.broken(&phone.disk.cut(), &promises).is_empty());
    phone.disk.set_room(Room::Endless);
    promises.push(phone.record(&journal, 3).unwrap());
    assert!(phone.broken(&phone.disk.cut(), &promises).is_empty());
}

/// The room ran out before the app was started, and the reserve was used up then: what was recorded is still shown.
#[test]
fn a_disk_that_is_full_at_open_says_so_and_what_was_recorded_is_read() {
    let phone = Phone::new();
    let journal = phone.journal();
    let mut promises = vec![phone.record(&journal, 1).unwrap()];
    drop(journal);
    fs::remove_file(phone.root().join("reserve")).unwrap();
    phone.disk.set_room(Room::Bytes(0));
    let journal = phone.journal();
    let knows = |fact: FactId| journal.read::<_, JournalError>("test", |rows| rows.knows(fact)).unwrap();
    assert!(knows(promises[0].fact));
    assert_eq!(journal.may_capture(), Err(JournalError::DiskFull));
    let refused = phone.record(&journal, 2).map(|promise| promise.fact).unwrap_err();
    assert!(matches!(refused, AppendError::Journal(JournalError::DiskFull)), "{refused:?}");
    assert!(knows(promises[0].fact), "it is read again after a refused write");
    phone.disk.set_room(Room::Endless);
    assert_eq!(journal.may_capture(), Ok(()));
    promises.push(phone.record(&journal, 2).unwrap());
    assert!(promises.iter().all(|promise| knows(promise.fact)));
    assert!(phone.broken(&phone.disk.cut(), &promises).is_empty());
}

/// The power goes for good after any one call to the disk: what returned Ok is there when it comes back, whether or not
/// some of the unsynced is left as well, and what came too late changed nothing.
#[test]
fn after_whichever_call_the_power_goes_what_returned_ok_is_there() {
    for calls in 0.. {
        let phone = Phone::new();
        phone.disk.power_off_at(calls);
        let mut promises = Vec::new();
        if let Ok(journal) = phone.open(phone.config()) {
            promises.extend((1..=2).filter_map(|n| phone.record(&journal, n).ok()));
            drop(journal);
        }
        let went = phone.disk.is_off();
        phone.disk.power_off();
        let image = if calls % 2 == 0 { phone.disk.cut() } else { phone.disk.cut_torn(calls) };
        let broken = phone.broken(&image, &promises);
        assert!(broken.is_empty(), "after {calls} calls: {broken:?}");
        if !went {
            assert!(calls > 40 && promises.len() == 2, "{calls} calls end it");
            return;
        }
    }
}

#[test]
fn a_disk_without_power_answers_nothing_and_keeps_what_it_had() {
    let phone = Phone::new();
    let journal = phone.journal();
    let promise = phone.record(&journal, 1).unwrap();
    phone.disk.power_off();
    let (calls, left) = (phone.disk.calls(), phone.disk.cut());
    assert!(phone.record(&journal, 2).is_err());
    let files = phone.disk.files();
    assert!(files.create(&phone.root().join("new")).is_err() && files.list(&phone.root()).is_err());
    assert!(phone.disk.is_off() && phone.disk.calls() == calls);
    assert_eq!(phone.disk.cut(), left);
    assert!(phone.broken(&left, &[promise]).is_empty());
}

/// The disk fills up at any byte of a write. The call fails with its code or returns Ok, and confirmed data stay.
#[test]
fn wherever_the_room_ends_what_returned_ok_is_there() {
    for room in (0..60_000).step_by(3_001) {
        let phone = Phone::new();
        let journal = phone.journal();
        phone.disk.set_room(Room::Bytes(room));
        let mut promises = Vec::new();
        for n in 1..=6 {
            match phone.record(&journal, n) {
                Ok(promise) => promises.push(promise),
                Err(AppendError::Journal(error)) => assert_eq!(error.code(), Code::DiskFull, "{error}"),
                Err(other) => unreachable!("{other}"),
            }
        }
        let broken = phone.broken(&phone.disk.cut(), &promises);
        assert!(broken.is_empty(), "room for {room}: {broken:?}");
    }
}

/// A year off in either direction: the fact is recorded all the same, ids still grow, and the clock is shown as it was.
#[test]
fn a_clock_a_year_off_stops_no_recording_and_ids_still_grow() {
    const YEAR_MS: i64 = 366 * 86_400_000;
    let phone = Phone::new();
    let clock = SetClock::at(WALL_MS);
    let journal = phone.journal();
    let mut last = None;
    for wall_ms in [WALL_MS, WALL_MS + YEAR_MS, WALL_MS - YEAR_MS, WALL_MS] {
        clock.set_wall_ms(wall_ms);
        let recorded = append(&journal, &clock, &Body::ResultRecorded(Box::new(result(1))), vec![]).unwrap();
        assert!(last.is_none_or(|last| recorded.id > last));
        last = Some(recorded.id);
        let line = journal.read("test", |rows| rows.lines_from(recorded.seq, 1, 1 << 20)).unwrap().remove(0);
        assert_eq!(firebee_protocol::fact::parse(&line.line).unwrap().captured.wall_ms.0, wall_ms);
    }
}
