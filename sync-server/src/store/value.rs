//! The values that go into a statement: four kinds, on which both engines agree.

use bytes::BytesMut;
use firebee_domain::code::Code;
use rusqlite::types::{ToSqlOutput, ValueRef};
use std::error::Error;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use uuid::Uuid;

/// One parameter. Decimals and times are texts or integers of the domain: no engine's REAL or TIMESTAMP is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// NULL of any type.
    Null,
    /// BIGINT; a boolean is 0 or 1.
    Int(i64),
    /// TEXT.
    Text(&'a str),
    /// BYTEA.
    Blob(&'a [u8]),
}

impl Value<'_> {
    /// The type as which a statement without a name takes the value. The engine finds the type of NULL itself.
    pub(super) const fn ty(&self) -> Type {
        match self {
            Self::Null => Type::UNKNOWN,
            Self::Int(_) => Type::INT8,
            Self::Text(_) => Type::TEXT,
            Self::Blob(_) => Type::BYTEA,
        }
    }

    /// The type of the value, for errors. Errors never show the value itself.
    const fn kind(&self) -> &'static str {
        match self {
            Self::Null => "NULL",
            Self::Int(_) => "an integer",
            Self::Text(_) => "a text",
            Self::Blob(_) => "a blob",
        }
    }
}

macro_rules! values {
    ($($from:ty: $v:ident => $value:expr),* $(,)?) => { $(
        impl<'a> From<$from> for Value<'a> {
            fn from($v: $from) -> Self { $value }
        }
    )* };
}
values! {
    i64: v => Self::Int(v),
    bool: v => Self::Int(v.into()),
    &'a str: v => Self::Text(v),
    &'a String: v => Self::Text(v),
    &'a [u8]: v => Self::Blob(v),
    &'a Vec<u8>: v => Self::Blob(v),
    &'a Uuid: v => Self::Blob(v.as_bytes()),
    Code: v => Self::Text(v.word()),
}
impl<'a, const N: usize> From<&'a [u8; N]> for Value<'a> {
    fn from(v: &'a [u8; N]) -> Self {
        Self::Blob(v)
    }
}
impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(v: Option<T>) -> Self {
        v.map_or(Self::Null, Into::into)
    }
}

/// `row![a, b]` is an array of [`Value`]s: `&row![…]` for one statement, `row![…]` for a row of a batch.
#[macro_export]
macro_rules! row {
    ($($value:expr),* $(,)?) => { [$($crate::store::Value::from($value)),*] };
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(v) => ValueRef::Integer(*v),
            Self::Text(v) => ValueRef::Text(v.as_bytes()),
            Self::Blob(v) => ValueRef::Blob(v),
        }))
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match (self, ty) {
            (Self::Null, _) => Ok(IsNull::Yes),
            (Self::Int(v), &Type::INT8) => v.to_sql(ty, out),
            (Self::Int(v), &Type::INT4) => i32::try_from(*v)?.to_sql(ty, out),
            (Self::Text(v), &Type::TEXT | &Type::VARCHAR) => v.to_sql(ty, out),
            (Self::Blob(v), &Type::BYTEA) => v.to_sql(ty, out),
            _ => Err(format!("{} for a parameter of type {ty}", self.kind()).into()),
        }
    }

    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::UNKNOWN | Type::INT8 | Type::INT4 | Type::TEXT | Type::VARCHAR | Type::BYTEA)
    }

    to_sql_checked!();
}
