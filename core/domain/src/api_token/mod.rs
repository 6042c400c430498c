//! Tokens by which the programs of a firm's server team read and deliver.

mod make;
mod scope;

pub use make::{ApiTokenError, DAYS_MAX, DAYS_USUAL, NewApiToken, TOKENS_MAX};
pub use scope::{Scope, needed};

use crate::{
    id::{AccountId, ApiTokenId},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// A token, without its secret. It has the rights of its maker, cut down to its scopes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiToken {
    /// Its id.
    pub id: ApiTokenId,
    /// What it is called.
    pub name: String,
    /// What it opens, each once, in their order.
    pub scopes: Vec<Scope>,
    /// Who made it, and whose rights it has.
    pub by: AccountId,
    /// When it was made.
    pub made: Timestamp,
    /// From when on it opens nothing.
    pub expires: Timestamp,
    /// When somebody revoked it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Timestamp>,
}

/// Where a token stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiTokenState {
    /// It opens what its scopes say.
    Valid,
    /// Its time is over.
    Expired,
    /// Somebody revoked it.
    Revoked,
}

impl ApiToken {
    /// Where it stands at an instant.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> ApiTokenState {
        match self.revoked {
            Some(_) => ApiTokenState::Revoked,
            None if self.expires <= now => ApiTokenState::Expired,
            None => ApiTokenState::Valid,
        }
    }

    /// Whether it opens a path at an instant. The one place where a token is judged: what it reads there [`may`] decides by
    /// the rights of its maker.
    ///
    /// [`may`]: crate::account::may
    ///
    /// # Errors
    /// See [`TokenRefused`].
    pub fn open(&self, path: &str, now: Timestamp) -> Result<Scope, TokenRefused> {
        if self.state(now) != ApiTokenState::Valid {
            return Err(TokenRefused::Invalid);
        }
        let scope = needed(path).ok_or(TokenRefused::NoSuchPath)?;
        if self.scopes.contains(&scope) { Ok(scope) } else { Err(TokenRefused::ScopeMissing(scope)) }
    }
}

/// Why a token does not open a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenRefused {
    /// It has expired, or was revoked.
    #[error("the token has expired or was revoked")]
    Invalid,
    /// No token opens the path.
    #[error("no token opens this path")]
    NoSuchPath,
    /// It lacks the scope.
    #[error("the token lacks a scope")]
    ScopeMissing(Scope),
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn token(scopes: &[Scope]) -> ApiToken {
        ApiToken {
            id: ApiTokenId(Uuid::nil()),
            name: "ERP".into(),
            scopes: scopes.to_vec(),
            by: AccountId(Uuid::nil()),
            made: Timestamp(0),
            expires: Timestamp(1_000),
            revoked: None,
        }
    }

    #[test]
    fn r_388_a_token_opens_the_paths_of_its_scopes_until_it_expires_or_is_revoked() {
        let reports = token(&[Scope::ReadReports]);
        let path = "/v1/export/reports";
        assert_eq!(reports.open(path, Timestamp(999)), Ok(Scope::ReadReports));
        assert_eq!(reports.open(path, Timestamp(1_000)), Err(TokenRefused::Invalid));
        let tasks = "/v1/export/tasks";
        assert_eq!(reports.open(tasks, Timestamp(0)), Err(TokenRefused::ScopeMissing(Scope::ReadTasks)));
        assert_eq!(reports.open("/v1/pull", Timestamp(0)), Err(TokenRefused::NoSuchPath));
        let revoked = ApiToken { revoked: Some(Timestamp(5)), ..reports };
        assert_eq!(revoked.open(path, Timestamp(0)), Err(TokenRefused::Invalid));
        assert_eq!(revoked.state(Timestamp(2_000)), ApiTokenState::Revoked);
    }
}
