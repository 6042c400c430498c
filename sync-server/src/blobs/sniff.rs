//! How a blob is served, by its bytes. It is never served as SVG or HTML.

use firebee_protocol::fact::Mime;

/// How a blob is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The media type.
    pub media_type: &'static str,
    /// The file name that a browser saves it under.
    pub file_name: &'static str,
    /// Whether a browser may show it inside a page.
    pub inline: bool,
}

/// How a file is served, by its first bytes.
pub fn served(start: &[u8]) -> Found {
    let found = Mime::sniff(start);
    Found {
        media_type: found.map_or("application/octet-stream", Mime::media_type),
        file_name: match found {
            Some(Mime::Jpeg) => "evidence.jpg",
            Some(Mime::Png) => "evidence.png",
            Some(Mime::Webp) => "evidence.webp",
            Some(Mime::Heic) => "evidence.heic",
            Some(Mime::Avif) => "evidence.avif",
            Some(Mime::Pdf) => "evidence.pdf",
            Some(Mime::Track) => "track.fbtrk",
            Some(Mime::Archive) => archive_name(start),
            None => "evidence.bin",
        },
        inline: found.is_some_and(Mime::is_picture),
    }
}

/// An archive is saved under a name by which a program opens it.
fn archive_name(start: &[u8]) -> &'static str {
    match start.first() {
        Some(b'P') => "papers.zip",
        Some(b'R') => "papers.rar",
        Some(b'7') => "papers.7z",
        _ => "papers.gz",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_would_run_is_served_as_bytes_to_save() {
        for bytes in [&b"<svg xmlns=\"http://www.w3.org/2000/svg\">"[..], b"<!doctype html><script>", b""] {
            let found = served(bytes);
            assert_eq!((found.media_type, found.inline), ("application/octet-stream", false), "{bytes:?}");
        }
        assert_eq!(served(b"FBTRK1\nxyz").file_name, "track.fbtrk");
        let named = [&b"PK\x03\x04"[..], b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08"]
            .map(|start| served(start).file_name);
        assert_eq!(named, ["papers.zip", "papers.rar", "papers.7z", "papers.gz"]);
        assert!(served(&[0xff, 0xd8, 0xff]).inline && !served(b"%PDF-").inline);
    }
}
