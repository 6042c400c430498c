//! Where the instances of a facility are.

use crate::{
    code::Code,
    id::Hash,
    ordinals::{ORDINAL_MAX, Ordinals},
    text::{self, NAME_MAX, TextError},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
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

/// Why a list is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PositionsError {
    /// The project has ended.
    #[error("the project is terminated")]
    ProjectTerminated,
    /// A place or a tag stands twice, or a text is not fit to keep.
    #[error("line {line} of the list cannot be taken")]
    Line {
        /// The line, from 1.
        line: u32,
    },
    /// A new position has no ordinal left: [`ORDINAL_MAX`] were given, and none is given twice.
    #[error("every ordinal is given")]
    TooMany,
    /// Somebody else has changed the list since the form was made.
    #[error("the list has changed since")]
    Changed,
}

impl PositionsError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::ProjectTerminated => Code::ProjectTerminated,
            Self::Line { .. } => Code::PositionsInvalid,
            Self::TooMany => Code::PositionsTooMany,
            Self::Changed => Code::PositionsChanged,
        }
    }
}

/// Why an instance is not put on a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PositionError {
    /// The project has ended.
    #[error("the project is terminated")]
    ProjectTerminated,
    /// The place is missing or not fit to keep.
    #[error("the place: {0}")]
    Place(TextError),
    /// The tag is not fit to keep.
    #[error("the tag: {0}")]
    Tag(TextError),
    /// Another instance of the list has this place or this tag, or one of them holds what stands between the two in a list.
    #[error("the place or the tag is another instance's, or holds a bar or a tab")]
    Taken,
    /// No ordinal is left for another instance.
    #[error("every ordinal is given")]
    TooMany,
}

impl PositionError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::Place(error) | Self::Tag(error) => error.code(),
            Self::ProjectTerminated => Code::ProjectTerminated,
            Self::Taken => Code::PositionTaken,
            Self::TooMany => Code::PositionsTooMany,
        }
    }
}

/// What stands between a place and its tag in a list.
const APART: [char; 3] = ['\t', '|', '\u{ff5c}'];

/// A line of a list as somebody typed it.
struct Typed {
    place: String,
    tag: Option<String>,
}

/// The lines of a list that say something.
fn read(typed: &str) -> Result<Vec<Typed>, PositionsError> {
    let (mut places, mut tags) = (BTreeSet::new(), BTreeSet::new());
    let mut lines = Vec::new();
    for (line, typed) in (1..).zip(typed.lines()).filter(|(_, typed)| !text::is_blank(typed)) {
        let refused = PositionsError::Line { line };
        let (place, tag) = typed.split_once(APART).map_or((typed, None), |(a, b)| (a, Some(b)));
        let place = text::name(place, NAME_MAX).map_err(|_| refused)?;
        let tag = text::present(tag, text::line, NAME_MAX).map_err(|_| refused)?;
        let fresh = places.insert(place.clone()) && tag.as_ref().is_none_or(|tag| tags.insert(tag.clone()));
        if !fresh {
            return Err(refused);
        }
        lines.push(Typed { place, tag });
    }
    Ok(lines)
}

impl Positions {
    /// The list as somebody pasted it: a position a line, behind it a tag after a tab or a bar. The tag identifies an
    /// instance: who carries a tag that was on the list keeps its ordinal, however the place is worded now. Without such a
    /// tag the place does, wherever it stands now. A new one gets an ordinal that nothing had before. So an instance
    /// keeps its address and its history when the list changes.
    ///
    /// # Errors
    /// The first line that cannot be taken, or no ordinal is left.
    pub fn pasted(&self, typed: &str) -> Result<Self, PositionsError> {
        let lines = read(typed)?;
        let tagged: BTreeMap<&str, u32> =
            self.list.iter().filter_map(|held| Some((held.tag.as_deref()?, held.ordinal))).collect();
        let named: BTreeMap<&str, u32> = self.list.iter().map(|held| (held.place.as_str(), held.ordinal)).collect();
        let by_tag = |line: &Typed| line.tag.as_deref().and_then(|tag| tagged.get(tag)).copied();
        // A place whose tag went to another line is another instance now.
        let mut taken: BTreeSet<u32> = lines.iter().filter_map(by_tag).collect();
        let mut after = Self { given: self.given, list: Vec::with_capacity(lines.len()) };
        for line in lines {
            let by_place = || named.get(line.place.as_str()).copied().filter(|ordinal| taken.insert(*ordinal));
            let ordinal = by_tag(&line).or_else(by_place).unwrap_or(after.given + 1);
            if ordinal > ORDINAL_MAX {
                return Err(PositionsError::TooMany);
            }
            after.given = after.given.max(ordinal);
            after.list.push(Position { ordinal, place: line.place, tag: line.tag });
        }
        Ok(after)
    }

    /// As [`pasted`](Self::pasted), of a form that was made from the list with the mark `made_from`.
    ///
    /// # Errors
    /// As [`pasted`](Self::pasted), or somebody else has changed the list since.
    pub fn kept(&self, made_from: Hash, typed: &str) -> Result<Self, PositionsError> {
        if self.mark() == made_from { self.pasted(typed) } else { Err(PositionsError::Changed) }
    }

    /// The list with one instance more at its end, or with another place and tag for the one that has this ordinal. `None`
    /// where no instance has it.
    ///
    /// # Errors
    /// As [`PositionError`] says.
    pub fn put(&self, ordinal: Option<u32>, place: &str, tag: &str) -> Result<Option<Self>, PositionError> {
        let place = text::name(place, NAME_MAX).map_err(PositionError::Place)?;
        let tag = text::present(Some(tag), text::line, NAME_MAX).map_err(PositionError::Tag)?;
        let barred = |text: &str| text.contains(APART);
        let same = |held: &Position| held.place == place || (tag.is_some() && held.tag == tag);
        let others = || self.list.iter().filter(|held| Some(held.ordinal) != ordinal);
        if barred(&place) || tag.as_deref().is_some_and(barred) || others().any(same) {
            return Err(PositionError::Taken);
        }
        let mut after = self.clone();
        if let Some(ordinal) = ordinal {
            let Some(held) = after.list.iter_mut().find(|held| held.ordinal == ordinal) else { return Ok(None) };
            *held = Position { ordinal, place, tag };
            return Ok(Some(after));
        }
        if after.given >= ORDINAL_MAX {
            return Err(PositionError::TooMany);
        }
        after.given += 1;
        after.list.push(Position { ordinal: after.given, place, tag });
        Ok(Some(after))
    }

    /// The list without the instance that has this ordinal; `None` where no instance has it.
    pub fn without(&self, ordinal: u32) -> Option<Self> {
        let mut after = self.clone();
        after.list.retain(|held| held.ordinal != ordinal);
        (after.list.len() < self.list.len()).then_some(after)
    }

    /// SHA-256 of the list as text. Two lists with one mark say the same.
    pub fn mark(&self) -> Hash {
        Hash(Sha256::digest(self.to_text().as_bytes()).into())
    }

    /// The lines of this list that an earlier one had not, and those of the earlier one that this has no more.
    pub fn changed_since(&self, before: &Self) -> (Vec<String>, Vec<String>) {
        let (now, then) = (self.to_text(), before.to_text());
        let (these, those): (BTreeSet<&str>, BTreeSet<&str>) = (now.lines().collect(), then.lines().collect());
        let beyond = |text: &str, other: &BTreeSet<&str>| {
            text.lines().filter(|line| !other.contains(line)).map(ToOwned::to_owned).collect()
        };
        (beyond(&now, &those), beyond(&then, &these))
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

    /// the tag identifies an instance, and the place only where no tag does.
    #[test]
    fn r_361_a_reworded_place_keeps_the_ordinal_of_its_tag() {
        let first = Positions::default().pasted("大厅\tA\n走廊\tB\n机房\n").unwrap();
        let second = first.pasted("一层大厅\tA\n走廊\tB\n机房\tC\n").unwrap();
        assert_eq!(
            places(&second),
            [(1, "一层大厅"), (2, "走廊"), (3, "机房")],
            "a place that gets a tag stays itself"
        );
        let third = second.pasted("走廊\tA\n一层大厅\tB\n机房\tD\n").unwrap();
        assert_eq!(places(&third), [(1, "走廊"), (2, "一层大厅"), (3, "机房")], "the tags changed their places' names");
        let fourth = third.pasted("走廊\n西走廊\tA\n").unwrap();
        assert_eq!(places(&fourth), [(4, "走廊"), (1, "西走廊")], "its tag went with another line");
        assert!(fourth.ordinals().iter().count() == 2, "no ordinal is given twice");
    }

    /// of two forms that were made from one list, the later drops nothing of the earlier.
    #[test]
    fn r_361_a_form_that_was_made_from_another_list_is_refused() {
        let first = Positions::default().kept(Positions::default().mark(), "大厅\n走廊\tB\n").unwrap();
        let second = first.kept(first.mark(), "大厅\n走廊\tB\n机房\n").unwrap();
        assert_eq!(second.kept(first.mark(), "大厅\n"), Err(PositionsError::Changed));
        assert_eq!(second.kept(second.mark(), "大厅\n").map(|list| list.list().len()), Ok(1));
        let third = second.pasted("大厅\n东走廊\tB\n机房\n").unwrap();
        let changed = third.changed_since(&first);
        assert_eq!(changed, (vec!["东走廊\tB".to_owned(), "机房".to_owned()], vec!["走廊\tB".to_owned()]));
    }

    /// one instance is put on a list, worded anew or taken off it, and the others stay.
    #[test]
    fn r_361_an_instance_is_put_on_a_list_alone_and_keeps_its_ordinal() {
        let first = Positions::default().pasted("大厅\tA\n走廊\n").unwrap();
        let more = first.put(None, " 机房 ", "C").unwrap().unwrap();
        assert_eq!(places(&more), [(1, "大厅"), (2, "走廊"), (3, "机房")]);
        assert_eq!(more, first.pasted("大厅\tA\n走廊\n机房\tC\n").unwrap(), "as if the list had come as a whole");
        let worded = more.put(Some(1), "一层大厅", "").unwrap().unwrap();
        assert_eq!((places(&worded)[0], worded.tagged("A")), ((1, "一层大厅"), None));
        assert_eq!(more.put(Some(9), "别处", ""), Ok(None));
        let fewer = more.without(3).unwrap();
        assert_eq!(places(&fewer), places(&first));
        assert_eq!(places(&fewer.put(None, "机房", "").unwrap().unwrap())[2], (4, "机房"), "no ordinal is given twice");
        assert_eq!(more.without(9), None);
        for (place, tag) in [("走廊", ""), ("别处", "A"), ("别|处", ""), ("别\u{ff5c}处", "")] {
            assert_eq!(more.put(None, place, tag).unwrap_err().code(), Code::PositionTaken, "{place} {tag}");
        }
        assert_eq!(more.put(None, " ", ""), Err(PositionError::Place(TextError::Empty)));
        for tag in ["a\tb", &"长".repeat(101)] {
            assert!(matches!(more.put(None, "别处", tag), Err(PositionError::Tag(_))), "{tag}");
        }
        let full: String = (0..ORDINAL_MAX).map(|n| format!("{n}\n")).collect();
        assert_eq!(Positions::default().pasted(&full).unwrap().put(None, "别处", ""), Err(PositionError::TooMany));
    }

    #[test]
    fn r_361_a_line_that_cannot_be_taken_is_named() {
        let line = |typed: &str| Positions::default().pasted(typed).unwrap_err();
        let at = |line| PositionsError::Line { line };
        assert_eq!(line("大厅\n走廊\n大厅\n"), at(3));
        assert_eq!(line("大厅\tA\n走廊\tA"), at(2));
        assert_eq!(line(&format!("\n{}", "长".repeat(101))), at(2));
        assert_eq!(line("\tA"), at(1), "a tag without a place");
        assert_eq!(line("a\u{7}"), at(1));
    }

    #[test]
    fn r_361_a_facility_has_so_many_positions_and_no_more() {
        let many: String = (0..=ORDINAL_MAX).map(|n| format!("{n}\n")).collect();
        assert_eq!(Positions::default().pasted(&many), Err(PositionsError::TooMany));
        let full: String = (0..ORDINAL_MAX).map(|n| format!("{n}\n")).collect();
        let full = Positions::default().pasted(&full).unwrap();
        assert_eq!(full.ordinals().told(", "), "1\u{2013}10000");
        assert_eq!(full.pasted("1\n另一处\n"), Err(PositionsError::TooMany), "no number is given twice");
        assert_eq!(full.pasted("1\n").map(|list| list.list().len()), Ok(1));
    }
}
