//! Ids, hashes, instants and days go in and come out of columns as themselves.

use super::{Cell, FromCell, Row, StoreError, Value};
use crate::org::Org;
use chrono::NaiveDate;
use firebee_domain::{
    each_id, id,
    time::{Month, Timestamp},
};
use uuid::Uuid;

impl Row {
    /// The firm in the columns `first`, its number, and the next, its organisation's id.
    ///
    /// # Errors
    /// As [`Row::get`].
    pub fn org(&self, first: usize) -> Result<Org, StoreError> {
        Ok(Org::new(self.get(first)?, self.get(first + 1)?))
    }
}
impl From<Org> for Value<'_> {
    fn from(org: Org) -> Self {
        Self::Int(org.number())
    }
}

macro_rules! uuid_columns { (uuid { $($(#[$doc:meta])* $name:ident,)* } $($others:tt)*) => { $(
    impl<'r> FromCell<'r> for id::$name {
        fn from_cell(cell: &'r Cell) -> Option<Self> {
            Uuid::from_cell(cell).map(Self)
        }
    }
    impl<'a> From<&'a id::$name> for Value<'a> {
        fn from(id: &'a id::$name) -> Self {
            Self::Blob(id.0.as_bytes())
        }
    }
)* }; }
each_id!(uuid_columns);

macro_rules! hash_columns { ($($name:ident),*) => { $(
    impl<'r> FromCell<'r> for id::$name {
        fn from_cell(cell: &'r Cell) -> Option<Self> {
            <[u8; 32]>::from_cell(cell).map(Self)
        }
    }
    impl<'a> From<&'a id::$name> for Value<'a> {
        fn from(id: &'a id::$name) -> Self {
            Self::Blob(&id.0)
        }
    }
)* }; }
hash_columns!(ContentId, Hash);

impl FromCell<'_> for Timestamp {
    fn from_cell(cell: &Cell) -> Option<Self> {
        i64::from_cell(cell).map(Self)
    }
}
impl From<Timestamp> for Value<'_> {
    fn from(at: Timestamp) -> Self {
        Self::Int(at.0)
    }
}

impl FromCell<'_> for Month {
    fn from_cell(cell: &Cell) -> Option<Self> {
        <&str>::from_cell(cell)?.parse().ok()
    }
}
impl FromCell<'_> for NaiveDate {
    fn from_cell(cell: &Cell) -> Option<Self> {
        <&str>::from_cell(cell)?.parse().ok()
    }
}

impl FromCell<'_> for u64 {
    fn from_cell(cell: &Cell) -> Option<Self> {
        i64::from_cell(cell)?.try_into().ok()
    }
}
impl FromCell<'_> for u32 {
    fn from_cell(cell: &Cell) -> Option<Self> {
        i64::from_cell(cell)?.try_into().ok()
    }
}
