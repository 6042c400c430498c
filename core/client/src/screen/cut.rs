//! One page of a list that was narrowed and sorted.

use super::shown;

/// How many rows a page has unless another number is asked for.
const PAGE_ROWS: usize = 50;

/// One page of a list.
pub(super) struct Cut<R, I> {
    /// What the page shows.
    pub(super) rows: Vec<R>,
    /// How many there are on all pages.
    pub(super) total: i32,
    /// Behind which the next page begins; `None` on the last page.
    pub(super) next: Option<I>,
}

/// Cuts the page that begins behind `after`, with at most `limit` rows, or 50 where none is asked for. A row that is gone
/// has no page behind it.
pub(super) fn cut<R, I: PartialEq>(found: Vec<R>, after: Option<&I>, limit: i32, id: impl Fn(&R) -> I) -> Cut<R, I> {
    let place = |after: &I| found.iter().position(|row| id(row) == *after).map_or(found.len(), |at| at + 1);
    let (from, total) = (after.map_or(0, place), found.len());
    cut_behind(found.into_iter().skip(from), total, page_rows(limit), id)
}

/// Cuts the page that these rows begin. They are read as far as the page reaches, and one further where one follows.
pub(super) fn cut_behind<R, I>(
    rows: impl IntoIterator<Item = R>,
    total: usize,
    limit: usize,
    id: impl Fn(&R) -> I,
) -> Cut<R, I> {
    let mut left = rows.into_iter();
    let rows: Vec<R> = left.by_ref().take(limit).collect();
    let next = rows.last().filter(|_| left.next().is_some()).map(id);
    Cut { total: shown(total), next, rows }
}

/// How many rows a page has for which so many were asked.
pub(super) fn page_rows(limit: i32) -> usize {
    usize::try_from(limit).ok().filter(|limit| *limit > 0).unwrap_or(PAGE_ROWS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_of_a_list_hold_each_row_once() {
        let page = |after: Option<u8>, limit| cut((0..5).collect(), after.as_ref(), limit, |row: &u8| *row);
        let (first, last) = (page(None, 3), page(Some(2), 3));
        assert_eq!((first.rows, first.total, first.next), (vec![0, 1, 2], 5, Some(2)));
        assert_eq!((last.rows, last.total, last.next), (vec![3, 4], 5, None));
        assert_eq!(page(Some(9), 3).rows, Vec::<u8>::new());
        assert_eq!(page(None, 0).rows.len(), 5, "a page has fifty rows unless another number is asked for");
    }
}
