//! What the user has set on this phone.

use super::{
    JournalError, JournalRows, JournalTx,
    rows::{to_i64, to_u64, word},
};
use rusqlite::{ToSql, params, types::ToSqlOutput};
use strum::{EnumString, IntoStaticStr};

/// Over which networks pictures and attached files travel by themselves. Facts, documents and tracks are small and use
/// every network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Allowance {
    /// Any network.
    #[default]
    Any,
    /// Only a network that is not paid by what it carries.
    Unmetered,
}

impl ToSql for Allowance {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(<&str>::from(*self).into())
    }
}

/// How many bytes of other phones' pictures are kept unless the user sets it: 200 MB.
pub const LOOKS_BYTES_MAX: u64 = 200_000_000;

/// What the user has set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Over which networks pictures travel.
    pub pictures: Allowance,
    /// The most bytes of other phones' pictures that are kept for review.
    pub looks_bytes_max: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { pictures: Allowance::default(), looks_bytes_max: LOOKS_BYTES_MAX }
    }
}

impl JournalRows<'_> {
    /// What is set; the usual values while the user has set nothing.
    pub fn settings(&self) -> Result<Settings, JournalError> {
        let found = self.one("SELECT pictures, looks_bytes_max FROM settings", [], |row| {
            Ok(Settings { pictures: word(row, 0, Allowance::Any)?, looks_bytes_max: to_u64(row.get(1)?) })
        })?;
        Ok(found.unwrap_or_default())
    }
}

impl JournalTx<'_> {
    /// Keeps what is set.
    pub fn put_settings(&self, settings: Settings) -> Result<(), JournalError> {
        self.execute(
            "INSERT OR REPLACE INTO settings (one, pictures, looks_bytes_max) VALUES (1, ?1, ?2)",
            params![settings.pictures, to_i64(settings.looks_bytes_max)],
        )
        .map(drop)
    }
}
