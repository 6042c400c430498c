//! A row of a table, and what is told about it.

use super::{Column, Form};
use crate::{
    office::{Flaw, Refused, Rule},
    sheet::Cell,
    store::StoreError,
};
use chrono::NaiveDate;
use firebee_domain::code::Code;
use firebee_protocol::text::{Arg, named::Values};
use serde::{Deserialize, Deserializer, Serialize, de};
use std::collections::BTreeMap;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number, as spreadsheets show it.
    pub number: u32,
    /// What stands in the columns that are known.
    pub cells: BTreeMap<String, Cell>,
}

/// What is wrong with a cell, or with a row as a whole where `at` is empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The key of the column.
    pub at: String,
    /// The stable code.
    #[serde(deserialize_with = "word")]
    pub code: Code,
    /// What the sentences of that code name.
    pub values: Vec<(String, Said)>,
}

/// A value of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Said {
    /// A number.
    Number(i64),
    /// A text.
    Text(String),
}

fn word<'de, D: Deserializer<'de>>(from: D) -> Result<Code, D::Error> {
    String::deserialize(from)?.parse().map_err(|_| de::Error::custom("no code"))
}

impl Told {
    /// A code said of a column.
    pub(super) fn new(at: impl Into<String>, code: Code, values: Values) -> Self {
        let said = |value| match value {
            Arg::Number(number) => Said::Number(number),
            Arg::Text(text) => Said::Text(text.into_owned()),
        };
        let values = values.into_iter().map(|(name, value)| (name.to_owned(), said(value))).collect();
        Self { at: at.into(), code, values }
    }

    /// What a command says of the row that it was given; the store's trouble is nobody's fault.
    pub(super) fn of<R: Rule>(refused: Refused<R>) -> Result<Vec<Self>, StoreError> {
        let flaws = match refused {
            Refused::Store(error) => return Err(error),
            ref known => known.flaws(),
        };
        if flaws.is_empty() {
            return Ok(vec![Self::new("", refused.code(), refused.values())]);
        }
        Ok(flaws.into_iter().map(|Flaw { at, code, values }| Self::new(at, code, values)).collect())
    }

    /// The values for its sentence.
    #[must_use]
    pub fn named(&self) -> Vec<(&str, Arg<'_>)> {
        let arg = |said: &Said| match said {
            Said::Number(number) => Arg::from(*number),
            Said::Text(text) => Arg::from(text.clone()),
        };
        self.values.iter().map(|(name, said)| (name.as_str(), arg(said))).collect()
    }
}

impl Row {
    /// What a form would send for a column; what no form could send is told.
    pub(super) fn text(&self, column: &Column, told: &mut Vec<Told>) -> String {
        let mut wrong = |code| {
            told.push(Told::new(column.key, code, Values::new()));
            String::new()
        };
        match (self.cells.get(column.key), column.form) {
            (None, _) => String::new(),
            (Some(Cell::Text(text)), Form::Text) => text.clone(),
            (Some(Cell::Text(text)), Form::Id | Form::Phone | Form::Number) => narrow(text),
            (Some(Cell::Text(text)), Form::Day) => day(&narrow(text)).unwrap_or_else(|| text.clone()),
            (Some(Cell::Number(number)), Form::Text | Form::Number) => number.clone(),
            // A spreadsheet keeps fifteen digits of a number, and no zero in front.
            (Some(Cell::Number(number)), Form::Phone) if is_mobile(number) => number.clone(),
            (Some(Cell::Number(_) | Cell::Day(_)), Form::Id | Form::Phone) => wrong(Code::CellNumberInIdColumn),
            (Some(Cell::Day(_)), Form::Number) | (Some(Cell::Number(_)), Form::Day) => wrong(Code::CellMalformed),
            (Some(Cell::Day(day)), Form::Text | Form::Day) => day.to_string(),
            (Some(Cell::Broken(_)), _) => wrong(Code::CellBroken),
        }
    }
}

/// A day as it is kept, of one that is written with other marks between year, month and day.
fn day(text: &str) -> Option<String> {
    let apart = |letter: char| !letter.is_ascii_digit();
    let parts: Vec<&str> = text.split(apart).filter(|part| !part.is_empty()).collect();
    let [year, month, day] = parts.as_slice() else { return None };
    let day = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    Some(day.to_string())
}

/// Digits and letters of full width as those of a keyboard.
pub(super) fn narrow(text: &str) -> String {
    let half = |letter: char| match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        '\u{3000}' => ' ',
        _ => letter,
    };
    text.chars().map(half).collect::<String>().trim().to_owned()
}

fn is_mobile(number: &str) -> bool {
    number.len() == 11 && number.starts_with('1') && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text as T;

    #[test]
    fn r_372_a_number_in_a_column_of_ids_is_refused_and_digits_of_full_width_are_read() {
        let column = |form| Column {
            key: "x",
            title: T::OwnerName,
            also: T::OwnerName,
            hint: T::OwnerName,
            form,
            required: true,
        };
        let read = |cell: Cell, form| {
            let (mut told, cells) = (Vec::new(), BTreeMap::from([("x".to_owned(), cell)]));
            let text = Row { number: 2, cells }.text(&column(form), &mut told);
            (text, told.first().map(|told| told.code))
        };
        let number = |text: &str| Cell::Number(text.into());
        let refused = (String::new(), Some(Code::CellNumberInIdColumn));
        assert_eq!(read(number("630102199001011000"), Form::Id), refused);
        assert_eq!(read(number("9716100001"), Form::Phone), refused, "the zero in front is lost");
        assert_eq!(read(number("13900000021"), Form::Phone), ("13900000021".into(), None));
        assert_eq!(read(number("301"), Form::Text), ("301".into(), None));
        assert_eq!(read(Cell::Text("\u{ff11}\u{ff13}9\u{3000}".into()), Form::Phone), ("139".into(), None));
        for written in ["2021-05-06", "2021/5/6", "2021\u{5e74}5\u{6708}6\u{65e5}"] {
            assert_eq!(read(Cell::Text(written.into()), Form::Day), ("2021-05-06".into(), None));
        }
        assert_eq!(read(Cell::Text("May".into()), Form::Day), ("May".into(), None), "no day, and so it is told later");
        let malformed = (String::new(), Some(Code::CellMalformed));
        assert_eq!(read(number("44000"), Form::Day), malformed);
        assert_eq!(read(Cell::Day(NaiveDate::from_ymd_opt(2021, 5, 6).unwrap()), Form::Number), malformed);
        assert_eq!(read(Cell::Text("\u{ff13}\u{ff10}".into()), Form::Number), ("30".into(), None));
        assert_eq!(read(Cell::Broken("#REF!".into()), Form::Text), (String::new(), Some(Code::CellBroken)));
    }

    #[test]
    fn what_is_told_is_kept_and_said_again() {
        let told = Told::new("name", Code::TextTooLong, vec![("max", Arg::from(200_u32)), ("name", Arg::from("a"))]);
        let back: Told = serde_json::from_str(&serde_json::to_string(&told).unwrap()).unwrap();
        assert_eq!((back.named().len(), &back), (2, &told));
    }
}
