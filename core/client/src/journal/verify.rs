//! Recomputes the chain from the lines.

use super::{
    JournalError, JournalRows, StoreIdentity,
    rows::{hash, to_i64, to_u64, uuid_opt},
};
use firebee_domain::id::{Hash, ProjectId};
use firebee_protocol::chain::{chain_next, chain_start, content_hash, scope_hash};
use rusqlite::{Row, params};

/// Where a store's chain stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChainHead {
    /// The last seq, 0 for an empty store.
    pub seq: u64,
    /// The chain at it.
    pub chain: Hash,
}

/// How many facts from the end are verified whenever the journal is opened.
const TAIL: i64 = 16;

struct Link {
    seq: u64,
    project: Option<ProjectId>,
    line: Vec<u8>,
    content: Hash,
    chain: Hash,
}

fn link(row: &Row<'_>) -> rusqlite::Result<Link> {
    Ok(Link {
        seq: to_u64(row.get(0)?),
        project: uuid_opt(row, 1)?.map(ProjectId),
        line: row.get(2)?,
        content: hash(row, 3)?,
        chain: hash(row, 4)?,
    })
}

impl JournalRows<'_> {
    /// Where the chain stands.
    pub fn head(&self, identity: &StoreIdentity) -> Result<ChainHead, JournalError> {
        let sql = "SELECT seq, chain FROM fact ORDER BY seq DESC LIMIT 1";
        let found = self.one(sql, [], |row| Ok(ChainHead { seq: to_u64(row.get(0)?), chain: hash(row, 1)? }))?;
        Ok(found.unwrap_or_else(|| start(identity)))
    }

    /// The chain at a seq; `None` above the head.
    pub fn chain_at(&self, identity: &StoreIdentity, seq: u64) -> Result<Option<Hash>, JournalError> {
        if seq == 0 {
            return Ok(Some(start(identity).chain));
        }
        self.one("SELECT chain FROM fact WHERE seq = ?1", params![to_i64(seq)], |row| hash(row, 0))
    }

    /// Reads and hashes every line. `Ok(Err(seq))` names the first fact whose bytes or chain do not match.
    pub fn verify_all(&self, identity: &StoreIdentity) -> Result<Result<ChainHead, u64>, JournalError> {
        let mut head = start(identity);
        loop {
            let links = self.many(
                "SELECT seq, project, line, content_hash, chain FROM fact WHERE seq > ?1 ORDER BY seq LIMIT 500",
                params![to_i64(head.seq)],
                link,
            )?;
            if links.is_empty() {
                return Ok(Ok(head));
            }
            for link in links {
                match follow(head, &link, identity) {
                    Some(next) => head = next,
                    None => return Ok(Err(head.seq + 1)),
                }
            }
        }
    }
}

fn start(identity: &StoreIdentity) -> ChainHead {
    ChainHead { seq: 0, chain: chain_start(identity.store_id, &identity.public_key) }
}

/// The chain head after this link, if the link is the next one and its hashes match.
fn follow(head: ChainHead, link: &Link, identity: &StoreIdentity) -> Option<ChainHead> {
    let bytes_hold = content_hash(&link.line) == link.content;
    let chain = chain_next(head.chain, link.seq, scope_hash(identity.store_id, link.project), link.content);
    (link.seq == head.seq + 1 && bytes_hold && chain == link.chain).then_some(ChainHead { seq: link.seq, chain })
}

/// Verifies the last facts. SQLite drops a torn tail; the remaining rows must form one chain.
pub(super) fn verify_tail(rows: &JournalRows<'_>, identity: &StoreIdentity) -> Result<ChainHead, JournalError> {
    let sql = "SELECT seq, project, line, content_hash, chain FROM fact ORDER BY seq DESC LIMIT ?1";
    let mut links = rows.many(sql, params![TAIL + 1], link)?;
    links.reverse();
    let mut head = match links.first() {
        Some(first) if first.seq > 1 => ChainHead { seq: first.seq, chain: first.chain },
        _ => start(identity),
    };
    let given = head.seq;
    for link in links.iter().filter(|link| link.seq > given) {
        head = follow(head, link, identity)
            .ok_or_else(|| JournalError::damaged(format!("fact {} is not what was recorded", link.seq)))?;
    }
    Ok(head)
}
