//! Files that are no pictures. The phone refuses them with a code and leaves nothing behind.

use crate::has_sentences;
use firebee_client::evidence::{BlobFolder, intake};
use std::{fs, path::Path};

fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/photos").join(name)).unwrap()
}

/// A PNG whose header declares `side` pixels each way and whose data is one byte.
fn png(side: u32) -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    header.extend(side.to_be_bytes());
    header.extend(side.to_be_bytes());
    header.extend([8, 6, 0, 0, 0]);
    let chunk = |body: &[u8]| {
        let len = u32::try_from(body.len() - 4).unwrap().to_be_bytes();
        [&len, body, &crc(body).to_be_bytes()].concat()
    };
    [b"\x89PNG\r\n\x1a\n".as_slice(), &chunk(&header), &chunk(b"IDATx"), &chunk(b"IEND")].concat()
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    })
}

#[test]
fn pictures_that_are_cut_short_empty_huge_or_none_are_refused_with_their_code() {
    let jpeg = fixture("DSCN0010.jpg");
    let half = jpeg[..jpeg.len() / 2].to_vec();
    let mut flipped = jpeg.clone();
    flipped[4..40].fill(0);
    let bad: [(&str, Vec<u8>, &str); 12] = [
        ("an empty file", Vec::new(), "photo_empty"),
        ("a JPEG cut in half", half, "photo_damaged"),
        ("a JPEG without its last three bytes", jpeg[..jpeg.len() - 3].to_vec(), "photo_damaged"),
        ("a HEIC without a preview", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(), "photo_needs_preview"),
        ("a PNG of 10,000 by 10,000", png(10_000), "photo_needs_memory"),
        ("a JPEG's first three bytes", jpeg[..3].to_vec(), "photo_damaged"),
        ("a JPEG with a broken header", flipped, "photo_damaged"),
        ("a PNG of 100,000 by 100,000", png(100_000), "photo_too_many_pixels"),
        ("a PNG of 2^31 - 1 each way", png(0x7fff_ffff), "photo_too_many_pixels"),
        ("a text", b"not a picture".to_vec(), "photo_format_unsupported"),
        ("an SVG", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec(), "photo_format_unsupported"),
        ("31 MiB behind a JPEG's head", [&jpeg[..100], &vec![0; 31 << 20]].concat(), "photo_too_large"),
    ];
    let home = tempfile::tempdir().unwrap();
    let folder = BlobFolder::open(home.path().join("blobs")).unwrap();
    let kept = intake(&folder, &mut jpeg.as_slice()).unwrap();
    let before = files(home.path());
    for (what, bytes, code) in bad {
        let refused = intake(&folder, &mut bytes.as_slice()).map(|taken| taken.original.len).unwrap_err();
        assert_eq!(refused.code().word(), code, "{what}: {refused:?}");
        has_sentences(code);
        assert_eq!(files(home.path()), before, "{what} left something behind");
    }
    assert_eq!(intake(&folder, &mut jpeg.as_slice()).unwrap(), kept, "a good picture is taken as before");
}

fn files(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { files(&path) } else { 1 }).sum()
}
