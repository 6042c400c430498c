//! The network that the phone is on, and what may use it.

use super::Core;
use crate::journal::{Allowance, JournalError, Settings};
use std::sync::PoisonError;

/// The network that the phone is on, as the system tells it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Network {
    /// There is none.
    None,
    /// One that may be paid by what it carries, and each whose kind is not known.
    #[default]
    Metered,
    /// One that is not paid by what it carries.
    Unmetered,
}

impl Core {
    /// What the user has set.
    pub(crate) fn settings(&self) -> Settings {
        *self.settings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes what is set. The next start of the app knows it.
    pub(crate) fn set(&self, change: impl Fn(&mut Settings)) -> Result<(), JournalError> {
        let kept = self.journal.write::<_, JournalError>("settings", |tx| {
            let mut settings = tx.settings()?;
            change(&mut settings);
            tx.put_settings(settings)?;
            Ok(settings)
        })?;
        *self.settings.lock().unwrap_or_else(PoisonError::into_inner) = kept;
        Ok(())
    }

    /// The network that the system told last.
    pub(crate) fn network(&self) -> Network {
        *self.network.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The phone is on this network from now on.
    pub(crate) fn set_network(&self, network: Network) {
        *self.network.lock().unwrap_or_else(PoisonError::into_inner) = network;
    }

    /// Whether pictures and attached files may travel by themselves now.
    pub(crate) fn pictures_may_travel(&self) -> bool {
        self.settings().pictures == Allowance::Any || self.network() == Network::Unmetered
    }
}
