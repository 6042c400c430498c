//! Reports: what one says is put together here from the views of its tasks, frozen, and printed.
//!
//! A report is read by people who know no system: every text is Chinese, as the authority files it, whatever the language
//! of who generates it.

mod album;
mod basics;
mod compose;
mod course;
mod cover;
mod dispatches;
mod drawing;
mod facilities;
mod faults;
mod people;
mod print;
mod printable;
mod records;
mod site;

pub use compose::Composer;
pub use print::{PrintError, Printer};

use crate::{query::whole::WholeTask, text::Text as T, view::Reader};
use firebee_domain::{report::Named, task::Stamp, track::Fix};
use firebee_protocol::text::{Arg, Language};

/// A task of the report, with the fixes of its track.
struct Worked {
    whole: WholeTask,
    fixes: Vec<Vec<Fix>>,
}

/// A value with its name.
fn named(reader: Reader<'_>, name: T, value: impl Into<String>) -> Named {
    Named { name: reader.t(name), value: value.into() }
}

/// An instant as a report says it: day and second, and how sure that is.
fn told(reader: Reader<'_>, stamp: &Stamp) -> String {
    let when = reader.recorded(stamp);
    match when.sure {
        Some(sure) => reader.say(T::ReportTimeSure, &[("time", Arg::from(when.exact)), ("sure", Arg::from(sure))]),
        None => when.exact,
    }
}

/// The language of every report.
const LANGUAGE: Language = Language::Zh;
