//! Imports the working days of a year.

use crate::{
    office::rule::Rule,
    query, row, sql,
    store::{Store, StoreError, Tx, json},
};
use firebee_domain::{
    calendar::{ChangedDay, Year, YearError},
    code::Code,
    time::Timestamp,
};
use firebee_protocol::text::{Arg, named::Values};

/// What a file changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Its year.
    pub year: i32,
    /// Whether nothing was known of that year before.
    pub is_new: bool,
    /// The days that are worked now and were not, or the other way round.
    pub changed: Vec<ChangedDay>,
    /// The versions of the calendar before and after.
    pub versions: [String; 2],
}

/// Why a file is not imported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// The file is not as it should be.
    #[error(transparent)]
    Year(#[from] YearError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Rule for ImportError {
    fn code(&self) -> Code {
        match self {
            Self::Year(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }

    fn values(&self) -> Values {
        match self {
            Self::Year(error) => error.day().map(|day| ("day", Arg::from(day.to_string()))).into_iter().collect(),
            Self::Store(_) => Values::new(),
        }
    }
}

/// Imports a file `at` an instant; without one it only tells what the file would change. A year that was imported before
/// is replaced.
///
/// # Errors
/// See [`ImportError`].
pub async fn import(store: &Store, file: &str, at: Option<Timestamp>) -> Result<Imported, ImportError> {
    let year = Year::read(file)?;
    let body = json(&year)?;
    let job = async move |tx: &mut Tx| {
        let before = query::calendar::calendar(tx).await?;
        let after = before.clone().with([year.clone()]);
        if let Some(at) = at {
            let keep = sql!(
                "INSERT INTO calendar_year(year, body, imported_ms) VALUES (?1, ?2, ?3)
                 ON CONFLICT (year) DO UPDATE SET body = excluded.body, imported_ms = excluded.imported_ms"
            );
            tx.execute(keep, &row![i64::from(year.year), &body, at]).await?;
        }
        Ok(Imported {
            year: year.year,
            is_new: before.year(year.year).is_none(),
            changed: before.difference(&year),
            versions: [before.version(), after.version()],
        })
    };
    match at {
        Some(_) => store.write("import_calendar", job).await,
        None => store.read("look_at_calendar", job).await,
    }
}
