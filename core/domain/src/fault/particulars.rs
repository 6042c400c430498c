//! What the record of a fault says beside its description (R-380; GB 25201 table B.1).

use crate::{
    fact::Text,
    text::{self, NAME_MAX, TEXT_MAX, TextError},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// The points of the record. Each is open until somebody says it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Particulars {
    /// Whether the system was stopped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system_stopped: Option<bool>,
    /// Whether the fire brigade was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brigade_told: Option<bool>,
    /// What protects the place meanwhile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protective_measures: Option<String>,
    /// The opinion of the owner's manager.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner_opinion: Option<String>,
    /// Who confirmed that the fault is removed, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removal: Option<Removal>,
}

/// The confirmation that a fault is removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removal {
    /// The name of who confirmed it.
    pub confirmed_by: String,
    /// When.
    pub at: Timestamp,
}

impl Particulars {
    /// Whether every point is open.
    pub const fn is_empty(&self) -> bool {
        let Self { system_stopped, brigade_told, protective_measures, owner_opinion, removal } = self;
        system_stopped.is_none()
            && brigade_told.is_none()
            && protective_measures.is_none()
            && owner_opinion.is_none()
            && removal.is_none()
    }

    /// The points as somebody typed them, fit to keep. A blank text says nothing.
    ///
    /// # Errors
    /// A text is not fit to keep, or a confirmation without the name of who confirmed.
    pub fn checked(self) -> Result<Self, TextError> {
        let long = |typed: Option<String>| text::present(typed.as_deref(), text::clean, TEXT_MAX);
        let removal = self.removal.map(|removal| {
            Ok::<_, TextError>(Removal { confirmed_by: text::name(&removal.confirmed_by, NAME_MAX)?, ..removal })
        });
        Ok(Self {
            protective_measures: long(self.protective_measures)?,
            owner_opinion: long(self.owner_opinion)?,
            removal: removal.transpose()?,
            ..self
        })
    }

    /// The same, with the instant of a confirmation that came without one.
    #[must_use]
    pub fn confirmed(mut self, at: Option<Timestamp>) -> Self {
        if let Some((removal, at)) = self.removal.as_mut().zip(at) {
            removal.at = at;
        }
        self
    }

    /// Takes the points that `said` names; the others stay.
    pub fn complete(&mut self, said: Self) {
        let Self { system_stopped, brigade_told, protective_measures, owner_opinion, removal } = said;
        self.system_stopped = system_stopped.or(self.system_stopped);
        self.brigade_told = brigade_told.or(self.brigade_told);
        self.protective_measures = protective_measures.or(self.protective_measures.take());
        self.owner_opinion = owner_opinion.or(self.owner_opinion.take());
        self.removal = removal.or(self.removal.take());
    }

    /// Its texts, each with its limit.
    pub(super) fn texts(&self) -> impl Iterator<Item = Text<'_>> {
        let long = self.protective_measures.iter().chain(&self.owner_opinion).map(|text| (text.as_str(), TEXT_MAX));
        long.chain(self.removal.iter().map(|removal| (removal.confirmed_by.as_str(), NAME_MAX)))
    }
}
