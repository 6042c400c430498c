//! The looks of owners' contacts in words.

use super::Reader;
use crate::{
    query::look::{Look, LookKind, LookRow, Looked},
    text::Text as T,
};
use firebee_protocol::text::When;

/// Who has looked, and when.
pub struct LookLine {
    /// The contact's name.
    pub contact: String,
    /// Its owner's name.
    pub owner: String,
    /// When it looked first.
    pub at: When,
}

/// A look in a list.
pub struct LookedLine {
    /// What was looked at.
    pub name: String,
    /// Its page.
    pub href: String,
    /// Whether that is a report or a fault, in a word.
    pub kind: String,
    /// The project's name.
    pub project_name: String,
    /// Who looked, and when.
    pub look: LookLine,
}

/// A look in words.
#[must_use]
pub fn look(reader: Reader<'_>, look: &Look) -> LookLine {
    LookLine { contact: look.contact.clone(), owner: look.owner.clone(), at: reader.when(look.at) }
}

/// A row in words.
#[must_use]
pub fn line(reader: Reader<'_>, row: &LookRow) -> LookedLine {
    let href = match row.looked {
        Looked::Report(id) => format!("/reports/{id}"),
        Looked::Fault(id) => format!("/faults/{id}"),
    };
    LookedLine {
        name: row.name.clone(),
        href,
        kind: reader.t(kind(row.looked.parts().0)),
        project_name: row.project_name.clone(),
        look: look(reader, &row.look),
    }
}

/// What was looked at, in a word.
pub(crate) const fn kind(kind: LookKind) -> T {
    match kind {
        LookKind::Report => T::LookReport,
        LookKind::Fault => T::LookFault,
    }
}
