//! Imports the working days of a year.

use crate::{
    office::{report::generate::lock, rule::Rule},
    query, row, sql,
    store::{Store, StoreError, Tx, json},
};
use firebee_domain::{
    calendar::{Calendar, ChangedDay, Year, YearError},
    code::Code,
    report::Report,
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
    /// How many reports that wait to be filed get another last day, or one that is settled now.
    pub deadlines: usize,
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
        let deadlines = take_again(tx, &after, at.is_some()).await?;
        Ok(Imported {
            year: year.year,
            is_new: before.year(year.year).is_none(),
            changed: before.difference(&year),
            versions: [before.version(), after.version()],
            deadlines,
        })
    };
    match at {
        Some(_) => store.write("import_calendar", job).await,
        None => store.read("look_at_calendar", job).await,
    }
}

/// Takes the deadlines of all reports that wait to be filed by the new calendar; how many change for who reads them.
async fn take_again(tx: &mut Tx, calendar: &Calendar, writes: bool) -> Result<usize, StoreError> {
    let mut changed = 0;
    let days = query::region::region(tx).await?.filing_working_days;
    let mut waiting = Vec::new();
    for org in query::org::all(tx).await? {
        waiting.extend(query::report::waiting(tx, org).await?.into_iter().map(|report| (org, report)));
    }
    for (org, seen) in waiting {
        if seen.deadline.again(seen.at.china_day(), calendar, days) == seen.deadline {
            continue;
        }
        if writes {
            // Who files it meanwhile holds the same lock, and takes the deadline by this calendar, too.
            lock(tx, org, seen.project).await?;
        }
        let Some(held) = query::report::report(tx, org, seen.id).await?.map(|row| row.report) else { continue };
        let deadline = held.deadline.again(held.at.china_day(), calendar, days);
        if held.filing.is_some() || deadline == held.deadline {
            continue;
        }
        changed += usize::from((deadline.day, deadline.provisional) != (held.deadline.day, held.deadline.provisional));
        if writes {
            let keep = sql!("UPDATE report SET body = ?3, deadline = ?4 WHERE org = ?1 AND id = ?2");
            let (id, day) = (held.id, deadline.day.to_string());
            let body = json(&Report { deadline, ..held })?;
            tx.execute(keep, &row![org, &id, &body, &day]).await?;
        }
    }
    Ok(changed)
}
