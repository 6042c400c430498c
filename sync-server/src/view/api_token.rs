//! The tokens of programs in words.

use super::Reader;
use crate::{
    query::api_token::{ApiTokenRow, UseRow},
    text::Text as T,
};
use firebee_domain::{
    api_token::{ApiTokenState, Scope},
    id::ApiTokenId,
};
use firebee_protocol::text::{Chip, Language, Shape, Tone, When, say, word};

/// A token.
pub struct ApiTokenLine {
    /// Its id.
    pub id: ApiTokenId,
    /// What it is called.
    pub name: String,
    /// What it opens.
    pub scopes: String,
    /// Who made it.
    pub maker: String,
    /// When it was made.
    pub made: When,
    /// From when on it opens nothing.
    pub expires: When,
    /// When it was used last.
    pub used: Option<When>,
    /// Where it stands.
    pub state: Chip,
    /// Whether it opens something now.
    pub valid: bool,
}

/// A token in words.
#[must_use]
pub fn line(reader: Reader<'_>, row: &ApiTokenRow) -> ApiTokenLine {
    let token = &row.token;
    let stands = token.state(reader.now);
    ApiTokenLine {
        id: token.id,
        name: token.name.clone(),
        scopes: word::join(reader.language, token.scopes.iter().map(|each| scope(reader.language, *each))),
        maker: row.maker.clone(),
        made: reader.when(token.made),
        expires: reader.when(token.expires),
        used: row.used.map(|used| reader.when(used)),
        state: state(reader.language, stands),
        valid: stands == ApiTokenState::Valid,
    }
}

fn state(language: Language, state: ApiTokenState) -> Chip {
    let (tone, shape, text) = match state {
        ApiTokenState::Valid => (Tone::Conform, Shape::Check, T::ProgramValid),
        ApiTokenState::Expired => (Tone::Untestable, Shape::Clock, T::ProgramExpired),
        ApiTokenState::Revoked => (Tone::Nonconform, Shape::Barred, T::ProgramRevoked),
    };
    Chip { tone, shape, word: say(language, text) }
}

/// What a scope opens.
#[must_use]
pub fn scope(language: Language, scope: Scope) -> String {
    let text = match scope {
        Scope::ReadProjects => T::ProgramReadProjects,
        Scope::ReadTasks => T::ProgramReadTasks,
        Scope::ReadFaults => T::ProgramReadFaults,
        Scope::ReadReports => T::ProgramReadReports,
        Scope::ReadTracks => T::ProgramReadTracks,
        Scope::DeliverMonitoring => T::ProgramDeliverMonitoring,
    };
    say(language, text)
}

/// A use of a token.
pub struct UseLine {
    /// When.
    pub at: When,
    /// What was asked for.
    pub path: String,
    /// The code by which it was refused; empty where it was not.
    pub refused: String,
}

/// A use in words.
#[must_use]
pub fn usage(reader: Reader<'_>, row: &UseRow) -> UseLine {
    UseLine { at: reader.when(row.at), path: row.path.clone(), refused: row.refused.clone() }
}
