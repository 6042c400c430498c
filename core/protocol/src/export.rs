//! The export file: what a phone has that the server lacks, in a file for an administrator (protocol, "Export file").
//!
//! This module says how the file is laid out. Sealing it is the phone's, opening it the server's.

use firebee_domain::id::ContentId;
use serde::{Deserialize, Serialize};

/// The first bytes of a file, and what binds its encryption to this use.
pub const EXPORT_TAG: &[u8] = b"firebee/export/1\n";
/// What binds the derivation of a firm's recipient key to this use.
pub const RECIPIENT_TAG: &[u8] = b"firebee/export-key/1\n";
/// Bytes of a key of X25519, the recipient's or the encapsulated one.
pub const KEY_BYTES: usize = 32;
/// Bytes before the first chunk: the tag, the recipient's public key, the encapsulated key.
pub const HEAD_BYTES: usize = EXPORT_TAG.len() + 2 * KEY_BYTES;
/// The most bytes of a chunk before it is sealed.
pub const CHUNK_BYTES: usize = 64 << 10;
/// Bytes that sealing adds to a chunk.
pub const SEAL_BYTES: usize = 16;

/// What a chunk is sealed with beside its bytes: whether another one follows. A file that was cut short has no last chunk.
#[must_use]
pub const fn chunk_mark(last: bool) -> &'static [u8] {
    if last { b"last" } else { b"more" }
}

/// What stands in the opened file: a line of JSON each, and behind it so many bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportPart {
    /// The body of a push, plain.
    Push {
        /// Its bytes.
        len: u64,
    },
    /// A blob.
    Blob {
        /// Its hash.
        id: ContentId,
        /// Its bytes.
        len: u64,
    },
    /// Nothing follows.
    End,
}

impl ExportPart {
    /// How many bytes follow the line.
    #[must_use]
    pub const fn len(&self) -> u64 {
        match self {
            Self::Push { len } | Self::Blob { len, .. } => *len,
            Self::End => 0,
        }
    }

    /// Whether nothing follows the line.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The line, its line feed included.
    ///
    /// # Errors
    /// Never in practice: a part is plain JSON.
    pub fn to_line(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut line = serde_json::to_vec(self)?;
        line.push(b'\n');
        Ok(line)
    }

    /// Reads a line without its line feed; `None` for anything else.
    #[must_use]
    pub fn read(line: &[u8]) -> Option<Self> {
        serde_json::from_slice(line).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_an_export_file_keep_their_form() {
        let id = ContentId([7; 32]);
        let parts = [ExportPart::Push { len: 12 }, ExportPart::Blob { id, len: 3 }, ExportPart::End];
        let lines: Vec<String> = parts.iter().map(|part| String::from_utf8(part.to_line().unwrap()).unwrap()).collect();
        let blob = format!("{{\"blob\":{{\"id\":\"{id}\",\"len\":3}}}}\n");
        assert_eq!(lines, ["{\"push\":{\"len\":12}}\n", blob.as_str(), "\"end\"\n"]);
        for (part, line) in parts.iter().zip(&lines) {
            assert_eq!(ExportPart::read(line.trim_end().as_bytes()).as_ref(), Some(part));
        }
        assert_eq!(ExportPart::read(b"{\"push\":{}}"), None);
        assert_eq!(HEAD_BYTES, 17 + 64);
    }
}
