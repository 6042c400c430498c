mod camera;
mod disk;
mod memory;

use super::*;
use firebee_domain::code::Code;
use image::{ImageFormat, Rgb, RgbImage, metadata::Orientation};
use memory::{FULL, HALVED, flat_jpeg};
use sha2::{Digest, Sha256};
use std::{fs, path::PathBuf};

fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/photos")).join(name)).unwrap()
}

struct Home {
    dir: tempfile::TempDir,
    folder: BlobFolder,
}

impl Home {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let folder = BlobFolder::open(dir.path().join("blobs")).unwrap();
        Self { dir, folder }
    }

    fn take(&self, bytes: &[u8]) -> Result<Intake, IntakeError> {
        intake(&self.folder, &mut &*bytes)
    }

    fn bytes(&self, blob: BlobMeta) -> Vec<u8> {
        let bytes = fs::read(self.folder.path(blob.id)).unwrap();
        assert_eq!(bytes.len() as u64, blob.len);
        assert_eq!(blob.id.0, <[u8; 32]>::from(Sha256::digest(&bytes)));
        bytes
    }

    fn picture(&self, blob: BlobMeta) -> RgbImage {
        assert_eq!(blob.mime, Mime::Jpeg);
        image::load_from_memory_with_format(&self.bytes(blob), ImageFormat::Jpeg).unwrap().into_rgb8()
    }

    fn files(&self) -> usize {
        fn count(path: &Path) -> usize {
            let entries: Vec<PathBuf> = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
            entries.iter().map(|path| if path.is_dir() { count(path) } else { 1 }).sum()
        }
        count(self.dir.path())
    }

    fn refuses(&self, bytes: &[u8], code: Code) {
        let refused = self.take(bytes).map(|taken| taken.original.len).unwrap_err();
        assert_eq!(refused.code(), code, "{refused:?}");
        assert_eq!(self.files(), 0, "{code} left something behind");
    }
}

/// Four flat quarters: red, green / blue, white.
fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match (x < width / 2, y < height / 2) {
        (true, true) => Rgb([255, 0, 0]),
        (false, true) => Rgb([0, 255, 0]),
        (true, false) => Rgb([0, 0, 255]),
        (false, false) => Rgb([255, 255, 255]),
    })
}

fn encoded(picture: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut out = io::Cursor::new(Vec::new());
    picture.write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// A little-endian EXIF block with one IFD of entries (tag, type, count, value or offset) and data behind it.
fn exif_block(entries: &[(u16, u16, u32, [u8; 4])], data: &[u8]) -> Vec<u8> {
    let mut block = b"II*\0\x08\0\0\0".to_vec();
    block.extend(u16::try_from(entries.len()).unwrap().to_le_bytes());
    for (tag, kind, count, value) in entries {
        block.extend(tag.to_le_bytes());
        block.extend(kind.to_le_bytes());
        block.extend(count.to_le_bytes());
        block.extend(value);
    }
    block.extend([0; 4]);
    block.extend(data);
    block
}

fn with_exif(jpeg: &[u8], block: &[u8]) -> Vec<u8> {
    let length = u16::try_from(block.len() + 8).unwrap();
    [&jpeg[..2], b"\xff\xe1", &length.to_be_bytes(), b"Exif\0\0", block, &jpeg[2..]].concat()
}

fn oriented(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    with_exif(jpeg, &exif_block(&[(0x0112, 3, 1, [orientation, 0, 0, 0])], &[]))
}

/// The colour names of the four corners, row by row.
fn corners(picture: &RgbImage) -> String {
    let (right, bottom) = (picture.width() - 4, picture.height() - 4);
    [(3, 3), (right, 3), (3, bottom), (right, bottom)]
        .map(|(x, y)| match picture.get_pixel(x, y).0.map(|channel| channel > 127) {
            [true, false, false] => 'r',
            [false, true, false] => 'g',
            [false, false, true] => 'b',
            [true, true, true] => 'w',
            _ => '?',
        })
        .iter()
        .collect()
}

#[test]
fn the_original_is_kept_byte_for_byte_under_its_hash() {
    for name in ["DSCN0010.jpg", "landscape_3.jpg", "no_exif.jpg", "portrait_6.jpg", "HMD_Nokia_8.3_5G.jpg"] {
        let (home, bytes) = (Home::new(), fixture(name));
        let taken = home.take(&bytes).unwrap();
        assert_eq!(home.bytes(taken.original), bytes, "{name}");
        assert_eq!(taken.original.mime, Mime::Jpeg);
        assert_eq!(home.files(), 3, "{name}");
    }
}

#[test]
fn preview_and_thumbnail_are_small_and_never_larger_than_the_original() {
    let home = Home::new();
    for (name, preview, thumbnail) in [
        ("HMD_Nokia_8.3_5G.jpg", (1600, 686), (320, 137)),
        ("DSCN0010.jpg", (640, 480), (320, 240)),
        ("no_exif.jpg", (322, 466), (221, 320)),
    ] {
        let taken = home.take(&fixture(name)).unwrap();
        assert_eq!(home.picture(taken.preview).dimensions(), preview, "{name}");
        assert_eq!(home.picture(taken.thumbnail).dimensions(), thumbnail, "{name}");
    }
    let tiny = home.take(&encoded(&quarters(16, 8), ImageFormat::Jpeg)).unwrap();
    assert_eq!(home.picture(tiny.preview).dimensions(), (16, 8));
    assert_eq!(tiny.preview, tiny.thumbnail);
}

#[test]
fn a_preview_stands_upright_in_all_eight_orientations() {
    let jpeg = encoded(&quarters(96, 64), ImageFormat::Jpeg);
    let expected = ["rgbw", "grwb", "wbgr", "bwrg", "rbgw", "brwg", "wgbr", "gwrb"];
    for (orientation, corners_upright) in (1..=8).zip(expected) {
        let home = Home::new();
        let taken = home.take(&oriented(&jpeg, orientation)).unwrap();
        let preview = home.picture(taken.preview);
        assert_eq!(preview.dimensions(), if orientation < 5 { (96, 64) } else { (64, 96) }, "{orientation}");
        assert_eq!(corners(&preview), corners_upright, "{orientation}");
        assert_eq!(corners(&home.picture(taken.thumbnail)), corners_upright, "{orientation}");
    }
}

#[test]
fn real_pictures_on_their_side_and_head_are_turned_upright() {
    let home = Home::new();
    for (name, orientation, dimensions) in
        [("portrait_6.jpg", Orientation::Rotate90, (450, 600)), ("landscape_3.jpg", Orientation::Rotate180, (600, 450))]
    {
        let taken = home.take(&fixture(name)).unwrap();
        assert_eq!(Orientation::from_exif(taken.exif.orientation), Some(orientation), "{name}");
        let preview = home.picture(taken.preview);
        assert_eq!(preview.dimensions(), dimensions, "{name}");
        let mut expected = image::load_from_memory(&fixture(name)).unwrap();
        expected.apply_orientation(orientation);
        let expected = expected.into_rgb8();
        let difference: u64 =
            preview.as_raw().iter().zip(expected.as_raw()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
        assert!(difference / (expected.as_raw().len() as u64) < 6, "{name}: {difference}");
    }
}

#[test]
fn a_picture_decoded_at_a_reduced_scale_looks_like_one_resized_from_its_pixels() {
    let bytes = fixture("HMD_Nokia_8.3_5G.jpg");
    let small = downscale::decode_within(io::Cursor::new(&bytes), PictureMime::Jpeg, 1600).unwrap().rgb;
    let whole = image::load_from_memory(&bytes).unwrap();
    let expected = whole.resize_exact(1600, 686, image::imageops::FilterType::Lanczos3).into_rgb8();
    let squares: f64 =
        small.as_raw().iter().zip(expected.as_raw()).map(|(a, b)| f64::from(a.abs_diff(*b)).powi(2)).sum();
    let psnr_db = 10.0 * (255.0 * 255.0 * expected.as_raw().len() as f64 / squares).log10();
    assert!(psnr_db > 36.0, "{psnr_db} dB");
}

#[test]
fn png_and_webp_are_taken_see_through_pixels_lie_on_white() {
    let home = Home::new();
    for (format, mime) in [(ImageFormat::Png, Mime::Png), (ImageFormat::WebP, Mime::Webp)] {
        let taken = home.take(&encoded(&quarters(2000, 1000), format)).unwrap();
        assert_eq!(taken.original.mime, mime);
        let preview = home.picture(taken.preview);
        assert_eq!((preview.dimensions(), corners(&preview)), ((1600, 800), "rgbw".to_owned()), "{mime:?}");
        assert_eq!(taken.exif, ExifFacts::default());
    }
    let mut clear = io::Cursor::new(Vec::new());
    image::RgbaImage::from_pixel(20, 20, image::Rgba([0, 0, 0, 0])).write_to(&mut clear, ImageFormat::Png).unwrap();
    let taken = home.take(&clear.into_inner()).unwrap();
    assert_eq!(corners(&home.picture(taken.preview)), "wwww");
}

#[test]
fn the_same_photo_twice_is_the_same_three_blobs() {
    let (home, bytes) = (Home::new(), fixture("portrait_6.jpg"));
    let first = home.take(&bytes).unwrap();
    assert_eq!(home.take(&bytes).unwrap(), first);
    assert_eq!(home.files(), 3);
}

#[test]
fn a_webp_that_lacks_its_last_bytes_is_damaged() {
    let (home, whole) = (Home::new(), encoded(&quarters(200, 100), ImageFormat::WebP));
    for cut in 1..12 {
        home.refuses(&whole[..whole.len() - cut], Code::PhotoDamaged);
    }
}

#[test]
fn a_source_that_cannot_be_read_is_told_as_such() {
    let dir = tempfile::tempdir().unwrap();
    let folder = BlobFolder::open(dir.path().join("blobs")).unwrap();
    for source in [dir.path().to_owned(), dir.path().join("none")] {
        assert_eq!(intake_file(&folder, &source).unwrap_err().code(), Code::FileUnreadable, "{source:?}");
        assert_eq!(crate::evidence::attach(&folder, &source).unwrap_err().code(), Code::FileUnreadable, "{source:?}");
    }
}

#[test]
fn what_is_no_picture_is_refused_and_leaves_nothing() {
    let home = Home::new();
    home.refuses(b"", Code::PhotoEmpty);
    home.refuses(b"a text, not a picture", Code::PhotoFormatUnsupported);
    home.refuses(b"<svg xmlns='http://www.w3.org/2000/svg'/>", Code::PhotoFormatUnsupported);
    home.refuses(b"\0\0\0\x18ftypisom\0\0\0\0mp41avc1", Code::PhotoFormatUnsupported);
    home.refuses(b"GIF89a\x01\0\x01\0", Code::PhotoFormatUnsupported);
    home.refuses(b"\xff\xd8\xff", Code::PhotoDamaged);
}

#[test]
fn a_photo_cut_short_anywhere_is_refused_and_leaves_nothing() {
    let home = Home::new();
    for name in ["DSCN0010.jpg", "portrait_6.jpg"] {
        let bytes = fixture(name);
        for cut in [3, 100, bytes.len() / 4, bytes.len() / 2, bytes.len() - 200, bytes.len() - 20] {
            home.refuses(&bytes[..bytes.len() - cut], Code::PhotoDamaged);
        }
    }
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let bytes = encoded(&quarters(200, 100), format);
        for keep in [20, 40, bytes.len() / 2] {
            home.refuses(&bytes[..keep], Code::PhotoDamaged);
        }
    }
}

/// Without the strict reader, the decoder silently fills the missing half with one colour.
#[test]
fn a_jpeg_whose_data_ends_early_is_refused_although_it_has_an_end_marker() {
    let home = Home::new();
    for name in ["DSCN0010.jpg", "portrait_6.jpg", "HMD_Nokia_8.3_5G.jpg"] {
        let bytes = fixture(name);
        for keep in [bytes.len() / 2, bytes.len() * 3 / 4, bytes.len() - 1000] {
            let kept = &bytes[..keep];
            let kept = kept.strip_suffix(b"\xff").unwrap_or(kept);
            assert!(jpeg_decoder::Decoder::new(&*[kept, b"\xff\xd9"].concat()).decode().is_ok(), "{name} {keep}");
            home.refuses(&[kept, b"\xff\xd9"].concat(), Code::PhotoDamaged);
        }
    }
}

#[test]
fn progressive_grey_and_restarting_jpegs_and_films_behind_the_picture_are_taken() {
    let picture = quarters(640, 480);
    let variant = |tune: &dyn Fn(&mut jpeg_encoder::Encoder<&mut Vec<u8>>)| {
        let mut out = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut out, 90);
        tune(&mut encoder);
        encoder.encode(picture.as_raw(), 640, 480, jpeg_encoder::ColorType::Rgb).unwrap();
        out
    };
    let progressive = variant(&|encoder| encoder.set_progressive(true));
    let cases = [
        variant(&|encoder| encoder.set_restart_interval(7)),
        variant(&|encoder| encoder.set_optimized_huffman_tables(true)),
        [&*progressive, b"a short film \xff\xd8\xff"].concat(),
        progressive,
    ];
    let home = Home::new();
    for bytes in cases {
        let taken = home.take(&bytes).unwrap();
        assert_eq!(corners(&home.picture(taken.preview)), "rgbw");
        assert_eq!(home.bytes(taken.original), bytes);
    }
    let mut grey = io::Cursor::new(Vec::new());
    image::GrayImage::from_pixel(20, 20, image::Luma([250])).write_to(&mut grey, ImageFormat::Jpeg).unwrap();
    assert_eq!(corners(&home.picture(home.take(&grey.into_inner()).unwrap().preview)), "wwww");
}

#[test]
fn ink_colours_become_light() {
    let mut bytes = Vec::new();
    let pixels = [0, 255, 255, 0].repeat(16 * 16);
    jpeg_encoder::Encoder::new(&mut bytes, 95).encode(&pixels, 16, 16, jpeg_encoder::ColorType::Cmyk).unwrap();
    let home = Home::new();
    assert_eq!(corners(&home.picture(home.take(&bytes).unwrap().preview)), "rrrr");
}

#[test]
fn a_colour_profile_travels_with_the_preview_and_exif_does_not() {
    let mut profile = vec![0; 128];
    profile[16..20].copy_from_slice(b"RGB ");
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
    encoder.add_icc_profile(&profile).unwrap();
    encoder.encode(quarters(64, 64).as_raw(), 64, 64, jpeg_encoder::ColorType::Rgb).unwrap();
    let home = Home::new();
    let preview = home.bytes(home.take(&oriented(&bytes, 1)).unwrap().preview);
    assert!(preview.windows(profile.len()).any(|window| window == profile));
    assert!(!preview.windows(4).any(|window| window == b"Exif"));
}

/// Common viewers show all of these.
#[test]
fn jpegs_with_the_small_faults_of_real_programs_are_taken() {
    let jpeg = encoded(&quarters(640, 480), ImageFormat::Jpeg);
    let (head, rest) = jpeg.split_at(2);
    let with = |segment: &[u8]| [head, segment, rest].concat();
    let scan = jpeg.windows(2).position(|window| window == b"\xff\xda").unwrap();
    let home = Home::new();
    for (what, bytes) in [
        ("no end marker", jpeg[..jpeg.len() - 2].to_vec()),
        ("half an end marker", jpeg[..jpeg.len() - 1].to_vec()),
        ("bytes behind the end", [&jpeg, b"\0\0 trailer \xff\xd8\xff\xe1".as_slice()].concat()),
        ("an empty segment", with(b"\xff\xe5\0\x02")),
        ("a segment of no length", with(b"\xff\xe0\0\0")),
        ("a comment of length one", with(b"\xff\xfe\0\x01")),
        ("a short Adobe segment", with(b"\xff\xee\0\x07Adobe")),
        ("fill bytes before a marker", with(b"\xff\xff\xff\xe7\0\x04ab")),
        ("zeros between segments", [&jpeg[..scan], b"\0\0\0", &jpeg[scan..]].concat()),
        ("a restart between segments", [&jpeg[..scan], b"\xff\xd3\xff\x01", &jpeg[scan..]].concat()),
        ("a page in a comment", fixture("../odd/polyglot_html_in_com.jpg")),
    ] {
        let taken = home.take(&bytes).unwrap_or_else(|error| panic!("{what}: {error:?}"));
        assert_eq!(home.bytes(taken.original), bytes, "{what}");
        if bytes.len() > 2000 {
            assert_eq!(corners(&home.picture(taken.preview)), "rgbw", "{what}");
        }
    }
    // Of a progressive picture, later scans may be missing.
    let progressive = flat_jpeg(64, 64, true, &HALVED);
    home.take(&progressive).unwrap();
    Home::new().refuses(&progressive[..progressive.len() - 2], Code::PhotoDamaged);
}

/// Files as a phone's shell gives them: a HEIC or AVIF, and a JPEG that the system made of it.
#[test]
fn a_picture_that_cannot_be_decoded_here_is_kept_with_the_preview_that_the_shell_brings() {
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic and pixels".to_vec();
    let avif = b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf and pixels".to_vec();
    let progressive = flat_jpeg(4_000, 3_000, true, &FULL);
    let shown = oriented(&encoded(&quarters(2000, 1000), ImageFormat::Jpeg), 3);
    for (original, mime, code) in [
        (heic, Mime::Heic, Code::PhotoNeedsPreview),
        (avif, Mime::Avif, Code::PhotoNeedsPreview),
        (progressive, Mime::Jpeg, Code::PhotoNeedsMemory),
    ] {
        Home::new().refuses(&original, code);
        let home = Home::new();
        let [path, preview] = ["original", "preview"].map(|name| home.dir.path().join(name));
        fs::write(&path, &original).unwrap();
        fs::write(&preview, &shown).unwrap();
        let taken = intake_with_preview(&home.folder, &path, &preview).unwrap();
        assert_eq!((home.bytes(taken.original), taken.original.mime), (original, mime));
        let picture = home.picture(taken.preview);
        assert_eq!((picture.dimensions(), corners(&picture)), ((1600, 800), "wbgr".to_owned()));
        assert!(!home.bytes(taken.preview).windows(4).any(|window| window == b"Exif"));
        assert_eq!(home.files(), 5, "two given, three kept");
        for bad in [&b"no picture"[..], b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", b"", &shown[..2000]] {
            fs::write(&preview, bad).unwrap();
            assert!(intake_with_preview(&home.folder, &path, &preview).is_err());
        }
        assert_eq!(home.files(), 5);
    }
}

#[test]
fn a_brought_preview_never_stands_for_a_picture_that_can_be_decoded_or_is_damaged() {
    let home = Home::new();
    let [path, preview] = ["original", "preview"].map(|name| home.dir.path().join(name));
    fs::write(&preview, encoded(&quarters(200, 100), ImageFormat::Jpeg)).unwrap();
    let original = encoded(&quarters(300, 300), ImageFormat::Png);
    fs::write(&path, &original).unwrap();
    let taken = intake_with_preview(&home.folder, &path, &preview).unwrap();
    assert_eq!(home.picture(taken.preview).dimensions(), (300, 300));
    fs::write(&path, &original[..100]).unwrap();
    let refused = intake_with_preview(&home.folder, &path, &preview).unwrap_err();
    assert_eq!(refused.code(), Code::PhotoDamaged);
}

#[test]
fn one_byte_above_30_mib_is_refused_while_it_streams() {
    let home = Home::new();
    let jpeg = fixture("no_exif.jpg");
    let padded = |length: u64| {
        let padding = io::repeat(0).take(length - jpeg.len() as u64);
        intake(&home.folder, &mut io::Cursor::new(jpeg.clone()).chain(padding))
    };
    assert_eq!(padded(PHOTO_BYTES_MAX + 1).unwrap_err().code(), Code::PhotoTooLarge);
    assert_eq!(home.files(), 0);
    assert_eq!(padded(PHOTO_BYTES_MAX).unwrap().original.len, PHOTO_BYTES_MAX);
}

#[test]
fn an_endless_source_is_refused_at_the_limit() {
    let home = Home::new();
    let mut read = 0;
    struct Counted<'a>(&'a mut u64);
    impl Read for Counted<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            out.fill(0xff);
            if *self.0 == 0 {
                out[1] = 0xd8;
            }
            *self.0 += out.len() as u64;
            Ok(out.len())
        }
    }
    assert_eq!(intake(&home.folder, &mut Counted(&mut read)).unwrap_err().code(), Code::PhotoTooLarge);
    assert!(read <= PHOTO_BYTES_MAX + BLOCK_BYTES as u64, "{read}");
    assert_eq!(home.files(), 0);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    /// Whatever bytes are damaged, the answer is a value, and a refusal leaves nothing behind.
    #[test]
    fn a_picture_with_random_damage_is_taken_or_refused_with_a_code(
        picture in 0..4_usize,
        damage in proptest::collection::vec((0.0..1.0_f64, proptest::num::u8::ANY), 1..40),
    ) {
        let small = quarters(48, 40);
        let mut bytes = match picture {
            0 => fixture("no_exif.jpg"),
            1 => encoded(&small, ImageFormat::Jpeg),
            2 => encoded(&small, ImageFormat::Png),
            _ => encoded(&small, ImageFormat::WebP),
        };
        for (place, value) in damage {
            let at = (place * bytes.len() as f64) as usize;
            bytes[at] = value;
        }
        let home = Home::new();
        if home.take(&bytes).is_err() {
            proptest::prop_assert_eq!(home.files(), 0);
        }
    }
}
