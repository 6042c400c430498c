//! Writes documents and feeds. No other module does.
//!
//! Feed numbers have no gaps. They are given under the lock of the account's session row, and the lock is held until
//! the commit. So a reader never sees a number before its predecessor. Accounts are locked in the order of their ids.
//!
//! Invariant: a transaction publishes only to feeds that it has locked before. A build with debug assertions refuses
//! anything else where `FIREBEE_TEST_FEEDS` is set, so tests find what was forgotten; otherwise the feed is locked now, and
//! the transaction may wait in a circle.

use crate::{
    org::Org,
    row, sql,
    store::{Batch, Packed, Row, StoreError, Tx, Ty, pack, stored},
};
use firebee_domain::id::AccountId;
use firebee_protocol::digest::FeedDigest;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

/// A new revision of a document, and everybody who may have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// One of [`firebee_protocol::document::kind`].
    pub kind: &'static str,
    /// Its id within the kind.
    pub id: String,
    /// Its JSON; `None` when the document is gone. Then everybody who had it gets a tombstone.
    pub body: Option<String>,
    /// The audience. An account that had the document and is not in this list gets a tombstone.
    pub to: Vec<AccountId>,
}

/// The result of a publication. Assignments store these numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Its kind.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// Its revision.
    pub rev: u64,
    /// The new number in each feed that changed.
    pub feed: Vec<(AccountId, u64)>,
}

static DOCUMENTS: Batch<5> = Batch::new(
    "WITH p(org, kind, id, rev, body) AS ({rows})
     INSERT INTO document (org, kind, id, rev, body)
     SELECT p.org, p.kind, p.id, p.rev + o.rev_base, p.body FROM p JOIN organisation o ON o.org = p.org WHERE p.rev > 0
     ON CONFLICT (org, kind, id) DO UPDATE SET body = excluded.body,
         rev = CASE WHEN document.rev < excluded.rev THEN excluded.rev ELSE document.rev + 1 END,
         previous = document.body
     RETURNING kind, id, rev",
    [Ty::Int, Ty::Text, Ty::Text, Ty::Int, Ty::Blob],
);
static HOLDERS: Batch<3> = Batch::new(
    "WITH p(org, kind, id) AS ({rows})
     SELECT f.account, f.kind, f.id, f.rev, f.deleted
     FROM p JOIN feed f ON f.org = p.org AND f.kind = p.kind AND f.id = p.id",
    [Ty::Int, Ty::Text, Ty::Text],
);
static LOCKED: Batch<3> = Batch::new(
    "SELECT kind, id, rev FROM document WHERE (org, kind, id) IN ({rows}) AND body IS NOT NULL
     ORDER BY kind, id {locked}",
    [Ty::Int, Ty::Text, Ty::Text],
);
static FEED: Batch<7> = Batch::new(
    "INSERT INTO feed (org, account, kind, id, feed_seq, rev, deleted) {rows}
     ON CONFLICT (org, account, kind, id) DO UPDATE SET feed_seq = excluded.feed_seq, rev = excluded.rev,
         deleted = excluded.deleted,
         patch_after = CASE WHEN feed.deleted = 0 AND feed.rev = excluded.rev - 1 THEN feed.feed_seq END",
    [Ty::Int, Ty::Blob, Ty::Text, Ty::Text, Ty::Int, Ty::Int, Ty::Int],
);

/// The new row in an account's feed.
struct Move {
    /// The index of the publication that it comes from.
    of: usize,
    rev: u64,
    deleted: bool,
}

/// The revision of a document that an account has; `None` for a tombstone.
type Holders = BTreeMap<(usize, AccountId), Option<u64>>;

/// Writes documents with their next revisions and moves them to the end of each audience's feed. When one document is
/// published twice, the later publication counts.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn publish(tx: &mut Tx, org: Org, publications: Vec<Publication>) -> Result<Vec<Published>, StoreError> {
    let publications = last_of_each(publications);
    let packed = publications.iter().map(|new| new.body.as_ref().map(|body| pack(body.as_bytes())).transpose());
    let packed = packed.collect::<Result<Vec<_>, StoreError>>()?;
    let rows = publications.iter().zip(&packed).map(|(new, body)| row![org, new.kind, &new.id, 1, body.as_ref()]);
    let revs = tx.many(&DOCUMENTS, rows).await?;
    let mut published: Vec<Published> = publications
        .iter()
        .map(|new| Published { kind: new.kind, id: new.id.clone(), rev: 0, feed: Vec::new() })
        .collect();
    let places: BTreeMap<(&str, &str), usize> =
        publications.iter().enumerate().map(|(at, new)| ((new.kind, new.id.as_str()), at)).collect();
    for row in &revs {
        let at = place(&places, row, 0)?;
        if let Some(new) = published.get_mut(at) {
            new.rev = row.get(2)?;
        }
    }
    let holders = holders(tx, org, &places).await?;
    let mut moves: BTreeMap<AccountId, Vec<Move>> = BTreeMap::new();
    for (of, (new, done)) in publications.iter().zip(&published).enumerate() {
        let live: BTreeSet<AccountId> = new.body.iter().flat_map(|_| new.to.iter().copied()).collect();
        for account in &live {
            moves.entry(*account).or_default().push(Move { of, rev: done.rev, deleted: false });
        }
        let held = holders.iter().filter(|((at, _), rev)| *at == of && rev.is_some());
        for ((_, account), _) in held.filter(|((_, account), _)| !live.contains(account)) {
            moves.entry(*account).or_default().push(Move { of, rev: done.rev, deleted: true });
        }
    }
    deliver(tx, org, &mut published, &holders, moves).await?;
    Ok(published)
}

/// Gives a document to everyone who should have it and lacks it or its last change. An unchanged document keeps its place in
/// the feeds that have it, so those phones pull nothing.
///
/// # Errors
/// As [`StoreError`] says.
pub(crate) async fn provide(tx: &mut Tx, org: Org, new: Publication) -> Result<(), StoreError> {
    let known = sql!("SELECT body FROM document WHERE org = ?1 AND kind = ?2 AND id = ?3");
    let known = tx.query_opt(known, &row![org, new.kind, &new.id]).await?;
    let known = known.map(|row| row.get::<Option<Packed>>(0)).transpose()?.flatten();
    if known.is_some_and(|known| Some(known.0) == new.body) {
        share(tx, org, new.kind, &new.id, &new.to).await.map(drop)
    } else {
        publish(tx, org, vec![new]).await.map(drop)
    }
}

/// Gives an existing document to more accounts at its current revision, for documents that do not change, such as a
/// catalogue pack. Feeds that already have it do not change.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn share(
    tx: &mut Tx,
    org: Org,
    kind: &'static str,
    id: &str,
    to: &[AccountId],
) -> Result<Option<Published>, StoreError> {
    let address = Address { kind, id: id.to_owned(), to: to.to_vec() };
    Ok(spread(tx, org, &[address], Reach::Also).await?.pop())
}

/// A document that exists, and who should have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// One of [`firebee_protocol::document::kind`].
    pub kind: &'static str,
    /// Its id within the kind.
    pub id: String,
    /// The audience.
    pub to: Vec<AccountId>,
}

/// Gives existing documents to exactly these accounts at their current revisions: who lacks one gets it, and who has it and
/// is not among them gets a tombstone. For a change of the audience alone, as when a project's lead is replaced. However
/// many documents there are, the statements are as many as the accounts whose feeds change, and a few. Each document is
/// named once.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn readdress(tx: &mut Tx, org: Org, documents: &[Address]) -> Result<(), StoreError> {
    spread(tx, org, documents, Reach::Exactly).await.map(drop)
}

/// Whether others keep a document that is given to some accounts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Also,
    Exactly,
}

/// Those of the documents that exist, in their order.
async fn spread(tx: &mut Tx, org: Org, documents: &[Address], reach: Reach) -> Result<Vec<Published>, StoreError> {
    let mut revs: BTreeMap<(String, String), u64> = BTreeMap::new();
    for row in tx.many(&LOCKED, documents.iter().map(|held| row![org, held.kind, &held.id])).await? {
        revs.insert((row.get(0)?, row.get(1)?), row.get(2)?);
    }
    let (mut published, mut wanted) = (Vec::new(), Vec::new());
    for held in documents {
        let Some(rev) = revs.get(&(held.kind.to_owned(), held.id.clone())) else { continue };
        published.push(Published { kind: held.kind, id: held.id.clone(), rev: *rev, feed: Vec::new() });
        wanted.push((held.to.iter().copied().collect::<BTreeSet<_>>(), *rev));
    }
    let places = published.iter().enumerate().map(|(at, held)| ((held.kind, held.id.as_str()), at)).collect();
    let holders = holders(tx, org, &places).await?;
    let mut moves: BTreeMap<AccountId, Vec<Move>> = BTreeMap::new();
    for (of, (to, rev)) in wanted.iter().enumerate() {
        for account in to.iter().filter(|account| holders.get(&(of, **account)).is_none_or(Option::is_none)) {
            moves.entry(*account).or_default().push(Move { of, rev: *rev, deleted: false });
        }
    }
    if reach == Reach::Exactly {
        for (of, account) in holders.iter().filter(|(_, rev)| rev.is_some()).map(|(held, _)| *held) {
            let Some((_, rev)) = wanted.get(of).filter(|(to, _)| !to.contains(&account)) else { continue };
            moves.entry(account).or_default().push(Move { of, rev: *rev, deleted: true });
        }
    }
    deliver(tx, org, &mut published, &holders, moves).await?;
    Ok(published)
}

fn last_of_each(publications: Vec<Publication>) -> Vec<Publication> {
    let mut seen = BTreeSet::new();
    let mut kept: Vec<Publication> =
        publications.into_iter().rev().filter(|new| seen.insert((new.kind, new.id.clone()))).collect();
    kept.reverse();
    kept
}

fn place(places: &BTreeMap<(&str, &str), usize>, row: &Row, first: usize) -> Result<usize, StoreError> {
    let key = (row.get::<&str>(first)?, row.get::<&str>(first + 1)?);
    places.get(&key).copied().ok_or_else(|| StoreError::Bug("a document that nobody named".into()))
}

async fn holders(tx: &mut Tx, org: Org, places: &BTreeMap<(&str, &str), usize>) -> Result<Holders, StoreError> {
    let mut holders = Holders::new();
    for row in tx.many(&HOLDERS, places.keys().map(|(kind, id)| row![org, *kind, *id])).await? {
        let rev = if row.get(4)? { None } else { Some(row.get(3)?) };
        holders.insert((place(places, &row, 1)?, row.get(0)?), rev);
    }
    Ok(holders)
}

/// Whether a document for a feed that was not locked is refused.
fn is_strict() -> bool {
    static STRICT: OnceLock<bool> = OnceLock::new();
    cfg!(debug_assertions) && *STRICT.get_or_init(|| std::env::var_os("FIREBEE_TEST_FEEDS").is_some())
}

/// Numbers the moves of each account under its lock, in the order of the ids, and updates its digest.
async fn deliver(
    tx: &mut Tx,
    org: Org,
    published: &mut [Published],
    holders: &Holders,
    moves: BTreeMap<AccountId, Vec<Move>>,
) -> Result<(), StoreError> {
    if is_strict() && moves.keys().any(|account| !tx.holds_feed(org, *account)) {
        // Somebody may have joined since the feeds were looked up: then the next attempt locks this one too.
        return Err(tx.again("a document goes to a feed that was not locked before"));
    }
    let lock = sql!(
        "INSERT INTO session (org, account, epoch, store_id, feed_head, purged_through, digest)
         VALUES (?1, ?2, 0, NULL, ?3, 0, '00000000000000000000000000000000')
         ON CONFLICT (org, account) DO UPDATE SET feed_head = session.feed_head + excluded.feed_head
         RETURNING feed_head, digest"
    );
    let keep = sql!("UPDATE session SET digest = ?3 WHERE org = ?1 AND account = ?2");
    let mut rows: Vec<(AccountId, usize, u64, Move)> = Vec::new();
    for (account, moves) in moves {
        let count = moves.len() as u64;
        let locked = tx.query_opt(lock, &row![org, &account, stored(count)?]).await?;
        let row = locked.ok_or_else(|| StoreError::Bug("a session row was not written".into()))?;
        let first = row.get::<u64>(0)? + 1 - count;
        let mut digest: FeedDigest =
            row.get::<&str>(1)?.parse().map_err(|_| StoreError::Bug("a stored digest cannot be read".into()))?;
        for (feed_seq, made) in (first..).zip(moves) {
            let Some(document) = published.get_mut(made.of) else { continue };
            if let Some(Some(old)) = holders.get(&(made.of, account)) {
                digest.remove(document.kind, &document.id, *old);
            }
            if !made.deleted {
                digest.add(document.kind, &document.id, made.rev);
            }
            document.feed.push((account, feed_seq));
            rows.push((account, made.of, feed_seq, made));
        }
        tx.execute(keep, &row![org, &account, &digest.to_string()]).await?;
    }
    let mut values = Vec::with_capacity(rows.len());
    for (account, of, feed_seq, made) in &rows {
        let Some(document) = published.get(*of) else { continue };
        let (seq, rev) = (stored(*feed_seq)?, stored(made.rev)?);
        values.push(row![org, account, document.kind, &document.id, seq, rev, made.deleted]);
    }
    tx.many(&FEED, values).await.map(drop)
}
