//! Where the instances of a facility are.

use crate::{
    code::Code,
    ordinals::{ORDINAL_MAX, Ordinals},
    text::{self, NAME_MAX},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One instance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// Its ordinal, from 1; given once and never again.
    pub ordinal: u32,
    /// Where it is, in words.
    pub place: String,
    /// The text of the QR code or NFC tag that is fixed there. It selects the instance and proves nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
}

/// The instances of a facility, in the order of the list that somebody keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Positions {
    /// The greatest ordinal that was ever given.
    given: u32,
    /// The instances.
    list: Vec<Position>,
}

/// Why a list is not taken: a place or a tag stands twice, a text is not fit to keep, or there are too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the list cannot be taken")]
pub struct PositionsError {
    /// The line, from 1.
    pub line: u32,
}

impl PositionsError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        Code::PositionsInvalid
    }
}

impl Positions {
    /// The list as somebody pasted it: a position a line, behind it a tag after a tab or a bar. A place that was on the
    /// list keeps its ordinal wherever it stands now; a new one gets an ordinal that nothing had before. So an instance
    /// keeps its address and its history when the list changes.
    ///
    /// # Errors
    /// The first line that cannot be taken.
    pub fn pasted(&self, typed: &str) -> Result<Self, PositionsError> {
        let known: BTreeMap<&str, u32> = self.list.iter().map(|held| (held.place.as_str(), held.ordinal)).collect();
        let (mut places, mut tags) = (BTreeSet::new(), BTreeSet::new());
        let mut after = Self { given: self.given, list: Vec::new() };
        for (line, typed) in (1..).zip(typed.lines()).filter(|(_, typed)| !text::is_blank(typed)) {
            let refused = PositionsError { line };
            let (place, tag) = typed.split_once(['\t', '|', '\u{ff5c}']).map_or((typed, None), |(a, b)| (a, Some(b)));
            let place = text::name(place, NAME_MAX).map_err(|_| refused)?;
            let tag = text::present(tag, text::line, NAME_MAX).map_err(|_| refused)?;
            let fresh = places.insert(place.clone()) && tag.as_ref().is_none_or(|tag| tags.insert(tag.clone()));
            let ordinal = known.get(place.as_str()).copied().unwrap_or(after.given + 1);
            if !fresh || ordinal > ORDINAL_MAX {
                return Err(refused);
            }
            after.given = after.given.max(ordinal);
            after.list.push(Position { ordinal, place, tag });
        }
        Ok(after)
    }

    /// The list as [`pasted`](Self::pasted) reads it.
    pub fn to_text(&self) -> String {
        let line = |held: &Position| match &held.tag {
            Some(tag) => format!("{}\t{tag}\n", held.place),
            None => format!("{}\n", held.place),
        };
        self.list.iter().map(line).collect()
    }

    /// The instances, in the order of the list.
    pub fn list(&self) -> &[Position] {
        &self.list
    }

    /// Whether nobody has made a list.
    pub const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The ordinals of the list.
    pub fn ordinals(&self) -> Ordinals {
        Ordinals::of(self.list.iter().map(|held| held.ordinal))
    }

    /// The instance with this ordinal.
    pub fn at(&self, ordinal: u32) -> Option<&Position> {
        self.list.iter().find(|held| held.ordinal == ordinal)
    }

    /// The instance whose tag says this.
    pub fn tagged(&self, tag: &str) -> Option<&Position> {
        let read = text::line(tag, NAME_MAX).ok()?;
        self.list.iter().find(|held| held.tag.as_deref() == Some(read.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(positions: &Positions) -> Vec<(u32, &str)> {
        positions.list().iter().map(|held| (held.ordinal, held.place.as_str())).collect()
    }

    /// an instance keeps its address when the list changes, and no ordinal is given twice.
    #[test]
    fn r_361_a_place_keeps_its_ordinal_and_no_ordinal_is_given_twice() {
        let first = Positions::default().pasted("一层大厅\tQR-1\r\n一层走廊\n\n二层走廊 | QR-3\n").unwrap();
        assert_eq!(places(&first), [(1, "一层大厅"), (2, "一层走廊"), (3, "二层走廊")]);
        assert_eq!(first.tagged(" QR-3 ").map(|held| held.ordinal), Some(3));
        assert_eq!((first.tagged("QR-2"), first.at(2).and_then(|held| held.tag.as_deref())), (None, None));
        let second = first.pasted("二层走廊\n三层走廊\n一层大厅").unwrap();
        assert_eq!(places(&second), [(3, "二层走廊"), (4, "三层走廊"), (1, "一层大厅")]);
        let third = second.pasted("一层走廊\n").unwrap();
        assert_eq!(places(&third), [(5, "一层走廊")], "it was taken off the list, and is a new one");
        assert_eq!(first.pasted(&first.to_text()).unwrap(), first, "the same list changes nothing");
    }

    #[test]
    fn r_361_a_line_that_cannot_be_taken_is_named() {
        let line = |typed: &str| Positions::default().pasted(typed).unwrap_err().line;
        assert_eq!(line("大厅\n走廊\n大厅\n"), 3);
        assert_eq!(line("大厅\tA\n走廊\tA"), 2);
        assert_eq!(line(&format!("\n{}", "长".repeat(101))), 2);
        assert_eq!(line("\tA"), 1, "a tag without a place");
        assert_eq!(line("a\u{7}"), 1);
        let many: String = (0..=ORDINAL_MAX).map(|n| format!("{n}\n")).collect();
        assert_eq!(line(&many), ORDINAL_MAX + 1);
        let full: String = (0..ORDINAL_MAX).map(|n| format!("{n}\n")).collect();
        assert_eq!(Positions::default().pasted(&full).unwrap().ordinals().told(", "), "1\u{2013}10000");
    }
}
