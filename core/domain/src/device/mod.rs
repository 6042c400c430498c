//! Devices: the facts that a phone records about itself. They change no task. The row of a device on the server is the
//! lock of its store.

use crate::{
    account::Action,
    fact::{Footing, Says, Text},
    id::ContentId,
    text::NAME_MAX,
    time::Anchor,
};
use serde::{Deserialize, Serialize};

/// Body of `device.note`: something about the device that an auditor wants to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "note")]
pub enum DeviceNote {
    /// The server's clock at an instant of this boot; facts of the boot are bounded by it.
    Anchor {
        /// The anchor.
        anchor: Anchor,
        /// The server's signature over this store and the time of the anchor, base64url. An anchor without a valid one
        /// is a statement.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stamp: Option<String>,
    },
    /// A blob's bytes are wrong or gone on the phone.
    LostLocal {
        /// The blob.
        blob: ContentId,
    },
    /// A permission that the track needs is not given.
    PermissionMissing {
        /// Which, such as `location_always`.
        permission: String,
    },
    /// The wall clock jumped.
    ClockJump {
        /// By how much, ms.
        by_ms: i64,
    },
    /// The platform reported a mock location.
    MockLocation,
    /// A receipt lies outside the bound that the device computed itself.
    ReceiptOutsideBound {
        /// The seq of the receipt.
        seq: u64,
    },
    /// The server's documents differ from the device's copy of them.
    DigestMismatch {
        /// The feed number at which it was seen.
        feed_seq: u64,
    },
}

impl Says for DeviceNote {
    const KIND: &'static str = "device.note";
    const ACTION: Action = Action::NoteDevice;
    const FOOTING: Footing = Footing::Device;

    fn texts(&self) -> Vec<Text<'_>> {
        match self {
            Self::PermissionMissing { permission } => vec![(permission, NAME_MAX)],
            Self::Anchor { stamp: Some(stamp), .. } => vec![(stamp, NAME_MAX)],
            _ => Vec::new(),
        }
    }

    fn anchor(&self) -> Option<Anchor> {
        match self {
            Self::Anchor { anchor, .. } => Some(*anchor),
            _ => None,
        }
    }
}
