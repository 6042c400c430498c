//! The server: the upload of a blob is answered.

use firebee_domain::{
    evidence::{PhotoExif, PhotoRole, PhotoTaken},
    id::ContentId,
};
use firebee_protocol::{
    encode::to_base64,
    fact::{BlobRef, BlobRole, Body, Mime},
};
use firebee_server::{
    row, sql,
    store::{Store, StoreError, Tx},
};
use firebee_tests::{
    http::Answer,
    lossy::{Disk, Image, Lie, Room},
    picture,
    served::{Served, taken},
};
use sha2::{Digest, Sha256};
use std::path::Path;
use tempfile::TempDir;

struct Run {
    disk: Disk,
    served: Served,
    token: String,
    pictures: Vec<Vec<u8>>,
}

/// An upload that was answered, and the syncs that had returned by then.
struct Answered {
    bytes: Vec<u8>,
    syncs: u64,
}

impl Run {
    /// A server on which a photo is announced: an original in pieces, two smaller ones.
    async fn new(lie: Option<Lie>) -> Self {
        let folder = TempDir::new().unwrap();
        let disk = Disk::watching(folder.path()).unwrap();
        let served = Served::start_in(folder, disk.uploads(), Some(disk.vfs().to_owned())).await;
        let (mut device, token) = served.device(&served.firm, served.firm.operators[0], 1).await;
        let pictures = vec![picture::jpeg(1, 2_500_000), picture::jpeg(2, 40_000), picture::jpeg(3, 9_000)];
        let work = device.start_task(&served.firm, &served.firm.items_of(0)[..1], served.firm.assignments[0]);
        let roles = [BlobRole::Original, BlobRole::Preview, BlobRole::Thumb];
        let blobs: Vec<BlobRef> = (pictures.iter().zip(roles))
            .map(|(bytes, role)| BlobRef { id: id(bytes), len: bytes.len() as u64, mime: Mime::Jpeg, role })
            .collect();
        let body = Body::PhotoTaken(Box::new(PhotoTaken {
            role: PhotoRole::Selfie,
            item: None,
            ordinal: None,
            original: blobs[0].id,
            preview: blobs[1].id,
            thumbnail: blobs[2].id,
            exif: PhotoExif::default(),
        }));
        device.record(served.firm.project, &work.subject, &blobs, &body);
        taken(&served.push(&device, &token).await);
        lie.into_iter().for_each(|lie| disk.plant(lie));
        disk.watch(4);
        Self { disk, served, token, pictures }
    }

    async fn put(&self, bytes: &[u8]) -> Answer {
        let path = format!("/v1/blobs/{}", id(bytes));
        let raw = self.served.request(&self.token, "PUT", &path);
        raw.body("application/octet-stream", bytes).send(self.served.address).await
    }

    /// Creates an upload and sends it in three pieces.
    async fn send_in_pieces(&self, bytes: &[u8]) {
        let path = format!("/v1/blobs/{}", id(bytes));
        // tus wants the ordinary alphabet, padded; 71 bytes leave two over.
        let named = to_base64(id(bytes).to_string().as_bytes()).replace('-', "+").replace('_', "/") + "=";
        let create = self.served.request(&self.token, "POST", "/v1/blobs").with("Tus-Resumable", "1.0.0");
        let create =
            create.with("Upload-Length", &bytes.len().to_string()).with("Upload-Metadata", &format!("blob {named}"));
        let created = create.send(self.served.address).await;
        assert_eq!(created.status, 201, "{}", String::from_utf8_lossy(&created.body));
        let mut offset = 0;
        for piece in bytes.chunks(bytes.len() / 3 + 1) {
            let patch = self.served.request(&self.token, "PATCH", &path).with("Tus-Resumable", "1.0.0");
            let patch = patch.with("Upload-Offset", &offset.to_string());
            let patched = patch.body("application/offset+octet-stream", piece).send(self.served.address).await;
            assert_eq!(patched.status, 204, "{}", String::from_utf8_lossy(&patched.body));
            offset += piece.len();
            assert_eq!(patched.header("upload-offset"), Some(offset.to_string().as_str()));
        }
    }

    async fn send_all(&self) -> Vec<Answered> {
        let mut answered = Vec::new();
        self.send_in_pieces(&self.pictures[0]).await;
        answered.push(Answered { bytes: self.pictures[0].clone(), syncs: self.disk.syncs() });
        for bytes in &self.pictures[1..] {
            let put = self.put(bytes).await;
            assert_eq!(put.status, 204, "{}", String::from_utf8_lossy(&put.body));
            answered.push(Answered { bytes: bytes.clone(), syncs: self.disk.syncs() });
        }
        answered
    }
}

fn id(bytes: &[u8]) -> ContentId {
    ContentId(Sha256::digest(bytes).into())
}

/// Checks an image after a power cut. Returns the confirmed uploads that are not verified or whose file is incomplete,
/// and the offsets that point beyond the stored bytes.
async fn broken(image: &Image, answered: &[Answered]) -> Vec<String> {
    let home = TempDir::new().unwrap();
    image.restore(home.path()).unwrap();
    let store = match Store::sqlite(&home.path().join("firebee.db"), 1) {
        Ok(store) => store,
        Err(error) => return vec![format!("the database does not open: {error}")],
    };
    let rows = rows(&store).await;
    store.close().await;
    let Ok(rows) = rows else { return vec![format!("the blobs cannot be read: {rows:?}")] };
    let mut broken = Vec::new();
    for (blob, verified, offset) in &rows {
        let (whole, part) = (find(home.path(), *blob, Where::Named), find(home.path(), *blob, Where::Part));
        if *verified && whole.as_ref().is_none_or(|bytes| id(bytes) != *blob) {
            broken.push(format!("{blob} is called verified and its file is not whole"));
        }
        let here = part.or(whole).map_or(0, |bytes| bytes.len() as u64);
        if !*verified && *offset > here {
            broken.push(format!("{blob} stands at {offset}, {here} bytes are there"));
        }
    }
    for upload in answered {
        let held = rows.iter().find(|(blob, ..)| *blob == id(&upload.bytes));
        if !held.is_some_and(|(_, verified, _)| *verified)
            || find(home.path(), id(&upload.bytes), Where::Named).as_ref() != Some(&upload.bytes)
        {
            broken.push(format!("{} was answered and is lost", id(&upload.bytes)));
        }
    }
    broken
}

async fn rows(store: &Store) -> Result<Vec<(ContentId, bool, u64)>, StoreError> {
    let read = async move |tx: &mut Tx| {
        let rows = tx
            .query(
                sql!("SELECT b.id, b.state, COALESCE(u.received, 0) FROM blob b LEFT JOIN upload u ON u.blob = b.id"),
                &row![],
            )
            .await?;
        rows.iter()
            .map(|row| {
                Ok((ContentId(row.get(0)?), row.get::<&str>(1)? == "verified", row.get::<i64>(2)?.unsigned_abs()))
            })
            .collect()
    };
    store.read("blobs", read).await
}

/// Whether a file has its blob's own name, or is the part of an upload.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    Named,
    Part,
}

/// The longest file: beside the part of an upload lies what a request for the whole blob had begun.
fn find(folder: &Path, id: ContentId, place: Where) -> Option<Vec<u8>> {
    let digits = id.0.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let files = std::fs::read_dir(folder).ok()?.filter_map(|entry| {
        let path = entry.ok()?.path();
        if path.is_dir() {
            find(&path, id, place)
        } else {
            let rest = path.file_name()?.to_str()?.strip_prefix(&digits)?.to_owned();
            (rest.is_empty() == (place == Where::Named)).then(|| std::fs::read(&path).unwrap())
        }
    });
    files.max_by_key(Vec::len)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answered_upload_survives_a_power_cut_and_no_offset_points_beyond_the_bytes() {
    let run = Run::new(None).await;
    let answered = run.send_all().await;
    let moments = run.disk.moments();
    assert!(moments.len() > 20, "there are crash points enough: {}", moments.len());
    for moment in &moments {
        let due = answered.partition_point(|upload| upload.syncs <= moment.syncs);
        let broken = broken(&moment.image, &answered[..due]).await;
        assert!(broken.is_empty(), "after {} syncs, torn {}: {broken:#?}", moment.syncs, moment.torn);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn uploads_whose_bytes_are_not_synced_are_found_lost() {
    let run = Run::new(Some(Lie::FilesNotSynced)).await;
    let answered = run.send_all().await;
    assert!(!broken(&run.disk.cut(), &answered).await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn uploads_whose_folder_is_not_synced_are_found_lost() {
    let run = Run::new(Some(Lie::FoldersNotSynced)).await;
    let answered = run.send_all().await;
    let broken = broken(&run.disk.cut(), &answered).await;
    assert!(broken.iter().any(|found| found.ends_with("its file is not whole")), "{broken:?}");
}

/// A full disk in the middle of an upload: 507 with its sentences, and the upload goes on when there is room.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_refuses_an_upload_with_507_and_takes_it_later() {
    let run = Run::new(None).await;
    run.disk.set_room(Room::Bytes(30_000));
    let refused = run.put(&run.pictures[1]).await;
    let problem = refused.problem();
    assert_eq!((problem.status, problem.code.as_str()), (507, "blobs_full"));
    run.disk.set_room(Room::Endless);
    let answered = run.send_all().await;
    assert!(broken(&run.disk.cut(), &answered).await.is_empty());
}
