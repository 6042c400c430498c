//! Seals an export file for its firm: HPKE (RFC 9180) with X25519, HKDF-SHA-256 and ChaCha20-Poly1305, chunk by chunk.

use firebee_protocol::export::{CHUNK_BYTES, EXPORT_TAG, KEY_BYTES, chunk_mark};
use hpke::{
    Deserializable, Kem, OpModeS, Serializable,
    aead::{AeadCtxS, ChaCha20Poly1305},
    kdf::HkdfSha256,
    kem::X25519HkdfSha256,
    setup_sender,
};
use std::io::{self, Write};

type Context = AeadCtxS<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>;

/// Writes sealed chunks. What is written without [`Sealer::finish`] is a file that was cut short.
pub(super) struct Sealer<W: Write> {
    to: W,
    context: Context,
    chunk: Vec<u8>,
}

fn failed(error: hpke::HpkeError) -> io::Error {
    io::Error::other(error)
}

impl<W: Write> Sealer<W> {
    /// Writes the head of a file that only the holder of this key opens.
    pub(super) fn begin(mut to: W, recipient: &[u8; KEY_BYTES]) -> io::Result<Self> {
        let key = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(recipient).map_err(failed)?;
        let begun = setup_sender::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(&OpModeS::Base, &key, EXPORT_TAG);
        let (encapsulated, context) = begun.map_err(failed)?;
        to.write_all(EXPORT_TAG)?;
        to.write_all(recipient)?;
        to.write_all(&encapsulated.to_bytes())?;
        Ok(Self { to, context, chunk: Vec::with_capacity(CHUNK_BYTES) })
    }

    /// Seals the last chunk.
    pub(super) fn finish(mut self) -> io::Result<W> {
        self.seal(true)?;
        self.to.flush()?;
        Ok(self.to)
    }

    fn seal(&mut self, last: bool) -> io::Result<()> {
        let sealed = self.context.seal(&self.chunk, chunk_mark(last)).map_err(failed)?;
        let len = u32::try_from(sealed.len()).map_err(io::Error::other)?;
        self.to.write_all(&len.to_be_bytes())?;
        self.to.write_all(&sealed)?;
        self.chunk.clear();
        Ok(())
    }
}

impl<W: Write> Write for Sealer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.chunk.len() == CHUNK_BYTES {
            self.seal(false)?;
        }
        let room = CHUNK_BYTES - self.chunk.len();
        let taken = bytes.get(..room).unwrap_or(bytes);
        self.chunk.extend_from_slice(taken);
        Ok(taken.len())
    }

    /// A chunk is sealed when it is full, or the last: so nothing is flushed before.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
