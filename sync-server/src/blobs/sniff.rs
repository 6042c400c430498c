//! Finds the type of a blob from its bytes. No header decides how a blob is served; it is never served as SVG or HTML.

/// A type that is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The media type.
    pub media_type: &'static str,
    /// The file name that a browser saves it under.
    pub file_name: &'static str,
    /// Whether a browser may show it inside a page.
    pub inline: bool,
}

const fn picture(media_type: &'static str, file_name: &'static str) -> Found {
    Found { media_type, file_name, inline: true }
}

const fn download(media_type: &'static str, file_name: &'static str) -> Found {
    Found { media_type, file_name, inline: false }
}

/// The type of a file by its first bytes; 16 are enough.
pub fn sniff(start: &[u8]) -> Found {
    let is = |magic: &[u8]| start.starts_with(magic);
    let at = |from: usize, magic: &[u8]| start.get(from..).is_some_and(|rest| rest.starts_with(magic));
    if is(&[0xff, 0xd8, 0xff]) {
        picture("image/jpeg", "evidence.jpg")
    } else if is(b"\x89PNG\r\n\x1a\n") {
        picture("image/png", "evidence.png")
    } else if is(b"RIFF") && at(8, b"WEBP") {
        picture("image/webp", "evidence.webp")
    } else if at(4, b"ftyp") && [b"heic", b"heix", b"heim", b"heis", b"mif1"].iter().any(|brand| at(8, *brand)) {
        picture("image/heic", "evidence.heic")
    } else if is(b"%PDF-") {
        download("application/pdf", "evidence.pdf")
    } else if is(b"FBTRK1\n") {
        download("application/octet-stream", "track.fbtrk")
    } else {
        download("application/octet-stream", "evidence.bin")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_are() {
        let cases: [(&[u8], &str); 8] = [
            (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png"),
            (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
            (b"\0\0\0\x18ftypheic\0\0\0\0", "image/heic"),
            (b"%PDF-1.7\n", "application/pdf"),
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\">", "application/octet-stream"),
            (b"<!doctype html><script>", "application/octet-stream"),
            (b"", "application/octet-stream"),
        ];
        for (bytes, media_type) in cases {
            assert_eq!(sniff(bytes).media_type, media_type, "{bytes:?}");
        }
        assert_eq!(sniff(b"FBTRK1\nxyz").file_name, "track.fbtrk");
        assert!(!sniff(b"<svg").inline && !sniff(b"%PDF-").inline);
    }
}
