//! The frame around every page: head, navigation, who is signed in.

use super::{
    assets,
    pages::{self, PAGES, Page},
    part::{ChipMark, WhenMark},
    visitor::Visitor,
};
use crate::{state::App, text::Text as T};
use firebee_domain::account::Role;
use firebee_protocol::text::{Arg, Chip, Language, When, say, say_with, word};

/// Who is signed in, in words.
pub(super) struct Who {
    pub(super) name: String,
    pub(super) role: String,
}

/// One link of the navigation.
pub(super) struct Link {
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
    place: Option<&'static Page>,
    /// What the reader is; `None` for one who is not signed in.
    role: Option<Role>,
}

impl Frame {
    /// The frame of a page for a reader who is not signed in.
    pub(super) fn outside(app: &App, language: Language, title: String, path: &str) -> Self {
        let brand = app.config.display_name.clone().unwrap_or_else(|| say(language, T::FrameTitle));
        Self { language, title, brand, path: path.to_owned(), who: None, done: None, place: None, role: None }
    }

    /// The frame of a page for a visitor. `place` is the entry that the navigation marks.
    pub(super) fn new(app: &App, visitor: &Visitor, title: String, place: &'static Page) -> Self {
        let language = visitor.language;
        let path = visitor.path.split_once("?done=").map_or(visitor.path.as_str(), |(path, _)| path);
        let who = Who { name: visitor.member.person.name.clone(), role: word::actor(language, &visitor.member.actor) };
        let done = visitor.done.as_ref().and_then(|done| pages::done(&done.word)).map(|text| say(language, text));
        let role = Some(visitor.member.actor.role);
        Self { who: Some(who), done, place: Some(place), role, ..Self::outside(app, language, title, path) }
    }

    /// A text.
    pub(super) fn t(&self, text: T) -> String {
        say(self.language, text)
    }

    /// A text with a count.
    pub(super) fn n(&self, text: T, count: usize) -> String {
        say_with(self.language, text, &[("count", Arg::from(count))])
    }

    /// A state, as a mark to draw.
    pub(super) fn chip<'a>(&self, chip: &'a Chip) -> ChipMark<'a> {
        ChipMark::from(chip)
    }

    /// An instant, as a mark to draw.
    pub(super) fn when<'a>(&self, when: &'a When) -> WhenMark<'a> {
        WhenMark::from(when)
    }

    /// The other language, to which the switch leads.
    pub(super) const fn other(&self) -> Language {
        match self.language {
            Language::Zh => Language::En,
            Language::En => Language::Zh,
        }
    }

    /// The name of the other language, in that language.
    pub(super) fn other_name(&self) -> String {
        say(self.other(), T::FrameLanguage)
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
    pub(super) fn icon(&self) -> &'static str {
        assets::ICON.path()
    }

    /// The navigation.
    pub(super) fn entries(&self) -> Vec<Link> {
        let entry = |page: &'static Page| {
            let entry =
                page.entry.as_ref().filter(|entry| self.role.is_some_and(|role| entry.readers.include(role)))?;
            let here = self.place.is_some_and(|place| std::ptr::eq(place, page));
            Some(Link { href: entry.href, word: self.t(entry.text), icon: entry.icon, here })
        };
        PAGES.iter().copied().filter_map(entry).collect()
    }
}
