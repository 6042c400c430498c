//! Lines of facts, read out of the pushes that brought them.
//!
//! A push lies as it came, so SQL sees no line of it. Whoever needs lines asks here by place, by range or by fact; each
//! push is unpacked once an answer.

use crate::{
    org::Org,
    row, sql,
    store::{Batch, Row, StoreError, Tx, Ty, number, stored, unpack},
};
use bytes::Bytes;
use firebee_domain::{
    id::{FactId, StoreId},
    time::Timestamp,
};
use firebee_protocol::problem::CodeWord;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Where a line lies: the store that sent it, and its seq there.
pub type Place = (StoreId, u64);

/// A line as it came, without its line feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its seq in its store.
    pub seq: u64,
    /// Its bytes.
    pub bytes: Bytes,
    /// When its push was received.
    pub received: Timestamp,
}

static PLACES: Batch<2> = Batch::new(
    "WITH p(org, id) AS ({rows}) SELECT f.id, f.store_id, f.seq FROM p JOIN fact f ON f.org = p.org AND f.id = p.id",
    [Ty::Int, Ty::Blob],
);

/// A push that was unpacked.
struct Unpacked {
    first: u64,
    count: u64,
    received: Timestamp,
    text: Bytes,
}

impl Unpacked {
    fn of(row: &Row) -> Result<Self, StoreError> {
        let (first, count, received) = (number(row.get(0)?)?, number(row.get(1)?)?, row.get(2)?);
        Ok(Self { first, count, received, text: unpack(row.get(3)?)?.into() })
    }

    /// Its lines in their order. They are the last of the text, because a push is kept with its frame.
    fn lines(&self) -> Vec<Line> {
        let count = usize::try_from(self.count).unwrap_or(usize::MAX);
        let mut ends: Vec<usize> = memchr::memrchr_iter(b'\n', &self.text).take(count.saturating_add(1)).collect();
        ends.reverse();
        // The line feed before the first line is one more than the lines have, unless the first line begins the text.
        let mut from = if ends.len() > count { ends.remove(0) + 1 } else { 0 };
        let mut lines = Vec::with_capacity(ends.len());
        for (seq, end) in (self.first..).zip(ends) {
            lines.push(Line { seq, bytes: self.text.slice(from..end), received: self.received });
            from = end + 1;
        }
        lines
    }
}

/// The push that a place lies in.
async fn push_of(tx: &mut Tx, org: Org, (store, seq): Place) -> Result<Unpacked, StoreError> {
    let find = sql!(
        "SELECT first_seq, count, received_ms, bytes FROM push
         WHERE org = ?1 AND store_id = ?2 AND first_seq <= ?3 ORDER BY first_seq DESC LIMIT 1"
    );
    let row = tx.query_opt(find, &row![org, &store, stored(seq)?]).await?;
    let lost = || StoreError::Bug(format!("no push holds the line {seq} of the store {store}"));
    let found = Unpacked::of(&row.ok_or_else(lost)?)?;
    if seq < found.first + found.count { Ok(found) } else { Err(lost()) }
}

/// The lines of a store from one seq to another, both included.
///
/// # Errors
/// As [`StoreError`] says; [`StoreError::Bug`] if a line is missing.
pub async fn range(tx: &mut Tx, org: Org, store: StoreId, from: u64, to: u64) -> Result<Vec<Line>, StoreError> {
    let (mut lines, mut next) = (Vec::new(), from);
    while next <= to {
        let push = push_of(tx, org, (store, next)).await?;
        lines.extend(push.lines().into_iter().filter(|line| (next..=to).contains(&line.seq)));
        next = push.first + push.count;
    }
    Ok(lines)
}

/// The lines at these places.
///
/// # Errors
/// As [`range`].
pub async fn at(tx: &mut Tx, org: Org, places: BTreeSet<Place>) -> Result<HashMap<Place, Line>, StoreError> {
    let mut found = HashMap::with_capacity(places.len());
    let mut open: Option<(StoreId, u64, BTreeMap<u64, Line>)> = None;
    for (store, seq) in places {
        if open.as_ref().is_none_or(|(of, end, _)| *of != store || *end <= seq) {
            let push = push_of(tx, org, (store, seq)).await?;
            let lines = push.lines().into_iter().map(|line| (line.seq, line)).collect();
            open = Some((store, push.first + push.count, lines));
        }
        let line = open.as_mut().and_then(|(_, _, lines)| lines.remove(&seq));
        // A copy, so that one line does not keep the text of its whole push.
        let line = line.map(|line| Line { bytes: Bytes::copy_from_slice(&line.bytes), ..line });
        found.extend(line.map(|line| ((store, seq), line)));
    }
    Ok(found)
}

/// Where these facts lie: where each counts, or came in first.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn places(
    tx: &mut Tx,
    org: Org,
    facts: impl IntoIterator<Item = &FactId>,
) -> Result<BTreeMap<FactId, Place>, StoreError> {
    let rows = tx.many(&PLACES, facts.into_iter().map(|id| row![org, id])).await?;
    rows.iter().map(|row| Ok((row.get(0)?, (row.get(1)?, number(row.get(2)?)?)))).collect()
}

/// The lines of these facts.
///
/// # Errors
/// As [`range`].
pub async fn of_facts(
    tx: &mut Tx,
    org: Org,
    facts: impl IntoIterator<Item = &FactId>,
) -> Result<BTreeMap<FactId, Line>, StoreError> {
    let places = places(tx, org, facts).await?;
    let mut lines = at(tx, org, places.values().copied().collect()).await?;
    Ok(places.into_iter().filter_map(|(id, place)| Some((id, lines.remove(&place)?))).collect())
}

/// The codes of a store's lines from one seq to another, both included. A line that was accepted has none.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn outcomes(
    tx: &mut Tx,
    org: Org,
    store: StoreId,
    from: u64,
    to: u64,
) -> Result<BTreeMap<u64, CodeWord>, StoreError> {
    let find = sql!("SELECT seq, code FROM outcome WHERE org = ?1 AND store_id = ?2 AND seq >= ?3 AND seq <= ?4");
    let rows = tx.query(find, &row![org, &store, stored(from)?, stored(to)?]).await?;
    rows.iter().map(|row| Ok((number(row.get(0)?)?, row.get(1)?))).collect()
}

/// The stores of a firm, each with the last seq that it sent.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn stores(tx: &mut Tx, org: Org) -> Result<Vec<(StoreId, u64)>, StoreError> {
    let find = sql!(
        "SELECT store_id, MAX(first_seq + count) - 1 FROM push WHERE org = ?1 GROUP BY store_id ORDER BY store_id"
    );
    let rows = tx.query(find, &row![org]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, number(row.get(1)?)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &'static str, first: u64, count: u64) -> Vec<(u64, String)> {
        let push = Unpacked { first, count, received: Timestamp(0), text: Bytes::from_static(text.as_bytes()) };
        push.lines().into_iter().map(|line| (line.seq, String::from_utf8(line.bytes.to_vec()).unwrap())).collect()
    }

    #[test]
    fn the_last_lines_of_a_push_are_its_facts_with_or_without_a_frame_before_them() {
        let expected = vec![(7, "a".to_owned()), (8, String::new()), (9, "c".to_owned())];
        assert_eq!(lines("{frame}\na\n\nc\n", 7, 3), expected);
        assert_eq!(lines("a\n\nc\n", 7, 3), expected);
        assert_eq!(lines("{frame}\na\n\nc\n", 9, 1), [(9, "c".to_owned())]);
        assert_eq!(lines("\n", 1, 1), [(1, String::new())]);
    }
}
