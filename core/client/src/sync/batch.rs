//! The body of a push: a frame line and the unchanged lines of the facts, in one zstd frame.

use crate::journal::FactLine;
use firebee_domain::id::StoreId;
use firebee_protocol::{chain::ChainPoint, push::Frame};

/// zstd level 3: a level more costs time on the phone and saves next to nothing.
const ZSTD_LEVEL: i32 = 3;

/// Facts that are sent together.
#[derive(Clone, Copy, Debug)]
pub struct Batch<'a> {
    /// The store.
    pub store: StoreId,
    /// The epoch as the phone knows it.
    pub epoch: u64,
    /// The head of the whole journal, which the push commits to.
    pub head: ChainPoint,
    /// The lines, their seqs dense.
    pub lines: &'a [FactLine],
}

/// The lines cannot be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BatchError {
    /// There is none.
    #[error("there is no fact to send")]
    Empty,
    /// The line was freed after the server made it durable. Only a server that lost data can ask for it.
    #[error("a line is not on the phone any more")]
    Collected,
    /// The compressor failed.
    #[error("the facts cannot be compressed")]
    Compressor,
}

impl Batch<'_> {
    /// The body of the push, packed.
    ///
    /// # Errors
    /// As [`BatchError`].
    pub fn compress(&self, sig: Option<String>) -> Result<Vec<u8>, BatchError> {
        zstd::bulk::compress(&self.body(sig)?, ZSTD_LEVEL).map_err(|_| BatchError::Compressor)
    }

    /// The body of the push, plain.
    ///
    /// # Errors
    /// As [`BatchError`].
    pub fn body(&self, sig: Option<String>) -> Result<Vec<u8>, BatchError> {
        let first = self.lines.first().ok_or(BatchError::Empty)?;
        if self.lines.iter().any(|line| line.line.is_empty()) {
            return Err(BatchError::Collected);
        }
        let count = u32::try_from(self.lines.len()).map_err(|_| BatchError::Compressor)?;
        let Self { store: store_id, epoch, head, .. } = *self;
        let frame = Frame { v: 1, store_id, epoch, first_seq: first.seq, count, head, sig };
        let mut body = serde_json::to_vec(&frame).map_err(|_| BatchError::Compressor)?;
        body.push(b'\n');
        for line in self.lines {
            body.extend_from_slice(&line.line);
            body.push(b'\n');
        }
        Ok(body)
    }

    /// Bytes of the lines with their line feeds.
    pub fn bytes(&self) -> u64 {
        self.lines.iter().map(|line| line.line.len() as u64 + 1).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use firebee_domain::id::Hash;
    use uuid::Uuid;

    fn line(seq: u64, text: &str) -> FactLine {
        FactLine { seq, line: text.as_bytes().to_vec() }
    }

    fn head(seq: u64) -> ChainPoint {
        ChainPoint { seq, chain: Hash([1; 32]) }
    }

    #[test]
    fn the_body_is_the_frame_and_the_lines_as_they_were_written() {
        let lines = [line(7, r#"{"project":null,"x":1}"#), line(8, r#"{"project":null,"x":2}"#)];
        let batch = Batch { store: StoreId(Uuid::from_u128(1)), epoch: 3, head: head(9), lines: &lines };
        let body = zstd::bulk::decompress(&batch.compress(None).unwrap(), 1 << 20).unwrap();
        let expected = concat!(
            r#"{"v":1,"store_id":"00000000-0000-0000-0000-000000000001","epoch":3,"first_seq":7,"count":2,"head":{"seq":9,"chain":"#,
            r#""0101010101010101010101010101010101010101010101010101010101010101"},"sig":null}"#,
            "\n",
            r#"{"project":null,"x":1}"#,
            "\n",
            r#"{"project":null,"x":2}"#,
            "\n",
        );
        assert_eq!(String::from_utf8(body).unwrap(), expected);
        assert_eq!(batch.bytes(), 46);
    }

    #[test]
    fn a_line_that_was_freed_is_never_sent_as_an_empty_one() {
        let lines = [line(1, "{}"), line(2, "")];
        let batch = Batch { store: StoreId(Uuid::from_u128(1)), epoch: 1, head: head(2), lines: &lines };
        assert_eq!(batch.compress(None), Err(BatchError::Collected));
        assert_eq!(Batch { lines: &[], ..batch }.compress(None), Err(BatchError::Empty));
    }
}
