//! What a shell provides: the platform's keystore and its clocks, each a trait and an adapter.

use crate::error::ClientError;
use firebee_client::ports::{Clock, Clocks, SatelliteTime, Signer, SignerError, public_key_of, signature_of};
use firebee_domain::{code::Code, id::BootId, time::Timestamp};
use firebee_protocol::{sign::PublicKey, text::Language};
use std::sync::{Arc, Mutex, PoisonError};

/// The platform's keystore: one P-256 key an alias, which never leaves it and is in no backup.
#[uniffi::export(foreign)]
pub trait KeyStore: Send + Sync {
    /// Makes the key of this alias, in place of one that was there; gives its public half, SPKI or uncompressed point.
    fn create(&self, alias: String) -> Result<Vec<u8>, ClientError>;
    /// The public half; nothing only if the keystore says that there is no such key, or that it is invalidated for ever.
    fn public_key(&self, alias: String) -> Result<Option<Vec<u8>>, ClientError>;
    /// Signs by ECDSA with SHA-256; DER or 64 bytes.
    fn sign(&self, alias: String, text: Vec<u8>) -> Result<Vec<u8>, ClientError>;
}

/// What the phone's clocks say at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ClockReading {
    /// The wall clock.
    pub wall: Timestamp,
    /// Milliseconds since boot, sleep included.
    pub boot_ms: i64,
    /// The boot: another one after each restart, the same until then.
    pub boot_id: BootId,
    /// The time that satellites gave last in this boot: that of a location whose provider is GNSS, never the network's.
    #[uniffi(default)]
    pub satellites: Option<SatelliteReading>,
}

/// A time that satellites gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct SatelliteReading {
    /// The time of the location.
    pub at: Timestamp,
    /// The boot clock of the location (`elapsedRealtimeNanos` on Android), in milliseconds.
    pub boot_ms: i64,
}

/// The platform's clocks (`elapsedRealtime` on Android, `mach_continuous_time` on Apple's systems).
#[uniffi::export(foreign)]
pub trait DeviceClock: Send + Sync {
    /// All three clocks, read close together.
    fn read(&self) -> Result<ClockReading, ClientError>;
}

/// A keystore as the core takes it.
pub struct KeyStorePort(pub Arc<dyn KeyStore>);

impl Signer for KeyStorePort {
    fn create(&self, alias: &str) -> Result<PublicKey, SignerError> {
        public_key_of(&self.0.create(alias.to_owned()).map_err(refused)?)
    }
    fn public_key(&self, alias: &str) -> Result<Option<PublicKey>, SignerError> {
        self.0.public_key(alias.to_owned()).map_err(refused)?.map(|bytes| public_key_of(&bytes)).transpose()
    }
    fn sign(&self, alias: &str, text: &[u8]) -> Result<[u8; 64], SignerError> {
        signature_of(&self.0.sign(alias.to_owned(), text.to_vec()).map_err(refused)?)
    }
}

/// Only the code `key_gone` says that the key is gone. Any other error of a shell counts as temporary.
fn refused(error: ClientError) -> SignerError {
    let ClientError::Failed { code, .. } = error;
    if code == Code::KeyGone { SignerError::Gone } else { SignerError::Unavailable { reason: code.into() } }
}

/// A shell's clocks as the core takes them. When a reading fails, the last one counts, so that time never runs
/// backwards.
pub struct DeviceClockPort {
    clock: Arc<dyn DeviceClock>,
    last: Mutex<ClockReading>,
}

impl DeviceClockPort {
    /// Reads the clocks once, so that there is a last reading.
    ///
    /// # Errors
    /// The shell cannot read them.
    pub fn new(clock: Arc<dyn DeviceClock>) -> Result<Self, ClientError> {
        let last = Mutex::new(clock.read()?);
        Ok(Self { clock, last })
    }
}

impl Clock for DeviceClockPort {
    fn now(&self) -> Clocks {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Ok(reading) = self.clock.read() {
            *last = reading;
        }
        let satellites = last.satellites.map(|given| SatelliteTime { at: given.at, boot_ms: given.boot_ms });
        Clocks { wall_ms: last.wall, boot_ms: last.boot_ms, boot_id: last.boot_id, satellites }
    }
}

/// Where the platform has no clock of ours.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub fn system_clock(language: Language) -> Result<Arc<dyn Clock>, ClientError> {
    Err(ClientError::of(Code::ClockRequired, language))
}

/// The clocks of Linux and Android.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub fn system_clock(language: Language) -> Result<Arc<dyn Clock>, ClientError> {
    let clock = firebee_client::ports::SystemClock::new();
    let clock = clock.map_err(|_| ClientError::of(Code::ClockRequired, language))?;
    Ok(Arc::new(clock))
}
