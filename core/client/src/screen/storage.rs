//! The room that the phone uses, and what the user set about pictures.

use super::reading::Reading;
use crate::{core::RoomUsed, journal::Allowance, work::Trouble};
use firebee_protocol::{
    fact::BlobRole,
    text::{Arg, Text},
};

/// What takes room on the phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// What.
    pub what: String,
    /// How much, in words.
    pub text: String,
    /// How many bytes.
    pub bytes: i64,
}

/// How pictures travel, and how many of other phones are kept for review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureRules {
    /// Over which networks pictures and attached files travel by themselves.
    pub allowance: Allowance,
    /// What can be chosen.
    pub allowances: Vec<AllowanceChoice>,
    /// The most bytes of other phones' pictures that are kept.
    pub looks_bytes_max: i64,
    /// How much of that is used, in words.
    pub looks_text: String,
}

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllowanceChoice {
    /// Which.
    pub allowance: Allowance,
    /// What it is called.
    pub word: String,
}

/// Bytes as a shell takes them.
fn shown(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1}", bytes as f64 / 1_000_000.0)
}

impl Reading<'_> {
    /// What takes how much room; what takes none is left out.
    pub(super) fn storage(&self) -> Result<Vec<Use>, Trouble> {
        let RoomUsed { records, documents, looks, reserve } = self.eyes.core.room_used();
        let files = self.eyes.journal.blob_bytes()?.into_iter().map(|(role, bytes)| (of_role(role), bytes));
        let others = [
            (Text::PhoneUseLooks, looks),
            (Text::PhoneUseRecords, records),
            (Text::PhoneUseDocuments, documents),
            (Text::PhoneUseReserve, reserve),
        ];
        let row = |(what, bytes)| Use {
            what: self.say(what),
            text: self.with(Text::PhoneMegabytes, &[("megabytes", Arg::from(megabytes(bytes)))]),
            bytes: shown(bytes),
        };
        Ok(files.chain(others).filter(|(_, bytes)| *bytes > 0).map(row).collect())
    }

    pub(super) fn picture_rules(&self) -> PictureRules {
        let settings = self.eyes.core.settings();
        let choice = |allowance| AllowanceChoice { allowance, word: self.say(word(allowance)) };
        let values = [
            ("used", Arg::from(megabytes(self.eyes.core.room_used().looks))),
            ("most", Arg::from(megabytes(settings.looks_bytes_max))),
        ];
        PictureRules {
            allowance: settings.pictures,
            allowances: [Allowance::Any, Allowance::Unmetered].map(choice).into(),
            looks_bytes_max: shown(settings.looks_bytes_max),
            looks_text: self.with(Text::PhoneLooksKept, &values),
        }
    }
}

const fn word(allowance: Allowance) -> Text {
    match allowance {
        Allowance::Any => Text::PhoneAllowAny,
        Allowance::Unmetered => Text::PhoneAllowUnmetered,
    }
}

const fn of_role(role: BlobRole) -> Text {
    match role {
        BlobRole::Original => Text::PhoneUseOriginals,
        BlobRole::Preview => Text::PhoneUsePreviews,
        BlobRole::Thumb => Text::PhoneUseThumbnails,
        BlobRole::Track => Text::PhoneUseTracks,
        BlobRole::Attachment => Text::PhoneUseAttachments,
        BlobRole::Signature => Text::PhoneUseSignatures,
    }
}
