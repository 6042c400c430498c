//! One page of a list. The database finds, sorts and cuts; a page begins behind the last row of the page before, so a row
//! that comes meanwhile moves no other.
//!
//! Every list is one statement with the same first parameters: ?1, ?2 and ?3 are those of
//! `Visible::values`, ?4 to ?6 the words that are searched for, ?7 and ?8 the place
//! where the page begins, ?9 how many rows. What else a list is narrowed by begins at ?10.

use super::visible::Visible;
use crate::{
    row,
    store::{FromCell, Row, Sql, StoreError, Tx, Value},
};
use firebee_domain::{
    spelling,
    time::{Month, Timestamp, china_midnight},
};
use std::{collections::HashMap, hash::Hash};
use uuid::Uuid;

/// How many rows a page has where nobody asks for another number.
pub const PAGE_ROWS: u32 = 50;

/// What is asked of a list. `S` names its orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted<S> {
    /// Words that the row's names hold: their characters, their pinyin or its initials; empty admits all.
    pub search: String,
    /// The order.
    pub sort: S,
    /// Whether the greatest comes first.
    pub descending: bool,
    /// The row behind which the page begins; `None` is the first page.
    pub after: Option<Place>,
    /// How many rows at most.
    pub rows: u32,
}

/// The place of a row in the order of its list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What the order compares.
    pub key: String,
    /// What tells rows with the same key apart.
    pub id: String,
}

/// Rows of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<R> {
    /// The rows.
    pub rows: Vec<R>,
    /// The place of the last of them, if others follow.
    pub next: Option<Place>,
}

impl<R> Page<R> {
    /// The same page of what `make` makes of each row.
    pub fn map<L>(self, make: impl FnMut(R) -> L) -> Page<L> {
        Page { rows: self.rows.into_iter().map(make).collect(), next: self.next }
    }
}

/// The first page, in the usual order.
impl<S: Default> Default for Wanted<S> {
    fn default() -> Self {
        Self { search: String::new(), sort: S::default(), descending: false, after: None, rows: PAGE_ROWS }
    }
}

impl<S: Default> Wanted<S> {
    /// The first rows in the usual order.
    pub fn first(rows: u32) -> Self {
        Self { rows, ..Self::default() }
    }
}

/// The latest rows of a list whose usual order is by time.
pub fn latest<S: Default>(rows: u32) -> Wanted<S> {
    Wanted { descending: true, ..Wanted::first(rows) }
}

/// The first instant of a month, and that of the next one, in UTC+8.
pub(super) fn instants(month: Month) -> (Timestamp, Timestamp) {
    (china_midnight(month.first_day()), china_midnight(month.next().first_day()))
}

/// How many words of a search stand alone; more of them are looked for in their order.
const WORDS: usize = 3;

/// What a column compares by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number, such as an instant.
    Number,
    /// A text.
    Text,
    /// An id.
    Id,
}

/// One order of a list: its statement in both directions. Made by `order!`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Order {
    pub(super) rising: Sql,
    pub(super) falling: Sql,
    pub(super) key: Kind,
    pub(super) id: Kind,
}

/// Half of a [`Place`] as a parameter.
enum Mark<'p> {
    Number(Option<i64>),
    Text(Option<&'p str>),
    Id(Option<Uuid>),
}

impl Kind {
    fn mark(self, text: Option<&str>) -> Mark<'_> {
        match self {
            Self::Number => Mark::Number(text.and_then(|text| text.parse().ok())),
            Self::Text => Mark::Text(text),
            Self::Id => Mark::Id(text.and_then(|text| text.parse().ok())),
        }
    }

    fn read(self, row: &Row, column: usize) -> Result<String, StoreError> {
        Ok(match self {
            Self::Number => row.get::<i64>(column)?.to_string(),
            Self::Text => row.get(column)?,
            Self::Id => row.get::<Uuid>(column)?.to_string(),
        })
    }
}

impl Mark<'_> {
    fn value(&self) -> Value<'_> {
        match self {
            Self::Number(number) => (*number).into(),
            Self::Text(text) => (*text).into(),
            Self::Id(id) => id.as_ref().into(),
        }
    }
}

/// Reads a page of a list: what `seen` shows, in an order of the list, narrowed by its `own` values from ?10 on. `read`
/// makes a row from the columns that the list names.
pub(super) async fn page<S, R>(
    tx: &mut Tx,
    seen: &Visible,
    (order, wanted): (&Order, &Wanted<S>),
    own: &[Value<'_>],
    read: impl Fn(&Row) -> Result<R, StoreError>,
) -> Result<Page<R>, StoreError> {
    let [one, two, three] = wanted.patterns();
    let place = wanted.after.as_ref();
    let key = order.key.mark(place.map(|place| place.key.as_str()));
    let id = order.id.mark(place.map(|place| place.id.as_str()));
    // One row more than the page has: it tells whether others follow.
    let page = [Value::from(&one), Value::from(&two), Value::from(&three), key.value(), id.value()];
    let values = [&seen.values()[..], &page, &row![i64::from(wanted.rows) + 1], own].concat();
    let find = if wanted.descending { order.falling } else { order.rising };
    let mut rows = tx.query(find, &values).await?;
    let more = rows.len() > wanted.rows as usize;
    rows.truncate(wanted.rows as usize);
    let last = rows.last().filter(|_| more);
    let next = last.map(|row| Ok::<_, StoreError>(Place { key: order.key.read(row, 0)?, id: order.id.read(row, 1)? }));
    let next = next.transpose()?;
    let rows = rows.into_iter().map(|row| read(&row.behind(2))).collect::<Result<_, _>>()?;
    Ok(Page { rows, next })
}

/// How many rows of a list there are by a column: those that a page of the same list would show, on all its pages. `find` is
/// made by `tally!`.
pub(super) async fn counts<S, K: for<'r> FromCell<'r> + Eq + Hash>(
    tx: &mut Tx,
    seen: &Visible,
    (find, wanted): (Sql, &Wanted<S>),
    own: &[Value<'_>],
) -> Result<HashMap<K, i64>, StoreError> {
    let rows = tallied(tx, seen, (find, wanted), own).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// As [`counts`], by the columns that `find` names; behind them stands how many there are.
pub(super) async fn tallied<S>(
    tx: &mut Tx,
    seen: &Visible,
    (find, wanted): (Sql, &Wanted<S>),
    own: &[Value<'_>],
) -> Result<Vec<Row>, StoreError> {
    let [one, two, three] = wanted.patterns();
    let page = row![&one, &two, &three, None::<i64>, None::<i64>, i64::MAX];
    tx.query(find, &[&seen.values()[..], &page, own].concat()).await
}

impl<S> Wanted<S> {
    /// Whether words are searched for.
    pub(super) fn searches(&self) -> bool {
        !spelling::words(&self.search).is_empty()
    }

    /// The words as patterns for `order!`, with `!` as the escape of LIKE.
    fn patterns(&self) -> [String; WORDS] {
        let mut words = spelling::words(&self.search).into_iter();
        let plain = |word: String| word.replace('!', "!!").replace('%', "!%").replace('_', "!_");
        let mut patterns = [(); WORDS].map(|()| words.next().map_or_else(|| "%".into(), |w| format!("%{}%", plain(w))));
        if let Some(last) = patterns.last_mut() {
            words.for_each(|word| last.push_str(&format!("{}%", plain(word))));
        }
        patterns
    }
}

/// One order of a list. Its arguments: the columns; all behind them, from FROM up to the last condition; what is searched:
/// the column of a spelling's `find`, or `by` and a macro that makes the condition of one word; the key of the order and
/// what tells rows with the same key apart, each with its [`Kind`]. Names are ordered by a spelling's `sort`.
macro_rules! order {
    ($columns:expr, $from:expr, by $find:ident, $key:literal: $kind:ident, $id:literal: $id_kind:ident) => {
        $crate::query::page::order!(@ $columns, $from, $crate::query::page::found!(by $find), $key: $kind, $id: $id_kind)
    };
    ($columns:expr, $from:expr, $find:expr, $key:literal: $kind:ident, $id:literal: $id_kind:ident) => {
        $crate::query::page::order!(@ $columns, $from, $crate::query::page::found!($find), $key: $kind, $id: $id_kind)
    };
    (@ $columns:expr, $from:expr, $found:expr, $key:literal: $kind:ident, $id:literal: $id_kind:ident) => {{
        use $crate::query::page::{Kind, Order, statement};
        Order {
            rising: statement!($columns, $from, $found, $key, $kind, $id, "ASC", ">"),
            falling: statement!($columns, $from, $found, $key, $kind, $id, "DESC", "<"),
            key: Kind::$kind,
            id: Kind::$id_kind,
        }
    }};
}

/// An order in one direction, which has its comparison.
macro_rules! statement {
    ($columns:expr, $from:expr, $found:expr, $key:literal, Number, $id:literal, $way:literal, $beyond:literal) => {
        $crate::query::page::statement!(@ $columns, $from, $found, $key, "BIGINT", $id, $way, $beyond)
    };
    ($columns:expr, $from:expr, $found:expr, $key:literal, Text, $id:literal, $way:literal, $beyond:literal) => {
        $crate::query::page::statement!(@ $columns, $from, $found, $key, "TEXT", $id, $way, $beyond)
    };
    ($columns:expr, $from:expr, $found:expr, $key:literal, Id, $id:literal, $way:literal, $beyond:literal) => {
        $crate::query::page::statement!(@ $columns, $from, $found, $key, "BYTEA", $id, $way, $beyond)
    };
    (@ $columns:expr, $from:expr, $found:expr, $key:literal, $type:literal, $id:literal, $way:literal, $beyond:literal) => {
        sql!(concat!(
            "SELECT ", $key, ", ", $id, ", ", $columns, " ", $from, $found,
            " AND (CAST(?7 AS ", $type, ") IS NULL OR ", $key, " ", $beyond, " ?7 OR (", $key, " = ?7 AND ", $id, " ",
            $beyond, " ?8)) ORDER BY ", $key, " ", $way, ", ", $id, " ", $way, " LIMIT ?9"
        ))
    };
}

/// How many rows of a list have each value of a column, or of columns. A count begins at no place. What is searched is given
/// as to `order!`; `of all` is the count where no word is searched for, which reads no names.
macro_rules! tally {
    ($by:expr, $from:expr, of all) => {
        $crate::query::page::tally!(
            @ $by, $from, " AND CAST(?4 AS TEXT) = '%' AND CAST(?5 AS TEXT) = '%' AND CAST(?6 AS TEXT) = '%'"
        )
    };
    ($by:expr, $from:expr, by $find:ident) => {
        $crate::query::page::tally!(@ $by, $from, $crate::query::page::found!(by $find))
    };
    ($by:expr, $from:expr, $find:expr) => {
        $crate::query::page::tally!(@ $by, $from, $crate::query::page::found!($find))
    };
    (@ $by:expr, $from:expr, $found:expr) => {
        sql!(concat!(
            "SELECT ",
            $by,
            ", count(*) ",
            $from,
            $found,
            " AND CAST(?7 AS TEXT) IS NULL AND CAST(?8 AS TEXT) IS NULL GROUP BY ",
            $by,
            " LIMIT ?9"
        ))
    };
}

/// Whether a row holds the words that are searched for. A word that all rows hold is looked for in none.
macro_rules! found {
    (by $find:ident) => {
        concat!(
            " AND (CAST(?4 AS TEXT) = '%' OR ",
            $find!("?4"),
            ") AND (CAST(?5 AS TEXT) = '%' OR ",
            $find!("?5"),
            ") AND (CAST(?6 AS TEXT) = '%' OR ",
            $find!("?6"),
            ")"
        )
    };
    ($find:expr) => {
        concat!(
            " AND (CAST(?4 AS TEXT) = '%' OR ",
            $find,
            " LIKE ?4 ESCAPE '!') AND (CAST(?5 AS TEXT) = '%' OR ",
            $find,
            " LIKE ?5 ESCAPE '!') AND (CAST(?6 AS TEXT) = '%' OR ",
            $find,
            " LIKE ?6 ESCAPE '!')"
        )
    };
}

pub(super) use {found, order, statement, tally};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_taken_literally_and_by_its_words() {
        let patterns = |search: &str| Wanted::<()> { search: search.into(), ..Wanted::first(3) }.patterns();
        assert_eq!(patterns(" 50%_AÉ! "), ["%50!%!_aé!!%", "%", "%"]);
        assert_eq!(patterns(""), ["%", "%", "%"]);
        assert_eq!(patterns("主楼 王 芳 a b"), ["%主楼%", "%王%", "%芳%a%b%"]);
    }
}
