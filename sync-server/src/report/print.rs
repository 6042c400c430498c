//! Prints reports: the program `firebee-report` makes the PDF of a snapshot, one at a time, and its file is kept like any
//! other.

use super::printable::Coverage;
use crate::{
    blobs::{BlobKey, Blobs},
    office::report::generate::note_pdf,
    org::Org,
    query,
    random::uuid_v4,
    store::{Store, StoreError, Tx, json},
    upload::{AttachError, Attaching, Uploads, attach},
};
use firebee_domain::{
    id::{AccountId, ContentId, ReportId},
    report::{Agreement, Notice, Snapshot, Table},
};
use firebee_protocol::fact::Mime;
use std::{
    io,
    path::{Path, PathBuf},
    process::Stdio,
    sync::Arc,
    time::Duration,
};
use tokio::{
    process::Command,
    sync::{Mutex, OnceCell, Semaphore},
};

/// How long the printing of one report may take.
const TIME_MAX: Duration = Duration::from_secs(60);

/// How long a small picture may take to be made.
const SMALL_TIME_MAX: Duration = Duration::from_secs(10);
/// So many are made at once.
const SMALL_AT_ONCE: usize = 2;
/// The longer side of a small picture: twice what a page shows of it.
const SMALL_PX: u32 = 640;

/// Why a report has no PDF.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// The report is not there.
    #[error("the report is not there")]
    NotFound,
    /// The program is not installed.
    #[error("the program {} cannot be run: {source}", program.display())]
    Program {
        /// Where it was looked for.
        program: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It took too long, was ended, or told what it refuses.
    #[error("the report cannot be printed: {0}")]
    Refused(String),
    /// Its folder cannot be written.
    #[error(transparent)]
    Folder(#[from] io::Error),
    /// The file cannot be kept.
    #[error(transparent)]
    Keep(#[from] AttachError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Prints reports, one at a time. Clones are cheap.
#[derive(Clone)]
pub struct Printer {
    store: Store,
    blobs: Blobs,
    uploads: Uploads,
    pub(super) program: PathBuf,
    pub(super) fonts: Option<PathBuf>,
    /// What its fonts can print, once it was asked.
    pub(super) coverage: Arc<OnceCell<Coverage>>,
    /// Where the folders of reports that are being printed are.
    work: PathBuf,
    /// One report needs some hundred megabytes.
    turn: Arc<Mutex<()>>,
    /// A picture needs some ten megabytes; a page shows eight.
    small: Arc<Semaphore>,
}

impl Printer {
    /// A printer that runs this program.
    pub fn new(
        (store, blobs, uploads): (Store, Blobs, Uploads),
        (program, fonts): (PathBuf, Option<PathBuf>),
        work: PathBuf,
    ) -> Self {
        let small = Arc::new(Semaphore::new(SMALL_AT_ONCE));
        Self { store, blobs, uploads, program, fonts, coverage: Arc::default(), work, turn: Arc::default(), small }
    }

    /// Prints a report in the background, after the commit that generated it.
    pub fn print(&self, org: Org, report: ReportId) {
        let printer = self.clone();
        tokio::spawn(async move {
            if let Err(error) = printer.pdf(org, report).await {
                tracing::warn!(%error, %report, "a report was not printed; opening its PDF tries again");
            }
        });
    }

    /// The PDF of a report; printed now where it was not.
    ///
    /// # Errors
    /// See [`PrintError`].
    pub async fn pdf(&self, org: Org, report: ReportId) -> Result<ContentId, PrintError> {
        let _turn = self.turn.lock().await;
        let read = async move |tx: &mut Tx| {
            let row = query::report::report(tx, org, report).await?;
            let text = query::report::snapshot(tx, org, report).await?;
            Ok::<_, StoreError>(row.zip(text))
        };
        let (row, text) = self.store.read("read_report", read).await?.ok_or(PrintError::NotFound)?;
        if let Some(pdf) = row.pdf {
            return Ok(pdf);
        }
        let folder = self.work.join(report.to_string());
        let printed = self.printed(org, &folder, (&text, row.report.training)).await;
        if let Err(error) = tokio::fs::remove_dir_all(&folder).await {
            tracing::warn!(%error, "the folder of a printed report was not removed");
        }
        let pdf = self.kept(org, row.report.by, printed?).await?;
        note_pdf(&self.store, org, report, pdf).await?;
        Ok(pdf)
    }

    /// Whether a PDF can be bound into a report: it can be read, and has at most so many pages. Without the program nobody
    /// knows, and it is taken.
    pub async fn reads(&self, key: BlobKey, pages_max: u32) -> bool {
        let _turn = self.turn.lock().await;
        let mut command = Command::new(&self.program);
        command.arg("look").arg("--at").arg(self.blobs.path(key)).arg("--pages-max").arg(pages_max.to_string());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
        match tokio::time::timeout(TIME_MAX, command.status()).await {
            Ok(Ok(status)) => status.success(),
            Ok(Err(error)) => {
                tracing::warn!(%error, "no program looked at an uploaded report");
                true
            }
            Err(_) => false,
        }
    }

    /// A picture again as a small JPEG without what the camera wrote into it; `None` for one that cannot be decoded, and without
    /// the program.
    pub async fn small(&self, key: BlobKey) -> Option<Vec<u8>> {
        let _turn = self.small.acquire().await.ok()?;
        let to = self.work.join(format!("{}.small", uuid_v4().ok()?));
        tokio::fs::create_dir_all(&self.work).await.ok()?;
        let mut command = Command::new(&self.program);
        command.arg("shrink").arg("--at").arg(self.blobs.path(key)).arg("--to").arg(&to);
        command.arg("--side-max").arg(SMALL_PX.to_string());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
        let ended = tokio::time::timeout(SMALL_TIME_MAX, command.status()).await;
        let made = matches!(ended, Ok(Ok(status)) if status.success());
        let read = if made { tokio::fs::read(&to).await.ok() } else { None };
        // Without a picture there is no file to remove.
        let _ = tokio::fs::remove_file(&to).await;
        read
    }

    /// The PDF of a table. It is kept nowhere: what it says changes with the faults.
    ///
    /// # Errors
    /// See [`PrintError`].
    pub async fn table(&self, table: &Table) -> Result<Vec<u8>, PrintError> {
        self.passing("table", &json(table)?).await
    }

    /// The PDF of a notice. It is kept nowhere either.
    ///
    /// # Errors
    /// See [`PrintError`].
    pub async fn notice(&self, notice: &Notice) -> Result<Vec<u8>, PrintError> {
        self.passing("notice", &json(notice)?).await
    }

    /// The PDF of a contract's text. It is kept nowhere: what counts is the paper that was signed.
    ///
    /// # Errors
    /// See [`PrintError`].
    pub async fn agreement(&self, text: &Agreement) -> Result<Vec<u8>, PrintError> {
        self.passing("agreement", &json(text)?).await
    }

    /// Prints one document that is kept nowhere. The verb and its input have one name.
    async fn passing(&self, verb: &str, text: &str) -> Result<Vec<u8>, PrintError> {
        let id = uuid_v4().map_err(|error| StoreError::Lost(error.to_string()))?;
        let _turn = self.turn.lock().await;
        let folder = self.work.join(id.to_string());
        let laid_out = async {
            tokio::fs::create_dir_all(&folder).await?;
            tokio::fs::write(folder.join(format!("{verb}.json")), text).await?;
            self.run(verb, &folder, &[]).await
        };
        let printed = laid_out.await;
        if let Err(error) = tokio::fs::remove_dir_all(&folder).await {
            tracing::warn!(%error, "the folder of a printed document was not removed");
        }
        printed
    }

    /// a sign lies across each page of a report of a training project.
    async fn printed(&self, org: Org, folder: &Path, (text, training): (&str, bool)) -> Result<Vec<u8>, PrintError> {
        self.laid_out(org, folder, text).await?;
        self.run("render", folder, if training { &["--mark", "training"] } else { &[] }).await
    }

    /// Lets the program make a PDF of a folder.
    async fn run(&self, verb: &str, folder: &Path, more: &[&str]) -> Result<Vec<u8>, PrintError> {
        let file = folder.join("report.pdf");
        let mut command = Command::new(&self.program);
        command.arg(verb).arg("--from").arg(folder).arg("--to").arg(&file).args(more);
        if let Some(fonts) = &self.fonts {
            command.arg("--fonts").arg(fonts);
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        let child = command.spawn();
        let child = child.map_err(|source| PrintError::Program { program: self.program.clone(), source })?;
        let ended = tokio::time::timeout(TIME_MAX, child.wait_with_output()).await;
        let ended = ended.map_err(|_| PrintError::Refused(format!("not done within {} s", TIME_MAX.as_secs())))??;
        if !ended.status.success() {
            let said = String::from_utf8_lossy(&ended.stdout).trim().to_owned();
            return Err(PrintError::Refused(if said.is_empty() { ended.status.to_string() } else { said }));
        }
        Ok(tokio::fs::read(&file).await?)
    }

    /// Writes the snapshot, and links the pictures that it names.
    async fn laid_out(&self, org: Org, folder: &Path, text: &str) -> Result<(), PrintError> {
        let snapshot: Snapshot =
            serde_json::from_str(text).map_err(|error| StoreError::Bug(format!("a snapshot: {error}")))?;
        // A printing that was cut off left its folder: the process ended, or the browser went away.
        match tokio::fs::remove_dir_all(folder).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
        for part in ["photos", "signatures"] {
            tokio::fs::create_dir_all(folder.join(part)).await?;
        }
        tokio::fs::write(folder.join("snapshot.json"), text).await?;
        let photos = snapshot.photos.iter().map(|photo| (format!("photos/{}", photo.number), photo.preview));
        let signed = snapshot.witnesses.iter().zip(1..).map(|(held, at)| (format!("signatures/{at}"), held.signature));
        let upload = snapshot.upload.iter().map(|held| ("upload.pdf".to_owned(), held.file));
        for (name, id) in photos.chain(signed).chain(upload) {
            let blob = std::path::absolute(self.blobs.path(BlobKey { org, id }))?;
            tokio::fs::symlink(blob, folder.join(name)).await?;
        }
        Ok(())
    }

    async fn kept(&self, org: Org, account: AccountId, pdf: Vec<u8>) -> Result<ContentId, PrintError> {
        let mut file = Attaching::default();
        file.push(pdf.into())?;
        Ok(attach(&self.uploads, org, account, (file, Mime::is_attachable)).await?)
    }
}
