//! What the camera wrote into a picture.

use super::{super::super::ExifPosition, *};
use firebee_domain::time::Timestamp;

#[test]
fn exif_of_a_real_camera_is_read_exactly() {
    let home = Home::new();
    let exif = home.take(&fixture("DSCN0010.jpg")).unwrap().exif;
    assert_eq!(
        exif,
        ExifFacts {
            taken: Some("2008-10-22 16:28:39".to_owned()),
            position: Some(ExifPosition { lat_e6: 43_467_448, lon_e6: 11_885_127 }),
            gnss: Some(Timestamp(1_224_772_027_240)),
            orientation: 1,
            make: Some("NIKON".to_owned()),
            model: Some("COOLPIX P6000".to_owned()),
            software: Some("Nikon Transfer 1.1 W".to_owned()),
        }
    );
    let none = home.take(&fixture("no_exif.jpg")).unwrap().exif;
    assert_eq!((none.taken, none.position, none.gnss, none.make, none.model), (None, None, None, None, None));
}

/// XMP stands in a segment of a JPEG, a text chunk of a PNG and a chunk of a WebP.
#[test]
fn time_and_place_from_xmp_are_taken_from_all_three_kinds_of_picture() {
    let packet = br#"<r xmlns:e="http://ns.adobe.com/exif/1.0/" e:DateTimeOriginal="2024-05-06T08:09:10" e:GPSLatitude="36,37.2N" e:GPSLongitude="101,46.5E"/>"#;
    let picture = quarters(32, 32);
    let jpeg = encoded(&picture, ImageFormat::Jpeg);
    let segment = [b"http://ns.adobe.com/xap/1.0/\0".as_slice(), packet].concat();
    let length = u16::try_from(segment.len() + 2).unwrap().to_be_bytes();
    let jpeg = [&jpeg[..2], b"\xff\xe1", &length, &segment, &jpeg[2..]].concat();
    let png = encoded(&picture, ImageFormat::Png);
    let text = |body: &[u8]| [&u32::try_from(body.len()).unwrap().to_be_bytes(), b"iTXt", body, &[0; 4]].concat();
    let xmp = [b"XML:com.adobe.xmp\0\0\0\0\0".as_slice(), packet].concat();
    let png = [&png[..33], &text(b"Comment\0\0\0\0\0none"), &text(&xmp), &png[33..]].concat();
    let webp = encoded(&picture, ImageFormat::WebP);
    let webp = [&webp, b"XMP ".as_slice(), &u32::try_from(packet.len()).unwrap().to_le_bytes(), packet].concat();
    for (bytes, mime) in [(jpeg, PictureMime::Jpeg), (png, PictureMime::Png), (webp, PictureMime::Webp)] {
        let declared = sniff::declared(&mut io::Cursor::new(&bytes), mime).unwrap();
        let exif = ExifFacts::default().or_xmp(declared.xmp.as_deref());
        assert_eq!(exif.taken.as_deref(), Some("2024-05-06 08:09:10"), "{mime:?}");
        assert_eq!(exif.position, Some(ExifPosition { lat_e6: 36_620_000, lon_e6: 101_775_000 }), "{mime:?}");
    }
    let exif = Home::new().take(&fixture("../odd/xmp_only.jpg")).unwrap().exif;
    assert_eq!(exif.taken.as_deref(), Some("2024-05-06 08:09:10"));
}

#[test]
fn camera_text_is_cleaned_to_one_line_and_cut() {
    let home = Home::new();
    let jpeg = encoded(&quarters(32, 32), ImageFormat::Jpeg);
    let dirty = "  AC\u{7}ME\n\u{202e}gnp.exe\u{1b}[2J ".as_bytes();
    let long = "名".repeat(10_000);
    let offset = |at: usize| u32::try_from(8 + 2 + 2 * 12 + 4 + at).unwrap().to_le_bytes();
    let length = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap();
    let block = exif_block(
        &[(0x010f, 2, length(dirty), offset(0)), (0x0110, 2, length(long.as_bytes()), offset(dirty.len()))],
        &[dirty, long.as_bytes()].concat(),
    );
    let exif = home.take(&with_exif(&jpeg, &block)).unwrap().exif;
    assert_eq!(exif.make.as_deref(), Some("ACMEgnp.exe[2J"));
    assert_eq!(exif.model, Some("名".repeat(64)));
}

#[test]
fn a_broken_exif_block_never_refuses_the_picture() {
    let home = Home::new();
    let jpeg = encoded(&quarters(32, 32), ImageFormat::Jpeg);
    let far = exif_block(&[(0x8825, 4, 1, [0xff, 0xff, 0xff, 0x7f]), (0x010f, 2, u32::MAX, [9, 0, 0, 0])], &[]);
    let turned_too_far = exif_block(&[(0x0112, 3, 1, [99, 0, 0, 0])], &[]);
    for block in [&b""[..], b"II*\0", b"MM\0*\xff\xff\xff\xff", &[0xff; 3000], &far, &turned_too_far] {
        let taken = home.take(&with_exif(&jpeg, block)).unwrap();
        assert_eq!(taken.exif, ExifFacts::default());
    }
    let real = fixture("DSCN0010.jpg");
    let at = real.windows(4).position(|window| window == b"Exif").unwrap();
    for byte in (at + 6..at + 1200).step_by(3) {
        let mut broken = real.clone();
        broken[byte] ^= 0xff;
        // Whatever it reads, it neither panics nor refuses.
        let declared = sniff::declared(&mut io::Cursor::new(&broken), PictureMime::Jpeg).unwrap();
        ExifFacts::read(declared.exif.unwrap());
    }
}
