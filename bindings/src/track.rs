//! The track of the running task: start, append, stop.

use crate::{error::ClientError, noun::Noun};
use firebee_client::work::{Tracks as CoreTracks, track::StartTrack};
use firebee_domain::{
    id::{RequestId, TaskId},
    track::{Cause, Fix as CoreFix, Provider},
};

/// What the core's fix holds for an accuracy that is worse than it can say, or not known.
const ACCURACY_UNKNOWN: u8 = u8::MAX;

/// For which task.
#[uniffi::remote(Record)]
pub struct StartTrack {
    /// The task.
    pub task: TaskId,
    /// Replayed from a file, not recorded live; said so wherever it is shown.
    #[uniffi(default)]
    pub replayed: bool,
}

/// One position that the phone was told.
#[derive(Clone, Copy, Debug, PartialEq, uniffi::Record)]
pub struct Fix {
    /// Milliseconds since boot, sleep included.
    pub boot_ms: i64,
    /// Latitude in degrees, WGS-84 if the provider is GNSS.
    pub lat: f64,
    /// Longitude in degrees, WGS-84 if the provider is GNSS.
    pub lon: f64,
    /// The stated accuracy in metres; nothing where the platform states none.
    pub accuracy_m: Option<f32>,
    /// Who gave it.
    pub provider: Provider,
    /// Whether the platform says that an app invented it.
    pub mock: bool,
}

impl From<Fix> for CoreFix {
    fn from(fix: Fix) -> Self {
        // A conversion of a float ends at the bounds of the integer, and not-a-number gives 0: both are no place here.
        let accuracy = fix.accuracy_m.filter(|accuracy| *accuracy >= 0.0).map(|accuracy| accuracy.ceil() as u8);
        Self {
            boot_ms: fix.boot_ms,
            lat_e6: (fix.lat * 1e6).round() as i32,
            lon_e6: (fix.lon * 1e6).round() as i32,
            accuracy_m: accuracy.unwrap_or(ACCURACY_UNKNOWN),
            provider: fix.provider,
            mock: fix.mock,
        }
    }
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

/// The track of the running task.
#[derive(uniffi::Object)]
pub struct Tracks(pub(crate) Noun<CoreTracks>);

#[uniffi::export(async_runtime = "tokio")]
impl Tracks {
    /// Starts the track of a task; it runs only while the task does.
    #[uniffi::method(default(request = None))]
    pub async fn start(&self, input: StartTrack, request: Option<RequestId>) -> Result<(), ClientError> {
        self.0.once(request, move |tracks| tracks.start(input)).await
    }

    /// Keeps fixes, in the order of the boot clock. Gives whether all so far are on the disk; otherwise they will be
    /// within 10 s of fixes or 50 of them.
    pub async fn append(&self, fixes: Vec<Fix>) -> Result<bool, ClientError> {
        let fixes: Vec<CoreFix> = fixes.into_iter().map(Into::into).collect();
        self.0.off(move |tracks| tracks.append(&fixes).map(|kept| kept.durable)).await
    }

    /// Tells why fixes stop coming, so that the hole says so, and when the phone said it: in milliseconds since boot, as a
    /// fix has them. A call that comes late explains the silence all the same.
    pub async fn notice(&self, cause: Cause, heard_boot_ms: i64) -> Result<(), ClientError> {
        self.0.off(move |tracks| tracks.notice(cause, heard_boot_ms)).await
    }

    /// Seals what is open and stops.
    #[uniffi::method(default(request = None))]
    pub async fn stop(&self, request: Option<RequestId>) -> Result<(), ClientError> {
        self.0.once(request, |tracks| tracks.stop()).await
    }
}
