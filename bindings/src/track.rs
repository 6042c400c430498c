//! The track of the running task: the records, then the calls.

use crate::{error::ClientError, noun::Noun};
use firebee_client::work::{
    Tracks as CoreTracks,
    track::{AppendedFixes, StartTrack, TrackStatus},
};
use firebee_domain::{
    evidence::{SegmentRef, TrackSegment},
    geofence::{Coverage, CoverageVerdict, DayCoverage, Gap},
    id::{BootId, ContentId, FactId, TaskId},
    task::Stamp,
    time::Timestamp,
    track::{Cause, Fix, Provider},
};

/// A piece of the track as the task holds it.
#[uniffi::remote(Record)]
pub struct SegmentRef {
    /// The `track.segment` fact.
    pub fact: FactId,
    /// When it was sealed.
    pub at: Stamp,
    /// What the fact says.
    pub segment: TrackSegment,
}

/// Body of `track.segment`; the fixes are in the blob.
#[uniffi::remote(Record)]
pub struct TrackSegment {
    /// The track blob.
    pub blob: ContentId,
    /// The boot whose clock the fixes carry; a segment never spans two.
    pub boot_id: BootId,
    /// The first fix, in ms since boot.
    pub first_boot_ms: i64,
    /// The last fix, in ms since boot.
    pub last_boot_ms: i64,
    /// How many fixes.
    pub fixes: u32,
    /// How many holes.
    pub holes: u32,
    /// Replayed from a file, not recorded live.
    pub replayed: bool,
}

/// For which task.
#[uniffi::remote(Record)]
pub struct StartTrack {
    /// The task.
    pub task: TaskId,
    /// Replayed from a file, not recorded live; said so wherever it is shown.
    pub replayed: bool,
}

/// The running track, for a screen.
#[uniffi::remote(Record)]
pub struct TrackStatus {
    /// The task it runs for.
    pub task: TaskId,
    /// Whether it is replayed from a file.
    pub replayed: bool,
    /// Fixes not sealed in a segment yet, those in hand included.
    pub open_fixes: u32,
}

/// What became of the fixes.
#[uniffi::remote(Record)]
pub struct AppendedFixes {
    /// Whether all fixes so far are in the journal; otherwise they will be within 10 s of fixes or 50 of them.
    pub durable: bool,
    /// Fixes kept and not sealed in a segment yet.
    pub open: u32,
}

/// One position that the phone was told.
#[uniffi::remote(Record)]
pub struct Fix {
    /// Milliseconds since boot, sleep included.
    pub boot_ms: i64,
    /// Latitude in 10^-6 degree, WGS-84 if the provider is GNSS.
    pub lat_e6: i32,
    /// Longitude in 10^-6 degree, WGS-84 if the provider is GNSS.
    pub lon_e6: i32,
    /// The stated accuracy in metres; 255 is "more or unknown".
    pub accuracy_m: u8,
    /// Who gave it.
    pub provider: Provider,
    /// Whether the platform says that an app invented it.
    pub mock: bool,
}

/// Who gave a fix. Only GNSS counts for a verdict: network fixes of Chinese phones may be in GCJ-02.
#[uniffi::remote(Enum)]
#[uniffi(name = "FixProvider")]
pub enum Provider {
    /// Satellites.
    Gnss = 0,
    /// Cells and wireless networks.
    Network = 1,
    /// The platform's own mixture.
    Fused = 2,
    /// Anything else.
    Other = 3,
}

/// Why nothing was recorded, as far as the phone can tell. A closed set: the number is a byte of the segment's blob.
#[uniffi::remote(Enum)]
pub enum Cause {
    /// Nothing is known.
    Unknown = 0,
    /// The operator stopped the track.
    StoppedByUser = 1,
    /// The location permission was missing or taken away.
    PermissionMissing = 2,
    /// The system ended the app.
    Killed = 3,
    /// Location was switched off.
    LocationOff = 4,
    /// No satellites, as in a basement.
    NoSignal = 5,
    /// The battery saver held location back.
    BatterySaver = 6,
    /// The phone was restarted or was off.
    Reboot = 7,
    /// The phone had no room left to record.
    DiskFull = 8,
    /// Fixes came, but none accurate enough to count.
    PoorAccuracy = 9,
    /// Fixes came, but were marked as invented.
    Mock = 10,
    /// Fixes came, but not from satellites.
    NotGnss = 11,
}

/// Whether the operator was where the work was. A flag for lead, report and regulator; it refuses nothing.
#[uniffi::remote(Enum)]
pub enum CoverageVerdict {
    /// Enough was recorded, and enough of that was inside.
    Covered,
    /// Enough was recorded, too little of it inside.
    NotCovered,
    /// Too little was recorded for any other answer.
    NotRecorded,
}

/// What a track says about a fence. The three sums add up to the task time, always.
#[uniffi::remote(Record)]
pub struct Coverage {
    /// Milliseconds inside the fence.
    pub inside_ms: i64,
    /// Milliseconds outside.
    pub outside_ms: i64,
    /// Milliseconds of which nothing counts.
    pub not_recorded_ms: i64,
    /// The answer.
    pub verdict: CoverageVerdict,
    /// Where the track is silent, in order.
    pub gaps: Vec<Gap>,
    /// A row for each day with task time, in order.
    pub days: Vec<DayCoverage>,
}

/// One day's share. The three sums add up to `to - from`.
#[uniffi::remote(Record)]
pub struct DayCoverage {
    /// The first fact of the task on this day of UTC+8.
    pub from: Timestamp,
    /// The last one.
    pub to: Timestamp,
    /// Milliseconds inside the fence.
    pub inside_ms: i64,
    /// Milliseconds outside.
    pub outside_ms: i64,
    /// Milliseconds of which nothing counts.
    pub not_recorded_ms: i64,
}

/// A stretch of the task time of which no position counts.
#[uniffi::remote(Record)]
pub struct Gap {
    /// Its first instant.
    pub from: Timestamp,
    /// The first instant after it.
    pub to: Timestamp,
    /// The likely cause.
    pub cause: Cause,
}

/// The track of the running task.
#[derive(uniffi::Object)]
pub struct Tracks(pub(crate) Noun<CoreTracks>);

#[uniffi::export(async_runtime = "tokio")]
impl Tracks {
    /// Starts the track of a task; it runs only while the task does.
    pub async fn start(&self, input: StartTrack) -> Result<(), ClientError> {
        self.0.off(move |tracks| tracks.start(input)).await
    }

    /// Keeps fixes, in the order of the boot clock; durable after at most 10 s or 50 fixes.
    pub async fn append(&self, fixes: Vec<Fix>) -> Result<AppendedFixes, ClientError> {
        self.0.off(move |tracks| tracks.append(&fixes)).await
    }

    /// Tells why fixes stop coming, so that the hole says so.
    pub async fn notice(&self, cause: Cause) -> Result<(), ClientError> {
        self.0.off(move |tracks| tracks.notice(cause)).await
    }

    /// Seals what is open and stops.
    pub async fn stop(&self) -> Result<(), ClientError> {
        self.0.off(|tracks| tracks.stop()).await
    }

    /// The running track, if one runs.
    pub async fn status(&self) -> Result<Option<TrackStatus>, ClientError> {
        self.0.off(|tracks| tracks.status()).await
    }
}
