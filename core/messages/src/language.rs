//! The two languages and how a reader's wish is understood.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A language of the messages. Every message exists in each. A reader who asks for neither gets Chinese.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    /// Simplified Chinese, `zh-CN`.
    #[default]
    #[serde(rename = "zh-CN")]
    Zh,
    /// English, `en`.
    #[serde(rename = "en")]
    En,
}

impl Language {
    /// Both, Chinese first.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The tag for `lang` attributes and `Content-Language`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// Understands a language tag by its first part, in any case: `zh`, `zh-Hans-CN`, `EN-gb`.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next()?;
        if primary.eq_ignore_ascii_case("zh") {
            Some(Self::Zh)
        } else if primary.eq_ignore_ascii_case("en") {
            Some(Self::En)
        } else {
            None
        }
    }

    /// Reads an `Accept-Language` header (RFC 9110, 12.5.4): the known language of the greatest weight, the earlier of
    /// equals. Nothing known, nothing readable or nothing sent gives Chinese.
    #[must_use]
    pub fn from_accept(header: &str) -> Self {
        let mut best: Option<(u32, Self)> = None;
        for range in header.split(',').take(32) {
            let mut parts = range.split(';');
            let Some(language) = parts.next().and_then(Self::from_tag) else { continue };
            let weight = parts.find_map(|p| p.trim().strip_prefix("q=")).map_or(1000, weight_per_mille);
            if weight > 0 && best.is_none_or(|(most, _)| weight > most) {
                best = Some((weight, language));
            }
        }
        best.map_or(Self::Zh, |(_, language)| language)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// Reads a weight from 0 to 1 with at most three decimals. Any other spelling counts as the smallest weight.
fn weight_per_mille(text: &str) -> u32 {
    let (whole, decimals) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let digits = decimals.len() <= 3 && decimals.bytes().all(|b| b.is_ascii_digit());
    match (whole, format!("{decimals:0<3}").parse::<u32>()) {
        ("1", Ok(0)) if digits => 1000,
        ("0", Ok(part)) if digits => part,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::Language::{self, En, Zh};

    #[test]
    fn the_known_language_of_the_greatest_weight_wins_and_the_earlier_of_equals() {
        for (header, expected) in [
            ("", Zh),
            ("fr", Zh),
            ("en", En),
            ("EN-us", En),
            ("zh-Hans-CN, en", Zh),
            ("en, zh", En),
            ("fr, en;q=0.8, zh;q=0.9", Zh),
            ("zh;q=0.5, en;q=0.501", En),
            ("en;q=0, zh;q=0.1", Zh),
            ("en;q=0", Zh),
            ("en;q=nonsense, zh;q=0.002", Zh),
            ("en ; q=1.000 , zh;q=0.999", En),
            (";;;,,,", Zh),
        ] {
            assert_eq!(Language::from_accept(header), expected, "{header}");
        }
    }
}
