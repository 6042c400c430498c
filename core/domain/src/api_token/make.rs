//! A manager makes a token.

use super::{ApiToken, Scope};
use crate::{
    code::Code,
    id::{AccountId, ApiTokenId},
    text::{self, At, NAME_MAX, TextError},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// The most valid tokens of a firm.
pub const TOKENS_MAX: u32 = 50;
/// For how many days a token is made at most.
pub const DAYS_MAX: u32 = 366;
/// For how many days a token is made where nobody says otherwise.
pub const DAYS_USUAL: u32 = 90;

const DAY_MS: i64 = 86_400_000;

/// A token as its form says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewApiToken {
    /// What it is to be called.
    pub name: String,
    /// What it is to open.
    pub scopes: Vec<Scope>,
    /// For how many days.
    pub days: u32,
}

/// Why a token is not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApiTokenError {
    /// The name is not fit to keep.
    #[error(transparent)]
    Name(#[from] TextError),
    /// It would open nothing.
    #[error("a token needs a scope")]
    ScopeRequired,
    /// It would never expire, or expires at once.
    #[error("a token holds for 1 to {DAYS_MAX} days")]
    DaysOutOfRange,
    /// The firm has as many valid ones as may be.
    #[error("there are {TOKENS_MAX} valid tokens")]
    Full,
}

impl ApiTokenError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::Name(error) => error.code(),
            Self::ScopeRequired => Code::ApiScopeRequired,
            Self::DaysOutOfRange => Code::ApiTokenDaysWrong,
            Self::Full => Code::ApiTokensFull,
        }
    }
}

impl NewApiToken {
    /// The token, fit to keep.
    ///
    /// # Errors
    /// Everything that is wrong, each with its field.
    pub fn make(
        &self,
        (id, by, now): (ApiTokenId, AccountId, Timestamp),
        valid: u32,
    ) -> Result<ApiToken, Vec<At<ApiTokenError>>> {
        let mut wrong = Vec::new();
        let name = At::take(&mut wrong, "name", text::name(&self.name, NAME_MAX));
        let mut scopes = self.scopes.clone();
        scopes.sort_unstable();
        scopes.dedup();
        if scopes.is_empty() {
            wrong.push(At { field: "scope", error: ApiTokenError::ScopeRequired });
        }
        if !(1..=DAYS_MAX).contains(&self.days) {
            wrong.push(At { field: "days", error: ApiTokenError::DaysOutOfRange });
        }
        if valid >= TOKENS_MAX {
            wrong.push(At { field: "name", error: ApiTokenError::Full });
        }
        match name {
            Some(name) if wrong.is_empty() => {
                let expires = now.plus_ms(i64::from(self.days) * DAY_MS);
                Ok(ApiToken { id, name, scopes, by, made: now, expires, revoked: None })
            }
            _ => Err(wrong),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn r_388_a_token_has_a_name_a_scope_and_an_end() {
        let at = (ApiTokenId(Uuid::nil()), AccountId(Uuid::nil()), Timestamp(7));
        let wanted = NewApiToken { name: " ERP ".into(), scopes: vec![Scope::ReadTasks; 2], days: 1 };
        let made = wanted.make(at, 0).unwrap();
        assert_eq!((made.name.as_str(), made.scopes.as_slice()), ("ERP", [Scope::ReadTasks].as_slice()));
        assert_eq!(made.expires, Timestamp(7 + DAY_MS));
        for days in [0, DAYS_MAX + 1] {
            let wrong = NewApiToken { name: " ".into(), scopes: Vec::new(), days }.make(at, 0).unwrap_err();
            let fields: Vec<_> = wrong.iter().map(|at| (at.field, at.error.code())).collect();
            let days = ("days", Code::ApiTokenDaysWrong);
            assert_eq!(fields, [("name", Code::TextRequired), ("scope", Code::ApiScopeRequired), days]);
        }
        let full = wanted.make(at, TOKENS_MAX).unwrap_err();
        assert_eq!(full.first().map(|at| at.error.code()), Some(Code::ApiTokensFull));
    }
}
