//! Ids: each noun has its own type, each type one text form.

use crate::code::Code;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// Why a text is not an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Not a lower-case hyphenated UUID.
    #[error("not a lower-case hyphenated UUID")]
    Uuid,
    /// Not `sha256-` and 64 lower-case hex digits.
    #[error("not sha256- and 64 lower-case hex digits")]
    Content,
    /// Not 64 lower-case hex digits.
    #[error("not 64 lower-case hex digits")]
    Hash,
}

impl IdError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        Code::IdMalformed
    }
}

/// The one list of ids, handed to the macro that is named: what an id is in Rust, Kotlin, Swift and Python follows from
/// its line here.
#[macro_export]
macro_rules! each_id {
    ($each:ident) => {
        $each! {
            uuid {
                /// A fact, version 7, made by the device.
                FactId,
                /// What happened: the id of a fact, or of an act of the office.
                EventId,
                /// An app or console account.
                AccountId,
                /// A fire technical service organisation.
                OrganisationId,
                /// A person on the personnel list.
                PersonId,
                /// An owner (client) of the organisation.
                OwnerId,
                /// A contract.
                ContractId,
                /// A project.
                ProjectId,
                /// A building of a project.
                BuildingId,
                /// A plan.
                PlanId,
                /// One catalogue item in one plan; for a typed facility the UUID it got in its task.
                PlanItemId,
                /// A task: the id of its `task.started` fact.
                TaskId,
                /// A fault: UUIDv5 of its task, item and ordinal.
                FaultId,
                /// A dispatch: UUIDv5 of its fault and the event that made it.
                DispatchId,
                /// A report.
                ReportId,
                /// A repair request of an owner.
                RepairId,
                /// An application of a firm for its first office account.
                ApplicationId,
                /// An application to change the personnel list.
                PersonnelChangeId,
                /// A token of a program.
                ApiTokenId,
                /// An address of a program that is told what happens.
                WebhookId,
                /// A robot of a chat group.
                RobotId,
                /// A regulator's unit: corps, detachment or brigade.
                RegulatorUnitId,
                /// An installation of the app, version 4.
                InstallId,
                /// One incarnation of a journal, version 4.
                StoreId,
                /// One incarnation of the server's data, version 4.
                IncarnationId,
                /// One attempt to claim an account, version 4.
                ClaimId,
                /// One boot of a phone, version 4.
                BootId,
                /// One request of the console, or of the phone's app, version 4.
                RequestId,
            }
            content {
                /// The id of bytes: a blob or a catalogue pack, `sha256-` and 64 hex digits.
                ContentId,
            }
        }
    };
}

macro_rules! uuid_ids { ($($(#[$doc:meta])* $name:ident),* $(,)?) => { $(
    $(#[$doc])*
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct $name(pub Uuid);

    impl fmt::Display for $name {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.0.hyphenated().fmt(f)
        }
    }
    impl FromStr for $name {
        type Err = IdError;
        fn from_str(text: &str) -> Result<Self, IdError> {
            canonical_uuid(text).map(Self)
        }
    }
    // A document holds thousands of ids, so none goes through the formatter.
    impl Serialize for $name {
        fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
            to.serialize_str(self.0.hyphenated().encode_lower(&mut Uuid::encode_buffer()))
        }
    }
    impl<'de> Deserialize<'de> for $name {
        fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            from_text(from)
        }
    }
)* }; }

impl From<FactId> for EventId {
    fn from(fact: FactId) -> Self {
        Self(fact.0)
    }
}

impl From<FactId> for TaskId {
    fn from(started: FactId) -> Self {
        Self(started.0)
    }
}

/// The characters of a UUID with its hyphens.
const HYPHENATED: usize = uuid::fmt::Hyphenated::LENGTH;

fn canonical_uuid(text: &str) -> Result<Uuid, IdError> {
    // No other form of a UUID that is read has as many characters.
    if text.len() != HYPHENATED || text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Err(IdError::Uuid);
    }
    Uuid::try_parse(text).map_err(|_| IdError::Uuid)
}

fn from_text<'de, D: Deserializer<'de>, T: FromStr<Err = IdError>>(from: D) -> Result<T, D::Error> {
    struct Text<T>(std::marker::PhantomData<T>);
    impl<T: FromStr<Err = IdError>> de::Visitor<'_> for Text<T> {
        type Value = T;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an id")
        }
        fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
            text.parse().map_err(E::custom)
        }
    }
    from.deserialize_str(Text(std::marker::PhantomData))
}

macro_rules! hash_ids { ($($(#[$doc:meta])* $name:ident, $prefix:literal, $error:expr);* $(;)?) => { $(
    $(#[$doc])*
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct $name(pub [u8; 32]);

    impl fmt::Display for $name {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str($prefix)?;
            f.write_str(std::str::from_utf8(&hex_of(&self.0)).unwrap_or_default())
        }
    }
    impl fmt::Debug for $name {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            fmt::Display::fmt(self, f)
        }
    }
    impl FromStr for $name {
        type Err = IdError;
        fn from_str(text: &str) -> Result<Self, IdError> {
            text.strip_prefix($prefix).and_then(hex_32).map(Self).ok_or($error)
        }
    }
    impl Serialize for $name {
        fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
            let mut text = [0; $prefix.len() + 64];
            let (prefix, digits) = text.split_at_mut($prefix.len());
            prefix.copy_from_slice($prefix.as_bytes());
            digits.copy_from_slice(&hex_of(&self.0));
            to.serialize_str(std::str::from_utf8(&text).unwrap_or_default())
        }
    }
    impl<'de> Deserialize<'de> for $name {
        fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            from_text(from)
        }
    }
)* }; }

hash_ids! {
    /// A SHA-256 hash, 64 hex digits.
    Hash, "", IdError::Hash;
}

macro_rules! id_types { (uuid { $($uuids:tt)* } content { $(#[$doc:meta])* $content:ident, }) => {
    uuid_ids! { $($uuids)* }
    hash_ids! { $(#[$doc])* $content, "sha256-", IdError::Content }
}; }

each_id!(id_types);

/// The digits of a hash. Every result and photo names one, so no digit goes through the formatter by itself.
fn hex_of(bytes: &[u8; 32]) -> [u8; 64] {
    let digit = |value: u8| if value < 10 { b'0' + value } else { b'a' - 10 + value };
    let mut out = [0; 64];
    for (pair, byte) in out.chunks_exact_mut(2).zip(bytes) {
        pair.copy_from_slice(&[digit(byte >> 4), digit(byte & 15)]);
    }
    out
}

fn hex_32(text: &str) -> Option<[u8; 32]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    if text.len() != 64 {
        return None;
    }
    let mut out = [0; 32];
    for (byte, pair) in out.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        let [high, low] = *pair else { return None };
        *byte = digit(high)? << 4 | digit(low)?;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_lower_case_hyphenated_form_is_an_id() {
        let text = "0190f3c4-0000-7000-8000-000000000001";
        assert_eq!(text.parse::<FactId>().map(|id| id.to_string()), Ok(text.to_owned()));
        for bad in [
            "0190F3C4-0000-7000-8000-000000000001",
            "0190f3c4000070008000000000000001",
            "{0190f3c4-0000-7000-8000-000000000001}",
            "",
            "x",
        ] {
            assert_eq!(bad.parse::<FactId>(), Err(IdError::Uuid), "{bad}");
        }
    }

    #[test]
    fn a_content_id_is_its_prefix_and_64_lower_case_digits() {
        let text = format!("sha256-{}", "0a".repeat(32));
        assert_eq!(text.parse::<ContentId>(), Ok(ContentId([10; 32])));
        assert_eq!(ContentId([10; 32]).to_string(), text);
        for bad in [text.to_uppercase(), text.replace("sha256-", ""), format!("{text}0"), "sha256-é".to_owned()] {
            assert_eq!(bad.parse::<ContentId>(), Err(IdError::Content), "{bad}");
        }
    }
}
