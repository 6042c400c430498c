//! What the bytes of a blob are. No name, header or announcement decides it.

use crate::fact::Mime;

impl Mime {
    /// The type of a file by its first bytes; 16 are enough. `None`: no type that a blob may have.
    pub fn sniff(start: &[u8]) -> Option<Self> {
        let is = |magic: &[u8]| start.starts_with(magic);
        let at = |from: usize, magic: &[u8]| start.get(from..).is_some_and(|rest| rest.starts_with(magic));
        let heif = [b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"];
        if is(&[0xff, 0xd8, 0xff]) {
            Some(Self::Jpeg)
        } else if is(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if is(b"RIFF") && at(8, b"WEBP") {
            Some(Self::Webp)
        } else if at(4, b"ftyp") && heif.iter().any(|brand| at(8, *brand)) {
            Some(Self::Heic)
        } else if is(b"%PDF-") {
            Some(Self::Pdf)
        } else if is(b"FBTRK1\n") {
            Some(Self::Track)
        } else {
            None
        }
    }

    /// Whether it shows something: a photo must.
    pub const fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Heic | Self::Webp)
    }

    /// The media type that it is served as.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Heic => "image/heic",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
            Self::Track => "application/octet-stream",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_are() {
        let cases: [(&[u8], Option<Mime>); 11] = [
            (b"\xff\xd8\xff\xe0\x00\x10JFIF", Some(Mime::Jpeg)),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Some(Mime::Png)),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Some(Mime::Webp)),
            (b"RIFF\x10\0\0\0AVI LIST", None),
            (b"\0\0\0\x18ftypheic\0\0\0\0", Some(Mime::Heic)),
            (b"\0\0\0\x18ftypavif\0\0\0\0", None),
            (b"%PDF-1.7\n", Some(Mime::Pdf)),
            (b"FBTRK1\nxyz", Some(Mime::Track)),
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\">", None),
            (b"PK\x03\x04", None),
            (b"", None),
        ];
        for (bytes, found) in cases {
            assert_eq!(Mime::sniff(bytes), found, "{bytes:?}");
        }
        assert!(Mime::Heic.is_picture() && !Mime::Pdf.is_picture() && !Mime::Track.is_picture());
    }
}
