//! One page of a list. The database finds, sorts and cuts; a page begins behind the last row of the page before, so a row
//! that comes meanwhile moves no other.

/// How many rows a page has where nobody asks for another number.
pub const PAGE_ROWS: u32 = 50;

/// What is asked of a list. `S` names its orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted<S> {
    /// A text that the row's names hold, in any case; empty admits all.
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

impl<S> Wanted<S> {
    /// One row more than the page has: it tells whether others follow.
    pub(super) fn limit(&self) -> i64 {
        i64::from(self.rows) + 1
    }

    /// The search as a pattern for [`holds!`], with `!` as the escape of LIKE.
    pub(super) fn pattern(&self) -> String {
        let plain = self.search.trim().to_ascii_lowercase();
        let escaped = plain.replace('!', "!!").replace('%', "!%").replace('_', "!_");
        format!("%{escaped}%")
    }

    /// The key of the place where the page begins, of an order by numbers.
    pub(super) fn after_number(&self) -> Option<i64> {
        self.after.as_ref()?.key.parse().ok()
    }

    /// The key of the place where the page begins, of an order by texts.
    pub(super) fn after_text(&self) -> Option<&str> {
        self.after.as_ref().map(|place| place.key.as_str())
    }

    /// Cuts what was read to the page.
    pub(super) fn page<R>(&self, mut read: Vec<(R, Place)>) -> Page<R> {
        let more = read.len() > self.rows as usize;
        read.truncate(self.rows as usize);
        let next = read.last().filter(|_| more).map(|(_, place)| place.clone());
        Page { rows: read.into_iter().map(|(row, _)| row).collect(), next }
    }
}

/// The condition that some names hold the words of a pattern, in any case of the letters A to Z. What SQLite and
/// PostgreSQL take for the small form of another letter differs, and that of PostgreSQL depends on its locale: under the
/// collation "C", and without one on SQLite, both leave every other letter as it is.
macro_rules! holds {
    ($names:literal, $pattern:literal) => {
        concat!(" AND LOWER((", $names, ") COLLATE \"C\") LIKE ", $pattern, " ESCAPE '!'")
    };
}

/// The end of a statement that reads a page: the condition under which a row lies behind the place where the page begins,
/// the order, the limit. Arguments: the key of the order and its type, what tells rows with the same key apart, the
/// direction with its comparison, and the parameters of key, id and limit.
macro_rules! page {
    ($key:literal, $type:literal, $id:literal, $way:literal, $beyond:literal, $at:literal, $at_id:literal, $limit:literal) => {
        concat!(
            " AND (CAST(",
            $at,
            " AS ",
            $type,
            ") IS NULL OR ",
            $key,
            " ",
            $beyond,
            " ",
            $at,
            " OR (",
            $key,
            " = ",
            $at,
            " AND ",
            $id,
            " ",
            $beyond,
            " ",
            $at_id,
            ")) ORDER BY ",
            $key,
            " ",
            $way,
            ", ",
            $id,
            " ",
            $way,
            " LIMIT ",
            $limit
        )
    };
}

pub(super) use {holds, page};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_taken_literally() {
        let wanted = Wanted::<()> { search: " 50%_AÉ! ".into(), ..Wanted::first(3) };
        assert_eq!((wanted.pattern(), wanted.limit()), ("%50!%!_aÉ!!%".to_owned(), 4));
        assert_eq!(Wanted::<()>::first(1).pattern(), "%%");
    }

    #[test]
    fn a_page_tells_where_the_next_one_begins_if_there_is_one() {
        let place = |n: u8| Place { key: n.to_string(), id: String::new() };
        let read = |count| (0..count).map(|n| (n, place(n))).collect::<Vec<_>>();
        let wanted = Wanted::<()>::first(2);
        assert_eq!(wanted.page(read(3)), Page { rows: vec![0, 1], next: Some(place(1)) });
        assert_eq!(wanted.page(read(2)), Page { rows: vec![0, 1], next: None });
    }
}
