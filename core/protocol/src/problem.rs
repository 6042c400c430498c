//! RFC 9457 problems: a stable code, two sentences, and what the client does.

use firebee_domain::code::{Action, Code};
use serde::{Deserialize, Deserializer, Serialize};
use std::{convert::Infallible, fmt, str::FromStr};

/// A code as it was read: another version's program may have written a word that this one does not know.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum CodeWord {
    /// A code of the table.
    Known(Code),
    /// Any other word, kept as it came.
    Other(String),
}

impl CodeWord {
    /// The word.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Known(code) => code.word(),
            Self::Other(word) => word,
        }
    }

    /// The code, if the table has it.
    #[must_use]
    pub const fn known(&self) -> Option<Code> {
        match self {
            Self::Known(code) => Some(*code),
            Self::Other(_) => None,
        }
    }
}

impl fmt::Display for CodeWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<Code> for CodeWord {
    fn from(code: Code) -> Self {
        Self::Known(code)
    }
}

impl From<String> for CodeWord {
    fn from(word: String) -> Self {
        word.parse().map_or(Self::Other(word), Self::Known)
    }
}

impl From<CodeWord> for String {
    fn from(code: CodeWord) -> Self {
        match code {
            CodeWord::Known(code) => code.word().to_owned(),
            CodeWord::Other(word) => word,
        }
    }
}

impl FromStr for CodeWord {
    type Err = Infallible;

    fn from_str(word: &str) -> Result<Self, Infallible> {
        Ok(word.to_owned().into())
    }
}

impl PartialEq<Code> for CodeWord {
    fn eq(&self, code: &Code) -> bool {
        self.known() == Some(*code)
    }
}

/// The body of every error answer, `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// `about:blank`: the code says it all.
    #[serde(rename = "type")]
    pub kind: String,
    /// The HTTP status.
    pub status: u16,
    /// What the refusal is called.
    pub code: CodeWord,
    /// What happened and what to do, in Chinese.
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// What the client does.
    #[serde(deserialize_with = "known_action")]
    pub action: Action,
    /// Facts about this occurrence, such as `expected`, `count`, `device`.
    #[serde(default, skip_serializing_if = "serde_json::Value::is_null")]
    pub detail: serde_json::Value,
}

/// An action that only a newer server knows is a wait: it loses nothing and stops nothing.
fn known_action<'de, D: Deserializer<'de>>(from: D) -> Result<Action, D::Error> {
    let told = serde_json::Value::deserialize(from)?;
    Ok(Action::deserialize(told).unwrap_or(Action::Retry))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_another_version_wrote_is_read_and_lost_nowhere() {
        let body =
            r#"{"type":"about:blank","status":409,"code":"of_tomorrow","title":"","title_en":"","action":"dance"}"#;
        let problem: Problem = serde_json::from_str(body).unwrap();
        assert_eq!((problem.code.known(), problem.code.as_str()), (None, "of_tomorrow"));
        assert_eq!(problem.action, Action::Retry);
        assert_eq!(serde_json::to_string(&problem.code).unwrap(), "\"of_tomorrow\"");
        for code in Code::ALL {
            let json = serde_json::to_string(&CodeWord::from(*code)).unwrap();
            assert_eq!(json, format!("\"{code}\""));
            assert_eq!(serde_json::from_str::<CodeWord>(&json).unwrap(), *code);
        }
    }
}
