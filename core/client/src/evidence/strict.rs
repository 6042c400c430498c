//! A JPEG as its decoder should see it: what viewers forgive is mended, and data that ends early is made to fail.
//!
//! Viewers forgive a missing end marker, markers without meaning between segments, and segments of the camera's own with
//! a wrong length. Segments that say nothing about pixels are left out.
//!
//! When a scan ends early, the decoder continues with zero bits and fills the missing part of the picture with one
//! colour. Evidence without its lower half must be refused. So one-bits are added behind each scan. After a complete scan
//! the decoder needs no more bits and never reads them. After a scan that ended early it takes them for the next code word,
//! finds none, because no code word of a JPEG has ones only (ITU T.81, C.2), and fails.

use std::io::{self, BufRead, Read};

/// Hands a JPEG through up to its end marker, with 64 one-bits added at the end of each scan.
pub struct EndStrict<R> {
    inner: R,
    place: Place,
    /// Whether one pass over the picture gives all of it. Only then may its end marker be missing: of a progressive
    /// picture without one, further scans may be missing, too.
    sequential: bool,
    /// Bytes to hand out before any more of the file, and how many of them are out.
    ready: Vec<u8>,
    handed: usize,
}

/// Where in the file the reader stands.
#[derive(Clone, Copy)]
enum Place {
    /// Before a marker.
    Marker,
    /// Inside a segment, so many bytes before its end; true for the header of a scan.
    Segment(u16, bool),
    /// Inside a segment that is left out.
    LeftOut(u16),
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
        let ready = Vec::with_capacity(2 * ONES.len());
        Self { inner, place: Place::Marker, sequential: false, ready, handed: 0 }
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

    /// Passes a marker whose first 0xFF was read, with the length of its segment.
    fn marker(&mut self) -> io::Result<()> {
        let mut code = Some(0xff);
        while code == Some(0xff) {
            code = self.byte()?;
        }
        let Some(code) = code else {
            self.end_of_file();
            return Ok(());
        };
        if matches!(self.place, Place::Scan) {
            if matches!(code, 0x00 | 0xd0..=0xd7) {
                self.ready.extend([0xff, code]);
                return Ok(());
            }
            self.ready.extend(ONES);
        }
        self.place = Place::Marker;
        match code {
            // Neither means anything outside a scan.
            0x00 | 0x01 | 0xd0..=0xd7 => {}
            0xd8 => self.ready.extend([0xff, code]),
            0xd9 => {
                self.ready.extend([0xff, code]);
                self.place = Place::End;
            }
            _ => {
                let (Some(high), Some(low)) = (self.byte()?, self.byte()?) else {
                    self.place = Place::End;
                    return Ok(());
                };
                let length = u16::from_be_bytes([high, low]);
                let rest = length.saturating_sub(2);
                if is_beside_pixels(code) || length < 2 && matches!(code, 0xe0..=0xef) {
                    self.place = Place::LeftOut(rest);
                } else {
                    self.sequential |= matches!(code, 0xc0 | 0xc1);
                    self.ready.extend([0xff, code, high, low]);
                    self.place = Place::Segment(rest, code == 0xda);
                }
            }
        }
        Ok(())
    }

    /// A scan that the file ends in is ended as its marker would do. If anything of it is missing, the ones make it fail.
    fn end_of_file(&mut self) {
        if matches!(self.place, Place::Scan) && self.sequential {
            self.ready.extend(ONES);
            self.ready.extend([0xff, 0xd9]);
        }
        self.place = Place::End;
    }

    /// Moves on until something is ready or bytes were copied. Zero means the end.
    fn advance(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.ready.is_empty() {
            match self.place {
                Place::End => return Ok(0),
                Place::Segment(0, starts_scan) => self.place = if starts_scan { Place::Scan } else { Place::Marker },
                Place::Segment(left, starts_scan) => {
                    let count = self.copy(out, left.into())?;
                    self.place = Place::Segment(left.saturating_sub(u16::try_from(count).unwrap_or(left)), starts_scan);
                    return Ok(count);
                }
                Place::LeftOut(0) => self.place = Place::Marker,
                Place::LeftOut(left) => {
                    let count = self.inner.fill_buf()?.len().min(left.into());
                    self.inner.consume(count);
                    let left = left.saturating_sub(u16::try_from(count).unwrap_or(left));
                    self.place = if count == 0 { Place::End } else { Place::LeftOut(left) };
                }
                Place::Marker => match self.byte()? {
                    None => self.end_of_file(),
                    Some(0xff) => self.marker()?,
                    // Bytes between segments.
                    Some(_) => {}
                },
                Place::Scan => {
                    let buffer = self.inner.fill_buf()?;
                    match buffer.iter().position(|byte| *byte == 0xff).unwrap_or(buffer.len()) {
                        0 if buffer.is_empty() => self.end_of_file(),
                        0 => {
                            self.inner.consume(1);
                            self.marker()?;
                        }
                        plain => return self.copy(out, plain),
                    }
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

/// The segments of cameras and editors, and comments. JFIF, colour profiles and Adobe's say how to read the pixels.
const fn is_beside_pixels(code: u8) -> bool {
    matches!(code, 0xe1 | 0xe3..=0xed | 0xef | 0xfe)
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
