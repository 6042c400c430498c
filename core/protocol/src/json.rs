//! The JSON that facts may be made of: no key twice at any depth, whole numbers below 2^53 only, bounded depth, text
//! in normalisation form C without control characters but line feed **bytes**.

use crate::limits::DEPTH_MAX;
use firebee_domain::text::is_plain;
use std::collections::HashSet;
use unicode_normalization::{IsNormalized, is_nfc, is_nfc_quick};

const NUMBER_MAX: u64 = (1 << 53) - 1;

/// The bytes are not JSON of that kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not strict JSON: {reason} at byte {at}")]
pub struct NotStrict {
    /// The reason, for the log. It quotes no value.
    pub reason: &'static str,
    /// Where, from 0.
    pub at: usize,
}

type Checked = Result<(), NotStrict>;

/// Checks that the bytes are exactly one strict JSON value. One pass that builds nothing: every fact goes through it.
///
/// # Errors
/// The first thing that is wrong.
pub fn check(bytes: &[u8]) -> Checked {
    read(bytes).map(drop)
}

/// Bytes that are exactly one strict JSON value.
pub(crate) struct Strict<'a> {
    /// The bytes as text.
    pub(crate) text: &'a str,
    /// Whether every text and key in it shows as it stands that it may travel: plain characters, and no escape.
    pub(crate) is_plain: bool,
}

/// As [`check`], and tells what the pass has found.
pub(crate) fn read(bytes: &[u8]) -> Result<Strict<'_>, NotStrict> {
    let text = simdutf8::compat::from_utf8(bytes)
        .map_err(|error| NotStrict { reason: "the bytes are not UTF-8", at: error.valid_up_to() })?;
    let mut scan = Scan { text, at: 0, is_plain: true };
    scan.skip_space();
    scan.value(0)?;
    scan.skip_space();
    if scan.at < text.len() {
        return Err(scan.wrong("something follows the value"));
    }
    Ok(Strict { text, is_plain: scan.is_plain })
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    is_plain: bool,
}

impl<'a> Scan<'a> {
    const fn wrong(&self, reason: &'static str) -> NotStrict {
        NotStrict { reason, at: self.at }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Takes the byte if it is the next one.
    fn take(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    fn value(&mut self, depth: u32) -> Checked {
        match self.peek() {
            Some(b'{') => self.object(depth + 1),
            Some(b'[') => self.array(depth + 1),
            Some(b'"') => self.string().map(drop),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true"),
            Some(b'f') => self.word("false"),
            Some(b'n') => self.word("null"),
            _ => Err(self.wrong("a value is missing")),
        }
    }

    fn word(&mut self, word: &'static str) -> Checked {
        if self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes())) {
            self.at += word.len();
            return Ok(());
        }
        Err(self.wrong("a value is missing"))
    }

    fn number(&mut self) -> Checked {
        let negative = self.take(b'-');
        let (first, mut value) = (self.at, 0_u64);
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            // A number far above the limit saturates; more digits change nothing.
            value = value.saturating_mul(10).saturating_add(u64::from(digit - b'0'));
            self.at += 1;
        }
        let (digits, leads_with_zero) = (self.at - first, self.text.as_bytes().get(first) == Some(&b'0'));
        if digits == 0 || (leads_with_zero && (digits > 1 || negative)) {
            return Err(self.wrong("a number is not written as JSON has it, or is minus zero"));
        }
        if matches!(self.peek(), Some(b'.' | b'e' | b'E')) {
            return Err(self.wrong("a number has a fraction or an exponent"));
        }
        if value > NUMBER_MAX { Err(self.wrong("a number is not below 2^53")) } else { Ok(()) }
    }

    fn enter(&mut self, depth: u32) -> Checked {
        if depth > DEPTH_MAX {
            return Err(self.wrong("nested too deeply"));
        }
        self.at += 1;
        self.skip_space();
        Ok(())
    }

    fn array(&mut self, depth: u32) -> Checked {
        self.enter(depth)?;
        if self.take(b']') {
            return Ok(());
        }
        loop {
            self.value(depth)?;
            self.skip_space();
            if self.take(b']') {
                return Ok(());
            }
            self.comma()?;
        }
    }

    fn comma(&mut self) -> Checked {
        if !self.take(b',') {
            return Err(self.wrong("a comma or a bracket is missing"));
        }
        self.skip_space();
        Ok(())
    }

    fn object(&mut self, depth: u32) -> Checked {
        self.enter(depth)?;
        if self.take(b'}') {
            return Ok(());
        }
        let mut keys = Keys::default();
        loop {
            let key = self.string()?;
            if !keys.insert(key) {
                return Err(self.wrong("a key stands twice"));
            }
            self.skip_space();
            if !self.take(b':') {
                return Err(self.wrong("a colon is missing"));
            }
            self.skip_space();
            self.value(depth)?;
            self.skip_space();
            if self.take(b'}') {
                return Ok(());
            }
            self.comma()?;
        }
    }

    /// A text, as it reads.
    fn string(&mut self) -> Result<Text<'a>, NotStrict> {
        if !self.take(b'"') {
            return Err(self.wrong("a text is missing"));
        }
        let (from, mut escaped) = (self.at, false);
        loop {
            let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let Some(length) = memchr::memchr2(b'"', b'\\', rest) else {
                return Err(self.wrong("a text has no end"));
            };
            self.at += length;
            if rest.get(length) == Some(&b'"') {
                break;
            }
            escaped = true;
            self.at += 2;
        }
        let raw = self.text.get(from..self.at).unwrap_or_default();
        // Every byte is looked at, so that the processor may look at many at once.
        let (controls, high) = raw.bytes().fold((0, 0), |(controls, high), byte| {
            (controls | u8::from(byte < 0x20) | u8::from(byte == 0x7f), high | byte)
        });
        if controls != 0 {
            return Err(self.wrong("a text holds a control character"));
        }
        self.at += 1;
        if escaped {
            self.is_plain = false;
            let quoted = self.text.get(from - 1..self.at).unwrap_or_default();
            let read: String = serde_json::from_str(quoted).map_err(|_| self.wrong("an escape is none"))?;
            self.plain(&read)?;
            return Ok(Text::Read(read));
        }
        if !high.is_ascii() {
            self.plain(raw)?;
        }
        Ok(Text::Raw(raw))
    }

    /// No control character but line feed, and normalisation form C.
    fn plain(&mut self, text: &str) -> Checked {
        if text.chars().all(is_plain) {
            return Ok(());
        }
        self.is_plain = false;
        if text.chars().any(|c| c.is_control() && c != '\n') {
            return Err(self.wrong("a text holds a control character"));
        }
        let normal = match is_nfc_quick(text.chars()) {
            IsNormalized::Yes => true,
            IsNormalized::No => false,
            IsNormalized::Maybe => is_nfc(text),
        };
        if normal { Ok(()) } else { Err(self.wrong("a text is not in normalisation form C")) }
    }
}

/// A string: borrowed when it has no escapes, decoded when it has.
#[derive(Debug)]
enum Text<'a> {
    Raw(&'a str),
    Read(String),
}

impl Text<'_> {
    fn as_str(&self) -> &str {
        match self {
            Self::Raw(text) => text,
            Self::Read(text) => text,
        }
    }
}

/// How many keys of an object stand in the array. The body of `result.recorded` has 17, other objects have fewer.
const FEW: usize = 16;

/// The keys of one object. The first few stand in an array, further ones in a set, so that small objects allocate
/// nothing.
#[derive(Default)]
struct Keys<'a> {
    few: [&'a str; FEW],
    count: usize,
    many: HashSet<String>,
}

impl<'a> Keys<'a> {
    fn insert(&mut self, key: Text<'a>) -> bool {
        let few = self.few.get_mut(..=self.count).unwrap_or_default();
        let (free, held) = match few.split_last_mut() {
            Some((free, held)) => (Some(free), &*held),
            None => (None, &self.few[..]),
        };
        if held.contains(&key.as_str()) || (!self.many.is_empty() && self.many.contains(key.as_str())) {
            return false;
        }
        match (key, free) {
            (Text::Raw(key), Some(free)) => {
                *free = key;
                self.count += 1;
                true
            }
            (key, _) => self.many.insert(key.as_str().to_owned()),
        }
    }
}

mod write;
pub use write::to_vec;

#[cfg(test)]
mod oracle;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_facts_pass() {
        assert_eq!(check(r#"{"a":[1,-2,9007199254740991,null,true,"文\n"],"b":{"a":{}}}"#.as_bytes()), Ok(()));
    }

    #[test]
    fn what_could_be_read_two_ways_is_refused() {
        let deep = format!("{}{}", "[".repeat(17), "]".repeat(17));
        let bad = [
            r#"{"a":1,"a":1}"#,
            r#"{"x":{"a":1,"b":2,"a":3}}"#,
            "1.0",
            "1e3",
            "9007199254740992",
            "-9007199254740992",
            r#""a\u0000""#,
            r#"{"a\tb":1}"#,
            "\"e\u{301}\"",
            r#""\r""#,
            "{} {}",
            "",
            "{",
            r#"{"a":1,"\u0061":2}"#,
            deep.as_str(),
        ];
        for text in bad {
            assert!(check(text.as_bytes()).is_err(), "{text}");
        }
        assert_eq!(check(format!("{}{}", "[".repeat(16), "]".repeat(16)).as_bytes()), Ok(()));
    }

    #[test]
    fn an_object_of_many_keys_is_still_checked_for_twins() {
        let keys: Vec<String> = (0..100).map(|n| format!("\"k{n}\":0")).collect();
        assert_eq!(check(format!("{{{}}}", keys.join(",")).as_bytes()), Ok(()));
        assert!(check(format!("{{{},\"k77\":0}}", keys.join(",")).as_bytes()).is_err());
    }

    #[test]
    fn the_reason_quotes_no_value() {
        let text = check(br#"{"name":"secret","name":1}"#).unwrap_err().to_string();
        assert!(!text.contains("secret"), "{text}");
    }

    #[test]
    fn the_characters_that_are_passed_at_sight_are_composed_whatever_stands_beside_them() {
        for c in ('\0'..=char::MAX).filter(|c| is_plain(*c)) {
            assert_eq!(is_nfc_quick(std::iter::once(c)), IsNormalized::Yes, "{c:?}");
            assert_eq!(unicode_normalization::char::canonical_combining_class(c), 0, "{c:?}");
            assert!(!c.is_control() || c == '\n', "{c:?}");
        }
    }

    /// Pieces that JSON is made of and broken by.
    fn pieces() -> impl Strategy<Value = String> {
        let words = [
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\"a\":",
            "\"\\u0061\":",
            "\"b\":1",
            "0",
            "-0",
            "-1",
            "01",
            "1.5",
            "1e3",
            "9007199254740991",
            "9007199254740992",
            "-9007199254740992",
            "18446744073709551617",
            "true",
            "false",
            "null",
            "nul",
            " ",
            "\n",
            "\t",
            "\"\\n\"",
            "\"\\ud800\"",
            "\"\\ud83d\\ude00\"",
            "\"\\x\"",
            "\"\u{7f}\"",
            "\"\u{85}\"",
            "\"e\u{301}\"",
            "\"\\u0000\"",
            "\"\u{e9}\"",
            "\"\u{1100}\u{1161}\"",
            "{\"a\":1,\"c\":[1,2]}",
            "\"\"",
            "-",
            "\u{feff}",
        ];
        let piece = proptest::sample::select(words.to_vec());
        proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    /// Valid values, some of them damaged at one place.
    fn values() -> impl Strategy<Value = Vec<u8>> {
        let leaf = proptest::sample::select(vec!["1", "null", "\"text\"", "\"\\u4e2d\"", "-7", "\"\\\"\"", "true"]);
        let value = leaf.prop_map(str::to_owned).prop_recursive(18, 64, 4, |inner| {
            let key = proptest::sample::select(vec!["a", "b", "c", "\\u0061", "key", "\u{6587}"]);
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(|all| format!("[{}]", all.join(" ,"))),
                proptest::collection::vec((key, inner), 0..4).prop_map(|all| {
                    let all: Vec<String> = all.iter().map(|(key, value)| format!("\"{key}\" : {value}")).collect();
                    format!("{{{}}}", all.join(","))
                }),
            ]
        });
        (value, proptest::option::of((any::<prop::sample::Index>(), any::<u8>()))).prop_map(|(text, hurt)| {
            let mut bytes = text.into_bytes();
            if let Some((at, byte)) = hurt {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            bytes
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn it_agrees_with_a_reader_that_shares_no_code_with_it(text in pieces(), bytes in values()) {
            for bytes in [text.as_bytes(), &bytes] {
                prop_assert_eq!(check(bytes).is_ok(), oracle::check(bytes), "{}", String::from_utf8_lossy(bytes));
            }
        }
    }
}
