//! Texts for print: what no font has becomes a visible mark, and what has no place to break gets some.

use crate::{answer::Unprintable, fonts::Fonts};
use serde_json::Value;

/// Stands for a character that cannot be printed: GETA MARK, which printers have used for this since lead type.
const GETA: char = '\u{3013}';
/// Where the font lacks even that.
const QUESTION: char = '?';
/// A place to break a line, without width.
const BREAK: char = '\u{200b}';
/// A run of this many characters without a place to break gets one.
const RUN_MAX: usize = 14;

impl Fonts {
    /// The characters of a text that cannot be printed, each once, in the order of their first places.
    pub fn unprintable(&self, text: &str) -> Vec<char> {
        let mut found = Vec::new();
        for character in text.chars() {
            if !is_blank(character) && !is_silent(character) && !self.has(character) && !found.contains(&character) {
                found.push(character);
            }
        }
        found
    }

    /// The text as it is printed.
    pub(crate) fn printed(&self, text: &str) -> String {
        let mark = if self.prints(GETA) { GETA } else { QUESTION };
        let mut printed = String::with_capacity(text.len());
        for character in text.chars().filter(|character| !is_silent(*character)) {
            match character {
                '\n' => printed.push('\n'),
                blank if is_blank(blank) => printed.push(' '),
                known if self.has(known) => printed.push(known),
                _ => printed.push(mark),
            }
        }
        printed
    }

    fn has(&self, character: char) -> bool {
        !character.is_control() && !is_directional(character) && self.prints(character)
    }
}

/// Makes every text of a value printable, and says where what is missing stands.
pub(crate) fn make_printable(value: &mut Value, fonts: &Fonts) -> Vec<Unprintable> {
    let mut found = Vec::new();
    visit(value, &mut String::new(), fonts, &mut found);
    found
}

fn visit(value: &mut Value, field: &mut String, fonts: &Fonts, found: &mut Vec<Unprintable>) {
    let length = field.len();
    match value {
        Value::String(text) => {
            let characters = fonts.unprintable(text);
            if !characters.is_empty() {
                found.push(Unprintable { field: field.clone(), characters });
            }
            *text = with_breaks(&fonts.printed(text));
        }
        Value::Array(values) => {
            for (at, value) in values.iter_mut().enumerate() {
                field.push_str(&format!("/{at}"));
                visit(value, field, fonts, found);
                field.truncate(length);
            }
        }
        Value::Object(values) => {
            for (name, value) in values.iter_mut() {
                field.push_str(&format!("/{name}"));
                visit(value, field, fonts, found);
                field.truncate(length);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Line breaking knows no place inside a long word, a number or a row of slashes, so a cell would overflow.
fn with_breaks(text: &str) -> String {
    let mut broken = String::with_capacity(text.len());
    let mut run = 0;
    for character in text.chars() {
        run = if character.is_whitespace() || is_ideograph(character) { 0 } else { run + 1 };
        if run > RUN_MAX {
            broken.push(BREAK);
            run = 1;
        }
        broken.push(character);
    }
    broken
}

/// Lines break beside each of these.
fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Printed as a space.
fn is_blank(character: char) -> bool {
    matches!(character, '\n' | '\t') || character.is_whitespace() && !character.is_control()
}

/// Has no look of its own: joiners, selectors of a variety, marks of the order of bytes, and the returns of Windows.
fn is_silent(character: char) -> bool {
    matches!(character, '\r' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Turns the order of what follows, so that a reader sees another text than the one that was signed.
fn is_directional(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn r_386_what_no_font_has_is_named_with_its_field_and_printed_as_a_mark() {
        let fonts = Fonts::find(None).unwrap();
        let mut value = json!({"people": [{"name": "张\u{10ffff}三\u{202e}"}], "count": 3, "plain": "消防\u{e0100}泵"});
        let found = make_printable(&mut value, &fonts);
        let expected = Unprintable { field: "/people/0/name".to_owned(), characters: vec!['\u{10ffff}', '\u{202e}'] };
        assert_eq!(found, [expected]);
        assert_eq!(value, json!({"people": [{"name": "张〓三〓"}], "count": 3, "plain": "消防泵"}));
    }

    #[test]
    fn r_386_rare_characters_of_names_are_printable() {
        let fonts = Fonts::find(None).unwrap();
        assert_eq!(fonts.unprintable("䶮㛃𬍛𫄧𬭎㼆 ≥0.05MPa ℃ ±2% № ①→√ ·—…“”"), Vec::<char>::new());
        assert_eq!(fonts.unprintable("\u{7}a\u{7}\u{f8ff}\r\n\t"), vec!['\u{7}', '\u{f8ff}']);
    }

    #[test]
    fn a_long_word_gets_places_to_break_and_chinese_needs_none() {
        assert_eq!(
            with_breaks("消防水泵房配电柜主电源切断后转换至备用电源"),
            "消防水泵房配电柜主电源切断后转换至备用电源"
        );
        assert_eq!(with_breaks(&"a".repeat(30)).matches(BREAK).count(), 2);
        assert_eq!(with_breaks("a normal line of short words"), "a normal line of short words");
    }
}
