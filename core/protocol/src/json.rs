//! The JSON that facts may be made of: no key twice at any depth, whole numbers below 2^53 only, bounded depth, text
//! in normalisation form C without control characters but line feed **bytes**.

use crate::limits::DEPTH_MAX;
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use std::{collections::HashSet, fmt};

const NUMBER_MAX: u64 = (1 << 53) - 1;

/// The bytes are not JSON of that kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not strict JSON: {reason}")]
pub struct NotStrict {
    /// What is wrong, for the log; it quotes no value.
    pub reason: String,
}

/// Checks that the bytes are exactly one strict JSON value.
pub fn check(bytes: &[u8]) -> Result<(), NotStrict> {
    let mut from = serde_json::Deserializer::from_slice(bytes);
    let read = Strict { depth: 0 }.deserialize(&mut from).and_then(|()| from.end());
    read.map_err(|error| NotStrict {
        reason: format!("{:?} at column {}: {}", error.classify(), error.column(), strip(&error)),
    })
}

/// The reason without the value it may quote.
fn strip(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split([':', '`', '"']).next().unwrap_or_default().trim().to_owned()
}

#[derive(Clone, Copy)]
struct Strict {
    depth: u32,
}

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl Strict {
    fn deeper<E: de::Error>(self) -> Result<Self, E> {
        let depth = self.depth + 1;
        if depth > DEPTH_MAX { Err(E::custom("nested too deeply")) } else { Ok(Self { depth }) }
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("strict JSON")
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }
    fn visit_u64<E: de::Error>(self, value: u64) -> Result<(), E> {
        if value > NUMBER_MAX { Err(E::custom("a number is not below 2^53")) } else { Ok(()) }
    }
    fn visit_i64<E: de::Error>(self, value: i64) -> Result<(), E> {
        self.visit_u64(value.unsigned_abs())
    }
    fn visit_f64<E: de::Error>(self, _: f64) -> Result<(), E> {
        Err(E::custom("a number has a fraction, an exponent or too many digits"))
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<(), E> {
        use unicode_normalization::{IsNormalized, is_nfc_quick};
        if text.is_ascii() {
            let bad = text.bytes().any(|byte| byte.is_ascii_control() && byte != b'\n');
            return if bad { Err(E::custom("a text holds a control character")) } else { Ok(()) };
        }
        if text.chars().any(|c| c.is_control() && c != '\n') {
            return Err(E::custom("a text holds a control character"));
        }
        let normal = match is_nfc_quick(text.chars()) {
            IsNormalized::Yes => true,
            IsNormalized::No => false,
            IsNormalized::Maybe => unicode_normalization::is_nfc(text),
        };
        if normal { Ok(()) } else { Err(E::custom("a text is not in normalisation form C")) }
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let inner = self.deeper()?;
        while items.next_element_seed(inner)?.is_some() {}
        Ok(())
    }
    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let inner = self.deeper()?;
        let mut keys: Keys<'de> = Keys::default();
        while let Some(key) = entries.next_key::<std::borrow::Cow<'de, str>>()? {
            inner.visit_str::<A::Error>(&key)?;
            if !keys.insert(key) {
                return Err(de::Error::custom("a key stands twice"));
            }
            entries.next_value_seed(inner)?;
        }
        Ok(())
    }
}

/// The keys of one object. Objects are small, so a list is searched until it grows.
#[derive(Default)]
struct Keys<'de> {
    few: Vec<std::borrow::Cow<'de, str>>,
    many: HashSet<std::borrow::Cow<'de, str>>,
}

impl<'de> Keys<'de> {
    fn insert(&mut self, key: std::borrow::Cow<'de, str>) -> bool {
        const FEW: usize = 16;
        if self.few.contains(&key) {
            return false;
        }
        if self.few.len() < FEW {
            self.few.push(key);
            return true;
        }
        self.many.insert(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let reason = check(br#"{"name":"secret","name":1}"#).unwrap_err().reason;
        assert!(!reason.contains("secret"), "{reason}");
    }
}
