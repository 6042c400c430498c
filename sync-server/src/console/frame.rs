//! What every page has around its own content.

use super::{assets, visitor::Visitor};
use crate::state::App;
use firebee_protocol::text::{Arg, Language, Text as T, Text, say, say_with, word};

/// Where a page belongs in the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Home,
    Tasks,
    Projects,
    Account,
    None,
}

/// Who is signed in, in words.
pub(super) struct Who {
    pub(super) name: String,
    pub(super) role: String,
}

/// One entry of the navigation.
pub(super) struct Entry {
    pub(super) href: &'static str,
    pub(super) word: String,
    /// The `d` of its icon's path.
    pub(super) icon: &'static str,
    pub(super) here: bool,
}

/// The frame.
pub(super) struct Frame {
    pub(super) language: Language,
    pub(super) title: String,
    pub(super) brand: String,
    pub(super) path: String,
    pub(super) who: Option<Who>,
    pub(super) done: Option<String>,
    place: Place,
}

impl Frame {
    /// Around a page of nobody.
    pub(super) fn outside(app: &App, language: Language, title: String, place: Place, path: &str) -> Self {
        let brand = app.config.display_name.clone().unwrap_or_else(|| say(language, T::ConsoleTitle));
        Self { language, title, brand, path: path.to_owned(), who: None, done: None, place }
    }

    /// Around a page of somebody.
    pub(super) fn new(app: &App, visitor: &Visitor, title: String, place: Place) -> Self {
        let language = visitor.language;
        let path = visitor.path.split_once("?done=").map_or(visitor.path.as_str(), |(path, _)| path);
        let who = Who { name: visitor.member.person.name.clone(), role: word::actor(language, &visitor.member.actor) };
        let done = visitor.done.as_deref().and_then(done).map(|text| say(language, text));
        Self { who: Some(who), done, ..Self::outside(app, language, title, place, path) }
    }

    /// A text.
    pub(super) fn t(&self, text: Text) -> String {
        say(self.language, text)
    }

    /// A text with a count.
    pub(super) fn n(&self, text: Text, count: usize) -> String {
        say_with(self.language, text, &[("count", Arg::from(count))])
    }

    /// The language that the switch leads to.
    pub(super) const fn other(&self) -> Language {
        match self.language {
            Language::Zh => Language::En,
            Language::En => Language::Zh,
        }
    }

    /// What that language calls itself.
    pub(super) fn other_name(&self) -> String {
        say(self.other(), T::ConsoleLanguage)
    }

    /// The addresses of the built-in files.
    pub(super) fn css(&self) -> &'static str {
        assets::CSS.path()
    }
    pub(super) fn js(&self) -> &'static str {
        assets::JS.path()
    }
    pub(super) fn mark(&self) -> &'static str {
        assets::MARK.path()
    }

    /// The navigation.
    pub(super) fn entries(&self) -> [Entry; 4] {
        let entry = |place, href, text, icon| Entry { href, word: self.t(text), icon, here: self.place == place };
        [
            entry(Place::Home, "/", T::ConsoleHome, "M4 11 12 4l8 7v9h-5v-6H9v6H4z"),
            entry(
                Place::Tasks,
                "/tasks",
                T::ConsoleTasks,
                "M5 6l1.500 1.500L9 5M12 6.500h8M5 12l1.500 1.500L9 11M12 12.500h8M5 18l1.500 1.500L9 17M12 18.500h8",
            ),
            entry(
                Place::Projects,
                "/projects",
                T::ConsoleProjects,
                "M5 20V5h9v15M14 9h5v11M3 20h18M8 9h3M8 13h3M8 17h3",
            ),
            entry(
                Place::Account,
                "/account",
                T::ConsoleAccount,
                "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4 20c1-4 4-5.500 8-5.500s7 1.500 8 5.500",
            ),
        ]
    }
}

/// What the address says was just done.
fn done(word: &str) -> Option<Text> {
    Some(match word {
        "plan" => T::ConsoleDonePlan,
        "issued" => T::ConsoleDoneIssued,
        "ignored" => T::ConsoleDoneIgnored,
        "restored" => T::ConsoleDoneRestored,
        "fault" => T::ConsoleDoneFault,
        "approved" => T::ConsoleDoneApproved,
        "rejected" => T::ConsoleDoneRejected,
        "password" => T::ConsoleDonePassword,
        _ => return None,
    })
}
