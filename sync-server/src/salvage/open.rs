//! Opens a sealed export file chunk by chunk.

use super::SalvageError;
use crate::keys::ExportKey;
use firebee_protocol::export::{CHUNK_BYTES, EXPORT_TAG, KEY_BYTES, SEAL_BYTES, chunk_mark};
use hpke::{
    Deserializable, Kem, OpModeR,
    aead::{AeadCtxR, ChaCha20Poly1305},
    kdf::HkdfSha256,
    kem::X25519HkdfSha256,
    setup_receiver,
};
use std::io::{self, Read};

type Context = AeadCtxR<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>;

/// The head of a file.
pub(super) struct Head {
    /// For whom the file is sealed.
    pub(super) recipient: [u8; KEY_BYTES],
    encapsulated: [u8; KEY_BYTES],
}

impl Head {
    /// Reads the head.
    pub(super) fn read(from: &mut impl Read) -> Result<Self, SalvageError> {
        let mut tag = [0; EXPORT_TAG.len()];
        let (mut recipient, mut encapsulated) = ([0; KEY_BYTES], [0; KEY_BYTES]);
        for part in [&mut tag[..], &mut recipient, &mut encapsulated] {
            from.read_exact(part).map_err(unreadable)?;
        }
        if tag != EXPORT_TAG {
            return Err(SalvageError::Unreadable);
        }
        Ok(Self { recipient, encapsulated })
    }
}

/// A file that ends too early, or an error of the disk.
pub(super) fn unreadable(error: io::Error) -> SalvageError {
    match error.kind() {
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData => SalvageError::Unreadable,
        _ => SalvageError::Disk { reason: error.to_string() },
    }
}

fn damaged() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

/// Reads what was sealed. A chunk that does not open, and a file that was cut short, are `InvalidData`.
pub(super) struct Opened<R> {
    from: R,
    context: Context,
    chunk: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<R: Read> Opened<R> {
    /// Opens what follows a head.
    pub(super) fn new(from: R, head: &Head, key: &ExportKey) -> Result<Self, SalvageError> {
        let encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(&head.encapsulated);
        let encapsulated = encapsulated.map_err(|_| SalvageError::Unreadable)?;
        let context = setup_receiver(&OpModeR::Base, &key.private, &encapsulated, EXPORT_TAG);
        let context = context.map_err(|_| SalvageError::Unreadable)?;
        Ok(Self { from, context, chunk: Vec::new(), at: 0, ended: false })
    }

    /// Opens the next chunk.
    fn next(&mut self) -> io::Result<()> {
        let mut len = [0; 4];
        self.from.read_exact(&mut len).map_err(|_| damaged())?;
        let len = u32::from_be_bytes(len) as usize;
        if !(SEAL_BYTES..=CHUNK_BYTES + SEAL_BYTES).contains(&len) {
            return Err(damaged());
        }
        let mut sealed = vec![0; len];
        self.from.read_exact(&mut sealed).map_err(|_| damaged())?;
        // Only the last chunk may be short, so its length tells which mark it has; a full one may be either.
        let full = len == CHUNK_BYTES + SEAL_BYTES;
        let more = full.then(|| self.context.open(&sealed, chunk_mark(false)).ok()).flatten();
        self.ended = more.is_none();
        self.chunk = match more {
            Some(chunk) => chunk,
            None => self.context.open(&sealed, chunk_mark(true)).map_err(|_| damaged())?,
        };
        self.at = 0;
        Ok(())
    }

    /// Whether the last chunk was read to its end and nothing follows it.
    pub(super) fn is_over(&mut self) -> io::Result<bool> {
        Ok(self.ended && self.at == self.chunk.len() && self.from.read(&mut [0])? == 0)
    }
}

impl<R: Read> Read for Opened<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.at == self.chunk.len() {
            if self.ended {
                return Ok(0);
            }
            self.next()?;
        }
        let left = self.chunk.get(self.at..).unwrap_or_default();
        let count = left.len().min(into.len());
        if let (Some(to), Some(from)) = (into.get_mut(..count), left.get(..count)) {
            to.copy_from_slice(from);
        }
        self.at += count;
        Ok(count)
    }
}
