//! The declarations in a picture file's header, read before any decoder runs.

use firebee_protocol::fact::Mime;
use std::io::{self, BufRead, Read, Seek};

/// The kinds of picture that can be decoded here, told by their first bytes and never by a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PictureMime {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    Webp,
}

impl PictureMime {
    /// The kind that a file's first bytes show; `None` for everything that cannot be decoded here, HEIC included.
    pub fn sniff(head: &[u8]) -> Option<Self> {
        Self::of(Mime::sniff(head)?)
    }

    /// The kind; `None` for what cannot be decoded here.
    pub const fn of(mime: Mime) -> Option<Self> {
        match mime {
            Mime::Jpeg => Some(Self::Jpeg),
            Mime::Png => Some(Self::Png),
            Mime::Webp => Some(Self::Webp),
            Mime::Heic | Mime::Avif | Mime::Pdf | Mime::Track | Mime::Archive => None,
        }
    }
}

impl From<PictureMime> for Mime {
    fn from(mime: PictureMime) -> Self {
        match mime {
            PictureMime::Jpeg => Self::Jpeg,
            PictureMime::Png => Self::Png,
            PictureMime::Webp => Self::Webp,
        }
    }
}

/// How a JPEG codes its samples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JpegFrame {
    /// Whether the file holds the picture row after row, with all of each block in one place. Otherwise the JPEG is
    /// progressive (many scans over the whole picture) or lossless, and the decoder keeps all samples until the last
    /// scan.
    pub sequential: bool,
    /// Horizontal and vertical sampling factors of each component.
    pub sampling: Vec<(u8, u8)>,
}

/// What a picture declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// Width in pixels as stored, before any orientation.
    pub width: u32,
    /// Height in pixels as stored.
    pub height: u32,
    /// The EXIF block from its TIFF header on. A block above 64 KiB is ignored.
    pub exif: Option<Vec<u8>>,
    /// The XMP packet. One above 64 KiB is ignored.
    pub xmp: Option<Vec<u8>>,
    /// How a JPEG codes its samples; `None` for the other kinds.
    pub frame: Option<JpegFrame>,
}

impl Declared {
    /// The declared number of pixels.
    pub fn pixels(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }
}

/// Reads the header. Returns `InvalidData` or `UnexpectedEof` when the file ends or contradicts itself before its
/// dimensions; the decoder finds later defects.
pub fn declared(file: &mut (impl BufRead + Seek), mime: PictureMime) -> io::Result<Declared> {
    let found = match mime {
        PictureMime::Jpeg => jpeg(file),
        PictureMime::Png => png(file),
        PictureMime::Webp => webp(file),
    }?;
    if found.pixels() == 0 { Err(io::ErrorKind::InvalidData.into()) } else { Ok(found) }
}

/// The most bytes of an EXIF block or an XMP packet.
const BLOCK_BYTES_MAX: u32 = 64 * 1024;
const EXIF_TAG: &[u8] = b"Exif\0\0";
const XMP_TAG: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
/// The keyword of a PNG text chunk with XMP that is not compressed, with the empty fields behind it.
const XMP_CHUNK_TAG: &[u8] = b"XML:com.adobe.xmp\0\0\0\0\0";

/// ITU T.81, B.1.1: walks the marker segments up to the frame header.
fn jpeg(file: &mut (impl BufRead + Seek)) -> io::Result<Declared> {
    let [0xff, 0xd8] = bytes(file)? else { return Err(io::ErrorKind::InvalidData.into()) };
    let (mut exif, mut xmp) = (None, None);
    loop {
        while bytes(file)? != [0xff] {}
        let mut marker = 0xff;
        while marker == 0xff {
            [marker] = bytes(file)?;
        }
        match marker {
            0x00 | 0x01 | 0xd0..=0xd8 => {}
            // The end of the image or a scan, and no frame yet.
            0xd9 | 0xda => return Err(io::ErrorKind::InvalidData.into()),
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                let [_, _, _precision, h1, h0, w1, w0, components] = bytes(file)?;
                let side = |high, low| u32::from(u16::from_be_bytes([high, low]));
                let (width, height) = (side(w1, w0), side(h1, h0));
                let component = |_| bytes(file).map(|[_, factors, _]: [u8; 3]| (factors >> 4, factors & 0x0f));
                let sampling = (0..components).map(component).collect::<io::Result<_>>()?;
                let frame = Some(JpegFrame { sequential: matches!(marker, 0xc0 | 0xc1), sampling });
                return Ok(Declared { width, height, exif, xmp, frame });
            }
            _ => {
                // Some programs write lengths of 0 and 1, which viewers take as no content.
                let length = u16::from_be_bytes(bytes(file)?).saturating_sub(2);
                if marker == 0xe1 {
                    let segment = take(file, length.into())?;
                    exif = exif.or_else(|| segment.strip_prefix(EXIF_TAG).map(<[u8]>::to_vec));
                    xmp = xmp.or_else(|| segment.strip_prefix(XMP_TAG).map(<[u8]>::to_vec));
                } else {
                    file.seek_relative(length.into())?;
                }
            }
        }
    }
}

/// PNG, 11.2.1: the first chunk holds the dimensions; the EXIF chunk may stand anywhere after it.
fn png(file: &mut (impl BufRead + Seek)) -> io::Result<Declared> {
    file.seek_relative(8)?;
    let [_, _, _, _, b'I', b'H', b'D', b'R', w3, w2, w1, w0, h3, h2, h1, h0] = bytes(file)? else {
        return Err(io::ErrorKind::InvalidData.into());
    };
    // Depth, colour type, compression, filter, interlace and the checksum.
    file.seek_relative(5 + 4)?;
    let [exif, xmp] = chunks(
        file,
        [(*b"eXIf", b""), (*b"iTXt", XMP_CHUNK_TAG)],
        u32::from_be_bytes,
        |length| i64::from(length) + 4,
        true,
    );
    let xmp = xmp.and_then(|chunk| chunk.strip_prefix(XMP_CHUNK_TAG).map(<[u8]>::to_vec));
    let side = |bytes| u32::from_be_bytes(bytes);
    Ok(Declared { width: side([w3, w2, w1, w0]), height: side([h3, h2, h1, h0]), exif, xmp, frame: None })
}

/// RFC 9649, 2.4–2.7: a simple lossy, a simple lossless or an extended file. Its head tells its length, so a file that
/// lacks its last bytes is found out, although a decoder may not need them.
fn webp(file: &mut (impl BufRead + Seek)) -> io::Result<Declared> {
    file.seek_relative(4)?;
    let length = u32::from_le_bytes(bytes(file)?);
    let behind = file.stream_position()?;
    let held = file.seek(io::SeekFrom::End(0))?.saturating_sub(behind);
    if held < u64::from(length) {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    file.seek(io::SeekFrom::Start(behind + 4))?;
    let name: [u8; 4] = bytes(file)?;
    let length = u32::from_le_bytes(bytes(file)?);
    let start = file.stream_position()?;
    let (width, height) = match &name {
        b"VP8 " => {
            let [_, _, _, 0x9d, 0x01, 0x2a, w0, w1, h0, h1] = bytes(file)? else {
                return Err(io::ErrorKind::InvalidData.into());
            };
            (u32::from(u16::from_le_bytes([w0, w1]) & 0x3fff), u32::from(u16::from_le_bytes([h0, h1]) & 0x3fff))
        }
        b"VP8L" => {
            let [0x2f, a, b, c, d] = bytes(file)? else { return Err(io::ErrorKind::InvalidData.into()) };
            let bits = u32::from_le_bytes([a, b, c, d]);
            ((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1)
        }
        b"VP8X" => {
            let [_, _, _, _, w0, w1, w2, h0, h1, h2] = bytes(file)?;
            (u32::from_le_bytes([w0, w1, w2, 0]) + 1, u32::from_le_bytes([h0, h1, h2, 0]) + 1)
        }
        _ => return Err(io::ErrorKind::InvalidData.into()),
    };
    let padded = |length: u32| i64::from(length) + i64::from(length % 2);
    file.seek(io::SeekFrom::Start(start.saturating_add_signed(padded(length))))?;
    let [exif, xmp] = chunks(file, [(*b"EXIF", b""), (*b"XMP ", b"")], u32::from_le_bytes, padded, false);
    // Some writers keep the tag of JPEG in front of the block.
    let exif = exif.map(|block| block.strip_prefix(EXIF_TAG).map(<[u8]>::to_vec).unwrap_or(block));
    Ok(Declared { width, height, exif, xmp, frame: None })
}

/// Walks the chunks to the end of the file and returns for each name the first small one that begins so. A file that ends
/// early shows what stands before its end.
fn chunks<const N: usize>(
    file: &mut (impl BufRead + Seek),
    wanted: [([u8; 4], &[u8]); N],
    length_of: fn([u8; 4]) -> u32,
    step: impl Fn(u32) -> i64,
    length_first: bool,
) -> [Option<Vec<u8>>; N] {
    let mut found = [const { None }; N];
    let mut next = || -> io::Result<()> {
        let (first, second) = (bytes(file)?, bytes(file)?);
        let (name, length) = if length_first { (second, length_of(first)) } else { (first, length_of(second)) };
        let mut left = step(length);
        let place = wanted.iter().zip(&mut found).find(|((wanted, _), found)| *wanted == name && found.is_none());
        if let Some(((_, begin), place)) = place
            && length <= BLOCK_BYTES_MAX
        {
            *place = Some(take(file, length)?).filter(|chunk| chunk.starts_with(begin));
            left -= i64::from(length);
        }
        file.seek_relative(left)
    };
    while next().is_ok() {}
    found
}

fn bytes<const N: usize>(file: &mut impl Read) -> io::Result<[u8; N]> {
    let mut out = [0; N];
    file.read_exact(&mut out).map(|()| out)
}

fn take(file: &mut impl Read, length: u32) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    file.take(length.into()).read_to_end(&mut out)?;
    if out.len() as u64 == u64::from(length) { Ok(out) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}
