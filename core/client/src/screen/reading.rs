//! What a screen is made from: one state of the stores, the language and the time.

use super::Quiet;
use crate::work::{Desk, Trouble, eyes::Eyes};
use chrono::NaiveDate;
use firebee_domain::{catalogue::ItemRef, id::ProjectId, task::Stamp, time::Timestamp};
use firebee_protocol::{
    catalogue::Pack,
    text::{Arg, Language, Text, When, say, say_with, when},
};

/// One consistent state of the stores, with the language and the time of reading.
pub(super) struct Reading<'a> {
    pub(super) eyes: &'a Eyes<'a>,
    pub(super) language: Language,
    pub(super) now: Timestamp,
}

/// An item of the catalogue by its names.
pub(super) struct Named {
    pub(super) name: String,
    pub(super) facility: String,
}

impl Desk {
    /// Reads a screen: one snapshot of the cache and one of the journal.
    pub(super) fn screen<T, E: From<Trouble>>(&self, read: impl FnOnce(&Reading<'_>) -> Result<T, E>) -> Result<T, E> {
        let (language, now) = (self.language(), self.ports.clock.now().wall_ms);
        self.look(|eyes| read(&Reading { eyes, language, now }))
    }
}

impl Reading<'_> {
    pub(super) fn say(&self, text: Text) -> String {
        say(self.language, text)
    }

    pub(super) fn with(&self, text: Text, values: &[(&str, Arg<'_>)]) -> String {
        say_with(self.language, text, values)
    }

    /// An instant that no fact has: of the server's clock, or of the phone's own doings. That of a fact is a
    /// [`Self::moment`].
    pub(super) fn when(&self, at: Timestamp) -> When {
        when::when(self.language, self.now, at)
    }

    /// When something was recorded, and how sure that is; an interval where it is not known better.
    pub(super) fn moment(&self, stamp: &Stamp) -> When {
        when::moment(self.language, self.now, stamp)
    }

    pub(super) fn date(&self, day: NaiveDate) -> String {
        when::date(self.language, day)
    }

    /// The day by the phone's wall clock, for what is only shown.
    pub(super) fn today(&self) -> NaiveDate {
        self.now.china_day()
    }

    /// The day that deadlines are told by: by the server's clock as far as the phone knows it, else by the wall clock.
    pub(super) fn day_of_deadlines(&self) -> Result<NaiveDate, Trouble> {
        Ok(self.eyes.day_of_server()?.latest.unwrap_or_else(|| self.today()))
    }

    /// The text of a pair that is in the reader's language.
    pub(super) const fn of<'t>(&self, chinese: &'t str, english: &'t str) -> &'t str {
        match self.language {
            Language::Zh => chinese,
            Language::En => english,
        }
    }

    /// An item's names; its catalogue id while the plan's pack has not been pulled.
    pub(super) fn named(&self, pack: Option<&Pack>, item_id: &str) -> Named {
        match pack.and_then(|pack| pack.catalogue.item(item_id)) {
            Some(found) => self.named_of(found),
            None => Named { name: item_id.to_owned(), facility: String::new() },
        }
    }

    pub(super) fn named_of(&self, found: ItemRef<'_>) -> Named {
        Named {
            name: self.of(&found.item.name, &found.item.name_en).to_owned(),
            facility: self.of(&found.facility.name, &found.facility.name_en).to_owned(),
        }
    }

    pub(super) fn project_name(&self, project: ProjectId) -> String {
        self.eyes.project(project).map(|held| held.project.name.clone()).unwrap_or_default()
    }

    /// The one status line.
    pub(super) fn quiet(&self) -> Result<Quiet, Trouble> {
        Quiet::read(self)
    }
}
