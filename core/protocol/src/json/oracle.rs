//! The same rules once more, over the reader of a library: what the scan is compared with.

use super::{DEPTH_MAX, NUMBER_MAX};
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use std::{collections::HashSet, fmt};

pub(super) fn check(bytes: &[u8]) -> bool {
    let mut from = serde_json::Deserializer::from_slice(bytes);
    Strict { depth: 0 }.deserialize(&mut from).and_then(|()| from.end()).is_ok()
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
        let mut keys = HashSet::new();
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
