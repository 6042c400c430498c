//! The first screen and the settings: who is signed in, what the phone has to allow.

use firebee_client::screen::{self, Act, Chip, Me, Permission, PermissionStep};
use firebee_protocol::text::Language;

/// Who is signed in.
#[uniffi::remote(Record)]
pub struct Me {
    /// The holder's name, once the account has been pulled.
    pub person: Option<String>,
    /// The login as typed; it fills the field of the next sign-in.
    pub login: Option<String>,
    /// What the holder is, once the account has been pulled.
    pub role_word: Option<String>,
    /// Whether the holder leads a project.
    pub leads: bool,
    /// The organisation, once the account has been pulled.
    pub organisation: Option<String>,
    /// How far signing in is.
    pub state: Chip,
    /// Recording work.
    pub may_record: Act,
    /// Signing out.
    pub sign_out: Act,
    /// Erasing everything that this phone keeps of the account.
    pub wipe: Act,
}

/// A permission of the phone.
#[uniffi::remote(Enum)]
pub enum Permission {
    /// The location, also while the app is in the background.
    LocationAlways,
    /// The camera.
    Camera,
    /// Notifications.
    Notifications,
    /// No battery saving for the app.
    Battery,
}

/// A permission that is still to be asked for.
#[uniffi::remote(Record)]
pub struct PermissionStep {
    /// Which.
    pub permission: Permission,
    /// What it is called.
    pub title: String,
    /// What it is needed for.
    pub why: String,
    /// What happens without it.
    pub without: String,
}

/// How a phone of this maker is told to keep the app running, line by line. The maker is the phone's own word for it.
#[uniffi::export]
pub fn battery_guide(maker: &str, language: Language) -> Vec<String> {
    screen::guide(maker, language)
}
