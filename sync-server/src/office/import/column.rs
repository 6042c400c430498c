//! The columns of each kind of table.

use crate::text::Text as T;
use firebee_domain::import::Kind;

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// The field that it fills, as the form names it.
    pub key: &'static str,
    /// What it is called.
    pub title: T,
    /// What else it is called, each name behind a bar.
    pub also: T,
    /// What stands in it.
    pub hint: T,
    /// What its cells are.
    pub form: Form,
    /// Whether a table without it is none.
    pub required: bool,
}

/// What a cell may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A text; a number is read as its digits.
    Text,
    /// Digits that are a name: a spreadsheet that took them for a number has lost some.
    Id,
    /// A phone number, or what somebody signs in as. A mobile number survives as a number, one with a zero in front does not.
    Phone,
}

const fn column(key: &'static str, [title, also, hint]: [T; 3], form: Form, required: bool) -> Column {
    Column { key, title, also, hint, form, required }
}

static OWNERS: [Column; 3] = [
    column("name", [T::OwnerName, T::ImportOwnerAlso, T::ImportOwnerHint], Form::Text, true),
    column("city", [T::OwnerCity, T::ImportCityAlso, T::ImportCityHint], Form::Text, true),
    column("address", [T::OwnerAddress, T::ImportAddressAlso, T::OwnerAddressHint], Form::Text, true),
];

static CONTACTS: [Column; 4] = [
    column("owner", [T::PartOwner, T::ImportOwnerAlso, T::ImportOwnerOfHint], Form::Text, true),
    column("name", [T::ContactName, T::ImportPersonAlso, T::ImportPersonHint], Form::Text, true),
    column("phone", [T::ContactPhone, T::ImportPhoneAlso, T::ImportPhoneHint], Form::Phone, true),
    column("login", [T::ContactLogin, T::ImportLoginAlso, T::ContactLoginHint], Form::Phone, false),
];

/// The columns, in the order of the template.
#[must_use]
pub fn columns(kind: Kind) -> &'static [Column] {
    match kind {
        Kind::Owners => &OWNERS,
        Kind::Contacts => &CONTACTS,
    }
}

/// What a kind is called.
#[must_use]
pub const fn title(kind: Kind) -> T {
    match kind {
        Kind::Owners => T::OwnerList,
        Kind::Contacts => T::ContactList,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use firebee_domain::import::IMPORT_ROWS_MAX;
    use firebee_protocol::text::{Language, say};
    use strum::VariantArray as _;

    const GUIDE: &str = include_str!("../../../../docs/tables.md");

    #[test]
    fn the_guide_names_every_column_with_its_names_and_the_limits() {
        for column in Kind::VARIANTS.iter().flat_map(|kind| columns(*kind)) {
            let (title, needed) = (say(Language::Zh, column.title), if column.required { "yes" } else { "no" });
            let row = format!("| {title} | `{}` | {needed} | ", column.key);
            let line = GUIDE.lines().find(|line| line.starts_with(&row)).unwrap_or_else(|| panic!("no row {row}"));
            let also = say(Language::Zh, column.also);
            assert!(also.split('|').all(|name| name == title || line.contains(name)), "{line} lacks one of {also}");
        }
        let limits = [crate::sheet::FILE_BYTES_MAX >> 20, crate::sheet::CELLS_MAX, IMPORT_ROWS_MAX as usize];
        assert!(limits.iter().all(|limit| GUIDE.contains(&format!("| {limit}"))), "{limits:?}");
    }
}
