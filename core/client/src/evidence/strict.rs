//! A JPEG whose entropy-coded data ends early, made to fail.
//!
//! When a scan ends early, the decoder continues with zero bits and fills the missing part of the picture with one
//! colour. Evidence without its lower half must be refused. JPEG has no code word of ones only (ITU T.81, C.2): a
//! complete scan ignores extra one-bits before its end marker, and an incomplete scan fails on them.

use std::io::{self, BufRead, Read};

/// Hands a JPEG through up to its end marker, with 64 one-bits added at the end of each scan.
pub struct EndStrict<R> {
    inner: R,
    place: Place,
    /// Bytes to hand out before any more of the file, and how many of them are out.
    ready: Vec<u8>,
    handed: usize,
}

/// Where in the file the reader stands.
#[derive(Clone, Copy)]
enum Place {
    /// Before a marker.
    Marker,
    /// Before the length of a segment; true for the header of a scan.
    Length(bool),
    /// Inside a segment, so many bytes before its end.
    Segment(u16, bool),
    /// Inside a scan's entropy-coded data.
    Scan,
    /// Behind the end marker; phones append films and maps there.
    End,
}

/// Each byte of ones is followed by the zero that tells it from a marker.
const ONES: [u8; 16] = [0xff, 0, 0xff, 0, 0xff, 0, 0xff, 0, 0xff, 0, 0xff, 0, 0xff, 0, 0xff, 0];

impl<R: BufRead> EndStrict<R> {
    /// Reads the JPEG that begins here.
    pub fn new(inner: R) -> Self {
        Self { inner, place: Place::Marker, ready: Vec::with_capacity(2 * ONES.len()), handed: 0 }
    }

    /// Copies up to `limit` bytes that need no look.
    fn copy(&mut self, out: &mut [u8], limit: usize) -> io::Result<usize> {
        let count = self.inner.fill_buf()?.len().min(limit).min(out.len());
        let Some(room) = out.get_mut(..count) else { return Ok(0) };
        self.inner.read_exact(room)?;
        Ok(count)
    }

    /// One byte; `None` at the end of the file.
    fn byte(&mut self) -> io::Result<Option<u8>> {
        let byte = self.inner.fill_buf()?.first().copied();
        self.inner.consume(usize::from(byte.is_some()));
        Ok(byte)
    }

    /// Passes the code of a marker whose first 0xFF was read; nothing is made ready at the end of the file.
    fn marker(&mut self) -> io::Result<()> {
        let mut code = Some(0xff);
        while code == Some(0xff) {
            code = self.byte()?;
        }
        let Some(code) = code else { return Ok(()) };
        let in_scan = matches!(self.place, Place::Scan);
        if !(in_scan && matches!(code, 0x00 | 0xd0..=0xd7)) {
            if in_scan {
                self.ready.extend(ONES);
            }
            self.place = match code {
                0xd9 => Place::End,
                0x00 | 0x01 | 0xd0..=0xd8 => Place::Marker,
                code => Place::Length(code == 0xda),
            };
        }
        self.ready.extend([0xff, code]);
        Ok(())
    }

    /// Moves on until something is ready or bytes were copied. Zero means the end.
    fn advance(&mut self, out: &mut [u8]) -> io::Result<usize> {
        match self.place {
            Place::End => return Ok(0),
            Place::Segment(0, starts_scan) => {
                self.place = if starts_scan { Place::Scan } else { Place::Marker };
                return self.advance(out);
            }
            Place::Segment(left, starts_scan) => {
                let count = self.copy(out, left.into())?;
                self.place = Place::Segment(left.saturating_sub(u16::try_from(count).unwrap_or(left)), starts_scan);
                return Ok(count);
            }
            Place::Length(starts_scan) => {
                let (Some(high), Some(low)) = (self.byte()?, self.byte()?) else { return Ok(0) };
                self.ready.extend([high, low]);
                self.place = Place::Segment(u16::from_be_bytes([high, low]).saturating_sub(2), starts_scan);
            }
            Place::Marker => match self.byte()? {
                None => return Ok(0),
                Some(0xff) => self.marker()?,
                // Bytes between segments; the decoder passes over them too.
                Some(other) => self.ready.push(other),
            },
            Place::Scan => {
                let buffer = self.inner.fill_buf()?;
                match buffer.iter().position(|byte| *byte == 0xff).unwrap_or(buffer.len()) {
                    0 if buffer.is_empty() => return Ok(0),
                    0 => {
                        self.inner.consume(1);
                        self.marker()?;
                    }
                    plain => return self.copy(out, plain),
                }
            }
        }
        Ok(self.hand_out(out))
    }

    fn hand_out(&mut self, out: &mut [u8]) -> usize {
        let rest = self.ready.get(self.handed..).unwrap_or_default();
        let count = rest.len().min(out.len());
        for (to, from) in out.iter_mut().zip(rest) {
            *to = *from;
        }
        self.handed += count;
        if self.handed >= self.ready.len() {
            self.ready.clear();
            self.handed = 0;
        }
        count
    }
}

impl<R: BufRead> Read for EndStrict<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() {
            return Ok(0);
        }
        let mut filled = 0;
        // Scans are full of stuffed 0xFF bytes: handing those out one by one would cost more than decoding.
        while let Some(room) = out.get_mut(filled..).filter(|room| !room.is_empty()) {
            let count = if self.ready.is_empty() { self.advance(room)? } else { self.hand_out(room) };
            filled += count;
            if count == 0 {
                break;
            }
        }
        Ok(filled)
    }
}
