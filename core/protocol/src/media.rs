//! What the bytes of a blob are. No name, header or announcement decides it.

use crate::fact::Mime;

/// How many first bytes of a file tell its type. Real HEIC files name fewer than ten brands.
pub const SNIFF_BYTES: usize = 264;

/// How archives begin: zip with something in it, rar, 7z, gzip.
const ARCHIVES: [&[u8]; 4] = [b"PK\x03\x04", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08"];

impl Mime {
    /// The type of a file by its first [`SNIFF_BYTES`]. `None`: no type that a blob may have.
    pub fn sniff(start: &[u8]) -> Option<Self> {
        let is = |magic: &[u8]| start.starts_with(magic);
        let at = |from: usize, magic: &[u8]| start.get(from..).is_some_and(|rest| rest.starts_with(magic));
        if is(&[0xff, 0xd8, 0xff]) {
            Some(Self::Jpeg)
        } else if is(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if is(b"RIFF") && at(8, b"WEBP") {
            Some(Self::Webp)
        } else if let Some(found) = by_brand(start) {
            Some(found)
        } else if is(b"%PDF-") {
            Some(Self::Pdf)
        } else if is(b"FBTRK1\n") {
            Some(Self::Track)
        } else if ARCHIVES.iter().any(|magic| is(magic)) {
            Some(Self::Archive)
        } else {
            None
        }
    }

    /// Whether it shows something: a photo must.
    pub const fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Heic | Self::Avif | Self::Webp)
    }

    /// Whether a file of this type may belong to a decision or to the handling of a fault.
    pub const fn is_attachable(self) -> bool {
        self.is_picture() || matches!(self, Self::Pdf)
    }

    /// The media type that it is served as.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Heic => "image/heic",
            Self::Avif => "image/avif",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
            Self::Track | Self::Archive => "application/octet-stream",
        }
    }
}

/// HEIC or AVIF (ISO/IEC 23008-12, 10.2; AVIF 1.2, 6). The brands that a file names decide: its own, and those that it
/// is compatible with.
fn by_brand(head: &[u8]) -> Option<Mime> {
    let (length, rest) = head.split_first_chunk::<4>()?;
    let rest = rest.strip_prefix(b"ftyp")?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?.checked_sub(8)?;
    let brands = rest.get(..length.min(SNIFF_BYTES - 8)).unwrap_or(rest).as_chunks::<4>().0;
    // The second word is a version and no brand.
    let claims = |names: &[&[u8; 4]]| (0..).zip(brands).any(|(at, brand)| at != 1 && names.contains(&brand));
    if claims(&[b"avif", b"avis"]) {
        Some(Mime::Avif)
    } else if claims(&[b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"]) {
        Some(Mime::Heic)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_are() {
        let cases: [(&[u8], Option<Mime>); 22] = [
            (b"\xff\xd8\xff\xe0\x00\x10JFIF", Some(Mime::Jpeg)),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Some(Mime::Png)),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Some(Mime::Webp)),
            (b"RIFF\x10\0\0\0AVI LIST", None),
            (b"\0\0\0\x18ftypheic\0\0\0\0", Some(Mime::Heic)),
            (b"\0\0\0\x1cftypmif1\0\0\0\0mif1heicmiaf", Some(Mime::Heic)),
            (b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf", Some(Mime::Avif)),
            (b"\0\0\0\x1cftypmif1\0\0\0\0avifmif1miaf", Some(Mime::Avif)),
            (b"\0\0\0\x18ftypisom\0\0\0\0mp41avc1", None),
            (b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom", None),
            (b"\0\0\0\x10ftypisomheicmif1heic", None),
            (b"\0\0\0\x02ftypheic", None),
            (b"\0\0\0\x18ftyp", None),
            (b"%PDF-1.7\n", Some(Mime::Pdf)),
            (b"FBTRK1\nxyz", Some(Mime::Track)),
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\">", None),
            (b"PK\x03\x04", Some(Mime::Archive)),
            (b"Rar!\x1a\x07\x01\x00", Some(Mime::Archive)),
            (b"7z\xbc\xaf\x27\x1c", Some(Mime::Archive)),
            (b"\x1f\x8b\x08\x00", Some(Mime::Archive)),
            (b"PK\x05\x06", None),
            (b"", None),
        ];
        for (bytes, found) in cases {
            assert_eq!(Mime::sniff(bytes), found, "{bytes:?}");
        }
        assert!(Mime::Pdf.is_attachable() && Mime::Avif.is_attachable() && !Mime::Track.is_attachable());
        assert!(Mime::Heic.is_picture() && !Mime::Pdf.is_picture() && !Mime::Track.is_picture());
    }
}
