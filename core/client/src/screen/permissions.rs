//! The permissions that the app needs, one at a time, each with its reason. The core gives order and words; the shell
//! asks.

use super::Screens;
use firebee_protocol::text::{Text, say};
use strum::VariantArray;

/// A permission of the phone. They stand in the order of asking: what no work can begin without comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, VariantArray)]
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
#[derive(Clone, Debug, PartialEq, Eq)]
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

impl Permission {
    const fn texts(self) -> [Text; 3] {
        match self {
            Self::LocationAlways => {
                [Text::PhonePermissionLocation, Text::PhonePermissionLocationWhy, Text::PhonePermissionLocationWithout]
            }
            Self::Camera => {
                [Text::PhonePermissionCamera, Text::PhonePermissionCameraWhy, Text::PhonePermissionCameraWithout]
            }
            Self::Notifications => [
                Text::PhonePermissionNotifications,
                Text::PhonePermissionNotificationsWhy,
                Text::PhonePermissionNotificationsWithout,
            ],
            Self::Battery => {
                [Text::PhonePermissionBattery, Text::PhonePermissionBatteryWhy, Text::PhonePermissionBatteryWithout]
            }
        }
    }
}

impl Screens {
    /// The permissions that are still to be asked for, in the order of asking.
    pub fn permissions(&self, granted: &[Permission]) -> Vec<PermissionStep> {
        let language = self.0.language();
        let step = |permission: Permission| {
            let [title, why, without] = permission.texts().map(|text| say(language, text));
            PermissionStep { permission, title, why, without }
        };
        Permission::VARIANTS.iter().filter(|held| !granted.contains(held)).copied().map(step).collect()
    }
}
