//! A picture of any kind, whole, from its first byte on.

use crate::{
    exif::ExifFacts,
    sniff::{PictureMime, declared},
};
use firebee_protocol::{fact::Mime, media::SNIFF_BYTES};
use std::io::{self, BufRead, Read, Seek, SeekFrom};

/// What the camera wrote into a picture. `None` of what is no picture. A picture whose header is broken says nothing.
///
/// # Errors
/// The source could not be read.
pub fn read(file: &mut (impl BufRead + Seek)) -> io::Result<Option<ExifFacts>> {
    let mut head = Vec::with_capacity(SNIFF_BYTES);
    file.by_ref().take(SNIFF_BYTES as u64).read_to_end(&mut head)?;
    file.seek(SeekFrom::Start(0))?;
    let Some(mime) = Mime::sniff(&head).filter(|mime| mime.is_picture()) else { return Ok(None) };
    let Some(mime) = PictureMime::of(mime) else { return Ok(Some(ExifFacts::of_foreign(file))) };
    match declared(file, mime) {
        Ok(found) => {
            let exif = found.exif.map(ExifFacts::read).unwrap_or_default();
            Ok(Some(exif.or_xmp(found.xmp.as_deref())))
        }
        Err(error) if is_broken(&error) => Ok(Some(ExifFacts::default())),
        Err(error) => Err(error),
    }
}

/// Whether a header ends early or contradicts itself; any other error comes from the disk.
fn is_broken(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    const JPEG: &[u8] = include_bytes!("../../../tests/fixtures/photos/DSCN0010.jpg");

    #[test]
    fn a_picture_says_what_its_camera_wrote_and_what_is_none_says_nothing() {
        let found = read(&mut Cursor::new(JPEG)).unwrap().unwrap();
        assert_eq!(found.fact().camera.as_deref(), Some("NIKON COOLPIX P6000"));
        assert!(found.position.is_some() && found.taken.is_some());
        assert_eq!(read(&mut Cursor::new(b"%PDF-1.4")).unwrap(), None);
        for cut in [2, 20, 200] {
            assert_eq!(
                read(&mut Cursor::new(&JPEG[..cut])).unwrap().unwrap_or_default(),
                ExifFacts::default(),
                "{cut}"
            );
        }
    }
}
