//! What lies in an archive, in the order in which it is written: the report, task after task, and at last the manifest.

use super::{
    Bundle,
    packer::{Listed, PIECES_WAITING, PackError, Packer},
    results,
};
use crate::{
    blobs::{BlobKey, Blobs, StoredFile},
    blocking,
    export::track::{self, TrackFormat},
    query,
    store::{Store, StoreError, Tx, json},
};
use bytes::Bytes;
use firebee_domain::{
    fault::Fault,
    id::{ContentId, FactId, TaskId},
    time::Timestamp,
};
use firebee_protocol::{document::TaskDocument, fact::Mime};
use futures_util::{Stream, StreamExt as _, stream};
use serde::Serialize;
use std::{
    collections::{HashMap, HashSet},
    io::{self, Read as _},
    pin::pin,
};
use tokio::sync::mpsc;

/// Bytes of a file that are read at once.
const PIECE_BYTES: usize = 64 << 10;

/// The manifest of an archive. It is the last file, because it has the hashes of all others.
#[derive(Serialize)]
struct Manifest<'a> {
    edition: u16,
    name: &'a str,
    made_ms: Timestamp,
    tasks: &'a [TaskId],
    files: &'a [Listed],
    /// What the server does not have.
    missing: &'a [Missing],
}

/// A file that the server does not have.
#[derive(Serialize)]
struct Missing {
    name: String,
    sha256: String,
    why: Why,
}

/// Why a file is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Why {
    /// Somebody announced it, and it never came.
    NeverCame,
    /// It was there, and its time was over.
    Expired,
}

/// What is read of a task.
struct Read {
    document: TaskDocument,
    faults: Vec<Fault>,
    lines: Vec<Vec<u8>>,
    media: HashMap<ContentId, Mime>,
    /// The files that are there.
    verified: HashSet<ContentId>,
    /// Those that were there until their time was over.
    expired: HashSet<ContentId>,
}

impl Read {
    /// Why a file is not there; nothing where it is.
    fn lacks(&self, id: ContentId) -> Option<Why> {
        let why = if self.expired.contains(&id) { Why::Expired } else { Why::NeverCame };
        (!self.verified.contains(&id)).then_some(why)
    }
}

/// The archive, written while somebody takes it. A database or a disk that fails cuts it off, and then it has no manifest.
pub fn stream(
    (store, blobs): (Store, Blobs),
    bundle: Bundle,
    now: Timestamp,
) -> impl Stream<Item = Result<Bytes, StoreError>> + Send + 'static {
    let (to, taken) = mpsc::channel(PIECES_WAITING);
    tokio::spawn(async move {
        let writer = Writer { store, blobs, bundle, packer: Packer::new(to.clone()), missing: Vec::new() };
        if let Err(PackError::Store(error)) = writer.write(now).await {
            // Whoever went away asks for nothing.
            let _ = to.send(Err(error)).await;
        }
    });
    stream::unfold(taken, async |mut taken| taken.recv().await.map(|piece| (piece, taken)))
}

struct Writer {
    store: Store,
    blobs: Blobs,
    bundle: Bundle,
    packer: Packer,
    missing: Vec<Missing>,
}

impl Writer {
    async fn write(mut self, now: Timestamp) -> Result<(), PackError> {
        if let Some(report) = self.bundle.report.take() {
            self.packer.text("report/snapshot.json".to_owned(), &report.snapshot).await?;
            for (name, file) in [("report/report.pdf", report.pdf), ("report/upload.pdf", report.upload)] {
                if let Some(id) = file {
                    self.blob(name.to_owned(), id, None).await?;
                }
            }
        }
        for (number, id) in (1..).zip(self.bundle.tasks.clone()) {
            self.task(number, id).await?;
        }
        let manifest = Manifest {
            edition: 1,
            name: &self.bundle.name,
            made_ms: now,
            tasks: &self.bundle.tasks,
            files: &self.packer.files,
            missing: &self.missing,
        };
        let manifest = json(&manifest)?;
        self.packer.text("manifest.json".to_owned(), &manifest).await?;
        self.packer.finish().await
    }

    async fn task(&mut self, number: u32, id: TaskId) -> Result<(), PackError> {
        let Some(read) = self.read(id).await? else { return Ok(()) };
        let folder = format!("tasks/{number:03}");
        let task = &read.document.task;
        let mut photos: HashMap<FactId, String> = HashMap::new();
        for (at, photo) in (1..).zip(&task.photos) {
            let ending = read.media.get(&photo.taken.original).map_or("bin", |mime| ending(*mime));
            photos.insert(photo.fact, format!("photos/{at:03}.{ending}"));
        }
        let document = json(&read.document)?;
        self.packer.text(format!("{folder}/task.json"), &document).await?;
        self.packer.text(format!("{folder}/results.csv"), &results::csv(task, &photos)).await?;
        self.packer.text(format!("{folder}/faults.json"), &json(&read.faults)?).await?;
        self.lines(format!("{folder}/facts.ndjson"), &read.lines).await?;
        for photo in &task.photos {
            if let Some(name) = photos.get(&photo.fact) {
                let original = photo.taken.original;
                self.blob(format!("{folder}/{name}"), original, read.lacks(original)).await?;
            }
        }
        if let Some(witness) = &task.witness {
            let signature = witness.signed.signature;
            let ending = read.media.get(&signature).map_or("bin", |mime| ending(*mime));
            self.blob(format!("{folder}/signature.{ending}"), signature, read.lacks(signature)).await?;
        }
        if task.segments.is_empty() {
            return Ok(());
        }
        self.track(format!("{folder}/track.gpx"), id).await
    }

    async fn read(&self, id: TaskId) -> Result<Option<Read>, StoreError> {
        let org = self.bundle.org;
        let read = async move |tx: &mut Tx| {
            let Some(document) = query::task::document(tx, org, id).await? else { return Ok(None) };
            let task = &document.task;
            let faults = query::fault::of_tasks(tx, org, &[id]).await?.remove(&id).unwrap_or_default();
            let results = task.results.iter().map(|result| result.fact);
            let photos = task.photos.iter().map(|photo| photo.fact);
            let facts: Vec<FactId> = results.chain(photos).collect();
            let lines = query::line::of_facts(tx, org, &facts).await?.into_values();
            let lines = lines.map(|line| line.bytes.to_vec()).collect();
            let files = task.photos.iter().map(|photo| photo.taken.original);
            let files: HashSet<ContentId> =
                files.chain(task.witness.iter().map(|witness| witness.signed.signature)).collect();
            let media = query::evidence::media(tx, org, &files).await?;
            let verified = query::evidence::verified(tx, org, &files).await?;
            let expired = query::evidence::expired(tx, org, &files).await?;
            Ok(Some(Read { document, faults, lines, media, verified, expired }))
        };
        self.store.read("read_evidence", read).await
    }

    /// The exact lines of the phones, which `firebee` and anybody with the phone's key can verify.
    async fn lines(&mut self, name: String, lines: &[Vec<u8>]) -> Result<(), PackError> {
        self.packer.begin(name, false)?;
        for line in lines {
            self.packer.write(line).await?;
            self.packer.write(b"\n").await?;
        }
        self.packer.end();
        Ok(())
    }

    async fn track(&mut self, name: String, id: TaskId) -> Result<(), PackError> {
        let reader = (self.bundle.org, self.bundle.actor.clone());
        let Some(walked) = track::find(&self.store, reader, id).await? else { return Ok(()) };
        self.packer.begin(name, false)?;
        let mut pieces = pin!(track::stream(self.blobs.clone(), walked, TrackFormat::Gpx));
        while let Some(piece) = pieces.next().await {
            self.packer.write(&piece?).await?;
        }
        self.packer.end();
        Ok(())
    }

    /// A file as it came. One that has come and cannot be read cuts the archive off: it is not told as one that never came.
    async fn blob(&mut self, name: String, id: ContentId, lacks: Option<Why>) -> Result<(), PackError> {
        if let Some(why) = lacks {
            let sha256 = id.0.iter().map(|byte| format!("{byte:02x}")).collect();
            self.missing.push(Missing { name, sha256, why });
            return Ok(());
        }
        let opened = self.blobs.open_verified(BlobKey { org: self.bundle.org, id }).await;
        let (mut file, _) = opened.map_err(|error| StoreError::Lost(error.to_string()))?;
        self.packer.begin(name, true)?;
        loop {
            let (piece, next) = read(file).await?;
            if piece.is_empty() {
                break;
            }
            self.packer.write(&piece).await?;
            file = next;
        }
        self.packer.end();
        Ok(())
    }
}

/// The next piece of a file, read where waiting hinders nobody.
async fn read(mut file: Box<dyn StoredFile>) -> Result<(Vec<u8>, Box<dyn StoredFile>), PackError> {
    let read = blocking::run(move || {
        let mut piece = Vec::with_capacity(PIECE_BYTES);
        file.by_ref().take(PIECE_BYTES as u64).read_to_end(&mut piece)?;
        Ok::<_, io::Error>((piece, file))
    });
    Ok(read.await.unwrap_or_else(|error| Err(io::Error::other(error)))?)
}

/// How the name of a file of this type ends.
const fn ending(mime: Mime) -> &'static str {
    match mime {
        Mime::Jpeg => "jpg",
        Mime::Png => "png",
        Mime::Webp => "webp",
        Mime::Heic => "heic",
        Mime::Avif => "avif",
        Mime::Pdf => "pdf",
        Mime::Track | Mime::Archive => "bin",
    }
}
