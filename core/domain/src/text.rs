//! Text that a person typed: NFC, bounded, without control characters but line feed.

use crate::code::Code;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The most characters of a name within a fact.
pub const NAME_MAX: u32 = 100;
/// The most characters of an opinion, a reason, an explanation, a fault's text.
pub const TEXT_MAX: u32 = 2_000;

/// Why a text is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space where something is required.
    #[error("text is required")]
    Empty,
    /// More Unicode scalars than the limit.
    #[error("text has {length} characters, the limit is {limit}")]
    TooLong {
        /// Its length in Unicode scalars.
        length: u32,
        /// The limit in Unicode scalars.
        limit: u32,
    },
    /// A line break where one line is wanted.
    #[error("text has several lines where one is wanted")]
    SeveralLines,
    /// The text holds a control character other than line feed, or a mark that changes the direction of writing.
    #[error("text holds a control character")]
    ControlCharacter,
    /// White space within a login.
    #[error("white space where none may stand")]
    WhiteSpace,
    /// Not in Unicode normalisation form C. Only text from outside can be so, because our own is normalised first.
    #[error("text is not in normalisation form C")]
    NotNormalised,
}

impl TextError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::Empty => Code::TextRequired,
            Self::TooLong { .. } => Code::TextTooLong,
            Self::SeveralLines => Code::TextSeveralLines,
            Self::ControlCharacter => Code::TextControlCharacter,
            Self::WhiteSpace => Code::LoginWhiteSpace,
            Self::NotNormalised => Code::TextNotNormalised,
        }
    }
}

/// What is wrong with one field of a record, by the name of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At<E> {
    /// The field, as the record names it.
    pub field: &'static str,
    /// What is wrong with it.
    pub error: E,
}

impl<E> At<E> {
    /// The value of a field; what is wrong with it is noted, so that everything is told at once.
    pub fn take<T>(wrong: &mut Vec<Self>, field: &'static str, checked: Result<T, impl Into<E>>) -> Option<T> {
        checked.map_err(|error| wrong.push(Self { field, error: error.into() })).ok()
    }
}

/// What a person typed, made fit to keep: trimmed, line ends as LF, in form C, within `limit` Unicode scalars. Browsers
/// send each line end of a form as CR LF.
pub fn clean(typed: &str, limit: u32) -> Result<String, TextError> {
    let text: String = typed.trim().replace("\r\n", "\n").replace('\r', "\n").nfc().collect();
    check(&text, limit).map(|()| text)
}

/// As [`clean`], and not blank.
pub fn required(typed: &str, limit: u32) -> Result<String, TextError> {
    clean(typed, limit).and_then(|text| if is_blank(&text) { Err(TextError::Empty) } else { Ok(text) })
}

/// Whether nobody sees anything of a text: white space, and characters without a shape of their own. A blank text is no
/// answer and no reason.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_shapeless(c))
}

/// A text that may be missing, made fit to keep by `fit`, which is [`clean`] or [`line()`]. A blank one is missing.
pub fn present(
    typed: Option<&str>,
    fit: fn(&str, u32) -> Result<String, TextError>,
    limit: u32,
) -> Result<Option<String>, TextError> {
    let fitted = typed.map(|typed| fit(typed, limit)).transpose()?;
    Ok(fitted.filter(|text| !is_blank(text)))
}

/// As [`clean`], and one line: for what stands in a line of a page, a list or a report. Spaces of no width, which come
/// along from web pages, are left out: with them one name looks like another.
pub fn line(typed: &str, limit: u32) -> Result<String, TextError> {
    let wide: String = typed.chars().filter(|c| !is_without_width(*c)).collect();
    clean(&wide, limit).and_then(|text| one_line(&text).map(|()| text))
}

/// As [`line()`], and not blank: for names, addresses and numbers.
pub fn name(typed: &str, limit: u32) -> Result<String, TextError> {
    line(typed, limit).and_then(|text| if is_blank(&text) { Err(TextError::Empty) } else { Ok(text) })
}

/// Whether a text from outside can be stored unchanged.
pub fn check(text: &str, limit: u32) -> Result<(), TextError> {
    let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    if length > limit {
        return Err(TextError::TooLong { length, limit });
    }
    if text.chars().all(is_plain) {
        return Ok(());
    }
    if text.chars().any(is_forbidden) {
        return Err(TextError::ControlCharacter);
    }
    if is_nfc(text) { Ok(()) } else { Err(TextError::NotNormalised) }
}

/// As [`check`]; a text of at most [`NAME_MAX`] is a name, and so is one line without spaces of no width.
pub fn check_within(text: &str, limit: u32) -> Result<(), TextError> {
    check(text, limit)?;
    if limit > NAME_MAX {
        return Ok(());
    }
    // None of the spaces without width is among the characters of one byte.
    if !text.is_ascii() && text.chars().any(is_without_width) {
        Err(TextError::ControlCharacter)
    } else {
        one_line(text)
    }
}

/// A text with everything that its reader would not see, or that would move other characters, written as JSON escapes it:
/// for a page that shows what came. White space stays.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_forbidden(c) || is_shapeless(c) {
            out.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            out.push(c);
        }
    }
    out
}

fn one_line(text: &str) -> Result<(), TextError> {
    if text.contains('\n') { Err(TextError::SeveralLines) } else { Ok(()) }
}

/// Characters that Chinese and English are mostly written with, and the signs of units and limits. None of them is forbidden, and a text of nothing else is
/// in form C whatever their order; so nearly every text is read only once.
pub const fn is_plain(c: char) -> bool {
    matches!(c,
        '\n' | ' '..='~' | '\u{a0}'..='\u{2ff}' | '\u{391}'..='\u{3a9}' | '\u{3b1}'..='\u{3c9}'
        | '\u{2010}'..='\u{2027}' | '\u{2103}' | '\u{2264}' | '\u{2265}' | '\u{3001}'..='\u{3029}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff5e}')
}

/// Control characters except line feed, and the marks that change the direction of writing: with them one name can be
/// displayed as another.
fn is_forbidden(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// The word joiner and the spaces of no width.
const fn is_without_width(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Characters that are drawn as nothing: Unicode's Default_Ignorable_Code_Point, and the empty Braille pattern.
const fn is_shapeless(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_text_is_trimmed_normalised_and_bounded() {
        assert_eq!(clean("  e\u{301} \n", 5), Ok("é".to_owned()));
        assert_eq!(clean(&"名".repeat(10_000), 100), Err(TextError::TooLong { length: 10_000, limit: 100 }));
        assert_eq!(required(" \u{3000}", 10), Err(TextError::Empty));
    }

    #[test]
    fn a_text_that_may_be_missing_is_missing_when_it_is_blank() {
        assert_eq!(present(None, clean, 5), Ok(None));
        assert_eq!(present(Some(" \u{3000}\n"), clean, 5), Ok(None));
        assert_eq!(present(Some(" 泵 \n 房"), clean, 5), Ok(Some("泵 \n 房".to_owned())));
        assert_eq!(present(Some("泵\n房"), line, 5), Err(TextError::SeveralLines));
    }

    #[test]
    fn a_text_with_nothing_to_see_is_blank() {
        for nothing in
            ["", " \n\u{3000}", "\u{200b}", "\u{2800}", "\u{3164}", "\u{fe0f}", "\u{e0041}", "\u{ad} \u{2060}"]
        {
            assert!(is_blank(nothing), "{nothing:?}");
            assert_eq!(required(nothing, 10), Err(TextError::Empty), "{nothing:?}");
            assert_eq!(present(Some(nothing), clean, 10), Ok(None), "{nothing:?}");
        }
        assert!(is_blank("\u{61c}") && !is_blank("\u{200b}泵") && !is_blank("❤\u{fe0f}"));
    }

    #[test]
    fn a_name_holds_no_space_without_width() {
        assert_eq!(name("\u{feff}中仪\u{200b}大\u{2060}厦", 10), Ok("中仪大厦".to_owned()));
        assert_eq!(name("\u{200b}\u{2060}", 10), Err(TextError::Empty));
        for hidden in ["中\u{200b}仪", "中\u{2060}仪", "\u{feff}中仪"] {
            assert_eq!(check_within(hidden, NAME_MAX), Err(TextError::ControlCharacter), "{hidden:?}");
        }
        assert_eq!(check_within("中\u{200b}仪", TEXT_MAX), Ok(()));
    }

    #[test]
    fn what_a_reader_would_not_see_is_written_out() {
        assert_eq!(
            escaped("{\"\u{202e}k\": \"泵\u{200b}房\u{e0041}\"}\n"),
            "{\"\\u202ek\": \"泵\\u200b房\\udb40\\udc41\"}\n"
        );
    }

    #[test]
    fn no_plain_character_is_forbidden_and_each_is_in_form_c_beside_each_other() {
        let plain: String = (0..=u32::from(char::MAX)).filter_map(char::from_u32).filter(|c| is_plain(*c)).collect();
        assert!(!plain.chars().any(is_forbidden));
        assert!(is_nfc(&plain));
        // A character composes with one before it only if it is no starter, or one of those that NFC may move.
        let maybe = |c: &char| unicode_normalization::is_nfc_quick(std::iter::once(*c));
        assert!(plain.chars().all(|c| maybe(&c) == unicode_normalization::IsNormalized::Yes));
    }

    #[test]
    fn control_characters_and_direction_marks_are_refused_line_feed_is_not() {
        assert_eq!(check("一\n二", 10), Ok(()));
        for bad in ["a\u{0}", "a\rb", "\u{202e}abc", "a\u{2067}b", "\u{61c}a", "a\tb", "\u{7f}"] {
            assert_eq!(check(bad, 10), Err(TextError::ControlCharacter), "{bad:?}");
        }
        assert_eq!(check("e\u{301}", 10), Err(TextError::NotNormalised));
    }

    #[test]
    fn a_name_is_one_line_and_a_text_may_have_several() {
        for broken in ["中仪\n大厦", "中仪\r\n大厦", "中仪\r大厦"] {
            assert_eq!(name(broken, 10), Err(TextError::SeveralLines), "{broken:?}");
            assert_eq!(required(broken, 10), Ok("中仪\n大厦".to_owned()));
        }
        assert_eq!(name(" 中仪大厦\r\n", 10), Ok("中仪大厦".to_owned()));
        assert_eq!(line("", 10), Ok(String::new()));
        assert_eq!(name("", 10), Err(TextError::Empty));
        assert_eq!(check_within("一\n二", NAME_MAX), Err(TextError::SeveralLines));
        assert_eq!(check_within("一\n二", TEXT_MAX), Ok(()));
    }
}
