//! Writes JSON that [`check`](super::check) accepts, in one pass. Values that a strict reader would refuse are refused
//! here.

use super::NUMBER_MAX;
use crate::limits::DEPTH_MAX;
use serde::Serialize;
use serde_json::ser::{CharEscape, CompactFormatter, Formatter, Serializer};
use std::io::{self, Write};
use unicode_normalization::is_nfc;

/// The bytes of a value, compact.
///
/// # Errors
/// A number is not whole or not below 2^53, a text holds a control character or is not composed, or it is nested too
/// deeply. The reason quotes no value.
pub fn to_vec(value: &impl Serialize) -> Result<Vec<u8>, serde_json::Error> {
    let mut bytes = Vec::with_capacity(512);
    value.serialize(&mut Serializer::with_formatter(&mut bytes, Strict::default()))?;
    Ok(bytes)
}

/// Writes the compact form, and refuses values that are not allowed.
#[derive(Default)]
struct Strict {
    depth: u32,
}

fn refused(reason: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

impl Strict {
    fn enter(&mut self) -> io::Result<()> {
        self.depth += 1;
        if self.depth > DEPTH_MAX { Err(refused("nested too deeply")) } else { Ok(()) }
    }
}

impl Formatter for Strict {
    fn write_i64<W: ?Sized + Write>(&mut self, to: &mut W, value: i64) -> io::Result<()> {
        if value.unsigned_abs() > NUMBER_MAX {
            return Err(refused("a number is not below 2^53"));
        }
        CompactFormatter.write_i64(to, value)
    }

    fn write_u64<W: ?Sized + Write>(&mut self, to: &mut W, value: u64) -> io::Result<()> {
        if value > NUMBER_MAX {
            return Err(refused("a number is not below 2^53"));
        }
        CompactFormatter.write_u64(to, value)
    }

    fn write_f32<W: ?Sized + Write>(&mut self, _: &mut W, _: f32) -> io::Result<()> {
        Err(refused("a number has a fraction"))
    }

    fn write_f64<W: ?Sized + Write>(&mut self, _: &mut W, _: f64) -> io::Result<()> {
        Err(refused("a number has a fraction"))
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, to: &mut W, fragment: &str) -> io::Result<()> {
        if fragment.is_ascii() || is_nfc(fragment) && !fragment.chars().any(char::is_control) {
            // The serializer hands ASCII control characters to `write_char_escape`, all but DEL.
            if fragment.contains('\u{7f}') {
                return Err(refused("a text holds a control character"));
            }
            return CompactFormatter.write_string_fragment(to, fragment);
        }
        Err(refused("a text holds a control character or is not in normalisation form C"))
    }

    fn write_char_escape<W: ?Sized + Write>(&mut self, to: &mut W, escape: CharEscape) -> io::Result<()> {
        match escape {
            CharEscape::Quote | CharEscape::ReverseSolidus | CharEscape::Solidus | CharEscape::LineFeed => {
                CompactFormatter.write_char_escape(to, escape)
            }
            _ => Err(refused("a text holds a control character")),
        }
    }

    fn begin_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.enter()?;
        CompactFormatter.begin_array(to)
    }

    fn end_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.depth -= 1;
        CompactFormatter.end_array(to)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.enter()?;
        CompactFormatter.begin_object(to)
    }

    fn end_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.depth -= 1;
        CompactFormatter.end_object(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    #[test]
    fn what_may_travel_is_written_as_the_compact_form_has_it() {
        let value = json!({"a": [1, -2, 9_007_199_254_740_991_u64, null, true, "文\n\"\\"], "b": {"a": {}}});
        assert_eq!(to_vec(&value).unwrap(), serde_json::to_vec(&value).unwrap());
    }

    #[test]
    fn what_a_reader_refuses_is_not_written() {
        let deep = (0..17).fold(json!(1), |inner, _| json!([inner]));
        for value in [
            json!(9_007_199_254_740_992_u64),
            json!(-9_007_199_254_740_992_i64),
            json!(1.5),
            json!("a\tb"),
            json!("\u{7f}"),
            json!("\u{85}"),
            json!("e\u{301}"),
            json!({"a\r": 1}),
            deep,
        ] {
            assert!(to_vec(&value).is_err(), "{value}");
        }
    }

    fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            "[a-z\\n\u{301}\u{4e2d}\u{1100}\u{1161}\u{7f}\u{85}\"]{0,6}".prop_map(Value::from),
            Just(Value::Null),
        ];
        leaf.prop_recursive(18, 48, 3, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
                proptest::collection::btree_map(any::<String>(), inner, 0..3)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn exactly_what_the_reader_passes_is_written(value in values()) {
            let plain = serde_json::to_vec(&value).unwrap();
            match to_vec(&value) {
                Ok(written) => {
                    prop_assert_eq!(&written, &plain);
                    prop_assert!(super::super::check(&written).is_ok());
                }
                Err(_) => prop_assert!(super::super::check(&plain).is_err(), "{}", value),
            }
        }
    }
}
