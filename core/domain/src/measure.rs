//! Measured values: decimal strings, compared as integers scaled by 10^6. No float anywhere.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{cmp::Ordering, fmt, str::FromStr};

/// How many units of the scaled integer make 1.
pub const SCALE: i64 = 1_000_000;

/// A decimal number with at most nine digits before and six after the point; it keeps the places it was entered
/// with, and two are equal when their values are (`30` = `30.0`).
#[derive(Clone, Copy, Debug)]
pub struct Decimal {
    scaled: i64,
    places: u8,
}

/// The text is not `-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a decimal number of at most nine digits and six places")]
pub struct DecimalError;

impl Decimal {
    /// The value times [`SCALE`].
    pub const fn scaled(self) -> i64 {
        self.scaled
    }
    /// How many places stood behind the point.
    pub const fn places(self) -> u8 {
        self.places
    }
    /// Whether the value needs more than `places` places: `1.50` needs one.
    pub const fn is_finer_than(self, places: u8) -> bool {
        match 6_u32.checked_sub(places as u32) {
            Some(below) => self.scaled % 10_i64.pow(below) != 0,
            None => false,
        }
    }
    /// The same value with at least so many places, six at most: 0.1 with two places is `0.10`.
    #[must_use]
    pub const fn padded(self, places: u8) -> Self {
        let places = if places > 6 { 6 } else { places };
        Self { scaled: self.scaled, places: if self.places > places { self.places } else { places } }
    }
    /// The sum, with as many places as the finer term.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        [self, other].into_iter().sum()
    }
    /// The difference, with as many places as the finer term.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        self.plus(Self { scaled: -other.scaled, places: other.places })
    }
    /// So many percent of the value, rounded up to so many places, six at most: 1 % of 1001 pieces is 11 pieces.
    #[must_use]
    pub fn percent_up(self, percent: Self, places: u8) -> Self {
        let step = i128::from(10_i64.pow(u32::from(6 - places.min(6))));
        let exact = i128::from(self.scaled) * i128::from(percent.scaled);
        let unit = step * 100 * i128::from(SCALE);
        let steps = exact.div_euclid(unit) + i128::from(exact.rem_euclid(unit) > 0);
        let scaled = i64::try_from(steps * step).unwrap_or(i64::MAX);
        Self { scaled, places: places.min(6) }
    }
    /// Whether the value is below zero (`-0` is `0`).
    pub const fn is_negative(self) -> bool {
        self.scaled < 0
    }
}

impl Default for Decimal {
    /// Zero.
    fn default() -> Self {
        Self { scaled: 0, places: 0 }
    }
}

impl std::iter::Sum for Decimal {
    /// The sum, with as many places as its finest term.
    fn sum<I: Iterator<Item = Self>>(terms: I) -> Self {
        terms.fold(Self { scaled: 0, places: 0 }, |sum, term| Self {
            scaled: sum.scaled.saturating_add(term.scaled),
            places: sum.places.max(term.places),
        })
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.scaled == other.scaled
    }
}
impl Eq for Decimal {}
impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        self.scaled.cmp(&other.scaled)
    }
}

impl FromStr for Decimal {
    type Err = DecimalError;
    fn from_str(text: &str) -> Result<Self, DecimalError> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, fraction) =
            digits.split_once('.').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let fraction_ok = fraction.is_none_or(|part| all_digits(part) && part.len() <= 6);
        if !all_digits(whole) || whole.len() > 9 || (whole.len() > 1 && whole.starts_with('0')) || !fraction_ok {
            return Err(DecimalError);
        }
        let number = |part: &str| part.bytes().fold(0, |sum, byte| sum * 10 + i64::from(byte - b'0'));
        let places = fraction.map_or(0, str::len) as u8;
        let below = fraction.map_or(0, |part| number(part) * 10_i64.pow(u32::from(6 - places)));
        let scaled = number(whole) * SCALE + below;
        Ok(Self { scaled: if negative { -scaled } else { scaled }, places })
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, value) = (if self.scaled < 0 { "-" } else { "" }, self.scaled.unsigned_abs());
        write!(f, "{sign}{}", value / SCALE.unsigned_abs())?;
        if self.places == 0 {
            return Ok(());
        }
        let places = usize::from(self.places);
        let below = value % SCALE.unsigned_abs() / 10_u64.pow(6 - u32::from(self.places));
        write!(f, ".{below:0places$}")
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_shown_with_the_places_of_its_field_and_a_share_is_rounded_up() {
        let of = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(of("0.1").padded(2).to_string(), "0.10");
        assert_eq!(of("0.125").padded(2).to_string(), "0.125");
        assert_eq!(of("7").padded(9).to_string(), "7.000000");
        assert_eq!(of("1001").percent_up(of("1"), 0).to_string(), "11");
        assert_eq!(of("1000").percent_up(of("1"), 0).to_string(), "10");
        assert_eq!(of("0.5").percent_up(of("90"), 2).to_string(), "0.45");
        assert_eq!(of("0").percent_up(of("1"), 0).to_string(), "0");
        assert_eq!(of("1.5").minus(of("0.25")).to_string(), "1.25");
        assert_eq!(of("70").plus(of("15.0")).to_string(), "85.0");
    }

    #[test]
    fn a_decimal_keeps_its_text_and_compares_by_value() {
        for text in ["0", "30", "30.1", "-12.50", "999999999.999999", "0.000001"] {
            assert_eq!(text.parse::<Decimal>().map(|value| value.to_string()), Ok(text.to_owned()));
        }
        let parse = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(parse("30"), parse("30.000"));
        assert_eq!(parse("-0"), parse("0"));
        assert!(parse("30") < parse("30.1") && parse("-1") < parse("-0.5"));
    }

    #[test]
    fn a_decimal_is_as_fine_as_its_last_place_that_is_not_zero() {
        let finer = |text: &str, places| text.parse::<Decimal>().unwrap().is_finer_than(places);
        assert!(finer("1.5", 0) && finer("-1.05", 1) && finer("0.000001", 5));
        assert!(!finer("1.0", 0) && !finer("-1.50", 1) && !finer("0.000001", 6) && !finer("0.000001", 7));
    }

    #[test]
    fn what_is_not_plain_decimal_is_refused() {
        for text in [
            "",
            "-",
            ".5",
            "5.",
            "01",
            "1e3",
            "+1",
            " 1",
            "1 ",
            "1,5",
            "1234567890",
            "0.1234567",
            "NaN",
            "３０",
            "--1",
            "1.-2",
        ] {
            assert_eq!(text.parse::<Decimal>(), Err(DecimalError), "{text:?}");
        }
    }
}
