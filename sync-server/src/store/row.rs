//! The rows that come out of a statement.

use super::StoreError;
use firebee_protocol::problem::CodeWord;
use rusqlite::types::ValueRef;
use std::error::Error;
use tokio_postgres::types::{FromSql, Type};
use uuid::Uuid;

/// One result row; its columns are read by position with [`Row::get`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row(pub(super) Vec<Cell>);

impl Row {
    /// The column at `index`, from 0. Types: `i64`, `u64`, `u32`, `bool`, `&str`, `String`, `&[u8]`, `Vec<u8>`,
    /// `[u8; N]`, `Uuid`, the domain's ids, hashes, instants, days and words, and `Option` of these.
    ///
    /// # Errors
    /// [`StoreError::Bug`] if there is no such column, or it is of another type, no such value, or NULL for a type that is not an
    /// `Option`.
    pub fn get<'r, T: FromCell<'r>>(&'r self, index: usize) -> Result<T, StoreError> {
        let cell = self.0.get(index);
        cell.and_then(T::from_cell).ok_or_else(|| {
            let found = cell.map_or("missing", Cell::kind);
            StoreError::Bug(format!("column {index} is {found}, wanted {}", std::any::type_name::<T>()))
        })
    }

    /// The row without its first columns.
    pub fn behind(mut self, columns: usize) -> Self {
        self.0.drain(..columns.min(self.0.len()));
        self
    }
}

/// One value of a row, owned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// NULL.
    Null,
    /// Any integer, and PostgreSQL's booleans.
    Int(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
}

impl Cell {
    const fn kind(&self) -> &'static str {
        match self {
            Self::Null => "NULL",
            Self::Int(_) => "an integer",
            Self::Text(_) => "a text",
            Self::Blob(_) => "a blob",
        }
    }
}

impl<'r> FromSql<'r> for Cell {
    fn from_sql(ty: &Type, raw: &'r [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(match *ty {
            Type::INT8 => Self::Int(i64::from_sql(ty, raw)?),
            // What `SELECT 1` and `EXISTS (…)` are here; SQLite answers both with an INTEGER.
            Type::INT4 => Self::Int(i32::from_sql(ty, raw)?.into()),
            Type::BOOL => Self::Int(bool::from_sql(ty, raw)?.into()),
            Type::BYTEA => Self::Blob(raw.to_vec()),
            _ => Self::Text(String::from_sql(ty, raw)?),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self::Null)
    }

    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::INT8 | Type::INT4 | Type::BOOL | Type::BYTEA | Type::TEXT | Type::VARCHAR)
    }
}

impl TryFrom<ValueRef<'_>> for Cell {
    type Error = StoreError;

    fn try_from(value: ValueRef<'_>) -> Result<Self, StoreError> {
        Ok(match value {
            ValueRef::Null => Self::Null,
            ValueRef::Integer(v) => Self::Int(v),
            ValueRef::Blob(v) => Self::Blob(v.to_vec()),
            ValueRef::Text(v) => {
                Self::Text(String::from_utf8(v.to_vec()).map_err(|e| StoreError::Bug(e.utf8_error().to_string()))?)
            }
            ValueRef::Real(_) => return Err(StoreError::Bug("a REAL is not portable".into())),
        })
    }
}

/// A type that [`Row::get`] can give.
pub trait FromCell<'r>: Sized {
    /// The value, or `None` if the cell is of another kind.
    fn from_cell(cell: &'r Cell) -> Option<Self>;
}

macro_rules! cells {
    ($($into:ty: $cell:pat => $value:expr),* $(,)?) => { $(
        impl<'r> FromCell<'r> for $into {
            fn from_cell(cell: &'r Cell) -> Option<Self> {
                if let $cell = cell { $value } else { None }
            }
        }
    )* };
}
cells! {
    i64: Cell::Int(v) => Some(*v),
    bool: Cell::Int(v) => Some(*v != 0),
    &'r str: Cell::Text(v) => Some(v),
    String: Cell::Text(v) => Some(v.clone()),
    &'r [u8]: Cell::Blob(v) => Some(v),
    Vec<u8>: Cell::Blob(v) => Some(v.clone()),
    Uuid: Cell::Blob(v) => Uuid::from_slice(v).ok(),
    CodeWord: Cell::Text(v) => Some(v.clone().into()),
}
impl<'r, const N: usize> FromCell<'r> for [u8; N] {
    fn from_cell(cell: &'r Cell) -> Option<Self> {
        if let Cell::Blob(v) = cell { v.as_slice().try_into().ok() } else { None }
    }
}
impl<'r, T: FromCell<'r>> FromCell<'r> for Option<T> {
    fn from_cell(cell: &'r Cell) -> Option<Self> {
        if *cell == Cell::Null { Some(None) } else { T::from_cell(cell).map(Some) }
    }
}
