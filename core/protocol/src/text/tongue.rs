//! The language of a catalogue's words.

use super::Language;
use firebee_domain::catalogue;

/// The language of a pack's words for a reader of this language.
#[must_use]
pub const fn tongue(language: Language) -> catalogue::Language {
    match language {
        Language::Zh => catalogue::Language::Chinese,
        Language::En => catalogue::Language::English,
    }
}
